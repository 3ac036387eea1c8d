"""A key of another name is told once, and what stands below it is read as if it had the right one.

So neither what is missing for it nor what refers to it is a second mistake.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...suggestions import close, one_of, takes
from . import misfits
from .layer import Layer, Path_

#: What people write for a key of ours.
_CALLED = {
    "title": "name", "label": "name", "short": "summary", "tooltip": "summary", "text": "summary", "meaning": "description",
    "on": "at", "command": "at", "in": "at", "by": "at", "value": "is", "relation": "is", "type": "is", "from": "first",
    "to": "second", "a": "first", "b": "second", "diff": "difference", "why": "reason", "code": "codes", "link": "url",
    "rfc": "source",
    "cause": "reason", "seen": "date", "day": "date", "domains": "hosts", "pattern": "text",
}  # fmt: skip


def adopt(layer: Layer, errors: list[Any]) -> list[Path_]:
    """Name each key that is not known where it stands, and give what is below it the key that was meant.

    Args:
        layer: the file.
        errors: what the schema says of it; of those, what unknown keys are.

    Returns:
        the paths of what has another key now. The schema has to be asked again.
    """
    renamed: list[Path_] = []
    for error in sorted(errors, key=lambda error: len(error.absolute_path), reverse=True):
        path: Path_ = tuple(error.absolute_path)
        holder, properties = error.instance, list(error.schema.get("properties", {}))
        renamed += _move_words(layer, path, holder)
        unknown = [key for key in holder if key not in properties]
        pairs = dict(_pairs(path, unknown, [key for key in properties if key not in holder], error.schema))
        if len(pairs) > 1 and set(pairs) == set(unknown):
            news, olds = one_of(list(pairs.values()), "and"), one_of(list(pairs), "and")
            layer.mistake((*path, unknown[0]), f"{olds} are no keys here; write {news}")
        else:
            for old, new in pairs.items():
                near = takes(old, sorted(properties))
                told = near if f"did you mean {new}?" in near else f"; write {new}"
                layer.mistake((*path, old), f"this key is unknown{told}")
        for old, new in pairs.items():
            written = layer.as_written(path)
            items = [(new if key == old else key, value) for key, value in holder.items()]
            holder.clear()
            holder.update(items)
            _move_lines(layer, (*written, old), (*written, new))
            renamed.append((*path, new))
    return renamed


def _move_words(layer: Layer, path: Path_, holder: dict[str, Any]) -> list[Path_]:
    """Words of a code that stand among its facts, told once and put where words stand."""
    words = [key for key in holder if misfits.elsewhere(path, key)] if len(path) == 2 else []
    target: Any = layer.data
    for key in ("words", "en", "codes", path[-1]) if words else ():
        target = target.setdefault(str(key), {}) if isinstance(target, dict) else None
    if not words or not isinstance(target, dict):
        return []
    place = f"words.en.codes.{path[1]}"
    told = misfits.elsewhere(path, words[0]) if len(words) == 1 else f"; {one_of(words, 'and')} belong below {place}"
    layer.mistake((*path, words[0]), f"this key is unknown{told}")
    for key in words:
        target.setdefault(key, holder.pop(key))
        _move_lines(layer, (*layer.as_written(path), key), ("words", "en", "codes", path[-1], key))
    return [("words", "en", "codes", path[-1], key) for key in words]


def _pairs(path: Path_, unknown: list[str], free: list[str], schema: Any) -> Iterator[tuple[str, str]]:
    """Unknown keys, and the one that each was to be, where that is not there yet."""
    required = [key for key in schema.get("required", ()) if key in free]
    for key in unknown:
        if misfits.elsewhere(path, key) or misfits.below(schema, key):
            continue
        wanted = close(key, free) or (_CALLED.get(key, "") if _CALLED.get(key) in free else "")
        if not wanted and len(required) == len(unknown):
            wanted = required[unknown.index(key)]
        if wanted:
            free.remove(wanted)
            yield key, wanted


def _move_lines(layer: Layer, old: Path_, new: Path_) -> None:
    """What stood below one path of the file stands below another in the data, at the same lines."""
    for known, line in list(layer.lines.items()):
        if known[: len(old)] == old:
            layer.lines[*new, *known[len(old) :]] = line
    layer.told = [(*new, *path[len(old) :]) if path[: len(old)] == old else path for path in layer.told]
