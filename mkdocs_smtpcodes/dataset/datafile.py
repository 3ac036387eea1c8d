"""A site's own data file: read, its form checked by the schema, each mistake named with file, line and key.

What is wrong is left out, and the rest of the file is used.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import yaml

from ..suggestions import nearest
from . import loading, markup

if TYPE_CHECKING:
    import jsonschema
    from jsonschema.exceptions import ValidationError

Data = dict[str, Any]
Path_ = tuple[str | int, ...]
SCHEMA = Path(__file__).parent.parent / "schema" / "data.schema.json"
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass
class Layer:
    """One data file: what could be used of it, and what was wrong in it."""

    name: str
    data: Data = field(default_factory=dict)
    mistakes: list[str] = field(default_factory=list)
    lines: dict[Path_, int] = field(default_factory=dict)

    def mistake(self, path: Path_, message: str) -> None:
        """Note a mistake at a path of keys; the line is that of the nearest key that the file has."""
        at = path
        while at not in self.lines and at:
            at = at[:-1]
        line = self.lines.get(at, 1)
        where = ".".join(str(key) for key in path)
        self.mistakes.append(f"{self.name}:{line}: {where + ': ' if where else ''}{message}")


def read_layer(path: Path, name: str) -> Layer:
    """Read a data file and check its form. ``name`` is what the writer calls the file."""
    layer = Layer(name)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        layer.mistakes.append(
            f"{name}: cannot be read ({reason}); data_files takes paths relative to the configuration file"
        )
        return layer
    data = _parse(text, layer)
    if data is None:
        return layer
    if not isinstance(data, dict):
        layer.mistake((), f"expected a mapping with codes or words, found {_kind(data)}")
        return layer
    layer.data = data
    for violation in sorted(_validator().iter_errors(data), key=lambda e: layer.lines.get(tuple(e.absolute_path), 0)):
        for meant in _meant(violation):
            _tell(meant, layer)
    _check_prose(layer)
    return layer


def _parse(text: str, layer: Layer) -> Any:
    """The plain values of a YAML text; None, with a mistake noted, where it cannot be read."""
    try:
        if "*" in text:
            for event in yaml.parse(text, Loader=_Loader):
                if isinstance(event, yaml.AliasEvent):
                    line = event.start_mark.line + 1 if event.start_mark else 1
                    layer.mistakes.append(f"{layer.name}:{line}: aliases (*) are not read; write the text out")
                    return None
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            if node is None:
                return {}
            _walk(node, (), layer)
            loading.keep_paragraphs(node)
            return loading.plain(loader.construct_document(node))
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        layer.mistakes.append(f"{layer.name}:{line}: this is not valid YAML: {error.problem}")
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        layer.mistakes.append(f"{layer.name}:1: this is not valid YAML: {str(error).splitlines()[0]}")
    return None


def _walk(root: yaml.Node, start: Path_, layer: Layer) -> None:
    """Note the line of every key, and keys that stand twice."""
    todo = [(root, start)]
    while todo:
        node, path = todo.pop()
        layer.lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            seen: dict[str, int] = {}
            for key, value in node.value:
                name = str(key.value)
                line = key.start_mark.line + 1
                if name in seen:
                    layer.lines[*path, name] = line
                    layer.mistake((*path, name), f"stands twice, first in line {seen[name]}; keep one of them")
                seen.setdefault(name, line)
                layer.lines[*path, name] = line
                todo.append((value, (*path, name)))
        elif isinstance(node, yaml.SequenceNode):
            todo += [(value, (*path, number)) for number, value in enumerate(node.value)]


@cache
def _validator() -> jsonschema.Draft202012Validator:
    # Imported here: only sites with data files of their own pay for it.
    import jsonschema  # noqa: PLC0415

    return jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def _tell(error: ValidationError, layer: Layer) -> None:
    """One message for a violation of the schema; what violates it is taken out of the data."""
    path: Path_ = tuple(error.absolute_path)
    value, rule = cast("Any", error.instance), cast("Any", error.validator_value)
    if error.validator == "additionalProperties":
        known = sorted(cast("Any", error.schema).get("properties", {}))
        for key in [key for key in value if key not in known]:
            hint = nearest(key, known) or ";"
            layer.mistake((*path, key), f"this key is unknown{hint} it takes {', '.join(known)}")
            prune(layer.data, (*path, key))
        return
    if "propertyNames" in error.absolute_schema_path:
        what = _NAMES.get(str(path[-1]) if path else "", "a name of the documented form")
        if set(error.absolute_schema_path) & {"enum"}:
            what = f"one of {', '.join(rule)}"
        layer.mistake((*path, str(value)), f"this is no valid key here; expected {what}")
        prune(layer.data, (*path, value))
        return
    if error.validator == "enum":
        known = [str(item) for item in rule]
        hint = nearest(str(value), known) or ";"
        if value is False and "no" in known:
            value, hint = "no", " without quotes, where YAML reads it as false; write 'no';"
        message = f"{_shown(value)} is unknown{hint} it takes {', '.join(known)}"
    elif error.validator == "required":
        missing = next(key for key in rule if key not in value)
        message = f"{missing} is missing"
    elif error.validator == "pattern":
        message = f"{_shown(value)} does not fit; expected {_PATTERNS.get(rule, 'the documented form')}"
    elif error.validator == "type":
        wanted = rule if isinstance(rule, list) else [rule]
        message = f"expected {' or '.join(_TYPES[kind] for kind in wanted if kind != 'null')}, found {_kind(value)}"
    elif error.validator in {"minLength", "minItems", "minProperties"}:
        message = "this is empty; write it, or leave the key out (null hides a text of ours)"
    else:
        message = error.message
    layer.mistake(path, message)
    prune(layer.data, path)


def _meant(error: ValidationError) -> list[ValidationError]:
    """Of alternatives that did not fit, all that is wrong with the one that the writer most likely meant."""
    if not error.context:
        return [error]
    branches: dict[object, list[ValidationError]] = {}
    for inner in error.context:
        branches.setdefault(inner.schema_path[0], []).append(inner)

    def fit(errors: list[ValidationError]) -> tuple[bool, int]:
        # An alternative of another type altogether was not meant.
        other_type = any(inner.validator == "type" and not inner.path for inner in errors)
        return (not other_type, max(len(inner.path) for inner in errors))

    return [leaf for inner in max(branches.values(), key=fit) for leaf in _meant(inner)]


_TYPES = {"string": "a text", "object": "a mapping", "array": "a list", "integer": "a number", "null": "nothing"}
_NAMES = {
    "codes": "a code such as 550, 5.7.509, X.7.1 or 550 5.7.1, or an id of your own such as E524",
    "words": "a language tag such as en or pt-BR",
    "pairs": "two codes such as '550 vs 554'",
    "examples": "a code such as 550 or 5.7.1",
}
_PATTERNS = {
    "^[CS]: ": "a line that begins with 'C: ' (client) or 'S: ' (server)",
    "^https?://": "an address that begins with https://",
}


def _kind(value: object) -> str:
    names = {dict: "a mapping", list: "a list", str: "a text", bool: "yes or no", int: "a number", float: "a number"}
    return names.get(type(value), "nothing" if value is None else "something else")


def _shown(value: object) -> str:
    text = str(value)
    return repr(text if len(text) <= 60 else text[:60] + "…")


def prune(data: Any, path: Path_) -> None:
    """Take what stands at a path out of the data."""
    for key in path[:-1]:
        try:
            data = data[key]
        except (KeyError, IndexError, TypeError):
            return
    if path and isinstance(data, dict):
        data.pop(path[-1], None)
    elif path and isinstance(data, list) and isinstance(path[-1], int) and path[-1] < len(data):
        data[path[-1]] = None


def _check_prose(layer: Layer) -> None:
    """No raw HTML, and no links but http(s), mailto and pages."""
    for path, text in list(_texts(layer.data.get("words", {}), ("words",))):
        problem = markup.problem(text)
        if problem:
            layer.mistake(path, problem)
            prune(layer.data, path)


def _texts(value: Any, path: Path_) -> Iterator[tuple[Path_, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, (*path, key))
