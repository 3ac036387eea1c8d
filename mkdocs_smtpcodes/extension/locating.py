"""Finding the line of a directive in the text of a page. A wrong guess misreports a line, and never changes what expands."""

from __future__ import annotations

import re

from .. import directives

_QUOTES = re.compile(r"\n[ \t>]*")
_BACKTICKS = re.compile("`+")
_FRONT = re.compile(r"-{3}[ \t]*\n.*?\n(?:\.{3}|-{3})[ \t]*\n", re.DOTALL)
_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})(.*)")


class Locator:
    """The lines of the directives of a page, found in one reading."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._places: dict[str, list[tuple[int, int]]] | None = None
        self._asked = ("", "")

    def find(self, raw: str, nth: int) -> tuple[int, int] | None:
        """Line and column (from 1) of the n-th occurrence of a directive, None where it is not found.

        Args:
            raw: the directive as the parser saw it, without the indentation and marks of its containers.
            nth: which of several equal ones, from 1.
        """
        if self._places is None:
            self._places = self._read()
        if raw != self._asked[0]:
            # One directive may have many mistakes.
            self._asked = (raw, plain(raw))
        places = self._places.get(self._asked[1], [])
        return places[nth - 1] if nth <= len(places) else None

    def _read(self) -> dict[str, list[tuple[int, int]]]:
        places: dict[str, list[tuple[int, int]]] = {}
        text = without_fences(self.source)
        line, start = 1, 0
        for found in directives.find_all(text):
            line += text.count("\n", start, found.start)
            start = found.start
            if not found.escaped:
                column = found.start - text.rfind("\n", 0, found.start)
                places.setdefault(plain(text[found.start : found.end]), []).append((line, column))
        return places


def without_fences(source: str) -> str:
    """The text with the lines of fenced code emptied; a fence that is never closed is none."""
    lines = source.split("\n")
    opened, fence = 0, ""
    for number, line in enumerate(lines):
        match = _FENCE.match(line) if "`" in line or "~" in line else None
        if match is None:
            continue
        mark, rest = match.groups()
        if not fence:
            opened, fence = number, mark
        elif mark[0] == fence[0] and len(mark) >= len(fence) and not rest.strip():
            lines[opened : number + 1] = [""] * (number + 1 - opened)
            fence = ""
    return "\n".join(lines)


def outside_code(source: str) -> str:
    """The text without fenced code and code spans: what is left of it can hold directives."""
    text = without_fences(source)
    return "\n".join(_without_spans(line) if "`" in line else line for line in text.split("\n"))


def _without_spans(line: str) -> str:
    runs = list(_BACKTICKS.finditer(line))
    # For each run of backticks the next of the same length, found from the end so that a long line is read once.
    following, last = [-1] * len(runs), dict[int, int]()
    for number in reversed(range(len(runs))):
        length = len(runs[number][0])
        following[number] = last.get(length, -1)
        last[length] = number
    kept, position, number = [], 0, 0
    while number < len(runs):
        if (end := following[number]) >= 0:
            kept.append(line[position : runs[number].start()])
            position, number = runs[end].end(), end
        number += 1
    return " ".join([*kept, line[position:]])


def plain(text: str) -> str:
    """A directive on one line, without the marks and indentation of its containers."""
    return " ".join(_QUOTES.sub(" ", text).split())


def front_matter_lines(source: str) -> int:
    """How many lines of a file its front matter takes, with the blank lines behind it."""
    # As MkDocs has it.
    if (match := _FRONT.match(source)) is None:
        return 0
    end = match.end()
    while source.startswith("\n", end):
        end += 1
    return source.count("\n", 0, end)
