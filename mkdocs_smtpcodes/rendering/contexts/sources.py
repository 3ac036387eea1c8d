"""The sections of standards that a section leads to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...dataset import Entry
from ..links import rfc_url


def sources(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """The sections behind the codes, the defining ones first, each with the codes that it is about."""
    defining = [entry.profile.sources[0] for entry in entries if entry.profile.sources]
    every = [source for entry in entries for source in entry.profile.sources]
    return [
        {
            "text": source,
            "url": rfc_url(source),
            "codes": [entry.key for entry in entries if source in entry.profile.sources],
        }
        for source in dict.fromkeys([*defining, *every])
    ]
