"""Where a directive was written: in the file of its page, in a file that the page includes, or by somebody else.

What Python-Markdown gets may be a page with its macros and includes carried out. A writer edits the files, so these are searched.
A wrong guess misreports a line, and never changes what expands. Only files within the given folders are read, and only to find
a line in them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from .. import directives
from .locating import front_matter_lines, outside_code, plain, without_fences

if TYPE_CHECKING:
    from .state import Page, Where

#: What a page takes from a macro, or from a file that is not found.
ELSEWHERE = "in text that the page takes from elsewhere, such as a macro or another file"
#: Includes within included files, and the size of a file that is searched.
DEPTH, SIZE = 3, 1_000_000
_MACRO = re.compile(r"\\?\{\\?\{.*?\}\\?\}|\{%.*?%\}", re.DOTALL)
_INCLUDES = re.compile(r"-+8<-+|\{%|\{\{|\{!")
_BLOCK = re.compile(r"\s*-+8<-+\s*")
_NAMES = re.compile(r"\"([^\"\n]{1,200})\"|'([^'\n]{1,200})'|\{!\s*([^!\n]{1,200}?)\s*!\}")
_SECTION = re.compile(r"(?<=\w):[\w:,-]*$")


class Origin(NamedTuple):
    """Where a directive was written: "" and None for what is not known."""

    file: str
    line: int | None

    def __str__(self) -> str:
        return ":".join(str(part) for part in self if part) if self.file else f"line {self.line}" if self.line else ""


def origin(where: Where, page: Page) -> Origin:
    """The file, as a writer knows it, and the line of a directive."""
    body = _body(page.source()) or where.state.text
    fence = where.state.taken.get(where.raw)
    wanted = fence.source if fence else where.raw
    lines = _lines(body, wanted, fence is not None)
    if where.nth <= len(lines):
        return Origin(page.path, lines[where.nth - 1])
    left = where.nth - len(lines)
    folders = [*(page.folders or [Path()]), *_snippets(where.state.md)]
    for path, included in _included(body, folders):
        inner = _lines(included, wanted, fence is not None)
        if left <= len(inner):
            return Origin(_shown(path, folders), inner[left - 1])
        left -= len(inner)
    # One that a loop has made many of.
    return Origin(page.path, lines[-1] if lines else None)


@lru_cache(maxsize=4)
def _body(source: str) -> str:
    """The file of a page with blank lines in the place of its front matter."""
    source = source.replace("\r\n", "\n").replace("\r", "\n")
    front = front_matter_lines(source) if source else 0
    return "\n" * front + "\n".join(source.split("\n")[front:]) if front else source


def _lines(text: str, wanted: str, fence: bool) -> list[int]:
    """The lines of a directive or a fence in a text."""
    if fence:
        return [text.count("\n", 0, match.start()) + 1 for match in re.finditer(re.escape(wanted), text)]
    if wanted.startswith("["):
        # The label of a reference; that of its definition has a colon.
        text = outside_code(text)
        return [text.count("\n", 0, match.start()) + 1 for match in re.finditer(f"{re.escape(wanted)}(?!:)", text)]
    wanted = plain(wanted)
    known, made = _written(text)
    lines = known.get(wanted, [])
    others = [line for raw, line in made if raw != wanted and _makes(raw, wanted)]
    return sorted([*lines, *others]) if others else lines


@lru_cache(maxsize=16)
def _written(text: str) -> tuple[Mapping[str, list[int]], list[tuple[str, int]]]:
    """The lines of each directive of a text, and those with macros in them: read once, however many mistakes a page has."""
    written = without_fences(text)
    known: dict[str, list[int]] = {}
    made, line, end = [], 1, 0
    for found in directives.find_all(written):
        if not found.escaped:
            line, end = line + written.count("\n", end, found.start), found.start
            raw = plain(written[found.start : found.end])
            known.setdefault(raw, []).append(line)
            if _MACRO.search(raw):
                made.append((raw, line))
    return known, made


def _makes(raw: str, wanted: str) -> bool:
    """Whether a directive with macros in it may have become the one that was met."""
    literal = _MACRO.split(raw)
    return len(literal) > 1 and bool(re.fullmatch(".*?".join(map(re.escape, literal)), wanted))


def _included(text: str, folders: Sequence[Path], depth: int = DEPTH) -> Iterator[tuple[Path, str]]:
    """The files that a text includes, and those that they include, as far as they are found."""
    for name in _named(text):
        if (path := _find(name, folders)) is not None:
            try:
                included = path.read_text(encoding="utf-8-sig")
            except (OSError, ValueError):
                continue
            yield path, included
            if depth > 1:
                yield from _included(included, [*folders, path.parent], depth - 1)


def _named(text: str) -> Iterator[str]:
    """What may be the name of an included file: a text in quotes beside a mark of inclusion, a line in a block of snippets."""
    names: dict[str, None] = {}
    block = False
    for line in text.split("\n") if _INCLUDES.search(text) else ():
        if _BLOCK.fullmatch(line):
            block = not block
        elif block:
            names[line.strip()] = None
        elif _INCLUDES.search(line):
            names |= {name: None for match in _NAMES.findall(line) for name in match if name}
    return (_SECTION.sub("", name) for name in names if name.strip())


def _find(name: str, folders: Sequence[Path]) -> Path | None:
    for folder in folders:
        path = folder / name
        try:
            known = any(path.resolve().is_relative_to(within.resolve()) for within in folders)
            if known and path.is_file() and path.stat().st_size <= SIZE:
                return path
        except (OSError, ValueError):
            continue
    return None


def _shown(path: Path, folders: Sequence[Path]) -> str:
    """A file as a writer knows it: from the folder of the configuration, the first."""
    shown = os.path.relpath(path, folders[0]).replace("\\", "/")
    return path.name if shown.startswith("..") else shown


def _snippets(md: Any) -> list[Path]:
    """Where the extension for snippets looks."""
    # A registry knows neither `get` nor more than `in`.
    snippet = md.preprocessors["snippet"] if "snippet" in md.preprocessors else None  # noqa: SIM401
    bases = getattr(snippet, "base_path", None) or ()
    return [Path(base) for base in ([bases] if isinstance(bases, str) else bases)]
