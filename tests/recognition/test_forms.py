"""What an explanation holds besides the reason: the words, where the parts stand, the stage, the recipients."""

import pytest

from mkdocs_smtpcodes import Explanation, Span, explain, load_dataset
from mkdocs_smtpcodes.dataset import loading

JOINED = "Unauthenticated email from example.com is not accepted due to domain's DMARC policy."


@pytest.mark.parametrize(
    "text",
    [
        "550-5.7.26 Unauthenticated email from example.com is not\n550 5.7.26 accepted due to domain's DMARC policy.",
        "550-5.7.26 Unauthenticated email from example.com is not\r\n550 5.7.26 accepted due to domain's DMARC policy.\r\n",
        "550-5.7.26 Unauthenticated email from example.com is not 550 5.7.26 accepted due to domain's DMARC policy.",
        "550 5.7.26 Unauthenticated email from example.com\n    is not accepted due to domain's DMARC policy.",
        "host mx.example.org[192.0.2.1] said: 550-5.7.26 Unauthenticated email from example.com is not\n"
        "    550 5.7.26 accepted due to domain's DMARC policy. (in reply to end of DATA command)",
        "> 550-5.7.26 Unauthenticated email from example.com is not\n> 550 5.7.26 accepted due to domain's DMARC policy.",
        r"550-5.7.26 Unauthenticated email from example.com is not\n550 5.7.26 accepted due to domain\u0027s DMARC policy.",
        "Server returned '550-5.7.26 Unauthenticated email from example.com is not accepted due to domain's DMARC policy.'",
        '{"r": "550 5.7.26 Unauthenticated email from example.com is not accepted due to domain\'s DMARC policy.", "n": 1}',
        "550 5.7.26 Unauthenticated email from example.com is not=\n accepted due to domain's DMARC policy.",
        "Diagnostic-Code: smtp; 550-5.7.26 Unauthenticated email from example.com is not\n 550 5.7.26 accepted due to\n"
        "    domain's DMARC policy.\nStatus: 5.7.26",
    ],
)
def test_the_words_are_joined_without_codes_and_without_what_the_report_adds(text):
    assert explain(text).text == JOINED


def part(text: str, explanation: Explanation, kind: str) -> list[str]:
    return [text[span.start : span.end] for span in explanation.spans if span.kind == kind]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("550 5.1.1 no such user", {"code": ["550"], "enhanced": ["5.1.1"], "words": ["no such user"]}),
        ("550 no such user (#5.1.1)", {"code": ["550"], "enhanced": ["5.1.1"], "words": ["no such user"]}),
        ("x &lt;a@b.c&gt;: said: 550 5.1.1 &lt;a@b.c&gt; no", {"code": ["550"], "words": ["&lt;a@b.c&gt; no"]}),
        (r'"550 5.1.1 \"no\" such\nuser"', {"enhanced": ["5.1.1"], "words": [r"\"no\" such\nuser"]}),
        ("😀 550 5.1.1 no 😀 user", {"code": ["550"], "enhanced": ["5.1.1"], "words": ["no 😀 user"]}),
        ("Status: 5.1.1", {"enhanced": ["5.1.1"], "code": []}),
    ],
)
def test_the_parts_are_marked_in_the_text_as_given(text, parts):
    explanation = explain(text)
    assert {kind: part(text, explanation, kind) for kind in parts} == parts


@pytest.mark.parametrize("text", ["550 5.1.1 no 😀 user", "550 no \ud83d user", "550 \U0001f600" * 3])
def test_characters_of_two_units_come_out_whole(text):
    assert explain(text).text in text


def test_every_stage_is_a_command():
    commands = load_dataset().commands
    assert set(loading.replies()["stages"]) <= set(commands)


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("host mx said: 550 no (in reply to RCPT TO command)", "RCPT"),
        ("host mx said: 550 no (in reply to\n    end of DATA command)", "END"),
        ("SMTP error from remote mail server after MAIL FROM:<a@b.c>: 550 no", "MAIL"),
        ("NOQUEUE: reject: RCPT from x[192.0.2.1]: 550 no; from=<a@b.c> to=<d@e.f> proto=ESMTP", "RCPT"),
        ("refused to talk to me: 421 too many connections", "CONNECT"),
        ("550 no", ""),
    ],
)
def test_the_place_in_the_session_is_told_as_the_text_names_it(text, stage):
    assert explain(text).stage == stage


REPORT = """\
Reporting-MTA: dns; mail.example.com

Final-Recipient: rfc822; late@example.org
Action: delayed
Status: 4.4.1
Diagnostic-Code: X-Postfix; connect to mx.example.org[192.0.2.1]:25: Connection timed out

Final-Recipient: rfc822; gone@example.org
Action: failed
Status: 5.0.0
Remote-MTA: dns; mx.example.org
Diagnostic-Code: smtp; 550 5.1.1 No such user
"""


def test_a_report_of_several_recipients_tells_each_the_worst_first():
    first = explain(REPORT)
    (second,) = first.others
    assert (first.code, first.recipient, first.action) == ("550 5.1.1", "gone@example.org", "failed")
    assert (second.code, second.recipient, second.action) == ("4.4.1", "late@example.org", "delayed")
    assert (first.reason, second.reason) == ("user-unknown", "connection-failed")
    assert part(REPORT, first, "words") == ["No such user"]


