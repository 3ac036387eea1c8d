"""From replies to explanations: what a zone says, and what a delivery status says of each recipient."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from .candidates import Candidate, counts, one_line
from .choosing import Reply, best, is_field, lines, replies, words_before, words_of_log
from .evidence import reporter, speakers
from .explanation import Explanation, Span
from .folding import fold
from .matching import Match, match
from .reading import stage
from .rules import Rules
from .status import Group
from .zones import Reading

_CONTEXT = 400
#: What stands for no words; the second is PHPMailer's, which tells the words before the code.
_NOTHING = (" ", " additional smtp info ")
#: A code within a sentence, and what follows it in its line.
_WITHIN = re.compile(
    "(?:^|[^A-Za-z0-9.#/+_$-])([45][0-5][0-9])"
    "(?=[:;,]? (?!(?:is|was|are|were|has|ist|war|sind|est|es|era) )([^ 0-9\\n][^\\n]{0,599}))"
)
_CLOSE = 40
_NONE = Group()
_STATES = {"bounced": "failed", "deferred": "delayed", "expired": "failed", "sent": "relayed"}


def told_by_reply(
    reading: Reading, reply: Reply, rules: Rules, group: Group = _NONE, begin: int = 0, end: int = -1
) -> Explanation:
    """The explanation of a reply that was found in a zone, or in a stretch of it.

    Args:
        reading: the zone.
        reply: the reply; its places count from ``begin``.
        rules: the compiled rules.
        group: what a delivery status says beside it.
        begin: where the stretch begins.
        end: where it ends; -1 with the zone.
    """
    text = reading.text[begin : end if end >= 0 else len(reading.text)]
    code, said = reply.candidate, reply.said
    enhanced = code.enhanced or said.enhanced
    words, marked = said.words, _codes(code, enhanced, said.enhanced_at)
    if is_field(text, code):
        words = words_of_log(text, code) or words
    elif fold(words) in _NOTHING:
        words = words_before(text, code) or words
    else:
        marked.append(("words", said.places[0], said.places[-1] + 1))
    before = text[max(0, code.start - _CONTEXT) : code.start]
    shown = speakers(rules, words, before, group.remote)
    result = match(rules, words, code.basic, enhanced, shown, reporter(rules, before, group.reporting))
    if result.certainty == "code" and code.failing:
        # Of a code alone, what follows it tells too.
        around = before + text[code.start : said.end if code.shape > 1 else code.end + _CONTEXT]
        result = _by_context(rules, around, result, alone=fold(said.words) in _NOTHING)
    spans = [reading.span(kind, begin + first, begin + last) for kind, first, last in marked]
    place = _stage(text, reply, rules)
    explanation = _explanation(code.basic, enhanced, words.removeprefix("stat="), result, place, spans)
    return replace(explanation, action=_state(before))


def _codes(code: Candidate, enhanced: str, second: int) -> list[tuple[str, int, int]]:
    """Where the codes stand."""
    found = [("code", code.start, code.start + 3)] if code.basic else []
    at = code.second if code.enhanced else second
    return [*found, ("enhanced", at, at + len(enhanced))] if enhanced else found


def _by_context(rules: Rules, text: str, result: Match, *, alone: bool) -> Match:
    """What the words around a reply say that says nothing by itself; of a code ``alone`` a reply on record, too."""
    around = match(rules, text, "", "", ())
    if alone and around.certainty == "known":
        return around
    return (
        result
        if result.reason or around.certainty != "text"
        else replace(result, reason=around.reason, certainty="text")
    )


def _state(before: str) -> str:
    """What Postfix's log says has become of the message."""
    line = fold(before.rpartition("\n")[2])
    return next((action for state, action in _STATES.items() if f" status {state} " in line), "")


