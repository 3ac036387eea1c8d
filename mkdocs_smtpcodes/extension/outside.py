"""Directives where none can expand: front matter, whose texts go into the head of a page, titles of the navigation, raw HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .. import directives
from ..yaml_lines import keys
from . import locating

if TYPE_CHECKING:
    from ..mentions import Mention

#: What a reader of HTML sees as code, or not at all.
HIDDEN = re.compile(r"<(code|pre|script|style|textarea|kbd|samp)\b.*?</\1>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_HIDDEN_BUT_PRE = re.compile(HIDDEN.pattern.replace("pre|", ""), HIDDEN.flags)


#: A tag that is not closed yet, as far as the value of an attribute.
_ATTRIBUTE = re.compile(r"<[A-Za-z][^<>]*=[ \t]*[\"']?[^<>\"']*\Z")


_META = "a directive does not expand in front matter; write the code itself instead of"


def in_meta(meta: Mapping[str, Any], source: str = "") -> Iterator[tuple[int, str]]:
    """Line (0 where it is not known) and message of each directive in the front matter of a page.

    Args:
        meta: the front matter, read.
        source: the file of the page.
    """
    known = None
    for key, value in _texts(meta, ()):
        at = 0
        for raw in _directives(value):
            known = known if known is not None else {place.path: place for place in keys(source)}
            line = 0
            if (place := known.get(key)) is not None:
                # A folded text may have broken it over lines.
                found = source.find(raw, max(place.start, at), place.end)
                at = found + len(raw) if found >= 0 else place.start
                line = source.count("\n", 0, found) + 1 if found >= 0 else place.line
            shown = ".".join(name for name in key if isinstance(name, str))
            yield line, f"{shown}: {_META} {raw}"


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


#: What a configuration says on every page.
_SAID = ("site_name", "site_description", "site_author", "copyright")


def in_config(source: str) -> Iterator[tuple[int, str]]:
    """Line and message of each directive in a text of a configuration that stands on every page as it is."""
    for place in keys(source) if any(name in source for name in _SAID) else ():
        for raw in (
            _directives(source[place.start : place.end]) if place.path[0] in _SAID and len(place.path) == 1 else ()
        ):
            line = source.count("\n", 0, source.find(raw, place.start)) + 1
            told = f"a directive does not expand in the configuration; write the code itself instead of {raw}"
            yield line, f"{place.path[0]}: {told}"


def in_raw_html(blocks: Iterable[object], *, pre: bool = False) -> Iterator[tuple[str, str]]:
    """Each directive in a block of HTML, which Markdown does not read: as written, and the message.

    Args:
        blocks: what Python-Markdown has put aside.
        pre: whether those in ``<pre>`` are told, too, which may be shown there on purpose.
    """
    for block in blocks:
        if not isinstance(block, str) or "<<" not in block:
            continue
        shown = blanked(HIDDEN, block)
        for found in directives.find_all(blanked(_HIDDEN_BUT_PRE, block) if pre else shown):
            if not found.escaped:
                raw = block[found.start : found.end]
                mend = "put it outside, or give the element the attribute markdown and use the extension md_in_html"
                if shown[found.start] == " ":
                    mend = "put it outside of <pre>, or write &lt;&lt; and &gt;&gt; to show it"
                elif _ATTRIBUTE.search(block, 0, found.start):
                    yield (
                        raw,
                        f"{locating.plain(raw)} stands in an attribute, where nothing is expanded; write the code itself",
                    )
                    continue
                yield raw, f"{locating.plain(raw)} stands in raw HTML, where nothing is expanded; {mend}"


def not_shown(text: str, found: Sequence[Mention]) -> Sequence[Mention]:
    """The codes that do not stand in a directive which is shown as it is written."""
    if not found or "smtp" not in text:
        return found
    # In code that is HTML already, with as many characters.
    plain = text.replace("&lt;&lt;", f"{'<<':>8}").replace("&gt;&gt;", f"{'>>':<8}")
    shown = [(directive.start, directive.end) for directive in directives.find_all(plain)]
    return [mention for mention in found if not any(start <= mention.start < end for start, end in shown)]


def blanked(pattern: re.Pattern[str], html: str) -> str:
    """HTML with spaces in the place of what a pattern finds."""
    return pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), html)


def _directives(text: str) -> Iterator[str]:
    if "<<" in text:
        yield from (text[found.start : found.end] for found in directives.find_all(text) if not found.escaped)


def _texts(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for name, item in value.items():
            yield from _texts(item, (*path, str(name)))
    elif isinstance(value, list | tuple):
        for number, item in enumerate(value):
            yield from _texts(item, (*path, number))
