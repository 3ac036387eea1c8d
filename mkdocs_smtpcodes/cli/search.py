"""``mkdocs-smtpcodes search``: the codes whose texts hold some words."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from . import options, printing
from .options import Call

if TYPE_CHECKING:
    from ..dataset import Dataset, Entry

#: The version of what ``--json`` prints.
FORMAT = 1


@click.command("search", short_help="Find codes whose texts hold all of the words.")
@click.argument("words", nargs=-1, required=True)
@click.option("--lang", "langs", multiple=True, help="Search only this language; may be given more than once.")
@options.as_json
@options.site
@options.pass_call
def command(call: Call, words: tuple[str, ...], langs: tuple[str, ...], as_json: bool) -> None:
    """Find codes whose texts hold all of the words, in any language: search quota"""
    wanted = " ".join(words).casefold().split()
    if not wanted:
        raise click.UsageError("search takes words, and none is given; write search quota")
    found = []
    for lang in dict.fromkeys(map(call.language, langs)) if langs else call.dataset.languages:
        for code, entry in _entries(call.dataset, lang):
            texts = (entry.name, entry.summary, entry.description, entry.when, entry.fix_received)
            own = " ".join(text.text for text in texts if text.lang == lang).casefold()
            if all(word in own for word in wanted):
                found.append((code, lang, entry))
    if as_json:
        told = [
            {"code": code, "lang": lang, "name": entry.name.text, "summary": entry.summary.text}
            for code, lang, entry in found
        ]
        printing.echo_json({"format": FORMAT, "words": wanted, "found": told})
    for code, lang, entry in () if as_json else found:
        shown = click.style(code, fg=printing.colour(entry.code.class_digit))
        printing.echo(f"{shown}  [{lang}] {entry.name.text}")
    if not found:
        printing.echo("nothing found", err=True)
        sys.exit(1)


def _entries(dataset: Dataset, lang: str) -> Iterator[tuple[str, Entry]]:
    """The basic codes, the details in each of their classes, and the site's own."""
    keys = [*dataset.basic_codes, *dataset.site_codes]
    keys += [f"{digit}{detail[1:]}" for detail in dataset.details for digit in dataset.classes_of(detail)]
    for key in keys:
        yield key, dataset.entry(dataset.code(key), lang)
