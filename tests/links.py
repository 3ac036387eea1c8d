"""Follows every link of a built site on disk."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html

#: What the script of a theme finds, not the browser.
THEME_JUMPS = ("__search", "__toc", "__codelineno")


def broken_links(folder: Path) -> list[str]:
    """Links within a site that lead to no file, or to no anchor in it, as ``page -> address``."""
    addresses: dict[Path, list[str]] = {}
    # The anchors of each page; None for other files. A site of all codes has two million links: no path is made for each.
    anchors: dict[str, set[str] | None] = {str(path): None for path in folder.rglob("*") if path.is_file()}
    for path in folder.rglob("*.html"):
        page = html.fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
        anchors[str(path)] = set(page.xpath("//@id | //a/@name"))
        addresses[path] = page.xpath("//a/@href | //link/@href | //img/@src | //script/@src")
    return [
        f"{path.relative_to(folder)} -> {address}"
        for path, found in addresses.items()
        if path.name != "404.html"  # its links start from the root of the site
        for address in dict.fromkeys(found)
        if not _leads_somewhere(address, str(path), str(folder), anchors)
    ]


@cache
def _parts(address: str) -> tuple[str, str, str]:
    """Where an address leads outside the site, its path and its anchor."""
    parts = urlsplit(address)
    return parts.scheme or parts.netloc, unquote(parts.path), unquote(parts.fragment)


def _leads_somewhere(address: str, page: str, folder: str, anchors: dict[str, set[str] | None]) -> bool:
    outside, path, anchor = _parts(address)
    if outside:
        return outside in {"http", "https", "mailto", "data"}
    start = folder if path.startswith("/") else os.path.dirname(page)
    target = os.path.normpath(f"{start}/{path}") if path else page
    if target not in anchors:
        target += "/index.html"
    if target not in anchors:
        return False
    there = anchors[target]
    return not anchor or there is None or anchor in there or anchor.startswith(THEME_JUMPS)
