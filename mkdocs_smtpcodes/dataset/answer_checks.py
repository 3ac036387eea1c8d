"""What no schema can say of a site's senders, replies and reasons: that they fit together, and a text says enough."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from ..codes import Reply, parse_code
from ..suggestions import close, nearest, one_of, takes
from .datafile import Data, Layer, Path_
from .own_words import OwnWords

#: The variable parts that a reply's text may have.
GAPS = ("address", "domain", "host", "ip", "list", "number", "text", "id", "command", "url")
#: A reply code at the beginning of a text, and signs that stand for something else in a regular expression alone.
_OWN_CODE = re.compile(r"([245]\d\d)(?:[ -]|$)", re.ASCII)
_EXPRESSION = re.compile(r"\.[*+]\??|\\[dwsbSDW.]\+?|\(\?[:=!]|\[\^?\w-\w")
_GAP = re.compile(r"\{([^{}]*)\}")
_NEEDED = {"senders": ("name", "kind"), "reasons": ("group", "acts", "retry")}


class Known(Protocol):
    """Who knows which codes a site has."""

    def known(self, code: str) -> bool: ...

    def tell_unknown(self, layer: Layer, path: Path_, code: str) -> None: ...


def check(layers: Sequence[Layer], base: Mapping[str, Any], codes: Known) -> None:
    """Name what is wrong, and leave it out.

    Args:
        layers: all files of a site, in order; messages are added to them.
        base: the facts of the package.
        codes: the codes of the site.
    """
    for kind in _NEEDED:
        _check_new(layers, base, kind)
    reasons, senders = _known(layers, base, "reasons"), _known(layers, base, "senders")
    unread = any(layer.unread for layer in layers)
    for layer in layers:
        _check_codes(layer, codes)
        _check_seen(layer, senders)
        for name, facts in layer.data.get("senders", {}).items():
            marks = list(enumerate(facts.get("marks", ())))
            wrong = [(("senders", name, "marks", n), told) for n, mark in marks if (told := _pattern_problem(mark))]
            for place, message in wrong:
                layer.mistake(place, message)
            layer.drop([place for place, _ in wrong])
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
            lost += _again(layer, sender, rows)
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
            named: list[Path_] = [
                ("words", lang, kind, name) for kind in ("senders", "told") for name in words.get(kind, {})
            ]
            for reason, texts in words.get("reasons", {}).items():
                named += [("words", lang, "reasons", reason, "service", name) for name in texts.get("service", {})]
            for path in [path for path in named if path[-1] not in senders]:
                sender = str(path[-1])
                if not unread and not _left_out(layers, "senders", sender):
                    layer.mistake(path, f"this sender is unknown{_or_new(sender, senders, 'senders')}")
                layer.drop([path])
    _check_words(layers, base)
    _check_told(layers)


def _check_seen(layer: Layer, senders: Sequence[str]) -> None:
    """Who is on record with an answer that no standard has is a sender."""
    for code, facts in layer.data.get("codes", {}).items():
        for number, item in enumerate((facts or {}).get("commands") or ()):
            for place, name in [*enumerate(item.get("seen", ()))][::-1]:
                if name not in senders:
                    path: Path_ = ("codes", code, "commands", number, "seen", place)
                    layer.mistake(path, f"this sender is unknown{_or_new(name, senders, 'senders')}")
                    layer.drop([path])


def _again(layer: Layer, sender: str, rows: Sequence[Data]) -> Iterator[Path_]:
    """The replies of a sender that are recognised as one before them is, so that nobody ever meets them."""
    met: dict[str, int] = {}
    for number, row in enumerate(rows):
        same = repr([sorted(map(str, row.get("codes", ()))), row.get("text"), row.get("tag")])
        first = met.setdefault(same, number)
        if first != number:
            path: Path_ = ("replies", sender, number)
            place = layer.place(layer.as_written(("replies", sender, first)))
            other = " with another reason" if row["reason"] != rows[first]["reason"] else ""
            layer.mistake(path, f"this reply stands here already{other}, in {place}; keep one of them")
            yield path


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
                    layer.mistake((kind, name), f"{one_of(missing, 'and')} {are} missing")
                layer.drop([(kind, name)])


def _problems(row: Data, reasons: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Of a row that is whole, or of what is left of one."""
    reason, text = row.get("reason"), row.get("text", "")
    if isinstance(reason, str) and reason not in reasons:
        yield "reason", _unknown_reason(reason, reasons)
    if isinstance(day := row.get("date"), str) and day > _tomorrow() and _DAY.fullmatch(day):
        yield "date", f"{day} has not come yet; write the day on which it was seen"
    if not isinstance(text, str):
        return
    if problem := _pattern_problem(text):
        yield "text", problem
        return
    words = re.findall(r"\w+", _GAP.sub(" ", text))
    if text and not words:
        yield (
            "text",
            "a text without a word of its own fits every reply; write what the server says around it, or leave text out",
        )
    elif text and len(words) < 2 and not row.get("codes") and "tag" not in row:
        yield "text", "a text of a single word fits too much; write more of it, or the codes with which it is sent"
    tag = row.get("tag", "")
    if isinstance(tag, str) and _GAP.search(tag):
        yield "tag", "a tag is recognised as it stands, so it has no variable part; write such a text as text"


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _tomorrow() -> str:
    """It begins earlier somewhere else."""
    return (datetime.date.today() + datetime.timedelta(days=1)).isoformat()


