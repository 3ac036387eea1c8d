"""A directive, the dataset and a language in; an HTML section out. It never sees MkDocs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import jinja2

from .. import comparison, prose
from ..codes import Code
from ..dataset import Dataset, Entry, UnknownCode
from ..directives import PARTS, Directive, Mistakes
from .speaker import Speaker, rfc_url

TEMPLATES = Path(__file__).parent.parent / "templates"


def anchor(code: str) -> str:
    return code.replace(" ", "-")


@dataclass(frozen=True, slots=True)
class Section:
    """A rendered directive: HTML with one root element, and the id that its heading carries."""

    html: str
    id: str


class Renderer:
    """Renders directives with one dataset and one set of templates."""

    def __init__(self, dataset: Dataset, templates: Path | None = None) -> None:
        self.dataset = dataset
        self._templates = templates

    @cached_property
    def environment(self) -> jinja2.Environment:
        folders = [self._templates, TEMPLATES] if self._templates else [TEMPLATES]
        environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(folders),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters |= {"inline": prose.inline, "paragraphs": prose.paragraphs, "rfc_url": rfc_url}
        return environment

    def codes(self, directive: Directive) -> tuple[Code, ...]:
        """The codes of a directive.

        Raises:
            Mistakes: a code is unknown, or two spellings name the same code.
        """
        codes, messages = [], []
        for text in directive.codes:
            try:
                codes.append(self.dataset.code(text))
            except UnknownCode as unknown:
                messages.append(f"{directive.name}: {unknown.code} is not a known code{_did_you_mean(unknown.near)}")
        if messages:
            raise Mistakes(messages)
        return tuple(codes)

    def render(self, directive: Directive, lang: str, level: int) -> Section:
        """The section of a block directive, its heading at a level.

        Raises:
            Mistakes: the directive names something that does not exist.
            jinja2.TemplateError: a template of the site is wrong.
        """
        context = _CONTEXTS[directive.name](self, directive, lang)
        section_id = str(directive.options.get("id") or context["id"])
        template = self.environment.get_template(f"{directive.name}.html")
        html = template.render(
            {
                **context,
                "id": section_id,
                "level": level,
                "lang": lang,
                "dir": self.dataset.words(lang).direction,
                "label": self.dataset.words(lang).label,
                "title": directive.options.get("title") or context["title"],
            }
        )
        return Section(html, section_id)

    # --- contexts ------------------------------------------------------------------------------------------------------

    def _compare(self, directive: Directive, lang: str) -> dict[str, Any]:
        codes = self.codes(directive)
        words = self.dataset.words(lang)
        entries = [self.dataset.entry(code, lang) for code in codes]
        told = lambda a, b: bool(self.dataset.pair(a.code, b.code, lang))  # noqa: E731
        compared = comparison.compare([entry.profile for entry in entries], self.dataset.classes, told)
        speaker = Speaker(self.dataset, words)
        names = [f"{entry.code} {entry.name.text}" for entry in entries]
        separator = words.label("title_separator")
        return {
            "id": "smtp-" + "-vs-".join(anchor(str(code)) for code in codes),
            "title": prose.fill_plain(words.label("title"), {"codes": separator.join(names)}),
            "parts": directive.options.get("parts", PARTS["smtp_compare"]),
            "entries": entries,
            "shared": [],
            "summary": speaker.summary(entries, compared),
            "glance": [speaker.row(row) for row in compared.rows],
            "differences": [speaker.difference(d, entries, lang) for d in compared.differences],
            "notes": [note for entry in entries for note in speaker.notes(entry.profile)],
            "session": speaker.session([entry.profile for entry in entries]),
            "sources": _all_sources(entries),
            "class_word": speaker.class_word,
        }


def _all_sources(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """The sections behind the codes, the defining ones first, each with the codes that it is about."""
    defining = [entry.profile.sources[0] for entry in entries if entry.profile.sources]
    every = [source for entry in entries for source in entry.profile.sources]
    return [
        {
            "text": source,
            "url": rfc_url(source),
            "codes": [entry.key for entry in entries if source in entry.profile.sources],
        }
        for source in dict.fromkeys([*defining, *every])
    ]


def _did_you_mean(near: Sequence[str]) -> str:
    if not near:
        return ""
    listed = near[0] if len(near) == 1 else f"{', '.join(near[:-1])} or {near[-1]}"
    return f"; did you mean {listed}?"


_CONTEXTS: Mapping[str, Callable[[Renderer, Directive, str], dict[str, Any]]] = {
    "smtp_compare": Renderer._compare,
}
