"""Which reason a reply gives, by the rules: replies on record, then general patterns, then the code alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from .evidence import related
from .folding import fold, prose
from .rules import Rules, agreement, occurs

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
    row, known = _row(rules, everything, len(said), basic, enhanced, speakers, reporter)
    if row and known:
        return _recorded(rules, row)
    if row and row[6] == 2:
        return Match(row[2], "text", sender)
    digit = (basic or enhanced)[:1]
    if digit in {"2", "3"}:
        return Match(rules["codes"].get(digit, ""), "code", sender)
    coded = _coded(rules, basic, enhanced, speakers)
    if coded and _own(enhanced):
        return _recorded(rules, coded)
    if reason := _pattern(rules["patterns"], said, everything, basic, enhanced):
        return Match(reason, "text", sender)
    if row and agreement(row[5], basic, enhanced) > 1:
        return Match(row[2], "text", sender)
    if coded:
        return _recorded(rules, coded)
    if reason := _by_code(rules["codes"], basic, enhanced):
        return Match(reason, "code", sender)
    if reason := _pattern(rules["weak"], said, everything, basic, enhanced):
        return Match(reason, "text", sender)
    return Match("", "code" if digit else "", sender)


def _recorded(rules: Rules, row: Sequence[Any]) -> Match:
    return Match(row[2], "known", rules["senders"][row[0]][0], row[1])


def _row(
    rules: Rules, folded: str, length: int, basic: str, enhanced: str, speakers: Sequence[int], reporter: int
) -> tuple[Sequence[Any] | None, bool]:
    """The reply on record that fits best, and whether it tells who speaks."""
    best: Sequence[Any] | None = None
    most = (0, 0)
    served = any(rules["senders"][number][1] for number in speakers)
    for row in rules["rows"]:
        number, _, _, literal, tag, codes, telling, coded = row
        tagged = tag != "" and tag in folded
        if not tagged and not (literal and occurs(literal, folded)):
            continue
        shown = number in speakers
        agreed = agreement(codes, basic, enhanced)
        weight = len(tag) + LONG if tagged else len(literal)
        if (
            (agreed == 0 and weight < LONG)
            or (coded and agreed < 2)
            or (not shown and _another(rules, number, speakers))
        ):
            continue
        told = tagged or _tells(row, agreed, length, basic, enhanced)
        # Where a service shows itself, nobody else speaks.
        wrote = number == reporter and telling != 0 and agreed > 0 and not served
        known = shown or wrote or (told and not served)
        value = (
            int(known),
            weight + int(wrote) + (20 if shown else 0) + (8 if agreed == 2 else -12 if agreed == 0 else 0),
        )
        if value > most:
            best, most = row, value
    return best, most[0] == 1


def _tells(row: Sequence[Any], agreed: int, length: int, basic: str, enhanced: str) -> bool:
    """Whether the words of a reply on record tell who speaks.

    Args:
        row: the reply on record, whose words were found.
        agreed: how the codes fit.
        length: that of all that was said.
        basic: the basic code, or "".
        enhanced: the enhanced code, or "".
    """
    _, _, _, literal, _, codes, telling, _ = row
    if telling == 2 and agreed > 0:
        return True
    if agreed == 2 and _own(enhanced) and any(code[2] for code in codes):
        return True
    # Few words tell it where they are all that is said, with the code on record.
    exact = agreed == 2 or (agreed == 3 and not (basic and enhanced))
    return bool(telling == 1 and exact and 10 * len(literal) > 6 * length)


def _own(enhanced: str) -> bool:
    """Whether an enhanced code is one of those that services make up: the registry is far from a hundred in any subject."""
    return enhanced != "" and int(enhanced.rpartition(".")[2]) > 99


def _another(rules: Rules, number: int, speakers: Sequence[int]) -> bool:
    """Whether the text shows that another service speaks than that of a rule."""
    sender = rules["senders"][number]
    return bool(sender[1]) and any(
        rules["senders"][other][1] and not related(sender, rules["senders"][other]) for other in speakers
    )


def _coded(rules: Rules, basic: str, enhanced: str, speakers: Sequence[int]) -> Sequence[Any] | None:
    """The reply on record that is known by its code alone: one of the service that speaks, or a code nobody else has."""
    if not enhanced:
        return None
    own = _own(enhanced)
    found: Sequence[Any] | None = None
    for row in rules["rows"]:
        if row[3] or row[4] or agreement(row[5], basic, enhanced) != 2:
            continue
        if row[0] in speakers:
            found = row
            break
        if own and not found and not _another(rules, row[0], speakers):
            found = row
    return found


def _pattern(patterns: Iterable[Sequence[Any]], said: str, everything: str, basic: str, enhanced: str) -> str:
    """The reason of the first pattern that fits; "" where none does."""
    for reason, literals, absent, codes, everywhere in patterns:
        if codes and agreement(codes, basic, enhanced) != 2:
            continue
        text = everything if everywhere else said
        if literals and not any(occurs(literal, text) for literal in literals):
            continue
        if not any(occurs(literal, text) for literal in absent):
            return str(reason)
    return ""


def _by_code(codes: dict[str, str], basic: str, enhanced: str) -> str:
    """The reason that the code alone says."""
    keys = [f"{basic} {enhanced}", enhanced, f"X{enhanced[1:]}", basic]
    return next((codes[key] for key in keys if key in codes), "")
