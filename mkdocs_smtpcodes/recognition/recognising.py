"""From raw text to an explanation: the whole way; each step has a module of its own."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace

from .choosing import Reply, best, replies
from .concluding import told_by_group, told_by_reply, told_by_section, told_without_code
from .explanation import Explanation, Span
from .folding import fold
from .rules import Rules, occurs
from .status import groups, sections
from .unescaping import Source
from .zones import Reading, zones

#: So much of a text is read.
LONGEST = 1_000_000
#: So much of it is looked through for what a report says has become of the message.
NOTICED = 20_000
_WORST_FIRST = {"5": 0, "4": 1}


def recognise(text: str, rules: Rules) -> Explanation:
    """Explain any text that holds a reply. Never raises; what says nothing gives an empty explanation.

    Args:
        text: a reply, a bounce or a part of one, lines of a log.
        rules: what ``compile_rules`` made of the facts.
    """
    text = text[:LONGEST]
    units = _units(text)[:LONGEST]
    # A whole message as one string of JSON.
    escaped = Source(units) if "\n" not in units and "\\n" in units else None
    readings = [Reading(zone) for zone in zones(escaped.text if escaped else units)]
    found = _by_status(readings, rules) or _by_address(readings, rules) or [_by_text(readings, rules)]
    state = _noticed(readings, rules)
    found = [_stated(explanation, state) for explanation in found]
    found.sort(key=lambda explanation: _WORST_FIRST.get(explanation.code[:1], 2))
    if escaped:
        found = [_moved(explanation, escaped.given) for explanation in found]
    if units != text:
        found = [_joined(explanation, text) for explanation in found]
    return replace(found[0], others=tuple(found[1:]))


def _by_status(readings: Sequence[Reading], rules: Rules) -> list[Explanation]:
    """The recipients of a delivery status; none where the text has none."""
    for reading in readings:
        found = groups(reading.text)
        if found:
            told = _best(readings, rules) if len(found) == 1 else None
            return list(dict.fromkeys(told_by_group(reading, group, told, rules) for group in found))
    return []


def _by_address(readings: Sequence[Reading], rules: Rules) -> list[Explanation]:
    """The recipients that the sentences of a report tell one by one; none where these are not several."""
    for reading in readings:
        named = sections(reading.text)
        told = [told_by_section(reading, section, rules) for section in named] if len(named) > 1 else []
        found = [explanation for explanation in told if explanation.code or explanation.reason]
        if len(found) > 1:
            return found
    return []


def _by_text(readings: Sequence[Reading], rules: Rules) -> Explanation:
    """What a text says that has no delivery status, of one recipient."""
    told = _best(readings, rules)
    if told:
        return told_by_reply(*told, rules)
    said = [told_without_code(reading, rules) for reading in readings]
    return next((explanation for explanation in said if explanation.reason), said[0] if said else Explanation())


def _noticed(readings: Sequence[Reading], rules: Rules) -> str:
    """What a report says in its sentences has become of the message: "delayed", "failed" or ""."""
    folded = fold(" ".join(reading.text for reading in readings)[:NOTICED])
    notices = rules["notices"].items()
    return next((state for state, literals in notices if any(occurs(literal, folded) for literal in literals)), "")


def _stated(explanation: Explanation, state: str) -> Explanation:
    """An explanation with what has become of the message; of one that still waits no time has run out."""
    explanation = replace(explanation, action=explanation.action or state)
    if explanation.action != "delayed":
        return explanation
    if explanation.reason == "expired":
        explanation = replace(explanation, reason="", certainty="code" if explanation.code else "", row=-1)
    return replace(explanation, certainty=explanation.certainty or "text")


def _best(readings: Sequence[Reading], rules: Rules) -> tuple[Reading, Reply] | None:
    """The reply that speaks, of all zones; HTML says what plain text says too."""
    top: tuple[Reading, Reply] | None = None
    for reading in readings:
        if top and top[1].candidate.strong and reading.kind == "html":
            break
        reply = best(replies(reading.text, rules["whole"]))
        if reply and (not top or reply.rank > top[1].rank):
            top = reading, reply
    return top


def _units(text: str) -> str:
    """A text in units of UTF-16, as JavaScript sees it: characters above U+FFFF are two."""
    if text.isascii() or max(text) < "\U00010000":
        return text
    return "".join(map(chr, array("H", text.encode("utf-16-le", "surrogatepass"))))


def _joined(explanation: Explanation, text: str) -> Explanation:
    """An explanation in characters again."""
    wide = [place for place, character in enumerate(text) if character > "\uffff"]
    seconds = [place + number + 1 for number, place in enumerate(wide)]
    words = explanation.text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return _moved(replace(explanation, text=words), lambda unit: unit - bisect_right(seconds, unit))


def _moved(explanation: Explanation, given: Callable[[int], int]) -> Explanation:
    spans = tuple(Span(span.kind, given(span.start), given(span.end - 1) + 1) for span in explanation.spans)
    return replace(explanation, spans=spans)
