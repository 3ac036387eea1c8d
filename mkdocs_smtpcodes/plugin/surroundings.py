"""What the plugin reads off a site: its pages, their files, its theme and its other extensions."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page as SitePage
from mkdocs.utils import get_relative_url, write_file

from ..extension import SmtpCodesExtension, log
from ..settings import line_of
from ..wishes import KEY, in_meta

ASSETS = Path(__file__).parent.parent / "assets"
DOTTED = ("smtpcodes", "mkdocs_smtpcodes", "mkdocs_smtpcodes.extension")
STYLESHEET = "assets/smtpcodes.css"
SCRIPT = "assets/smtpcodes.js"
ENTRY_POINT = "smtpcodes"
#: Markdown extensions whose names begin so, snippets apart, make nothing of a page that it does not have.
KNOWN = (
    "abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code", "footnotes", "legacy_em",
    "markdown.extensions.", "material.extensions.", "md_in_html", "meta", "mkdocs.", "nl2br", "pymdownx.", "sane_lists",
    "smarty", "tables", "toc", "wikilinks",
)  # fmt: skip


def may_grow(extension: Any) -> bool:
    """Whether a Markdown extension may put texts into a page that the page itself does not have."""
    if isinstance(extension, SmtpCodesExtension):
        return False
    name = extension if isinstance(extension, str) else type(extension).__module__
    return "snippets" in name or not name.startswith(KNOWN)


def mixes_pages(config: MkDocsConfig) -> bool:
    """Whether the content of a page may be shown in the place of another, whose head then has to serve it."""
    features = config.theme.get("features") or ()
    return "navigation.instant" in features or any(word in name for name in config.plugins for word in ("print", "pdf"))


def with_stylesheet(output: str, page: SitePage, config: MkDocsConfig) -> str:
    """The page with our stylesheet in its head, before those of the site, which win; with a tooltip, the script too."""
    link = f'<link href="{get_relative_url(STYLESHEET, page.url)}" rel="stylesheet">\n'
    if 'role="tooltip"' in str(page.content):
        link += f'<script src="{get_relative_url(SCRIPT, page.url)}" defer></script>\n'
    first = output.find(posixpath.basename(str(config.extra_css[0]))) if config.extra_css else -1
    place = output.rfind("<link", 0, first) if first >= 0 else output.find("</head>")
    return f"{output[:place]}{link}{output[place:]}" if place >= 0 else output


def where(config_file: str | None, option: str, find: Callable[[str, str], int] = line_of) -> str:
    """``mkdocs.yml:7``: where an option of the plugin stands, as near as a text search can tell."""
    path = Path(config_file or "mkdocs.yml")
    line = find(path.read_text(encoding="utf-8-sig") if path.is_file() else "", option)
    return f"{path.name}:{line}" if line else path.name


def path_of(page: SitePage, config: MkDocsConfig) -> str:
    """The page's file as a writer knows it: relative to the folder of mkdocs.yml where it lies below it."""
    folder = config.docs_dir.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    return f"{folder}/{page.file.src_uri}"


def source_of(page: SitePage) -> str:
    try:
        return page.file.content_string
    except (OSError, ValueError):
        return ""


def wrong_meta(page: SitePage) -> list[tuple[int, str]]:
    """Line (0 where it is not known) and message of each mistake in the front matter of a page."""
    if not page.meta or not ("<<" in str(page.meta) or KEY in page.meta):
        return []
    from ..extension import outside  # noqa: PLC0415 (only for a page that has something of ours there)

    source = source_of(page)
    return [*outside.in_meta(page.meta, source), *in_meta(page.meta, source)]


def folders_of(page: SitePage, config: MkDocsConfig) -> list[Path]:
    """Where a page may include files from: the folders of the configuration, of the pages, and its own."""
    own = Path(config.docs_dir, page.file.src_uri).parent
    return [Path(config.config_file_path or ".").parent, Path(config.docs_dir), own]


def site_language(page: SitePage | None, config: MkDocsConfig) -> str:
    """What a translation plugin says of the file, else what the theme speaks."""
    file = page.file if page is not None else None
    locale = getattr(file, "locale", None) or getattr(file, "dest_language", None)
    for found in (locale, config.theme.get("language"), config.theme.get("locale")):
        if found:
            return str(found)
    return ""


def leave_out_of_search(config: MkDocsConfig, urls: Collection[str]) -> None:
    """Take pages out of the index that the search of the site has written.

    Args:
        config: the site.
        urls: their addresses within the site.
    """
    path = Path(config.site_dir, "search", "search_index.json")
    if not path.is_file():
        return
    index = json.loads(path.read_text(encoding="utf-8"))
    if "index" in index:
        log.warning("reference_search: false has no effect with prebuild_index of the search plugin; leave that out")
        return
    index["docs"] = [doc for doc in index["docs"] if doc["location"].partition("#")[0] not in urls]
    write_file(json.dumps(index, ensure_ascii=False, separators=(",", ":")).encode(), str(path))
