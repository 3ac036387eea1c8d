"""Follows every link of a built site on disk."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html

#: What the script of a theme finds, not the browser.
THEME_JUMPS = ("__search", "__toc", "__codelineno")


def broken_links(folder: Path) -> list[str]:
    """Links within a site that lead to no file, or to no anchor in it, as ``page -> address``."""
    addresses: dict[Path, list[str]] = {}
    ids: dict[Path, set[str]] = {}
    for path in folder.rglob("*.html"):
        page = html.fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
        ids[path] = set(page.xpath("//@id | //a/@name"))
        addresses[path] = page.xpath("//a/@href | //link/@href | //img/@src | //script/@src")
    return [
        f"{path.relative_to(folder)} -> {address}"
        for path, found in addresses.items()
        if path.name != "404.html"  # its links start from the root of the site
        for address in dict.fromkeys(found)
        if not _leads_somewhere(address, path, folder, ids)
    ]


def _leads_somewhere(address: str, path: Path, folder: Path, ids: dict[Path, set[str]]) -> bool:
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return parts.scheme in {"http", "https", "mailto", "data"}
    if parts.path.startswith("/"):
        target = folder / unquote(parts.path).lstrip("/")
    else:
        target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
    if target.is_dir():
        target /= "index.html"
    if not target.is_file():
        return False
    anchor = unquote(parts.fragment)
    return not anchor or target not in ids or anchor in ids[target] or anchor.startswith(THEME_JUMPS)
