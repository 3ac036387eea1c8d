"""Codes that stand in a page without a directive get what ``<< smtp(…) >>`` makes: a place for it is put where each stands.

Paragraphs, cells and items are read as one text, over emphasis, code spans and links, because the word that makes a number a
code may stand in one of them. What is within a link or a heading, or is raw HTML, is read and never changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from html import unescape
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as etree

from markdown.util import ETX, STX, AtomicString

from .. import mentions
from ..autolink_wishes import Wish, numbered
from ..dataset import UnknownCode
from ..directives.finding import Found
from .elements import HEADINGS, is_bold, take_back
from .outside import not_shown
from .state import PLACEHOLDER, Job, State

if TYPE_CHECKING:
    from ..mentions import Mention

#: Elements of running text; all others begin a text of their own.
_INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "button", "cite", "code", "del", "dfn", "em", "font", "i",
    "img", "input", "ins", "kbd", "label", "mark", "math", "q", "s", "samp", "script", "small", "span", "strike",
    "strong", "sub", "sup", "svg", "tt", "u", "var",
))  # fmt: skip
#: Elements in which nothing is put.
_CLOSED = frozenset(
    ("a", "abbr", "button", "kbd", "label", "math", "samp", "script", "svg", "textarea", "var", *HEADINGS)
)
#: Blocks that are not even read.
_SHUT = frozenset(("pre", "script", "style", "textarea", "svg", "math", "object", "iframe", *HEADINGS))
_STASHED = re.compile(f"{STX}([^{ETX}]*){ETX}")
_RAW = re.compile(r"<(/?)([A-Za-z][\w-]*)")
_NUMBER = re.compile(r"wzxhzdk:([0-9]+)")
#: In the place of what cannot be read; nothing reaches over it.
_FILLER = "\ue000"


class _Piece(NamedTuple):
    """A part of a text that may get links.

    Attributes:
        start: where it begins in the text.
        end: where it ends in the text.
        offset: where it begins in what the element has.
        element: what has it as its text, or as its tail, if there is a parent.
        parent: the element around it, for a tail.
        code: whether it is inline code.
    """

    start: int
    end: int
    offset: int
    element: etree.Element
    parent: etree.Element | None
    code: bool


class Autolinks:
    """One page."""

    def __init__(self, state: State, wish: Wish) -> None:
        self.state = state
        self.wish = wish
        #: The page: a line in bold is a heading in it, and not in an item or a note.
        self.root: etree.Element | None = None
        self.dataset = state.extension.renderer.dataset
        self.finder = mentions.finder_of(self.dataset)
        #: The texts of the page that may have a code.
        self.texts: list[Text] = []
        #: The headings above the place that is being read, the nearest first, and their levels.
        self.above: tuple[str, ...] = ()
        self._levels: tuple[str, ...] = ()

    @cached_property
    def _page(self) -> mentions.Page:
        return self.finder.page(self.state.grown, bare=self.wish.bare)

    def run(self, root: etree.Element) -> None:
        """Put a place for a link around every code that the page wishes one for."""
        self.root = root
        if self.wish.mode != "off":
            self.block(root)
            # Twice, because a code that a page surely names in one place needs less to be one in another.
            found = [(text, self._find(text)) for text in self.texts]
            named = {mention.code for _, mentioned in found for mention in mentioned}
            self._page = self._page._replace(named=frozenset(code.split(" ")[0] for code in named))
            for text, first in found:
                text.link(self._find(text) if named else first)
        if self.wish.fences:
            from .fence_tooltips import Fences  # noqa: PLC0415 (only where it is wished)

            Fences(self).run(root)

    def _find(self, text: Text) -> list[Mention]:
        found = list(self.finder.find(text.text, self._page, text.around))
        return [mention for mention in not_shown(text.text, found) if self.known(mention.code)]

    def known(self, code: str) -> bool:
        """Whether the dataset can tell of a code."""
        try:
            self.dataset.code(code)
        except UnknownCode:
            return False
        return True

    def add(self, code: str, written: str, *, inside: bool, mark: str = "") -> str:
        """Order what stands in the place of a code; the number of the order."""
        if not self.state.begun:
            self.state.begun = True
            self.state.extension.begin(self.state.md)
        found = Found(0, 0, "smtp", f'"{code}"', closed=True, escaped=False)
        self.state.jobs.append(Job(code, found, False, written, inside, mark))
        return str(len(self.state.jobs) - 1)

    def block(self, element: etree.Element, around: mentions.Around = mentions.NOTHING) -> None:
        """Read a block and what is in it.

        Args:
            element: the block.
            around: what stands above it and tells of a code that begins it.
        """
        text, before, first = Text(self), "", True
        text.add(element, None)
        for child in list(element):
            if not isinstance(child.tag, str) or child.tag in _INLINE or PLACEHOLDER in child.attrib:
                text.inline(child, element)
                continue
            first = first and not "".join(text.parts).strip()
            text.finish(around)
            begins, around = around if first else mentions.Around(), mentions.Around()
            text, first = Text(self), False
            if child.tag in HEADINGS:
                self._heading(child, child.tag)
            elif child.tag == "table":
                self._table(child)
            elif child.tag in {"ul", "ol"}:
                for item in child:
                    heading = before if before.endswith(":") else ""
                    self.block(item, mentions.Around(heading, kind=mentions.ITEM))
            elif child.tag not in _SHUT:
                # The paragraph of an item begins it.
                self.block(child, mentions.Around(kind=mentions.ITEM) if child.tag == "dt" else begins)
            before = " ".join("".join(child.itertext())[-100:].split()) if child.tag == "p" else ""
            if element is self.root and is_bold(child) and self.finder.heads(self._plain(child)):
                self._heading(child, "h7")  # below all others
            text.add(child, element)
        text.finish(around)

    def _heading(self, heading: etree.Element, level: str) -> None:
        kept = [pair for pair in zip(self._levels, self.above, strict=True) if pair[0] < level]
        kept.insert(0, (level, self._plain(heading)))
        self._levels, self.above = tuple(level for level, _ in kept), tuple(text for _, text in kept)

    def _plain(self, element: etree.Element) -> str:
        text = Text(self)
        text.add(element, None)
        for child in list(element):
            text.inline(child, element)
        return " ".join("".join(text.parts).replace("`", " ").split())

    def _table(self, table: etree.Element) -> None:
        columns = [" ".join("".join(cell.itertext()).split()) for cell in table.findall("thead/tr/th")]
        for row in table.iter("tr"):
            cells = [" ".join("".join(cell.itertext()).split()) for cell in row]
            for number, cell in enumerate(row):
                column = columns[number] if cell.tag == "td" and number < len(columns) else ""
                others = (*cells[:number], *cells[number + 1 :])
                self.block(cell, mentions.Around(column, kind=mentions.CELL if cell.tag == "td" else "", row=others))


class Text:
    """A text that is read as one, over the elements in it."""

    def __init__(self, links: Autolinks) -> None:
        self.links = links
        self.text, self.around = "", mentions.Around()
        self.parts: list[str] = []
        self.pieces: list[_Piece] = []
        self.length = 0
        #: Where strong emphasis begins and ends.
        self.bold: list[tuple[int, int]] = []
        #: The raw HTML elements that are open, in which nothing is put.
        self.opened: list[str] = []

    def add(
        self, element: etree.Element, parent: etree.Element | None, *, free: bool = True, code: bool = False
    ) -> None:
        """The text of an element, or its tail, if the element around it is given; links may be put into it if it is free."""
        text = (element.text if parent is None else element.tail) or ""
        # What others have made final is theirs; in code it is only the code.
        free = free and not (isinstance(text, AtomicString) and not code)
        start = 0
        for stash in _STASHED.finditer(text):
            raw = self._raw(stash[1])
            if unescape(raw) == "\u00a0":
                continue  # it may stand within a code
            self._put(text[start : stash.start()], element, parent, start, free, code)
            # An escaped character is put aside by its number.
            shown = chr(int(stash[1])) if stash[1].isdecimal() else self._read(raw)
            self._put(shown.ljust(len(stash[0])), None)
            start = stash.end()
        self._put(text[start:], element, parent, start, free, code)

    def _put(
        self,
        text: str,
        element: etree.Element | None,
        parent: etree.Element | None = None,
        offset: int = 0,
        free: bool = False,
        code: bool = False,
    ) -> None:
        if element is not None and free and not self.opened and text:
            self.pieces.append(_Piece(self.length, self.length + len(text), offset, element, parent, code))
        self.parts.append(_STASHED.sub(lambda stash: "\u00a0" * len(stash[0]), text) if STX in text else text)
        self.length += len(text)

    def _raw(self, key: str) -> str:
        """The HTML that Python-Markdown has put aside, "" where it is something else."""
        number = _NUMBER.fullmatch(key)
        blocks = self.links.state.md.htmlStash.rawHtmlBlocks
        raw = blocks[int(number[1])] if number and int(number[1]) < len(blocks) else ""
        return raw if isinstance(raw, str) else ""

    def _read(self, raw: str) -> str:
        """What stands for raw HTML; an element that is closed to us is remembered as long as it is open."""
        if tag := _RAW.match(raw):
            name = tag[2].lower()
            if not tag[1] and name in {*_CLOSED, "code", "pre", "style"}:
                self.opened.append(name)
            elif tag[1] and name in self.opened:
                self.opened.remove(name)
            return " "
        return unescape(raw)[:1] if raw.startswith("&") else _FILLER

    def inline(self, element: etree.Element, parent: etree.Element, *, free: bool = True) -> None:
        """An element of running text, and what follows it."""
        ours = isinstance(element.tag, str) and PLACEHOLDER not in element.attrib
        open_ = free and ours and element.tag not in _CLOSED and "arithmatex" not in element.get("class", "")
        if not isinstance(element.tag, str):
            self._put(_FILLER, None)
        elif element.tag == "br":
            self._put("\n", None)
        elif element.tag == "code":
            self._put("`", None)
            if not len(element) and (stash := _STASHED.fullmatch(element.text or "")):
                take_back(element, self._raw(stash[1]))
            self.add(element, None, free=open_, code=True)
            for child in list(element):
                if child.tag == "span" and not len(child):  # a highlighter's
                    self.add(child, None, free=open_, code=True)
                    self.add(child, element, free=open_, code=True)
                else:
                    self.inline(child, element, free=False)
            self._put("`", None)
        else:
            start = self.length
            self.add(element, None, free=open_)
            for child in list(element):
                self.inline(child, element, free=open_)
            if element.tag in {"strong", "b"}:
                self.bold.append((start, self.length))
        self.add(element, parent, free=free)

    def finish(self, around: mentions.Around) -> None:
        """All of it was read; it is kept if it may have a code.

        Args:
            around: what stands around it, but for the headings of its section.
        """
        self.text = "".join(self.parts)
        if self.pieces and numbered(self.text):
            self.around = around._replace(above=self.links.above, bold=tuple(self.bold))
            self.links.texts.append(self)

    def link(self, found: Sequence[Mention]) -> None:
        """Put a place for a link around each of the codes."""
        # From the end, so that the places of what stands before do not move.
        for mention in reversed(found):
            for piece in self.pieces:
                if piece.start <= mention.start and mention.end <= piece.end:
                    self._place(mention, piece)
                    break

    def _place(self, mention: Mention, piece: _Piece) -> None:
        if self.links.wish.mode == "code" and not piece.code:
            return
        element, parent = piece.element, piece.parent
        whole = (element.text if parent is None else element.tail) or ""
        start, end = mention.start - piece.start + piece.offset, mention.end - piece.start + piece.offset
        alone = piece.code and not element.attrib and not len(element) and whole.strip() == whole[start:end]
        number = self.links.add(mention.code, whole[start:end], inside=piece.code and not alone)
        place = element if alone else etree.Element("span")
        place.set(PLACEHOLDER, number)
        if alone:
            return
        kind = AtomicString if isinstance(whole, AtomicString) else str
        place.text, place.tail = AtomicString(whole[start:end]), kind(whole[end:])
        if parent is None:
            element.text = kind(whole[:start])
            element.insert(0, place)
        else:
            element.tail = kind(whole[:start])
            parent.insert(list(parent).index(element) + 1, place)
