"""Whether a number in a text is a code: by what stands around it."""

# Annotations are no strings in this module: a NamedTuple compiles those that are, which takes most of its time.

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from .around import NOWHERE, Section
from .defaults import is_default_of, without_default
from .meaning import defines, is_named
from .subjects import is_answer, is_of_others
from .tallies import is_tally
from .versions import is_version
from .words import MARKS, Table, Words, plain, skip

#: How far the words around a number are looked at.
_BEFORE, _AFTER, _CLAUSE, _SENTENCE = 90, 60, 70, 240
_CLAUSE_END = re.compile(r"[.;!?。；！？](?:\s|$)|\n[ \t]*\n")
_CLAUSE_STOP = re.compile(r"[.;,!?。；！？，](?:\s|$)|\n[ \t]*\n| and ")
#: What begins another clause that says the contrary: "SMTP works, but the calendar shows error 503".
_BUT = re.compile(r",[ \n](?:but|while|whereas|aber|während|mais|pero|mas)[ \n]")
_ALONE = re.compile(r"[*_\"“„'`(\[\s]*")
_STOP = re.compile(
    r"[`*_\"”'’)\]]*(?:[ \t]*(?:[.,;:!?|)\]]|\n|$)|[ \t\n]+(?:[(–—-]|(?:and|or|but|und|oder|et|ou|y|e|o)\b))"
)
#: Another count after a count, and before one: "421 bounces, 250 recipients".
_COUNTED_TOO = re.compile(r"[ \t]+[A-Za-z]+(?:,| and|, and)[ \t]+[0-9]{1,6}[ \t]+[a-z]+s\b")
_COUNTED_BEFORE = re.compile(r"\b[0-9]{1,6}[ \t]+[a-z]+s(?:,| and|, and)[ \t]+\Z")
#: What goes on after a thing that an article has named: "receiving a 220 from".
_GOES_ON = re.compile(
    r"[`*]*[ \t\n]+(?:from|to|for|by|in|on|when|if|after|at|before|be|is|as|and|or|von|wenn|bei|für)\b"
)
#: What a server says after a code, as against an amount or a version: two words, or one in capitals.
_SAYS = re.compile(r"[ -](?:[A-Za-z][\w.'-]*|(?:<|&lt;)[^<>&\n]{1,60}(?:>|&gt;):?)(?:[ ,][\w.'{<(-]+|[`\"”»」“])")
_WORD = re.compile(r"[ -][A-Za-z]+[*_.]{0,3}")
_VERSIONED = re.compile(r"[ -](?:or|and|to|beta|alpha|rc\d*|dev|is|was|final|stable|release)\b", re.IGNORECASE)
_KEYWORD = re.compile(
    r"[ -](?:SIZE|AUTH|STARTTLS|PIPELINING|8BITMIME|ENHANCEDSTATUSCODES|CHUNKING|DSN|SMTPUTF8|VRFY|ETRN|BINARYMIME)\b"
)
#: What begins what a server says, in quotes, and what ends it.
_QUOTED = re.compile(r"[\"“„«「']\Z")
_UNQUOTED = re.compile(r"[\"”“»」'\n]")
#: What goes on after what a server has answered: "returns 503 on bad sequence".
_THEN = re.compile(
    r"[`*_\"”]*[ \t\n]+(?:after|because|for|if|on|to|unless|until|when|wenn|nach|bei|für|si|après|tras|cuando)\b"
)
#: How far a server stands before what it is said to answer, and an enhanced code from another that is sure.
_SPEAKER, _NEAR = 60, 80
#: What may be attached to an enhanced code: its noun, with no colon or comma between.
_ATTACHED = MARKS.replace(":", "").replace(",", "").replace("，", "").replace("：", "")
_TITLE = re.compile(r"[ \t]+[A-Z]")
_OTHERS = re.compile(
    r"[ `\"')]{0,3}(?:(?:https?|imap|exit)\b|(?:of|out of) (?:[0-9]|(?:them|these|those|which|all)\b))"
)
REPLY, STRONG, WEAK, BARE = "reply", "strong", "weak", "bare"