def _pattern_problem(text: str) -> str:
    """What is wrong with what a text takes for its code or its variable parts, "" for nothing."""
    if code := _OWN_CODE.match(text):
        return f"the text is what stands behind the code; write {code[1]} below codes, and leave it out here"
    if sign := _EXPRESSION.search(text):
        return (
            f"{sign[0]} is looked for as it stands, for a text is no regular expression; {{text}} or {{number}} varies"
        )
    for gap in _GAP.findall(text):
        if gap not in GAPS:
            shown = f"{{{gap}}}"
            return f"{shown} is not a variable part{takes(shown, [f'{{{known}}}' for known in GAPS])}"
    if sign := re.search(r"[｛｝]", text):
        return f"{sign[0]} is no sign of a variable part; write {{address}}"
    if brace := re.search(r"[{}]", _GAP.sub("", text)):
        lacks = "is not closed" if brace[0] == "{" else "has no { before it"
        return (
            f"a {brace[0]} {lacks}; a variable part is written as {{address}}, and {{text}} fits any text, a brace too"
        )
    return ""


def _check_codes(layer: Layer, known: Known) -> None:
    """Codes with which replies are sent, and reasons come: that they exist, and whether their classes agree."""
    lists: list[tuple[Path_, list[Any], bool]] = [
        (("replies", sender, number, "codes"), row.get("codes", []), bool(row.get("differs")))
        for sender, rows in layer.data.get("replies", {}).items()
        for number, row in enumerate(rows)
    ]
    lists += [
        (("reasons", name, "codes"), facts.get("codes", []), False)
        for name, facts in layer.data.get("reasons", {}).items()
    ]
    lost: list[Path_] = []
    for path, codes, differs in lists:
        wrong = []
        for number, written in enumerate(codes):
            code = parse_code(str(written))
            basic = str(code.basic if isinstance(code, Reply) else code)
            message = ""
            if basic.isdigit() and not known.known(basic):
                known.tell_unknown(layer, (*path, number), basic)
                wrong.append((*path, number))
            elif isinstance(code, Reply) and not code.agrees and not differs:
                agreeing = f"{code.basic} {code.class_digit}{str(code.enhanced)[1:]}"
                message = (
                    f"the class of {code.enhanced} contradicts the first digit of {code.basic} (RFC 2034 §4); "
                    f"write {agreeing}, or differs: true in this reply if the server really sends it so"
                )
                if path[0] == "reasons":
                    message = message.partition(", or ")[0]
                layer.mistake((*path, number), message)
                wrong.append((*path, number))
        # Without its codes a reply would fit more than it was to.
        lost += [path[:-1]] if wrong and path[0] == "replies" else wrong
    layer.drop(lost)


def _unknown_reason(reason: str, reasons: Sequence[str]) -> str:
    return f"{reason} is not a known reason{_or_new(reason, reasons, 'reasons')}"


def _or_new(name: str, known: Sequence[str], kind: str) -> str:
    """The end of a sentence about a name that nobody has: the nearest, and where a new one is described."""
    near = nearest(name, known)
    return f"{near} A new one is described under {kind}" if near else f"; a new one is described under {kind}"


def _check_words(layers: Sequence[Layer], base: Mapping[str, Any]) -> None:
    """A new reason has a name and a summary."""
    if any(layer.unread or layer.misplaced_words() for layer in layers):
        return
    new = _known(layers, {}, "reasons")
    lost = [path for layer in layers for path in layer.left_out if path[:1] == ("words",) and path[2:3] == ("reasons",)]
    # A name with a slip in it has its message.
    meant = {close(str(path[3]), new) for path in lost if len(path) == len(("words", "en", "reasons", "name"))}
    written = OwnWords(layers, "reasons")
    for layer in layers:
        for reason in layer.data.get("reasons", {}):
            if reason in meant or reason in base.get("reasons", {}):
                continue
            if message := written.missing(reason):
                layer.mistake(("reasons", reason), message)


def _check_told(layers: Sequence[Layer]) -> None:
    """What is written of single replies belongs to one, and a reply that says where it is told is told there."""
    if any(layer.unread for layer in layers):
        return
    told = any("told" in row for layer in layers for rows in layer.data.get("replies", {}).values() for row in rows)
    if not told and not any("told" in words for layer in layers for words in layer.data.get("words", {}).values()):
        return
    from . import loading  # noqa: PLC0415 (only a site that writes of single replies needs what we write of ours)

    ours = {(sender, key) for sender, texts in loading.words("en")["told"].items() for key in texts}
    asked = ours | {
        (sender, row["told"])
        for layer in layers
        for sender, rows in layer.data.get("replies", {}).items()
        for row in rows
        if "told" in row
    }
    gone = {path[0] for layer in layers for path in layer.left_out if path}
    written = {
        (sender, key)
        for layer in layers
        for words in layer.data.get("words", {}).values()
        for sender, texts in words.get("told", {}).items()
        for key in texts
    }
    for layer in layers:
        for sender, rows in layer.data.get("replies", {}).items():
            for number, row in enumerate(rows):
                if "told" in row and "words" not in gone and (sender, row["told"]) not in written | ours:
                    place = f"words.en.told.{sender}.{row['told']}"
                    layer.mistake(("replies", sender, number, "told"), f"{row['told']} has no words; write {place}")
        for lang, words in layer.data.get("words", {}).items():
            for sender, texts in words.get("told", {}).items():
                for key in texts:
                    if (sender, key) not in asked and "replies" not in gone:
                        near = nearest(key, [known for name, known in asked if name == sender])
                        message = f"no reply of {sender} has told: {key}{near or '; write it into the reply'}"
                        layer.mistake(("words", lang, "told", sender, key), message)


def _known(layers: Sequence[Layer], base: Mapping[str, Any], kind: str) -> list[str]:
    return list(dict.fromkeys([*(name for layer in layers for name in layer.data.get(kind, {})), *base.get(kind, {})]))


def _left_out(layers: Sequence[Layer], kind: str, name: str) -> bool:
    return any(layer.is_gone(kind, name) for layer in layers)
