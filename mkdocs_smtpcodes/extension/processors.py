"""The processors of Python-Markdown: they recognise directives, leave placeholders, and call for the rest when it is needed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as etree

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.inlinepatterns import InlineProcessor
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, STX, AtomicString

from .references import References
from .state import HIDDEN, PLACEHOLDER, State, Where

if TYPE_CHECKING:
    from ..directives import Found
    from . import SmtpCodesExtension

# The grammar is imported when the first `<<` is met: most pages have none.
# ruff: noqa: PLC0415


def register(extension: SmtpCodesExtension, md: Markdown) -> State:
    """Register all processors with a Markdown instance; return what they share."""
    state = State(extension, md)
    register_recognition(state, md)
    # After abbreviations (7), so that they are elements.
    md.treeprocessors.register(Mentioned(state, md), "smtpcodes_mentioned", 6.5)
    # After inline patterns (20) and attribute lists (8), which must not read our texts; before toc (5).
    md.treeprocessors.register(Sections(state, md), "smtpcodes", 6)
    # After toc, before the link checks of MkDocs (0).
    md.treeprocessors.register(Headings(state, md), "smtpcodes_headings", 4)
    # After raw HTML (30), before ampersands (20).
    md.postprocessors.register(Thaw(state, md), "smtpcodes", 29)
    return state


def register_recognition(state: State, md: Markdown) -> None:
    """Register the processors that recognise what is ours."""
    # After every container and block of others (quotes at 20, references at 15), before paragraphs (10).
    md.parser.blockprocessors.register(Blocks(md.parser, state), "smtpcodes", 12)
    # After backticks (190) and escapes (180), before links (170 and less) and before raw HTML (90), which would take
    # <smtp(535)> for a tag.
    md.inlinePatterns.register(Inline(state, md), "smtpcodes", 175)
    # After the references that the page itself defines (170), before mkdocs-autorefs (168), which would ask other pages.
    md.inlinePatterns.register(References(state, md), "smtpcodes_references", 169)


class Blocks(BlockProcessor):
    """Recognises a directive that begins a line of a block; the text before and after it stays a block of its own."""

    LINE = re.compile(r"^[ ]{0,3}(?=\\?<<)", re.MULTILINE)
    FENCE = re.compile(r"^[ ]{0,3}(`{3,}|~{3,})(.*)$", re.MULTILINE)

    def __init__(self, parser: BlockParser, state: State) -> None:
        super().__init__(parser)
        self.state = state

    def test(self, parent: etree.Element, block: str) -> bool:
        if "<<" not in block:
            return False
        from ..directives import find

        return find(block) is not None

    def run(self, parent: etree.Element, blocks: list[str]) -> bool:
        if self._fence(parent):
            # A fence that a blank line cut in two: not code for Python-Markdown, but code for whoever wrote it.
            blocks[0] = self._escape(blocks[0])
            return False
        found = self._find(parent, blocks[0])
        if found is None:
            return False
        block = blocks.pop(0)
        before, raw, after = block[: found.start].rstrip("\n "), block[found.start : found.end], block[found.end :]
        if before.strip():
            self.parser.parseBlocks(parent, [before])
        placeholder = etree.SubElement(parent, "div")
        placeholder.set(PLACEHOLDER, self.state.add(found, raw, block=True))
        if after.strip():
            blocks.insert(0, after.lstrip("\n"))
        return True

    def _find(self, parent: etree.Element, block: str) -> Found | None:
        from .. import directives

        fence, read = self._fence(parent), 0
        for line in self.LINE.finditer(block):
            found = directives.at(block, line.end())
            if found is None or found.escaped:
                continue
            fence, read = self._scan(block[read : line.start()], fence), line.start()
            name = directives.known_name(found.name) or found.name
            signature = directives.SIGNATURES.get(name)
            if not fence and signature is not None and signature.block and self._alone(block, found):
                return found
        return None

    @staticmethod
    def _escape(block: str) -> str:
        from ..directives import find_all

        for found in reversed(list(find_all(block))):
            if not found.escaped:
                block = f"{block[: found.start]}\\{block[found.start :]}"
        return block

    @staticmethod
    def _alone(block: str, found: Found) -> bool:
        """Whether nothing follows the directive on its last line."""
        line_end = block.find("\n", found.end)
        return not block[found.end : line_end if line_end >= 0 else len(block)].strip()

    def _fence(self, parent: etree.Element) -> str:
        """The fence that is open, if one is: `fenced_code` does not see fences inside containers, and leaves them as text."""
        # Children are only ever appended, so each is read once: a page of many directives costs no more than its length.
        seen, fence = self.state.fences.get(parent, (0, ""))
        children = [child for child in parent[seen:] if child.tag == "p"]
        texts = [text for child in children for text in (child.text or "", child.tail or "")]
        if not seen:
            texts.insert(0, parent.text or "")
        fence = self._scan("\n".join(texts), fence)
        if len(parent):
            self.state.fences[parent] = (len(parent), fence)
        return fence

    def _scan(self, text: str, fence: str) -> str:
        for match in self.FENCE.finditer(text):
            mark, rest = match.groups()
            if not fence:
                fence = mark if "`" not in rest else fence
            elif mark.startswith(fence) and not rest.strip():
                fence = ""
        return fence


class Inline(InlineProcessor):
    """Recognises a directive in running text, and takes the backslash from an escaped one."""

    RAW = r"(?i)<(/?)(code|pre|script|style|kbd|samp|textarea)\b[^<>]*>|<!--|-->"
    #: A tag that is not closed yet: with a placeholder in it, it would become a tag, which the text as written is not.
    OPEN_TAG = r"</?[A-Za-z][^<>]*$"

    def __init__(self, state: State, md: Markdown) -> None:
        super().__init__(r"\\?<<", md)
        self.state = state
        self._read: tuple[int, str, tuple[str, ...]] = (0, "", ())

    def handleMatch(  # type: ignore[override]  # noqa: N802 (Python-Markdown's name)
        self, m: re.Match[str], data: str
    ) -> tuple[etree.Element | str | None, int | None, int | None]:
        from .. import directives
        from .attributes import plain

        found = directives.at(data, m.start())
        if found is None or self._raw(data[: m.start()]):
            return None, None, None
        raw = data[found.start : found.end]
        if found.escaped:
            return raw[1:], found.start, found.end
        if STX in raw:
            return None, None, None  # a code span or an escape stands inside of it
        element = etree.Element("span", {PLACEHOLDER: self.state.add(found, raw, block=False)})
        # What is left where no element can stand, as in the text of an image.
        element.text = AtomicString(plain(found, raw))
        return element, found.start, found.end

    def _raw(self, before: str) -> bool:
        """Whether raw inline HTML is open that shows or hides its content as written, or a tag is not closed."""
        if "<" not in before:
            return False
        if re.compile(self.OPEN_TAG).search(before, max(before.rfind("<"), 0)):
            return True
        # The text before the last directive was read already; only its end is compared, so that a long line is read once.
        read, tail, opened = self._read
        if len(before) < read or not before.startswith(tail, read - len(tail)):
            read, opened = 0, ()
        depth = list(opened)
        for match in re.compile(self.RAW).finditer(before, read):
            mark = match[0]
            if mark == "<!--":
                depth.append(mark)
            elif mark == "-->":
                depth = [open_mark for open_mark in depth if open_mark != "<!--"]
            elif match[1]:
                depth = [open_mark for open_mark in depth if open_mark != match[2].lower()]
            else:
                depth.append(match[2].lower())
        self._read = (len(before), before[-40:], tuple(depth))
        return bool(depth)


class Mentioned(Treeprocessor):
    """Hands the tree to :mod:`autolinks` where codes become links without a directive."""

    def __init__(self, state: State, md: Markdown) -> None:
        super().__init__(md)
        self.state = state

    def run(self, root: etree.Element) -> None:
        if self.state.wish is not None:
            from .autolinks import Autolinks

            Autolinks(self.state, self.state.wish).run(root)


class Sections(Treeprocessor):
    """Hands the finished tree of a page with directives to :mod:`placing`."""

    def __init__(self, state: State, md: Markdown) -> None:
        super().__init__(md)
        self.state = state

    def run(self, root: etree.Element) -> None:
        if any("<<" in abbreviation.get("title", "") for abbreviation in root.iter("abbr")):
            from .attributes import expand

            expand(root, self.state)
        if self.state.jobs:
            from .placing import Placing

            Placing(self.state, root).run()


class Headings(Treeprocessor):
    """Gives a section's inner headings back their names, after `toc` has passed them by."""

    def __init__(self, state: State, md: Markdown) -> None:
        super().__init__(md)
        self.state = state

    def run(self, root: etree.Element) -> None:
        for element in self.state.hidden:
            element.tag = element.tag.removeprefix(HIDDEN)
        blocks = self.state.md.htmlStash.rawHtmlBlocks
        if any(isinstance(block, str) and "<<" in block for block in blocks):
            from .outside import in_raw_html

            extension = self.state.extension
            found = list(in_raw_html(blocks, pre=extension.thorough))
            self.state.raw_html = [raw for raw, _ in found]
            for number, (raw, message) in enumerate(found):
                extension.report(message, Where(self.state, raw, number, html=True))


