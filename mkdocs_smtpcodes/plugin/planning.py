"""Which pages of the reference a site asks for. Imported where it asks for any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from ..dataset import Dataset
from ..reference import choosing
from ..reference.generating import Generator
from ..reference.using import UsedGenerator

if TYPE_CHECKING:
    from .options import SmtpCodesConfig


def planned(
    options: SmtpCodesConfig,
    made: tuple[MkDocsConfig, Dataset, str, str],
    files: Files,
    earlier: dict[str, set[str]],
) -> tuple[Generator, list[tuple[str, str]]]:
    """What makes the pages of the reference, and what is wrong in the option ``comparisons``, and where.

    Args:
        options: the options of the plugin.
        made: the configuration of the site, the codes, the folder of the reference and its language.
        files: the files of the site, to which the pages that are certain are added.
        earlier: the pages in the languages that were built before.
    """
    dataset = made[1]
    comparisons, mistakes = choosing.comparisons(options.comparisons, dataset)
    if options.reference == "used":
        used = UsedGenerator(*made)
        certain, related = ([], comparisons) if options.comparisons == "related" else (comparisons, [])
        used.reserve(files, certain, related, earlier)
        used.tell_redirects(files)
        return used, mistakes
    generator = Generator(*made)
    generator.add(files, choosing.all_codes(dataset) if options.reference == "all" else [], comparisons)
    generator.tell_redirects(files)
    return generator, mistakes
