"""Where in a text a reply begins: the numbers that are codes, and none that only look so.

Whether a number is a code is told by what stands around it: how it is announced (``lead``) and what follows it (``shape``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .folding import fold

_LOWER = {number: number + 32 for number in range(ord("A"), ord("Z") + 1)}
_WHITE = re.compile("[ \t\r\n]+")
_NUMBER = re.compile("[0-9]+(?:\\.[0-9]+)*")
#: How many codes are taken from a text, and how many numbers are looked at closely for them.
MOST = 400
CLOSELY = 20_000
# How far back of a code one looks.
_BEFORE = 40
_OPENING = " >'\"([{<*#"

#: What announces a reply: the last characters before it.
_ANNOUNCING = (
    "said:", "->", "<<", "smtp;", "led=", "reason:", "response:", "returned:", "returned", "replied:", "replied", "responded:",
    "responded with:", "reply:", "was:", "answered:", "answer:", "stat=", "got:", "result:", "returned error:", "sagt:",
    "antwort:", "reponse:", "respuesta:", "risposta:", "<-", "<--",
)  # fmt: skip
#: Words that name a number as a code, and words after which one may stand if text follows it.
_NAMING = {
    "error", "errors", "code", "codes", "status", "reply", "smtp", "esmtp", "lmtp", "response", "dsn", "err", "diagnostic",
    "enhanced", "fehler", "fehlercode", "erreur", "errore", "codigo", "codice", "kod", "ndr",
}  # fmt: skip
_SAYING = {
    "with", "got", "returned", "returns", "responded", "answered", "failed", "rejected", "refused", "failure", "result", "a",
    "an", "the", "is", "says", "said", "replied", "permanent", "temporary", "mit", "avec", "con", "com", "by", "bounced",
    "problem",
}  # fmt: skip
#: Names before "=" whose value is a code; in the log of Exim a `C`.
_KEYS = {
    "led", "code", "status", "dsn", "reply", "response", "smtp", "stat", "error", "err", "message", "msg", "reason", "result",
    "diag", "diagnostic", "c",
}  # fmt: skip
#: Words for what a number counts.
_UNITS = {
    "bytes", "byte", "kb", "mb", "gb", "kib", "mib", "gib", "messages", "mails", "emails", "recipients", "seconds", "sec",
    "secs", "s", "ms", "minutes", "min", "hours", "days", "octets", "characters", "chars", "connections", "users", "addresses",
    "per", "lines", "times", "hops", "received", "of", "attempts", "thousand", "million", "millions", "billion", "euros", "euro",
    "eur", "dollars", "usd", "percent", "class", "classes", "series",
}  # fmt: skip
#: Numbers that are no codes, after how they are announced and with what stands before them: the ports of mail servers; where
#: little announces them, those of HTTP, and second digits that SMTP does not have.
_NEVER = re.compile("(?:[0-3](?:465|587)|[01](?:40[1-9]|[0-9][6-9]|[^\n]* http ))")
#: What shows around a number that is the value of a key in JSON that it is not one of HTTP, or of the service alone.
_MAIL = re.compile('smtp|delivery|diagnostic|["_]bounce|bounce["_]|[^0-9.][245]\\.[0-7]\\.[0-9]')
#: Words before a number that make it that of a version, a section or something on the web.
_NUMBERING = (" version ", " section ", " rfc ", " sect ", " release ", " chapter ", " http ")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A code in a text.

    Attributes:
        start: where it begins, and ``end`` where it ends.
        basic: the basic code, or "".
        enhanced: the enhanced code, or "".
        second: where the enhanced code begins.
        lead: 3 announced as a reply, 2 at the beginning of a line or after punctuation, 1 after a word, 0 not announced.
        shape: 3 both codes, 2 a code and words, 1 nothing but a code.
    """

    start: int
    end: int
    basic: str
    enhanced: str
    second: int
    lead: int
    shape: int

    @property
    def failing(self) -> bool:
        return (self.basic or self.enhanced)[0] in "45"

    @property
    def strong(self) -> bool:
        """Whether it is surely a reply, and not only a code."""
        return self.basic != "" and self.shape > 1 and self.lead + self.shape > 3


def candidates(text: str) -> list[Candidate]:
    """The codes in a text, in order; those that further lines of a reply repeat are among them."""
    found: list[Candidate] = []
    taken = looked = 0
    for match in _NUMBER.finditer(text):
        number, start, end = match[0], match.start(), match.end()
        if start < taken or not (is_basic(number) or is_enhanced(number)) or not _apart(text, start, end):
            continue
        looked += 1
        candidate = (_basic if len(number) == 3 else _enhanced)(text, number, start, end)
        if candidate:
            found.append(candidate)
            taken = candidate.end
        if len(found) == MOST or looked == CLOSELY:
            break
    return found


def is_basic(number: str) -> bool:
    """RFC 5321 §4.2.1; second digits above 5 are met too (``571``)."""
    return len(number) == 3 and "2" <= number[0] <= "5" and "." not in number


def is_enhanced(number: str) -> bool:
    """RFC 3463 §2: class 2, 4 or 5, subject and detail without leading zeros."""
    parts = number.split(".")
    return len(parts) == 3 and parts[0] in {"2", "4", "5"} and all(_plain(part) for part in parts[1:])


