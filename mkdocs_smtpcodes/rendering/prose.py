"""Sentences to HTML: the inline Markdown of the words files, placeholders, and lists of codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

from markdown import Markdown
from markdown.util import code_escape
from markupsafe import Markup, escape

from ..dataset import Text, Words

_PLACEHOLDER = re.compile(r"\{([a-z_]+[0-9]?)\}")
_BLANK_LINES = re.compile(r"\n\s*\n")
# What HTML reads as one space.
_SPACES = re.compile(r"[ \t\n\r\f]+")
_TAG = re.compile(r"<[^<>]*>")
_REPLY = re.compile(r"(?<!\d)(\d{3}) (?=\d\.\d+\.\d)")
# What Markdown may read as more than words, outside of code spans. An underscore within a word is none.
_MARKS = re.compile(r"[\\\[\]<>&*]|(?<!\w)_")
# A code span of up to 20 characters fits into the narrowest column, so it stays on one line; in a longer one a line may break.
_LONG_CODE = re.compile("<code>(?=[^<]{21})")
_SECTION = re.compile(r"RFC (\d+) (?=§)")
# Everything that could bring in raw HTML, images, other blocks or references is taken out of the converter.
_BLOCKS = ("code", "hashheader", "setextheader", "hr", "olist", "ulist", "indent", "quote", "reference")
_INLINE = (
    "html",
    "entity",
    "image_link",
    "image_reference",
    "reference",
    "short_reference",
    "short_image_ref",
    "automail",
)


@cache
def _converter() -> Markdown:
    converter = Markdown(output_format="xhtml")
    converter.preprocessors.deregister("html_block")
    for name in _BLOCKS:
        converter.parser.blockprocessors.deregister(name, strict=False)
    for name in _INLINE:
        converter.inlinePatterns.deregister(name, strict=False)
    return converter


@lru_cache(maxsize=4096)
def inline(text: str) -> Markup:
    """One paragraph of inline Markdown as HTML. Raw HTML in it comes out as text; no line breaks within a section of an RFC."""
    html = _plain(text)
    if html is None:
        html = _converter().reset().convert(text).removeprefix("<p>").removesuffix("</p>")
    return Markup(_SECTION.sub("RFC\u00a0\\1\u00a0", _LONG_CODE.sub('<code class="smtp-long">', html)))


def whole(text: str) -> str:
    """A heading in which no line breaks between the two codes of a reply."""
    return type(text)(_REPLY.sub("\\1\u00a0", text))


def _plain(text: str) -> str | None:
    """The HTML of a text that is nothing but words and code spans, as most are; None for any other.

    A converter takes longer to set up and to run than everything else about a section.
    """
    parts = text.split("`")
    if not text.isprintable() or "``" in text or len(parts) % 2 == 0 or any(map(_MARKS.search, parts[::2])):
        return None
    parts[1::2] = [f"<code>{code_escape(part.strip())}</code>" for part in parts[1::2]]
    return "".join(parts).lstrip()


@lru_cache(maxsize=4096)
def paragraphs(text: str) -> tuple[Markup, ...]:
    """Paragraphs, separated by blank lines, as HTML."""
    return tuple(inline(part) for part in _BLANK_LINES.split(text.strip()) if part.strip())


def fill(sentence: str, values: Mapping[str, str]) -> Markup:
    """A sentence with inline Markdown and values put in; values that are no Markup are escaped.

    An unknown placeholder stays as written.
    """
    html = inline(sentence)
    return Markup(
        _PLACEHOLDER.sub(lambda match: str(escape(values[match[1]])) if match[1] in values else match[0], html)
    )


def fill_plain(sentence: str, values: Mapping[str, str]) -> str:
    """A plain sentence with values put in: for titles and attributes, not yet escaped."""
    return _PLACEHOLDER.sub(lambda match: str(values.get(match[1], match[0])), sentence)


def join(words: Words, items: Sequence[str], how: str) -> str:
    """``a, b or c`` in a language; the items keep their markup."""
    if len(items) < 2:
        return "".join(items)
    many = words.get("list", f"{how}_many")
    # A language of a site that has one form for all is not told in that of English.
    template = many.text if len(items) > 2 and many.lang == words.lang else words.get("list", how).text
    first = words.get("list", f"{how}_separator").text.join(items[:-1])
    return template.replace("{first}", first).replace("{last}", items[-1])


def aside(words: Words, text: str) -> str:
    """A plain text in brackets, with what stands between them and the word in front."""
    return words.get("list", "brackets").text.replace("{text}", text)


def plain(html: str) -> str:
    """The text of HTML. Spaces at which no line may break stay what they are."""
    return _SPACES.sub(" ", Markup(_TAG.sub("", html)).unescape()).strip(" ")


def code_list(words: Words, codes: Iterable[str], how: str = "or") -> Markup:
    """Codes in code font, joined."""
    return Markup(join(words, [f"<code>{escape(code)}</code>" for code in codes], how))


def marked(html: Markup, text: Text, lang: str) -> Markup:
    """A passage that fell back to another language carries that language."""
    return html if text.lang == lang else Markup('<span lang="{}">{}</span>').format(text.lang, html)
