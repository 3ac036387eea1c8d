"""References to entries by their names: ``[550 5.7.1][smtp-550-5-7-1]``, ``[smtp-reason-greylisted][]``.

They are Markdown's own references, to labels that no page defines. A label that a page does define is that page's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from xml.etree import ElementTree as etree

from markdown import Markdown
from markdown.inlinepatterns import ReferenceInlineProcessor
from markdown.util import INLINE_PLACEHOLDER_RE, AtomicString

from .state import PLACEHOLDER, Job, Produced, State, Where

if TYPE_CHECKING:
    from .placing import Placing

# What a page with directives, and without a reference, does not need.
# ruff: noqa: PLC0415

#: Two brackets after each other, and no image.
_REFERENCE = r"(?<!\!)\["
_LABEL = r"(?i)\]\s?\[\s*(?:\]|smtp(?:-|[ _]?[0-9]))"
#: A name, or what was meant for the name of a code.
_NAME = r"(?i)smtp(?:-[\w.:-]*|[ _]?[0-9][\w .-]*)"


class References(ReferenceInlineProcessor):
    """Recognises a reference, and leaves a link that waits for the tree; its text is read like that of any other link."""

    def __init__(self, state: State, md: Markdown) -> None:
        super().__init__(_REFERENCE, md)
        self.state = state

    def handleMatch(  # type: ignore[override]  # noqa: N802 (Python-Markdown's name)
        self, m: re.Match[str], data: str
    ) -> tuple[etree.Element | None, int | None, int | None]:
        if not re.compile(_LABEL).search(data, m.end()):
            return None, None, None  # most brackets are nobody's: looking for their ends would take its time
        text, index, handled = self.getText(data, m.end(0))
        label = self.RE_LINK.match(data, index) if handled else None
        if label is None:
            return None, None, None
        name = label[1].strip() or self._plain(text)
        if not re.fullmatch(_NAME, name) or self._is_anothers(name):
            return None, None, None
        number = self.state.add(None, f"[{name}]", block=False, name=name + label[1].replace(name, ""))
        element = etree.Element("a", {PLACEHOLDER: number})
        # A name that stands for itself is not to be read: what it names is said in its place.
        element.text = text if label[1].strip() else AtomicString("")
        return element, m.start(0), label.end(0)

    def _plain(self, text: str) -> str:
        """A text, be it in code font."""
        stash: dict[str, Any] = self.md.treeprocessors["inline"].stashed_nodes  # type: ignore[attr-defined]
        if (match := INLINE_PLACEHOLDER_RE.fullmatch(text)) and isinstance(stash.get(match[1]), etree.Element):
            return "".join(stash[match[1]].itertext())
        return str(text)

    def _is_anothers(self, name: str) -> bool:
        """Whether a name that need not be one of ours is looked for by mkdocs-autorefs: a heading such as "SMTP setup".

        In a build it is there and tells what it does not find. A reader of pages alone knows that the site has it, and tells of
        a name that nearly is one of ours.
        """
        from ..dataset.naming import is_ours, near_name

        dataset = self.state.extension.renderer.dataset
        if is_ours(name, dataset):
            return False
        if "mkdocs-autorefs" in self.md.inlinePatterns:
            return True
        return self.state.extension.beside_autorefs and not near_name(name, dataset)


def place(placing: Placing, job: Job, element: etree.Element) -> None:
    """Make the link of a reference one to its entry, or show what was written where there is none."""
    from ..dataset import LeftOut
    from ..dataset.naming import COMPARISON, UnknownName, compared, key_of
    from ..rendering.links import ATTRIBUTE, PLACE
    from .elements import HEADINGS

    extension, where = placing.extension, placing.where(job)
    element.attrib.pop(PLACEHOLDER, None)
    try:
        key = key_of(job.name.strip(), extension.renderer.dataset)
    except (UnknownName, LeftOut) as unknown:
        message = f"{job.raw}: {unknown if isinstance(unknown, UnknownName) else unknown.message}"
        if isinstance(unknown, UnknownName):
            extension.report(message, where)
        _show(element, job.raw, message)
        return
    tags = {ancestor.tag for ancestor in placing.ancestors(element)}
    page, lang = extension.page, extension.language(None)
    named, address = _told(placing, key, lang)
    extension.referred(job.name, key, named, address)
    if ":" not in key and not tags & {*HEADINGS, "a", "label"}:
        _as_directive(placing, key, element, where, job)
        return
    if not len(element) and not element.text:
        element.text = AtomicString(named)
    codes = tuple(compared(key)) if key.startswith(COMPARISON) else (key,)
    placing.produced.append(Produced("smtp", codes, lang, "", named))
    page.shown |= dict.fromkeys([*(code for code in codes if key.startswith(COMPARISON)), key])
    if tags & {"a", "label"}:
        element.tag = "span"
        return
    element.set("class", " ".join(filter(None, ("smtp-link", element.get("class")))))
    element.set(ATTRIBUTE, f"{lang}/{quote(key)}")
    if address:
        element.set("href", address)
    elif page.resolves_links:
        # MkDocs takes every link for one with an address; this one gets one when all pages stand, or is none.
        element.tag, element.attrib["class"] = PLACE, PLACE
    placing.links.append(element)


def _as_directive(placing: Placing, key: str, element: etree.Element, where: Where, job: Job) -> None:
    """The link and the tooltip of a code in running text, around the text of the reference."""
    from ..directives import SIGNATURES, Directive

    directive = Directive(SIGNATURES["smtp"], where.raw, (key,))
    made = placing.render(directive, element, where, job)
    link = next(made.iter("a"), made)
    if len(element) or element.text:
        link[:], link.text = list(element), element.text
    for name, value in element.attrib.items():  # those of an attribute list
        link.set(name, f"{link.get('class', '')} {value}".strip() if name == "class" else value)
    placing.parents |= dict.fromkeys(link, link)
    placing.parents[link] = element
    placing.replace(element, made)


def _told(placing: Placing, key: str, lang: str) -> tuple[str, str]:
    """What an entry is called, and where a link to it leads while the site has none."""
    from ..dataset.naming import COMPARISON, REASON, SENDER, compared
    from ..rendering.links import rfc_url, source_url

    renderer = placing.extension.renderer
    dataset = renderer.dataset
    if key.startswith(REASON):
        reason = dataset.reasons[key.removeprefix(REASON)]
        addresses = [source if source.startswith("http") else rfc_url(source) for source in reason.sources]
        return dataset.words(lang).get("reasons", reason.id, "name").text, next(filter(None, addresses), "")
    if key.startswith(SENDER):
        sender = dataset.senders[key.removeprefix(SENDER)]
        return sender.name, sender.documentation
    codes = compared(key)
    told = renderer.titles(codes, lang) if key.startswith(COMPARISON) else key
    return told, source_url(dataset.profile(dataset.code(codes[0])))


def _show(element: etree.Element, raw: str, message: str) -> None:
    """What was written, marked for the writer who looks at the preview."""
    mark = etree.Element("mark", {"title": message})
    mark[:], mark.text = list(element), f"[{element.text or ''}"
    end = f"]{raw}" if len(element) or element.text else f"{raw[1:]}[]"
    if len(mark):
        mark[-1].tail = f"{mark[-1].tail or ''}{end}"
    else:
        mark.text += end
    mark.text = AtomicString(mark.text)
    element[:], element.text, element.tag = [mark], None, "span"
    element.attrib.clear()
    element.set("class", "smtp-mistake")
