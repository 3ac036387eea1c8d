"""The documentation names everything that there is, and nothing that there is not."""

import json
import re
from pathlib import Path

import pytest

import mkdocs_smtpcodes
from mkdocs_smtpcodes.dataset import load_dataset, loading
from mkdocs_smtpcodes.directives import PARTS, SIGNATURES
from mkdocs_smtpcodes.extension import SmtpCodesExtension
from mkdocs_smtpcodes.plugin import SmtpCodesConfig

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "example-site" / "docs"
PACKAGE = ROOT / "mkdocs_smtpcodes"


def read(path):
    return (DOCS / path).read_text(encoding="utf-8")


def first_cells(text):
    """What stands in code font in the first cell of the rows of tables."""
    rows = re.findall(r"^\| (`[^|]*`) \|", text, re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`([^`]+)`", row)}


def test_every_option_of_the_plugin_is_documented_with_its_default():
    text = read("configuration.md")
    options = dict(SmtpCodesConfig._schema)
    assert first_cells(text) == set(options)
    schema = json.loads((PACKAGE / "schema" / "config.schema.json").read_text(encoding="utf-8"))
    assert set(schema["properties"]) == set(options)
    for name, option in options.items():
        default = (
            {True: "true", False: "false", "": ""}.get(option.default, str(option.default))
            if option.default not in ([], {})
            else str(option.default)
        )
        row = next(line for line in text.splitlines() if line.startswith(f"| `{name}` |"))
        assert row.split("|")[2].strip().strip("`") == default
        assert schema["properties"][name]["default"] == option.default


def test_every_option_of_the_extension_is_documented():
    text = read("engines.md")
    for name in SmtpCodesExtension().config:
        assert f"`{name}`" in text, name


@pytest.mark.parametrize("name", SIGNATURES)
def test_every_directive_is_documented_with_its_options_and_parts(name):
    pages = {
        "smtp_compare": "compare",
        "smtp_code": "code",
        "smtp_table": "table",
        "smtp_commands": "commands",
        "smtp": "inline",
        "smtp_explain": "explain",
        "smtp_replies": "replies",
        "smtp_lookup": "lookup",
    }
    text = read(f"directives/{pages[name]}.md")
    common = read("directives/index.md")
    assert f"<< {name}(" in text
    for option in SIGNATURES[name].options:
        assert re.search(rf"`{option}`|{option}=", text + common), option
    for part in PARTS.get(name, ()):
        assert f"`{part}`" in text, part


def test_the_table_of_options_says_which_directives_take_each():
    rows = re.findall(r"^\| `(\w+)` \| [^|]* \| ([^|]*) \|", read("directives/index.md"), re.MULTILINE)
    taken = {
        option: {n for n, s in SIGNATURES.items() if option in s.options}
        for s in SIGNATURES.values()
        for option in s.options
    }
    told = {}
    for option, cell in rows:
        named = set(re.findall(r"`(\w+)`", cell))
        told[option] = set(SIGNATURES) - named if cell.startswith("all") else named
    assert told == {option: names for option, names in taken.items() if len(names) > 1}


def test_every_key_of_a_data_file_is_documented():
    text = read("data-format.md")
    schema = json.loads((PACKAGE / "schema" / "data.schema.json").read_text(encoding="utf-8"))
    for key in (*schema["properties"], *schema["$defs"]["facts"]["properties"]):
        assert f"`{key}`" in text, key
    words = loading.words("en")
    for key in words:
        assert f"`{key}`" in text, key
    for axis in ("retry", "message", "refused", "session", "acts"):
        for value in words["axes"][axis]["values"]:
            assert f"`{value}`" in text, value


def test_every_custom_property_is_documented_and_none_that_does_not_exist():
    used = set(re.findall(r"var\((--smtp-[a-z-]+)", (PACKAGE / "assets" / "smtpcodes.css").read_text(encoding="utf-8")))
    assert first_cells(read("guide/style.md")) == used


def test_every_template_and_each_of_its_blocks_is_documented():
    text = read("guide/templates.md")
    for template in (PACKAGE / "templates").glob("*.html"):
        assert f"`{template.name}`" in text, template.name
        for block in re.findall(r"{% block (\w+)", template.read_text(encoding="utf-8")):
            assert f"`{block}`" in text, block


def test_every_name_of_the_api_is_documented():
    text = read("api.md")
    for name in set(mkdocs_smtpcodes.__all__) - {"Code"}:
        assert f"::: mkdocs_smtpcodes.{name}\n" in text, name


def test_no_page_names_the_machine_that_it_was_written_on():
    for path in [*DOCS.rglob("*.md"), *ROOT.glob("*.md"), *(PACKAGE / "words").glob("*.md")]:
        assert not re.search(r"/(?:root|home|tmp|work|Users)/", path.read_text(encoding="utf-8")), path


def test_the_page_of_the_directive_names_every_sender():
    page = (DOCS / "directives" / "replies.md").read_text(encoding="utf-8")
    assert [key for key in load_dataset().senders if f"`{key}`" not in page] == []


@pytest.mark.parametrize("page", ["gallery/replies.md", "gallery/replies.tr.md"])
def test_the_gallery_of_replies_shows_each_reason_once(page):
    shown = re.findall(r"```smtp-explain\n(.*?)```", read(page), re.DOTALL)
    reasons = [mkdocs_smtpcodes.explain(text).reason for text in shown]
    assert len(reasons) > 12
    assert all(reasons)
    assert len(set(reasons)) == len(reasons)
