"""What differs between two codes, in which order, and what is left out because another line implies it."""

import re
from itertools import combinations

import pytest

from mkdocs_smtpcodes.comparison import AXES, compare
from mkdocs_smtpcodes.dataset import load_dataset
from mkdocs_smtpcodes.rendering import prose
from mkdocs_smtpcodes.rendering.differences import differences
from mkdocs_smtpcodes.rendering.picture import session
from mkdocs_smtpcodes.rendering.speaker import Speaker

from .conftest import convert

DATASET = load_dataset()


def compared(*codes):
    return compare(DATASET, [DATASET.code(code) for code in codes])


def axes(*codes):
    return [difference.axis for difference in compared(*codes).differences if difference.kind == "axis"]


def fate(*codes):
    return next((difference for difference in compared(*codes).differences if difference.kind == "fate"), None)


def lines(*codes, parts=("summary", "session"), lang="en"):
    """The differences as a page with these parts tells them."""
    speaker = Speaker(DATASET, DATASET.words(lang))
    told = {code: speaker.entry(DATASET.code(code)) for code in codes}
    return [prose.plain(" ".join(line)) for line in differences(speaker, compared(*codes), told, parts)]


def test_the_seed_pair_has_five_differences():
    assert len(lines("250", "535")) == 5


@pytest.mark.parametrize(
    "pair", [("250", "535"), ("535", "530"), ("421", "450"), ("421", "451"), ("503", "530"), ("220", "250")]
)
def test_a_place_that_the_section_shows_is_no_difference_again(pair):
    speaker = Speaker(DATASET, DATASET.words("en"))
    for code in pair:
        assert speaker.plain_place_sentence(DATASET.profile(DATASET.code(code))) not in " ".join(lines(*pair))
    assert [line for line in lines(*pair, parts=()) if "answer" in line], "where nothing else says it, it is told"


@pytest.mark.parametrize(
    "pair", [("421", "450"), ("421", "451"), ("503", "530"), ("550", "554"), ("451", "452"), ("250", "535")]
)
@pytest.mark.parametrize("lang", DATASET.languages)
def test_pairs_of_every_day_have_three_differences_at_least_that_somebody_wrote(pair, lang):
    told = DATASET.pair(*map(DATASET.code, pair), lang).text.strip().split("\n\n")
    assert len(told) == len(lines(*pair, lang=lang)) >= 3
    assert lang != "en" or all(len(part.split()) <= 45 for part in told)
    # Of whole replies with these codes only the first is certain.
    assert DATASET.pair(DATASET.code(f"{pair[0]} 4.7.1"), DATASET.code(pair[1]), lang).text == told[0]


@pytest.mark.parametrize("pair", list(combinations(["421", "450", "451", "452", "535", "530", "550", "554"], 2)))
def test_what_the_answers_say_is_a_difference_only_where_few_are_left(pair):
    answered = [
        line for line in lines(*pair) if re.search("has to act|have to be corrected|the session stays open", line)
    ]
    assert len(lines(*pair)) <= 3 or not answered
    assert lines(*pair), "there always is one"


@pytest.mark.parametrize("pair", [("421", "450"), ("421", "451"), ("452", "421")])
def test_what_was_written_of_the_end_of_a_session_is_not_said_by_a_template_too(pair):
    assert not [line for line in lines(*pair) if re.search(r"the server closes the connection\.", line)]


@pytest.mark.parametrize(
    ("pair", "told"),
    [
        (("535", "502"), False), (("500", "535"), False), (("5.7.10", "5.7.8"), False), (("5.1.7", "5.5.4"), False),
        (("5.1.1", "5.3.4"), True), (("421", "556"), True),
    ],
)  # fmt: skip
def test_what_is_refused_is_told_as_how_far_it_reaches_beside_what_each_code_says_itself(pair, told):
    said = " ".join(lines(*pair, parts=()))
    assert bool(re.search(r"\b(refuses (only|the|one)|objects to a parameter|turns the whole)", said)) == told


