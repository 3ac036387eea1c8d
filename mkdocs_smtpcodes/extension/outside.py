"""Directives where none can expand: front matter, whose texts go into the head of a page, and titles of the navigation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .. import directives


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
