"""Codes that stand in a page already become what the inline directive makes, and nothing else does."""

import time

import pytest

from mkdocs_smtpcodes import autolink_wishes, mentions
from mkdocs_smtpcodes.dataset import loading

from .conftest import convert, soup
from .test_together import needs

MAIL = mentions.Page(strong=True)
BOTH = mentions.Page(strong=True, http=True)


def codes(text, page=MAIL, **options):
    return [mention.code for mention in mentions.find(text, page, **options)]


def linked(html):
    return [element.get_text() for element in soup(html).select(".smtp-inline .smtp-ref")]


# --- which numbers are codes ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Rejected: `550 5.7.1`.", ["550 5.7.1"]),
        ("550-5.7.26 and 421 4.7.0", ["550 5.7.26", "421 4.7.0"]),
        ("a 550 SMTP reply", ["550"]),
        ("SMTP error 450, 451 and 452", ["450", "451", "452"]),
        ("the enhanced status code (e.g., 5.7.1)", ["5.7.1"]),
        ("The DSN says 5.1.1; a bounce 5.2.2", ["5.2.2"]),
        ("bounced with `5.1.1`", ["5.1.1"]),
        ("unknown_local_recipient_reject_code = 550", ["550"]),
        ("`unverified_sender_defer_code` (default: 450)", ["450"]),
    ],
)
def test_a_whole_reply_and_a_code_beside_a_strong_word_need_no_page_about_mail(text, found):
    assert codes(text, mentions.UNKNOWN) == found


@pytest.mark.parametrize(
    "text",
    [
        "rejected with a `501` syntax error", "a 250 response", "got a non-354 response", "error 550", "the code `421`",
        "a 421 shutdown code", "replies 450", "reads the `220` greeting", "a `334` continuation", "receiving a 220 from the host",
        "status 5.7.1", "returns a `451`.", "you may see `554 TLS required`", "`450 Mailbox busy` comes later",
        "`550 User unknown`", "`250 ok`", "a `400 try again` response", "`4.4.5 spool write timed out`",
        "a 451 instead of a `452` status",
    ],
)  # fmt: skip
def test_weak_words_and_what_a_server_says_count_on_a_page_about_mail_alone(text):
    assert codes(text)
    assert not codes(text, mentions.UNKNOWN)


@pytest.mark.parametrize(
    "text",
    [
        "exit code 250", "exit status 550", "HTTP status code 503", "HTTP 550 5.7.1", "an HTTP error 500",
        "a 503 HTTP response", "port 550 error", "ports 250 and 550", "section 4.2.1", "4.2.1 Reply Code Severities",
        "an FTP server sends a 421 reply code", "RFC 5321 §4.2.1",
        "see section 5.7.1 of the reply codes", "version 5.7.1", "Postfix 2.3.19", "v4.5.0",
        "`jaq` from `2.1.0` to `2.3.0`", "Dovecot version 2.2.24 error", "line 550: error", "$550 error", "550 EUR",
        "1,250 errors", "250 replies", "550 messages were rejected", "the limit of 250", "at least 450 code points",
        "550 %", "250 MB", "512-byte", "192.168.250.1", "550.5 ms", "12:550", "2024-11-250", "4.5.2024", "550px",
        "#550", "issue 550", "UID 500 error", "up to 250 codes", "SMTP server allows 250 connections", "SMTP (465)",
        "250 SMTP connections", "path/550/error", "https://example.org/550", "550 4.7.1", "250 5.7.1", "999 5.7.1",
        "error 5.17.1 of 5.07.1", "a list of 550", "IMAP error 550", "`500`", "default `250`",
    ],
)  # fmt: skip
def test_what_is_something_else_is_no_code(text):
    assert codes(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Fixed in Postfix 2.9.5: bounce loop.", "Mailman 2.1.5 bounce processing", "Since rspamd 2.5.0 bounce messages",
        "Sendmail 5.5.0 bounce handling", "Dovecot 2.2.3 error: mailbox locked", "MySQL server error 5.7.1",
        "Exim (4.5.1) bounce", "`postfix` `2.5.5` bounce", "amavisd-new 2.5.0 error", "Linux kernel 5.1.1 error",
        "Postfix >= 2.5.5 bounce",
        "with a proxy < 4.7.1 error", "since 2.5.5 bounce messages", "upgraded from 5.5.0 to 5.7.1, error",
        "seit 5.1.1 Fehler", "depuis 5.1.1, erreur",
        "Roundcube error 5.2.2 fixed in 5.2.3", "mended error 5.2.2 in release 5.2.3",
        "a release with status 5.1.1", "the version with the error 5.2.2",
    ],
)  # fmt: skip
@pytest.mark.parametrize("page", [MAIL, MAIL._replace(bare=True)], ids=["mail", "bare"])
def test_a_version_is_none_whatever_stands_behind_it(text, page):
    assert codes(text, page) == codes(text, page, doubtful=True) == []
    assert codes("2.5.0: bounce loop fixed") == [], "the colon parts them"


