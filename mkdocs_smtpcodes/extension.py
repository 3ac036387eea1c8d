"""The Python-Markdown extension: where directives stand in a page, and what takes their place.

A block processor recognises a directive and leaves an empty placeholder; an inline processor does the same in running text.
Only when the whole tree stands (headings, ids and containers known) does a tree processor put the sections in.
"""

from __future__ import annotations

import copy
import logging
import re
import secrets
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree as etree

import jinja2
from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE, STX, AtomicString

from . import directives, locating
from .dataset import DEFAULT_LANGUAGE, load_dataset
from .directives import SIGNATURES, Directive, Found, Mistakes
from .rendering import Renderer

# MkDocs and ProperDocs count warnings below this name for --strict; importing neither is needed.
log = logging.getLogger("mkdocs.plugins.smtpcodes")

#: The attribute that marks a placeholder. Its name cannot be guessed, so that no page can forge one with an attribute list.
PLACEHOLDER = f"smtpcodes-{secrets.token_hex(8)}"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
#: A section's own headings hide under this name while `toc` looks for headings.
HIDDEN = "smtpcodes-"


class DirectiveError(Exception):
    """Raised for a mistake in a page when ``on_error`` is ``raise``."""


@dataclass
class Page:
    """What is known of the page that is converted; the site generator fills in what plain Markdown cannot know."""

    path: str = ""
    #: Lines of front matter above the Markdown text.
    offset: int = 0
    source: str = ""
    meta_lang: str = ""
    #: The language that the site generator gives the page.
    site_lang: str = ""


@dataclass
class _Job:
    """A directive that was recognised and waits for the tree."""

    raw: str
    found: Found
    block: bool


class SmtpCodesExtension(Extension):
    """``markdown.extensions: smtpcodes``."""

    def __init__(self, **options: Any) -> None:
        self.config = {
            "lang": ["auto", "Language of the sections, or auto"],
            "on_error": ["warn", "What a mistake does: warn, or raise an error (for engines that cannot fail on warnings)"],
        }
        unknown = [name for name in options if name not in self.config]
        if unknown:
            known = ", ".join(self.config)
            raise ValueError(f"smtpcodes: unknown option {unknown[0]}; the extension takes {known}")
        super().__init__(**options)
        self.page = Page()
        self.renderer = Renderer(load_dataset())
        self._sections: dict[tuple[object, ...], tuple[etree.Element, str]] = {}
        self._check()

    def _check(self) -> None:
        lang, on_error = self.getConfig("lang"), self.getConfig("on_error")
        if on_error not in {"warn", "raise"}:
            raise ValueError(f"smtpcodes: on_error: {on_error!r} is unknown; write warn or raise")
        if lang != "auto" and self.renderer.dataset.nearest_language(str(lang)) is None:
            known = ", ".join(self.renderer.dataset.languages)
            raise ValueError(f"smtpcodes: lang: {lang!r} is not a language with words; write auto or one of {known}")

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        md.registerExtension(self)
        state = _State(self, md)
        self._state = state
        # Before everything that changes lines: only the source as written can be searched for line numbers.
        md.preprocessors.register(_Remember(state), "smtpcodes", 1000)
        # After every container and block of others (quotes at 20, references at 15), before paragraphs (10).
        md.parser.blockprocessors.register(_Blocks(md.parser, state), "smtpcodes", 12)
        # After backticks (190) and escapes (180), before links (170 and less) and before raw HTML (90), which would take
        # <smtp(535)> for a tag.
        md.inlinePatterns.register(_Inline(state, md), "smtpcodes", 175)
        # After inline patterns (20) and attribute lists (8), which must not read our texts; before toc (5).
        md.treeprocessors.register(_Sections(state, md), "smtpcodes", 6)
        # After toc, before the link checks of MkDocs (0).
        md.treeprocessors.register(_Headings(md), "smtpcodes_headings", 4)

    def reset(self) -> None:
        self._state.reset()

    # --- rendering -----------------------------------------------------------------------------------------------------

    def language(self, directive: Directive | None) -> str:
        """The language of a section: the nearest one that exists, in the order that the documentation promises."""
        dataset = self.renderer.dataset
        wanted = [self.page.meta_lang, self.getConfig("lang"), self.page.site_lang]
        if directive is not None and "lang" in directive.options:
            tag = str(directive.options["lang"])
            found = dataset.nearest_language(tag)
            if found is None:
                known = ", ".join(dataset.languages)
                raise Mistakes([f"{directive.name}: lang={tag} is not a language with words; it takes one of {known}"])
            return found
        for tag in wanted:
            if tag and tag != "auto" and (found := dataset.nearest_language(str(tag))):
                return found
        return DEFAULT_LANGUAGE

    def section(self, directive: Directive, level: int) -> tuple[etree.Element, str]:
        """A copy of the rendered section, and the id of its heading."""
        lang = self.language(directive)
        key = (directive.name, directive.codes, tuple(sorted(directive.options.items())), lang, level)
        if key not in self._sections:
            section = self.renderer.render(directive, lang, level)
            self._sections[key] = (_elements(section.html), section.id)
        element, section_id = self._sections[key]
        return copy.deepcopy(element), section_id

    def report(self, message: str, raw: str, nth: int) -> None:
        """Log a mistake with the file and line of the n-th occurrence of a directive, or raise it."""
        line = locating.line_of(self.page.source, raw, nth)
        if line is not None:
            line += self.page.offset
        where = ":".join(str(part) for part in (self.page.path, line) if part)
        if not self.page.path and line:
            where = f"line {line}"
        text = f"{where}: {message}" if where else message
        if self.getConfig("on_error") == "raise":
            raise DirectiveError(text)
        log.warning(text)


