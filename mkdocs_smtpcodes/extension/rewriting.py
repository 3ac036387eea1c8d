"""A page in which plain Markdown, or HTML, stands in the place of every directive and reference; all else stays as written.

What expands is decided by a conversion, as in a build, so code and comments keep their text. To know which place of the source
each expansion comes from, the source carries marks that Markdown reads as nothing: spaces that no keyboard writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from markdown import Markdown

from .. import directives
from ..directives import Directive
from ..rendering.links import Site, resolve_links
from . import SmtpCodesExtension
from .commonmark import commonmark, link_target
from .locating import front_matter_lines, plain
from .mistakes.origin import origin
from .state import Page, Where, meta_lang

#: The spaces that are the digits of a mark, how many of them a mark has, and marks in a text.
_DIGITS = "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008"
_LENGTH = 5
_MARK = re.compile(f"[{_DIGITS}]{{{_LENGTH}}}")
#: The second pair of brackets of a reference, and the label of a definition.
_LABEL = re.compile(r"\](?:\s?)\[(?P<label>(?:smtp-[\w.-]+)?)(?P<end>\])", re.IGNORECASE)
_DEFINED = re.compile(r"^ {0,3}\[(smtp-[\w.-]+)[ ]*\]:", re.MULTILINE | re.IGNORECASE)
#: What a template engine fills in before a directive is read.
_FILLED_IN = re.compile(r"\{[{%#]")
_BULLET = re.compile(r"[-*+]|\d{1,9}[.)]")
_PRE = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)


class Made(NamedTuple):
    """What a directive has become.

    Attributes:
        directive: as it was written.
        lang: its language.
        id: its anchor.
        codes: the codes that it is about.
        title: its heading.
        html: its HTML, with addresses as they are outside of the site.
        markdown: the same as Markdown without HTML.
    """

    directive: str
    lang: str
    id: str
    codes: tuple[str, ...]
    title: str
    html: str
    markdown: str


class _Place(NamedTuple):
    start: int
    end: int
    block: bool
    bare: bool = False


class Rewriter(SmtpCodesExtension):
    """Rewrites pages.

    Args:
        links: where entries are; an address that it does not know leads out, to the RFC.
        extensions: what tells the text of a page from its code and containers.
        html: whether HTML is wanted.
        folders: where pages may include files from, the current one first.
        options: those of the extension.
    """

    def __init__(
        self,
        links: Site,
        extensions: Sequence[Any] = (),
        configs: Mapping[str, Any] | None = None,
        *,
        html: bool = False,
        folders: Sequence[Path] = (),
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.managed = True
        self.links = links
        self.html = html
        self.folders = folders
        #: The file that a page includes, "" for the page itself; the line, 0 where it is not known; and the message.
        self.mistakes: list[tuple[str, int, str]] = []
        #: What has been told already.
        self.known: frozenset[str] = frozenset()
        self._markdown = Markdown(extensions=[self, *extensions], extension_configs=dict(configs or {}))

    def rewrite(self, source: str, meta: Mapping[str, Any] | None = None, name: str = "") -> tuple[str, list[Made]]:
        """A page, and what its directives became. Mistakes are left as they are written, and are found in ``mistakes``.

        Args:
            source: the text of the page.
            meta: its front matter.
            name: its file, beside which it may include others.
        """
        meta = meta or {}
        self.mistakes = []
        beside = [*self.folders, Path(name).parent] if name else []
        # With its marks, what the page itself has is not taken for what a file has that it includes.
        self.page = Page(name, source=self._marked, folders=lambda: beside, meta_lang=meta_lang(meta))
        front = front_matter_lines(source)
        head = "".join(f"{line}\n" for line in source.split("\n")[:front])
        self._text = source[len(head) :]
        self._front = head.count("\n")
        self._places = list(_places(self._text))
        self._made: dict[int, tuple[_Place, str]] = {}
        self.made: list[Made] = []
        self._markdown.reset()
        self._markdown.convert(self._marked())
        text, told = self._text, sorted(self._made.values(), key=lambda item: item[0].start, reverse=True)
        for place, written in told:
            text = self._put_in(text, place, written)
        return head + text, self.made

    def _marked(self) -> str:
        marked, position = [], 0
        for number, (at, _) in enumerate(self._places):
            marked += [self._text[position:at], _written(number)]
            position = at
        return "".join([*marked, self._text[position:]])

    # --- what the conversion tells -------------------------------------------------------------------------------------

    def placed(self, directive: Directive, where: Where, lang: str, level: int, *, bare: bool) -> None:
        place = self._place(where)
        if place is None or (where.raw.startswith("[") and directive.name == "smtp"):
            return  # a reference has its own words
        section = self.renderer.render(directive, lang, level)
        html = resolve_links(section.html, self.links).strip()
        markdown = commonmark(html)
        if bare:
            markdown = ", ".join(f"`{code}`" for code in section.codes)
        raw = self._text[place.start : place.end]
        self.made.append(Made(raw, lang, section.id, section.codes, section.title, html, markdown))
        written = _without_blank_lines(html) if self.html and not bare else markdown
        self._made[place.start] = (place, written)

    def referred(self, label: str, key: str, named: str, address: str) -> None:
        number = _read(label)
        if number is None:
            return
        _, place = self._places[number]
        address = link_target(self.links.entry(key, self.language(None)) or address)
        written = f"]({address})" if address else "]"
        if "smtp-" not in self._text[place.start : place.end].casefold():
            # Without a text of its own: what it names stands there.
            start = self._text.rfind("[", 0, place.start)
            shown = f"`{key}`" if ":" not in key else named
            place, written = place._replace(start=start), f"[{shown}{written}"
        self._made[place.start] = (place, written)

    def _place(self, where: Where) -> _Place | None:
        fence = where.state.taken.get(where.raw)
        if fence is not None:
            start = len("\n".join(self._text.split("\n")[: fence.line - 1])) + (fence.line > 1)
            start += len(fence.source) - len(fence.source.lstrip(" \t>"))
            return _Place(start, start + len(fence.source.lstrip(" \t>")), block=True)
        number = _read(where.raw)
        return self._places[number][1] if number is not None else None

    def report(self, message: str, where: Where) -> None:
        place = self._place(where)
        line = self._text.count("\n", 0, place.start) + 1 + self._front if place else 0
        if _FILLED_IN.search(where.raw):
            raw = self._text[place.start : place.end] if place else plain(where.raw)
            message = f"{raw} has a macro in it, which only a build fills in; it stays as it is written"
        if place is None:
            # It stands in a file that the page includes, or is a reference.
            known = origin(where, self.page)
            other = known.file if known.line and known.file != self.page.path else ""
            line = (known.line or 0) + (0 if other or not known.line else self._front)
            self.mistakes.append((other, line, message))
        else:
            self.mistakes += [mistake for mistake in [("", line, message)] if mistake not in self.mistakes]

    def doubt(self, message: str, where: Where) -> None:
        """As with notes: `check` tells it."""

    def note(self, message: str, where: Where) -> None:
        """What a writer cannot mend is no business of who takes the section elsewhere."""

    def complain(self, text: str) -> None:
        # What is wrong in data files is told by who has read them first.
        if text not in self.known:
            self.mistakes.append(("", 0, text))

    # --- back into the source ------------------------------------------------------------------------------------------

    @staticmethod
    def _put_in(text: str, place: _Place, written: str) -> str:
        before, after = text[: place.start], text[place.end :]
        if not place.block:
            if "|" in written and text[text.rfind("\n", 0, place.start) + 1 :].lstrip().startswith("|"):
                written = re.sub(r"(?<!\\)\|", r"\\|", written)  # the cell of a table
            return f"{before}{written}{after}"
        line = before.rfind("\n") + 1
        prefix = _BULLET.sub(lambda mark: " " * len(mark[0]), before[line:])
        empty = prefix.rstrip()
        lines = [written.split("\n")[0], *(f"{prefix}{own}" if own else empty for own in written.split("\n")[1:])]
        # A block of its own: blank lines around it, within its container.
        above = text[:line].rstrip("\n").rsplit("\n", 1)[-1]
        if not before[line:].strip(" \t>") and not text[:line].endswith("\n\n") and above.strip(" \t>"):
            before = f"{text[:line]}{empty}\n{before[line:]}"
        if after.startswith("\n") and after[1:].split("\n", 1)[0].strip(" \t>"):
            after = f"\n{empty}{after}"
        return f"{before}{chr(10).join(lines)}{after}"


def _places(text: str) -> Iterator[tuple[int, _Place]]:
    """Where a mark goes, and what it is the mark of: for each directive and reference, in the order of the text."""
    found = []
    for directive in directives.find_all(text):
        at = text.find("(", directive.start) + 1
        if not directive.escaped and directive.closed and 0 < at < directive.end:
            name = directives.known_name(directive.name) or directive.name
            block = name in directives.SIGNATURES and directives.SIGNATURES[name].block
            found.append((at, _Place(directive.start, directive.end, block)))
    defined = set(map(str.casefold, _DEFINED.findall(text)))
    for match in _LABEL.finditer(text):
        if match["label"].casefold() not in defined:
            found.append((match.start("end"), _Place(match.start(), match.end(), block=False)))
    return iter(sorted(found))


def _written(number: int) -> str:
    digits = []
    for _ in range(_LENGTH):
        number, digit = divmod(number, len(_DIGITS))
        digits.append(_DIGITS[digit])
    return "".join(reversed(digits))


def _read(text: str) -> int | None:
    match = _MARK.search(text)
    if match is None:
        return None
    number = 0
    for char in match[0]:
        number = number * len(_DIGITS) + _DIGITS.index(char)
    return number


def _without_blank_lines(html: str) -> str:
    """HTML that Markdown takes for one block: a blank line would end it."""
    parts = _PRE.split(html)
    parts[::2] = [re.sub(r"\n\s*\n", "\n", part) for part in parts[::2]]
    parts[1::2] = [part.replace("\n\n", "\n&#10;") for part in parts[1::2]]
    return "".join(parts)
