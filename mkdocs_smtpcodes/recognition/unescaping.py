"""Undoing what logs, JSON, HTML and mail did to a reply, with a way back to where each character stood.

What is undone: ``\\n``, ``\\"``, ``\\/`` and ``\\u003c`` (JSON, several levels), ``#012`` (syslog), entities and the tags
that reports use (HTML), soft line breaks and runs of encoded bytes (quoted-printable), the underscores of qmail's log,
carriage returns, tabs, and spaces, quotes, dashes and arrows of typesetting.
"""

from __future__ import annotations

import re
from bisect import bisect_right

_INLINE = "a|b|i|u|em|strong|span|font|tt|code|small|wbr"
_BLOCK = "br|p|div|pre|table|tbody|tr|td|th|ul|ol|li|h[1-6]|hr|html|head|body|title|meta|center|blockquote"
_ESCAPES = re.compile(
    "\\\\(?=\\\\)|\\\\[nrt\"'/]|\\\\u[0-9A-Fa-f]{4}|#01[125]"
    "|&(?:lt|gt|amp|quot|apos|nbsp);|&#(?:[0-9]{1,5}|[xX][0-9A-Fa-f]{1,4});"
    "|=\r?\n|=3D|=20(?=\r?\n)|(?:=[89A-F][0-9A-F]){2,60}"
    f"|</?(?:{_INLINE}|{_BLOCK})(?:[ /][^<>]{{0,400}})?>"
    "|\r\n?"
    "|[\x00\t\x0b\x0c\x85\xa0\u00ad\u2000-\u200f\u2010-\u2015\u2018-\u201e\u2022\u2028\u2029\u202f\u2192\u3000-\u3002\uff08\uff09\uff0c\uff1a\uff1b\ufeff]"
)
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&apos;": "'", "&nbsp;": " "}
_ESCAPED = {
    "\\": "", "\\n": "\n", "\\r": "", "\\t": " ", "#012": "\n", "#015": "", "#011": " ", "=3D": "=", "=20": " ",
    "\r": "\n", "\r\n": "\n", "\u00ad": "", "\u2022": "*", "\u2028": "\n", "\u2029": "\n", "\u2192": "->", "\ufeff": "",
    "\u3001": ",", "\u3002": ".", "\uff08": "(", "\uff09": ")", "\uff0c": ",", "\uff1a": ":", "\uff1b": ";",
}  # fmt: skip
_INLINE_TAG = re.compile(f"</?(?:{_INLINE})[ />]")
# The charsets that browsers know too.
_CHARSET = re.compile("(?:iso-8859-|iso-2022-jp|windows-125|koi8-|gb|big5|shift_jis|euc-)")
# What qmail writes into its log: spaces are underscores there.
_QMAIL = re.compile("(?:failure|deferral|success): [^ \n]{0,60}_")


class Source:
    """A text without its escapes, and where each of its characters stood in the text as given."""

    def __init__(self, given: str) -> None:
        self.text, self._places = _unescaped(given)
        self._starts = [place[0] for place in self._places]

    def given(self, place: int) -> int:
        """Where a character of the text stood in the text as given."""
        number = bisect_right(self._starts, place) - 1
        if number < 0:
            return place
        start, given = self._places[number]
        return given + place - start


def _unescaped(given: str) -> tuple[str, list[tuple[int, int]]]:
    """The text, and the places in it after which all characters stand as far on as in the text as given."""
    pieces: list[str] = []
    places: list[tuple[int, int]] = []
    length = end = 0
    for match in _ESCAPES.finditer(given):
        new = _plain(match[0])
        pieces.append(given[end : match.start()])
        pieces.append(new)
        length += match.start() - end + len(new)
        end = match.end()
        if len(new) != len(match[0]):
            places.append((length, end))
    pieces.append(given[end:])
    text = "".join(pieces)
    return (text.replace("_", " ") if _QMAIL.search(text) else text), places


def _plain(escape: str) -> str:
    """What an escape stands for."""
    if escape in _ESCAPED:
        return _ESCAPED[escape]
    first = escape[0]
    if first == "<":
        return "" if _INLINE_TAG.match(escape) else "\n"
    if first == "&":
        if escape in _ENTITIES:
            return _ENTITIES[escape]
        number = int(escape[3:-1], 16) if escape[2] in "xX" else int(escape[2:-1])
        return _character(number)
    if first == "\\":
        return _character(int(escape[2:], 16)) if escape[1] == "u" else escape[1]
    if first == "=":
        return "" if escape[-1] == "\n" else decoded(bytes.fromhex(escape.replace("=", "")), "")
    return _typeset(first)


def _typeset(character: str) -> str:
    number = ord(character)
    if 0x200B <= number <= 0x200F:
        return ""
    if 0x2010 <= number <= 0x2015:
        return "-"
    if 0x2018 <= number <= 0x201B:
        return "'"
    if 0x201C <= number <= 0x201E:
        return '"'
    return " "


def _character(number: int) -> str:
    # No control character, and nothing that is half a character, comes out of an escape.
    if number in {9, 10, 13}:
        return "\n" if number == 10 else " "
    return " " if number < 32 or number > 0xFFFF or 0xD800 <= number < 0xE000 else chr(number)


def decoded(data: bytes, charset: str) -> str:
    """Bytes as text: UTF-8 where they are that, else the charset that a part names, else Western European."""
    charset = charset if _CHARSET.match(charset) else ""
    # ISO-2022 is ASCII to the eye, so that it would pass as UTF-8.
    for name in (charset, "utf-8") if charset[4:8] == "2022" else ("utf-8", charset):
        try:
            if name:
                return data.decode(name)
        except (LookupError, ValueError):
            continue
    return data.decode("cp1252", "replace")
