"""What is wrong in a site's pages, data files and configuration, found without building it.

The same parser decides what a directive is as in a build.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml
from markdown import Markdown

from .. import autolink_wishes, encodings
from ..extension import SmtpCodesExtension, locating
from ..extension.mistakes.reporting import placed
from ..extension.outside import in_config, in_meta, in_nav
from ..extension.state import Page, Where, meta_lang
from ..extension.watching import marked
from ..lint_rules import levels
from ..option_places import line_of
from ..reference.choosing import comparisons
from ..yaml_lines import title_place
from .configuration import Site, relative
from .misplaced import nothing_expands
from .unexpanded import below_fence, switched_off

if TYPE_CHECKING:
    from ..dataset import Dataset

#: The containers that a directive may stand in, where a site does not say which it has.
CONTAINERS = ("admonition", "attr_list", "def_list", "fenced_code", "footnotes", "md_in_html", "tables")
#: Extensions whose syntax says what is text and what is code or a container. They run no code of the site's.
_SYNTAX = {
    *CONTAINERS, "abbr", "extra", "sane_lists", "toc", "pymdownx.blocks.admonition", "pymdownx.blocks.caption",
    "pymdownx.blocks.definition", "pymdownx.blocks.details", "pymdownx.blocks.html", "pymdownx.blocks.tab", "pymdownx.details",
    "pymdownx.extra", "pymdownx.highlight", "pymdownx.inlinehilite", "pymdownx.snippets", "pymdownx.superfences",
    "pymdownx.tabbed", "pymdownx.tasklist",
}  # fmt: skip
_LOCATED = re.compile(r"(?P<file>[^\n]+?):(?P<line>\d+)(?::(?P<column>\d+))?: (?P<message>.*)", re.DOTALL)
_UNLOCATED = re.compile(r"(?P<file>[^\s:]+\.\w+): (?P<message>.*)", re.DOTALL)
#: What a template engine fills in before the directive is read.
_FILLED_IN = re.compile(r"\{[{%#]")

#: What a build leaves alone, and may be meant for us, in small letters.
_DOUBTFUL = ("<\\<", "--8<--", "smtp(", "smtp_", "xpl", "```smtp", "~~~smtp")


class Mistake(NamedTuple):
    """A message and its place; line and column count from 1 and are 0 where they are not known."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        place = [self.file, *(str(number) for number in (self.line, self.column) if number)]
        return f"{':'.join(place)}: {self.message}" if self.file else self.message


def located(message: str) -> Mistake:
    """A message that begins with its place, taken apart."""
    if match := _LOCATED.fullmatch(message):
        return Mistake(match["file"], int(match["line"]), int(match["column"] or 0), match["message"])
    if match := _UNLOCATED.fullmatch(message):
        return Mistake(match["file"], 0, 0, match["message"])
    return Mistake("", 0, 0, message)


