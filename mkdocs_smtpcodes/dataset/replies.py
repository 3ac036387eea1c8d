"""Replies on record: who sends which text for which reason. Facts only; what is said of a reason stands in the words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from ..codes import BASIC, Code, Reply, SiteCode


class Sender(NamedTuple):
    """A server or service whose replies are on record.

    Attributes:
        id: the name of its file, such as ``gmail``.
        name: its proper name, the same in every language.
        kind: ``service`` or ``software``.
        hosts: the domains of its mail hosts, for a service.
        documentation: its own page about its replies, or "".
    """

    id: str
    name: str
    kind: str
    hosts: tuple[str, ...] = ()
    documentation: str = ""


class Row(NamedTuple):
    """A reply on record.

    Attributes:
        sender: the id of who sends it.
        reason: why it is sent, an id of ``facts/reasons.yml``.
        codes: the codes that it comes with, as written: ``550``, ``5.7.1``, ``550 5.7.1``, ``5.7.606-649``; empty for any.
        text: the literal by which it is recognised, ``{name}`` for each variable part; "" where the code or the tag says all.
        tag: a token that identifies it alone, such as ``TSS04``.
        setting: the setting or component that emits it, for software.
        default: its default.
        help: the help address that the text carries.
        differs: whether the registry gives the code another meaning.
        source: the page, or the file of the source tree.
        date: when that was seen, ``YYYY-MM-DD``.
    """

    sender: str
    reason: str
    codes: tuple[str, ...] = ()
    text: str = ""
    tag: str = ""
    setting: str = ""
    default: str = ""
    help: str = ""
    differs: bool = False
    source: str = ""
    date: str = ""


class Reason(NamedTuple):
    """Why a server refuses.

    Attributes:
        id: the identifier, an interface.
        group: recipient, sender, access, authentication, reputation, content, server, protocol or success.
        acts: who has to act first (the values of the axis of that name).
        retry: whether the same message helps, sent again (the values of the axis of that name).
        codes: what it usually comes with, the commonest first.
        elsewhere: its names in other vocabularies, approximately.
        sources: the RFC sections or pages that define it.
    """

    id: str
    group: str
    acts: str
    retry: str
    codes: tuple[str, ...] = ()
    elsewhere: Mapping[str, Sequence[str]] = {}
    sources: tuple[str, ...] = ()


def senders(raw: Mapping[str, Mapping[str, Any]]) -> dict[str, Sender]:
    """The senders by id."""
    return {
        key: Sender(key, item["name"], item["kind"], tuple(item.get("hosts") or ()), item.get("documentation") or "")
        for key, item in raw.items()
    }


def reasons(raw: Mapping[str, Mapping[str, Any]]) -> dict[str, Reason]:
    """The reasons by id."""
    return {
        key: Reason(
            key,
            item["group"],
            item["acts"],
            item["retry"],
            tuple(item.get("codes") or ()),
            item.get("elsewhere") or {},
            tuple(item.get("sources") or ()),
        )
        for key, item in raw.items()
    }


def rows(raw: Mapping[str, Iterable[Mapping[str, Any]]]) -> tuple[Row, ...]:
    """All rows, those of a sender together and in their order."""
    return tuple(
        Row(
            sender,
            item["reason"],
            tuple(map(str, item.get("codes") or ())),
            item.get("text") or "",
            str(item.get("tag") or ""),
            str(item.get("setting") or ""),
            str(item.get("default") or ""),
            item.get("help") or "",
            bool(item.get("differs")),
            item.get("source") or "",
            str(item.get("date") or ""),
        )
        for sender, items in raw.items()
        for item in items
    )


def serves(row: Row, code: Code) -> bool:
    """Whether a row is about a code: its own code, or for a reply code or an enhanced code any reply that holds it."""
    whole = code.reply if isinstance(code, SiteCode) else code
    if isinstance(whole, Reply):
        basic, enhanced = str(whole.basic), str(whole.enhanced)
        return any(
            _holds(own_enhanced, enhanced) and own_basic in ("", basic)
            for own_basic, own_enhanced in map(_split, row.codes)
            if own_enhanced
        )
    wanted = str(whole)
    place = 0 if BASIC.fullmatch(wanted) else 1
    return any(_holds(_split(written)[place], wanted) for written in row.codes)


def _split(written: str) -> tuple[str, str]:
    """``550 5.7.606-649`` as reply code and enhanced code or range, "" for what is not there."""
    first, _, second = written.partition(" ")
    return (first, second) if BASIC.fullmatch(first) else ("", first)


def _holds(written: str, code: str) -> bool:
    """Whether a code is the one written, or lies in the range that is."""
    if written == code:
        return True
    first, dash, last = written.partition("-")
    if not dash or code.count(".") != 2:
        return False
    head, _, number = first.rpartition(".")
    own_head, _, own_number = code.rpartition(".")
    return head == own_head and int(number) <= int(own_number) <= int(last)
