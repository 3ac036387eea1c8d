"""The pages of the generated reference: which there are, and their Markdown. It knows no MkDocs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from . import directives
from .codes import BasicCode, EnhancedCode, Reply
from .dataset import Dataset, UnknownCode
from .directives import Mistakes
from .rendering import Renderer
from .rendering.speaker import Speaker


class GeneratedPage(NamedTuple):
    """A page of the reference.

    Attributes:
        path: its file below the folder of the reference, without the language: ``550-5.7.1.md``.
        title: its title.
        description: one sentence for search engines, plain text.
        markdown: its text, front matter included.
        kind: ``index``, ``code``, ``command`` or ``comparison``.
        codes: the codes that it is about.
    """

    path: str
    title: str
    description: str
    markdown: str
    kind: str
    codes: tuple[str, ...]


def mentioned(texts: Iterable[str], dataset: Dataset) -> list[str]:
    """The codes that the directives of pages name, the parts of whole replies included, each once."""
    found: dict[str, None] = {}
    renderer = Renderer(dataset)
    for text in texts:
        for item in directives.find_all(text) if "<<" in text else ():
            if item.escaped:
                continue
            try:
                codes = renderer.codes(directives.parse(item, ""))
            except (Mistakes, UnknownCode):
                continue  # the page that it stands on says so
            for code in codes:
                found[str(code)] = None
                if isinstance(code, Reply):
                    found |= {str(code.enhanced): None, str(code.basic): None}
    return list(found)


def all_codes(dataset: Dataset) -> list[str]:
    """Every code that the dataset has words for: reply codes, details in their classes, the site's own."""
    codes = [*dataset.basic_codes, *dataset.site_codes]
    return codes + [
        f"{digit}{detail[1:]}" for detail in dataset.details for digit in sorted(dataset.classes_of(detail))
    ]


def related_pairs(dataset: Dataset) -> list[tuple[str, ...]]:
    """The pairs that people confuse, as the words have them."""
    return list(dataset.pairs())


def pages(
    dataset: Dataset, lang: str, codes: Sequence[str], comparisons: Sequence[Sequence[str]], *, index: bool = True
) -> Iterator[GeneratedPage]:
    """The pages for these codes and comparisons in a language."""
    renderer = Renderer(dataset)
    speaker = Speaker(dataset, dataset.words(lang))
    known = [str(dataset.code(code)) for code in codes]
    if index and known:
        yield _index(speaker, known)
        yield from _commands(speaker)
    for code in known:
        entry = dataset.entry(dataset.code(code), lang)
        title = renderer.titles([code], lang)
        yield _page(
            f"{code.replace(' ', '-')}.md",
            title,
            entry.summary.text,
            f"<< smtp_code({code}, level=1) >>\n",
            "code",
            [code],
            lang,
        )
    for pair in comparisons:
        title = renderer.titles(pair, lang)
        entries = [dataset.entry(dataset.code(code), lang) for code in pair]
        description = " ".join(f"{entry.key}: {entry.summary.text}" for entry in entries)
        name = "-vs-".join(code.replace(" ", "-") for code in pair)
        yield _page(
            f"{name}.md",
            title,
            description,
            f"<< smtp_compare({', '.join(pair)}, level=1) >>\n",
            "comparison",
            pair,
            lang,
        )


def _index(speaker: Speaker, codes: Sequence[str]) -> GeneratedPage:
    label, dataset = speaker.words.label, speaker.dataset
    parsed = [dataset.code(code) for code in codes]
    text = [f"# {label('reference')}\n", f"## {label('by_class')}\n"]
    for digit in (2, 3, 4, 5):
        of_class = [str(code) for code in parsed if isinstance(code, BasicCode) and code.class_digit == digit]
        text += _table(of_class, f"{digit}xx {speaker.words.get('classes', digit, 'name').text}")
    text += _table([str(c) for c in parsed if isinstance(c, BasicCode) and c.class_digit == 1], "1xx")
    if any(isinstance(code, EnhancedCode) for code in parsed):
        text.append(f"## {label('by_subject')}\n")
        for subject in sorted({code.subject for code in parsed if isinstance(code, EnhancedCode)}):
            of_subject = [str(code) for code in parsed if isinstance(code, EnhancedCode) and code.subject == subject]
            text += _table(of_subject, f"X.{subject} {speaker.words.get('subjects', subject).text}")
    own = [str(code) for code in parsed if not isinstance(code, BasicCode | EnhancedCode)]
    if own:
        text += [f"## {label('own_codes')}\n", *_table(own, label("own_codes"))]
    title = label("reference")
    return _page(
        "index.md",
        title,
        f"{title}: {label('by_class')}, {label('by_subject')}",
        "\n".join(text),
        "index",
        [],
        speaker.lang,
    )


def _table(codes: Sequence[str], title: str) -> list[str]:
    return [f'<< smtp_table({", ".join(codes)}, title="{title}") >>\n'] if codes else []


def _commands(speaker: Speaker) -> Iterator[GeneratedPage]:
    """A page for each command, and one for the matrix."""
    label, dataset = speaker.words.label, speaker.dataset
    title = label("table_commands")
    yield _page("commands/index.md", title, title, f"# {title}\n\n<< smtp_commands() >>\n", "index", [], speaker.lang)
    for at, facts in dataset.commands.items():
        answering = [number for number in dataset.basic_codes if dataset.answers(BasicCode(int(number)), at)]
        if facts.get("obsolete") or not answering:
            continue
        place = speaker.place(at).striptags()
        title = label("table_command").replace("{command}", place)
        text = f'# {title}\n\n<< smtp_table(command={at}, columns="code, name, meaning, fix") >>\n'
        yield _page(
            f"commands/{at.lower()}.md", title, f"{title}: {', '.join(answering)}", text, "command", [], speaker.lang
        )


def _page(
    path: str, title: str, description: str, text: str, kind: str, codes: Sequence[str], lang: str
) -> GeneratedPage:
    # JSON strings are YAML too, and need no thought about what stands in them.
    front = "\n".join(
        f"{key}: {json.dumps(value, ensure_ascii=False)}"
        for key, value in (("title", title), ("description", description), ("lang", lang))
    )
    return GeneratedPage(path, title, description, f"---\n{front}\n---\n\n{text}", kind, tuple(codes))
