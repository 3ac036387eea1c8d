"""Finding the line of a directive in the text of a page. A wrong guess misreports a line, and never changes what expands."""

from __future__ import annotations

import re

from . import directives

_QUOTES = re.compile(r"\n[ \t>]*")
_FENCE = re.compile(r"^[ \t>]*(`{3,}|~{3,})[^\n]*\n.*?^[ \t>]*\1[ \t]*$", re.MULTILINE | re.DOTALL)


def line_of(source: str, raw: str, nth: int) -> int | None:
    """The line (from 1) on which the n-th occurrence of a directive begins, None where it is not found.

    Args:
        source: the Markdown text of the page.
        raw: the directive as the parser saw it, without the indentation and marks of its containers.
        nth: which of several equal ones, from 1.
    """
    blank = _FENCE.sub(lambda match: "\n" * match[0].count("\n"), source)
    wanted = plain(raw)
    count = 0
    position = 0
    for opening in directives.OPENING.finditer(blank):
        if opening.start() < position or opening["escape"]:
            continue
        text = plain(blank[opening.start() : opening.start() + 2 * len(raw) + 200])
        if text.startswith(wanted):
            count += 1
            position = opening.end()
            if count == nth:
                return blank.count("\n", 0, opening.start()) + 1
    return None


def plain(text: str) -> str:
    """A directive on one line, without the marks and indentation of its containers."""
    return " ".join(_QUOTES.sub(" ", text).split())


def front_matter_lines(source: str) -> int:
    """How many lines of a file its front matter takes, with the blank lines behind it."""
    if not source.startswith("---\n"):
        return 0
    for mark in ("\n---\n", "\n...\n"):
        if (end := source.find(mark, 3)) >= 0:
            end += len(mark)
            while source.startswith("\n", end):
                end += 1
            return source.count("\n", 0, end)
    return 0
