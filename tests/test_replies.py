"""Replies on record: each has a known reason, a source and a date, and is told for what it is."""

import re
from datetime import date

import pytest

from mkdocs_smtpcodes import explain, load_dataset
from mkdocs_smtpcodes.dataset import loading
from mkdocs_smtpcodes.dataset.sender_meanings import named_codes, services
from mkdocs_smtpcodes.dataset.texts import Words, sent_texts
from mkdocs_smtpcodes.rendering.explaining import explained
from mkdocs_smtpcodes.rendering.replies import Replies
from mkdocs_smtpcodes.rendering.speaker import Speaker

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
    assert len(wrong) <= tried * 0.02, "\n".join(map(str, wrong))


@pytest.mark.parametrize(
    "code",
    ["550", "553", "554", "550 5.7.1", "554 5.7.1", "421", "421 4.7.0", "450", "451", "451 4.7.1", "552", "530", "535"],
)
def test_a_generic_code_is_told_by_what_the_text_says(code):
    table = soup(convert(f"<< smtp_code({code}) >>")).select_one("table.smtp-branches")
    assert len(table.select("tbody")) >= 2
    for row in table.select("tbody"):
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


@pytest.mark.parametrize("code", ["525 5.7.13", "556 5.1.10"])
def test_a_service_that_uses_a_detail_otherwise_with_another_reply_code_says_nothing_of_the_registered_one(code):
    assert "Exchange" not in soup(convert(f"<< smtp_code({code}) >>")).select_one(".smtp-answer").get_text(" ")


@pytest.mark.parametrize(
    ("code", "told"),
    [("5.1.8", ["Exchange Online"]), ("5.1.10", ["Exchange Online"]), ("5.2.1", []), ("4.2.2", []),
     ("550 5.2.2", ["Exchange Online"]), ("552 5.2.2", [])],
)  # fmt: skip
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


@pytest.mark.parametrize(
    ("reason", "named"),
    [
        ("encryption-failed", ["TLS 1.2", "4.7.66"]),
        ("relay-denied", ["smtp-relay.gmail.com", "Get-InboundConnector"]),
        ("loop", ["mydestination", "local_domains", "local-host-names", "Received"]),
        ("blocklisted", ["5.7.507", "5.7.513", "5.7.703", "check.spamhaus.org"]),
        ("user-unknown", ["Unrouteable address", "NXDOMAIN"]),
    ],
)
def test_a_reason_names_each_place_that_may_have_to_be_changed(reason, named):
    for lang in ("en", "tr"):
        told = DATASET.words(lang).get("reasons", reason, "received").text
        assert [word for word in named if word not in told] == [], lang


def test_no_two_reasons_share_a_sentence():
    seen = {}
    for key in DATASET.reasons:
        for part in ("received", "sending"):
            for sentence in re.split(r"(?<=[.!?])\s+", DATASET.words("en").get("reasons", key, part).text):
                if len(sentence) > 40:
                    assert seen.setdefault(sentence, key) == key, sentence


@pytest.mark.parametrize("code", ["5.7.509", "550 5.7.509", "5.7.606-649"])
def test_a_code_that_nobody_registered_is_explained_by_who_sends_it_and_not_by_its_class(code):
    section = soup(convert(f"<< smtp_code({code}) >>"))
    answer = section.select_one(".smtp-answer").get_text(" ", strip=True)
    assert "Exchange Online sends this code" in answer
    assert not section.select(".smtp-branches") and section.select_one('[data-part="replies"] li')
    assert "It depends on the text" not in answer
    assert "Unregistered detail" not in section.get_text()
    assert "what is said here follows from its class" not in section.get_text()


