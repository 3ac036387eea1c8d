"""What the box in the browser answers with: the rules, and the words of one language."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..codes import CodeRange, EnhancedCode, parse_code
from ..dataset import Dataset, Value, Words
from ..dataset.naming import anchor
from ..dataset.sender_meanings import meant, named_codes
from ..dataset.texts import row_texts, sent_texts
from ..recognition.browser import browser_rules
from . import prose
from .replies import Replies

if TYPE_CHECKING:
    from .speaker import Speaker

#: Bytes that the data of a language may have on its way to the reader.
LARGEST = 59_900
_LINK = re.compile(r"\[([^\]]*)\]\((https?://[^)\s]+)\)")


def data_script(speaker: Speaker, entries: Mapping[str, str] | None = None) -> str:
    """The data of a language as a script of one call, so that it loads from a file and without permission for inline scripts.

    Args:
        speaker: speaks the language.
        entries: where the site has the entry of a code, as addresses relative to the script.
    """
    data = {**lookup_data(speaker), "places": _places(entries or {})}
    told = _json([*data.values()])
    for shorter in (_without_ranges, _without_sent, _without_told):
        if len(gzip.compress(told.encode())) > LARGEST:
            shorter(data)
            told = _json([*data.values()])
    # What may end a script or a line of one.
    told = told.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"smtpLookup({told[1:-1]});\n"


def _places(entries: Mapping[str, str]) -> dict[str, str]:
    """The codes by where their entries are, with ``*`` for the code in an address: most differ in nothing else."""
    found: dict[str, list[str]] = {}
    for code, address in entries.items():
        found.setdefault(address.replace(anchor(code), "*"), []).append(code)
    return {address: "_".join(codes) for address, codes in found.items()}


def _without_ranges(data: dict[str, Any]) -> None:
    """A code that is written of together with many others is told by its reason."""
    same = Counter(data["sent"].values())
    data["sent"] = {key: place for key, place in data["sent"].items() if same[place] == 1}


def _without_sent(data: dict[str, Any]) -> None:
    """Every code is told by its reason."""
    data["sent"] = {}


def _without_told(data: dict[str, Any]) -> None:
    """And so is every reply, but for whether it is final and who acts."""
    data["own"] = [["", "", *said[2:]] if said and said[2:] else None for said in data["own"]]


def _json(data: list[Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def lookup_data(speaker: Speaker) -> dict[str, Any]:
    """The rules, and what is said of each reason and class, in the order in which the script takes it."""
    dataset, words = speaker.dataset, speaker.words
    told, own = _told(speaker, dataset)
    sent = _sent(speaker, dataset, own)
    label = words.label
    values = words.tree("axes", "acts", "values")
    return {
        "lang": speaker.lang,
        "rules": browser_rules(dataset.rules),
        "reasons": _reasons(speaker, dataset),
        "names": _names(speaker, dataset),
        "sent": sent,
        "told": told,
        "own": own,
        "senders": {key: sender.name for key, sender in dataset.senders.items()},
        "classes": {digit: speaker.class_word(digit) for digit in (2, 3, 4, 5)},
        # Without a code the reason says whether it is final; only a line about a login is told otherwise.
        "final": {
            0: {"unneeded": speaker.short("message", Value("untouched"))},
            **{digit: dict(words.tree("verdict", "final", digit)) for digit in (2, 3, 4, 5)},
        },
        "acts": {key: value["short"] for key, value in values.items()},
        "labels": [
            speaker.axis("outcome", "label"),
            speaker.axis("acts", "label"),
            label("next"),
            label("recipients"),
            label("more_case"),
            *(words.get("verdict", name).text for name in ("delayed", "over", "again")),
        ],
        "certainty": {
            "known": label("certainty_known"),
            "text": label("certainty_text"),
            "code": label("certainty_code"),
            "unknown": label("certainty_unknown"),
            "none": label("explained_none"),
        },
    }


def _reasons(speaker: Speaker, dataset: Dataset) -> dict[str, list[Any]]:
    """What is said of each reason; what comes after the next step stands on its page.

    Returns:
        By reason: name, sentence, what to do next, retry, acts, number in the list of the page, whether it is final
        where no code came with it, who acts instead with which code, and 1 where a server that was refused for good tries again.
    """
    told = Replies(speaker)
    return {
        key: [
            told.reason(key, "name").text,
            told.reason(key, "summary").text,
            _plain(speaker.words, told.next(key).text),
            reason.retry,
            reason.acts,
            number,
            speaker.reason_verdict(reason, told.next(key))["final"],
            reason.acts_with,
            int(reason.acts == "sending-server" and reason.group != "recipient"),
        ]
        for number, (key, reason) in enumerate(dataset.reasons.items())
    }


def _names(speaker: Speaker, dataset: Dataset) -> dict[str, str]:
    """The names of the refusals that tell no reason by themselves: ``550``, ``.1.0`` for every class, ``4.7.12`` for one."""
    told = dataset.rules["by_code"]
    names: dict[str, str] = {}
    for code in dataset.basic_codes:
        if code[0] in "45" and code not in told:
            names[code] = speaker.entry(dataset.code(code)).name.text
    for detail in dataset.details:
        codes = [f"{digit}{detail[1:]}" for digit in dataset.classes_of(detail) if digit > 2]
        if "-" in detail or detail in told:
            continue
        own = {code: speaker.entry(dataset.code(code)).name.text for code in codes if code not in told}
        names |= {detail[1:]: next(iter(own.values()))} if len(set(own.values())) == 1 else own
    return names


def _sent(speaker: Speaker, dataset: Dataset, own: list[list[str] | None]) -> dict[str, int]:
    """What is written of details that only their senders define: sentence and next step, which are added to ``own``.

    Returns:
        The place in it, by detail and reason.
    """
    found: dict[str, int] = {}
    for code in map(dataset.code, [*named_codes(dataset), *_ranged(speaker)]):
        reason = meant(dataset, code) if isinstance(code, EnhancedCode) else None
        written = sent_texts(speaker.words, code) if reason and isinstance(code, EnhancedCode) else {}
        if reason and written:
            texts: list[str] | None = [
                _plain(speaker.words, written[name].text) if name in written else "" for name in ("summary", "next")
            ]
            # Codes of a range share theirs.
            if texts not in own:
                own.append(texts)
            found[f"{str(code)[1:]}{reason.id}"] = own.index(texts)
    return found


def _told(speaker: Speaker, dataset: Dataset) -> tuple[str, list[list[str] | None]]:
    """What is written of single replies: nothing yet, next step, who acts and when to try again; "" is that of the reason.

    Of software, whose replies are told to those who run it, only what the reason has wrong.

    Returns:
        A letter for each row on record, ``A`` for the first of the texts, and the texts; the first is none.
    """
    texts: list[list[str] | None] = [None]
    places = []
    for row in (row for sender in dataset.senders for row in dataset.replies.get(sender, ())):
        said: list[str] = []
        if row.acts or row.retry or dataset.senders[row.sender].kind == "service":
            own = row_texts(speaker.words, row)
            said = ["", _plain(speaker.words, own["next"].text) if "next" in own else "", row.acts, row.retry]
        while said and not said[-1]:
            said.pop()
        if (one := said or None) not in texts:
            texts.append(one)
        places.append(chr(ord("A") + texts.index(one)))
    return "".join(places), texts


def _ranged(speaker: Speaker) -> list[str]:
    """Each code of the ranges that have words: the box looks for a code and knows no ranges."""
    ranges = [
        code for key in speaker.words.tree("sent") if "-" in key and isinstance(code := parse_code(key), CodeRange)
    ]
    return [
        str(EnhancedCode(own.class_digit, own.subject, number))
        for own in ranges
        for number in range(own.number, own.last + 1)
    ]


def _plain(words: Words, text: str) -> str:
    """Inline Markdown with code spans only: a link becomes its text and address."""
    return _LINK.sub(lambda link: link[1] + prose.aside(words, link[2]), text)
