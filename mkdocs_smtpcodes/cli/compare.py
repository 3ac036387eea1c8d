"""``mkdocs-smtpcodes compare``: how codes differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from . import arguments, options, printing
from .options import Call

if TYPE_CHECKING:
    from ..codes import Code
    from ..dataset import Dataset


@click.command("compare", short_help="Print how two to four codes differ.")
@click.argument("codes", metavar="CODES...", nargs=-1)
@options.lang
@options.site
@options.pass_call
def command(call: Call, codes: tuple[str, ...], lang: str | None) -> None:
    """Print how two to four codes differ: compare 250 535, or compare 550 5.7.1 550 5.7.26"""
    from .. import comparison  # noqa: PLC0415
    from ..rendering import prose  # noqa: PLC0415
    from ..rendering.contexts.comparing import columns_of  # noqa: PLC0415
    from ..rendering.differences import differences  # noqa: PLC0415
    from ..rendering.renderer import Renderer  # noqa: PLC0415
    from ..rendering.speaker import Speaker  # noqa: PLC0415

    language = call.language(lang)
    asked = _codes(codes, call.dataset)
    entries = [call.dataset.entry(code, language) for code in asked]
    words = call.dataset.words(language)
    speaker = Speaker(call.dataset, words)
    compared = comparison.compare(call.dataset, asked, language)
    printing.echo(Renderer(call.dataset).titles([entry.key for entry in entries], language), bold=True)
    printing.echo()
    printing.body(speaker.between.join(map(printing.plain, speaker.summary(entries))))
    printing.heading(words.label("differences"))
    told = {column.entry.key: column.told for column in columns_of(asked, speaker)[0]}
    for number, sentences in enumerate(differences(speaker, compared, told), 1):
        printing.body(speaker.between.join(map(printing.plain, sentences)), first=f"{number:>2}. ")
    printing.heading(words.label("choice"))
    chosen: dict[str, list[str]] = {}
    for key, entry in told.items():
        chosen.setdefault(printing.plain(prose.inline(entry.choose_received.text)), []).append(key)
    for text, keys in chosen.items():
        printing.body(text, first=f"{speaker.separator.join(keys)}{speaker.colon}")


def _codes(words: tuple[str, ...], dataset: Dataset) -> list[Code]:
    """The codes to compare.

    Raises:
        click.UsageError: the words name other than two to four known codes, each once.
    """
    asked = arguments.codes(words, least=2)
    arguments.no_words("compare", words, dataset)
    if not 2 <= len(asked) <= 4:
        given = {0: "none is", 1: "one is"}.get(len(asked), f"{len(asked)} are")
        raise click.UsageError(f"compare takes two to four codes, and {given} given; write compare 250 535")
    return arguments.read("smtp_compare", asked, dataset)
