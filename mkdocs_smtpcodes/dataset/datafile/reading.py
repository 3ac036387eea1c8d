"""From the text of a data file to plain values, with the line of each; what is wrong with the YAML is said in our words.

Only what JSON has is read: mappings, lists, texts, numbers, truth values and nothing. Keys are texts, as they are written, and
so are dates. Tags and aliases are not read: no file needs them, and both have been used for attacks.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

import yaml

from ...codes import canonical
from .. import loading
from .layer import Layer, Path_

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Resolver = yaml.SafeLoader("")
_CODE_KEYS = (("codes",), ("examples",), ("words", "*", "codes"))
_PAIR_KEYS = ("words", "*", "pairs")
# What neither XML nor a reader can do anything with.
_UNPRINTABLE = re.compile("[^\\t\\n\\r\\x20-\\x7e\\x85\\xa0-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
_CONFLICT = re.compile(r"^<{7} .*(?=(?:\n.*)*\n>{7} )", re.MULTILINE)
_STANDARD = "tag:yaml.org,2002:"
_QUOTES = "put a text with such a sign in quotes"
OPEN_QUOTE = (
    "the quote that opens here is not closed; within a text in single quotes write ' twice, in double ones \\\""
)
# What libyaml and PyYAML say, and what it means for a writer.
_MEANS = (
    ("mapping values are not allowed", "a text with a colon and a space in it needs quotes around it"),
    ("could not find expected ':'", "a key without a colon after it, or a text over several lines without quotes"),
    ("cannot start any token", f"a tab, or a sign at the beginning of a text that means something in YAML; {_QUOTES}"),
    ("tab", "indent with spaces, not with tabs"),
    ("expected <block end>", "the indentation does not fit the lines before, or a text with quotes goes on after them"),
    ("did not find expected key", "the indentation does not fit the lines before, or a text with quotes goes on after them"),
    ("',' or '}'", "a { is not closed, or a comma is missing; a text with a comma or a colon in it needs quotes"),
    ("',' or ']'", "a [ is not closed, or a comma is missing; a text with a comma in it needs quotes"),
    ("expected the node content", "a value is missing, or a [ or { is not closed"),
    ("expected node content", "a value is missing, or a [ or { is not closed"),
    ("end of stream", OPEN_QUOTE),
    ("unknown escape character", "a backslash in a text in double quotes; use single quotes"),
    ("hexdecimal", "a backslash in a text in double quotes; use single quotes"),
    ("another document", "a file holds one document; take the line --- out"),
    ("alphabetic or numeric character", "a text that begins with * or & needs quotes around it"),
    ("document start", "something stands between two documents; a file holds one, without ---"),
    ("special characters", "it holds a character that cannot be shown"),
    ("control characters", "it holds a character that cannot be shown"),
)  # fmt: skip


#: What is said where a text goes on after its quotes.
_AFTER_QUOTE = ("expected <block end>", "did not find expected key", "did not find expected")


def parse(text: str, layer: Layer) -> Any:
    """The plain values of a YAML text; None, with a mistake noted, where it cannot be read. Fills the layer's lines."""
    layer.source = text
    if merge := _CONFLICT.search(text):
        line = text.count("\n", 0, merge.start()) + 1
        told = (
            "a conflict of Git is not solved here; keep one side, and take out the lines <<<<<<<, ======= and >>>>>>>"
        )
        layer.mistakes.append(f"{layer.name}:{line}: {told}")
        return None
    try:
        if "*" in text and (line := _alias(text)):
            layer.mistakes.append(
                f"{layer.name}:{line}: aliases (*) are not read; write the text out, or put a text that begins with * in quotes"
            )
            return None
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
        finally:
            loader.dispose()
        if node is None:
            return {}
        loading.keep_paragraphs(node)
        return _value(node, (), layer)
    except yaml.MarkedYAMLError as error:
        problem = str(error.problem or "")
        mark = error.problem_mark or error.context_mark
        opened = "',' or" in problem or ("end of stream" in problem and "quoted scalar" in str(error.context))
        opened = opened or "could not find expected ':'" in problem
        if opened and error.context_mark:
            mark = error.context_mark
        elif any(words in problem for words in _AFTER_QUOTE) and (line := _open_quote(text)):
            _unreadable(layer, line, "end of stream")
            return None
        elif mark and "mapping values" in problem and _lacks_colon(text, mark.line):
            _unreadable(layer, mark.line, "could not find expected ':'")
            return None
        elif mark and (meaning := _sign(text, mark.line)):
            problem = meaning
        _unreadable(layer, mark.line + 1 if mark else 1, problem)
    except yaml.reader.ReaderError as error:
        _unreadable(layer, text.count("\n", 0, error.position) + 1, error.reason)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        deep = "it is nested too deeply" if isinstance(error, RecursionError) else str(error).splitlines()[0]
        _unreadable(layer, 1, deep)
    return None


