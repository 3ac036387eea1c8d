"""The pages of the generated reference: their Markdown, in the order of the navigation. It knows no MkDocs."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from ..codes import BasicCode, Code
from ..dataset import Dataset
from ..dataset.naming import compared
from ..rendering.renderer import Renderer
from ..rendering.replies import Replies
from ..rendering.speaker import Speaker
from .choosing import path
from .index import COMMANDS, class_title, group, index_text

INDEX = "index.md"
REASONS, SENDERS = "reasons", "senders"
#: What Material's search makes of a generated page: what somebody has written about a code comes first.
SEARCH = {"boost": 0.5}


class GeneratedPage(NamedTuple):
    """A page of the reference.

    Attributes:
        path: its file below the folder of the reference, without the language: ``550-5.7.1.md``.
        title: its title.
        short: what the navigation calls it, below the heading that it stands under.
        description: one sentence for search engines, plain text.
        markdown: its text, front matter included.
        kind: ``index``, ``code``, ``command``, ``comparison``, ``reason`` or ``sender``.
        codes: the codes that it is about.
        group: the heading that it stands under in the navigation, "" for none.
        lang: its language.
    """

    path: str
    title: str
    short: str
    description: str
    markdown: str
    kind: str
    codes: tuple[str, ...]
    group: str
    lang: str


def pages(
    dataset: Dataset,
    lang: str,
    codes: Sequence[str],
    comparisons: Sequence[Sequence[str]],
    *,
    lists: bool = False,
    asked: Collection[str] = (),
) -> Iterator[GeneratedPage]:
    """The pages for these codes and comparisons in a language, in the order of the navigation.

    Args:
        dataset: the codes.
        lang: the language.
        codes: the codes that get a page.
        comparisons: the comparisons that get one.
        lists: whether the index and the pages about commands are wanted even without a code.
        asked: files of pages about reasons and senders that are wanted, whatever the codes.
    """
    renderer = Renderer(dataset)
    speaker = Speaker(dataset, dataset.words(lang))
    label = speaker.words.label
    known = [dataset.code(code) for code in codes]
    compared = list(_comparisons(renderer, speaker, comparisons))
    answers = list(_answers(speaker, known, asked))
    if known or lists:
        title = label("reference")
        classes = [class_title(speaker.words, digit) for digit in sorted({code.class_digit for code in known})]
        description = f"{title}{speaker.colon if classes else ''}{speaker.separator.join(classes)}"
        text = index_text(speaker, known, [*compared, *answers])
        yield _page(INDEX, (title, title), description, text, "index", [], "", lang)
    for code in known:
        key = str(code)
        yield _page(
            path([key]),
            (renderer.titles([key], lang), renderer.listed([key], lang)),
            f"{key}: {dataset.entry(code, lang).summary.text}",
            f"<< smtp_code({key}, level=1) >>\n",
            "code",
            [key],
            label(group(code, dataset)),
            lang,
        )
    yield from compared
    yield from answers
    if known or lists:
        yield from _commands(speaker)


def _comparisons(renderer: Renderer, speaker: Speaker, comparisons: Sequence[Sequence[str]]) -> Iterator[GeneratedPage]:
    """A page for each comparison."""
    dataset, lang = renderer.dataset, speaker.lang
    for pair in comparisons:
        entries = [dataset.entry(dataset.code(code), lang) for code in pair]
        yield _page(
            path(pair),
            (renderer.titles(pair, lang), renderer.listed(pair, lang)),
            " ".join(f"{entry.key}: {entry.summary.text}" for entry in entries),
            f"<< smtp_compare({', '.join(pair)}, level=1) >>\n",
            "comparison",
            pair,
            speaker.words.label("comparisons"),
            lang,
        )


def file_for(key: str) -> str:
    """The file of the page about what a key says (see ``dataset.naming``)."""
    kind, _, name = key.partition(":")
    if folder := {"reason": REASONS, "sender": SENDERS}.get(kind):
        return f"{folder}/{name}.md"
    return path(compared(key))


def former_file(name: str) -> str:
    """The file of the page about a reason or a sender that is called otherwise now; "" for other names."""
    kind, _, key = name.removeprefix("smtp-").partition("-")
    return file_for(f"{kind}:{key}") if kind in {"reason", "sender"} else ""


def answer_paths(dataset: Dataset) -> list[str]:
    """The files of the pages about reasons and senders."""
    return [*(f"{REASONS}/{key}.md" for key in dataset.reasons), *(f"{SENDERS}/{key}.md" for key in dataset.senders)]


def _answers(speaker: Speaker, codes: Sequence[Code], asked: Collection[str]) -> Iterator[GeneratedPage]:
    """A page for each reason that the entries of these codes tell, and for each reason and sender whose file is asked for.

    A reference of all codes has all of them.
    """
    dataset, label = speaker.dataset, speaker.words.label
    whole = {str(code) for code in codes} >= set(dataset.basic_codes)
    told = Replies(speaker)
    reasons = set(dataset.reasons) if whole else {branch.key for code in codes for branch in told.branches(code)}
    senders = set(dataset.senders) if whole else set()
    for key in dataset.reasons:
        path = f"{REASONS}/{key}.md"
        if key in reasons or path in asked:
            name, summary = (speaker.words.get("reasons", key, part).text for part in ("name", "summary"))
            text = f"<< smtp_replies(reason={key}, level=1) >>\n"
            yield _page(path, (name, name), summary, text, "reason", [], label("by_reason"), speaker.lang)
    for key, sender in dataset.senders.items():
        path = f"{SENDERS}/{key}.md"
        if key in senders or path in asked:
            title = label("replies_sender").replace("{sender}", sender.name)
            meant = dict.fromkeys(row.reason for row in dataset.replies[key])
            names = [speaker.words.get("reasons", reason, "name").text for reason in meant]
            yield _page(
                path,
                (title, sender.name),
                f"{title}: {', '.join(names[:4])}",
                f"<< smtp_replies({key}, level=1) >>\n",
                "sender",
                [],
                label("by_sender"),
                speaker.lang,
            )


def command_paths(dataset: Dataset) -> list[str]:
    """The files of the pages about commands."""
    return [COMMANDS, *(_command_path(at) for at in _answered(dataset))]


def _command_path(at: str) -> str:
    return f"commands/{at.lower()}.md"


def _answered(dataset: Dataset) -> dict[str, list[str]]:
    """The commands that are in use, each with the reply codes that can answer it."""
    answered = {}
    for at, facts in dataset.commands.items():
        answering = [number for number in dataset.basic_codes if dataset.answers(BasicCode(int(number)), at)]
        if answering and not facts.get("obsolete"):
            answered[at] = answering
    return answered


def _commands(speaker: Speaker) -> Iterator[GeneratedPage]:
    """A page for each command, and one for the matrix."""
    label, dataset = speaker.words.label, speaker.dataset
    title, heading = label("table_commands"), label("by_command")
    # Its usual anchor is what mkdocs-print-site-plugin calls this page.
    text = f"# {title}\n\n<< smtp_commands(id=smtp-command-matrix) >>\n"
    yield _page(COMMANDS, (title, title), title, text, "index", [], heading, speaker.lang)
    for at, answering in _answered(dataset).items():
        short = speaker.place(at).striptags()
        title = label("table_command").replace("{command}", short)
        text = f'# {title}\n\n<< smtp_table(command={at}, columns="code, name, meaning, fix") >>\n'
        description = f"{title}: {', '.join(answering)}"
        yield _page(_command_path(at), (title, short), description, text, "command", [], heading, speaker.lang)


def _page(
    path: str,
    titles: tuple[str, str],
    description: str,
    text: str,
    kind: str,
    codes: Sequence[str],
    group: str,
    lang: str,
) -> GeneratedPage:
    title, short = titles
    # JSON strings are YAML too, and need no thought about what stands in them.
    front = "\n".join(
        f"{key}: {json.dumps(value, ensure_ascii=False)}"
        for key, value in (("title", title), ("description", description), ("lang", lang), ("search", SEARCH))
    )
    return GeneratedPage(
        path, title, short, description, f"---\n{front}\n---\n\n{text}", kind, tuple(codes), group, lang
    )
