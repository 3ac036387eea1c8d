"""A page of Markdown as passages: paragraphs, items, headings, cells and lines of code, each at its place in the source.

Nothing is converted, so that every character of a passage stands where it stands in the file. What is no text of the writer (an
address of a link, a tag, a comment, a directive, front matter, an expression of a template) is spaces.
"""

# Annotations are no strings in this module: a NamedTuple compiles those that are, which takes most of its time.

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from ..directives import find_all

PROSE, ITEM, HEADING, CELL, CODE = "prose", "item", "heading", "cell", "code"
#: The level of a line in bold that may be a heading: below all others.
BOLD = 7

_FRONT = re.compile(r"-{3}[ \t]*\n.*?\n(?:\.{3}|-{3})[ \t]*(?:\n|$)", re.DOTALL)
_FENCE = re.compile(r"[ \t>]*(?:(?:[-*+]|[0-9]+[.)])[ \t]+)?(?P<mark>`{3,}|~{3,})(?P<rest>[^\n]*)")
_HEADING = re.compile(r"[ \t>]*(?P<mark>#{1,6})[ \t]")
_UNDERLINED = re.compile(r"\A(?P<text>[^\n]*\n(?:[^\n]*\n)*?)[ ]{0,3}(?P<mark>=+|-+)[ \t]*\n?\Z")
_ITEM = re.compile(r"[ \t>]*(?:[-*+]|[0-9]{1,4}[.)]|:|\[\^[^\]\s]+\]:)[ \t]+")
_ADMONITION = re.compile(r"[ \t]*(?:!!!|\?\?\?\+?|===[!+]?|///)[ \t]*[^\n]*")
_QUOTE = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)
_RULER = re.compile(r"[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_SPAN = re.compile(
    r"(?<!`)(?P<ticks>`+)(?!`)(?P<inner>(?:[^`\n]|(?!(?P=ticks)(?!`))`|\n(?![ \t]*\n))+?)(?<!`)(?P=ticks)(?!`)"
)
#: What is markup, outside of code. Each alternative is bounded or ends with its line, so that a page is read once.
_MARKUP = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|\]\([^()\s]{0,500}(?:\([^()\s]{0,200}\)[^()\s]{0,200})?(?:[ \t]+\"[^\"\n]{0,200}\")?\)(?:\{[^{}\n]{0,200}\})?"
    r"|\]\[[^\]\n]{0,200}\]"
    r"|^[ \t]{0,3}\[[^\]\n]{1,200}\]:[ \t]*\S+[^\n]*"
    r"|<(?:https?|mailto|ftp):[^>\s]{0,500}>|https?://[^\s<>)\]`]{1,500}"
    r"|</?[A-Za-z][^<>\n]{0,500}>"
    r"|\{[{%#].{0,1000}?[}%#]\}"
    r"|\{:?[ \t]*[.#][^{}\n]{0,200}\}",
    re.DOTALL | re.MULTILINE,
)
#: Emphasis, of which underscores would be parts of words.
_STRONG = re.compile(r"(?<![\w*])(?P<mark>\*\*|__)(?=[^\s*_])(?P<inner>[^*_\n`]{1,200})(?<=\S)(?P=mark)(?![\w*])")
_BOLD_LINE = re.compile(
    r" {0,3}(?P<mark>\*\*|__)(?P<inner>(?=\S)(?:(?!(?P=mark))[^\n])+)(?<=\S)(?P=mark)[ \t]*:?[ \t]*\n?"
)
_BAR = re.compile(r"(?<!\\)\|")


class Passage(NamedTuple):
    """A stretch of a page.

    Attributes:
        kind: ``prose``, ``item`` (of a list), ``heading``, ``cell`` or ``code`` (all lines of a fence).
        start: where it begins in the source.
        text: as it stands there, markup blanked; as long as in the source.
        heading: that of its column, for a cell.
        row: for the first cell of a row, the text of the others; "" for all other passages.
        cells: for a cell, the others of its row.
        level: of a heading; ``BOLD`` for a line in bold, which is one where it tells of codes.
    """

    kind: str
    start: int
    text: str
    heading: str = ""
    row: str = ""
    cells: tuple[str, ...] = ()
    level: int = 0


def strong(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A text with its underscores of strong emphasis as asterisks, and where such emphasis begins and ends."""
    if "**" not in text and "__" not in text:
        return text, ()
    spans = tuple(found.span("inner") for found in _STRONG.finditer(text))
    return _STRONG.sub(lambda found: f"**{found['inner']}**", text), spans


class Page:
    """A page to look at.

    Attributes:
        file: its name as a person writes it.
        source: its text, with line feeds at the ends of lines.
    """

    def __init__(self, file: str, source: str) -> None:
        self.file = file
        self.source = source
        self._starts = [0, *(found.end() for found in re.finditer("\n", source))]

    def place(self, position: int) -> tuple[int, int]:
        """Line and column of a position, from 1."""
        from bisect import bisect_right  # noqa: PLC0415 (only where something was found)

        line = bisect_right(self._starts, position)
        return line, position - self._starts[line - 1] + 1

    def passages(self) -> Iterator[Passage]:
        """Its passages, in order."""
        source = self.source
        front = _FRONT.match(source)
        code, rest = _parted(source, front.end() if front else 0)
        yield from (Passage(CODE, start, text) for start, text in code)
        for start, lines in _blocks(_blanked(rest)):
            yield from _block(start, lines)

    def spans(self, passage: Passage) -> Iterator[tuple[int, int]]:
        """Where the code spans of a passage begin and end in it, without their backticks."""
        if "`" in passage.text:
            yield from (found.span("inner") for found in _SPAN.finditer(passage.text))


def _parted(source: str, start: int) -> tuple[list[tuple[int, str]], str]:
    """The blocks of fenced code with their places, and the source with these lines and the front matter as spaces."""
    code: list[tuple[int, str]] = []
    kept = [_spaces(source[:start])]
    fence, opened = "", 0
    for line in source[start:].splitlines(keepends=True):
        found = _FENCE.match(line) if "`" in line or "~" in line else None
        if fence and found and found["mark"].startswith(fence) and not found["rest"].strip():
            code.append((opened, source[opened:start]))
            fence = ""
            kept.append(_spaces(line))
        elif fence:
            kept.append(_spaces(line))
        elif found and not (found["mark"][0] == "`" and "`" in found["rest"]):
            fence, opened = found["mark"], start + len(line)
            kept.append(_spaces(line))
        else:
            kept.append(line)
        start += len(line)
    if fence:  # one that is never closed reaches to the end
        code.append((opened, source[opened:]))
    return code, "".join(kept)


def _blanked(text: str) -> str:
    """The text without markup; code spans stay as they are."""
    spans = [found.span() for found in _SPAN.finditer(text)] if "`" in text else []
    for directive in reversed(list(find_all(text)) if "<<" in text else []):
        begin, finish = directive.start, directive.end
        if not any(start <= begin < end for start, end in spans):
            text = text[:begin] + _spaces(text[begin:finish]) + text[finish:]
    pieces, place = [], 0
    within = iter([*spans, (len(text) + 1, len(text) + 1)])
    start, end = next(within)
    for found in _MARKUP.finditer(text):
        while end <= found.start():
            start, end = next(within)
        if start <= found.start() < end:
            continue
        pieces += [text[place : found.start()], _spaces(found[0])]
        place = found.end()
    return "".join([*pieces, text[place:]])


def _spaces(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Lines that belong together, with the place of the first: up to a blank line, an item, a heading or a table's end."""
    start, place, lines = 0, 0, list[str]()
    for line in text.splitlines(keepends=True):
        alone = _HEADING.match(line) or _ADMONITION.fullmatch(line.rstrip("\n"))
        ended = not line.strip(" \t\n>") or alone or _ITEM.match(line) or (lines and _HEADING.match(lines[0]))
        if lines and ended:
            yield start, lines
            lines = []
        if line.strip(" \t\n>"):
            start = start if lines else place
            lines.append(line)
        if alone and lines:
            yield start, lines
            lines = []
        place += len(line)
    if lines:
        yield start, lines


def _block(start: int, lines: list[str]) -> Iterator[Passage]:
    ruler = next((number for number, line in enumerate(lines[:3]) if number and _is_ruler(line)), 0)
    if ruler:
        yield from _table(start, lines, ruler)
        return
    text = "".join(lines)
    if found := _HEADING.match(text):
        yield Passage(HEADING, start + found.end(), text[found.end() :], level=len(found["mark"]))
    elif (found := _UNDERLINED.match(text)) and not _ITEM.match(text):
        yield Passage(HEADING, start, found["text"], level=1 if found["mark"][0] == "=" else 2)
    elif found := _ITEM.match(text):
        yield Passage(ITEM, start + found.end(), _unquoted(text[found.end() :]))
    else:
        yield Passage(PROSE, start, _unquoted(text), level=BOLD if _BOLD_LINE.fullmatch(text) else 0)


def _is_ruler(line: str) -> bool:
    return "|" in line and "-" in line and _RULER.fullmatch(line.rstrip("\n")) is not None


def _unquoted(text: str) -> str:
    return _QUOTE.sub(lambda found: " " * len(found[0]), text) if ">" in text else text


def _table(start: int, lines: list[str], ruler: int) -> Iterator[Passage]:
    heads: list[str] = []
    for number, line in enumerate(lines):
        cells = _cells(line)
        if number == ruler - 1:
            heads = [text.strip() for _, text in cells]
        if number != ruler:
            for column, (place, text) in enumerate(cells):
                heading = heads[column] if number > ruler and column < len(heads) else ""
                row = " | ".join(other.strip() for _, other in cells[1:]) if column == 0 and number > ruler else ""
                others = tuple(other.strip() for number, (_, other) in enumerate(cells) if number != column)
                yield Passage(CELL, start + place, text, heading, row, others)
        start += len(line)


def _cells(line: str) -> list[tuple[int, str]]:
    """The cells of a row and their places in it. A bar in a code span is none, unless nothing else parts the row."""
    bare = _SPAN.sub(lambda found: "x" * len(found[0]), line) if "`" in line else line
    edges = [-1, *(found.start() for found in _BAR.finditer(bare)), len(line.rstrip("\n"))]
    cells = [(first + 1, line[first + 1 : last]) for first, last in pairwise(edges)]
    # What stands before the first bar of a row and after its last is no cell.
    cells = cells[1:] if cells and not cells[0][1].strip(" \t>") else cells
    return cells[:-1] if cells and not cells[-1][1].strip() else cells
