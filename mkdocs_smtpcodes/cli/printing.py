"""What commands print: in the width and the colours of the terminal, and quietly when nobody reads on."""

from __future__ import annotations

import json
import os
import shutil
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

import click

if TYPE_CHECKING:
    from ..dataset import Entry
    from ..rendering.speaker import Speaker

WIDTH = 100
_NARROWEST = 20
_COLOURS = {2: "green", 3: "blue", 4: "yellow", 5: "red"}


def prepare(context: click.Context) -> None:
    """Colours only where they are wanted (https://no-color.org), and no fall over what a terminal cannot show."""
    if os.environ.get("NO_COLOR"):
        context.color = False
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def echo(text: str = "", *, err: bool = False, **style: Any) -> None:
    """Print a line. When the reader has gone, as in ``show 550 | head -1``, the rest is nobody's."""
    try:
        click.secho(text, err=err, **style)
    except BrokenPipeError:
        _close(sys.stderr if err else sys.stdout)


def fail(error: OSError) -> NoReturn:
    """End with one line about a file, or the output, that cannot be read or written."""
    what = f"{error.filename} cannot be read or written" if error.filename else "the output cannot be written"
    if not error.filename:
        _close(sys.stdout)
    with suppress(OSError):
        echo(f"Error: {what}: {error.strerror or error}", err=True)
    sys.exit(2)


def _close(stream: TextIO) -> None:
    """What is still in the buffer of a stream goes nowhere, when Python ends."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def echo_json(value: Any) -> None:
    """Print JSON, readable where the terminal's encoding allows it."""
    encoding = (getattr(sys.stdout, "encoding", None) or "").lower()
    echo(json.dumps(value, ensure_ascii=not encoding.startswith("utf"), indent=1))


def colour(class_digit: int) -> str | None:
    """The colour of a class of codes."""
    return _COLOURS.get(class_digit)


def title(entry: Entry) -> None:
    """The line above an entry."""
    echo(f"SMTP {entry.key} {entry.name.text}", bold=True, fg=colour(entry.code.class_digit))


def status(entry: Entry, speaker: Speaker) -> None:
    """Class, status and source of a code in one line."""
    decided = "outcome" in entry.profile.axes and not entry.profile.undecided
    word = speaker.class_word(entry.code.class_digit) if decided else ""
    parts = (word, speaker.status_word(entry.profile.status), *entry.profile.sources[:1])
    echo(" · ".join(part for part in parts if part))
    echo()


def heading(text: str) -> None:
    echo(f"\n{text}", bold=True)


def section(name: str, text: str) -> None:
    """A heading and the paragraphs below it."""
    from ..rendering import prose  # noqa: PLC0415

    heading(name)
    for paragraph in prose.paragraphs(text):
        body(plain(paragraph))


def written(text: str) -> str:
    """A sentence without the marks of its Markdown."""
    from ..rendering import prose  # noqa: PLC0415

    return plain(prose.inline(text))


def plain(html: str) -> str:
    """The text of HTML."""
    from ..rendering import prose  # noqa: PLC0415

    return prose.plain(html)


def body(text: str, first: str = "") -> None:
    """A paragraph, wrapped and indented; ``first`` stands before its first line."""
    width = max(_NARROWEST, min(WIDTH, shutil.get_terminal_size((WIDTH, 0)).columns))
    echo(click.wrap_text(text, width, initial_indent=first or "  ", subsequent_indent=" " * (len(first) or 2)))
