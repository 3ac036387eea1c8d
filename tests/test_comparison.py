"""What differs between two codes, in which order, and what is left out because another line implies it."""

import pytest

from mkdocs_smtpcodes.comparison import AXES, compare
from mkdocs_smtpcodes.dataset import load_dataset

DATASET = load_dataset()


def compared(*codes):
    return compare(DATASET, [DATASET.code(code) for code in codes])


def axes(*codes):
    return [difference.axis for difference in compared(*codes).differences if difference.kind == "axis"]


def fate(*codes):
    return next((difference for difference in compared(*codes).differences if difference.kind == "fate"), None)


def test_the_seed_pair_has_five_differences():
    assert len(compared("250", "535").differences) == 5


def test_what_becomes_of_the_message_comes_before_every_other_axis():
    for pair in (("250", "535"), ("450", "550"), ("354", "250"), ("334", "535")):
        kinds = [difference.kind for difference in compared(*pair).differences if difference.kind != "pair"]
        assert kinds[0] == "fate"


def test_a_permanent_refusal_no_use_in_retrying_and_a_bounce_are_one_line():
    assert fate("450", "550").axis == "outcome"
    assert all(group.whole for group in fate("450", "550").groups)


def test_a_code_that_departs_from_what_its_class_implies_says_how():
    assert [group.values["retry"][0].value for group in fate("450", "535").groups] == ["later", "after-fix"]
    assert fate("450", "451") is None


def test_digits_registry_and_place_of_definition_are_no_difference():
    for pair in (("250", "535"), ("450", "550"), ("5.7.1", "5.1.1")):
        assert not {"category", "subject", "enhanced", "basic", "standard"} & set(axes(*pair))


def test_a_value_that_depends_on_the_command_is_no_difference():
    assert "refused" not in axes("550", "535")
    assert "refused" in axes("250", "535")


def test_equal_axes_are_no_difference():
    assert "session" not in axes("450", "451")
    assert "place" not in axes("550", "550")


def test_codes_with_the_same_value_are_named_together():
    assert [group.codes for group in fate("450", "451", "550").groups] == [("450", "451"), ("550",)]


def test_a_hand_written_pair_comes_before_every_axis():
    assert compared("250", "535").differences[0].kind == "pair"
    assert "pair" not in {difference.kind for difference in compared("214", "553").differences}


def test_what_no_standard_says_is_neither_printed_nor_compared():
    rows = {row.axis: row.cells for row in compared("422", "450").rows}
    assert rows["retry"][0] == ()
    assert fate("422", "450") is None or "retry" not in fate("422", "450").groups[0].values


def test_the_order_of_the_writer_is_kept():
    assert [profile.key for profile in compared("535", "250").profiles] == ["535", "250"]


@pytest.mark.parametrize("pair", [("250", "503"), ("5.7.8", "5.1.9"), ("422", "430")])
def test_codes_that_nobody_wrote_about_together_end_with_what_only_each_says(pair):
    assert compared(*pair).differences[-1].kind == "distinct"


def test_the_hand_written_text_of_two_details_serves_the_replies_that_hold_them():
    assert compared("550 5.7.1", "550 5.7.26").differences[0].kind == "pair"
    assert compared("550 5.1.1", "554").differences[0].kind == "pair"


def test_axes_are_listed_in_the_order_of_their_weight():
    order = [row.axis for row in compared("250", "535").rows]
    assert order == [axis for axis in AXES if axis in order]
