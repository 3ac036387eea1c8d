"""The text of a page without its front matter, without its fences, and a directive without the marks of its containers."""

from __future__ import annotations

import re

_QUOTES = re.compile(r"\n[ \t>]*")
_FRONT = re.compile(r"-{3}[ \t]*\n.*?\n(?:\.{3}|-{3})[ \t]*\n", re.DOTALL)
_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})(.*)")


def without_fences(source: str) -> str:
    """The text with the lines of fenced code emptied; a fence that is never closed is none."""
    return _read(source)[0]


def unclosed_fence(source: str) -> int:
    """The line of a fence that is never closed, 0 where there is none."""
    return _read(source)[1]


def _read(source: str) -> tuple[str, int]:
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
    return "\n".join(lines), opened + 1 if fence else 0


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
