"""The generated reference as pages of MkDocs: files, navigation, and what their heads say to search engines."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence, Set
from functools import partial
from html import escape
from typing import Any, NamedTuple

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, file_sort_key
from mkdocs.structure.pages import Page as SitePage
from mkdocs.utils import dirname_to_title, nest_paths

from ..dataset import DEFAULT_LANGUAGE, Dataset
from .linked_data import linked_data
from .pages import GeneratedPage, pages


class Language(NamedTuple):
    """A language that the site builds.

    Attributes:
        locale: the language as the site names it.
        known: the language of ours that is nearest to it.
        uri: a path of the reference as the site writes it in this language: ``smtp/550.tr.md``.
        folder: where the language is published, with a slash behind it; "" for the root.
    """

    locale: str
    known: str
    uri: Callable[[str], str]
    folder: str


class Generator:
    """Makes the pages that the configuration asks for. One for each build, or for each language of a build."""

    def __init__(self, folder: str, comparisons: Sequence[Sequence[str]]) -> None:
        self.folder = folder.strip("/")
        self.comparisons = comparisons
        #: The generated pages by their path in the docs folder.
        self.pages: dict[str, GeneratedPage] = {}
        self._alternates: dict[str, dict[str, str]] = {}
        #: The full addresses of the reference by its own paths, also of pages that the site has written itself; empty where
        #: the site has no address.
        self.urls: dict[str, str] = {}
        self._all: list[GeneratedPage] = []
        self._nav: tuple[list[Any] | None] | None = None

    def add(self, files: Files, config: MkDocsConfig, dataset: Dataset, codes: Sequence[str], lang: str) -> None:
        """Add the pages to the files of a site; a page that the site has written itself stays.

        Args:
            files: the files of the site in the language that is built.
            config: the configuration of the build.
            dataset: the codes.
            codes: those that get a page.
            lang: the language of a site that has one only.
        """
        i18n: Any = config.plugins.get("i18n")
        languages = _languages(i18n, dataset) if i18n is not None else []
        current = next((one for one in languages if one.locale == i18n.current_language), Language(lang, lang, str, ""))
        languages = languages if current in languages else [current]
        section: list[tuple[GeneratedPage, str]] = []
        addresses: dict[str, str] = {}
        for page in pages(dataset, current.known, codes, self.comparisons):
            path = f"{self.folder}/{page.path}"
            uri = current.uri(path)
            section.append((page, uri))
            own = files.get_file_from_path(uri) or files.get_file_from_path(path)
            self._all.append(page)
            if own is not None:
                addresses[page.path] = own.url
                continue
            forms = {one.locale: _file(config, path, page.markdown, one) for one in languages}
            file = forms[current.locale]
            files.append(file)
            self.pages[uri] = page
            self._alternates[uri] = {locale: form.url for locale, form in forms.items()}
            addresses[page.path] = file.url
            if i18n is not None:
                _tell_i18n(i18n, file, forms, current)
        if config.site_url:
            self.urls = {path: f"{config.site_url.rstrip('/')}/{url}" for path, url in addresses.items()}
        self._place_in_nav(section, files, config, dataset.words(current.known).label("reference"))

    # --- navigation ----------------------------------------------------------------------------------------------------

    def _place_in_nav(
        self, pages: Sequence[tuple[GeneratedPage, str]], files: Files, config: MkDocsConfig, title: str
    ) -> None:
        """The site's navigation with the reference where it names its folder, else at the end."""
        self._nav = (config.nav,)
        nav = config.nav
        if nav is None:
            # What MkDocs does by itself, but with the reference at the end and in its own order.
            ours = {uri for _, uri in pages}
            others = [file for file in files.documentation_pages() if file.src_uri not in ours]
            shown = [f.src_uri for f in sorted(others, key=file_sort_key) if f.inclusion.is_in_nav()]  # type: ignore[no-untyped-call]
            nav = nest_paths(shown)  # type: ignore[no-untyped-call]
        section = _grouped(pages, _names(nav, {self.folder, f"{self.folder}/", f"{self.folder}/index.md"}))
        placed, changed = self._placed(nav, section, title)
        if not changed and section:
            # A site of folders by language has a section for each of them at this moment.
            place = next((uri.split("/")[0] for _, uri in pages if not uri.startswith(self.folder)), "")
            top = next((item for item in placed if isinstance(item, dict) and dirname_to_title(place) in item), None)
            target = top[dirname_to_title(place)] if place and top and config.nav is None else placed
            target.append({title: section})
        config.nav = placed

    def restore_nav(self, config: MkDocsConfig) -> None:
        """The navigation stands: leave the configuration to others, and to the next language, as it was written."""
        if self._nav is not None:
            (config.nav,) = self._nav
            self._nav = None

    def _placed(self, nav: list[Any], section: list[Any], label: str) -> tuple[list[Any], bool]:
        """Put the section where an item of the navigation is the folder of the reference."""
        names = {self.folder, f"{self.folder}/", f"{self.folder}/index.md"}
        placed: list[Any] = []
        changed = False
        for item in nav:
            if isinstance(item, str) and item in names:
                placed += [{label: section}] if section else []
                changed = True
            elif isinstance(item, dict):
                copied = {}
                for title, value in item.items():
                    if isinstance(value, str) and value in names:
                        changed = True
                        if section:
                            copied[title] = section
                    elif isinstance(value, list):
                        copied[title], inner = self._placed(value, section, label)
                        changed = changed or inner
                    else:
                        copied[title] = value
                placed += [copied] if copied else []
            else:
                placed.append(item)
        return placed, changed

    # --- heads ---------------------------------------------------------------------------------------------------------

    def head(self, page: SitePage, html: str, config: MkDocsConfig) -> str:
        """A page with its description, its alternates and JSON-LD in its head, as far as the theme has not said them."""
        uri = page.file.src_uri
        told = self.pages[uri]
        head = html[: html.find("</head>")]
        site = (config.site_url or "").rstrip("/")
        added = ""
        if '<meta name="description"' not in head:
            added += f'<meta name="description" content="{escape(told.description)}">\n'
        if site and len(self._alternates[uri]) > 1 and "hreflang=" not in head:
            for locale, url in self._alternates[uri].items():
                added += f'<link rel="alternate" hreflang="{locale}" href="{escape(f"{site}/{url}")}">\n'
        if data := linked_data(told, self.urls, self._all):
            text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
            added += f'<script type="application/ld+json">{text}</script>\n'
        return html.replace("</head>", f"{added}</head>", 1)