@pytest.mark.parametrize(
    "text",
    [
        "Postfix error {}", "the SMTP server Postfix says reply code {}", "Gmail {} bounce", "a {} bounce", "Getting {} error",
        "In SMTP, {} error", "Since DSN {} is final", "<a@example.org> {} error", "with {} bounces and a DSN of {}",
    ],
)  # fmt: skip
def test_a_word_for_codes_takes_a_name_before_it_away(text):
    assert set(codes(text.replace("{}", "5.7.1"))) == {"5.7.1"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # On record, though nobody registered them.
        ("error code 5.6.11, and error codes 5.4.6, 5.4.14", ["5.6.11", "5.4.6", "5.4.14"]),
        ("error code 5.6.97", []),
        # Sent as it is, though the classes differ.
        ("error code 550 4.4.7, `550 4.4.7 QUEUE.Expired`", ["550 4.4.7", "550 4.4.7"]),
        ("error code 550 4.4.6, `550 4.4.6 QUEUE.Expired`", []),
        ("550/5.7.1 and path/550/5.7.1", ["550 5.7.1"]),
        ("enhanced status code values 5.7.1, 5.7.2, and 5.7.3", ["5.7.1", "5.7.2", "5.7.3"]),
        ("The default enhanced status code that's used is 5.7.1.", ["5.7.1"]),
        ("reject with 550 or 554, not with 450", ["550", "554", "450"]),
        ("a 4.7.1 error, then 5.7.1; with 4.7.2", ["4.7.1", "5.7.1"]),
        ("adds the enhanced status code 5.7.5 and removes 5.7.1. Then 5.7.2", ["5.7.5", "5.7.1"]),
        ("the enhanced status code 5.7.5 is known since 5.7.1", ["5.7.5"]),
        ('"550 User unknown" or “550 No such user here”', ["550", "550"]),
        ('"550 Main Street" or "250 reasons to love mail"', []),
        ("Postfix error 5.2.2 fixed in 3.5.3, DSN status 5.2.2 fixed in 5.2.3", ["5.2.2", "5.2.2"]),
        ("the message with status 5.1.1, rejected with error 5.2.2 in 5.2.3", ["5.1.1", "5.2.2"]),
        ("the remote server said 550 No such user here", ["550"]),
        ("the remote server said 550 nice things", []),
        ("The server answered 550 after RCPT TO.", ["550"]),
        ("SMTP returns 503 on bad sequence of commands.", ["503"]),
        ("der Server antwortet 550, wenn", ["550"]),
        ("The function returns 503 on bad input. The server sends 250 mails.", []),
        ("The web server returned 503 when it was down", []),
        (
            "550 means that it is gone. `535` indicates a wrong password. A 450 is a temporary error.",
            ["550", "535", "450"],
        ),
        (
            "`450` is temporary. 421 is a temporary SMTP error. 450 is a permanent address. 550 is temporary work.",
            ["450", "421"],
        ),
        ("550 bedeutet, dass es das Postfach nicht gibt. 450 ist ein vorübergehender Fehler.", ["550", "450"]),
        ("Our 550 means a lot. 450 is a good limit. 250 users mean work. A limit of 450 means trouble.", []),
        ("5.7.8 means a wrong password. Version 5.7.8 means work. Postfix 3.5.2 is a permanent home.", ["5.7.8"]),
        ("response code 550 for the sender, or 553 for a recipient", ["550", "553"]),
        ("If the server says 550, it is gone; if it says 452, wait.", ["550", "452"]),
        ("error no. 550, err 421", ["550", "421"]),
        ("replies with a 512 reply length, a 250 character response, a 220 V response, answered 250 of 300", []),
        ("status 5.4.4 means that DNS has no MX; error 451 for the message if DNS fails", ["5.4.4", "451"]),
        ("The DNS lookup fails with error 451. DNS status 450", []),
        ("550 (5.1.1) and 550 (5.1.1 User unknown)", ["550 5.1.1", "550 5.1.1"]),
    ],
)
def test_what_is_surely_a_code_is_one(text, found):
    assert codes(text) == found


def test_commands_of_a_session_tell_that_a_page_is_about_mail():
    assert codes("error 550", mentions.finder().page("It comes after RCPT TO."))
    assert not codes("error 550", mentions.finder().page("It comes after the mailbox."))


def test_codes_that_http_has_too_need_a_sign_of_mail():
    assert codes("rejected with a 501 response") == ["501"]
    assert codes("rejected with a 501 response", BOTH) == []
    assert codes("MAIL FROM is rejected with a 501 response", BOTH) == ["501"]
    assert codes("the SMTP banner returns 421, and HTTP returns 503", BOTH) == ["421"]
    assert codes("a `200` response") == codes("a 404 error") == []


#: On a page about mail that never says HTTP.
OF_THE_WEB = [
    "a 400 error trying to use an integration", "The Transmissions API endpoint will no longer return `400` when you send.",
    "checking for `400` status and an error message", "a 500 error code in case of transmissions API input not formatted",
    "a timeout or a 500 internal server error message", "Error 500 in the web UI", "The login page shows error 503.",
    "The API returns error 429 or 451.", "Windows error 500", "IIS status 500", "LDAP error code 503", "nginx error 502",
    "The endpoint answers with error 501.", "The webhook was rejected with 550.", "In the browser you see error 503.",
    "The server responded with 404 or 503", "Let's Encrypt returned error 429 and 500", "the reverse proxy answers 502",
    "Clicking the button gives a 500 error", "The page fails to load with error 503", "country code 250", "Zip code 550",
    "Event ID 550 error", "Grafana shows a 502 error",
    # Nothing names the web here, and nothing mail.
    "Saving the settings gives a 500 error.", "If you see error 502, restart it.", "Logging in returned a 503.",
    "503 means that the service is unavailable.", "A 502 error means that the backend is down.", "The status is 500.",
    "The service answers with 504 after a minute.", "The installer stops with error code 250.", "The printer shows error 552.",
    "SMTP works, but the calendar shows error 503.",
    "The script fails with error 451.", "Monitoring reports error 451 for the disk.", "The update failed with error code 553.",
    "Fehler 500 auf der Webseite", "Une erreur 500 dans le navigateur", "`502` bad gateway error", "a 503 error of the database",
]  # fmt: skip


