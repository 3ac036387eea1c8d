"""The names of entries, as references and other sites write them: ``smtp-550-5-7-1``, ``smtp-reason-greylisted``.

A name is the anchor of the entry, so that there is one thing to learn and one to keep.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..suggestions import close, did_you_mean
from .dataset import Dataset
from .model import LeftOut, UnknownCode
from .sender_meanings import named_codes
from .senders import sender_meant

PREFIX = "smtp-"
REASON, SENDER, COMPARISON = "reason:", "sender:", "compare:"
_VS = "-vs-"
#: As many codes as one comparison has.
_COMPARED = 4
#: ``550``, ``5-7-1``, ``5-7-606-649``, ``550-5-7-1``, with dots and spaces too.
_CODE = r"(?:(\d{3})(?:$|[- ]))?(?:(\d)[-.](\d{1,3})[-.](\d{1,3})(?:-(\d{1,3}))?)?"
#: What stands behind the prefix of a name that can only be one of ours.
_OURS = r"\d|reason-|sender-"

#: A code among others, what people write between codes or before one, and a class.
_AMONG = r"(?a)(?<!\d)(?:[2-5]\d\d(?:[- ][245][-.]\d{1,3}[-.]\d{1,3})?|[245][-.]\d{1,3}[-.]\d{1,3})(?!\d)"
_AROUND = ("", "vs", "vsvs", "and", "or", "to", "versus", "code", "codes", "compare", "error", "reply", "status")
_CLASS = r"[2-5]xx"
_ZEROS = r"(?<=-)0+(?=[0-9])"
#: What names there are, for who has none of them.
_KINDS = (
    "there are names of codes (smtp-550-5-7-1), of comparisons (smtp-450-vs-550), of reasons (smtp-reason-greylisted) and of"
    " senders (smtp-sender-gmail)"
)
#: Letters that are taken for digits.
_LOOKALIKE = str.maketrans("oOlI", "0011")


class UnknownName(ValueError):
    """A name that no entry has; the message says which may have been meant."""


def anchor(key: str) -> str:
    """A key as part of an anchor: ``550 5.7.1`` gives ``550-5-7-1``. Scripts of themes take a dot for a class."""
    return key.replace(" ", "-").replace(".", "-").replace(":", "-")


def name_of(key: str) -> str:
    """The name of what a key says: of a code, ``reason:greylisted``, ``sender:gmail`` or ``compare:450,550``."""
    if key.startswith(COMPARISON):
        return PREFIX + _VS.join(map(anchor, compared(key)))
    return PREFIX + anchor(key)


def is_ours(name: str, dataset: Dataset) -> bool:
    """Whether a name can only be meant for an entry, be there one or not."""
    told = name.casefold().removeprefix(PREFIX)
    return bool(re.match(_OURS, told)) or _written(told, dataset) in dataset.site_codes


def near_name(name: str, dataset: Dataset) -> str:
    """The name of an entry that a name was surely meant for, "" where it looks like none."""
    word = name.casefold().removeprefix(PREFIX)
    # Without what they all begin with, which would make any two of them alike.
    near = close(word, [known.removeprefix(PREFIX) for known in names(dataset)], 0.8)
    near = f"{PREFIX}{near}" if near else ""
    for kind, known in ((REASON, dataset.reasons), (SENDER, dataset.senders)):
        if not near and (key := word if word in known else close(word, known, 0.85)):
            near = name_of(f"{kind}{key}")
    sender = sender_meant(word, dataset) if not near else ""
    if sender and (word in dataset.called or close(word, [sender, dataset.senders[sender].name], 0.75)):
        near = name_of(f"{SENDER}{sender}")
    return near or ""


def comparison(codes: Iterable[str]) -> str:
    """The key of a comparison, whatever the order of its codes."""
    return COMPARISON + ",".join(sorted(codes))


def former_names(key: str, dataset: Dataset) -> list[str]:
    """The names that an entry had once."""
    return [old for old, new in dataset.former.items() if new == name_of(key)]


def compared(key: str) -> list[str]:
    """The codes of the key of a comparison."""
    return key.removeprefix(COMPARISON).split(",")


def keys_of(key: str) -> tuple[str, ...]:
    """The keys under which the entry of a key may stand: a reply may be told by its enhanced code."""
    if key.startswith(COMPARISON):
        return (comparison(compared(key)),)
    return (key, *key.split(" ")[1:])


def key_of(name: str, dataset: Dataset) -> str:
    """The key of what a name says.

    Raises:
        UnknownName: there is no such entry.
        LeftOut: the site describes it, with a mistake that has its own message.
    """
    name = dataset.former.get(name, name).casefold()
    told = name.removeprefix(PREFIX)
    if told == name:
        told = told.removeprefix("smtp").lstrip("-_ ")
        near = _code_meant(told, dataset) or _codes_meant(told, dataset)
        mend = did_you_mean([near]) if near else f"; write one such as {name_of('550 5.7.1')}"
        raise UnknownName(f"this is no name of an entry{mend}")
    if not told:
        raise UnknownName(f"the name ends with its hyphen; {_KINDS}")
    for kind, known in ((REASON, dataset.reasons), (SENDER, dataset.senders)):
        mark = kind.replace(":", "-")
        if told.startswith(mark) or told in (mark[:-1], f"{mark[:-1]}s"):
            if (key := told.partition("-")[2]) in known:
                return f"{kind}{key}"
            if not key:
                raise UnknownName(f"the {kind[:-1]} is missing; write one such as {PREFIX}{mark}{next(iter(known))}")
            if left_out := dataset.gone(f"{kind[:-1]}s", key):
                raise left_out
            near = close(key, known) if kind == REASON else sender_meant(key, dataset)
            example = f"{PREFIX}{mark}{near or next(iter(known))}"
            listed = did_you_mean([example]) if near else f"; write one such as {example}"
            raise UnknownName(f"{key} is not a {kind[:-1]} on record{listed}")
    if _VS in told:
        parts = told.split(_VS)
        if not all(parts) or len(parts) > _COMPARED:
            raise UnknownName("a comparison has two to four codes; write one such as smtp-450-vs-550")
        codes = [_code(part, dataset) for part in parts]
        if len(set(codes)) < len(codes):
            twice = next(code for code in codes if codes.count(code) > 1)
            raise UnknownName(f"{twice} is not compared with itself; write {name_of(twice)}, or two different codes")
        return f"{COMPARISON}{','.join(codes)}"
    if not is_ours(name, dataset):
        near = near_name(name, dataset) or _codes_meant(told, dataset)
        raise UnknownName(f"{told} is no code, reason or sender{did_you_mean([near]) if near else f'; {_KINDS}'}")
    return _code(told, dataset)


def _code(told: str, dataset: Dataset) -> str:
    text = _written(told, dataset)
    try:
        return str(dataset.code(text))
    except LeftOut:
        raise
    except UnknownCode as unknown:
        if unknown.is_none:
            raise UnknownName(unknown.message.replace("550", name_of("550"))) from None
        near = [name_of(code) for code in unknown.near]
        if not told.isdigit():
            if re.fullmatch(_CLASS, told):
                raise UnknownName(f"{told} is a class; << smtp_table({told}) >> lists its codes") from None
            found = (
                _code_meant(told, dataset) or _codes_meant(told, dataset) or close(PREFIX + told, names(dataset), 0.8)
            )
            near = [found] if found else []
        raise UnknownName(f"{text} is not a known code{did_you_mean(near)}") from None


def _code_meant(told: str, dataset: Dataset) -> str:
    """The name of the code that was meant with other signs between its numbers, or with letters that look like digits; or ""."""
    text = re.sub(r"[\W_]+", "-", told.translate(_LOOKALIKE)).strip("-")
    text = re.sub(_ZEROS, "", text)
    try:
        return name_of(str(dataset.code(_written(text, dataset))))
    except UnknownCode:
        return ""


def _codes_meant(told: str, dataset: Dataset) -> str:
    """The name for a text that has nothing but codes and what people write around them; or ""."""
    left = re.sub(_AMONG, "", told)
    if re.sub(r"[\W_]+", "", left) not in _AROUND:
        return ""
    try:
        found = list(dict.fromkeys(str(dataset.code(_written(part, dataset))) for part in re.findall(_AMONG, told)))
    except UnknownCode:
        return ""
    return name_of(COMPARISON + ",".join(found) if len(found) > 1 else found[0]) if 0 < len(found) <= _COMPARED else ""


def _written(told: str, dataset: Dataset) -> str:
    """A code as a writer of directives would name it."""
    for key in dataset.site_codes:
        if anchor(key).casefold() == anchor(told).casefold():
            return key
    if told and (match := re.fullmatch(_CODE, told)):
        basic, *enhanced, last = match.groups()
        code = ".".join(enhanced) if enhanced[0] else ""
        return " ".join(part for part in (basic, f"{code}-{last}" if last else code) if part)
    return told


def keys(dataset: Dataset) -> Iterator[str]:
    """The keys of all that is on record: codes, reasons, senders."""
    yield from dataset.basic_codes
    for detail in dataset.details:
        yield from (f"{digit}{detail[1:]}" for digit in dataset.classes_of(detail))
    yield from dict.fromkeys([*named_codes(dataset), *dataset.site_codes])
    yield from (f"{REASON}{key}" for key in dataset.reasons)
    yield from (f"{SENDER}{key}" for key in dataset.senders)


def names(dataset: Dataset) -> Iterator[str]:
    """The names of all that is on record."""
    return map(name_of, keys(dataset))
