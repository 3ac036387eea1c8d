"""Which axes differ between codes, and in which order: pure logic, no words, no HTML."""

# Annotations are no strings in this module: a NamedTuple compiles those that are, which takes most of its time.

from collections.abc import Container, Mapping, Sequence
from itertools import combinations
from typing import Literal, NamedTuple

from .codes import Code, Reply
from .dataset import DEFAULT_LANGUAGE, Dataset, Profile, Value

#: The axes in the order of their weight for a reader with a bounce: the rows of the table of facts.
AXES = (
    "outcome", "acts", "retry", "message", "refused", "place", "session", "category", "subject", "enhanced", "basic",
    "standard",
)  # fmt: skip
#: What happens next, told as one difference. The digits, the registry and the place of definition are no difference that
#: would help anybody with a reply.
FATE = ("retry", "message")
TOLD = ("place", "refused", "acts", "session")
#: How many differences a comparison of two codes tells at most, and one of more codes.
MOST, MOST_OF_MANY = 6, 8
#: How many commands a sentence lists; of a longer list it gives examples.
MANY = 4
#: Who acts where no person has to: three ways of saying that a reader has nothing to do.
NO_PERSON = frozenset({"nobody", "client", "sending-server"})
#: What is said of sending again after a reply that refuses nothing.
NOT_REFUSED = frozenset({"unneeded", "continue"})
#: What the answers above the differences say of a success already; only what the other code does is worth a line then.
SUCCESS = {"outcome": "2", "refused": "nothing", "acts": "nobody"}
#: So many differences there are where they can be had, even if some of them stand in the answers above them too.
LEAST, LEAST_OF_SUCCESS, LEAST_OF_WRITTEN = 3, 5, 2
Values = tuple[Value, ...]


class Group(NamedTuple):
    """Codes that share their values, by axis. ``whole``: the class says everything, retry and message included."""

    codes: tuple[str, ...]
    values: Mapping[str, Values]
    whole: bool = False

    @property
    def succeeds(self) -> bool:
        """Whether nothing is said but that the codes report success."""
        return all(code.startswith("2") for code in self.codes) and all(
            axis in SUCCESS and {value.value for value in values} == {SUCCESS[axis]}
            for axis, values in self.values.items()
        )


class Row(NamedTuple):
    """One axis of the table of facts: the values of each code, in the order asked for; empty where no standard says."""

    axis: str
    cells: tuple[Values, ...]


class Difference(NamedTuple):
    """One key difference.

    Attributes:
        kind: ``pair`` is told by a hand-written text for two codes, ``fate`` and ``axis`` by a sentence for each group,
            ``distinct`` by each code's own sentence.
        codes: the codes that it is about.
        axis: the axis, for ``axis``.
        groups: codes with the same values together, in the order of the first of each.
    """

    kind: Literal["pair", "fate", "axis", "distinct"]
    codes: tuple[str, ...]
    axis: str = ""
    groups: tuple[Group, ...] = ()


class Comparison(NamedTuple):
    """What a comparison says, before it has words."""

    profiles: tuple[Profile, ...]
    rows: tuple[Row, ...]
    differences: tuple[Difference, ...]

    @property
    def hand_written(self) -> bool:
        """Whether somebody wrote down what tells each two of them apart."""
        pairs = sum(difference.kind == "pair" for difference in self.differences)
        return pairs == len(self.profiles) * (len(self.profiles) - 1) // 2

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
    if axis == "outcome" and profile.undecided:
        return ()
    if axis == "standard":
        if profile.status == "unregistered":
            return ()  # of the reply code alone, which is no definition of the whole
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
    keys = tuple(profile.key for profile in profiles)
    rows = tuple(
        Row(axis, cells) for axis in AXES if any(cells := tuple(values_of(profile, axis) for profile in profiles))
    )
    differences = [
        Difference("pair", (first.key, second.key))
        for first, second in combinations(profiles, 2)
        if dataset.pair(first.code, second.code, lang)
    ]
    if fate := _fate(profiles, dataset.classes):
        # That one is tried again and the other returned matters more than anything that could be written about them.
        differences.insert(0 if fate.axis else len(differences), fate)
    for axis in TOLD:
        groups = _groups(profiles, (axis,))
        if len(groups) > 1 and all(map(_tellable, groups)) and _means(axis, groups, profiles):
            differences.append(Difference("axis", keys, axis, groups))
    differences.append(Difference("distinct", keys))
    return Comparison(tuple(profiles), rows, tuple(differences))


