"""All rules over all pages of a site."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from .. import mentions
from ..dataset import Dataset
from ..mentions import DOUBTFUL, Mention
from ..mentions.words import plain
from .classes import of_classes
from .codes import Said, said_of
from .definitions import (
    NUMBERED,
    Definition,
    definition,
    exclude,
    first_words,
    heading_fate,
    reason_of,
    stands_alone,
    tells,
    tells_fate,
    under,
    wrong_permanence,
)
from .fates_before import called_before
from .findings import Finding, Silence
from .parts import Row, of_no_class
from .passages import BOLD, CELL, CODE, HEADING, ITEM, PROSE, Page, Passage, strong
from .record import Record
from .sentences import called, meant
from .texts import other_meaning, other_text

#: What is worth a word once on a page.
_ONCE = frozenset({"folklore", "unregistered", "vendor-code", "pair"})
#: What ends the words of a server within a line of code: a quote, a parenthesis of a log, a comment.
_WORDS_END = re.compile(
    r"[\"'`]\s*[,;)\]}]|[\"`]\s*$|'\s*$| \((?:in reply to|state )|; from=<|\s#\s|\s//\s|\\(?:n|$)|\n"
)
#: A setting has a value: `bounce_cache_size = 300`.
_ASSIGNED = re.compile(r"=[ \t\"'`]*$")
#: "5.7.13 or 135" leaves out what both codes share.
_SHORTENED = re.compile(r"[245]\.[0-9]{1,3}\.[0-9]{1,3}[^\w\n]{1,4}(?:\w{1,5}[^\w\n]{1,4})?$")
_SHOWN = re.compile(r" (?P<words>[A-Z][\w'-]*(?: [\w'-]+){1,4})\.?\s*")
_SENTENCES = re.compile(r"[.;:!?](?:\s|$)|\n[ \t]*\n")
_CODE_LIKE = re.compile(r"[0-9]\.[0-9]|[1-9][0-9]{2}|[45](?:xx|XX|yz|\.[xX])")


class Linter:
    """Looks at pages one by one, and at the end at what they say of the same code.

    Args:
        dataset: the codes, with those of the site.
        levels: the level of each rule (see ``rules.levels``).
        bare: whether codes need no word beside them that says what they are.
    """

    def __init__(self, dataset: Dataset, levels: Mapping[str, str], *, bare: bool = False) -> None:
        self._record = Record(dataset)
        self._levels = levels
        self._bare = bare
        self._finder = mentions.finder_of(dataset)
        self._definitions: dict[str, list[tuple[Page, Definition, str, Silence]]] = {}

    def page(self, page: Page) -> tuple[list[Finding], list[tuple[int, int, str]]]:
        """What is to be said of a page, in the order of its lines; and what is wrong in its comments (see ``Silence``)."""
        silence = Silence(page)
        found: list[Finding] = []
        #: What is said once on a page: where it stands in the list, and the codes of which it is said.
        told: dict[tuple[str, str], tuple[int, set[str]]] = {}
        every = self._said(page, silence) if _CODE_LIKE.search(page.source) else ()
        for mention, start, said in sorted(every, key=lambda item: item[1]):
            code = mention.code.rpartition(" ")[2]
            key = (said.rule, said.group or code)
            if said.rule in _ONCE and key in told:
                told[key][1].add(code)
            elif finding := self._finding(page, silence, start, mention.end - mention.start, said):
                told[key] = len(found), {code}
                found.append(finding)
        for place, codes in told.values():
            if more := len(codes) - 1:
                such = "one more such code" if more == 1 else f"{more} more such codes"
                found[place] = found[place]._replace(message=f"{found[place].message}; {such} on this page")
        return sorted(dict.fromkeys(found), key=lambda finding: (finding.line, finding.column)), silence.mistakes

    def _said(self, page: Page, silence: Silence) -> Iterator[tuple[Mention, int, Said]]:
        """Each thing to say: the code, where it begins in the page, and what."""
        above: dict[int, str] = {}
        about = self._finder.page(page.source, bare=self._bare)
        term: tuple[Mention, int] | None = None
        cells = Row()
        for passage in page.passages():
            bold = passage.level == BOLD and self._finder.heads(passage.text.strip("*_: \n"))
            if bold or (passage.level == BOLD and NUMBERED.match(passage.text)):
                passage = passage._replace(kind=HEADING)  # noqa: PLW2901
            # A code and its name in bold is a heading of nothing but its own text.
            governs = passage.kind == HEADING and (bold or passage.level != BOLD)
            if governs:
                above = {level: text for level, text in above.items() if level < passage.level}
            if term and passage.kind == ITEM and page.source[: passage.start].rstrip().endswith(":"):
                yield from self._meant(*term, passage.text)
                yield from self._called(term[0], Definition(term[0].code, term[1], first_words(passage.text)))
            term = None
            around = mentions.Around(passage.heading, tuple(reversed(above.values())), passage.kind, passage.cells)
            if governs:
                above[passage.level] = passage.text.strip("*_ \n")
            if not _CODE_LIKE.search(passage.text):
                continue
            found = self._mentions(about, passage, around)
            for mention, surely in found:
                words = _words(page, passage, mention)
                for said in said_of(mention, self._record, surely=surely, words=words):
                    yield mention, passage.start + mention.start, said
                if mention.why != DOUBTFUL:
                    yield from self._sentence(passage, mention)
                if mention.why != DOUBTFUL and words and (about_words := other_text(mention.code, words, self._record)):
                    yield mention, passage.start + mention.start, about_words
            if about.strong:
                classes = of_classes(passage) if not (about.http or passage.kind == CODE) else ()
                for mention, said in (*of_no_class(passage.text, self._finder), *classes):
                    yield mention, passage.start + mention.start, said
            alone = next((one for one, _ in found if stands_alone(passage.text, one.start, one.end)), None)
            if (reply := cells.reply(passage, alone, page.source)) is not None:
                for said in said_of(reply, self._record, surely=True):
                    if said.rule in {"class-conflict", "pair"}:
                        yield reply, passage.start + reply.start, said._replace(fix="")
            if passage.kind != CODE and (first := self._first(about, passage, around, found)):
                yield from self._defined(page, passage, first, silence)
                if not found:
                    yield from self._sentence(passage, first)
                yield from self._under(passage, around, [first, *(mention for mention, _ in found[1:])])
                if first.why != DOUBTFUL and stands_alone(passage.text, first.start, first.end):
                    place = first, passage.start + first.start
                    term = place if passage.kind == PROSE or passage.level == BOLD else None
                    yield from self._meant(*place, passage.row or _meaning_before(passage))

    def _meant(self, mention: Mention, start: int, row: str) -> Iterator[tuple[Mention, int, Said]]:
        """What is to be said of a row of a table, or of the definition of a term, that explains a code."""
        if row and (said := other_meaning(mention.code, row, self._record)):
            yield mention, start, said

    def _called(self, mention: Mention, found: Definition | None) -> Iterator[tuple[Mention, int, Said]]:
        """What is to be said of a code that is called temporary or permanent."""
        code = self._record.code(mention.code) if found else None
        if found and code and (wrong := wrong_permanence(found, code)):
            yield mention, found.position, wrong

    def _sentence(self, passage: Passage, mention: Mention) -> Iterator[tuple[Mention, int, Said]]:
        """What is to be said of a sentence that tells what a code is or means."""
        place = mention.code, mention.start, mention.end
        yield from self._called(mention, called(passage, *place) or called_before(passage, *place))
        if said := meant(passage, *place, self._record):
            yield mention, passage.start + mention.start, said

    def _under(
        self, passage: Passage, around: mentions.Around, found: list[Mention]
    ) -> Iterator[tuple[Mention, int, Said]]:
        """What is to be said of codes below a heading or the head of a column that calls them temporary or permanent."""
        headings = (passage.heading, *(around.above if passage.kind != CELL or passage.row else ()))
        # In a cell the head is that of all its codes.
        for mention in found if passage.kind == CELL else found[:1]:
            code = self._record.code(mention.code) if mention.why != DOUBTFUL else None
            if code and (said := under(passage, headings, code, mention.start, mention.end)):
                yield mention, passage.start + mention.start, said

    # --- which numbers are codes ---------------------------------------------------------------------------------------

    def _mentions(self, about: mentions.Page, passage: Passage, around: mentions.Around) -> list[tuple[Mention, bool]]:
        """The codes of a passage, each with whether it is surely one."""
        if passage.kind == CODE:
            return [(mention, True) for mention in self._in_code(passage.text)] if about.strong else []
        text, bold = strong(passage.text)
        around = around._replace(bold=bold)
        found = list(self._finder.find(text, about, around, doubtful=True))
        if not found:
            return []
        # Weak words leave a doubt.
        sure = {mention.start for mention in self._finder.find(text, around=around, doubtful=True)}
        surely = [mention.start in sure or self._is_named(text, mention) for mention in found]
        return [
            (mention, known)
            for mention, known in zip(found, surely, strict=True)
            if (mention.why != DOUBTFUL or known) and not _is_short(passage.text, mention)
        ]

    def _is_named(self, text: str, mention: Mention) -> bool:
        """Whether an enhanced code beside a weak word has a strong one in its sentence: "the DSN says status 5.8.99"."""
        if mention.why != DOUBTFUL or "." not in mention.code or " " in mention.code:
            return False
        before = _SENTENCES.split(text[: mention.start])[-1]
        return self._finder.words.strong_before.within(plain(before))

    def _in_code(self, text: str) -> Iterator[Mention]:
        """The codes in a block of code: what its lines announce as codes, and whole replies, be they contradictory."""
        found = {mention.start: mention for mention in mentions.find_in_log(text, self._finder)}
        start = 0
        for line in text.splitlines(keepends=True):
            for mention in self._finder.find(line, doubtful=True) if _CODE_LIKE.search(line) else ():
                # Without a known reply code before it, a number is as likely a version.
                if " " in mention.code and mention.code[:3] in self._finder.known.basic:
                    place = start + mention.start
                    found[place] = mention._replace(start=place, end=start + mention.end)
            start += len(line)
        yield from (found[place] for place in sorted(found))

    def _first(
        self, about: mentions.Page, passage: Passage, around: mentions.Around, found: list[tuple[Mention, bool]]
    ) -> Mention | None:
        """The code that a passage may define. For an item, the heading above may say that its first number is a code."""
        if found:
            return found[0][0]
        told = tells(passage.text) if passage.kind == HEADING else tells_fate(first_words(passage.text), "")
        if (
            about.strong
            and passage.kind != CELL
            and (told or (passage.kind == HEADING and any(map(heading_fate, around.above))))
        ):
            return next(
                self._finder.find(passage.text, about, around._replace(heading=mentions.ANNOUNCED, kind="")), None
            )
        if passage.kind not in {ITEM, PROSE, HEADING} or not around.above:
            return None
        if passage.kind == HEADING:  # what announces the codes of its items announces those of the headings below it
            announced = mentions.Around("", around.above, mentions.ITEM)
            return next(self._finder.find(passage.text, about, announced), None)
        nearest = mentions.Around(around.above[0], around.above)
        return next(self._finder.find(passage.text, about, nearest), None)

    # --- definitions ---------------------------------------------------------------------------------------------------

    def _defined(
        self, page: Page, passage: Passage, mention: Mention, silence: Silence
    ) -> Iterator[tuple[Mention, int, Said]]:
        """What is to be said of a definition; it is noted for the comparison with other pages."""
        code = self._record.code(mention.code)
        if code is None or mention.why == DOUBTFUL:
            return
        found = definition(passage, mention.code, mention.start, mention.end)
        if not found:
            return
        if wrong := wrong_permanence(found, code):
            yield mention, found.position, wrong
        elif passage.kind in {ITEM, PROSE, HEADING} and (
            told := list(self._meant(mention, found.position, found.words))
        ):
            yield from told
            if self._levels["other-text"] != "off":
                return
        if self._levels["two-meanings"] != "off" and (reason := reason_of(found, self._record)):
            self._definitions.setdefault(mention.code, []).append((page, found, reason, silence))

    def compared(self) -> list[Finding]:
        """What is to be said of codes that two pages explain in ways that exclude each other, once all pages have been looked at.

        Said of the page whose reason is not on record with the code; of the later one where that does not decide.
        """
        found = []
        for key, definitions in self._definitions.items():
            code = self._record.code(key)
            assert code is not None
            on_record = self._record.reasons(code)
            ordered = sorted(definitions, key=lambda item: item[2] not in on_record)
            page, first, reason, _ = ordered[0]
            for other, second, another, silence in ordered[1:]:
                if other.file == page.file or not exclude(code, reason, another, self._record):
                    continue
                line, column = page.place(first.position)
                names = self._record.reason(another), self._record.reason(reason)
                message = f"{key} is explained as “{names[0]}” here and as “{names[1]}” in {page.file}:{line}"
                finding = self._finding(other, silence, second.position, len(key), Said("two-meanings", message))
                if finding:
                    found.append(finding._replace(related=(page.file, line, column)))
        return found

    def _finding(self, page: Page, silence: Silence, start: int, length: int, said: Said) -> Finding | None:
        """A finding at its place; None where it is switched off or silenced."""
        line, column = page.place(start)
        level = self._levels[said.rule]
        level = "note" if said.quiet and level != "off" else level
        last, end_column = page.place(start + length)
        if level == "off" or silence.covers(said.rule, line) or silence.covers(said.rule, last):
            return None
        whole = last == line
        if not whole:
            end_column = column + page.source.find("\n", start) - start
        return Finding(page.file, line, column, end_column, said.rule, level, said.message, said.fix if whole else "")


def _meaning_before(passage: Passage) -> str:
    """What stands before a code in a row of two cells: ``| Mailbox full | 552 |``."""
    return passage.cells[0] if len(passage.cells) == 1 and not passage.row else ""


def _is_short(text: str, mention: Mention) -> bool:
    """Whether three digits are a part of another code, or a value."""
    before = text[max(mention.start - 30, 0) : mention.start]
    return mention.code.isdigit() and bool(_SHORTENED.search(before) or _ASSIGNED.search(before))


def _words(page: Page, passage: Passage, mention: Mention) -> str:
    """What a server says after a code: the rest of a code span or of a line of code. In prose the words are the writer's: ""."""
    text = passage.text
    if passage.kind == CODE:
        stop = _WORDS_END.search(text, mention.end)
        return text[mention.end : stop.start() if stop else len(text)]
    for start, end in page.spans(passage):
        if start <= mention.start and mention.end <= end:
            return text[mention.end : end]
    # A paragraph or an item that is nothing but a whole reply is one that is shown.
    shown = " " in mention.code and not text[: mention.start].strip() and _SHOWN.fullmatch(text, mention.end)
    return shown["words"] if shown else ""
