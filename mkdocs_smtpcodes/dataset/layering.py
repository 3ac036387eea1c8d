"""A site's data files over the data of the package."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .datafile import Data, Layer
from .sense import detail_key


def layered_facts(base: Data, layers: Iterable[Layer]) -> Data:
    """The facts of the package with those of the files over them, later files last."""
    codes = {**base["codes"]}
    examples = {**base.get("examples", {})}
    related = list(base.get("related", ()))
    layers = list(layers)
    for layer in layers:
        for key, own in layer.data.get("codes", {}).items():
            name = detail_key(key)
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
    own = {
        key: {**base.get(key, {}), **{name: item for layer in layers for name, item in layer.data.get(key, {}).items()}}
        for key in ("senders", "replies", "reasons")
    }
    return {**base, "codes": codes, "examples": examples, "related": related, **own}


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
                        own = {**own, "codes": {detail_key(key): entry or {} for key, entry in own["codes"].items()}}
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
