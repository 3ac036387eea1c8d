"""The reply code that stands beside what is told of a whole reply."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ...codes import Code
from ...dataset import Entry

if TYPE_CHECKING:
    from ..speaker import Speaker


def beside(code: Code, told: Iterable[Entry], speaker: Speaker) -> Entry | None:
    """The entry of a reply code, where its summary is not that of what is told already."""
    entry = speaker.entry(code)
    return None if any(other.summary == entry.summary for other in told) else entry