@pytest.mark.parametrize("text", OF_THE_WEB)
def test_codes_of_the_web_are_known_without_the_name_of_its_protocol(text):
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The API returns the SMTP error 550", ["550"]),
        ("The web UI shows that the message bounced with 550", ["550"]),
        ("a 400 response to MAIL FROM", ["400"]),
        ("SMTP error 404 or 503", ["503"]),
        ("The page tells why the SMTP server answers with 503 errors after a click: error 421", ["421"]),
        ("The webhook says 421 4.7.0, and the API says `550 5.7.1`", ["421 4.7.0", "550 5.7.1"]),
        ("The proxy connects to the endpoint and reads the `220` greeting", ["220"]),
        ("rejected with a 400 tempfail", ["400"]),
        ("The message gets a 500 error.", ["500"]),
        ("The calendar works, but SMTP shows error 503.", ["503"]),
        ("MAIL FROM works, but then the session ends with error 503.", ["503"]),
        ("The server answers error 502.", ["502"]),
        ("503 means that the commands came in a wrong order.", ["503"]),
        ("The script that rejects recipients fails with error 451.", ["451"]),
        ("Die Nachricht wird abgewiesen, Fehler 500", ["500"]),
        ("Lookups in LDAP fail with error 451.", ["451"]),
        ("The browser is closed. The server sends error 503.", ["503"]),
    ],
)
def test_mail_beside_what_is_of_the_web_keeps_its_codes(text, found):
    assert codes(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Fix: 421 error on all web and mail domains after Apache 2.4.64 update", []),
        ("Fix: SMTP 421 error on all web and mail domains after Apache 2.4.64 update", ["421"]),
        ("Fix: 421 error on all mail domains after an update", ["421"]),
        ("The browser and the mail server show error 550", []),
        ("The log says error 550, or 550 5.1.1, not the browser", ["550", "550 5.1.1"]),
        ("The log says error 550, not the browser", []),
        ("Mail to the website of web.de fails: error 550", []),
        ("Mail to web.de fails: error 550", ["550"]),
        ("Roundcube shows error 500 when the mailbox is opened", []),
        ("Roundcube shows SMTP error 500 when the mailbox is opened", ["500"]),
        ("Roundcube shows error 550 when mail is sent", ["550"]),
        ("SMS error code 450; the SMS gateway answers with error 450", []),
        ("SMS is no mail. Error code 450 is", ["450"]),
        ("There were 421 bounces", []),
        ("421 bounces, 250 recipients", []),
        ("250 recipients and 421 bounces", []),
        ("for other 421 bounces", ["421"]),
    ],
)
def test_one_word_of_mail_does_not_outweigh_what_the_sentence_says_of_the_web_and_counts_are_no_codes(text, found):
    assert codes(text, MAIL._replace(named=frozenset({"421"}))) == found


def test_a_code_that_smtp_has_only_by_its_class_is_one_where_the_page_names_it():
    assert codes("rewritten from 400 to 500") == []
    assert codes("rewritten from 400 to 500", MAIL._replace(named=frozenset({"400"}))) == ["400", "500"]
    assert codes("rewritten from 400", around=mentions.Around(above=("smtp_client_rewrite",))) == ["400"]


@pytest.mark.parametrize(
    "text",
    [
        "Bounces: 250. Errors: 450.", "Replies to 550 customers were bounced", "replies (250 of them)", "The default is 450.",
        "| Errors: 550 | Replies: 421 |", "the default 450 seconds", "250-page reports", "250: pages",
        "a list of 550: mailbox names", "502: user unknown",
    ],
)  # fmt: skip
def test_what_is_counted_behind_its_name_or_is_the_value_of_something_else_is_no_code(text):
    assert codes(text) == []
    assert codes("SMTP errors: 550. Errors: 450, 451. Bounces: 5.1.1.") == ["550", "450", "451", "5.1.1"]


def test_counted_messages_of_two_words_are_no_code():
    assert codes("Quota of 500 error messages. 550 SMTP replies, 421 bounce messages, 452 status codes.") == []
    assert codes("a 550 error message, the 421 bounce of it") == ["550", "421"]


def test_a_page_that_speaks_of_an_api_needs_a_sign_of_mail_for_codes_that_http_has():
    page = mentions.finder().page("SMTP. The REST API is slow.")
    assert codes("rejected with a 501 response; a 550 response", page) == ["550"]
    assert codes("MAIL FROM is rejected with a 501 response", page) == ["501"]


CODES = ("SMTP standard reply codes",)


@pytest.mark.parametrize(
    "text",
    [
        "503 - Bad sequence",
        "`503`",
        "**503** – Bad sequence",
        "503: <domain> no",
        "503 Bad sequence",
        "503",
        "503, 503",
        "503 (no)",
    ],
)
@pytest.mark.parametrize("page", [BOTH, mentions.UNKNOWN])
def test_a_heading_that_announces_codes_governs_the_items_and_cells_below_it(text, page):
    for above in (CODES, ("Negative replies", *CODES), ("Success (5xx)", *CODES)):
        for kind in (mentions.ITEM, mentions.CELL):
            assert codes(text, page, around=mentions.Around("", above, kind))
        assert codes(text, page, around=mentions.Around("Code", above, mentions.CELL))


