"""Where a site explains what, for programs that are not its build: read from its inventory, or told before it is built."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..dataset import Dataset
from ..dataset.naming import COMPARISON, keys, keys_of, name_of
from .inventory import read
from .pages import file_for


class Addresses:
    """The whole addresses of a site's entries by their names (see ``dataset.naming``): a site as anything else links to it."""

    def __init__(self, known: Mapping[str, str] | None = None) -> None:
        self.known = dict(known or {})

    def entry(self, code: str, lang: str = "") -> str:
        """The address of the entry of a key, "" where there is none."""
        return next((self.known[name] for key in keys_of(code) if (name := name_of(key)) in self.known), "")

    def comparisons(self, codes: Iterable[str]) -> list[tuple[str, str, str]]:
        """None: a section that stands elsewhere lists what it is about, not what the site has besides."""
        return []

    def mentions(self, code: str) -> list[tuple[str, str, str]]:
        return []

    def asset(self, name: str) -> str:
        return ""


def from_inventory(content: bytes, base: str) -> Addresses:
    """The addresses in an inventory of a site at ``base``."""
    found = {item.name: f"{base}{item.address}" for item in read(content) if item.name.startswith("smtp-")}
    return Addresses({**{_sorted(name): address for name, address in found.items()}, **found})


def predicted(
    dataset: Dataset, base: str, folder: str, comparisons: Iterable[Sequence[str]] = (), *, directories: bool = True
) -> Addresses:
    """The addresses that a reference of all codes has, without a build.

    Args:
        dataset: the codes.
        base: the address of the site, with a slash at its end.
        folder: the folder of the reference.
        comparisons: those that have a page.
        directories: whether addresses end in a slash (``use_directory_urls`` of MkDocs).
    """
    end = "/" if directories else ".html"
    found = {}
    for key in [*keys(dataset), *(COMPARISON + ",".join(codes) for codes in comparisons)]:
        name = name_of(key)
        found[name] = found[_sorted(name)] = f"{base}{folder}/{file_for(key).removesuffix('.md')}{end}#{name}"
    return Addresses(found)


def _sorted(name: str) -> str:
    """The name of a comparison with its codes in the order that does not depend on who wrote them."""
    return f"smtp-{'-vs-'.join(sorted(name.removeprefix('smtp-').split('-vs-')))}" if "-vs-" in name else name
