"""Where directives of ours stand in a text. Every scan is linear in the length of its text."""

# Annotations are no strings in this module: a NamedTuple compiles those that are, which takes most of its time.

import re
from collections.abc import Iterator
from typing import NamedTuple

from .signatures import SIGNATURES

# With its parenthesis, or without one as far as `>>`: then it is a mistake, and only if the name is exactly one of ours.
# `smtp code`, `smtp.code` and `smtp\_code`, which formatters write, are one name where a parenthesis follows. Any space is one,
# seen or not: keyboards and web pages make others of it.
_GAP = r"(?:[^\S\n]|[\u200b\u2060\ufeff])*"
OPENING = re.compile(
    rf"(?P<escape>\\?)<<{_GAP}(?P<name>(?i:smtp)(?:[ \t]+|[.:]{{1,2}}|\\_)[A-Za-z]{{4,10}}(?=[ \t]*\()|[^\W\d_][\w-]{{0,30}})"
    r"(?![\w-])(?:[ \t]*(?P<parenthesis>\()|(?P<rest>(?:[ \t]*<[^<>\n(]{0,100}>?)?[^<>\n(]{0,200})>>)"
)
_TOKEN = re.compile(r"""[^'")<>]+|'|"|\)|<|>""")
_CODE = r"(?:[2-5]\d\d(?:[ -][245]\.\d+\.\d+)?|[245]\.\d+\.\d+|[2-5]xx)"
_OPTIONS = r"(?:(?:^|,)\s*[a-z]+\s*=[^,]+)*,?\s*"
_CODES = rf"(?a)\s*(?:{_CODE}\s*(?:,\s*(?!\w+\s*=)|(?=,)|$))+{_OPTIONS}"
#: Names of ours without `smtp_`, and the arguments that nobody else's directives of these names have.
_SHORT = {
    "compare": _CODES,
    "code": _CODES,
    "table": _CODES,
    "replies": _CODES,
    "explain": rf"\s*[\"'“]?\s*{_CODE}\b.*",
}
#: What may be somebody else's, unless it has its line for itself.
_SHORT_ALONE = {
    "lookup": rf"\s*{_OPTIONS}",
    "commands": rf"\s*{_OPTIONS}",
    "replies": r"\s*(?:[A-Za-z][\w .-]*|(?:reason|setting)\s*=\s*[\w\"'-]+)\s*",
}
# Patterns that few pages need are texts here and elsewhere: `re` keeps what it compiled, and a short build feels each.
_BEFORE = r"[ \t>*+-]*(?:\d+[.)][ \t]+)?\Z"
_BEHIND = r"[ \t\r]*(?:\n|\Z)"
#: Letters of other alphabets that look like ours.
_LOOK = str.maketrans("аеорсхуіѕԁмткοραтν", "aeopcxyisdmtkopatv")
_STREAM = r"\s*[A-Za-z_][\w.]*\)\s*(?:<<|;)"
_CLOSING = re.compile(r"[\s\u200b\u2060\ufeff]*>>")
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
    plain = re.sub(r"[\s.:\\_-]+", "_", name.lower()).translate(_LOOK)
    if plain in _SHORT or plain in _SHORT_ALONE:
        return f"smtp_{plain}"
    for ours in SIGNATURES:
        if plain.replace("_", "") == ours.replace("_", ""):
            return ours
    # A near miss begins as ours do (perhaps with two letters swapped) and differs by a slip of the finger.
    cutoff = 0.9 if plain[0] != "s" else 0.8 if len(plain) > 5 else 0.75
    import difflib  # noqa: PLC0415 (only for a name that is not ours)

    close = difflib.get_close_matches(plain, list(SIGNATURES), n=1, cutoff=cutoff)
    return close[0] if close else None


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
    if known and known != found.name and not _short(text, found):
        return None
    # A near miss that is not even closed is more likely somebody else's, and so is a variable that goes into a stream.
    if found.closed:
        return found
    return found if opening["name"] in SIGNATURES and not re.compile(_STREAM).match(text, opening.end()) else None


def _short(text: str, found: Found) -> bool:
    """Whether what is written with a name of ours that lacks its `smtp_` was meant for us; any other name is."""
    name = found.name.lower().translate(_LOOK)
    if name not in _SHORT and name not in _SHORT_ALONE:
        return True
    if not found.closed:
        return False
    if name in _SHORT and re.fullmatch(_SHORT[name], found.arguments):
        return True
    line = text.rfind("\n", 0, found.start) + 1
    alone = re.fullmatch(_BEFORE, text[line : found.start]) and re.compile(_BEHIND).match(text, found.end)
    return bool(alone and name in _SHORT_ALONE and re.fullmatch(_SHORT_ALONE[name], found.arguments))


def _bare(opening: re.Match[str]) -> Found | None:
    """``<< smtp_compare >>`` and ``<< smtp 535 >>`` were meant for us; ``<<smtp>>`` is as likely somebody's placeholder."""
    name, rest = opening["name"], opening["rest"].strip()
    if sign := re.match(_SIGN, rest):
        rest = rest[sign.end() :]
    # `<< smtp_code<int> >>` may be somebody's template.
    if rest.startswith("<") and not re.match(r"<\s*[\"'“]?[0-9]", rest):
        return None
    if name not in SIGNATURES or not ("_" in name or re.match(r"[\"'“]?[0-9]|[\[{（<][2-5]\d\d", rest)):
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
