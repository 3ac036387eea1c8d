"""Numbers behind a word that counts: "Bounces: 250. Errors: 450.", "replies (250 of them)"."""

from __future__ import annotations

import re

#: What is counted begins its clause or is the head of a column; "SMTP errors: 550" and "Error codes: 550" name codes.
_TALLY = re.compile(
    r"(?:\A|[.;,!?|(\n])[ \t*_-]*(?:total )?(?:bounces|errors|failures|rejections|replies|responses)[*_]*:[ \t*_]*\Z",
    re.IGNORECASE,
)
#: It stands alone: another number, or what a code means, would follow a code.
_ENDS = re.compile(r"[*_]*[ \t]*(?:\Z|[.;\n|]|,[ \t]*[a-zA-Z])")


def is_tally(before: str, after: str) -> bool:
    """Whether a number is how many there were.

    Args:
        before: what stands before it.
        after: what follows it.
    """
    return _TALLY.search(before) is not None and _ENDS.match(after) is not None