def read(path: Path) -> tuple[str, Mistake | None]:
    """The text of a page, with line feeds at the ends of its lines; or what is wrong where it cannot be read."""
    file = relative(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        return "", Mistake(file, 0, 0, f"this cannot be read: {error.strerror}")
    if wrong := encodings.place(data):
        return "", Mistake(file, *wrong, encodings.MESSAGE)
    return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n"), None


class _Extension(SmtpCodesExtension):
    """Gathers what a build would log."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.managed = self.thorough = True
        self.found: list[Mistake] = []
        self.complaints: list[str] = []
        #: Whether the site wants to know of replies whose codes contradict each other.
        self.conflicts = True
        #: Whether a plugin of the site fills in what stands in braces.
        self.filled_in = False

    def report(self, message: str, where: Where) -> None:
        # What a macro puts into a directive is not known here.
        if _FILLED_IN.search(where.raw) and (self.filled_in or not where.nth):
            return
        place, message = placed(message, where, self.page)
        self.found.append(Mistake(place.file, place.line or 0, place.column or 0, message))

    def doubt(self, message: str, where: Where) -> None:
        if self.conflicts:
            self.report(message, where)

    def note(self, message: str, where: Where) -> None:
        pass

    def complain(self, text: str) -> None:
        self.complaints.append(text)


class Checker:
    """Checks a site and its pages."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._told: set[Mistake] = set()
        #: Whether a page had a directive.
        self._met = False
        self._extension = _Extension(
            lang=site.lang or "auto", data_files=list(site.data_files), templates=site.templates
        )
        self._extension.conflicts = levels(site.lint)[0]["class-conflict"] != "off"
        self._extension.beside_autorefs = site.has_autorefs
        self._extension.filled_in = site.has_macros
        self._folder = site.file.parent if site.file is not None else None
        if site.file is not None:
            self._extension.where = partial(_where, relative(site.file), site.text)
        self._markdown = Markdown(extensions=[self._extension, *CONTAINERS])
        extensions, options = _syntax(site)
        #: Whether every page has something at its end that does not stand in it.
        self._appends = any("auto_append" in given for given in options.values())
        if extensions:
            self._markdown = Markdown(extensions=[self._extension, *extensions], extension_configs=options)

    @property
    def dataset(self) -> Dataset:
        """The codes, with those of the site."""
        return self._extension.renderer.dataset

    def site_mistakes(self) -> list[Mistake]:
        """What is wrong in the configuration, the data files and the templates."""
        site = self._site
        found = [located(mistake) for mistake in site.mistakes]
        self._extension.refresh()
        if site.templates:
            from .template_trials import try_templates  # noqa: PLC0415 (only for templates of a site)

            try_templates(self._extension)
        found += self._complaints()
        if site.file is not None:
            file = relative(site.file)
            if site.comparisons:
                _, messages = comparisons(site.comparisons, self._extension.renderer.dataset)
                found += [Mistake(file, line_of(site.text, place), 0, message) for place, message in messages]
            found += [Mistake(file, line, 0, message) for line, message in in_config(site.text)]
            for raw, message in in_nav(_items(site.nav)):
                found.append(Mistake(file, *title_place(site.text, raw), message))
        return found

    def mistakes(self, file: str, source: str) -> list[Mistake]:
        """What is wrong in a page, in the order of its lines.

        Args:
            file: its name as a person in the current folder writes it.
            source: its text (see :func:`read`).
        """
        lines = source.split("\n")
        offset = locating.front_matter_lines(source)
        front, text = "\n".join(lines[:offset]), "\n".join(lines[offset:])
        meta, broken = _meta(front)
        found = [Mistake(file, line, 0, message) for line, message in [*broken, *_in_front(meta, source)]]
        folders = [Path(), *(folder for folder in (self._site.docs, self._folder) if folder is not None)]
        lang = meta_lang(meta)
        self._extension.next_page = partial(Page, file, source=lambda: source, folders=lambda: folders, meta_lang=lang)
        for own, line, column, message in self._in_text(text):
            found.append(Mistake(own or file, line + offset if line and not own else line, column, message))
        found += self._extension.found
        self._extension.found = []
        # What a page shows to be wrong in a template stands there, and so does what it includes: each is told once.
        every = [*sorted(set(found), key=lambda mistake: (mistake.file != file, mistake)), *self._complaints()]
        new = [mistake for mistake in every if mistake not in self._told]
        self._told |= set(new)
        return new

    def unexpanded(self) -> list[Mistake]:
        """That nothing expands the directives of the pages that were read."""
        if self._site.file is None or self._site.at_work or not self._met:
            return []
        line, message = nothing_expands(self._site.file, self._site.text)
        return [Mistake(relative(self._site.file), line, 0, message)]

    def _complaints(self) -> list[Mistake]:
        complaints, self._extension.complaints = self._extension.complaints, []
        return [located(complaint) for complaint in complaints]

    def _in_text(self, text: str) -> Iterator[tuple[str, int, int, str]]:
        if not (self._appends or marked(text) or any(mark in text.lower() for mark in _DOUBTFUL)):
            return
        try:
            self._markdown.reset()
            self._markdown.convert(text)
        except Exception as error:
            if broken := encodings.broken_file(error):
                yield (relative(broken[0]), *broken[1:], encodings.MESSAGE)
                return
            # The page or an extension of the site that it needs: the build will say more.
            yield ("", 0, 0, f"this cannot be read as Markdown: {type(error).__name__}: {error}")
            return
        watch: Any = self._markdown.preprocessors["smtpcodes"]
        jobs = watch.state.jobs if watch.state is not None else []
        self._met = self._met or any(job.found is not None and job.raw in text for job in jobs)
        yield from (("", *place) for place in below_fence(text, [job.raw for job in jobs]))
        if not jobs:
            yield from (("", *place) for place in switched_off(text))


def _syntax(site: Site) -> tuple[list[str], dict[str, dict[str, Any]]]:
    """The site's Markdown extensions that decide what is text, with the options that matter for it."""
    wanted = [name for name in site.extensions or () if name in _SYNTAX]
    usable, options = [], {}
    for name in wanted:
        settings = _snippets(site) if name == "pymdownx.snippets" else {}
        try:
            Markdown(extensions=[name], extension_configs={name: settings})
        except Exception:
            continue  # it is not installed, or of another version; the build will say so
        usable.append(name)
        options[name] = settings
    return usable, options


def _snippets(site: Site) -> dict[str, Any]:
    """Where snippets are found: the only option that says what a page's text is."""
    given = (site.extensions or {}).get("pymdownx.snippets", {})
    folder = site.file.parent if site.file is not None else Path()
    paths = given.get("base_path", ["."])
    bases = []
    for path in [paths] if isinstance(paths, str) else paths if isinstance(paths, list) else []:
        # As the tag `!relative` writes it.
        text = str(path).replace("$config_dir", str(folder)).replace("$docs_dir", str(site.docs or folder))
        bases.append(str(folder / text))
    kept = {key: given[key] for key in ("auto_append", "encoding") if key in given}
    return {"base_path": bases, "check_paths": False, **kept}


def _in_front(meta: Mapping[str, Any], source: str) -> list[tuple[int, str]]:
    return [*in_meta(meta, source), *autolink_wishes.in_meta(meta, source, doubtful=True)]


def _meta(front: str) -> tuple[dict[str, Any], list[tuple[int, str]]]:
    """The front matter as MkDocs reads it, and line and message where it cannot be read and is about us."""
    try:
        meta = yaml.safe_load(front.strip().strip("-.")) if front else {}
    except (yaml.YAMLError, ValueError, RecursionError):
        own = next((number for number, line in enumerate(front.split("\n"), 1) if re.match(r"smtp[ \t]*:", line)), 0)
        told = f"the front matter is not valid YAML, so {autolink_wishes.KEY}: is not read"
        return {}, [(own, told)] if own else []
    return (meta if isinstance(meta, dict) else {}), []


def _items(nav: Any) -> list[SimpleNamespace]:
    """The navigation of a configuration as items with titles and children."""
    items = []
    for item in nav if isinstance(nav, list) else []:
        for title, value in item.items() if isinstance(item, dict) else ():
            items.append(SimpleNamespace(title=title, children=_items(value)))
    return items


def _where(file: str, text: str, option: str) -> str:
    line = line_of(text, option)
    return f"{file}:{line}" if line else file
