"""What is shipped works: the built wheel in an empty environment, and the example site from the checkout."""

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


def test_the_wheel_builds_a_site_in_an_empty_environment(wheel, tmp_path):
    environment = tmp_path / "env"
    venv.create(environment, with_pip=True)
    python = environment / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", str(wheel)], check=True, capture_output=True)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# Page\n\n<< smtp_compare(250, 535) >>\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: Test\nplugins: [search, smtpcodes]\n", encoding="utf-8")
    subprocess.run(
        [python, "-m", "mkdocs", "build", "--strict", "--quiet"], check=True, cwd=tmp_path, capture_output=True
    )
    html = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert 'id="smtp-250-vs-535"' in html
    assert "smtp-differences" in html
    assert (tmp_path / "site" / "assets" / "smtpcodes.css").is_file()


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
