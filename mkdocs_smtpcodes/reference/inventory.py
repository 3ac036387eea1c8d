"""The inventory ``objects.inv``: where a site explains what, for links from other sites. It knows no MkDocs.

The format is version 2 of that of Sphinx: a header of four lines, then, compressed with zlib, a line for each object
(``name domain:role priority address title``; ``$`` at the end of an address stands for the name, ``-`` for a title that is
the name). Names are those of references on the site itself, such as ``smtp-550-5-7-1``; to Sphinx they are labels.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..dataset.naming import comparison, name_of
from ..site import Place, SiteIndex

FILE = "objects.inv"
_KIND = "std:label"
_HEADER = "# Sphinx inventory version 2\n# Project: {}\n# Version: {}\n# The remainder of this file is compressed using zlib.\n"
_LINE = r"(?P<name>.+?)\s+(?P<kind>\S+)\s+(?P<priority>-?\d+)\s+?(?P<address>\S*)\s+(?P<title>.*)"


class Item(NamedTuple):
    """An object of an inventory: its name, its address within the site, its title, and what Sphinx takes it for."""

    name: str
    address: str
    title: str
    kind: str = _KIND
    priority: str = "-1"


def items(index: SiteIndex, lang: str) -> Iterator[Item]:
    """What a build has explained, each thing once: where the site's language has it, and written before generated."""
    found: dict[str, Place] = {}
    every = [*index.explained(), *((comparison(codes), place) for codes, place in index.compared())]
    for key, place in sorted(every, key=lambda item: (item[1].section.lang != lang, item[1].generated)):
        found.setdefault(key, place)
    for key, place in found.items():
        # A comparison is called after its codes in the order in which it tells them.
        name = name_of(f"compare:{','.join(place.section.codes)}" if key.startswith("compare:") else key)
        yield Item(name, f"{place.url.removeprefix('./')}#{place.section.id}", place.section.title)


def write(project: str, version: str, items: Iterable[Item]) -> bytes:
    """The inventory of a site."""
    lines = []
    for item in items:
        address = item.address
        if item.name and address.endswith(item.name):
            address = f"{address.removesuffix(item.name)}$"
        title = " ".join(item.title.split())
        lines.append(f"{item.name} {item.kind} {item.priority} {address} {'-' if title == item.name else title}\n")
    header = _HEADER.format(*(" ".join(text.split()) or "-" for text in (project, version)))
    return header.encode() + zlib.compress("".join(lines).encode(), 9)


def read(content: bytes) -> Iterator[Item]:
    """The objects of an inventory; none where it is not one of version 2."""
    *header, packed = content.split(b"\n", 4)
    if len(header) != 4 or header[0].rstrip() != b"# Sphinx inventory version 2":
        return
    try:
        text = zlib.decompress(packed).decode()
    except (zlib.error, ValueError):
        return
    for line in text.splitlines():
        if match := re.fullmatch(_LINE, line.rstrip()):
            name, kind, priority, address, title = match.groups()
            address = f"{address[:-1]}{name}" if address.endswith("$") else address
            yield Item(name, address, name if title == "-" else title, kind, priority)
