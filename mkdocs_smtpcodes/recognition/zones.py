"""What of a text can hold a reply: its zones, which are the parts of a bounce, decoded, without the message it returns.

Works on a whole message, on a part of one that somebody pasted, and on text that is no message. A part begins with a line
``--…`` whose next line begins with ``Content-``. The fields of a delivery status (RFC 3464 §2) are read in ``status``.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass

from .candidates import lowered
from .explanation import Span
from .folding import fold
from .unescaping import Source, decoded

#: Of these, three say that a block of headers is that of a message.
_TYPICAL = {"received", "from", "to", "subject", "date", "mime-version", "return-path", "message-id", "delivered-to"}
_HEADER = re.compile("[A-Za-z][A-Za-z0-9-]{0,60}[ \t]*:")
_HEX = re.compile("=(?:[ \t]*\r?\n|([0-9A-Fa-f]{2}))")
_NOT_BASE64 = re.compile("[^A-Za-z0-9+/]")
_LONGEST = 300_000
_MOST_LINES = 2000


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of text to look for replies in.

    Attributes:
        text: the text.
        start: where it stands in the text as given; -1 where it was decoded, and stands nowhere as it is.
        kind: ``report`` (a delivery status), ``plain`` or ``html``.
    """

    text: str
    start: int
    kind: str


def zones(text: str) -> list[Zone]:
    """The stretches that can hold replies: delivery status first, then plain text, then HTML."""
    found: list[Zone] = []
    start = len(text) - len(text.lstrip(" \t\r\n"))
    headers, body = _headers(text, start)
    if len(_TYPICAL & headers.keys()) < 3:
        headers, body = {}, start
    at = _delimiter(text, max(body - 1, 0))
    _add(found, text[body : at if at >= 0 else len(text)], body, headers)
    while at >= 0:
        at = _part(found, text, at)
    order = ("report", "plain", "html")
    return sorted(found, key=lambda zone: order.index(zone.kind))


def _delimiter(text: str, at: int) -> int:
    """The next line break before a line of two dashes that opens a part; -1 where there is none."""
    at = text.find("\n--", at)
    while at >= 0:
        end = text.find("\n", at + 1)
        if end < 0:
            return -1
        if text[end + 1 : end + 2] in "Cc" and fold(text[end + 1 : end + 9]) == " content ":
            return at
        at = text.find("\n--", at + 1)
    return at


def _part(found: list[Zone], text: str, at: int) -> int:
    """Take in the part that a delimiter opens; where the next one stands, or -1."""
    end = text.find("\n", at + 1)
    delimiter = text[at:end].rstrip(" \t\r")
    headers, body = _headers(text, end + 1)
    kind = headers.get("content-type", "text/plain")
    if kind.startswith("multipart/"):
        return _delimiter(text, body - 1)
    end = text.find(delimiter, body - 1)
    if "delivery-status" in kind or (kind.startswith("text/") and not kind.startswith("text/rfc822")):
        _add(found, text[body : end if end >= 0 else len(text)], body, headers)
    return _delimiter(text, end) if end >= 0 else -1


def _headers(text: str, at: int) -> tuple[dict[str, str], int]:
    """The fields of a block of headers, in lower case, and where its body begins."""
    fields: dict[str, str] = {}
    name = ""
    for _ in range(_MOST_LINES):
        if at >= len(text):
            break
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        line = text[at:end].rstrip("\r")
        if not line.strip(" \t"):
            return fields, min(end + 1, len(text))
        if line[0] in " \t":
            fields[name] = (fields.get(name, "") + line)[:1000]
        elif _HEADER.match(line):
            colon = line.find(":")
            name = fold(line[:colon]).strip(" ").replace(" ", "-")
            fields[name] = lowered(line[colon + 1 :][:500]).strip(" \t")
        elif not line.startswith("From "):
            return fields, at
        at = end + 1
    return fields, min(at, len(text))


def _add(found: list[Zone], text: str, start: int, headers: dict[str, str]) -> None:
    kind = headers.get("content-type", "")
    name = "report" if "delivery-status" in kind else "html" if kind.startswith("text/html") else "plain"
    coding = headers.get("content-transfer-encoding", "")
    if coding in {"base64", "quoted-printable"}:
        data = (_from_base64 if coding == "base64" else _from_quoted)(text[:_LONGEST])
        found.append(Zone(decoded(data, _parameter(kind, "charset=")), -1, name))
    else:
        found.append(Zone(text, start, name))


def _parameter(field: str, name: str) -> str:
    at = field.find(name)
    return field[at + len(name) :].split(";", maxsplit=1)[0].strip(" \t\"'") if at >= 0 else ""


def _from_base64(text: str) -> bytes:
    """The bytes up to the padding; what is left over of a group of four is left out."""
    letters = _NOT_BASE64.sub("", text.split("=", maxsplit=1)[0])
    return base64.b64decode(letters[: len(letters) // 4 * 4] + _tail(letters[len(letters) // 4 * 4 :]))


def _tail(letters: str) -> str:
    return letters + "=" * (4 - len(letters)) if len(letters) > 1 else ""


def _from_quoted(text: str) -> bytes:
    pieces = []
    end = 0
    for match in _HEX.finditer(text):
        pieces += [text[end : match.start()].encode("utf-8", "replace"), bytes.fromhex(match[1] or "")]
        end = match.end()
    return b"".join([*pieces, text[end:].encode("utf-8", "replace")])


# What stands above the returned message in a report that is no MIME, and the words of such a line.
_LINE = re.compile("(?:^|\n)[ >]*(?:--[^\n]{0,120}|[Oo]riginal [^\n]{0,60}|[Mm]essage [^\n]{0,60})")
_COPIES = (
    " copy of the message ", " copy of your message ", " original message ", " message headers ", " message header ",
    " unsent message ", " text of the message ", " returned message ", " headers of the message ", " original headers ",
    " undelivered message ",
)  # fmt: skip


# A delivery status that a web form or a ticket has made one line of, and where its fields begin.
_FLAT = re.compile("Final-Recipient: [^\n]{1,300} (?:Action|Status): ")
_SEWN = re.compile(
    " (?=(?:Reporting-MTA|Arrival-Date|Final-Recipient|Original-Recipient|Action|Status|Remote-MTA|Diagnostic-Code"
    "|Last-Attempt-Date|Will-Retry-Until): )"
)


class Reading:
    """A zone without its escapes and without the message that it returns."""

    def __init__(self, zone: Zone) -> None:
        self._source = Source(zone.text)
        self._start = zone.start
        self.kind = zone.kind
        self.text = self._source.text
        if _FLAT.search(self.text):
            self.text = _SEWN.sub("\n", self.text)
        for found in _LINE.finditer(self.text):
            line = fold(found[0])
            if line.count(" ") < 16 and any(copy in line for copy in _COPIES):
                self.text = self.text[: found.start()]
                break

    def span(self, kind: str, start: int, end: int) -> Span | None:
        """A part by where it stands in the text as given; None where it was decoded, and stands nowhere."""
        if self._start < 0:
            return None
        given = self._source.given
        return Span(kind, self._start + given(start), self._start + given(end - 1) + 1)
