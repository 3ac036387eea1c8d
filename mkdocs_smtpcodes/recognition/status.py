"""The recipients of a report: by the fields of its delivery status (RFC 3464 §2.3), and by its sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .candidates import are_digits, lowered, skip

_FIELDS = (
    "final-recipient",
    "original-recipient",
    "action",
    "status",
    "diagnostic-code",
    "remote-mta",
    "reporting-mta",
)
#: As many recipients are told.
MOST = 50
_LONGEST = 200_000
_LONGEST_FIELD = 4000
#: How the sentences of a report begin what they say of a recipient: ``<user@example.org>: host … said:`` (Postfix),
#: ``<user@example.org>:`` (qmail), the address on a line of its own with what follows below it, further in (Exim).
_ADDRESSED = re.compile(
    "(?:^|\n(?:>{1,3} ?)?(?:  )?| (?=<[^ <>\n]{3,330}>: host ))<?([^ <>@:\n]{1,80}@[^ <>@:\n]{1,250})>?(?::[ \n]|\n    )"
)


@dataclass(slots=True)
class Group:
    """What a delivery status says of one recipient; ``diagnostic`` and ``status`` are stretches of the text."""

    recipient: str = ""
    action: str = ""
    remote: str = ""
    reporting: str = ""
    status: tuple[int, int] = (0, 0)
    diagnostic: tuple[int, int] = (0, 0)


def groups(text: str) -> list[Group]:
    """The recipients of a delivery status in a text, whatever stands around it."""
    found: list[Group] = []
    group = Group()
    at, stop = 0, min(len(text), _LONGEST)
    name, begin, end = "", 0, 0
    while at <= stop and len(found) < MOST:
        line_end = text.find("\n", at)
        line_end = len(text) if line_end < 0 else line_end
        start = skip(text, at, " >|", 8)
        goes_on = name != "" and start < line_end and (text[at : at + 1] == " " or _code_line(text, start))
        field = "" if text[at : at + 1] == " " and name else _field(text, start)
        if goes_on and not field:
            end = line_end
        else:
            if name:
                _set(group, name, text, begin, end)
            if (start >= line_end or _again(group, field)) and (group.status[1] or group.diagnostic[1]):
                found.append(group)
                group = Group(reporting=group.reporting)
            name = field
            begin, end = skip(text, start + len(field) + 1, " ", 8), line_end
        at = line_end + 1
    if name:
        _set(group, name, text, begin, end)
    if group.status[1] or group.diagnostic[1]:
        found.append(group)
    return found


def sections(text: str) -> list[tuple[str, int, int]]:
    """What the sentences of a report say of each recipient: the address, and where that begins and ends."""
    found: dict[str, re.Match[str]] = {}
    for match in _ADDRESSED.finditer(text, 0, _LONGEST):
        found.setdefault(match[1], match)
        if len(found) == MOST:
            break
    ends = [match.start() for match in found.values()][1:]
    return [
        (match[1], match.end(), end)
        for match, end in zip(found.values(), [*ends, len(text)][: len(found)], strict=True)
    ]


def _field(text: str, start: int) -> str:
    head = lowered(text[start : start + 19])
    return next((name for name in _FIELDS if head.startswith(name + ":")), "")


def _code_line(text: str, start: int) -> bool:
    return are_digits(text[start : start + 3]) and text[start + 3 : start + 4] in {"-", " "}


def _again(group: Group, field: str) -> bool:
    return (field == "final-recipient" and group.recipient != "") or (field == "status" and group.status[1] > 0)


def _set(group: Group, name: str, text: str, begin: int, end: int) -> None:
    end = min(end, begin + _LONGEST_FIELD)
    value = text[begin:end].strip(" \n")
    if name == "status":
        group.status = (begin, end)
    elif name == "diagnostic-code":
        group.diagnostic = (begin, end)
    elif name == "action":
        group.action = lowered(value).split(" ")[0]
    elif name in {"remote-mta", "reporting-mta"}:
        host = value.rpartition(";")[2].partition("(")[0].strip(" \n")
        group.remote, group.reporting = (host, group.reporting) if name == "remote-mta" else (group.remote, host)
    elif name == "final-recipient" or not group.recipient:
        group.recipient = value.rpartition(";")[2].strip(" <>")
