"""The values: a basic reply code, an enhanced status code, a range of them, a whole reply; reading and writing them.

Sources: RFC 5321 §4.2 (three digits), RFC 3463 §2 (``class.subject.detail``), RFC 2034 §4 (both in one reply).
"""

# Annotations are no strings in this module: a NamedTuple compiles those that are, which takes most of its time.

import re
from typing import NamedTuple

# Three digits. RFC 5321 §4.2 allows 2-5, 0-5, 0-9; numbers outside of that circulate in lists, and we explain those too.
BASIC = re.compile(r"[1-9][0-9]{2}")
# RFC 3463 §2: one to three digits without leading zeros, class 2, 4 or 5.
ENHANCED = re.compile(r"([245])\.(0|[1-9][0-9]{0,2})\.(0|[1-9][0-9]{0,2})")
# No standard has ranges; vendors document their own codes by them (``5.7.606-649``).
RANGE = re.compile(rf"{ENHANCED.pattern}-([1-9][0-9]{{0,2}})")
# A reply code and what follows it: a space in the last line of a reply, a hyphen in the lines before (RFC 5321 §4.2.1).
_WHOLE = re.compile(rf"({BASIC.pattern})(?:\s+|-)(\S+)")


class BasicCode(NamedTuple):
    """A three-digit reply code, such as ``550`` (RFC 5321 §4.2)."""

    number: int

    def __str__(self) -> str:
        return str(self.number)

    @property
    def class_digit(self) -> int:
        """The first digit, which says success, intermediate, transient or permanent (RFC 5321 §4.2.1)."""
        return self.number // 100

    @property
    def category(self) -> int:
        """The second digit (RFC 5321 §4.2.1)."""
        return self.number // 10 % 10


class EnhancedCode(NamedTuple):
    """An enhanced status code, such as ``5.7.1`` (RFC 3463 §2). Only a :class:`CodeRange` has a ``last``."""

    class_digit: int
    subject: int
    number: int
    last: int = 0

    def __str__(self) -> str:
        return f"{self.class_digit}{self.detail[1:]}"

    @property
    def detail(self) -> str:
        """The code without its class, as the IANA registry writes it: ``X.7.1``."""
        return f"X.{self.subject}.{self.number}"


class CodeRange(EnhancedCode):
    """Enhanced codes that are told as one, such as ``5.7.606-649``: ``number`` is the first of them, ``last`` the last."""

    __slots__ = ()

    @property
    def detail(self) -> str:
        """The range without its class: ``X.7.606-649``."""
        return f"X.{self.subject}.{self.number}-{self.last}"

    def holds(self, code: EnhancedCode) -> bool:
        """Whether a code, or each of another range, is one of them."""
        same = (code.class_digit, code.subject) == (self.class_digit, self.subject)
        return same and self.number <= code.number <= (code.last or code.number) <= self.last


class Reply(NamedTuple):
    """A reply code together with the enhanced code that follows it, such as ``550 5.7.1`` (RFC 2034 §4)."""

    basic: BasicCode
    enhanced: EnhancedCode

    def __str__(self) -> str:
        return f"{self.basic} {self.enhanced}"

    @property
    def class_digit(self) -> int:
        """The class of the reply code: it is what the client acts on (RFC 5321 §4.2.1)."""
        return self.basic.class_digit

    @property
    def agrees(self) -> bool:
        """Whether both classes are the same, as RFC 2034 §4 demands."""
        return self.basic.class_digit == self.enhanced.class_digit


class SiteCode(NamedTuple):
    """An id of a site's own, such as ``E524``, with the reply that carries it."""

    id: str
    reply: BasicCode | EnhancedCode | Reply

    def __str__(self) -> str:
        return self.id

    @property
    def class_digit(self) -> int:
        return self.reply.class_digit


Code = BasicCode | EnhancedCode | Reply | SiteCode


def parse_code(text: str) -> Code:
    """Read ``250``, ``5.7.8`` or ``550 5.7.1``, as ``550-5.7.1`` too; a range such as ``5.7.606-649`` for an enhanced code.

    Raises:
        ValueError: the text has none of these forms; its message says what was expected.
    """
    text = text.strip()
    if BASIC.fullmatch(text):
        return BasicCode(int(text))
    if enhanced := _enhanced(text):
        return enhanced
    whole = _WHOLE.fullmatch(text)
    if whole and (enhanced := _enhanced(whole[2])):
        return Reply(BasicCode(int(whole[1])), enhanced)
    raise ValueError(f"{text!r} is not a code such as 550, 5.7.1 or 550 5.7.1")


def _enhanced(text: str) -> EnhancedCode | None:
    if match := ENHANCED.fullmatch(text):
        return EnhancedCode(*map(int, match.groups()))
    match = RANGE.fullmatch(text)
    return CodeRange(*map(int, match.groups())) if match and int(match[3]) < int(match[4]) else None


def canonical(text: str) -> str:
    """A code as we write it: ``550-5.7.1`` and ``550  5.7.1`` give ``550 5.7.1``; what is no code stays as it is."""
    try:
        return str(parse_code(text))
    except ValueError:
        return text
