"""Renders directives with one dataset and one set of templates."""

# Annotations are no strings in this module: a NamedTuple compiles those that are, which takes most of its time.

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..codes import Code, Reply
from ..dataset import Dataset, LeftOut, UnknownCode
from ..directives import Directive, Mistakes
from . import prose
from .links import link_codes
from .speaker import Speaker
from .templates import TemplateMistake, Templates, strict_label, strict_words

#: White space before a block, which the parsers of search plugins would take up as text, hundreds of times a section. Headings
#: begin a line, for whoever reads the source.
_GAP = re.compile(
    r">\s+(?=</?(?:p|div|section|figure|figcaption|[ou]l|li|dl|d[dt]|table|caption|t[rdh]|thead|tbody|details|summary)\b)"
)
#: HTML beyond doubt; what only begins as a tag may be an address.
_END_TAG = r"(?i)</[a-z]+>"

if TYPE_CHECKING:
    from ..recognition.redacting import Redactor


class Section(NamedTuple):
    """A rendered directive.

    Attributes:
        html: the HTML, with one root element.
        id: the id that its heading carries, "" for running text.
        codes: the codes that it is about, as written.
        title: the text of its heading.
        shown: every code that it tells of: for a table, also those that it selects by class, subject or command.
    """

    html: str
    id: str
    codes: tuple[str, ...]
    title: str
    shown: tuple[str, ...]


