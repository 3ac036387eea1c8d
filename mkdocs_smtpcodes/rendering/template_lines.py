"""Which line of a site's template made a place of the HTML, and whether each of its blocks makes HTML that is whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple

import jinja2
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

# Private characters: no template and no data has them, and HTML is read with them taken out.
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARK = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")
_BEGIN, _END = "+", "-"


class Made(NamedTuple):
    """The HTML that a template makes.

    Attributes:
        html: the HTML.
        marks: where what a line of a template has made begins, the file and the line.
        blocks: where each block of a site's templates begins and ends.
    """

    html: str
    marks: list[tuple[int, str, int]]
    blocks: list[tuple[int, int]]

    def place(self, at: int, ours: Callable[[str], bool]) -> tuple[str, int] | None:
        """The file and the line of a site's template that made a place, or stands before it; None for none of them."""
        found = [(file, line) for start, file, line in self.marks if start <= at and not ours(file)]
        return found[-1] if found else None

    def offset(self, line: int, column: int) -> int:
        """Where a line and column of the HTML are."""
        return sum(len(text) + 1 for text in self.html.split("\n")[: line - 1]) + column

    def broken(self) -> tuple[int, str] | None:
        """Where the first block of a site's that is not whole in itself breaks, and what is wrong; None for no such block."""
        # The inner ones first: what is wrong in one is wrong in what holds it.
        for start, end in sorted(self.blocks, key=lambda block: block[1] - block[0]):
            if found := broken(self.html[start:end]):
                return start + found[0], found[1]
        return None


def made(environment: jinja2.Environment, file: str, context: Mapping[str, Any]) -> Made:
    """Make HTML with an environment that has :class:`Marks`."""
    pieces = _MARK.split(environment.get_template(file).render(context))
    marks: list[tuple[int, str, int]] = []
    blocks: list[tuple[int, int]] = []
    opened: list[int] = []
    at = len(pieces[0])
    for mark, text in zip(pieces[1::2], pieces[2::2], strict=True):
        if mark == _BEGIN:
            opened.append(at)
        elif mark == _END and opened:
            blocks.append((opened.pop(), at))
        elif mark != _END:
            name, _, line = mark.rpartition(":")
            marks.append((at, name, int(line)))
        at += len(text)
    return Made("".join(pieces[::2]), marks, blocks)


class Marks(Extension):
    """Writes file and line before each line of text that a template holds, and where a block of a site's begins and ends."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        file = stream.filename or ""
        folder: Path | None = getattr(self.environment, "smtp_folder", None)
        own = folder is not None and Path(file).is_relative_to(folder)
        tokens = list(stream)
        inside = False
        for number, token in enumerate(tokens):
            kinds = [(other.type, other.value) for other in tokens[number : number + 2]]
            if own and kinds == [("block_begin", "{%"), ("name", "endblock")]:
                yield Token(token.lineno, "data", f"{_OPEN}{_END}{_CLOSE}")
            inside = inside or (own and kinds == [("block_begin", "{%"), ("name", "block")])
            if token.type == "data":
                lines = str(token.value).split("\n")
                marked = (f"{_OPEN}{file}:{token.lineno + n}{_CLOSE}{line}" for n, line in enumerate(lines))
                yield Token(token.lineno, "data", "\n".join(marked))
            elif token.type == "variable_begin" and own:
                yield Token(token.lineno, "data", f"{_OPEN}{file}:{token.lineno}{_CLOSE}")
                yield token
            else:
                yield token
            if inside and token.type == "block_end":
                inside = False
                yield Token(token.lineno, "data", f"{_OPEN}{_BEGIN}{_CLOSE}{_OPEN}{file}:{token.lineno}{_CLOSE}")


# --- whether HTML is whole ---------------------------------------------------------------------------------------------

_VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "path",
    "use", "circle", "rect", "line", "polyline", "polygon", "ellipse", "stop",
}  # fmt: skip
#: What browsers close by themselves.
_OPTIONAL = {"p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "colgroup", "caption"}


class _Balance(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.opened: list[tuple[str, tuple[int, int]]] = []
        self.wrong: tuple[tuple[int, int], str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if "<" in (written := (self.get_starttag_text() or "")[1:]):
            quoted = "'" in written or '"' in written
            self._tell(
                f"a quote in <{tag}> is never closed"
                if quoted
                else "< begins a tag, and no tag has what follows; write &lt; for the sign"
            )
        if tag not in _VOID:
            self.opened.append((tag, self.getpos()))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID and not any(name == "svg" for name, _ in self.opened):
            self._tell(f"<{tag}/> does not close itself in HTML; write <{tag}></{tag}>")

    def handle_endtag(self, tag: str) -> None:
        names = [name for name, _ in self.opened]
        while names and names[-1] != tag and names[-1] in _OPTIONAL and tag in names:
            self.opened.pop()
            names.pop()
        if names and names[-1] == tag:
            self.opened.pop()
        elif tag not in _VOID:
            opened = next((name for name in reversed(names) if name not in _OPTIONAL), "")
            mend = f"; <{opened}> is open, so write </{opened}> before it" if opened and tag in names else ""
            self._tell(
                f"</{tag}> closes nothing that the block has opened{mend}"
                if not mend
                else f"</{tag}> does not fit{mend}"
            )

    def _tell(self, message: str) -> None:
        self.wrong = self.wrong or (self.getpos(), message)


def broken(html: str) -> tuple[int, str] | None:
    """Where a piece of HTML is not whole in itself, and what is wrong; None where it is."""
    reader = _Balance()
    reader.feed(html)
    if reader.wrong is None and reader.rawdata.startswith("<") and len(reader.rawdata) > 1:
        reader.wrong = reader.getpos(), "a tag, an attribute or a comment is never closed"
    if reader.wrong is None:
        left = [(place, name) for name, place in reader.opened if name not in _OPTIONAL]
        if not left:
            return None
        reader.wrong = left[-1][0], f"<{left[-1][1]}> is never closed; write </{left[-1][1]}>"
    (line, column), message = reader.wrong
    return sum(len(text) + 1 for text in html.split("\n")[: line - 1]) + column, message
