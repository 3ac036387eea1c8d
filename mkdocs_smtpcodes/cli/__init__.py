"""The command line: what a writer or a translator wants to know without building a site. One module a command.

A command and all that it needs is imported when it is called, so that each starts fast.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from .. import __version__
from . import options, printing

#: The commands, in the order of the help.
COMMANDS = (
    "check",
    "explain",
    "log",
    "show",
    "compare",
    "search",
    "coverage",
    "export",
    "render",
    "server",
    "changes",
    "schema",
)


class Commands(click.Group):
    """Finds a command in the module of its name."""

    def main(self, *args: Any, **options: Any) -> Any:
        """Run a command. A full disk, or a file that went away, is one line and no traceback."""
        try:
            return super().main(*args, **options)
        except OSError as error:
            printing.fail(error)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f".{cmd_name}", __name__).command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from ..suggestions import nearest  # noqa: PLC0415 (only for a mistake)

            hint = nearest(args[0], COMMANDS)
            if args[0][:1].isdigit():
                hint = f"; write show {' '.join(args)}"
            elif args[0] in ("help", "version"):
                hint = f"; write --{args[0]}"
            hint = hint or f"; there is {', '.join(COMMANDS)}"
            ctx.fail(f"{args[0]} is not a command{hint}")
        return super().resolve_command(ctx, args)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="mkdocs-smtpcodes")
@options.site
@click.pass_context
def main(context: click.Context) -> None:
    """Explain, compare and check SMTP reply codes and enhanced status codes.

    Where there is a mkdocs.yml here or in a folder above, its data files, templates and language are used.
    """
    printing.prepare(context)
