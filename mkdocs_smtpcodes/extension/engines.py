"""What an engine without our plugin tells of the page that it renders: Zensical, and MkDocs.

Neither promises the interface to extensions, so everything here may be absent.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from markdown import Markdown

from ..autolink_wishes import KEY, in_meta
from .state import Page, meta_lang

#: The name under which Zensical registers page and configuration with each Markdown instance.
CONTEXT = "rendering_context"
#: The name of that which MkDocs registers, and which knows both.
LINKS = "relpath"


def current_page(md: Markdown) -> Page:
    """The page that an engine renders, or a page of which nothing is known."""
    page, path, docs, config = _rendered(md)
    folder, docs = home(md), home(md) / docs
    theme = config.get("theme") or {} if hasattr(config, "get") else {}
    return Page(
        f"{docs.name}/{path}" if path else "",
        source_uri=path,
        source=partial(_source, docs / path) if path else str,
        folders=lambda: (folder, docs, (docs / path).parent) if path else (),
        meta_lang=meta_lang(getattr(page, "meta", None) or {}),
        site_lang=str(theme.get("language") or "") if isinstance(theme, dict) else "",
    )


def home(md: Markdown | None) -> Path:
    """The folder of the configuration file, from wherever an engine runs; the current one where none tells of it."""
    if md is None:
        return Path()
    if CONTEXT in md.preprocessors:
        context: Any = md.preprocessors[CONTEXT]
        return Path(str((getattr(context, "config", None) or {}).get("root_dir") or ""))
    config = getattr(md.treeprocessors[LINKS], "config", None) if LINKS in md.treeprocessors else None
    return Path(str(getattr(config, "config_file_path", None) or "")).parent


def _rendered(md: Markdown) -> tuple[Any, str, Path, Any]:
    """The page, its path in the docs folder, that folder, and the configuration of the site."""
    if CONTEXT in md.preprocessors:
        context: Any = md.preprocessors[CONTEXT]
        page, config = getattr(context, "page", None), getattr(context, "config", None) or {}
        return page, str(getattr(page, "path", "") or ""), Path(str(config.get("docs_dir") or "docs")), config
    if LINKS not in md.treeprocessors:
        return None, "", Path("docs"), {}
    links: Any = md.treeprocessors[LINKS]
    config = getattr(links, "config", None)
    page = getattr(config, "_current_page", None)
    path = str(getattr(getattr(links, "file", None), "src_uri", "") or "")
    return page, path, Path(str(getattr(config, "docs_dir", "") or "docs")), config


def checked_meta(md: Markdown) -> tuple[dict[str, Any], list[str]]:
    """The front matter of the page that an engine renders, and what is wrong with our part of it."""
    meta = getattr(_rendered(md)[0], "meta", None)
    if not isinstance(meta, dict) or KEY not in meta:
        return {}, []
    page = current_page(md)
    return meta, [
        f"{page.path}{f':{line}' if line else ''}: {message}" for line, message in in_meta(meta, page.source())
    ]


def _source(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError):
        return ""