@pytest.mark.parametrize("pair", [("552", "452"), ("501", "500"), ("502", "553")])
def test_codes_with_the_same_places_have_no_picture_of_them(pair):
    speaker = Speaker(DATASET, DATASET.words("en"))
    same = session(speaker, [DATASET.profile(DATASET.code(code)) for code in pair])
    stages = [{DATASET.commands[at]["stage"] for at in DATASET.profile(DATASET.code(code)).places} for code in pair]
    assert same["told"] == (stages[0] != stages[1])


def test_what_services_mean_by_their_codes_is_a_difference_and_that_no_standard_has_them_is_none():
    for pair in (("5.7.515", "5.7.1"), ("5.7.139", "5.1.1"), ("5.7.606", "5.7.511"), ("550 5.7.509", "550 5.7.23")):
        assert lines(*pair)
        assert "defined by no standard" not in " ".join(lines(*pair))
    assert "Outlook.com" in " ".join(lines("5.7.515", "5.7.1"))


@pytest.mark.parametrize(
    ("pair", "told"),
    [
        ("251 253", "251 answers RCPT TO, VRFY and ETRN. 253 answers only ETRN."),
        ("252 458", "252 answers VRFY, EXPN and ETRN. 458 answers only ETRN."),
        ("450 453", "450 answers MAIL FROM, RCPT TO, end of data and ATRN. 453 answers only ATRN."),
        ("251 235", "251 answers RCPT TO and VRFY. 235 answers only AUTH."),
        ("450 253", "450 answers MAIL FROM, RCPT TO and end of data. 253 answers only ETRN."),
        ("5.7.14 5.1.10", "5.7.14 answers AUTH and BURL. 5.1.10 answers only RCPT TO."),
    ],
)
def test_what_one_code_answers_alone_is_not_left_out_of_what_the_other_answers(pair, told):
    assert told in lines(*pair.split(), parts=())


@pytest.mark.parametrize(
    ("pair", "again"),
    [
        ("4.2.2 5.2.2", False), ("5.7.1 5.7.26", False), ("550 5.1.1 550 5.1.10", False), ("250 251", False),
        ("450 451", False), ("450 550 451", False), ("251 551", False), ("250 550", False),
        # Nobody wrote about these two, or only about the reply codes that carry them.
        ("250 503", True), ("422 430", True), ("550 5.1.1 554", True), ("450 550 503", True),
    ],
)  # fmt: skip
def test_what_was_written_about_two_codes_is_not_said_again_by_a_sentence_of_each(pair, again):
    codes = re.findall(r"\d{3}(?: \d\.\d+\.\d+)?|\d\.\d+\.\d+", pair)
    speaker = Speaker(DATASET, DATASET.words("en"))
    each = [prose.plain(prose.inline(speaker.entry(DATASET.code(code)).distinct.text)) for code in codes]
    told = lines(*codes)
    assert all(each)
    assert any(each[0] in line for line in told) is again
    # The answers above come again only beside a single text.
    answered = [line for line in told if re.search("has to act|until someone removes the cause", line)]
    assert again or len(answered) <= 1


def test_a_single_difference_is_not_numbered():
    part = '<{} class="smtp-differences" data-part="differences">'
    assert part.format("ul") in convert("<< smtp_compare(450, 451) >>")
    assert part.format("ol") in convert("<< smtp_compare(450, 550) >>")


def test_who_acts_after_a_report_is_no_difference_where_the_report_decides():
    assert "acts" not in axes("4.4.7", "4.4.1")
    for lang in DATASET.languages:
        sentence = DATASET.words(lang).get("axes", "acts", "values", "sender", "sentence").text
        assert ":" not in sentence, "what to do is the entry's to say"
        assert not re.search("(?i)address|adress|adres|endereço|dirección|адрес", sentence)


def test_sources_and_places_of_rare_extensions_are_left_to_the_entry():
    assert "ATRN" not in " ".join(lines("250", "450", parts=()))
    html = convert("<< smtp_compare(250, 535) >>")
    assert not re.search("rfc(1985|2645|4468|4141)", html)


def test_what_becomes_of_the_message_comes_before_every_other_axis():
    for pair in (("250", "535"), ("450", "550"), ("354", "250"), ("334", "535")):
        kinds = [difference.kind for difference in compared(*pair).differences if difference.kind != "pair"]
        assert kinds[0] == "fate"


