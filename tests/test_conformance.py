"""Markdown without directives comes out byte for byte as without the extension: what Markdown's own projects test with.

The inputs ship with source distributions, which are fetched once and kept in pytest's cache.
"""

import json
import logging
import subprocess
import sys
import tarfile
import warnings
from functools import cache as remembered
from pathlib import Path, PurePosixPath

import markdown
import pytest

COMBINATIONS = {
    "plain": [],
    "extra": ["extra", "toc", "sane_lists", "nl2br", "admonition", "smarty", "wikilinks", "meta", "codehilite"],
    "site": ["toc", "tables", "fenced_code"],
    "pymdownx": [
        *("pymdownx.extra", "pymdownx.arithmatex", "pymdownx.betterem", "pymdownx.caret", "pymdownx.critic"),
        *("pymdownx.details", "pymdownx.emoji", "pymdownx.escapeall", "pymdownx.highlight", "pymdownx.inlinehilite"),
        *("pymdownx.keys", "pymdownx.magiclink", "pymdownx.mark", "pymdownx.progressbar", "pymdownx.saneheaders"),
        *("pymdownx.smartsymbols", "pymdownx.tabbed", "pymdownx.tasklist", "pymdownx.tilde", "toc", "footnotes"),
        *("pymdownx.blocks.admonition", "pymdownx.blocks.details", "pymdownx.blocks.html", "pymdownx.blocks.tab"),
    ],
    "superfences": ["pymdownx.superfences", "attr_list", "md_in_html", "admonition", "def_list", "footnotes"],
}
#: The package whose source distribution carries inputs, and how many of them there are at the least.
SOURCES = {"markdown": 90, "pymdown-extensions": 40, "markdown-it-py": 640}

SMOKE = [
    "# Heading\n\ntext *em* **strong** `code` <b>html</b> &amp; & <http://example.org>\n",
    "1. a\n\n    b\n\n        code\n\n2. c\n    - d\n\n> quote\n> > nested\n",
    "<div>\n<< x >>\n</div>\n\n<!-- << -->\n\n[a]: http://example.org 'b'\n\n[a] ![i](i.png)\n",
    "a << 2\nb >> 3\n\n    cat <<EOF\n    EOF\n\n<< include('x') >> `<< smtp(450) >>`\n",
    "| a | b |\n|---|---|\n| `<<` | >> |\n\n```c\nx << y\n```\n\n~~~\n<< smtp_code(450) >>\n~~~\n",
    "\ttab\r\n\r\n* a\r\n* b\r\n\r\n***\r\n\r\nSetext\r\n======\r\n\\<\\< \\\\<<\n",
]


def differing(inputs, extensions):
    """The names of the inputs that come out differently, or bring warnings."""
    # One converter for all, as a site has it; what a page leaves behind must not change the next either.
    plain = markdown.Markdown(extensions=extensions)
    ours = markdown.Markdown(extensions=["smtpcodes", *extensions])
    different = []
    for name, text in inputs.items():
        try:
            expected = plain.reset().convert(text)
        except Exception as error:
            # Not made for this combination of extensions: then it must fail as it does without us.
            plain = markdown.Markdown(extensions=extensions)
            with pytest.raises(type(error)):
                ours.reset().convert(text)
            ours = markdown.Markdown(extensions=["smtpcodes", *extensions])
            continue
        if ours.reset().convert(text) != expected:
            different.append(name)
    return different


@pytest.mark.parametrize("combination", COMBINATIONS)
def test_pages_without_directives_come_out_the_same(combination, caplog):
    inputs = dict(enumerate(SMOKE))
    if "fenced" not in str(COMBINATIONS[combination]) and "superfences" not in str(COMBINATIONS[combination]):
        del inputs[4]
    assert not differing(inputs, COMBINATIONS[combination])
    assert not caplog.records


@pytest.fixture(scope="session")
def distribution(request, tmp_path_factory):
    """The unpacked source distribution of a package."""
    cache = getattr(request.config, "cache", None)
    base = Path(cache.mkdir("sources")) if cache else tmp_path_factory.mktemp("sources")

    @remembered
    def unpacked(name):
        wanted = name.replace("-", "_")
        archives = sorted(base.glob(f"{wanted}-*.tar.gz"))
        if not archives:
            # First to a folder of its own: other workers may fetch the same.
            folder = tmp_path_factory.mktemp("fetched")
            command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
            command += ["--no-binary", ":all:", "--no-deps", "--dest", str(folder), name]
            try:
                done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
            except (OSError, subprocess.TimeoutExpired) as error:
                pytest.skip(f"the source distribution of {name} cannot be fetched: {error}")
            fetched = sorted(folder.glob("*.tar.gz"))
            if done.returncode or not fetched:
                reason = (done.stderr.strip().splitlines() or ["no message"])[-1]
                pytest.skip(f"the source distribution of {name} cannot be fetched: {reason}")
            archives = [fetched[0].replace(base / fetched[0].name)] if _same_disk(folder, base) else fetched
        target = tmp_path_factory.mktemp(wanted)
        with tarfile.open(archives[-1]) as archive:
            archive.extractall(target, filter="data")
        return target

    return unpacked


def _same_disk(one, other):
    return one.stat().st_dev == other.stat().st_dev


def inputs_of(folder):
    """Every Markdown input below a folder, by name."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = PurePosixPath(path.relative_to(folder)).as_posix()
        if "/tests/" not in f"/{name}" or not path.is_file():
            continue
        if path.name == "commonmark.json":
            examples = json.loads(path.read_text(encoding="utf-8"))
            found |= {f"CommonMark {item['section']} {item['example']}": item["markdown"] for item in examples}
        elif path.suffix in {".txt", ".text", ".md"}:
            found[name] = path.read_bytes().decode("utf-8-sig", "replace")
    return found


@pytest.mark.whole
@pytest.mark.parametrize("combination", COMBINATIONS)
@pytest.mark.parametrize("source", SOURCES)
def test_the_inputs_of_others_come_out_the_same(distribution, source, combination, caplog):
    inputs = inputs_of(distribution(source))
    assert len(inputs) >= SOURCES[source]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what other extensions deprecate
        assert not differing(inputs, COMBINATIONS[combination])
    assert not [r for r in caplog.records if r.name.startswith("mkdocs") and r.levelno >= logging.WARNING]
