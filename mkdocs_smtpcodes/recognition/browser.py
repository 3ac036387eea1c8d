"""The rules as the box in the browser has them: the same facts, and the lists of words that the Python modules go by.

Lists stand in the data and not in the script, so that there is one source for both languages.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from . import candidates, choosing, folding, reading, status, telling, unescaping, zones
from .rules import GAP, CodeRule, Rules, choices

#: Characters of typesetting that become something other than a space.
_TYPESET = "".join(map(chr, [*range(0x200B, 0x2016), *range(0x2018, 0x201F)]))

_SIGNS = str.maketrans("\x01\x02", "~^")
#: Between the literals of a list, which are one text: that packs better.
_JOINED = "_"
#: A list of literals that none is in: no text has it. A list without any is "", which every text has.
_NOWHERE = "!"


def browser_rules(rules: Rules) -> dict[str, Any]:
    """What a script needs to recognise replies; stages are told by Python only."""
    told = {key: rules[key] for key in ("fold", "senders", "reasons", "hosts", "whole")}
    told["codes"] = rules["by_code"]
    told["notices"] = {state: _expanded(literals) for state, literals in rules["notices"].items()}
    for name in ("first", "patterns", "weak"):
        told[name] = [
            [
                reason,
                _JOINED.join(_expanded(literals)),
                _JOINED.join(_expanded(absent)) or _NOWHERE,
                [_code(code) for code in rules["codes"][listed]],
                everywhere,
            ]
            for reason, literals, absent, listed, everywhere in rules[name]
        ]
    rows = [(sender, *row) for sender, found in enumerate(rules["rows"]) for row in found]
    # By column, which packs far better.
    told["columns"] = {
        "sender": [row[0] for row in rows],
        "reason": [row[1] for row in rows],
        "text": _JOINED.join(_told(row[2]) for row in rows),
        "tag": [row[3] or 0 for row in rows],
        "codes": [" ".join(_code(code) for code in rules["codes"][row[4]]) for row in rows],
        "telling": [row[5] for row in rows],
        "coded": [row[6] for row in rows],
    }
    told["lists"] = {
        "announcing": list(candidates._ANNOUNCING),
        "naming": sorted(candidates._NAMING),
        "saying": sorted(candidates._SAYING),
        "keys": sorted(candidates._KEYS),
        "units": sorted(candidates._UNITS),
        "numbering": list(candidates._NUMBERING),
        "endings": sorted(folding._ENDINGS),
        "ends": list(reading.ENDS),
        "fields": sorted(reading._FIELDS),
        "speaking": ["", *reading._SPEAKING],
        "opened": list(reading._OPENED),
        "new": reading._NEW.pattern,
        "date": reading._DATE.pattern,
        "answers": list(choosing._SAID),
        "days": sorted(reading._DAYS),
        "months": sorted(reading._MONTHS),
        "status": list(status._FIELDS),
        "typical": sorted(zones._TYPICAL),
        "copies": list(zones._COPIES),
        "header": zones._HEADER.pattern,
        "hex": zones._HEX.pattern,
        "line": zones._LINE.pattern,
        "qmail": unescaping._QMAIL.pattern,
        "host": folding._HOST.pattern,
        "angles": folding._ANGLES.pattern,
        "token": folding._TOKEN.pattern,
        "flat": zones._FLAT.pattern,
        "sewn": zones._SEWN.pattern,
        "number": candidates._NUMBER.pattern,
        "ports": sorted(candidates._PORTS),
        "mail": candidates._MAIL.pattern,
        "nothing": list(telling._NOTHING),
        "within": telling._WITHIN.pattern,
        "escapes": unescaping._ESCAPES.pattern,
        "inline": unescaping._INLINE_TAG.pattern,
        "charset": unescaping._CHARSET.pattern,
        "escaped": {
            **{mark: unescaping._typeset(mark) for mark in _TYPESET},
            **unescaping._ENTITIES,
            **unescaping._ESCAPED,
        },
    }
    return told


def _expanded(literals: Iterable[str]) -> list[str]:
    """Literals with ``a|b`` in them written out, so that the script need not know of choices, and without those that another
    one stands in: of each list, one has to occur."""
    found = [choice for literal in literals for choice in choices(literal)]
    plain = [literal for literal in found if not GAP.search(literal)]
    return [
        _told(literal)
        for literal in found
        if not any(other != literal and other in piece for other in plain for piece in GAP.split(literal))
    ]


def _told(literal: str) -> str:
    """A literal with signs for its gaps that JSON does not spell out; ``fold`` leaves no sign of ASCII in a text."""
    return literal.translate(_SIGNS)


def _code(code: CodeRule) -> str:
    """``550/5.7.1-9``: a code of a row in one word; without its last detail where there is but one."""
    basic, digit, subject, low, high = code
    return f"{basic}/{digit}{subject}{low}{f'-{high}' * (low != high)}" if subject else str(basic)
