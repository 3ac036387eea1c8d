"""From the HTML of a section to Markdown without any HTML: CommonMark, with the tables of GitHub.

It reads what templates make, so it knows few elements, and loses nothing of them: what it does not know gives its text. A
library that converts the HTML of the whole web would not know a table's caption, a row that unfolds, a tooltip or a picture
told in a sentence, and escapes less than MDX and Vue need.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from xml.etree import ElementTree as etree

from markdown.util import AMP_SUBSTITUTE

from .elements import HEADINGS, elements
from .state import HIDDEN

_BLOCKS = {
    *HEADINGS, "address", "article", "aside", "blockquote", "details", "div", "dl", "figcaption", "figure", "footer", "header",
    "hr", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "ul",
}  # fmt: skip
_UNSEEN = {"script", "style", "template", "textarea", "button", "input", "select", "option"}
_STRONG, _EMPHASIS, _CODE = {"b", "strong", "th"}, {"em", "i", "cite", "dfn"}, {"code", "kbd", "samp"}
#: What Markdown, MDX or Vue would read as more than text.
_SPECIAL = re.compile(r"[\\`*\[\]<{}]|(?<!\w)_|_(?!\w)|~(?=~)|&(?=#?\w+;)")
#: What begins a block of another kind at the start of a line.
_START = re.compile(r"(?:#{1,6}|[-+]|>|=+|~{3,}|:{3,}|\|)(?=\s|$|[>~:|=-])|\d{1,9}(?=[.)](?:\s|$))|>")
_TICKS = re.compile("`+")
_SPACES = re.compile(r"[ \t\n\r\f]+")  # a space at which no line may break stays
Links = Callable[[str], str]


def commonmark(html: str, link: Links = str) -> str:
    """The Markdown of a section or of a piece of running text, without a line feed at its end.

    Args:
        html: HTML with one root element.
        link: gives the address that a link shall have.
    """
    return _Writer(link).text(elements(html))


class _Writer:
    def __init__(self, link: Links) -> None:
        self._link = link

    def text(self, root: etree.Element) -> str:
        if _tag(root) in _BLOCKS:
            return "\n\n".join(self._block(root))
        return self._inline(_span("", root))

    # --- blocks --------------------------------------------------------------------------------------------------------

    def _blocks(self, element: etree.Element) -> Iterator[str]:
        """The blocks in an element; what stands between them is a paragraph."""
        run = etree.Element("span")
        run.text = element.text
        for child in element:
            if _tag(child) in _BLOCKS:
                yield from self._paragraph(run)
                run = etree.Element("span")
                run.text = child.tail
                yield from self._block(child)
            else:
                run.append(child)
        yield from self._paragraph(run)

    def _paragraph(self, element: etree.Element) -> Iterator[str]:
        if text := self._inline(element):
            match = _START.match(text)
            at = 0 if match is None else match.end() if text[0].isdigit() else match.start()
            yield text if match is None else f"{text[:at]}\\{text[at:]}"

    def _block(self, element: etree.Element) -> Iterator[str]:
        tag = _tag(element)
        if _hidden(element):
            return
        if element.get("role") == "img":
            yield from self._paragraph(_span(element.get("aria-label", "")))
        elif tag in HEADINGS or element.get("role") == "heading":
            level = int(element.get("aria-level", tag[1:] if tag in HEADINGS else "6"))
            if text := self._inline(element):
                text = f"{text[:-1]}\\#" if text.endswith("#") else text
                yield f"{'#' * level} {text}" if level <= 6 else f"**{text}**"
        elif tag in {"p", "figcaption"}:
            yield from self._blocks(element) if any(_tag(e) in _BLOCKS for e in element) else self._paragraph(element)
        elif tag == "summary":
            yield from self._strong(element)
        elif tag in {"ul", "ol"}:
            yield from self._list(element, ordered=tag == "ol")
        elif tag == "dl":
            yield from self._terms(element)
        elif tag == "pre":
            text = _plain("".join(element.itertext())).strip("\n")
            fence = "`" * max(3, *(len(ticks) + 1 for ticks in _TICKS.findall(text)), 3)
            yield f"{fence}text\n{text}\n{fence}"
        elif tag == "table":
            yield from self._table(element)
        elif tag == "blockquote":
            yield "\n".join(f"> {line}".rstrip() for line in "\n\n".join(self._blocks(element)).split("\n"))
        elif tag == "hr":
            yield "---"
        elif tag == "figure" and (shown := element.find("*[@role='img']")) is not None:
            caption = element.find("figcaption")
            said = self._inline(caption) if caption is not None else ""
            if said and not self._inline(_span(shown.get("aria-label", ""))).startswith(said):
                yield from self._paragraph(_span(said))
            yield from self._block(shown)
        else:
            yield from self._blocks(element)

    def _strong(self, element: etree.Element) -> Iterator[str]:
        bold = etree.Element("b")
        bold.text, bold[:] = element.text, list(element)
        yield from self._paragraph(_span("", bold))

    def _list(self, element: etree.Element, *, ordered: bool) -> Iterator[str]:
        items = [item for item in element if not _hidden(item)]
        yield from _listed([self._named(item) or "\n\n".join(self._blocks(item)) for item in items], ordered=ordered)

    def _named(self, item: etree.Element) -> str:
        """A name and what it means, which a page shows in two styles: the name in bold, and a colon. "" for any other item."""
        if len(item) != 2 or (item[0].tag, item[1].tag) != ("a", "span") or (item.text or "").strip():
            return ""
        blank = not (item[0].tail or "").strip() and not (item[1].tail or "").strip()
        name, means = self._inline(_span("", item[0])).strip(), self._inline(item[1])
        return f"**{name}**: {means}" if blank and name and means else ""

    def _terms(self, element: etree.Element) -> Iterator[str]:
        """A term as a line in bold; of several descriptions each is an item."""
        described: list[str] = []
        for child in [*element, etree.Element("dt")]:
            if _tag(child) == "dd":
                described.append("\n\n".join(self._blocks(child)))
                continue
            yield from _listed(described) if len(described) > 1 else described
            described = []
            yield from self._strong(child)

    # --- tables --------------------------------------------------------------------------------------------------------

    def _table(self, table: etree.Element) -> Iterator[str]:
        if (caption := table.find("caption")) is not None:
            yield from self._strong(caption)
        rows = list(table.iter("tr"))
        if not rows:
            return
        head = table.find("thead/tr")
        width = max(len(row) for row in rows)
        unfolded: list[str] = []
        lines = []
        named = rows[0]
        for row in rows:
            named = named if row.find("th") is None else row
            for details in [found for cell in row for found in cell.iter("details")]:
                unfolded.append(self._unfolded(named, details))
            cells = [self._cell(cell) for cell in row]
            if not any(cells):
                continue
            lines.append(f"| {' | '.join([*cells, *([''] * (width - len(cells)))])} |")
        if head is None:
            lines.insert(0, f"|{'  |' * width}")
        lines.insert(1, f"|{' --- |' * width}")
        yield "\n".join(lines)
        yield from _listed(unfolded)

    def _cell(self, cell: etree.Element) -> str:
        blocks = []
        bare = etree.Element("div")
        bare.text = cell.text
        for child in cell:
            if _tag(child) == "details":
                continue  # stands below the table
            bare.append(child)
        for block in self._blocks(bare):
            blocks.append(" ".join(line.strip() for line in block.split("\n")))
        return re.sub(r"(?<!\\)\|", r"\\|", " ".join(blocks).replace("\\\\|", "\\|"))

    def _unfolded(self, row: etree.Element, details: etree.Element) -> str:
        """What a row hides, as an item of a list below the table, after the name of the row."""
        name = next((self._inline(cell) for cell in row if _tag(cell) == "th"), "")
        summary = details.find("summary")
        said = self._inline(summary) if summary is not None else ""
        rest = etree.Element("div")
        rest[:] = [child for child in details if child is not summary]
        head = " · ".join(part for part in (f"**{name}**" if name else "", said) if part)
        return "\n\n".join([head, *self._blocks(rest)])

    # --- running text --------------------------------------------------------------------------------------------------

    def _inline(self, element: etree.Element) -> str:
        return _SPACES.sub(" ", self._run(element)).strip(" ")

    def _run(self, element: etree.Element) -> str:
        parts = [_escape(element.text)]
        for child in element:
            made = self._piece(child)
            last = parts[-1] if parts[-1] else "".join(parts)
            parts += [_gap(last, made), made] if made else []
            parts.append(_escape(child.tail))
            if made:
                parts[-1] = _gap(made, parts[-1]) + parts[-1]
        return "".join(parts)

    def _piece(self, child: etree.Element) -> str:
        tag = _tag(child)
        if _hidden(child) or child.get("role") == "tooltip":
            return ""
        if tag in _CODE:
            return _code(_plain("".join(child.itertext())))
        if tag == "br":
            return " "
        if tag == "img":
            return f"![{_escape(child.get('alt'))}]({link_target(child.get('src', ''))})"
        text = self._run(child)
        if not text.strip():
            return text
        if tag == "a" and child.get("href"):
            return _around("[", text, f"]({link_target(self._link(child.get('href', '')))}{self._title(child)})")
        if tag in _STRONG:
            return _around("**", text, "**")
        if tag in _EMPHASIS:
            return _around("*", text, "*")
        if "smtp-inline" in child.get("class", "").split():
            return self._explained(child, text)
        return text

    def _explained(self, element: etree.Element, text: str) -> str:
        """A code and its tooltip: the title of the link."""
        tip = next((e.get("aria-label", "") for e in element if e.get("role") == "tooltip"), "")
        if text.endswith(")") and tip and not text.endswith('")'):
            escaped = _plain(tip).replace("\\", "\\\\").replace('"', '\\"')
            return f'{text[:-1]} "{escaped}")'
        return text

    @staticmethod
    def _title(link: etree.Element) -> str:
        title = _plain(link.get("title", "")).replace("\\", "\\\\").replace('"', '\\"')
        return f' "{" ".join(title.split())}"' if title.strip() else ""


def _tag(element: etree.Element) -> str:
    return str(element.tag).removeprefix(HIDDEN)


def _hidden(element: etree.Element) -> bool:
    return "hidden" in element.attrib or _tag(element) in _UNSEEN


def _span(text: str, *children: etree.Element) -> etree.Element:
    span = etree.Element("span")
    span.text, span[:] = text, children
    return span


def _plain(text: str) -> str:
    return text.replace(f"{AMP_SUBSTITUTE}amp;", "&")


def _escape(text: str | None) -> str:
    return _SPACES.sub(" ", _SPECIAL.sub(r"\\\g<0>", _plain(text))) if text else ""


def _code(text: str) -> str:
    text = " ".join(text.split())
    ticks = "`" * (max((len(found) for found in _TICKS.findall(text)), default=0) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{pad}{text}{pad}{ticks}" if text else ""


def link_target(address: str) -> str:
    """An address as it may stand in the parentheses of a link."""
    for char, escaped in ((" ", "%20"), ("(", "%28"), (")", "%29"), ("<", "%3C"), (">", "%3E")):
        address = address.replace(char, escaped)
    return address


def _around(opening: str, text: str, closing: str) -> str:
    """Marks around a text, with the spaces at its ends outside of them, where Markdown reads them as marks."""
    bare = text.strip()
    left = " " if text[:1].isspace() else ""
    return f"{left}{opening}{bare}{closing}{' ' if text[-1:].isspace() else ''}"


def _gap(before: str, after: str) -> str:
    """The space that two pieces need between them: marks of emphasis beside punctuation on one side and a word on the other are
    no marks to Markdown, which languages without spaces meet often."""
    if not before or not after or before[-1].isspace() or after[0].isspace():
        return ""
    closes = before.endswith("*") and not before.endswith("\\*") and _punctuation(before.rstrip("*")[-1:])
    opens = after.startswith("*") and _punctuation(after.lstrip("*")[:1])
    if closes and not _punctuation(after[0]):
        return " "
    return " " if opens and not _punctuation(before[-1]) else ""


def _punctuation(char: str) -> bool:
    return bool(char) and unicodedata.category(char)[0] in "PS"


def _listed(items: list[str], *, ordered: bool = False) -> Iterator[str]:
    """A list: close together where each item is one line."""
    if not items:
        return
    marks = [f"{number}. " if ordered else "- " for number in range(1, len(items) + 1)]
    written = []
    for mark, item in zip(marks, items, strict=True):
        lines = item.split("\n")
        written.append("\n".join([mark + lines[0], *(" " * len(mark) + line if line else "" for line in lines[1:])]))
    yield ("\n" if all("\n" not in item for item in items) else "\n\n").join(written)
