"""The words beside a code, from the lists of ``facts/contexts.yml``, as tables that are asked what a text ends or begins with.

There are some thousand words: regular expressions of them would take longer to compile than a whole site takes to build.
Scripts that set spaces have a boundary at the ends of a word; Chinese, Japanese, Korean and Thai have none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

#: A character of a script whose words end with a boundary.
LETTER = "[A-Za-z0-9_\u00c0-\u024f\u0370-\u052f\u0600-\u06ff\u0900-\u097f\u1e00-\u1eff]"
#: What may stand between a word and its code besides short words: no mark that ends a sentence.
MARKS = " \"'“”„«»‘「」(\\[:=`*>,：（，#–\u00a0"
#: In the place of a blank line, which nothing reaches over.
PARAGRAPH = "\0"
_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_SPACES = re.compile(r"[\s\u00a0-]+")
_WORD = re.compile(f"{LETTER}+")
_IS_LETTER = re.compile(LETTER).match
#: The longest ending of a word, and the most short words between.
_ENDING, _STEPS = 12, 9


def plain(text: str) -> str:
    """A text as the tables know it: small letters, and one space for any number of spaces, line breaks and hyphens."""
    return _SPACES.sub(" ", _PARAGRAPH.sub(PARAGRAPH, text.lower().replace("’", "'")))


class Table:
    """Words that are asked for at the end or at the beginning of a text (:func:`plain`)."""

    def __init__(self, words: Iterable[str]) -> None:
        self.exact: set[str] = set()
        self.stems: set[str] = set()
        for word in words:
            stem = plain(word.removesuffix("*"))
            forms = {stem} if all(map(_IS_LETTER, stem.replace(" ", ""))) else {stem, stem.replace(" ", "")}
            (self.stems if word.endswith("*") else self.exact).update(forms)
        # By their last characters, so that hardly a word is ever compared; the longest first.
        self._endings, self._stem_endings = _by_last(self.exact), _by_last(self.stems)
        self._lengths = sorted(set(map(len, self.exact)), reverse=True)
        self._stem_lengths = sorted(set(map(len, self.stems)), reverse=True)

    def ends(self, text: str) -> int:
        """Where the longest word begins that the text ends with; -1 where it ends with none."""
        found = self._ends(text, len(text), self.exact, self._endings)
        end = len(text)
        while self.stems and len(text) - end <= _ENDING and end > 0:
            start = self._ends(text, end, self.stems, self._stem_endings)
            found = start if start >= 0 and (found < 0 or start < found) else found
            end -= 1
            if not _IS_LETTER(text[end]):
                break
        return found

    @staticmethod
    def _ends(text: str, end: int, words: set[str], endings: Mapping[str, Sequence[int]]) -> int:
        for length in (*endings.get(text[max(end - 2, 0) : end], ()), *endings.get(text[end - 1 : end], ())):
            start = end - length
            inner = start > 0 and _IS_LETTER(text[start]) and _IS_LETTER(text[start - 1])
            if start >= 0 and text[start:end] in words and not inner:
                return start
        return -1

    def begins(self, text: str) -> bool:
        """Whether the text begins with one of the words."""
        for length in self._lengths:
            if text[:length] in self.exact:
                whole = len(text) <= length or not (_IS_LETTER(text[length - 1]) and _IS_LETTER(text[length]))
                if whole and len(text) >= length:
                    return True
        return any(text[:length] in self.stems for length in self._stem_lengths if len(text) >= length)

    def beginnings(self, text: str) -> Iterator[int]:
        """Where the words end with which the text begins."""
        for length in self._lengths:
            if text[:length] in self.exact and (len(text) <= length or not _IS_LETTER(text[length])):
                yield min(length, len(text))

    def within(self, text: str) -> bool:
        """Whether one of the words stands anywhere in the text."""
        return any(
            word in text and (not _IS_LETTER(word[0]) or re.search(rf"(?<!{LETTER}){re.escape(word)}", text))
            for word in self.stems
        ) or any(
            word in text
            and (not _IS_LETTER(word[0]) or re.search(rf"(?<!{LETTER}){re.escape(word)}(?!{LETTER})", text))
            for word in self.exact
        )


def _by_last(words: Iterable[str]) -> dict[str, list[int]]:
    """The lengths of words by their last two characters."""
    lengths: dict[str, set[int]] = {}
    for word in words:
        lengths.setdefault(word[-2:], set()).add(len(word))
    return {last: sorted(found, reverse=True) for last, found in lengths.items()}


class Words:
    """All tables.

    Args:
        contexts: the facts, as ``facts/contexts.yml`` has them.
    """

    def __init__(self, contexts: Mapping[str, Any]) -> None:
        strong, weak = contexts["strong"], contexts["weak"]
        self.strong_before, self.strong_after = Table(_all(strong, "before")), Table(_all(strong, "after"))
        self.weak_before, self.weak_after = Table(_all(weak, "before")), Table(_all(weak, "after"))
        self.abrupt = Table(_flat(contexts["abrupt"]))
        self.never, self.amounts = Table(_flat(contexts["never"])), Table(_flat(contexts["amounts"]))
        self.elsewhere, self.web = Table(contexts["elsewhere"]), Table(contexts["web"])
        self.systems, self.units = Table(contexts["systems"]), Table(contexts["units"])
        self.articles, self.between = Table(contexts["articles"]), Table(contexts["between"])
        self.hyphened = Table(contexts["hyphened"])
        self.served, self.counting = Table(contexts["served"]), Table(contexts["counting"])
        self.releases, self.mended = Table(contexts["releases"]), Table(contexts["mended"])
        self.unweb = Table(contexts["unweb"])
        self.signs, self.counted = Table(contexts["signs"]), Table(contexts["counted"])
        self.versioned, self.programs = Table(_flat(contexts["versioned"])), Table(contexts["programs"])
        self.unversioned = Table(contexts["unversioned"])
        self.servers, self.tells = Table(_flat(contexts["servers"])), Table(_flat(contexts["tells"]))
        self.matters, self.jobs = Table(contexts["matters"]), Table(contexts["jobs"])
        self.again, self.measures = Table(contexts["again"]), Table(contexts["measures"])
        self.said, self.fates = Table(contexts["said"]), Table(contexts["fates"])
        self.foreign = frozenset(map(str, contexts["foreign"]))
        self.joins = frozenset(map(plain, contexts["joins"]))
        self.shared, self.rare = frozenset(map(str, contexts["shared"])), frozenset(map(str, contexts["rare"]))

    def beside(self, table: Table, before: str) -> int:
        """Where a word of a table begins before a code, with nothing but short words between; -1 where none does."""
        for text in self._steps(before):
            if (start := table.ends(text)) >= 0:
                return start
        return -1

    def _steps(self, text: str) -> Iterator[str]:
        """The text before a code, and what is left of it as short words are taken from its end."""
        for _ in range(_STEPS):
            text = text.rstrip(MARKS)
            yield text
            start = self.between.ends(text)
            if start < 0:
                return
            text = text[:start]


def skip(text: str, count: int) -> str | None:
    """The text after its first words of small letters; None where there are fewer."""
    for _ in range(count):
        match = _WORD.match(text.lstrip(MARKS))
        if match is None or not match[0].isalpha():
            return None
        text = text.lstrip(MARKS)[match.end() :]
        if not text.startswith(" "):
            return None
    return text


def _all(kinds: Mapping[str, Mapping[str, list[str]]], side: str) -> list[str]:
    return [word for language in kinds.values() for word in language[side]]


def _flat(languages: Mapping[str, list[str]]) -> list[str]:
    return [word for words in languages.values() for word in words]
