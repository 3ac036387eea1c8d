"""From the words of a command line to codes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from ..codes import BASIC, ENHANCED

if TYPE_CHECKING:
    from ..codes import Code
    from ..dataset import Dataset

_BETWEEN = re.compile(r"[\s,;]+")
_ENHANCED = re.compile(ENHANCED.pattern)
#: The form of all lines but the last of a reply (RFC 5321 §4.2.1).
_HYPHEN = re.compile(rf"({BASIC.pattern})-(?={ENHANCED.pattern})")
#: What people write between two codes.
_VERSUS = {"vs", "vs.", "and", "&"}


def split(arguments: Sequence[str]) -> list[str]:
    """The codes that words name, one by one: ``550 5.7.1`` gives two, and so does ``'550 5.7.1'``."""
    words = _BETWEEN.split(" ".join(arguments))
    return [_HYPHEN.sub(r"\1 ", word) for word in words if word and word.lower() not in _VERSUS]


def join(words: Sequence[str]) -> list[str]:
    """Codes with each reply code and the enhanced code after it as a whole reply."""
    joined: list[str] = []
    for word in words:
        if joined and BASIC.fullmatch(joined[-1]) and _ENHANCED.match(word):
            joined[-1] = f"{joined[-1]} {word}"
        else:
            joined.append(word)
    return joined


def code(dataset: Dataset, text: str) -> Code:
    """The code that a text names.

    Raises:
        click.UsageError: there is none.
    """
    from ..dataset import UnknownCode  # noqa: PLC0415
    from ..suggestions import did_you_mean  # noqa: PLC0415

    try:
        return dataset.code(text)
    except UnknownCode as unknown:
        raise click.UsageError(f"{unknown.code} is not a known code{did_you_mean(unknown.near)}") from None
