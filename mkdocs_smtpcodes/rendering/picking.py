"""Which of many replies on record are shown, in which order, and which of their texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..dataset.model import Row

#: How many texts an entry names for each reason.
MOST_TEXTS = 3
#: A text of a reply that is longer does not help to recognise it at a glance.
LONG = 70
#: How often people meet the replies of a sender, roughly; of all others less.
MET = {
    "gmail": 6, "exchange-online": 6, "postfix": 6, "outlook": 4, "yahoo": 4, "exim": 4, "exchange": 3, "sendmail": 2,
    "postgrey": 2, "dovecot": 2, "icloud": 2, "amazon-ses": 1,
}  # fmt: skip
_GAP = re.compile(r"\{[a-z_0-9]+\}")


def shown(text: str) -> str:
    """The text of a reply as a reader sees it: three dots for what varies."""
    return _GAP.sub("…", text)


def varied(rows: Iterable[Row]) -> list[Row]:
    """The rows so that each sender has its first before any has its second; rows with a text before those without."""
    queue: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda row: (not row.text, -MET.get(row.sender, 0), row.seldom)):
        own = queue.setdefault(row.sender, [])
        if row.text:
            new = all(shown(row.text) != shown(other.text) for other in own)
        else:
            # A row without words adds nothing to one with words for the same codes.
            new = bool(row.tag) or not any(set(row.codes) <= set(other.codes) for other in own)
        if new:
            own.append(row)
    listed = []
    while queue:
        for sender in list(queue):
            listed.append(queue[sender].pop(0))
            if not queue[sender]:
                del queue[sender]
    return listed


def by_turns(rows: Iterable[Row]) -> list[str]:
    """The texts of rows, short ones first: of each sender its commonest, before any has a second; the much met senders begin."""
    own: dict[str, list[str]] = {}
    for row in sorted(rows, key=lambda row: (row.seldom, -MET.get(row.sender, 0.5), len(shown(row.text)), row.text)):
        if text := shown(row.text) or row.tag:
            own.setdefault(row.sender, []).append(text)
    most = max(map(len, own.values()), default=0)
    turns = (texts[turn] for turn in range(most) for texts in own.values() if texts[turn:])
    return sorted(dict.fromkeys(turns), key=lambda text: len(text) > LONG)


def telling(texts: Sequence[str]) -> list[str]:
    """A few texts of which none holds another."""
    chosen: list[str] = []
    for text in texts:
        if len(text) > 8 and not any(other.lower() in text.lower() for other in chosen):
            chosen.append(text)
        if len(chosen) == MOST_TEXTS:
            break
    return chosen or list(texts[:1])
