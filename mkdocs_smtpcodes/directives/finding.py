"""Where directives of ours stand in a text. Every scan is linear in the length of its text."""

# Annotations are no strings in this module: a NamedTuple compiles those that are, which takes most of its time.

import re
from collections.abc import Iterator
from typing import NamedTuple

from .signatures import SIGNATURES

# With its parenthesis, or without one as far as `>>`: then it is a mistake, and only if the name is exactly one of ours.
# `smtp code` with a space is one name, where a parenthesis follows. A keyboard may make a space that does not break of one.
_GAP = r"[ \t\xa0\u202f]*"
OPENING = re.compile(
    rf"(?P<escape>\\?)<<{_GAP}(?P<name>(?i:smtp)[ \t]+[A-Za-z]{{4,10}}(?=[ \t]*\()|[A-Za-z][A-Za-z0-9_-]{{0,30}})"
    r"(?![A-Za-z0-9_-])(?:[ \t]*(?P<parenthesis>\()|(?P<rest>[^<>\n(]{0,200})>>)"
)
_TOKEN = re.compile(r"""[^'")<>]+|'|"|\)|<|>""")
#: Names of ours without `smtp_`: others have directives of these names, and none of theirs takes codes alone.
_SHORT = ("compare", "code", "table", "replies")
_CODES = r"(?a)\s*(?:(?:[2-5]\d\d(?:[ -][245]\.\d+\.\d+)?|[245]\.\d+\.\d+|[2-5]xx)\s*(?:,\s*|$))+"
_STREAM = re.compile(r"\s*[A-Za-z_][\w.]*\)\s*(?:<<|;)")
_CLOSING = re.compile(r"\s*>>")
#: What has such a name and is closed as ours are was meant for us, whatever its name.
_OURS = ("smtp_", "smtp-")
#: What stands between a name and what is no list of arguments: `smtp: 550`.
_SIGN = r"[:=-]\s*"


class Found(NamedTuple):
    """Where a directive stands in a text.

    ``closed`` is false when its ``) >>`` is missing, ``bare`` true when its parentheses are.
    """

    start: int
    end: int
    name: str
    arguments: str
    closed: bool
    escaped: bool
    bare: bool = False


def known_name(name: str) -> str | None:
    """The name of ours that is written, or nearly: ``smtp_comapre`` gives ``smtp_compare``, ``smtp_server`` nothing."""
    if name in SIGNATURES:
        return name
    plain = "_".join(name.lower().replace("-", "_").split())
    if plain in _SHORT:
        return f"smtp_{plain}"
    for ours in SIGNATURES:
        if plain.replace("_", "") == ours.replace("_", ""):
            return ours
    # A near miss begins as ours do (perhaps with two letters swapped) and differs by a slip of the finger.
    cutoff = 0.8 if len(plain) > 5 else 0.75
    import difflib  # noqa: PLC0415 (only for a name that is not ours)

    close = difflib.get_close_matches(plain, list(SIGNATURES), n=1, cutoff=cutoff)
    return close[0] if close and plain[0] == "s" else None


def find(text: str, start: int = 0) -> Found | None:
    """The first directive of ours in the text from ``start`` on, well formed or not."""
    for match in OPENING.finditer(text, start):
        if found := _ours(text, match):
            return found
    return None


def at(text: str, position: int) -> Found | None:
    """The directive of ours that begins at a position, its backslash included."""
    match = OPENING.match(text, position)
    return _ours(text, match) if match else None


def _ours(text: str, opening: re.Match[str]) -> Found | None:
    if not opening["parenthesis"]:
        return _bare(opening)
    known = known_name(opening["name"])
    if known is None and not opening["name"].lower().startswith(_OURS):
        return None
    found = _extent(text, opening)
    if found.name.lower() in _SHORT and not (found.closed and re.fullmatch(_CODES, found.arguments)):
        return None
    # A near miss that is not even closed is more likely somebody else's, and so is a variable that goes into a stream.
    if found.closed:
        return found
    return found if opening["name"] in SIGNATURES and not _STREAM.match(text, opening.end()) else None


def _bare(opening: re.Match[str]) -> Found | None:
    """``<< smtp_compare >>`` and ``<< smtp 535 >>`` were meant for us; ``<<smtp>>`` is as likely somebody's placeholder."""
    name, rest = opening["name"], opening["rest"].strip()
    if sign := re.match(_SIGN, rest):
        rest = rest[sign.end() :]
    if name not in SIGNATURES or not ("_" in name or re.match("[\"'“]?[0-9]", rest)):
        return None
    return Found(opening.start(), opening.end(), name, rest, closed=True, escaped=bool(opening["escape"]), bare=True)


def find_all(text: str) -> Iterator[Found]:
    """All directives of ours in the text, in order."""
    position = 0
    while found := find(text, position):
        yield found
        position = found.end


def _extent(text: str, opening: re.Match[str]) -> Found:
    """From ``<<`` to ``>>``. What is not closed ends with the next ``>>`` or the line, so that nothing else is swallowed."""
    quote = ""
    escaped = bool(opening["escape"])
    limit = len(text)
    for token in _TOKEN.finditer(text, opening.end()):
        mark = token[0]
        if quote:
            quote = "" if mark == quote else quote
        elif mark in "'\"":
            quote = mark
        elif mark == ")" and (closing := _CLOSING.match(text, token.end())):
            return Found(
                opening.start(), closing.end(), opening["name"], text[opening.end() : token.start()], True, escaped
            )
        elif mark == "<" and text.startswith("<<", token.start()):
            limit = token.start()
            break
    line_end = text.find("\n", opening.end(), limit)
    line_end = limit if line_end < 0 else line_end
    angle = text.find(">>", opening.end(), line_end)
    end = line_end if angle < 0 else angle + 2
    return Found(opening.start(), end, opening["name"], text[opening.end() : end].removesuffix(">>"), False, escaped)
