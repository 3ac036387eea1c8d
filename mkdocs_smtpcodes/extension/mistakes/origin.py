"""Where a directive was written: in the file of its page, in a file that the page includes, or by somebody else.

What Python-Markdown gets may be a page with its macros and includes carried out. A writer edits the files, so these are read,
with a mark in each place that may hold something of ours. A wrong guess misreports a line, and never changes what expands.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ... import directives
from . import marking
from .including import Place, Text, appended, body_of, snippet_folders
from .pairing import ANYTHING, paired, repeated_lines

if TYPE_CHECKING:
    from ..state import Page, State, Where

#: An expression, and how many of them are looked at.
_MACRO = re.compile(r"\{\{.{0,1000}?\}\}", re.DOTALL)
_FEW = 100
#: What a page takes from a macro, or from a file that is not found.
ELSEWHERE = "in text that the page takes from elsewhere, such as a macro or another file"


class Origin(NamedTuple):
    """Where a directive was written: "" and None for what is not known; line and column count from 1."""

    file: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        if not self.file:
            return f"line {self.line}" if self.line else ""
        return f"{self.file}:{self.line}" if self.line else self.file


def origin(where: Where, page: Page) -> Origin:
    """The file, as a writer knows it, and the place of a directive."""
    state = where.state
    if where.nth:
        return _of_text(where, page)
    if state.origins is None:
        state.origins = Origins(state, page)
    known = state.origins.in_html if where.html else state.origins.of_jobs
    return Origin(*known[where.number]) if where.number in known else Origin(page.path)


def _of_text(where: Where, page: Page) -> Origin:
    body = body_of(page.source()) or where.state.text
    at = -1
    for _ in range(where.nth):
        at = body.find(where.raw, at + 1)
        if at < 0:
            return Origin(page.path)
    return Origin(page.path, body.count("\n", 0, at) + 1, at - body.rfind("\n", 0, at))


class Origins:
    """The places of all that a page has of ours, found once however many mistakes it has."""

    def __init__(self, state: State, page: Page) -> None:
        self._state = state
        converted = state.text.replace("\r", "")
        self._body = body_of(page.source()) or converted
        folders = [*(page.folders() or [Path()]), *snippet_folders(state.md)]
        # Whether something has filled in what the file has in braces.
        filled = self._body.strip() != converted.strip()
        self._filled = filled
        self._body += appended(state.md)
        self._file = page.path
        self._text = Text(self._body, page.path, folders, filled=filled)
        self._spots = marking.read(str(self._text), state)

    @cached_property
    def of_jobs(self) -> dict[int, Place]:
        """The place of each job, by its number."""
        order = [number for number in self._state.order if not self._state.jobs[number].written]
        keys = marking.keys([self._state.jobs[number] for number in order], self._state)
        places = self._paired(keys, self._spots[0])
        if len(places) < len(keys):
            places |= self._unmet(keys, places)
        return {order[at]: place for at, place in places.items()}

    @cached_property
    def in_html(self) -> dict[int, Place]:
        """The place of each directive in raw HTML."""
        return self._paired([marking.key(raw) for raw in self._state.raw_html], self._spots[1])

    def _paired(self, keys: Sequence[str], spots: Sequence[marking.Spot]) -> dict[int, Place]:
        known = self._text.places
        places = [(spot.key, known[spot.mark]) for spot in spots if spot.mark is not None and spot.mark < len(known)]
        for line, column in self._macros:
            after = ((at, place) for at, (_, place) in enumerate(places) if place[0] == self._file)
            at = next((at for at, place in after if place[1:] > (line, column)), len(places))
            places.insert(at, (ANYTHING, ("", line, column)))
        pairs = enumerate(paired(keys, [key for key, _ in places], lambda at: self._repeats(*places[at])))
        return {at: places[n][1] for at, n in pairs if n is not None and places[n][0] != ANYTHING}

    @cached_property
    def _macros(self) -> list[tuple[int, int]]:
        """Line and column of each expression of a template engine that stands in no directive, as far as there are few."""
        if not self._filled:
            return []
        body = self._body
        taken = [(found.start, found.end) for found in directives.find_all(body)]
        macros = [
            m.start()
            for m in _MACRO.finditer(body)
            if not any(start < m.end() and m.start() < end for start, end in taken)
        ]
        return [(body.count("\n", 0, at) + 1, at - body.rfind("\n", 0, at)) for at in macros[:_FEW]]

    def _repeats(self, key: str, place: Place) -> bool:
        """Whether what stands there may have become several: what is included has its own place each time."""
        # An expression within a directive fills it in; one around it may make several.
        return place[0] != self._file or place[1] in (self._loops if "{{" in key else self._repeated)

    @cached_property
    def _repeated(self) -> set[int]:
        return repeated_lines(self._body)

    @cached_property
    def _loops(self) -> set[int]:
        return repeated_lines(self._body, loops=True)

    def _unmet(self, keys: Sequence[str], known: dict[int, Place]) -> dict[int, Place]:
        """The places of what the page has, where it stands in the container of an extension that is not known here.

        What a macro has made stands nowhere: then the page has more of its like than the file.
        """
        written: dict[str, list[Place]] = defaultdict(list)
        line = position = 0
        for found in directives.find_all(self._body):
            line, position = line + self._body.count("\n", position, found.start), found.start
            column = position - self._body.rfind("\n", 0, position)
            written[marking.key(self._body[position : found.end])].append((self._file, line + 1, column))
        met = Counter(marking.key(self._state.text[f.start : f.end]) for f in directives.find_all(self._state.text))
        taken = {place[:2] for place in known.values()}
        places = {}
        for at, key in enumerate(keys):
            left = [place for place in written[key] if place[:2] not in taken] if len(written[key]) >= met[key] else []
            if at not in known and left:
                places[at] = left[0]
                taken.add(left[0][:2])
        return places
