"""The inline Markdown that words may hold: what a span, a tag and a link target are, and which links are allowed."""

from __future__ import annotations

import re

_ALLOWED_LINK = re.compile(r"(?:https?://|mailto:).+|#.*|(?![/\\])[^:?#]+\.md(?:#.*)?", re.IGNORECASE)


def link_allowed(target: str) -> bool:
    """Whether words may link there: http(s), mailto, or a page of the site."""
    return bool(_ALLOWED_LINK.fullmatch(target))


_SPAN = re.compile(r"(`+).+?\1", re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--")
_TARGET = re.compile(r"\]\(\s*<?([^)\s>]*)")


def problem(text: str) -> str:
    """What is wrong with a text as prose: raw HTML, or a link that goes where none may; "" if nothing is."""
    outside = _SPAN.sub("", text)
    if unread := _block(text) or _unread(outside):
        return unread
    if open_ := _open(outside):
        return open_
    if "`" in outside:
        return "a backtick is not closed; code stands between two of them, as in `RCPT TO`"
    if tag := _TAG.search(outside):
        if re.match("<(?:https?:|mailto:)", tag[0]):
            return f"an address in < and > is not read in a data file; write [its text]({tag[0][1:-1]})"
        return f"raw HTML ({tag[0][:40]}) is not allowed; use inline Markdown, and `code` for what looks like a tag"
    for target in _TARGET.findall(outside):
        if not link_allowed(target):
            return f"the link {target[:60]!r} is not allowed; link to https://, http://, mailto: or a page of the site"
    return ""


def pages_named(text: str) -> list[str]:
    """The pages of the site that a text links to, as they are written, without what follows ``#``."""
    targets = (target.partition("#")[0] for target in _TARGET.findall(_SPAN.sub("", text)))
    return [target for target in targets if target.lower().endswith(".md") and ":" not in target]


# A text between the quotes of a word processor, which was to be between those of YAML.
_QUOTED = re.compile("[\u201c\u2018\u201e\u00ab][^\u201c-\u201f\u2018-\u201b\u00ab\u00bb]*[\u201d\u2019\u201c\u00bb]")
# What a reader would see as it stands: code spans, emphasis, links. A lone star, or an underscore within a name, is a sign.
_MARKS = (
    (re.compile(r"(`+)[^`]+\1"), "code spans"),
    (re.compile(r"!?\[[^\]]*\]\([^)]*\)"), "links"),
    (re.compile(r"(?<![\w*])(\*{1,3})(?=[^\s*])[^*]*[^\s*]\1(?![\w*])"), "emphasis"),
    (re.compile(r"(?<![\w_])(_{1,3})(?=[^\s_])[^_]*[^\s_]\1(?![\w_])"), "emphasis"),
)


def plain_problem(text: str) -> str:
    """What is wrong with a text that is shown as it stands, in a title, a table or a tooltip; "" if nothing is."""
    if unread := _block(text) or _unread(text):
        return unread
    if tag := _TAG.search(text):
        return f"raw HTML ({tag[0][:40]}) is not allowed; this is plain text"
    if _QUOTED.fullmatch(text.strip()):
        return f"{text.strip()[0]} and {text.strip()[-1]} are shown as they stand; YAML takes \" and ' around a text"
    if found := marked(text):
        return found
    if "**" in text and _UNCLOSED.search(text):
        return "** is shown as it stands here; this is plain text, so leave it out"
    return "a backtick is shown as it stands here; this is plain text, so leave it out" if "`" in text else ""


def marked(text: str) -> str:
    """What is wrong with a text that is shown as it stands and has marks of Markdown in it; "" for none."""
    for marks, what in _MARKS:
        if found := marks.search(text):
            return f"Markdown ({found[0][:40]}) is shown as it stands here; this is plain text, so leave out {what}"
    return ""


_PAIRS = re.compile(r"\\.|(\*{1,3})(?=[^\s*])[^*]*?[^\s*]\1")
# A lone star before a space or a dot is a sign.
_UNCLOSED = re.compile(r"(?<![\w*])\*\*(?=[^\s*])|(?<=[^\s*])\*\*(?![\w*])|(?<![\w*])\*(?=[^\W\d_]{2})")
#: Blocks of Markdown, which a text has none of but paragraphs.
_BLOCKS = (
    (re.compile(r"^ {0,3}(?:`{3,}|~{3,})[^`\n]*$", re.MULTILINE), "a fence ({}) is not read here; put code between `"),
    (
        re.compile(r"^ {0,3}\|.*\|[ \t]*$|^[ \t|:]*-{3,}[ \t]*\|[ \t|:-]*$", re.MULTILINE),
        "a table ({}) is not read here; write sentences",
    ),
    (re.compile(r"^ {0,3}> ", re.MULTILINE), "a quotation ({}) is not read here; write paragraphs"),
    (re.compile(r"^ {0,3}(?:-{3,}|={3,}|\*{3,})[ \t]*$", re.MULTILINE), "a line ({}) is not read here; leave it out"),
    (re.compile(r"^ {0,3}(?:!!!|\?\?\?\+?) ", re.MULTILINE), "an admonition ({}) is not read here; write paragraphs"),
)


def _block(text: str) -> str:
    """The message about a block that is read in pages only, "" where a text has none."""
    for pattern, message in _BLOCKS:
        if found := pattern.search(text):
            return message.format(found[0].strip()[:40])
    return ""


def _open(outside: str) -> str:
    """The message about emphasis or a link that is not closed, and so shown as it is written; "" for nothing."""
    if "*" in outside and (found := _UNCLOSED.search(_PAIRS.sub("", outside))):
        sign = found[0]
        return f"{sign} is not closed; emphasis stands between two of them, as in {sign}now{sign}"
    if found := re.search(r"\]\([^()\n]*$", outside):
        return f"a link ({found[0][:40]}) is not closed; write ) behind its address"
    if found := re.search(r"!\[[^\]\n]*\]\(", outside):
        return f"an image ({found[0]}…) is not read in a data file; leave it out, or link to it"
    if found := re.search(r"\]\(([^()\s<]+ [^()\s\"'][^()\n]*)\)", outside):
        return f"a space ends the address of a link ({found[1][:40]}); write %20 for it"
    if found := re.search(r"\] \((?:https?:|mailto:)[^)\n]*\)", outside):
        return f"no space stands in a link before its address; write ]{found[0][2:42]}"
    return ""


#: What a page may hold and a text of a data file does not.
_OF_PAGES = (
    (
        re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL),
        "a macro ({}) is not filled in in a data file; write the text itself",
    ),
    (re.compile(r"-+8<-+"), "a snippet ({}) is not read in a data file; write the text itself"),
    (
        re.compile(r"\]\[[^\]\n]*\]"),
        "a reference (…{}) is not read in a data file; write a link such as [550](smtp/550.md)",
    ),
    (
        re.compile(r"&(?:[A-Za-z]{2,8}|#[0-9]{2,5}|#x[0-9A-Fa-f]{2,5});"),
        "an entity ({}) is shown as it stands; write the sign itself",
    ),
    (re.compile(r"\{: ?[.#\w][^{}\n]*\}"), "attributes ({}) are not read in a data file; leave them out"),
    (re.compile(r"\[\^[\w-]+\]"), "a footnote ({}) is not read in a data file; write it into the text"),
    (
        re.compile(r"^ {0,3}(?:#{1,6}|[-*+]|\d{1,2}[.)]) ", re.MULTILINE),
        "a heading or a list ({}) is not read here; write paragraphs",
    ),
)


def _unread(text: str) -> str:
    """The message about what is read in pages only, "" where a text has nothing of it."""
    if directive := _directive(text):
        return directive
    for pattern, message in _OF_PAGES:
        if found := pattern.search(text):
            return message.format(found[0].strip()[:40])
    return ""


def _directive(text: str) -> str:
    """The message about a directive in a text of a data file, "" where there is none."""
    if "<<" not in text:
        return ""
    from ..directives import find  # noqa: PLC0415 (only for a text that has the beginning of one)

    found = find(text)
    if found is None:
        return ""
    raw = text[found.start : found.end]
    code = found.arguments.split(",")[0].strip("\"' ")
    mend = f"; write the code itself: {code}" if code[:1].isdigit() else "; leave it out"
    return f"a directive ({raw[:60]}) does not expand in a data file{mend}"