def test_a_heading_that_names_a_kind_of_codes_governs_them_where_the_page_is_about_mail_alone():
    for heading in ("Permanent errors", "Temporary failures (4xx)"):
        around = mentions.Around("", (heading,), mentions.ITEM)
        assert codes("503 Bad sequence", MAIL, around=around) == ["503"], heading
        assert codes("503 Bad sequence", BOTH, around=around) == codes("503", mentions.UNKNOWN, around=around) == []
    assert codes("503 Bad", MAIL, around=mentions.Around("", ("Permanent SMTP settings",), mentions.ITEM)) == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("**SMTP reply codes**", ["503"]),
        ("__Permanent errors:__", ["503"]),
        ("**SMTP reply codes**:", ["503"]),
        ("**SMTP reply codes.**", []),
        ("**SMTP reply codes** and more", []),
        ("## SMTP codes\n\n**Note**", ["503"]),
        ("## SMTP codes\n\n**API errors**", []),
        ("## SMTP codes\n\n**Values of the X-API header**", ["503"]),
        ("**SMTP reply codes**\n\n## Limits", []),
        ("- **SMTP reply codes**\n\n    Text", []),
    ],
)
def test_a_line_in_bold_is_a_heading_where_it_tells_of_codes(line, found):
    assert linked(auto(f"# SMTP\n\n{line}\n\nText.\n\n- 503 Bad sequence\n")) == found


@pytest.mark.parametrize(
    ("text", "around"),
    [
        ("503 - Bad sequence", mentions.Around("", CODES)),  # a paragraph
        ("503 - Bad sequence", mentions.Around("", ("Limits", *CODES), mentions.ITEM)),
        ("503 - Bad sequence", mentions.Around("", ("HTTP and SMTP codes",), mentions.ITEM)),
        ("503 - Bad sequence", mentions.Around("", ("Errors of the API", *CODES), mentions.ITEM)),
        ("503 - Bad sequence", mentions.Around("", ("SMTP settings",), mentions.ITEM)),
        ("503", mentions.Around("HTTP status", CODES, mentions.CELL)),
        ("503", mentions.Around("Default", CODES, mentions.CELL)),
        ("503 messages", mentions.Around("", CODES, mentions.ITEM)),
        ("Up to 503", mentions.Around("", CODES, mentions.ITEM)),
        ("503 is used by nobody", mentions.Around("", CODES, mentions.ITEM)),
    ],
)
def test_no_other_heading_and_no_other_number_is_governed(text, around):
    assert codes(text, BOTH, around=around) == []


def test_the_nearest_heading_outweighs_what_the_page_speaks_of():
    text = "rejected with error 503"
    assert codes(text, BOTH, around=mentions.Around(above=("SMTP",))) == ["503"]
    assert codes(text, BOTH) == codes(text, BOTH, around=mentions.Around(above=("Notes",))) == []
    assert codes(text, MAIL, around=mentions.Around(above=("REST API", "SMTP"))) == []
    assert codes("rejected with error 421", MAIL, around=mentions.Around(above=("Web interface",))) == []


def test_a_row_may_name_the_code_in_another_cell():
    def cell(text, *row, heading="Example"):
        return codes(text, mentions.UNKNOWN, around=mentions.Around(heading, (), mentions.CELL, row))

    assert cell("`2.7.0`", "code", "Enhanced status code (if provided)") == ["2.7.0"]
    assert cell("250", "SMTP reply code") == ["250"]
    assert cell("250", "SMTP error limit") == cell("250", "limit", "Most SMTP replies") == cell("250", "bounce") == []
    assert cell("250", "SMTP reply code", heading="Default") == cell("250 a", "SMTP reply code") == []


@pytest.mark.parametrize(
    "text",
    [
        "the SMTP code here should almost always be 421", 'The server sends a "250 OK" after data.', "without a “250 OK”",
        'Send back the "354 continue" message', "a permanent failure message (550) back to the MTA",
        "I receive a 250 OK when injecting through SMTP",
        "The reject code defaults to 554", "instead of the default 554 response", "It was deferred (451).",
        "Delivery failed (554).", "rejected the message (550)", "refused it with 550", "announced as 250-STARTTLS",
        "550: mailbox unavailable", "**550** - The mailbox is unavailable",
        "5.7.1 often means relaying", "Return a 4xx (typically 451).",
    ],
)  # fmt: skip
def test_what_is_said_in_other_words_is_a_code(text):
    assert codes(text)
    assert not codes(text.replace("SMTP code", "limit").replace("SMTP", "it"), mentions.UNKNOWN)


def test_a_code_that_the_page_or_the_text_names_needs_less():
    assert codes("If `CODE` is not `421`, go on.") == []
    assert codes("If `CODE` is not `421`, go on.", MAIL._replace(named=frozenset({"421"}))) == ["421"]
    assert codes("for other 552 responses") == []
    assert codes("for other 552 responses", MAIL._replace(named=frozenset({"552"}))) == ["552"]
    assert codes("After a 552 error, rules that use `550`") == ["552", "550"]


def test_bare_codes_count_where_it_is_wished_and_still_no_ports_and_versions():
    bare = mentions.Page(bare=True)
    assert codes("550, 5.7.1 and 451", bare) == ["550", "5.7.1", "451"]
    assert codes("port 550, version 5.7.1, 2.3.19, 250 MB, exit code 250", bare) == []
    assert codes("550 and 5.7.1", mentions.UNKNOWN) == []


