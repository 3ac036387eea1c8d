"""Which of the codes in a text is the reply: the one that refuses, said by the server itself, and the innermost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .candidates import Candidate, candidates, lowered, one_line
from .folding import fold
from .reading import Spoken, spoken

#: After these, what a server says begins.
_SAID = (">:\n", "failure: ", "deferral: ", "said: ")
_BACK = 500
_LINES = 60


@dataclass(frozen=True, slots=True)
class Reply:
    """A code and what is said with it, in a text."""

    candidate: Candidate
    said: Spoken

    @property
    def rank(self) -> tuple[int, int, int]:
        """What refuses outranks what does not, a sure reply a code alone, an announced one the others."""
        code = self.candidate
        group = (3 if code.strong else 2) if code.failing else (1 if code.strong else 0)
        return group, int(code.lead > 2), code.shape if group == 2 else 0


def replies(text: str, whole: Iterable[str]) -> list[Reply]:
    """The replies in a text, in order. Of replies within each other the innermost stands.

    Args:
        text: the text, without escapes.
        whole: words (folded) of replies that quote another one, and still speak for themselves.
    """
    found: list[Reply] = []
    end = -1
    for candidate in candidates(text):
        outer = found[-1].candidate if found else candidate
        if candidate.start < end and (outer.strong or not candidate.strong):
            if not _inner(candidate, outer) or any(word in fold(found[-1].said.words) for word in whole):
                continue
            found.pop()
        reply = Reply(candidate, spoken(text, candidate))
        end = max(reply.said.end, candidate.end)
        found.append(reply)
    return found


def _inner(candidate: Candidate, outer: Candidate) -> bool:
    """Whether a code within a reply is that of another one, and not one that a further line repeats."""
    # A refusal for good within what is not refused, or not for good: 450 4.2.0 greylisted, then 550 5.1.1 User unknown.
    if candidate.shape > 2 and candidate.basic >= "5" > outer.basic != "":
        return True
    if not candidate.strong or candidate.lead < 2 or not (candidate.failing or not outer.failing):
        return False
    return candidate.lead == 3 or candidate.basic != outer.basic or candidate.enhanced not in {"", outer.enhanced}


def best(found: Sequence[Reply]) -> Reply | None:
    """The reply that speaks: the first of the highest rank, as the text tells it most exactly."""
    top = max(found, key=lambda reply: reply.rank, default=None)
    if top is None or top.candidate.enhanced or top.said.enhanced or not top.candidate.basic:
        return top
    words = fold(top.said.words)
    fuller = (
        reply
        for reply in found
        if reply.candidate.enhanced and reply.candidate.basic == top.candidate.basic and words in fold(reply.said.words)
    )
    return next(fuller, top) if words != " " else top


def words_before(text: str, candidate: Candidate) -> str:
    """What stands before a code that ends what is said: ``no mailbox here by that name. (#5.1.1)``."""
    begin = max(0, candidate.start - _BACK)
    blank = text.rfind("\n\n", begin, candidate.start)
    if blank >= 0:
        begin = blank + 2
    piece = text[begin : candidate.start]
    for literal in _SAID:
        at = piece.rfind(literal)
        if at >= 0:
            piece = piece[at + len(literal) :]
    return one_line(piece).rstrip("([#<- \"'")


def words_of_log(text: str, candidate: Candidate) -> str:
    """What a log says beside its field with the code: ``dsn=5.1.1, stat=User unknown``, ``status=bounced (…)``."""
    end = text.find("\n", candidate.end)
    line = text[candidate.end : end if end >= 0 else len(text)][:1600]
    folded = lowered(line)
    at = folded.find(" stat=")
    if at >= 0:
        return line[at + 1 :].strip(" \n")
    at = folded.find(" status=")
    opening = line.find("(", at)
    if 0 <= at < opening:
        closing = line.rfind(")")
        return line[opening + 1 : closing if closing > opening else len(line)].strip(" \n")
    return ""


def is_field(text: str, candidate: Candidate) -> bool:
    """Whether a code is the value of a field in a log that is told beside it."""
    return candidate.basic == "" and text[candidate.start - 1 : candidate.start] == "="


def lines(text: str) -> list[str]:
    """The lines of a text that has no code; of a line of a log that refuses, what follows ``rejected …:``."""
    found = []
    for line in text[:6000].split("\n")[:_LINES]:
        at = line.find(" rejected ")
        colon = line.find(": ", at)
        words = one_line(line[colon + 2 if 0 <= at < colon else 0 :])[:600]
        if words:
            found.append(words)
    return found
