"""Renders directives with one dataset and one set of templates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import jinja2

from ..codes import Code, Reply
from ..dataset import Dataset, UnknownCode
from ..directives import Directive, Mistakes
from ..suggestions import did_you_mean
from . import prose, templating
from .links import link_codes, rfc_url
from .speaker import Speaker

if TYPE_CHECKING:
    from ..recognition.redacting import Redactor


class Section(NamedTuple):
    """A rendered directive.

    Attributes:
        html: the HTML, with one root element.
        id: the id that its heading carries, "" for running text.
        codes: the codes that it is about, as written.
        title: the text of its heading.
    """

    html: str
    id: str
    codes: tuple[str, ...]
    title: str


class Renderer:
    """Renders directives with one dataset and one set of templates."""

    def __init__(self, dataset: Dataset, templates: Path | None = None) -> None:
        self.dataset = dataset
        self._templates = templates
        self._speakers: dict[str, Speaker] = {}
        self._redactor: Redactor | None = None

    def begin_page(self) -> None:
        """Forget the examples that stand for what was taken out of the replies of the last page."""
        self._redactor = None

    @property
    def redactor(self) -> Redactor:
        """The examples of the page that is rendered."""
        if self._redactor is None:
            from ..recognition.redacting import Redactor  # noqa: PLC0415 (only where a reply is shown)

            self._redactor = Redactor()
        return self._redactor

    @property
    def has_own_templates(self) -> bool:
        """Whether templates of the site stand over ours."""
        return self._templates is not None

    @cached_property
    def environment(self) -> jinja2.Environment:
        filters: dict[str, Callable[..., object]] = dict(
            zip(templating.FILTERS, (prose.inline, prose.paragraphs, rfc_url), strict=True)
        )
        return templating.environment(filters, self._templates)

    def template_place(self, error: BaseException, name: str) -> str:
        """``overrides/smtp_table.html:3``: where in a template an error arose."""
        import traceback  # noqa: PLC0415 (only for a mistake)

        line = getattr(error, "lineno", None)
        path = getattr(error, "filename", None)
        for frame, number in traceback.walk_tb(error.__traceback__):
            filename = frame.f_code.co_filename
            if filename.endswith(".html"):
                path, line = filename, number
        path = Path(path or self.environment.get_template(f"{name}.html").filename or name)
        if self._templates and path.is_relative_to(self._templates):
            path = Path(self._templates.name, path.relative_to(self._templates))
        return f"{path.as_posix()}:{line}" if line else path.as_posix()

    def codes(self, directive: Directive) -> tuple[Code, ...]:
        """The codes that a directive names one by one.

        Raises:
            Mistakes: a code is unknown.
        """
        codes, messages = [], []
        for text in directive.named:
            try:
                codes.append(self.dataset.code(text))
            except UnknownCode as unknown:
                messages.append(f"{directive.name}: {unknown.code} is not a known code{did_you_mean(unknown.near)}")
        if messages:
            raise Mistakes(messages)
        return tuple(codes)

    def render(self, directive: Directive, lang: str, level: int = 2) -> Section:
        """The HTML of a directive; ``level`` is that of its heading.

        Raises:
            Mistakes: the directive names something that does not exist.
            jinja2.TemplateError: a template of the site is wrong.
        """
        # Imported here: `contexts` is the larger half, and a site without a directive never needs it.
        from .contexts import CONTEXTS  # noqa: PLC0415

        speaker = self.speaker(lang)
        words = speaker.words
        context = CONTEXTS[directive.name](self, directive, speaker)
        section_id = str(directive.options.get("id") or context["id"])
        title = str(directive.options.get("title") or context["title"])
        html = self.environment.get_template(f"{directive.name}.html").render(
            {
                **context,
                "id": section_id,
                "alias": context.get("former_id", "") if section_id == context["id"] else "",
                "axis": speaker.axis,
                "level": level,
                "lang": lang,
                "dir": words.direction,
                "label": words.label,
                "title": title,
                "link": speaker.link,
            }
        )
        own = directive.codes[0] if directive.name == "smtp_code" else ""
        html = link_codes(html, lambda text: speaker.known_link(text) if text != own else "")
        return Section(html, section_id, tuple(context["codes"]), title)

    def speaker(self, lang: str) -> Speaker:
        """What speaks a language; the same for all sections."""
        if lang not in self._speakers:
            self._speakers[lang] = Speaker(self.dataset, self.dataset.words(lang))
        return self._speakers[lang]

    def remarks(self, directive: Directive) -> list[str]:
        """What a writer may want to know about the codes of a directive, and cannot mend."""
        if directive.signature.selects or directive.signature.raw or directive.name == "smtp_replies":
            return []
        remarks = []
        for code in map(self.dataset.code, directive.codes):
            notes = self.dataset.profile(code).notes
            if isinstance(code, Reply) and "class_conflict" in notes:
                remarks.append(
                    f"{directive.name}: the class of {code.enhanced} contradicts the first digit of {code.basic} (RFC 2034 §4)"
                )
            if "unregistered" in notes:
                remarks.append(
                    f"{directive.name}: {code} is not in the IANA registry; it is told by its class and subject"
                )
        return remarks

    def titles(self, codes: Sequence[str], lang: str) -> str:
        """The title of a comparison (or of one entry) in a language."""
        words = self.dataset.words(lang)
        names = [f"{code} {self.dataset.entry(self.dataset.code(code), lang).name.text}" for code in codes]
        return prose.fill_plain(words.label("title"), {"codes": words.label("title_separator").join(names)})
