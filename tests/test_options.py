"""Wrong options of the plugin: one message, the same in a build and in `check`, and the build goes on without them."""

import json

import jsonschema
import pytest
import yaml
from click.testing import CliRunner

from mkdocs_smtpcodes import load_dataset
from mkdocs_smtpcodes.cli import main
from mkdocs_smtpcodes.option_places import line_of
from mkdocs_smtpcodes.reference.choosing import comparisons
from mkdocs_smtpcodes.settings import SCHEMA, judged

LIST = "related, or pairs such as [[450, 550]]"
#: What a person writes, and what is said of it after the name of the option.
WRONG = [
    ("refernce: used", "this is not an option; did you mean reference?"),
    ("data_file: own.yml", "this is not an option; did you mean data_files?"),
    ("colour: red", "this is not an option; there is lang, css, data_files,"),
    ("reference: Used", "'Used' is unknown; did you mean used? It takes off, used or all"),
    ("reference: on", "on, yes and true are no values of it; it takes off, used or all"),
    ("reference: [used]", "[used] does not fit; it takes off, used or all"),
    ("export: yes", "on, yes and true are no values of it; it takes off or json"),
    ("css: maybe", "'maybe' does not fit; it takes true or false"),
    ("css: 1", "1 does not fit; it takes true or false"),
    ("markdown: yes please", "'yes please' does not fit; it takes true or false"),
    ("bare: 'true'", "'true' does not fit; take the quotes away"),
    ("autolink: txt", "'txt' is unknown; did you mean text? It takes off, code or text"),
    ("reference_dir: ../x", "'../x' is no folder below the docs folder; write a name such as smtp"),
    ("reference_dir: 5", "expected a text, found 5; put quotes around it"),
    ("lang: [en, tr]", "expected one language, found [en, tr]; write auto,"),
    ("lang: no", "expected a text, found false; put quotes around it"),
    ("lang: xx", "'xx' is not a language with words; it takes auto or one of"),
    ("data_files: smtp.yml", "expected a list, found 'smtp.yml'; write [smtp.yml]"),
    ("data_files: [5, {a: b}]", "expected a list of names, found 5"),
    ("data_files: {a: b}", "expected a list of names, found a mapping"),
    ("templates: nothere", "'nothere' is not a folder"),
    ("templates: [x]", "expected a text, found [x]"),
    ("comparisons: [450, 550]", "each comparison is a list of its own; write [[450, 550]]"),
    ("comparisons: all", f"'all' is unknown; it takes {LIST}"),
    ("comparisons: relatde", f"'relatde' is unknown; did you mean related? It takes {LIST}"),
    ("comparisons: [[450]]", f"it takes two to four codes, and one is given; it takes {LIST}"),
    ("comparisons: 5", "expected a list of pairs or related, found 5; write [[450, 550]], or related"),
    ("lint: {pairs: off}", "pairs is not a rule; did you mean pair?"),
    ("lint: {pair: on}", "pair: on is not a level; it takes off, note, warning or error"),
    ("lint: {pair: loud}", "pair: loud is not a level; it takes off, note, warning or error"),
    ("lint: off", "found off; each rule has its own level, and there is none for all"),
    ("lint: quiet", "expected rules with levels such as pair: off, found 'quiet'"),
    ("reference_dir: docs/smtp", "would be a folder docs below the docs folder; write smtp"),
    ("reference_dir: codes.md", "is the name of a page, and a folder belongs here; write codes"),
    ("language: de", "this is not an option; did you mean lang?"),
    ("on_error: raise", "this is not an option of the plugin, which does by itself what it is for; leave it out"),
    ("data_files: [null]", "expected a list of names, found nothing"),
    ("reference_dir: /smtp/x", "'/smtp/x' begins at the root of a disk; write smtp/x, a folder below the docs folder"),
    ("reference_dir: a/../b", "'a/../b' is no folder below the docs folder; write a name such as smtp"),
    ("data_files: [a.yml, a.yml]", "'a.yml' is named twice; name it once"),
    (
        "data_files: ['https://example.org/a.yml']",
        "https://example.org/a.yml is an address, which is not read; download",
    ),
    ("data_files: [nope.yml]", "nope.yml cannot be read (No such file or directory)"),
]
RIGHT = """\
lang: tr
css: false
data_files: []
reference: off
reference_dir: mail/codes
reference_search: yes
comparisons: [[450, 550], "250, 535"]
export: json
lint: {pair: off}
autolink: off
autolink_fences: on
bare: no
markdown: true
templates:
"""


