"""A real browser, and the same pages in every theme."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import markdown
import pytest
import yaml

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--disable-quic"]  # fmt: skip
SCREENSHOTS = Path(__file__).parent.parent.parent / "screenshots"
#: Where the pages of a site are served, so that scripts of themes run as they do on the web.
ORIGIN = "http://site.test/"

GALLERY = """\
<< smtp_compare(250, 535) >>

<< smtp_compare(450, 451, 550) >>

<< smtp_compare(550 5.7.1, 550 5.7.26, 421 4.7.0, 354, parts="summary, session, codes, differences, choice, facts, more") >>

<< smtp_code(550 5.7.26) >>

<< smtp_table(4xx) >>

<< smtp_table(5.7.4, 5.7.6, 5.7.11, 5.7.27, 535, columns="code, name, meaning, fix, status, source") >>

<< smtp_commands() >>

<< smtp_compare(536, 535) >>
"""
# What a reader with a bounce opens: the section is the first thing below the title.
ANSWER = "<< smtp_compare(250, 535) >>\n"
INLINE = """\
The server said << smtp(535) >>, then << smtp(550 5.7.1, show=both) >>. And << smtp(421, show=name) >> stands at the end of a
rather long line that wraps << smtp(252) >>.

## A heading with << smtp(535) >>

| Code | What | Last |
| --- | --- | --- |
| << smtp(550) >> | refused here and there with so much text that the table is wide, wider than a phone | << smtp(450) >> |
| << smtp(250) >> | fine | << smtp(5.7.1) >> |

- a list << smtp(550 5.7.26) >>
- and << smtp(354) >>

!!! note "A note << smtp(535) >>"

    With << smtp(535) >> inside.

A [link with << smtp(535) >> inside](answer-{lang}.md).

<< smtp(421, show=both) >>
"""
# A reply that is explained, replies on record, and a box to paste one into.
EXPLAINED = """\
<< smtp_explain("550-5.7.26 Unauthenticated email from example.com is not accepted due to domain's DMARC policy. - gsmtp") >>

<< smtp_replies(policyd-spf) >>

<< smtp_lookup() >>
"""
# What prints on many pages.
LONG = {"entry": "<< smtp_code(550) >>\n", "sender": "<< smtp_replies(gmail) >>\n"}
# A table of all columns that there are.
WIDE = '<< smtp_table(4xx, columns="code, name, class, meaning, fix, commands, enhanced, status, source") >>\n'
# A sender whose documentation has a long address.
ADDRESS = "<< smtp_replies(exchange-online) >>\n"
PAGES = {
    "gallery": f"{GALLERY}\n{INLINE}\n{EXPLAINED}",
    **{"answer": ANSWER, "inline": INLINE, "address": ADDRESS, "wide": WIDE},
    **LONG,
}
LANGUAGES = ("en", "tr", "ar")
PALETTE = [
    {"media": "(prefers-color-scheme: light)", "scheme": "default", "primary": "indigo"},
    {"media": "(prefers-color-scheme: dark)", "scheme": "slate", "primary": "red"},
]
THEMES: dict[str, Any] = {
    "mkdocs": {"name": "mkdocs", "color_mode": "auto"},
    "readthedocs": {"name": "readthedocs"},
    "material": {"name": "material", "font": False, "palette": PALETTE},
    "zensical": {"name": "material", "font": False, "palette": PALETTE},
    "none": None,
}
EXTENSIONS = ["admonition", "attr_list", "tables"]
#: Themes of one more site each: in a language that runs from right to left, and with pages that replace each other.
MORE: dict[str, Any] = {
    "arabic": THEMES["material"] | {"language": "ar"},
    "instant": THEMES["material"] | {"features": ["navigation.instant"]},
}


def some(*first: Any, among: Iterable[Any] = (*THEMES, "arabic")) -> list[Any]:
    """Parameters of a test: those named are tried with every test run, all with `make test-all`."""
    others = [other if isinstance(other, tuple) else (other,) for other in among if other not in first]
    return [*first, *(pytest.param(*other, marks=pytest.mark.whole) for other in others)]


class Sites:
    """The built sites by theme, each built when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._built: dict[str, Path] = {}

    def folder(self, theme: str) -> Path:
        if theme not in self._built:
            self._built[theme] = self._build(theme, self._folder / theme)
        return self._built[theme]

    def _build(self, theme: str, root: Path) -> Path:
        (root / "docs").mkdir(parents=True)
        names = {f"{page}-{lang}": (text, lang) for page, text in PAGES.items() for lang in LANGUAGES}
        if theme == "none":
            for name, (text, lang) in names.items():
                (root / "docs" / f"{name}.html").write_text(_bare(text, lang), "utf-8")
            return root / "docs"
        for name, (text, lang) in names.items():
            page = f"---\nlang: {lang}\n---\n\n# {name.split('-')[0].title()}\n\n{text.replace('{lang}', lang)}"
            (root / "docs" / f"{name}.md").write_text(page, "utf-8")
        (root / "docs" / "index.md").write_text("# Home\n", "utf-8")
        config: dict[str, Any] = {
            "site_name": "Gallery",
            "site_url": ORIGIN,
            "theme": {**THEMES, **MORE}[theme],
            "use_directory_urls": False,
            "nav": ["index.md"],
            "markdown_extensions": EXTENSIONS,
        }
        if theme == "zensical":
            config["markdown_extensions"] = [*EXTENSIONS, "toc", {"smtpcodes": {"css": "inline"}}]
        else:
            config["plugins"] = ["search", "smtpcodes"]
        (root / "mkdocs.yml").write_text(yaml.safe_dump(config), "utf-8")
        if theme == "zensical":
            if importlib.util.find_spec("zensical") is None:
                pytest.skip("zensical is not installed")
            subprocess.run([sys.executable, "-m", "zensical", "build"], cwd=root, check=True, capture_output=True)
        else:
            from mkdocs.commands.build import build
            from mkdocs.config import load_config

            build(load_config(str(root / "mkdocs.yml")))
        return root / "site"


