"""The MkDocs plugin: configuration and events, nothing else."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as SitePage
from mkdocs.utils import get_relative_url, write_file

from ..autolink_wishes import DEFAULTS, value_mistake
from ..extension import SmtpCodesExtension, log
from ..settings import judged
from .options import SmtpCodesConfig, shared
from .surroundings import (
    ASSETS,
    DOTTED,
    ENTRY_POINT,
    SCRIPT,
    STYLESHEET,
    dead_links,
    doubled,
    known_page,
    leave_out_of_search,
    may_grow,
    path_of,
    site_language,
    style_mixed_pages,
    tell_undecodable,
    where,
    with_stylesheet,
    wrong_meta,
    wrong_texts,
)

# What only a site with something of ours needs is imported when that is met.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from ..extension.state import Page
    from ..reference.generating import Generator
    from ..reference.inventory import Item
    from ..site import Addresses, PageLinks


class SmtpCodesPlugin(BasePlugin[SmtpCodesConfig]):  # type: ignore[no-untyped-call]
    """``plugins: smtpcodes``."""

    extension: SmtpCodesExtension | None = None
    generator: Generator | None = None
    _addresses: Addresses | None = None
    #: What the inventory has, over the builds of one site in several languages.
    _inventoried: Mapping[tuple[str, str], Item]
    _dirty = _preview = False
    _options: dict[str, Any] | None = None
    #: The page that is converted next, and its text before Markdown extensions.
    _next: tuple[SitePage, MkDocsConfig]
    _grows = True

    def __init__(self) -> None:
        #: The options that are wrong, and why.
        self._wrong: list[tuple[str, str]] = []
        self._told: set[str] = set()
        #: The pages of this build that have something of ours.
        self._met: dict[str, tuple[SitePage, Page]] = {}
        #: The codes that its written pages use, and the pages of the reference in the languages that were built before.
        self._used: dict[str, None] = {}
        self._earlier: dict[str, set[str]] = {}
        #: The addresses of generated pages, of all languages, that the search is not to find.
        self._unsearched: set[str] = set()
        self._inventoried = {}

    def load_config(self, options: dict[str, Any], config_file_path: str | None = None) -> tuple[Any, Any]:
        """Take the options that are right. The others are told with their lines, and a server goes on with the defaults."""
        good, self._wrong = judged(options)
        self._file, self._given = config_file_path, tuple(options)
        return super().load_config(good, config_file_path)

    def on_startup(self, *, command: str = "build", dirty: bool = False, **_: Any) -> None:
        """Present so that MkDocs keeps the plugin, and what it has read, over rebuilds of `mkdocs serve`."""
        self._dirty, self._preview = dirty, command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Register the extension. Called again for each language by mkdocs-static-i18n, so it may find its own work."""
        extensions: list[Any] = config.markdown_extensions
        options: dict[str, Any] = dict(config.mdx_configs.pop(ENTRY_POINT, {}) or {})
        options |= shared(self.config)
        wrong = [(name, message) for name in DEFAULTS if (message := value_mistake(name, options.get(name)))]
        for name, message in [*self._wrong, *wrong]:
            options.pop(name, None)
            self._complain_once(f"{where(config.config_file_path, name)}: {message}")
        for message in doubled(config.config_file_path, self._given):
            self._complain_once(message)
        options["folder"] = str(Path(config.config_file_path or ".").parent)
        if self.extension is None or self._options != options:
            self._options = options
            self.extension = SmtpCodesExtension(**options)
            self.extension.managed = True
            self.extension.where = partial(where, config.config_file_path)
        if self.extension.has_files:
            self.extension.refresh()
        self.extension.next_page = self._next_page
        self._grows = any(map(may_grow, extensions))
        if self.extension not in extensions:
            extensions[:] = [*(ext for ext in extensions if ext not in DOTTED), self.extension]
        if self.config.css:
            style_mixed_pages(config)
        watched = [
            str(Path(options["folder"], path)) for path in (*self.config.data_files, self.config.templates) if path
        ]
        config.watch += [path for path in watched if path not in config.watch]
        return config

    def _complain_once(self, message: str, level: int = logging.WARNING) -> None:
        if message not in self._told:
            self._told.add(message)
            log.log(level, message)

    # Each build begins here, also those that mkdocs-static-i18n nests.
    def _begin(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Carry the stylesheet into the site."""
        self._met = {}
        self.generator = None
        if not self._dirty:
            self._used = {}
        if not getattr(config.plugins.get("i18n"), "building", False):
            self._addresses, self._earlier, self._unsearched, self._inventoried = None, {}, set(), {}
            if self.extension is not None:
                self.extension.told.clear()
        if self.config.css and files.get_file_from_path(STYLESHEET) is None:
            for asset in (STYLESHEET, SCRIPT):
                files.append(File.generated(config, asset, abs_src_path=str(ASSETS / Path(asset).name)))
        return files

    # After mkdocs-static-i18n (-100) has chosen the files of the language that is built.
    @event_priority(-200)
    def _generate(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages that the configuration asks for."""
        if self.extension is not None and (self.config.reference not in {"off", False} or self.config.comparisons):
            self._plan(self.extension, files, config)
        if self.extension is not None and self.config.data_files:
            self._seek_dead(self.extension, files, config.validation.links.not_found)
        return files

    def _seek_dead(self, extension: SmtpCodesExtension, files: Files, level: int) -> None:
        """Name the texts of data files that link to no page, once, instead of each page that shows them."""
        dead = list(dead_links(extension.renderer.dataset.page_links, files))
        extension.dead = frozenset(target for target, _ in dead)
        for _, message in dead:
            self._complain_once(message, level)

    def _plan(self, extension: SmtpCodesExtension, files: Files, config: MkDocsConfig) -> None:
        from .planning import planned

        lang = self._language_of_site(extension, config)
        made = (config, extension.renderer.dataset, self.config.reference_dir, lang)
        self.generator, mistakes = planned(self.config, made, files, self._earlier)
        for place, message in mistakes:
            self._complain_once(f"{where(config.config_file_path, place)}: {message}")

    on_files = CombinedEvent(_begin, _generate)

    # Before plugins that make a navigation of their own, which are early too.
    @event_priority(200)
    def _restore_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """The navigation is read; whoever reads the configuration now finds it as it was written."""
        if self.generator is not None:
            self.generator.restore_nav()
        if "<<" in f"{config.nav}{config.site_name}{config.site_description}{config.site_author}{config.copyright}":
            for message in wrong_texts(nav, config.config_file_path):
                self._complain_once(message)
        return nav

    # After all of them.
    @event_priority(-1000)
    def _hold_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        if self.generator is not None:
            self.generator.hold(nav)
        return nav

    on_nav = CombinedEvent(_restore_nav, _hold_nav)

    def on_post_page(self, output: str, *, page: SitePage, config: MkDocsConfig) -> str:
        """Give pages with something of ours the stylesheet, and generated pages their description, alternates and JSON-LD."""
        if page.file.src_uri not in self._met:
            return output
        if self.config.css and STYLESHEET not in config.extra_css:
            output = with_stylesheet(output, page, config)
        if self.generator is None or page.file.src_uri not in self.generator.pages:
            return output
        from .publishing import with_twin

        output = self.generator.head(page, output)
        return with_twin(output, page, config) if self.config.markdown else output

    # Late, so that the text is searched for lines as Python-Markdown will see it, after macros and includes.
    @event_priority(-100)
    def on_page_markdown(self, markdown: str, *, page: SitePage, config: MkDocsConfig, files: Files) -> None:
        """Tell the extension which page is next; it asks for more only if the page has something of ours."""
        for line, message in wrong_meta(page) if page.meta else ():
            log.warning(f"{path_of(page, config)}{f':{line}' if line else ''}: {message}")
        self._next = (page, config)
        if self.extension is not None:
            self.extension.next_meta = page.meta or {}
            self.extension.next_source = None if self._grows else page

    def _next_page(self) -> Page:
        page, config = self._next
        generated = self.generator is not None and self.generator.name(page)
        known = known_page(page, config, generated=generated)
        self._met[page.file.src_uri] = (page, known)
        return known

    # Early, so that plugins that take pages before all of them stand (llms.txt, print) see addresses of the site.
    @event_priority(100)
    def on_page_content(self, html: str, *, page: SitePage, config: MkDocsConfig, files: Files) -> str:
        """Send links to the pages of the reference that are certain; what other links lead to is not known yet."""
        if self.generator is None or page.file.src_uri not in self._met:
            return html
        from ..rendering.links import foretell

        generator, url = self.generator, page.url
        generator.expect(page, self._met[page.file.src_uri][1].shown)

        def entry(key: str) -> str:
            address = generator.foretold(key)
            return get_relative_url(address, url) if address else ""

        return foretell(html, entry)

    # Early, so that every other plugin sees real addresses.
    @event_priority(100)
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> None:
        """All pages stand: make those of the reference that are used, and send each link to where its entry really is."""
        if self.generator is not None:
            self._used |= {code: None for _, known in self._met.values() for code in known.shown}
            self.generator.settle(files, self._used)
        if not self._met:
            return
        from ..rendering.links import resolve_links
        from ..site import SiteIndex

        self.index = SiteIndex()
        for page, known in self._met.values():
            generated = self.generator is not None and page.file.src_uri in self.generator.pages
            self.index.add(page.url, str(page.title), known.produced, generated=generated)
        for page, _ in self._met.values():
            if page.content:
                page.content = resolve_links(page.content, self._links(page, config))

    def _publish(self, *, config: MkDocsConfig) -> None:
        """Publish the codes as JSON; say once per language how much of what the pages show is not translated."""
        if self.extension is None:
            return
        if self.config.export == "json":
            from .publishing import write_codes

            lang = self._language_of_site(self.extension, config)
            index = self.index if self._met else None
            folder = Path(config.site_dir, self.config.reference_dir)
            self._addresses = write_codes(
                self.extension.renderer.dataset, self._addresses, index, (lang, folder, config)
            )
        # Other sites read it, and no other site reads a preview.
        if self._met and not self._preview:
            from .publishing import write_inventory

            lang = self._language_of_site(self.extension, config)
            self._inventoried = write_inventory(self.index, lang, self._inventoried, config)
        for uri, html in self.generator.redirects() if self.generator is not None else ():
            write_file(html.encode(), str(Path(config.site_dir, uri)))
        boxes = {item.lang for _, known in self._met.values() for item in known.produced if item.name == "smtp_lookup"}
        if self.generator is not None and not self.config.reference_search:
            self._unsearched |= {page.url for uri, (page, _) in self._met.items() if uri in self.generator.pages}
        if boxes:
            from .publishing import write_lookup

            write_lookup(self.extension, sorted(boxes), self.index, config)
        for lang, missing in self.extension.fallen():
            if lang not in self._told:
                self._told.add(lang)
                log.info(f"lang {lang}: {missing} texts are not translated and stand in English")

    # After the search has written its index, and mkdocs-static-i18n (-100) has built the other languages.
    @event_priority(-200)
    def _hush(self, *, config: MkDocsConfig) -> None:
        """Take the generated pages out of the search, where the site wants that."""
        if self._unsearched:
            leave_out_of_search(config, self._unsearched)

    on_post_build = CombinedEvent(_publish, _hush)

    def on_build_error(self, error: Exception, **_: Any) -> None:
        """Say which file is not UTF-8, in the place of a traceback: nothing is asked of it before that."""
        tell_undecodable(error, self._file)

    def _language_of_site(self, extension: SmtpCodesExtension, config: MkDocsConfig) -> str:
        from ..extension.state import Page

        extension.page = Page(site_lang=site_language(None, config))
        return extension.language(None)

    def _links(self, page: SitePage, config: MkDocsConfig) -> PageLinks:
        from ..site import PageLinks

        lang = str(page.meta.get("lang") or site_language(page, config))
        return PageLinks(self.index, page.url, lang, lambda url: get_relative_url(url, page.url))
