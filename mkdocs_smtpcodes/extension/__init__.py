"""The Python-Markdown extension: where directives stand in a page, and what takes their place.

A page without anything of ours is looked at once, and that is all (:mod:`watching`).
A block processor recognises a directive and leaves an empty placeholder; an inline processor does the same in running
text. Only when the whole tree stands (headings, ids and containers known) does a tree processor put the sections in.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markdown import Markdown
from markdown.extensions import Extension

from ..autolink_wishes import KEY, Wish, numbered, wish
from . import configured
from .options import OPTIONS
from .stamps import stamps_of
from .watching import Remember, Watch, marked

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..directives import Directive
    from ..rendering.renderer import Renderer
    from ..rendering.templates import TemplateMistake
    from .prepared import Prepared
    from .state import Page, Where

# What only a page with a directive needs is imported when the first one is met: most pages have none.
# ruff: noqa: PLC0415

__all__ = ["DirectiveError", "SmtpCodesExtension", "makeExtension"]

# MkDocs and ProperDocs count warnings below this name for --strict; importing neither is needed.
log = logging.getLogger("mkdocs.plugins.smtpcodes")


class DirectiveError(Exception):
    """Raised for a mistake in a page when ``on_error`` is ``raise``."""


class SmtpCodesExtension(Extension):
    """``markdown.extensions: smtpcodes``."""

    def __init__(self, **options: Any) -> None:
        options, self.wrong = configured.usable(options)
        self.config = {name: [default, told] for name, (default, told) in OPTIONS.items()}
        super().__init__(**options)
        self._page: Page | None = None
        self._md: Markdown | None = None
        #: Whether a site generator's plugin says which page is next; otherwise each conversion is a page of its own.
        self.managed = False
        #: Whether what may be no mistake is told, too.
        self.thorough = False
        #: Whether mkdocs-autorefs, which is not at work here, finds names of the site in its builds.
        self.beside_autorefs = False
        #: Gives the page that is next, when it turns out to be wanted.
        self.next_page: Callable[[], Page] | None = None
        #: What has the text of that page as `markdown`, where none of the site's extensions can make it grow.
        self.next_source: Any = None
        #: The front matter of that page.
        self.next_meta: Mapping[str, Any] = {}
        #: What the site wishes, for the pages that say nothing themselves.
        self._wish = wish(self.getConfigs())
        #: Where the options stand, for messages about them.
        self.where: Callable[[str], str] = configured.where
        #: The build of MkDocs that converts a page without the plugin.
        self.build: Any = None
        #: Pages that texts of data files link to and that the site has not; whoever has the pages says so.
        self.dead: frozenset[str] = frozenset()
        self._stamps: object = None
        #: The mistakes that have been told, in a build or, without one, in a page.
        self.told: set[object] = set()
        #: The places in templates that have been complained of.
        self._told: set[str] = set()
        self._sections: dict[tuple[object, ...], Prepared] = {}

    @property
    def has_files(self) -> bool:
        """Whether there is anything on disk, or an option, that may be wrong."""
        return bool(self.getConfig("data_files") or self.getConfig("templates") or self.getConfig("lang") != "auto")

    @property
    def renderer(self) -> Renderer:
        """The renderer with the data and the templates as they are on disk."""
        if self._stamps is None:
            self.refresh()
        return self._renderer

    def use(self, renderer: Renderer) -> None:
        """Render with this renderer instead of what the options name."""
        self._renderer, self._stamps = renderer, ()

    def fallen(self) -> list[tuple[str, int]]:
        """The languages in use that lacked texts, and how many."""
        return self._renderer.dataset.fallen() if self._stamps is not None else []

    def refresh(self) -> None:
        """Read data files and templates again if one of them changed; say what is wrong in them."""
        from ..dataset import DEFAULT_LANGUAGE, load_dataset
        from ..rendering.renderer import Renderer
        from .engines import home

        folder = Path(self.getConfig("folder") or home(self._md))
        files = self.getConfig("data_files") or []  # a single one may stand without a list
        files = [str(file) for file in ([files] if isinstance(files, str | Path) else files)]
        templates = Path(folder, self.getConfig("templates")) if self.getConfig("templates") else None
        stamps = stamps_of([Path(folder, file) for file in files], templates)
        if stamps == self._stamps:
            return
        self._stamps = stamps
        self._sections.clear()
        self._told.clear()
        dataset = load_dataset(files, folder)
        self._renderer = Renderer(dataset, templates, str(self.getConfig("templates")))
        mistakes = list(dataset.mistakes)
        if templates is not None and not templates.is_dir():
            mistakes.append(f"{self.where('templates')}: templates: {self.getConfig('templates')!r} is not a folder")
        lang = str(self.getConfig("lang"))
        if lang != "auto" and dataset.nearest_language(lang) is None and ("words", lang) not in dataset.left_out:
            from ..rendering.unknown_names import language_mistake

            mistakes.append(f"{self.where('lang')}: lang: {lang!r} {language_mistake(dataset, lang, 'auto or ')}")
        for message in mistakes:
            # A file that is not there has no line of its own; that of its name has.
            text = f"{self.where(message)}: {message}" if message.startswith("data_files: ") else message
            if configured.first(self.build, text, stamps):
                self.complain(text)
        if templates is not None:
            from ..rendering import template_checks

            for wrong in template_checks.check(
                self._renderer.templates, dataset.words(DEFAULT_LANGUAGE).tree("labels")
            ):
                self.report_template(wrong)

    @property
    def page(self) -> Page:
        """The page that is converted."""
        if self._page is None:
            from .state import Page

            self._page = Page()
        return self._page

    @page.setter
    def page(self, page: Page) -> None:
        self._page = page

    def begin(self, md: Markdown) -> None:
        """A page that has something of ours begins."""
        if self.next_page is not None:
            self.page = self.next_page()
        elif not self.managed:
            from .engines import current_page

            self.page, self.build = current_page(md), configured.build(md)
            self.where = lambda option: configured.where(option, md)
            self.told.clear()

    def wish(self, md: Markdown) -> Wish | None:
        """Which codes of the page that is converted become links without a directive."""
        if self.managed:
            meta = self.next_meta
        else:
            from .engines import checked_meta

            meta, wrong = checked_meta(md)
            any(map(self.complain, wrong))
        return wish(self.getConfigs(), meta) if KEY in meta else self._wish

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        source = self.next_source
        if source is not None and not marked(source.markdown) and not (self.wish(md) and numbered(source.markdown)):
            return
        self._md = md
        if self.wrong:
            md.preprocessors.register(configured.Telling(self, md), "smtpcodes_options", 1001)
        remember = Remember(md)
        # Before everything that changes lines: only the source as written can be searched for line numbers.
        md.preprocessors.register(remember, "smtpcodes_source", 1000)
        # After snippets (32) and the like have put in their texts, before fences are taken out (25).
        md.preprocessors.register(Watch(self, remember, md), "smtpcodes", 28)

    # --- rendering -----------------------------------------------------------------------------------------------------

    def language(self, directive: Directive | None) -> str:
        """The language of a section: the nearest one that exists, in the order that the documentation promises."""
        from ..dataset import DEFAULT_LANGUAGE

        dataset = self.renderer.dataset
        wanted = [self.page.meta_lang, self.getConfig("lang"), self.page.site_lang]
        if directive is not None and "lang" in directive.options:
            tag = str(directive.options["lang"])
            if (found := dataset.nearest_language(tag)) is None:
                from ..rendering.unknown_names import without_words

                raise without_words(dataset, directive.name, tag)
            return found
        tags = (str(tag) for tag in wanted if tag and tag != "auto")
        lang = next(filter(None, map(dataset.nearest_language, tags)), None) or DEFAULT_LANGUAGE
        if wanted[0] not in ("", "auto", lang):
            from .mistakes.reporting import tell_language

            tell_language(self, lang)
        return lang

    def section(self, directive: Directive, lang: str, level: int) -> Prepared:
        """The rendered section, made once for all pages that want the same."""
        if directive.signature.raw:
            # Its examples are those of the page.
            return self._prepared(directive, lang, level)
        key = (directive.name, directive.codes, tuple(sorted(directive.options.items())), lang, level)
        if key not in self._sections:
            self._sections[key] = self._prepared(directive, lang, level)
        return self._sections[key]

    def _prepared(self, directive: Directive, lang: str, level: int) -> Prepared:
        """A section that is HTML, whatever a template of the site may have made of it."""
        from .elements import Malformed, malformed
        from .prepared import Prepared

        prepared = Prepared(self.renderer.render(directive, lang, level))
        if not self.renderer.templates.folder:
            return prepared
        try:
            prepared.thawed()
        except Malformed:
            # Once more, with the lines of the templates in it, to find the one that is wrong.
            mistake = self.renderer.malformed(directive, lang, level, malformed)
            if mistake is None:
                raise
            raise mistake from None
        return prepared

    @cached_property
    def style(self) -> tuple[str, str]:
        """The stylesheet and the script of tooltips as they stand in a page, "" where the site carries them."""
        if self.getConfig("css") != "inline":
            return "", ""
        from .styling import inline_style

        return inline_style()

    def entry_link(self, code: str, entries: Mapping[str, str]) -> str:
        """Where an engine that sees one page at a time finds an entry: on this page, or on ``entries_page``; else "".

        Where the source of that page is not to be seen, it is said to have all codes, and nothing of reasons and senders.

        Args:
            code: the key of the entry.
            entries: the anchors of the entries on this page.
        """
        from ..dataset.naming import keys_of

        for key in keys_of(code):
            if key in entries:
                return f"#{entries[key]}"
        if not self.getConfig("entries_page"):
            return ""
        from .entries_page import link

        return link(code, self)

    def placed(self, directive: Directive, where: Where, lang: str, level: int, *, bare: bool) -> None:
        """A directive is about to be put in, without its link if it is ``bare``. For those who want more than the page."""

    def referred(self, label: str, key: str, named: str, address: str) -> None:
        """A reference is about to be put in: its label as written, what it names, what that is called and where it leads out."""

    def report_template(self, mistake: TemplateMistake) -> None:
        """Log what is wrong in a template, once for each of its lines, however many directives use it."""
        file = mistake.place.rpartition(":")[0] or mistake.place
        # Where the line is not known, it is what has been said of the file already.
        known = {mistake.place, f"{file} {mistake.message}"} & self._told
        if not known or self.getConfig("on_error") == "raise":
            self._told |= {mistake.place, file, f"{file} {mistake.message}"}
            self.complain(str(mistake))

    def report(self, message: str, where: Where) -> None:
        """Log a mistake with the file and line of the n-th occurrence of a directive, or raise it."""
        from .mistakes.reporting import once

        if text := once(message, where, self):
            self.complain(text)

    def complain(self, text: str) -> None:
        """Log what is wrong, or raise it."""
        if self.getConfig("on_error") == "raise":
            raise DirectiveError(text)
        log.warning(text)

    def doubt(self, message: str, where: Where) -> None:
        """Log what a section is made of all the same, and what a writer should mend."""
        from .mistakes.reporting import located

        log.warning(located(message, where, self.page))

    def note(self, message: str, where: Where) -> None:
        """Log what a writer may want to know but cannot mend."""
        from .mistakes.reporting import located

        log.info(located(message, where, self.page))


def makeExtension(**options: Any) -> SmtpCodesExtension:  # noqa: N802 (Python-Markdown's name)
    """What Python-Markdown calls for the extension's dotted name."""
    return SmtpCodesExtension(**options)
