"""The dataset as JSON for other programs: facts, words, and where the pages of a site are. It knows no MkDocs.

The format is described by ``schema/export.schema.json``. A field may be added at any time; ``FORMAT`` grows when one changes
its meaning or goes away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .. import __version__
from ..codes import BasicCode, Code, EnhancedCode, SiteCode
from ..dataset import DEFAULT_LANGUAGE, Dataset, Entry
from ..rendering.links import rfc_url
from .choosing import all_codes

FORMAT = 1
SCHEMA = "export.schema.json"
_TEXTS = {
    "name": "name",
    "summary": "summary",
    "description": "description",
    "when": "when",
    "next": "next",
    "fix_received": "fix.received",
    "fix_sending": "fix.sending",
    "choose_received": "choose.received",
    "choose_sending": "choose.sending",
    "distinct": "distinct",
}


def export(
    dataset: Dataset,
    languages: Sequence[str],
    entries: Mapping[str, Mapping[str, str]] | None = None,
    comparisons: Iterable[tuple[Sequence[str], Mapping[str, str]]] = (),
    reasons: Mapping[str, Mapping[str, str]] | None = None,
) -> dict[str, Any]:
    """The dataset as JSON values.

    Args:
        dataset: the codes, with those of a site if it has any.
        languages: the languages whose words are wanted; English is added where one of them lacks a text.
        entries: for codes that a site explains, the address of the explanation by language.
        comparisons: for each comparison of a site, its codes, and its address by language.
        reasons: for reasons that a site explains, the address of the explanation by language.

    Returns:
        A mapping that fits ``schema/export.schema.json``.
    """
    entries = entries or {}
    # Whole replies are no part of the dataset; a site that explains one has it. What a site says of reasons and senders
    # (``reason:greylisted``) is of no code.
    codes = list(dict.fromkeys([*all_codes(dataset), *(key for key in entries if ":" not in key)]))
    wanted = _languages(dataset, codes, languages)
    told = {key: _code(dataset, dataset.code(key), wanted, entries.get(key, {})) for key in codes}
    return {
        "$schema": SCHEMA,
        "format": FORMAT,
        "generator": f"mkdocs-smtpcodes {__version__}",
        "data_version": dataset.data_version,
        "languages": wanted,
        "codes": told,
        "comparisons": [{"codes": list(codes), "pages": dict(pages)} for codes, pages in comparisons],
        "reasons": {key: {"pages": dict(pages)} for key, pages in (reasons or {}).items()},
    }


def record(dataset: Dataset, code: Code, languages: Sequence[str]) -> dict[str, Any]:
    """One code as JSON values, as it stands in the ``codes`` of an export; English is added where a language lacks a text."""
    return _code(dataset, code, _languages(dataset, [str(code)], languages), {})


def _languages(dataset: Dataset, codes: Sequence[str], languages: Sequence[str]) -> list[str]:
    wanted = list(dict.fromkeys(languages))
    if DEFAULT_LANGUAGE not in wanted and not all(_whole(dataset, codes, lang) for lang in wanted):
        wanted.append(DEFAULT_LANGUAGE)
    return wanted


def _code(dataset: Dataset, code: Code, languages: Sequence[str], pages: Mapping[str, str]) -> dict[str, Any]:
    profile = dataset.profile(code)
    kinds = {BasicCode: "reply code", EnhancedCode: "enhanced status code", SiteCode: "id of the site"}
    told: dict[str, Any] = {
        "kind": kinds.get(type(code), "whole reply"),
        "class": code.class_digit,
        "status": profile.status,
        "sources": [{"text": source, "url": rfc_url(source)} for source in profile.sources],
        "commands": [
            _said(
                {
                    "at": a.at,
                    "source": a.source,
                    "with": a.needs,
                    "after": a.after,
                    "except": list(a.excepted),
                    "seen": list(a.seen),
                }
            )
            for a in profile.answers
        ],
        "axes": {
            axis: [_said({"value": value.value, "at": list(value.at)}) for value in values]
            for axis, values in profile.axes.items()
        },
        "partners": list(profile.partners),
        "related": [{"code": str(other), "is": relation} for other, relation in dataset.related(code)],
        "words": {lang: _words(dataset.entry(code, lang), lang) for lang in languages},
        "pages": dict(pages),
    }
    if isinstance(code, SiteCode):
        told["reply"] = str(code.reply)
    told |= _said({"by_services": profile.by_services})
    told |= _said({"text": profile.text, "url": profile.url, "example": list(dataset.example(code))})
    return told


def _words(entry: Entry, lang: str) -> dict[str, str]:
    """The texts that are really written in a language, as inline Markdown; an empty text is one that a site has hidden."""
    texts = {key: getattr(entry, name) for name, key in _TEXTS.items()}
    return {key: text.text for key, text in texts.items() if text.lang == lang}


def _whole(dataset: Dataset, codes: Sequence[str], lang: str) -> bool:
    """Whether no text of the codes is missing in a language; what nobody has is not missing."""
    entries = (dataset.entry(dataset.code(code), lang) for code in codes)
    texts = (getattr(entry, name) for entry in entries for name in _TEXTS)
    return all(text.lang == lang or not text.text for text in texts)


def _said(told: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in told.items() if value}