#: A name of ours with nothing before its bracket that makes it a label.
_BRACKET = re.compile(r"(?<!\])\[(?:smtp|SMTP)-")
_SIGNS = (
    "＜", "《", "«", "»", "‹", "≪", "〈", "⟨", "{{", "{%", "[[", "((", "<%", "<?", "&lt;", "&#", "&laquo;", "](smtp-",
)  # fmt: skip


def foreign(text: str) -> bool:
    """Whether a text may have a directive with other signs than ours: a cheap look, before patterns are made for it."""
    if any(sign in text for sign in _SIGNS) or _BRACKET.search(text):
        return True
    return "<smtp" in text.replace("<<", "").replace(" ", "").replace("\t", "")


def typed(html: str) -> bool:
    """Whether a finished page may have a directive between keys: a cheap look."""
    return ("<kbd" in html or "<samp" in html) and ("&lt;&lt;" in html or "<<" in html)


class Thaw(Postprocessor):
    """Puts in the parts of sections that no tree processor had to see."""

    MARK = re.compile(f"{STX}{PLACEHOLDER}:[0-9]+{ETX}")

    def __init__(self, state: State, md: Markdown) -> None:
        super().__init__(md)
        self.state = state
        self._source, self._foreign = "", False

    def run(self, text: str) -> str:
        # Once a page: `toc` runs the postprocessors for each heading.
        if self._source is not self.state.text:
            self._source = self.state.text
            self._foreign = foreign(self._source)
        if self.state.extension.thorough or self._foreign:
            from .other_signs import tell

            tell(text, self.state)
        if typed(text):
            from .kbd import tell

            tell(text, self.state)
        if "&lt;<" in text or "&lt;&lt;" in text:
            from .unread import tell

            tell(text, self.state)
        if self.state.taken:
            from .explain_fences import put_back

            text = put_back(text, self.state)
        return self.MARK.sub(lambda mark: self.state.frozen[mark[0]], text) if self.state.frozen else text
