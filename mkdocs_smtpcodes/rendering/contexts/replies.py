"""What the templates of `smtp_replies`, `smtp_explain` and `smtp_lookup` are given."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ...dataset.naming import former_names
from ...dataset.senders import sender_meant, sender_of
from ...directives import Directive, Mistakes
from ...suggestions import nearest, takes
from .. import prose
from ..links import anchor
from ..replies import Replies, ToldRow
from ..unknown_names import no_reason

if TYPE_CHECKING:
    from ...dataset import Dataset
    from ...dataset.model import LeftOut, Row
    from ..explaining import Explained
    from ..renderer import Renderer
    from ..speaker import Speaker


def replies(renderer: Renderer, directive: Directive, speaker: Speaker) -> dict[str, Any]:
    """The replies of a sender, with a code, for a reason or of a setting."""
    dataset, told = renderer.dataset, Replies(speaker)
    reason, setting = str(directive.options.get("reason", "")), str(directive.options.get("setting", ""))
    label = speaker.words.label
    asked = _asked(renderer, directive)
    rows, name, title, about = (
        [row for found in dataset.replies.values() for row in found],
        "smtp-replies",
        label("replies_all"),
        [],
    )
    if asked in dataset.senders:
        rows = [row for row in rows if row.sender == asked]
        name, title = f"smtp-sender-{asked}", _titled(label("replies_sender"), sender=told.sender_name(asked))
        about.append(f"sender:{asked}")
    elif asked:
        (code,) = renderer.codes(directive)
        rows = list(dataset.replies_to(code))
        name, title = f"smtp-replies-{anchor(asked)}", _titled(label("replies_code"), code=asked)
        about.append(asked)
    if reason:
        if reason not in dataset.reasons:
            _spared(directive, dataset.gone("reasons", reason))
            mend = no_reason(reason, dataset, speaker.words.lang) or takes(reason, tuple(dataset.reasons))
            mend = mend or "; write one such as relay-denied"
            raise Mistakes([f"{directive.name}: reason={reason} is unknown{mend}"])
        rows = [row for row in rows if row.reason == reason]
        if not asked and not setting:
            name, title = f"smtp-reason-{reason}", told.reason(reason, "name").text
            about.append(f"reason:{reason}")
    if setting:
        wanted = setting.casefold()
        rows = [row for row in rows if wanted in row.setting.casefold()]
        name, title = f"{name}-{anchor(setting)}", _titled(label("replies_setting"), setting=setting)
    rows = sorted(rows, key=told.aged)
    if asked in dataset.senders and not reason:
        # What people meet comes first; the order of the file is that of the sender's own page.
        place = {key: (MET.index(reason.met), number) for number, (key, reason) in enumerate(dataset.reasons.items())}
        rows.sort(key=lambda row: place.get(row.reason, (len(MET), 0)))
    whole = name.startswith("smtp-reason-")
    if not rows and not whole:
        for kind in ("replies", "senders", "reasons"):
            _spared(directive, dataset.gone(kind))
        raise Mistakes([f"{directive.name}: {_no_reply(asked, reason, setting, dataset)}"])
    found = dataset.reasons.get(reason) if whole else None
    by_sender = asked not in dataset.senders
    grouped = "sender" if by_sender else "" if reason else "reason"
    return {
        "id": re.sub(r"[^\w-]+", "-", name),
        "former_id": " ".join(old for key in about for old in former_names(key, dataset)),
        "codes": about,
        "shown": list(
            dict.fromkeys([*(code for code in about if ":" not in code), *(code for row in rows for code in row.codes)])
        ),
        "title": title,
        "reason": found,
        "texts": {part: told.reason(reason, part) for part in REASON_PARTS} | {"received": told.rest(reason)}
        if whole
        else {},
        "answer": speaker.reason_verdict(found, told.next(reason)) if found else {},
        "columns": [
            key
            for key in ROW_COLUMNS
            if key not in {"sender", grouped}
            and (key != "reason" or not reason)
            and (key != "setting" or any(row.setting for row in rows))
        ],
        # What one sender refuses for, and where it says so itself.
        "meant": [
            {"key": key, "name": told.reason(key, "name"), "link": told.reason_link(key)}
            for key in dict.fromkeys(r.reason for r in rows)
        ]
        if not (by_sender or reason)
        else [],
        "about": told.head(asked, "about"),
        "contact": told.head(asked, "contact"),
        "documentation": "" if by_sender else dataset.senders[asked].documentation,
        "rows": [told.told(row) for row in rows],
        "grouped": _groups(rows, grouped, told),
    }


def _no_reply(asked: str, reason: str, setting: str, dataset: Dataset) -> str:
    """The message about conditions that no reply on record meets."""
    if bool(asked) + bool(reason) + bool(setting) > 1:
        return "no reply on record fits all of this; leave out one of the conditions"
    if asked:
        return f"no reply on record has {asked}; << smtp_code({asked}) >> says what the code means"
    known = {
        name for rows in dataset.replies.values() for row in rows for name in re.split(r"[\s,;=:()]+", row.setting)
    }
    mend = nearest(setting, known - {""}, 0.7) or "; leave it out for all replies"
    return f"no reply on record has the setting {setting}{mend}"


def _spared(directive: Directive, left_out: LeftOut | None) -> None:
    """Show, and do not tell again, what is missing for a mistake of a data file.

    Raises:
        Mistakes: it is missing for one, which has its own message.
    """
    if left_out:
        raise Mistakes([], [f"{directive.name}: {left_out.message}"])


def _groups(rows: list[Row], key: str, told: Replies) -> list[dict[str, Any]]:
    """The rows of one sender or one reason after each other, so that it is named once above them."""
    found: dict[str, list[ToldRow]] = {}
    for row in rows:
        found.setdefault(getattr(row, key) if key else "", []).append(told.told(row))
    return [{"key": of, "name": getattr(own[0], key) if key else "", "rows": own} for of, own in found.items()]


def _asked(renderer: Renderer, directive: Directive) -> str:
    """The code, or the key of the sender, whose replies are asked for.

    Raises:
        Mistakes: it is neither.
    """
    written, dataset = directive.codes[0] if directive.codes else "", renderer.dataset
    if not written or written[0].isdigit() or written in dataset.site_codes:
        return written
    if sender := sender_of(written, dataset):
        return sender
    try:
        return str(renderer.codes(directive)[0])  # an id of the site's own, in another case
    except Mistakes as mistakes:
        if mistakes.known:
            raise
    _spared(directive, dataset.gone("senders", written))
    if written in dataset.reasons:
        raise Mistakes([f"{directive.name}: {written} is a reason; write << smtp_replies(reason={written}) >>"])
    if near := sender_meant(written, dataset):
        raise Mistakes([f"{directive.name}: {written} is not a sender; did you mean {near}?"])
    if any(character.isdigit() for character in written):
        renderer.codes(directive)
    taken = "it takes a code, or a sender such as gmail, postfix or exchange-online"
    raise Mistakes([f"{directive.name}: {written} is not a sender; {taken}"])


#: How often a reason is met, in the order of the lists.
MET = ("often", "sometimes", "rarely")
REASON_PARTS = ("name", "summary", "received", "sending", "recognise")
ROW_COLUMNS = ("sender", "code", "text", "reason", "setting", "source")


def _titled(label: str, **values: str) -> str:
    return prose.fill_plain(label, values)


def explain(renderer: Renderer, directive: Directive, speaker: Speaker) -> dict[str, Any]:
    """A raw reply with its parts marked, its reason, and what to do."""
    (text,) = directive.codes
    from ..explaining import explained  # noqa: PLC0415 (only where a reply is explained)

    told = explained(text, speaker, None if directive.options.get("redact") is False else renderer.redactor)
    title = speaker.words.label("explained")
    return {
        "id": "smtp-explained",
        "codes": [],
        "shown": _named(told),
        "title": title,
        "told": told,
        "class_word": speaker.class_word,
        "status_word": speaker.status_word,
    }


def _named(told: Explained) -> list[str]:
    """What an explained reply names: its code, its reason, and who sends it."""
    found = told.explanation
    return [
        *([told.entry.key] if told.entry else []),
        *([f"reason:{found.reason}"] if found.reason else []),
        *([f"sender:{found.sender}"] if found.sender else []),
    ]


def lookup(renderer: Renderer, directive: Directive, speaker: Speaker) -> dict[str, Any]:
    """A box to paste a reply into; without a script it is a list of the reasons."""
    told = Replies(speaker)
    return {
        "id": "smtp-lookup",
        "codes": [],
        "title": speaker.words.label("lookup"),
        "shown": [f"reason:{key}" for key in renderer.dataset.reasons],
        "reasons": [
            {"name": told.reason(key, "name"), "summary": told.reason(key, "summary"), "link": told.reason_link(key)}
            for key in renderer.dataset.reasons
        ],
    }