def test_a_heading_tells_of_a_code_that_begins_a_cell():
    assert codes("`552`", heading="SMTP code") == ["552"]
    assert codes("about 552", heading="SMTP code") == []


def test_what_is_doubtful_is_told_on_request_alone():
    (doubt,) = mentions.find("550 4.7.1", doubtful=True)
    assert (doubt.code, doubt.why) == ("550 4.7.1", "doubtful")
    assert codes("SMTP error 599", doubtful=True) == ["599"]
    assert codes("SMTP error 599") == []


LANGUAGES = {
    "ar": "رمز SMTP 550", "de": "SMTP-Fehler 550", "en": "SMTP reply 550", "es": "código SMTP 550",
    "fr": "erreur SMTP 550", "hi": "SMTP कोड 550", "id": "kode SMTP 550", "ja": "応答コード550を返す",
    "ko": "SMTP 오류 코드 550", "pt": "resposta SMTP 550", "ru": "код ответа SMTP 550", "th": "รหัส SMTP 550",
    "tr": "550 SMTP hatası", "vi": "mã lỗi SMTP 550", "zh": "SMTP 错误代码 550",
}  # fmt: skip
WEAK = {
    "ar": "الرمز 550", "de": "Fehlercode 550", "es": "código 550", "fr": "code d’erreur 550",
    "hi": "त्रुटि कोड 550", "id": "kode galat 550", "ja": "エラーコード 550", "ko": "오류 코드 550",
    "pt": "código de erro 550", "ru": "с кодом 550", "th": "รหัสข้อผิดพลาด 550", "tr": "550 hatası",
    "vi": "mã lỗi 550", "zh": "错误代码 550",
}  # fmt: skip
NEVER = {
    "de": "Port 550 Fehler", "es": "puerto 550, error", "fr": "code de sortie 250", "ja": "終了コード 250",
    "ko": "종료 코드 250", "pt": "código de saída 250", "ru": "код выхода 250", "tr": "çıkış kodu 250",
    "zh": "退出代码 250", "vi": "mã thoát 250", "id": "kode keluar 250", "hi": "निकास कोड 250",
    "ar": "رمز الخروج 250", "th": "รหัสออก 250",
}  # fmt: skip


@pytest.mark.parametrize("lang", loading.languages())
def test_every_language_has_words_for_it(lang):
    assert codes(LANGUAGES[lang], mentions.UNKNOWN) == ["550"]
    if lang in WEAK:
        assert codes(WEAK[lang]) == ["550"]
        assert codes(WEAK[lang], mentions.UNKNOWN) == []
    if lang in NEVER:
        assert codes(NEVER[lang]) == []


def test_the_words_of_the_facts_are_texts_and_end_in_a_star_at_most():
    def texts(value):
        if isinstance(value, dict):
            for item in value.values():
                yield from texts(item)
        elif isinstance(value, list):
            yield from value

    facts = loading.contexts()
    assert set(facts["strong"]) == set(facts["weak"]) == set(loading.languages())
    for key, value in facts.items():
        for word in texts(value) if key not in {"shared", "foreign", "rare"} else ():
            assert isinstance(word, str), (key, word)
            assert "*" not in word[:-1], (key, word)


# --- what becomes of them in a page --------------------------------------------------------------------------------------


def auto(text, *extensions, mode="text", **options):
    return convert(text, *extensions, autolink=mode, **options)


def test_off_is_the_default_and_changes_nothing():
    text = "SMTP says `550 5.7.1` and 421 4.7.0."
    assert convert(text) == "<p>SMTP says <code>550 5.7.1</code> and 421 4.7.0.</p>"
    assert convert(text, autolink=False) == convert(text)


def test_a_code_becomes_what_the_directive_makes():
    assert auto("Says `550 5.7.1` now.") == auto("Says << smtp(550 5.7.1) >> now.", mode="off")
    assert auto("Says 550 5.7.1 now.") == auto("Says << smtp(550 5.7.1) >> now.", mode="off")


def test_it_is_shown_as_it_is_written():
    assert linked(auto("Says 550-5.7.26, `550  5.7.1` and 421&nbsp;4.7.0.")) == [
        "550-5.7.26",
        "550  5.7.1",
        "421\xa04.7.0",
    ]


def test_in_code_it_stays_code_and_keeps_its_attributes():
    html = auto("See `550 5.1.1 User <b> unknown` and `550 5.1.1`{.x}.", "attr_list")
    first, second = soup(html)("code")
    assert first.get_text() == "550 5.1.1 User <b> unknown"
    assert second["class"] == ["x"]
    assert [code.find("code") for code in (first, second)] == [None, None]
    assert linked(html) == ["550 5.1.1", "550 5.1.1"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Return __554 Message denied__.", ["554"]),
        ("Return **554 text**, or __450__", ["554", "450"]),
        ("It is **421 Too many connections**, then <b>550 User unknown</b>", ["421"]),
        ("* __500 Unrecognized command__", ["500"]),
        ("It is `550 <email address> recipient rejected`", ["550"]),
        ("It is **250 Main Street**, __450 Plus__, __500 error messages__", []),
        ("In **the flat 550 User unknown lives**, **550 users**, **250 recipients**", []),
        ("The browser shows **500 Unrecognized command**", []),
    ],
)
def test_what_a_server_says_may_stand_in_strong_emphasis(text, found):
    assert linked(auto(f"It is SMTP.\n\n{text}\n")) == found


