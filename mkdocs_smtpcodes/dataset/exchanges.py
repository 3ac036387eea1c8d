"""Example exchanges of whole replies, made from the exchanges of their two codes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from ..codes import Reply

_REPLY = re.compile(r"S: (?P<basic>\d{3})(?P<mark>[- ]|$)(?:(?P<enhanced>\d\.\d+\.\d+)(?: |$))?(?P<text>.*)")
_GAP = re.compile(r"\{\w+\}")
#: What an enhanced code never stands behind (RFC 2034 §4).
_BARE = ("", "EHLO", "HELO")

Lines = Sequence[str]


def of_reply(reply: Reply, text: str, examples: Mapping[str, Lines], answers: Callable[[str], bool]) -> tuple[str, ...]:
    """An exchange that ends with a whole reply; empty where no exchange on record has a place for it.

    Args:
        reply: the reply.
        text: words for it where the exchange of its reply code is taken, or "" to keep the words of that exchange.
        examples: the exchanges on record, by code.
        answers: whether the reply code can answer a command, as a client writes its verb.
    """
    enhanced, basic = examples.get(str(reply.enhanced), ()), examples.get(str(reply.basic), ())
    told = _ending(enhanced, enhanced=str(reply.enhanced))
    carried = _ending(basic, basic=str(reply.basic))
    if told is not None and answers(_verb(enhanced, told)):
        return _with(reply, enhanced, told)
    if carried is not None and _verb(basic, carried) in _BARE:
        carried = None
    if carried is not None and answers(_verb(basic, carried)):
        return _with(reply, basic, carried, text)
    # Both stand only where the reply cannot: any command will do that gets it.
    for lines in examples.values() if text else ():
        start = _ending(lines)
        if start is not None and (verb := _verb(lines, start)) not in _BARE and answers(verb):
            return _with(reply, lines, start, text)
    if carried is not None:
        return _with(reply, basic, carried, text)
    if answers(""):
        return (f"S: {reply} {text}".rstrip(),)
    return _with(reply, enhanced, told) if told is not None else ()


def spoken(text: str) -> str:
    """The words of a reply on record as a server could say them: dots for what varies."""
    return _GAP.sub("...", text)


def _ending(lines: Lines, **wanted: str) -> int | None:
    """Where the last reply of an exchange begins, if it has the code that is wanted."""
    start = len(lines)
    while start and lines[start - 1].startswith("S: "):
        start -= 1
    match = _REPLY.match(lines[start]) if start < len(lines) else None
    return start if match and all(match[name] == code for name, code in wanted.items()) else None


def _verb(lines: Lines, start: int) -> str:
    """The verb of the command before a reply: ``RCPT``, or ``.`` for the end of the data; "" for the greeting."""
    return lines[start - 1].removeprefix("C: ").split(" ")[0] if start else ""


def _with(reply: Reply, lines: Lines, start: int, text: str = "") -> tuple[str, ...]:
    """The exchange with a reply in the place of its last one, on each of its lines."""
    changed = []
    for line in lines[start:]:
        match = _REPLY.fullmatch(line)
        assert match
        changed.append(f"S: {reply.basic}{match['mark'] or ' '}{reply.enhanced} {text or match['text']}".rstrip())
    return (*lines[:start], *changed)
