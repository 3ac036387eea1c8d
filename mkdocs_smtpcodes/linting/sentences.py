"""Sentences that say what a code is or means: "A 452 is permanent.", "`535` means that the mailbox is full".

Only a sentence that begins with its code, behind words such as "The SMTP error" at most, speaks of the code and of nothing else.
Its first clause counts.
"""

from __future__ import annotations

import re

from .. import mentions
from ..mentions.meaning import VERB
from ..mentions.words import plain
from .codes import Said
from .definitions import FRAME, LONGEST, SENTENCE, Definition, fated, is_all, only_names, permanence
from .passages import CELL, ITEM, PROSE, Passage
from .record import Record
from .texts import other_meaning

#: Where what it says of the code ends.
_CLAUSE_END = re.compile(
    r"[.,;:!?()–—](?=\s|$)|[ \t]-[ \t]"
    r"|\s(?:and|but|so|because|since|while|whereas|unless|if|when|for|und|aber|weil|wenn|et|mais|y|pero)\s"
)
#: So many words has "a permanent error" at most, in any order.
_FEW = 4
#: What a class of codes is called, or several are.
_MANY = re.compile(
    r"(?:smtp )?(?:reply |status |response |error )?(?:codes|replies|responses|errors|failures|statuses)\b"
)
#: When a code is sent, which is what it means: "535 is returned when the mailbox is full".
_SENT_WHEN = re.compile(
    r"[`*_\"”]* ?(?:(?:errors?|reply|response|code|status) )?(?:is|are|gets) "
    r"(?:sent|returned|given|issued|used) (?:when|if|because) ",
    re.IGNORECASE,
)
#: What only may be so.
_MAY = re.compile(r"\b(?:may|might|can|could|would|should|kann|könnte|peut|puede|pode)\b", re.IGNORECASE)
#: A temporary or permanent what, as against something that is so: "temporarily unavailable".
_FATE_OF = re.compile(
    r"\b(?:temporary|transient|permanent|soft|hard)[ -](?:\w+ )?(?:error|failure|bounce|rejection|refusal|problem|condition)s?\b"
    r"|\b(?:temporar(?:ily|y)|permanent(?:ly)?) (?:rejected|refused|failed|undeliverable)\b"
    r"|\b(?:vorübergehend|temporär|dauerhaft|permanent|endgültig)\w* (?:Fehler|Ablehnung)\w*",
    re.IGNORECASE,
)


def called(passage: Passage, code: str, start: int, end: int) -> Definition | None:
    """A sentence that calls a code temporary or permanent: "A 452 is permanent.", "`421` hard bounce".

    Args:
        passage: the passage.
        code: the code.
        start: where the code begins in its text.
        end: where it ends.
    """
    if (rest := _rest(passage, start, end)) is None:
        return None
    place = passage.start + start
    clause, verb = _clause(rest)
    words = clause.strip(FRAME)
    if not permanence(words) or _MAY.search(words):
        return None
    if verb and not verb["is"]:
        return Definition(code, place, words, quiet=not _FATE_OF.search(words))
    fate = fated(words)
    first = fate is not None and is_all(words[fate.end() :])
    # "est une erreur permanente": where adjectives follow, nothing else may stand there.
    last = verb is not None and len(words.split()) <= _FEW and mentions.words().weak_before.within(plain(words))
    return Definition(code, place, words) if first or last else None


def meant(passage: Passage, code: str, start: int, end: int, record: Record) -> Said | None:
    """What is to be said of a sentence that tells what a code means, where that is what another code means.

    Args:
        passage: the passage.
        code: the code.
        start: where the code begins in its text.
        end: where it ends.
        record: what is on record.
    """
    rest = _rest(passage, start, end)
    if rest and (sent := _SENT_WHEN.match(rest)):
        return other_meaning(code, _CLAUSE_END.split(rest[sent.end() :], maxsplit=1)[0], record)
    clause, verb = _clause(rest) if rest else ("", None)
    return other_meaning(code, clause, record) if verb and not verb["is"] and clause else None


def _rest(passage: Passage, start: int, end: int) -> str | None:
    """What stands behind a code in a sentence that begins with it; None where it is no such sentence."""
    text = passage.text
    if passage.kind not in {ITEM, PROSE, CELL}:
        return None
    begin = max((stop.end() for stop in SENTENCE.finditer(text, 0, start)), default=0)
    stop = SENTENCE.search(text, end)
    rest = " ".join(text[end : stop.start() if stop else len(text)].split())
    return rest if len(rest) <= LONGEST and only_names(text[begin:start]) else None


def _clause(rest: str) -> tuple[str, re.Match[str] | None]:
    """What a sentence says behind its code and a noun such as "response", and the verb that says it, if one does."""
    rest = rest.lstrip(FRAME)
    words, told = mentions.words(), plain(rest)
    many = _MANY.match(told)
    noun = max((*words.weak_after.beginnings(told), *words.strong_after.beginnings(told), many.end() if many else 0))
    after = rest[noun:].lstrip(FRAME)
    verb = VERB.match(after)
    said = after[verb.end() :] if verb else rest
    stop = _CLAUSE_END.search(said)
    return said[: stop.start()] if stop else said, verb
