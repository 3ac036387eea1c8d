"""A rendered section as a page takes it: as elements, or with all that no tree processor has to see as finished HTML."""

from __future__ import annotations

import copy
from collections.abc import Callable
from itertools import count
from xml.etree import ElementTree as etree

from markdown.util import ETX, STX

from ..rendering.renderer import Section
from .elements import HEADINGS, elements
from .state import HIDDEN, PLACEHOLDER

Serializer = Callable[[etree.Element], str]

_numbers = count()


def new_mark() -> str:
    """What stands in a page until the end, when finished HTML takes its place."""
    return f"{STX}{PLACEHOLDER}:{next(_numbers)}{ETX}"


class Prepared:
    """A section that any number of pages may take.

    Tree processors, the serializer and the search for anchors would walk through each of its elements again on each page,
    which costs more than everything else about a section; so it can be taken frozen: as the few elements that others
    have to see, with marks in place of the rest.
    """

    def __init__(self, section: Section) -> None:
        self.section = section
        self._element: etree.Element | None = None
        self._frozen: dict[Serializer, tuple[etree.Element, dict[str, str]]] = {}

    def thawed(self) -> etree.Element:
        """All elements, for a page that changes them."""
        if self._element is None:
            self._element = elements(self.section.html)
        return copy.deepcopy(self._element)

    def frozen(self, serializer: Serializer) -> tuple[etree.Element, dict[str, str]]:
        """The elements that others have to see, and the HTML that each of the marks in them stands for."""
        if serializer not in self._frozen:
            marks: dict[str, str] = {}
            self._frozen[serializer] = _freeze(elements(self.section.html), marks, serializer), marks
        shell, marks = self._frozen[serializer]
        return copy.deepcopy(shell), marks


def _freeze(element: etree.Element, marks: dict[str, str], serializer: Serializer) -> etree.Element:
    """Put a mark for all children in a row that nobody has to see; the others stay, and the same is done in them."""
    children = list(element)
    element[:] = []
    hidden = ""
    for child in [*children, None]:
        if child is not None and not any(map(_seen, child.iter())):
            for inner in child.iter():
                inner.tag = inner.tag.removeprefix(HIDDEN)
            hidden += serializer(child)
            continue
        if hidden:
            mark = new_mark()
            marks[mark] = hidden
            hidden = ""
            if len(element):
                element[-1].tail = (element[-1].tail or "") + mark
            else:
                element.text = (element.text or "") + mark
        if child is not None:
            element.append(_freeze(child, marks, serializer))
    return element


def _seen(element: etree.Element) -> bool:
    """Whether others have to see an element: a heading for the contents, an anchor, a link to a page, which is checked."""
    link = element.get("href", "")
    return element.tag in HEADINGS or "id" in element.attrib or not (not link or ":" in link)
