"""``mkdocs-smtpcodes log``: which refusals stand in the logs of a mail server, and which of them this site does not explain."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from . import options, printing
from .options import Call

if TYPE_CHECKING:
    from ..dataset import Dataset
    from ..logs import Counted, Tally
    from .explained import Told

#: The version of what ``--json`` prints.
FORMAT = 1
_HEAD = ("times", "direction", "code", "reason", "whose words")
_LONGEST_TEXT = 400


@click.command("log", short_help="Count the refusals in mail logs; name those that the site does not explain.")
@click.argument("files", metavar="FILE...", nargs=-1)
@click.option(
    "--site",
    "published",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The codes.json of a built site (export: json); by default that of mkdocs.yml, if it has been built.",
)
@click.option("--top", type=click.IntRange(min=1), help="Print only so many rows.")
@click.option("--show-text", is_flag=True, help="Print the first text of each row as it stands; it may name people.")
@click.option("--redact", is_flag=True, help="Print that text with examples in the place of addresses, hosts and ids.")
@options.lang
@options.as_json
@options.site
@options.pass_call
def command(
    call: Call,
    files: tuple[str, ...],
    published: Path | None,
    top: int | None,
    show_text: bool,
    redact: bool,
    lang: str | None,
    as_json: bool,
) -> None:
    """Count the refusals in mail logs: log /var/log/mail.log*, or journalctl -u postfix | log -

    FILES are logs of Postfix, Exim, Sendmail or OpenSMTPD, plain or packed; - is the standard input. What the site does not
    explain comes first, the commonest first. Nothing that a log says of people is printed, unless you ask for texts.
    """
    from ..logs import Tally, Unreadable, lines  # noqa: PLC0415
    from .explained import Explained, Unusable  # noqa: PLC0415

    if not files:
        raise click.UsageError("log takes files, and none is given; write log /var/log/mail.log")
    files = tuple(dict.fromkeys(files))
    dataset = call.dataset
    place = published or (call.site.export if call.site.export and call.site.export.is_file() else None)
    try:
        explained = Explained.read(place, dataset) if place else None
    except Unusable as error:
        raise click.UsageError(str(error)) from None
    tally = Tally(dataset.rules, dataset.own_replies)
    try:
        with _progress(files) as advance:
            for name in files:
                for some in lines(name, advance):
                    tally.add(some)
    except Unreadable as error:
        raise click.UsageError(str(error)) from None
    rows = [(found, explained.of(found.kind) if explained else None) for found in tally.counted()]
    if explained:
        rows.sort(key=lambda row: row[1].weight if row[1] else 0)  # of what is told as well, the order stays
    shown = rows[:top]
    text = _redacted if redact else _as_it_stands if show_text else None
    if as_json:
        printing.echo_json(_told(tally, place, shown, text))
        return
    names = dataset.words(call.language(lang))
    _print(tally, shown, len(rows), lambda key: names.get("reasons", key, "name").text or key, dataset, text)
    if not explained and rows:
        advice = "build the site with export: json and say --site site/smtp/codes.json to see what it does not explain"
        printing.echo(f"\n{advice}", err=True)


@contextmanager
def _progress(files: Sequence[str]) -> Iterator[Callable[[int], object]]:
    """A bar on a terminal, where it is known how much there is to read; nothing anywhere else."""
    from ..logs import size  # noqa: PLC0415

    whole = sum(map(size, files))
    if sys.stderr is None or not sys.stderr.isatty() or not whole or "-" in files:
        yield lambda _: None
        return
    with click.progressbar(length=whole, label="reading", file=sys.stderr) as bar:
        yield bar.update


def _print(
    tally: Tally,
    rows: Sequence[tuple[Counted, Told | None]],
    number: int,
    name: Callable[[str], str],
    dataset: Dataset,
    text: Callable[[str], str] | None,
) -> None:
    table: list[tuple[str, ...]] = [(*_HEAD, "explained by")]
    for found, told in rows:
        kind = found.kind
        sender = dataset.senders[kind.sender].name if kind.sender in dataset.senders else ""
        reason = name(kind.reason) if kind.reason else ""
        explained = (told.by or "nothing") if told else ""
        table.append((str(found.times), kind.direction.value, kind.code, reason, sender, explained))
    if not rows:
        printing.echo(f"no refusal in {_lines(tally.lines)}")
        return
    if not any(told for _, told in rows):
        table = [row[:-1] for row in table]
    widths = [max(len(row[column]) for row in table) for column in range(len(table[0]))]
    for place, row in enumerate(table):
        cells = [
            cell.rjust(width) if column == 0 else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        digit = row[2][:1]
        printing.echo(
            "  ".join(cells).rstrip(), bold=place == 0, fg=printing.colour(int(digit)) if digit.isdigit() else None
        )
        if place and text:
            printing.echo(f"{' ' * (widths[0] + 2)}{text(rows[place - 1][0].text)}")
    more = f"; {number - len(rows)} more rows" if len(rows) < number else ""
    lost = f"; {tally.left_out} refusals of too many kinds were left out" if tally.left_out else ""
    printing.echo(f"\n{tally.refusals} refusals in {_lines(tally.lines)}{more}{lost}")


def _lines(number: int) -> str:
    return "1 line" if number == 1 else f"{number} lines"


def _told(
    tally: Tally, place: Path | None, rows: Sequence[tuple[Counted, Told | None]], text: Callable[[str], str] | None
) -> dict[str, Any]:
    found = []
    for counted, told in rows:
        kind = counted.kind
        row: dict[str, Any] = {
            "times": counted.times,
            "direction": kind.direction.value,
            "code": kind.code,
            "reason": kind.reason,
            "sender": kind.sender,
        }
        if told:
            row["explained"] = {"by": told.by, "pages": dict(told.pages)} if told.by else None
        if text:
            row["text"] = text(counted.text)
        found.append(row)
    return {
        "format": FORMAT,
        "lines": tally.lines,
        "refusals": tally.refusals,
        "left_out": tally.left_out,
        "site": place.as_posix() if place else None,
        "found": found,
    }


def _as_it_stands(text: str) -> str:
    # What a stranger's server wrote must not steer a terminal.
    plain = "".join(character if character.isprintable() else " " for character in text)
    return plain if len(plain) <= _LONGEST_TEXT else f"{plain[:_LONGEST_TEXT]}…"


def _redacted(text: str) -> str:
    from ..recognition.redacting import Redactor  # noqa: PLC0415

    redactor = Redactor()
    redactor.learn(text)
    return _as_it_stands(redactor.redact(text))