def test_code_alone_links_inline_code_and_reads_the_words_around_it():
    text = "SMTP says 550 5.7.1, then sends a `220` greeting."
    assert linked(auto(text, mode="code")) == ["220"]
    assert linked(auto(text)) == ["550 5.7.1", "220"]


def test_headings_of_a_page_govern_their_lists_and_tables():
    page = "SMTP and HTTP\n\n# SMTP reply codes\n\n## Permanent failures\n\n* 503 - Bad sequence\n\n* `554` - no\n\n"
    table = "| Code | Meaning |\n|---|---|\n| 501 | no |\n\n"
    assert linked(auto(page + table, "tables")) == ["503", "554", "501"]
    other = page.replace("SMTP reply", "Web server") + table
    assert linked(auto(other, "tables")) == []
    assert linked(auto(page + "# Web interface\n\n" + table, "tables")) == ["503", "554"]
    assert linked(auto("# SMTP codes `x`\n\n- a\n- 503: no\n")) == ["503"]


def test_no_link_and_no_heading_changes():
    text = (
        "# SMTP 550 5.7.1\n\n## Reply `421 4.7.0` {#own}\n\n[550 5.1.1](a.md) and <a href='x'>550 5.1.1</a>, [`421 4.7.0`][r]\n\n"
        "[r]: b.md 'SMTP 550 5.7.1'\n\n![550 5.7.1](i.png) "
        "<kbd>550 5.7.1</kbd> <https://example.org/550> <code>550 5.7.1</code>\n\n"
        "<!-- SMTP 550 5.7.1 -->\n\n<div title='550 5.7.1'>550 5.7.1</div>\n\n    550 5.7.1\n\n```\n550 5.7.1\n```\n"
    )
    assert auto(text, "attr_list", "fenced_code") == convert(text, "attr_list", "fenced_code")


def test_emphasis_nesting_and_escapes_do_not_matter():
    html = auto("An *SMTP **error*** `450`, \\*451\\* and **452**. A 5\\*50 5.7.1; 550\\-5.7.1")
    assert linked(html) == ["450", "451", "452"]
    assert soup(html).get_text().startswith("An SMTP error 450, *451* and 452.")


@pytest.mark.parametrize(
    ("text", "extensions"),
    [
        ("- SMTP replies:\n    - `550 5.7.1`\n", ()),
        ("> 550 5.7.1\n", ()),
        ('!!! note "550 5.7.1"\n    Text\n', ("admonition",)),
        ("Term\n:   550 5.7.1\n", ("def_list",)),
        ("Text[^1]\n\n[^1]: 550 5.7.1\n", ("footnotes",)),
        ("<div markdown>\n550 5.7.1\n</div>\n", ("md_in_html",)),
        ('<p markdown="span">550 5.7.1</p>\n', ("md_in_html",)),
        ("| SMTP code | A |\n|---|---|\n| `550` | 5.7.1 |\n", ("tables",)),
        ('=== "550 5.7.1"\n\n    550 5.7.1\n', ("pymdownx.tabbed",)),
        ("“550 5.7.1”", ("smarty",)),
    ],
)
def test_in_every_container_once(text, extensions):
    assert len(linked(auto(text, *extensions))) == 1


def test_abbreviations_and_glossaries_keep_theirs():
    html = auto("An SMTP error 550 and 5.7.1.\n\n*[SMTP]: Mail\n*[5.7.1]: Mine\n", "abbr")
    assert linked(html) == ["550"]
    assert [element.get_text() for element in soup(html)("abbr")] == ["SMTP", "5.7.1"]


