"""The prepared data says the same as the YAML, and an edited file wins."""

import os
import time

from mkdocs_smtpcodes.dataset import loading


def test_prepared_data_equals_the_yaml(tmp_path, monkeypatch):
    plain = {lang: loading._merged(loading._word_files(lang)) for lang in loading.languages()}
    monkeypatch.setattr(loading, "PREPARED", tmp_path)
    loading.prepare()
    monkeypatch.setattr(loading, "_merged", None)  # nothing may be parsed any more
    assert {lang: loading.words(lang) for lang in loading.languages()} == plain
    assert loading.facts()["codes"]["250"]["status"] == "standard"


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
    later = time.time() + 60
    os.utime(path, (later, later))
    assert loading.facts() == {"a": 33}


def test_keys_are_strings_however_they_are_written():
    assert loading.read_yaml("550: {5: [1, {2: x}]}") == {"550": {"5": [1, {"2": "x"}]}}
