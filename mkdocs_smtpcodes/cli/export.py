"""``mkdocs-smtpcodes export``: the codes as JSON for other programs."""

from __future__ import annotations

import json
from pathlib import Path

import click

from . import options, printing
from .options import Call


@click.command("export", short_help="Print the codes as JSON for programs.")
@click.option(
    "--lang",
    "langs",
    multiple=True,
    help="Language of the words; may be given more than once, and `all` takes every one. That of the site by default.",
)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="A file instead of the terminal.")
@options.site
@options.pass_call
def command(call: Call, langs: tuple[str, ...], output: Path | None) -> None:
    """Print the codes with their facts and words as JSON, as the Python function does.

    The build of a site with `export: json` writes the same, with the addresses of its pages. The format is that of
    `mkdocs-smtpcodes schema export`.
    """
    from ..reference.exporting import export  # noqa: PLC0415

    languages = call.dataset.languages if "all" in langs else [call.language(lang) for lang in langs or (None,)]
    told = export(call.dataset, languages)
    if output is None:
        printing.echo_json(told)
        return
    try:
        output.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise click.UsageError(f"{output} cannot be written: {error.strerror}") from None
