"""What was to be a directive, and is written with other signs than ``<<`` and ``>>``.

A page is told of it only where its text shows it: what stands in code is somebody's example. What may be somebody else's
placeholder, or the name of a function, only `check` names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING

from ..directives import SIGNATURES
from . import locating
from .outside import HIDDEN, blanked
from .state import Where

if TYPE_CHECKING:
    from .state import State

#: `smtp(8)` is a page of a manual.
_NAMED = rf"(?:{'|'.join(name for name in SIGNATURES if '_' in name)})[ \t]*[(（]"
_CALL = rf"(?:{_NAMED}|smtp[ \t]*[(（][ \t]*[\"'“]?(?:[2-5]\d\d|[245]\.\d))[^<>\n]{{0,200}}?[)）]"
#: Pairs of signs that somebody may take for ours: what stands before and after, beyond doubt.
_PAIRS = (
    ("＜＜?", "＞＞?"), ("《", "》"), ("[〈⟨]{1,2}", "[〉⟩]{1,2}"), ("≪", "≫"), ("‹{1,2}", "›{1,2}"), ("«", "»"), ("»", "«"),
    (r"(?:&lt;|&#60;){2}", r"(?:&gt;|&#62;|>){2}"), (r"(?:&laquo;|&#171;)", r"(?:&raquo;|&#187;)"), (r"\[\[", r"\]\]"),
    (r"\{\{", r"\}\}"), (r"\{%", r"%\}"), (r"<%=?", r"%>"), (r"<\?", r"\?>"), (r"\(\(", r"\)\)"),
)  # fmt: skip
_GAP = r"[ \t\xa0\u202f]*"
_SURE = "|".join(rf"{before}{_GAP}{_CALL}{_GAP}{after}" for before, after in _PAIRS)
_SURE += rf"|(?<!\\)<<<+[ \t]*{_CALL}[ \t]*>>+|(?<![<\w\\])<[ \t]*{_CALL}[ \t]*>+(?!>)"
_SURE += rf"|(?<![<\w\\])<[ \t]+<[ \t]*{_CALL}[ \t]*>[ \t]*>"
#: A reference with one pair of brackets: Markdown knows such a name only where the page defines it.
_SHORT = r"(?<![\]!\\])\[(?:smtp|SMTP)-(?:[2-5]\d\d|[245]-\d|reason-|sender-)[\w.-]*\](?![\[(:]|[ \t]*\n?\[)"
#: The name of an entry as the address of a link.
_ADDRESS = r"(?<=\])\(smtp-(?:[2-5]\d\d|[245]-\d|reason-|sender-)[\w-]*\)"
_SURE += f"|{_SHORT}|{_ADDRESS}"
#: Perhaps a placeholder, or the name of a function that stands by itself.
_PERHAPS = rf"<<[ \t]+smtp[ \t]+>>|^[ \t]*[:@$!\[{{]?{_GAP}{_CALL}{_GAP}[:$\]}})]?[ \t]*$"
_ANY = re.compile(f"(?P<sure>{_SURE})|(?P<perhaps>{_PERHAPS})")
#: A fence that was to be ours; :mod:`explain_fences` tells of it.
_FENCE = re.compile(
    r"(?:`{3}|~{3})[ \t{.]*(?:[sS][mM][tT][pP][-_ ]?(?:compare|code|table|commands|lookup|replies)|[\w-]*(?i:xpl)|smtp explain)"
)
#: The name of an entry, in a bracket of its own.
_NAME = re.compile(r"[\[(]smtp-", re.IGNORECASE)
_SPAN = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)")
_INNER = re.compile(r"[A-Za-z_]+[ \t]*[(（].*[)）]")


def has(text: str) -> bool:
    """Whether there is anything that was to be a directive beyond doubt."""
    for line in text.split("\n"):
        if "```" in line or "~~~" in line:
            if _FENCE.search(line):
                return True
            continue
        named = "smtp_" in line or "smtp(" in line or "smtp-" in line
        if named and any(found["sure"] for found in _ANY.finditer(line)):
            return True
    return False


def tell(html: str, state: State) -> None:
    """Report each in the text of a page.

    Args:
        html: the finished page.
        state: of the page.
    """
    places: dict[str, list[int]] = {}
    for raw, line in _found(state.text, doubtful=state.extension.thorough):
        if not _NAME.match(raw) or _is_ours(raw, state):
            places.setdefault(raw, []).append(line)
    if not places:
        return
    lines = state.text.split("\n")
    visible = HIDDEN.sub(" ", html)
    for raw, found in places.items():
        address = raw[0] == "(" and _NAME.match(raw) is not None
        if address and f'href="{raw[1:-1]}"' not in html:
            continue
        number = len(found) if address else max(visible.count(raw), unescape(visible).count(unescape(raw)))
        # Where not all are seen, the others are those of an indented block.
        for line in sorted(found, key=lambda line: (lines[line - 1].startswith(("    ", "\t")), line))[:number]:
            before = "\n".join(lines[: line - 1])
            where = Where(state, raw, -1, nth=before.count(raw) + 1)
            state.extension.report(_message(raw), where)


def _is_ours(raw: str, state: State) -> bool:
    """Whether the name in brackets is one of an entry."""
    from ..dataset.naming import is_ours  # noqa: PLC0415 (only where one stands)

    return is_ours(raw.strip("[]()"), state.extension.renderer.dataset)


def _message(raw: str) -> str:
    if _NAME.match(raw) and raw[0] == "[":
        return f"{raw} is shown as it stands, for a reference has two pairs of brackets; write {raw}[]"
    if _NAME.match(raw):
        return f"{raw} is no address; a reference has two pairs of square brackets, so write [text][{raw[1:-1]}]"
    raw = raw.strip()
    inner = _INNER.search(raw)
    if inner is None:
        return f"{raw} has no code, and is shown as it stands; write << smtp(550) >>"
    call = inner[0].replace("（", "(").replace("）", ")")
    signs = raw[: inner.start()].strip()
    if signs in ("", *":@$![{"):
        return f"{inner[0]} is no directive without its signs, and is shown as it stands; write << {call} >>"
    return f"{signs} begins no directive, and this is shown as it stands; write << {call} >>"


def _found(text: str, *, doubtful: bool) -> Iterator[tuple[str, int]]:
    """Each in the text outside of code: as written, and its line from 1."""
    for number, line in enumerate(blanked(HIDDEN, locating.without_fences(text)).split("\n"), 1):
        for match in _ANY.finditer(_SPAN.sub(" ", line)) if "smtp" in line or "[SMTP-" in line else ():
            if match["sure"] or doubtful:
                yield match[0], number
