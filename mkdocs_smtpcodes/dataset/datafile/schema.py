"""What a data file may hold: the schema, and the part of it that follows from the English words.

``schema/data.schema.json`` alone decides: editors read it, and so do the checks of a build. Which labels and sentences there
are is decided by the English words; ``make schema`` writes them into it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .. import loading

SCHEMA = Path(__file__).parent.parent.parent / "schema" / "data.schema.json"
WIDTH = 120
#: What the schema says of words by itself.
PROSE = ("language", "codes", "sent", "pairs", "reasons", "senders", "told", "glossary", "synonyms")
_LEAF = {"$ref": "#/$defs/fixedText"}


def with_fixed_texts(schema: Mapping[str, Any], english: Mapping[str, Any]) -> dict[str, Any]:
    """The schema of data files with each fixed text of the English words as a key, and no other."""
    texts = {name: _tree(tree) for name, tree in english.items() if name not in PROSE}
    texts["axes"] = _object({name: _axis(axis) for name, axis in english["axes"].items()})
    # What stands between two words: nothing, where a script writes without spaces.
    texts["list"]["properties"]["between"] = {"type": "string"}
    defs = dict(schema["$defs"])
    words = defs["words"]
    own = {name: value for name, value in words["properties"].items() if name in PROSE}
    defs["words"] = {**words, "properties": {**own, **texts}}
    defs["fixedText"] = {"type": "string", "minLength": 1, "format": "inline"}
    return {**schema, "$defs": defs}


def _tree(tree: Any) -> dict[str, Any]:
    return _object({key: _tree(value) for key, value in tree.items()}) if isinstance(tree, Mapping) else _LEAF


def _axis(axis: Mapping[str, Any]) -> dict[str, Any]:
    """An axis: every sentence that any value has may be written for each, and `mixed` for each axis with values."""
    if "values" not in axis:
        return _tree(axis)
    forms = dict.fromkeys(("short", "sentence", "whole"), _LEAF)
    values = _object({value: _object(forms) for value in axis["values"]})
    return _object({**{key: _LEAF for key in axis if key != "values"}, "mixed": _LEAF, "values": values})


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": dict(properties)}


def written(value: Any, indent: int = 0) -> str:
    """JSON with each value on one line where it fits."""
    line = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or len(line) + indent <= WIDTH:
        return line
    inner = " " * (indent + 2)
    if isinstance(value, dict):
        items = [f"{json.dumps(key, ensure_ascii=False)}: {written(item, indent + 2)}" for key, item in value.items()]
    else:
        items = [written(item, indent + 2) for item in value]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return f"{opening}\n{inner}" + f",\n{inner}".join(items) + f"\n{' ' * indent}{closing}"


def write() -> None:
    """Write the fixed texts of the English words into the schema."""
    schema = with_fixed_texts(json.loads(SCHEMA.read_text(encoding="utf-8")), loading.words("en"))
    SCHEMA.write_text(written(schema) + "\n", encoding="utf-8")
