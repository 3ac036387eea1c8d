"""The directives, fences and references of a text that Markdown reads as such, in the order of the finished page.

The text is converted once more, by extensions that only tell text from code and containers, and that run nothing of the
site's. Each place that may hold something of ours carries a mark, one letter that nobody writes there: what is in code, in a
comment or in a title does not come out of the conversion as a directive, so nothing has to be guessed. This happens once for a
page with a mistake.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from typing import Any, NamedTuple
from xml.etree import ElementTree as etree

from markdown import Markdown
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from ...directives import OPENING
from ..explain_fences import FENCE, INFO, take
from ..locating import plain
from ..outside import in_raw_html
from ..processors import register_recognition
from ..state import Job, State, in_order

log = logging.getLogger(__name__)

#: Extensions whose syntax says what is text and what is code or a container. They run no code of the site's.
SYNTAX = {
    "markdown.extensions.admonition", "markdown.extensions.attr_list", "markdown.extensions.def_list",
    "markdown.extensions.fenced_code", "markdown.extensions.footnotes", "markdown.extensions.md_in_html",
    "markdown.extensions.sane_lists", "markdown.extensions.tables", "pymdownx.arithmatex", "pymdownx.blocks.admonition",
    "pymdownx.blocks.caption", "pymdownx.blocks.definition", "pymdownx.blocks.details", "pymdownx.blocks.html",
    "pymdownx.blocks.tab", "pymdownx.details", "pymdownx.inlinehilite", "pymdownx.superfences", "pymdownx.tabbed",
    "pymdownx.tasklist",
}  # fmt: skip
# Rare letters: they may stand in a name, and nobody writes one behind a parenthesis that opens.
_FIRST, _LAST = 0x20000, 0x2A6DF
_OWN_TEXT = re.compile(r"\[`?smtp[^\[\]`\n]*(?P<end>)`?\]\s?\[[ \t]*\]", re.IGNORECASE)
_LABEL = re.compile(r"\]\s?\[\s*(?P<label>smtp[^\[\]\n]*?)(?P<end>)\s*\]", re.IGNORECASE)
_MARKS = re.compile(f"[{chr(_FIRST)}-{chr(_LAST)}]")
_DEFINED = re.compile(r"^ {0,3}\[([^\[\]\n]+)\]:", re.MULTILINE)


class Spot(NamedTuple):
    """Something of ours in a text.

    Attributes:
        key: what is written there, on one line and without its mark.
        mark: the number of the mark, None where it has none.
    """

    key: str
    mark: int | None


def places(text: str) -> list[tuple[int, int, str]]:
    """Where marks go in a text, where what each is the mark of begins, and what stands between a mark and the text before it."""
    found = []
    for match in OPENING.finditer(text):
        at = match.end() if match["parenthesis"] else match.end() - 2
        found.append((at, match.end("escape"), ""))
    if "smtp" in text.lower():
        defined = {label.strip().lower() for label in _DEFINED.findall(text)}
        found += [(match.start("end"), match.start(), "") for match in _OWN_TEXT.finditer(text)]
        labels = [match for match in _LABEL.finditer(text) if match["label"].strip().lower() not in defined]
        found += [(match.start("end"), match.start() + 1, "") for match in labels]
    position = 0
    for line in text.split("\n") if "smtp-explain" in text else ():
        fence = FENCE.match(line) if "smtp-explain" in line else None
        if fence is not None and (info := INFO.match(fence["info"])):
            end = info.end("braced" if info["braced"] is not None else "bare")
            found.append((position + fence.start("info") + end, position + fence.start("mark"), " "))
        position += len(line) + 1
    return sorted(set(found))


def letter(number: int) -> str:
    """The mark of a number; "" where there are no more."""
    return chr(_FIRST + number) if number <= _LAST - _FIRST else ""


def keys(jobs: Sequence[Job], state: State) -> list[str]:
    """What a page has of ours, as spots have it."""
    return [key(fence.source if (fence := state.taken.get(job.raw)) else job.raw) for job in jobs]


def key(raw: str) -> str:
    return plain(_MARKS.sub("", raw))


def read(text: str, state: State) -> tuple[list[Spot], list[Spot]]:
    """What a text with marks has of ours: what is expanded, and what stands in raw HTML.

    Args:
        text: the text.
        state: of the conversion of its page, whose syntax counts.
    """
    reader = _Reader(state)
    try:
        reader.md.convert(text)
    except Exception as error:  # of another extension: a message without its line is better than none
        log.debug("%s", error)
    pre = state.extension.thorough
    html = [Spot(key(raw), _mark_of(raw)) for raw, _ in in_raw_html(reader.md.htmlStash.rawHtmlBlocks, pre=pre)]
    return [_spot(job, reader.state) for job in reader.jobs], html


def _spot(job: Job, state: State) -> Spot:
    if fence := state.taken.get(job.raw):
        written = fence.options.rstrip()[-1:]
        return Spot(key(fence.source.replace(f" {written}", "", 1)), _number(written))
    return Spot(key(job.raw), _number(job.raw[-2]) if job.name else _mark_of(job.raw))


def _mark_of(raw: str) -> int | None:
    """The number of a directive's mark; one within it has its own."""
    at = raw.find("(") + 1 or len(raw) - 3
    return _number(raw[at : at + 1])


def _number(written: str) -> int | None:
    return ord(written) - _FIRST if written and _FIRST <= ord(written) <= _LAST else None


class _Reader(Treeprocessor):
    """Converts as far as what is recognised, in a conversion beside that of the page."""

    def __init__(self, page: State) -> None:
        self.md = Markdown(extensions=_syntax(page.md), tab_length=page.md.tab_length)
        super().__init__(self.md)
        if "code" not in page.md.parser.blockprocessors:
            self.md.parser.blockprocessors.deregister("code", strict=False)
        self.state = State(page.extension, self.md)
        self.jobs: list[Job] = []
        self.md.preprocessors.register(_Fences(self.state), "smtpcodes", 28)
        register_recognition(self.state, self.md)
        self.md.treeprocessors.register(self, "smtpcodes", 6)

    def run(self, root: etree.Element) -> None:
        self.jobs = [self.state.jobs[number] for number in in_order(root, self.state.jobs)]


class _Fences(Preprocessor):
    def __init__(self, state: State) -> None:
        super().__init__(state.md)
        self.state = state

    def run(self, lines: list[str]) -> list[str]:
        return take(lines, self.state)


def _syntax(md: Any) -> list[str]:
    """The names of the extensions of a converter that matter here."""
    registries = (md.preprocessors, md.parser.blockprocessors, md.inlinePatterns, md.treeprocessors, md.postprocessors)
    modules = {type(processor).__module__ for registry in registries for processor in registry}
    for processor in md.parser.blockprocessors:
        if type(processor).__module__ == "pymdownx.blocks":
            modules |= {block.__module__ for block in processor.blocks.values()}
    return sorted(modules & SYNTAX)