def test_a_directive_beside_it_expands_once_and_ids_stay_unique():
    html = auto("<< smtp(550) >> and SMTP error 550, again SMTP error 550.\n\n<< smtp_code(550) >>\n")
    ids = [element["id"] for element in soup(html).find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert [a["href"] for a in soup(html).select("a.smtp-ref")][:3] == ["#smtp-550"] * 3


def test_a_template_of_the_site_is_used(tmp_path):
    (tmp_path / "smtp.html").write_text('<b class="own">{{ entry.code }}</b>', encoding="utf-8")
    assert soup(auto("It says 550-5.7.1.", templates=str(tmp_path))).find("b", "own").get_text() == "550-5.7.1"


@needs("mkdocs_macros")
def test_what_snippets_and_macros_bring_is_read_too(build_site, tmp_path):
    pages = {
        "index.md": '# P\n\n--8<-- "part.txt"\n\n{{ "SMTP 42" ~ "1 4.7.0" }}\n',
        "part.txt": "It says `550 5.7.1`.\n",
    }
    snippets = {"pymdownx.snippets": {"base_path": [str(tmp_path / "site" / "docs")]}}
    plugins = ["macros", {"smtpcodes": {"autolink": "text"}}]
    site = build_site(pages, plugins=plugins, markdown_extensions=["toc", snippets])
    assert linked(site.html()) == ["550 5.7.1", "421 4.7.0"]


def test_an_unknown_code_is_left_alone():
    assert auto("SMTP error 599, 558 5.7.1.") == "<p>SMTP error 599, 558 5.7.1.</p>"


# --- fences --------------------------------------------------------------------------------------------------------------

LOG = """Text

```{info}
to=<a@example.org>, dsn=5.1.1, status=bounced (host mx said: 550 5.1.1 <a@example.org> & "unknown" (in reply to RCPT TO))
server said: 421 try later; took 250 ms
```

```
S: 220 mx.example.org ESMTP
C: EHLO me
S: 250-mx.example.org
S: 250 SIZE 250
```
"""
FOUND = ["5.1.1", "550 5.1.1", "421", "220", "250", "250"]


@pytest.mark.parametrize("info", ["", "log", "text", "console", "dos", "bat"])
@pytest.mark.parametrize(
    "extensions",
    [
        ["fenced_code"],
        ["fenced_code", "codehilite"],
        ["pymdownx.superfences"],
        ["pymdownx.superfences", "pymdownx.highlight"],
    ],
    ids="+".join,
)
def test_fences_show_tooltips_and_are_copied_as_they_were(info, extensions):
    text = LOG.replace("{info}", info)
    html = auto(text, *extensions, mode="off", autolink_fences=True)
    assert linked(html) == FOUND
    plain = convert(text, *extensions)
    assert [pre.get_text() for pre in soup(html)("pre")] == [pre.get_text() for pre in soup(plain)("pre")]
    assert auto(text, *extensions) == plain


@pytest.mark.parametrize("inline", [{}, {"style_plain_text": True}, {"style_plain_text": "text"}], ids=str)
@pytest.mark.parametrize("fenced", [{}, {"use_pygments": False}, {"pygments_lang_class": True}], ids=str)
@needs("pymdownx")
def test_inline_code_of_a_highlighter_is_read_and_shows_what_it_showed(inline, fenced):
    import markdown

    text = (
        'Mail: the `553 5.7.1 Sender address rejected: not owned by user` error, `#!console 550 5.1.1 <a> & "b"`, version '
        "`2.3.19` and [`450 4.7.1`](https://example.org), `#!python f(x)`"
    )
    names = ["pymdownx.highlight", "pymdownx.inlinehilite"]
    configs = {"pymdownx.highlight": fenced, "pymdownx.inlinehilite": inline}
    made = markdown.markdown(
        text, extensions=[*names, "smtpcodes"], extension_configs={**configs, "smtpcodes": {"autolink": "code"}}
    )
    plain = soup(markdown.markdown(text, extensions=names, extension_configs=configs))
    assert linked(made) == ["553 5.7.1", "550 5.1.1"]
    shown = soup(made)
    assert [code.get("class") for code in shown.select("p > code")] == [
        code.get("class") for code in plain.select("p > code")
    ]
    for tip in shown.select("[role=tooltip]"):
        tip.decompose()
    assert [code.get_text() for code in shown("code")] == [code.get_text() for code in plain("code")]


def test_indented_code_is_read():
    html = auto("Text\n\n    550 5.7.1 no & <no>\n", autolink_fences=True)
    assert linked(html) == ["550 5.7.1"]
    assert "no & <no>" in soup(html)("pre")[0].get_text()


PROGRAM = 'print("550 5.1.1 User unknown")\n# said: 552 5.6.0 <too> & big\nreject(451, 5.7.1)\n'


@pytest.mark.parametrize("info", ["python", "{ .lua title='a' }", "{.php hl_lines=1}", " go linenums='1'", "js"])
@pytest.mark.parametrize("around", ["", "    ", "> "], ids=["page", "item", "quote"])
@pytest.mark.parametrize("fenced", ["pymdownx.superfences", "fenced_code"])
def test_program_code_is_left_alone_whatever_it_says(info, around, fenced):
    if fenced == "fenced_code" and around:
        pytest.skip("it knows fences of the page alone")
    lines = [f"```{info}", *PROGRAM.splitlines(), "```", "", "```console", "550 5.7.1 no", "```"]
    text = "- Mail\n\n" + "\n".join(f"{around}{line}" for line in lines) + "\n"
    assert linked(auto(text, fenced, "attr_list", mode="off", autolink_fences=True)) == ["550 5.7.1"]


def test_a_code_over_several_elements_of_a_highlighter_is_one():
    html = auto("Text\n\n```ini\nx = 550 5.7.1\n```\n", "pymdownx.superfences", mode="off", autolink_fences=True)
    assert linked(html) == ["550 5.7.1"]


def test_a_diagram_is_left_alone():
    fences = {"custom_fences": [{"name": "mermaid", "class": "mermaid"}]}
    import markdown

    text = "```mermaid\nS->>C: 550 5.7.1 no\n```\n"
    options = {"smtpcodes": {"autolink_fences": True}, "pymdownx.superfences": fences}
    html = markdown.markdown(text, extensions=["smtpcodes", "pymdownx.superfences"], extension_configs=options)
    assert linked(html) == []


# --- sites ---------------------------------------------------------------------------------------------------------------

PAGES = {
    "index.md": "# Home\n\n## Reply 550 5.7.1\n\nSMTP says `550 5.7.1`; the reply 421 comes later, port 550 never.\n",
    "off.md": "---\nsmtp:\n  autolink: off\n---\n\nSMTP says `550 5.7.1`.\n",
    "code.md": "---\nsmtp: {autolink: code, bare: true}\n---\n\n`452`, and 451 5.7.1 or 451 4.7.1.\n",
    "wrong.md": "---\ntitle: T\nsmtp:\n  autolink: txt\n  barre: true\n---\n\nSMTP says `421 4.7.0`.\n",
    "plain.md": "# Plain\n\nNothing here but 100 words.\n",
}


@pytest.fixture
def site(build_site):
    return build_site(PAGES, plugin={"autolink": "text", "reference": "used"})


def test_a_site_links_its_codes_to_the_reference_that_they_ask_for(site):
    home = site.soup()
    codes = home.select("a.smtp-ref")
    assert [code.get_text() for code in codes] == ["550 5.7.1", "421"]
    assert [code["href"] for code in codes] == ["smtp/550-5.7.1/#smtp-550-5-7-1", "smtp/421/#smtp-421"]
    assert home.find("h2")["id"] == "reply-550-571"
    assert "smtpcodes.css" in site.html()
    # What the front matter of a page says holds for it; a value that is unknown says nothing.
    assert linked(site.html("off/index.html")) == []
    assert linked(site.html("code/index.html")) == ["452"]
    assert linked(site.html("wrong/index.html")) == ["421 4.7.0"]
    assert "smtpcodes.css" not in site.html("plain/index.html")
    assert "smtpcodes.css" not in site.html("off/index.html")
    assert site.warnings == [
        "docs/wrong.md:4: smtp: autolink: 'txt' is unknown; did you mean text? It takes off, code or text",
        "docs/wrong.md:5: smtp: barre is not an option; did you mean bare? It takes autolink, autolink_fences or bare",
    ]


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ({"autolink": "texts"}, "autolink: 'texts' is unknown; did you mean text? It takes off, code or text"),
        ({"autolink": True}, "autolink: on, yes and true are no values of it; it takes off, code or text"),
        ({"bare": "maybe"}, "bare: 'maybe' does not fit; it takes true or false"),
    ],
)
def test_a_value_that_is_unknown_has_one_message_with_its_line(build_site, option, message):
    site = build_site({"index.md": "SMTP 550 5.7.1\n"}, plugin=option)
    (warning,) = site.warnings
    place, _, rest = warning.partition(": ")
    assert rest == message
    assert place.startswith("mkdocs.yml:")
    assert linked(site.html()) == []
    with pytest.raises(ValueError, match=next(iter(option))):
        convert("", on_error="raise", **option)