class _State:
    """What the processors of one Markdown instance share during a conversion."""

    def __init__(self, extension: SmtpCodesExtension, md: Markdown) -> None:
        self.extension = extension
        self.md = md
        self.jobs: list[_Job] = []
        #: How many children of an element were searched for fences, and the fence that was open after them.
        self.fences: dict[etree.Element, tuple[int, str]] = {}

    def reset(self) -> None:
        self.jobs = []
        self.fences = {}

    def add(self, found: Found, raw: str, *, block: bool) -> str:
        self.jobs.append(_Job(raw, found, block))
        return str(len(self.jobs) - 1)


class _Remember(Preprocessor):
    """Keeps the text as written, to find lines in."""

    def __init__(self, state: _State) -> None:
        super().__init__(state.md)
        self.state = state

    def run(self, lines: list[str]) -> list[str]:
        self.state.extension.page.source = "\n".join(lines)
        return lines


class _Blocks(BlockProcessor):
    """Recognises a directive that begins a line of a block; the text before and after it stays a block of its own."""

    LINE = re.compile(r"^[ ]{0,3}(?=\\?<<)", re.MULTILINE)
    FENCE = re.compile(r"^[ ]{0,3}(`{3,}|~{3,})(.*)$", re.MULTILINE)

    def __init__(self, parser: BlockParser, state: _State) -> None:
        super().__init__(parser)
        self.state = state

    def test(self, parent: etree.Element, block: str) -> bool:
        return "<<" in block and directives.find(block) is not None

    def run(self, parent: etree.Element, blocks: list[str]) -> bool:
        if self._fence(parent, ""):
            # A fence that a blank line cut in two: not code for Python-Markdown, but code for whoever wrote it.
            blocks[0] = self._escape(blocks[0])
            return False
        found = self._find(parent, blocks[0])
        if found is None:
            return False
        block = blocks.pop(0)
        before, raw, after = block[: found.start].rstrip("\n "), block[found.start : found.end], block[found.end :]
        if before.strip():
            self.parser.parseBlocks(parent, [before])
        placeholder = etree.SubElement(parent, "div")
        placeholder.set(PLACEHOLDER, self.state.add(found, raw, block=True))
        if after.strip():
            blocks.insert(0, after.lstrip("\n"))
        return True

    def _find(self, parent: etree.Element, block: str) -> Found | None:
        for line in self.LINE.finditer(block):
            found = directives.find(block, line.end())
            if found is None:
                return None
            if found.start != line.end() or found.escaped:
                continue
            name = directives.known_name(found.name) or found.name
            if not SIGNATURES[name].block or not self._alone(block, found):
                continue
            if not self._fence(parent, block[: found.start]):
                return found
        return None

    @staticmethod
    def _escape(block: str) -> str:
        for found in reversed(list(directives.find_all(block))):
            if not found.escaped:
                block = f"{block[: found.start]}\\{block[found.start :]}"
        return block

    @staticmethod
    def _alone(block: str, found: Found) -> bool:
        """Whether nothing follows the directive on its last line."""
        line_end = block.find("\n", found.end)
        return not block[found.end : line_end if line_end >= 0 else len(block)].strip()

    def _fence(self, parent: etree.Element, before: str) -> str:
        """The fence that is open, if one is: `fenced_code` does not see fences inside containers, and leaves them as text."""
        # Children are only ever appended, so each is read once: a page of many directives costs no more than its length.
        seen, fence = self.state.fences.get(parent, (0, ""))
        children = [child for child in parent[seen:] if child.tag == "p"]
        texts = [text for child in children for text in (child.text or "", child.tail or "")]
        if not seen:
            texts.insert(0, parent.text or "")
        fence = self._scan("\n".join(texts), fence)
        if len(parent):
            self.state.fences[parent] = (len(parent), fence)
        return self._scan(before, fence)

    def _scan(self, text: str, fence: str) -> str:
        for match in self.FENCE.finditer(text):
            mark, rest = match.groups()
            if not fence:
                fence = mark if "`" not in rest else fence
            elif mark.startswith(fence) and not rest.strip():
                fence = ""
        return fence


