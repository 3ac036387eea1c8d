"""Which numbers of a text are codes of SMTP, and why."""

# Annotations are no strings in this module: a NamedTuple compiles those that are, which takes most of its time.

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from .words import LETTER, MARKS, Table, Words, plain, skip

_LEFT = rf"(?<![$€£¥₹+%@&§~^.\\-])(?<!{LETTER})(?<![0-9][.,:'’])(?<![^0-9\s`]/)"
_RIGHT = rf"(?!{LETTER})(?![.,:'’][0-9])(?![%°€$£¥₹@+])(?!/[^0-9\s`])"
_ENHANCED = r"[245]\.[0-9]{1,3}\.[0-9]{1,3}(?:-[1-9][0-9]{0,2}(?![0-9.]))?"
_CANDIDATE = re.compile(
    rf"{_LEFT}(?:(?P<whole>(?P<first>[1-9][0-9]{{2}})(?:[ \t\u00a0]+|-|[ \t]*\n[ \t]*)[#(]?(?P<second>{_ENHANCED}))"
    rf"|(?P<enhanced>{_ENHANCED})|(?<!#)(?P<basic>[1-9][0-9]{{2}})(?!-[0-9])){_RIGHT}(?!\.\w)"
)
#: How far the words around a number are looked at.
_BEFORE, _AFTER, _CLAUSE, _JOINED = 90, 60, 70, 20
_CLAUSE_END = re.compile(r"[.;!?。；！？](?:\s|$)|\n[ \t]*\n")
_ALONE = re.compile(r"[*_\"“„'`(\[\s]*")
_STOP = re.compile(r"[`*_\"”'’)\]]*(?:[ \t]*(?:[.,;:!?|)\]]|\n|$)|[ \t]+(?:[(–—-]))")
_OTHERS = re.compile(r"[ `\"')]{0,3}(?:https?|imap|exit)\b")
_HTTP = re.compile(r"(?<!\w)https?(?!\w|://)", re.IGNORECASE)
REPLY, STRONG, WEAK, BARE, DOUBTFUL = "reply", "strong", "weak", "bare", "doubtful"


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

    @classmethod
    def of(cls, codes: Mapping[str, Any]) -> "Known":
        """Those of the facts, by their keys."""
        basic = {
            key: str(facts.get("status", "standard")) for key, facts in codes.items() if re.fullmatch("[0-9]{3}", key)
        }
        return cls(basic, frozenset(key for key in codes if key.startswith("X.")))


