"""Which codes and comparisons get a page, and what its file is called. It knows no MkDocs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from .. import directives
from ..codes import BasicCode, Code, EnhancedCode, Reply, parse_code
from ..dataset import Dataset, UnknownCode
from ..dataset.sender_meanings import named_codes
from ..directives import Mistakes
from ..rendering.renderer import Renderer
from ..suggestions import nearest

_VS = "-vs-"
_EXAMPLE = "it takes related, or pairs such as [[450, 550]]"


def all_codes(dataset: Dataset) -> list[str]:
    """Every code that something can be said of: reply codes, details in their classes, those that only their senders name, the
    site's own."""
    enhanced = [f"{digit}{detail[1:]}" for detail in dataset.details for digit in dataset.classes_of(detail)]
    own = {code: number for number, code in enumerate(dataset.site_codes)}
    # A whole reply or a number may be the site's own.
    keys = dict.fromkeys([*dataset.basic_codes, *enhanced, *named_codes(dataset), *own])
    return sorted(keys, key=lambda key: _order(dataset.code(key), own))


def used_codes(used: Iterable[str], dataset: Dataset) -> list[str]:
    """The codes that get a page when these are used: the parts of whole replies too, in the order of the reference."""
    found: dict[str, Code] = {}
    for text in used:
        try:
            code = dataset.code(text)
        except UnknownCode:
            continue  # it has left the site's data while the site is served
        found[str(code)] = code
        if isinstance(code, Reply):
            found |= {str(part): part for part in (code.basic, code.enhanced)}
    own = {code: number for number, code in enumerate(dataset.site_codes)}
    return sorted(found, key=lambda key: _order(found[key], own))


def _order(code: Code, own: Mapping[str, int]) -> tuple[int, ...]:
    """Reply codes, enhanced codes by detail and then class, whole replies, and what the site itself has named."""
    if str(code) in own:
        return (3, own[str(code)])
    if isinstance(code, Reply):
        return (2, code.basic.number, code.enhanced.subject, code.enhanced.number, code.enhanced.class_digit)
    if isinstance(code, EnhancedCode):
        return (1, code.subject, code.number, code.class_digit)
    assert isinstance(code, BasicCode)
    # Numbers of a first class, which SMTP does not use, come last.
    return (0, code.class_digit < 2, code.number)


def comparisons(wanted: object, dataset: Dataset) -> tuple[list[tuple[str, ...]], list[tuple[str, str]]]:
    """The comparisons that a site asks for, each once, and what is wrong with the others: the place in the option, and a message.

    Args:
        wanted: ``related``, or a list whose items are lists of codes, or codes with commas between them.
        dataset: the codes.
    """
    found: dict[frozenset[str], tuple[str, ...]] = {}
    if wanted == "related":
        for pair in dataset.related_pairs():
            found.setdefault(frozenset(pair), pair)
        own = {code: number for number, code in enumerate(dataset.site_codes)}
        return sorted(found.values(), key=lambda pair: [_order(dataset.code(code), own) for code in pair]), []
    items = wanted if isinstance(wanted, list) else [wanted]
    if len(items) > 1 and all(isinstance(item, int | str) and _is_code(item) for item in items):
        given = ", ".join(map(str, items))
        return [], [("comparisons", f"comparisons: each comparison is a list of its own; write [[{given}]]")]
    mistakes: list[tuple[str, str]] = []
    for number, item in enumerate(items):
        names, messages = _compared(item, dataset, _Place(isinstance(wanted, list), len(items) == 1))
        if names and frozenset(names) in found:
            messages = [f"{', '.join(names)} are compared already, whichever comes first; name them once"]
        elif names:
            found[frozenset(names)] = names
        place = f"comparisons.{number}" if isinstance(wanted, list) else "comparisons"
        mistakes += [(place, f"comparisons: {message}") for message in messages]
    return list(found.values()), mistakes


class _Place(NamedTuple):
    """Whether a comparison stands in a list, as it should, and whether it is the only one."""

    listed: bool
    alone: bool


