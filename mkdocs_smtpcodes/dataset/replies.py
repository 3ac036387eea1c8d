"""Replies on record, their senders and their reasons, from facts to typed values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .model import Reason, Row, Sender


def senders_of(facts: Mapping[str, Any]) -> dict[str, Sender]:
    """The senders of ``facts/replies``."""
    return {
        key: Sender(
            key,
            item["name"],
            item["kind"],
            tuple(item.get("hosts") or ()),
            tuple(item.get("marks") or ()),
            item.get("documentation", ""),
        )
        for key, item in facts.get("senders", {}).items()
    }


def replies_of(facts: Mapping[str, Any]) -> dict[str, tuple[Row, ...]]:
    """The rows of each sender, in their order."""
    return {
        sender: tuple(_row(sender, number, item) for number, item in enumerate(rows))
        for sender, rows in facts.get("replies", {}).items()
    }


def _row(sender: str, number: int, item: Mapping[str, Any]) -> Row:
    texts = {
        key: str(item[key]) for key in ("text", "tag", "setting", "default", "help", "source", "date") if key in item
    }
    codes = tuple(str(code) for code in item.get("codes", ()))
    return Row(sender, number, item["reason"], codes, differs=bool(item.get("differs")), **texts)


def reasons_of(facts: Mapping[str, Any]) -> dict[str, Reason]:
    """The reasons of ``facts/reasons.yml``, in their order."""
    return {
        key: Reason(
            key,
            item.get("group", ""),
            item.get("acts", ""),
            item.get("retry", ""),
            tuple(str(code) for code in item.get("codes", ())),
            {name: tuple(names) for name, names in item.get("elsewhere", {}).items()},
            tuple(item.get("sources", ())),
        )
        for key, item in facts.get("reasons", {}).items()
    }


def layered(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of replies with a site's own over them: its senders replace ours, its rows come before ours."""
    replies = dict(base.get("replies", {}))
    for sender, rows in own.get("replies", {}).items():
        replies[sender] = [*rows, *replies.get(sender, ())]
    return {**base, "senders": {**base.get("senders", {}), **own.get("senders", {})}, "replies": replies}
