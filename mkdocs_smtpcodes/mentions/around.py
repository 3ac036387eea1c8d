"""What stands around a text and tells of the codes in it: headings, the head of its column, the other cells of its row."""

# Annotations are no strings in this module: a NamedTuple compiles those that are, which takes most of its time.

import re
from collections.abc import Iterable
from typing import NamedTuple

from .words import MARKS, Words, plain

ITEM, CELL = "item", "cell"
#: Under a heading that announces codes, what begins a text is one where this follows: its name, or nothing.
_NAMED = re.compile(
    r"[`*_\"”)\]]*(?:\s*$|[ \t]*[:–—=|(,/→]|[ \t]*\n|[ \t]+-{1,2}[ \t]|[ \t]+[A-Z<\[`\"]"
    r"|[ \t]+(?:and|or|und|oder|et|ou|y|o)\b)"
)
#: Classes of codes: "5xx", "4yz".
_CLASS = re.compile(r"\b[2-5](?:xx|yz|zz)\b")
#: What may follow the name of a code that labels a row: "Enhanced status code (if any)".
_LABEL_END = re.compile(r"[ \t]*(?:$|[(,.;:–—|]|(?:as|of|for|from|that|in|if|returned|sent)\b)")
#: The words that announce a code, as all announcements are read.
ANNOUNCED = "SMTP reply code"
_LONGEST = 100
#: The name of a kind of codes has no more words: "Permanent SMTP errors (5xx)".
_FEW = 5


class Around(NamedTuple):
    """What stands around a text.

    Attributes:
        heading: what stands above it and tells of a code that begins it: the head of its column, the sentence before its list.
        above: the headings of its section, the nearest first.
        kind: ``item`` of a list or ``cell`` of a table: there headings may announce codes; else "".
        row: for a cell, the other cells of its row.
        bold: where strong emphasis begins and ends in the text: what a server says may stand in it.
    """

    heading: str = ""
    above: tuple[str, ...] = ()
    kind: str = ""
    row: tuple[str, ...] = ()
    bold: tuple[tuple[int, int], ...] = ()


NOTHING = Around()


class Section(NamedTuple):
    """What the headings above a text tell.

    Attributes:
        codes: whether they announce codes of SMTP.
        mail: whether they are about mail; None where none decides, or one speaks of both.
        foreign: whether the nearest is about something else that has codes.
        kind: whether the nearest names a kind of codes: "Temporary errors", "Permanent failures (5xx)", "Hard bounces".
    """

    codes: bool = False
    mail: bool | None = None
    foreign: bool = False
    kind: bool = False


NOWHERE = Section()


def section(words: Words, above: Iterable[str]) -> Section:
    """What headings tell. The nearest that says something decides.

    One that says nothing lets the announcement of codes through only if it names a kind of them: "Permanent failures (5xx)".
    """
    through, nearest, kind = True, True, False
    for heading in above:
        foreign, mail, kinds = _told(words, heading)
        if foreign:
            return NOWHERE if mail else Section(mail=False, foreign=nearest)
        kind = kind or (nearest and _is_kind(words, heading))
        if mail:
            return Section(through and kinds, True, kind=kind)
        through = through and kinds
        nearest = False
    return Section(kind=kind)


def _is_kind(words: Words, heading: str) -> bool:
    """Whether a heading is the name of a kind of codes: its fate or class, the word for codes, and a word or two more at most."""
    text = plain(heading[:_LONGEST])
    told = words.fates.within(text) or _CLASS.search(text) is not None
    return len(text.split()) <= _FEW and told and (words.weak_before.within(text) or "bounce" in text)


def bold_heading(words: Words, line: str) -> bool:
    """Whether a line in bold is a heading of what follows it: one that ends no sentence and tells of codes or of mail.

    Args:
        words: the words.
        line: a paragraph that is all in strong emphasis, without its marks.
    """
    line = line.strip()
    ends = not line or line[-1] in ".!?;,。！？；，"
    _, mail, kinds = (False, False, False) if ends or len(line) > _LONGEST else _told(words, line)
    return mail or kinds


def _told(words: Words, heading: str) -> tuple[bool, bool, bool]:
    """Whether a heading is about something else that has codes, whether it is about mail, and whether it names kinds of codes."""
    text = plain(heading[:_LONGEST].replace("_", " "))
    foreign = words.elsewhere.within(text) or words.web.within(text) or words.never.ends(text.rstrip(MARKS)) >= 0
    kinds = words.weak_before.within(text)
    mail = words.signs.within(text) or words.strong_before.within(text)
    # A class of codes is a kind only where nothing else tells.
    return foreign, mail, kinds or (not (foreign or mail) and _CLASS.search(text) is not None)


def announced(words: Words, text: str, around: Around, told: Section, *, mail: bool) -> str:
    """What tells of the code that begins a text: the head of its column, or the words that stand for an announcement; or "".

    Args:
        words: the words.
        text: the text.
        around: what stands around it.
        told: what the headings above it tell.
        mail: whether the page speaks of mail and not of the web: a heading may name a kind of codes then without saying whose.
    """
    if not around.kind:
        return around.heading
    head = plain(around.heading).strip(MARKS)
    if head and not (around.kind == CELL and _is_weak(words, head)):
        return ANNOUNCED if not _tells(words, head) and _labelled(words, text, around) else around.heading
    if (told.codes or (mail and told.kind)) and _begins(text):
        return ANNOUNCED
    return ANNOUNCED if _labelled(words, text, around) else around.heading


def _is_weak(words: Words, head: str) -> bool:
    """Whether a column is headed by nothing more than "Code" or "Reply"."""
    return words.weak_before.ends(head) == 0


def _tells(words: Words, head: str) -> bool:
    """Whether the head of a column says what its numbers are."""
    return any(
        table.ends(head) >= 0 for table in (words.strong_before, words.weak_before, words.never, words.amounts)
    ) or any(table.within(head) for table in (words.elsewhere, words.web))


def _begins(text: str) -> bool:
    """Whether a text begins with a number that has its name behind it, or stands alone."""
    number = re.match(r"[\s*_`\"“„'(\[]*[0-9.]{3,12}(?:[ -][0-9.]{5,9})?", text)
    return number is not None and _NAMED.match(text, number.end()) is not None


def _labelled(words: Words, text: str, around: Around) -> bool:
    """Whether another cell of the row is, or begins with, what a code is called: ``| 2.7.0 | Enhanced status code |``."""
    if around.kind != CELL or not re.fullmatch(r"[\s*_`\"“„'(\[]*[0-9.]{3,9}[\s*_`\"”')\]]*", text):
        return False
    for cell in around.row:
        label = plain(cell).strip(MARKS)
        ends = (end for end in words.strong_after.beginnings(label) if words.weak_before.ends(label[:end]) >= 0)
        if any(_LABEL_END.match(label, end) for end in ends):
            return True
    return False
