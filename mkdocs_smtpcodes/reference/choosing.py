"""Which codes and comparisons get a page, and what its file is called. It knows no MkDocs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from .. import directives
from ..codes import BasicCode, Code, EnhancedCode, Reply
from ..dataset import Dataset, UnknownCode
from ..dataset.meanings import named_codes
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


def comparisons(wanted: object, dataset: Dataset) -> tuple[list[tuple[str, ...]], list[str]]:
    """The comparisons that a site asks for, each once, and what is wrong with the others.

    Args:
        wanted: ``related``, or a list whose items are lists of codes, or codes with commas between them.
        dataset: the codes.
    """
    found: dict[frozenset[str], tuple[str, ...]] = {}
    if wanted == "related":
        for pair in dataset.related_pairs():
            found.setdefault(frozenset(pair), pair)
        return list(found.values()), []
    mistakes: list[str] = []
    items = wanted if isinstance(wanted, list) else [wanted]
    if len(items) > 1 and all(isinstance(item, int) or (isinstance(item, str) and "," not in item) for item in items):
        given = ", ".join(map(str, items))
        return [], [f"comparisons: each comparison is a list of its own; write [[{given}]]"]
    for item in items:
        if isinstance(item, str) and "," not in item:
            mistakes.append(f"comparisons: {item!r} is unknown{nearest(item, ['related'])}; {_EXAMPLE}")
            continue
        text = ", ".join(map(str, item)) if isinstance(item, list | tuple) else str(item)
        whole = f"<< smtp_compare({text}) >>"
        directive = directives.find(whole)
        try:
            if directive is None or directive.end != len(whole):
                raise Mistakes([f"{text!r} is no list of codes"])
            compared = Renderer(dataset).codes(directives.parse(directive, whole))
        except Mistakes as mistake:
            # What would be right in a directive is not right here.
            told = [m.removeprefix("smtp_compare: ").partition("; write <<")[0] for m in mistake.messages]
            mistakes += [f"comparisons: {message}; {_EXAMPLE}" for message in told]
        else:
            names = tuple(map(str, compared))
            found.setdefault(frozenset(names), names)
    return list(found.values()), mistakes


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
