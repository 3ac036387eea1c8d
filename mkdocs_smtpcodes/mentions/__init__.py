"""Codes in prose: which numbers of a text are codes of SMTP. Pure: no Markdown, no HTML; text in, places out.

The first that holds decides:

1. A number that is part of something else (an amount, a version, a date, an address) is none, nor is one beside a word such as
   ``port``, ``section`` or ``exit code``, nor one that is counted (``250 messages``), nor one of three parts behind a name
   (``Postfix 2.9.5``), a comparison or a word such as ``since``.
2. A whole reply (``550 5.7.1``, RFC 2034 §4) is one where both classes agree, or where a server on record sends it as it is.
3. A basic or enhanced code beside a strong word ("SMTP reply", "bounce", "enhanced status code") is one.
4. Beside a weak word ("error", "code", "response") it is one where the page has a strong word, and the clause does not speak of
   HTTP or of what is of the web, of the exit of a program or of another protocol. Codes that HTTP has too need more: what the
   clause, the sentence and the nearest heading say decides, then the page.
5. So is what a server says: "`554 TLS required`" in inline code or in quotes, and behind "the server said"; and what a sentence
   begins with that says its meaning: "550 means that …".
6. Codes that are named together with one ("450, 451 and 452") are ones too, so is an enhanced code in the sentence of another;
   and one that stands alone in inline code, or with an article, where the same text names another, or the page that one.
7. Under a heading that announces codes ("SMTP reply codes") the number that begins an item or a cell is one.

The words, of all languages at once, are in ``facts/contexts.yml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from .around import ANNOUNCED, CELL, ITEM, NOTHING, Around
from .finding import DOUBTFUL, Finder, Known, Mention, tells_http
from .judging import BARE, REPLY, STRONG, UNKNOWN, WEAK, Page
from .logs import find_in_log
from .words import Words

if TYPE_CHECKING:
    from ..dataset import Dataset

__all__ = [
    "ANNOUNCED", "BARE", "CELL", "DOUBTFUL", "ITEM", "NOTHING", "REPLY", "STRONG", "WEAK", "Around", "Finder", "Known",
    "Mention", "Page", "Words", "find", "find_in_log", "finder", "finder_of", "tells_http", "words",
]  # fmt: skip


@cache
def words() -> Words:
    """The words of the package."""
    from ..dataset import loading  # noqa: PLC0415 (only where codes in prose are looked for)

    return Words(loading.contexts())


@cache
def finder() -> Finder:
    """The finder with the words and the codes of the package."""
    from ..dataset import loading  # noqa: PLC0415 (only where no site's codes are asked for)

    def replies() -> Iterator[Iterable[str]]:
        return (row.get("codes", ()) for rows in loading.replies()["replies"].values() for row in rows)

    return Finder(words(), Known.of(loading.facts()["codes"], replies))


@lru_cache(maxsize=4)
def finder_of(dataset: Dataset) -> Finder:
    """The finder with the codes of a dataset, those of its site too."""

    def replies() -> Iterator[Iterable[str]]:
        return (row.codes for rows in dataset.replies.values() for row in rows)

    return Finder(words(), Known.of(dataset.facts_of_codes, replies))


def find(
    text: str, page: Page = UNKNOWN, *, heading: str = "", around: Around | None = None, doubtful: bool = False
) -> Iterator[Mention]:
    """The codes of a text, in order, with the words and the codes of the package: see :meth:`Finder.find`."""
    return finder().find(text, page, around or Around(heading), doubtful=doubtful)
