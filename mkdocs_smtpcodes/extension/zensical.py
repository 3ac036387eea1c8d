"""What Zensical tells of the page that it renders. The interface is not promised, so everything here may be absent."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from markdown import Markdown

from ..autolink_wishes import KEY, in_meta
from .state import Page, meta_lang

#: The name under which Zensical registers page and configuration with each Markdown instance.
CONTEXT = "rendering_context"


def current_page(md: Markdown) -> Page:
    """The page that Zensical renders, or a page of which nothing is known."""
    if CONTEXT not in md.preprocessors:
        return Page()
    context: Any = md.preprocessors[CONTEXT]
    page, config = getattr(context, "page", None), getattr(context, "config", None) or {}
    path = str(getattr(page, "path", "") or "")
    meta = getattr(page, "meta", None) or {}
    docs = str(config.get("docs_dir") or "docs")
    theme = config.get("theme") or {}
    return Page(
        f"{Path(docs).name}/{path}" if path else "",
        source_uri=path,
        source=partial(_source, Path(docs, path)),
        folders=(Path(), Path(docs), Path(docs, path).parent),
        meta_lang=meta_lang(meta),
        site_lang=str(theme.get("language") or "") if isinstance(theme, dict) else "",
    )


def checked_meta(md: Markdown) -> tuple[dict[str, Any], list[str]]:
    """The front matter of the page that Zensical renders, and what is wrong with our part of it."""
    if CONTEXT not in md.preprocessors:
        return {}, []
    context: Any = md.preprocessors[CONTEXT]
    meta = getattr(getattr(context, "page", None), "meta", None)
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
