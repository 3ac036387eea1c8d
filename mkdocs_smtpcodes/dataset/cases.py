"""Which paragraphs of advice can hold of a reply: those about other codes, services and texts are none of its cases."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

_SPAN = re.compile("`([2-5][^`]*)`")
#: A code in a code span, and the second one of `5.7.606` to `5.7.649`.
_CODE = re.compile("(?:([2-5][0-9]{2})(?= |$) ?)?(?:[245]([.][0-9][.][0-9]{1,3})(?= |$))?")
#: Details from here on are made up by services, who give them in ranges.
_OWN = 100


class Case(NamedTuple):
    """What is known of a reply.

    Attributes:
        basic: the reply code, or "".
        enhanced: the enhanced code, or "".
        senders: the names of the services that send it.
        others: the names of services that do not.
        text: all that was pasted, folded; "" where there is nothing but a code.
    """

    basic: str = ""
    enhanced: str = ""
    senders: Collection[str] = ()
    others: Collection[str] = ()
    text: str = ""


def that_hold(paragraphs: Sequence[str], case: Case, shown_by: Mapping[str, Sequence[str]]) -> list[str]:
    """The paragraphs that can hold of a reply. The first is for everybody, but for what it says of another class.

    Args:
        paragraphs: what follows the next step.
        case: the reply.
        shown_by: the words (folded) of a reply that show the case of a paragraph, by what that paragraph names.
    """
    return [
        part
        for number, part in enumerate(paragraphs)
        if _of_class(part, case) and (number == 0 or (_of_sender(part, case) and _of_reply(part, case, shown_by)))
    ]


def _of_class(part: str, case: Case) -> bool:
    digit = (case.basic or case.enhanced)[:1]
    named = [digit for digit in "45" if f"{digit}xx" in part]
    return len(named) != 1 or digit not in {"4", "5"} or digit in named


def _of_sender(part: str, case: Case) -> bool:
    return any(name in part for name in case.senders) or not any(other in part for other in case.others)


def _of_reply(part: str, case: Case, shown_by: Mapping[str, Sequence[str]]) -> bool:
    codes = list(_codes(part))
    named = [words for name, words in shown_by.items() if name in part]
    if (not codes and not named) or (named and not case.text):
        return True
    return any(_fits(code, case) for code in codes) or any(word in case.text for words in named for word in words)


def _codes(part: str) -> Iterator[tuple[str, str, int]]:
    """The codes that a paragraph names: reply code, detail without its class, and the last one where it is a range."""
    before: tuple[str, int] | None = None
    for span in _SPAN.finditer(part):
        found = _CODE.match(span[1])
        basic, detail = (found[1] or "", found[2] or "") if found else ("", "")
        if not basic and not detail:
            continue
        number = int(detail.rpartition(".")[2] or 0)
        yield basic, detail, number
        if before and not basic and before[1] >= _OWN and before[1] < number:
            yield "", before[0], number
        before = None if basic else (detail, number)


def _fits(code: tuple[str, str, int], case: Case) -> bool:
    basic, detail, last = code
    if basic and basic != case.basic:
        return False
    own, subject = case.enhanced[1:], detail.rpartition(".")[0]
    if not detail:
        return True
    return own.rpartition(".")[0] == subject and int(detail.rpartition(".")[2]) <= int(own.rpartition(".")[2]) <= last