def place_of(error: yaml.MarkedYAMLError, text: str) -> tuple[int, str]:
    """The line of what is wrong in a YAML text, as far as its reader knows it, and what that means for a writer."""
    problem = str(error.problem or "")
    begun = any(words in problem for words in ("',' or", "could not find expected ':'", "end of stream"))
    mark = (error.context_mark if begun else None) or error.problem_mark
    last = text.rstrip().count("\n") + 1
    return max(1, min(mark.line + 1 if mark else 1, last)), _meaning(problem)


def _meaning(problem: str) -> str:
    return next((meaning for words, meaning in _MEANS if words in problem), problem)


def _unreadable(layer: Layer, line: int, problem: str) -> None:
    # What is missing at the end has no line of its own.
    line = max(1, min(line, layer.source.rstrip().count("\n") + 1))
    layer.mistakes.append(f"{layer.name}:{line}: this is not valid YAML: {_meaning(problem)}")


def _sign(text: str, line: int) -> str:
    """What is wrong with a line whose text begins with a sign that means something in YAML, "" for another mistake."""
    from . import yaml_signs  # noqa: PLC0415 (only for a mistake)

    lines = text.split("\n")
    if line < len(lines) and lines[line].lstrip(" ").startswith("\t"):
        return "indent with spaces, not with tabs"
    return yaml_signs.at_line(lines[line]) if line < len(lines) else ""


def _lacks_colon(text: str, line: int) -> bool:
    """Whether the line above one with a colon was to be the key of what stands below it."""
    above, here = text.split("\n")[line - 1 : line + 1] if line else ("", "")
    name = above.strip()
    return (
        bool(name)
        and " " not in name
        and name[-1] not in ":,'\""
        and name[0] not in "#-"
        and _indent(above) < _indent(here)
    )


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _open_quote(text: str) -> int:
    """The line of a quote that was closed by the one which opens the next text, 0 where the mistake is another."""
    quoted: Any = None
    try:
        for token in yaml.scan(text, Loader=_Loader):
            if isinstance(token, yaml.ScalarToken):
                if quoted is not None and token.start_mark.line == quoted.end_mark.line:
                    return int(quoted.start_mark.line) + 1
                over_lines = not token.plain and token.style in "'\"" and token.start_mark.line < token.end_mark.line
                quoted = token if over_lines else None
    except yaml.YAMLError:
        pass  # where it cannot be read, which is known
    return 0


def _alias(text: str) -> int:
    """The line of the first alias, 0 where there is none."""
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent):
            return event.start_mark.line + 1 if event.start_mark else 1
    return 0


def _value(node: yaml.Node, path: Path_, layer: Layer) -> Any:
    layer.lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode) and _plain_tag(node, "map", path, layer):
        return _mapping(node, path, layer)
    if isinstance(node, yaml.SequenceNode) and _plain_tag(node, "seq", path, layer):
        return [_value(item, (*path, number), layer) for number, item in enumerate(node.value)]
    return _scalar(node, path, layer) if isinstance(node, yaml.ScalarNode) else None


def _mapping(node: yaml.MappingNode, path: Path_, layer: Layer) -> dict[str, Any]:
    seen: dict[str, int] = {}
    made: dict[str, Any] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            if node.flow_style:
                layer.mistake(path, "a text that begins with { needs quotes around it")
                layer.told.append(path)
                break
            layer.lines[*path, "?"] = line
            layer.mistake((*path, "?"), "a key has to be a text")
            continue
        name = _key(str(key.value), path)
        here = (*path, name)
        if name == "<<":
            layer.lines[here] = line
            layer.mistake(here, "other keys are not merged into these; write them out")
            made.update(merged if isinstance(merged := _value(value, path, Layer(layer.name)), dict) else {})
            continue
        layer.lines[here] = line
        item = _value(value, here, layer)
        before = made.get(name)
        both = isinstance(item, dict) and isinstance(before, dict)
        if name in seen:
            mend = f"put what is below both under one {name}:" if both else "keep one of them"
            layer.mistake(here, f"stands twice, first in line {seen[name]}; {mend}")
        seen.setdefault(name, line)
        made[name] = _both(before, item) if both else item
    return made


