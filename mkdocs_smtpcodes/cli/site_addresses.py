"""Where the pages of the site of a call are: as its inventory says, or as its configuration foretells."""

from __future__ import annotations

from pathlib import Path

import click

from ..reference.addresses import Addresses, from_inventory, predicted
from ..reference.choosing import comparisons
from ..reference.inventory import FILE
from .options import Call


def addresses(call: Call, built: Path | None = None) -> Addresses:
    """The addresses of the site's entries; none where nothing is known of them.

    Args:
        call: the call, with its site.
        built: the folder of the built site, or its ``objects.inv``.

    Raises:
        click.UsageError: there is no inventory, or no address of the site.
    """
    settings, plugin = call.site.settings, call.site.plugin
    base = str(settings.get("site_url") or "")
    base = f"{base.rstrip('/')}/" if base else ""
    if built is not None:
        file = built / FILE if built.is_dir() else built
        try:
            content = file.read_bytes()
        except OSError as error:
            raise click.UsageError(
                f"{file.as_posix()} cannot be read: {error.strerror}; build the site first"
            ) from None
        if not base:
            raise click.UsageError("the address of the site is not known; write site_url into mkdocs.yml")
        return from_inventory(content, base)
    if not base or plugin.get("reference") != "all":
        return Addresses()
    folder = str(plugin.get("reference_dir") or "smtp").strip("/")
    pairs, _ = comparisons(plugin.get("comparisons") or (), call.dataset)
    return predicted(call.dataset, base, folder, pairs, directories=settings.get("use_directory_urls") is not False)
