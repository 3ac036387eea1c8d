"""What the pages of a site turned out to hold, and where links between them go. It knows no MkDocs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from .extension import Produced


@dataclass(frozen=True, slots=True)
class Place:
    """Where a section stands: the address of its page within the site, the page's title, and the section."""

    url: str
    page_title: str
    section: Produced
    generated: bool = False

    @property
    def target(self) -> str:
        return f"{self.url}#{self.section.id}" if self.section.id else self.url


@dataclass
class SiteIndex:
    """The sections of all pages of one build."""

    places: list[Place] = field(default_factory=list)

    def add(self, url: str, title: str, produced: Iterable[Produced], *, generated: bool = False) -> None:
        self.places += [Place(url, title, section, generated) for section in produced]

    def entry(self, code: str, lang: str, url: str) -> Place | None:
        """The entry of a code: on the page itself, else in the language, else in any, written before generated; a reply may
        be told by its enhanced code."""
        keys = [code, *code.split(" ")[1:]]
        for key in keys:
            entries = [
                place for place in self.places if place.section.name == "smtp_code" and key in place.section.codes
            ]
            if entries:
                return min(entries, key=lambda place: (place.url != url, place.section.lang != lang, place.generated))
        return None

    def comparisons(self, code: str) -> list[Place]:
        """The comparisons that a code is part of."""
        return [place for place in self.places if place.section.name == "smtp_compare" and code in place.section.codes]

    def mentions(self, code: str) -> list[Place]:
        """One place for each page that names a code in a directive."""
        return list({place.url: place for place in reversed(self.places) if code in place.section.codes}.values())[::-1]