class _Inline(InlineProcessor):
    """Recognises a directive in running text, and takes the backslash from an escaped one."""

    RAW = re.compile(r"<(/?)(code|pre|script|style|kbd|samp|textarea)\b[^<>]*>|<!--|-->", re.IGNORECASE)

    def __init__(self, state: _State, md: Markdown) -> None:
        super().__init__(directives.OPENING.pattern, md)
        self.compiled_re = directives.OPENING
        self.state = state

    def handleMatch(  # type: ignore[override]  # noqa: N802 (Python-Markdown's name)
        self, m: re.Match[str], data: str
    ) -> tuple[etree.Element | str | None, int | None, int | None]:
        if directives.known_name(m["name"]) is None or self._raw(data[: m.start()]):
            return None, None, None
        found = directives.find(data, m.start())
        if found is None or found.start != m.start():
            return None, None, None
        raw = data[found.start : found.end]
        if found.escaped:
            return raw[1:], found.start, found.end
        if STX in raw:
            return None, None, None  # a code span or an escape stands inside of it
        element = etree.Element("span", {PLACEHOLDER: self.state.add(found, raw, block=False)})
        return element, found.start, found.end

    def _raw(self, before: str) -> bool:
        """Whether raw inline HTML that shows or hides its content as written is open."""
        if "<" not in before:
            return False
        depth: list[str] = []
        for match in self.RAW.finditer(before):
            mark = match[0]
            if mark == "<!--":
                depth.append(mark)
            elif mark == "-->":
                depth = [open_mark for open_mark in depth if open_mark != "<!--"]
            elif match[1]:
                depth = [open_mark for open_mark in depth if open_mark != match[2].lower()]
            else:
                depth.append(match[2].lower())
        return bool(depth)


