"""The sections of standards that a section leads to."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Any

from ...dataset import Entry
from ..links import rfc_url


def sources(entries: Sequence[Entry], rare: Container[str] = ()) -> list[dict[str, Any]]:
    """The sections behind the codes, the defining ones first, each with the codes that it is about.

    Args:
        entries: the codes.
        rare: where only the everyday ones are wanted, the commands of rare extensions.
    """
    defining = [entry.profile.sources[0] for entry in entries if entry.profile.sources]
    every = [source for entry in entries for source in entry.profile.sources]
    if rare:
        common = {_document(source) for source in defining}
        answers = [answer for entry in entries for answer in entry.profile.answers]
        # An extension is a parameter or a header: MT-PRIORITY=
        common |= {_document(a.source) for a in answers if a.at not in rare and not a.needs.endswith(("=", ":"))}
        every = [source for source in every if _document(source) in common]
    return [
        {
            "text": source,
            "url": rfc_url(source),
            "codes": [entry.key for entry in entries if source in entry.profile.sources],
        }
        for source in dict.fromkeys([*defining, *every])
    ]


def _document(source: str) -> str:
    """``RFC 5321`` of a section in it."""
    return source.split(" §", maxsplit=1)[0]
