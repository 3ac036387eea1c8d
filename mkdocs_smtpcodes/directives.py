"""The grammar ``<< name(arguments) >>``, the table of directives, and what each accepts.

Nothing here is evaluated: an argument is a literal, and becomes a string. Every scan is linear in the length of its text.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from .codes import parse_code


class Mistake(ValueError):
    """What a writer got wrong, in one sentence that says what would be right."""


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a directive: how its text is read, and what a writer is told that it takes."""

    read: Callable[[str], object]
    takes: str


@dataclass(frozen=True, slots=True)
class Signature:
    """What one directive accepts: where it stands, how many codes, which options."""

    name: str
    block: bool
    least: int
    most: int
    options: Mapping[str, Option]
    #: Whether the positional arguments may also be classes (``4xx``) and subjects (``5.7.x``).
    selects: bool = False

    def example(self) -> str:
        return EXAMPLES[self.name]


@dataclass(frozen=True, slots=True)
class Directive:
    """A directive as written, its arguments read: names, codes and options are well formed, codes need not exist."""

    signature: Signature
    raw: str
    codes: tuple[str, ...]
    options: Mapping[str, object] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.signature.name

    @property
    def named(self) -> tuple[str, ...]:
        """The codes that are named one by one, not by class or subject."""
        return tuple(code for code in self.codes if not (self.signature.selects and _SELECTION.fullmatch(code)))


@dataclass(frozen=True, slots=True)
class Found:
    """Where a directive stands in a text. ``closed`` is false when its ``) >>`` is missing."""

    start: int
    end: int
    name: str
    arguments: str
    closed: bool
    escaped: bool


# --- options -----------------------------------------------------------------------------------------------------------

PARTS = {
    "smtp_compare": ("summary", "glance", "session", "codes", "differences", "choice", "more"),
    "smtp_code": (
        "summary", "glance", "session", "description", "when", "fix", "commands", "enhanced", "example", "related", "more",
    ),
}  # fmt: skip
COLUMNS = ("code", "name", "class", "meaning", "fix", "commands", "enhanced", "status", "source")
STATUSES = ("standard", "experimental", "historic", "registered", "folklore", "site")
SHOW = ("code", "name", "both")


def nearest(word: str, known: list[str] | tuple[str, ...], cutoff: float = 0.6) -> str:
    """The end of a sentence: ``; did you mean x?``, or nothing."""
    close = difflib.get_close_matches(word, known, n=1, cutoff=cutoff)
    return f"; did you mean {close[0]}?" if close else ""


def did_you_mean(near: Sequence[str]) -> str:
    """The end of a sentence that names what may have been meant: ``; did you mean 535, 534 or 530?``, or nothing."""
    if not near:
        return ""
    listed = near[0] if len(near) == 1 else _one_of(tuple(near))
    return f"; did you mean {listed}?"


def _level(text: str) -> int:
    if text in {"1", "2", "3", "4", "5", "6"}:
        return int(text)
    raise Mistake(f"level={text} is not a heading level; write a number from 1 to 6")


def _title(text: str) -> str:
    if text.strip():
        return text
    raise Mistake('title="" is empty; leave the option out for the usual title')


def _language(text: str) -> str:
    if re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*", text):
        return text
    raise Mistake(f"lang={text} is not a language tag; write one such as en, tr or pt-BR")


def _identifier(text: str) -> str:
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9_.:-]*", text):
        return text
    raise Mistake(f'id="{text}" is not an anchor; begin with a letter and use letters, digits, "-", "_", "." and ":"')


