"""Whatever somebody pastes: nothing raises, and the time grows with the text alone."""

import time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mkdocs_smtpcodes import explain

PIECES = [
    "550", "5.1.1", "550 5.1.1 ", "550-5.7.26 ", "#5.1.1", "(#5.1.1)", "421 ", "smtp;", "Diagnostic-Code: ", "Status: ",
    "Final-Recipient: rfc822; a@b.c\n", "Action: failed\n", "\n", "\r\n", "\n\n", " ", "\t", "said: ", "-> ", "<<< ", ">>> ",
    "LED=", "};", "'", '"', "\\n", "\\", "\\u00", "\\u0022", "&lt;", "&#", "&#x0;", "=\n", "=3D", "=C3=A9", "=C3", "<br>", "<p ",
    "> ", "<", ">", "(", ")", "[", "]", "--x\nContent-Type: text/plain\n", "Content-Transfer-Encoding: base64\n", "QUJD",
    "Content-Type: multipart/mixed; boundary=x\n", "Content-Type: message/rfc822\n", "From: a\nTo: b\nSubject: c\n", "\x00",
    "\ud83d", "\ude00", "😀", "é", "用户不存在", "user unknown", "mailbox full", "dsn=5.1.1, status=bounced (", "stat=", "http ",
    "192.0.2.1", "[192.0.2.1]:25", "host mx.google.com said: ", " gsmtp", "Nov 24 10:00:00 mx ", "failure: a_b_", "b'", "#012",
    "--- Below this line is a copy of the message.\n", "(in reply to RCPT TO command)", "charset=iso-2022-jp", "charset=x",
]  # fmt: skip
CHECKS = [HealthCheck.too_slow, HealthCheck.data_too_large]


def thorough(examples):
    return settings(deadline=None, derandomize=True, database=None, max_examples=examples, suppress_health_check=CHECKS)


def check(text):
    explanation = explain(text)
    for one in (explanation, *explanation.others):
        assert one.certainty in {"known", "text", "code", ""}
        assert one.code == f"{one.basic} {one.enhanced}".strip()
        assert (one.certainty == "known") == (one.row >= 0)
        assert not one.reason or one.certainty
        for span in one.spans:
            assert 0 <= span.start < span.end <= len(text)


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@example("550 5.1.1 x \ud83d")
@thorough(600)
def test_pieces_of_bounces_in_any_order_raise_nothing(text):
    check(text)


@given(st.text(st.characters(codec=None), max_size=300))
@thorough(500)
def test_any_text_raises_nothing(text):
    check(text)


@given(st.binary(max_size=300).map(lambda data: data.decode("latin-1")))
@thorough(300)
def test_any_bytes_raise_nothing(text):
    check("550 5.1.1 " + text)


def some(cases):
    """A part of the cases for every run, the others for the whole matrix."""
    return [
        case if number % 4 == 0 else pytest.param(case, marks=pytest.mark.whole) for number, case in enumerate(cases)
    ]


REPEATED = [
    "a", "5", "550 ", "550 5.1.1 user unknown\n", "550-5.1.1 x\n", "1.", "5.1.1 ", "<", "<br ", "\\", "\\n", "&",
    "&#1;", "=C3=A9", "\n", "\n--", "\n--a\nContent-Type: text/plain\n\n", "\n--a\nContent-Type: multipart/x\n\n",
    "A: b\n", "Status: 5.1.1\n", " x\n", "Diagnostic-Code: smtp; 550 5.1.1 x\nStatus: 5.0.0\n\n", "é—“😀", "'550 x' ",
    '"550 5.1.1 ', "said: 550 x -> 451 y ", "a@b.c ", "-", "\n--- x", ".", "user ", "#012", "failure: a_", "(", " ",
    "\ud800", "host a.google.com said: ", "Received: x\n y\n",
]  # fmt: skip


@pytest.mark.parametrize("piece", some(REPEATED), ids=repr)
def test_a_megabyte_of_anything_is_read_in_a_moment(piece):
    explain("550 warm")
    text = "550 5.1.1 x\n" + piece * (1_000_000 // len(piece))
    start = time.process_time()
    explain(text)
    assert time.process_time() - start < 4


WITHIN = [
    (prefix, piece)
    for prefix in ("Status: 5.1.1\n", "Diagnostic-Code: smtp; 550 5.1.1", "From: a\nTo: b\nSubject: c\n\n")
    for piece in (" x\n", "\n", "550 ", "=41", "QUJD", "<<< 550 x\n")
]


@pytest.mark.parametrize("within", some(WITHIN), ids=repr)
def test_a_megabyte_within_a_report_too(within):
    prefix, piece = within
    start = time.process_time()
    explain(prefix + piece * (1_000_000 // len(piece)))
    assert time.process_time() - start < 4
