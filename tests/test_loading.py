"""What is prepared says the same as what people edit, and an edited file wins."""

import os
import shutil
import time

import jinja2
import pytest

from mkdocs_smtpcodes.dataset import loading
from mkdocs_smtpcodes.rendering import templating


def make_younger(path):
    later = time.time() + 60
    os.utime(path, (later, later))


def test_prepared_data_equals_the_yaml(tmp_path, monkeypatch):
    monkeypatch.setattr(loading, "PREPARED", tmp_path / "none")
    plain = {lang: loading.words(lang) for lang in loading.languages()}
    facts = [loading.facts(), loading.replies(), loading.senders()]
    monkeypatch.setattr(loading, "PREPARED", tmp_path)
    loading.prepare()
    monkeypatch.setattr(loading, "_merged", None)  # nothing may be parsed any more
    assert {lang: loading.words(lang) for lang in loading.languages()} == plain
    assert [loading.facts(), loading.replies(), loading.senders()] == facts


def test_an_edited_file_is_read_instead_of_what_was_prepared(tmp_path, monkeypatch):
    monkeypatch.setattr(loading, "HERE", tmp_path)
    monkeypatch.setattr(loading, "PREPARED", tmp_path / "prepared")
    (tmp_path / "facts").mkdir()
    (tmp_path / "words").mkdir()
    path = tmp_path / "facts" / "codes.yml"
    path.write_text("a: 1", encoding="utf-8")
    loading.prepare()
    path.write_text("a: 22", encoding="utf-8")
    assert loading.facts() == {"a": 22}
    loading.prepare()
    path.write_text("a: 33", encoding="utf-8")
    make_younger(path)
    assert loading.facts() == {"a": 33}


def test_what_an_older_loader_prepared_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(loading, "PREPARED", tmp_path)
    loading.prepare()
    prepared = tmp_path / "replies.txt"
    size, _ = prepared.read_text(encoding="utf-8").split("\n", 1)
    prepared.write_text(f'{size}\n"old"', encoding="utf-8")
    assert loading.replies() == "old"
    module = tmp_path / "loading.py"
    module.touch()
    make_younger(module)
    monkeypatch.setattr(loading, "__file__", str(module))
    assert "senders" in loading.replies()


@pytest.fixture
def templates(tmp_path, monkeypatch):
    """A copy of the templates, compiled beforehand; compiling fails from now on."""
    shutil.copytree(templating.TEMPLATES, tmp_path / "templates")
    monkeypatch.setattr(templating, "TEMPLATES", tmp_path / "templates")
    monkeypatch.setattr(templating, "PREPARED", tmp_path / "prepared")
    templating.prepare()
    return tmp_path / "templates"


def compiled_anew(monkeypatch):
    """The templates that have to be compiled when all are asked for."""
    anew = []
    compile_ = jinja2.Environment.compile
    monkeypatch.setattr(
        jinja2.Environment,
        "compile",
        lambda env, source, name, *more: anew.append(name) or compile_(env, source, name, *more),
    )
    environment = templating.environment(dict.fromkeys(templating.FILTERS, str))
    for path in templating.TEMPLATES.glob("*.html"):
        environment.get_template(path.name)
    return anew


def test_templates_that_were_compiled_beforehand_are_not_compiled_again(templates, monkeypatch):
    assert compiled_anew(monkeypatch) == []


def test_an_edited_template_is_compiled_instead_of_what_was_prepared(templates, monkeypatch):
    with (templates / "smtp.html").open("a", encoding="utf-8") as file:
        file.write("more")
    assert "smtp.html" in compiled_anew(monkeypatch)


def test_a_template_that_was_edited_without_changing_its_size_is_compiled_too(templates, monkeypatch):
    make_younger(templates / "smtp.html")
    assert "smtp.html" in compiled_anew(monkeypatch)


def test_templates_that_another_jinja_has_compiled_are_not_used(templates, monkeypatch):
    monkeypatch.setattr(jinja2, "__version__", "0")
    assert "smtp.html" in compiled_anew(monkeypatch)


def test_keys_are_strings_however_they_are_written():
    assert loading.read_yaml("550: {5: [1, {2: x}]}") == {"550": {"5": [1, {"2": "x"}]}}