@pytest.mark.parametrize(
    ("code", "lang", "name", "says"),
    [
        ("5.7.703", "en", "Recipient blocked by your own organisation", "Ask the administrator of your own"),
        ("550 5.7.703", "en", "Recipient blocked by your own organisation", "Your own organisation has a recipient"),
        ("4.7.66", "en", "TLS version too old", "TLS 1.2 or newer"),
        ("4.7.66", "tr", "TLS sürümü çok eski", "TLS 1.2 veya daha yenisini"),
        # No account is blocked there.
        ("550 5.7.750", "en", "Sending domain not registered", "add and verify every domain"),
        ("5.7.711", "en", "Inbound connector blocked", "Restricted entities"),
        ("5.2.253", "en", "Mailbox without a licence", "a licence"),
        # A range speaks for the codes in it, and for none of another class.
        ("550 5.7.607", "en", "IP address on Microsoft's block list", "sender.office.com"),
        ("5.7.503", "tr", "İstenmeyen posta yüzünden engellenmiş hesap", "Microsoft desteğine"),
        ("4.7.503", "en", "Low sender reputation", "whoever runs the sending server"),
        # One of the same reason without words of its own.
        ("5.7.800", "en", "Blocklist entry", "on a blocklist"),
    ],
)
def test_a_code_of_one_service_has_its_own_advice_where_that_of_the_reason_is_too_general(code, lang, name, says):
    section = soup(convert(f"<< smtp_code({code}, lang={lang}) >>"))
    assert name in section.find(["h1", "h2", "h3"]).get_text()
    assert says in section.select_one(".smtp-answer").get_text(" ", strip=True)


def test_a_language_without_those_words_tells_the_reason_and_mixes_no_english_in():
    words = Words("xx", {"reasons": {"blocklisted": {"summary": "Liste"}}}, DATASET.words("en"))
    assert sent_texts(words, DATASET.code("5.7.703")) == {}


@pytest.mark.parametrize("lang", ["en", "tr", "de"])
def test_a_code_that_only_services_send_asks_for_no_setting_of_a_server_software(lang):
    served = [code for code in map(DATASET.code, named_codes(DATASET)) if services(DATASET, code)]
    assert len(served) > 40
    for code in served:
        # What is written of one code may name the reader's own server, which receives what the service sends on.
        if "fix_sending" not in sent_texts(DATASET.words(lang), code):
            told = DATASET.entry(code, lang).fix_sending
            assert not re.search(r"postconf|postmap|Postfix|Exim|exim |doveadm|rspamd", told.text), code
            assert not told or told.lang == lang, "no sentence of another language"


@pytest.mark.parametrize(
    ("directive", "served"),
    [
        ("smtp_code(5.7.705)", True),
        ("smtp_code(550 5.7.705)", True),
        ("smtp_compare(5.7.705, 5.7.750)", True),
        ("smtp_code(5.7.26)", False),
        ("smtp_code(535)", False),
    ],
)
@pytest.mark.parametrize("lang", ["en", "de"])
def test_advice_about_a_service_is_for_the_administrator_of_an_organisation_and_not_of_a_server(
    directive, served, lang
):
    label = DATASET.words(lang).label
    names = [dt.get_text() for dt in soup(convert(f"<< {directive[:-1]}, lang={lang}) >>")).find_all("dt")]
    assert (label("fix_service") in names) == served
    assert (label("fix_sending") in names) != served


def test_a_reply_that_a_service_sent_is_told_to_the_administrator_too():
    told = explained(
        "550 5.7.705 Access denied, tenant has exceeded threshold", Speaker(DATASET, DATASET.words("en")), None
    )
    assert (told.sending, "Get-InboundConnector" in told.reason["sending"].text) == ("fix_service", True)
    told = explained("554 5.7.1 <bob@example.org>: Relay access denied", Speaker(DATASET, DATASET.words("en")), None)
    assert told.sending == "fix_sending"


@pytest.mark.parametrize("lang", DATASET.languages)
@pytest.mark.parametrize(
    ("reply", "names", "leaves_out"),
    [
        ("554 5.7.1 <bob@example.org>: Relay access denied", "postconf", "Exchange Online|Gmail"),
        ("550-5.7.1 Invalid credentials for relay [192.0.2.1]. - gsmtp", "Gmail", "5[.]7[.]64"),
        (
            "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org",
            "spamhaus",
            "5[.]7[.]507",
        ),
    ],
)
def test_a_known_sender_is_explained_without_the_cases_of_other_services(reply, names, leaves_out, lang):
    told = explained(reply, Speaker(DATASET, DATASET.words(lang)), None)
    assert told.explanation.certainty == "known"
    assert names in told.reason["received"].text
    # What goes on from the next step is for everybody.
    assert not re.search(leaves_out, told.reason["received"].text.partition("\n\n")[2])


