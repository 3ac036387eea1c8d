"""Which numbers of a text are codes of SMTP, and why."""

# Annotations are no strings in this module: a NamedTuple compiles those that are, which takes most of its time.

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from .around import NOTHING, NOWHERE, Around, Section, announced, bold_heading, section
from .judging import BARE, REPLY, STRONG, UNKNOWN, WEAK, Page, Place
from .words import LETTER, MARKS, Words, plain

# A line break may be written as in a string: "\\n550 5.7.1".
_LEFT = rf"(?<![$€£¥₹+%@&§~^.\\])(?:(?<!-)|(?<=[Nn]on-))(?:(?<!{LETTER})|(?<=\\[nr]))(?<![0-9][.,:'’])(?<![^0-9\s`]/)"
_RIGHT = rf"(?!{LETTER})(?![.,:'’][0-9])(?![%°€$£¥₹@+])(?!/[^0-9\s`])"
_ENHANCED = r"[245]\.[0-9]{1,3}\.[0-9]{1,3}(?:-[1-9][0-9]{0,2}(?![0-9.]))?"
_CANDIDATE = re.compile(
    rf"{_LEFT}(?:(?P<whole>(?P<first>[1-9][0-9]{{2}})(?:[ \t\u00a0]+|[-/]|[ \t]*\n[ \t]*)"
    rf"(?:#|(?P<open>\()|)(?P<second>{_ENHANCED})(?(open)\)?))"
    rf"|(?P<enhanced>{_ENHANCED})|(?<!#)(?P<basic>[1-9][0-9]{{2}})(?!-[0-9])){_RIGHT}(?!\.\w)"
)
_JOINED = 20
_AROUND = f"{MARKS})]&/+*、"
_HTTP = re.compile(r"(?<!\w)(?i:https?)(?!\w|://)|\b(?:GET|POST|PUT|PATCH|DELETE) [/`]")
#: What nothing but a session of mail has.
_COMMAND = re.compile(r"\b(?:rcpt to|mail from|ehlo|lhlo)\b")
_STANDARD = frozenset(("standard", "site"))
#: From here on services have details of their own: 5.7.509.
_OWN = 100
DOUBTFUL = "doubtful"
_REMEMBERED = 500


class Mention(NamedTuple):
    """A code that a text names.

    Attributes:
        start: where it begins.
        end: where it ends.
        code: the code as we write it: ``550 5.7.1`` for ``550-5.7.1``.
        why: ``reply`` (a whole reply), ``strong``, ``weak`` (beside such a word), ``bare`` (codes need no word); ``doubtful`` for
            a whole reply whose classes contradict each other, or a code beside a word that is none of those known.
    """

    start: int
    end: int
    code: str
    why: str


class Known(NamedTuple):
    """The codes that are known: three digits with their status, and details of enhanced codes such as ``X.7.1``."""

    basic: Mapping[str, str]
    details: frozenset[str]
    #: The codes of each reply on record. Asked for only where a code is none of the registry's.
    replies: Callable[[], Iterable[Iterable[str]]]

    @classmethod
    def of(cls, codes: Mapping[str, Any], replies: Callable[[], Iterable[Iterable[str]]]) -> "Known":
        """Those of the facts, by their keys, and those of replies on record."""
        basic = {
            key: str(facts.get("status", "standard")) for key, facts in codes.items() if re.fullmatch("[0-9]{3}", key)
        }
        return cls(basic, frozenset(key for key in codes if key.startswith("X.")), replies)


