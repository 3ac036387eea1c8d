"""``mkdocs-smtpcodes search``: the codes and reasons whose texts hold some words, the best first."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import click

from . import options, printing
from .options import Call

if TYPE_CHECKING:
    from ..dataset import Dataset

#: The version of what ``--json`` prints.
FORMAT = 1


class Hit(NamedTuple):
    """What was found: a code or a reason, in a language, and the text that holds the words.

    ``rank`` counts down: the whole phrase in the name, the words in the name, the phrase elsewhere, the words elsewhere.
    """

    rank: int
    key: str
    kind: str
    lang: str
    name: str
    summary: str
    why: str


@click.command("search", short_help="Find codes and reasons by words or by a reply.")
@click.argument("words", metavar="WORDS...", nargs=-1)
@click.option("--lang", "langs", multiple=True, help="Search only this language; may be given more than once.")
@options.as_json
@options.site
@options.pass_call
def command(call: Call, words: tuple[str, ...], langs: tuple[str, ...], as_json: bool) -> None:
    """Find codes and reasons whose texts hold all of the words, in any language: search mailbox full"""
    phrase = " ".join(words).casefold()
    phrase = " ".join(phrase.split())
    if not phrase:
        raise click.UsageError("search takes words, and none is given; write search quota")
    found = list(_by_reply(call.dataset, " ".join(words), "en"))
    for lang in dict.fromkeys(map(call.language, langs)) if langs else call.dataset.languages:
        found += _by_words(call.dataset, phrase, lang)
    best: dict[tuple[str, str], Hit] = {}
    for hit in sorted(found, key=lambda hit: (hit.rank, hit.lang != "en")):
        best.setdefault((hit.key, hit.lang), hit)
    hits = list(best.values())
    if as_json:
        told = [
            {
                "code": hit.key,
                "kind": hit.kind,
                "lang": hit.lang,
                "name": hit.name,
                "summary": hit.summary,
                "why": hit.why,
            }
            for hit in hits
        ]
        printing.echo_json({"format": FORMAT, "words": phrase.split(), "found": told})
    for hit in () if as_json else hits:
        digit = int(hit.key[0]) if hit.key[0].isdigit() else 0
        printing.echo(f"{click.style(hit.key, fg=printing.colour(digit))}  [{hit.lang}] {hit.name}  ({hit.why})")
    if not hits:
        printing.echo("nothing found", err=True)
        sys.exit(1)


def _by_reply(dataset: Dataset, text: str, lang: str) -> Iterator[Hit]:
    """What recognition makes of the words: it knows how servers, and the people who read them, say a thing."""
    from ..dataset import explain  # noqa: PLC0415

    found = explain(text, dataset)
    if found.reason in dataset.reasons and found.certainty in {"known", "text"}:
        yield _reason(dataset, found.reason, lang, 1, f"a reply that says: {found.text or text}")


def _by_words(dataset: Dataset, phrase: str, lang: str) -> Iterator[Hit]:
    wanted = phrase.split()
    words = dataset.words(lang)
    for key in dataset.reasons:
        texts = [words.get("reasons", key, part) for part in ("name", "summary", "recognise", "received")]
        own = [text.text.casefold() for text in texts if text.lang == lang]
        if rank := _rank(own, phrase, wanted):
            yield _reason(dataset, key, lang, rank, _why(own, phrase, wanted))
    for code in _codes(dataset):
        entry = dataset.entry(dataset.code(code), lang)
        texts = [entry.name, entry.summary, entry.description, entry.when, entry.fix_received]
        own = [text.text.casefold() for text in texts if text.lang == lang]
        if rank := _rank(own, phrase, wanted):
            yield Hit(rank, code, "code", lang, entry.name.text, entry.summary.text, _why(own, phrase, wanted))
    for synonym, key in dataset.synonyms(lang):
        if f" {synonym} " in f" {phrase} " or f" {phrase} " in f" {synonym} ":
            yield _reason(dataset, key, lang, 0, synonym)


def _rank(texts: Sequence[str], phrase: str, wanted: Sequence[str]) -> int:
    """How well texts hold the words, from 1; 0 where they do not. The name comes first among the texts."""
    if not texts:
        return 0
    whole = " ".join(texts)
    if phrase == texts[0]:
        return 1
    if phrase in texts[0]:
        return 2
    if all(word in texts[0] for word in wanted):
        return 3
    if phrase in whole:
        return 4
    return 5 if all(word in whole for word in wanted) else 0


def _why(texts: Sequence[str], phrase: str, wanted: Sequence[str]) -> str:
    """The words around the first place that was found."""
    for text in texts:
        for part in (phrase, *wanted):
            at = text.find(part)
            if at >= 0:
                begin = text.rfind(" ", 0, max(at - 20, 0)) + 1
                end = text.find(" ", at + len(part) + 20)
                return " ".join(text[begin : end if end >= 0 else len(text)].split())
    return ""


def _reason(dataset: Dataset, key: str, lang: str, rank: int, why: str) -> Hit:
    words = dataset.words(lang)
    name, summary = (words.get("reasons", key, part).text for part in ("name", "summary"))
    return Hit(rank, key, "reason", lang, name, summary, why)


def _codes(dataset: Dataset) -> Iterator[str]:
    """The basic codes, the details in each of their classes, and the site's own."""
    yield from dataset.basic_codes
    yield from dataset.site_codes
    yield from (f"{digit}{detail[1:]}" for detail in dataset.details for digit in dataset.classes_of(detail))
