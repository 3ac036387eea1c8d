"""``mkdocs-smtpcodes check``: every mistake in pages, data files and the configuration, without a build."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from . import options, printing
from .options import Call

#: The version of what ``--json`` prints.
FORMAT = 1


@click.command("check", short_help="Name every mistake in pages and data files.")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@options.as_json
@options.site
@options.pass_call
def command(call: Call, paths: tuple[Path, ...], as_json: bool) -> None:
    """Name every mistake in the directives of pages, without building them.

    PATHS are Markdown files, or folders whose Markdown files are checked; without any, the docs folder of mkdocs.yml is. Hidden
    folders, what .gitignore leaves out, virtual environments and node_modules are passed over. The exit status is 0 without a
    mistake, 1 with one, and 2 for a wrong call.
    """
    call.beside = [path if path.is_dir() else path.parent for path in paths]
    site = call.site
    if not paths:
        if site.docs is None:
            raise click.UsageError(
                "there is no mkdocs.yml here or in a folder above; name the pages or folders to check"
            )
        if not site.docs.is_dir():
            raise click.UsageError(f"there is no folder {site.docs.as_posix()}; name the pages or folders to check")
        paths = (site.docs,)
    from .checking import Checker  # noqa: PLC0415
    from .pages import pages  # noqa: PLC0415

    checker = Checker(site)
    found = checker.site_mistakes()
    number = 0
    if not as_json:
        for mistake in found:
            printing.echo(str(mistake), err=True, fg="yellow")
    for path in pages(paths, site.docs, site.excluded):
        number += 1
        mistakes = checker.mistakes(path)
        found += mistakes
        for mistake in () if as_json else mistakes:
            printing.echo(str(mistake))
    if as_json:
        told = [
            {"file": file, "line": line or None, "column": column or None, "message": message}
            for file, line, column, message in found
        ]
        printing.echo_json({"format": FORMAT, "pages": number, "mistakes": told})
    elif not number:
        printing.echo(f"no Markdown page in {', '.join(path.as_posix() for path in paths)}", err=True)
    sys.exit(1 if found else 0)