@pytest.mark.parametrize("yes", [True, "yes", "on", "true"])
def test_what_one_yaml_reads_as_true_and_another_as_a_text_is_the_same_in_front_matter(yes):
    meta = {"smtp": {"autolink": "text", "bare": yes, "autolink_fences": yes}}
    assert autolink_wishes.wish({}, meta) == ("text", True, True)
    assert list(autolink_wishes.in_meta(meta)) == []
    off = {"smtp": {"autolink": "no", "bare": "no"}}
    assert autolink_wishes.wish({"autolink": "text"}, off) is None and list(autolink_wishes.in_meta(off)) == []
    wrong = {"smtp": {"autolink": "yes", "bare": "maybe"}}
    assert len(list(autolink_wishes.in_meta(wrong))) == 2


def test_yaml_reads_off_as_false(build_site):
    site = build_site({"index.md": "SMTP 550 5.7.1\n"}, plugin={"autolink": False})
    assert site.warnings == [] and linked(site.html()) == []


@needs("material")
def test_material_with_its_glossary_and_copied_code(build_site):
    page = "# P\n\nAn SMTP error 550.\n\n``` text\nhost said: 550 5.1.1 no\n```\n\n*[SMTP]: Mail\n"
    extensions = ["abbr", "attr_list", "toc", "pymdownx.superfences", {"pymdownx.highlight": {"anchor_linenums": True}}]
    theme = {"name": "material", "features": ["content.tooltips", "content.code.copy"]}
    options = {"autolink": "text", "autolink_fences": True}
    site = build_site({"index.md": page}, theme=theme, plugin=options, markdown_extensions=extensions)
    assert site.warnings == []
    assert linked(site.html()) == ["550", "550 5.1.1"]
    assert "550 5.1.1" in next(entry["text"] for entry in site.search() if "host said" in entry["text"])


# --- cost ----------------------------------------------------------------------------------------------------------------


def test_a_page_without_codes_pays_a_look_and_one_with_codes_little():
    import markdown

    def seconds(text, **options):
        best = 9.0
        for _ in range(6):
            md = markdown.Markdown(extensions=["smtpcodes"], extension_configs={"smtpcodes": options})
            # CPU time, the best of some tries: the machine may be busy.
            start = time.process_time()
            md.convert(text)
            best = min(best, time.process_time() - start)
        return best

    plain = "Some *words* about `mail` and [links](a.md), none of them a number.\n\n" * 400
    assert seconds(plain, autolink="text") < seconds(plain) * 1.5 + 0.01
    crowd = "A line with 550 words, 5.7.1 and 250 of `450 things` at port 587.\n\n" * 400
    assert seconds(crowd, autolink="text") < seconds(crowd) * 12 + 0.1


def test_every_scan_is_linear():
    for text in (
        "550 " * 2000,
        "5.7.1," * 2000,
        "SMTP error " * 2000 + "550",
        "`550" * 2000,
        "\n" * 5000 + "550 5.7.1",
    ):
        start = time.process_time()
        list(mentions.find(text, MAIL))
        assert time.process_time() - start < 2, text[:20]


def test_the_check_names_the_same_mistakes(tmp_path, monkeypatch):
    from click.testing import CliRunner

    from mkdocs_smtpcodes.cli import main

    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.md").write_text(PAGES["wrong.md"], encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("plugins:\n  - smtpcodes:\n      autolink: al\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["check"])
    assert done.exit_code == 1
    assert "mkdocs.yml:3: autolink: 'al' is unknown; it takes off, code or text" in done.output
    assert "docs/a.md:4: smtp: autolink: 'txt' is unknown; did you mean text?" in done.output
    assert "docs/a.md:5: smtp: barre is not an option; did you mean bare?" in done.output
