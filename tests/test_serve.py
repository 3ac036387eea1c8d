"""`mkdocs serve` shows a change in data, words and templates, and recovers from a mistake without a restart."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import closing

import pytest

OWN = "codes: {{E1: {{reply: 550 5.7.1}}}}\nwords: {{en: {{codes: {{E1: {{name: {name}, summary: It is ours.}}}}}}}}\n"


@pytest.fixture
def served(tmp_path):
    """A served site: its folder, a function that gives the page, and the log."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# Home\n\n<< smtp_code(E1) >>\n", encoding="utf-8")
    (tmp_path / "own.yml").write_text(OWN.format(name="First"), encoding="utf-8")
    (tmp_path / "overrides").mkdir()
    config = "site_name: Test\nplugins:\n  - smtpcodes: {data_files: [own.yml], templates: overrides}\n"
    (tmp_path / "mkdocs.yml").write_text(config, encoding="utf-8")
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = (tmp_path / "log.txt").open("w")
    process = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "serve", "--livereload", "-a", f"127.0.0.1:{port}"],
        cwd=tmp_path, stdout=log, stderr=subprocess.STDOUT, env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip

    def page():
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
                return answer.read().decode()
        except OSError:
            return ""

    yield tmp_path, page
    process.terminate()
    process.wait(10)
    log.close()


def wait_for(text, page, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if text in page():
            return True
        time.sleep(0.3)
    return False


def test_changes_show_and_mistakes_heal_without_a_restart(served):
    folder, page = served
    assert wait_for("SMTP E1 First", page)
    (folder / "own.yml").write_text(OWN.format(name="Second"), encoding="utf-8")
    assert wait_for("SMTP E1 Second", page)
    (folder / "own.yml").write_text("codes: {E1: [", encoding="utf-8")
    assert wait_for("smtp-mistake", page)
    assert "this is not valid YAML" in (folder / "log.txt").read_text(encoding="utf-8")
    (folder / "own.yml").write_text(OWN.format(name="Third"), encoding="utf-8")
    assert wait_for("SMTP E1 Third", page)
    # Mistakes that once left every request hanging: what is wrong is left out, and the page stands.
    wrong = OWN.format(name="Fourth").replace(
        "{reply: 550 5.7.1}", "{reply: 550 5.7.1, retry: [x], commands: [{at: mail}]}"
    )
    (folder / "own.yml").write_text(wrong, encoding="utf-8")
    assert wait_for("SMTP E1 Fourth", page)
    assert "'mail' is unknown; did you mean MAIL?" in (folder / "log.txt").read_text(encoding="utf-8")
    template = folder / "overrides" / "smtp_code.html"
    template.write_text("<p>own {{ title }}</p>", encoding="utf-8")
    assert wait_for("<p>own SMTP E1 Fourth</p>", page)
    template.write_text("<p>{% broken</p>", encoding="utf-8")
    assert wait_for("smtp-mistake", page)
    template.write_text("<p>own {{ title }} again</p>", encoding="utf-8")
    assert wait_for("again</p>", page)
    template.write_text("{% extends 'smtp_code.html' %}", encoding="utf-8")
    assert wait_for("smtp-mistake", page)
    assert "overrides/smtp_code.html:1: it extends" in (folder / "log.txt").read_text(encoding="utf-8")
    template.unlink()
    assert wait_for("smtp-badge", page)


def test_the_reference_follows_the_pages(served):
    folder, page = served
    config = "site_name: Test\nplugins:\n  - smtpcodes: {data_files: [own.yml], reference: used}\n"
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    assert wait_for('href="smtp/E1/"', page)
    assert 'href="smtp/421/"' not in page()
    (folder / "docs" / "index.md").write_text("# Home\n\n<< smtp(421) >>\n", encoding="utf-8")
    assert wait_for('href="smtp/421/#smtp-421"', page)
    assert 'href="smtp/E1/"' not in page()