def _bare(text: str, lang: str) -> str:
    """A page without any theme, as the extension alone makes it."""
    body = markdown.markdown(
        f"# Page\n\n{text.replace('{lang}', lang).replace('.md', '.html')}",
        extensions=["smtpcodes", "toc", *EXTENSIONS],
        extension_configs={"smtpcodes": {"css": "inline", "lang": lang}},
    )
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Gallery</title>'
    style = "<style>:root { color-scheme: light dark }</style>"
    return f'<!doctype html><html lang="en"><head>{head}{style}</head><body>{body}</body></html>'


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Sites:
    return Sites(tmp_path_factory.mktemp("sites"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: the browser tests did not run")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


class Windows:
    """Pages in windows, each with a context of its own."""

    def __init__(self, browser: Any, sites: Sites) -> None:
        self._browser = browser
        self._sites = sites
        self._contexts: list[Any] = []
        self._kept: dict[tuple[str, str, str], Any] = {}

    def open(
        self,
        theme: str,
        name: str = "gallery-en",
        scheme: str = "light",
        width: int = 1280,
        height: int = 900,
        **more: Any,
    ) -> Any:
        """A page in a new window."""
        more = {"reduced_motion": "reduce", **more}  # a drawer of a theme that is still moving would be measured
        context = self._browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, **more)
        self._contexts.append(context)
        folder = self._sites.folder(theme)

        def serve(route: Any) -> None:
            path = folder / route.request.url.removeprefix(ORIGIN).split("#")[0].split("?")[0]
            if path.is_file():
                route.fulfill(path=path)
            else:
                route.fulfill(status=404, body="not found")

        context.route("**/*", serve)
        page = context.new_page()
        page.goto(f"{ORIGIN}{name}.html")
        page.wait_for_timeout(100)
        return page

    def keep(
        self, theme: str, name: str = "gallery-en", scheme: str = "light", width: int = 1280, height: int = 900
    ) -> Any:
        """A page that other tests look at too, so nothing but the size of its window may be changed."""
        if (theme, name, scheme) not in self._kept:
            self._kept[theme, name, scheme] = self.open(theme, name, scheme, width, height)
        page = self._kept[theme, name, scheme]
        if page.viewport_size != {"width": width, "height": height}:
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_timeout(50)
        return page

    def close(self) -> None:
        for context in self._contexts:
            context.close()


@pytest.fixture(scope="session")
def kept(browser: Any, sites: Sites) -> Iterator[Windows]:
    windows = Windows(browser, sites)
    yield windows
    windows.close()


@pytest.fixture
def look_at(kept: Windows) -> Any:
    """Gives a page to measure, which has been opened before where another test wanted it."""
    return kept.keep


@pytest.fixture
def open_page(browser: Any, sites: Sites) -> Iterator[Any]:
    """Gives a page to act on, in a window of its own."""
    windows = Windows(browser, sites)
    yield windows.open
    windows.close()
