"""The same pages under MkDocs, ProperDocs and Zensical, each in a process of its own as a user runs it."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from .links import broken_links

PAGES = {
    "index.md": "# Home\n\nThe server said << smtp(535) >>.\n",
    "guide.md": "---\nlang: tr\n---\n\n# Rehber\n\n- item\n\n    << smtp_compare(250, 535) >>\n\n## Son\n\nText.\n",
    "codes.md": "# Codes\n\n<< smtp_code(535) >>\n\n```\n<< smtp_code(535) >>\n```\n",
}
PLUGIN = "plugins: [search, smtpcodes]\nmarkdown_extensions: [toc, fenced_code]\n"
EXTENSION = (
    "markdown_extensions:\n  - toc\n  - pymdownx.superfences\n"
    "  - smtpcodes: {css: inline, entries_page: /codes/, on_error: ON_ERROR}\n"
)
ENGINES = {
    "mkdocs": ("mkdocs", "theme: {name: material}\n" + PLUGIN),
    "properdocs": ("properdocs", "theme: {name: mkdocs}\n" + PLUGIN),
    "zensical": ("zensical", EXTENSION.replace("ON_ERROR", "warn")),
}


def build(engine, folder, pages, config, *options):
    (folder / "docs").mkdir()
    for name, text in pages.items():
        (folder / "docs" / name).write_text(text, encoding="utf-8")
    (folder / "mkdocs.yml").write_text(f"site_name: Test\nsite_url: https://example.org/\n{config}", encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", engine, "build", *options],
        cwd=folder, capture_output=True, text=True, check=False, timeout=120, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )  # fmt: skip


@pytest.fixture(params=ENGINES)
def engine(request):
    if importlib.util.find_spec(request.param) is None:
        pytest.skip(f"{request.param} is not installed")
    return request.param


def soup(path: Path):
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def test_contents_search_links_language_and_style_are_there(engine, tmp_path):
    module, config = ENGINES[engine]
    done = build(module, tmp_path, PAGES, config, *([] if engine == "zensical" else ["--strict"]))
    assert done.returncode == 0, done.stdout + done.stderr
    site = tmp_path / "site"
    guide = soup(site / "guide" / "index.html")
    section = guide.select_one("li section.smtp-compare")
    assert section["lang"] == "tr"
    assert section.find(id="smtp-250-vs-535")
    assert guide.select('a[href$="#smtp-250-vs-535"]'), "the contents link to it"
    codes = soup(site / "codes" / "index.html")
    assert codes.find(id="smtp-535")
    assert len(codes.select("section.smtp-entry")) == 1
    assert "<< smtp_code(535) >>" in codes.get_text()
    link = soup(site / "index.html").select_one("a.smtp-ref")["href"]
    assert link == ("/codes/#smtp-535" if engine == "zensical" else "codes/#smtp-535")
    search = next(path for path in (site / "search.json", site / "search" / "search_index.json") if path.exists())
    assert "smtp-250-vs-535" in json.dumps(json.loads(search.read_text(encoding="utf-8")))
    styled = (site / "assets" / "smtpcodes.css").exists() or guide.find(
        "style", string=lambda text: text and ".smtp-codes" in text
    )
    assert styled


@pytest.mark.parametrize("module", ["mkdocs", "properdocs"])
def test_the_generated_reference_is_there(module, tmp_path):
    if importlib.util.find_spec(module) is None:
        pytest.skip(f"{module} is not installed")
    options = "{reference: used, comparisons: [[450, 550]], export: json}"
    config = f"theme: {{name: mkdocs}}\nplugins: [search, smtpcodes: {options}]\nnav: [index.md, guide.md, codes.md, smtp/]\n"
    done = build(module, tmp_path, PAGES, config, "--strict")
    assert done.returncode == 0, done.stdout + done.stderr
    site = tmp_path / "site"
    assert soup(site / "smtp" / "250" / "index.html").select_one("section.smtp-entry")
    assert "ld+json" in (site / "smtp" / "450-vs-550" / "index.html").read_text(encoding="utf-8")
    assert "535" in json.loads((site / "smtp" / "codes.json").read_text(encoding="utf-8"))["codes"]
    assert soup(site / "index.html").select('a[href="smtp/250/"]'), "in the navigation"
    assert broken_links(site) == []


def test_a_mistake_is_named_with_file_and_line(engine, tmp_path):
    module, config = ENGINES[engine]
    done = build(module, tmp_path, {"index.md": "---\ntitle: T\n---\n\n# Home\n\n<< smtp_code(536) >>\n"}, config)
    assert done.returncode == 0
    assert "docs/index.md:7: smtp_code: 536 is not a known code" in done.stdout + done.stderr


def test_a_mistake_can_fail_the_build(engine, tmp_path):
    module, config = ENGINES[engine]
    if engine == "zensical":
        config = EXTENSION.replace("ON_ERROR", "raise")
    done = build(module, tmp_path, {"index.md": "# Home\n\n<< smtp_code(536) >>\n"}, config, "--strict")
    assert done.returncode != 0
    assert "536 is not a known code" in done.stdout + done.stderr


def test_what_zensical_does_not_tell_is_not_needed():
    from types import SimpleNamespace

    from markdown import Markdown

    from mkdocs_smtpcodes.extension.engines import CONTEXT, current_page

    md = Markdown(extensions=["smtpcodes"])
    assert current_page(md).path == ""
    for page, config in (
        (None, None),
        (SimpleNamespace(path="a.md", meta=None), {}),
        (SimpleNamespace(), {"theme": "x"}),
    ):
        md.preprocessors.register(SimpleNamespace(page=page, config=config, run=lambda lines: lines), CONTEXT, 0)
        current_page(md)
    assert "smtp-535" in md.convert("<< smtp_code(535) >>")


def test_data_files_of_zensical_start_from_its_configuration_wherever_it_runs(tmp_path, caplog):
    from types import SimpleNamespace

    from markdown import Markdown

    from mkdocs_smtpcodes.extension.engines import CONTEXT

    (tmp_path / "own.yml").write_text("words: {en: {codes: {'550': {name: Ours}}}}\n", encoding="utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.md").write_text("# A\n\n<< smtp_code(536) >>\n", encoding="utf-8")
    md = Markdown(extensions=["smtpcodes"], extension_configs={"smtpcodes": {"data_files": ["own.yml"]}})
    config = {"root_dir": str(tmp_path), "docs_dir": "docs"}
    context = SimpleNamespace(page=SimpleNamespace(path="a.md", meta={}), config=config, run=lambda lines: lines)
    md.preprocessors.register(context, CONTEXT, 0)
    assert "550 Ours" in md.convert("<< smtp_code(550) >>\n\n<< smtp_code(536) >>")
    (told,) = [record.getMessage() for record in caplog.records]
    assert told.startswith("docs/a.md:3: smtp_code: 536")


@pytest.mark.skipif(importlib.util.find_spec("zensical") is None, reason="zensical is not installed")
def test_zensical_is_told_of_wrong_options_and_files_once_with_their_lines_and_goes_on(tmp_path):
    config = "markdown_extensions:\n  - toc\n  - smtpcodes:\n      css: x\n      langauge: tr\n"
    config += "      data_files:\n        - nope.yml\n"
    done = build("zensical", tmp_path, PAGES, config + "      lang: xx\n")
    said = done.stdout + done.stderr
    assert done.returncode == 0 and "Traceback" not in said, said
    for message in (
        "mkdocs.yml:6: css: 'x' is unknown",
        "mkdocs.yml:7: langauge: this is not an option",
        "mkdocs.yml:9: data_files: nope.yml cannot be read",
        "mkdocs.yml:10: lang: 'xx' is not a language with words",
    ):
        assert said.count(message) == 1, said
    assert soup(tmp_path / "site" / "codes" / "index.html").find(id="smtp-535")
