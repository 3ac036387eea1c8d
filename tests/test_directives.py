"""The grammar: what is ours, how far it reaches, and what it says."""

import time

import pytest

from mkdocs_smtpcodes import directives
from mkdocs_smtpcodes.directives import Mistakes


def read(text):
    found = directives.find(text)
    assert found is not None
    return directives.parse(found, text[found.start : found.end])


def mistakes(text):
    with pytest.raises(Mistakes) as caught:
        read(text)
    return caught.value.messages


@pytest.mark.parametrize(
    "text",
    [
        "<< smtp_compare(250, 535) >>",
        "<<smtp_compare(250,535)>>",
        "<<smtp_compare( 250 , 535 )>>",
        "<<  smtp_compare (250,535)  >>",
        "<< smtp_compare(\n  250,\n  535\n) >>",
        "<< smtp_compare('250', \"535\") >>",
    ],
)
def test_spaces_lines_and_quotes_around_codes_do_not_matter(text):
    assert read(text).codes == ("250", "535")


def test_whole_replies_and_options_are_read():
    directive = read(
        '<< smtp_compare(550 5.7.1, "550  5.7.26", level=3, title="a, (b) >> c = d", lang=pt-BR, id=x-1) >>'
    )
    assert directive.codes == ("550 5.7.1", "550 5.7.26")
    assert directive.options == {"level": 3, "title": "a, (b) >> c = d", "lang": "pt-BR", "id": "x-1"}


@pytest.mark.parametrize(
    ("parts", "kept"),
    [
        ("summary, differences", ("summary", "differences")),
        ("-glance, -session", ("summary", "codes", "differences", "choice", "more")),
    ],
)
def test_parts_are_chosen_or_left_out(parts, kept):
    assert read(f'<< smtp_compare(250, 535, parts="{parts}") >>').options["parts"] == kept


@pytest.mark.parametrize(
    "text",
    [
        "<<EOF",
        "<<smtp_server>>",
        "<< smtp_server >>",
        "cout << value << endl; x >>= 2",
        "<<: *default",
        "<< include('x.md') >>",
        "<< macro(250, 535) >>",
        "<< template_code(1) >>",
        "<<smtp>>",
        "<< smtp server >>",
        "<< smtp_comapre 250, 535 >>",
        "<< smtp_compared >>",
        "<< smtp_server(x) << y >>",
        "<< temp(535) >>",
        "std::cout << stmp(x) << std::endl;",
        "< < smtp_compare(250, 535) >>",
    ],
)
def test_what_is_not_ours_is_not_found(text):
    assert directives.find(text) is None


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("<< smtp_comapre(250, 535) >>", "smtp_compare"),
        ("<< smtp-compare(250, 535) >>", "smtp_compare"),
        ("<< SMTP_Compare(250, 535) >>", "smtp_compare"),
        ("<< smtpcompare(250, 535) >>", "smtp_compare"),
        ("<< smtp_codes(535) >>", "smtp_code"),
        ("<< stmp(535) >>", "smtp"),
    ],
)
def test_a_misspelt_name_is_a_mistake_with_the_right_name(text, ours):
    assert f"did you mean {ours}?" in mistakes(text)[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<< smtp_compare(250) >>", "it takes two to four codes, and one is given"),
        ("<< smtp_compare() >>", "none is given"),
        ("<< smtp_compare(250, 251, 252, 421, 450) >>", "and five are given"),
        ("<< smtp_compare(250, 250) >>", "250 is given twice"),
        ("<< smtp_compare(250, '250') >>", "250 is given twice"),
        ("<< smtp_compare(250, ) >>", "an argument is empty"),
        ("<< smtp_compare(25, 535) >>", "25 is not a code"),
        ("<< smtp_compare(250, 535, levle=2) >>", "did you mean level?"),
        ("<< smtp_compare(250, 535, level=7) >>", "write a number from 1 to 6"),
        ("<< smtp_compare(250, 535, level=0) >>", "write a number from 1 to 6"),
        ("<< smtp_compare(250, 535, level=two) >>", "write a number from 1 to 6"),
        ("<< smtp_compare(250, 535, level=2, level=3) >>", "level is given twice"),
        ("<< smtp_compare(250, 535, lang=12) >>", "is not a language tag"),
        ("<< smtp_compare(250, 535, id='a b') >>", "is not an anchor"),
        ("<< smtp_compare(250, 535, parts=summry) >>", "did you mean summary?"),
        ("<< smtp_compare(250, 535, parts='summary, -more') >>", "mixes parts"),
        ("<< smtp_compare(250, 535, title='') >>", "is empty"),
        ('<< smtp_compare(250, 535, title="x) >>', "quote is not closed"),
        ("<< smtp_compare(250, 535)", "is not closed"),
        ("<< smtp_compare(250, 535 >>", "is not closed"),
        ("<< smtp_compare(250 535, 421) >>", "250 535 is not a code"),
        ("<< smtp_compare(open('/etc/passwd'), 250) >>", "cannot be read"),
    ],
)
def test_a_mistake_says_what_is_wrong_and_what_would_be_right(text, expected):
    messages = mistakes(text)
    assert len(messages) == 1
    assert messages[0].startswith("smtp_compare: ")
    assert expected in messages[0]


def test_every_mistake_of_a_directive_is_named():
    assert len(mistakes("<< smtp_compare(25, 535, level=9, colour=red) >>")) == 3


def test_an_unclosed_directive_swallows_nothing_behind_its_line():
    text = "<< smtp_compare(250, 535\n\nThe next paragraph.\n"
    assert directives.find(text).end == text.index("\n")


def test_an_unclosed_directive_leaves_the_next_one_whole():
    found = list(directives.find_all("<< smtp_compare(250\n<< smtp_compare(250, 535) >>"))
    assert [item.closed for item in found] == [False, True]


@pytest.mark.parametrize(
    "unit", ["<<", "<< smtp(", '<< smtp("', "<< smtp('\"", "<< smtp_compare(250, ", "((((", '"', "<< smtp(\n"]
)
def test_time_grows_with_the_length_of_the_text(unit):
    def seconds(length):
        text = unit * (length // len(unit))
        start = time.process_time()
        list(directives.find_all(text))
        return time.process_time() - start

    short = min(seconds(50_000) for _ in range(3))
    assert min(seconds(400_000) for _ in range(3)) < 8 * 4 * max(short, 0.002)
