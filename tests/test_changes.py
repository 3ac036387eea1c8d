"""`mkdocs-smtpcodes changes`, and the version of the data."""

import json
import re
import shutil
import zipfile
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from mkdocs_smtpcodes import export, load_dataset
from mkdocs_smtpcodes.reference.changes import changes, snapshot

from .cli.conftest import call, write  # noqa: F401 (fixtures)

PACKAGE = Path(__file__).parent.parent / "mkdocs_smtpcodes"


@pytest.fixture(scope="module")
def newer(tmp_path_factory):
    """The facts of the package with the words of one language, which take a while to read."""
    folder = tmp_path_factory.mktemp("newer") / "mkdocs_smtpcodes"
    for name in ("facts", "words/en"):
        shutil.copytree(PACKAGE / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def older(tmp_path_factory, newer):
    """The same as it might have been: without a code and a reply, with one more text, and with another text."""
    folder = tmp_path_factory.mktemp("older") / "mkdocs_smtpcodes"
    shutil.copytree(newer, folder)

    def edit(file, pattern, replacement):
        path = folder / file
        text, number = re.subn(pattern, replacement, path.read_text(encoding="utf-8"), count=1, flags=re.DOTALL)
        assert number == 1, file
        path.write_text(text, encoding="utf-8")

    edit("facts/reply_codes.yml", r"\n  '?556'?:\n.*?(?=\n  '?\d{3}'?:|\Z)", "")
    edit(
        "facts/replies/postgrey.yml",
        r"(\n  +- (?:codes|text): )",
        r"\n    - {codes: ['450'], text: a former text, reason: greylisted}\1",
    )
    edit("facts/version.yml", r"data_version: \S+", "data_version: 2025-01-31")
    edit("words/en/reasons.yml", r"Greylisting", "Grey listing")
    return folder


def test_changes_are_lines_of_a_changelog(call, older, newer):  # noqa: F811
    told = call("changes", str(older), str(newer))
    version = load_dataset().data_version
    assert told.stderr == f"Data of {version}, after that of 2025-01-31\n"
    assert told.stdout.splitlines() == [
        "- NEW: added code: 556", "- FIX: changed text: 1 in en", "- BREAK: removed reply: 1 of postgrey",
    ]  # fmt: skip
    turned = call("changes", str(newer), str(older)).stdout.splitlines()
    assert turned[0] == "- NEW: added reply: 1 of postgrey"


def test_data_of_one_day_that_differ_are_not_said_to_follow_each_other(call, older, newer, tmp_path):  # noqa: F811
    version = load_dataset().data_version
    same_day = tmp_path / "mkdocs_smtpcodes"
    shutil.copytree(older, same_day)
    path = same_day / "facts" / "version.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("2025-01-31", version), encoding="utf-8")
    assert call("changes", str(same_day), str(newer)).stderr == f"Both have data of {version}, and differ in 3 things\n"
    same = call("changes", str(newer), str(newer)).stderr
    assert same == f"Data of {version}, after that of {version}\nthe data is the same\n"


def test_changes_as_json_name_everything(call, older, newer):  # noqa: F811
    told = json.loads(call("changes", str(older), str(newer), "--json").output)
    assert told["old"] == "2025-01-31"
    assert told["codes"] == {"added": ["556"], "changed": [], "removed": []}
    assert told["replies"]["removed"] == ["postgrey: a former text"]
    assert told["texts"]["changed"] == ["en reasons.greylisted.name"]


def test_a_wheel_is_compared_with_what_is_installed(call, older, tmp_path):  # noqa: F811
    wheel = tmp_path / "old.whl"
    with zipfile.ZipFile(wheel, "w") as packed:
        for path in older.rglob("*.yml"):
            packed.write(path, path.relative_to(older.parent))
    assert "- NEW: added code: 556" in call("changes", str(wheel)).stdout
    nothing = tmp_path / "nothing.txt"
    nothing.write_text("a", encoding="utf-8")
    assert "is neither a wheel nor a folder of the package" in call("changes", str(nothing)).output
    assert "has no facts; name a wheel or a folder of the package" in call("changes", str(tmp_path)).output


def test_where_a_reply_was_seen_is_no_change():
    before = snapshot(PACKAGE)
    assert len(before["replies"]) > 1000 and len(before["texts"]) > 5000 and "550" in before["codes"]
    assert not {"source", "date"} & {key for row in before["replies"].values() for key in row}
    assert changes(before, before) == []


def test_the_version_of_the_data_is_a_day_and_stands_in_exports():
    told = export(load_dataset(), ["en"])
    assert date.fromisoformat(told["data_version"])
    schema = json.loads((PACKAGE / "schema" / "export.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate({**told, "codes": {"550": told["codes"]["550"]}}, schema)
