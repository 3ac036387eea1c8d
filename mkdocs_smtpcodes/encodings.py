"""Files that are not UTF-8: where the first wrong byte stands, and which file an exception is about."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from traceback import walk_tb

#: What is said of a page, a snippet or an included file.
MESSAGE = "this is not UTF-8; save the file as UTF-8"


def place(data: bytes) -> tuple[int, int] | None:
    """Line and column, from 1, of the first byte that is not UTF-8; None where all are."""
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return data.count(b"\n", 0, error.start) + 1, error.start - data.rfind(b"\n", 0, error.start)
    return None


def broken_file(error: BaseException) -> tuple[Path, int, int] | None:
    """The file that could not be decoded, by whatever read it, with line and column; None where that is not known."""
    if isinstance(error, UnicodeDecodeError):
        for path in _read(error):
            try:
                found = place(path.read_bytes())
            except OSError:
                continue
            if found:
                return path, *found
    return None


def _read(error: BaseException) -> Iterator[Path]:
    """The files that were open where an exception arose, the innermost first."""
    for frame, _ in reversed(list(walk_tb(error.__traceback__))):
        for value in frame.f_locals.values():
            if isinstance(value, io.TextIOBase) and isinstance(name := getattr(value, "name", None), str | Path):
                yield Path(name)
