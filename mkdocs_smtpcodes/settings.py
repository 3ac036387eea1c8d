"""What is wrong with the options of the plugin in a configuration, for a build and for ``check`` alike.

``schema/config.schema.json`` decides what may stand there; what no schema can say is said here. It knows no MkDocs.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from .suggestions import close, shown, takes

SCHEMA = Path(__file__).parent / "schema" / "config.schema.json"
#: What YAML reads as true or false, as people write it.
_TRUTH = ("true", "false", "yes", "no", "on", "off")
#: What people call options of ours, and options of the extension that the plugin does not need.
_CALLED = {"language": "lang", "locale": "lang", "data": "data_files", "files": "data_files", "overrides": "templates"}
_OF_EXTENSION = ("entries_page", "on_error", "folder")


def judged(given: Mapping[Any, Any]) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """The options that may be used, and of each of the others its name and what is wrong; ``data_files.1`` is an item of a list.

    Args:
        given: the options as a site writes them. Nothing as a value is the default.
    """
    if not given:
        return {}, []
    known = _schema()
    good: dict[str, Any] = {}
    mistakes: list[tuple[str, str]] = []
    for name, value in given.items():
        if name not in known:
            near = _CALLED.get(str(name)) or close(str(name), known, 0.7)
            hint = f"; did you mean {near}?" if near else f"; there is {', '.join(known)}"
            if name in _OF_EXTENSION:
                hint = " of the plugin, which does by itself what it is for; leave it out"
            messages = [f"{name}: this is not an option{hint}"]
        elif value is None:
            continue
        elif known[name].get("type") == "array" and isinstance(value, list):
            wrong = dict(_wrong_items(value))
            good[name] = [item for number, item in enumerate(value) if number not in wrong]
            mistakes += [(f"{name}.{number}", f"{name}: {message}") for number, message in wrong.items()]
            continue
        else:
            messages = [f"{name}: {message}" for message in _mistakes(name, value, known[name])]
        mistakes += [(str(name), message) for message in messages]
        if not messages:
            good[name] = folder(value) if name == "reference_dir" else value
    return good, mistakes


def no_mapping(given: object) -> str:
    """The message about what stands for the options of the plugin and is no mapping, "" where nothing does."""
    if given is None or isinstance(given, Mapping):
        return ""
    example = f"reference: {given}" if given in ("used", "all") else "lang: auto"
    return f"expected options, each on a line below with its value, found {shown(given)}; write {example} there"


def folder(value: str) -> str:
    """A folder of the docs folder as a path."""
    return posixpath.normpath(value.replace("\\", "/")).strip("/")


@cache
def _schema() -> dict[str, Any]:
    options: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))["properties"]
    return options


def _mistakes(name: str, value: object, rule: Mapping[str, Any]) -> Sequence[str]:
    if name in _OWN:
        return _OWN[name](value)
    if "enum" in rule:
        known = [word for word in rule["enum"] if isinstance(word, str)]
        # YAML reads off as false.
        return [] if any(value is word for word in rule["enum"]) or value in known else [_unknown(value, known)]
    if rule["type"] == "boolean":
        if isinstance(value, bool):
            return []
        mend = "; take the quotes away" if isinstance(value, str) and value.lower() in _TRUTH else ""
        return [f"{shown(value)} does not fit{mend or '; it takes true or false'}"]
    if rule["type"] == "array":
        if isinstance(value, str):
            return [f"expected a list, found {shown(value)}; write [{value}]"]
        return [f"expected a list of names, found {shown(value)}"]
    return [] if isinstance(value, str) else [_no_text(value)]


def _wrong_items(items: list[Any]) -> Iterator[tuple[int, str]]:
    """Place and message of each item of a list of names that cannot be used; the others are."""
    for number, item in enumerate(items):
        if not isinstance(item, str):
            yield number, f"expected a list of names, found {shown(item)}"
        elif item in items[:number]:
            yield number, f"{shown(item)} is named twice; name it once"
        elif "://" in item:
            yield number, f"{item} is an address, which is not read; download the file, and write its name"


def _no_text(value: object) -> str:
    mend = "; put quotes around it" if isinstance(value, bool | int | float) else ""
    return f"expected a text, found {shown(value)}{mend}"


def _lang(value: object) -> Sequence[str]:
    if isinstance(value, list):
        return [f"expected one language, found {shown(value)}; write auto, and each page has the language of its own"]
    return [] if isinstance(value, str) else [_no_text(value)]


def _reference_dir(value: object) -> Sequence[str]:
    if not isinstance(value, str):
        return [_no_text(value)]
    if value.startswith(("/", "\\")) and folder(value)[:1].isalnum():
        return [f"{value!r} begins at the root of a disk; write {folder(value)}, a folder below the docs folder"]
    if folder(value).endswith(".md"):
        return [
            f"{value!r} is the name of a page, and a folder belongs here; write {folder(value).removesuffix('.md')}"
        ]
    if folder(value).startswith("docs/"):
        return [f"{value!r} would be a folder docs below the docs folder; write {folder(value).removeprefix('docs/')}"]
    if folder(value).startswith(".") or ":" in value or ".." in re.split(r"[/\\]", value):
        return [f"{value!r} is no folder below the docs folder; write a name such as smtp"]
    return []


def _comparisons(value: object) -> Sequence[str]:
    # What stands in the list is judged with the codes at hand.
    if isinstance(value, list | str):
        return []
    return [f"expected a list of pairs or related, found {shown(value)}; write [[450, 550]], or related"]


def _lint(value: object) -> Sequence[str]:
    from .lint_rules import levels  # noqa: PLC0415 (only a site that says something of them)

    return [message.removeprefix("lint: ") for message in levels(value)[1]]


_OWN: Mapping[str, Callable[[object], Sequence[str]]] = {
    "lang": _lang, "reference_dir": _reference_dir, "comparisons": _comparisons, "lint": _lint,
}  # fmt: skip


def _unknown(value: object, known: Sequence[str]) -> str:
    if value is True:
        return f"on, yes and true are no values of it{takes('', known)}"
    if isinstance(value, str):
        return f"{shown(value)} is unknown{takes(value, known)}"
    return f"{shown(value)} does not fit{takes('', known)}"
