"""The Python API: an explicit list, typed, documented, and the same facts as the sections."""

import inspect
import subprocess
import sys

import pytest

import mkdocs_smtpcodes
from mkdocs_smtpcodes import (
    BasicCode,
    EnhancedCode,
    Reply,
    SiteCode,
    Text,
    UnknownCode,
    compare,
    export,
    load_dataset,
    parse_code,
)

NAMES = {
    "Answer", "BasicCode", "Code", "Comparison", "Dataset", "Difference", "EnhancedCode", "Entry", "Explanation", "Group",
    "Profile", "Reason", "Reply", "Row", "Sender", "SiteCode", "Span", "Text", "UnknownCode", "Value", "compare", "explain",
    "export", "load_dataset", "parse_code",
}  # fmt: skip
DOCUMENTED = sorted(NAMES - {"Code"})


def test_the_api_is_this_list():
    assert set(mkdocs_smtpcodes.__all__) == NAMES
    with pytest.raises(AttributeError, match="no attribute 'loading_dock'"):
        _ = mkdocs_smtpcodes.loading_dock


@pytest.mark.parametrize("name", DOCUMENTED)
def test_every_name_says_what_it_is_for_with_types(name):
    thing = getattr(mkdocs_smtpcodes, name)
    assert inspect.getdoc(thing)
    public = [thing] if inspect.isfunction(thing) else [
        member for key, member in vars(thing).items() if not key.startswith("_") and inspect.isfunction(member)
    ]  # fmt: skip
    for function in public:
        assert inspect.getdoc(function), f"{name}.{function.__name__}"
        signature = inspect.signature(function)
        assert signature.return_annotation is not inspect.Signature.empty
        for parameter in signature.parameters.values():
            assert parameter.name == "self" or parameter.annotation is not inspect.Parameter.empty


def test_a_program_reads_facts_and_words():
    dataset = load_dataset()
    code = dataset.code("550 5.7.26")
    assert code == Reply(BasicCode(550), EnhancedCode(5, 7, 26)) == parse_code("550 5.7.26")
    profile, entry = dataset.profile(code), dataset.entry(code, "tr")
    assert [value.value for value in profile.axes["retry"]]
    assert profile.sources[0].startswith("RFC 7372")
    assert isinstance(entry.summary, Text)
    assert entry.summary.lang == "tr"
    with pytest.raises(UnknownCode) as error:
        dataset.code("536")
    assert "535" in error.value.near


def test_a_program_compares_codes():
    dataset = load_dataset()
    told = compare(dataset, [dataset.code("450"), dataset.code("550")])
    assert not told.same_class
    (outcome,) = [difference for difference in told.differences if difference.kind == "fate"]
    assert [group.codes for group in outcome.groups] == [("450",), ("550",)]


def test_a_program_reads_the_files_of_a_site(tmp_path):
    words = "words:\n  en:\n    codes:\n      E524: {name: Rejected, summary: No.}\n"
    (tmp_path / "own.yml").write_text(f"codes:\n  E524: {{reply: 550 5.7.1}}\n{words}", encoding="utf-8")
    dataset = load_dataset(["own.yml"], tmp_path)
    assert dataset.mistakes == ()
    code = dataset.code("E524")
    assert isinstance(code, SiteCode)
    assert dataset.entry(code, "en").name == Text("Rejected", "en")
    assert "E524" in export(dataset, ["en"])["codes"]


def test_importing_the_package_reads_nothing():
    code = (
        "import sys, mkdocs_smtpcodes; print([m for m in sys.modules if m.startswith('mkdocs_smtpcodes.')])\n"
        "import mkdocs_smtpcodes.reference.exporting\nassert callable(mkdocs_smtpcodes.export)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_name_of_the_package_is_a_name_of_the_extension_too():
    import markdown

    text = "A << smtp(550) >>"
    by_package = markdown.markdown(
        text, extensions=["mkdocs_smtpcodes"], extension_configs={"mkdocs_smtpcodes": {"lang": "tr"}}
    )
    assert by_package == markdown.markdown(
        text, extensions=["smtpcodes"], extension_configs={"smtpcodes": {"lang": "tr"}}
    )
    assert "smtp-inline" in by_package
