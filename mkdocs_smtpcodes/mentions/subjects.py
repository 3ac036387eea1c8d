"""What the sentence around a number is about, where weak words leave that open."""

from __future__ import annotations

import re

from .versions import is_version
from .words import Words, plain

#: A code in full, or its second part.
_FULL = re.compile(r"(?<![\w.])[245]\.[0-9]{1,3}\.[0-9]{1,3}(?![\w]|\.\w)")


def is_of_others(words: Words, sentence: str) -> bool:
    """Whether a sentence is about what has codes of its own, and about nothing that mail has.

    Such are servers of the web, unless the sentence has a code in full; and scripts, printers, backups.

    Args:
        words: the words.
        sentence: the sentence.
    """
    told = plain(sentence)
    if words.signs.within(told):
        return False
    if words.served.within(told) and not _has_whole(words, sentence):
        return True
    return words.jobs.within(told) and not (words.matters.within(told) or is_answer(words, told))


def is_answer(words: Words, told: str) -> bool:
    """Whether a sentence, as the tables know it, says that a server answers."""
    return words.servers.within(told) and words.tells.within(told)


def _has_whole(words: Words, sentence: str) -> bool:
    return any(
        not is_version(words, sentence[: code.start()], code[0], sentence[code.end() :])
        for code in _FULL.finditer(sentence)
    )
