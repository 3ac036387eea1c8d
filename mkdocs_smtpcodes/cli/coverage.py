"""``mkdocs-smtpcodes coverage``: how much of each language there is, and what of it is stale."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from . import options, printing
from .options import Call

if TYPE_CHECKING:
    from ..dataset.coverage import Coverage


@click.command("coverage", short_help="Print how much of each language there is.")
@click.argument("languages", nargs=-1)
@click.option("--list", "listed", is_flag=True, help="Name each text that is stale or missing.")
@click.option("--json", "as_json", is_flag=True, help="Print all of it as JSON.")
@click.option("--markdown", is_flag=True, help="Print the table as Markdown.")
@click.option(
    "--renew",
    is_flag=True,
    help="In a checkout of the package: note that the texts which were changed say what the English of today says.",
)
@click.option("--upto", multiple=True, metavar="TEXT", help="With --renew: one that needed no change, or all.")
@options.site
@options.pass_call
def command(
    call: Call,
    languages: tuple[str, ...],
    listed: bool,
    as_json: bool,
    markdown: bool,
    renew: bool,
    upto: tuple[str, ...],
) -> None:
    """Print how much of the words each language has, by kind of text, and how many of them are stale: made from an English text
    that has changed since. LANGUAGES are those to tell of, all by default."""
    if upto and not renew:
        raise click.UsageError(f"--upto notes something only with --renew; write coverage --renew --upto {upto[0]}")
    if as_json and markdown:
        raise click.UsageError("--json and --markdown are two forms of one table; give one of them")
    if unknown := _unknown(upto):
        raise click.UsageError(unknown)
    known = call.dataset.languages
    asked = [call.language(lang, "LANGUAGES") for lang in languages] or list(known)
    if renew:
        from ..dataset.coverage import ENGLISH, write  # noqa: PLC0415

        for lang in asked:
            if lang != ENGLISH:
                write(lang, upto)
    told = [found for found in call.dataset.coverage() if found.lang in asked]
    if as_json:
        printing.echo(json.dumps([found._asdict() for found in told], ensure_ascii=False, indent=1))
    elif markdown:
        printing.echo(table(call, told))
    else:
        for line in _rows(call, told):
            printing.echo(line[0].ljust(10) + "".join(cell.rjust(9) for cell in line[2:]) + f"  {line[1]}")
    if listed and not as_json:
        from ..dataset.coverage import seen  # noqa: PLC0415

        for found in told:
            for state, paths in (("stale", found.stale), ("missing", found.missing)):
                for path in sorted(paths, key=seen):
                    printing.echo(f"{found.lang} {state} {path}")


def _unknown(upto: tuple[str, ...]) -> str:
    """The message about a name that no text has, "" where each has one."""
    if not upto:
        return ""
    from ..dataset import loading  # noqa: PLC0415
    from ..dataset.coverage import ENGLISH, texts  # noqa: PLC0415
    from ..suggestions import nearest  # noqa: PLC0415

    known = ["all", *(".".join(path) for path, _ in texts(loading.words(ENGLISH)))]
    name = next((name for name in upto if name not in known), "")
    return name and f"--upto {name} names no text{nearest(name, known, 0.8) or '; coverage --list prints their names'}"


def _rows(call: Call, told: list[Coverage]) -> list[list[str]]:
    from ..dataset.coverage import KINDS  # noqa: PLC0415

    rows = [["language", "name", *KINDS, "stale"]]
    for lang in dict.fromkeys(found.lang for found in told):
        own = {found.kind: found for found in told if found.lang == lang}
        name = call.dataset.words(lang).get("language", "name").text
        shares = [f"{int(100 * own[kind].share)} %" for kind in KINDS]
        rows.append([lang, name, *shares, str(sum(len(found.stale) for found in own.values()))])
    return rows


def table(call: Call, told: list[Coverage]) -> str:
    """The table in Markdown, as the documentation shows it."""
    head, *rows = _rows(call, told)
    lines = [head, ["---", "---", *("---:" for _ in head[2:])], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
