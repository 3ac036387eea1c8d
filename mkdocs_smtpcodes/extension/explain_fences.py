"""The fence ``smtp-explain``: taken out of the text before any engine reads it as code.

It is taken in every container (lists, quotes, admonitions, tabs), because a fence is told by its line alone, and never within
another fence. In its place stands a directive that no page can write, at the same indentation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from ..directives import SIGNATURES, Directive, Mistakes, parse
from ..directives.finding import Found
from .state import PLACEHOLDER, Where

if TYPE_CHECKING:
    from .state import State

NAME = "smtp-explain"
#: A line that opens a fence. What may stand before a fence: indentation, marks of quotes, the mark of a list item.
FENCE = re.compile(r"^(?P<prefix>[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?[ \t>]*)(?P<mark>`{3,}|~{3,})(?P<info>[^\n]*)$")
#: What follows on that line: the name, and options.
INFO = re.compile(
    r"^[ \t]*(?:\{[ \t]*\.?smtp-explain(?P<braced>(?:[ \t][^{}]*)?)\}|smtp-explain(?P<bare>(?:[ \t].*)?))[ \t]*$"
)
#: The name of a directive that is no fence.
_DIRECTIVE = re.compile(
    r"[ \t]*\{?[ \t]*\.?(smtp[-_ ]?(compare|code|table|commands|lookup|replies))[ \t}]*(?:\(([^()]*)\)[ \t]*)?\Z",
    re.IGNORECASE,
)
_OPTION = re.compile(
    r"[ \t]*(?P<name>[\w-]+)[ \t]*=[ \t]*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<plain>[^\s,\"']+))[ \t,]*"
)


class Fence(NamedTuple):
    """A fence that was taken out: its text, its options as written, its line, from 1, and all of it as it was."""

    text: str
    options: str
    line: int
    source: str

    def directive(self, raw: str) -> Directive:
        """The directive that it stands for.

        Raises:
            Mistakes: an option cannot be read.
        """
        signature = SIGNATURES["smtp_explain"]
        written, position = [], 0
        options = self.options.strip()
        if not options.isascii():
            from ..directives.no_codes import curly  # noqa: PLC0415 (only for what may be a mistake)

            if wrong := curly(options):
                raise Mistakes([f"{NAME}: {wrong}"])
        while position < len(options):
            match = _OPTION.match(options, position)
            if match is None:
                left = options[position : position + 40].strip()
                mend = f"id={left[1:]}" if re.fullmatch(r"#[\w.:-]+", left) else "options as lang=tr redact=false"
                raise Mistakes([f"{NAME}: {left} cannot be read; write {mend}"])
            value = match["double"] or match["single"] or match["plain"] or ""
            written.append(f'{match["name"]}="{value}"')
            position = match.end()
        call = Found(0, 0, signature.name, ", ".join(['"x"', *written]), True, False)
        return Directive(signature, raw, (self.text,), parse(call, raw).options)


def take(lines: list[str], state: State, *, tell: bool = False) -> list[str]:
    """The lines with a directive in the place of each fence of ours; the fences are kept in ``state.taken``."""
    kept: list[str] = []
    number = 0
    while number < len(lines):
        match = FENCE.match(lines[number])
        if match is None or ("`" in match["info"] and match["mark"][0] == "`"):
            kept.append(lines[number])
            number += 1
            continue
        end = closing(lines, number, match)
        info = INFO.match(match["info"])
        if tell and info is not None and end is None:
            _tell(state, number, lines, f"{NAME}: the fence is never closed; end it with a line {match['mark']}")
        elif tell and info is None and (name := _nearly(match["info"])):
            _tell(state, number, lines, f"{NAME}: {_not_named(name, match['mark'], match['info'])}")
        elif tell and info is None and end is not None and (wrong := _no_fence(match["info"], lines[number + 1 : end])):
            _tell(state, number, lines, wrong)
        if info is None or end is None:
            # Somebody else's, or one that is never closed: as it was written.
            stop = end if end is not None else number
            kept += lines[number : stop + 1]
            number = stop + 1
            continue
        prefix = match["prefix"]
        text = "\n".join(_bare(line, len(prefix)) for line in lines[number + 1 : end])
        raw = f'<< smtp_explain("{PLACEHOLDER}-{len(state.taken)}") >>'
        state.taken[raw] = Fence(
            text, info["braced"] or info["bare"] or "", number + 1, "\n".join(lines[number : end + 1])
        )
        quote = prefix if ">" in prefix else " " * len(prefix.expandtabs(4))
        # A block of its own: blank lines around it, within the same container.
        kept += [*([quote.rstrip()] if kept and not _begins(prefix) else []), prefix + raw, quote.rstrip()]
        number = end + 1
    return kept


def nothing_found(directive: Directive, taken: Mapping[str, Fence]) -> str:
    """The message about a fence, or a text in a directive, in which no reply was found."""
    name, what = (NAME, "fence") if directive.raw in taken else (directive.name, "text")
    paste = "paste the line of the server with its code, such as 550 5.7.1 Relaying denied"
    if not "".join(directive.codes).strip():
        return f"{name}: the {what} is empty; {paste}"
    return f"{name}: no SMTP reply was found in this {what}; {paste}"


def _nearly(info: str) -> str:
    """The name of a fence that was to be ours, "" for any other."""
    match = re.match(r"[ \t]*\{?[ \t]*\.?([\w-]{10,14}|smtp explain\b)", info, re.IGNORECASE)
    if match is None or "xpl" not in match[1].lower():
        return ""
    import difflib  # noqa: PLC0415 (only for such a fence)

    plain = re.sub(r"[_ ]", "-", match[1].lower())
    turned = plain == "explain-smtp"
    return match[1] if turned or difflib.SequenceMatcher(None, plain, NAME).ratio() >= _NEAR else ""


def _no_fence(info: str, lines: Sequence[str]) -> str:
    """The message about a fence with the name of a directive that is none, and with what that takes; "" for any other."""
    match = _DIRECTIVE.match(info)
    if match is None:
        return ""
    from ..directives.mending import written  # noqa: PLC0415 (only for such a fence)
    from ..directives.reading import fits  # noqa: PLC0415

    name, arguments = f"smtp_{match[2].lower()}", match[3] or " ".join(line.strip() for line in lines)
    for text in (arguments, ", ".join(arguments.split())):
        # A word may be anything; what begins with a digit is a code.
        if fits(name, text) and (text[:1].isdigit() or (name == "smtp_replies" and text.isalpha())):
            return f"{match[1]} is no fence, and this is shown as code; write {written(name, text, fits)} in its place"
    return ""


def _not_named(name: str, mark: str, info: str) -> str:
    """The message about a fence that was to be ours, with the line as it should be."""
    options = info.partition(name)[2].strip(" \t{}():,")
    mend = f"{mark}{NAME}{f' {options}' if options else ''}"
    if name != NAME:
        return f"{name} names no fence that is explained; write {NAME}, as in {mend}"
    if info.count("{") != info.count("}"):
        lacks = "{ is not closed" if "{" in info else "} has no { before it"
        return f"the {lacks}, so that this fence is shown as code; write {mend}"
    return f"{info.strip()} cannot be read, so that this fence is shown as code; write {mend}"


#: How near a name is that has two letters swapped, or one too many.
_NEAR = 0.88


def _tell(state: State, number: int, lines: list[str], message: str) -> None:
    written = lines[number].strip()
    nth = sum(line.count(written) for line in lines[:number]) + 1
    state.extension.report(message, Where(state, written, -1, nth=nth))


def put_back(html: str, state: State) -> str:
    """The page with the fences that no block of the page has met: they stood in code of another kind, or in raw HTML."""
    for raw, fence in state.taken.items():
        key = raw.split('"')[1]
        if key in html:
            written = re.compile(rf"(?:<<|&lt;&lt;) smtp_explain\((?:\"|&quot;){key}(?:\"|&quot;)\) (?:>>|&gt;&gt;)")
            html = written.sub(lambda _, fence=fence: escape(fence.source, quote=False), html)  # type: ignore[misc]
    return html


def _begins(prefix: str) -> bool:
    """Whether a fence stands on the line that begins a list item."""
    return bool(re.search(r"[-*+.)][ \t]+$", prefix))


def closing(lines: list[str], start: int, opening: re.Match[str]) -> int | None:
    """The line that closes a fence; None where none does."""
    mark = opening["mark"]
    line = re.compile(rf"^[ \t>]*{re.escape(mark[0])}{{{len(mark)},}}[ \t]*$")
    return next((number for number in range(start + 1, len(lines)) if line.match(lines[number])), None)


def _bare(line: str, width: int) -> str:
    """A line without what its container puts before it."""
    position = 0
    while position < min(width, len(line)) and line[position] in " \t>":
        position += 1
    return line[position:]
