"""What the pages of a site turned out to hold, and where links between them go. It knows no MkDocs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from .extension import Produced

#: How many comparisons that share a code a comparison lists.
MOST = 12


@dataclass(frozen=True, slots=True)
class Place:
    """Where a section stands: the address of its page within the site, the page's title, and the section."""

    url: str
    page_title: str
    section: Produced
    generated: bool = False


@dataclass
class SiteIndex:
    """The sections of all pages of one build, by the codes that they are about."""

    _entries: dict[str, list[Place]] = field(default_factory=dict)
    _comparisons: dict[str, list[Place]] = field(default_factory=dict)
    _mentions: dict[str, dict[str, Place]] = field(default_factory=dict)

    def add(self, url: str, title: str, produced: Iterable[Produced], *, generated: bool = False) -> None:
        for section in produced:
            place = Place(url, title, section, generated)
            by_name = {"smtp_code": self._entries, "smtp_compare": self._comparisons}.get(section.name)
            for code in section.codes:
                if by_name is not None:
                    by_name.setdefault(code, []).append(place)
                if not generated:
                    for part in (code, *code.split(" ")):
                        self._mentions.setdefault(part, {}).setdefault(url, place)

    def entry(self, code: str, lang: str, url: str) -> Place | None:
        """The entry of a code: on the page itself, else in the language, else in any, written before generated; a reply may
        be told by its enhanced code."""
        for key in (code, *code.split(" ")[1:]):
            if key in self._entries:
                return min(self._entries[key], key=lambda place: _distance(place, lang, url))
        return None

    def comparisons(self, codes: Iterable[str], lang: str, url: str) -> list[Place]:
        """The comparisons that have one of the codes; of several with the same codes, the nearest."""
        best: dict[tuple[str, ...], Place] = {}
        for place in (place for code in codes for place in self._comparisons.get(code, ())):
            key = tuple(sorted(place.section.codes))
            best[key] = min(best.get(key, place), place, key=lambda place: _distance(place, lang, url))
        return list(best.values())

    def explained(self) -> Iterable[tuple[str, Place]]:
        """Each code and the places of its entries."""
        return ((code, place) for code, places in self._entries.items() for place in places)

    def compared(self) -> Iterable[tuple[tuple[str, ...], Place]]:
        """Each comparison and its place."""
        places = dict.fromkeys(place for found in self._comparisons.values() for place in found)
        return ((place.section.codes, place) for place in places)

    def mentions(self, code: str) -> list[Place]:
        """One place for each page that names a code in a directive, be it as part of a whole reply."""
        return list(self._mentions.get(code, {}).values())


def _distance(place: Place, lang: str, url: str) -> tuple[bool, bool, bool]:
    return (place.url != url, place.section.lang != lang, place.generated)


@dataclass(frozen=True, slots=True)
class PageLinks:
    """The site as one of its pages links to it.

    Attributes:
        index: what the pages hold.
        url: the address of the page within the site.
        lang: the language of the page.
        relative: makes an address within the site one that is relative to the page.
    """

    index: SiteIndex
    url: str
    lang: str
    relative: Callable[[str], str]

    def entry(self, code: str, lang: str) -> str:
        place = self.index.entry(code, lang, self.url)
        return self._address(place) if place else ""

    def comparisons(self, codes: Iterable[str]) -> list[tuple[str, str, str]]:
        wanted = tuple(codes)
        places = [
            place
            for place in self.index.comparisons(wanted, self.lang, self.url)
            if sorted(place.section.codes) != sorted(wanted)
        ]
        # The entry of a code lists them all.
        most = len(places) if len(wanted) == 1 else MOST
        return [(self._address(place), place.section.title, place.section.lang) for place in places[:most]]

    def mentions(self, code: str) -> list[tuple[str, str, str]]:
        return [
            (self.relative(place.url), place.page_title, place.section.lang)
            for place in self.index.mentions(code)
            if place.url != self.url
        ]

    def _address(self, place: Place) -> str:
        if place.url == self.url:
            return f"#{place.section.id}"
        return f"{self.relative(place.url)}#{place.section.id}"


def _generated(item: tuple[object, Place]) -> bool:
    return item[1].generated


@dataclass
class Addresses:
    """Where a site explains its codes, by language, over all the builds that make one site."""

    languages: list[str] = field(default_factory=list)
    entries: dict[str, dict[str, str]] = field(default_factory=dict)
    comparisons: dict[tuple[str, ...], dict[str, str]] = field(default_factory=dict)

    def add(self, index: SiteIndex, lang: str, site_url: str) -> None:
        """Take up what a build in a language has found; written pages win over generated ones."""
        self.languages.append(lang)
        for code, place in sorted(index.explained(), key=_generated):
            self._note(self.entries.setdefault(code, {}), place, site_url)
        for codes, place in sorted(index.compared(), key=_generated):
            self._note(self.comparisons.setdefault(codes, {}), place, site_url)

    def _note(self, addresses: dict[str, str], place: Place, site_url: str) -> None:
        self.languages.append(place.section.lang)
        url = place.url.removeprefix("./")
        whole = f"{site_url.rstrip('/')}/{url}" if site_url else url
        addresses.setdefault(place.section.lang, f"{whole}#{place.section.id}")

    def told(self) -> tuple[list[str], dict[str, dict[str, str]], list[tuple[tuple[str, ...], dict[str, str]]]]:
        """The languages, the entries and the comparisons."""
        return list(dict.fromkeys(self.languages)), self.entries, list(self.comparisons.items())
