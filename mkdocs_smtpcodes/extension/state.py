"""What is known of a page, and what the processors of one Markdown instance share during a conversion."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree import ElementTree as etree

from markdown import Markdown

from ..directives import Found

if TYPE_CHECKING:
    from . import SmtpCodesExtension

#: The attribute that marks a placeholder. Its name cannot be guessed, so that no page can forge one with an attribute list.
PLACEHOLDER = f"smtpcodes-{secrets.token_hex(8)}"


@dataclass(frozen=True, slots=True)
class Produced:
    """A section that stands in a page: what other pages may link to.

    Attributes:
        name: the directive, such as ``smtp_code``.
        codes: the codes that it is about.
        lang: its language.
        id: its anchor.
        title: its heading.
    """

    name: str
    codes: tuple[str, ...]
    lang: str
    id: str
    title: str


@dataclass
class Page:
    """What is known of the page that is converted; the site generator fills in what plain Markdown cannot know."""

    #: The file as a writer knows it, for messages: ``docs/guide/page.md``.
    path: str = ""
    #: The file relative to the docs folder, for links: ``guide/page.md``; "" where it is not known.
    source_uri: str = ""
    #: Lines of front matter above the Markdown text.
    offset: int = 0
    meta_lang: str = ""
    #: The language that the site generator gives the page.
    site_lang: str = ""
    #: Whether the site generator resolves links to entries once all pages stand.
    resolves_links: bool = False
    #: What the page turned out to hold, in order.
    produced: list[Produced] = field(default_factory=list)
    on_produced: Callable[[Produced], None] | None = None


@dataclass
class Job:
    """A directive that was recognised and waits for the tree."""

    raw: str
    found: Found
    block: bool


class State:
    """What the processors of one Markdown instance share during a conversion."""

    def __init__(self, extension: SmtpCodesExtension, md: Markdown) -> None:
        self.extension = extension
        self.md = md
        self.begin("")

    def begin(self, source: str) -> None:
        """Forget the last page."""
        self.source = source
        self.jobs: list[Job] = []
        #: How many children of an element were searched for fences, and the fence that was open after them.
        self.fences: dict[etree.Element, tuple[int, str]] = {}

    def add(self, found: Found, raw: str, *, block: bool) -> str:
        self.jobs.append(Job(raw, found, block))
        return str(len(self.jobs) - 1)
