"""A raw reply, explained in the words of one language: its parts marked, its reason, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup

from ..dataset import UnknownCode, explain
from ..dataset.model import Entry, Text, Value
from ..dataset.texts import service_text
from ..recognition.folding import fold
from . import prose
from .replies import Replies, ToldRow

if TYPE_CHECKING:
    from ..recognition import Explanation
    from ..recognition.redacting import Redactor
    from .speaker import Speaker

#: A text that is longer is cut for showing; what is explained is read from all of it.
LONGEST = 20_000
#: What reports say when the sending server has stopped trying, as words of ``fold``.
_GIVEN_UP = (
    " expired ", " given up ", " giving up ", " retry timeout exceeded ", " could not be delivered ", " is undeliverable ",
    " have been failing for a long time ",
)  # fmt: skip
#: The texts of a reason, each with that of an entry which says it of one code.
_SENT = {"summary": "summary", "received": "fix_received", "sending": "fix_sending"}
_KINDS = {"code": "part_code", "enhanced": "part_enhanced", "words": "part_text"}


class Part(NamedTuple):
    """A stretch of the text as it is shown. ``kind`` is "" between the parts that are marked."""

    kind: str
    text: str
    label: str


class Explained(NamedTuple):
    """What the template is given.

    Attributes:
        explanation: what recognition found.
        parts: the text as it is shown, redacted.
        entry: the entry of the code, None where there is none.
        digit: the class of the code, 0 where there is none.
        answer: the verdict: final, acts, next.
        reason: the texts of the reason by name; empty where none is known.
        certainty: how sure this is, and who is on record.
        row: the reply on record, None where it is none.
        place: the command that it answers, "" where the text does not say.
        others: how many recipients the report has besides.
        contradicts: whether the registry means something else by the code, so that its name would mislead.
    """

    explanation: Explanation
    parts: tuple[Part, ...]
    entry: Entry | None
    digit: int
    answer: dict[str, Any]
    reason: dict[str, Text]
    reason_link: Markup
    certainty: Markup
    row: ToldRow | None
    place: Markup
    others: str
    contradicts: bool = False


def explained(text: str, speaker: Speaker, redactor: Redactor | None) -> Explained:
    """Explain a raw reply.

    Args:
        text: the text as a writer pasted it.
        speaker: speaks the language, with its dataset.
        redactor: takes out what identifies people; None where the text is shown as it is.
    """
    dataset, told = speaker.dataset, Replies(speaker)
    found = explain(text, dataset)
    sender = dataset.senders.get(found.sender)
    entry = _entry(found, speaker)
    digit = int((found.basic or found.enhanced or "0")[0])
    row = next((row for row in dataset.replies.get(found.sender, ()) if row.number == found.row), None)
    reason = dataset.reasons.get(found.reason)
    words = (
        {part: told.reason(found.reason, part) for part in ("name", "summary", "received", "sending")} if reason else {}
    )
    if reason:
        answer = speaker.reason_verdict(reason, told.next(reason.id), digit, found.enhanced)
        words["received"] = told.rest(reason.id)
        if sender and sender.kind == "service":
            words["sending"] = service_text(speaker.words, reason.id, [sender.id])
        own = told.sent(found.enhanced, reason.id)
        answer["next"] = own.get("next", answer["next"])
        words |= {part: own[name] for part, name in _SENT.items() if name in own}
    else:
        answer = speaker.verdict(entry) if entry else {}
    if answer and _given_up(found, text, digit):
        # Whatever the reply said then, nobody tries again.
        answer = {
            "final": speaker.words.get("verdict", "given_up").text,
            "acts": speaker.short("acts", Value("sending-admin")),
            "next": told.next("expired"),
        }
    keep = sender.hosts if sender else ()
    return Explained(
        found,
        tuple(_parts(text, found, speaker, redactor, keep)),
        entry,
        digit,
        answer,
        words,
        told.reason_link(found.reason) if reason else Markup(""),
        _certainty(found, entry, told),
        told.told(row) if row else None,
        speaker.place(found.stage) if found.stage in dataset.commands else Markup(""),
        str(len(found.others)) if found.others else "",
        bool(row and row.differs),
    )


def _given_up(found: Explanation, text: str, digit: int) -> bool:
    """Whether a refusal for now has become one for good, because the sending server has stopped trying."""
    if found.reason == "expired":
        return True
    if digit != 4 or found.action == "delayed":
        return False
    return found.action in {"failed", "expired"} or any(word in fold(text[:LONGEST]) for word in _GIVEN_UP)


def _entry(found: Explanation, speaker: Speaker) -> Entry | None:
    """The entry of the most exact code that is known."""
    for written in (found.code, found.enhanced, found.basic):
        try:
            if written:
                return speaker.entry(speaker.dataset.code(written))
        except UnknownCode:
            continue
    return None


def _certainty(found: Explanation, entry: Entry | None, told: Replies) -> Markup:
    label = told.words.label
    if found.certainty == "known":
        return prose.fill(label("certainty_known"), {"sender": told.sender_link(found.sender)})
    if found.reason:
        return prose.inline(label(f"certainty_{found.certainty}"))
    # Its entry stands beside it: only of a code that no list has is nothing known.
    known = entry is not None and "unregistered" not in entry.profile.notes
    return prose.inline(label("certainty_code" if known else "certainty_unknown"))


def _parts(
    text: str, found: Explanation, speaker: Speaker, redactor: Redactor | None, keep: Sequence[str]
) -> list[Part]:
    shown = text[:LONGEST]
    if redactor is not None:
        redactor.learn(text)
    parts, position = [], 0

    def add(kind: str, piece: str) -> None:
        if piece:
            clean = redactor.redact(piece, keep) if redactor is not None else piece
            parts.append(Part(kind, clean, speaker.words.label(_KINDS[kind]) if kind else ""))

    for span in sorted(found.spans, key=lambda span: span.start):
        if span.start < position or span.end > len(shown):
            continue
        add("", shown[position : span.start])
        add(span.kind if span.kind in _KINDS else "", shown[span.start : span.end])
        position = span.end
    add("", shown[position:])
    if len(text) > LONGEST:
        parts.append(Part("", "\n…", ""))
    return parts
