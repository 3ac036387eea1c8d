"""The rules as the box in the browser has them: the same facts, and the lists of words that the Python modules go by.

Lists stand in the data and not in the script, so that there is one source for both languages.
"""

from __future__ import annotations

from typing import Any

from . import candidates, folding, reading, status, unescaping, zones
from .rules import CodeRule, Rules

#: Characters of typesetting that become something other than a space.
_TYPESET = "".join(map(chr, [*range(0x200B, 0x2016), *range(0x2018, 0x201F)]))


def browser_rules(rules: Rules) -> dict[str, Any]:
    """What a script needs to recognise replies; stages are told by Python only."""
    told = {key: rules[key] for key in ("fold", "senders", "patterns", "weak", "codes", "hosts", "whole")}
    rows = rules["rows"]
    told["reasons"] = reasons = sorted({row[2] for row in rows})
    # By column, which packs far better. The number of a row is of use only where its source is shown.
    told["columns"] = {
        "sender": [row[0] for row in rows],
        "reason": [reasons.index(row[2]) for row in rows],
        "text": [row[3] for row in rows],
        "tag": [row[4] or 0 for row in rows],
        "codes": [" ".join(map(_code, row[5])) for row in rows],
        "telling": [row[6] for row in rows],
        "coded": [row[7] for row in rows],
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
        "months": sorted(reading._MONTHS),
        "status": list(status._FIELDS),
        "typical": sorted(zones._TYPICAL),
        "copies": list(zones._COPIES),
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


def _code(code: CodeRule) -> str:
    """``550/5.7.1-9``: a code of a row in one word."""
    basic, digit, subject, low, high = code
    return f"{basic}/{digit}{subject}{low}-{high}" if subject else str(basic)
