"""Anchors and addresses, and the marker for a link to a code's entry, whose place is known only when all pages stand."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote, unquote

from markupsafe import escape

_RFC = re.compile(r"RFC (\d+)(?: §([\d.]+))?")
# An address of this scheme is left alone by the link checks of MkDocs, which know relative paths and real schemes only.
SCHEME = "smtp-code:"
MARKER = re.compile(
    r'<a (?P<before>[^<>]*?)href="smtp-code:(?P<lang>[^"/]*)/(?P<code>[^"/]*)"(?P<after>[^<>]*)>(?P<text>.*?)</a>',
    re.DOTALL,
)

# A list item that is only worth its line where the site has an entry; elsewhere the RFC is listed anyway.
ENTRY_LINK = "smtp-entry-link"
_ENTRY_ITEM = re.compile(
    r'<li><a class="smtp-entry-link" href="smtp-code:([^"/]*)/([^"/]*)">.*?</a></li>\n?', re.DOTALL
)


def rfc_url(source: str) -> str:
    """``RFC 4954 §6`` as the address of that section."""
    match = _RFC.match(source)
    if match is None:
        return ""
    section = f"#section-{match[2]}" if match[2] else ""
    return f"https://www.rfc-editor.org/rfc/rfc{match[1]}{section}"


def anchor(code: str) -> str:
    """A code as part of an anchor: ``550 5.7.1`` gives ``550-5.7.1``."""
    return code.replace(" ", "-")


def link_marker(code: str, lang: str) -> str:
    """What stands as address of a link to an entry until it is known where the entry is."""
    return f"{SCHEME}{lang}/{quote(code)}"


def read_marker(address: str) -> tuple[str, str] | None:
    """Code and language of a marker, None for any other address."""
    if not address.startswith(SCHEME):
        return None
    lang, _, code = address.removeprefix(SCHEME).partition("/")
    return unquote(code), lang


def resolve_markers(html: str, entry: Callable[[str, str], str], source: Callable[[str], str]) -> str:
    """Put the real addresses into HTML.

    Args:
        html: the HTML of a page.
        entry: code and language give the address of the entry on this site, or "".
        source: a code gives the address of its RFC section, or ""; a link without any address becomes its text.
    """

    def item(match: re.Match[str]) -> str:
        return match[0] if entry(unquote(match[2]), match[1]) else ""

    def link(match: re.Match[str]) -> str:
        code = unquote(match["code"])
        address = entry(code, match["lang"]) or source(code)
        if not address:
            return f"<span {match['before']}{match['after']}>{match['text']}</span>"
        return f'<a {match["before"]}href="{escape(address)}"{match["after"]}>{match["text"]}</a>'

    return MARKER.sub(link, _ENTRY_ITEM.sub(item, html)) if SCHEME in html else html
