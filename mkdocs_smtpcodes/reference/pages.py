"""The pages of the generated reference: which there are, and their Markdown. It knows no MkDocs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from .. import directives
from ..codes import BasicCode, Code, EnhancedCode, Reply, SiteCode
from ..dataset import Dataset, UnknownCode
from ..directives import Mistakes
from ..extension import locating
from ..rendering.renderer import Renderer
from ..rendering.speaker import Speaker

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


def codes(mode: str, texts: Iterable[str], dataset: Dataset) -> list[str]:
    """The codes that get a page.

    Args:
        mode: ``off``, ``used`` or ``all``.
        texts: the pages of the site as written.
        dataset: the codes.
    """
    if mode == "all":
        return all_codes(dataset)
    if mode == "off":
        return []
    order = {code: number for number, code in enumerate(all_codes(dataset))}
    # Whole replies stand behind.
    return sorted(mentioned(texts, dataset), key=lambda code: (order.get(code, len(order)), code))


def mentioned(texts: Iterable[str], dataset: Dataset) -> list[str]:
    """The codes that the directives of pages name, the parts of whole replies included, each once."""
    found: dict[str, None] = {}
    renderer = Renderer(dataset)
    for text in texts:
        for item in directives.find_all(locating.outside_code(text)) if "<<" in text else ():
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
    # Numbers of a first class, which SMTP does not use, come last.
    basics = sorted(dataset.basic_codes, key=lambda number: (number < "200", number))
    enhanced = [f"{digit}{detail[1:]}" for detail in dataset.details for digit in sorted(dataset.classes_of(detail))]
    return [*basics, *enhanced, *dataset.site_codes]


def comparisons(wanted: object, dataset: Dataset, codes: Sequence[str]) -> tuple[list[tuple[str, ...]], list[str]]:
    """The comparisons that a site asks for, each once, and what is wrong with the others.

    Args:
        wanted: ``related``, or a list whose items are lists of codes, or codes with commas between them.
        dataset: the codes.
        codes: the codes that have a page; with ``related``, only they are compared. Empty for all.
    """
    found: dict[frozenset[str], tuple[str, ...]] = {}
    if wanted == "related":
        for pair in dataset.related_pairs():
            if not codes or set(pair) <= set(codes):
                found.setdefault(frozenset(pair), pair)
        return list(found.values()), []
    mistakes: list[str] = []
    items = wanted if isinstance(wanted, list) else [wanted]
    for item in items:
        text = ", ".join(map(str, item)) if isinstance(item, list | tuple) else str(item)
        whole = f"<< smtp_compare({text}) >>"
        directive = directives.find(whole)
        try:
            if directive is None or directive.end != len(whole):
                raise Mistakes([f"{text!r} is no list of codes"])
            compared = Renderer(dataset).codes(directives.parse(directive, whole))
        except Mistakes as mistake:
            example = "write pairs such as [450, 550], or related"
            mistakes += [f"comparisons: {m.removeprefix('smtp_compare: ')}; {example}" for m in mistake.messages]
        else:
            names = tuple(map(str, compared))
            found.setdefault(frozenset(names), names)
    return list(found.values()), mistakes


def pages(
    dataset: Dataset, lang: str, codes: Sequence[str], comparisons: Sequence[Sequence[str]]
) -> Iterator[GeneratedPage]:
    """The pages for these codes and comparisons in a language, in the order of the navigation."""
    renderer = Renderer(dataset)
    speaker = Speaker(dataset, dataset.words(lang))
    label = speaker.words.label
    known = [dataset.code(code) for code in codes]
    if known:
        yield _index(speaker, known)
        yield from _commands(speaker)
    for code in known:
        key = str(code)
        group = "by_class" if isinstance(code, BasicCode) else "by_subject"
        yield _page(
            f"{_file(key)}.md",
            renderer.titles([key], lang),
            f"{key}: {dataset.entry(code, lang).summary.text}",
            f"<< smtp_code({key}, level=1) >>\n",
            "code",
            [key],
            label("own_codes" if isinstance(code, SiteCode) else group),
            lang,
        )
    for compared in comparisons:
        entries = [dataset.entry(dataset.code(code), lang) for code in compared]
        yield _page(
            f"{'-vs-'.join(map(_file, compared))}.md",
            renderer.titles(compared, lang),
            " ".join(f"{entry.key}: {entry.summary.text}" for entry in entries),
            f"<< smtp_compare({', '.join(compared)}, level=1) >>\n",
            "comparison",
            compared,
            label("comparisons"),
            lang,
        )


def _index(speaker: Speaker, codes: Sequence[Code]) -> GeneratedPage:
    label = speaker.words.label
    basics = [code for code in codes if isinstance(code, BasicCode)]
    enhanced = [code for code in codes if isinstance(code, EnhancedCode)]
    others = [code for code in codes if not isinstance(code, BasicCode | EnhancedCode)]
    text = [f"# {label('reference')}\n"]
    if basics:
        text.append(f"## {label('by_class')}\n")
    for digit in dict.fromkeys(code.class_digit for code in basics):
        name = speaker.words.get("classes", digit, "name").text
        text += _table([code for code in basics if code.class_digit == digit], f"{digit}xx {name}".strip())
    if enhanced:
        text.append(f"## {label('by_subject')}\n")
    for subject in sorted({code.subject for code in enhanced}):
        name = speaker.words.get("subjects", subject).text
        text += _table([code for code in enhanced if code.subject == subject], f"X.{subject} {name}".strip())
    if others:
        text += [f"## {label('own_codes')}\n", *_table(others, label("own_codes"))]
    title = label("reference")
    description = f"{title}: {label('by_class')}, {label('by_subject')}"
    return _page(INDEX, title, description, "\n".join(text), "index", [], "", speaker.lang)


def _table(codes: Sequence[Code], title: str) -> list[str]:
    return [f'<< smtp_table({", ".join(map(str, codes))}, title="{title}") >>\n'] if codes else []


def _commands(speaker: Speaker) -> Iterator[GeneratedPage]:
    """A page for each command, and one for the matrix."""
    label, dataset = speaker.words.label, speaker.dataset
    title, group = label("table_commands"), label("by_command")
    # Its usual anchor is what mkdocs-print-site-plugin calls this page.
    text = f"# {title}\n\n<< smtp_commands(id=smtp-command-matrix) >>\n"
    yield _page("commands/index.md", title, title, text, "index", [], group, speaker.lang)
    for at, facts in dataset.commands.items():
        answering = [number for number in dataset.basic_codes if dataset.answers(BasicCode(int(number)), at)]
        if facts.get("obsolete") or not answering:
            continue
        title = label("table_command").replace("{command}", speaker.place(at).striptags())
        text = f'# {title}\n\n<< smtp_table(command={at}, columns="code, name, meaning, fix") >>\n'
        description = f"{title}: {', '.join(answering)}"
        yield _page(f"commands/{at.lower()}.md", title, description, text, "command", [], group, speaker.lang)


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
