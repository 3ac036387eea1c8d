"""What the writer of a data file meant by a key that is not taken there, or a value of another shape."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from ...suggestions import language_tag, one_of
from .layer import Path_

#: The keys of the words of a code. Who writes them below `codes` at the top looks for them there.
_WORDS = ("name", "summary", "description", "when", "next", "fix", "choose", "distinct")
#: What a language has.
_PARTS = ("codes", "pairs", "reasons", "synonyms", "labels", "axes", "relations", "language")
#: The keys between a code, or an axis, and what people look for right below it.
_HOLDERS = ("fix", "values")
#: As many keys of a mapping are named.
_MOST = 3
#: As many keys have facts of a code.
_FEW = 25


def elsewhere(path: Path_, key: str) -> str:
    """Where a key belongs that is not taken where it stands: the end of a sentence, "" where it belongs nowhere."""
    if len(path) == 2 and path[0] == "codes" and key in _WORDS:
        return f"; words have a place of their own: words.en.codes.{path[1]}.{key}"
    if not path and key in (*_PARTS, "pair"):
        return f"; it belongs below a language: words.en.{key}" if key in _PARTS else ""
    return ""


def outdented(path: Path_, key: str) -> str:
    """What to write for a code that stands beside ``codes:``: the end of a sentence, "" for any other key."""
    if path or not re.fullmatch(r"[A-Z]?[2-5]\d\d|[245X]\.\d+\.\d+.*", key, re.ASCII):
        return ""
    return "; a code belongs below codes: indent it by two spaces more"


def below(schema: Any, key: str) -> str:
    """The key below which another belongs: the end of a sentence, "" where it belongs below none of these."""
    properties = schema.get("properties", {})
    names = (name for name in _HOLDERS if key in properties.get(name, {}).get("properties", {}))
    return next((f"; it belongs below {name}" for name in names), "")


def key(path: Path_, name: str) -> str:
    """What to write for a name that is no valid key: the end of a sentence, "" where nothing is near."""
    if path == ("words",):
        if name in _PARTS:
            return f"; it belongs below a language: words.en.{name}"
        if tag := language_tag(name) or ("-".join(name.split("_")) if "_" in name else ""):
            return f"; write {tag}, since languages are written as their tags"
    if path in (("senders",), ("reasons",), ("replies",)) and (
        plain := re.sub(r"[\W_]+", "-", name.lower()).strip("-")
    ):
        return f"; write {plain}" if plain.isascii() else ""
    if path[-1:] == ("codes",):
        if re.fullmatch(r"[A-Za-z][\s_.-]*\d[\w-]*", name, re.ASCII):
            return f"; an id is one word; write {re.sub(r'[^A-Za-z0-9]+', '', name)}"
        from ...directives.no_codes import eyed  # noqa: PLC0415 (only for a mistake)

        if code := eyed(name):
            return f"; {code[1]}"
        from ...directives import SIGNATURES  # noqa: PLC0415
        from ...directives.no_codes import no_code  # noqa: PLC0415

        mend = no_code(name, SIGNATURES["smtp_code"]).rpartition("; ")[2]
        if "<<" not in mend and not mend.startswith("write one"):
            return f"; {mend}"
    if path[-1:] == ("pairs",) and (codes := [part for part in re.split(r"[^\w.]+", name) if part[:1].isdigit()]):
        return f"; expected two codes such as {' vs '.join(codes)}" if len(codes) == 2 else ""
    return ""


def mended(value: Any, fits: Callable[[str], bool]) -> str:
    """What to write instead of a value that nearly fits, "" where nothing of it would."""
    text = " ".join(str(value).split())
    found = next((written for written in _nearly(text) if written != text and fits(written)), "")
    return f"write {found}" if found else ""


def _nearly(text: str) -> Iterator[str]:
    """What people may have meant: a detail, the section of an RFC, an address, a day, a name, a code."""
    if re.fullmatch(r"[245]\.\d+\.\d+", text, re.ASCII):
        yield f"X{text[1:]}"
    if match := re.fullmatch(r"(?:RFC)?[ -]?(\d{3,5})(?:\D*?(\d+(?:\.\d+)*)\.?)?", text, re.IGNORECASE | re.ASCII):
        yield f"RFC {match[1]}" + (f" §{match[2]}" if match[2] else "")
    if re.match(r"[\w-]+(?:\.[\w-]+)+(?<!\.md)(?:[/?#]|$)", text):
        yield f"https://{text}"
    if numbers := re.fullmatch(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[T ].*)?", text, re.ASCII):
        yield "-".join((numbers[1], numbers[2].zfill(2), numbers[3].zfill(2)))
    if numbers := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text, re.ASCII):
        yield "-".join((numbers[3], numbers[2].zfill(2), numbers[1].zfill(2)))
    yield re.sub(r"[\W_]+", "-", text.lower()).strip("-")
    yield re.sub(r"^(?:https?://|\*\.)|/.*$", "", text)
    if match := re.match(r"[2-5]\d\d(?:[ -][245]\.\d+\.\d+)?(?![\w.])", text, re.ASCII):
        yield match[0].replace("-", " ")


def by_class(taken: Any) -> str:
    """The message about a key where a text may stand, or one for each class; "" anywhere else."""
    if taken != ["2", "4", "5"]:
        return ""
    return "; a text with a colon in it needs quotes, and one for each class stands below 2, 4 and 5"


def shape(rule: Any, value: Any, schema: Any) -> str:
    """The message about a value that has another shape than the one that belongs there, "" for one that only differs in kind."""
    wanted = rule if isinstance(rule, list) else [rule]
    found = "keys" if isinstance(value, dict) else "a list" if isinstance(value, list) else ""
    if value is None:
        return "nothing stands here; write what belongs here, or leave the key out"
    if "object" in wanted:
        return f"{found or _called(value)} stands here, where {_keys(schema, value)}"
    if "array" in wanted:
        if isinstance(value, str) and "\n" in value.strip():
            return "a list belongs here; begin each line with a hyphen and a space"
        item = f"'{value}'" if isinstance(value, str) and not value.replace(" ", "").isalnum() else value
        return f"a list belongs here; write {'a hyphen before each item' if found else f'[{item}]'}"
    if "string" in wanted and found:
        if isinstance(value, list) and len(value) == 1 and not isinstance(value[0], dict | list):
            return f"one text belongs here, not a list; write {value[0]}"
        mend = "; a text with a colon in it needs quotes" if isinstance(value, dict) else ""
        return f"one text belongs here, not {found}{mend}"
    return ""


def _keys(schema: Any, value: Any) -> str:
    """Which keys belong somewhere; with the value below the one that it probably was to have."""
    keys = list(schema.get("properties", {}))
    if isinstance(value, str) and (glued := re.fullmatch(r"(\w+) ?:(\S.*)", value)) and glued[1] in keys:
        return f"keys such as {glued[1]} belong; write a space after the colon: {glued[1]}: {glued[2]}"
    # Among the labels there is one that is called as the key of a command.
    keyed = () if len(keys) > _FEW else ("is", "reply", "at") if keys[:1] == ["is"] else ("reply", "at")
    first = next((name for name in keyed if name in keys), "" if len(keys) > _MOST else "".join(keys[:1]))
    value = "'no'" if value is False and first == "is" else value
    code = first != "reply" or str(value)[:1].isdigit()
    mend = f"; write {first}: {value}, on a line below" if first and code and isinstance(value, str | int) else ""
    if not keys:
        return "keys belong, each on a line of its own with its value"
    if len(keys) == 1:
        return f"the key {keys[0]} belongs{mend}"
    return (
        f"the keys {one_of(keys, 'and')} belong"
        if len(keys) <= _MOST
        else f"keys such as {one_of(keys[:_MOST], 'and')} belong"
    ) + mend


def _called(value: Any) -> str:
    return "a text" if isinstance(value, str) else "yes or no" if isinstance(value, bool) else "a number"