def _compared(item: object, dataset: Dataset, stands: _Place) -> tuple[tuple[str, ...], list[str]]:
    """The codes of one comparison, or what is wrong with it."""
    if message := _shape(item, stands):
        return (), [message]
    text = ", ".join(map(str, item)) if isinstance(item, list | tuple) else str(item)
    whole = f"<< smtp_compare({text}) >>"
    directive = directives.find(whole)
    try:
        if directive is None or directive.end != len(whole):
            raise Mistakes([f"{text!r} is no list of codes"])
        read = directives.parse(directive, whole)
        if read.options:
            raise Mistakes([f"{next(iter(read.options))} is an option of a directive; write the codes alone"])
        return tuple(map(str, Renderer(dataset).codes(read))), []
    except Mistakes as mistake:
        return (), [_without_directive(message) for message in mistake.messages]


def _shape(item: object, stands: _Place) -> str:
    """What is wrong with an item that is neither codes nor a list of them, "" for one that may be."""
    if item is None:
        return f"nothing stands here; {_EXAMPLE}"
    if item == "related":
        return "related stands in no list; write comparisons: related" + ("" if stands.alone else ", or pairs alone")
    if isinstance(item, list) and any(isinstance(inner, list) for inner in item):
        inner = next(inner for inner in item if isinstance(inner, list))
        return f"a list stands within this one; write [{', '.join(map(str, inner))}]"
    values = [*item, *item.values()] if isinstance(item, dict) else item if isinstance(item, list) else []
    written = ", ".join(map(str, values))
    if isinstance(item, dict):
        codes = values and all(map(_is_code, values))
        return f"a mapping stands here; {f'write [{written}]' if codes else _EXAMPLE}"
    if isinstance(item, bool) or not isinstance(item, list | str | int):
        return f"{str(item).lower()} stands here; {_EXAMPLE}"
    if isinstance(item, list) and any(inner is None or isinstance(inner, dict | bool) for inner in values):
        return f"[{written}] is no list of codes; {_EXAMPLE}"
    if isinstance(item, list) or (isinstance(item, str) and "," in item):
        return ""
    if _is_code(item):
        return f"{item} stands alone, and a comparison takes two to four codes; {_EXAMPLE}"
    from ..directives.no_codes import codes_in  # noqa: PLC0415 (only for a mistake)

    if codes := list(dict.fromkeys(codes_in(str(item)))):
        given = f"[{', '.join(codes)}]"
        return f"{item!r} is unknown; write {given if stands.listed else f'[{given}]'}"
    near = nearest(str(item), ["related"])
    return f"{item!r} is unknown{near} I{_EXAMPLE[1:]}" if near else f"{item!r} is unknown; {_EXAMPLE}"


def _without_directive(message: str) -> str:
    """What is said of a directive, without what would be right only there."""
    message = re.sub(r"; [^;]*<<[^;]*", "", message.removeprefix("smtp_compare: "))
    if message.endswith("?"):
        return f"{message} I{_EXAMPLE[1:]}"
    told = re.search(r"; (?:separate|name|write|a code|its)\b|data_files", message)
    return message if told else f"{message}; {_EXAMPLE}"


def _is_code(value: object) -> bool:
    try:
        parse_code(str(value))
    except ValueError:
        return False
    return True


def path(codes: Sequence[str]) -> str:
    """The file of an entry, or of a comparison where there are several codes: ``550-5.7.1.md``, ``450-vs-550.md``."""
    return f"{_VS.join(map(_file, codes))}.md"


def codes_of(path: str, dataset: Dataset) -> tuple[str, ...]:
    """The codes that a page is about whose file is called so; empty where a file's name is not made of codes."""
    found = []
    for name in path.removesuffix(".md").split(_VS):
        for text in (name, name.replace("-", " ", 1)):
            try:
                code = str(dataset.code(text))
            except UnknownCode:
                continue
            # A code may be written in several ways, and a file is called in one.
            if _file(code) == name:
                found.append(code)
                break
        else:
            return ()
    return tuple(found)


def _file(code: str) -> str:
    """A code as the name of a file: an address that does not change."""
    return code.replace(" ", "-")
