"""What schema.org calls the generated pages: defined terms, their set, and technical articles. It knows no MkDocs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .pages import INDEX, GeneratedPage

CONTEXT = "https://schema.org"


def linked_data(page: GeneratedPage, urls: Mapping[str, str], pages: Sequence[GeneratedPage]) -> dict[str, Any] | None:
    """The JSON-LD of a page, None for pages that are only lists of others.

    Args:
        page: the page.
        urls: the full addresses of the pages by their paths; empty where the site has no address.
        pages: all pages of the reference in the language.
    """
    told: dict[str, Any]
    if page.kind == "code":
        told = _term(page, urls)
        if index := next((other for other in pages if other.path == INDEX), None):
            told["inDefinedTermSet"] = _set(index, urls)
    elif page.kind == "comparison":
        terms = {
            other.codes[0]: _term(other, urls)
            for other in pages
            if other.kind == "code" and other.codes[0] in page.codes
        }
        told = {
            "@type": "TechArticle",
            "headline": page.title,
            "description": page.description,
            "inLanguage": page.lang,
            "url": urls.get(page.path),
            "about": [terms.get(code, {"@type": "DefinedTerm", "name": code, "termCode": code}) for code in page.codes],
        }
    elif page.path == INDEX:
        told = _set(page, urls) | {"description": page.description, "inLanguage": page.lang}
        told["hasDefinedTerm"] = [_term(other, urls) for other in pages if other.kind == "code"]
    else:
        return None
    return {"@context": CONTEXT, **_said(told)}


def _term(page: GeneratedPage, urls: Mapping[str, str]) -> dict[str, Any]:
    url = urls.get(page.path)
    return _said(
        {
            "@type": "DefinedTerm",
            "@id": url,
            "name": page.title,
            "termCode": page.codes[0],
            "description": page.description,
            "url": url,
        }
    )


def _set(index: GeneratedPage, urls: Mapping[str, str]) -> dict[str, Any]:
    url = urls.get(index.path)
    return _said({"@type": "DefinedTermSet", "@id": url, "name": index.title, "url": url})


def _said(told: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in told.items() if value}
