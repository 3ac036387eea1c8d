"""``mkdocs-smtpcodes coverage``: how much of each language is there."""

from __future__ import annotations

import click

from . import options, printing
from .options import Call


@click.command("coverage", short_help="Print how much of each language there is.")
@options.site
@options.pass_call
def command(call: Call) -> None:
    """Print how much of the words each language has."""
    printing.echo(f"{'language':<10}{'fixed texts':>12}{'codes':>8}  name")
    for lang, fixed, all_fixed, codes, all_codes in call.dataset.coverage():
        name = call.dataset.words(lang).get("language", "name").text
        printing.echo(f"{lang:<10}{_share(fixed, all_fixed):>12}{_share(codes, all_codes):>8}  {name}")


def _share(part: int, whole: int) -> str:
    return f"{100 * part // whole} %"