class Finder:
    """Finds codes in texts.

    Args:
        words: the words of ``facts/contexts.yml``.
        known: the codes that are known.
    """

    def __init__(self, words: Words, known: Known) -> None:
        self.words = words
        self.known = known
        #: What headings tell, by them: the texts of a section have the same.
        self._sections: dict[tuple[str, ...], Section] = {(): NOWHERE}

    @cached_property
    def _recorded(self) -> frozenset[str]:
        """The codes of replies on record: whole replies, and enhanced codes as details."""
        written = {code for codes in self.known.replies() for code in codes}
        return frozenset(written | {f"X{code.rpartition(' ')[2][1:]}" for code in written if "." in code})

    def tells(self, text: str) -> bool:
        """Whether a page has a word that only a page about mail has: then weak words count on it."""
        return self._tells(plain(text))

    def _tells(self, text: str) -> bool:
        return "smtp" in text or _COMMAND.search(text) is not None or self.words.strong_before.within(text)

    def page(self, text: str, *, bare: bool = False, named: Collection[str] = ()) -> Page:
        """What is to be known of a page before its paragraphs are read.

        Args:
            text: all of the page.
            bare: whether codes need no word.
            named: the codes that it surely names; without them a first reading tells.
        """
        told = plain(text)
        return Page(self._tells(told), tells_http(text) or self.words.web.within(told), bare, frozenset(named))

    def section(self, above: tuple[str, ...]) -> Section:
        """What the headings above a text tell, the nearest first."""
        if above not in self._sections:
            if len(self._sections) > _REMEMBERED:
                self._sections = {(): NOWHERE}
            self._sections[above] = section(self.words, above)
        return self._sections[above]

    def heads(self, line: str) -> bool:
        """Whether a line that is all in strong emphasis is a heading of what follows it."""
        return bold_heading(self.words, line)

    def find(
        self, text: str, page: Page = UNKNOWN, around: Around = NOTHING, *, doubtful: bool = False
    ) -> Iterator[Mention]:
        """The codes of a text, in order.

        Args:
            text: a paragraph, a cell or a line. Backticks may stand around code in it; nothing else is taken for markup.
            page: what is known of its page (:meth:`page`).
            around: what stands around the text; its heading counts for a code that begins the text.
            doubtful: whether whole replies that contradict themselves, and codes that are none, are told as well.
        """
        found = list(_CANDIDATE.finditer(text))
        if not found:
            return
        told = self.section(around.above)
        heading = announced(self.words, text, around, told, mail=page.strong and not page.http)
        places = [Place(self.words, text, match, heading, told, around.bold) for match in found]
        whys = [place.why(page) for place in places]
        for first, last in self._chains(text, found):
            self._share(whys, found, first, last)
        if page.strong and any(whys):
            # Beside one that is sure: "a `552`, and … rewrites to `550`"; "adds the enhanced code 5.7.5 and removes 5.7.1".
            sure = [match.end() for match, why in zip(found, whys, strict=True) if why]
            whys = [
                WEAK if why == "" and place.near(page, sure) else why for why, place in zip(whys, places, strict=True)
            ]
        for match, why in zip(found, whys, strict=True):
            if not why:
                continue
            if not self._sure(match, why, page):
                why = DOUBTFUL  # noqa: PLW2901
            if why != DOUBTFUL or doubtful:
                code = f"{match['first']} {match['second']}" if match["whole"] else match[0]
                yield Mention(match.start(), match.end(), code, why)

    def _chains(self, text: str, found: list[re.Match[str]]) -> Iterator[tuple[int, int]]:
        """First and last of the numbers that are named together: "450, 451 and 452"."""
        first = 0
        for number in range(1, len(found) + 1):
            if number < len(found) and self._joined(text[found[number - 1].end() : found[number].start()]):
                continue
            if number - first > 1:
                yield first, number
            first = number

    def _joined(self, gap: str) -> bool:
        if len(gap) > _JOINED or not gap.strip():
            return False
        between = plain(gap).strip(_AROUND)
        return not between or between in self.words.joins

    def _share(self, whys: list[str | None], found: list[re.Match[str]], first: int, last: int) -> None:
        """What is said of one of them is said of all."""
        chain = range(first, last)
        said = {whys[number] for number in chain}
        # "404 or 503": what is named with one of HTTP's is HTTP's too.
        web = STRONG not in said and any(found[number]["basic"] in self.words.foreign for number in chain)
        for number in chain:
            if not found[number]["whole"] and (None in said or (web and self._is_shared(found[number]))):
                whys[number] = None
            elif not whys[number]:
                whys[number] = next((why for why in (STRONG, REPLY, WEAK) if why in said), whys[number])
                if whys[number] == REPLY:
                    whys[number] = STRONG

    def _is_shared(self, match: re.Match[str]) -> bool:
        return match["basic"] in self.words.shared | self.words.rare

    def _sure(self, match: re.Match[str], why: str, page: Page) -> bool:
        basic, enhanced = match["first"] or match["basic"], match["second"] or match["enhanced"]
        if basic and enhanced and basic[0] != enhanced[0]:
            return f"{basic} {enhanced}" in self._recorded
        if enhanced:
            # RFC 3463 has the subjects 0 to 7. Without a strong word, what nobody registered is as likely a version, unless it is
            # as high as those that services have of their own.
            digit, subject, detail = enhanced.split("-")[0].split(".")
            key = f"X{enhanced[1:]}"
            registered = key in self.known.details or (digit != "2" and int(detail) >= _OWN)
            if int(subject) > 7 or re.search(r"\.0[0-9]", enhanced):
                return False
            if why in {WEAK, BARE} and not registered and key not in self._recorded:
                return False
        if not basic:
            return True
        status = self.known.basic.get(basic)
        # What is no code of SMTP and one of HTTP needs more than a weak word.
        ours = status in _STANDARD or not (basic in self.words.foreign or (page.http and basic in self.words.shared))
        return status is not None and (why in {STRONG, REPLY} or ours)


def tells_http(text: str) -> bool:
    """Whether a text speaks of HTTP; addresses do not count."""
    return _HTTP.search(text) is not None
