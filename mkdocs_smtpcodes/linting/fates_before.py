"""Sentences that call a code something before they name it: "permanent errors such as 450", "rejected permanently with a 421"."""

from __future__ import annotations

import re

from .definitions import LONGEST, NOT, SENTENCE, Definition
from .passages import ITEM, PROSE, Passage

_CODES = r"(?:[245][0-9]{2}|[245]\.[0-9]{1,3}\.[0-9]{1,3}|[45](?:xx|XX|yz|\.[xX]\.[xX]))"
_KIND = (
    r"(?:(?:smtp|mail|delivery|dns) )?(?:(?:error|status|reply|response|failure|rejection) )?"
    r"(?:errors?|failures?|rejections?|refusals?|codes?|repl(?:y|ies)|responses?)"
)
#: What is called so, and what may stand between it and its codes. What is "permanent" itself names a code in parentheses alone.
_LED = re.compile(
    rf"\b(?P<fate>(?:permanent|temporary|transient)[ ]{_KIND}|(?:hard|soft)[ -]bounces?(?: codes?)?)"
    r"(?:[*_]*:[*_]*| (?:codes? )?(?:such as|like|is|are)|,? \(?(?:such as|like|e\.g\.|i\.e\.|for example),?| \(|)[ ]"
    rf"?(?:an? |the )?[`*_\"“(]*(?:{_CODES}[`*_\"”]*(?:, |/| / |, and |, or | and | or )[`*_\"“]*)*\Z"
    r"|\b(?P<adverb>permanently|temporarily) (?:(?:rejected|refused|deferred) )?with (?:an? |the )?"
    r"(?:smtp |error |code |reply ){0,3}[`*_\"“]*\Z"
    r"|\b(?P<adjective>permanent|temporary|transient) (?:smtp )?[`*_\"“]*\Z",
    re.IGNORECASE,
)
_NOUN = re.compile(r"[`*_\"”]* (?:smtp )?(?:errors?|failures?|rejections?|repl(?:y|ies)|responses?|codes?)\b")
#: Both fates in one breath: "soft and hard bounces (4xx and 5xx)".
_BOTH = re.compile(r"\b(?:soft|temporary|transient|hard|permanent)(?: [\w-]+)?(?:,? (?:and|or) |/)\Z", re.IGNORECASE)
#: What turns one into the other: "turns permanent errors into", "treat temporary errors as 550".
_TURNS = re.compile(
    r"\b(?:turn|chang|treat|rewrit|convert|make|becom|instead|unlike|repeated|persist|after|if|when|was|were|should|prevent)\w*\b",
    re.IGNORECASE,
)


def called_before(passage: Passage, code: str, start: int, end: int) -> Definition | None:
    """A sentence that calls a code temporary or permanent and then names it.

    Args:
        passage: the passage.
        code: the code.
        start: where the code begins in its text.
        end: where it ends.
    """
    if passage.kind not in {PROSE, ITEM}:
        return None
    begin = max((stop.end() for stop in SENTENCE.finditer(passage.text, 0, start)), default=0)
    before = passage.text[max(begin, start - LONGEST) : start].replace("\n", " ")
    led = _LED.search(before)
    if led is None or (led["adjective"] and not _NOUN.match(passage.text, end)):
        return None
    earlier = before[: led.start()]
    if _BOTH.search(earlier) or _TURNS.search(earlier) or NOT.search(earlier):
        return None
    fate = led["fate"] or led["adverb"] or led["adjective"]
    return Definition(code, passage.start + start, fate)