class Finder:
    """Finds codes in texts.

    Args:
        contexts: the words, as ``facts/contexts.yml`` has them.
        known: the codes that are known.
    """

    def __init__(self, contexts: Mapping[str, Any], known: Known) -> None:
        self.words = Words(contexts)
        self.known = known

    def tells(self, text: str) -> bool:
        """Whether a page has a word that only a page about mail has: then weak words count on it."""
        text = plain(text)
        return "smtp" in text or self.words.strong_before.within(text)

    def find(
        self,
        text: str,
        *,
        strong: bool = False,
        http: bool = False,
        bare: bool = False,
        heading: str = "",
        doubtful: bool = False,
    ) -> Iterator[Mention]:
        """The codes of a text, in order.

        Args:
            text: a paragraph, a cell or a line. Backticks may stand around code in it; nothing else is taken for markup.
            strong: whether its page has a strong word (:meth:`tells`).
            http: whether its page speaks of HTTP too (:func:`tells_http`): codes that HTTP shares then need a strong word.
            bare: whether codes need no word at all.
            heading: what stands above the text, such as the heading of its column; it counts for a code that begins the text.
            doubtful: whether whole replies that contradict themselves, and codes that are none, are told as well.
        """
        found = list(_CANDIDATE.finditer(text))
        if not found:
            return
        whys = [self._why(text, match, strong=strong, http=http, bare=bare, heading=heading) for match in found]
        for first, last in self._chains(text, found):
            self._share(whys, found, first, last)
        for match, why in zip(found, whys, strict=True):
            if not why:
                continue
            if not self._sure(match, why):
                why = DOUBTFUL  # noqa: PLW2901
            if why != DOUBTFUL or doubtful:
                code = f"{match['first']} {match['second']}" if match["whole"] else match[0]
                yield Mention(match.start(), match.end(), code, why)

    def _why(
        self, text: str, match: re.Match[str], *, strong: bool, http: bool, bare: bool, heading: str
    ) -> str | None:
        """Why a number is a code; "" where nothing says so, None where something says that it is none."""
        words = self.words
        raw_before, raw_after = (
            text[max(match.start() - _BEFORE, 0) : match.start()],
            text[match.end() : match.end() + _AFTER],
        )
        if heading and _ALONE.fullmatch(raw_before) and match.start() <= _BEFORE:
            raw_before = f"{heading}: {raw_before}"
        before, after = plain(raw_before), plain(raw_after)
        if words.never.ends(before.rstrip(MARKS)) >= 0 or (not match["whole"] and _OTHERS.match(after)):
            return None
        if match["whole"]:
            return REPLY
        if words.beside(words.amounts, before) >= 0 or (match["basic"] and words.units.begins(after.lstrip(" `"))):
            return None
        if self._clear(words.strong_before, before) or words.strong_after.begins(after.lstrip(MARKS)):
            return STRONG
        if self._elsewhere(text, match):
            return None
        if strong and not (http and match[0] in words.shared) and self._weak(before, after, raw_after):
            return WEAK
        return BARE if bare else ""

    def _clear(self, table: Table, before: str) -> bool:
        """Whether a word of a table stands before a code, and none before it that makes it another's: "HTTP status code"."""
        start = self.words.beside(table, before)
        return start >= 0 and self.words.never.ends(before[:start].rstrip(MARKS)) < 0

    def _weak(self, before: str, after: str, raw_after: str) -> bool:
        words = self.words
        if words.beside(words.weak_before, before) >= 0:
            return self._clear(words.weak_before, before)
        if words.weak_after.begins(after.lstrip(MARKS)):
            return True
        if words.articles.ends(before.rstrip(MARKS)) >= 0:
            # One or two words more where an article says that the number names one thing: "a 421 shutdown code".
            for count in (1, 2):
                rest = (skip(after, count) or "").lstrip(MARKS)
                if words.weak_after.begins(rest) or words.strong_after.begins(rest):
                    return True
        spanned = before.endswith("`") and after.startswith("`")
        return words.abrupt.ends(before.rstrip(MARKS)) >= 0 and bool(spanned or _STOP.match(raw_after))

    def _elsewhere(self, text: str, match: re.Match[str]) -> bool:
        """Whether the clause speaks of something else that has codes."""
        start, end = max(match.start() - _CLAUSE, 0), min(match.end() + _CLAUSE // 2, len(text))
        for stop in _CLAUSE_END.finditer(text, start, match.start()):
            start = stop.end()
        if stopped := _CLAUSE_END.search(text, match.end(), end):
            end = stopped.start()
        return self.words.elsewhere.within(plain(text[start:end]))

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
        between = plain(gap).strip(f"{MARKS})]&/+*、")
        return not between or between in self.words.joins

    def _share(self, whys: list[str | None], found: list[re.Match[str]], first: int, last: int) -> None:
        """What is said of one of them is said of all."""
        chain = range(first, last)
        said = {whys[number] for number in chain}
        for number in chain:
            if not found[number]["whole"] and None in said:
                whys[number] = None
            elif not whys[number]:
                whys[number] = next((why for why in (STRONG, REPLY, WEAK) if why in said), whys[number])
                if whys[number] == REPLY:
                    whys[number] = STRONG

    def _sure(self, match: re.Match[str], why: str) -> bool:
        basic, enhanced = match["first"] or match["basic"], match["second"] or match["enhanced"]
        if basic and enhanced and basic[0] != enhanced[0]:
            return False
        if enhanced:
            subject = enhanced.split(".")[1]
            # RFC 3463 has the subjects 0 to 7; without a reply code before it, a number that nobody registered is as likely a
            # version.
            if int(subject) > 7 or re.search(r"\.0[0-9]", enhanced):
                return False
            if why == BARE and f"X{enhanced[1:]}" not in self.known.details:
                return False
        if not basic:
            return True
        status = self.known.basic.get(basic)
        # What is no code of SMTP and one of HTTP needs more than a weak word.
        ours = status in {"standard", "site"} or basic not in self.words.shared
        return status is not None and (why in {STRONG, REPLY} or ours)


def tells_http(text: str) -> bool:
    """Whether a text speaks of HTTP; addresses do not count."""
    return _HTTP.search(text) is not None
