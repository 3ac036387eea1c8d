"""The generated reference as pages of MkDocs: files, navigation, and what their heads say to search engines."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property
from html import escape
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, file_sort_key
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import dirname_to_title, get_relative_url, nest_paths

from ..dataset import Dataset
from ..dataset.naming import key_of, keys_of, name_of
from . import navigation
from .languages import file_of, languages_of, tell_i18n
from .linked_data import linked_data
from .pages import GeneratedPage, file_for, former_file, pages

REDIRECT = (
    '<!doctype html>\n<html lang="">\n<meta charset="utf-8">\n<title>{target}</title>\n<link rel="canonical" href="{target}">\n'
    '<meta name="robots" content="noindex">\n<meta http-equiv="refresh" content="0; url={target}">\n'
    '<a href="{target}">{target}</a>\n'
)


class Generator:
    """Makes the pages that the configuration asks for. One for each build, or for each language of a build."""

    def __init__(self, config: MkDocsConfig, dataset: Dataset, folder: str, lang: str) -> None:
        self.config = config
        self.dataset = dataset
        self.folder = folder
        self.current, self.languages = languages_of(config, dataset, lang)
        self.title = dataset.words(self.current.known).label("reference")
        #: The generated pages by their path in the docs folder.
        self.pages: dict[str, GeneratedPage] = {}
        self._alternates: dict[str, dict[str, str]] = {}
        #: All pages of the reference, also those that the site has written itself.
        self._all: list[GeneratedPage] = []
        #: The addresses of the reference by its own paths, within the site.
        self._addresses: dict[str, str] = {}
        self._nav: tuple[list[Any] | None] | None = None

    def add(self, files: Files, codes: Sequence[str], comparisons: Sequence[Sequence[str]]) -> None:
        """Add the pages of these codes and comparisons to the site; a page that the site has written itself stays."""
        uris: list[tuple[str, str]] = []
        written: set[str] = set()
        for page in pages(self.dataset, self.current.known, codes, comparisons):
            uri = self.uri(page.path)
            uris.append((page.group, uri))
            self._all.append(page)
            if own := self.own(files, page.path):
                written.add(own.src_uri)
                self._addresses[page.path] = own.url
                continue
            forms = {
                one.locale: file_of(File, self.config, f"{self.folder}/{page.path}", page.markdown, one)
                for one in self.languages
            }
            file = forms[self.current.locale]
            files.append(file)
            self.note(page, file, forms)
        named = navigation.names(self.config.nav) - self.placeholders
        grouped: dict[str, list[str]] = {}
        for group, uri in uris:
            if uri not in named:
                grouped.setdefault(group, []).append(uri)
        section: list[Any] = grouped.pop("", [])
        section += [{name: items} for name, items in grouped.items()]
        self.place_in_nav(files, section, {*written, *(uri for _, uri in uris)})

    def uri(self, path: str) -> str:
        """A path of the reference as the site names it in the language that is built."""
        return self.current.uri(f"{self.folder}/{path}")

    def own(self, files: Files, path: str) -> File | None:
        """The page that stands there already."""
        return files.get_file_from_path(self.uri(path)) or files.get_file_from_path(f"{self.folder}/{path}")

    def note(self, page: GeneratedPage, file: File, forms: Mapping[str, File]) -> None:
        """Remember a generated page, for its head and for others that ask."""
        self.pages[file.src_uri] = page
        self._alternates[file.src_uri] = {locale: form.url for locale, form in forms.items()}
        self._addresses[page.path] = file.url
        tell_i18n(self.config, file, forms, self.current)

    def name(self, page: Page) -> bool:
        """Call a page what its place in the navigation needs, unless that of the site has a name for it; False for a page of
        the site's own."""
        told = self.pages.get(page.file.src_uri)
        if told and "title" not in vars(page):
            page.title = told.short
        return told is not None

    def foretold(self, key: str) -> str:
        """The address within the site of the page about what a key says, "" where it is not certain that there is one."""
        files = [file_for(key), *map(file_for, keys_of(key))]
        return next((f"{self._addresses[file]}#{name_of(key)}" for file in files if file in self._addresses), "")

    def redirects(self) -> Iterator[tuple[str, str]]:
        """For each page of an entry that is called otherwise now, its file in the site and the HTML that leads on."""
        for old, new in self.dataset.former.items():
            address, file = self.foretold(key_of(new, self.dataset)), former_file(old)
            if address and file:
                place = file_of(File, self.config, f"{self.folder}/{file}", "", self.current)
                target = escape(get_relative_url(address, place.url))
                yield place.dest_uri, REDIRECT.format(target=target)

    @property
    def led_to(self) -> dict[str, str]:
        """The files that mkdocs-redirects leads readers to, as far as they may be ours, each with its path in the reference."""
        plugin: Any = self.config.plugins.get("redirects")
        targets = plugin.config.get("redirect_maps") or {} if plugin is not None else {}
        files = [str(target).partition("#")[0] for target in targets.values()]
        folders = (f"{self.folder}/", f"{self.current.locale}/{self.folder}/")
        return {file: file.removeprefix(folder) for folder in folders for file in files if file.startswith(folder)}

    def tell_redirects(self, files: Files) -> None:
        """Show mkdocs-redirects the pages of ours that it leads to: it has looked for them before they were there."""
        for uri in self.led_to:
            known: dict[str, File] = getattr(self.config.plugins["redirects"], "doc_pages", {})
            if file := files.get_file_from_path(uri):
                known.setdefault(uri, file)

    # --- navigation ----------------------------------------------------------------------------------------------------

    @property
    def placeholders(self) -> set[str]:
        """What a navigation writes for the whole reference."""
        return {self.folder, f"{self.folder}/", f"{self.folder}/index.md"}

    def place_in_nav(self, files: Files, section: list[Any], ours: Set[str]) -> None:
        """Put a section into the configured navigation: where it names the folder of the reference, else at the end.

        Args:
            files: the files of the site.
            section: the items of the section.
            ours: the paths of the reference, which are not sought elsewhere.
        """
        self._nav = (self.config.nav,)
        nav = self.config.nav
        if nav is None:
            # What MkDocs does by itself, but with the reference at the end and in its own order.
            others = [file for file in files.documentation_pages() if file.src_uri not in ours]
            shown = [f.src_uri for f in sorted(others, key=file_sort_key) if f.inclusion.is_in_nav()]  # type: ignore[no-untyped-call]
            nav = nest_paths(shown)  # type: ignore[no-untyped-call]
        placed, found = navigation.placed(nav, self.folder, section, self.title)
        if not found and section:
            # A site of folders by language has a section for each of them at this moment.
            uri = self.uri("")
            place = "" if uri.startswith(self.folder) else uri.split("/")[0]
            top = next((item for item in placed if isinstance(item, dict) and dirname_to_title(place) in item), None)
            target = top[dirname_to_title(place)] if place and top and self.config.nav is None else placed
            target.append({self.title: section})
        self.config.nav = placed

    def restore_nav(self) -> None:
        """The navigation stands: leave the configuration to others, and to the next language, as it was written."""
        if self._nav is not None:
            (self.config.nav,) = self._nav
            self._nav = None

    # --- what only those pages need of which it is known late whether there are any ------------------------------------

    def expect(self, page: Page, shown: Collection[str]) -> None:
        """A page shows these codes: links that are followed before all pages stand may lead to theirs, if it is a written one."""

    def hold(self, nav: Navigation) -> None:
        """The navigation is finished."""

    def settle(self, files: Files, used: Iterable[str]) -> None:
        """All written pages stand, and these codes are used in them."""

    # --- heads ---------------------------------------------------------------------------------------------------------

    def head(self, page: Page, html: str) -> str:
        """A page with its description, its alternates and JSON-LD in its head, as far as the theme has not said them."""
        uri = page.file.src_uri
        told = self.pages[uri]
        head = html[: html.find("</head>")]
        if f"<title>{escape(told.title)}" not in head:
            # Themes that take the name in the navigation for the title of the page.
            html = html.replace(f"<title>{told.short}", f"<title>{escape(told.title)}", 1)
        site = (self.config.site_url or "").rstrip("/")
        added = ""
        if '<meta name="description"' not in head:
            added += f'<meta name="description" content="{escape(told.description)}">\n'
        if site and len(self._alternates[uri]) > 1 and "hreflang=" not in head:
            for locale, url in self._alternates[uri].items():
                added += f'<link rel="alternate" hreflang="{locale}" href="{escape(f"{site}/{url}")}">\n'
        if data := linked_data(told, self._urls, self._all):
            text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
            added += f'<script type="application/ld+json">{text}</script>\n'
        return html.replace("</head>", f"{added}</head>", 1)

    @cached_property
    def _urls(self) -> dict[str, str]:
        """The full addresses of the reference by its own paths; empty where the site has no address."""
        site = (self.config.site_url or "").rstrip("/")
        return {path: f"{site}/{url}" for path, url in self._addresses.items()} if site else {}