#: Comparisons, and what is said of the one that is wrong.
COMPARISONS = [
    ("comparisons: [related]", "related stands in no list; write comparisons: related"),
    ("comparisons: 450 vs 550", "'450 vs 550' is unknown; write [[450, 550]]"),
    ("comparisons: [[450, 550], 450 vs 551]", "'450 vs 551' is unknown; write [450, 551]"),
    ("comparisons: [[450, 550], {450: 551}]", "a mapping stands here; write [450, 551]"),
    ("comparisons: [[450, 550], [[450, 551]]]", "a list stands within this one; write [450, 551]"),
    ("comparisons: [[450, 550], [550, 450]]", "550, 450 are compared already, whichever comes first; name them once"),
    ("comparisons: [[450, 550], null]", f"nothing stands here; it takes {LIST}"),
    ("comparisons: [[450, 550], true]", f"true stands here; it takes {LIST}"),
    ("comparisons: [[450, 550], 451]", "451 stands alone, and a comparison takes two to four codes; it takes"),
    ("comparisons: [[450, 550], [450, 'level=2', 551]]", "level is an option of a directive; write the codes alone"),
    ("comparisons: [[450, 550], [4xx, 550]]", f"4xx is not a code; it takes {LIST}"),
]


@pytest.mark.parametrize(("written", "message"), COMPARISONS)
def test_what_is_no_comparison_is_told_with_what_it_should_be(written, message):
    _, mistakes = comparisons(yaml.safe_load(written)["comparisons"], load_dataset())
    ((place, told),) = mistakes
    assert told.startswith(f"comparisons: {message}")
    assert place == ("comparisons" if written == "comparisons: 450 vs 550" else f"comparisons.{int('], ' in written)}")


def test_each_wrong_comparison_is_told_at_its_own_line(tmp_path, monkeypatch):
    text = "site_name: A\nplugins:\n- smtpcodes:\n    comparisons:\n    - [450, 550]\n    - [450]\n    - 450 vs 551\n    -\n"
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    lines = CliRunner().invoke(main, ["check"]).stderr.splitlines()
    told = [line.split(": ")[0] for line in lines if "comparisons" in line]
    assert told == ["mkdocs.yml:6", "mkdocs.yml:7", "mkdocs.yml:8"]


def test_each_wrong_option_is_a_warning_with_its_line_in_a_build_and_the_same_in_check(
    build_site, tmp_path, monkeypatch
):
    """All at once in groups, since an option can be written once: every case, and few builds."""
    groups: list[dict[str, tuple[str, str]]] = []
    for written, message in WRONG:
        name = written.partition(":")[0]
        group = next((group for group in groups if name not in group), None)
        if group is None:
            groups.append(group := {})
        group[name] = (written, message)
    for number, group in enumerate(groups):
        plugin = {name: yaml.safe_load(written)[name] for name, (written, _) in group.items()}
        site = build_site({"index.md": "# A\n\n<< smtp_code(550) >>\n"}, plugin=plugin, folder=f"site{number}")
        assert site.soup().select_one(".smtp-codes, .smtp-code, [class*=smtp]"), "the build goes on"
        config = tmp_path / f"site{number}" / "mkdocs.yml"
        lines = config.read_text(encoding="utf-8").splitlines()
        monkeypatch.chdir(config.parent)
        checked = CliRunner().invoke(main, ["check"])
        assert checked.exit_code == 1
        assert sorted(checked.stderr.splitlines()) == sorted(site.warnings)
        for name, (written, message) in group.items():
            (told,) = [
                warning for warning in site.warnings if f": {name}: " in warning.replace("lint: pair: ", "lint: ")
            ][:1]
            place, _, rest = told.partition(": ")
            file, _, line = place.partition(":")
            assert file == "mkdocs.yml"
            item = (name == "data_files" and "[" in written) or written == "comparisons: [[450]]"
            start = "-" if item else f"{name}:"
            assert lines[int(line) - 1].strip().startswith(start), written
            assert message in rest, written


def test_right_options_are_taken_as_they_are_and_nothing_is_said():
    given = yaml.safe_load(RIGHT)
    good, mistakes = judged(given)
    assert mistakes == []
    assert good == {name: value for name, value in given.items() if value is not None}
    assert judged({}) == ({}, [])


