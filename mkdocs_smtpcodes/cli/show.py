"""``mkdocs-smtpcodes show``: the entry of a code."""

from __future__ import annotations

import re

import click

from . import arguments, options, printing
from .options import Call

#: A text with more letters is a reply, and no code or id; so is one with signs that stand around codes in reports.
LETTERS = 6
_REPORTED = re.compile(r"(?i)\b(?:e?smtp|lmtp)\b|[#()<>\[\]\"':=]")
#: How many meanings a terminal shows; the page of the code has all.
MEANINGS = 8


@click.command("show", short_help="Print the entry of a code.")
@click.argument("codes", metavar="CODE", nargs=-1)
@options.lang
@options.as_json
@options.site
@options.pass_call
def command(call: Call, codes: tuple[str, ...], lang: str | None, as_json: bool) -> None:
    """Print the entry of a code: show 550 5.7.26"""
    asked = _of_reply(call, codes) or arguments.codes(codes)
    if len(asked) != 1:
        arguments.no_words("show", codes, call.dataset)
        got = f"; for several there is compare {' '.join(asked)}" if asked else ", and none is given; write show 535"
        raise click.UsageError(f"show takes one code{got}")
    (found,) = arguments.read("smtp_code", asked, call.dataset)
    language = call.language(lang)
    if as_json:
        from ..reference.exporting import FORMAT, record  # noqa: PLC0415

        printing.echo_json({"format": FORMAT, "code": str(found), **record(call.dataset, found, [language])})
        return
    from .. import comparison  # noqa: PLC0415
    from ..rendering.replies import Replies  # noqa: PLC0415
    from ..rendering.speaker import Speaker  # noqa: PLC0415

    entry = call.dataset.entry(found, language)
    words = call.dataset.words(language)
    speaker = Speaker(call.dataset, words)
    sending = "fix_service" if entry.profile.by_services else "fix_sending"
    printing.title(entry)
    printing.status(entry, speaker)
    verdict = speaker.verdict(entry)
    printing.body(speaker.between.join([entry.summary.text, *map(printing.plain, verdict["differs"])]))
    for note in speaker.notes(entry.profile):
        printing.body(printing.plain(note))
    fix = f"{words.label('fix')}{speaker.colon}"
    for heading, text in (
        (words.label("next"), entry.next.text),
        (words.label("description"), entry.description.text),
        (words.label("when_one"), entry.when.text),
        (f"{fix}{words.label('fix_received')}", entry.fix_received.text),
        (f"{fix}{words.label(sending)}", entry.fix_sending.text),
    ):
        if text:
            printing.section(heading, text)
    if branches := Replies(speaker).branches(found):
        printing.heading(words.label("meant"))
        for branch in branches[:MEANINGS]:
            said = str(speaker.separator).join(printing.plain(speaker.quoted(text)) for text in branch.texts[:2])
            printing.body(f"{branch.name.text}{f'{speaker.colon}{said}' if said else ''}", first="- ")
    printing.heading(words.label("facts"))
    for row in map(speaker.row, comparison.compare(call.dataset, [found]).rows):
        printing.body(f"{row['label']} {printing.plain(row['cells'][0])}")
    if example := call.dataset.example(found):
        printing.heading(words.label("example"))
        for line in example:
            printing.echo(f"  {line}")


def _of_reply(call: Call, words: tuple[str, ...]) -> list[str]:
    """The code of a raw reply: ``550 5.7.1 <x@y>: Relaying denied``, ``smtp;550 5.7.1``; empty where the words are codes."""
    text = arguments.unreported(" ".join(words))
    told = sum(character.isalpha() for character in text) >= LETTERS and " " in text
    if not told and not _REPORTED.search(text):
        return []
    from ..dataset import explain  # noqa: PLC0415

    found = explain(text, call.dataset)
    return [found.code] if found.code else []
