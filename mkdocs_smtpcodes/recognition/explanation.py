"""What the recognition hands out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A part of the text as given: ``code``, ``enhanced`` or ``words``, from ``start`` to ``end``."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a raw reply says.

    Attributes:
        code: the most exact code: a whole reply, else an enhanced or a basic code; "" where the text has none.
        text: the server's own words, joined to one line, without the codes.
        reason: why it was refused, an identifier of ``facts/reasons.yml``; "" where nothing says it.
        certainty: ``known`` (a reply on record), ``text`` (its words), ``code`` (nothing but its code), "" (nothing).
        sender: who speaks, a key of ``senders`` in ``facts/replies``; "" where nothing shows it.
        basic: the basic code, or "".
        enhanced: the enhanced code, or "".
        row: the number of the reply on record among those of its sender; -1 where it is none.
        stage: the command that was refused, a key of ``facts/commands.yml``; "" where the text names none.
        action: what a report says has become of the message: ``failed``, ``delayed``, ``relayed`` …; or "".
        recipient: the recipient that a report names, or "".
        spans: where the parts stand in the text as given; none where a part was decoded.
        others: for a report of several recipients, the explanations of the others, worst first.
    """

    code: str = ""
    text: str = ""
    reason: str = ""
    certainty: str = ""
    sender: str = ""
    basic: str = ""
    enhanced: str = ""
    row: int = -1
    stage: str = ""
    action: str = ""
    recipient: str = ""
    spans: tuple[Span, ...] = ()
    others: tuple[Explanation, ...] = ()
