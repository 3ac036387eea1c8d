"""The rule that looks at the words of a reply: do they belong to its code?"""

from __future__ import annotations

from ..codes import BasicCode, EnhancedCode, Reply
from ..suggestions import one_of
from .codes import Said
from .record import GENERIC, Record

#: Reasons so general that their words stand with any code.
VAGUE = frozenset({"policy", "server-error", "server-busy", "reputation", "spam", "accepted", "continue", "expired"})
#: So many words are needed to tell a reply by them.
_WORDS = 2
_MOST = 3


def other_text(written: str, words: str, record: Record) -> Said | None:
    """What is to be said of a reply whose words are those of another.

    It takes much to say so: the words have one reason that is on record; no server on record sends the code for it, in no class;
    and the code is on record for other reasons, or is defined for other commands.

    Args:
        written: the code.
        words: what stands after it, as a server would send it.
        record: what is on record.
    """
    code = record.code(written)
    if code is None or len(words.split()) < _WORDS or record.is_own(code):
        return None
    told = record.explain(words)
    if told.code or not told.reason or told.reason in VAGUE:
        return None
    basics, details = record.codes_of(told.reason)
    part = code.enhanced if isinstance(code, Reply) else code
    if isinstance(code, Reply) and code.enhanced.number == 0:
        part = code.basic  # the detail says nothing then
    if isinstance(part, EnhancedCode):
        if part.number == 0 or part.detail in details or record.status(part) == "unregistered":
            return None
    elif not isinstance(part, BasicCode) or str(part) in GENERIC or str(part) in basics:
        return None
    reasons = record.reasons(part)
    known = record.dataset.reasons
    # Reasons of one group are near enough: "Invalid address" says as much of its syntax as of its absence.
    near = {known[reason].group for reason in reasons if reason in known}
    if not reasons or set(reasons) & VAGUE or known[told.reason].group in near:
        return None
    right = [text for text in record.dataset.reasons[told.reason].codes if " " in text or text.isdigit()][:_MOST]
    comes = f", which comes with {one_of(right)}" if right else ""
    own = one_of([record.reason(reason) for reason in reasons[:_MOST]])
    return Said(
        "other-text", f"{written}: the words say “{record.reason(told.reason)}”{comes}; {part} is sent for “{own}”"
    )