@pytest.mark.parametrize(
    ("code", "first"),
    [("550", True), ("554 5.7.1", True), ("421 4.7.0", True), ("451 4.7.1", True), ("535", False), ("5.1.1", False)],
)
def test_a_code_of_many_meanings_is_told_by_them_before_anything_in_general(code, first):
    label = DATASET.words("en").label
    headings = [h.get_text() for h in soup(convert(f"<< smtp_code({code}) >>")).find_all(re.compile("^h[2-6]$"))]
    assert (headings.index(label("meant")) < headings.index(label("description"))) == first
    assert headings.count(label("meant")) == 1


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("5.7.139", "In replies from Exchange Online it means “Login failed” or “Login method refused”."),
        (
            "5.7.30",
            "In replies from Exchange Online it means “Login method refused”, in those from Gmail “DKIM check failed”.",
        ),
        ("4.7.650", "Exchange Online and Outlook.com send this code; no standard defines it."),
    ],
)
def test_two_meanings_of_a_code_are_one_sentence(code, says):
    assert [str(told) for told in Replies(Speaker(DATASET, DATASET.words("en"))).differs(DATASET.code(code))] == [says]


@pytest.mark.parametrize(
    ("reply", "names"),
    [
        ("550 5.7.124 RESOLVER.RST.SenderNotInAllowedList [x.prod.outlook.com]", "Set-DistributionGroup"),
        ("550-5.7.1 Invalid credentials for relay [192.0.2.1]. - gsmtp", "Google Admin console"),
        ("554 5.7.1 <bob@example.org>: Relay access denied", "mynetworks"),
        ("552-5.2.2 The email account that you tried to reach is over quota. - gsmtp", None),
    ],
)
def test_who_administers_an_organisation_at_a_service_is_told_what_to_look_at_there(reply, names):
    told = explained(reply, Speaker(DATASET, DATASET.words("en")), None).reason["sending"].text
    assert names in told if names else told == ""


def test_a_code_that_nobody_registered_and_nobody_on_record_sends_is_told_by_its_class():
    section = soup(convert("<< smtp_code(5.7.498) >>"))
    assert "Unregistered detail" in section.get_text()
    assert "In replies from" not in section.get_text()


def test_an_entry_lists_every_reason_and_the_common_ones_first():
    section = soup(convert("<< smtp_code(450) >>"))
    tables = section.select(".smtp-branches")
    assert next(len(table.select("tbody")) for table in tables) == 14
    assert tables[1].find_parent("details")
    names = [row.find("th").get_text() for table in tables for row in table.select("tbody")]
    assert len(names) == len(set(names))
    assert names[0] == "Greylisting"


def test_the_replies_of_a_sender_begin_with_its_reasons_and_its_own_documentation():
    section = soup(convert("<< smtp_replies(gmail) >>"))
    assert "DMARC check failed" in section.select_one(".smtp-summary").get_text()
    assert section.details.find_next_sibling() == section.select_one(".smtp-scroll"), (
        "nothing parts a list from its groups"
    )
    assert section.select_one('a.smtp-source[href^="https://support.google.com/"]')
    assert "Setting" not in section.select_one("thead").get_text(), "a service has no settings"
    assert "Setting" in soup(convert("<< smtp_replies(postfix) >>")).select_one("thead").get_text()


def test_the_reasons_of_a_sender_lead_to_its_replies_below_in_each_place_on_a_page():
    page = soup(convert("<< smtp_replies(gmail) >>\n\n<< smtp_replies(gmail) >>"))
    ids = [element["id"] for element in page.select("[id]")]
    assert len(ids) == len(set(ids))
    for section in page.select("section"):
        led = [link["href"].removeprefix("#") for link in section.select(".smtp-summary a")]
        assert led == [group["id"] for group in section.select(".smtp-group")]
    assert not soup(convert("<< smtp_replies(gmail, reason=dmarc) >>")).select(".smtp-summary")


@pytest.mark.parametrize(
    ("asked", "column"), [("gmail", "Reason"), ("reason=dmarc", "Sender"), ("550 5.7.25", "Sender")]
)
def test_a_sender_or_reason_is_named_once_above_its_replies(asked, column):
    table = soup(convert(f"<< smtp_replies({asked}) >>")).select_one(".smtp-rows")
    groups = [group.get_text() for group in table.select(".smtp-group")]
    assert len(groups) == len(set(groups)) == len(table.select("tbody")) > 1
    assert column not in table.thead.get_text()
    assert table.select_one("tbody tr + tr th bdi"), "a row begins with its code"


