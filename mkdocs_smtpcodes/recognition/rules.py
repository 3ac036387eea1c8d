"""Facts as rules: compiled to plain data, which Python and JavaScript match in the same way.

A literal is a text of words as ``fold`` makes them. A gap in it is a control character: ``\\x01`` for up to 40 characters
(written `` .. ``), ``\\x02`` for up to 200 (written `` ... ``, or ``{name}`` in a reply on record). A literal that begins or
ends with a space begins or ends with a word; it needs none where it is written with ``*`` at that end. ``a|b`` is one
word or the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from .folding import FOLD, fold

GAPS = {"\x01": 40, "\x02": 200}
_PLACEHOLDER = re.compile("\\{[a-z]+\\}")
_CODE = re.compile(
    "([2-5](?:[0-9][0-9]|[0-9]x|xx))?(?: |$)?(?:([245xX])\\.([0-9]{1,3})\\.([0-9]{1,3}|x)(?:-([0-9]{1,3}))?)?"
)
# Stands for "|" while a piece is folded.
_OR = "\u01c0"
_CHOICE = re.compile("[^ \x01\x02]*\\|[^ \x01\x02]*")
# A star that is not at the end of a literal: the gap after it, a short one where none is written, begins within the word.
_WITHIN = re.compile("\\* (?:([\x01\x02]) )?")
# Scripts from here on write no spaces between words.
_UNSPACED = "\u2e80"
GAP = re.compile("[\x01\x02]")
_SPLIT = re.compile("([\x01\x02])")

Rules = dict[str, Any]
#: [beginning of the basic code, class, subject with dots, first detail, last detail]; "" and 0 where it does not matter.
CodeRule = Sequence[Any]


class _Tables:
    """What many rules share, once each: the reasons and the lists of codes."""

    def __init__(self) -> None:
        self.reasons: list[str] = []
        self.codes: list[list[CodeRule]] = [[]]

    def reason(self, reason: str) -> int:
        return _place(self.reasons, reason)

    def of_codes(self, codes: Iterable[str]) -> int:
        return _place(self.codes, [compile_code(code) for code in codes])


def _place(table: list[Any], item: Any) -> int:
    if item not in table:
        table.append(item)
    return table.index(item)


def compile_rules(facts: Mapping[str, Any]) -> Rules:
    """The rules of ``facts/patterns.yml`` and ``facts/replies/*.yml`` as plain data; see the package for their form."""
    senders = facts.get("senders", {})
    services = [sender["kind"] == "service" for sender in senders.values()]
    tables = _Tables()
    rows = [
        [_row(row, tables, service) for row in facts.get("replies", {}).get(name, ())]
        for name, service in zip(senders, services, strict=True)
    ]
    _mark_shared(rows, services, [compile_literal(text) for text in facts.get("common", ())])
    patterns = {
        name: [_pattern(item, tables) for item in facts.get(name, ())] for name in ("first", "patterns", "weak")
    }
    return {
        "fold": list(FOLD),
        "senders": [_sender(name, senders[name]) for name in senders],
        "reasons": tables.reasons,
        "codes": tables.codes,
        "rows": rows,
        **patterns,
        "by_code": {str(key): reason for key, reason in facts.get("by_code", {}).items()},
        "notices": {
            state: [compile_literal(text) for text in texts] for state, texts in facts.get("notices", {}).items()
        },
        "stages": [[fold(literal), command] for command, texts in facts.get("stages", {}).items() for literal in texts],
        "hosts": [fold(text) for text in facts.get("host_leads", ())],
        "whole": [fold(text) for text in facts.get("whole", ())],
    }


def _sender(name: str, facts: Mapping[str, Any]) -> list[Any]:
    """[name, whether it is a service, hosts, marks]."""
    marks = [compile_literal(mark) for mark in facts.get("marks", ())]
    return [name, int(facts["kind"] == "service"), list(facts.get("hosts", ())), marks]


def _row(row: Mapping[str, Any], tables: _Tables, service: bool) -> list[Any]:
    """[reason, literal, tag, codes, how well its words tell who speaks, whether its code decides]."""
    literal = compile_literal(row["text"].replace("|", " "), open_end=True) if "text" in row else ""
    words = GAP.sub(" ", literal).split()
    letters = sum(map(len, words))
    telling = 2 if letters > (23 if len(words) > 3 + service else 34) else 1 if len(words) > 2 and letters > 12 else 0
    tag = fold(row["tag"]) if "tag" in row else ""
    return [tables.reason(row["reason"]), literal, tag, tables.of_codes(row.get("codes", ())), telling, 0]


def _mark_shared(rows: list[list[list[Any]]], services: list[bool], common: list[str]) -> None:
    """Set how well words tell who speaks: 2 by themselves, 1 where they are all that is said, 0 not; below 0 where
    others use them too.

    The text of a service that runs a software on record tells that software, so that it counts as its own there. Where
    one sender gives several reasons with the same words, the code decides, and has to be there.
    """
    owners: dict[str, set[int]] = {}
    reasons: dict[tuple[int, str], set[int]] = {}
    numbered = [(sender, row) for sender, own in enumerate(rows) for row in own if row[1]]
    for sender, row in numbered:
        owners.setdefault(row[1], set()).add(sender)
        reasons.setdefault((sender, row[1]), set()).add(row[0])
    for sender, row in numbered:
        row[5] = int(len(reasons[sender, row[1]]) > 1)
        others = owners[row[1]] - {sender}
        if any(row[1].strip(" ") in text for text in common):
            row[4] = 0
        elif any(services[other] <= services[sender] for other in others) or (services[sender] and row[4] == 1):
            row[4] = -row[4]


def _pattern(item: Mapping[str, Any], tables: _Tables) -> list[Any]:
    """[reason, literals, literals that must be absent, codes, whether addresses and URLs are looked at too]."""
    return [
        tables.reason(item["reason"]),
        [compile_literal(text) for text in item.get("any", ())],
        [compile_literal(text) for text in item.get("unless", ())],
        tables.of_codes(item.get("codes", ())),
        int(bool(item.get("everywhere"))),
    ]


def compile_literal(text: str, *, open_end: bool = False) -> str:
    """A literal as written in the facts, compiled."""
    text = _PLACEHOLDER.sub("\x02", text.strip()).replace(" ... ", " \x02 ").replace(" .. ", " \x01 ")
    text = _WITHIN.sub(lambda star: (star[1] or "\x01") + " ", text)
    pieces = _SPLIT.split(text.strip(" \x01\x02"))
    for number in range(0, len(pieces), 2):
        piece = pieces[number]
        folded = fold(piece.replace("|", _OR)).replace(_OR, "|")
        # A gap that touches a word may lie within it: PRX{number}.
        touching = number > 0 and piece != "" and fold(piece[:1]) != " "
        if touching or piece.startswith("*") or folded[1:2] >= _UNSPACED:
            folded = folded.lstrip(" ")
        last = number == len(pieces) - 1
        touching = piece != "" and fold(piece[-1:]) != " " and not last
        if touching or piece.endswith("*") or (last and open_end) or folded[-2:-1] >= _UNSPACED:
            folded = folded.rstrip(" ")
        pieces[number] = folded or " "
    return "".join(pieces)


def compile_code(text: str) -> CodeRule:
    """A code as the facts write it: ``550``, ``5xx``, ``5.7.1``, ``X.7.x``, ``550 5.7.1``, ``5.7.606-649``.

    Raises:
        ValueError: it is none of these.
    """
    match = _CODE.fullmatch(text.strip())
    if not match or not text.strip():
        raise ValueError(f"{text!r} is not a code")
    basic, digit, subject, low, high = match.groups()
    rule = [(basic or "").rstrip("x"), "", "", 0, 0]
    if digit:
        rule[1:] = [
            "" if digit in "xX" else digit,
            f".{subject}.",
            int(low) if low != "x" else 0,
            int(high or _any(low)),
        ]
    return rule


def _any(detail: str) -> int:
    return 999 if detail == "x" else int(detail)


def agreement(rules: Iterable[CodeRule], basic: str, enhanced: str) -> int:
    """How codes fit those of a rule: 3 it names none, 2 they agree, 1 one of them is missing, 0 they contradict."""
    best = -1
    for rule in rules:
        best = max(best, _agreement(rule, basic, enhanced))
    return 3 if best < 0 else best


def _agreement(rule: CodeRule, basic: str, enhanced: str) -> int:
    first, digit, subject, low, high = rule
    known = 2
    if first and basic:
        if not basic.startswith(first):
            return 0
    elif first and len(first) == 1 and enhanced:
        if enhanced[0] != first:
            return 0
    elif first:
        known = 1
    if subject and not enhanced:
        return 1
    if subject and (
        (digit and enhanced[0] != digit)
        or enhanced[1 : len(subject) + 1] != subject
        or not low <= int(enhanced[len(subject) + 1 :]) <= high
    ):
        return 0
    return known


def choices(literal: str) -> list[str]:
    """The literals that one with ``|`` stands for."""
    found = _CHOICE.search(literal)
    if not found:
        return [literal]
    first, last = literal[: found.start()], literal[found.end() :]
    return [choice for word in found[0].split("|") for choice in choices(first + word + last)]


@cache
def _pieces(literal: str) -> list[list[str]]:
    return [_SPLIT.split(choice) for choice in choices(literal)]


def occurs(literal: str, text: str) -> bool:
    """Whether a compiled literal occurs in folded text: its pieces one after the other, each gap within its bound."""
    # Thousands of literals are tried for each reply, and a generator costs more than the search.
    for pieces in _pieces(literal):  # noqa: SIM110
        if pieces[0] in text and (len(pieces) == 1 or _occur(pieces, text)):
            return True
    return False


def _occur(pieces: Sequence[str], text: str) -> bool:
    at = text.find(pieces[0])
    while at >= 0:
        end = at + len(pieces[0])
        number = 1
        while number < len(pieces):
            piece = pieces[number + 1]
            # Words that follow each other share the space between them.
            begin = end - 1 if text[end - 1] == " " and piece[:1] == " " else end
            end = text.find(piece, begin, begin + GAPS[pieces[number]] + len(piece))
            if end < 0:
                break
            end += len(piece)
            number += 2
        else:
            return True
        at = text.find(pieces[0], at + 1)
    return False
