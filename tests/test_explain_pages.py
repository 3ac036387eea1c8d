"""Raw replies in pages: the directive and the fence, in every container and engine, redacted."""

import logging
import re

import pytest

from mkdocs_smtpcodes.dataset import load_dataset

from .conftest import convert, soup

REPLY = "550 5.1.1 <jane@contoso.com>: Recipient address rejected: User unknown in local recipient table"
FENCE = f"```smtp-explain\n{REPLY}\n```"


def answer(html):
    return soup(html).select_one(".smtp-answer")


def indented(text, by="    "):
    return "\n".join(by + line for line in text.split("\n"))


CONTAINERS = {
    "page": FENCE,
    "list": f"- item\n\n{indented(FENCE)}\n",
    "list item itself": "- ```smtp-explain\n  " + REPLY + "\n  ```",
    "numbered list": f"1. item\n\n{indented(FENCE)}\n\n2. more\n",
    "quote": indented(FENCE, "> "),
    "admonition": f"!!! note\n\n{indented(FENCE)}\n",
    "tilde": FENCE.replace("```", "~~~"),
    "options": FENCE.replace("smtp-explain", "{ .smtp-explain lang=en }"),
    "right after text": f"Some text\n{FENCE}\nmore text",
}
ENGINES = (["admonition"], ["admonition", "fenced_code"], ["admonition", "pymdownx.superfences"])


@pytest.mark.parametrize("engine", ENGINES, ids=str)
@pytest.mark.parametrize("container", CONTAINERS)
def test_a_fence_is_explained_in_every_container_and_with_every_engine(container, engine):
    html = convert(CONTAINERS[container], *engine)
    told = answer(html)
    assert (told["data-code"], told["data-reason"], told["data-certainty"], told["data-sender"]) == (
        "550 5.1.1", "user-unknown", "known", "postfix",
    )  # fmt: skip
    assert "jane" not in html
    assert "contoso" not in html
    assert "Recipient address rejected" in soup(html).select_one(".smtp-raw").get_text()


@pytest.mark.parametrize("engine", ENGINES[1:], ids=str)
def test_a_fence_within_another_fence_stays_code(engine):
    html = convert(f"````markdown\n{FENCE}\n````", *engine)
    assert answer(html) is None
    assert "smtp-explain" in soup(html).get_text()
    assert REPLY in soup(html).get_text()


@pytest.mark.parametrize("text", [f"para\n\n{indented(FENCE)}", f"<div>\n{FENCE}\n</div>", f"```smtp-explain\n{REPLY}"])
def test_a_fence_that_is_code_of_another_kind_or_never_closed_loses_nothing(text):
    html = convert(text)
    assert answer(html) is None
    assert "jane@contoso.com" in soup(html).get_text()
    assert "smtpcodes-" not in html


def test_the_directive_says_the_same_as_the_fence():
    by_directive, by_fence = (answer(convert(text)) for text in (f'<< smtp_explain("{REPLY}") >>', FENCE))
    assert by_directive.get_text() == by_fence.get_text()


def test_the_parts_of_the_reply_are_marked_and_named():
    page = soup(convert(FENCE))
    assert [(mark["data-kind"], mark.get_text()) for mark in page.select("mark.smtp-part")][:2] == [
        ("code", "550"), ("enhanced", "5.1.1"),
    ]  # fmt: skip
    assert all(mark["title"] for mark in page.select("mark.smtp-part"))


def test_the_answer_says_final_who_and_what_next_and_where_it_is_known_from():
    lines = [line.get_text(" ", strip=True) for line in soup(convert(FENCE)).select(".smtp-answer .smtp-line")]
    assert [line.split("?")[0] for line in lines] == ["Is it final", "Who has to act", "What next"]
    assert "Postfix" in soup(convert(FENCE)).select_one(".smtp-certainty").get_text()


def test_two_explained_replies_are_no_landmarks_of_one_name():
    page = soup(convert(f"{FENCE}\n\n{FENCE}"))
    assert [section.get("aria-label") for section in page.select("section")] == [None, None]