def _languages(i18n: Any, dataset: Dataset) -> list[Language]:
    """The languages that mkdocs-static-i18n builds, and how a path says them."""
    languages = []
    for locale in i18n.build_languages:
        known = dataset.nearest_language(locale) or DEFAULT_LANGUAGE
        default = locale == i18n.default_language
        if i18n.config["docs_structure"] == "folder":
            uri: Callable[[str], str] = partial(_in_folder, locale)
        else:
            uri = str if default else partial(_with_suffix, locale)
        languages.append(Language(locale, known, uri, "" if default else f"{locale}/"))
    return languages


def _file(config: MkDocsConfig, path: str, text: str, language: Language) -> File:
    file = File.generated(config, path, content=text)
    # What MkDocs reads off the path has to be read before the path names a language.
    file.dest_uri, file.name = f"{language.folder}{file.dest_uri}", file.name
    file.src_uri = language.uri(path)
    return file


def _tell_i18n(i18n: Any, file: Any, forms: Mapping[str, Any], language: Language) -> None:
    """What mkdocs-static-i18n notes of each page that it finds: its sitemap and the switch of languages live on it."""
    file.locale = file.locale_alternate_of = file.localization = language.locale
    file.norm_src_uri = file.src_uri
    file.alternates = {**forms, language.locale: file}
    i18n.i18n_files_per_language.setdefault(language.locale, []).append(file)


def _names(nav: Any, placeholders: Set[str]) -> set[str]:
    """The paths that a navigation names itself."""
    if isinstance(nav, str):
        return {nav} - placeholders
    if isinstance(nav, dict):
        nav = list(nav.values())
    return set().union(*(_names(item, placeholders) for item in nav)) if isinstance(nav, list) else set()


def _grouped(pages: Sequence[tuple[GeneratedPage, str]], named: Set[str]) -> list[Any]:
    """The pages as a section of the navigation, without those that the site names elsewhere."""
    top: list[Any] = []
    groups: dict[str, list[Any]] = {}
    for page, uri in pages:
        if uri not in named:
            (groups.setdefault(page.group, []) if page.group else top).append(uri)
    return [*top, *({name: items} for name, items in groups.items())]


def _in_folder(locale: str, path: str) -> str:
    return f"{locale}/{path}"


def _with_suffix(locale: str, path: str) -> str:
    return f"{path.removesuffix('.md')}.{locale}.md"
