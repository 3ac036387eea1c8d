"""A real browser and the gallery in every theme."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import markdown
import pytest

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--disable-quic"]  # fmt: skip
SCREENSHOTS = Path(__file__).parent.parent.parent / "screenshots"

GALLERY = """\
---
lang: {lang}
---

# Gallery

The server said << smtp(535) >>, then << smtp(550 5.7.1, show=both) >>.

<< smtp_compare(250, 535) >>

<< smtp_compare(450, 451, 550) >>

<< smtp_compare(550 5.7.1, 550 5.7.26, 421 4.7.0, 354) >>

<< smtp_code(550 5.7.26) >>

<< smtp_code(252) >>

<< smtp_table(4xx) >>

<< smtp_table(5.7.x, columns="code, name, meaning, fix, status, source") >>

<< smtp_commands() >>

<< smtp_compare(536, 535) >>
"""
LANGUAGES = ("en", "tr", "ar")
THEMES: dict[str, Any] = {
    "mkdocs": {"name": "mkdocs", "color_mode": "auto"},
    "readthedocs": {"name": "readthedocs"},
    "material": {
        "name": "material",
        "font": False,
        "palette": [
            {"media": "(prefers-color-scheme: light)", "scheme": "default", "primary": "indigo"},
            {"media": "(prefers-color-scheme: dark)", "scheme": "slate", "primary": "red"},
        ],
    },
    "none": None,
}


@pytest.fixture(scope="session")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Path]:
    """The gallery page by theme and language."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    pages: dict[tuple[str, str], Path] = {}
    for name, theme in THEMES.items():
        root = tmp_path_factory.mktemp(name)
        if theme is None:
            for lang in LANGUAGES:
                text = GALLERY.format(lang=lang).split("---\n", 2)[2]
                body = markdown.markdown(
                    text,
                    extensions=["smtpcodes", "toc"],
                    extension_configs={"smtpcodes": {"css": "inline", "lang": lang}},
                )
                pages[name, lang] = root / f"{lang}.html"
                head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Gallery</title>'
                pages[name, lang].write_text(
                    f'<!doctype html><html lang="en"><head>{head}</head><body>{body}</body></html>', "utf-8"
                )
            continue
        (root / "docs").mkdir()
        for lang in LANGUAGES:
            (root / "docs" / f"{lang}.md").write_text(GALLERY.format(lang=lang), encoding="utf-8")
            pages[name, lang] = root / "site" / f"{lang}.html"
        (root / "docs" / "index.md").write_text("# Home\n", encoding="utf-8")
        import yaml

        config = {
            "site_name": "Gallery",
            "theme": theme,
            "plugins": ["search", "smtpcodes"],
            "use_directory_urls": False,
        }
        (root / "mkdocs.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
        build(load_config(str(root / "mkdocs.yml")))
    return pages


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: the browser tests did not run")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def open_page(browser: Any, gallery: dict[tuple[str, str], Path]) -> Iterator[Any]:
    contexts = []

    def open_page(theme: str, lang: str, scheme: str = "light", width: int = 1280, **more: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **more)
        contexts.append(context)
        page = context.new_page()
        page.goto(gallery[theme, lang].as_uri())
        page.wait_for_timeout(150)
        return page

    yield open_page
    for context in contexts:
        context.close()
