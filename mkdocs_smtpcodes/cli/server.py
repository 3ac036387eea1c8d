"""``mkdocs-smtpcodes server``: what a mail server needs so that its replies lead to the pages of the site."""

from __future__ import annotations

from pathlib import Path

import click

from . import options, printing
from .options import Call

SERVERS = ("postfix", "exim", "rspamd", "opensmtpd", "sendmail")


@click.command("server", short_help="Print what makes the replies of a mail server lead to your pages.")
@click.argument("name", metavar="SERVER", type=click.Choice(SERVERS))
@click.option(
    "--built",
    type=click.Path(exists=True, path_type=Path),
    help="The folder of the built site, or its objects.inv. Without it, the site must have reference: all.",
)
@options.site_url
@click.option("--note", default="", help="Postfix: what stands behind the address, such as 'time $localtime'.")
@click.option(
    "--own-line", is_flag=True, help="Postfix: begin a line of the reply instead of going on with its last one."
)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="A file instead of the terminal.")
@options.site
@options.pass_call
def command(
    call: Call, name: str, built: Path | None, site_url: str, note: str, own_line: bool, output: Path | None
) -> None:
    """Print the configuration by which the replies of a mail server carry the addresses of your pages about them.

    SERVER is postfix, exim, rspamd, opensmtpd or sendmail. The head of what is printed says where it goes.
    """
    from ..reference.servers import SERVERS as WRITERS  # noqa: PLC0415
    from ..reference.servers import Helped  # noqa: PLC0415
    from .site_addresses import addresses  # noqa: PLC0415

    if (note or own_line) and name != "postfix":
        raise click.UsageError(f"--note and --own-line are for postfix; {name} has no footers")
    if not note.isascii() or not note.isprintable():
        raise click.UsageError("--note: a reply is printable ASCII (RFC 5321 §4.2)")
    known = addresses(call, built, site_url)
    if not known.known:
        raise click.UsageError(
            "the addresses of the site's pages are not known; set site_url and reference: all in mkdocs.yml, or build the "
            "site and name its folder with --built"
        )
    try:
        told = WRITERS[name](Helped(call.dataset, known, note, own_line))
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if output is None:
        printing.echo(told.rstrip("\n"))
        return
    try:
        output.write_text(told, encoding="ascii")
    except OSError as error:
        raise click.UsageError(f"{output} cannot be written: {error.strerror}") from None
