"""Which reason a reply gives, by the rules: replies on record, then general patterns, then the code alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .evidence import related
from .folding import fold, prose
from .rules import CodeRule, Rules, agreement, occurs

#: From here on, a literal identifies a reply whose code is another than that on record.
LONG = 24


@dataclass(frozen=True, slots=True)
class Match:
    """A reason, how sure it is, who speaks, and the number of the reply on record."""

    reason: str = ""
    certainty: str = ""
    sender: str = ""
    row: int = -1


def match(rules: Rules, words: str, basic: str, enhanced: str, speakers: Sequence[int], reporter: int = -1) -> Match:
    """What a reply says.

    Args:
        rules: the compiled rules.
        words: what the server said, without the codes.
        basic: the basic code, or "".
        enhanced: the enhanced code, or "".
        speakers: the senders that the text shows (see ``evidence``).
        reporter: the service that wrote the report. It may quote another server, so that it counts only where its own
            words are those of the reply.
    """
    everything = fold(words)
    sender = rules["senders"][speakers[0]][0] if speakers else ""
    said = fold(prose(words))
    if reason := _pattern(rules, "first", said, everything, basic, enhanced):
        return Match(reason, "text", sender)
    row = _row(rules, everything, len(said), basic, enhanced, speakers, reporter)
    if row and (row.known or row.telling == 2):
        return _recorded(rules, row) if row.known else Match(row.reason, "text", sender)
    digit = (basic or enhanced)[:1]
    if digit in {"2", "3"}:
        return Match(rules["by_code"].get(basic) or rules["by_code"].get(digit, ""), "code", sender)
    coded = _coded(rules, basic, enhanced, speakers)
    if coded and _own(enhanced):
        return _recorded(rules, coded)
    if reason := _pattern(rules, "patterns", said, everything, basic, enhanced):
        return Match(reason, "text", sender)
    if row and row.agreed > 1:
        return Match(row.reason, "text", sender)
    if coded:
        return _recorded(rules, coded)
    if reason := _by_code(rules["by_code"], basic, enhanced):
        return Match(reason, "code", sender)
    if reason := _pattern(rules, "weak", said, everything, basic, enhanced):
        return Match(reason, "text", sender)
    return Match("", "code" if digit else "", sender)


@dataclass(frozen=True, slots=True)
class _Row:
    """A reply on record that fits: of whom, which, how well."""

    sender: int
    number: int
    reason: str
    telling: int = 0
    agreed: int = 3
    known: bool = True


def _recorded(rules: Rules, row: _Row) -> Match:
    return Match(row.reason, "known", rules["senders"][row.sender][0], row.number)


def _row(
    rules: Rules, folded: str, length: int, basic: str, enhanced: str, speakers: Sequence[int], reporter: int
) -> _Row | None:
    """The reply on record that fits best by its words."""
    best: _Row | None = None
    most = (-1, 0)
    served = any(rules["senders"][number][1] for number in speakers)
    for sender, rows in enumerate(rules["rows"]):
        shown = sender in speakers
        if not shown and _another(rules, sender, speakers):
            continue
        for number, (reason, literal, tag, listed, telling, coded) in enumerate(rows):
            tagged = tag != "" and tag in folded
            if not tagged and (literal == "" or not occurs(literal, folded)):
                continue
            codes = rules["codes"][listed]
            agreed = agreement(codes, basic, enhanced)
            weight = len(tag) + LONG if tagged else len(literal)
            if (agreed == 0 and weight < LONG) or (coded and agreed < 2):
                continue
            told = tagged or _tells(literal, telling, codes, agreed, length, basic, enhanced)
            wrote = sender == reporter and telling != 0 and agreed > 0
            # Where a service shows itself, nobody else speaks, but for one that shares its hosts.
            known = shown or ((wrote or told) and served <= rules["senders"][sender][1])
            fit = 8 if agreed == 2 else -12 if agreed == 0 else 0
            value = (int(known), weight + fit + int(wrote) + (20 if shown else 0))
            if value > most:
                best, most = _Row(sender, number, rules["reasons"][reason], telling, agreed, known), value
    return best


def _tells(
    literal: str, telling: int, codes: Sequence[CodeRule], agreed: int, length: int, basic: str, enhanced: str
) -> bool:
    """Whether the words of a reply on record tell who speaks.

    Args:
        literal: its words, which were found.
        telling: how well they tell it (see ``rules``).
        codes: its codes.
        agreed: how the codes of the reply fit those.
        length: that of all that was said.
        basic: the basic code, or "".
        enhanced: the enhanced code, or "".
    """
    if telling == 2 and agreed > 0:
        return True
    if agreed == 2 and _own(enhanced) and any(code[2] for code in codes):
        return True
    # Few words tell it where they are all that is said, with the code on record.
    exact = agreed == 2 or (agreed == 3 and not (basic and enhanced))
    return telling == 1 and exact and 10 * len(literal) > 6 * length


def _own(enhanced: str) -> bool:
    """Whether an enhanced code is one of those that services make up: the registry is far from a hundred in any subject."""
    return enhanced != "" and int(enhanced.rpartition(".")[2]) > 99


def _another(rules: Rules, number: int, speakers: Sequence[int]) -> bool:
    """Whether the text shows that another service speaks than that of a rule."""
    sender = rules["senders"][number]
    return bool(sender[1]) and any(
        rules["senders"][other][1] and not related(sender, rules["senders"][other]) for other in speakers
    )


def _coded(rules: Rules, basic: str, enhanced: str, speakers: Sequence[int]) -> _Row | None:
    """The reply on record that is known by its code alone: one of the service that speaks, or a code nobody else has."""
    if not enhanced:
        return None
    found: _Row | None = None
    for sender, rows in enumerate(rules["rows"]):
        shown = sender in speakers
        if not shown and (found or not _own(enhanced) or _another(rules, sender, speakers)):
            continue
        for number, (reason, literal, tag, listed, _, _) in enumerate(rows):
            if not literal and not tag and agreement(rules["codes"][listed], basic, enhanced) == 2:
                found = _Row(sender, number, rules["reasons"][reason])
                break
        if shown and found and found.sender == sender:
            break
    return found


def _pattern(rules: Rules, name: str, said: str, everything: str, basic: str, enhanced: str) -> str:
    """The reason of the first pattern that fits; "" where none does."""
    for reason, literals, absent, listed, everywhere in rules[name]:
        if listed and agreement(rules["codes"][listed], basic, enhanced) != 2:
            continue
        text = everything if everywhere else said
        if literals and not any(occurs(literal, text) for literal in literals):
            continue
        if not any(occurs(literal, text) for literal in absent):
            return str(rules["reasons"][reason])
    return ""


def _by_code(codes: dict[str, str], basic: str, enhanced: str) -> str:
    """The reason that the code alone says."""
    keys = [f"{basic} {enhanced}", enhanced, f"X{enhanced[1:]}", basic]
    return next((codes[key] for key in keys if key in codes), "")