def _means(axis: str, groups: Sequence[Group], profiles: Sequence[Profile]) -> bool:
    """Whether the values of an axis differ for a reader, too."""
    if axis == "acts":
        # Of a code that stands in reports of waiting and of returned mail, the report tells who acts.
        return not any(profile.undecided for profile in profiles) and not NO_PERSON.issuperset(
            group.values[axis][0].value for group in groups
        )
    if axis == "place":
        return not any(profile.beyond for profile in profiles) and all(
            _apart(first.values[axis], second.values[axis]) for first, second in combinations(groups, 2)
        )
    return True


def _apart(first: Values, second: Values) -> bool:
    """Whether the commands of two codes tell them apart: two lists that share a command do not."""
    fewer, more = sorted((first, second), key=lambda values: MANY + 1 if values[0].value == "ANY" else len(values))
    if more[0].value == "ANY":
        return len(fewer) == 1 or (len(fewer) <= MANY and not more[0].at)
    return len(fewer) == 1 or not set(fewer) & set(more)


def _fate(profiles: Sequence[Profile], classes: Mapping[int, Mapping[str, str]]) -> Difference | None:
    """What becomes of the message, and whether sending it again helps: one difference.

    Where no message depends on one of the codes, and for a code that refuses nothing, only success or refusal is told.
    """
    outcomes = {values_of(profile, "outcome") for profile in profiles}
    keys = tuple(profile.key for profile in profiles)
    by_outcome = _groups(profiles, ("outcome",))
    final = len(outcomes) > 1 and all(outcomes)
    if final and all(_implied(profile, classes) for profile in profiles):
        return Difference("fate", keys, "outcome", tuple(Group(g.codes, g.values, True) for g in by_outcome))
    groups = _groups(profiles, FATE)
    told = [
        axis for axis in FATE
        if len({group.values[axis] for group in groups}) > 1 and all(_tellable(group, axis) for group in groups)
    ]  # fmt: skip
    if told and not any(_is(profile, "message", {"untouched"}) for profile in profiles):
        refusing = [profile for profile in profiles if not _is(profile, "retry", NOT_REFUSED)]
        others = [profile for profile in profiles if profile not in refusing]
        if refusing:
            groups = (*_groups(others, ("outcome",)), *_groups(refusing, told))
            return Difference("fate", keys, "", _in_order(groups, keys))
    return Difference("fate", keys, "", by_outcome) if final else None


def _in_order(groups: Sequence[Group], keys: Sequence[str]) -> tuple[Group, ...]:
    return tuple(sorted(groups, key=lambda group: keys.index(group.codes[0])))


def _is(profile: Profile, axis: str, wanted: Container[str]) -> bool:
    """Whether an axis has values, and none but these."""
    values = values_of(profile, axis)
    return bool(values) and all(value.value in wanted for value in values)


def _implied(profile: Profile, classes: Mapping[int, Mapping[str, str]]) -> bool:
    """Whether retry and message are, at least for one command, what the class of the code implies.

    A message that is returned is returned, although it may be sent again as it is: the two side by side read as a contradiction.
    One that a mail program keeps is in no queue.
    """
    if any(value.value == "kept" for value in values_of(profile, "message")):
        return False
    implied = classes.get(profile.code.class_digit, {})
    values = [values_of(profile, axis) for axis in FATE]
    returned = _is(profile, "retry", {"after-fix"}) and _is(profile, "message", {"returned"})
    return returned or all(
        not told or any(value.value == implied.get(axis) for value in told)
        for axis, told in zip(FATE, values, strict=True)
    )


def _tellable(group: Group, *axes: str) -> bool:
    """Whether there is a sentence for the values: one value that holds for every command. Places are always told."""
    return all(
        values and (axis == "place" or (len(values) == 1 and not values[0].at))
        for axis, values in group.values.items()
        if not axes or axis in axes
    )


def _groups(profiles: Sequence[Profile], axes: Sequence[str]) -> tuple[Group, ...]:
    groups: dict[tuple[Values, ...], list[str]] = {}
    for profile in profiles:
        groups.setdefault(tuple(values_of(profile, axis) for axis in axes), []).append(profile.key)
    return tuple(Group(tuple(codes), dict(zip(axes, values, strict=True))) for values, codes in groups.items())
