"""The command line: what a writer or a translator wants to know without building a site."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from markupsafe import Markup

from .. import __version__, comparison
from ..codes import Code
from ..dataset import DEFAULT_LANGUAGE, Dataset, Entry, UnknownCode, load_dataset
from ..extension import locating
from ..rendering import prose
from ..rendering.renderer import Renderer
from ..rendering.speaker import Speaker
from ..suggestions import did_you_mean

WIDTH = 100
_COLOURS = {2: "green", 3: "blue", 4: "yellow", 5: "red"}


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="mkdocs-smtpcodes")
@click.option(
    "--data", "files", multiple=True, type=click.Path(), help="A data file of the site; may be given more than once."
)
@click.pass_context
def main(context: click.Context, files: tuple[str, ...]) -> None:
    """Explain, compare and check SMTP reply codes and enhanced status codes."""
    context.obj = load_dataset(files, Path())
    for mistake in context.obj.mistakes:
        click.secho(mistake, err=True, fg="yellow")


def _language(context: click.Context, _: click.Parameter, value: str) -> str:
    found = context.find_object(Dataset).nearest_language(value)  # type: ignore[union-attr]
    if found is None:
        raise click.BadParameter(f"no words in {value}; there is {', '.join(context.obj.languages)}")
    return found


_lang = click.option("--lang", default=DEFAULT_LANGUAGE, callback=_language, help="Language of the words.")


# --- check -------------------------------------------------------------------------------------------------------------


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.pass_obj
def check(dataset: Dataset, paths: tuple[Path, ...]) -> None:
    """Name every mistake in the directives of pages, without building them.

    PATHS are Markdown files, or folders whose Markdown files are checked. The exit status is 1 if there is a mistake.
    """
    renderer = Renderer(dataset)
    count = 0
    for path in _pages(paths):
        for line, column, message in _mistakes(path, renderer):
            click.echo(f"{path}:{line}:{column}: {message}")
            count += 1
    sys.exit(1 if count or dataset.mistakes else 0)


def _pages(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        yield from sorted(path.rglob("*.md")) if path.is_dir() else [path]


def _mistakes(path: Path, renderer: Renderer) -> list[tuple[int, int, str]]:
    """The mistakes of a page: the same parser decides what a directive is as in a build."""
    import markdown  # noqa: PLC0415

    from ..extension import SmtpCodesExtension  # noqa: PLC0415
    from ..extension.state import Where  # noqa: PLC0415

    source = path.read_text(encoding="utf-8-sig")
    offset = locating.front_matter_lines(source)
    text = "\n".join(source.split("\n")[offset:])
    found: list[tuple[int, int, str]] = []

    class Checker(SmtpCodesExtension):
        def report(self, message: str, where: Where) -> None:
            line, column = where.place() or (1, 1)
            found.append((line + offset, column, message))

    checker = Checker()
    checker.use(renderer)
    markdown.markdown(text, extensions=[checker, *CONTAINERS])
    return sorted(found)


#: The containers that a directive may stand in; what is not installed is left out.
CONTAINERS = ["admonition", "def_list", "fenced_code", "footnotes", "md_in_html", "tables"]


# --- show, compare, search ---------------------------------------------------------------------------------------------


@main.command()
@click.argument("code", nargs=-1, required=True)
@_lang
@click.pass_obj
def show(dataset: Dataset, code: tuple[str, ...], lang: str) -> None:
    """Print the entry of a code: show 550 5.7.26"""
    found = _code(dataset, " ".join(code))
    entry = dataset.entry(found, lang)
    speaker = Speaker(dataset, dataset.words(lang))
    label = dataset.words(lang).label
    _title(entry)
    _status(entry, speaker)
    _text(entry.summary.text)
    for note in speaker.notes(entry.profile):
        _text(_plain(note))
    for heading, text in (
        (label("description"), entry.description.text),
        (label("when_one"), entry.when.text),
        (f"{label('fix')}: {label('fix_received')}", entry.fix_received.text),
        (f"{label('fix')}: {label('fix_sending')}", entry.fix_sending.text),
    ):
        if text:
            _section(heading, text)
    rows = comparison.compare(dataset, [found]).rows
    click.secho(f"\n{label('facts')}", bold=True)
    for row in map(speaker.row, rows):
        _text(f"{row['label']} {_plain(row['cells'][0])}")
    if example := dataset.example(found):
        click.secho(f"\n{label('example')}", bold=True)
        for line in example:
            click.echo(f"  {line}")


@main.command()
@click.argument("codes", nargs=-1, required=True)
@_lang
@click.pass_obj
def compare(dataset: Dataset, codes: tuple[str, ...], lang: str) -> None:
    """Print how two to four codes differ: compare 250 535, or compare '550 5.7.1' '550 5.7.26'"""
    if not 2 <= len(codes) <= 4:
        raise click.UsageError(
            f"compare takes two to four codes, and {len(codes)} {'is' if len(codes) == 1 else 'are'} given"
        )
    entries = [dataset.entry(_code(dataset, code), lang) for code in codes]
    speaker = Speaker(dataset, dataset.words(lang))
    label = dataset.words(lang).label
    compared = comparison.compare(dataset, [entry.code for entry in entries], lang)
    click.secho(Renderer(dataset).titles([entry.key for entry in entries], lang), bold=True)
    click.echo()
    _text(" ".join(map(_plain, speaker.summary(entries))))
    click.secho(f"\n{label('differences')}", bold=True)
    told = {entry.key: entry for entry in entries}
    for number, sentences in enumerate(speaker.differences(compared, told), 1):
        _text(" ".join(map(_plain, sentences)), first=f"{number:>2}. ")
    click.secho(f"\n{label('choice')}", bold=True)
    for entry in entries:
        _text(_plain(prose.inline(entry.choose_received.text)), first=f"{entry.key}: ")


@main.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--lang", "langs", multiple=True, help="Search only these languages.")
@click.pass_obj
def search(dataset: Dataset, words: tuple[str, ...], langs: tuple[str, ...]) -> None:
    """Find codes whose texts hold all of the words, in any language: search quota"""
    wanted = [word.casefold() for word in words]
    hits = 0
    for lang in langs or dataset.languages:
        known = dataset.nearest_language(lang)
        if known is None:
            raise click.BadParameter(f"no words in {lang}; there is {', '.join(dataset.languages)}")
        for code, entry in _entries(dataset, known):
            texts = (entry.name, entry.summary, entry.description, entry.when, entry.fix_received)
            own = " ".join(text.text for text in texts if text.lang == known).casefold()
            if all(word in own for word in wanted):
                hits += 1
                click.echo(f"{click.style(code, fg=_COLOURS.get(entry.code.class_digit))}  [{known}] {entry.name.text}")
    if not hits:
        click.echo("nothing found", err=True)
        sys.exit(1)


def _entries(dataset: Dataset, lang: str) -> Iterator[tuple[str, Entry]]:
    """The basic codes, the details in each of their classes, and the site's own."""
    keys = [*dataset.basic_codes, *dataset.site_codes]
    keys += [f"{digit}{detail[1:]}" for detail in dataset.details for digit in dataset.classes_of(detail)]
    for key in keys:
        yield key, dataset.entry(dataset.code(key), lang)


