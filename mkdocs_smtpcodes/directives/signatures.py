"""The table of directives: where each stands, how many codes it takes, and which options."""

# Annotations are no strings in this module: a NamedTuple compiles those that are, which takes most of its time.

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from ..suggestions import one_of, takes


class Mistake(ValueError):
    """What a writer got wrong, in one sentence that says what would be right."""


class Option(NamedTuple):
    """An option of a directive: how its text is read, and what a writer is told that it takes."""

    read: Callable[[str], object]
    takes: str


class Signature(NamedTuple):
    """What one directive accepts: where it stands, how many codes, which options."""

    name: str
    block: bool
    least: int
    most: int
    options: Mapping[str, Option]
    #: Whether the positional argument is a text of any kind.
    raw: bool = False
    #: Whether the positional arguments may also be classes (``4xx``) and subjects (``5.7.x``).
    selects: bool = False
    #: Whether the positional argument may also be the name of a sender (``gmail``, ``Exchange Online``).
    sender: bool = False

    def example(self) -> str:
        return EXAMPLES[self.name]


PARTS = {
    "smtp_compare": ("summary", "session", "codes", "differences", "choice", "more", "facts"),
    "smtp_code": (
        "summary", "session", "description", "when", "fix", "replies", "example", "related", "facts", "more",
    ),
}  # fmt: skip
#: Parts that a section has only on request.
ON_REQUEST = {"smtp_compare": ("facts",), "smtp_code": ()}
#: What parts were called before.
FORMER = {"glance": "facts", "commands": "facts", "enhanced": "facts"}
COLUMNS = ("code", "name", "class", "meaning", "fix", "commands", "enhanced", "status", "source")
STATUSES = ("standard", "experimental", "historic", "registered", "observed", "folklore", "site")
SHOW = ("code", "name", "both")


def _level(text: str) -> int:
    if text in {"1", "2", "3", "4", "5", "6"}:
        return int(text)
    raise Mistake(f"level={text} is not a heading level; write a number from 1 to 6")


def _title(text: str) -> str:
    if text.strip():
        return text
    raise Mistake('title="" is empty; leave the option out for the usual title')


def _word(option: str, takes: str, read: Callable[[str], str]) -> Option:
    """A word or a text that may not be empty, which would ask for nothing."""

    def filled(text: str) -> str:
        if text.strip():
            return read(text)
        raise Mistake(f"{option}= is empty; it takes {takes}, or leave it out")

    return Option(filled, takes)


def _language(text: str) -> str:
    if re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*", text):
        return text
    from ..suggestions import language_tag  # noqa: PLC0415 (only for a mistake)

    if text == "auto":
        raise Mistake("lang=auto is what holds without it; leave it out")

    mend = f"lang={tag}" if (tag := language_tag(text)) else "one such as en, tr or pt-BR"
    raise Mistake(f"lang={text} is not a language tag; write {mend}")


def _identifier(text: str) -> str:
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9_.:-]*", text):
        return text
    raise Mistake(f'id="{text}" is not an anchor; begin with a letter and use letters, digits, "-", "_", "." and ":"')


def _truth(text: str) -> bool:
    if text.lower() in {"true", "false"}:
        return text.lower() == "true"
    raise Mistake(f"redact={text} is unknown; it takes true or false")


