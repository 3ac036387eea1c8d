"""Facts hold no prose, refer only to what exists, and keep to what RFC 5321 and RFC 3463 allow."""

import re

import pytest

from mkdocs_smtpcodes.codes import parse_code
from mkdocs_smtpcodes.dataset import VALUE_AXES, load_dataset, loading

FACTS = loading.facts()
CODES = FACTS["codes"]
DATASET = load_dataset()
BASIC = [code for code in CODES if code[0] != "X"]
AXES = loading.words("en")["axes"]
SOURCE = re.compile(r"RFC \d{3,4}( §\d+(\.\d+)*)?(, §\d+(\.\d+)*|, RFC \d+ §\d+(\.\d+)*)*")


def test_all_codes_are_there():
    standard = [code for code in BASIC if CODES[code]["status"] in {"standard", "experimental", "historic"}]
    assert len(standard) == 39
    assert len([code for code in BASIC if CODES[code]["status"] == "registered"]) == 6
    assert len([code for code in BASIC if CODES[code]["status"] == "folklore"]) == 17
    assert len([code for code in CODES if code[0] == "X"]) == 81


@pytest.mark.parametrize("code", CODES)
def test_commands_sources_and_values_exist(code):
    facts = CODES[code]
    for item in facts.get("commands", ()):
        assert item["at"] in FACTS["commands"]
        assert SOURCE.fullmatch(item["source"]), item["source"]
        assert all(at in FACTS["commands"] for at in item.get("except", ()))
    for source in [facts.get("source", "RFC 1"), *facts.get("see_also", ())]:
        assert SOURCE.fullmatch(str(source)) or source == "RFC 1", source
    for axis in VALUE_AXES:
        value = facts.get(axis)
        values = (
            [value] if isinstance(value, str)
            else list(value.values()) if isinstance(value, dict)
            else [item["is"] for item in value or ()]
        )  # fmt: skip
        assert all(v in AXES[axis]["values"] for v in values), (axis, values)
        if isinstance(value, list):
            assert all(at in FACTS["commands"] for item in value for at in item.get("at", ()))


@pytest.mark.parametrize("code", [code for code in BASIC if CODES[code].get("enhanced")])
def test_pairings_of_reply_codes_and_details_agree_in_both_directions(code):
    for detail in CODES[code]["enhanced"]:
        assert int(code) in CODES[detail]["basic"], detail


@pytest.mark.parametrize("code", [code for code in BASIC if CODES[code]["status"] in {"registered", "folklore"}])
def test_what_no_standard_says_is_not_said(code):
    assert not [axis for axis in VALUE_AXES if axis in CODES[code]]
    assert "commands" not in CODES[code]
    assert "text" not in CODES[code]


@pytest.mark.parametrize("code", [code for code in BASIC if CODES[code]["status"] == "standard"])
def test_a_standard_code_has_a_source_commands_and_values(code):
    profile = DATASET.profile(parse_code(code))
    assert profile.sources
    assert profile.answers
    assert profile.axes["outcome"][0].value == code[0]
    assert profile.axes["refused"]
    assert (profile.axes["refused"][0].value == "nothing") == (code[0] in "23")


def test_an_enhanced_code_reads_its_class():
    later, never = (DATASET.profile(parse_code(code)) for code in ("4.7.1", "5.7.1"))
    assert later.axes["retry"][0].value == "later"
    assert never.axes["retry"][0].value == "no"


def test_a_reply_narrows_to_the_commands_of_its_enhanced_code():
    profile = DATASET.profile(parse_code("550 5.1.1"))
    assert profile.places == ("RCPT",)
    assert [value.value for value in profile.axes["refused"]] == ["recipient"]


def test_a_class_that_contradicts_the_first_digit_is_noted():
    assert "class_conflict" in DATASET.profile(parse_code("550 4.1.1")).notes
    assert not DATASET.profile(parse_code("554 5.7.1")).notes


def test_a_detail_that_nobody_registered_is_explained_by_class_and_subject():
    profile = DATASET.profile(parse_code("5.7.509"))
    assert profile.status == "unregistered"
    assert profile.axes["subject"][0].value == "7"
    assert "5.7.509" in DATASET.entry(profile.code, "en").description.text


def test_the_nearest_language_is_taken():
    assert DATASET.nearest_language("tr_TR") == "tr"
    assert DATASET.nearest_language("EN-gb") == "en"
    assert DATASET.nearest_language("xx") is None
