"""The fixed texts of a site's words against the English ones: the placeholders that a sentence has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..suggestions import takes
from .datafile import Layer, Path_

_PLACEHOLDER = re.compile(r"\{([a-z_0-9]+)\}")
_PROSE = ("language", "codes", "sent", "pairs", "reasons", "senders", "told", "synonyms")


def check(layer: Layer, english: Mapping[str, Any]) -> None:
    """A placeholder that the English sentence does not have would be shown as it is written."""
    lost = []
    for lang, words in layer.data.get("words", {}).items():
        fixed = {name: tree for name, tree in words.items() if name not in _PROSE}
        for path, text in _texts(fixed, ()):
            known = _placeholders(english, path)
            unknown = [name for name in _PLACEHOLDER.findall(text) if name not in known]
            if unknown:
                shown, names = f"{{{unknown[0]}}}", [f"{{{name}}}" for name in known]
                message = f"nothing is put in for {shown}" + (takes(shown, names) if names else "; leave it out")
                layer.mistake(("words", lang, *path), message)
                lost.append(("words", lang, *path))
            elif brace := re.search(r"[{}｛｝]", _PLACEHOLDER.sub("", text)):
                shown = " and ".join(f"{{{name}}}" for name in known)
                mend = f"; what is put in stands as {shown}" if known else "; leave it out"
                layer.mistake(
                    ("words", lang, *path), f"a {brace[0]} without its counterpart is shown as it stands{mend}"
                )
                lost.append(("words", lang, *path))
    layer.drop(lost)


def _placeholders(english: Mapping[str, Any], path: Path_) -> list[str]:
    """Those of the same sentence in English, or of its sister (`whole` is written like `sentence`)."""
    tree: Any = english
    for key in path[:-1]:
        tree = tree.get(key, {}) if isinstance(tree, Mapping) else {}
    if not isinstance(tree, Mapping):
        return []
    texts = [tree[path[-1]]] if path[-1] in tree else list(tree.values())
    names = (name for text in texts if isinstance(text, str) for name in _PLACEHOLDER.findall(text))
    return list(dict.fromkeys([*names, *(["codes", "values"] if path[-1] == "mixed" else [])]))


def _texts(value: Any, path: Path_) -> Iterator[tuple[Path_, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, (*path, key))
