"""Facts hold no prose, refer only to what exists, and keep to what RFC 5321 and RFC 3463 allow."""

import re

import pytest

from mkdocs_smtpcodes.codes import parse_code
from mkdocs_smtpcodes.comparison import compare
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
    assert len([code for code in BASIC if CODES[code]["status"] == "observed"]) == 5
    assert len([code for code in BASIC if CODES[code]["status"] == "folklore"]) == 17
    assert len([code for code in CODES if code[0] == "X"]) == 81


@pytest.mark.parametrize("code", CODES)
def test_commands_sources_and_values_exist(code):
    facts = CODES[code]
    for item in facts.get("commands", ()):
        assert item["at"] in FACTS["commands"]
        assert SOURCE.fullmatch(item.get("source", "")) or item["seen"], item
        for sender in item.get("seen", ()):
            assert [c for row in DATASET.replies[sender] for c in row.codes if c.split(" ")[0] == code], (code, sender)
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
        unsure = {""} if isinstance(value, dict) else set()
        assert all(v in AXES[axis]["values"] or v in unsure for v in values), (axis, values)
        if isinstance(value, list):
            assert all(at in FACTS["commands"] for item in value for at in item.get("at", ()))


@pytest.mark.parametrize("code", [code for code in BASIC if CODES[code].get("enhanced")])
def test_pairings_of_reply_codes_and_details_agree_in_both_directions(code):
    for detail in CODES[code]["enhanced"]:
        assert int(code) in CODES[detail]["basic"], detail


@pytest.mark.parametrize(
    "code", [code for code in BASIC if CODES[code]["status"] in {"registered", "observed", "folklore"}]
)
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


@pytest.mark.parametrize(
    ("code", "decided"), [("450", False), ("451", False), ("452", True), ("552", False), ("553", False), ("556", True)]
)
def test_who_acts_is_left_open_where_the_text_decides_it(code, decided):
    assert {axis in CODES[code] for axis in ("acts", "retry")} == {decided}


def test_an_enhanced_code_reads_its_class():
    later, never = (DATASET.profile(parse_code(code)) for code in ("4.2.2", "5.7.1"))
    assert later.axes["retry"][0].value == "later"
    assert never.axes["retry"][0].value == "no"


def test_a_reply_narrows_to_the_commands_of_its_enhanced_code():
    profile = DATASET.profile(parse_code("550 5.1.2"))
    assert profile.places == ("RCPT",)
    assert [value.value for value in profile.axes["refused"]] == ["recipient"]


def test_what_the_words_of_a_reply_decide_is_no_fact_of_its_code():
    # Load passes by itself, a bad reputation does not: who acts, and whether waiting helps, stands in the text.
    assert not {"acts", "retry"} & DATASET.profile(parse_code("421")).axes.keys()
    assert {"acts", "retry"} <= DATASET.profile(parse_code("535")).axes.keys()


def test_an_unknown_address_needs_another_address_and_no_other_message():
    told = {
        code: DATASET.profile(parse_code(code)).axes["retry"][0].value
        for code in ("5.1.1", "5.1.2", "5.1.10", "5.4.4", "5.3.4", "4.7.8")
    }
    assert told.pop("5.3.4") == "after-change" and told.pop("4.7.8") == "after-fix"
    assert set(told.values()) == {"elsewhere"}
    assert [DATASET.reasons[key].retry for key in ("user-unknown", "spam")] == ["elsewhere", "after-change"]


def test_the_examples_of_relaying_are_what_servers_write():
    assert DATASET.example(parse_code("554 5.7.1"))[-1].endswith("<bob@example.org>: Relay access denied")
    assert DATASET.example(parse_code("550 5.7.1"))[-1].endswith("<bob@example.org>... Relaying denied")


def test_a_class_that_contradicts_the_first_digit_is_noted():
    assert "class_conflict" in DATASET.profile(parse_code("550 4.1.1")).notes
    assert not DATASET.profile(parse_code("554 5.7.1")).notes


def test_a_detail_that_nobody_registered_is_explained_by_class_and_subject():
    profile = DATASET.profile(parse_code("5.7.498"))
    assert profile.status == "unregistered"
    assert profile.axes["subject"][0].value == "7"
    assert "5.7.498" in DATASET.entry(profile.code, "en").description.text


def test_the_nearest_language_is_taken():
    assert DATASET.nearest_language("tr_TR") == "tr"
    assert DATASET.nearest_language("EN-gb") == "en"
    assert DATASET.nearest_language("xx") is None


