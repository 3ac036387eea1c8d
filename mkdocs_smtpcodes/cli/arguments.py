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

#: What people write between two codes.
_BETWEEN = re.compile(
    r"\s*[,;/|]\s*|\s+(?:vs\.?|versus|and|or|to|&|[-–])\s+|(?<=(?<![\w.])[1-9]\d\d)[-–](?=[1-9]\d\d(?![.\d]))",
    re.IGNORECASE,
)
#: The form of all lines but the last of a reply (RFC 5321 §4.2.1).
_HYPHEN = re.compile(rf"({BASIC.pattern})-(?={ENHANCED.pattern})")
#: What stands before the reply of a server in a report (RFC 3464 §2.3.6), and the status before that.
_TYPE = re.compile(r"(?<!\w)(?:smtp|lmtp)\s*;\s*(?=[1-9]\d\d)", re.IGNORECASE)
_STATUS = re.compile(
    rf"(?<!\S)#?(?P<status>{ENHANCED.pattern})\s+{_TYPE.pattern}(?P<basic>{BASIC.pattern})(?![\w.])"
    rf"(?P<own>\s+{ENHANCED.pattern}(?!\s+{_TYPE.pattern}))?",
    re.IGNORECASE,
)


def codes(arguments: Sequence[str], *, least: int = 1) -> list[str]:
    """The codes that the words of a command line name: ``550 5.7.1`` is a whole reply, with quotes and without.

    Args:
        arguments: the words.
        least: how many codes are needed; where there are fewer, ``550 5.7.1`` is two codes.

    Raises:
        click.UsageError: the parts of a code are joined by commas.
    """
    from ..directives.no_codes import commas  # noqa: PLC0415

    written = unreported(" ".join(arguments))
    if problem := commas(written):
        raise click.UsageError(problem)
    groups = [_HYPHEN.sub(r"\1 ", group).split() for group in _BETWEEN.split(written)]
    joined = [code for group in groups for code in _joined(group)]
    return joined if len(joined) >= least else [word for group in groups for word in group]


def unreported(text: str) -> str:
    """Codes as a reply has them, where they stand as in a report: ``5.1.1 smtp;550`` (``Status``, ``Diagnostic-Code``)."""
    return _TYPE.sub("", _STATUS.sub(lambda found: f"{found['basic']}{found['own'] or ' ' + found['status']}", text))


def _joined(words: Sequence[str]) -> list[str]:
    joined: list[str] = []
    for word in words:
        if joined and BASIC.fullmatch(joined[-1]) and ENHANCED.match(word):
            joined[-1] = f"{joined[-1]} {word}"
        else:
            joined.append(word)
    return joined


def no_words(command: str, words: Sequence[str], dataset: Dataset) -> None:
    """Send who looks for something by words to the command that does.

    Raises:
        click.UsageError: several words are given, and none of them may be a code.
    """
    letters = [
        word for word in words if word.isalpha() and word not in dataset.site_codes and word.lower() not in _JOINING
    ]
    if len(letters) > 1 and not any(character.isdigit() for word in words for character in word):
        raise click.UsageError(f"{command} takes codes; for what texts say there is search {' '.join(words)}")


#: Words between two codes.
_JOINING = ("vs", "versus", "and", "or", "to")


def read(name: str, texts: Sequence[str], dataset: Dataset) -> list[Code]:
    """The codes that texts name, as the arguments of a directive would be read.

    Raises:
        click.UsageError: with what a page would be told of the same mistake.
    """
    from .. import directives  # noqa: PLC0415
    from ..rendering.renderer import Renderer  # noqa: PLC0415

    written = ", ".join('"{}"'.format(text.replace('"', "")) for text in texts)
    directive = directives.find(f"<< {name}({written}) >>")
    assert directive is not None
    try:
        return list(Renderer(dataset).codes(directives.parse(directive, "")))
    except directives.Mistakes as mistakes:
        messages = [message.removeprefix(f"{name}: ") for message in (*mistakes.messages, *mistakes.known)]
        raise click.UsageError("; ".join(map(_for_terminal, messages))) from None


def _for_terminal(message: str) -> str:
    """What a page is told, with the command that does here what a directive does there."""
    message = re.sub(r"<< smtp_compare\(([^()]*)\) >>", lambda match: f"compare {match[1].replace(',', '')}", message)
    message = re.sub(r"<< smtp_code\(([^()]*)\) >>", r"show \1", message)
    message = re.sub(r"<< smtp_replies\(reason=([^()]*)\) >>", r"search \1", message)
    return re.sub(r"(<< smtp_\w+\([^()]*\) >>)", r"\1 in a page", message)
