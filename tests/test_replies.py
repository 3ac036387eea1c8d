"""Replies on record: each has a known reason, a source and a date, and is told for what it is."""

import re
from datetime import date

import pytest

from mkdocs_smtpcodes import explain, load_dataset
from mkdocs_smtpcodes.dataset import loading

from .conftest import convert, soup

DATASET = load_dataset()
ROWS = [row for rows in DATASET.replies.values() for row in rows]
GAPS = {
    "address": "user@example.org",
    "domain": "example.com",
    "host": "mx.example.com",
    "ip": "192.0.2.1",
    "number": "42",
}


def filled(text):
    return re.sub(r"\{([a-z_]+)\}", lambda gap: GAPS.get(gap[1], "x1"), text)


def test_every_row_has_a_known_reason_a_source_and_a_date():
    for row in ROWS:
        assert row.reason in DATASET.reasons, row
        assert row.source, row
        assert date(2005, 1, 1) < date.fromisoformat(row.date) <= date(2100, 1, 1), row
        assert row.codes or row.text or row.tag, row


@pytest.mark.parametrize(
    "sender",
    ["gmail", "exchange-online", "outlook", "yahoo", "icloud", "amazon-ses", "postfix", "exim", "opensmtpd", "sendmail",
     "dovecot", "haraka", "stalwart", "rspamd", "exchange", "postgrey"],
)  # fmt: skip
def test_the_servers_that_people_meet_are_on_record(sender):
    assert DATASET.senders[sender].name
    assert DATASET.replies[sender]


def test_every_file_says_at_its_head_where_its_rows_come_from():
    for path in (loading.HERE / "facts" / "replies").glob("*.yml"):
        head = path.read_text(encoding="utf-8").split("\nsenders:")[0]
        assert head.startswith("#"), path.name
        assert len(head) > 120, path.name


def test_nearly_every_text_is_told_by_its_own_reason_and_none_by_a_record_of_another():
    """A text with its own code. Where one sender gives one text several reasons, the code alone cannot tell them apart."""
    wrong = []
    tried = 0
    for row in ROWS:
        code = next((code for code in row.codes if "-" not in code), "")
        if not row.text or not code or code[0] not in "45":
            continue
        tried += 1
        found = explain(f"{code} {filled(row.text)}")
        if found.reason != row.reason:
            wrong.append((row.sender, code, row.text, row.reason, found.reason, found.certainty))
    assert tried > 900
    assert len(wrong) <= tried * 0.02, wrong[:20]


@pytest.mark.parametrize(
    "code",
    ["550", "553", "554", "550 5.7.1", "554 5.7.1", "421", "421 4.7.0", "450", "451", "451 4.7.1", "552", "530", "535"],
)
def test_a_generic_code_is_told_by_what_the_text_says(code):
    table = soup(convert(f"<< smtp_code({code}) >>")).select_one("table.smtp-branches")
    assert len(table.select("tbody tr")) >= 2
    for row in table.select("tbody tr"):
        assert row.find("th").get_text(strip=True)
        assert row.select_one("td p").get_text(strip=True)
        assert row.select("details li")


@pytest.mark.parametrize(
    ("code", "sender"),
    [("5.7.27", "Gmail"), ("4.7.29", "Gmail"), ("5.7.30", "Gmail"), ("554 5.7.9", "Yahoo"), ("5.1.10", "Exchange Online"),
     ("550 5.1.8", "Exchange Online"), ("432 4.3.2", "Exchange Online")],
)  # fmt: skip
def test_where_real_use_contradicts_the_registry_the_answer_says_so_by_name(code, sender):
    answer = soup(convert(f"<< smtp_code({code}) >>")).select_one(".smtp-answer").get_text(" ")
    assert sender in answer


@pytest.mark.parametrize(
    ("code", "told"), [("5.1.8", ["Exchange Online"]), ("5.1.10", ["Exchange Online"]), ("5.2.1", []), ("4.2.2", [])]
)
def test_a_meaning_is_told_once_and_of_a_sender_that_people_meet(code, told):
    answer = soup(convert(f"<< smtp_code({code}) >>")).select_one(".smtp-answer").get_text()
    assert re.findall(r"In replies from (.+?) it means", answer) == told


def test_a_sender_and_a_reason_own_their_anchors():
    page = soup(convert("<< smtp_replies(opendkim) >>\n\n<< smtp_replies(reason=relay-denied) >>"))
    assert page.find(id="smtp-sender-opendkim")
    assert page.find(id="smtp-reason-relay-denied")
    assert not page.select("a:not([href])"), "no link leads nowhere"


def test_what_servers_mean_can_be_asked_for_by_code_and_setting():
    page = soup(convert("<< smtp_replies(550 5.7.25) >>\n\n<< smtp_replies(setting=reject_unknown_client_hostname) >>"))
    assert len(page.select("table.smtp-rows")) == 2


def test_no_reason_lacks_english_words():
    words = DATASET.words("en")
    for key in DATASET.reasons:
        for part in ("name", "summary", "received", "sending", "recognise"):
            assert words.get("reasons", key, part), (key, part)
        assert len(words.get("reasons", key, "summary").text) <= 160, key


def test_no_two_reasons_share_a_sentence():
    seen = {}
    for key in DATASET.reasons:
        for part in ("received", "sending"):
            for sentence in re.split(r"(?<=[.!?])\s+", DATASET.words("en").get("reasons", key, part).text):
                if len(sentence) > 40:
                    assert seen.setdefault(sentence, key) == key, sentence
