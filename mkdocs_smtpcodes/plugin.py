"""The MkDocs plugin: configuration and events, nothing else."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment
from mkdocs.config import config_options as c
from mkdocs.config.base import Config, ValidationError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as SitePage
from mkdocs.utils import copy_file, get_relative_url, write_file

from .extension import SmtpCodesExtension, log

# What only a site with something of ours needs is imported when that is met.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from .extension.state import Page
    from .reference.generating import Generator
    from .reference.inventory import Item
    from .site import Addresses, PageLinks

ASSETS = Path(__file__).parent / "assets"
STYLESHEET = "assets/smtpcodes.css"
SCRIPT = "assets/smtpcodes.js"
ENTRY_POINT = "smtpcodes"
OPTIONS = ("lang", "data_files", "templates")
#: Markdown extensions whose names begin so, snippets apart, make nothing of a page that it does not have.
KNOWN = (
    "abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code", "footnotes", "legacy_em",
    "markdown.extensions.", "material.extensions.", "md_in_html", "meta", "mkdocs.", "nl2br", "pymdownx.", "sane_lists",
    "smarty", "tables", "toc", "wikilinks",
)  # fmt: skip
DOTTED = ("smtpcodes", "mkdocs_smtpcodes", "mkdocs_smtpcodes.extension")


class DocsFolder(c.Type[str]):
    """A folder in the docs folder."""

    def run_validation(self, value: object) -> str:
        folder = posixpath.normpath(str(super().run_validation(value)).replace("\\", "/")).strip("/")
        if folder.startswith(".") or ":" in folder:
            raise ValidationError(f"{value!r} is no folder below the docs folder; write a name such as smtp")
        return folder


class SmtpCodesConfig(Config):  # type: ignore[no-untyped-call]
    """What ``plugins: - smtpcodes:`` accepts."""

    lang = c.Type(str, default="auto")
    """Language of the sections: ``auto`` (follow the page), or a language with words, such as ``tr``."""
    data_files = c.ListOfItems(c.Type(str), default=[])
    """YAML files with codes and words of the site's own, relative to the configuration file; later ones win."""
    reference = c.Choice(("off", "used", "all", False), default="off")
    """Pages that the plugin generates: ``off``, ``used`` (codes that the site's directives show and whose pages it links to) or
    ``all`` codes."""
    reference_dir = DocsFolder(str, default="smtp")
    """Folder of the generated pages in the docs folder."""
    comparisons = c.Type((list, str), default=[])
    """Comparisons that get a page: a list of pairs, or ``related`` for the pairs that people confuse."""
    export = c.Choice(("off", "json", False), default="off")
    """``json`` publishes the codes with facts, words and addresses as ``codes.json`` in the folder of the reference."""
    markdown = c.Type(bool, default=False)
    """Whether each generated page has a twin in Markdown beside it, for copies and language models."""
    templates = c.Type(str, default="")
    """Folder with templates that replace or extend those of the plugin, relative to the configuration file."""
    css = c.Type(bool, default=True)
    """Whether the plugin's stylesheet is added to the site."""


