"""Values that the class of a code rules out: a success that refuses, a permanent refusal that waits in a queue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..codes import Code, EnhancedCode, Reply
from ..suggestions import one_of
from .datafile import SCHEMA, Data, Path_
from .profiles import VALUE_AXES

#: What a class says of each axis (RFC 5321 §4.2.1, RFC 3463 §2); an axis that it leaves open does not stand here.
_TAKEN: Mapping[int, Mapping[str, tuple[str, ...]]] = {
    2: {"retry": ("unneeded",), "refused": ("nothing",)},
    3: {"retry": ("continue",), "refused": ("nothing",)},
}
_NEVER: Mapping[int, Mapping[str, tuple[str, ...]]] = {
    2: {"message": ("queued", "returned", "kept")},
    3: {"message": ("queued", "returned", "kept", "accepted")},
    4: {"retry": ("unneeded", "continue"), "refused": ("nothing",), "message": ("accepted", "awaited")},
    5: {"retry": ("unneeded", "continue"), "refused": ("nothing",), "message": ("accepted", "awaited", "queued")},
}
#: What a code of the standards does not say either, unless ours says it of its detail; what only a site has may.
_NEVER_BOUND: Mapping[int, Mapping[str, tuple[str, ...]]] = {
    4: {"retry": ("no",)},
    5: {"retry": ("later", "ask-later")},
}
_CLASSES = {2: "success", 3: "a request for more", 4: "a refusal for now", 5: "a refusal for good"}


def bound(code: Code | None, ours: Mapping[str, Any]) -> bool:
    """Whether a code means what the standards say: it is no id of a site's own, and not a detail that nobody registered.

    What ours says of a detail that passes by itself (5.3.1, a full system) is no contradiction of its class.
    """
    enhanced = code.enhanced if isinstance(code, Reply) else code
    if not isinstance(enhanced, EnhancedCode):
        return code is not None
    facts = ours.get(enhanced.detail)
    if facts is None:
        return False
    value = facts.get("retry")
    value = value.get(str(enhanced.class_digit)) if isinstance(value, Mapping) else value
    return value not in _NEVER_BOUND.get(enhanced.class_digit, {}).get("retry", ())


def found(key: str, facts: Data, digits: tuple[int, ...], strict: bool) -> Iterator[tuple[Path_, str]]:
    """Path below a code, and message, of each value that cannot be.

    Args:
        key: the code, as the file has it.
        facts: what the file says of it.
        digits: the classes that it has.
        strict: whether it is held to what its class says (see :func:`bound`).
    """
    yield from _of_another_class(key, facts)
    for axis in VALUE_AXES:
        value = facts.get(axis)
        if isinstance(value, str):
            yield from _wrong(axis, (axis,), value, digits, strict=strict)
        elif isinstance(value, Mapping):
            if len(digits) == 1 and str(digits[0]) not in value:
                yield (
                    (axis,),
                    f"this says nothing of class {digits[0]}, and {key} has no other; write {axis}: and its value",
                )
                continue
            for digit, item in value.items():
                yield from _wrong(axis, (axis, digit), item, (int(digit),), strict=strict)
        elif isinstance(value, list):
            met: set[str] = set()
            for number, item in enumerate(value):
                places = item.get("at") or [""]
                if twice := next((at for at in places if at in met), None):
                    yield (axis, number), f"{twice} has a value already; name each command once"
                elif "" in places and "" in met:
                    yield (
                        (axis, number),
                        "this is a second value for all commands; say with at: which command it is for",
                    )
                else:
                    yield from _wrong(axis, (axis, number), item["is"], digits, strict=strict)
                met.update(places)


def _of_another_class(key: str, facts: Data) -> Iterator[tuple[Path_, str]]:
    """What is said of an enhanced code, and can only be true of the same detail in another class."""
    if key[:1] not in "245" or key[1:2] != ".":
        return
    other = f"contradicts the class of {key}; write it below {{}}, or leave it out"
    for number, basic in enumerate(facts.get("basic") or ()):
        if str(basic)[0] != key[0]:
            yield ("basic", number), f"{basic} {other.format(f'{str(basic)[0]}{key[1:]}')}"
    places = facts.get("at")
    for digit in places if isinstance(places, Mapping) else ():
        if digit != key[0]:
            yield ("at", digit), f"class {digit} {other.format(f'{digit}{key[1:]}')}"


def _wrong(axis: str, path: Path_, value: Any, digits: tuple[int, ...], *, strict: bool) -> Iterator[tuple[Path_, str]]:
    if (
        not digits
        or not isinstance(value, str)
        or not all(_ruled_out(digit, axis, value, strict=strict) for digit in digits)
    ):
        return
    taken = [word for word in _words(axis) if not _ruled_out(digits[0], axis, word, strict=strict)]
    yield path, f"{value} contradicts the class: {digits[0]}xx is {_CLASSES[digits[0]]}; it takes {one_of(taken)}"


def _ruled_out(digit: int, axis: str, value: str, *, strict: bool) -> bool:
    taken = _TAKEN.get(digit, {}).get(axis)
    never = (*_NEVER.get(digit, {}).get(axis, ()), *(_NEVER_BOUND.get(digit, {}).get(axis, ()) if strict else ()))
    return value in never or (taken is not None and value not in taken)


def _words(axis: str) -> list[str]:
    import json  # noqa: PLC0415 (only for a mistake)

    words: list[str] = json.loads(SCHEMA.read_text(encoding="utf-8"))["$defs"][axis]["enum"]
    return words