# --- coverage ----------------------------------------------------------------------------------------------------------


@main.command()
@click.pass_obj
def coverage(dataset: Dataset) -> None:
    """Print how much of the words each language has."""
    click.echo(f"{'language':<10}{'fixed texts':>12}{'codes':>8}  name")
    for lang, fixed, all_fixed, codes, all_codes in dataset.coverage():
        name = dataset.words(lang).get("language", "name").text
        click.echo(f"{lang:<10}{_share(fixed, all_fixed):>12}{_share(codes, all_codes):>8}  {name}")


def _share(part: int, whole: int) -> str:
    return f"{100 * part // whole} %"


# --- printing ----------------------------------------------------------------------------------------------------------


def _code(dataset: Dataset, text: str) -> Code:
    try:
        return dataset.code(text)
    except UnknownCode as unknown:
        raise click.UsageError(f"{unknown.code} is not a known code{did_you_mean(unknown.near)}") from None


def _title(entry: Entry) -> None:
    click.secho(f"SMTP {entry.key} {entry.name.text}", bold=True, fg=_COLOURS.get(entry.code.class_digit))


def _status(entry: Entry, speaker: Speaker) -> None:
    word = speaker.class_word(entry.code.class_digit) if "outcome" in entry.profile.axes else ""
    click.echo(
        " · ".join(
            part for part in (word, speaker.status_word(entry.profile.status), *entry.profile.sources[:1]) if part
        )
    )
    click.echo()


def _section(heading: str, text: str) -> None:
    click.secho(f"\n{heading}", bold=True)
    for paragraph in prose.paragraphs(text):
        _text(_plain(paragraph))


def _plain(html: str) -> str:
    return " ".join(Markup(re.sub(r"\s+", " ", html)).striptags().split())


def _text(text: str, first: str = "") -> None:
    width = min(WIDTH, shutil.get_terminal_size((WIDTH, 0)).columns)
    click.echo(click.wrap_text(text, width, initial_indent=first or "  ", subsequent_indent=" " * (len(first) or 2)))