class _Sections(Treeprocessor):
    """Puts the sections into the finished tree, in the order of the document."""

    def __init__(self, state: _State, md: Markdown) -> None:
        super().__init__(md)
        self.state = state

    def run(self, root: etree.Element) -> None:
        if not self.state.jobs:
            return
        used = self._used_ids(root)
        parents = {child: parent for parent in root.iter() for child in parent}
        seen: Counter[str] = Counter()
        level = 1
        for element in list(root.iter()):
            if element.tag in HEADINGS:
                level = int(element.tag[1])
            number = element.attrib.get(PLACEHOLDER)
            if number is None or not number.isdigit():
                continue
            job = self.state.jobs[int(number)]
            written = locating.plain(job.raw)
            seen[written] += 1
            replacement = self._replacement(job, level, used, seen[written])
            parent = parents[element]
            replacement.tail = element.tail
            parent[list(parent).index(element)] = replacement

    def _replacement(self, job: _Job, level: int, used: set[str], nth: int) -> etree.Element:
        extension = self.state.extension
        try:
            directive = directives.parse(job.found, job.raw)
            if directive.signature.block and not job.block:
                raise Mistakes([f"{directive.name} makes a whole section; write it on lines of its own"])
            own_level = directive.options.get("level")
            section, section_id = extension.section(directive, own_level if isinstance(own_level, int) else min(level + 1, 6))
        except Mistakes as mistakes:
            for message in mistakes.messages:
                extension.report(message, job.raw, nth)
            return _mistake(job, "; ".join(mistakes.messages))
        except jinja2.TemplateError as error:
            where = f"{error.filename or error.name}:{error.lineno}: " if isinstance(error, jinja2.TemplateSyntaxError) else ""
            extension.report(f"{job.found.name}: the template cannot be used: {where}{error}", job.raw, nth)
            return _mistake(job, str(error))
        except etree.ParseError as error:
            extension.report(f"{job.found.name}: the template makes no well-formed HTML: {error}", job.raw, nth)
            return _mistake(job, str(error))
        _make_unique(section, section_id, used)
        return section

    def _used_ids(self, root: etree.Element) -> set[str]:
        used = {element.attrib["id"] for element in root.iter() if "id" in element.attrib}
        for block in self.md.htmlStash.rawHtmlBlocks:
            if isinstance(block, str):
                used.update(_RAW_ID.findall(block))
        return used


class _Headings(Treeprocessor):
    """Gives a section's inner headings back their names, after `toc` has passed them by."""

    def run(self, root: etree.Element) -> None:
        for element in root.iter():
            if isinstance(element.tag, str) and element.tag.startswith(HIDDEN):
                element.tag = element.tag.removeprefix(HIDDEN)


_RAW_ID = re.compile(r"""\bid\s*=\s*["']?([^\s"'>]+)""", re.IGNORECASE)


def _elements(html: str) -> etree.Element:
    """HTML with one root as elements that no other processor reads on; only the first heading shows itself to `toc`."""
    root = etree.fromstring(html.strip())
    first = True
    for element in root.iter():
        if element.tag in HEADINGS:
            if not first:
                element.tag = HIDDEN + element.tag
            first = False
        element.text = _atomic(element.text)
        element.tail = _atomic(element.tail)
    return root


def _atomic(text: str | None) -> str | None:
    # The serializer leaves what looks like an entity as it is: `&lt;` in a title would become `<` for the reader.
    return AtomicString(text.replace("&", f"{AMP_SUBSTITUTE}amp;")) if text and "&" in text else text


def _make_unique(section: etree.Element, section_id: str, used: set[str]) -> None:
    """Give a section that stands a second time on a page an id of its own, in all places that name it."""
    unique, number = section_id, 2
    while unique in used:
        unique = f"{section_id}-{number}"
        number += 1
    used.add(unique)
    if unique == section_id:
        return
    for element in section.iter():
        for name, value in element.attrib.items():
            if value == section_id or value.startswith(f"{section_id}--"):
                element.set(name, unique + value[len(section_id) :])
            elif value == f"#{section_id}":
                element.set(name, f"#{unique}")


def _mistake(job: _Job, message: str) -> etree.Element:
    """The directive as it was written, marked for the writer who looks at the preview."""
    element = etree.Element("p" if job.block else "span", {"class": "smtp-mistake"})
    mark = etree.SubElement(element, "mark", {"title": message})
    code = etree.SubElement(mark, "code")
    code.text = AtomicString(job.raw.replace("&", f"{AMP_SUBSTITUTE}amp;"))
    return element


def headings(root: etree.Element) -> Iterator[etree.Element]:
    """All headings of a tree, in order."""
    return (element for element in root.iter() if element.tag in HEADINGS)


def makeExtension(**options: Any) -> SmtpCodesExtension:  # noqa: N802 (Python-Markdown's name)
    """What Python-Markdown calls for the extension's dotted name."""
    return SmtpCodesExtension(**options)
