"""What the schema says of a data file: each mistake named with file, line and key, and left out.

What is left is valid: nothing after this ever meets a value that the schema does not allow.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from ...codes import parse_code
from ...suggestions import one_of, takes, takes_some
from .. import markup
from . import misfits
from .layer import Layer, Path_
from .schema import SCHEMA

if TYPE_CHECKING:
    import jsonschema
    from jsonschema.exceptions import ValidationError


def check(layer: Layer) -> None:
    """Name what does not fit the schema, and leave it out until all fits."""
    first = True
    adopted: set[Path_] = set()
    # What reading found to be wrong has its message, whatever else may be said of it.
    wrong: dict[Path_, None] = dict.fromkeys(layer.told)
    while errors := list(validator().iter_errors(layer.data)):
        if first and (renamed := _adopted(layer, errors)):
            adopted |= set(renamed)
            wrong = dict.fromkeys(layer.told)
            continue
        leaves = [leaf for error in errors for leaf in _meant(error)]
        leaves.sort(key=lambda leaf: layer.lines.get(tuple(leaf.absolute_path), 0))
        found = [(path, message, leaf) for leaf in leaves for path, message in _mistakes(leaf)]
        keys = {*adopted, *(path for path, _, leaf in found if _is_key(leaf))}
        for path, message, _ in found:
            # What does not fit any more only because of what was left out is no second mistake, nor what a wrong key holds.
            within = any(path[:length] in keys for length in range(1, len(path))) or path in adopted
            if path == ("codes",) and any(misfits.outdented((), str(key)) for key in layer.data):
                wrong[path] = None  # what belongs there stands too far to the left, and is told
            elif path not in wrong and first and not within:
                layer.mistake(path, message)
            wrong[path] = None
        layer.drop(wrong)
        wrong, first = {}, False
    for path, value in doubles(layer.data):
        shown = "this" if isinstance(value, dict | list) else _shown(value)
        layer.mistake(path, f"{shown} stands twice in this list; name it once")
        wrong[path] = None
    layer.drop(wrong)


def _adopted(layer: Layer, errors: Sequence[ValidationError]) -> list[Path_]:
    """The keys that were told and renamed to what they were to be, so that all is to be asked again."""
    leaves = [leaf for error in errors for leaf in _meant(error) if leaf.validator == "additionalProperties"]
    if not leaves:
        return []
    from . import adopting  # noqa: PLC0415 (only for a mistake)

    return adopting.adopt(layer, leaves)


def _is_key(error: ValidationError) -> bool:
    return error.validator == "additionalProperties" or "propertyNames" in error.absolute_schema_path


@cache
def validator() -> jsonschema.Draft202012Validator:
    # Imported here: only sites with data files of their own pay for it.
    import jsonschema  # noqa: PLC0415

    formats = jsonschema.FormatChecker(())
    for name, good in _FORMATS.items():
        formats.checks(name)(good)
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return jsonschema.Draft202012Validator(schema, format_checker=formats)


def doubles(value: Any, path: Path_ = ()) -> Iterator[tuple[Path_, Any]]:
    """Path and value of each item of a list that stands there already. Lines of an exchange may be the same."""
    if path[:1] == ("examples",):
        return
    for key, item in value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ()):
        # 550 and '550' are the same code.
        before = [str(other) for other in value[:key]] if isinstance(value, list) else []
        if str(item) in before:
            yield (*path, key), item
        else:
            yield from doubles(item, (*path, key))


# --- formats -----------------------------------------------------------------------------------------------------------


def _inline(value: object) -> bool:
    return not isinstance(value, str) or not markup.problem(value)


def _plain(value: object) -> bool:
    return not isinstance(value, str) or not markup.plain_problem(value)


def _code(value: object) -> bool:
    """A code as such; an id of a site's own begins with a letter, and is none."""
    if not isinstance(value, str) or (value[:1].isalpha() and not value.startswith("X.")):
        return True
    try:
        parse_code(value.replace("X", "5", 1))
    except ValueError:
        return False
    return True


def _pair(value: object) -> bool:
    return not isinstance(value, str) or all(map(_code, value.split(" vs ")))


def _day(value: object) -> bool:
    if not isinstance(value, str):
        return True
    try:
        return datetime.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


_FORMATS = {"inline": _inline, "plain": _plain, "code": _code, "pair": _pair, "date": _day}


# --- messages ----------------------------------------------------------------------------------------------------------


def _meant(error: ValidationError) -> list[ValidationError]:
    """Of alternatives that did not fit, all that is wrong with the one that the writer most likely meant."""
    if not error.context or "x-message" in cast("Any", error.schema) or _listed(error):
        return [error]
    branches: dict[object, list[ValidationError]] = {}
    for inner in error.context:
        branches.setdefault(inner.schema_path[0], []).append(inner)

    def fit(errors: list[ValidationError]) -> tuple[bool, bool, int]:
        # An alternative of another type altogether was not meant, least of all nothing.
        other_type = any(inner.validator == "type" and not inner.path for inner in errors)
        nothing = any(inner.validator_value == "null" for inner in errors)
        return (not other_type, not nothing, max(len(inner.path) for inner in errors))

    return [leaf for inner in max(branches.values(), key=fit) for leaf in _meant(inner)]


def _listed(error: ValidationError) -> list[str]:
    """The words that are taken where a list of words stands and one word belongs; empty for anything else."""
    value = error.instance
    if not isinstance(value, list) or not value or not all(isinstance(item, str) for item in value):
        return []
    rules = (inner.validator_value for inner in error.context or () if inner.validator == "enum" and not inner.path)
    words: Any = next(rules, ())
    return [str(word) for word in words]


