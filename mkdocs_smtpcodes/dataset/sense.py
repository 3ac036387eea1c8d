"""What no schema can say of a site's data: codes referred to exist, classes agree, and what is new has its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..codes import Reply, parse_code
from ..suggestions import did_you_mean
from . import loading
from .datafile import Data, Layer, Path_, prune

_NEEDED = ("name", "summary")


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
            english.setdefault(detail_key(key), {}).update(entry or {})
    ours = loading.facts()["codes"]
    for layer in layers:
        for key, facts in list(layer.data.get("codes", {}).items()):
            _check_code(layer, key, facts or {}, known)
            if detail_key(key) not in ours and " " not in key:
                missing = [name for name in _NEEDED if not english.get(detail_key(key), {}).get(name)]
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
        prune(layer.data, path)
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
            (*path, "classes"),
            f"contradicts the class of {key}; write the detail as {detail_key(key)}, or leave it out",
        )
    for name in ("enhanced", "basic"):
        for number, partner in enumerate(facts.get(name) or ()):
            _check_reference(layer, (*path, name, number), str(partner), known)


def _check_reference(layer: Layer, path: Path_, code: str, known: Mapping[str, Any]) -> None:
    """Whether a code that a file refers to exists; any well-formed enhanced code does."""
    if code in known or detail_key(code) in known:
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


def detail_key(key: str) -> str:
    """``5.7.509`` as a key of the facts: ``X.7.509``."""
    return f"X{key[1:]}" if key[0] in "245" and key[1:2] == "." else key
