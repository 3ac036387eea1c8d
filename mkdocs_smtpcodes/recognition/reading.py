"""What a reply says, once its code is found: its words, joined, and the place in the session that the text names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .candidates import Candidate, are_digits, is_enhanced, is_letter, lowered, skip
from .folding import fold

LONGEST = 1600
LINES = 24
#: What ends a reply in a report or a log.
ENDS = (
    " (in reply to ", "; from=<", "; to=<", "; proto=", "};", "}]", " giving up on ", "/giving up on ",
    " i'm not going to try again", "> #smtp#", " ##", " original message headers", " reporting-mta:", " -----", " --- ",
    "]\", ", "','", '","',
)  # fmt: skip
_OPENING = {")": "(", "]": "[", "}": "{", ">": "<"}
# What stands before a line of the server in the transcript of a session.
_SPEAKING = ("S: ", "s: ", "R: ", "<- ")
_FIELDS = {"status", "action", "received", "from", "to", "subject", "date", "c", "s", "r"}
#: What is new at the beginning of a line: a rule, another reply.
_NEW = re.compile("(?:--|[*]{3}|>>>|===|[.]{3}|[2-5][0-9][0-9][ -])")
#: A date or a time as lines of logs begin with.
_DATE = re.compile(
    "(?:[0-9]{4}-[0-9][0-9]-[0-9][0-9]|[0-9]{4}/[0-9][0-9]/[0-9][0-9]|[0-9][0-9]/[0-9][0-9]/[0-9]{4}"
    "|[0-9][0-9][.][0-9][0-9][.][0-9]{4}|[0-9][0-9]:[0-9][0-9]:[0-9][0-9])"
)
#: What opens an enhanced code within the words.
_OPENED = ("#", "(", "[", "=", '"', ": ")
_DAYS = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"}
_MONTHS = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}


@dataclass(slots=True)
class Spoken:
    """The words of a reply, and where each of their characters stands in the text."""

    words: str
    places: list[int]
    enhanced: str = ""
    enhanced_at: int = 0
    end: int = 0
    tail: str = ""


def spoken(text: str, candidate: Candidate) -> Spoken:
    """Read a reply from its code on: further lines joined, their codes left out, ended where the report goes on."""
    letters, places, end = _joined(text, candidate)
    joined = "".join(letters)
    cut = _cut(text, candidate, joined)
    tail = joined[cut:]
    if cut < len(places):
        end = places[cut]
    begin = skip(joined, 0, " -:;,)]>", len(joined))
    if joined[begin : begin + 2] in {"b'", 'b"'}:
        begin += 2
    words = joined[begin:cut] if begin < cut else ""
    places = places[begin:cut]
    last = _closed(words)
    spoken = Spoken(words[:last], places[:last], end=end, tail=tail)
    if not candidate.enhanced:
        _own_enhanced(spoken, candidate)
    return spoken


def _joined(text: str, candidate: Candidate) -> tuple[list[str], list[int], int]:
    """The characters from behind the codes on, spaces and line breaks as one space, and where each stands."""
    letters: list[str] = []
    places: list[int] = []
    at, lines = candidate.end, 1
    more = text[candidate.start + 3 : candidate.start + 4] == "-"
    stop = min(len(text), candidate.end + 2 * LONGEST)
    log = _is_log(text, candidate.start)
    fresh = False
    while at < stop and len(letters) < LONGEST:
        character = text[at]
        if character == "\n":
            lines += 1
            following = -1 if lines > LINES or (log and not more) else _next_line(text, at, candidate, more)
            if following < 0:
                break
            at, fresh = following, True
            if letters and letters[-1] != " ":
                letters.append(" ")
                places.append(at - 1)
            continue
        if _repeats(text, at, candidate, fresh, lines > 1):
            more = text[at + 3 : at + 4] == "-"
            at = skip(text, at + 3, " -", 2)
            if candidate.enhanced and text.startswith(candidate.enhanced, at):
                at += len(candidate.enhanced)
        elif character != " " or (letters and letters[-1] != " "):
            letters.append(character)
            places.append(at)
            at += 1
        else:
            at += 1
        fresh = False
    return letters, places, at


def _repeats(text: str, at: int, candidate: Candidate, fresh: bool, several: bool) -> bool:
    """Whether the codes of a reply of several lines stand here once more (RFC 5321 §4.2.1).

    Args:
        fresh: whether a line begins here.
        several: whether the reply goes on over line breaks, so that its codes stand at the beginning of lines only.
    """
    basic, before = candidate.basic, text[at - 2 : at - 1]
    after = text[at + 3 : at + 4]
    if not basic or after not in {" ", "-"} or not text.startswith(basic, at) or not (fresh or text[at - 1] == " "):
        return False
    if fresh:
        return True
    if candidate.enhanced:
        return before not in {":", ">"} and text.startswith(candidate.enhanced, at + 4)
    multi = text[candidate.start + 3 : candidate.start + 4] == "-"
    return multi and not several and (after == "-" or before != ":")


def _next_line(text: str, at: int, candidate: Candidate, more: bool) -> int:
    """Where the next line goes on with the reply; -1 where it does not. ``more`` says that the reply has further lines."""
    begin = at + 1
    at = skip(text, begin, " ><", 12)
    if at >= len(text) or text[at] == "\n":
        return -1
    basic = candidate.basic
    for prefix in ("", *_SPEAKING):
        if (
            basic
            and text.startswith(prefix + basic, at)
            and text[at + len(prefix) + 3 : at + len(prefix) + 4] in {" ", "-", "\n"}
        ):
            return at + len(prefix) if more else -1
    head = lowered(text[at : at + 40])
    return -1 if text.startswith("<<", begin) or _begins(head) or _dated(head) else at


def _begins(head: str) -> bool:
    """Whether a line begins something new: a rule, another reply, a header, a recipient."""
    if _NEW.match(head):
        return True
    name, colon, _ = head.partition(":")
    if colon and name in _FIELDS:
        return True
    if colon and "-" in name and all(is_letter(letter) or letter == "-" for letter in name):
        return True
    return head[:1] == "<" and "@" in head and ">:" in head


def _is_log(text: str, start: int) -> bool:
    begin = text.rfind("\n", max(0, start - 600), start) + 1
    return _dated(lowered(text[begin : begin + 24]))


def _dated(head: str) -> bool:
    """Whether a line begins as lines of logs do: with a date or a time."""
    head = head.lstrip(" [<")
    if head[:3] in _DAYS:
        head = head[3:].lstrip(" ,")
    if head[:3] in _MONTHS and head[3:4] == " ":
        return are_digits(head[4:6].strip(" "))
    return _DATE.match(head) is not None


def _cut(text: str, candidate: Candidate, joined: str) -> int:
    """Where the reply ends in what was joined."""
    folded = lowered(joined)
    cut = len(joined)
    for literal in ENDS:
        at = folded.find(literal)
        if 0 <= at < cut:
            cut = at
    quote = text[candidate.start - 1 : candidate.start]
    return min(cut, _closing(joined, quote)) if quote and quote in "'\"" else cut


def _closing(joined: str, quote: str) -> int:
    """Where a quote is closed that was opened before a reply; an apostrophe closes none."""
    at = joined.find(quote)
    while at >= 0:
        following = joined[at + 1 : at + 2]
        if following in {"", ",", ";", ")", "]", "}", ">"}:
            return at
        if following in {" ", ".", ":"} and joined.find(quote, at + 1) < 0:
            return at
        at = joined.find(quote, at + 1)
    return len(joined)


def _closed(words: str) -> int:
    """Where words end, without the brackets, quotes and stars that were opened before them."""
    end = len(words)
    while end and _left_over(words[end - 1], words[:end]):
        end -= 1
    return end


def _left_over(last: str, words: str) -> bool:
    if last in " ,*`":
        return True
    if last in "'\"":
        return words.count(last) % 2 == 1
    opening = _OPENING.get(last)
    return opening is not None and words.count(opening) < words.count(last)


def _own_enhanced(spoken: Spoken, candidate: Candidate) -> None:
    """An enhanced code within the words: ``550 no such user (#5.1.1)``."""
    words = spoken.words
    for opening in _OPENED:
        at = words.find(opening)
        while at >= 0:
            begin = at + len(opening)
            end = begin
            while end < len(words) and (words[end] == "." or "0" <= words[end] <= "9"):
                end += 1
            number = words[begin:end]
            if is_enhanced(number) and number[0] == candidate.basic[0]:
                first, last = at, end
                while first and words[first - 1] in "([ -":
                    first -= 1
                while last < len(words) and words[last] in ")]":
                    last += 1
                spoken.enhanced, spoken.enhanced_at = number, spoken.places[begin]
                spoken.words = words[:first] + words[last:]
                spoken.places = spoken.places[:first] + spoken.places[last:]
                return
            at = words.find(opening, at + 1)


def stage(stages: list[list[str]], *texts: str) -> str:
    """The command that a text names as the place of the refusal, as a key of ``facts/commands.yml``; "" where none."""
    for text in texts:
        folded = fold(text)
        for literal, command in stages:
            if literal in folded:
                return command
    return ""
