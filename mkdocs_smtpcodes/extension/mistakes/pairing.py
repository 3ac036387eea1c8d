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
#: How many directives with macros in them are looked at between two that are certain.
_LOOKED_AT = 200
#: What stands among the directives of a file for a macro outside of them, which may make any.
ANYTHING = "{{}}"


def paired(
    page: Sequence[str], file: Sequence[str], repeats: Callable[[int], bool] = lambda _: True
) -> list[int | None]:
    """For each directive of a page its place among those of the file, None where it is made by something else.

    Args:
        page: the directives of the page, in its order.
        file: those of the file, in the same order, with their macros; and :data:`ANYTHING` for a macro by itself.
        repeats: whether one of the file, by its place, may have become several.
    """
    real = [place for place, key in enumerate(file) if key != ANYTHING]
    if len(page) == len(real) and all(map(_may_be, page, (file[place] for place in real))):
        return list(real)
    found: list[int | None] = [None] * len(page)
    start_page = start_file = 0
    for number, place in [*_certain(page, file), (len(page), len(file))]:
        _within(page, file, (start_page, number), (start_file, place), found, repeats)
        if number < len(page):
            found[number] = place
        start_page, start_file = number + 1, place + 1
    # One that a loop has made many of.
    last = {file[place]: place for place in real if repeats(place)}
    return [last.get(key) if place is None else place for place, key in zip(found, page, strict=True)]


def repeated_lines(text: str, *, loops: bool = False) -> set[int]:
    """The lines of a file, from 1, that a template engine may repeat; with ``loops`` not those of expressions."""
    lines: set[int] = set()
    for match in _REPEATED.finditer(text) if "{" in text else ():
        if loops and match["tag"] is None:
            continue
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
    page: Sequence[str],
    file: Sequence[str],
    wanted: tuple[int, int],
    known: tuple[int, int],
    found: list[int | None],
    repeats: Callable[[int], bool],
) -> None:
    """Pair what stands between two certain pairs: what is written alike in its order, then what macros may have made."""
    numbers, places = range(*wanted), range(*known)
    real = [place for place in places if file[place] != ANYTHING]
    if len(numbers) == len(real) and all(_may_be(page[n], file[p]) for n, p in zip(numbers, real, strict=True)):
        found[wanted[0] : wanted[1]] = real
        return
    alike: dict[str, list[int]] = defaultdict(list)
    made: list[int] = []
    for place in reversed(places):
        (made if MACRO.search(file[place]) else alike[file[place]]).append(place)
    made.reverse()
    # What a loop repeats is that again, before it is what a macro makes.
    again = {file[place] for place in real if repeats(place)}
    left = []
    for number in numbers:
        if alike.get(page[number]):
            found[number] = alike[page[number]].pop()
        elif page[number] not in again:
            left.append(number)
    made = made[:_LOOKED_AT]
    for number, at in zip(left, _aligned([page[n] for n in left], [file[p] for p in made], made, repeats), strict=True):
        found[number] = made[at] if at is not None else None


def _aligned(
    names: Sequence[str], written: Sequence[str], made: Sequence[int], repeats: Callable[[int], bool]
) -> list[int | None]:
    """For each directive the one with macros that became it, in the order of both, as far as they fit best.

    What fills in a directive is likelier than a macro that makes all of it, and a loop likelier than a second one of those.
    """
    count = len(written)
    costs = [[float(sum(text != ANYTHING for text in written[:at])) for at in range(count + 1)]]
    steps: list[list[int]] = []
    for name in names:
        fits = [_may_be(name, text) for text in written]
        row, chosen = [costs[-1][0] + _MADE_ELSEWHERE], [_NOTHING]
        for at, text in enumerate(written, 1):
            alone = text == ANYTHING
            ways = [(costs[-1][at] + _MADE_ELSEWHERE, _NOTHING), (row[at - 1] + (not alone), _BEFORE)]
            if fits[at - 1]:
                ways.append((costs[-1][at - 1] + alone, _THIS))
                if alone or repeats(made[at - 1]):
                    ways.append((costs[-1][at] + (1 if alone else _AGAIN), _SAME))
            cost, step = min(ways)
            row.append(cost)
            chosen.append(step)
        costs.append(row)
        steps.append(chosen)
    found: list[int | None] = [None] * len(names)
    at, number = count, len(names) - 1
    while number >= 0:
        step = steps[number][at]
        if step == _BEFORE:
            at -= 1
            continue
        found[number] = at - 1 if step in (_THIS, _SAME) else None
        at -= step == _THIS
        number -= 1
    return found


#: The ways of one step, the better first where they cost the same; and what they cost.
_THIS, _SAME, _BEFORE, _NOTHING = range(4)
_AGAIN, _MADE_ELSEWHERE = 0.5, 2.0


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