def test_replies_of_one_sender_for_one_reason_have_no_groups():
    table = soup(convert("<< smtp_replies(gmail, reason=dmarc) >>")).select_one(".smtp-rows")
    assert not table.select(".smtp-group")
    assert len(table.select("tbody tr")) > 1


def test_the_line_above_the_replies_on_record_names_every_sender():
    records = soup(convert("<< smtp_code(550) >>")).select(".smtp-record")
    assert len(records) > 5
    for record in records:
        names = record.summary.get_text().split(", ")
        assert all(row.get_text().split(":")[0] in names for row in record.select("li"))


def told_of(reason):
    """The lines of the answer of a reason's page, without their question."""
    page = soup(convert(f"<< smtp_replies(reason={reason}) >>"))
    lines = [line.get_text(" ", strip=True) for line in page.select(".smtp-line")]
    return [line.split("? ", 1) for line in lines if "? " in line]


@pytest.mark.parametrize(
    ("reason", "final"),
    [("greylisted", "No, the sending server tries again by itself."),
     ("mailbox-full", "With a 4xx code no, with a 5xx code yes."),
     ("reputation", "Yes, until the cause is removed."), ("user-unknown", "Yes, for this address and route."),
     ("expired", "Yes, the sending server has given up trying."), ("recipient-moved", "Yes, for this address and route.")],
)  # fmt: skip
def test_a_reason_is_final_as_its_retry_says(reason, final):
    assert told_of(reason)[0] == ["Is it final", final]


@pytest.mark.parametrize("reason", ["accepted", "continue"])
def test_what_refuses_nothing_is_not_called_final(reason):
    assert [question for question, _ in told_of(reason)] == ["Who has to act", "What next"]


@pytest.mark.parametrize(
    ("reply", "acts"),
    [("550 5.7.64 TenantAttribution; Relay Access Denied", "The sending operator"),
     ("554 5.7.1 <user@example.net>: Relay access denied", "The account holder"),
     ("421 4.7.29 Your email has been rate limited because TLS wasn't used.", "The sending operator"),
     ("530 5.7.0 Must issue a STARTTLS command first", "The account holder"),
     ("452 4.5.3 Too many recipients", "The sending server, by itself"), ("550 5.5.3 Too many recipients", "The sender")],
)  # fmt: skip
def test_who_has_to_act_depends_on_the_code_where_the_reason_says_so(reply, acts):
    page = soup(convert(f"```smtp-explain\n{reply}\n```"))
    assert page.select(".smtp-answer .smtp-line")[1].get_text(" ", strip=True) == f"Who has to act? {acts}"


def test_each_code_that_changes_who_has_to_act_is_one_of_the_reason():
    on_record = [(row.reason, code) for rows in DATASET.replies.values() for row in rows for code in row.codes]
    for reason in DATASET.reasons.values():
        codes = [*reason.codes, *(code for key, code in on_record if key == reason.id)]
        for code in reason.acts_with:
            assert any(written.split(" ")[-1].startswith(code) for written in codes), (reason.id, code)


def test_a_server_that_has_returned_the_message_is_not_the_one_who_acts():
    for reason in DATASET.reasons.values():
        for row in (row for rows in DATASET.replies.values() for row in rows if row.reason == reason.id):
            for written in row.codes:
                if written.split(" ")[-1].startswith("5"):
                    code = DATASET.code(written)
                    values = DATASET.profile(code).axes
                    returned = [value.value for value in values.get("message", ())] == ["returned"]
                    assert not returned or reason.acts_for(code) != "sending-server", (reason.id, written)


