"""What the box in the browser answers with: the rules, and the words of one language."""

from __future__ import annotations

import gzip
import json
import re
from typing import TYPE_CHECKING, Any

from ..dataset import Dataset
from ..recognition.browser import browser_rules
from .replies import Replies

if TYPE_CHECKING:
    from .speaker import Speaker

#: Bytes that the data of a language may have on its way to the reader.
LARGEST = 59_000
_LINK = re.compile(r"\[([^\]]*)\]\((https?://[^)\s]+)\)")


def data_script(speaker: Speaker) -> str:
    """The data of a language as a script of one call, so that it loads from a file and without permission for inline scripts."""
    data = lookup_data(speaker)
    told = _json(data)
    if len(gzip.compress(told.encode())) > LARGEST:
        # What comes after the next step stands on the page of the reason too.
        data["reasons"] = {key: [*texts[:3], "", *texts[4:]] for key, texts in data["reasons"].items()}
        told = _json(data)
    # What may end a script or a line of one.
    told = told.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"smtpLookup({told});\n"


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def lookup_data(speaker: Speaker) -> dict[str, Any]:
    """The rules, and what is said of each reason and class."""
    dataset, words = speaker.dataset, speaker.words
    label = words.label
    values = words.tree("axes", "acts", "values")
    return {
        "lang": speaker.lang,
        "rules": browser_rules(dataset.rules),
        "reasons": _reasons(speaker, dataset),
        "senders": {key: sender.name for key, sender in dataset.senders.items()},
        "classes": {digit: speaker.class_word(digit) for digit in (2, 3, 4, 5)},
        "final": {digit: dict(words.tree("verdict", "final", digit)) for digit in (2, 3, 4, 5)},
        "acts": {key: value["short"] for key, value in values.items()},
        "labels": {
            "final": speaker.axis("outcome", "label"),
            "acts": speaker.axis("acts", "label"),
            "next": label("next"),
            "known": label("certainty_known"),
            "text": label("certainty_text"),
            "code": label("certainty_code"),
            "unknown": label("certainty_unknown"),
            "none": label("explained_none"),
        },
    }


def _reasons(speaker: Speaker, dataset: Dataset) -> dict[str, list[Any]]:
    """All that is said of each reason.

    Returns:
        By reason: name, sentence, what to do next, what then, retry, acts, number in the list of the page, whether it is final
        where no code came with it, and who acts instead with which code.
    """
    told = Replies(speaker)
    return {
        key: [
            told.reason(key, "name").text,
            told.reason(key, "summary").text,
            _plain(told.next(key).text),
            _plain(told.rest(key).text),
            reason.retry,
            reason.acts,
            number,
            speaker.reason_verdict(reason, told.next(key))["final"],
            reason.acts_with,
        ]
        for number, (key, reason) in enumerate(dataset.reasons.items())
    }


def _plain(text: str) -> str:
    """Inline Markdown with code spans only: a link becomes its text and address."""
    return _LINK.sub(r"\1 (\2)", text)
