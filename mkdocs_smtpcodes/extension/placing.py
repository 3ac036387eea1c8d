"""Putting sections into the finished tree: heading levels, ids, and what stands where something is wrong."""

from __future__ import annotations

import re
from collections import Counter
from xml.etree import ElementTree as etree

import jinja2
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE, AtomicString

from .. import directives, locating
from ..directives import Mistakes
from .state import PLACEHOLDER, Job, State

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
#: A section's own headings hide under this name while `toc` looks for headings.
HIDDEN = "smtpcodes-"


class Sections(Treeprocessor):
    """Puts the sections into the finished tree, in the order of the document."""

    def __init__(self, state: State, md: Markdown) -> None:
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

    def _replacement(self, job: Job, level: int, used: set[str], nth: int) -> etree.Element:
        extension = self.state.extension
        try:
            directive = directives.parse(job.found, job.raw)
            if directive.signature.block and not job.block:
                raise Mistakes([f"{directive.name} makes a whole section; write it on lines of its own"])
            own_level = directive.options.get("level")
            section, section_id = extension.section(
                directive, own_level if isinstance(own_level, int) else min(level + 1, 6)
            )
        except Mistakes as mistakes:
            for message in mistakes.messages:
                extension.report(message, job.raw, nth)
            return _mistake(job, "; ".join(mistakes.messages))
        except jinja2.TemplateError as error:
            where = (
                f"{error.filename or error.name}:{error.lineno}: "
                if isinstance(error, jinja2.TemplateSyntaxError)
                else ""
            )
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


class Headings(Treeprocessor):
    """Gives a section's inner headings back their names, after `toc` has passed them by."""

    def run(self, root: etree.Element) -> None:
        for element in root.iter():
            if isinstance(element.tag, str) and element.tag.startswith(HIDDEN):
                element.tag = element.tag.removeprefix(HIDDEN)


_RAW_ID = re.compile(r"""\bid\s*=\s*["']?([^\s"'>]+)""", re.IGNORECASE)


def elements(html: str) -> etree.Element:
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


def _mistake(job: Job, message: str) -> etree.Element:
    """The directive as it was written, marked for the writer who looks at the preview."""
    element = etree.Element("p" if job.block else "span", {"class": "smtp-mistake"})
    mark = etree.SubElement(element, "mark", {"title": message})
    code = etree.SubElement(mark, "code")
    code.text = AtomicString(job.raw.replace("&", f"{AMP_SUBSTITUTE}amp;"))
    return element
