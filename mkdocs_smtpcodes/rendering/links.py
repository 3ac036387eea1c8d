"""Anchors and addresses, and links to entries, whose place is known only when all pages stand.

Until then such a link leads to the RFC and carries the code in an attribute. Whoever takes the page before it is finished (a
plugin that puts pages together for print, say) gets a link that is good.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import Protocol
from urllib.parse import quote, unquote

from markupsafe import Markup, escape

from ..codes import EnhancedCode, Reply
from ..dataset.model import Profile
from ..dataset.naming import anchor

__all__ = ["anchor"]

ATTRIBUTE = "data-smtp-code"
#: A list item that is only worth its line where the site has an entry; elsewhere the RFC is listed anyway.
ENTRY_LINK = "smtp-entry-link"
#: A link that is none where the site has no such place: the page of a reason or of a sender.
PLACE = "smtp-place"
#: Marks a script that the plugin publishes.
ASSET = "data-smtp-asset"
#: Marks of what only the whole site knows: a list item for comparisons with one of the codes, and for pages that name a code.
COMPARISONS = "data-smtp-comparisons"
MENTIONS = "data-smtp-mentions"

_RFC = re.compile(r"RFC (\d+)(?: §([\d.]+))?")
_LINK = re.compile(r'<a [^<>]*?data-smtp-code="([^"/]*)/([^"/]*)"[^<>]*>')
_HREF = re.compile(r'href="[^"]*"')
_MARK = re.compile(r' ?data-smtp-code="[^"]*"')
_ENTRY_ITEM = re.compile(
    r'<li><a class="smtp-entry-link" data-smtp-code="([^"/]*)/([^"/]*)"[^<>]*>.*?</a></li>\n?', re.DOTALL
)
_ASSET = re.compile(r'<script data-smtp-asset="([^"/]*)"></script>')
_PLACE = re.compile(
    r'<(a|smtp-place) class="smtp-place" data-smtp-code="([^"/]*)/([^"/]*)"(?: href="[^"]*")?>(.*?)</\1>', re.DOTALL
)
# The serializer puts attributes in the order of the alphabet.
_COMPARISONS = re.compile(r'<li data-smtp-comparisons="([^"]*)" hidden="hidden"></li>\n?')
_MENTIONS = re.compile(r'<div data-smtp-mentions="([^"]*)" hidden="hidden">(.*?)<ul></ul>\s*</div>\n?', re.DOTALL)
# A code that stands alone in one of these elements becomes a link; what is a link or an example already is passed over.
_ALONE = re.compile(
    r"<(a|pre|h[1-6]|figure)\b.*?</\1>|(?P<part>data-part=)|"
    r"(?P<open><(?P<tag>code|b|th|bdi)\b[^<>]*>)(?P<code>[^<>]{1,40})</(?P=tag)>",
    re.DOTALL,
)


class Site(Protocol):
    """Where things stand on the site, as one page links to them."""

    def entry(self, code: str, lang: str) -> str:
        """The address of the entry of a code, "" where there is none."""

    def comparisons(self, codes: Iterable[str]) -> Iterable[tuple[str, str, str]]:
        """Address, name and language of the comparisons that have one of the codes."""

    def asset(self, name: str) -> str:
        """The address of a file that goes with the pages."""

    def mentions(self, code: str) -> Iterable[tuple[str, str, str]]:
        """Address, title and language of the pages that name a code."""


def rfc_url(source: str) -> str:
    """``RFC 4954 §6`` as the address of that section."""
    match = _RFC.match(source)
    if match is None:
        return ""
    section = f"#section-{match[2]}" if match[2] else ""
    return f"https://www.rfc-editor.org/rfc/rfc{match[1]}{section}"


def former_anchor(text: str) -> str:
    """The anchor that had dots in it, so that no link from elsewhere breaks; "" where it is the same."""
    return text.replace(" ", "-") if "." in text else ""


def source_url(profile: Profile) -> str:
    """Where a code is defined; where no standard does, the section that says what such a code may be."""
    if profile.sources:
        return rfc_url(profile.sources[0])
    told = profile.code.enhanced if isinstance(profile.code, Reply) else profile.code
    return subject_url(told) if isinstance(told, EnhancedCode) else rfc_url("RFC 5321 §4.2")


def subject_url(code: EnhancedCode) -> str:
    """The section about the subject of a detail, or about enhanced codes where the subject is none of the standard's."""
    return rfc_url(f"RFC 3463 §3.{code.subject + 1}" if code.subject <= 7 else "RFC 3463 §2")


