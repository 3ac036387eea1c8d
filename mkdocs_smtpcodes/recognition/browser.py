"""The rules as the box in the browser has them: the same facts, and the lists of words that the Python modules go by.

Lists stand in the data and not in the script, so that there is one source for both languages.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from . import candidates, choosing, concluding, folding, reading, status, unescaping, zones
from .rules import CodeRule, Rules

#: Characters of typesetting that become something other than a space.
_TYPESET = "".join(map(chr, [*range(0x200B, 0x2016), *range(0x2018, 0x201F)]))

_SIGNS = str.maketrans("\x01\x02", "~^")
#: Between the literals of a list, which are one text: that packs better.
_JOINED = "_"
#: A list of literals that none is in: no text has it. A list without any is "", which every text has.
_NOWHERE = "!"


def browser_rules(rules: Rules) -> list[Any]:
    """What a script needs to recognise replies, in the order in which it takes it; stages are told by Python only."""
    rows = [(sender, *row) for sender, found in enumerate(rules["rows"]) for row in found]
    return [
        *(rules[key] for key in ("fold", "senders", "reasons", "hosts", "whole", "by_code")),
        {state: [*map(_told, literals)] for state, literals in rules["notices"].items()},
        *(_patterns(rules, name) for name in ("first", "patterns", "weak")),
        # By column, which packs far better: text, sender, reason, tag, codes, telling, coded. A reason is a letter from A
        # on, the last two are a digit each, so that none is below 0.
        [
            _JOINED.join(_told(row[2]) for row in rows),
            [row[0] for row in rows],
            "".join(chr(65 + row[1]) for row in rows),
            [row[3] for row in rows],
            [_codes(rules["codes"][row[4]]) for row in rows],
            "".join(str(row[5] + 2) for row in rows),
            "".join(str(row[6]) for row in rows),
        ],
        list(candidates._ANNOUNCING),
        sorted(candidates._NAMING),
        sorted(candidates._SAYING),
        sorted(candidates._KEYS),
        sorted(candidates._UNITS),
        "|".join(candidates._NUMBERING),
        sorted(folding._ENDINGS),
        list(reading.ENDS),
        sorted(reading._FIELDS),
        ["", *reading._SPEAKING],
        list(reading._OPENED),
        reading._NEW.pattern,
        reading._DATE.pattern,
        list(choosing._SAID),
        sorted(reading._DAYS),
        sorted(reading._MONTHS),
        list(status._FIELDS),
        status._ADDRESSED.pattern,
        sorted(zones._TYPICAL),
        "|".join(zones._COPIES),
        zones._HEADER.pattern,
        zones._HEX.pattern,
        zones._LINE.pattern,
        unescaping._QMAIL.pattern,
        folding._HOST.pattern,
        folding._ANGLES.pattern,
        folding._TOKEN.pattern,
        zones._FLAT.pattern,
        zones._SEWN.pattern,
        candidates._NUMBER.pattern,
        candidates._NEVER.pattern,
        candidates._MAIL.pattern,
        list(concluding._NOTHING),
        concluding._WITHIN.pattern,
        unescaping._ESCAPES.pattern,
        unescaping._INLINE_TAG.pattern,
        unescaping._CHARSET.pattern,
        {
            **{mark: unescaping._typeset(mark) for mark in _TYPESET},
            **unescaping._ENTITIES,
            **unescaping._ESCAPED,
        },
    ]


def _patterns(rules: Rules, name: str) -> list[list[Any]]:
    return [
        [
            reason,
            _JOINED.join(map(_told, literals)),
            _JOINED.join(map(_told, absent)) or _NOWHERE,
            _codes(rules["codes"][listed]),
            everywhere,
        ]
        for reason, literals, absent, listed, everywhere in rules[name]
    ]


def _told(literal: str) -> str:
    """A literal with signs for its gaps that JSON does not spell out; ``fold`` leaves no sign of ASCII in a text."""
    return literal.translate(_SIGNS)


def _codes(codes: Iterable[CodeRule]) -> str:
    """``550,5,.7.,1,9``: the codes of a row in a word each; without its last detail where there is but one."""
    return " ".join(",".join(map(str, code[: 5 - (code[3] == code[4])] if code[2] else code[:1])) for code in codes)