def _mistakes(error: ValidationError) -> Iterator[tuple[Path_, str]]:
    """The path and the message of each mistake that a violation of the schema is."""
    path: Path_ = tuple(error.absolute_path)
    value, rule, schema = cast("Any", error.instance), cast("Any", error.validator_value), cast("Any", error.schema)
    if error.validator == "additionalProperties":
        known = sorted(schema.get("properties", {}))
        for key in [key for key in value if key not in known]:
            mend = (
                misfits.outdented(path, key)
                or misfits.elsewhere(path, key)
                or misfits.below(schema, key)
                or takes(key, known)
                or "; mkdocs-smtpcodes schema has all that there are"
            )
            yield (*path, key), f"this key is unknown{mend}"
    elif "propertyNames" in error.absolute_schema_path:
        listed = f"one of {', '.join(map(str, rule))}" if isinstance(rule, list) else "the documented form"
        expected = schema.get("x-expected") or listed
        mend = misfits.key(path, str(value)) or misfits.by_class(rule) or f"; expected {expected}"
        yield (*path, str(value)), f"this is no valid key here{mend}"
    elif path[-2:-1] == ("codes",) and path[-1] in schema.get("properties", {}):
        yield path, f"this belongs below a code; indent {path[-1]}: by two spaces more"
    elif words := _listed(error):
        yield path, f"one word belongs here, not a list; it takes {one_of(words)}"
    else:
        yield path, _message(error.validator, value, rule, schema)


def _message(validator: object, value: Any, rule: Any, schema: Any) -> str:
    if "x-message" in schema:
        return str(schema["x-message"])
    if validator == "enum":
        return _unknown(value, [str(item) for item in rule])
    if validator == "required":
        missing = [key for key in rule if key not in value]
        words = schema.get("properties", {}).get(missing[0], {}).get("enum", ()) if len(missing) == 1 else ()
        quoted = [f"{key!r}" if key == "is" else key for key in missing]
        told = f"; it takes {one_of(words)}" if words else ""
        return f"{one_of(quoted, 'and')} {'is' if len(missing) == 1 else 'are'} missing{told}"
    if validator == "type":
        if "x-expected" not in schema and (message := misfits.shape(rule, value, schema)):
            return message
        if isinstance(value, list) and len(value) == 1 and _fits(value[0], schema):
            return f"one text belongs here, not a list; write {value[0]}"
        return f"expected {_expected(rule, schema)}, found {_kind(value)}{_mend(rule, value, schema)}"
    if value is None:
        return "nothing stands here; write what belongs here, or leave the key out"
    if validator in {"minLength", "minItems", "minProperties"} and not value:
        hides = " (null hides a text of ours)" if "null" in schema.get("type", ()) else ""
        return f"this is empty; write it, or leave the key out{hides}"
    if validator == "format" and schema["format"] in {"inline", "plain"}:
        return markup.problem(value) if schema["format"] == "inline" else markup.plain_problem(value)
    if "x-expected" in schema:
        mend = misfits.mended(value, lambda text: _fits(text, schema)) or f"expected {schema['x-expected']}"
        return f"{_shown(value)} does not fit; {mend}"
    if validator == "uniqueItems":
        return f"{next(value for _, value in doubles(value))} stands twice in this list; name it once"
    return f"{_shown(value)} does not fit; expected {schema.get('description', 'the documented form')}"


def _unknown(value: Any, known: Sequence[str]) -> str:
    if isinstance(value, bool):
        word = "no" if not value else "yes"
        if word in known:
            return f"{word} without quotes is a truth value in YAML; write '{word}' with quotes"
    if isinstance(value, bool):
        return f"a truth value is unknown{takes_some('', known)}"
    if isinstance(value, dict) and "is" in value:
        return "keys for a command stand in a list; write a hyphen before the first of them"
    if isinstance(value, dict) and value.get("at") in known:
        return f"write the word alone: {value['at']}"
    if isinstance(value, list) and value and all(item in known for item in value):
        return f"one word belongs here, not a list; write an item for each of {one_of(value, 'and')}"
    if not isinstance(value, str | int | float):
        return f"expected one of {', '.join(known)}, found {_kind(value)}"
    return f"{_shown(value)} is unknown{takes_some(str(value), known)}"


_TYPES = {
    "string": "a text", "object": "a mapping", "array": "a list", "integer": "a number", "boolean": "true or false",
}  # fmt: skip


def _expected(rule: Any, schema: Any) -> str:
    if "x-expected" in schema:
        return str(schema["x-expected"])
    wanted = rule if isinstance(rule, list) else [rule]
    return " or ".join(_TYPES[kind] for kind in wanted if kind != "null")


def _fits(value: Any, schema: Any) -> bool:
    """Whether a value is taken there; what a message tells to write has to be."""
    return not any(validator().evolve(schema=schema).iter_errors(value))


def _mend(rule: Any, value: Any, schema: Any) -> str:
    if "string" in rule and isinstance(value, bool | int | float):
        if _fits(str(value), schema):
            return "; put quotes around it"
        mend = misfits.mended(value, lambda text: _fits(text, schema))
        return f"; {mend}" if mend else ""
    if "string" in rule and isinstance(value, dict):
        return "; a text with a colon in it needs quotes"
    if rule == "integer" and isinstance(value, str) and value.isdigit():
        return "; take the quotes away"
    return ""


def _kind(value: object) -> str:
    names = {dict: "a mapping", list: "a list", str: "a text", bool: "yes or no", int: "a number", float: "a number"}
    return names.get(type(value), "nothing")


def _shown(value: object) -> str:
    text = str(value)
    shown = text if len(text) <= 60 else text[:60] + "…"
    return repr(shown) if isinstance(value, str) else shown