def test_redact_false_shows_the_text_as_it_is():
    html = convert(FENCE.replace("smtp-explain", "{ .smtp-explain redact=false }"))
    assert "jane@contoso.com" in soup(html).get_text()


def test_the_same_address_is_the_same_example_on_the_whole_page():
    html = convert(f"{FENCE}\n\n{FENCE.replace('jane', 'bob')}\n\n{FENCE}")
    raws = [raw.get_text() for raw in soup(html).select(".smtp-raw")]
    assert raws[0] == raws[2] != raws[1]


@pytest.mark.parametrize("options", ["foo=1", "lang=xx", "redact=maybe", "lang", "id=1"])
def test_a_wrong_option_is_one_message_with_its_line_and_nothing_of_the_text_in_clear(options, caplog):
    with caplog.at_level(logging.WARNING):
        html = convert(f"# A\n\n```{{ .smtp-explain {options} }}\n{REPLY}\n```")
    assert len(caplog.records) == 1
    assert "line 3" in caplog.text
    assert "jane" not in html + caplog.text


@pytest.mark.parametrize(
    "text",
    [
        f"```smtp-explain lang=qq foo=bar redact=maybe\n{REPLY}\n```",
        '<< smtp_explain("550 5.7.1 Relay access denied", lang=qq, foo=bar, redact=maybe) >>',
    ],
)
def test_all_wrong_options_are_told_at_once(text, caplog):
    with caplog.at_level(logging.WARNING):
        convert(text)
    assert [record.getMessage().split(" is ")[0].split("; ")[0] for record in caplog.records] == [
        "line 1: smtp_explain: foo",
        "line 1: smtp_explain: redact=maybe",
        "line 1: smtp_explain: lang=qq",
    ]


REPORT = "Reporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; a@example.org\nAction: {}\nStatus: {}\nDiagnostic-Code: smtp; {}"


@pytest.mark.parametrize(
    ("text", "waits"),
    [
        (REPORT.format("delayed", "4.4.1", "450 4.4.1 connection timed out"), True),
        (REPORT.format("delayed", "4.4.7", "400 4.4.7 Message delayed"), True),
        (REPORT.format("delayed", "4.0.0", "554 5.7.1 not now"), True),
        ("The message has not yet been delivered.\n\n451 4.7.1 Greylisted, try again later", True),
        ("This is a warning only. You do not need to resend your message.", True),
        (REPORT.format("failed", "4.4.1", "450 4.4.1 connection timed out"), False),
        (REPORT.format("failed", "4.4.7", "450 4.4.7 message expired"), False),
        ("550 5.4.317 Message expired, cannot connect to remote server", False),
        ("554 5.4.1 Connection timed out with mx.example.org", False),
    ],
)
def test_a_message_that_still_waits_is_not_sent_again_and_one_that_was_given_up_is_not_left_queued(text, waits):
    told = soup(convert(f"```smtp-explain\n{text}\n```")).select_one(".smtp-answer").text
    assert ("do not send the message again" in told) == waits
    assert ("given up" in told) != waits
    assert waits or "Leave" not in told


def test_each_further_recipient_of_a_report_has_its_code_and_reason():
    second = "\n\nFinal-Recipient: rfc822; b@example.org\nAction: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; 552 5.2.2 full"
    text = REPORT.format("failed", "5.1.1", "550 5.1.1 no such user")
    assert [
        " ".join(line.text.split())
        for line in soup(convert(f"```smtp-explain\n{text + second}\n```")).select("li:has(.smtp-badge)")
    ] == [
        "a@example.org 550 5.1.1 Refused for good No such mailbox",
        "b@example.org 552 5.2.2 Refused for good Mailbox full",
    ]
    assert soup(convert(f"```smtp-explain\n{text}\n```")).select_one("li .smtp-badge") is None


