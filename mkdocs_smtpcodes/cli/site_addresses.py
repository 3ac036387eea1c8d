"""Where the pages of the site of a call are: as its inventory says, or as its configuration foretells."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import click

from ..reference.addresses import Addresses, from_inventory, predicted
from ..reference.choosing import comparisons
from ..reference.inventory import FILE
from .options import Call

SITEMAP = "sitemap.xml"
_LOCATION = re.compile(r"<loc>\s*(?P<address>https?://[^<\s]+)\s*</loc>")
_CANONICAL = re.compile(r"<link\b(?=[^>]*\brel=[\"']?canonical)[^>]*\bhref=[\"']?(?P<address>https?://[^\"'>\s]+)")


def addresses(call: Call, built: Path | None = None, site_url: str = "") -> Addresses:
    """The addresses of the site's entries; none where nothing is known of them.

    Args:
        call: the call, with its site.
        built: the folder of the built site, or its ``objects.inv``.
        site_url: the address of the site, where the call says one; else the built site does, or its configuration.

    Raises:
        click.UsageError: there is no inventory, or no address of the site.
    """
    settings, plugin = call.site.settings, call.site.plugin
    base = _base(site_url or str(settings.get("site_url") or ""))
    if built is not None:
        file = built / FILE if built.is_dir() else built
        try:
            content = file.read_bytes()
        except OSError as error:
            raise click.UsageError(
                f"{file.as_posix()} cannot be read: {error.strerror}; build the site first"
            ) from None
        if not content.startswith(b"# Sphinx inventory"):
            raise click.UsageError(
                f"{file.as_posix()} is no inventory of a built site; --built takes the folder that a build has written, such as"
                " site, or the objects.inv in it"
            )
        base = base if site_url else _published(file.parent) or base
        if not base:
            raise click.UsageError(
                "the address of the site is not known: neither its sitemap.xml nor its index.html names it; say --site-url, or"
                " write site_url into mkdocs.yml"
            )
        return from_inventory(content, base)
    if not base or plugin.get("reference") != "all":
        return Addresses()
    folder = str(plugin.get("reference_dir") or "smtp").strip("/")
    pairs, _ = comparisons(plugin.get("comparisons") or (), call.dataset)
    return predicted(call.dataset, base, folder, pairs, directories=settings.get("use_directory_urls") is not False)


def _base(address: str) -> str:
    return f"{address.rstrip('/')}/" if address else ""


def _published(folder: Path) -> str:
    """The address at which a built site says that it is: that of its first page in ``sitemap.xml``, or its canonical link."""
    for name, pattern in ((SITEMAP, _LOCATION), ("index.html", _CANONICAL)):
        try:
            text = (folder / name).read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        # The home of a site is the shortest of its addresses: all others begin with it.
        found = [unescape(match["address"]) for match in pattern.finditer(text)]
        home = min(found, key=len, default="").removesuffix("index.html")
        if home and all(address.startswith(home) for address in found):
            return _base(home)
    return ""
