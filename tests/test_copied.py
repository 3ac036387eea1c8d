"""Blocks of the documentation that are marked as whole files work in a new site, page by page."""

import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup

from .links import broken_links

DOCS = Path(__file__).parent.parent / "example-site" / "docs"
_FILE = re.compile(r"^<!-- whole file: (\S+) -->\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def copied(page, folder):
    """Write the whole files of a page into a folder."""
    found = _FILE.findall((DOCS / page).read_text(encoding="utf-8"))
    assert found
    for name, text in found:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        # As the page shows it: the semicolon keeps the snippet from the documentation itself.
        path.write_text(text.replace(";--8<--", "--8<--"), encoding="utf-8")
    return [name for name, _ in found]


def run(folder, *arguments):
    done = subprocess.run(
        [sys.executable, "-m", *arguments], cwd=folder, capture_output=True, text=True, check=False, timeout=120,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(DOCS.parent.parent)},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def needs(*modules):
    missing = [module for module in modules if importlib.util.find_spec(module) is None]
    return pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)}")


def test_every_mark_of_a_whole_file_is_read():
    for path in DOCS.rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        assert text.count("<!-- whole file:") == len(_FILE.findall(text)), path


@needs("mkdocs_macros", "mkdocs_include_markdown_plugin", "mkdocs_autorefs")
def test_the_site_with_other_plugins_builds_strictly(tmp_path):
    names = copied("guide/living-with.md", tmp_path)
    run(tmp_path, "mkdocs", "build", "--strict", "--quiet")
    page = BeautifulSoup((tmp_path / "site" / "index.html").read_text(encoding="utf-8"), "html.parser")
    refs = [a["href"] for a in page.select("a.smtp-ref")]
    assert refs == ["smtp/535/#smtp-535", "smtp/421/#smtp-421", "smtp/451/#smtp-451"]
    assert len(page.select("section.smtp-compare")) == 2
    assert page.select_one(".admonition a.smtp-link")["href"] == "smtp/reasons/greylisted/#smtp-reason-greylisted"
    assert page.h1.abbr.get_text() == "SMTP"
    assert broken_links(tmp_path / "site") == []
    run(tmp_path, "mkdocs_smtpcodes", "check")
    assert yaml.safe_load((tmp_path / names[-1]).read_text(encoding="utf-8"))["repos"]


def test_the_one_hook_formats_and_leaves_directives_as_they_were(tmp_path):
    """pre-commit compares a page before and after each hook, so two that undo each other would fail in every commit."""
    copied("guide/living-with.md", tmp_path)
    (repository,) = yaml.safe_load((tmp_path / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    (hook,) = repository["hooks"]
    assert [name.partition("==")[0] for name in hook["additional_dependencies"]] == ["mdformat", "mdformat-mkdocs"]
    formatter = tmp_path / "bin" / "mdformat"
    formatter.parent.mkdir()
    # What mdformat 1.0 does to these lines.
    escapes = r"s/(?<![`\\])<</\\<</g; s/(?<=--8)<--/\\<--/; s/^\* /- /"
    formatter.write_text(f"#!/bin/sh\nperl -pi -e '{escapes}' \"$@\"\n", encoding="utf-8")
    formatter.chmod(0o755)
    page = tmp_path / "a page.md"
    right = "a << smtp(535) >> <<smtp_code(550) >> `<< smtp(1) >>` \\<< other >>\n;--8<-- x\n"
    environment = {**os.environ, "PATH": f"{formatter.parent}{os.pathsep}{os.environ['PATH']}"}
    for text in (right, right.replace("a <<", "a \\<<"), f"{right}* b\n"):
        page.write_text(text, encoding="utf-8")
        subprocess.run([*shlex.split(hook["entry"]), page.name], cwd=tmp_path, check=True, env=environment)
        assert page.read_text(encoding="utf-8") == (right if "* b" not in text else f"{right}- b\n")


@needs("zensical")
def test_the_site_of_zensical_builds(tmp_path):
    copied("guide/zensical.md", tmp_path)
    done = run(tmp_path, "zensical", "build", "--clean")
    assert "smtpcodes" not in done.stderr + done.stdout
    page = BeautifulSoup((tmp_path / "site" / "index.html").read_text(encoding="utf-8"), "html.parser")
    assert [a["href"] for a in page.select("a.smtp-ref")] == ["/codes/#smtp-550", "/codes/#smtp-E524"]
    codes = BeautifulSoup((tmp_path / "site" / "codes" / "index.html").read_text(encoding="utf-8"), "html.parser")
    assert codes.find(id="smtp-E524") and codes.find(id="smtp-550")
    for link in (*page.select("section a[href*='#smtp-'], p a[href*='#smtp-']"), *codes.select("a[href*='#smtp-']")):
        place, _, anchor = link["href"].partition("#")
        assert (codes if place.endswith("/codes/") else link.find_parent("html")).find(id=anchor), link["href"]
    assert page.find("style", string=re.compile(r"\.smtp-codes"))
    run(tmp_path, "mkdocs_smtpcodes", "check")


def test_the_script_of_the_javascript_site_renders_its_pages(tmp_path):
    copied("guide/other-tools.md", tmp_path)
    if not shutil.which("node"):
        pytest.skip("Node.js is not installed")
    commands = tmp_path / "bin"
    commands.mkdir()
    command = commands / "mkdocs-smtpcodes"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m mkdocs_smtpcodes "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    environment = {**os.environ, "PATH": f"{commands}:{os.environ['PATH']}", "PYTHONPATH": str(DOCS.parent.parent)}
    done = subprocess.run(
        ["node", "render-smtp.mjs"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "docs" / "index.md").read_text(encoding="utf-8")
    assert text.startswith("# Bounces\n\nThe server said [`550 5.7.1`](https://")
    assert "## SMTP 450 Mailbox busy or blocked vs 550" in text or "## SMTP 450 " in text
    assert "<<" not in text
    (tmp_path / "pages" / "index.md").write_text("<< smtp_code(536) >>\n", encoding="utf-8")
    done = subprocess.run(
        ["node", "render-smtp.mjs"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0 and "536 is not a known code" in done.stderr
