"""Where a mistake is told to stand, and that each is told once, however often what holds it is included or repeated."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from ... import yaml_lines
from ...suggestions import language_tag
from .. import configured
from .origin import ELSEWHERE, Origin, origin

if TYPE_CHECKING:
    from ...dataset import Dataset
    from .. import SmtpCodesExtension
    from ..state import Page, Where


def placed(message: str, where: Where, page: Page) -> tuple[Origin, str]:
    """The place of what a message is about, and the message; it says so where that place is in none of the files known."""
    place = origin(where, page)
    return place, f"{message} ({ELSEWHERE})" if place.line is None else message


def located(message: str, where: Where, page: Page) -> str:
    """A message with its place before it."""
    place, message = placed(message, where, page)
    return f"{place}: {message}" if str(place) else message


def once(message: str, where: Where, extension: SmtpCodesExtension) -> str:
    """A mistake with its place before it; "" where it has been told of the same place."""
    place, message = placed(message, where, extension.page)
    if extension.getConfig("on_error") == "raise":
        extension.told.clear()  # the first of a page has to end its conversion, each time
    known = (place, message) in extension.told and bool(place.file or place.line)
    extension.told.add((place, message))
    text = f"{place}: {message}" if str(place) else message
    if known or (place.file != extension.page.path and not configured.first(extension.build, text, _stamp(place.file))):
        return ""
    return text


def _stamp(file: str) -> int:
    """When a file was written, for an engine that begins anew with each page."""
    try:
        return Path(file).stat().st_mtime_ns
    except (OSError, ValueError):
        return 0


def tell_language(extension: SmtpCodesExtension, fallback: str) -> None:
    """Name the language in the front matter of the page, once, where it has no words and another one is taken."""
    page, dataset = extension.page, extension.renderer.dataset
    asked = page.meta_lang
    unknown = dataset.nearest_language(asked) is None and not dataset.gone("words", asked)
    if unknown and (page, "lang") not in extension.told:
        extension.told.add((page, "lang"))
        extension.complain(_no_words(page, fallback, dataset))


def _meta_line(source: str) -> int:
    """The line of the language in front matter without dashes, whose names are those of MultiMarkdown, in any case."""
    above = re.split(r"\n[ \t]*\n", source, maxsplit=1)[0].split("\n")
    return next((number for number, line in enumerate(above, 1) if line[:5].casefold() == "lang:"), 0)


def _no_words(page: Page, fallback: str, dataset: Dataset) -> str:
    """The message about a language in the front matter of a page that has no words, with its place."""
    source = page.source()
    line = yaml_lines.line_of(source, "lang") or _meta_line(source)
    place = ":".join(part for part in (page.path, str(line or "")) if part)
    asked = page.meta_lang
    one = re.fullmatch(r"\['?([\w-]+)'?\]", asked)
    if one and dataset.nearest_language(one[1]):
        message = f"lang: expected one language, found a list; write lang: {one[1]}"
    else:
        shown = "a list or a mapping" if asked[:1] in ("[", "{") else asked.lower() if asked in _TRUTH else asked
        tag = language_tag(asked)
        mend = (
            f"write {tag}"
            if tag
            else f"it takes one of {', '.join(dataset.languages)}, and data_files take words of others"
        )
        message = (
            f"lang: {shown} is not a language with words, and what a directive makes here is in {fallback}; {mend}"
        )
    return f"{place}: {message}" if place else message


#: How Python writes what YAML reads as true or false.
_TRUTH = ("True", "False")
