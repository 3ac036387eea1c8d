"""From the HTML of a section to elements. What a browser reads is well formed; what it has to guess is a mistake."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from xml.etree import ElementTree as etree

from markdown.util import AMP_SUBSTITUTE, AtomicString

from ..autolink_wishes import numbered
from ..rendering.links import MENTIONS
from .state import HIDDEN

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z][A-Za-z0-9]*;")
_VOID = re.compile(r"<(area|br|col|embed|hr|img|input|source|track|wbr)\b([^<>]*?)\s*/?>")
_NAMESPACE = r"\{[^}]*\}"
#: What a browser says nothing of, or reads without a guess at what belongs where.
_HARMLESS = (
    "expected-named-entity", "named-entity-without-semicolon", "expected-numeric-entity", "numeric-entity-without-semicolon",
    "illegal-codepoint-for-numeric-entity", "cant-convert-numeric-entity", "duplicate-attribute", "invalid-codepoint",
    "unexpected-character-after-attribute-value", "unexpected-character-in-unquoted-attribute-value",
    "invalid-character-in-attribute-name", "expected-tag-name", "unexpected-bang-after-double-dash-in-comment",
    "unexpected-dash-after-double-dash-in-comment", "unexpected-char-in-comment", "attributes-in-end-tag",
)  # fmt: skip


class Malformed(ValueError):
    """HTML that is no single element, or in which a browser has to guess.

    Attributes:
        line: the line of the HTML, from 1.
        column: the column, from 0.
    """

    def __init__(self, message: str, line: int = 1, column: int = 0) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


def elements(html: str) -> etree.Element:
    """HTML with one root as elements that no other processor reads on; only the first heading shows itself to `toc`.

    Where that is the title of the page, the parts below it make the contents.

    Raises:
        Malformed: the HTML is not well formed, or not one element.
    """
    try:
        # What HTML allows and XML does not, and is common: named characters, and tags that never close.
        root = etree.fromstring(_VOID.sub(r"<\1\2/>", _ENTITY.sub(lambda match: unescape(match[0]), html)).strip())
    except etree.ParseError:
        root = _as_browsers_do(html)
    shown: tuple[str, ...] = HEADINGS
    # Whether a part about the pages that name the code stays is only known when all pages stand.
    late = {inner for element in root.iter() if MENTIONS in element.attrib for inner in element.iter()}
    for element in root.iter():
        if element.tag in HEADINGS:
            tag = element.tag
            if tag not in shown or element in late:
                element.tag = HIDDEN + tag
            if shown is HEADINGS:
                shown = ("h2",) if tag == "h1" else ()
        element.text = _atomic(element.text)
        element.tail = _atomic(element.tail)
    return root


def malformed(html: str) -> tuple[str, int, int]:
    """What is wrong with HTML, "" for nothing, with line and column."""
    try:
        elements(html)
    except Malformed as error:
        return str(error), error.line, error.column
    return "", 1, 0


def _atomic(text: str | None) -> str | None:
    # The serializer leaves what looks like an entity as it is: `&lt;` in a title would become `<` for the reader.
    return AtomicString(text.replace("&", f"{AMP_SUBSTITUTE}amp;")) if text and "&" in text else text


def _as_browsers_do(html: str) -> etree.Element:
    # A parser of the HTML standard, and one that names what it had to guess, with the place. It is imported only for
    # templates of a site that are no XML.
    from tinyhtml5.parser import HTMLParser  # type: ignore[import-untyped]  # noqa: PLC0415

    parser = HTMLParser(namespace_html_elements=False)
    fragment: etree.Element = parser.parse_fragment(html)
    for (line, column), problem, values in parser.errors:
        if problem not in _HARMLESS:
            raise _malformed(html, problem, str(values.get("name", "")), line, column)
    _clean(fragment)
    texts = [fragment.text or "", *(child.tail or "" for child in fragment)]
    if len(fragment) == 0:
        raise Malformed("it makes no element; put what it makes into one, such as <section>")
    if len(fragment) > 1 or "".join(texts).strip():
        raise Malformed("it makes more than one element; put all of it into one, such as <section>")
    root = fragment[0]
    root.tail = None
    return root


def _malformed(html: str, problem: str, name: str, line: int, column: int) -> Malformed:
    if problem == "non-void-element-with-trailing-solidus":
        message = f"<{name}/> does not close itself in HTML; write <{name}></{name}>"
    elif problem == "expected-closing-tag-but-got-eof":
        name, line, column = next(_unclosed(html), ("", line, column))
        message = f"<{name}> is never closed" if name else "an element is never closed"
    elif problem.startswith("eof-in"):
        message = "a tag, an attribute or a comment is never closed"
    elif problem == "unexpected-end-tag-treated-as":
        message = "</br> is no tag; write <br>"
    elif "end-tag" in problem or "end-tag-too-early" in problem or problem.startswith("adoption-agency"):
        message = f"</{name}> does not fit what is open there"
    elif "table" not in problem and re.match("(?:unexpected|invalid)-char", problem):
        message = "< begins a tag, and no tag has what follows; write &lt; for the sign"
    elif "table" in problem:
        message = f"{f'<{name}>' if name else 'text'} stands in a table outside of its cells"
    elif name:
        message = f"<{name}> cannot stand there"
    else:
        message = problem.replace("-", " ")
    return Malformed(message, line, max(column - 1, 0))  # the last character of what is wrong


_TAG = r"<(/?)([A-Za-z][\w-]*)\b[^<>]*?(/?)>"


def _unclosed(html: str) -> Iterator[tuple[str, int, int]]:
    """The elements that are open at the end, the innermost first, by a count of tags."""
    opened: list[re.Match[str]] = []
    for tag in re.finditer(_TAG, _VOID.sub(lambda match: " " * len(match[0]), html)):
        names = [other[2] for other in opened]
        if tag[1]:
            if tag[2] in names:
                del opened[len(names) - 1 - names[::-1].index(tag[2]) :]
        elif not tag[3]:
            opened.append(tag)
    for tag in reversed(opened):
        before = html[: tag.start()]
        yield tag[2], before.count("\n") + 1, tag.start() - before.rfind("\n")


def _clean(root: etree.Element) -> None:
    """Without comments, and names without their namespaces, as the serializer of Python-Markdown writes them."""
    for parent in list(root.iter()):
        if isinstance(parent.tag, str):
            parent.tag = re.sub(_NAMESPACE, "", parent.tag)
            for name in [name for name in parent.attrib if name.startswith("{")]:
                prefix = "xlink:" if "xlink" in name else ""
                parent.set(prefix + re.sub(_NAMESPACE, "", name), parent.attrib.pop(name))
        last: etree.Element | None = None
        for child in list(parent):
            if isinstance(child.tag, str):
                last = child
                continue
            parent.remove(child)
            if last is not None:
                last.tail = (last.tail or "") + (child.tail or "")
            else:
                parent.text = (parent.text or "") + (child.tail or "")


def take_back(code: etree.Element, raw: str) -> None:
    """Make inline code that a highlighter has put aside a part of the page again, if it may have a code of SMTP.

    Args:
        code: the element, whose text is the place of what was put aside.
        raw: the HTML that was put aside.
    """
    if not numbered(re.sub(_TAG, "", raw)):
        return
    try:
        read = etree.fromstring(f"<code>{raw}</code>")
    except etree.ParseError:
        return
    for element in read.iter():
        element.text, element.tail = (AtomicString(text) if text else None for text in (element.text, element.tail))
    code.text, code[:] = read.text, list(read)


def used_ids(root: etree.Element, blocks: Iterable[object]) -> set[str]:
    """The ids of a page: of its elements, and of the finished HTML that Python-Markdown has put aside."""
    used = {element.attrib["id"] for element in root.iter() if "id" in element.attrib}
    for block in blocks:
        if isinstance(block, str):
            used.update(re.findall(_RAW_ID, block))
    return used


_RAW_ID = r"""(?i)\bid\s*=\s*["']?([^\s"'>]+)"""


def is_bold(block: etree.Element) -> bool:
    """Whether a paragraph is nothing but strong emphasis, with a colon behind it at most."""
    whole = block.tag == "p" and len(block) == 1 and block[0].tag == "strong" and not (block.text or "").strip()
    return whole and (block[0].tail or "").strip() in {"", ":"}