@pytest.mark.parametrize(
    ("sender", "lang", "says"),
    [
        ("gmail", "en", "Postmaster Tools"), ("outlook", "tr", "SNDS"), ("postfix", "en", "postfix/smtpd"),
        ("exim", "tr", "mainlog"), ("sendmail", "en", ""), ("gmail", "fr", "Postmaster Tools"), ("sendmail", "fr", ""),
    ],
)  # fmt: skip
def test_the_page_of_a_main_sender_begins_with_how_its_replies_are_read(sender, lang, says):
    section = soup(convert(f"<< smtp_replies({sender}, lang={lang}) >>"))
    before = section.find("table").find_all_previous("p")
    assert says in " ".join(p.get_text() for p in before)
    if not says:
        # No sentence of another language, and no empty paragraph.
        assert not any("Postmaster Tools" in p.get_text() or not p.get_text().strip() for p in before)


def test_a_language_that_says_nothing_of_a_sender_has_nothing_there(tmp_path):
    data = tmp_path / "data.yml"
    data.write_text(
        "words: {nl: {language: {name: Nederlands, direction: ltr}, reasons: {dmarc: {name: DMARC faalt}}}}\n"
    )
    section = soup(convert("<< smtp_replies(gmail, lang=nl) >>", data_files=[str(data)]))
    assert "DMARC faalt" in section.get_text()
    before = section.find("table").find_all_previous("p")
    assert len(before) == 2, "the reasons and the documentation"
    assert not any("Postmaster Tools" in p.get_text() or not p.get_text().strip() for p in before)
    english = soup(convert("<< smtp_replies(gmail) >>"))
    assert any("Postmaster Tools" in p.get_text() for p in english.find("table").find_all_previous("p"))


def test_a_site_tells_of_its_own_senders(tmp_path):
    data = tmp_path / "data.yml"
    data.write_text(
        "senders: {my-relay: {name: My Relay, kind: software}}\n"
        "replies: {my-relay: [{codes: ['550'], text: Nothing for you, reason: policy, source: own@1 r, date: 2026-11-24}]}\n"
        "words: {en: {senders: {my-relay: {about: Ask the desk.}}}}\n"
    )
    assert "<p>Ask the desk.</p>" in convert("<< smtp_replies(my-relay) >>", data_files=[str(data)])


def test_what_was_seen_long_ago_stands_after_the_rest():
    rows = list(soup(convert("<< smtp_replies(yahoo) >>")).select("tbody tr:not(.smtp-group)"))
    old = [("2008" in row.get_text() or "2009" in row.get_text()) for row in rows]
    groups = [row.parent for row in rows]
    assert any(old)
    assert not any(
        before and not after and one is other
        for before, after, one, other in zip(old, old[1:], groups, groups[1:], strict=False)
    )


def test_the_default_of_a_setting_is_a_value_or_words_of_the_language():
    words = ("not set", "empty", "unlimited", "commented out")
    for lang in DATASET.languages:
        known = DATASET.words(lang).tree("defaults")
        assert lang == "en" or not set(known.values()) & set(words), lang
    # What remains are values, and texts that a server sends.
    prose = re.compile(r"\b(so|in|on|all|but|not|only|until|with|by|of) [a-z]", re.IGNORECASE)
    assert [row.default for row in ROWS if prose.search(row.default)] == []
    table = soup(convert("<< smtp_replies(exim, lang=ja) >>"))
    defaults = {cell.get_text() for cell in table.select(".smtp-rows small") if "既定値" in cell.get_text()}
    assert {"既定値：未設定", "既定値：configure.default", "既定値：未設定／configure.default: *"} <= defaults


def test_a_generic_code_is_told_by_what_people_meet():
    first = Replies(Speaker(DATASET, DATASET.words("en"))).branches(DATASET.code("550"))[:14]
    names = [branch.key for branch in first]
    assert names[0] == "user-unknown"
    assert {"dmarc", "spf", "mailbox-full", "mailbox-disabled", "recipient-restricted", "relay-denied"} <= set(names)
    assert not {"message-format", "too-many-errors", "loop"} & set(names)
    assert "does not exist" in " ".join(first[0].texts)
    assert "User unknown" in " ".join(first[0].texts)
    assert len({row.sender for row in first[0].rows}) > 1
    assert not any("x-dg-ref" in text for branch in first for text in branch.texts)


def test_a_row_without_words_says_that_its_code_alone_tells_it():
    section = soup(convert("<< smtp_code(5.7.511) >>"))
    rows = [item.get_text() for item in section.select('[data-part="replies"] li')]
    assert rows
    assert all(DATASET.words("en").label("any_text") in row for row in rows if "“" not in row)
