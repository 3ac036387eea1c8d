"""Codes are read and written as RFC 5321 §4.2 and RFC 3463 §2 have them."""

import pytest

from mkdocs_smtpcodes.codes import BasicCode, CodeRange, EnhancedCode, Reply, parse_code


def test_the_three_forms_of_a_code_are_read():
    assert parse_code("250") == BasicCode(250)
    assert parse_code("5.7.26") == EnhancedCode(5, 7, 26)
    assert parse_code("550 5.7.1") == Reply(BasicCode(550), EnhancedCode(5, 7, 1))


@pytest.mark.parametrize("text", ["250", "2.0.0", "4.2.2", "5.7.509", "550 5.1.1"])
def test_a_code_is_written_as_it_was_read(text):
    assert str(parse_code(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "25",
        "2500",
        "5.7",
        "3.7.1",
        "1.0.0",
        "5.07.1",
        "5.7.1000",
        "250-535",
        "550-",
        "5.7.649-606",
        "5.7.1-1",
        "5.7.606-5.7.649",
        "5.7.606-",
        "550 550-559",
        "5.7.1 550",
        "abc",
        "५५०",
        "550 550",
    ],
)
def test_what_is_no_code_is_refused(text):
    with pytest.raises(ValueError, match="is not a code such as"):
        parse_code(text)


@pytest.mark.parametrize("text", ["550-5.7.1", "550 5.7.1", " 550\t5.7.1 ", "550\u00a05.7.1"])
def test_the_lines_of_a_reply_of_several_lines_carry_the_same_code(text):
    assert str(parse_code(text)) == "550 5.7.1"


@pytest.mark.parametrize("text", ["5.7.606-649", "4.7.500-699", "550 5.7.606-649"])
def test_a_range_is_a_code_and_is_written_as_it_was_read(text):
    assert str(parse_code(text)) == text


def test_a_range_holds_the_codes_of_its_class_and_subject():
    numbers = parse_code("5.7.606-649")
    assert isinstance(numbers, CodeRange)
    assert (numbers.class_digit, numbers.subject, numbers.detail) == (5, 7, "X.7.606-649")
    assert all(numbers.holds(parse_code(text)) for text in ("5.7.606", "5.7.610", "5.7.649", "5.7.610-620"))
    assert not any(
        numbers.holds(parse_code(text)) for text in ("5.7.605", "5.7.650", "4.7.610", "5.6.610", "5.7.600-620")
    )
    assert parse_code("550-5.7.606-649") == Reply(BasicCode(550), CodeRange(5, 7, 606, 649))


def test_a_reply_follows_its_basic_code_and_knows_when_the_classes_contradict():
    assert parse_code("550 4.1.1").class_digit == 5
    assert not parse_code("550 4.1.1").agrees
    assert parse_code("550 5.1.1").agrees