# --- facts, examples and prose of one code agree -----------------------------------------------------------------------
ENGLISH = loading.words("en")["codes"]
EXAMPLES = FACTS["examples"]
# Every code that a named server or service is on record with: `550`, `5.7.1`, `550 5.7.1`; ranges count by their first.
ON_RECORD = {
    part.split("-")[0]
    for rows in loading.replies()["replies"].values()
    for row in rows
    for written in row.get("codes", ())
    for part in (str(written), *str(written).split())
}
# What a text says of the message. Each is a value of the axis `message`.
FATES = {
    "queued": re.compile(r"\b(?:stays?|waits?|remains?) in the (?:sender's |sending server's )?queue\b"),
    "returned": re.compile(r"\b(?:goes back|is returned) to the (?:envelope )?sender\b|\bis sent back\b"),
    "kept": re.compile(r"\bprogram keeps the message\b|\bstays in the outbox\b"),
    "accepted": re.compile(r"\bserver is responsible for the message\b"),
}


def texts(tree):
    """Every text of an entry, those of all classes too."""
    for value in tree.values():
        if isinstance(value, dict):
            yield from texts(value)
        else:
            yield value


def commands_of_examples():
    """Each reply of each exchange with the command that it answers: (code of the exchange, place, reply code, enhanced code)."""
    for code, lines in EXAMPLES.items():
        place, data = "CONNECT", False
        for line in lines:
            said = line[3:]
            if line.startswith("C: "):
                if data:
                    place = "END" if said == "." else place
                    continue
                verb = said.split(" ")[0].split(":")[0].upper()
                # What is no command is the next line of a login.
                place = verb if verb in FACTS["commands"] else place
                continue
            basic, _, rest = said[:3], said[3:4], said[4:]
            enhanced = re.match(r"[245]\.\d+\.\d+", rest)
            data = basic == "354"
            yield code, place, basic, enhanced[0] if enhanced else ""


def can_answer(basic, place):
    answers = CODES[basic].get("commands", ())
    return not answers or any(
        item["at"] == place or (item["at"] == "ANY" and place not in item.get("except", ())) for item in answers
    )


@pytest.mark.parametrize("code", EXAMPLES)
def test_an_example_has_its_code_at_a_command_that_it_can_answer(code):
    for _, place, basic, enhanced in (found for found in commands_of_examples() if found[0] == code):
        if code == basic:
            assert can_answer(basic, place), (basic, place)
        elif code == enhanced:
            places = CODES[f"X{code[1:]}"].get("at", ())
            places = places.get(code[0], ()) if isinstance(places, dict) else places
            # No enhanced code stands in a reply to EHLO (RFC 2034 §4), so an exchange can only show it elsewhere.
            assert place in places or not set(places) - {"EHLO"}, (code, place)
            assert can_answer(basic, place), (basic, place)


@pytest.mark.parametrize("code", EXAMPLES)
def test_an_example_holds_its_code_as_a_reply_or_as_the_status_of_a_report(code):
    replies = [(basic, enhanced) for c, _, basic, enhanced in commands_of_examples() if c == code]
    # What no server says in a session, the sending server writes into its report (RFC 3464 §2.3.4).
    reported = f"C: Status: {code}" in EXAMPLES[code]
    assert any(code in pair or code == " ".join(pair) for pair in replies) or reported
    assert not reported or "C: Content-Type: message/delivery-status" in EXAMPLES[code]


@pytest.mark.parametrize("code", CODES)
def test_a_class_that_the_prose_speaks_of_is_one_in_which_the_detail_is_met(code):
    words = " ".join(texts(ENGLISH[code]))
    for written in re.findall(r"`(?:\d{3} )?([245]\.\d+\.\d+)\b", words):
        detail = f"X{written[1:]}"
        if detail in CODES:
            assert int(written[0]) in CODES[detail]["classes"] or written in ON_RECORD, written


@pytest.mark.parametrize("detail", [code for code in CODES if code[0] == "X"])
def test_a_text_for_a_class_belongs_to_a_class_of_the_detail(detail):
    for text in ENGLISH[detail].values():
        if isinstance(text, dict) and set(text) <= {"2", "4", "5"}:
            assert set(map(int, text)) <= set(CODES[detail]["classes"])


@pytest.mark.parametrize("code", CODES)
def test_a_whole_reply_in_the_prose_has_one_class_or_is_on_record(code):
    words = " ".join(texts(ENGLISH[code]))
    for basic, enhanced in re.findall(r"`([2-5]\d\d) ([245]\.\d+\.\d+)", words):
        assert basic[0] == enhanced[0] or f"{basic} {enhanced}" in ON_RECORD, (basic, enhanced)


@pytest.mark.parametrize("code", [code for code in BASIC if CODES[code].get("message")])
def test_the_fate_of_the_message_in_the_text_is_the_one_in_the_facts(code):
    facts, message = CODES[code], CODES[code]["message"]
    values = {message} if isinstance(message, str) else {item["is"] for item in message}
    told = set() if isinstance(message, str) else {at for item in message for at in item.get("at", ())}
    # Of commands that the facts leave open the text may say what it likes.
    left_open = bool(told and {item["at"] for item in facts["commands"]} - told)
    words = f"{ENGLISH[code]['summary']} {ENGLISH[code]['description']}"
    assert left_open or {fate for fate, phrase in FATES.items() if phrase.search(words)} <= values


