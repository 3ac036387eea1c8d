"""What stands in the place of a directive that is wrong, and all that is to be said of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from xml.etree import ElementTree as etree

from markdown.util import AMP_SUBSTITUTE, AtomicString

from ... import encodings
from ...directives import SIGNATURES, Directive, Mistakes, find_all
from ...rendering.templates import TemplateMistake
from ...rendering.unknown_names import language_mistake

if TYPE_CHECKING:
    from ...dataset import Dataset
    from ...directives.finding import Found
    from ...rendering.renderer import Renderer
    from .. import SmtpCodesExtension


def told(
    error: Exception, name: str, directive: Directive | None, extension: SmtpCodesExtension
) -> tuple[list[str], list[str]]:
    """What is to be said of a directive that could not be rendered, and what was said of it already."""
    if isinstance(error, TemplateMistake):
        extension.report_template(error)
        return [], [f"{name}: {error}"]
    if not isinstance(error, Mistakes):
        return [f"{name}: {unforeseen(error)}"], []
    messages, known = with_codes(error, directive, extension.renderer)
    dataset = extension.renderer.dataset
    if error.lang and dataset.nearest_language(error.lang) is None:
        unknown = f"lang={error.lang} {language_mistake(dataset, error.lang)}"
        messages = [*messages, f"{messages[0].partition(':')[0]}: {unknown}"]
    return messages, known


def with_codes(mistakes: Mistakes, directive: Directive | None, renderer: Renderer) -> tuple[list[str], list[str]]:
    """What is wrong in a directive, with its codes that do not exist, which another mistake must not hide."""
    read = mistakes.read or directive
    messages, known = list(mistakes.messages), list(mistakes.known)
    try:
        if read is not None and read.signature.most and not read.signature.sender:
            renderer.codes(read)
    except Mistakes as more:
        messages, known = [*messages, *more.messages], [*known, *more.known]
    return list(dict.fromkeys(messages)), list(dict.fromkeys(known))


def not_alone(raw: str, text: str) -> str:
    """What to say of a section that has something beside it on its line."""
    if f"{raw}>" in text:
        return f": >> closes a directive, and a > is too many; write {raw}"
    return " makes a whole section; write it on lines of its own"


def follows(raw: str, text: str) -> bool:
    """Whether a section stands behind another on its line, which has the message for both."""
    line = next((line for line in text.split("\n") if raw in line), "")
    found = [line[one.start : one.end] for one in find_all(line) if not one.escaped and _is_section(one)]
    return len(found) > 1 and found[0] != raw and raw in found


def _is_section(found: Found) -> bool:
    return (signature := SIGNATURES.get(found.name)) is not None and signature.block


def wrong_id(name: str, codes: Sequence[str], dataset: Dataset, *, used: bool) -> Iterator[str]:
    """What is wrong with the anchor that a section asks for: the page has it, or it is that of another entry."""
    from ...dataset import naming  # noqa: PLC0415 (only for a section with an anchor of its own)

    if used:
        yield f'id="{name}" stands on this page already, and an anchor leads to one place; write another, or leave it out'
        return
    try:
        key = naming.key_of(name, dataset) if naming.is_ours(name, dataset) else ""
    except (KeyError, naming.UnknownName):
        return
    if key and key not in {*codes, naming.comparison(codes)}:
        yield f'id="{name}" is the anchor of another entry, whose links would end here; write another, or leave it out'


def in_address(raw: str, text: str, codes: Sequence[str]) -> str:
    """The message about a directive in the address of a link, "" where it stands in none."""
    if not re.search(rf"\]\(\s*<?\s*{re.escape(raw)}", text):
        return ""
    from ...dataset.naming import name_of  # noqa: PLC0415 (only for a mistake)

    return (
        f"{raw} is no address of a link; for a link to the entry write [text][{name_of(codes[0] if codes else '550')}]"
    )


def unforeseen(error: Exception) -> str:
    """The message about a fall that nobody foresaw, so that one directive does not take all the others with it.

    Raises:
        Exception: the error, where it was raised to end the build, or is told elsewhere.
    """
    from .. import DirectiveError  # noqa: PLC0415 (it imports this)

    if isinstance(error, DirectiveError) or encodings.broken_file(error):
        raise error
    said = " ".join(f"{type(error).__name__}: {error}".split())
    return f"nothing could be made of it ({said}); this is a mistake in mkdocs-smtpcodes, please report it"


def shown(raw: str, block: bool, message: str) -> etree.Element:
    """The directive as it was written, marked for the writer who looks at the preview."""
    element = etree.Element("p" if block else "span", {"class": "smtp-mistake"})
    mark = etree.SubElement(element, "mark", {"title": message})
    code = etree.SubElement(mark, "code")
    code.text = AtomicString(raw.replace("&", f"{AMP_SUBSTITUTE}amp;"))
    return element
