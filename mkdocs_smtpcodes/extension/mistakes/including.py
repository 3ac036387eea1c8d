"""A file as it is read to find lines in it: the files that it includes in their place, and marks with the place of each.

Only files within the given folders are read, and no more of them than a page has.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ..locating import front_matter_lines
from . import marking

#: File, line and column, from 1.
Place = tuple[str, int, int]
#: Inclusions within included files, how many there are in all, and the size of a file that is read.
DEPTH, MOST, SIZE = 3, 300, 1_000_000
_INCLUSION = re.compile(
    r"(?P<comment>\{#.{0,5000}?#\})"
    r"|(?<![;-])-+8<-+[ \t]+(?P<scissors>\"[^\"\n]{1,200}\"|'[^'\n]{1,200}')[^\n]*"
    r"|^[ \t]*-+8<-+[ \t]*\n(?P<lines>(?:(?![ \t]*-+8<-+)[^\n]*\n){1,100})[ \t]*-+8<-+[ \t]*$"
    r"|(?P<tag>\{%.{0,1000}?%\})|(?P<macro>\{\{.{0,1000}?\}\})|\{!\s*(?P<name>[^!\n]{1,200}?)\s*!\}",
    re.DOTALL | re.MULTILINE,
)
_NAMES = re.compile(r"\"([^\"\n]{1,200})\"|'([^'\n]{1,200})'")
_SECTION = re.compile(r"(?<=\w):([\w:,-]*)$")
#: What stands before an inclusion and before each line of what it includes; the mark of an item only once.
_BEFORE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?")


class Text:
    """The text of a file with marks.

    Args:
        body: the file without its front matter.
        name: what a writer calls it.
        folders: where what it includes may lie, the first that from which files are named.
        filled: whether a template engine fills in the file.

    Attributes:
        places: the place of each mark, by its number.
    """

    def __init__(self, body: str, name: str, folders: Sequence[Path], *, filled: bool) -> None:
        self.places: list[Place] = []
        self._folders = folders
        self._filled = filled
        self._pieces: list[str] = []
        self._left = MOST
        self._bodies: dict[Path, str | None] = {}
        self._add(body, name, folders, DEPTH, "")

    def __str__(self) -> str:
        return "".join(self._pieces)

    def _add(self, body: str, name: str, folders: Sequence[Path], depth: int, before: str) -> None:
        spots = iter([*marking.places(body), (len(body) + 1, 0, "")])
        ends = [-1, *(found.start() for found in re.finditer("\n", body))]
        position, (spot, begin, gap) = 0, next(spots)
        for start, end, included in [*self._inclusions(body, folders, depth), (len(body), len(body), ())]:
            while spot <= end:
                if spot <= start:
                    line = bisect_right(ends, begin - 1)
                    self.places.append((name, line, begin - ends[line - 1]))
                    mark = marking.letter(len(self.places) - 1)
                    self._put(body[position:spot] + (gap + mark if mark else ""), before)
                    position = spot
                spot, begin, gap = next(spots)
            self._put(body[position:start], before)
            position = end
            first = _BEFORE.match(body, body.rfind("\n", 0, start) + 1, start)
            inner = re.sub(r"[^\s>]", " ", first[0]) if first and first.end() == start else ""
            for path, section in included:
                text = self._body(path)
                if text is not None:
                    self._add(
                        _cut(text, section), self._shown(path), [*folders, path.parent], depth - 1, before + inner
                    )
            if not included:
                self._put(re.sub(r"[^\n]", " ", body[start:end]), before)

    def _put(self, text: str, before: str) -> None:
        self._pieces.append(text.replace("\n", f"\n{before}") if before else text)

    def _inclusions(
        self, body: str, folders: Sequence[Path], depth: int
    ) -> Iterator[tuple[int, int, Sequence[tuple[Path, str]]]]:
        """Start, end and files of each inclusion; no file for what a template engine takes out."""
        for match in _INCLUSION.finditer(body) if "{" in body or "8<" in body else ():
            found = []
            for written in _names(match) if depth else ():
                path = find(_SECTION.sub("", written), folders)
                if path is not None and self._left:
                    self._left -= 1
                    found.append((path, section[1] if (section := _SECTION.search(written)) else ""))
            if found or (self._filled and (match["comment"] or match["tag"])):
                yield match.start(), match.end(), found

    def _body(self, path: Path) -> str | None:
        if path not in self._bodies:
            try:
                self._bodies[path] = body_of(path.read_text(encoding="utf-8-sig"))
            except (OSError, ValueError):
                self._bodies[path] = None
        return self._bodies[path]

    def _shown(self, path: Path) -> str:
        """A file as a writer knows it: from the folder of the configuration, the first."""
        shown = os.path.relpath(path, self._folders[0]).replace("\\", "/")
        return path.name if shown.startswith("..") else shown


def body_of(source: str) -> str:
    """A file with blank lines in the place of its front matter."""
    source = source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    front = front_matter_lines(source) if source else 0
    return "\n" * front + "\n".join(source.split("\n")[front:]) if front else source


def find(name: str, folders: Sequence[Path]) -> Path | None:
    """The file of a name, None where no folder has it or it lies outside of all of them."""
    for folder in folders:
        path = folder / name
        try:
            known = any(path.resolve().is_relative_to(within.resolve()) for within in folders)
            if known and path.is_file() and path.stat().st_size <= SIZE:
                return path
        except (OSError, ValueError):
            continue
    return None


def snippet_folders(md: Any) -> list[Path]:
    """Where the extension for snippets looks."""
    # A registry knows neither `get` nor more than `in`.
    snippet = md.preprocessors["snippet"] if "snippet" in md.preprocessors else None  # noqa: SIM401
    bases = getattr(snippet, "base_path", None) or ()
    return [Path(base) for base in ([bases] if isinstance(bases, str) else bases)]


def appended(md: Any) -> str:
    """What the extension for snippets puts at the end of every page, as a page itself would include it."""
    snippet = md.preprocessors["snippet"] if "snippet" in md.preprocessors else None  # noqa: SIM401
    names = [str(name) for name in getattr(snippet, "auto_append", None) or ()]
    return "".join(["\n\n-8<-\n", *(f"{name}\n" for name in names), "-8<-\n"]) if names else ""


def _names(match: re.Match[str]) -> list[str]:
    """What may be the names of files: a line in a block of snippets, a text in quotes in a tag."""
    if match["lines"]:
        return [line.strip() for line in match["lines"].split("\n") if line.strip()]
    if match["name"]:
        return [match["name"]]
    quoted = match["scissors"] or match["tag"] or match["macro"] or ""
    return [name for pair in _NAMES.findall(quoted) for name in pair if name]


def _cut(text: str, section: str) -> str:
    """A part of a text, at the lines that it has in the whole: from one line to another, or between two marks of a name."""
    lines = text.split("\n")
    if numbers := re.fullmatch(r"(\d{0,6}):?(\d{0,6})", section):
        first, last = int(numbers[1] or 1), int(numbers[2] or len(lines)) if ":" in section else len(lines)
    else:
        marks = [
            next(
                (
                    at
                    for at, line in enumerate(lines)
                    if re.search(rf"-8<-+ \[ *{word} *: *{re.escape(section)} *\]", line)
                ),
                -1,
            )
            for word in ("start", "end")
        ]
        first, last = marks[0] + 2, marks[1] if marks[1] > marks[0] else len(lines)
    return "\n".join(line if first <= number <= last else "" for number, line in enumerate(lines, 1))
