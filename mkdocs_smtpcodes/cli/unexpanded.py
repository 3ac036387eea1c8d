"""Directives of a page that no engine expands: those behind a backslash, and those below a fence that is never closed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .. import directives
from ..extension import locating

_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
#: What formatters make of the two angles.
_ESCAPED = re.compile(r"\\<\\?<[ \t]*(?P<name>[A-Za-z][\w-]*)[ \t]*\(")
#: Line, column and message.
Place = tuple[int, int, str]


def switched_off(text: str) -> Iterator[Place]:
    """That each directive of a page has a backslash before it, as formatters write it."""
    masked = _blanked(locating.without_fences(text), _SPAN)
    # Without `smtp_` before it, the name is as likely somebody else's.
    escaped = (match for match in _ESCAPED.finditer(masked) if match["name"].lower().startswith("s"))
    found = [match for match in escaped if directives.known_name(match["name"])]
    if found:
        number = "the only directive" if len(found) == 1 else f"each of the {len(found)} directives"
        yield (
            *_place(masked, found[0].start()),
            f"a backslash switches off {number} of this page, as formatters such as mdformat write it; take it away and"
            " keep the formatter from this page, or show a directive in a code span",
        )


def below_fence(text: str, read: list[str]) -> Iterator[Place]:
    """That a fence is never closed which has directives below it, none of which was read."""
    line = locating.unclosed_fence(text)
    lines = text.split("\n")
    above, below = "\n".join(lines[:line]), "\n".join(lines[line:]) if line else ""
    known = any(read.count(raw) > above.count(raw) for raw in read)
    if not known and any(not found.escaped for found in directives.find_all(below)):
        yield line, 1, "this fence is never closed, so the directives below it do not expand"


def _blanked(text: str, pattern: re.Pattern[str]) -> str:
    """The text with what a pattern finds as spaces, so that places stay."""
    return pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def _place(text: str, position: int) -> tuple[int, int]:
    """Line and column, from 1."""
    return text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position)
