"""Anchors and addresses, and links to entries, whose place is known only when all pages stand.

Until then such a link leads to the RFC and carries the code in an attribute. Whoever takes the page before it is finished (a
plugin that puts pages together for print, say) gets a link that is good.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from urllib.parse import quote, unquote

from markupsafe import Markup, escape

ATTRIBUTE = "data-smtp-code"
#: A list item that is only worth its line where the site has an entry; elsewhere the RFC is listed anyway.
ENTRY_LINK = "smtp-entry-link"
_RFC = re.compile(r"RFC (\d+)(?: §([\d.]+))?")
_LINK = re.compile(r'<a [^<>]*?data-smtp-code="([^"/]*)/([^"/]*)"[^<>]*>')
_HREF = re.compile(r'href="[^"]*"')
_MARK = re.compile(r' ?data-smtp-code="[^"]*"')
_ENTRY_ITEM = re.compile(
    r'<li><a class="smtp-entry-link" data-smtp-code="([^"/]*)/([^"/]*)"[^<>]*>.*?</a></li>\n?', re.DOTALL
)

#: The list of links that an entry ends with; the comparisons of the site that have its code are added to it.
SITE = "data-smtp-site"
_SITE_LIST = re.compile(r' data-smtp-site="([^"]*)"([^<>]*>\n?)')


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


def link_attributes(code: str, lang: str, url: str) -> Markup:
    """The attributes of a link to the entry of a code; ``url`` is where it leads without an entry."""
    return Markup('{}="{}/{}" href="{}"').format(ATTRIBUTE, lang, quote(code), url)


def read_mark(value: str) -> tuple[str, str]:
    """Code and language of a link's attribute."""
    lang, _, code = value.partition("/")
    return unquote(code), lang


def resolve_links(
    html: str, entry: Callable[[str, str], str], comparisons: Callable[[str], Iterable[tuple[str, str]]]
) -> str:
    """Send the links of a page to the entries and comparisons of the site.

    Args:
        html: the HTML of the page.
        entry: gives the address of an entry for code and language, or "".
        comparisons: gives addresses and titles of the comparisons that have a code.
    """
    if ATTRIBUTE not in html and SITE not in html:
        return html

    def item(match: re.Match[str]) -> str:
        return match[0] if entry(unquote(match[2]), match[1]) else ""

    def link(match: re.Match[str]) -> str:
        address = entry(unquote(match[2]), match[1])
        tag = _MARK.sub("", match[0])
        return _HREF.sub(lambda _: f'href="{escape(address)}"', tag, count=1) if address else tag

    def site(match: re.Match[str]) -> str:
        items = (Markup('<li><a href="{}">{}</a></li>\n').format(*found) for found in comparisons(unquote(match[1])))
        return match[2] + "".join(items)

    return _SITE_LIST.sub(site, _LINK.sub(link, _ENTRY_ITEM.sub(item, html)))
