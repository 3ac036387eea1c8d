"""What is known of a page, and what the processors of one Markdown instance share during a conversion."""

# Annotations are no strings in this module: a NamedTuple compiles those that are, which takes most of its time.

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree import ElementTree as etree

from markdown import Markdown

if TYPE_CHECKING:
    from pathlib import Path

    from ..autolink_wishes import Wish
    from ..directives import Found
    from . import SmtpCodesExtension
    from .explain_fences import Fence
    from .mistakes.origin import Origins

#: The attribute that marks a placeholder. Its name cannot be guessed, so that no page can forge one with an attribute list.
PLACEHOLDER = f"smtpcodes-{os.urandom(8).hex()}"
#: A section's own headings hide under this name while `toc` looks for headings.
HIDDEN = "smtpcodes-"


def meta_lang(meta: Mapping[str, Any]) -> str:
    """The language that a front matter names, "" for none; YAML reads ``no`` as false."""
    lang = meta.get("lang")
    return "" if lang is None else str(lang)


class Produced(NamedTuple):
    """A section that stands in a page: what other pages may link to.

    Attributes:
        name: the directive, such as ``smtp_code``.
        codes: the codes that it is about.
        lang: its language.
        id: its anchor.
        title: its heading.
        short: what a list calls a comparison: its codes; "" where a writer gave it a title.
    """

    name: str
    codes: tuple[str, ...]
    lang: str
    id: str
    title: str
    short: str = ""


class Page:
    """What is known of the page that is converted; the site generator fills in what plain Markdown cannot know.

    Attributes:
        path: the file as a writer knows it, for messages: ``docs/guide/page.md``.
        source_uri: the file relative to the docs folder, for links: ``guide/page.md``; "" where it is not known.
        source: gives the file as its writer has it, front matter included, for the lines of messages; "" where it is not known.
        folders: gives where the files lie that it may include; messages name them from the first.
        meta_lang: the language that the page's front matter names.
        site_lang: the language that the site generator gives the page.
        resolves_links: whether the site generator resolves links to entries once all pages stand.
        produced: what the page turned out to hold, in order.
        generated: whether nobody wrote it, so that nobody can mend it there.
        shown: every code that one of its directives told of, however the directive came into the page.
    """

    def __init__(
        self,
        path: str = "",
        *,
        source_uri: str = "",
        source: Callable[[], str] = str,
        folders: Callable[[], Sequence[Path]] = tuple,
        meta_lang: str = "",
        site_lang: str = "",
        resolves_links: bool = False,
        generated: bool = False,
    ) -> None:
        self.path = path
        self.source_uri = source_uri
        self.source = source
        self.folders = folders
        self.meta_lang = meta_lang
        self.site_lang = site_lang
        self.resolves_links = resolves_links
        self.generated = generated
        self.produced: list[Produced] = []
        self.shown: dict[str, None] = {}


class Job(NamedTuple):
    """A directive, or a reference to an entry by its name, that was recognised and waits for the tree.

    Attributes:
        raw: as it is written.
        found: where it stands in that.
        block: whether it stands on lines of its own.
        written: the code as the text has it, where nobody wrote a directive.
        inside: whether that stands in code already.
        name: the name that a reference has, "" for a directive.
        mark: what stands in its place in HTML that is finished, instead of a placeholder in the tree.
        number: its place among the jobs of the page.
    """

    raw: str
    found: "Found | None"
    block: bool
    written: str = ""
    inside: bool = False
    mark: str = ""
    name: str = ""
    number: int = -1


class Where(NamedTuple):
    """Which directive or reference of a page a message is about: its text, and which of all that the page has, from 0.

    What was to be one, and is none, is only one of several equal texts: the ``nth``, from 1.
    """

    state: "State"
    raw: str
    number: int
    html: bool = False
    nth: int = 0


def in_order(root: etree.Element, jobs: Sequence[Job]) -> list[int]:
    """The numbers of jobs in the order of the page; last those that stand in an attribute, as the text of an image does."""
    found = [int(element.attrib[PLACEHOLDER]) for element in root.iter() if PLACEHOLDER in element.attrib]
    return [*found, *sorted(set(range(len(jobs))).difference(found))]


class State:
    """What the processors of one Markdown instance share during a conversion."""

    def __init__(self, extension: "SmtpCodesExtension", md: Markdown) -> None:
        self.extension = extension
        self.md = md
        self.begin([])

    def begin(self, lines: list[str]) -> None:
        """Forget the last page."""
        #: The text of the page before anything changed its lines.
        self.text = "\n".join(lines)
        self.jobs: list[Job] = []
        #: The numbers of the jobs in the order of the page, and the directives in raw HTML.
        self.order: list[int] = []
        self.raw_html: list[str] = []
        #: Where each of them is written; found for the first mistake of the page.
        self.origins: Origins | None = None
        #: The fences that were taken out, by the directive that stands in the place of each.
        self.taken: dict[str, Fence] = {}
        #: How many children of an element were searched for fences, and the fence that was open after them.
        self.fences: dict[etree.Element, tuple[int, str]] = {}
        #: The inner headings of sections, whose names are hidden from `toc`.
        self.hidden: list[etree.Element] = []
        #: The finished HTML that stands in the page as a mark until the end.
        self.frozen: dict[str, str] = {}
        #: Which codes become links without a directive, None for none of them.
        self.wish: Wish | None = None
        #: The page as far as it has grown, for words that say what its numbers are.
        self.grown = ""
        #: Whether the page has been asked for.
        self.begun = False

    def add(self, found: "Found | None", raw: str, *, block: bool, name: str = "") -> str:
        self.jobs.append(Job(raw, found, block, name=name, number=len(self.jobs)))
        return str(len(self.jobs) - 1)
