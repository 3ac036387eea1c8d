"""What the linter finds, and the comments that silence it for a line."""

# Annotations are no strings in this module: a NamedTuple compiles those that are, which takes most of its time.

import re
from typing import NamedTuple

from ..lint_rules import RULES, unknown
from .passages import Page

_COMMENT = re.compile(r"<!--[ \t]*smtp-check:[ \t]*(?P<what>[^\n]*?)[ \t]*-->")
_FENCE = re.compile(r"[ \t>]*(?:(?:[-*+]|[0-9]+[.)])[ \t]+)?(`{3,}|~{3,})")


class Finding(NamedTuple):
    """Something to say of a place in a page.

    Attributes:
        file: the page.
        line: from 1.
        column: of its first character, from 1.
        end_column: of the character after its last; it ends on the same line.
        rule: the rule that says so.
        level: ``note``, ``warning`` or ``error``.
        message: what is wrong, and what would be right.
        fix: what should stand there, where only one thing is right; else "".
        related: a place on another page that belongs to it: file, line and column; or nothing.
    """

    file: str
    line: int
    column: int
    end_column: int
    rule: str
    level: str
    message: str
    fix: str = ""
    related: tuple[str, int, int] | None = None

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.level}: {self.message} [{self.rule}]"


class Silence:
    """The lines of a page for which a comment switches rules off.

    ``<!-- smtp-check: ignore -->`` silences its own line; alone on a line, it silences the next that is not blank, or the whole
    block of code that begins there. Names of rules after ``ignore`` silence these only.

    Attributes:
        mistakes: comments that say something else, each with line, column and what is wrong.
    """

    def __init__(self, page: Page) -> None:
        self._lines: dict[int, set[str]] = {}
        self.mistakes: list[tuple[int, int, str]] = []
        if "smtp-check" not in page.source:
            return
        lines = page.source.split("\n")
        for number, line in enumerate(lines):
            for found in _COMMENT.finditer(line):
                self._read(lines, number, found)

    def _read(self, lines: list[str], number: int, found: re.Match[str]) -> None:
        verb, *names = re.split(r"[\s,]+", found["what"])
        wrong = unknown(filter(None, names))
        if verb != "ignore":
            wrong = ["expected <!-- smtp-check: ignore -->, or the names of rules after ignore"]
        for message in wrong:
            self.mistakes.append((number + 1, found.start() + 1, f"smtp-check: {message}"))
        if verb != "ignore":
            return
        rules = {name for name in names if name in RULES} or (set(RULES) if not any(names) else set())
        for place in self._silenced(lines, number, found):
            self._lines.setdefault(place + 1, set()).update(rules)

    @staticmethod
    def _silenced(lines: list[str], number: int, found: re.Match[str]) -> range:
        if lines[number].replace(found[0], "").strip(" \t>"):
            return range(number, number + 1)
        following = next((place for place in range(number + 1, len(lines)) if lines[place].strip(" \t>")), number)
        fence = _FENCE.match(lines[following])
        if not fence:
            return range(following, following + 1)
        ends = (place for place in range(following + 1, len(lines)) if lines[place].strip(" \t>").startswith(fence[1]))
        return range(following, next(ends, len(lines) - 1) + 1)

    def covers(self, rule: str, line: int) -> bool:
        """Whether a rule is silenced for a line."""
        return rule in self._lines.get(line, ())
