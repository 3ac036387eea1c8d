"""The generated reference as pages of MkDocs: files, navigation, and what their heads say to search engines."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from . import reference
from .dataset import DEFAULT_LANGUAGE, Dataset
from .reference import GeneratedPage


class Generator:
    """Makes the pages that the configuration asks for."""

    def __init__(self, mode: str, folder: str, comparisons: str | Sequence[Any]) -> None:
        self.mode = mode
        self.folder = folder.strip("/")
        self.comparisons = comparisons
        self._place = tempfile.TemporaryDirectory(prefix="smtpcodes-")
        #: The pages of this build by their path in the docs folder.
        self.pages: dict[str, GeneratedPage] = {}

    def add(self, files: Files, config: MkDocsConfig, dataset: Dataset, lang: str) -> None:
        """Add the pages to the files of a site; a page that the site has written itself stays."""
        self.pages = {}
        texts = [file.content_string for file in files.documentation_pages()] if self.mode == "used" else []
        codes = reference.mentioned(texts, dataset) if self.mode == "used" else []
        codes = reference.all_codes(dataset) if self.mode == "all" else _sorted(codes, dataset)
        pairs = _pairs(self.comparisons, dataset, set(codes))
        for language, path in self._languages(config, dataset, lang):
            for page in reference.pages(dataset, language, codes, pairs):
                uri = path(f"{self.folder}/{page.path}")
                if files.get_file_from_path(uri) is None:
                    self.pages[uri] = page
                    files.append(File.generated(config, uri, abs_src_path=str(self._written(uri, page.markdown))))
        if config.nav is not None and self.pages:
            config.nav = self._nav(config.nav, dataset, lang)

    def _written(self, uri: str, text: str) -> Path:
        path = Path(self._place.name, uri)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    @staticmethod
    def _languages(config: MkDocsConfig, dataset: Dataset, lang: str) -> Iterable[tuple[str, Any]]:
        """Each language that the site builds, and how a path says it."""
        i18n: Any = config.plugins.get("i18n")
        if i18n is None:
            return [(lang, lambda path: path)]
        languages: list[tuple[str, Callable[[str], str]]] = []
        for item in i18n.config["languages"]:
            locale = item["locale"]
            if locale == "null" or not item.get("build", True):
                continue
            known = dataset.nearest_language(locale) or DEFAULT_LANGUAGE
            if i18n.config["docs_structure"] == "folder":
                languages.append((known, partial(_in_folder, locale)))
            elif item.get("default"):
                languages.append((known, lambda path: path))
            else:
                languages.append((known, partial(_with_suffix, locale)))
        return languages

    # --- navigation ----------------------------------------------------------------------------------------------------

    def _nav(self, nav: list[Any], dataset: Dataset, lang: str) -> list[Any]:
        """The site's navigation with the reference where it names its folder, else at the end."""
        label = dataset.words(lang).label
        # mkdocs-static-i18n finds the translations of what the navigation names by itself.
        first = [(uri, page) for uri, page in self.pages.items() if not _translated(uri)]
        groups: dict[str, list[Any]] = {}
        top: list[Any] = []
        for uri, page in first:
            if page.kind == "index" and page.path == "index.md":
                top.append({page.title: uri})
            else:
                groups.setdefault(_group(page, label), []).append({page.title: uri})
        section: list[Any] = [*top, *({name: items} for name, items in groups.items())]
        placed, changed = self._placed(nav, section)
        return placed if changed else [*nav, {label("reference"): section}]

    def _placed(self, nav: list[Any], section: list[Any]) -> tuple[list[Any], bool]:
        """Put the section where an item of the navigation is the folder of the reference."""
        names = {self.folder, f"{self.folder}/"}
        placed: list[Any] = []
        changed = False
        for item in nav:
            if isinstance(item, str) and item in names:
                placed += section
                changed = True
            elif isinstance(item, dict):
                ((title, value),) = item.items()
                if isinstance(value, str) and value in names:
                    value, changed = section, True
                elif isinstance(value, list):
                    value, inner = self._placed(value, section)
                    changed = changed or inner
                placed.append({title: value})
            else:
                placed.append(item)
        return placed, changed

    # --- heads ---------------------------------------------------------------------------------------------------------

    def head(self, uri: str, html: str, url: str, site_name: str, index_url: str) -> str:
        """The page with its description and with JSON-LD in its head."""
        page = self.pages[uri]
        added = ""
        if '<meta name="description"' not in html[: html.find("</head>")]:
            added += f'<meta name="description" content="{escape(page.description)}">\n'
        if data := _json_ld(page, url, site_name, index_url):
            text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
            added += f'<script type="application/ld+json">{text}</script>\n'
        return html.replace("</head>", f"{added}</head>", 1)


def _in_folder(locale: str, path: str) -> str:
    return f"{locale}/{path}"


def _with_suffix(locale: str, path: str) -> str:
    return f"{path.removesuffix('.md')}.{locale}.md"


def _translated(uri: str) -> bool:
    """Whether a path names a language before its ending, as mkdocs-static-i18n has it."""
    stem = uri.rsplit("/", 1)[-1].removesuffix(".md")
    last = stem.rsplit(".", 1)[-1] if "." in stem else ""
    return last.isalpha()


def _group(page: GeneratedPage, label: Any) -> str:
    if page.kind == "comparison":
        return str(label("comparisons"))
    if page.kind in {"command", "index"}:
        return str(label("by_command"))
    return str(label("by_subject" if "." in page.codes[0] else "by_class"))


def _sorted(codes: Sequence[str], dataset: Dataset) -> list[str]:
    """Codes in the order of the whole reference; whole replies behind."""
    order = {code: number for number, code in enumerate(reference.all_codes(dataset))}
    return sorted(codes, key=lambda code: (order.get(code, len(order)), code))


def _pairs(wanted: str | Sequence[Any], dataset: Dataset, codes: set[str]) -> list[tuple[str, ...]]:
    if wanted == "related":
        return [pair for pair in reference.related_pairs(dataset) if set(pair) <= codes]
    return [tuple(str(dataset.code(str(code))) for code in pair) for pair in wanted]


def _json_ld(page: GeneratedPage, url: str, site_name: str, index_url: str) -> Mapping[str, Any] | None:
    """What schema.org calls the page: a defined term, or an article."""
    if page.kind == "code":
        return {
            "@context": "https://schema.org",
            "@type": "DefinedTerm",
            "name": page.title,
            "termCode": page.codes[0],
            "description": page.description,
            "url": url,
            "inDefinedTermSet": {"@type": "DefinedTermSet", "name": f"{site_name}: SMTP", "url": index_url},
        }
    if page.kind == "comparison":
        return {
            "@context": "https://schema.org",
            "@type": "TechArticle",
            "headline": page.title,
            "description": page.description,
            "url": url,
            "about": [{"@type": "DefinedTerm", "termCode": code, "name": f"SMTP {code}"} for code in page.codes],
        }
    return None
