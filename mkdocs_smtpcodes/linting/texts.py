"""The rule that looks at the words of a reply: do they belong to its code?"""

from __future__ import annotations

import re

from ..codes import BasicCode, Code, EnhancedCode, Reply
from ..suggestions import one_of
from .codes import Said
from .record import GENERIC, Record

#: Reasons so general that their words stand with any code.
VAGUE = frozenset({"policy", "server-error", "server-busy", "reputation", "spam", "accepted", "continue", "expired"})
#: Reasons whose words are never those of another, though some are of one group.
DISTINCT = frozenset(
    {
        *("user-unknown", "mailbox-full", "relay-denied", "login-failed", "encryption-required", "greylisted"),
        *("message-too-large", "too-many-recipients"),
    }
)
#: Reply codes of a refusal that servers send with the words of any other.
_ANY = frozenset({"421", "450", "451", "550", "554"})
#: What is no ground to close a session, which 421 says (RFC 5321 §3.8); and words that tell that one is closed or was too much.
_NOT_CLOSING = frozenset({"user-unknown", "login-failed"})
_CLOSES = re.compile(r"clos|connection|session|too many|again|later|temporar|bye", re.IGNORECASE)
#: What is no reason to think of another, though both are of one group.
_FAR = {"mailbox-full": frozenset({"address-syntax", "recipient-moved"})}
#: What a server says that refuses, and not one that asks for something: "334 means send your credentials".
_REFUSES = re.compile(
    r"fail|wrong|invalid|incorrect|reject|refus|denied|full|quota|exceed|too (?:many|large|big)|unknown|not exist|no such"
    r"|not found|relay",
    re.IGNORECASE,
)
#: A code whose replies are this much vague may stand with any words: one of three.
_VAGUE_PART = 3
#: What says that the words are not, or not only, what the code means.
_UNSURE = re.compile(
    r"\b(?:[Nn]ot|no|or|and|than|unlike|instead|see|if|when|unless|may|might|nicht|kein\w*|oder|und|ou|et|pas|o|y|e|não)\b|n't\b|[0-9?/(]"
)
#: Negations that are what a text means: "The user does not exist".
_FIRM = re.compile(
    r"\b(?:does|do|did|is|was|are|were|can|could|has|have)(?: not|n't|not) (?:be )?"
    r"(?:exist|found|known|allowed|permitted|accepted|valid)\b"
    r"|\bno such\b|\bnot (?:found|known|allowed|permitted|accepted|valid|existing)\b"
    r"|\bexistier(?:t|en) nicht\b|\bn'existe pas\b|\bn[oã]o? existe\b"
)
#: What a meaning has besides its words.
_SMALL = frozenset((
    "the", "a", "an", "is", "are", "was", "were", "of", "that", "this", "its", "your", "has",
    "der", "die", "das", "ein", "eine", "ist", "le", "la", "les", "un", "une", "est", "el",
))  # fmt: skip
#: A meaning in a table or a list of definitions has no more words; what is longer tells of something.
_FEW = 6
#: So many words are needed to tell a reply by them.
_WORDS = 2
_MOST = 3


def other_text(written: str, words: str, record: Record) -> Said | None:
    """What is to be said of a reply whose words are those of another.

    It takes much to say so: the words have one reason that is on record; no server on record sends the code for it, in no class;
    and the code is on record for other reasons, or is defined for other commands.

    Args:
        written: the code.
        words: what stands after it, as a server would send it.
        record: what is on record.
    """
    code = record.code(written)
    if code is None or not words or record.is_own(code):
        return None
    told = record.explain(words)
    if told.code or not told.reason or told.reason in VAGUE:
        return None
    if len(words.split()) < _WORDS and told.reason not in DISTINCT:
        return None
    basics, details = record.codes_of(told.reason)
    part = code.enhanced if isinstance(code, Reply) else code
    if isinstance(code, Reply) and code.enhanced.number == 0:
        part = code.basic  # the detail says nothing then
    basic = code.basic if isinstance(code, Reply) else code
    if record.is_sent(code, f"{written} {words}", words):
        return None
    if str(basic) == "421" and told.reason in _NOT_CLOSING and "421" not in basics and not _CLOSES.search(words):
        return _other(written, told.reason, basic, record.reasons(basic), record)
    if (
        isinstance(part, BasicCode)
        and part.class_digit in {2, 3}
        and told.reason in DISTINCT
        and _REFUSES.search(words)
    ):
        return Said(
            "other-text",
            f"{written}: the words say “{record.reason(told.reason)}”; {basic} refuses nothing (RFC 5321 §4.2.1)",
        )
    if isinstance(part, EnhancedCode):
        if part.number == 0 or part.detail in details or record.status(part) == "unregistered":
            return None
    elif not isinstance(part, BasicCode) or str(part) in GENERIC or str(part) in basics:
        return None
    reasons = record.reasons(part)
    known = record.dataset.reasons
    # Reasons of one group are near enough: "Invalid address" says as much of its syntax as of its absence.
    near = {
        known[reason].group
        for reason in reasons
        if reason in known and not {reason, told.reason} <= DISTINCT and reason not in _FAR.get(told.reason, ())
    }
    if not reasons or len(set(reasons) & VAGUE) * _VAGUE_PART >= len(reasons) or known[told.reason].group in near:
        return None
    return _other(written, told.reason, part, reasons, record)


def _other(written: str, reason: str, part: Code, reasons: list[str], record: Record) -> Said:
    right = [text for text in record.dataset.reasons[reason].codes if " " in text or text.isdigit()][:_MOST]
    comes = f", which comes with {one_of(right)}" if right else ""
    own = one_of([record.reason(reason) for reason in reasons[:_MOST]])
    return Said("other-text", f"{written}: the words say “{record.reason(reason)}”{comes}; {part} is sent for “{own}”")


def _other_name(written: str, meaning: str, record: Record) -> Said | None:
    """What is to be said of a code that is called as the standard calls another: ``| 221 | Service ready |``."""
    code = record.code(written)
    if not isinstance(code, BasicCode) or written in _ANY or record.is_own(code):
        return None
    named = record.named(meaning)
    # Twins of two classes share their names: 452 and 552.
    if (
        not named
        or any(name[1:] == written[1:] for name in named)
        or record.is_sent(code, f"{written} {meaning}", meaning)
    ):
        return None
    return Said(
        "other-text", f"{written}: “{meaning}” is what {one_of(named)} says; {written} says “{record.name(written)}”"
    )


def other_meaning(written: str, row: str, record: Record) -> Said | None:
    """The same of a row that explains a code: ``| 535 | Mailbox full |``, or the definition of a term.

    Its meaning is the first cell that has some words and is no code; a few words are one thing, a sentence may tell of more.

    Args:
        written: the code that begins the row.
        row: the other cells, with bars between them.
        record: what is on record.
    """
    cells = (" ".join(cell.split()).strip("*_`\"'. ") for cell in row.split(" | "))
    words = [cell for cell in cells if cell and not cell[0].isdigit()]
    meaning = next((cell for cell in words if len(cell.split()) >= _WORDS), next(iter(words), ""))
    meaning = meaning.replace("’", "'")
    if sum(word.lower() not in _SMALL for word in meaning.split()) > _FEW or _UNSURE.search(_FIRM.sub(" ", meaning)):
        return None
    if said := _other_name(written, meaning, record):
        return said
    said = other_text(written, meaning, record)
    return said if said and record.explain(meaning).certainty in {"known", "text"} else None