class SmtpCodesPlugin(BasePlugin[SmtpCodesConfig]):  # type: ignore[no-untyped-call]
    """``plugins: smtpcodes``."""

    extension: SmtpCodesExtension | None = None
    generator: Generator | None = None
    _addresses: Addresses | None = None
    #: What the inventory has, over the builds of one site in several languages.
    _inventoried: Mapping[tuple[str, str], Item]
    _dirty = False
    _options: dict[str, Any] | None = None
    #: The page that is converted next, and its text before Markdown extensions.
    _next: tuple[SitePage, MkDocsConfig]
    _grows = True

    def __init__(self) -> None:
        self._told: set[str] = set()
        #: The pages of this build that have something of ours.
        self._met: dict[str, tuple[SitePage, Page]] = {}
        #: The codes that its written pages use, and the pages of the reference in the languages that were built before.
        self._used: dict[str, None] = {}
        self._earlier: dict[str, set[str]] = {}
        self._inventoried = {}

    def on_startup(self, *, dirty: bool = False, **_: Any) -> None:
        """Present so that MkDocs keeps the plugin, and what it has read, over rebuilds of `mkdocs serve`."""
        self._dirty = dirty

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Register the extension. Called again for each language by mkdocs-static-i18n, so it may find its own work."""
        extensions: list[Any] = config.markdown_extensions
        options: dict[str, Any] = dict(config.mdx_configs.pop(ENTRY_POINT, {}) or {})
        options |= {name: self.config[name] for name in OPTIONS if self.config[name] not in ("auto", "", [])}
        options["folder"] = str(Path(config.config_file_path or ".").parent)
        if self.extension is None or self._options != options:
            self._options = options
            self.extension = SmtpCodesExtension(**options)
            self.extension.managed = True
            if self.extension.has_files:
                self.extension.where = _where(config.config_file_path, "lang:")
        if self.extension.has_files:
            self.extension.refresh()
        self.extension.next_page = self._next_page
        self._grows = any(map(_may_grow, extensions))
        if self.extension not in extensions:
            extensions[:] = [*(ext for ext in extensions if ext not in DOTTED), self.extension]
        if self.config.css and _mixes_pages(config) and STYLESHEET not in config.extra_css:
            # First, so that the site's own style wins.
            config.extra_css.insert(0, STYLESHEET)
            config.extra_javascript.append(SCRIPT)
        for path in [*self.config.data_files, *([self.config.templates] if self.config.templates else [])]:
            watched = str(Path(options["folder"], path))
            if watched not in config.watch:
                config.watch.append(watched)
        return config

    # Each build begins here, also those that mkdocs-static-i18n nests.
    def _begin(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Carry the stylesheet into the site."""
        self._met = {}
        self.generator = None
        if not self._dirty:
            self._used = {}
        if not getattr(config.plugins.get("i18n"), "building", False):
            self._addresses, self._earlier, self._inventoried = None, {}, {}
        if self.config.css and files.get_file_from_path(STYLESHEET) is None:
            for asset in (STYLESHEET, SCRIPT):
                files.append(File.generated(config, asset, abs_src_path=str(ASSETS / posixpath.basename(asset))))
        return files

    # After mkdocs-static-i18n (-100) has chosen the files of the language that is built.
    @event_priority(-200)
    def _generate(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages that the configuration asks for."""
        if self.extension is not None and (self.config.reference not in {"off", False} or self.config.comparisons):
            self._plan(self.extension, files, config)
        return files

    def _plan(self, extension: SmtpCodesExtension, files: Files, config: MkDocsConfig) -> None:
        from . import reference
        from .extension.state import Page
        from .reference.generating import Generator
        from .reference.using import UsedGenerator

        dataset = extension.renderer.dataset
        comparisons, mistakes = reference.comparisons(self.config.comparisons, dataset)
        place = _where(config.config_file_path, "comparisons:")
        for mistake in mistakes:
            if mistake not in self._told:
                self._told.add(mistake)
                log.warning(f"{place}: {mistake}")
        extension.page = Page(site_lang=_site_language(None, config))
        made = (config, dataset, self.config.reference_dir, extension.language(None))
        if self.config.reference == "used":
            self.generator = generator = UsedGenerator(*made)
            certain, related = ([], comparisons) if self.config.comparisons == "related" else (comparisons, [])
            generator.reserve(files, certain, related, self._earlier)
        else:
            self.generator = Generator(*made)
            codes = reference.all_codes(dataset) if self.config.reference == "all" else []
            self.generator.add(files, codes, comparisons)

    on_files = CombinedEvent(_begin, _generate)

    # Before plugins that make a navigation of their own, which are early too.
    @event_priority(200)
    def _restore_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """The navigation is read; whoever reads the configuration now finds it as it was written."""
        if self.generator is not None:
            self.generator.restore_nav()
        if "<<" in str(config.nav):
            from .extension.outside import in_nav

            for raw, message in in_nav(nav.items):
                if message not in self._told:
                    self._told.add(message)
                    log.warning(f"{_where(config.config_file_path, raw)}: {message}")
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
            output = _with_stylesheet(output, page, config)
        if self.generator is None or page.file.src_uri not in self.generator.pages:
            return output
        output = self.generator.head(page, output)
        return self._with_twin(output, page, config) if self.config.markdown else output

    def _with_twin(self, output: str, page: SitePage, config: MkDocsConfig) -> str:
        """Write a generated page as Markdown beside it, and name it in its head."""
        from .reference.twins import markdown

        twin = Path(page.file.abs_dest_path).with_suffix(".md")
        write_file(markdown(page.content or "", f"{config.site_url or ''}{page.url}").encode(), str(twin))
        link = f'<link rel="alternate" type="text/markdown" href="{twin.name}">\n'
        return output.replace("</head>", f"{link}</head>", 1)

    # Late, so that the text is searched for lines as Python-Markdown will see it, after macros and includes.
    @event_priority(-100)
    def on_page_markdown(self, markdown: str, *, page: SitePage, config: MkDocsConfig, files: Files) -> None:
        """Tell the extension which page is next; it asks for more only if the page has something of ours."""
        if page.meta and "<<" in str(page.meta):
            from .extension.outside import in_meta

            for line, message in in_meta(page.meta, _source(page)):
                log.warning(f"{_path(page, config)}{f':{line}' if line else ''}: {message}")
        self._next = (page, config)
        if not self._grows and self.extension is not None:
            self.extension.next_source = page

    def _next_page(self) -> Page:
        from .extension.state import Page

        page, config = self._next
        known = Page(
            path=_path(page, config),
            source_uri=page.file.src_uri,
            source=partial(_source, page),
            folders=_folders(page, config),
            meta_lang=str(page.meta.get("lang") or ""),
            site_lang=_site_language(page, config),
            resolves_links=True,
        )
        self._met[page.file.src_uri] = (page, known)
        return known

    # Early, so that plugins that take pages before all of them stand (llms.txt, print) see addresses of the site.
    @event_priority(100)
    def on_page_content(self, html: str, *, page: SitePage, config: MkDocsConfig, files: Files) -> str:
        """Send links to the pages of a reference that has all codes; the links of any other site are not known yet."""
        if self.generator is None or page.file.src_uri not in self._met:
            return html
        from .rendering.links import foretell

        generator, url = self.generator, page.url

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
        from .rendering.links import resolve_links
        from .site import SiteIndex

        self.index = SiteIndex()
        for page, known in self._met.values():
            generated = self.generator is not None and page.file.src_uri in self.generator.pages
            self.index.add(page.url, str(page.title), known.produced, generated=generated)
        for page, _ in self._met.values():
            if page.content:
                page.content = resolve_links(page.content, self._links(page, config))

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Publish the codes as JSON; say once per language how much of what the pages show is not translated."""
        if self.extension is None:
            return
        if self.config.export == "json":
            self._export(self.extension, config)
        if self._met:
            self._inventory(self.extension, config)
        for uri, html in self.generator.redirects() if self.generator is not None else ():
            write_file(html.encode(), str(Path(config.site_dir, uri)))
        boxes = {item.lang for _, known in self._met.values() for item in known.produced if item.name == "smtp_lookup"}
        if boxes:
            self._publish_lookup(self.extension, sorted(boxes), config)
        for lang, missing in self.extension.fallen():
            if lang not in self._told:
                self._told.add(lang)
                log.info(f"lang {lang}: {missing} texts are not translated and stand in English")

    def _publish_lookup(self, extension: SmtpCodesExtension, languages: Sequence[str], config: MkDocsConfig) -> None:
        """The script of the box, and its data in each language that a page has it in."""
        from .rendering.lookup import data_script

        folder = Path(config.site_dir, posixpath.dirname(STYLESHEET))
        copy_file(str(ASSETS / "smtplookup.js"), str(folder / "smtplookup.js"))
        for lang in languages:
            write_file(data_script(extension.renderer.speaker(lang)).encode(), str(folder / f"smtplookup.{lang}.js"))

    def _export(self, extension: SmtpCodesExtension, config: MkDocsConfig) -> None:
        from .extension.state import Page
        from .reference.exporting import SCHEMA, export
        from .site import Addresses, SiteIndex

        # Built once more for each language of mkdocs-static-i18n, with what the builds before have found.
        extension.page = Page(site_lang=_site_language(None, config))
        self._addresses = self._addresses or Addresses()
        self._addresses.add(self.index if self._met else SiteIndex(), extension.language(None), config.site_url or "")
        told = export(extension.renderer.dataset, *self._addresses.told())
        folder = Path(config.site_dir, self.config.reference_dir.strip("/"))
        write_file((json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode(), str(folder / "codes.json"))
        copy_file(str(Path(__file__).parent / "schema" / SCHEMA), str(folder / SCHEMA))

    def _inventory(self, extension: SmtpCodesExtension, config: MkDocsConfig) -> None:
        """Where the site explains what, for links from other sites; what mkdocstrings and other languages put there stays."""
        from .extension.state import Page
        from .reference import inventory

        extension.page = Page(site_lang=_site_language(None, config))
        ours = {(item.kind, item.name): item for item in inventory.items(self.index, extension.language(None))}
        if not ours:
            return
        file = Path(config.site_dir, inventory.FILE)
        there = {(item.kind, item.name): item for item in inventory.read(file.read_bytes())} if file.is_file() else {}
        # The default language is built first, and is what another site means. mkdocstrings writes the file anew in each language.
        self._inventoried = {**there, **ours, **self._inventoried}
        write_file(inventory.write(config.site_name, "", self._inventoried.values()), str(file))

    def _links(self, page: SitePage, config: MkDocsConfig) -> PageLinks:
        from .site import PageLinks

        lang = str(page.meta.get("lang") or _site_language(page, config))
        return PageLinks(self.index, page.url, lang, lambda url: get_relative_url(url, page.url))


def _may_grow(extension: Any) -> bool:
    """Whether a Markdown extension may put texts into a page that the page itself does not have."""
    if isinstance(extension, SmtpCodesExtension):
        return False
    name = extension if isinstance(extension, str) else type(extension).__module__
    return "snippets" in name or not name.startswith(KNOWN)


def _mixes_pages(config: MkDocsConfig) -> bool:
    """Whether the content of a page may be shown in the place of another, whose head then has to serve it."""
    features = config.theme.get("features") or ()
    return "navigation.instant" in features or any(word in name for name in config.plugins for word in ("print", "pdf"))


def _with_stylesheet(output: str, page: SitePage, config: MkDocsConfig) -> str:
    """The page with our stylesheet in its head, before those of the site, which win; with a tooltip, the script too."""
    link = f'<link href="{get_relative_url(STYLESHEET, page.url)}" rel="stylesheet">\n'
    if 'role="tooltip"' in str(page.content):
        link += f'<script src="{get_relative_url(SCRIPT, page.url)}" defer></script>\n'
    first = output.find(posixpath.basename(str(config.extra_css[0]))) if config.extra_css else -1
    place = output.rfind("<link", 0, first) if first >= 0 else output.find("</head>")
    return f"{output[:place]}{link}{output[place:]}" if place >= 0 else output


def _where(config_file: str | None, option: str) -> str:
    """``mkdocs.yml:7``: where an option of the plugin stands, as near as a text search can tell."""
    path = Path(config_file or "mkdocs.yml")
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    start = next((number for number, line in enumerate(lines) if ENTRY_POINT in line), 0)
    for number, line in [*enumerate(lines[start:], start + 1), *enumerate(lines, 1)]:
        if option in line:
            return f"{path.name}:{number}"
    return path.name


def _path(page: SitePage, config: MkDocsConfig) -> str:
    """The page's file as a writer knows it: relative to the folder of mkdocs.yml where it lies below it."""
    folder = config.docs_dir.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    return f"{folder}/{page.file.src_uri}"


def _source(page: SitePage) -> str:
    try:
        return page.file.content_string
    except (OSError, ValueError):
        return ""


def _folders(page: SitePage, config: MkDocsConfig) -> list[Path]:
    """Where a page may include files from: the folders of the configuration, of the pages, and its own."""
    own = Path(config.docs_dir, page.file.src_uri).parent
    return [Path(config.config_file_path or ".").parent, Path(config.docs_dir), own]


def _site_language(page: SitePage | None, config: MkDocsConfig) -> str:
    """What a translation plugin says of the file, else what the theme speaks."""
    file = page.file if page is not None else None
    locale = getattr(file, "locale", None) or getattr(file, "dest_language", None)
    for found in (locale, config.theme.get("language"), config.theme.get("locale")):
        if found:
            return str(found)
    return ""
