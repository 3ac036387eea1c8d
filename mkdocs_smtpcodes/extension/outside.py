"""Directives where none can expand: front matter, whose texts go into the head of a page, titles of the navigation, raw HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .. import directives
from . import locating

_HIDDEN = re.compile(r"<(code|pre|script|style|textarea|kbd|samp)\b.*?</\1>|<!--.*?-->", re.DOTALL | re.IGNORECASE)


def in_meta(meta: Mapping[str, Any], source: str = "") -> Iterator[tuple[int, str]]:
    """Line (0 where it is not known) and message of each directive in the front matter of a page.

    Args:
        meta: the front matter, read.
        source: the file of the page.
    """
    for key, value in _texts(meta, ""):
        for raw in _directives(value):
            at = source.find(raw)
            line = source.count("\n", 0, at) + 1 if at >= 0 else 0
            yield line, f"{key}: a directive does not expand in front matter; write the code itself instead of {raw}"


def in_nav(items: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """Directive and message for each in the titles of a navigation."""
    for item in items:
        title = vars(item).get("title")
        for raw in _directives(title) if isinstance(title, str) else ():
            message = (
                f"nav: a directive does not expand in a title of the navigation; write the code itself instead of {raw}"
            )
            yield raw, message
        yield from in_nav(getattr(item, "children", None) or ())


def in_raw_html(blocks: Iterable[object], text: str) -> Iterator[tuple[str, int, str]]:
    """Each directive in a block of HTML, which Markdown does not read: as written, which of its like it is, and the message.

    Args:
        blocks: what Python-Markdown has put aside.
        text: the page.
    """
    for block in blocks:
        if not isinstance(block, str) or "<<" not in block:
            continue
        html = block.strip()
        start = max(text.find(html), 0)
        shown = _HIDDEN.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), html)
        for found in directives.find_all(shown):
            if not found.escaped:
                raw = html[found.start : found.end]
                mend = "put it outside, or give the element the attribute markdown and use the extension md_in_html"
                message = f"{locating.plain(raw)} stands in raw HTML, where nothing is expanded; {mend}"
                yield raw, text.count(raw, 0, start + found.start) + 1, message


def _directives(text: str) -> Iterator[str]:
    if "<<" in text:
        yield from (text[found.start : found.end] for found in directives.find_all(text) if not found.escaped)


def _texts(value: Any, key: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, Mapping):
        for name, item in value.items():
            yield from _texts(item, f"{key}.{name}" if key else str(name))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item, key)
