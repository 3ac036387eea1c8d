"""What the pages of a site turned out to hold, and where links between them go. It knows no MkDocs."""

# Annotations are no strings in this module: a NamedTuple compiles those that are, which takes most of its time.

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from .dataset import naming

if TYPE_CHECKING:
    from .extension.state import Produced

#: The folder of what goes with the pages.
ASSETS = "assets"
#: How many places besides sections of standards a comparison leads to: its entries, and comparisons that share a code.
MOST = 8


class Place(NamedTuple):
    """Where a section stands: the address of its page within the site, the page's title, and the section."""

    url: str
    page_title: str
    section: "Produced"
    generated: bool = False


class Nearest:
    """Places of the same thing, and which of them a page links to: one on the page itself, else one in the language, else any,
    written before generated. Asking takes no longer when there are many."""

    def __init__(self) -> None:
        self._places: dict[tuple[str | None, str | None], Place] = {}

    def add(self, place: Place) -> None:
        # None stands for any page and any language: the address of a home page may be "".
        for key in _keys(place.section.lang, place.url):
            known = self._places.get(key)
            if known is None or (known.generated and not place.generated):
                self._places[key] = place

    def to(self, lang: str, url: str) -> Place:
        """The nearest to a page."""
        return next(self._places[key] for key in _keys(lang, url) if key in self._places)

    def by_language(self) -> Iterable[Place]:
        """The nearest for each language."""
        return (place for (url, lang), place in self._places.items() if url is None and lang)


def _keys(lang: str, url: str) -> tuple[tuple[str | None, str | None], ...]:
    return ((url, lang), (url, None), (None, lang), (None, None))


class SiteIndex:
    """The sections of all pages of one build, by the codes that they are about."""

    def __init__(self) -> None:
        self._entries: dict[str, Nearest] = {}
        self._comparisons: dict[frozenset[str], Nearest] = {}
        self._compared: dict[str, dict[frozenset[str], None]] = {}
        self._mentions: dict[str, dict[str, Place]] = {}

    def add(self, url: str, title: str, produced: Iterable["Produced"], *, generated: bool = False) -> None:
        for section in produced:
            place = Place(url, title, section, generated)
            if section.name == "smtp_compare":
                compared = frozenset(section.codes)
                self._comparisons.setdefault(compared, Nearest()).add(place)
                for code in section.codes:
                    self._compared.setdefault(code, {})[compared] = None
            for code in section.codes:
                if section.name in {"smtp_code", "smtp_replies"} and (section.name == "smtp_code" or ":" in code):
                    self._entries.setdefault(code, Nearest()).add(place)
                if not generated:
                    for part in (code, *code.split(" ")):
                        self._mentions.setdefault(part, {}).setdefault(url, place)

    def entry(self, code: str, lang: str, url: str) -> Place | None:
        """The nearest entry of a code, or of what another key says; a reply may be told by its enhanced code."""
        if code.startswith(naming.COMPARISON):
            found = self._comparisons.get(frozenset(naming.compared(code)))
            return found.to(lang, url) if found else None
        for key in naming.keys_of(code):
            if key in self._entries:
                return self._entries[key].to(lang, url)
        return None

    def addresses(self, lang: str) -> Iterator[tuple[str, str]]:
        """The reply codes and the enhanced codes that have an entry in a language, each with its address within the site."""
        for code, found in self._entries.items():
            place = found.to(lang, "/")
            if not {":", " "} & set(code) and place.section.lang == lang:
                yield code, f"{place.url}#{place.section.id}"

    def comparisons(self, codes: Sequence[str], lang: str, url: str) -> list[Place]:
        """The comparisons that have one of the codes, without that of just these; of several with the same codes, the nearest."""
        # The entry of a code lists them all.
        # The rest of a dozen: its entries and up to four sections of standards stand there too.
        most = MOST - len(codes) if len(codes) > 1 else None
        asked, found = frozenset(codes), dict[frozenset[str], None]()
        # What was refused is what a reader looks for.
        ordered = sorted(codes, key=lambda code: code[:1] not in {"4", "5"})
        for compared in chain.from_iterable(self._compared.get(code, ()) for code in ordered):
            if len(found) == most:
                break
            if compared != asked:
                found[compared] = None
        return [self._comparisons[compared].to(lang, url) for compared in found]

    def explained(self) -> Iterable[tuple[str, Place]]:
        """Each code and the places of its entries, one for each language."""
        return ((code, place) for code, places in self._entries.items() for place in places.by_language())

    def compared(self) -> Iterable[tuple[tuple[str, ...], Place]]:
        """Each comparison and its places, one for each language."""
        return ((place.section.codes, place) for places in self._comparisons.values() for place in places.by_language())

    def mentions(self, code: str) -> list[Place]:
        """One place for each page that names a code in a directive, be it as part of a whole reply."""
        return list(self._mentions.get(code, {}).values())


class PageLinks:
    """The site as one of its pages links to it.

    Attributes:
        index: what the pages hold.
        url: the address of the page within the site.
        lang: the language of the page.
        relative: makes an address within the site one that is relative to the page.
    """

    def __init__(self, index: SiteIndex, url: str, lang: str, relative: Callable[[str], str]) -> None:
        self.index = index
        self.url = url
        self.lang = lang
        self.relative = relative

    def entry(self, code: str, lang: str) -> str:
        place = self.index.entry(code, lang, self.url)
        return self._address(place) if place else ""

    def asset(self, name: str) -> str:
        return self.relative(f"{ASSETS}/{name}")

    def comparisons(self, codes: Iterable[str]) -> list[tuple[str, str, str]]:
        places = self.index.comparisons(tuple(codes), self.lang, self.url)
        return [
            (self._address(place), place.section.short or place.section.title, place.section.lang) for place in places
        ]

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


class Addresses:
    """Where a site explains its codes, by language, over all the builds that make one site."""

    def __init__(self) -> None:
        self.languages: list[str] = []
        self.entries: dict[str, dict[str, str]] = {}
        self.reasons: dict[str, dict[str, str]] = {}
        self.comparisons: dict[tuple[str, ...], dict[str, str]] = {}

    def add(self, index: SiteIndex, lang: str, site_url: str) -> None:
        """Take up what a build in a language has found; written pages win over generated ones."""
        self.languages.append(lang)
        for code, place in sorted(index.explained(), key=_generated):
            kind, colon, name = code.partition(":")
            if kind == "reason":
                self._note(self.reasons.setdefault(name, {}), place, site_url)
            elif not colon:
                self._note(self.entries.setdefault(code, {}), place, site_url)
        for codes, place in sorted(index.compared(), key=_generated):
            self._note(self.comparisons.setdefault(codes, {}), place, site_url)

    def _note(self, addresses: dict[str, str], place: Place, site_url: str) -> None:
        self.languages.append(place.section.lang)
        url = place.url.removeprefix("./")
        whole = f"{site_url.rstrip('/')}/{url}" if site_url else url
        addresses.setdefault(place.section.lang, f"{whole}#{place.section.id}")

    def told(
        self,
    ) -> tuple[
        list[str], dict[str, dict[str, str]], list[tuple[tuple[str, ...], dict[str, str]]], dict[str, dict[str, str]]
    ]:
        """The languages, the entries, the comparisons and the reasons."""
        return list(dict.fromkeys(self.languages)), self.entries, list(self.comparisons.items()), self.reasons
