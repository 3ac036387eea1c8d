"""The rules that look at what a page says a code is: its permanence, and whether another page says something else.

A definition is a code that stands first and alone in a row of a table, an item or a heading, behind words such as "SMTP error" at
most, with the words that follow it. Only clear words count: for temporary and permanent, and those that tell a reason.
"""

# Annotations are no strings in this module: a NamedTuple compiles those that are, which takes most of its time.

import re
from collections.abc import Sequence
from typing import NamedTuple

from .. import mentions
from ..codes import Code, EnhancedCode, Reply
from ..mentions.words import MARKS, plain
from .codes import Said
from .passages import CELL, HEADING, ITEM, PROSE, Passage
from .record import GENERIC, Record
from .texts import VAGUE

FRAME = " \t\n*_`\"'“”„()[]"
#: What stands between a code and what it is. A name may stand in between, in parentheses.
_SEPARATOR = re.compile(r"[ \t*_`\"'”)\]]*(?::|–|—|[ \t]-{1,3}(?=[ \t])|=|=>|→|\|)[ \t*_`]*|[*_`]{1,3}[ \t]+(?=[A-Z])")
SENTENCE = re.compile(r"[.!?;。！？](?:\s|$)|\n[ \t]*\n")
LONGEST = 160
#: A heading that has more words tells of something.
FEW = 4
# The words for both fates in the languages of the words, those that mean nothing else beside a code.
_TEMPORARY = re.compile(
    r"\b(?:temporar(?:y|ily)|transient|soft[ -]?bounces?|vorübergehend\w*|temporär\w*|temporaires?|temporal(?:es)?"
    r"|temporári[oa]s?|geçici|временн\w+|sementara|tạm thời)\b|一時的|暂时|临时|暫時|일시적|ชั่วคราว|مؤقت|अस्थायी",
    re.IGNORECASE,
)
_PERMANENT = re.compile(
    r"\b(?:permanent(?:ly|e|es|er|en|s)?|hard[ -]?bounces?|dauerhaft\w*|endgültig\w*|définiti(?:f|ve)s?|permanentes?|kalıcı"
    r"|постоянн\w+|vĩnh viễn)\b|恒久的|永久|영구|ถาวร|دائم|स्थायी",
    re.IGNORECASE,
)
NOT = re.compile(
    r"\b(?:not|no|non|never|nicht|kein\w*|pas|não|değil|не|bukan|không|or|oder|ou|veya|или|until|instead)\b|n't\b",
    re.IGNORECASE,
)


#: What no code of success is called.
_REFUSAL = re.compile(
    r"\A(?:an? )?(?:(?:temporary|transient|permanent|hard|soft)[ -](?:\w+ )?)?(?:error|failure|bounce|rejection)s?\Z",
    re.IGNORECASE,
)
#: What says that a code is not what its heading calls it: "450: no such error", but not "421 Service not available".
_NOT_SO = re.compile(
    r"\b(?:not|no|never|nicht|kein\w*|pas|non)\s+(?:\w+\s+)?(?:one|so|errors?|failures?|bounces?)\b", re.IGNORECASE
)
#: What may stand between a code and its fate: "450 is a permanent error".
_IS = re.compile(
    r"(?:(?:is|means|always|usually|ist|bedeutet|immer|est|signifie|es|significa|é)\s+){0,2}"
    r"(?:(?:an?|the|ein|eine|une?|una|uma?)\s+)?",
    re.IGNORECASE,
)
#: What begins with a code.
NUMBERED = re.compile(r"[ \t*_`]*[245][0-9]{2}(?:[ -][245]\.[0-9]{1,3}\.[0-9]{1,3})?(?![\w.])")


_BOUNCES = re.compile(r"\b(?:hard|soft)[ -]?bounces?\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;:(–—]|[ \t]-[ \t]")
#: What turns a transient failure into a permanent one, or tells that it does.
_LATER = re.compile(
    r"\b(?:after|when|once|days?|hours?|expire[sd]?|eventually|become[s]?|retr\w+|nach|wenn)\b", re.IGNORECASE
)
#: Codes before another one in a cell.
_OTHERS = re.compile(r"[245][0-9.]{2,9}[,;/&+\s]*(?:and\b)?")
#: A full mailbox or a message that is too large, which many call a soft bounce.
_SOFT = re.compile(r"\A552\b|5\.2\.[23]\Z|5\.3\.4\Z")
#: A heading that asks, or tells of what to do, calls nothing by a name.
_TELLS = re.compile(
    r"(?:why|how|when|what|which|who|should|do|does|can|is|are|if|from|avoid|prevent|reduce|handle|\w+ing)\b",
    re.IGNORECASE,
)


