"""What the plugin reads off a site: its pages, their files, its theme and its other extensions."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as SitePage
from mkdocs.utils import get_relative_url, write_file

from ..autolink_wishes import KEY, LANGS, OTHERS, in_meta
from ..extension import SmtpCodesExtension, log
from ..option_places import line_of, twice
from ..yaml_lines import title_place

if TYPE_CHECKING:
    from ..extension.state import Page

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


def style_mixed_pages(config: MkDocsConfig) -> None:
    """Give every page our stylesheet where the content of one may be shown in the place of another, whose head then serves it."""
    features = config.theme.get("features") or ()
    mixed = "navigation.instant" in features or any(
        word in name for name in config.plugins for word in ("print", "pdf")
    )
    if mixed and STYLESHEET not in config.extra_css:
        # First, so that the site's own style wins.
        config.extra_css.insert(0, STYLESHEET)
        config.extra_javascript.append(SCRIPT)


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


def doubled(config_file: str | None, given: Iterable[str]) -> Iterator[str]:
    """A message for each of the options given that is written twice in the configuration."""
    path = Path(config_file or "mkdocs.yml")
    text = path.read_text(encoding="utf-8-sig") if path.is_file() else ""
    # Where one has its like at all, the configuration is read once more.
    if any(text.count(f"{name}:") > 1 for name in given):
        yield from (f"{path.name}:{line}: {message}" for line, message in twice(text))


def wrong_texts(nav: Navigation, config_file: str | None) -> Iterator[str]:
    """A message for each directive in a title of the navigation, and in what the configuration says on every page."""
    from ..extension import outside  # noqa: PLC0415 (only for a site that has something of ours there)

    path = Path(config_file or "mkdocs.yml")
    for line, message in outside.in_config(path.read_text(encoding="utf-8-sig") if path.is_file() else ""):
        yield f"{path.name}:{line}: {message}"
    for raw, message in outside.in_nav(nav.items):
        yield f"{where(config_file, raw, lambda *text: title_place(*text)[0])}: {message}"


def tell_undecodable(error: Exception, config_file: str | None) -> None:
    """End a build that failed because of a file that is not UTF-8, whoever has read it, with its name and no traceback."""
    from ..encodings import MESSAGE, broken_file  # noqa: PLC0415 (only where a build fails)

    if (broken := broken_file(error)) is None:
        return
    path, line, _ = broken
    folder = Path(config_file or ".").resolve().parent
    shown = path.resolve()
    log.error(f"{(shown.relative_to(folder) if shown.is_relative_to(folder) else path).as_posix()}:{line}: {MESSAGE}")
    raise Abort("Aborted with a file that is not UTF-8") from None


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
    if not ("<<" in str(page.meta) or {KEY, *LANGS, *OTHERS} & set(page.meta)):
        return []
    from ..extension import outside  # noqa: PLC0415 (only for a page that has something of ours there)

    source = source_of(page)
    return [*outside.in_meta(page.meta, source), *in_meta(page.meta, source)]


def folders_of(page: SitePage, config: MkDocsConfig) -> list[Path]:
    """Where a page may include files from: the folders of the configuration, of the pages, and its own."""
    own = Path(config.docs_dir, page.file.src_uri).parent
    return [Path(config.config_file_path or ".").parent, Path(config.docs_dir), own]


def known_page(page: SitePage, config: MkDocsConfig, *, generated: bool) -> Page:
    """What the extension is told of a page."""
    from ..extension.state import Page, meta_lang  # noqa: PLC0415 (only for a page that has something of ours)

    return Page(
        path=path_of(page, config),
        source_uri=page.file.src_uri,
        source=partial(source_of, page),
        folders=partial(folders_of, page, config),
        meta_lang=meta_lang(page.meta),
        site_lang=site_language(page, config),
        resolves_links=True,
        generated=generated,
    )


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


def dead_links(links: Iterable[tuple[str, str]], files: Files) -> Iterator[tuple[str, str]]:
    """Pages that the site has not, each with a message for each text of a data file that links to it.

    Args:
        links: place and target of each link.
        files: the files of the site.
    """
    from ..suggestions import nearest  # noqa: PLC0415 (only for a site with links in its data)

    for place, target in links:
        if files.get_file_from_path(posixpath.normpath(target)) is None:
            known = [file.src_uri for file in files.documentation_pages()]
            yield target, f"{place}: the link leads to {target}, which the site has not{nearest(target, known)}"
