"""What YAML takes for a sign of its own at the beginning or the end of a text, and what is said of it."""

from __future__ import annotations

import re

from .layer import Path_

#: A comment that is none: what follows the sign at once is a number or a word.
COMMENT = re.compile(r"[ \t]+(#[^\s#!][^\n]*)")
#: The value on a line, by the first sign that means something in YAML.
_SIGN = re.compile(
    r"[ ]*(?:-[ ]+)*(?:[^\s'\"\[{#][^:\n]*|'[^'\n]*'|\"[^\"\n]*\"):[ ]+(?P<sign>[\[{\"'>|%@`?!*&-])(?P<rest>[^\n]*)"
)
_CLOSED = {"[": "]", "{": "}", '"': '"', "'": "'"}
#: The keys that hold texts outside of `words`.
_TEXTS = ("text", "setting", "default", "name", "tag")


def is_text(path: Path_) -> bool:
    """Whether prose may stand at a path, so that a sign in it is a sign of the text."""
    return path[:1] in {("words",), ("examples",)} or path[-1:] in {(key,) for key in _TEXTS}


def anchor(source: str, start: int) -> str:
    """The message about a text that begins with ``&``."""
    name = re.compile(r"&\S*").match(source, start)
    shown = name[0] if name else "&"
    return f"{shown} is an anchor in YAML, and would not be shown; put quotes around a text that begins with &"


def comment(found: re.Match[str]) -> str:
    """The message about a text that ends at what YAML takes for a comment."""
    shown = found[1].strip()
    shown = shown if len(shown) <= 20 else f"{shown[:20]}…"
    return f"{shown} is a comment in YAML, and would not be shown; put quotes around the whole text"


def at_line(line: str) -> str:
    """The message about a line that is no YAML because of the sign with which its text begins, "" for another mistake."""
    found = _SIGN.match(line)
    if not found:
        return ""
    sign, rest = found["sign"], found["rest"]
    if sign in _CLOSED:
        end = rest.find(_CLOSED[sign])
        if end < 0 or not rest[end + 1 :].strip(" ,}]"):
            return ""
        if sign == "'" and rest[end + 1 : end + 2].isalnum():
            return "within a text in single quotes write ' twice"
        if sign in "\"'":
            other = "'" if sign == '"' else '"'
            return f"the text goes on after its {sign}; put {other} around the whole text"
    elif sign in "-?" and not rest.startswith(" "):
        return ""
    return f"a text that begins with {sign} needs quotes around it"
