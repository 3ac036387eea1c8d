"""Looks whether a page has anything of ours. Most pages have not, and nothing else of the extension is loaded for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown import Markdown
from markdown.preprocessors import Preprocessor

from ..autolink_wishes import numbered

if TYPE_CHECKING:
    from . import SmtpCodesExtension
    from .state import State

#: How labels of ours begin, and what is written instead of `smtp-550`.
_LABELS = tuple(
    f"[{tick}smtp{rest}"
    for tick in ("", "`")
    for rest in ("-", *(f"{gap}{digit}" for gap in ("", " ", "_") for digit in "2345"))
)


def marked(text: str) -> bool:
    """Whether a text may have something of ours: a directive, a fence, a reference, or what was to be one of these."""
    if "<<" in text:
        return True
    small = text.lower()
    # Whatever else there is has one of these in it.
    if "smtp" not in small and "xpl" not in small:
        return False
    return (
        "-explain" in text
        or (("smtp_" in text or "smtp(" in text or "](smtp-" in text) and _almost(text))
        or (("```" in text or "~~~" in text) and _almost(small))
        or ("[" in text and _refers(small))
    )


def _almost(text: str) -> bool:
    from .other_signs import has  # noqa: PLC0415 (only for a page that has the beginning of one)

    return has(text)


def _refers(text: str) -> bool:
    """Whether a text has a label that may be one of ours: those of Markdown ignore case."""
    if "[smtp" not in text and "[`smtp" not in text:
        return False
    return any(mark in text for mark in _LABELS)


class Remember(Preprocessor):
    """Begins a page: keeps its text as written, to find lines in."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.lines: list[str] = []

    def run(self, lines: list[str]) -> list[str]:
        self.lines = lines
        return lines


class Watch(Preprocessor):
    """Calls for all the other processors when the text, grown by snippets and the like, has something of ours."""

    def __init__(self, extension: SmtpCodesExtension, remember: Remember, md: Markdown) -> None:
        super().__init__(md)
        self.extension = extension
        self.remember = remember
        self.state: State | None = None

    def run(self, lines: list[str]) -> list[str]:
        if lines and lines[0].startswith("\ufeff"):
            # Whoever reads a file leaves its mark out, but for Python-Markdown.
            lines = [lines[0][1:], *lines[1:]]
        ours = self.extension.thorough or any(map(marked, lines))
        wish = self.extension.wish(self.md)
        linked = wish is not None and any(map(numbered, lines))
        if self.state is None and not ours and not linked:
            return lines
        if self.state is None:
            from .processors import register  # noqa: PLC0415 (only for a page that needs it)

            self.state = register(self.extension, self.md)
        self.state.begin(self.remember.lines)
        if linked:
            self.state.wish, self.state.grown = wish, "\n".join(lines)
        if ours or not linked:
            # A page that only may have codes is asked for when one is found.
            self.state.begun = True
            self.extension.begin(self.md)
        if any("xpl" in line or (("```" in line or "~~~" in line) and "smtp" in line.lower()) for line in lines):
            from .explain_fences import take  # noqa: PLC0415

            return take(lines, self.state, tell=True)
        return lines