def _choice(option: str, known: tuple[str, ...]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text in known:
            return text
        raise Mistake(f"{option}={text} is unknown{takes(text, known)}")

    return read


def _list(
    option: str, known: tuple[str, ...], *, usual: tuple[str, ...] = (), former: Mapping[str, str] = {}
) -> Callable[[str], tuple[str, ...]]:
    """A list of names; where there is a usual one, names with ``-`` in front leave out of it."""
    without = bool(usual)

    def read(text: str) -> tuple[str, ...]:
        names = [_current(name.strip(), former) for name in text.split(",") if name.strip()]
        pieces = [piece for piece in re.split(r"(?:[\s,;/|&+]|\band\b)+", text) if piece]
        current = [_current(piece, former) for piece in pieces]
        if names != current and all(name.removeprefix("-" if without else "") in known for name in current):
            raise Mistake(f'{option}: separate the names by commas; write {option}="{", ".join(pieces)}"')
        if text.strip().lower() in _WHOLE:
            raise Mistake(f"{option}: {text.strip()} is unknown; for the usual {option} leave the option out")
        for name in names:
            if name.removeprefix("-" if without else "") not in known:
                if (
                    without
                    and (out := re.fullmatch(r"(?:[!~–—−]|(?:no|not|without) )\s*(\w+)", name))
                    and out[1] in known
                ):
                    raise Mistake(f"{option}: {name} is unknown; what is left out has a hyphen before it: -{out[1]}")
                raise Mistake(f"{option}: {name} is unknown{takes(name.removeprefix('-'), known)}")
            if names.count(name) > 1:
                raise Mistake(f"{option}: {name} is given twice; name each once")
        if not names:
            raise Mistake(f'{option}="" is empty; it takes {one_of(known)}')
        if without and all(name.startswith("-") for name in names):
            if left := tuple(name for name in usual if f"-{name}" not in names):
                return left
            raise Mistake(f"{option}: this leaves out every part, so that nothing is left to show; leave out fewer")
        if without and any(name.startswith("-") for name in names):
            raise Mistake(f'{option}="{text}" mixes parts to show and parts to leave out; write only one kind')
        return tuple(names)

    return read


#: What asks for what stands there anyhow.
_WHOLE = ("all", "default", "usual", "full", "*")


def _current(name: str, former: Mapping[str, str]) -> str:
    """The name of today for one of before, the ``-`` in front kept."""
    plain = name.removeprefix("-")
    return name[: len(name) - len(plain)] + former.get(plain, plain)


def usual_parts(name: str) -> tuple[str, ...]:
    """The parts that a section has when none are asked for."""
    return tuple(part for part in PARTS[name] if part not in ON_REQUEST[name])


def _parts(name: str) -> Option:
    return Option(_list("parts", PARTS[name], usual=usual_parts(name), former=FORMER), "a list of parts")


_SECTION = {
    "level": Option(_level, "a number from 1 to 6"),
    "title": Option(_title, "a text"),
    "lang": Option(_language, "a language tag"),
    "id": Option(_identifier, "an anchor"),
}
_TABLE = {name: option for name, option in _SECTION.items() if name != "level"}
_COMMAND = _word("command", "a command such as RCPT", str.upper)
_WORD = _word("reason", "a reason such as relay-denied", str.strip)
_TEXT = _word("setting", "a setting such as smtpd_relay_restrictions", str)

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
                "status": Option(_choice("status", STATUSES), one_of(STATUSES)),
                "columns": Option(_list("columns", COLUMNS), "a list of columns"),
            },
            selects=True,
        ),
        Signature("smtp_commands", True, 0, 0, _TABLE),
        Signature(
            "smtp_explain", True, 1, 1,
            {"lang": _SECTION["lang"], "id": _SECTION["id"], "redact": Option(_truth, "true or false")},
            raw=True,
        ),
        Signature("smtp_lookup", True, 0, 0, {"lang": _SECTION["lang"], "id": _SECTION["id"], "title": _SECTION["title"]}),
        Signature("smtp_replies", True, 0, 1, {**_SECTION, "reason": _WORD, "setting": _TEXT}, sender=True),
        Signature("smtp", False, 1, 1, {"lang": _SECTION["lang"], "show": Option(_choice("show", SHOW), one_of(SHOW))}),
    )
}  # fmt: skip

EXAMPLES = {
    "smtp_compare": "<< smtp_compare(250, 535) >>",
    "smtp_code": "<< smtp_code(535) >>",
    "smtp_table": "<< smtp_table(4xx) >>",
    "smtp_commands": "<< smtp_commands() >>",
    "smtp_lookup": "<< smtp_lookup() >>",
    "smtp_explain": '<< smtp_explain("550 5.7.1 Relay access denied") >>',
    "smtp_replies": "<< smtp_replies(gmail) >>",
    "smtp": "<< smtp(535) >>",
}
