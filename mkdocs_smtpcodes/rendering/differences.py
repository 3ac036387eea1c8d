"""The key differences of a comparison, in the sentences of one language."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from .. import comparison
from ..codes import Reply
from ..comparison import Comparison, Difference, Group
from ..dataset import Entry
from . import prose
from .replies import Replies

if TYPE_CHECKING:
    from .speaker import Speaker


#: What a part of a comparison says already: the answers above, and the picture of a session, which is a sentence in Markdown.
SAID: Mapping[str, tuple[str, ...]] = {"summary": ("session", "acts", "fate", "outcome"), "session": ("place",)}


#: How far a refusal reaches. That a command, its parameter or a login is refused, the sentence of each code says itself.
REACH = frozenset({"connection", "recipient", "message"})
#: Of these as many as are wanted, in this order; a place is said again only where nothing else is there to say.
SPARE = ("fate", "acts", "session", "outcome", "place")


def differences(
    speaker: Speaker, compared: Comparison, told: Mapping[str, Entry], parts: Collection[str] = ()
) -> list[list[Markup]]:
    """The key differences, each as sentences.

    Where somebody wrote down what tells each two codes apart, little else is added.
    A line whose sentences differ in nothing but the code tells no difference, and is left out. What another part of the
    section says already comes last, and only where there would be too few without it.

    Args:
        speaker: says them.
        compared: what differs.
        told: the entry that speaks for each code.
        parts: the parts of the section that stand beside them.
    """
    most = comparison.MOST if len(compared.profiles) <= 2 else comparison.MOST_OF_MANY
    # What was written about two codes tells already which of them ends the session.
    said = {axis for part in parts for axis in SAID.get(part, ())} | ({"session"} if compared.hand_written else set())
    lines: list[tuple[str, list[Markup]]] = []
    (each_two, each), written = _apart(speaker, told), _written(speaker, compared)
    for difference in compared.differences:
        if each and difference.kind == "distinct":
            continue  # the sentence that each code has for any company would say the same again
        if written and (difference.kind == "pair" or difference.axis == "refused"):
            lines += [("", [line]) for line in written if difference.kind == "pair"]
            continue
        if difference.axis == "refused" and not each and not _reaches(difference):
            continue
        sentences = _difference(speaker, difference, told)
        alone = len(sentences) < 2 and difference.kind != "pair"
        if not sentences or (alone and not any(group.succeeds for group in difference.groups)):
            continue
        bare = {_without(sentence, difference.codes) for sentence in sentences}
        if len(bare) < len(sentences) and difference.kind != "pair":
            continue
        axis = difference.axis or (difference.kind if alone else "")
        if axis == "fate" and not {"retry", "message"} & {axis for group in difference.groups for axis in group.values}:
            axis = "outcome"
        # What was written about two codes serves the replies that hold them, too.
        if sentences not in (line for _, line in lines):
            lines.append((axis if axis in said and (alone or axis != "outcome") else "", sentences))
    axes = [axis for axis, _ in lines]
    kept = _kept(axes, compared, each_two)
    if not kept and len({told[code].summary for code in told}) > 1:
        # Two codes that a service sends for one reason: what it says with each.
        return [[_summary(speaker, code, entry) for code, entry in told.items() if entry.summary]]
    return [lines[number][1] for number in kept][:most]


def _reaches(difference: Difference) -> bool:
    """Whether what is refused is told as how far each refusal reaches."""
    return REACH.issuperset(value.value for group in difference.groups for value in group.values["refused"])


def _written(speaker: Speaker, compared: Comparison) -> list[Markup]:
    """The differences of two codes where somebody wrote down all of them, a paragraph each; else none."""
    if len(compared.profiles) != 2:
        return []
    first, second = (profile.code for profile in compared.profiles)
    text = speaker.dataset.pair(first, second, speaker.lang)
    lines = [prose.marked(prose.inline(part), text, speaker.lang) for part in text.text.strip().split("\n\n")]
    return lines if len(lines) > 1 else []


def _apart(speaker: Speaker, told: Mapping[str, Entry]) -> tuple[bool, bool]:
    """Whether somebody wrote about each two of the codes that speak, and about each code beside another.

    Of a whole reply its enhanced code speaks.
    """
    spoken = [entry.code.enhanced if isinstance(entry.code, Reply) else entry.code for entry in told.values()]
    pairs = list(combinations(spoken, 2))
    written = [pair for pair in pairs if speaker.dataset.pair(*pair, speaker.lang)]
    return len(written) == len(pairs), {code for pair in written for code in pair} == set(spoken)


def _kept(axes: Sequence[str], compared: Comparison, written: bool) -> list[int]:
    """Which lines are told: each that no other part says ("" for its axis), and of the others as many as are wanted."""
    kept = [number for number, axis in enumerate(axes) if not axis]
    digits = {profile.code.class_digit for profile in compared.profiles}
    # Where a success stands beside a refusal, what follows from each is most of the difference.
    least = comparison.LEAST_OF_SUCCESS if 2 in digits and digits & {4, 5} else comparison.LEAST
    if written:
        least = comparison.LEAST_OF_WRITTEN
    for axis in SPARE:
        wanted = 1 if axis in {"outcome", "place"} or (axis == "session" and compared.hand_written) else least
        if axis in axes and len(kept) < wanted:
            kept.append(axes.index(axis))
    return sorted(kept)


def _summary(speaker: Speaker, code: str, entry: Entry) -> Markup:
    text = prose.marked(escape(entry.summary.text), entry.summary, speaker.lang)
    return Markup("<code>{}</code>{}{}").format(code, speaker.colon, text)


def _difference(speaker: Speaker, difference: Difference, told: Mapping[str, Entry]) -> list[Markup]:
    if difference.kind in {"axis", "fate"}:
        # Of a command that is all that one code answers, nobody may conclude that the others do not.
        alone = {values[0].value for group in difference.groups if len(values := group.values.get("place", ())) == 1}
        groups = [_sentences(speaker, group, alone) for group in difference.groups if not group.succeeds]
        return [sentence for group in groups for sentence in group] if all(groups) else []
    if difference.kind == "pair":
        first, second = map(speaker.dataset.code, difference.codes)
        text = speaker.dataset.pair(first, second, speaker.lang)
        texts = [text._replace(text=text.text.strip().split("\n\n")[0])]
    else:
        texts = [Replies(speaker).distinct(told[code]) for code in difference.codes]
        if not all(texts):
            return []
    return [prose.marked(prose.inline(text.text), text, speaker.lang) for text in texts if text]


def _sentences(speaker: Speaker, group: Group, alone: Collection[str]) -> list[Markup]:
    """What is true of a group of codes, one sentence an axis. ``alone``: what some code answers and nothing else."""
    codes = prose.code_list(speaker.words, group.codes)
    told = []
    for axis, values in group.values.items():
        if axis == "place":
            told.append(speaker.place_sentence(codes, values, alone))
        elif values:
            form = "whole" if group.whole and axis == "outcome" else "sentence"
            told.append(speaker.fill(speaker.axis(axis, "values", values[0].value, form), codes=codes))
        if group.whole:
            break
    return told


def _without(sentence: str, codes: Iterable[str]) -> str:
    for code in codes:
        sentence = sentence.replace(code, "")
    return sentence
