"""What is wrong in a page: the same parser decides what a directive is as in a build."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

from markdown import Markdown

from .. import directives
from ..directives import EXAMPLES, SIGNATURES
from ..extension import SmtpCodesExtension, Where, locating
from ..rendering.renderer import Renderer
from .configuration import Site, relative

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
_FILLED_IN = re.compile(r"\{\{|\{%|\{#")
_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_CODE = re.compile(r"<(code|pre|script|style|textarea|kbd|samp)\b.*?</\1>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_BARE = re.compile(rf"<<[ \t]*({'|'.join(name for name in SIGNATURES if '_' in name)})[ \t]*>>")
_ESCAPED = re.compile(r"\\<\\?<[ \t]*(?=[A-Za-z])")


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


class _Extension(SmtpCodesExtension):
    """Gathers what a build would log."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.found: list[tuple[int, int, str]] = []
        self.complaints: list[str] = []

    def report(self, message: str, where: Where) -> None:
        # What a macro puts into a directive is not known here.
        if not _FILLED_IN.search(where.raw):
            line, column = where.place() or (0, 0)
            self.found.append((line, column, message))

    def note(self, message: str, where: Where) -> None:
        pass

    def _complain(self, text: str) -> None:
        self.complaints.append(text)


class Checker:
    """Checks pages of one site."""

    def __init__(self, site: Site) -> None:
        self._extension = _Extension(lang=site.lang or "auto", data_files=list(site.data_files), templates=site.templates)
        if site.file is not None:
            self._extension.where = relative(site.file)
        self._extensions, self._options = _syntax(site)

    @property
    def renderer(self) -> Renderer:
        """What would render the pages."""
        return self._extension.renderer

    def site_mistakes(self) -> list[Mistake]:
        """What is wrong in the data files, templates and options."""
        self._extension.refresh()
        return [located(complaint) for complaint in self._extension.complaints]

    def mistakes(self, path: Path) -> list[Mistake]:
        """What is wrong in a page, in the order of its lines."""
        file = path.as_posix()
        try:
            source = path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            column = error.start - error.object.rfind(b"\n", 0, error.start)
            return [Mistake(file, line, column, "this is not UTF-8; save the page as UTF-8")]
        except OSError as error:
            return [Mistake(file, 0, 0, f"this cannot be read: {error.strerror}")]
        source = source.replace("\r\n", "\n").replace("\r", "\n")
        offset = locating.front_matter_lines(source)
        lines = source.split("\n")
        front, text = "\n".join(lines[:offset]), "\n".join(lines[offset:])
        found = [*_unexpanded(front, "in the front matter")] if "<<" in front else []
        found += [(line + offset if line else 0, column, message) for line, column, message in self._in_text(text)]
        return [Mistake(file, *place) for place in sorted(set(found))]

    def _in_text(self, text: str) -> list[tuple[int, int, str]]:
        if "<<" not in text and "<\\<" not in text and "--8<--" not in text:
            return []
        md = self._converted(text)
        found = list(self._extension.found)
        shown = _CODE.sub("", md.lines_of_html)  # type: ignore[attr-defined]
        masked = _masked(text)
        if "&lt;&lt;" in shown or "<<" in shown:
            visible = unescape(shown)
            found += [place for place in _without_parentheses(masked) if place[2] in visible]
        found = [(line, column, _bare_message(message)) for line, column, message in found]
        return found

    def _converted(self, text: str) -> Markdown:
        raise NotImplementedError


def _syntax(site: Site) -> tuple[list[str], dict[str, dict[str, Any]]]:
    raise NotImplementedError


def _unexpanded(text: str, where: str) -> Iterator[tuple[int, int, str]]:
    raise NotImplementedError


def _masked(text: str) -> str:
    raise NotImplementedError


def _without_parentheses(text: str) -> Iterator[tuple[int, int, str]]:
    raise NotImplementedError


def _bare_message(text: str) -> str:
    raise NotImplementedError