def _choice(option: str, known: tuple[str, ...]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text in known:
            return text
        raise Mistake(f"{option}={text} is unknown{nearest(text, known)} It takes {_one_of(known)}")

    return read


def _list(option: str, known: tuple[str, ...], *, without: bool = False) -> Callable[[str], tuple[str, ...]]:
    def read(text: str) -> tuple[str, ...]:
        names = [name.strip() for name in text.split(",") if name.strip()]
        for name in names:
            if name.removeprefix("-" if without else "") not in known:
                hint = nearest(name.removeprefix("-"), known)
                raise Mistake(f"{option}: {name} is unknown{hint or ';'} it takes {_one_of(known)}")
        if not names:
            raise Mistake(f'{option}="" is empty; it takes {_one_of(known)}')
        if without and all(name.startswith("-") for name in names):
            return tuple(name for name in known if f"-{name}" not in names)
        if without and any(name.startswith("-") for name in names):
            raise Mistake(f'{option}="{text}" mixes parts to show and parts to leave out; write only one kind')
        return tuple(dict.fromkeys(names))

    return read


def _one_of(known: tuple[str, ...]) -> str:
    return f"{', '.join(known[:-1])} or {known[-1]}"


def _parts(name: str) -> Option:
    return Option(_list("parts", PARTS[name], without=True), "a list of parts")


_SECTION = {
    "level": Option(_level, "a number from 1 to 6"),
    "title": Option(_title, "a text"),
    "lang": Option(_language, "a language tag"),
    "id": Option(_identifier, "an anchor"),
}
_TABLE = {name: option for name, option in _SECTION.items() if name != "level"}
_COMMAND = Option(str.upper, "a command")

SIGNATURES: Mapping[str, Signature] = {
    signature.name: signature
    for signature in (
        Signature("smtp_compare", True, 2, 4, {**_SECTION, "parts": _parts("smtp_compare")}),
        Signature("smtp_code", True, 1, 1, {**_SECTION, "parts": _parts("smtp_code")}),
        Signature(
            "smtp_table", True, 0, 200,
            {
                **_TABLE,
                "command": _COMMAND,
                "status": Option(_choice("status", STATUSES), _one_of(STATUSES)),
                "columns": Option(_list("columns", COLUMNS), "a list of columns"),
            },
            selects=True,
        ),
        Signature("smtp_commands", True, 0, 0, _TABLE),
        Signature("smtp", False, 1, 1, {"lang": _SECTION["lang"], "show": Option(_choice("show", SHOW), _one_of(SHOW))}),
    )
}  # fmt: skip

EXAMPLES = {
    "smtp_compare": "<< smtp_compare(250, 535) >>",
    "smtp_code": "<< smtp_code(535) >>",
    "smtp_table": "<< smtp_table(4xx) >>",
    "smtp_commands": "<< smtp_commands() >>",
    "smtp": "<< smtp(535) >>",
}

# --- finding -----------------------------------------------------------------------------------------------------------

OPENING = re.compile(r"(?P<escape>\\?)<<[ \t]*(?P<name>[A-Za-z][A-Za-z0-9_-]{0,30})[ \t]*\(")
_TOKEN = re.compile(r"""[^'")<>]+|'|"|\)|<|>""")
_CLOSING = re.compile(r"\s*>>")
_SMTP = re.compile(r"smtp", re.IGNORECASE)


def known_name(name: str) -> str | None:
    """The name of ours that is written, or nearly: ``smtp_comapre`` gives ``smtp_compare``, ``smtp_server`` nothing."""
    if name in SIGNATURES:
        return name
    plain = name.lower().replace("-", "_")
    for ours in SIGNATURES:
        if plain.replace("_", "") == ours.replace("_", ""):
            return ours
    # A near miss begins as ours do (perhaps with two letters swapped) and differs by a slip of the finger.
    cutoff = 0.8 if len(plain) > 5 else 0.75
    close = difflib.get_close_matches(plain, list(SIGNATURES), n=1, cutoff=cutoff)
    return close[0] if close and plain[0] == "s" else None


def find(text: str, start: int = 0) -> Found | None:
    """The first directive of ours in the text from ``start`` on, well formed or not."""
    for match in OPENING.finditer(text, start):
        if found := _ours(text, match):
            return found
    return None


def at(text: str, position: int) -> Found | None:
    """The directive of ours that begins at a position, its backslash included."""
    match = OPENING.match(text, position)
    return _ours(text, match) if match else None


def _ours(text: str, opening: re.Match[str]) -> Found | None:
    if known_name(opening["name"]) is None:
        return None
    found = _extent(text, opening)
    # A near miss that is not even closed is more likely somebody else's.
    return found if found.closed or opening["name"] in SIGNATURES else None


def find_all(text: str) -> Iterator[Found]:
    """All directives of ours in the text, in order."""
    position = 0
    while found := find(text, position):
        yield found
        position = found.end


def _extent(text: str, opening: re.Match[str]) -> Found:
    """From ``<<`` to ``>>``. What is not closed ends with the next ``>>`` or the line, so that nothing else is swallowed."""
    quote = ""
    escaped = bool(opening["escape"])
    limit = len(text)
    for token in _TOKEN.finditer(text, opening.end()):
        mark = token[0]
        if quote:
            quote = "" if mark == quote else quote
        elif mark in "'\"":
            quote = mark
        elif mark == ")" and (closing := _CLOSING.match(text, token.end())):
            return Found(
                opening.start(), closing.end(), opening["name"], text[opening.end() : token.start()], True, escaped
            )
        elif mark == "<" and text.startswith("<<", token.start()):
            limit = token.start()
            break
    line_end = text.find("\n", opening.end(), limit)
    line_end = limit if line_end < 0 else line_end
    angle = text.find(">>", opening.end(), line_end)
    end = line_end if angle < 0 else angle + 2
    return Found(opening.start(), end, opening["name"], text[opening.end() : end].removesuffix(">>"), False, escaped)


# --- reading -----------------------------------------------------------------------------------------------------------

_ARGUMENT = re.compile(
    r"""\s*(?:(?P<option>[A-Za-z_][\w-]*)\s*=\s*)?(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^,"'=]*))\s*(?P<end>,|$|(?P<rest>.))""",
    re.DOTALL,
)
# What neither XML nor a reader can do anything with.
_UNPRINTABLE = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
_SELECTION = re.compile(r"all|[2345]xx|[245]\.(?:0|[1-9]\d{0,2})\.x", re.IGNORECASE)


def parse(found: Found, raw: str) -> Directive:
    """Read a directive that was found.

    Raises:
        Mistakes: with one message for each mistake in it.
    """
    signature = SIGNATURES.get(found.name)
    if signature is None:
        ours = known_name(found.name) or "smtp_compare"
        raise Mistakes([f"{found.name} is not a directive; did you mean {ours}? ({EXAMPLES[ours]})"])
    if not found.closed:
        raise Mistakes([_unclosed(found, signature)])
    mistakes: list[str] = []
    values: list[str] = []
    options: dict[str, object] = {}
    for option, value in _arguments(found.arguments, mistakes):
        try:
            if option is None:
                if value == "":
                    raise Mistake(f"an argument is empty; write {signature.example()}")
                values.append(_code(value, signature))
                continue
            accepted = signature.options.get(option)
            if accepted is None:
                raise Mistake(_unknown_option(option, signature))
            if option in options:
                raise Mistake(f"{option} is given twice; give it once")
            options[option] = accepted.read(value)
        except Mistake as mistake:
            mistakes.append(str(mistake))
    if not mistakes:
        mistakes += _count(values, signature)
    if mistakes:
        raise Mistakes([f"{signature.name}: {message}" for message in dict.fromkeys(mistakes)])
    return Directive(signature, raw, tuple(values), options)


class Mistakes(ValueError):
    """Everything that is wrong in one directive."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__("; ".join(messages))
        self.messages = messages


def _arguments(text: str, mistakes: list[str]) -> Iterator[tuple[str | None, str]]:
    """Option name (or None) and value of each argument."""
    position = 0
    if not text.strip():
        return
    while True:
        match = _ARGUMENT.match(text, position)
        if match is None or match["rest"]:
            mistakes.append(_unreadable(text, position))
            return
        value = match["double"] if match["double"] is not None else match["single"]
        value = " ".join(match["bare"].split()) if value is None else _UNPRINTABLE.sub("\ufffd", value)
        yield match["option"], value
        if match["end"] != ",":
            return
        position = match.end()


def _unreadable(text: str, position: int) -> str:
    shown = " ".join(text[position:].split())
    if len(shown) > 40:
        shown = shown[:40].rstrip() + " …"
    if shown.count('"') % 2 or shown.count("'") % 2:
        return f"the quote in {shown} is not closed; put the same quote at the end of the text"
    return f"{shown} cannot be read; write codes and options separated by commas, texts in quotes"


def _unclosed(found: Found, signature: Signature) -> str:
    text = found.arguments
    outside = re.sub(r"\"[^\"]*\"|'[^']*'", "", text)
    if '"' in outside or "'" in outside:
        return f"{signature.name}: a quote is not closed; put the same quote at the end of the text, then ) >>"
    return f"{signature.name}: the directive is not closed; write it as {signature.example()}"


def _unknown_option(option: str, signature: Signature) -> str:
    known = tuple(signature.options)
    return f"{option} is not an option{nearest(option, known) or ';'} it takes {_one_of(known)}"


def _code(value: str, signature: Signature) -> str:
    if signature.selects and _SELECTION.fullmatch(value):
        return value.lower()
    if re.fullmatch(r"[A-Za-z][\w.-]*", value):
        return value  # perhaps an id of the site's own; the dataset knows
    try:
        return str(parse_code(value))
    except ValueError:
        forms = "250, 5.7.8 or 550 5.7.1"
        if signature.selects:
            forms += ", a class such as 4xx or a subject such as 5.7.x"
        raise Mistake(f"{value} is not a code; write one such as {forms}") from None


def _count(values: list[str], signature: Signature) -> list[str]:
    number = len(values)
    mistakes = [f"{value} is given twice; name each code once" for value, times in Counter(values).items() if times > 1]
    if number < signature.least or number > signature.most:
        if signature.least == signature.most:
            wanted = {0: "no codes", 1: "one code"}[signature.least]
        else:
            wanted = f"{_NUMBER.get(signature.least, signature.least)} to {_NUMBER.get(signature.most, signature.most)} codes"
        got = {0: "none is given", 1: "one is given"}.get(number, f"{number} are given")
        mistakes.append(f"it takes {wanted}, and {got}; write {signature.example()}")
    return mistakes


_NUMBER = {1: "one", 2: "two", 3: "three", 4: "four"}
