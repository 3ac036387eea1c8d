"""Follows every link of a built site on disk."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup


def broken_links(folder: Path) -> list[str]:
    """Links within a site that lead to no file, or to no anchor in it, as ``page -> address``."""
    pages = {path: BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser") for path in folder.rglob("*.html")}
    ids = {path: {el.get("id") or el.get("name") for el in page.find_all(["a", True])} for path, page in pages.items()}
    broken = []
    for path, page in pages.items():
        if path.name == "404.html":
            continue  # its links start from the root of the site
        for element in page.find_all(["a", "link", "img", "script"]):
            address = element.get("href") or element.get("src")
            if not address:
                continue
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                if parts.scheme not in {"http", "https", "mailto", "data"}:
                    broken.append(f"{path.relative_to(folder)} -> {address}")
                continue
            if parts.path.startswith("/"):
                target = folder / unquote(parts.path).lstrip("/")
            else:
                target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if target.is_dir():
                target /= "index.html"
            if not target.is_file():
                broken.append(f"{path.relative_to(folder)} -> {address}")
            elif parts.fragment and target in ids and unquote(parts.fragment) not in ids[target]:
                theme_jumps = {"__search", "__toc", "__codelineno"}
                if not any(parts.fragment.startswith(jump) for jump in theme_jumps):
                    broken.append(f"{path.relative_to(folder)} -> {address}")
    return broken
