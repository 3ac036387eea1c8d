"""Sentences that say what a number means, as one says it of a code: "550 means that …", "A 450 is a temporary error"."""

from __future__ import annotations

import re

from .words import MARKS, Words, plain

#: The verb that says what a code is or means, in the languages that set it behind the code.
VERB = re.compile(
    r"(?:(?:also|always|often|usually|mostly|typically|generally|normally|simply|just) )?"
    r"(?:(?P<is>is|are|was|ist|sind|est|es|é)"
    r"|means?|indicates?|signals?|signifies|denotes?|says?|tells?(?: (?:you|us))?|stands? for"
    r"|bedeutet|bedeuten|heißt|steht für|signifie|indique|veut dire|significa|indica|quiere decir)\b"
    r"(?:,? (?:that|dass|que)\b)?[ \t:]*\n?",
    re.IGNORECASE,
)
#: What may stand around a code that begins a sentence.
_FRAME = f"{MARKS})*_-]"
_ARTICLE = re.compile(r"(?:an?|eine?|une?|uma?|una) ")
#: What parts a code from its name: "550: User unknown", "**550** – mailbox unavailable".
_NAME = re.compile(r"\A[`*_\"”’')\]]*(?::|[ \t][–—-])[ \t]+[*_`\"“]*(?:the |an? )?", re.IGNORECASE)
_GAP = re.compile(r"[`*_\"”’')\]]*[ \t\n]+")


def defines(words: Words, before: str, after: str) -> bool:
    """Whether a sentence that begins with a number says what it means, or calls it temporary or permanent.

    Args:
        words: the words.
        before: what stands before it in its sentence.
        after: what follows it.
    """
    told = plain(before).strip(_FRAME)
    if told and words.articles.ends(told) != 0:
        return False
    gap = _GAP.match(after)
    verb = VERB.match(after, gap.end()) if gap else None
    if verb is None or not verb["is"]:
        return verb is not None
    rest = _ARTICLE.sub("", plain(after[verb.end() :]).lstrip(_FRAME))
    first, *others = rest.split(" ", 3)
    ended = not others or first[-1:] in ".,;:!?"
    return words.fates.begins(rest) and (ended or any(words.weak_before.begins(word) for word in others[:2]))


def is_named(words: Words, before: str, after: str) -> bool:
    """Whether a number begins a sentence, and a mark and what servers say follow: "550: User unknown"."""
    name = _NAME.match(after)
    return name is not None and not plain(before).strip(_FRAME) and words.said.begins(plain(after[name.end() :]))
