"""Values by default: "`unverified_sender_defer_code` (default: 450)", "the reply code defaults to 554"."""

from __future__ import annotations

import re

_DEFAULT = re.compile(
    r"(?<=code)(?P<setting>[`*_\"”]*(?: (?:parameter|setting|option))?)[ (,]+(?:by )?default(?:s to|s:| is|:)? ?[`*\"“]*\Z"
)


def without_default(before: str) -> str:
    """What stands before a number (``plain``), with "is" in the place of what says that a code is the one by default."""
    return _DEFAULT.sub(" is ", before)


def is_default_of(before: str) -> bool:
    """Whether it is called the one by default: "the default 554 response"."""
    return before.endswith("default")
