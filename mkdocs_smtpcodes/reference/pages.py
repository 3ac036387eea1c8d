"""The pages of the generated reference: their Markdown, in the order of the navigation. It knows no MkDocs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..codes import BasicCode
from ..dataset import Dataset
from ..rendering.renderer import Renderer
from ..rendering.speaker import Speaker
from .choosing import path
from .index import COMMANDS, group, index_text

INDEX = "index.md"


class GeneratedPage(NamedTuple):
    """A page of the reference.

    Attributes:
        path: its file below the folder of the reference, without the language: ``550-5.7.1.md``.
        title: its title.
        description: one sentence for search engines, plain text.
        markdown: its text, front matter included.
        kind: ``index``, ``code``, ``command`` or ``comparison``.
        codes: the codes that it is about.
        group: the heading that it stands under in the navigation, "" for none.
        lang: its language.
    """

    path: str
    title: str
    description: str
    markdown: str
    kind: str
    codes: tuple[str, ...]
    group: str
    lang: str


def pages(
    dataset: Dataset, lang: str, codes: Sequence[str], comparisons: Sequence[Sequence[str]], *, lists: bool = False
) -> Iterator[GeneratedPage]:
    """The pages for these codes and comparisons in a language, in the order of the navigation.

    Args:
        dataset: the codes.
        lang: the language.
        codes: the codes that get a page.
        comparisons: the comparisons that get one.
        lists: whether the index and the pages about commands are wanted even without a code.
    """
    renderer = Renderer(dataset)
    speaker = Speaker(dataset, dataset.words(lang))
    label = speaker.words.label
    known = [dataset.code(code) for code in codes]
    if known or lists:
        title = label("reference")
        description = f"{title}: {label('by_class')}, {label('by_subject')}"
        yield _page(INDEX, title, description, index_text(speaker, known), "index", [], "", lang)
    for code in known:
        key = str(code)
        yield _page(
            path([key]),
            renderer.titles([key], lang),
            f"{key}: {dataset.entry(code, lang).summary.text}",
            f"<< smtp_code({key}, level=1) >>\n",
            "code",
            [key],
            label(group(code, dataset)),
            lang,
        )
    for compared in comparisons:
        entries = [dataset.entry(dataset.code(code), lang) for code in compared]
        yield _page(
            path(compared),
            renderer.titles(compared, lang),
            " ".join(f"{entry.key}: {entry.summary.text}" for entry in entries),
            f"<< smtp_compare({', '.join(compared)}, level=1) >>\n",
            "comparison",
            compared,
            label("comparisons"),
            lang,
        )
    if known or lists:
        yield from _commands(speaker)


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
    yield _page(COMMANDS, title, title, text, "index", [], heading, speaker.lang)
    for at, answering in _answered(dataset).items():
        title = label("table_command").replace("{command}", speaker.place(at).striptags())
        text = f'# {title}\n\n<< smtp_table(command={at}, columns="code, name, meaning, fix") >>\n'
        description = f"{title}: {', '.join(answering)}"
        yield _page(_command_path(at), title, description, text, "command", [], heading, speaker.lang)


def _page(
    path: str, title: str, description: str, text: str, kind: str, codes: Sequence[str], group: str, lang: str
) -> GeneratedPage:
    # JSON strings are YAML too, and need no thought about what stands in them.
    front = "\n".join(
        f"{key}: {json.dumps(value, ensure_ascii=False)}"
        for key, value in (("title", title), ("description", description), ("lang", lang))
    )
    return GeneratedPage(path, title, description, f"---\n{front}\n---\n\n{text}", kind, tuple(codes), group, lang)


def _file(code: str) -> str:
    """A code as the name of a file: an address that does not change."""
    return code.replace(" ", "-")
