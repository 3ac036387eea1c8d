"""What is shipped works: the built wheel in an empty environment, and the example site from the checkout."""

import os
import re
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from .links import broken_links

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "mkdocs_smtpcodes"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return next(out.glob("*.whl"))


def test_the_wheel_carries_facts_words_templates_and_assets(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    assert "mkdocs_smtpcodes/py.typed" in names
    for folder in ("facts", "words", "templates", "assets", "schema"):
        for path in (PACKAGE / folder).rglob("*"):
            if path.is_file():
                assert path.relative_to(ROOT).as_posix() in names


def test_the_page_of_the_package_has_the_readme_and_nothing_that_only_the_repository_has(wheel):
    archive = zipfile.ZipFile(wheel)
    (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
    told = archive.read(name).decode()
    assert "Description-Content-Type: text/markdown" in told and "<< smtp_compare(250, 535) >>" in told
    assert "!" + "[" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert [target for target in re.findall(r"\]\(([^)]*)\)", told) if not target.startswith("https://")] == []


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The Python of an environment that has nothing but the wheel and what it depends on."""
    environment = tmp_path_factory.mktemp("installed")
    venv.create(environment, with_pip=True)
    python = environment / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", str(wheel)], check=True, capture_output=True)
    return python


def build(python, folder, *options):
    (folder / "docs").mkdir()
    (folder / "docs" / "index.md").write_text("# Page\n\n<< smtp_compare(250, 535) >>\n", encoding="utf-8")
    (folder / "mkdocs.yml").write_text("site_name: Test\nplugins: [search, smtpcodes]\n", encoding="utf-8")
    subprocess.run(
        [python, "-I", *options, "build", "--strict", "--quiet"], check=True, cwd=folder, capture_output=True
    )
    return (folder / "site" / "index.html").read_text(encoding="utf-8")


def test_the_wheel_builds_a_site_in_an_empty_environment(installed, tmp_path):
    html = build(installed, tmp_path, "-m", "mkdocs")
    assert 'id="smtp-250-vs-535"' in html
    assert "smtp-differences" in html
    assert (tmp_path / "site" / "assets" / "smtpcodes.css").is_file()


ONLY_PREPARED = """
import jinja2
from mkdocs.__main__ import cli
from mkdocs_smtpcodes.dataset import loading

def compile_(environment, source, name=None, *more):
    assert name is None or not name.startswith("smtp"), f"{name} is compiled"
    return compiled(environment, source, name, *more)

compiled, jinja2.Environment.compile = jinja2.Environment.compile, compile_
loading.read_yaml = None
cli()
"""


def test_the_wheel_neither_reads_its_yaml_nor_compiles_its_templates_nor_writes_into_itself(installed, tmp_path):
    package = next((installed.parent.parent / "lib").glob("*/site-packages/mkdocs_smtpcodes"))
    before = {path: path.stat().st_mtime_ns for path in package.rglob("*")}
    assert 'id="smtp-250-vs-535"' in build(installed, tmp_path, "-c", ONLY_PREPARED)
    assert {path: path.stat().st_mtime_ns for path in package.rglob("*")} == before


@pytest.mark.whole
def test_an_editable_install_is_prepared_and_compiled_too(tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(
        ROOT,
        copy,
        ignore=shutil.ignore_patterns(".*", "__pycache__", "prepared", "site", "tests", "example-site", "venv"),
    )
    venv.create(tmp_path / "environment", with_pip=True)
    python = tmp_path / "environment" / "bin" / "python"
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--no-deps", "--editable", copy],
        check=True, capture_output=True, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    package = copy / "mkdocs_smtpcodes"
    assert (package / "prepared" / "facts.txt").is_file()
    assert list((package / "plugin" / "__pycache__").glob("__init__.*.pyc"))
    assert list((package / "prepared" / "templates" / "__pycache__").glob("*.pyc"))


# `make demo` builds it strictly too.
@pytest.mark.whole
def test_the_example_site_builds_strictly(tmp_path):
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--config-file", "example-site/mkdocs.yml",
         "--site-dir", str(tmp_path / "site")],
        check=True, cwd=ROOT,
    )  # fmt: skip
    site = tmp_path / "site"
    assert 'id="smtp-250-vs-535"' in (site / "gallery" / "250-vs-535" / "index.html").read_text(encoding="utf-8")
    assert 'lang="tr"' in (site / "tr" / "smtp" / "550" / "index.html").read_text(encoding="utf-8")
    assert broken_links(site) == []


def test_the_repository_has_no_path_of_a_machine_in_it():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    for name in listed:
        path = ROOT / name
        if (
            path.suffix in {".py", ".md", ".yml", ".toml", ".html", ".css", ""}
            and path.is_file()
            and path != Path(__file__)
        ):
            text = path.read_text(encoding="utf-8")
            assert "/" + "root/" not in text, name
            assert "/" + "work/" not in text, name