def told_by_group(reading: Reading, group: Group, told: tuple[Reading, Reply] | None, rules: Rules) -> Explanation:
    """What a delivery status says of a recipient: the reply in ``Diagnostic-Code``, else the one in the text, else ``Status``.

    Args:
        reading: the zone with the status.
        group: the fields.
        told: the reply that the text around it tells, where there is one recipient only.
        rules: the compiled rules.
    """
    begin, end = group.diagnostic
    reply = best(replies(reading.text[begin:end], rules["whole"]))
    if reply and reply.candidate.basic and reply.candidate.shape > 1:
        explanation = told_by_reply(reading, reply, rules, group, begin, end)
    elif told and told[1].candidate.strong and told[1].candidate.failing:
        explanation = told_by_reply(*told, rules, group)
    elif reply:
        explanation = told_by_reply(reading, reply, rules, group, begin, end)
    else:
        explanation = _told_by_status(reading, group, rules)
    place = explanation.stage or (_stage(told[0].text, told[1], rules) if told else "")
    return replace(explanation, stage=place, action=group.action, recipient=group.recipient)


def _stage(text: str, reply: Reply, rules: Rules) -> str:
    """The command that stands beside a reply in a zone."""
    start = reply.candidate.start
    return stage(rules["stages"], reply.said.tail, text[max(0, start - _CONTEXT) : start])


def _told_by_status(reading: Reading, group: Group, rules: Rules) -> Explanation:
    """What a delivery status says whose ``Diagnostic-Code`` has no code, or is missing."""
    begin, end = group.status
    found = best(replies(reading.text[begin:end], ()))
    value = one_line(reading.text[slice(*group.diagnostic)])
    kind, semicolon, rest = value.partition(";")
    words = rest.strip(" ") if semicolon and len(kind) < 24 else value
    enhanced = found.candidate.enhanced if found else ""
    shown = speakers(rules, words, "", group.remote)
    result = match(rules, words, "", enhanced, shown, reporter(rules, "", group.reporting))
    spans = [reading.span("enhanced", begin + found.candidate.start, begin + found.candidate.end)] if found else []
    return _explanation("", enhanced, words, result, "", spans)


def told_by_section(reading: Reading, section: tuple[str, int, int], rules: Rules) -> Explanation:
    """What the sentences of a report say of a recipient."""
    recipient, begin, end = section
    reply = best(replies(reading.text[begin:end], rules["whole"]))
    if reply:
        return replace(told_by_reply(reading, reply, rules, _NONE, begin, end), recipient=recipient)
    return replace(told_without_code(reading, rules, begin, end), recipient=recipient)


def told_without_code(reading: Reading, rules: Rules, begin: int = 0, end: int | None = None) -> Explanation:
    """What a text, or a stretch of it, says that has no code: a number within a sentence whose next words give a reason, else a
    line that is a reply on record, else the text as a whole."""
    stretch = reading.text[begin:end]
    text = stretch[:2400]
    whole = one_line(text)
    place = stage(rules["stages"], whole)
    for found in _WITHIN.finditer(text):
        words, result = found[2], match(rules, found[2][:_CLOSE], found[1], "", ())
        if result.certainty != "code" and result.reason != "policy" and not counts(words, 0):
            parts = (("code", *found.span(1)), ("words", *found.span(2)))
            spans = [reading.span(kind, begin + first, begin + last) for kind, first, last in parts]
            return _explanation(found[1], "", words, result, place, spans)
    said = [(line, match(rules, line, "", "", speakers(rules, line, ""))) for line in lines(stretch)]
    for line, result in said:
        if result.certainty == "known":
            return _explanation("", "", line, result, place, ())
    result = match(rules, whole, "", "", speakers(rules, whole, ""))
    line = next((line for line, own in said if own.reason == result.reason), whole[:600])
    return _explanation("", "", line, result, place, ())


def _explanation(
    basic: str, enhanced: str, words: str, result: Match, place: str, spans: Sequence[Span | None]
) -> Explanation:
    return Explanation(
        code=f"{basic} {enhanced}".strip(" "),
        text=words,
        reason=result.reason,
        certainty=result.certainty,
        sender=result.sender,
        basic=basic,
        enhanced=enhanced,
        row=result.row,
        stage=place,
        spans=tuple(sorted((span for span in spans if span), key=lambda span: span.start)),
    )
