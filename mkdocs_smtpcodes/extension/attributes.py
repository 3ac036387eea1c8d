"""Directives where no element can stand: in the text of an image, in the words of an abbreviation."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as etree

from .. import directives

if TYPE_CHECKING:
    from ..directives import Found
    from .state import State


def plain(found: Found, raw: str) -> str:
    """A directive as a text: its codes; as it is written where it is wrong."""
    return ", ".join(directives.codes_of(found, raw)) or raw


def expand(root: etree.Element, state: State) -> None:
    """Put codes in the place of the directives in what abbreviations stand for, which no inline pattern reads."""
    for abbreviation in root.iter("abbr"):
        if "<<" not in (title := abbreviation.get("title", "")):
            continue
        for found in reversed(list(directives.find_all(title))):
            raw = title[found.start : found.end]
            # It stands wherever the abbreviation does, and is one directive.
            if not found.escaped and not any(job.raw == raw and not job.block for job in state.jobs):
                state.add(found, raw, block=False)
            said = raw[1:] if found.escaped else plain(found, raw)
            title = f"{title[: found.start]}{said}{title[found.end :]}"
        abbreviation.set("title", title)
