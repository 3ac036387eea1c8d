"""The command line: what a writer or a translator wants to know without building a site."""

from __future__ import annotations

from pathlib import Path

import click

from . import __version__
from .dataset import Dataset, load_dataset


@click.group()
@click.version_option(__version__, prog_name="mkdocs-smtpcodes")
@click.option(
    "--data",
    "files",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False),
    help="A data file of the site; repeatable.",
)
@click.pass_context
def main(context: click.Context, files: tuple[str, ...]) -> None:
    """Explain and compare SMTP reply codes."""
    context.obj = load_dataset(files, Path())
    for mistake in context.obj.mistakes:
        click.echo(mistake, err=True)


@main.command()
@click.pass_obj
def coverage(dataset: Dataset) -> None:
    """Print how much of the words each language has."""
    click.echo(f"{'language':<10}{'name':<22}{'fixed texts':>12}{'codes':>8}")
    for lang, fixed, all_fixed, codes, all_codes in dataset.coverage():
        name = dataset.words(lang).get("language", "name").text
        click.echo(f"{lang:<10}{name:<22}{_share(fixed, all_fixed):>12}{_share(codes, all_codes):>8}")


def _share(part: int, whole: int) -> str:
    return f"{100 * part // whole} %"