class Page(NamedTuple):
    """What is known of a page.

    Attributes:
        strong: whether it has a strong word, so that weak ones count.
        http: whether it speaks of HTTP too: codes that HTTP shares then need a strong word, or a sign of mail beside them.
        bare: whether codes need no word at all.
        named: the codes that it surely names.
    """

    strong: bool = False
    http: bool = False
    bare: bool = False
    named: frozenset[str] = frozenset()


#: A page of which nothing is known.
UNKNOWN = Page()


class Place:
    """A number and what stands around it.

    Args:
        words: the words.
        text: the text.
        match: the number, with the groups ``whole``, ``enhanced`` and ``basic``.
        heading: what stands above the text and tells of a code that begins it.
        section: what the headings above the text tell.
        bold: where strong emphasis begins and ends in the text.
    """

    def __init__(
        self,
        words: Words,
        text: str,
        match: re.Match[str],
        heading: str = "",
        section: Section = NOWHERE,
        bold: Sequence[tuple[int, int]] = (),
    ) -> None:
        self.words, self.text, self.match, self.section, self.bold = words, text, match, section, bold
        before = text[max(match.start() - _BEFORE, 0) : match.start()]
        if heading and _ALONE.fullmatch(before) and match.start() <= _BEFORE:
            before = f"{heading}: {before}"
        self.raw_before, self.raw_after = before, text[match.end() : match.end() + _AFTER]
        self.before, self.after = without_default(plain(before)), plain(self.raw_after)

    @property
    def spanned(self) -> bool:
        """Whether it stands alone in backticks."""
        return self.before.endswith("`") and self.after.startswith("`")

    def why(self, page: Page) -> str | None:
        """Why it is a code; "" where nothing says so, None where something says that it is none."""
        words, match = self.words, self.match
        direct = self.before.rstrip(MARKS)
        if words.never.ends(direct) >= 0 or (not match["whole"] and _OTHERS.match(self.after)):
            return None
        if match["whole"]:
            return REPLY
        follows = self.after.lstrip(" `")
        counts = words.hyphened if self.raw_after.startswith("-") else words.units
        default = is_default_of(direct) and words.weak_after.begins(self._attached)
        if (words.amounts.ends(direct) >= 0 and not default) or (match["basic"] and counts.begins(follows)):
            return None
        if match["basic"] and is_tally(self.raw_before, self.raw_after):
            return None
        if match["basic"] and (words.counted.begins(follows) or self._counts(follows)):
            return WEAK if match[0] in page.named and not self._is_count(direct) else None
        if self._heads() or (match["enhanced"] and is_version(words, self.raw_before, match[0], self.raw_after)):
            return None
        if self._clear(words.strong_before) or words.strong_after.begins(self._attached):
            return None if self._others() else STRONG
        if not (page.strong or page.bare):
            return ""
        if self._elsewhere or self.section.foreign or is_of_others(words, self._sentence):
            return None
        if (
            page.strong
            and not self._shared(page)
            and any((self._weak(), self._spoken(), self._bold(), self._told(), self._defined(), self._named(page)))
        ):
            return WEAK
        return BARE if page.bare else ""

    def near(self, page: Page, sure: Iterable[int]) -> bool:
        """Whether it is one because its text surely names others, which end at these places."""
        if self.match["basic"]:
            again = self.spanned or (self.words.again.ends(self.before.rstrip(MARKS)) >= 0 and self._ends(sure))
            return again and not self._shared(page)
        return (
            not self._elsewhere
            and not self.before.endswith("/")
            and any(
                0 < self.match.start() - end < _NEAR and not _CLAUSE_END.search(self.text, end, self.match.start())
                for end in sure
            )
        )

    def _ends(self, sure: Iterable[int]) -> bool:
        """Whether it ends its clause, or a word goes on behind it, a few words after one that is sure: "550 …, or 553 for …"."""
        goes_on = _STOP.match(self.raw_after) or _GOES_ON.match(self.raw_after)
        return bool(goes_on) and any(0 < self.match.start() - end < _NEAR for end in sure)

    def _is_count(self, direct: str) -> bool:
        """Whether it is one of several counts, or behind a word such as "there were": "421 bounces, 250 recipients"."""
        return self.words.counting.ends(direct) >= 0 or bool(
            _COUNTED_TOO.match(self.raw_after) or _COUNTED_BEFORE.search(self.raw_before)
        )

    def _counts(self, follows: str) -> bool:
        """Whether it counts or measures things that have two words: "500 error messages", "a 512 reply length"."""
        words = self.words
        if not (words.weak_after.begins(follows) or words.strong_after.begins(follows)):
            return False
        rests = [rest.lstrip() for count in (1, 2) if (rest := skip(follows, count))]
        counting = (words.counted, words.units, words.measures)
        return any(table.begins(rest) for rest in rests for table in counting)

    @cached_property
    def _attached(self) -> str:
        """What follows it and may be its noun."""
        return self.after.lstrip(_ATTACHED if self.match["enhanced"] else MARKS)

    def _heads(self) -> bool:
        """Whether it numbers a section, whose title follows: "4.2.1 Reply Code Severities"."""
        begins = not self.before.strip(" -*>#.")
        return bool(self.match["enhanced"]) and begins and bool(_TITLE.match(self.raw_after))

    def _others(self) -> bool:
        """Whether the words before it in the clause are another protocol's, and none of mail's: FTP has reply codes too."""
        before = plain(self.text[self._bounds[0] : self.match.start()])
        foreign = self.words.elsewhere.within(before) or self.words.web.within(before)
        return foreign and not self.words.signs.within(self._clause)

    def _clear(self, table: Table) -> bool:
        """Whether a word of a table stands before a code, and none before it that makes it another's: "HTTP status code"."""
        start = self.words.beside(table, self.before)
        return start >= 0 and self.words.never.ends(self.before[:start].rstrip(MARKS)) < 0

    def _weak(self) -> bool:
        words, after = self.words, self.after
        if words.beside(words.weak_before, self.before) >= 0:
            return self._clear(words.weak_before)
        if words.weak_after.begins(self._attached):
            return True
        article = words.articles.ends(self.before.rstrip(MARKS)) >= 0
        if article:
            # One or two words more where an article says that the number names one thing: "a 421 shutdown code".
            for count in (1, 2):
                rest = (skip(after, count) or "").lstrip(MARKS)
                if words.weak_after.begins(rest) or words.strong_after.begins(rest):
                    return True
        if words.abrupt.ends(self.before.rstrip(MARKS)) < 0:
            return False
        return bool(_STOP.match(self.raw_after) or ((article or self.spanned) and _GOES_ON.match(self.raw_after)))

    def _spoken(self) -> bool:
        """Whether it begins what a server says, in backticks or to EHLO: "`554 TLS required`", "announced as 250-STARTTLS"."""
        if self.match[0] == "250" and _KEYWORD.match(self.raw_after):
            return True
        before = self.before.rstrip("\"'")
        begins = before.endswith("`") and not before.endswith("``")
        closing = self.raw_after.find("`")
        if not begins or closing == 0:
            return False
        if closing > 0 and self.words.weak_after.begins(plain(self.raw_after[closing + 1 :]).lstrip(MARKS)):
            return True
        return bool(_SAYS.match(self.raw_after)) and not (self.match["enhanced"] and _VERSIONED.match(self.raw_after))

    def _bold(self) -> bool:
        """Whether it begins what a server says, in strong emphasis: "return **554 Message denied**"."""
        begin, end = self.match.start(), self.match.end()
        close = next((stop for start, stop in self.bold if start <= begin < stop and start >= begin - 2), 0)
        says = _SAYS.match(self.text[end:close]) or _WORD.fullmatch(self.text[end:close])
        if not says or self.match["enhanced"]:
            return False
        if self.words.tells.ends(self.before.rstrip(MARKS)) >= 0:
            return True
        return says[0].lstrip(" -")[:1].isupper() and self.words.said.within(plain(self.text[end:close]))

    def _told(self) -> bool:
        """Whether a server is said to answer it, or quotes hold what one answers: "the server said 550 No such user"."""
        words = self.words
        end = _UNQUOTED.search(self.raw_after)
        says = bool(_SAYS.match(self.raw_after)) and words.said.within(
            plain(self.raw_after[: end.start() if end else None])
        )
        if says and end and _QUOTED.search(self.raw_before):
            return True
        start = words.beside(words.tells, self.before)
        if start < 0 or not words.servers.within(plain(self.text[self._bounds[0] : self.match.start()])[-_SPEAKER:]):
            return False
        return says or bool(_STOP.match(self.raw_after) or _THEN.match(self.raw_after))

    def _defined(self) -> bool:
        """Whether its sentence says what it means: "550 means that the mailbox does not exist"."""
        start, _ = self._within(_BEFORE, 0, _CLAUSE_END)
        before = self.text[start : self.match.start()]
        own = self.match["basic"] and self.match[0] not in self.words.shared | self.words.rare
        return defines(self.words, before, self.raw_after) or bool(own and is_named(self.words, before, self.raw_after))

    def _named(self, page: Page) -> bool:
        """Whether the page names it elsewhere, and it stands here as one thing."""
        if not self.match["basic"] or self.match[0] not in page.named:
            return False
        article = self.words.articles.ends(self.before.rstrip(MARKS)) >= 0
        return self.spanned or (article and bool(_STOP.match(self.raw_after) or _GOES_ON.match(self.raw_after)))

    def _shared(self, page: Page) -> bool:
        """Whether it may be HTTP's as well: the clause decides, then the sentence, the nearest heading, and at last the page."""
        words, code = self.words, self.match[0]
        if code not in words.shared | words.foreign | words.rare or words.signs.within(self._clause):
            return False
        sentence = plain(self._sentence)
        if any(table.within(sentence) for table in (words.web, words.elsewhere, words.systems, words.jobs)):
            return True
        if self.section.mail is not None:
            return not self.section.mail
        if code in words.rare:
            return not (code in page.named or words.signs.within(sentence) or words.unweb.begins(self.after.strip()))
        whole = plain(self.text)
        if not (words.signs.within(whole) or words.matters.within(whole) or is_answer(words, sentence)):
            return True
        foreign = words.elsewhere.within(whole) or words.web.within(whole)
        return page.http and not (words.signs.within(whole) and not foreign)

    @cached_property
    def _sentence(self) -> str:
        return self.text[slice(*self._within(_SENTENCE, _SENTENCE, _CLAUSE_END))]

    @cached_property
    def _elsewhere(self) -> bool:
        """Whether the clause speaks of something else that has codes."""
        return self.words.elsewhere.within(self._clause) or self.words.web.within(self._clause)

    def _within(self, before: int, after: int, stops: re.Pattern[str]) -> tuple[int, int]:
        """Where the stretch around it begins and ends that nothing parts from it."""
        text, match = self.text, self.match
        start, end = max(match.start() - before, 0), min(match.end() + after, len(text))
        for stop in _CLAUSE_END.finditer(text, start, match.start()):
            start = stop.end()
        stopped = stops.search(text, match.end(), end)
        return start, stopped.start() if stopped else end

    @cached_property
    def _bounds(self) -> tuple[int, int]:
        """Where its clause begins and ends."""
        start, end = self._within(_CLAUSE, _CLAUSE // 2, _CLAUSE_STOP)
        return max((but.end() for but in _BUT.finditer(self.text, start, self.match.start())), default=start), end

    @cached_property
    def _clause(self) -> str:
        start, end = self._bounds
        return plain(self.text[start:end])