def test_what_the_schema_allows_is_allowed_and_what_it_forbids_is_told():
    """Editors read the schema: neither says yes where the other says no."""
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    right = {name: value for name, value in yaml.safe_load(RIGHT).items() if value is not None}
    assert validator.is_valid({**right, "comparisons": [[450, 550]]})
    # What depends on the disk and on the codes, no schema knows.
    unknown = {"lang: xx", "templates: nothere", "data_files: [nope.yml]"}
    for written, _ in WRONG:
        if written not in unknown and not written.startswith(
            ("reference_dir: .", "reference_dir: /", "reference_dir: a")
        ):
            assert not validator.is_valid(yaml.safe_load(written)), written


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("lang: de\nplugins:\n- smtpcodes:\n    lang: xx\n", 4),
        ("# smtpcodes lang: xx\nplugins:\n- smtpcodes: {css: true, lang: xx}\n", 3),
        ("plugins:\n- smtpcodes:\n    # lang: tr\n    mylang: x\n    'lang': xx\n", 5),
        ("plugins:\n- smtpcodes\n", 0),
    ],
)
def test_the_line_is_that_of_the_option_below_the_plugin(text, line):
    assert line_of(text, "lang") == line


def test_the_strict_build_fails_and_the_option_has_its_default(build_site):
    site = build_site({"index.md": "# A\n"}, plugin={"reference": "Used", "css": "maybe"})
    assert len(site.warnings) == 2
    assert not (site.folder / "smtp").exists()
    assert (site.folder / "assets" / "smtpcodes.css").is_file()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("used", "found 'used'; write reference: used there"),
        ("[a]", "found [a]; write lang: auto there"),
        ("true", "found true; write lang: auto there"),
        ("", ""),
        ("{}", ""),
    ],
)
def test_check_names_options_that_are_none(tmp_path, monkeypatch, options, message):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text(f"site_name: x\nplugins:\n  - smtpcodes: {options}\n", encoding="utf-8")
    told = CliRunner().invoke(main, ["check"]).stderr.replace("no Markdown page in docs\n", "")
    begins = "mkdocs.yml:3: smtpcodes: expected options, each on a line below with its value, "
    assert told == (f"{begins}{message}\n" if message else "")


def test_check_without_paths_names_a_broken_configuration(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nplugins: a: b\n", encoding="utf-8")
    for page in (False, True):
        if page:
            (tmp_path / "docs").mkdir()
            (tmp_path / "docs" / "a.md").write_text("<< smtp_code(536) >>\n", encoding="utf-8")
        done = CliRunner().invoke(main, ["check"])
        assert done.exit_code == 1
        assert done.stderr.startswith("mkdocs.yml:2: this is not valid YAML: a text with a colon and a space")
        assert ("docs/a.md:1:1: smtp_code: 536" in done.stdout) == page
    (tmp_path / "mkdocs.yml").unlink()
    assert "there is no mkdocs.yml here" in CliRunner().invoke(main, ["check"]).stderr


def test_one_wrong_item_of_data_files_leaves_the_others_and_has_the_line_of_its_own(build_site, tmp_path, monkeypatch):
    page = "# A\n\n<< smtp_code(E1) >>\n\n<< smtp_code(299) >>\n\nSMTP reply 559 and 558.\n"
    own = "codes: {E1: {reply: 550 5.7.1}}\nwords: {en: {codes: {E1: {name: Ours, summary: It is ours.}}}}\n"
    files = ["own.yml", 5, "own.yml", "https://example.org/x.yml", "nope.yml"]
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "own.yml").write_text(own, encoding="utf-8")
    site = build_site({"index.md": page}, plugin={"data_files": files})
    assert "It is ours." in site.soup().get_text()
    monkeypatch.chdir(tmp_path / "site")
    lines = (tmp_path / "site" / "mkdocs.yml").read_text(encoding="utf-8").split("\n")
    told = {
        "- 5": "data_files: expected a list of names, found 5",
        "x.yml": "data_files: https://example.org/x.yml is an address, which is not read; download the file, and write its name",
        "nope.yml": "data_files: nope.yml cannot be read (No such file or directory); it was looked for in /",
    }
    wanted = [(next(n for n, line in enumerate(lines, 1) if line.endswith(end)), said) for end, said in told.items()]
    twice = [number for number, line in enumerate(lines, 1) if line.endswith("- own.yml")][1]
    wanted.append((twice, "data_files: 'own.yml' is named twice; name it once"))
    checked = CliRunner().invoke(main, ["check"]).output
    for line, said in wanted:
        assert any(message.startswith(f"mkdocs.yml:{line}: {said}") for message in site.warnings), (said, site.warnings)
        assert f"mkdocs.yml:{line}: {said}" in checked
    # The file that is not there may have it.
    assert "559" not in checked


def test_a_data_file_of_the_command_line_that_is_not_there_is_a_wrong_call(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["--data", "nofile.yml", "show", "550"])
    assert done.exit_code == 2
    assert "--data: nofile.yml is not there; it takes a data file such as data/smtp.yml" in done.output
