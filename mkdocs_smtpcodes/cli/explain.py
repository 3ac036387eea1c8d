"""``mkdocs-smtpcodes explain``: what a raw reply, a bounce or a log line says."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from . import options, printing
from .options import Call

if TYPE_CHECKING:
    from ..recognition import Explanation

#: The version of what ``--json`` prints.
FORMAT = 1
_FIELDS = ("code", "text", "reason", "certainty", "sender", "basic", "enhanced", "stage", "action")


@click.command("explain", short_help="Explain a reply, a bounce or a log line.")
@click.argument("words", metavar="[TEXT]", nargs=-1)
@click.option("--redact", is_flag=True, help="Print examples in the place of addresses, host names and ids.")
@options.lang
@options.as_json
@options.site
@options.pass_call
def command(call: Call, words: tuple[str, ...], redact: bool, lang: str | None, as_json: bool) -> None:
    """Explain any text that holds a reply: explain '550 5.7.1 Relay access denied', or explain < bounce.eml

    The exit status is 1 where nothing was recognised.
    """
    from ..dataset import explain  # noqa: PLC0415

    text = " ".join(words) if words else _standard_input()
    if not text.strip():
        raise click.UsageError("explain takes a text, and none is given; write explain '550 5.7.1 Relay access denied'")
    found = explain(text, call.dataset)
    if len(words) == 1 and os.path.isfile(text) and not found.code:
        raise click.UsageError(f"{text} is a file, and explain takes a text; write mkdocs-smtpcodes explain < {text}")
    if as_json:
        told = {"format": FORMAT, **_told(found, redact), "others": [_told(other, redact) for other in found.others]}
        printing.echo_json(told)
    else:
        _print(call, text, call.language(lang), redact)
    if not found.code and not found.reason and not found.action:
        sys.exit(1)


def _standard_input() -> str:
    if sys.stdin is None or sys.stdin.isatty():  # closed, or a person who has given nothing
        return ""
    return sys.stdin.buffer.read().decode("utf-8", "replace")


def _told(found: Explanation, redact: bool) -> dict[str, Any]:
    told = {name: getattr(found, name) for name in _FIELDS}
    if redact:
        from ..recognition.redacting import Redactor  # noqa: PLC0415

        redactor = Redactor()
        redactor.learn(found.text)
        told["text"] = redactor.redact(found.text)
    return told


def _print(call: Call, text: str, lang: str, redact: bool) -> None:
    from ..recognition.redacting import Redactor  # noqa: PLC0415
    from ..rendering.explaining import explained  # noqa: PLC0415
    from ..rendering.speaker import Speaker  # noqa: PLC0415

    words = call.dataset.words(lang)
    speaker = Speaker(call.dataset, words)
    told = explained(text, speaker, Redactor() if redact else None)
    if not told.answer:
        printing.body(words.label("explained_none"))
        return
    found = told.explanation
    if told.recipients:
        printing.body(words.label("recipients").replace("{number}", str(len(told.recipients))))
        for one in told.recipients:
            printing.body("  " + " ".join(part for part in (one.address, one.code, one.badge, one.reason.text) if part))
        printing.echo()
    head = " ".join(part for part in (found.code, told.reason["name"].text if told.reason else "") if part)
    printing.echo(head, bold=True, fg=printing.colour(told.digit))
    shown = told.reason["summary"] if told.reason else told.entry.summary if told.entry else None
    if shown:
        printing.body(printing.written(shown.text))
    for question, said in (
        (speaker.axis("outcome", "label"), told.answer["final"]),
        (speaker.axis("acts", "label"), told.answer["acts"]),
        (words.label("next"), told.answer["next"].text),
    ):
        if said:
            printing.body(f"{question} {printing.written(said)}")
    for name, part in (("fix_received", "received"), (told.sending, "sending")):
        if told.reason and told.reason[part].text:
            printing.section(words.label(name), told.reason[part].text)
    printing.echo()
    printing.body(printing.plain(told.certainty))
    if told.row and told.row.setting:
        printing.body(f"{words.label('setting')}{speaker.colon}{told.row.setting}")