@lru_cache(maxsize=4096)
def link_attributes(code: str, lang: str, url: str) -> Markup:
    """The attributes of a link to the entry of a code; ``url`` is where it leads without an entry."""
    return Markup('{}="{}/{}" href="{}"').format(ATTRIBUTE, lang, quote(code), url)


def read_mark(value: str) -> tuple[str, str]:
    """Code and language of a link's attribute."""
    lang, _, code = value.partition("/")
    return unquote(code), lang


def link_codes(html: str, attributes: Callable[[str], str]) -> str:
    """Make a code that stands alone in its element a link to its entry, once in each part of the section.

    Args:
        html: the HTML of a section.
        attributes: gives the attributes of the link for a text, "" where it is no code to link to.
    """
    linked: set[str] = set()

    def link(match: re.Match[str]) -> str:
        if match["part"]:
            linked.clear()
        code = match["code"] or ""
        found = attributes(code) if code and code not in linked else ""
        if not found:
            return match[0]
        linked.add(code)
        opening, closing = f'<a class="smtp-link" {found}>', "</a>"
        if match["tag"] == "code":
            return f"{opening}{match[0]}{closing}"
        return f"{match['open']}{opening}{match['code']}{closing}</{match['tag']}>"

    return _ALONE.sub(link, html)


def foretell(html: str, entry: Callable[[str], str]) -> str:
    """Send the links of a page where they will lead, and leave their marks: for those who take the page before all pages stand.

    Args:
        html: the HTML of a page.
        entry: gives the address of the entry of a key, "" where it is not known yet.
    """

    def link(match: re.Match[str]) -> str:
        address = entry(unquote(match[2]))
        return _HREF.sub(lambda _: f'href="{escape(address)}"', match[0], count=1) if address else match[0]

    def place(match: re.Match[str]) -> str:
        address = entry(unquote(match[3]))
        attributes = f'class="{PLACE}" {ATTRIBUTE}="{match[2]}/{match[3]}" href="{escape(address)}"'
        return f"<a {attributes}>{match[4]}</a>" if address else match[0]

    return _LINK.sub(link, _PLACE.sub(place, html))


def resolve_links(html: str, site: Site) -> str:
    """Send the links of a page to the entries of the site, and list what the site has about its codes."""
    if "data-smtp-" not in html:
        return html
    entry = cache(site.entry)

    def item(match: re.Match[str]) -> str:
        return match[0] if entry(unquote(match[2]), match[1]) else ""

    def link(match: re.Match[str]) -> str:
        address = entry(unquote(match[2]), match[1])
        tag = _MARK.sub("", match[0])
        return _HREF.sub(lambda _: f'href="{escape(address)}"', tag, count=1) if address else tag

    def comparisons(match: re.Match[str]) -> str:
        links = " · ".join(_links(site.comparisons(unquote(match[1]).split(","))))
        return f"<li>{links}</li>" if links else ""

    def mentions(match: re.Match[str]) -> str:
        items = _items(site.mentions(unquote(match[1])))
        return f'{match[2]}<ul class="smtp-mentions">{items}</ul>' if items else ""

    def place(match: re.Match[str]) -> str:
        address = entry(unquote(match[3]), match[2])
        # As an engine that sees one page at a time leaves it where there is no such place.
        tag, href = ("a", f' href="{escape(address)}"') if address else ("span", "")
        return f'<{tag} class="smtp-place"{href}>{match[4]}</{tag}>'

    html = _ASSET.sub(lambda match: f'<script src="{escape(site.asset(match[1]))}"></script>', html)
    html = _PLACE.sub(place, html)
    html = _MENTIONS.sub(mentions, _COMPARISONS.sub(comparisons, html))
    return _LINK.sub(link, _ENTRY_ITEM.sub(item, html))


def _items(found: Iterable[tuple[str, str, str]]) -> str:
    return "".join(f"<li>{link}</li>" for link in _links(found))


def _links(found: Iterable[tuple[str, str, str]]) -> list[str]:
    link = Markup('<a href="{}" hreflang="{}">{}</a>')
    return [link.format(address, lang, title) for address, title, lang in found]
