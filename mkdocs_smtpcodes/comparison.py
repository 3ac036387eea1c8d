"""Which axes differ between codes, and in which order: pure logic, no words, no HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from .codes import Code, Reply
from .dataset import DEFAULT_LANGUAGE, Dataset, Profile, Value

#: The axes in the order of their weight for a reader with a bounce.
AXES = (
    "outcome", "retry", "message", "refused", "place", "session", "acts", "category", "subject", "enhanced", "basic",
    "standard",
)  # fmt: skip
#: Axes that the class of a code implies, where the value is the usual one of that class.
IMPLIED = ("retry", "message")
Values = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Codes that share the values of an axis. ``whole``: the class says everything, retry and message included."""

    codes: tuple[str, ...]
    values: Values
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One axis of the glance table: the values of each code, in the order asked for; empty where no standard says."""

    axis: str
    cells: tuple[Values, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One key difference. A ``pair`` is told by a hand-written text, ``distinct`` by each code's own sentence."""

    kind: Literal["pair", "axis", "distinct"]
    codes: tuple[str, ...]
    axis: str = ""
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a comparison says, before it has words."""

    profiles: tuple[Profile, ...]
    rows: tuple[Row, ...]
    differences: tuple[Difference, ...]

    @property
    def same_class(self) -> bool:
        return len({profile.code.class_digit for profile in self.profiles}) == 1


def values_of(profile: Profile, axis: str) -> Values:
    """The values of an axis; the derived axes (places, partners, sources) as values too."""
    if axis == "place":
        return tuple(Value(place, profile.excepted) for place in profile.places)
    if axis in {"enhanced", "basic"}:
        is_basic = "." not in profile.key
        return tuple(map(Value, profile.partners)) if is_basic == (axis == "enhanced") else ()
    if axis == "standard":
        return tuple(map(Value, profile.sources[:1] if not isinstance(profile.code, Reply) else profile.sources))
    return profile.axes.get(axis, ())


def compare(dataset: Dataset, codes: Sequence[Code], lang: str = DEFAULT_LANGUAGE) -> Comparison:
    """What codes have in each axis and where they differ.

    Args:
        dataset: where they are known.
        codes: one to four codes, in the order that they are to be told in.
        lang: a language of the dataset; which pairs have a hand-written difference may depend on it.
    """
    profiles = [dataset.profile(code) for code in codes]
    rows = tuple(
        Row(axis, cells) for axis in AXES if any(cells := tuple(values_of(profile, axis) for profile in profiles))
    )
    differences = [
        Difference("pair", (first.key, second.key))
        for first, second in combinations(profiles, 2)
        if dataset.pair(first.code, second.code, lang)
    ]
    outcome_differs = len({values_of(profile, "outcome") for profile in profiles}) > 1
    implied = {
        axis for axis in IMPLIED if outcome_differs and all(_is_implied(p, axis, dataset.classes) for p in profiles)
    }
    for row in rows:
        if len(set(row.cells)) < 2 or not all(row.cells) or row.axis in implied:
            # Equal, or not comparable (where a standard is silent about one code there is nothing to tell), or already
            # said by the line about the outcome.
            continue
        groups = _groups(profiles, row, whole=row.axis == "outcome" and implied == set(IMPLIED))
        differences.append(Difference("axis", tuple(profile.key for profile in profiles), row.axis, groups))
    differences.append(Difference("distinct", tuple(profile.key for profile in profiles)))
    return Comparison(tuple(profiles), rows, tuple(differences))


def _is_implied(profile: Profile, axis: str, classes: Mapping[int, Mapping[str, str]]) -> bool:
    """Whether the value of an axis is (at least for one command) the one that the class of the code implies."""
    implied = classes.get(profile.code.class_digit, {}).get(axis)
    values = values_of(profile, axis)
    return not values or any(value.value == implied for value in values)


def _groups(profiles: Sequence[Profile], row: Row, *, whole: bool) -> tuple[Group, ...]:
    """Codes with the same values together, in the order of the first of each."""
    groups: dict[Values, list[str]] = {}
    for profile, values in zip(profiles, row.cells, strict=True):
        groups.setdefault(values, []).append(profile.key)
    return tuple(Group(tuple(codes), values, whole) for values, codes in groups.items())
