"""Which of the directives that a file holds each directive of its page is, where macros and inclusions have changed the page."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

#: What a template engine fills in before a directive is read.
MACRO = re.compile(r"\\?\{\\?\{.*?\}\\?\}|\{%.*?%\}", re.DOTALL)
#: What a template engine may repeat: a loop, a macro of the page's own, an expression.
_REPEATED = re.compile(r"\{%-?\s*(?P<tag>for|macro|call|filter)\b.*?\{%-?\s*end(?P=tag)\b|\{\{.*?\}\}", re.DOTALL)
#: How many directives with macros in them are looked at for one of the page.
_LOOKED_AT = 50


def paired(
    page: Sequence[str], file: Sequence[str], repeats: Callable[[int], bool] = lambda _: True
) -> list[int | None]:
    """For each directive of a page its place among those of the file, None where it is made by something else.

    Args:
        page: the directives of the page, in its order.
        file: those of the file, in the same order, with their macros.
        repeats: whether one of the file, by its place, may have become several.
    """
    if len(page) == len(file) and all(map(_may_be, page, file)):
        return list(range(len(file)))
    found: list[int | None] = [None] * len(page)
    start_page = start_file = 0
    for number, place in [*_certain(page, file), (len(page), len(file))]:
        _within(page, file, (start_page, number), (start_file, place), found)
        if number < len(page):
            found[number] = place
        start_page, start_file = number + 1, place + 1
    # One that a loop has made many of.
    last = {key: place for place, key in enumerate(file) if repeats(place)}
    return [last.get(key) if place is None else place for place, key in zip(found, page, strict=True)]


def repeated_lines(text: str) -> set[int]:
    """The lines of a file, from 1, that a template engine may repeat."""
    lines: set[int] = set()
    for match in _REPEATED.finditer(text) if "{" in text else ():
        first = text.count("\n", 0, match.start()) + 1
        lines.update(range(first, first + match[0].count("\n") + 1))
    return lines


def _certain(page: Sequence[str], file: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs that stand once in both and in the same order, as many as there are."""
    once = {key for key, times in Counter(page).items() if times == 1}
    once &= {key for key, times in Counter(file).items() if times == 1}
    places = {key: place for place, key in enumerate(file) if key in once}
    # The longest row of places that only go up: for each length the lowest end.
    ends: list[int] = []
    rows: list[tuple[int, int]] = []
    before: list[int] = []
    tops: list[int] = []
    for number, name in enumerate(page):
        if name not in places:
            continue
        at = bisect_left(ends, places[name])
        before.append(tops[at - 1] if at else -1)
        ends[at:] = [places[name]] if at == len(ends) else [places[name], *ends[at + 1 :]]
        tops[at:] = [len(rows)] if at == len(tops) else [len(rows), *tops[at + 1 :]]
        rows.append((number, places[name]))
    chosen, row = [], tops[-1] if tops else -1
    while row >= 0:
        chosen.append(rows[row])
        row = before[row]
    return chosen[::-1]


def _within(
    page: Sequence[str], file: Sequence[str], wanted: tuple[int, int], known: tuple[int, int], found: list[int | None]
) -> None:
    """Pair what stands between two certain pairs: what is written alike in its order, then what macros may have made."""
    numbers, places = range(*wanted), range(*known)
    if len(numbers) == len(places) and all(_may_be(page[n], file[p]) for n, p in zip(numbers, places, strict=True)):
        found[wanted[0] : wanted[1]] = list(places)
        return
    alike: dict[str, list[int]] = defaultdict(list)
    made: list[int] = []
    for place in reversed(places):
        (made if MACRO.search(file[place]) else alike[file[place]]).append(place)
    made.reverse()
    at = 0
    for number in numbers:
        if alike.get(page[number]):
            found[number] = alike[page[number]].pop()
            continue
        for next_ in range(max(at - 1, 0), min(at + _LOOKED_AT, len(made))):
            # The last one again, where a loop has made many of it and nothing else fits.
            fits = _may_be(page[number], file[made[next_]])
            if fits and (next_ >= at or not any(_may_be(page[number], file[m]) for m in made[at : at + 1])):
                found[number], at = made[next_], max(at, next_ + 1)
                break


def _may_be(name: str, written: str) -> bool:
    """Whether a directive of a page may be one that is written with macros."""
    if name == written:
        return True
    if "{" not in written:
        return False
    pieces = MACRO.split(written)
    if len(pieces) == 1 or not name.startswith(pieces[0]):
        return False
    at = len(pieces[0])
    for piece in pieces[1:-1]:
        at = name.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return name.endswith(pieces[-1]) and len(name) - len(pieces[-1]) >= at
