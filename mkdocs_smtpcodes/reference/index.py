"""The text of the reference's index: its codes in tables that a strict build takes, however many there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import quote

from markupsafe import Markup

from ..codes import BasicCode, Code, EnhancedCode, Reply
from ..dataset import Dataset, Words
from ..dataset.naming import comparison
from ..directives import SIGNATURES
from ..rendering.links import ATTRIBUTE, PLACE
from ..rendering.speaker import Speaker

if TYPE_CHECKING:
    from .pages import GeneratedPage

COMMANDS = "commands/index.md"
#: As many codes as one directive takes.
_MOST = SIGNATURES["smtp_table"].most


def group(code: Code, dataset: Dataset) -> str:
    """The label of the heading that a code stands under, in the index and in the navigation."""
    if str(code) in dataset.site_codes:
        return "own_codes"
    if isinstance(code, Reply):
        return "whole_replies"
    return "by_class" if isinstance(code, BasicCode) else "by_subject"


def index_text(speaker: Speaker, codes: Sequence[Code], listed: Sequence[GeneratedPage]) -> str:
    """The Markdown of the index: the codes in tables, and the other pages that are listed."""
    label, dataset = speaker.words.label, speaker.dataset
    text = [f"# {label('reference')}\n"]
    for heading in ("by_class", "by_subject", "whole_replies", "own_codes"):
        if here := [code for code in codes if group(code, dataset) == heading]:
            text += [f"## {label(heading)}\n", *_tables(speaker, heading, here)]
    for heading in ("comparisons", "by_reason", "by_sender"):
        if links := [_link(page) for page in listed if page.group == label(heading)]:
            # Raw, because whether the site has such a page is known when all of them stand.
            text.append(f"## {label(heading)}\n\n<p>{'&nbsp;· '.join(links)}</p>\n")
    text.append(f"## {label('by_command')}\n\n[{label('table_commands')}]({COMMANDS})\n")
    return "\n".join(text)


def _link(page: GeneratedPage) -> str:
    key = comparison(page.codes) if page.codes else f"{page.kind}:{PurePosixPath(page.path).stem}"
    name = page.short.replace(" ", "\u00a0") if page.codes else page.short
    return Markup('<a class="{}" {}="{}/{}">{}</a>').format(PLACE, ATTRIBUTE, page.lang, quote(key), name)


def _tables(speaker: Speaker, heading: str, codes: Sequence[Code]) -> Iterator[str]:
    """The tables under a heading: one for each class or subject."""
    label, words = speaker.words.label, speaker.words
    if heading == "own_codes":
        yield from _table(codes, label("own_codes"), "smtp-index-own")
        return
    if heading == "by_subject":
        enhanced = [code for code in codes if isinstance(code, EnhancedCode)]
        for subject in sorted({code.subject for code in enhanced}):
            name = words.get("subjects", subject).text
            here: list[Code] = [code for code in enhanced if code.subject == subject]
            yield from _table(here, f"X.{subject} {name}".strip(), f"smtp-index-x.{subject}")
        return
    kind = "reply" if heading == "whole_replies" else "code"
    for digit in dict.fromkeys(code.class_digit for code in codes):
        here = [code for code in codes if code.class_digit == digit]
        yield from _table(here, class_title(words, digit), f"smtp-index-{kind}-{digit}xx")


def class_title(words: Words, digit: int) -> str:
    return f"{digit}xx {words.get('classes', digit, 'name').text}".strip()


def _table(codes: Sequence[Code], title: str, anchor: str) -> Iterator[str]:
    quote = "'" if '"' in title else '"'
    title = title.replace(quote, "")
    for number, start in enumerate(range(0, len(codes), _MOST)):
        some = ", ".join(map(str, codes[start : start + _MOST]))
        last = f"-{number + 1}" if number else ""
        yield f"<< smtp_table({some}, title={quote}{title}{quote}, id={anchor}{last}) >>\n"
