"""Real builds in a temporary folder, and the extension in plain Markdown."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import markdown
import pytest
import yaml
from bs4 import BeautifulSoup

# Material prints a banner about its successor, which is nothing that a test looks at.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

CONTAINERS = [
    "admonition",
    "pymdownx.details",
    "pymdownx.tabbed",
    "md_in_html",
    "footnotes",
    "def_list",
    "attr_list",
    "tables",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden-renew", action="store_true", help="write the golden pages anew")


@dataclass
class Site:
    """A built site: its folder, and what was logged while it was built."""

    folder: Path
    warnings: list[str]
    infos: list[str]

    def html(self, path: str = "index.html") -> str:
        return (self.folder / path).read_text(encoding="utf-8")

    def soup(self, path: str = "index.html") -> BeautifulSoup:
        return BeautifulSoup(self.html(path), "html.parser")

    def search(self) -> list[dict[str, str]]:
        return list(json.loads((self.folder / "search" / "search_index.json").read_text(encoding="utf-8"))["docs"])


class _Records(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


BuildSite = Callable[..., Site]


@pytest.fixture
def build_site(tmp_path: Path) -> BuildSite:
    """Build a site from pages: ``build_site({"index.md": "…"}, theme="material")``."""
    return builder(tmp_path)


def builder(below: Path) -> BuildSite:
    """What builds sites in a folder."""

    def build(
        pages: Mapping[str, str],
        *,
        theme: str | dict[str, Any] = "mkdocs",
        plugin: Mapping[str, Any] | None = None,
        folder: str = "site",
        **config: Any,
    ) -> Site:
        from mkdocs.commands.build import build as mkdocs_build
        from mkdocs.config import load_config

        root = below / folder
        for name, text in pages.items():
            path = root / "docs" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        settings: dict[str, Any] = {
            "site_name": "Test",
            "site_url": "https://example.org/",
            "theme": theme,
            "plugins": ["search", {"smtpcodes": dict(plugin or {})}],
            "markdown_extensions": ["toc", "fenced_code"],
            **config,
        }
        (root / "mkdocs.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
        handler = _Records()
        logger = logging.getLogger("mkdocs")
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
        try:
            loaded = load_config(str(root / "mkdocs.yml"), site_dir=str(root / "out"))
            loaded.plugins.on_startup(command="build", dirty=False)
            mkdocs_build(loaded)
            loaded.plugins.on_shutdown()
        finally:
            logger.removeHandler(handler)
        messages = [(record.levelno, record.getMessage()) for record in handler.records]
        return Site(
            root / "out",
            [text for level, text in messages if level >= logging.WARNING],
            [text for level, text in messages if level == logging.INFO],
        )

    return build


def convert(text: str, *extensions: str, **options: Any) -> str:
    """Plain Python-Markdown with the extension (and others)."""
    return markdown.markdown(
        text, extensions=["smtpcodes", "toc", *extensions], extension_configs={"smtpcodes": options} if options else {}
    )


def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def text_of(html: str) -> str:
    return " ".join(soup(html).get_text(" ").split())