@pytest.mark.parametrize("code", BASIC)
def test_a_summary_does_not_contradict_the_first_digit(code):
    summary = ENGLISH[code]["summary"].lower()
    final, passing = (
        "for good" in summary or "permanent" in summary,
        "tries again" in summary or "tried again" in summary,
    )
    assert not (final and code[0] == "4")
    assert not (passing and code[0] == "5")


@pytest.mark.parametrize(
    ("code", "alone"),
    [
        ("252 2.5.1", True),
        ("535 5.7.1", True), ("535 5.7.0", True), ("535 5.0.0", True), ("530 5.7.1", True), ("503 5.7.1", True),
        ("501 5.7.0", True), ("504 5.7.0", True),
        ("535 5.7.8", False), ("530 5.7.10", False), ("550 5.7.1", False), ("554 5.0.0", False), ("454 4.7.1", False),
    ],
)  # fmt: skip
def test_a_detail_of_errors_after_a_success_and_one_that_could_mean_anything_leave_it_to_the_reply_code(code, alone):
    entry, basic = (DATASET.entry(parse_code(written), "en") for written in (code, code[:3]))
    assert (entry.name, entry.summary, entry.next) == (basic.name, basic.summary, basic.next) or not alone
    assert (entry.fix_received == basic.fix_received) == alone
    others = [row for row in DATASET.replies_to(parse_code(code)) if not any(c.startswith(code[:3]) for c in row.codes)]
    assert not (alone and others)


@pytest.mark.parametrize(
    "code", ["5.7.139", "535 5.7.139", "5.7.57", "530 5.7.57", "530 5.7.0", "535 5.7.80", "534 5.7.90"]
)
def test_a_login_that_is_asked_for_or_refused_has_no_message_in_a_queue(code):
    profile = DATASET.profile(DATASET.code(code))
    assert [value.value for value in profile.axes.get("message", ())] in ([], ["kept"])
    assert [value.value for value in profile.axes["retry"]] == ["after-fix"]
    assert [value.value for value in profile.axes["acts"]] == ["user"]


@pytest.mark.parametrize("code", ["550 5.7.606", "550 5.7.515", "550 5.2.121", "451 4.7.500"])
def test_a_service_has_the_commands_of_mail_and_no_rare_extensions(code):
    answers = DATASET.profile(DATASET.code(code)).answers
    assert {answer.at for answer in answers} <= {"CONNECT", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "END", "ANY"}
    assert not [answer for answer in answers if answer.needs]


@pytest.mark.parametrize("code", ["451 4.7.500", "5.7.606", "550 5.7.515", "530 5.7.57"])
def test_what_no_standard_defines_has_no_place_of_definition(code):
    assert "standard" not in [row.axis for row in compare(DATASET, [DATASET.code(code)]).rows]


def test_the_reply_code_chooses_between_a_login_and_a_policy():
    for code in ("554 5.7.9", "550 5.7.9", "550 5.7.13"):
        entry = DATASET.entry(DATASET.code(code), "en")
        assert not re.search("(?i)login|mechanism|account", entry.name.text + entry.summary.text), code
    assert "login" in DATASET.entry(DATASET.code("534 5.7.9"), "en").summary.text
    assert "password" in DATASET.entry(DATASET.code("554 5.7.8"), "en").summary.text, "so a server on record means it"


def test_a_detail_that_means_something_else_does_not_lend_its_text():
    assert DATASET.profile(DATASET.code("554 5.7.9")).text == DATASET.profile(DATASET.code("554")).text
    assert "weak" in DATASET.profile(DATASET.code("534 5.7.9")).text


@pytest.mark.parametrize(
    "code", [f"4{detail[1:]}" for detail in DATASET.details if "X.7." in detail and "-" not in detail]
)
def test_no_temporary_refusal_is_said_to_pass_by_waiting_where_most_who_send_it_want_something_repaired(code):
    rows = [row for row in DATASET.replies_to(DATASET.code(code)) if any(written[0] == "4" for written in row.codes)]
    helps = [(row.retry or DATASET.reasons[row.reason].retry) == "later" for row in rows]
    told = [value.value for value in DATASET.profile(DATASET.code(code)).axes.get("retry", ())]
    assert told != ["later"] or len(helps) < 2 or 2 * sum(helps) >= len(helps) or code == "4.7.24", (
        "4.7.24: RFC 7372 §3.2"
    )
    if code in {"4.7.0", "4.7.1"}:
        assert not DATASET.profile(DATASET.code(f"421 {code}")).axes.get("retry"), "it depends on the words"
