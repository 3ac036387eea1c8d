"""Codes whose parts stand where no code is read: two cells of a row, and enhanced codes of a class that there is not."""

# Annotations are no strings in this module: a NamedTuple compiles those that are, which takes most of its time.

import re
from collections.abc import Iterator

from ..mentions import DOUBTFUL, STRONG, Finder, Mention
from ..mentions.versions import is_version
from ..mentions.words import MARKS, plain
from .codes import Said
from .passages import CELL, Passage

_OTHER_CLASS = re.compile(
    r"(?<![\w.,:/+=-])(?:(?P<basic>[2-5][0-5][0-9])(?P<gap>[ -]))?(?P<code>[013-9]\.[0-9]{1,3}\.[0-9]{1,3})(?![\w/]|[.,:-][0-9])"
)
_BEFORE = 90


class Row:
    """The cells of a row as they come: a reply code and an enhanced code side by side are one reply."""

    def __init__(self) -> None:
        self._last: tuple[Passage, Mention] | None = None

    def reply(self, passage: Passage, mention: Mention | None, source: str) -> Mention | None:
        """The reply of two cells, at the second of them; None where this cell ends none.

        Args:
            passage: a passage.
            mention: the code that is all of it, if one is.
            source: the page.
        """
        last, self._last = self._last, (passage, mention) if mention and passage.kind == CELL else None
        if last is None or mention is None or passage.kind != CELL or "." not in mention.code or "." in last[1].code:
            return None
        between = source[last[0].start + len(last[0].text) : passage.start]
        if between.strip(" \t") != "|":
            return None
        return mention._replace(code=f"{last[1].code} {mention.code}")


def of_no_class(text: str, finder: Finder) -> Iterator[tuple[Mention, Said]]:
    """Enhanced codes that begin with another digit than 2, 4 and 5, behind a reply code or the words "enhanced status code".

    Args:
        text: a paragraph, a cell or lines of code.
        finder: what knows codes and words.
    """
    for match in _OTHER_CLASS.finditer(text):
        basic, code = match["basic"], match["code"]
        if code[0] in "245" or (basic and finder.known.basic.get(basic) != "standard"):
            continue
        before = text[max(match.start() - _BEFORE, 0) : match.start()]
        if basic and before.rstrip().endswith(("<", ">", "=")):
            continue
        if not basic and (not _is_named(plain(before), finder) or is_version(finder.words, before)):
            continue
        if basic and basic[0] == "3":
            message = f"a 3xx reply takes no enhanced code, only 2xx, 4xx and 5xx do (RFC 2034 §4); write {basic} alone"
            rule = "class-conflict"
        else:
            message = "an enhanced code begins with 2, 4 or 5 (RFC 3463 §2)"
            rule = "no-code"
        written = f"{basic} {code}" if basic else code
        yield (
            Mention(match.start(), match.end(), written, STRONG if basic else DOUBTFUL),
            Said(rule, f"{written}: {message}"),
        )


def _is_named(before: str, finder: Finder) -> bool:
    """Whether words before it say that it is a code: "enhanced status code", but not "SMTP" alone."""
    start = finder.words.beside(finder.words.strong_before, before)
    named = before[start:] if start >= 0 else ""
    return any(finder.words.weak_before.ends(named[:end].rstrip(MARKS)) > 0 for end in range(len(named), 0, -1))
