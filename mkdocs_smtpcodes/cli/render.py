"""``mkdocs-smtpcodes render``: what directives become, as Markdown, HTML or JSON, for whatever shows Markdown."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import yaml

from .. import encodings
from . import options, printing
from .options import Call

if TYPE_CHECKING:
    from ..extension.rewriting import Rewriter
    from ..reference.addresses import Addresses

#: The version of what ``--format json`` prints.
FORMAT = 1


@click.command("render", short_help="Print what directives become: Markdown, HTML or JSON.")
@click.argument("sources", metavar="SOURCE...", nargs=-1)
@click.option(
    "--format", "form", type=click.Choice(("markdown", "html", "json")), default="markdown", show_default=True
)
@click.option("--write", is_flag=True, help="Write the result into the files themselves; SOURCE may be a folder.")
@click.option(
    "--built",
    type=click.Path(exists=True, path_type=Path),
    help="The folder of the built site: links lead to its entries, else to a reference of all codes, else to the RFC.",
)
@options.site_url
@options.lang
@options.site
@options.pass_call
def command(
    call: Call,
    sources: tuple[str, ...],
    form: str,
    write: bool,
    built: Path | None,
    site_url: str,
    lang: str | None,
) -> None:
    """Print a text with plain Markdown in the place of its directives and references. Everything else stays as it is.

    SOURCE is a directive, a text with directives, the name of a Markdown file, or `-` for the standard input. The exit status is
    1 where a directive is wrong; it stays in the text as it was written.
    """
    from .site_addresses import addresses  # noqa: PLC0415

    call.beside = [path if os.path.isdir(path) else path.parent for path in map(Path, sources) if path.parts]
    rewriter = _rewriter(call, form, addresses(call, built, site_url), call.language(lang))
    if write and form == "json":
        raise click.UsageError("--write puts Markdown or HTML into files, and --format json is neither; leave one out")
    if not sources:
        raise click.UsageError("render takes a directive or a file, and none is given; write render docs/index.md")
    if write:
        sys.exit(_write(call, rewriter, sources))
    wrong = bool(call.dataset.mistakes)
    for source in sources:
        name, text = _read(source)
        told, made = rewriter.rewrite(text, _meta(text), name)
        wrong = _complain(name, rewriter) or wrong
        if form == "json":
            sections = [{**section._asdict(), "codes": list(section.codes)} for section in made]
            printing.echo_json({"format": FORMAT, "markdown": told, "sections": sections})
        else:
            printing.echo(told.rstrip("\n"))
    sys.exit(1 if wrong else 0)


def _rewriter(call: Call, form: str, links: Addresses, lang: str) -> Rewriter:
    from ..extension.rewriting import Rewriter  # noqa: PLC0415
    from .checking import CONTAINERS, _syntax  # noqa: PLC0415

    site = call.site
    extensions, configs = _syntax(site)
    rewriter = Rewriter(
        links,
        extensions or CONTAINERS,
        configs if extensions else {},
        html=form == "html",
        lang=lang,
        data_files=list(site.data_files),
        templates=site.templates,
        folders=[Path(), *(folder for folder in (site.docs, site.file and site.file.parent) if folder is not None)],
    )
    rewriter.beside_autorefs = site.has_autorefs
    told = call.dataset.mistakes  # with their lines
    rewriter.known = frozenset([*told, *(f"{rewriter.where(mistake)}: {mistake}" for mistake in told)])
    return rewriter


def _read(source: str) -> tuple[str, str]:
    """The name of a source for messages, "" for none, and its text."""
    if "<<" in source or "\n" in source:
        return "", source
    try:
        if source == "-":
            return "", sys.stdin.buffer.read().decode("utf-8-sig")
        return source, Path(source).read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        line = 0 if source == "-" else (encodings.place(Path(source).read_bytes()) or (0, 0))[0]
        place = ":".join(part for part in ("" if source == "-" else source, str(line or "")) if part)
        raise click.UsageError(f"{place}{': ' if place else ''}{encodings.MESSAGE}") from None
    except IsADirectoryError:
        raise click.UsageError(
            f"{source} is a folder, whose pages render rewrites with --write alone: render --write {source}; else name a file"
        ) from None
    except (OSError, ValueError) as error:
        hint = "; a directive is written << smtp_code(550) >>" if isinstance(error, FileNotFoundError) else ""
        raise click.UsageError(f"{source} cannot be read: {getattr(error, 'strerror', None) or error}{hint}") from None


def _write(call: Call, rewriter: Rewriter, sources: tuple[str, ...]) -> int:
    from .pages import pages  # noqa: PLC0415

    paths = [Path(source) for source in sources]
    if missing := [path.as_posix() for path in paths if not os.path.exists(path)]:
        raise click.UsageError(
            f"there is no file or folder {missing[0]}; --write takes those whose text is to be replaced"
        )
    wrong, changed = int(bool(call.dataset.mistakes)), 0
    for path in pages(paths, call.site.docs, call.site.excluded):
        name, text = _read(path.as_posix())
        told, _ = rewriter.rewrite(text, _meta(text), name)
        wrong |= _complain(name, rewriter)
        if told != text:
            changed += 1
            # Line ends stay what they are.
            end = b"\r\n" if b"\r\n" in path.read_bytes() else b"\n"
            path.write_bytes(told.encode().replace(b"\n", end))
    printing.echo(f"{changed} {'page' if changed == 1 else 'pages'} rewritten", err=True)
    return wrong | _left([path for path in paths if path.is_dir()])


#: Files that hold text of pages without being one: snippets, included files, macros, templates.
_PARTS = (".txt", ".inc", ".html", ".jinja", ".j2", ".py", ".yml", ".yaml")


def _left(folders: list[Path]) -> bool:
    """Name the files whose directives stay, since they are no pages: in the folders, and beside them."""
    from ..directives import finding  # noqa: PLC0415
    from .pages import pages  # noqa: PLC0415

    beside = {path for folder in folders for path in folder.parent.glob("*.py")}
    places = []
    for path in (*pages(folders, suffixes=_PARTS), *sorted(beside)):
        text = path.read_text(encoding="utf-8", errors="replace")
        found = finding.find(text) if "<<" in text else None
        if found:
            places.append(f"{path.as_posix()}:{text.count(chr(10), 0, found.start) + 1}")
    for place in places:
        printing.echo(
            f"{place}: a directive stays here, for this file is no page; write its text yourself, or leave it out",
            err=True,
            fg="yellow",
        )
    return bool(places)


def _complain(name: str, rewriter: Rewriter) -> bool:
    for file, line, message in sorted(rewriter.mistakes, key=lambda mistake: mistake[:2]):
        place = ":".join(part for part in (file or name, str(line or "")) if part)
        printing.echo(f"{place}: {message}" if file or name else message, err=True, fg="yellow")
    return bool(rewriter.mistakes)


def _meta(text: str) -> dict[str, object]:
    from ..extension.locating import front_matter_lines  # noqa: PLC0415

    front = text.split("\n")[: front_matter_lines(text)]
    try:
        found = yaml.safe_load("\n".join(line for line in front if line.rstrip() not in {"---", "..."}))
    except yaml.YAMLError:
        return {}
    return found if isinstance(found, dict) else {}