def test_the_sentences_of_a_report_tell_every_recipient_and_the_worst_is_explained():
    text = (
        "<one@customer.net>: host mx.customer.net[203.0.113.5] said: 451 4.7.1 Greylisting in action (in reply to RCPT TO)\n\n"
        "<two@customer.net>: host mx.customer.net[203.0.113.5] said: 552 5.2.2 Mailbox full (in reply to RCPT TO)"
    )
    page = soup(convert(f"```smtp-explain\n{text}\n```"))
    lines = [" ".join(line.text.split()) for line in page.select(".smtp-answer li")]
    assert lines == [
        "user2@example.org 552 5.2.2 Refused for good Mailbox full",
        "user@example.org 451 4.7.1 Refused for now Greylisting",
    ]
    assert page.select_one(".smtp-answer")["data-code"] == "552 5.2.2"
    assert page.select_one(".smtp-raw").find_next_sibling().get_text(strip=True).startswith("2 recipients")
    assert "customer" not in str(page)


def test_the_verdict_of_a_message_that_was_given_up_is_one_and_what_next_is_that_of_the_reason():
    text = REPORT.format("failed", "4.2.2", "452 4.2.2 Mailbox full")
    told = " ".join(soup(convert(f"```smtp-explain\n{text}\n```")).select_one(".smtp-answer").text.split())
    assert "452 4.2.2 Given up" in told
    assert "Refused for now" not in told
    assert "Read the last error" not in told
    assert "What next? Tell the recipient" in told
    text = REPORT.format("failed", "4.7.1", "451 4.7.1 Greylisted, try again later")
    told = " ".join(soup(convert(f"```smtp-explain\n{text}\n```")).select_one(".smtp-answer").text.split())
    assert "Wait" not in told
    assert "send the message again" in told


def test_the_verdict_says_who_sends_a_reply_and_the_end_by_which_setting_and_where_it_was_seen():
    page = soup(convert(f"```smtp-explain\n{REPLY}\n```"))
    assert page.select_one(".smtp-certainty").get_text().strip() == "On record: Postfix sends this text."
    assert [line.b.text for line in page.select(".smtp-legend li")][-2:] == ["Setting", "Source"]
    assert page.select_one("details > .smtp-fix")
    of_a_file, of_a_page = (
        soup(convert(f"```smtp-explain\n{reply}\n```")).select(".smtp-legend li")[-1]
        for reply in (
            REPLY,
            "550 5.7.26 Unauthenticated email from example.com is not accepted due to domain's DMARC policy. - gsmtp",
        )
    )
    assert re.fullmatch(r"Source vdukhovni/postfix\S+ \S+, \d{4}-\d\d-\d\d", of_a_file.get_text(strip=False).strip())
    assert re.fullmatch(r"Source support\.google\.com, \d{4}-\d\d-\d\d", of_a_page.get_text().strip())


def test_text_that_is_no_reply_is_said_to_be_none():
    page = soup(convert("```smtp-explain\nNothing to see here.\n```"))
    assert page.select_one(".smtp-answer").get_text(strip=True) == load_dataset().words("en").label("explained_none")


def test_nothing_of_the_text_becomes_markup():
    html = convert("```smtp-explain\n550 5.7.1 <script>alert(1)</script> <b>&amp; **x** {{ y }} << smtp(550) >>\n```")
    assert "<script" not in html
    assert "<b>" not in html.replace("<b>Is", "").replace("<b>Wh", "").replace("<b>Co", "").replace("<b>Te", "")
    assert "{{ y }}" in soup(html).select_one(".smtp-raw").get_text()


def test_two_replies_on_a_page_of_mkdocs_link_to_their_reasons(build_site):
    text = f"# H\n\n{FENCE}\n\n{FENCE.replace('jane', 'joe')}\n"
    for reference in ("off", "used"):
        site = build_site({"index.md": text}, plugin={"reference": reference}, strict=True, folder=reference)
        assert len(site.soup().select(".smtp-answer")) == 2
        assert "smtp-place" not in site.html().replace('class="smtp-place"', "")
        assert len(site.soup().select("a.smtp-place")) == (0 if reference == "off" else 4), "the reason and the sender"
