"""Directives in ``<kbd>`` and ``<samp>``, whose content a page shows as it is written. Nobody means them as examples."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from typing import TYPE_CHECKING

from .. import directives
from . import locating
from .outside import blanked
from .state import Where

if TYPE_CHECKING:
    from .state import State

_ELEMENT = re.compile(r"<(?P<tag>kbd|samp)\b[^<>]*>(?P<inner>.*?)</(?P=tag)>", re.DOTALL | re.IGNORECASE)
_CODE = re.compile(r"<(code|pre|script|style|textarea)\b.*?</\1>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_SPAN = re.compile(r"(?<!`)(`+)(?!`)[^\n]+?(?<!`)\1(?!`)")


def tell(html: str, state: State) -> None:
    """Report each.

    Args:
        html: the finished page, which shows it.
        state: of the page.
    """
    shown = Counter(
        inner[found.start : found.end]
        for match in _ELEMENT.finditer(html)
        # In a block of raw HTML it stands as it was written.
        for inner in [match["inner"] if "<<" in match["inner"] else unescape(re.sub(r"<[^<>]*>", "", match["inner"]))]
        for found in directives.find_all(inner)
    )
    text = state.text
    read = blanked(_SPAN, blanked(_CODE, locating.without_fences(text)))
    lengths = len(read) == len(text)
    for match in _ELEMENT.finditer(read):
        inner = match["inner"]
        for found in directives.find_all(inner):
            raw = inner[found.start : found.end]
            if found.escaped or not shown[raw]:
                continue
            shown[raw] -= 1
            start = match.start("inner") + found.start
            # Lines are the same in both texts, places are not.
            before = text[:start] if lengths else "\n".join(text.split("\n")[: read.count("\n", 0, start)])
            tag = match["tag"].lower()
            mend = "put it outside, or write &lt;&lt; and &gt;&gt; to show it"
            message = f"{locating.plain(raw)} stands in <{tag}>, where nothing is expanded; {mend}"
            state.extension.report(message, Where(state, raw, -1, nth=before.count(raw) + 1))
