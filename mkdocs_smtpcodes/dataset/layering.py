"""A site's data files over the data of the package."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..codes import canonical
from .code_checks import detail_key
from .datafile import Data, Layer
from .profiles import VALUE_AXES

_CLASSES = ("2", "4", "5")
#: The texts below these fields of an entry.
_PARTS = {"fix": ("received", "sending"), "choose": ("received", "sending")}


def layered_facts(base: Data, layers: Iterable[Layer]) -> Data:
    """The facts of the package with those of the files over them, later files last."""
    codes = {**base["codes"]}
    examples = {**base.get("examples", {})}
    related = list(base.get("related", ()))
    named = {kind: {**base.get(kind, {})} for kind in ("senders", "reasons")}
    replies = dict(base.get("replies", {}))
    for layer in layers:
        for key, own in layer.data.get("codes", {}).items():
            name = detail_key(key)
            codes[name] = _facts(key, codes.get(name), own or {})
        examples |= layer.data.get("examples", {})
        related += [
            {**item, "first": canonical(str(item["first"])), "second": canonical(str(item["second"]))}
            for item in layer.data.get("related", ())
        ]
        for kind, known in named.items():
            for name, facts in layer.data.get(kind, {}).items():
                known[name] = {**known.get(name, {}), **_with_texts(facts)}
        own_rows = {sender: list(map(_with_texts, rows)) for sender, rows in layer.data.get("replies", {}).items()}
        # What later files say comes first.
        replies = {sender: [*rows, *replies.get(sender, ())] for sender, rows in own_rows.items()} | {
            sender: rows for sender, rows in replies.items() if sender not in own_rows
        }
    return {**base, "codes": codes, "examples": examples, "related": related, "replies": replies, **named}


def _facts(key: str, known: Data | None, own: Data) -> Data:
    name = detail_key(key)
    facts = {**(known or {})}
    own = {field: value for field, value in own.items() if field != "status"}
    if known is None:
        facts["status"] = "site"
        if name.startswith("X."):
            facts["classes"] = [int(key[0])] if name != key else [5, 4]
    elif name != key:
        facts["classes"] = list(dict.fromkeys([*facts.get("classes", []), int(key[0])]))
    if name != key:
        # What is said of 5.7.1 is not said of 4.7.1.
        own = {**own, **{axis: _in_class(key[0], facts.get(axis), own[axis]) for axis in VALUE_AXES if own.get(axis)}}
    return {field: value for field, value in {**facts, **own}.items() if value is not None}


def _in_class(digit: str, known: Any, own: Any) -> Any:
    """A value of one class beside those of the others."""
    others = known if isinstance(known, Mapping) else dict.fromkeys(_CLASSES, known) if known else {}
    return {**others, **own} if isinstance(own, Mapping) else {**others, digit: own}


def _with_texts(facts: Data) -> Data:
    """Facts whose codes are texts as we write them: YAML has 550 as a number."""
    return {**facts, "codes": [canonical(str(code)) for code in facts["codes"]]} if "codes" in facts else dict(facts)


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
                    codes: Data = {}
                    for key, entry in own.get("codes", {}).items():
                        codes[detail_key(key)] = _merge(codes.get(detail_key(key), {}), _entry(key, entry or {}))
                    merged = _merge(merged, {**own, "codes": codes, "pairs": self._turned(own.get("pairs", {}))})
                    # What a site says of an enhanced code holds in every reply with it.
                    merged["sent"] = {key: text for key, text in merged.get("sent", {}).items() if _kept(key, own)}
            self._merged[lang] = merged
        return self._merged[lang]

    def _turned(self, pairs: Data) -> Data:
        """Pairs with the code first that comes first in ours: a site's own text is to stand in the place of ours."""
        ours = self._base.get("en", {}).get("pairs", {})
        turned = {key: " vs ".join(key.split(" vs ")[::-1]) for key in pairs}
        return {turned[key] if turned[key] in ours else key: text for key, text in pairs.items()}

    def __iter__(self) -> Iterator[str]:
        return iter(self._languages)

    def __len__(self) -> int:
        return len(self._languages)


def _kept(key: str, own: Data) -> bool:
    """Whether our words of a whole reply still hold: the site has not written of its enhanced code in its own words."""
    _, _, enhanced = key.partition(" ")
    return not enhanced or {enhanced, detail_key(enhanced)}.isdisjoint(own.get("codes", {}))


def _entry(key: str, entry: Data) -> Data:
    """The words of a code by the fields that hold texts; what is said of ``5.7.1`` is not said of ``4.7.1``."""
    whole = {
        name: dict.fromkeys(_PARTS[name]) if text is None and name in _PARTS else text for name, text in entry.items()
    }
    if detail_key(key) == key:
        return whole
    return {
        name: {part: _one_class(key[0], text) for part, text in texts.items()}
        if name in _PARTS
        else _one_class(key[0], texts)
        for name, texts in whole.items()
    }


def _one_class(digit: str, text: Any) -> Data:
    return dict(text) if isinstance(text, Mapping) else {digit: text}


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
