"""Replies on record, their senders and their reasons, from facts to typed values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from ..codes import BasicCode, Code, CodeRange, EnhancedCode, Reply, SiteCode, parse_code
from . import loading
from .model import Reason, Row, Sender


@cache
def package_replies() -> Mapping[str, Any]:
    """What the package has on record, read once."""
    return loading.replies()


@cache
def package_senders() -> Mapping[str, Any]:
    """The senders of the package, and of their replies those that differ from the registry; read once."""
    return loading.senders()


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
    keys = ("text", "tag", "setting", "default", "help", "source", "date", "met", "told", "acts", "retry")
    texts = {key: str(item[key]) for key in keys if key in item}
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
            item.get("met", "sometimes"),
            item.get("acts_with", {}),
        )
        for key, item in facts.get("reasons", {}).items()
    }


def layered(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of replies with a site's own over them: its senders replace ours, its rows come before ours."""
    replies, theirs = dict(base.get("replies", {})), own.get("replies", {})
    first = {sender: [*rows, *replies.pop(sender, ())] for sender, rows in theirs.items()}
    return {**base, "senders": {**base.get("senders", {}), **own.get("senders", {})}, "replies": {**first, **replies}}


class ByCode:
    """Rows by the codes that they are sent with, so that a whole reference asks in no more than their number."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = tuple(rows)
        self._found: dict[str, dict[int, None]] = {}
        #: The reply code before them, if any, the range or the code itself, and the number of the row.
        self._ranges: list[tuple[BasicCode | None, EnhancedCode, int]] = []
        self._single: list[tuple[BasicCode | None, EnhancedCode, int]] = []
        for number, row in enumerate(self._rows):
            for written in row.codes:
                basic, enhanced = _parts(written)
                if isinstance(enhanced, CodeRange):
                    self._ranges.append((basic, enhanced, number))
                    self._note(basic or "", number)
                    continue
                if enhanced:
                    self._single.append((basic, enhanced, number))
                # A reply is asked for whole, a code with all replies that hold it, `=` marks an enhanced code that stands alone.
                for key in (written, basic or "", enhanced or "", "" if basic else f"={enhanced}"):
                    self._note(key, number)

    def _note(self, key: object, number: int) -> None:
        if key:
            self._found.setdefault(str(key), {})[number] = None

    def to(self, code: Code) -> tuple[Row, ...]:
        """The rows about a code: its own, or for a reply code or an enhanced code any reply that holds it."""
        whole = code.reply if isinstance(code, SiteCode) else code
        numbers = dict(self._found.get(str(whole), {}))
        basic, enhanced = (whole.basic, whole.enhanced) if isinstance(whole, Reply) else (None, whole)
        if basic:
            numbers |= self._found.get(f"={enhanced}", {})
        if isinstance(enhanced, EnhancedCode):
            # A range holds the codes within it, also where it is the one that is asked for.
            single = self._single if isinstance(enhanced, CodeRange) else []
            for own, written, number in (*self._ranges, *single):
                if (not own or not basic or own == basic) and _holds(written, enhanced):
                    numbers[number] = None
        return tuple(self._rows[number] for number in sorted(numbers))


def _parts(written: str) -> tuple[BasicCode | None, EnhancedCode | None]:
    """``550 5.7.606-649`` as reply code and enhanced code or range, None for what is not there."""
    code = parse_code(written)
    if isinstance(code, Reply):
        return code.basic, code.enhanced
    return (code, None) if isinstance(code, BasicCode) else (None, code if isinstance(code, EnhancedCode) else None)


def _holds(written: EnhancedCode, code: EnhancedCode) -> bool:
    """Whether a code is the one written, or one lies in the range of the other."""
    if isinstance(written, CodeRange):
        return written.holds(code)
    return code.holds(written) if isinstance(code, CodeRange) else written == code