class Definition(NamedTuple):
    """What a page says that a code is.

    Attributes:
        code: the code.
        position: where it stands.
        words: the words.
        quiet: whether they call so what the code tells of, and not the code itself.
    """

    code: str
    position: int
    words: str
    quiet: bool = False


def definition(passage: Passage, code: str, start: int, end: int) -> Definition | None:
    """The definition that a passage gives of the code that it begins with, None where it gives none.

    Args:
        passage: the passage.
        code: the code.
        start: where the code begins in its text.
        end: where it ends.
    """
    if passage.kind not in {CELL, ITEM, HEADING, PROSE} or not only_names(passage.text[:start]):
        return None
    if passage.kind == CELL:
        words = passage.row if not passage.text[end:].strip(FRAME) else ""
    else:
        separator = _SEPARATOR.match(passage.text, end)
        words = passage.text[separator.end() :] if separator else _fate(passage, passage.text[end:])
    stop = SENTENCE.search(words)
    words = " ".join((words[: stop.start()] if stop else words).split())
    return Definition(code, passage.start + start, words) if words and len(words) <= LONGEST else None


def first_words(text: str) -> str:
    """The first sentence of a text."""
    stop = SENTENCE.search(text)
    return " ".join((text[: stop.start()] if stop else text)[: 2 * LONGEST].split())


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a text is a code and nothing else, but for words such as "SMTP error" before it."""
    return only_names(text[:start]) and not text[end:].strip(FRAME)


def only_names(before: str) -> bool:
    words, left = mentions.words(), plain(before).strip(FRAME)
    while left:
        if words.articles.ends(left) == 0:
            return True
        start = max(words.strong_before.ends(left), words.weak_before.ends(left))
        if start < 0:
            return False
        left = left[:start].rstrip(MARKS).rstrip(FRAME)
    return True


def _fate(passage: Passage, after: str) -> str:
    """What follows a code in a heading without a separator, where it is its fate or its name: "421 permanent error"."""
    words = " ".join(after.split()).strip(FRAME)
    told = passage.kind == HEADING and len(words.split(" ")) <= FEW
    return words if told and (fated(words) or words[:1].isupper()) else ""


def fated(words: str) -> re.Match[str] | None:
    """The fate with which words begin."""
    begin = _IS.match(words)
    start = begin.end() if begin else 0
    return _TEMPORARY.match(words, start) or _PERMANENT.match(words, start)


def tells_fate(heading: str, marks: str = ":–—=-") -> bool:
    """Whether a heading begins with a number and calls it temporary or permanent, which nobody says of another number.

    Args:
        heading: the heading, or a sentence.
        marks: what may stand between both.
    """
    number = NUMBERED.match(heading)
    words = " ".join(heading[number.end() :].split()).lstrip(f"{FRAME}{marks}") if number else ""
    fate = fated(words) if len(words.split(" ")) <= FEW else None
    return fate is not None and is_all(words[fate.end() :])


def tells(heading: str) -> bool:
    """Whether a heading says of the number that it begins with what only a code means: "421 permanent", "535 Mailbox full"."""
    number = NUMBERED.match(heading)
    words = plain(heading[number.end() :]).strip(" -:–—*_`()").removeprefix("the ") if number else ""
    said = mentions.words().said.begins(words)
    return tells_fate(heading) or (bool(words) and len(words.split(" ")) <= FEW and said)


def is_all(rest: str) -> bool:
    """Whether nothing but a word such as "error" follows a fate."""
    return not rest.strip(FRAME) or mentions.words().weak_before.within(plain(rest))


def heading_fate(heading: str) -> int:
    """4 or 5 where a heading calls the codes below it temporary or permanent: "Hard bounces", "Permanent SMTP errors"."""
    known = mentions.words()
    told = plain(heading)
    codes = _BOUNCES.search(heading) or known.weak_before.within(told) or known.strong_before.within(told)
    return (
        permanence(heading) if codes and not _TELLS.match(heading.strip(FRAME)) and len(told.split()) <= FEW + 2 else 0
    )


def under(passage: Passage, headings: Sequence[str], code: Code, start: int, end: int) -> Said | None:
    """What is to be said of a code that begins an item, a row or a heading below a heading that calls it what it is not.

    Args:
        passage: the passage.
        headings: the head of its column, and the headings above it, the nearest first.
        code: the code.
        start: where it begins in the text.
        end: where it ends.
    """
    before = passage.text[:start]
    leads = only_names(_OTHERS.sub(" ", before) if passage.kind == CELL else before)
    if passage.kind not in {CELL, ITEM, HEADING} or code.class_digit not in {4, 5} or not leads:
        return None
    heading = next((heading for heading in headings if heading_fate(heading)), "")
    words = f"{passage.text[end:]} {passage.row}"
    # Its own words may say why it stands there.
    if not heading or any(own.search(words) for own in (_TEMPORARY, _PERMANENT, _NOT_SO, _LATER)):
        return None
    return contradicts(
        passage.text[start:end], code, heading_fate(heading), f"stands under “{heading}” and so is called"
    )


def permanence(words: str) -> int:
    """4 where words call something temporary, 5 where they call it permanent, 0 where they say neither or both."""
    temporary, permanent = _TEMPORARY.search(words), _PERMANENT.search(words)
    if bool(temporary) == bool(permanent) or NOT.search(words):
        return 0
    return 4 if temporary else 5


def wrong_permanence(found: Definition, code: Code) -> Said | None:
    """What is to be said of a definition that contradicts the first digit."""
    if code.class_digit in {2, 3} and any(map(_REFUSAL.match, found.words.split(" | "))):
        return Said(
            "permanence",
            f"{found.code} is called a failure; a first digit {code.class_digit} says none (RFC 5321 §4.2.1)",
        )
    said = contradicts(found.code, code, _told(found.words), "is called")
    return said._replace(quiet=said.quiet or found.quiet) if said else None


def _told(words: str) -> int:
    """What words say of a fate: a cell that says nothing else, or what they begin with, before a negation of something else."""
    cells = words.split(" | ")
    for cell in cells if len(cells) > 1 else (_CLAUSE.split(words, maxsplit=1)[0],):
        told = cell.strip(FRAME)
        if (fate := fated(told)) and is_all(told[fate.end() :]):
            return permanence(told)
    return permanence(words)


def contradicts(written: str, code: Code, fate: int, said: str) -> Said | None:
    """What is to be said of a code whose first digit is not that of its fate, as a page has it."""
    if not fate or code.class_digit not in {4, 5} or fate == code.class_digit:
        return None
    name, right = ("temporary", "permanent") if fate == 4 else ("permanent", "temporary")
    source = "RFC 3463 §2" if isinstance(code, EnhancedCode) else "RFC 5321 §4.2.1"
    message = f"{written} {said} {name}; a first digit {code.class_digit} says {right} ({source})"
    return Said("permanence", message, quiet=fate == 4 and _SOFT.search(str(code)) is not None)


def reason_of(found: Definition, record: Record) -> str:
    """The reason that a definition names clearly, "" where it names none."""
    told = record.explain(found.words)
    return told.reason if not told.code and told.certainty in {"known", "text"} and told.reason not in VAGUE else ""


def exclude(code: Code, first: str, second: str, record: Record) -> bool:
    """Whether two reasons of one code exclude each other: they are of different kinds, and the code is not on record for both."""
    reasons = record.dataset.reasons
    if first == second or not (first and second) or reasons[first].group == reasons[second].group:
        return False
    part = code.enhanced if isinstance(code, Reply) else code
    if (isinstance(part, EnhancedCode) and part.number == 0) or str(part) in GENERIC:
        return False
    on_record = {*record.reasons(code), *record.reasons(part)}
    return not {first, second} <= on_record and not on_record & VAGUE
