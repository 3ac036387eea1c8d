"""What no schema can say of a site's senders, replies and reasons: that they fit together, and a text says enough."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..suggestions import nearest, takes
from .datafile import Data, Layer, Path_

#: The variable parts that a reply's text may have.
GAPS = ("address", "domain", "host", "ip", "list", "number", "text", "id", "command", "url")
_GAP = re.compile(r"\{([^{}]*)\}")
_NEEDED = {"senders": ("name", "kind"), "reasons": ("group", "acts", "retry")}
_WORDS = ("name", "summary")


def check(layers: Sequence[Layer], base: Mapping[str, Any]) -> None:
    """Name what is wrong, and leave it out.

    Args:
        layers: all files of a site, in order; messages are added to them.
        base: the facts of the package.
    """
    for kind in _NEEDED:
        _check_new(layers, base, kind)
    reasons, senders = _known(layers, base, "reasons"), _known(layers, base, "senders")
    unread = any(layer.unread for layer in layers)
    for layer in layers:
        for written, row in list(layer.rows):
            for key, message in _problems(row, reasons):
                known = unread or _left_out(layers, "reasons", str(row.get("reason")))
                if not (key == "reason" and known):
                    layer.mistake_at((*written, key), message)
        for sender, rows in list(layer.data.get("replies", {}).items()):
            lost: list[Path_] = []
            for number, row in enumerate(rows):
                path: Path_ = ("replies", sender, number)
                if row["reason"] not in reasons and (unread or _left_out(layers, "reasons", row["reason"])):
                    lost.append(path)
                    continue
                for key, message in _problems(row, reasons):
                    layer.mistake((*path, key), message)
                    lost.append(path)
            layer.drop(lost)
            if sender not in senders:
                if not unread and not _left_out(layers, "senders", sender):
                    message = f"this sender is unknown{_or_new(sender, senders, 'senders')}"
                    layer.mistake(("replies", sender), message)
                layer.drop([("replies", sender)])
                continue
            if not rows:
                layer.drop([("replies", sender)])
        for lang, words in layer.data.get("words", {}).items():
            for kind in ("reasons", "synonyms"):
                for reason in list(words.get(kind, {})):
                    if reason not in reasons:
                        if not unread and not _left_out(layers, "reasons", reason):
                            layer.mistake(("words", lang, kind, reason), _unknown_reason(reason, reasons))
                        layer.drop([("words", lang, kind, reason)])
            for sender in [name for name in words.get("senders", {}) if name not in senders]:
                if not unread and not _left_out(layers, "senders", sender):
                    message = f"this sender is unknown{_or_new(sender, senders, 'senders')}"
                    layer.mistake(("words", lang, "senders", sender), message)
                layer.drop([("words", lang, "senders", sender)])
    _check_words(layers, base)


def _check_new(layers: Sequence[Layer], base: Mapping[str, Any], kind: str) -> None:
    """Of what is known a file may say a part; what is new has all that others need."""
    told: dict[str, Data] = {}
    for layer in layers:
        for name, facts in layer.data.get(kind, {}).items():
            told.setdefault(name, {}).update(facts)
    for name, facts in told.items():
        missing = [key for key in _NEEDED[kind] if key not in facts]
        if name in base.get(kind, {}) or not missing:
            continue
        for layer in layers:
            if name in layer.data.get(kind, {}):
                if not any(layer.is_left_out(kind, name, key) for key in missing):
                    are = "is" if len(missing) == 1 else "are"
                    layer.mistake((kind, name), f"{' and '.join(missing)} {are} missing")
                layer.drop([(kind, name)])


def _problems(row: Data, reasons: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Of a row that is whole, or of what is left of one."""
    reason, text = row.get("reason"), row.get("text", "")
    if isinstance(reason, str) and reason not in reasons:
        yield "reason", _unknown_reason(reason, reasons)
    if not isinstance(text, str):
        return
    for gap in _GAP.findall(text):
        if gap not in GAPS:
            shown = f"{{{gap}}}"
            yield "text", f"{shown} is not a variable part{takes(shown, [f'{{{known}}}' for known in GAPS])}"
            return
    words = re.findall(r"\w+", _GAP.sub(" ", text))
    if text and len(words) < 2 and not row.get("codes") and "tag" not in row:
        yield "text", "a text of a single word fits too much; write more of it, or the codes with which it is sent"


def _unknown_reason(reason: str, reasons: Sequence[str]) -> str:
    return f"{reason} is not a known reason{_or_new(reason, reasons, 'reasons')}"


def _or_new(name: str, known: Sequence[str], kind: str) -> str:
    """The end of a sentence about a name that nobody has: the nearest, and where a new one is described."""
    near = nearest(name, known)
    return f"{near} A new one is described under {kind}" if near else f"; a new one is described under {kind}"


def _check_words(layers: Sequence[Layer], base: Mapping[str, Any]) -> None:
    """A new reason has a name and a summary in English."""
    if any(layer.unread for layer in layers):
        return
    english: dict[str, Data] = {}
    for layer in layers:
        for reason, words in layer.data.get("words", {}).get("en", {}).get("reasons", {}).items():
            english.setdefault(reason, {}).update(words)
    for layer in layers:
        for reason in layer.data.get("reasons", {}):
            missing = [key for key in _WORDS if not english.get(reason, {}).get(key)]
            if reason in base.get("reasons", {}) or not missing:
                continue
            if not any(other.is_left_out("words", "en", "reasons", reason, missing[0]) for other in layers):
                path = f"words.en.reasons.{reason}.{' and '.join(missing)}"
                layer.mistake(("reasons", reason), f"English words are missing: {path}")


def _known(layers: Sequence[Layer], base: Mapping[str, Any], kind: str) -> list[str]:
    return list(dict.fromkeys([*(name for layer in layers for name in layer.data.get(kind, {})), *base.get(kind, {})]))


def _left_out(layers: Sequence[Layer], kind: str, name: str) -> bool:
    return any(layer.is_left_out(kind, name) for layer in layers)