POSTFIX = """\
<one@example.org>: host mx.example.org[192.0.2.1] said: 451 4.7.1 Greylisting in
    action (in reply to RCPT TO command)

<two@example.org>: host mx.example.org[192.0.2.1] said: 552 5.2.2
    <two@example.org>: Mailbox full (in reply to RCPT TO command)
"""
QMAIL = """\
<one@example.org>:
Connected to 192.0.2.1 but greeting failed.
Remote host said: 451 4.7.1 Greylisting in action

<two@example.org>:
Sorry, the mailbox is full. (#5.2.2)
"""
EXIM = """\
  one@example.org
    host mx.example.org [192.0.2.1]
    SMTP error from remote mail server after RCPT TO:<one@example.org>:
    451 4.7.1 Greylisting in action
  two@example.org
    host mx.example.org [192.0.2.1]
    SMTP error from remote mail server after RCPT TO:<two@example.org>:
    552 5.2.2 Mailbox full
"""


@pytest.mark.parametrize(
    "text", [POSTFIX, POSTFIX.replace("\n", " "), "> " + POSTFIX.replace("\n", "\n> "), QMAIL, EXIM],
    ids=["postfix", "one line", "quoted", "qmail", "exim"],
)  # fmt: skip
def test_the_sentences_of_a_report_tell_each_recipient_the_worst_first(text):
    first = explain(text)
    (second,) = first.others
    assert (first.enhanced, first.recipient, first.reason) == ("5.2.2", "two@example.org", "mailbox-full")
    assert (second.code, second.recipient, second.reason) == ("451 4.7.1", "one@example.org", "greylisted")


@pytest.mark.parametrize(
    "text",
    [
        "<one@example.org>: host mx.example.org said: 550 5.1.1\n<one@example.org>: Recipient address rejected",
        "450 4.2.0 <one@example.org>: Recipient address rejected: Greylisted",
        "From: <one@example.org>: x\nTo: two@example.org: y\n550 5.1.1 No such user",
    ],
)
def test_one_recipient_that_is_named_twice_is_one(text):
    assert explain(text).others == ()


def test_a_log_tells_what_has_become_of_the_message():
    line = "postfix/smtp[1]: 4A: to=<a@b.c>, dsn=4.7.1, status=deferred (host mx.b.c[192.0.2.1] said: 451 4.7.1 later)"
    assert explain(line).action == "delayed"
    assert explain(line.replace("deferred", "bounced")).action == "failed"


def test_the_returned_message_is_no_reply():
    for copy in (
        "--- Below this line is a copy of the message.\n\n",
        "------ This is a copy of your message, including all the headers. ------\n\n",
        "Original message headers:\n\n",
    ):
        text = f"The mail was not delivered.\n\n{copy}Subject: x\n\n550 5.7.1 spam\n"
        assert explain(text).code == ""


def test_a_service_does_not_speak_where_the_text_shows_another():
    text = "Recipient address rejected: Access denied"
    exchange = "host x.mail.protection.outlook.com[192.0.2.1] said: 550 5.4.1"
    google = "host aspmx.l.google.com[192.0.2.1] said: 550 5.4.1"
    assert explain(f"{exchange} {text}").sender == "exchange-online"
    assert explain(f"{google} {text}").sender == "gmail"
    assert explain(f"{google} {text}").certainty != "known"


def test_an_explanation_is_a_value():
    explanation = explain("550 5.1.1 no such user")
    assert explanation == explain("550 5.1.1 no such user")
    assert hash(explanation)
    assert isinstance(explanation.spans[0], Span)
    with pytest.raises(AttributeError):
        explanation.code = "551"


def test_the_row_on_record_is_found_again():
    dataset = load_dataset()
    explanation = explain("554 5.7.1 <user@example.org>: Relay access denied", dataset)
    row = dataset.replies[explanation.sender][explanation.row]
    assert (row.sender, row.reason) == ("postfix", "relay-denied")
    assert "reject_unauth_destination" in row.setting
    assert dataset.senders["postfix"].kind == "software"


@pytest.mark.parametrize("host", ["", " [FR0P281CA0007.DEUP281.PROD.OUTLOOK.COM 2025-03-04T09:00:00.000Z 08DD5A]"])
@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (", basic authentication is disabled.", "login-method"),
        (", the user credentials were incorrect.", "login-failed"),
        (", something that nobody has written down yet.", "login-method"),
    ],
)
def test_the_sentence_decides_and_not_the_host_behind_it(words, reason, host):
    explanation = explain(f"535 5.7.139 Authentication unsuccessful{words}{host}")
    assert (explanation.reason, explanation.certainty, explanation.sender) == (reason, "known", "exchange-online")


@pytest.mark.parametrize(
    ("reply", "reason"),
    [("220 mx.example.org ESMTP", "continue"), ("221 2.0.0 Bye", "accepted"), ("250 2.0.0 Ok: queued", "accepted")],
)
def test_a_greeting_goes_on_where_other_replies_of_its_class_accept(reply, reason):
    assert explain(reply).reason == reason