def _plain(part: str) -> bool:
    return len(part) < 4 and (part == "0" or part[0] != "0")


def are_digits(text: str) -> bool:
    return text != "" and all("0" <= character <= "9" for character in text)


def is_letter(character: str) -> bool:
    """An ASCII letter or digit."""
    return "a" <= character <= "z" or "A" <= character <= "Z" or "0" <= character <= "9"


def _apart(text: str, start: int, end: int) -> bool:
    """Whether a number stands apart, and is no piece of a name, an id, an amount or a date."""
    before = text[start - 1 : start]
    after = text[end : end + 1]
    if before == "-":
        before = text[start - 2 : start - 1]
        return before in {"-", ">"} and not is_letter(after)
    return not (before and (is_letter(before) or before in "./\\@%$+~_&?")) and not (
        after and (is_letter(after) or after in "_@%\\")
    )


def _basic(text: str, number: str, start: int, end: int) -> Candidate | None:
    lead, head = _lead(text, start)
    second = _NUMBER.match(text, skip(text, end, " -:#(;,[<b'\"", 5))
    if (
        second
        and second.start() > end
        and is_enhanced(second[0])
        and not is_letter(text[second.end() : second.end() + 1])
        and (lead or not counts(text, second.end()))
    ):
        return Candidate(start, second.end(), number, second[0], second.start(), lead, 3)
    if _NEVER.match(f"{lead}{number}{fold(head)}"):
        return None
    value = head.endswith('":') and text[end : end + 1] in {",", "}", '"'}
    if value and not _MAIL.search(lowered(text[max(0, start - 200) : end + 200])):
        return None
    if not value and _words_follow(text, end):
        counted = counts(text, end)
        if lead == 0 or (counted and lead < 3 and head != ""):
            return None
        return Candidate(start, end, number, "", 0, lead, 2)
    fielded = lead == 2 and (head == "" or head[-1] == "=")
    bracketed = text[start - 1 : end + 1] == f"({number})"
    if lead == 3 or value or fielded or bracketed or (lead and _named(head)):
        return Candidate(start, end, number, "", 0, lead, 1)
    return None


def counts(text: str, end: int) -> bool:
    """Whether a number counts something: 550 messages, 5.1.1 million."""
    return fold(text[end : end + 14])[1:].split(" ")[0] in _UNITS


def _named(head: str) -> bool:
    return word_before(head.rstrip(": ")) in _NAMING


def _enhanced(text: str, number: str, start: int, end: int) -> Candidate | None:
    lead, head = _lead(text, start)
    if (lead == 0 and text[start - 1 : start] != "#") or (lead < 2 and counts(text, end)):
        return None
    folded = fold(head)
    # Subjects go to 7; Exim 4.94.2 does not.
    if int(number.split(".")[1]) > 7 or any(word in folded for word in _NUMBERING) or text[end : end + 1] == "/":
        return None
    return Candidate(start, end, "", number, start, lead, 2 if _words_follow(text, end) else 1)


def skip(text: str, at: int, characters: str, most: int) -> int:
    """The first place from ``at`` on that has none of the characters, ``most`` further on at most."""
    stop = min(at + most, len(text))
    while at < stop and text[at] in characters:
        at += 1
    return at


def _words_follow(text: str, end: int) -> bool:
    """Whether words follow a code."""
    after = text[end : end + 1]
    if after == "-":
        return True
    at = skip(text, end, " -:,;", 6)
    return at > end and at < len(text) and text[at] not in "\n)]}0123456789|/="


def _lead(text: str, start: int) -> tuple[int, str]:
    """How a code is announced, and what stands before it in its line, in lower case."""
    at = max(text.rfind("\n", max(0, start - _BEFORE), start) + 1, start - _BEFORE, 0)
    cut = text[at - 1 : at] not in {"", "\n"}
    raw = text[at:start]
    head = lowered(raw).rstrip(_OPENING)
    opened = raw[len(head) :]
    if head == "" and not cut:
        return (3 if "<<" in opened else 2), head
    if head.endswith(_ANNOUNCING) or "<<" in opened or (head.endswith("-") and opened[:1] == ">"):
        return 3, head
    last = head[-1:]
    if last == "=":
        return (2 if word_before(head[:-1]) in _KEYS else 0), head
    if last == ":":
        # 12:34:550 is a time.
        return (0 if opened == "" and head[-2:-1] in set("0123456789]") else 2), head
    if last in ";|])}" or ">" in opened or last == ",":
        return 2, head
    # smtp[550] is a process.
    if opened[:1] == "[" and is_letter(last):
        return 0, head
    if word_before(head) in _NAMING | _SAYING or "@" in head.rpartition(" ")[2]:
        return 1, head
    # Chinese and Japanese put no space before a code.
    return (1 if opened.strip(" #*") or last > "\u2e80" else 0), head


def lowered(text: str) -> str:
    """ASCII letters in lower case; as long as the text."""
    return text.translate(_LOWER)


def one_line(text: str) -> str:
    """A text with one space for spaces and line breaks, and none at its ends."""
    return _WHITE.sub(" ", text).strip(" ")


def word_before(head: str) -> str:
    """The word that a text ends with."""
    at = len(head)
    while at and is_letter(head[at - 1]):
        at -= 1
    return head[at:]
