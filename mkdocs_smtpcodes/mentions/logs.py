"""Codes in logs and sessions: there a reply begins a line, or follows what announces it, and no word stands beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .finding import Finder, Mention
from .judging import REPLY, STRONG

#: What announces a code: "said:" and "refused to talk to me:" of Postfix, "dsn=" and "stat=" of Sendmail, "smtp;" of a report,
#: arrows of a trace.
_LEAD = (
    r"(?:\bsaid|\brefused to talk to me|\bresponse|\brepl(?:y|ied)|\berror|\breject(?:ed)?|\bRCPT from [^\s:]+"
    r"|<<<|->|=>|<[-~*]{1,2}\*?|\bS:|\bsmtp;|\bstatus=\w+ \()(?::|)[ \t\"']*"
)
#: Settings of Postfix, and the field of a log in JSON.
_FIELD = r"_(?:reject|defer)_code[ \t]*=[ \t]*|\"response\":[ \t]*\{\s*\"code\":[ \t]*"
_ANNOUNCED = re.compile(
    rf"{_LEAD}(?P<code>[2345][0-5][0-9])(?=[ -][A-Za-z<])|(?:{_FIELD})(?P<field>[245][0-5][0-9])\b"
    r"|\b(?:dsn=|Status:[ \t]*)(?P<status>[245]\.[0-7]\.[0-9]{1,3})\b"
)
#: A session that is written down: there each line of the server begins with a code.
_SESSION = re.compile(
    r"^\W{0,4}(?:[CS>]:?[ \t]*)?(?:EHLO|HELO|LHLO|MAIL FROM:|RCPT TO:)|^\W{0,4}220[ -]\S+ .*\bE?SMTP\b", re.MULTILINE
)
#: A reply of several lines.
_LINES = re.compile(r"^[ \t]*(?P<code>[245][0-5][0-9])-\S.*\n(?:[ \t]*(?P=code)-.*\n)*[ \t]*(?P=code) \S", re.MULTILINE)
_LINE = re.compile(
    r"^(?:[ \t]*(?:S:|<~?[*-]?|<-|<<<?|←)[ \t]*|[ \t]*)(?P<code>[2345][0-5][0-9])(?=[ -]\S|[ \t]*$)", re.MULTILINE
)


def find_in_log(text: str, finder: Finder) -> Iterator[Mention]:
    """The codes of a fence of log lines or of a session, in order: whole replies, and codes that are announced as one.

    Args:
        text: the lines, as they are shown.
        finder: what finds whole replies.
    """
    found = {mention.start: mention for line in _lines(text) for mention in _whole(finder, *line)}
    taken = {place for mention in found.values() for place in range(mention.start, mention.end)}
    for pattern in (_ANNOUNCED, *((_LINE,) if _SESSION.search(text) or _LINES.search(text) else ())):
        for match in pattern.finditer(text):
            name = match.lastgroup or "code"
            if match.start(name) not in taken and (
                name == "status" or finder.known.basic.get(match[name]) == "standard"
            ):
                start, end = match.span(name)
                taken |= set(range(start, end))
                found[start] = Mention(start, end, match[name], STRONG)
    yield from (found[start] for start in sorted(found))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def _whole(finder: Finder, start: int, line: str) -> Iterator[Mention]:
    for mention in finder.find(line):
        if mention.why == REPLY:
            yield mention._replace(start=start + mention.start, end=start + mention.end)
