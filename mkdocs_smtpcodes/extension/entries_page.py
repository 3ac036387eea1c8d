"""What the page with the entries has, as its source shows it: for an engine that sees one page at a time."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import directives
from ..dataset import UnknownCode
from ..dataset.naming import comparison, keys_of, name_of
from ..suggestions import nearest
from . import configured
from .locating import without_fences

if TYPE_CHECKING:
    from ..rendering.renderer import Renderer
    from . import SmtpCodesExtension

#: What brings text into a page that its source does not show.
_FILLED_IN = re.compile(r"\{[{%]|--8<--|\{!|<!--.*?include")


def link(code: str, extension: SmtpCodesExtension) -> str:
    """The address of an entry on that page; "" where it is not there, or the page is not."""
    page = extension.getConfig("entries_page")
    if told := _absent(page, extension.build):
        if configured.first(extension.build, told):
            extension.complain(f"{extension.where('entries_page')}: {told}")
        return ""
    held = known(page, extension.page.folders(), extension.renderer)
    if held is None:
        return f"{page}#{name_of(code)}" if ":" not in code else ""
    return next((f"{page}#{held[key]}" for key in keys_of(code) if key in held), "")


def _absent(page: str, build: Any) -> str:
    """The message about a page in Markdown that the site has not, "" where it has it, or nobody knows."""
    if build is None or not page.endswith(".md") or build.get_file_from_path(posixpath.normpath(page.lstrip("/"))):
        return ""
    pages = [file.src_uri for file in build.documentation_pages()]
    return (
        f"entries_page: the site has no page {page}{nearest(page, pages) or '; it takes a path from the docs folder'}"
    )


def known(address: str, folders: Sequence[Path], renderer: Renderer) -> Mapping[str, str] | None:
    """The anchors of a page's entries by their keys; None where its source cannot be found or does not show them all.

    Args:
        address: where the page is: ``/codes/``, ``codes.html``, ``codes.md``.
        folders: in one of which its source is.
        renderer: what renders its directives.
    """
    name = re.sub(r"(?:/index)?(?:\.html?|\.md)?/*$", "", address.partition("#")[0].strip("/"))
    if not name or ":" in name:
        return None
    for folder in folders:
        for path in (folder / f"{name}.md", folder / name / "index.md"):
            try:
                return _held(path, path.stat().st_mtime_ns, renderer)
            except (OSError, ValueError):
                continue
    return None


@lru_cache(maxsize=8)
def _held(path: Path, _: int, renderer: Renderer) -> Mapping[str, str] | None:
    text = without_fences(path.read_text(encoding="utf-8-sig"))
    if _FILLED_IN.search(text):
        return None
    found: dict[str, str] = {}
    for place in directives.find_all(text):
        if place.escaped or place.name not in {"smtp_code", "smtp_replies", "smtp_compare"}:
            continue
        try:
            directive = directives.parse(place, text[place.start : place.end])
            anchor = str(directive.options.get("id") or "")
            if place.name == "smtp_code":
                keys = [str(renderer.dataset.code(code)) for code in directive.codes]
                anchor = anchor or name_of(keys[0])
            else:
                section = renderer.render(directive, "en")
                keys = [comparison(section.codes)] if place.name == "smtp_compare" else list(section.codes)
                anchor = section.id
        except (directives.Mistakes, UnknownCode, ValueError):
            continue  # the page itself tells of it
        for key in keys:
            found.setdefault(key, anchor)
    return found