def test_a_permanent_refusal_no_use_in_retrying_and_a_bounce_are_one_line():
    assert fate("450", "550").axis == "outcome"
    assert all(group.whole for group in fate("450", "550").groups)


def test_a_code_that_departs_from_what_its_class_implies_says_how():
    assert [group.values["retry"][0].value for group in fate("452", "535").groups] == ["later", "after-fix"]
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
    rows = {row.axis: row.cells for row in compared("422", "452").rows}
    assert rows["retry"][0] == ()
    assert fate("422", "450") is None or "retry" not in fate("422", "450").groups[0].values


def test_that_one_is_tried_again_and_the_other_returned_comes_before_what_was_written_about_them():
    assert [difference.kind for difference in compared("450", "550").differences][:2] == ["fate", "pair"]
    assert [difference.kind for difference in compared("250", "535").differences][:2] == ["pair", "fate"]


@pytest.mark.parametrize("pair", [("250", "550"), ("235", "535"), ("354", "554"), ("334", "235"), ("252", "550")])
def test_nothing_is_said_of_sending_again_after_a_reply_that_refuses_nothing(pair):
    told = {group.codes[0]: set(group.values) for group in fate(*pair).groups}
    assert all(axes == {"outcome"} for code, axes in told.items() if code[0] in "23")


def test_a_refusal_beside_a_success_still_says_whether_sending_again_helps():
    assert [set(group.values) for group in fate("250", "535").groups] == [{"outcome"}, {"retry"}]
    assert [set(group.values) for group in fate("535", "250").groups] == [{"retry"}, {"outcome"}]


@pytest.mark.parametrize("pair", [("252", "550"), ("253", "458"), ("221", "421")])
def test_a_code_that_no_message_depends_on_has_no_sentence_about_a_message(pair):
    assert all(set(group.values) == {"outcome"} for group in fate(*pair).groups)


def test_a_message_that_is_returned_is_not_said_to_stay_as_it_is():
    assert all(group.whole for group in fate("455", "555").groups)


def test_a_message_that_a_mail_program_keeps_is_not_said_to_be_in_a_queue():
    assert not any(group.whole for group in fate("454", "550").groups)
    assert all(group.whole for group in fate("451", "550").groups)


def test_who_acts_is_told_only_where_a_person_has_to():
    assert "acts" not in axes("220", "250")
    assert "acts" not in axes("250", "450")
    assert "acts" in axes("250", "535")


@pytest.mark.parametrize("pair", [("451", "554"), ("450", "550"), ("251", "551"), ("250", "252"), ("502", "504")])
def test_lists_that_share_a_command_are_no_difference(pair):
    assert "place" not in axes(*pair)


@pytest.mark.parametrize("pair", [("250", "535"), ("220", "250"), ("421", "450"), ("530", "535"), ("5.7.1", "5.7.26")])
def test_commands_that_tell_codes_apart_are_told(pair):
    assert "place" in axes(*pair)


@pytest.mark.parametrize("pair", [("221", "421"), ("421", "521"), ("454", "535"), ("521", "556"), ("432", "535")])
def test_no_code_that_servers_send_elsewhere_too_is_said_to_answer_only_some_commands(pair):
    assert "place" not in axes(*pair)


def test_a_code_of_reports_about_waiting_and_about_returned_mail_is_not_called_final_or_not():
    assert fate("4.4.7", "5.4.7") is None
    assert not [row for row in compared("4.4.7").rows if row.axis in {"outcome", "retry", "message"}]
    assert fate("4.4.1", "5.4.1") is not None


@pytest.mark.parametrize("pair", [("250", "535"), ("235", "535"), ("250", "550"), ("250", "354")])
def test_that_a_success_succeeds_is_no_difference_worth_a_sentence(pair):
    speaker = Speaker(DATASET, DATASET.words("en"))
    told = {code: speaker.entry(DATASET.code(code)) for code in pair}
    told_lines = [" ".join(line) for line in differences(speaker, compared(*pair), told)]
    assert len(told_lines) >= 2
    assert not [line for line in told_lines if re.search("reports success|refuses nothing|nobody has to do", line)]


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
