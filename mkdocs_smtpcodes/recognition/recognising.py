"""From raw text to an explanation: the whole way; each step has a module of its own."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from dataclasses import replace

from .choosing import Reply, best, is_field, lines, replies, words_before, words_of_log
from .evidence import speakers
from .explanation import Explanation, Span
from .folding import fold
from .matching import Match, match
from .messages import Zone, zones
from .reading import stage
from .rules import Rules
from .status import Group, groups
from .unescaping import Source

LONGEST = 1_000_000
_CONTEXT = 400
# What stands above the returned message in a report that is no MIME.
_COPY = re.compile("(?:^|\n)[ >]*(?:--[^\n]{0,120}|[Oo]riginal [^\n]{0,60}|[Mm]essage [^\n]{0,60})")
_COPIES = (
    " copy of the message ", " copy of your message ", " original message ", " message headers ", " message header ",
    " unsent message ", " text of the message ", " returned message ", " headers of the message ", " original headers ",
    " undelivered message ",
)  # fmt: skip
_STATES = {"bounced": "failed", "deferred": "delayed", "expired": "failed", "sent": "relayed"}


class Reading:
    """A zone without its escapes and without the message that it returns."""

    def __init__(self, zone: Zone) -> None:
        self.source = Source(zone.text[:LONGEST])
        self.start = zone.start
        self.kind = zone.kind
        self.text = self.source.text
        for found in _COPY.finditer(self.text):
            line = fold(found[0])
            if any(copy in line for copy in _COPIES) and (line.count(" ") < 12):
                self.text = self.text[: found.start()]
                break

    def span(self, kind: str, start: int, end: int) -> Span:
        """A part by where it stands in the text as given."""
        return Span(kind, self.start + self.source.given(start), self.start + self.source.given(end - 1) + 1)


def recognise(text: str, rules: Rules) -> Explanation:
    """Explain any text that holds a reply. Never raises; what says nothing gives an empty explanation.

    Args:
        text: a reply, a bounce or a part of one, lines of a log.
        rules: what ``compile_rules`` made of the facts.
    """
    given = _units(text[:LONGEST])
    outer = None
    if "\n" not in given and "\\n" in given:
        outer = Source(given)
        given = outer.text
    readings = [Reading(zone) for zone in zones(given)]
    explanations = _reported(readings, rules) or [_spoken(readings, rules)]
    explanations.sort(key=lambda explanation: "54".find(explanation.code[:1] or "2") % 3)
    if outer:
        explanations = [_moved(explanation, outer) for explanation in explanations]
    if len(given) != len(text) or outer:
        explanations = [_rejoined(explanation, text) for explanation in explanations]
    return replace(explanations[0], others=tuple(explanations[1:]))


def _reported(readings: list[Reading], rules: Rules) -> list[Explanation]:
    """The recipients of a delivery status; none where the text has none."""
    for reading in readings:
        found = groups(reading.text)
        if found:
            told = _best(readings, rules) if len(found) == 1 else None
            return list(dict.fromkeys(_of_group(reading, group, told, rules) for group in found))
    return []


def _of_group(reading: Reading, group: Group, told: tuple[Reading, Reply] | None, rules: Rules) -> Explanation:
    """What a report says of one recipient: the reply in ``Diagnostic-Code`` before ``Status``."""
    begin, end = group.diagnostic
    value = reading.text[begin:end]
    reply = best(replies(value, rules["whole"]))
    if reply and reply.candidate.basic and reply.candidate.shape > 1:
        explanation = _explained(reading, reply, begin, rules, group.remote, end)
    elif told and told[1].candidate.strong and told[1].candidate.failing:
        explanation = _explained(told[0], told[1], 0, rules, group.remote)
    elif reply:
        explanation = _explained(reading, reply, begin, rules, group.remote, end)
    else:
        explanation = _of_status(reading, group, rules)
    return replace(explanation, action=group.action, recipient=group.recipient)


def _of_status(reading: Reading, group: Group, rules: Rules) -> Explanation:
    """What a report says whose ``Diagnostic-Code`` has no code, or is missing."""
    begin, end = group.status
    found = best(replies(reading.text[begin:end], ()))
    value = " ".join(reading.text[slice(*group.diagnostic)].split())
    words = value.partition(";")[2].strip() if ";" in value[:24] else value
    enhanced = found.candidate.enhanced if found else ""
    result = match(rules, words, "", enhanced, speakers(rules, words, "", group.remote))
    spans = () if reading.start < 0 or not found else (
        reading.span("enhanced", begin + found.candidate.start, begin + found.candidate.end),
    )  # fmt: skip
    return _explanation("", enhanced, words, result, "", spans)


def _spoken(readings: list[Reading], rules: Rules) -> Explanation:
    """What a text says that has no delivery status."""
    told = _best(readings, rules)
    if told:
        return _explained(told[0], told[1], 0, rules)
    for reading in readings:
        explanation = _unnumbered(reading, rules)
        if explanation.reason:
            return explanation
    return Explanation(text=" ".join(readings[0].text[:600].split()) if readings else "")


def _unnumbered(reading: Reading, rules: Rules) -> Explanation:
    """What a text says that has no code: a line that is a reply on record, else the text as a whole."""
    whole = " ".join(reading.text[:2400].split())
    place = stage(rules["stages"], whole)
    said = [(line, match(rules, line, "", "", speakers(rules, line, ""))) for line in lines(reading.text)]
    for line, result in said:
        if result.certainty == "known":
            return _explanation("", "", line, result, place, ())
    result = match(rules, whole, "", "", speakers(rules, whole, ""))
    line = next((line for line, own in said if own.reason == result.reason), whole[:600])
    return _explanation("", "", line, result, place, ())


def _best(readings: list[Reading], rules: Rules) -> tuple[Reading, Reply] | None:
    """The reply that speaks, of all zones; HTML says what plain text says too."""
    top: tuple[Reading, Reply] | None = None
    for reading in readings:
        if top and top[1].candidate.strong and reading.kind == "html":
            break
        reply = best(replies(reading.text, rules["whole"]))
        if reply and (not top or reply.rank > top[1].rank):
            top = reading, reply
    return top


def _explained(
    reading: Reading, reply: Reply, base: int, rules: Rules, remote: str = "", stop: int = -1
) -> Explanation:
    """The explanation of a reply that was found in a zone, or in a stretch of it that begins at ``base``."""
    text = reading.text[base : stop if stop >= 0 else len(reading.text)]
    code, said = reply.candidate, reply.said
    words, spans = said.words, []
    enhanced = code.enhanced or said.enhanced
    if is_field(text, code):
        words = words_of_log(text, code) or words
    elif fold(words) == " ":
        words = words_before(text, code) or words
    elif words:
        spans.append(("words", said.places[0], said.places[-1] + 1))
    if code.basic:
        spans.append(("code", code.start, code.start + 3))
    if enhanced:
        at = code.second if code.enhanced else said.enhanced_at
        spans.append(("enhanced", at, at + len(enhanced)))
    before = text[max(0, code.start - _CONTEXT) : code.start]
    result = match(rules, words, code.basic, enhanced, speakers(rules, words, before, remote))
    if not result.reason and code.failing:
        result = _by_context(rules, before + text[code.start : said.end], result)
    place = stage(rules["stages"], said.tail, before)
    shown = [reading.span(kind, base + start, base + end) for kind, start, end in spans] if reading.start >= 0 else []
    explanation = _explanation(
        code.basic,
        enhanced,
        words.removeprefix("stat="),
        result,
        place,
        tuple(sorted(shown, key=lambda span: span.start)),
    )
    return replace(explanation, action=_state(before))


def _by_context(rules: Rules, text: str, result: Match) -> Match:
    """What the words around a reply say that says nothing by itself."""
    around = match(rules, text, "", "", ())
    return replace(result, reason=around.reason, certainty="text") if around.certainty == "text" else result


def _explanation(
    basic: str, enhanced: str, words: str, result: Match, place: str, spans: tuple[Span, ...]
) -> Explanation:
    return Explanation(
        code=f"{basic} {enhanced}".strip(), text=words, reason=result.reason, certainty=result.certainty,
        sender=result.sender, basic=basic, enhanced=enhanced, row=result.row, stage=place, spans=spans,
    )  # fmt: skip


def _state(before: str) -> str:
    """What Postfix's log says has become of the message."""
    line = fold(before.rpartition("\n")[2])
    return next((action for state, action in _STATES.items() if f" status {state} " in line), "")


def _units(text: str) -> str:
    """The text in units of UTF-16, as JavaScript sees it."""
    if text.isascii() or max(text) < "\U00010000":
        return text
    return "".join(map(chr, array("H", text.encode("utf-16-le", "surrogatepass"))))


def _moved(explanation: Explanation, outer: Source) -> Explanation:
    spans = tuple(Span(span.kind, outer.given(span.start), outer.given(span.end - 1) + 1) for span in explanation.spans)
    return replace(explanation, spans=spans)


def _rejoined(explanation: Explanation, text: str) -> Explanation:
    """The explanation in characters again, where the text has some of two units."""
    wide = [number for number, character in enumerate(text[:LONGEST]) if character > "\uffff"]
    places = [place + number for number, place in enumerate(wide)]

    def back(place: int) -> int:
        return place - bisect_right(places, place - 1)

    spans = tuple(Span(span.kind, back(span.start), back(span.end)) for span in explanation.spans)
    words = explanation.text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return replace(explanation, text=words, spans=spans)
