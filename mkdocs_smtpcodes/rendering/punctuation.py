"""What a language writes between words that are put together: the one place that every template and command asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from . import prose

if TYPE_CHECKING:
    from ..dataset import Words


class Punctuation:
    """The forms that stand under ``list`` in the words of a language."""

    def __init__(self, words: Words) -> None:
        self.words = words

    @cached_property
    def between(self) -> str:
        """What stands between two sentences."""
        return self.words.get("list", "between").text

    @cached_property
    def separator(self) -> Markup:
        """What stands between the items of a list."""
        return Markup(escape(self.words.get("list", "separator").text))

    @cached_property
    def groups(self) -> Markup:
        """What stands between items that may hold lists themselves."""
        return Markup(escape(self.words.get("list", "groups").text))

    @cached_property
    def colon(self) -> Markup:
        """What stands after a name or a heading, before what belongs to it."""
        return Markup(escape(self.words.get("list", "colon").text))

    def written(self, items: Sequence[str]) -> Markup:
        """A list of codes or parameters, each isolated, so that none is turned round or broken."""
        return self.separator.join(map(Markup('<bdi dir="ltr">{}</bdi>').format, items))

    def listed(self, names: Iterable[str]) -> Markup:
        """A list of names, each isolated where the list runs from right to left: Latin names would be one run the wrong way."""
        return self.written([*names]) if self.words.direction == "rtl" else self.separator.join(names)

    def quoted(self, text: str) -> Markup:
        """What a server or a standard says, in English, in the quotation marks of the language that tells of it.

        Where that runs from right to left, the marks are isolated too: they would close the wrong line of a long text.
        """
        marks = escape(self.words.get("list", "quotes").text)
        quoted = Markup(marks.replace("{text}", Markup('<bdi lang="en" dir="ltr">{}</bdi>').format(text)))
        return self.written([quoted]) if self.words.direction == "rtl" else quoted

    def aside(self, text: str) -> Markup:
        """A text in brackets, with what stands between them and the word in front."""
        return Markup(prose.aside(self.words, escape(text)))
