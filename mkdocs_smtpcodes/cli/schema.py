"""``mkdocs-smtpcodes schema``: the JSON Schemas for editors and programs."""

from __future__ import annotations

from pathlib import Path

import click

from . import printing

SCHEMAS = Path(__file__).parent.parent / "schema"


@click.command("schema", short_help="Print a JSON Schema.")
@click.argument("name", type=click.Choice(["data", "config", "export"]), default="data")
def command(name: str) -> None:
    """Print a JSON Schema: of data files, of the plugin's options (config), or of what export prints."""
    printing.echo((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8").rstrip("\n"))
