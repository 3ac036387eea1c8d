"""What the plugin writes into the site beside its pages. Imported where there is something to write."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Mapping, Sequence
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page
from mkdocs.utils import copy_file, get_relative_url, write_file

from ..dataset import Dataset
from ..extension import SmtpCodesExtension
from ..reference import inventory
from ..reference.inventory import Item
from ..site import Addresses, SiteIndex
from .surroundings import STYLESHEET

PACKAGE = Path(__file__).parent.parent
Items = Mapping[tuple[str, str], Item]


def with_twin(output: str, page: Page, config: MkDocsConfig) -> str:
    """Write a generated page as Markdown beside it; return its HTML with that named in its head."""
    from ..reference.twins import markdown  # noqa: PLC0415 (only where it is asked for)

    twin = Path(page.file.abs_dest_path).with_suffix(".md")
    write_file(markdown(page.content or "", f"{config.site_url or ''}{page.url}").encode(), str(twin))
    link = f'<link rel="alternate" type="text/markdown" href="{twin.name}">\n'
    return output.replace("</head>", f"{link}</head>", 1)


def write_lookup(
    extension: SmtpCodesExtension, languages: Sequence[str], index: SiteIndex, config: MkDocsConfig
) -> None:
    """The script of the box, and its data in each language that a page has it in, with where the site has entries."""
    from ..rendering.lookup import data_script  # noqa: PLC0415 (only where a page has it)

    folder = Path(config.site_dir, posixpath.dirname(STYLESHEET))
    copy_file(str(PACKAGE / "assets" / "smtplookup.js"), str(folder / "smtplookup.js"))
    for lang in languages:
        script = f"smtplookup.{lang}.js"
        address = posixpath.join(posixpath.dirname(STYLESHEET), script)
        entries = {code: get_relative_url(url, address) for code, url in index.addresses(lang)}
        write_file(data_script(extension.renderer.speaker(lang), entries).encode(), str(folder / script))


def write_codes(
    dataset: Dataset, before: Addresses | None, index: SiteIndex | None, place: tuple[str, Path, MkDocsConfig]
) -> Addresses:
    """All codes as JSON, with their schema. Written once more for each language of mkdocs-static-i18n.

    Args:
        dataset: the codes.
        before: where the languages that were built before explain them.
        index: what the pages of this one have, None where they have nothing.
        place: this language, the folder of the file and the site.

    Returns:
        Where the languages so far explain them.
    """
    from ..reference.exporting import SCHEMA, export  # noqa: PLC0415 (only where it is asked for)

    addresses = before or Addresses()
    lang, folder, config = place
    addresses.add(index or SiteIndex(), lang, config.site_url or "")
    told = export(dataset, *addresses.told())
    write_file((json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode(), str(folder / "codes.json"))
    copy_file(str(PACKAGE / "schema" / SCHEMA), str(folder / SCHEMA))
    return addresses


def write_inventory(index: SiteIndex, lang: str, before: Items, config: MkDocsConfig) -> Items:
    """Where the site explains what, for links from other sites; what mkdocstrings and other languages put there stays.

    Args:
        index: what the pages of a language have.
        lang: that language.
        before: what the languages that were built before have.
        config: the site.

    Returns:
        All of it.
    """
    ours = {(item.kind, item.name): item for item in inventory.items(index, lang)}
    if not ours:
        return before
    file = Path(config.site_dir, inventory.FILE)
    there = {(item.kind, item.name): item for item in inventory.read(file.read_bytes())} if file.is_file() else {}
    # The default language is built first, and is what another site means. mkdocstrings writes the file anew in each language.
    every = {**there, **ours, **before}
    write_file(inventory.write(config.site_name, "", every.values()), str(file))
    return every
