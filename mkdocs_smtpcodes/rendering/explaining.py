"""A raw reply, explained in the words of one language: its parts marked, its reason, and what to do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup

from ..dataset import UnknownCode, explain
from ..dataset.model import Entry, Reason, Row, Text, Value
from ..dataset.sender_meanings import services
from ..dataset.texts import row_texts, service_text
from ..recognition.folding import fold
from . import prose
from .replies import Replies, ToldRow

if TYPE_CHECKING:
    from ..recognition import Explanation
    from ..recognition.redacting import Redactor
    from .speaker import Speaker

#: A text that is longer is cut for showing; what is explained is read from all of it.
LONGEST = 20_000
#: The texts of a reason, each with that of an entry which says it of one code.
_SENT = {"summary": "summary", "received": "fix_received", "sending": "fix_sending"}
#: Where a reply is of one of these groups, whoever sends it is the one to ask.
_ASKED = {"reputation", "content"}
_ADDRESS = re.compile(r"https?://[^)\s]+")
_KINDS = {"code": "part_code", "enhanced": "part_enhanced", "words": "part_text"}


class Part(NamedTuple):
    """A stretch of the text as it is shown. ``kind`` is "" between the parts that are marked."""

    kind: str
    text: str
    label: str


class Recipient(NamedTuple):
    """A recipient of a report in a line: the address, redacted, the code, the verdict in a word or two, and the reason."""

    address: str
    code: str
    digit: int
    badge: str
    reason: Text


class Explained(NamedTuple):
    """What the template is given.

    Attributes:
        explanation: what recognition found.
        parts: the text as it is shown, redacted.
        entry: the entry of the code, None where there is none.
        digit: the class of the code, 0 where there is none, 5 where the sending server has given up.
        badge: the verdict in a word or two, "" where there is no code.
        answer: the verdict: final, acts, next.
        reason: the texts of the reason by name; empty where none is known.
        certainty: how sure this is, and who is on record.
        row: the reply on record, None where it is none.
        seen: where it was seen, and when.
        place: the command that it answers, "" where the text does not say.
        recipients: those of a report of several, the worst first, which is the one that is explained.
        contradicts: whether the registry means something else by the code, so that its name would mislead.
        sending: the label over what the sending side has to do: that of a server, or of an organisation at a service.
    """

    explanation: Explanation
    parts: tuple[Part, ...]
    entry: Entry | None
    digit: int
    badge: str
    answer: dict[str, Any]
    reason: dict[str, Text]
    reason_link: Markup
    certainty: Markup
    row: ToldRow | None
    seen: Markup
    place: Markup
    recipients: tuple[Recipient, ...]
    contradicts: bool = False
    sending: str = "fix_sending"


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
    digit = _digit(found)
    row = next((row for row in dataset.replies.get(found.sender, ()) if row.number == found.row), None)
    reason = _reason(found, row, speaker)
    served, whole = _services(found, entry, speaker), fold(text[:LONGEST])
    words = (
        {part: told.reason(found.reason, part) for part in ("name", "summary", "received", "sending")} if reason else {}
    )
    if reason:
        answer = speaker.reason_verdict(reason, told.next(reason.id), digit, found.enhanced)
        # Who acts is said of the reply, whatever the sending server made of it.
        acts = speaker.who_acts(reason, _own_digit(found), found.enhanced)
        answer["acts"] = speaker.short("acts", Value(acts))
        words["received"] = told.rest(reason.id, found, whole, over=_given_up(found, speaker))
        if served:
            words["sending"] = service_text(speaker.words, reason.id, served)
        own = told.sent(found.enhanced, reason.id) | (row_texts(speaker.words, row) if row else {})
        answer["next"] = own.get("next", answer["next"])
        words |= {part: own[name] for part, name in _SENT.items() if name in own}
        contact = told.head(found.sender, "contact") if reason.group in _ASKED else None
        said = f"{answer['next'].text}\n{words['received'].text}"
        if contact and not any(address in said for address in _ADDRESS.findall(contact.text)):
            words["received"] = contact._replace(text=f"{words['received'].text}\n\n{contact.text}".strip())
    else:
        answer = speaker.verdict(entry) if entry else {}
    if _waits(found, whole):
        # Nothing is to be done, whatever the reply asks for, and above all no second copy sent.
        answer = {
            "final": speaker.words.get("verdict", "final", 4, "later").text,
            "acts": speaker.short("acts", Value("sending-server")),
            "next": speaker.words.get("verdict", "delayed"),
        }
        if reason:
            following, rest = told.next(reason.id), told.rest(reason.id, found, whole)
            words["received"] = following._replace(text=f"{following.text}\n\n{rest.text}".strip())
        elif found.certainty == "code":
            entry = None  # it would tell of a queue time that is over
    elif answer and _given_up(found, speaker):
        answer |= _over(reason, found, told)
    digit, badge = _badge(found, speaker)
    keep = sender.hosts if sender else ()
    return Explained(
        found,
        tuple(_parts(text, found, speaker, redactor, keep)),
        entry,
        digit,
        badge,
        answer,
        words,
        told.reason_link(found.reason) if reason else Markup(""),
        _certainty(found, entry, told),
        told.told(row) if row else None,
        told.seen(row.source, row.date) if row else Markup(""),
        speaker.place(found.stage) if found.stage in dataset.commands else Markup(""),
        tuple(_brief(one, told, redactor) for one in (found, *found.others)) if found.others else (),
        bool(row and row.differs),
        "fix_service" if served else "fix_sending",
    )


def _reason(found: Explanation, row: Row | None, speaker: Speaker) -> Reason | None:
    """The reason of a reply; a row may know better who has to act, and whether waiting helps."""
    reason = speaker.dataset.reasons.get(found.reason)
    if not (reason and row and (row.acts or row.retry)):
        return reason
    acts_with = {} if row.acts else reason.acts_with
    return reason._replace(retry=row.retry or reason.retry, acts=row.acts or reason.acts, acts_with=acts_with)


def _services(found: Explanation, entry: Entry | None, speaker: Speaker) -> tuple[str, ...]:
    """The service that sent a reply, or those that alone send its code; empty where a server did."""
    sender = speaker.dataset.senders.get(found.sender)
    if sender:
        return (sender.id,) if sender.kind == "service" else ()
    return services(speaker.dataset, entry.code) if entry and entry.profile.by_services else ()


def _brief(found: Explanation, told: Replies, redactor: Redactor | None) -> Recipient:
    """A recipient of a report in a line."""
    address = redactor.redact(found.recipient) if redactor is not None else found.recipient
    digit, badge = _badge(found, told.speaker)
    name = told.reason(found.reason, "name") if found.reason else Text("", told.speaker.lang)
    return Recipient(address, found.code, digit, badge, name)


def _badge(found: Explanation, speaker: Speaker) -> tuple[int, str]:
    """The class of a reply and its word; of a message that nobody tries to deliver any more that it is over."""
    if _given_up(found, speaker):
        return 5, speaker.words.get("verdict", "over").text
    digit = _digit(found)
    return digit, speaker.class_word(digit) if digit else ""


def _digit(found: Explanation) -> int:
    """The class of a reply; a refusal for good that the sending server has put off (``status=deferred``) is one for now."""
    return min(_own_digit(found), 4 if found.action == "delayed" else 5)


def _own_digit(found: Explanation) -> int:
    return int((found.basic or found.enhanced or "0")[0])


def _waits(found: Explanation, whole: str) -> bool:
    """Whether a notice says that the message is still queued; a line of a log tells its operator, who looks for the cause."""
    return found.action == "delayed" and " status deferred " not in whole


def _given_up(found: Explanation, speaker: Speaker) -> bool:
    """Whether nobody tries again: the sending server has stopped, or was refused for good what it tries again by itself."""
    digit, reason = _digit(found), speaker.dataset.reasons.get(found.reason)
    if found.reason == "expired" or (digit == 4 and found.action == "failed"):
        return True
    return bool(digit == 5 and reason and reason.acts == "sending-server" and reason.group != "recipient")


def _over(reason: Reason | None, found: Explanation, told: Replies) -> dict[str, Any]:
    """What changes in an answer where nobody tries again, whatever the reply said then.

    What a reason asks for stays, but waiting for the next attempt is over.
    """
    if reason is None:
        acts, following = told.dataset.reasons["expired"].acts, told.next("expired")
    else:
        acts, following = told.speaker.who_acts(reason, 5, found.enhanced), None
        if acts == "sending-server":
            acts, following = "sending-admin", told.words.get("verdict", "again")
    over = {"final": told.words.get("verdict", "given_up").text, "acts": told.speaker.short("acts", Value(acts))}
    return {**over, "next": following} if following else over


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
    if found.reason or found.certainty == "text":
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
