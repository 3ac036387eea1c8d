"""Directives where Markdown reads an address: in ``<https://…>`` and in the definition of a link.

A page shows them as they are written, or less of them, and nobody means that.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from .. import directives
from . import locating
from .outside import HIDDEN, blanked
from .state import Where

if TYPE_CHECKING:
    from .state import State

_SPAN = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)")
_DEFINITION = re.compile(r"[ \t>]*\[(?!\^)[^\[\]]+\]:")
#: The beginning of an address, which is sought no farther back than that.
_ADDRESS = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]*:|[^<>\s@:]+@)[^<>\s]*\Z")
_BACK = 300


def tell(html: str, state: State) -> None:
    """Report each that the page shows.

    Args:
        html: the finished page.
        state: of the page.
    """
    lines, visible = state.text.split("\n"), ""
    for number, line in enumerate(blanked(HIDDEN, locating.without_fences(state.text)).split("\n")):
        read = _SPAN.sub(lambda span: " " * len(span[0]), line) if "<<" in line else ""
        defined = _DEFINITION.match(read)
        for found in directives.find_all(read):
            raw = line[found.start : found.end]
            address = _ADDRESS.search(line, max(0, found.start - _BACK), found.start)
            place = "the definition of a link" if defined else "an address" if address else ""
            if not place or found.escaped:
                continue
            visible = visible or unescape(HIDDEN.sub(" ", html))
            # The end of an address may have been taken for that of its brackets.
            if raw.rstrip("> ") in visible:
                message = f"{locating.plain(raw)} stands in {place}, where nothing is expanded; write the code itself"
                nth = "\n".join([*lines[:number], line[: found.start]]).count(raw) + 1
                state.extension.report(message, Where(state, raw, -1, nth=nth))
