"""Putting sections into the finished tree: heading levels, ids, and what stands where something is wrong."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as etree

from markdown.util import ETX, STX, AtomicString

from .. import directives
from ..dataset import naming
from ..directives import Directive, Mistakes
from ..rendering.links import ASSET, ATTRIBUTE, COMPARISONS, ENTRY_LINK, MENTIONS, PLACE, read_mark
from . import references
from .elements import HEADINGS, used_ids
from .state import HIDDEN, PLACEHOLDER, Job, Produced, State, Where, in_order
from .unlinking import bare, unlink


class Placing:
    """One page: the ids in use, and the heading above."""

    def __init__(self, state: State, root: etree.Element) -> None:
        self.state = state
        self.extension = state.extension
        self.root = root
        self.used = used_ids(root, state.md.htmlStash.rawHtmlBlocks)
        self.parents = {child: parent for parent in root.iter() for child in parent}
        self.level = 1
        self.produced: list[Produced] = []
        self.links: list[etree.Element] = []
        self.entries: dict[str, str] = {}
        self.numbers: dict[str, int] = {}
        #: Links without an entry, which take the item that they stand in with them.
        self.dropped: set[etree.Element] = set()

    def run(self) -> None:
        self.extension.renderer.begin_page()
        left = dict(enumerate(self.state.jobs))
        self.state.order = in_order(self.root, self.state.jobs)
        marked: list[tuple[Job, etree.Element]] = []
        for element in list(self.root.iter()):
            if element.tag in HEADINGS:
                self.level = int(element.tag[1])
            number = element.attrib.get(PLACEHOLDER)
            if number is not None:
                left.pop(int(number), None)
                self._place(self.state.jobs[int(number)], element)
        for job in left.values():
            # It stands in an attribute, as the text of an image does; what is wrong with it has to be said all the same.
            if job.mark:
                marked.append((job, self._section(job, etree.Element("span"))))
            else:
                if self._check_address(job):
                    continue
                produced = self.produced.copy()
                self._place(job, etree.Element("span"))
                self.produced = produced  # nobody sees a link there, though its codes are named
        css, script = self.extension.style
        if css:
            # Raw, because the serializer would escape what a stylesheet holds.
            style = etree.Element("p")
            tooltips = any(item.name == "smtp" for item in self.produced)
            style.text = self.state.md.htmlStash.store(f"{css}\n{script}" if tooltips else css)
            style.tail = "\n"
            self.root.insert(0, style)
        page = self.extension.page
        page.produced += self.produced
        if not page.resolves_links:
            for item in reversed(self.produced):
                if item.name in {"smtp_code", "smtp_replies"}:
                    self.entries |= dict.fromkeys(item.codes, item.id)
                elif item.name == "smtp_compare":
                    self.entries[naming.comparison(item.codes)] = item.id
            for link in self.links:
                self._resolve(link)
            for parent in list(self.root.iter()):
                for child in list(parent):
                    if COMPARISONS in child.attrib:
                        self._list_comparisons(parent, child)
                    elif MENTIONS in child.attrib or ASSET in child.attrib:
                        parent.remove(child)  # other pages are not to be seen, and nobody carries scripts along
                    elif child.tag == "li" and not self.dropped.isdisjoint(child):
                        parent.remove(child)
        for job, element in marked:
            # The code stands in finished HTML, perhaps with elements of its own.
            html = self.state.md.serializer(element).strip()
            self.state.frozen[job.mark] = html.replace(CODE, job.written)

    def _check_address(self, job: Job) -> bool:
        """Tell of a directive in the address of a link, whose text is all that is left of it there."""
        if job.found is None:
            return False
        from .mistakes import wrong_directive  # noqa: PLC0415 (only for a mistake)

        message = wrong_directive.in_address(job.raw, self.state.text, directives.codes_of(job.found, job.raw))
        if message:
            self.extension.report(message, self.where(job))
        return bool(message)

    def _place(self, job: Job, placeholder: etree.Element) -> None:
        if job.name:
            try:
                references.place(self, job, placeholder)
            except Exception as error:
                from .mistakes import wrong_directive  # noqa: PLC0415 (only for a mistake)

                message = f"{job.raw}: {wrong_directive.unforeseen(error)}"
                self.extension.report(message, self.where(job))
                self.replace(placeholder, wrong_directive.shown(job.raw, block=False, message=message))
        else:
            self.replace(placeholder, self._section(job, placeholder))

    def where(self, job: Job) -> Where:
        """Which of the directives and references of the page this one is."""
        return Where(self.state, job.raw, job.number)

    def replace(self, placeholder: etree.Element, replacement: etree.Element) -> None:
        # The placeholder itself becomes the section: finding its place among many others would take its time.
        tail = placeholder.tail
        placeholder.clear()
        placeholder.tag, placeholder.text, placeholder.tail = replacement.tag, replacement.text, tail
        placeholder.attrib.update(replacement.attrib)
        placeholder.extend(replacement)

    def _section(self, job: Job, placeholder: etree.Element) -> etree.Element:
        assert job.found is not None
        where = self.where(job)
        fence = self.state.taken.get(job.raw)
        directive: Directive | None = None
        try:
            directive = fence.directive(job.raw) if fence else directives.parse(job.found, job.raw)
            if directive.signature.block and not job.block:
                from .mistakes import wrong_directive  # noqa: PLC0415 (only for a mistake)

                told = [f"{directive.name}{wrong_directive.not_alone(job.raw, self.state.text)}"]
                follows = wrong_directive.follows(job.raw, self.state.text)
                raise Mistakes([], told) if follows else Mistakes(told)
            return self.render(directive, placeholder, where, job)
        except Exception as error:
            from .mistakes import wrong_directive  # noqa: PLC0415 (only for a mistake)

            messages, known = wrong_directive.told(error, job.found.name, directive, self.extension)
        if job.written:
            return self._plain(job)
        for message in messages:
            self.extension.report(message, where)
        shown = job.raw if fence is None else self._redacted(fence.text)
        return wrong_directive.shown(shown, job.block, "; ".join(messages + known))

    @staticmethod
    def _plain(job: Job) -> etree.Element:
        """A code that nobody asked to be linked, as it was."""
        element = etree.Element("span" if job.inside or job.mark else "code")
        element.text = CODE if job.mark else AtomicString(job.written)
        return element

    def _redacted(self, text: str) -> str:
        redactor = self.extension.renderer.redactor
        redactor.learn(text)
        return redactor.redact(text)

    def render(self, directive: Directive, placeholder: etree.Element, where: Where, job: Job) -> etree.Element:
        lang = self.extension.language(directive)
        level = directive.options.get("level")
        level = level if isinstance(level, int) else min(self.level + 1, 6)
        tags = set() if directive.signature.block else {ancestor.tag for ancestor in self.ancestors(placeholder)}
        self.extension.placed(directive, where, lang, level, bare=bool(tags & {*HEADINGS, "label", "a"}))
        prepared = self.extension.section(directive, lang, level)
        section = prepared.section
        conflicts = self.extension.renderer.conflicts(directive)
        shown = section.shown
        if job.name and conflicts:
            # A reference to what is probably a slip asks for no page of it; those of its parts answer.
            shown = tuple(part for code in shown for part in code.split(" "))
            conflicts = [message.replace(f"{directive.name}:", f"{job.raw}:", 1) for message in conflicts]
        self.extension.page.shown |= dict.fromkeys(shown)
        if directive.signature.raw and not section.shown:
            from .explain_fences import nothing_found  # noqa: PLC0415 (only for a mistake)

            self.extension.report(nothing_found(directive, self.state.taken), where)
        if not job.written and not self.extension.page.generated:
            for message in self.extension.renderer.remarks(directive):
                self.extension.note(message, where)
            for message in conflicts:
                self.extension.doubt(message, where)
        if self.extension.page.resolves_links and directive.signature.block and section.id not in self.used:
            element, frozen = prepared.frozen(self.state.md.serializer)
            self.state.frozen |= frozen
        else:
            element = prepared.thawed()
            if job.written:
                _as_written(element, directive.codes[0], job)
        if directive.signature.block:
            if "id" in directive.options:
                self._check_id(directive, section.id, section.codes, where)
            section_id = self._make_unique(element, section.id)
            named = directive.name != "smtp_compare" or directive.options.get("title")
            short = "" if named else self.extension.renderer.short_title(section.codes, lang)
            self.produced.append(Produced(directive.name, section.codes, lang, section_id, section.title, short))
        else:
            if tags & {*HEADINGS, "label"}:
                # The slug, the contents and the search index take the text of a heading as it stands; a click on the label
                # of a tab or a field is for that.
                return bare(element)
            if "a" in tags:
                unlink(element)
            # With the page in it, so that pages put together for print do not share the id.
            page = self.extension.page.source_uri.removesuffix(".md")
            self._make_unique(
                element, section.id, re.sub(r"[^\w.]+", "-", f"{section.id}-{page}" if page else section.id)
            )
            self.produced.append(Produced(directive.name, section.codes, lang, "", section.title))
        for link in list(element.iter("a")):
            if link.get("href", "").partition("#")[0] in self.extension.dead:
                link.tag = "span"
                del link.attrib["href"]
            elif "href" in link.attrib:
                link.set("href", self._page_link(link.get("href", "")))
            elif self.extension.page.resolves_links:
                # MkDocs takes every link for one with an address; this one gets one when all pages stand, or is none.
                link.tag = PLACE
        self.state.hidden += [e for e in element.iter() if e.tag.startswith(HIDDEN)]
        self.links += [a for a in element.iter("a") if ATTRIBUTE in a.attrib]
        return element

    def _check_id(self, directive: Directive, name: str, codes: Sequence[str], where: Where) -> None:
        """Tell of an anchor of the writer's that leads somewhere else already."""
        from .mistakes import wrong_directive  # noqa: PLC0415 (seldom)

        for told in wrong_directive.wrong_id(name, codes, self.extension.renderer.dataset, used=name in self.used):
            self.extension.report(f"{directive.name}: {told}", where)

    def _make_unique(self, section: etree.Element, section_id: str, wanted: str = "") -> str:
        """Give a section the id that it wants, or the next that is free, in all places that name it; return it."""
        wanted = wanted or section_id
        unique = wanted
        while unique in self.used:
            self.numbers[wanted] = self.numbers.get(wanted, 1) + 1
            unique = f"{wanted}-{self.numbers[wanted]}"
        self.used.add(unique)
        if unique == section_id:
            return unique
        parts = [e.get("id", "") for e in section.iter() if e.get("id", "").startswith(f"{section_id}-")]
        moved = {f"{mark}{part}" for part in (section_id, *parts) for mark in ("", "#")}
        for element in section.iter():
            for name, value in element.attrib.items():
                if value in moved:
                    element.set(name, value.replace(section_id, unique, 1))
        return unique

    def ancestors(self, element: etree.Element) -> Iterator[etree.Element]:
        while (parent := self.parents.get(element)) is not None:
            yield parent
            element = parent

    def _page_link(self, address: str) -> str:
        """A link to a page is written from the docs folder; make it one from the page that it stands on."""
        source = self.extension.page.source_uri
        path, mark, fragment = address.partition("#")
        if not source or not path.endswith(".md") or ":" in path:
            return address
        return f"{posixpath.relpath(path, posixpath.dirname(source) or '.')}{mark}{fragment}"

    def _resolve(self, link: etree.Element) -> None:
        """Send a link to its entry now, where the engine sees one page at a time."""
        code, _ = read_mark(link.attrib.pop(ATTRIBUTE))
        if entry := self.extension.entry_link(code, self.entries):
            link.set("href", entry)
        elif link.get("class") == ENTRY_LINK:
            self.dropped.add(link)
        elif link.get("class") == PLACE:
            link.tag = "span"

    def _list_comparisons(self, items: etree.Element, mark: etree.Element) -> None:
        """Put the comparisons on the page that share a code in the place of the mark."""
        codes = mark.attrib[COMPARISONS].split(",")
        found = {
            frozenset(item.codes): item
            for item in reversed(self.produced)
            if item.name == "smtp_compare" and set(codes) & set(item.codes) and set(codes) != set(item.codes)
        }
        if not found:
            items.remove(mark)
        del mark.attrib[COMPARISONS], mark.attrib["hidden"]
        for comparison in reversed(found.values()):
            if len(mark):
                mark[-1].tail = " · "
            link = etree.SubElement(mark, "a", {"href": f"#{comparison.id}"})
            link.text = AtomicString(comparison.short or comparison.title)


def _as_written(element: etree.Element, code: str, job: Job) -> None:
    """Say a code as the page does, and within code without another `code` around it."""
    for inner in element.iter():
        if inner.text == code:
            inner.text = CODE if job.mark else AtomicString(job.written)
        if inner.tag == "code" and (job.inside or job.mark):
            inner.tag = "span"
    for outer in element.iter("a"):
        # One element less in most pages; a template of the site's own may have more in it.
        if (
            len(outer) == 1
            and outer[0].tag == "span"
            and not outer[0].attrib
            and not (outer.text or outer[0].tail or "").strip()
        ):
            outer.text = outer[0].text
            outer[:] = list(outer[0])


#: In the place of the code in finished HTML.
CODE = f"{STX}{PLACEHOLDER}:code{ETX}"