def _both(first: Any, second: Any) -> Any:
    """What stands below a key that stands twice: all of both, so that nothing is missing for it."""
    if not isinstance(first, dict) or not isinstance(second, dict):
        return second
    return {**first, **{key: _both(first.get(key), value) for key, value in second.items()}}


def _key(name: str, path: Path_) -> str:
    """A key, a code as we write it: ``550-5.7.1`` is ``550 5.7.1``."""
    general = tuple("*" if number == 1 and path[0] == "words" else key for number, key in enumerate(path))
    if general in _CODE_KEYS:
        return canonical(name)
    if general == _PAIR_KEYS:
        return " vs ".join(canonical(code) for code in name.split(" vs "))
    return name


def _scalar(node: yaml.ScalarNode, path: Path_, layer: Layer) -> Any:
    text = str(node.value)
    kind = node.tag.removeprefix(_STANDARD)
    start, end = (mark.index if mark else 0 for mark in (node.start_mark, node.end_mark))
    if layer.source[start : start + 1] == "&" or (
        node.style in {None, ""} and layer.source[end : end + 1] in {" ", "\t"} and "#" in layer.source[end : end + 40]
    ):
        _eaten(layer, path, start, end)
    if kind in {"str", "timestamp", "value", "merge"}:
        if found := _UNPRINTABLE.search(text):
            layer.mistake(path, f"holds a character that cannot be shown (U+{ord(found[0]):04X})")
            layer.told.append(path)
        elif node.style == '"' and "\t" in text and "\\t" in layer.source[start:end]:
            layer.mistake(path, "\\t in double quotes is a tab; use single quotes")
            layer.told.append(path)
        elif kind == "timestamp" and path[0] == "words":
            layer.mistake(path, f"{text} is a date in YAML; put quotes around it")
            layer.told.append(path)
        # Nothing but spaces is nothing, but for what stands between two words.
        return text if text.strip() or path[-1:] == ("between",) else ""
    if kind not in _SCALARS or _tagged(node, kind):
        _plain_tag(node, "str", path, layer)
        return text
    try:
        value = _SCALARS[kind](node)
    except ValueError:
        return text  # as good as a number, and none: 0x_
    # JSON has no numbers that are none.
    return text if isinstance(value, float) and not math.isfinite(value) else value


def _eaten(layer: Layer, path: Path_, start: int, end: int) -> None:
    """Name what YAML has taken from a text."""
    from . import yaml_signs  # noqa: PLC0415 (only for what may be a mistake)

    if layer.source[start : start + 1] == "&":
        layer.mistake(path, yaml_signs.anchor(layer.source, start))
    elif yaml_signs.is_text(path) and (found := yaml_signs.COMMENT.match(layer.source, end)):
        layer.mistake(path, yaml_signs.comment(found))
    else:
        return
    layer.told.append(path)


_SCALARS: dict[str, Callable[[yaml.ScalarNode], Any]] = {
    "null": _Resolver.construct_yaml_null,
    "bool": _Resolver.construct_yaml_bool,
    "int": _Resolver.construct_yaml_int,
    "float": _Resolver.construct_yaml_float,
}


def _tagged(node: yaml.ScalarNode, kind: str) -> bool:
    """Whether a tag stands before a value: what it says may be untrue of the text (``!!int x``)."""
    resolved: str = _Resolver.resolve(yaml.ScalarNode, node.value, (True, False))  # type: ignore[no-untyped-call]
    return kind != resolved.removeprefix(_STANDARD)


def _plain_tag(node: yaml.Node, kind: str, path: Path_, layer: Layer) -> bool:
    if node.tag == _STANDARD + kind:
        return True
    text = isinstance(node, yaml.ScalarNode) and len(path) > 1
    mend = "put a text that begins with ! in quotes" if text else "leave it out"
    layer.mistake(path, f"tags ({node.tag.replace(_STANDARD, '!!')}) are not read; {mend}")
    layer.told.append(path)
    return False
