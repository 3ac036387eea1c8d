"""Tooltips for codes in fenced code: what a highlighter has made is read as text, and elements are put around the codes in it.

What is copied from such a block stays the same, because an element around a code adds no text.
"""

from __future__ import annotations

import re
from functools import cached_property
from html import unescape
from typing import TYPE_CHECKING
from xml.etree import ElementTree as etree

from markdown.util import AtomicString

from ..autolink_wishes import numbered
from ..mentions import find_in_log
from .explain_fences import FENCE, closing
from .outside import not_shown
from .prepared import new_mark
from .state import PLACEHOLDER

if TYPE_CHECKING:
    from ..mentions import Mention
    from .autolinks import Autolinks

#: The code of a block; the numbers of lines stand in a block without it.
_BLOCK = re.compile(
    r"(?P<open><pre(?P<pre>[^<>]*)>(?:<span></span>)?<code(?P<attributes>[^<>]*)>)(?P<code>.*?)(?=</code>\s*</pre>)",
    re.DOTALL,
)
#: Code that is a diagram or a formula for a script.
_DRAWN = re.compile(
    r"class=[\"'][^\"']*\b(?:mermaid|arithmatex|math|plantuml|graphviz|wavedrom|vega|katex)\b", re.IGNORECASE
)

#: Languages of fences that are no program code: what a server or a terminal says, and what a server is set to.
_READ = frozenset(
    (
        *(
            "",
            "bash",
            "bat",
            "batch",
            "cf",
            "cmd",
            "conf",
            "cfg",
            "console",
            "default",
            "dos",
            "doscon",
            "eml",
            "email",
            "http",
            "ini",
            "log",
            "logs",
        ),
        *(
            "mail",
            "main.cf",
            "mbox",
            "message",
            "msdos",
            "nohighlight",
            "no-highlight",
            "none",
            "output",
            "plain",
            "plaintext",
        ),
        *(
            "postfix",
            "powershell",
            "properties",
            "ps1con",
            "pwsh",
            "pwsh-session",
            "sh",
            "shell",
            "sh-session",
            "shell-session",
            "shellsession",
            "smtp",
            "stdout",
            "syslog",
            "telnet",
            "term",
        ),
        *("terminal", "text", "txt", "zsh"),
    )
)
#: The language of a fence: its first word, a class in braces, or the `lang` there.
_LANGUAGE = re.compile(r"[ \t]*(?:\{[^{}]*?(?:\.|lang=[\"']?)|\.)?(?P<name>[\w+#.-]*)")
_TOKEN = re.compile(r"<[^<>]*>|&[#\w]+;")
#: Languages without colours, as the class of a block.
_PLAIN = re.compile(r"\A class=[\"'](?:language-)?(?:text|txt|plain|plaintext|log)[\"']\Z|\A\Z")
_TAG = re.compile(r"<(/?)([A-Za-z][\w-]*)[^<>]*>")


class Fences:
    """The fenced and the indented code of one page."""

    def __init__(self, links: Autolinks) -> None:
        self.links = links

    @cached_property
    def _program_code(self) -> frozenset[str]:
        """The texts of the fences in languages of programs; what a highlighter has made does not name its language."""
        texts = set()
        lines = self.links.state.grown.split("\n")
        number = 0
        while number < len(lines):
            match = FENCE.match(lines[number])
            end = closing(lines, number, match) if match else None
            if match is None or end is None:
                number += 1
                continue
            language = _LANGUAGE.match(match["info"])
            if language and language["name"].lower() not in _READ:
                texts.add(_bare("\n".join(lines[number + 1 : end])))
            number = end + 1
        return frozenset(texts)

    def run(self, root: etree.Element) -> None:
        """Put a mark for a link around every code."""
        blocks = self.links.state.md.htmlStash.rawHtmlBlocks
        for number, raw in enumerate(blocks):
            if isinstance(raw, str) and "<pre" in raw and numbered(raw):
                blocks[number] = _BLOCK.sub(self._linked, raw)
        for block in root.iter("pre"):
            # Indented code that no highlighter has taken.
            if len(block) == 1 and block[0].tag == "code" and not len(block[0]):
                self._place(block[0])

    def _find(self, text: str) -> list[Mention]:
        found = list(find_in_log(text, self.links.finder)) if numbered(text) else []
        if not found or _bare(text) in self._program_code:
            return []
        return [mention for mention in not_shown(text, found) if self.links.known(mention.code)]

    def _linked(self, block: re.Match[str]) -> str:
        attributes = block["attributes"]
        if _DRAWN.search(f"{block['pre']} {attributes}"):
            return block[0]
        code = block["code"]
        places = _places(code)
        text = "".join(shown for shown, _, _ in places)
        found = self._find(text)
        if not found:
            return block[0]
        parts, position = [], 0
        for mention in found:
            start, end = _around(code, places[mention.start][1], places[mention.end - 1][2])
            if position <= start < end:
                mark = new_mark()
                self.links.add(mention.code, code[start:end], inside=True, mark=mark)
                parts += [code[position:start], mark]
                position = end
        code = "".join([*parts, code[position:]])
        opening = block["open"]
        if _PLAIN.match(attributes) and not block["pre"] and "<span></span>" not in opening:
            # Where a script colours code in the browser, it would take our elements out.
            opening = '<pre><code class="nohighlight">'
        return f"{opening}{code}"

    def _place(self, code: etree.Element) -> None:
        text = code.text or ""
        found = self._find(text.replace("\x02", " ").replace("\x03", " "))
        for mention in reversed(found):
            place = etree.Element("span")
            written = text[mention.start : mention.end]
            place.set(PLACEHOLDER, self.links.add(mention.code, written, inside=True))
            place.text, place.tail = AtomicString(written), AtomicString(text[mention.end :])
            code.insert(0, place)
            text = text[: mention.start]
        if found:
            code.text = AtomicString(text)


def _bare(text: str) -> str:
    """A text without white space and the marks of quotes, which differ between a page and its HTML."""
    return re.sub(r"[\s>]+", "", text)


def _places(code: str) -> list[tuple[str, int, int]]:
    """Each character that a reader sees, with where it begins and ends in the HTML."""
    places: list[tuple[str, int, int]] = []
    position = 0
    for token in [*_TOKEN.finditer(code), None]:
        end = token.start() if token else len(code)
        places += [(code[place], place, place + 1) for place in range(position, end)]
        if token and token[0][0] == "&":
            places.append((unescape(token[0])[:1], token.start(), token.end()))
        position = token.end() if token else end
    return places


def _around(code: str, start: int, end: int) -> tuple[int, int]:
    """A range of HTML with the tags that open and close around it; an empty one where it stands in a link, or cuts an element."""
    if code.rfind("<a ", 0, start) > code.rfind("</a>", 0, start):
        return 0, 0
    closed, opened = 0, 0
    for tag in _TAG.finditer(code, start, end):
        if tag[2].lower() == "a":
            return 0, 0
        if not tag[1]:
            opened += 1
        elif opened:
            opened -= 1
        else:
            closed += 1
    for _ in range(closed):
        opening = _TAG.fullmatch(code, max(code.rfind("<", 0, start), 0), start)
        if opening is None or opening[1]:
            return 0, 0
        start = opening.start()
    for _ in range(opened):
        closing = _TAG.match(code, end)
        if closing is None or not closing[1]:
            return 0, 0
        end = closing.end()
    return start, end
