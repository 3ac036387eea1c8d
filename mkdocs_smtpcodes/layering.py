"""A site's own data files: read, checked, and layered over the data of the package.

Every mistake is one message with file, line, key path and what was expected. What is wrong is left out, and the rest of
the file is used, so that one slip of the pen does not hide everything else that may be wrong.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import yaml

from . import loading, prose
from .codes import Reply, parse_code
from .directives import did_you_mean, nearest

if TYPE_CHECKING:
    import jsonschema
    from jsonschema.exceptions import ValidationError

Data = dict[str, Any]
Path_ = tuple[str | int, ...]
SCHEMA = Path(__file__).parent / "schema" / "data.schema.json"
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NEEDED = ("name", "summary")


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


# --- form --------------------------------------------------------------------------------------------------------------


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
            _prune(layer.data, (*path, key))
        return
    if "propertyNames" in error.absolute_schema_path:
        what = _NAMES.get(str(path[-1]) if path else "", "a name of the documented form")
        if set(error.absolute_schema_path) & {"enum"}:
            what = f"one of {', '.join(rule)}"
        layer.mistake((*path, str(value)), f"this is no valid key here; expected {what}")
        _prune(layer.data, (*path, value))
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
    _prune(layer.data, path)


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


def _prune(data: Any, path: Path_) -> None:
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


# --- prose -------------------------------------------------------------------------------------------------------------


def _check_prose(layer: Layer) -> None:
    """No raw HTML, and no links but http(s), mailto and pages."""
    for path, text in list(_texts(layer.data.get("words", {}), ("words",))):
        problem = prose.problem(text)
        if problem:
            layer.mistake(path, problem)
            _prune(layer.data, path)


def _texts(value: Any, path: Path_) -> Iterator[tuple[Path_, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, (*path, key))


# --- sense -------------------------------------------------------------------------------------------------------------


def check(layers: Iterable[Layer], known: Mapping[str, Any]) -> None:
    """What no schema can say: codes referred to exist, classes agree, and what is new has its English words.

    Args:
        layers: all files, in order; messages are added to them.
        known: the facts of all codes, those of the layers included.
    """
    layers = list(layers)
    english: dict[str, Any] = {}
    for layer in layers:
        for key, entry in layer.data.get("words", {}).get("en", {}).get("codes", {}).items():
            english.setdefault(_detail(key), {}).update(entry or {})
    ours = loading.facts()["codes"]
    for layer in layers:
        for key, facts in list(layer.data.get("codes", {}).items()):
            _check_code(layer, key, facts or {}, known)
            if _detail(key) not in ours and " " not in key:
                missing = [name for name in _NEEDED if not english.get(_detail(key), {}).get(name)]
                if missing:
                    layer.mistake(
                        ("codes", key), f"English words are missing: words.en.codes.{key}.{' and '.join(missing)}"
                    )
        for lang, words in layer.data.get("words", {}).items():
            for key in words.get("codes", {}):
                _check_reference(layer, ("words", lang, "codes", key), key, known)
            for key in words.get("pairs", {}):
                for code in key.split(" vs "):
                    _check_reference(layer, ("words", lang, "pairs", key), code, known)
        for number, relation in enumerate(layer.data.get("related", ())):
            for side in ("first", "second"):
                if relation:
                    _check_reference(layer, ("related", number, side), str(relation[side]), known)


def _check_code(layer: Layer, key: str, facts: Data, known: Mapping[str, Any]) -> None:
    path = ("codes", key)
    reply = facts.get("reply")
    if key[0].isalpha() and not key.startswith("X.") and reply is None and key not in loading.facts()["codes"]:
        layer.mistake(path, "an id of your own needs the reply that carries it, such as reply: 550 5.7.1")
        _prune(layer.data, path)
    if reply is not None:
        code = parse_code(str(reply))
        if isinstance(code, Reply) and not code.agrees:
            layer.mistake(
                (*path, "reply"),
                f"the class of {code.enhanced} contradicts the first digit of {code.basic} (RFC 2034 §4)",
            )
        basic = str(code.basic if isinstance(code, Reply) else code)
        _check_reference(layer, (*path, "reply"), basic, known)
    if " " in key:
        whole = parse_code(key)
        if isinstance(whole, Reply) and not whole.agrees:
            layer.mistake(
                path, f"the class of {whole.enhanced} contradicts the first digit of {whole.basic} (RFC 2034 §4)"
            )
    if key[0] in "245" and "." in key and " " not in key and facts.get("classes") not in (None, [int(key[0])]):
        layer.mistake(
            (*path, "classes"), f"contradicts the class of {key}; write the detail as {_detail(key)}, or leave it out"
        )
    for name in ("enhanced", "basic"):
        for number, partner in enumerate(facts.get(name) or ()):
            _check_reference(layer, (*path, name, number), str(partner), known)


def _check_reference(layer: Layer, path: Path_, code: str, known: Mapping[str, Any]) -> None:
    """Whether a code that a file refers to exists; any well-formed enhanced code does."""
    if code in known or _detail(code) in known:
        return
    try:
        parsed = parse_code(code)
    except ValueError:
        parsed = None
    if parsed is not None and not str(parsed).isdigit():
        basic = str(parsed).split(" ", maxsplit=1)[0]
        if not basic.isdigit() or basic in known:
            return
        code = basic
    near = [key for key in known if key.isdigit() and key[:2] == code[:2]][:3]
    layer.mistake(path, f"{code} is not a known code{did_you_mean(near)}")


def _detail(key: str) -> str:
    """``5.7.509`` as a key of the facts: ``X.7.509``."""
    return f"X{key[1:]}" if key[0] in "245" and key[1:2] == "." else key


# --- layering ----------------------------------------------------------------------------------------------------------


def layered_facts(base: Data, layers: Iterable[Layer]) -> Data:
    """The facts of the package with those of the files over them, later files last."""
    codes = {**base["codes"]}
    examples = {**base.get("examples", {})}
    related = list(base.get("related", ()))
    for layer in layers:
        for key, own in layer.data.get("codes", {}).items():
            name = _detail(key)
            facts = {**codes.get(name, {})}
            if name not in codes:
                facts["status"] = "site"
                if name != key:
                    facts["classes"] = [int(key[0])]
                elif name.startswith("X."):
                    facts["classes"] = [5, 4]
            elif name != key:
                facts["classes"] = list(dict.fromkeys([*facts.get("classes", []), int(key[0])]))
            facts |= {field: value for field, value in (own or {}).items() if field != "status"}
            codes[name] = {field: value for field, value in facts.items() if value is not None}
        examples |= layer.data.get("examples", {})
        related += [
            {**item, "first": str(item["first"]), "second": str(item["second"])}
            for item in layer.data.get("related", ())
            if item
        ]
    return {**base, "codes": codes, "examples": examples, "related": related}


class LayeredWords(Mapping[str, Mapping[str, Any]]):
    """The words of the package with those of the files over them; a language is put together when it is asked for."""

    def __init__(self, base: Mapping[str, Mapping[str, Any]], layers: Iterable[Layer]) -> None:
        self._base = base
        self._layers = [layer.data.get("words", {}) for layer in layers]
        self._languages = list(dict.fromkeys([*base, *(lang for words in self._layers for lang in words)]))
        self._merged: dict[str, Mapping[str, Any]] = {}

    def __getitem__(self, lang: str) -> Mapping[str, Any]:
        if lang not in self._merged:
            merged: Any = self._base.get(lang, {})
            if lang not in self._languages:
                raise KeyError(lang)
            for words in self._layers:
                if own := words.get(lang):
                    if "codes" in own:
                        own = {**own, "codes": {_detail(key): entry or {} for key, entry in own["codes"].items()}}
                    merged = _merge(merged, own)
            self._merged[lang] = merged
        return self._merged[lang]

    def __iter__(self) -> Iterator[str]:
        return iter(self._languages)

    def __len__(self) -> int:
        return len(self._languages)


_CLASSES = ("2", "4", "5")


def _merge(base: Any, own: Any) -> Any:
    """One tree of words over another; null becomes an empty text, which hides ours and does not fall back."""
    if own is None:
        return ""
    if not isinstance(own, Mapping):
        return own
    if isinstance(base, str):
        # Ours is one text for every class, the site's only for some.
        base = dict.fromkeys(_CLASSES, base) if set(own) <= set(_CLASSES) else {}
    merged = dict(base or {})
    for key, value in own.items():
        merged[key] = _merge(merged.get(key, {}), value)
    return merged
