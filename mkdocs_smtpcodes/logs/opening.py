"""The lines of log files, whatever they are packed with, in a bounded part of the memory."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

#: How much is read at once. What a line has beyond it is left out.
PIECE = 1 << 20
#: Files are known by how they begin and not by their names: rotation gives them any.
_PACKED: tuple[tuple[bytes, Callable[[IO[bytes]], Any]], ...] = (
    (b"\x1f\x8b", lambda file: gzip.GzipFile(fileobj=file)),
    (b"BZh", bz2.BZ2File),
    (b"\xfd7zXZ\x00", lzma.LZMAFile),
)


class Unreadable(Exception):
    """A log that cannot be read to its end; the message names the file and says why."""


def size(name: str) -> int:
    """How many bytes a log has on the disk; 0 where that cannot be known."""
    try:
        return 0 if name == "-" else Path(name).stat().st_size
    except (OSError, ValueError):
        return 0


def lines(name: str, advance: Callable[[int], object] = lambda _: None) -> Iterator[list[bytes]]:
    """The lines of a log, some thousands at a time.

    Args:
        name: the file, ``-`` for the standard input; packed by gzip, bzip2 or xz, or not at all.
        advance: is told how many more bytes of the file have been read.

    Raises:
        Unreadable: it cannot be opened, or is damaged.
    """
    try:
        if name == "-":
            yield from _lines(sys.stdin.buffer, advance)
        else:
            with Path(name).open("rb") as file:
                yield from _lines(file, advance)
    except (OSError, ValueError, EOFError, zlib.error, lzma.LZMAError) as error:
        raise Unreadable(f"{name}: this cannot be read: {getattr(error, 'strerror', None) or error}") from error


def _lines(file: Any, advance: Callable[[int], object]) -> Iterator[list[bytes]]:
    # A peek leaves the place where it is, so that a pipe will do.
    file = file if hasattr(file, "peek") else io.BufferedReader(file)
    start = file.peek(6)[:6]
    opened = next((unpack(file) for mark, unpack in _PACKED if start.startswith(mark)), file)
    rest, cut, told = b"", False, 0
    while piece := opened.read(PIECE):
        *whole, rest = (rest + piece).split(b"\n")
        if cut:  # what comes before the next end of a line is left out
            cut, whole, rest = not whole, whole[1:], rest if whole else b""
        if len(rest) > PIECE:
            whole, rest, cut = [*whole, rest[:PIECE]], b"", True
        if opened is file:
            advance(len(piece))
        elif file.seekable():
            advance(file.tell() - told)
            told = file.tell()
        yield whole
    if rest and not cut:
        yield [rest]
