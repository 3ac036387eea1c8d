"""``mkdocs-smtpcodes check``: every mistake in pages, data files and the configuration, and in the codes that pages name."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from . import options, printing
from .options import Call

if TYPE_CHECKING:
    from ..linting import Finding
    from .checking import Checker, Mistake
    from .configuration import Site

#: How what is found may be printed.
FORMATS = ("text", "json", "sarif", "github")
_COLOURS = {"error": "red", "warning": "yellow", "note": None}


#: How the names of files end that are surely no pages.
_NO_PAGES = {".yml", ".yaml", ".toml", ".log"}


@click.command("check", short_help="Name every mistake in pages and data files.")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--strict", is_flag=True, help="End with 1 where there is a warning, too.")
@click.option("--fix", is_flag=True, help="Put right what can be put right in only one way.")
@click.option("--format", "form", type=click.Choice(FORMATS), help="How it is printed; text by default.")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@options.site
@options.pass_call
def command(call: Call, paths: tuple[Path, ...], strict: bool, fix: bool, form: str | None, as_json: bool) -> None:
    """Name every mistake in the directives of pages, and in the codes that they name in prose, in code spans and in fences.

    PATHS are Markdown files, or folders whose Markdown files are checked; without any, the docs folder of mkdocs.yml is. Hidden
    folders, what .gitignore leaves out, virtual environments and node_modules are passed over. The exit status is 0 without a
    mistake or an error, 1 with one, and 2 for a wrong call; with --strict, it is 1 with a warning too.
    """
    if as_json and form not in (None, "json"):
        raise click.UsageError(f"--json and --format {form} contradict each other; give one of them")
    form = "json" if as_json else form or "text"
    call.beside = [path if path.is_dir() else path.parent for path in paths]
    site = call.site
    if not paths:
        if site.docs is None:
            raise click.UsageError(
                "there is no mkdocs.yml here or in a folder above; name the pages or folders to check"
            )
        if not site.docs.is_dir() and not site.mistakes:
            raise click.UsageError(f"there is no folder {site.docs.as_posix()}; name the pages or folders to check")
        paths = (site.docs,) if site.docs.is_dir() else ()
    read = {Path(str(file)).resolve() for file in (*site.data_files, site.file or "")}
    for path in paths:
        if path.suffix.lower() in _NO_PAGES and not path.is_dir() and path.resolve() not in read:
            shown = path.as_posix()
            if path.suffix.lower() == ".log":
                raise click.UsageError(f"{shown} is no page; write mkdocs-smtpcodes log {shown}")
            raise click.UsageError(
                f"{shown} is no page; write --data {shown} for a data file, or --config {shown} for a configuration"
            )
    paths = tuple(path for path in paths if path.suffix.lower() not in _NO_PAGES or path.is_dir())
    from .checking import Checker  # noqa: PLC0415
    from .pages import pages  # noqa: PLC0415

    checker = Checker(site)
    mistakes = checker.site_mistakes()
    if form == "text":
        for mistake in mistakes:
            printing.echo(str(mistake), err=True, fg="yellow")
    findings: list[Finding] = []
    review = _Review(checker, site, fix)
    for wrong, found in review.all(pages(paths, site.docs, site.excluded)):
        mistakes += wrong
        findings += found
        if form == "text":
            _print(wrong, found)
    if form == "text":
        for finding in review.fixed:
            printing.echo(
                f"{finding.file}:{finding.line}:{finding.column}: written: {finding.fix} [{finding.rule}]", err=True
            )
        if not review.pages and paths:
            printing.echo(f"no Markdown page in {', '.join(path.as_posix() for path in paths)}", err=True)
    else:
        _print_for_programs(form, review, mistakes, findings)
    failing = {"error", "warning"} if strict else {"error"}
    sys.exit(1 if mistakes or any(finding.level in failing for finding in findings) else 0)


class _Review:
    """Pages read one by one.

    Attributes:
        pages: how many were read.
        fixed: what was put right.
    """

    def __init__(self, checker: Checker, site: Site, fix: bool) -> None:
        from .. import linting  # noqa: PLC0415

        self._checker = checker
        self._linter = linting.Linter(checker.dataset, linting.levels(site.lint)[0], bare=site.bare)
        self._fix = fix
        self.pages = 0
        self.fixed: list[Finding] = []

    def all(self, paths: Iterator[Path]) -> Iterator[tuple[list[Mistake], list[Finding]]]:
        """Mistakes and findings of each page, in order; last what is found between pages."""
        for path in paths:
            self.pages += 1
            yield self._page(path)
        yield self._checker.unexpanded(), self._linter.compared()

    def _page(self, path: Path) -> tuple[list[Mistake], list[Finding]]:
        from ..linting import Page  # noqa: PLC0415
        from .checking import Mistake, read  # noqa: PLC0415
        from .configuration import relative  # noqa: PLC0415

        file = relative(path)
        source, unreadable = read(path)
        if unreadable:
            return [unreadable], []
        mistakes = self._checker.mistakes(file, source)
        findings, wrong = self._linter.page(Page(file, source))
        mistakes += [Mistake(file, *place) for place in wrong]
        if self._fix and any(finding.fix for finding in findings):
            findings = self._put_right(path, findings)
        return mistakes, findings

    def _put_right(self, path: Path, findings: list[Finding]) -> list[Finding]:
        """Write a page with what can be put right; what is left of its findings."""
        from ..linting import fixed  # noqa: PLC0415

        data = path.read_bytes().decode("utf-8")
        mark = "\ufeff" if data.startswith("\ufeff") else ""
        text, done, left = fixed(data.removeprefix(mark), findings)
        path.write_bytes(f"{mark}{text}".encode())
        self.fixed += done
        return left


def _print(mistakes: Sequence[Mistake], findings: Sequence[Finding]) -> None:
    """What is wrong in a page in the order of its lines, then what it shows to be wrong in other files."""
    every: list[Mistake | Finding] = [*mistakes, *findings]
    page = findings[0].file if findings else mistakes[0].file if mistakes else ""
    own = sorted((one for one in every if one.file == page), key=lambda one: (one.line, one.column))
    for one in [*own, *(one for one in every if one.file != page)]:
        printing.echo(str(one), fg=_COLOURS[getattr(one, "level", "note")])


def _print_for_programs(form: str, review: _Review, mistakes: Sequence[Mistake], findings: Sequence[Finding]) -> None:
    from . import formats  # noqa: PLC0415

    if form == "json":
        printing.echo_json(formats.as_json(review.pages, mistakes, findings, len(review.fixed)))
    elif form == "sarif":
        printing.echo_json(formats.as_sarif(mistakes, findings))
    else:
        for command in formats.as_commands(mistakes, findings):
            printing.echo(command)
