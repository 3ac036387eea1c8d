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
    """

    codes: bool = False
    mail: bool | None = None
    foreign: bool = False


NOWHERE = Section()


def section(words: Words, above: Iterable[str]) -> Section:
    """What headings tell. The nearest that says something decides.

    One that says nothing lets the announcement of codes through only if it names a kind of them: "Permanent failures (5xx)".
    """
    through, nearest = True, True
    for heading in above:
        text = plain(heading[:_LONGEST].replace("_", " "))
        foreign = words.elsewhere.within(text) or words.web.within(text) or words.never.ends(text.rstrip(MARKS)) >= 0
        mail = words.signs.within(text) or words.strong_before.within(text)
        kinds = words.weak_before.within(text)
        if foreign:
            return NOWHERE if mail else Section(mail=False, foreign=nearest)
        if mail:
            return Section(through and kinds, True)
        through = through and (kinds or _CLASS.search(text) is not None)
        nearest = False
    return NOWHERE


def announced(words: Words, text: str, around: Around, told: Section) -> str:
    """What tells of the code that begins a text: the head of its column, or the words that stand for an announcement; or ""."""
    if not around.kind:
        return around.heading
    head = plain(around.heading).strip(MARKS)
    if head and not (around.kind == CELL and _is_weak(words, head)):
        return ANNOUNCED if not _tells(words, head) and _labelled(words, text, around) else around.heading
    if told.codes and _begins(text):
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