class Renderer:
    """Renders directives with one dataset and one set of templates."""

    def __init__(self, dataset: Dataset, templates: Path | None = None, shown: str = "") -> None:
        self.dataset = dataset
        self.templates = Templates(templates, shown)
        self._speakers: dict[str, Speaker] = {}
        self._redactor: Redactor | None = None

    def begin_page(self) -> None:
        """Forget the examples that stand for what was taken out of the replies of the last page."""
        self._redactor = None

    @property
    def redactor(self) -> "Redactor":
        """The examples of the page that is rendered."""
        if self._redactor is None:
            from ..recognition.redacting import Redactor  # noqa: PLC0415 (only where a reply is shown)

            self._redactor = Redactor()
        return self._redactor

    @property
    def has_own_templates(self) -> bool:
        """Whether templates of the site stand over ours."""
        return self.templates.folder is not None

    def codes(self, directive: Directive) -> tuple[Code, ...]:
        """The codes that a directive names one by one.

        Raises:
            Mistakes: a code is unknown.
        """
        codes: list[Code] = []
        messages, known = [], []
        for text in directive.named:
            try:
                codes.append(self.dataset.code(text))
            except LeftOut as left_out:
                known.append(f"{directive.name}: {left_out.message}")
            except UnknownCode as unknown:
                from .unknown_names import instead  # noqa: PLC0415 (only for a mistake)

                meant = instead(text, directive.signature, self.dataset)
                messages.append(f"{directive.name}: {meant or unknown.message}")
        if messages or known:
            raise Mistakes(messages, known)
        return tuple(codes)

    def render(self, directive: Directive, lang: str, level: int = 2) -> Section:
        """The HTML of a directive; ``level`` is that of its heading.

        Raises:
            Mistakes: the directive names something that does not exist.
            TemplateMistake: a template of the site is wrong.
        """
        context = self._context(directive, lang, level)
        html = self.templates.render(directive.name, context)
        own = directive.codes[0] if directive.name == "smtp_code" else ""
        speaker = self.speaker(lang)
        html = link_codes(_GAP.sub(">", html), lambda text: speaker.known_link(text) if text != own else "")
        codes = tuple(context["codes"])
        return Section(html, context["id"], codes, context["title"], tuple(context.get("shown", codes)))

    def malformed(
        self, directive: Directive, lang: str, level: int, wrong: Callable[[str], tuple[str, int, int]]
    ) -> TemplateMistake | None:
        """What is wrong with the HTML of a directive, at its place in a template of the site.

        Args:
            directive: the directive.
            lang: its language.
            level: that of its heading.
            wrong: says what is wrong with HTML as a whole, with line and column; "" for nothing.
        """
        made = self.templates.made(directive.name, self._context(directive, lang, level))
        return self.templates.malformed(directive.name, made, *wrong(made.html))

    def _context(self, directive: Directive, lang: str, level: int) -> dict[str, Any]:
        # Imported here: `contexts` is the larger half, and a site without a directive never needs it.
        from .contexts import context as context_of  # noqa: PLC0415

        speaker = self.speaker(lang)
        context = context_of(self, directive, speaker)
        title = str(directive.options.get("title") or "")
        if title:
            from ..dataset.markup import marked  # noqa: PLC0415 (only for a title of its own)

            if problem := marked(title) or (
                "raw HTML is shown as it stands here" if re.search(_END_TAG, title) else ""
            ):
                raise Mistakes([f"{directive.name}: title: {problem}"])
        section_id = str(directive.options.get("id") or context["id"])
        context["axis"] = speaker.axis
        if self.templates.folder is not None:
            context |= strict_words(speaker.words, context)
        return {
            **context,
            "id": section_id,
            "alias": context.get("former_id", "") if section_id == context["id"] else "",
            "between": speaker.between,
            "separator": speaker.separator,
            "groups": speaker.groups,
            "colon": speaker.colon,
            "aside": speaker.aside,
            "quoted": speaker.quoted,
            "level": level,
            "lang": lang,
            "dir": speaker.words.direction,
            "label": strict_label(speaker.words),
            "title": title or context["title"],
            "link": speaker.link,
        }

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
            if "unregistered" in notes:
                from .unknown_names import unregistered  # noqa: PLC0415 (only for such a code)

                remarks.append(f"{directive.name}: {unregistered(code, self.dataset)}")
        return remarks

    def conflicts(self, directive: Directive) -> list[str]:
        """The replies of a directive that no server can send, since their two codes have different classes."""
        if directive.signature.selects or directive.signature.raw or directive.name == "smtp_replies":
            return []
        codes = map(self.dataset.code, directive.codes)
        return [
            f"{directive.name}: the class of {code.enhanced} contradicts the first digit of {code.basic}; both begin with the"
            " same digit (RFC 2034 §4)"
            for code in codes
            if isinstance(code, Reply)
            and not code.agrees
            and not any(str(code) in row.codes for row in self.dataset.replies_to(code))
        ]

    def titles(self, codes: Sequence[str], lang: str) -> str:
        """The title of a comparison (or of one entry) in a language."""
        words = self.dataset.words(lang)
        names = [self.dataset.entry(self.dataset.code(code), lang).name.text for code in codes]
        named = [f"{code} {name}" for code, name in zip(self._isolated(codes, lang), names, strict=True)]
        return prose.fill_plain(words.label("title"), {"codes": words.label("title_separator").join(named)})

    def listed(self, codes: Sequence[str], lang: str) -> str:
        """What a list calls a page: a comparison by its codes, an entry by its code and name."""
        if len(codes) > 1:
            return self.short_title(codes, lang)
        (code,) = self._isolated(codes, lang)
        return f"{code} {self.dataset.entry(self.dataset.code(codes[0]), lang).name.text}"

    def short_title(self, codes: Sequence[str], lang: str) -> str:
        """``250 vs 535``, for the contents of a page, which may be in another language than the section."""
        short = [f"\u2066{code}\u2069" if " " in code else code for code in codes]
        if self.dataset.words(lang).direction == "rtl":
            short = self._isolated(codes, lang)
        return self.dataset.words(lang).label("title_separator").join(short)

    def _isolated(self, codes: Sequence[str], lang: str) -> list[str]:
        # A title is plain text, where only these marks keep the parts of "550 5.7.1" from changing places.
        rtl = self.dataset.words(lang).direction == "rtl"
        return [f"\u2066{code}\u2069" for code in codes] if rtl else list(codes)
