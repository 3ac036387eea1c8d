"""The key differences of a comparison, in the sentences of one language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from markupsafe import Markup

from .. import comparison
from ..comparison import Comparison, Difference, Group
from ..dataset import Entry
from . import prose

if TYPE_CHECKING:
    from .speaker import Speaker


def differences(speaker: Speaker, compared: Comparison, told: Mapping[str, Entry]) -> list[list[Markup]]:
    """The key differences, each as sentences; ``told`` has the entry that speaks for each code.

    A line whose sentences differ in nothing but the code tells no difference, and is left out.
    """
    most = comparison.MOST if len(compared.profiles) <= 2 else comparison.MOST_OF_MANY
    lines = []
    for difference in compared.differences:
        sentences = _difference(speaker, difference, told)
        if len(sentences) < 2 and difference.kind != "pair" and not any(group.succeeds for group in difference.groups):
            continue
        bare = {_without(sentence, difference.codes) for sentence in sentences}
        if sentences and (len(bare) == len(sentences) or difference.kind == "pair"):
            lines.append(sentences)
    return lines[:most]


def _difference(speaker: Speaker, difference: Difference, told: Mapping[str, Entry]) -> list[Markup]:
    if difference.kind in {"axis", "fate"}:
        groups = [_sentences(speaker, group) for group in difference.groups if not group.succeeds]
        return [sentence for group in groups for sentence in group] if all(groups) else []
    if difference.kind == "pair":
        first, second = map(speaker.dataset.code, difference.codes)
        texts = [speaker.dataset.pair(first, second, speaker.lang)]
    else:
        texts = [told[code].distinct for code in difference.codes]
        if not all(texts):
            return []
    return [prose.marked(prose.inline(text.text), text, speaker.lang) for text in texts if text]


def _sentences(speaker: Speaker, group: Group) -> list[Markup]:
    """What is true of a group of codes, one sentence an axis."""
    codes = prose.code_list(speaker.words, group.codes)
    told = []
    for axis, values in group.values.items():
        if axis == "place":
            told.append(speaker.place_sentence(codes, values))
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
