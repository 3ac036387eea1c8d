"""What differs between two codes, in which order, and what is left out because another line implies it."""

import pytest

from mkdocs_smtpcodes.comparison import AXES, compare
from mkdocs_smtpcodes.dataset import load_dataset

DATASET = load_dataset()


def compared(*codes):
    return compare(DATASET, [DATASET.code(code) for code in codes])


def by_axis(*codes):
    return [difference for difference in compared(*codes).differences if difference.kind == "axis"]


def axes(*codes):
    return [difference.axis for difference in by_axis(*codes)]


def test_the_seed_pair_has_at_least_five_differences():
    assert len(compared("250", "535").differences) >= 5


def test_the_question_of_finality_comes_first_when_classes_differ():
    for pair in (("250", "535"), ("450", "550"), ("354", "250"), ("334", "535")):
        assert axes(*pair)[0] == "outcome"


def test_a_permanent_refusal_no_use_in_retrying_and_a_bounce_are_one_line():
    assert "retry" not in axes("450", "550")
    assert "message" not in axes("450", "550")
    assert any(group.whole for group in by_axis("450", "550")[0].groups)


def test_a_code_that_departs_from_what_its_class_implies_gets_the_line():
    assert "retry" in axes("450", "535")
    assert "retry" in axes("550", "552")


def test_equal_axes_are_no_difference():
    assert "outcome" not in axes("450", "451")
    assert "session" not in axes("450", "451")


def test_codes_with_the_same_value_are_named_together():
    outcome = by_axis("450", "451", "550")[0]
    assert [group.codes for group in outcome.groups] == [("450", "451"), ("550",)]


def test_a_hand_written_pair_comes_before_every_axis():
    assert compared("250", "535").differences[0].kind == "pair"
    assert "pair" not in {difference.kind for difference in compared("214", "553").differences}


def test_what_no_standard_says_is_neither_printed_nor_compared():
    rows = {row.axis: row.cells for row in compared("422", "450").rows}
    assert rows["retry"][0] == ()
    assert "retry" not in axes("422", "450")


def test_the_order_of_the_writer_is_kept():
    assert [profile.key for profile in compared("535", "250").profiles] == ["535", "250"]


@pytest.mark.parametrize(
    "pair", [("250", "550"), ("450", "451"), ("5.7.8", "5.7.9"), ("550 5.7.1", "550 5.7.26"), ("422", "430")]
)
def test_every_comparison_ends_with_what_only_each_code_says(pair):
    assert compared(*pair).differences[-1].kind == "distinct"


def test_axes_are_listed_in_the_order_of_their_weight():
    order = [row.axis for row in compared("250", "535").rows]
    assert order == [axis for axis in AXES if axis in order]
