"""The box in a real browser: the same rules as in Python, at once, without a request, and never any markup."""

from __future__ import annotations

# Replies stand as they are sent.
# ruff: noqa: E501
import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from mkdocs_smtpcodes import explain, load_dataset
from mkdocs_smtpcodes.recognition.browser import browser_rules

from ..recognition.test_forms import EXIM, POSTFIX, QMAIL, REPORT
from .conftest import CHROMIUM

pytest.importorskip("playwright.sync_api")
pytestmark = [pytest.mark.skipif(CHROMIUM is None, reason="no Chromium"), pytest.mark.xdist_group("lookup")]

ROOT = Path(__file__).parent.parent.parent
CASES = json.loads((ROOT / "tests" / "recognition" / "cases.json").read_text(encoding="utf-8"))
#: Composed from vendors' pages and server sources, as somebody would paste them.
BOUNCES = [
    ("host gmail-smtp-in.l.google.com[142.250.27.26] said: 550-5.1.1 The email account that you tried to reach does not exist. "
     "Please try 550-5.1.1 double-checking the recipient's email address for typos (in reply to RCPT TO command)", "user-unknown"),
    ("550-5.7.26 Unauthenticated email from example.com is not accepted due to domain's\n550 5.7.26 DMARC policy. - gsmtp", "dmarc"),
    ("452-4.2.2 The recipient's inbox is out of storage space. Please direct the\n452 4.2.2 recipient to a help page - gsmtp", "mailbox-full"),
    ("421 4.7.29 Your email has been rate limited because this message wasn't sent over a TLS connection. - gsmtp", "encryption-required"),
    ("550 5.4.1 Recipient address rejected: Access denied. [DB5EUR01FT010.eop-eur01.prod.protection.outlook.com]", "user-unknown"),
    ("550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient jane@example.org not found by SMTP address lookup", "user-unknown"),
    ("550 5.1.8 Access denied, bad outbound sender AS(42003)", "account-blocked"),
    ("550 5.7.1 Service unavailable, MailFrom domain is listed in Spamhaus.", "blocklisted"),
    ("554 5.7.1 <user@example.net>: Relay access denied", "relay-denied"),
    ("450 4.7.1 Client host rejected: cannot find your reverse hostname, [192.0.2.7]", "reverse-dns"),
    ("554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org", "blocklisted"),
    ("550 5.1.1 <user@example.org>: Recipient address rejected: User unknown in virtual mailbox table", "user-unknown"),
    ("504 5.5.2 <localhost>: Helo command rejected: need fully-qualified hostname", "hello-name"),
    ("552 5.3.4 Message size exceeds fixed limit", "message-too-large"),
    ("450 4.2.0 <user@example.org>: Recipient address rejected: Greylisted, see http://postgrey.schweikert.ch/help/example.org.html", "greylisted"),
    ("550 relay not permitted", "relay-denied"),
    ("535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6", "login-failed"),
    ("530 5.7.0 Must issue a STARTTLS command first", "encryption-required"),
    ("552 5.2.2 <user@example.org> Quota exceeded (mailbox for user is full)", "mailbox-full"),
    ("554 5.4.0 Error: too many hops", "loop"),
]  # fmt: skip
CONFIG = """\
site_name: Box
theme: {name: mkdocs, highlightjs: false}
use_directory_urls: false
plugins: [{smtpcodes: {reference: used}}]
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lookup")
    (folder / "docs" / "deep").mkdir(parents=True)
    (folder / "docs" / "index.md").write_text("# Box\n\n<< smtp_lookup() >>\n", encoding="utf-8")
    (folder / "docs" / "deep" / "tr.md").write_text("# Kutu\n\n<< smtp_lookup(lang=tr) >>\n", encoding="utf-8")
    (folder / "docs" / "plain.md").write_text("# Plain\n\n<< smtp_code(550) >>\n", encoding="utf-8")
    (folder / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"], cwd=folder, check=True)
    return folder / "site"


@pytest.fixture
def page(browser, site):
    page = browser.new_page()
    page.goto((site / "index.html").as_uri())
    page.wait_for_selector("textarea:visible")
    yield page
    page.close()


def paste(page, text):
    page.locator("textarea").fill(text)
    return page.evaluate(
        "(() => { const {code, reason, certainty, sender} = document.querySelector('.smtp-lookup .smtp-answer').dataset;"
        " return {code, reason, certainty, sender}; })()"
    )


def test_twenty_bounces_get_the_right_reason(page):
    told = [(paste(page, text)["reason"], reason) for text, reason in BOUNCES]
    assert sum(one == other for one, other in told) >= 18, told
    assert not [pair for pair in told if pair[0] not in {pair[1], ""}]


def test_both_languages_say_the_same_of_every_case(page):
    dataset = load_dataset()
    told = page.evaluate(
        "([texts, rules]) => texts.map(text => smtpLookup.recognise(text, rules)[0])",
        [[case["input"] for case in CASES], browser_rules(dataset.rules)],
    )
    fields = ("code", "text", "reason", "certainty", "sender")
    for case, one in zip(CASES, told, strict=True):
        other = explain(case["input"], dataset)
        assert {name: one[name] for name in fields} == {name: getattr(other, name) for name in fields}, case["input"]


def test_both_languages_say_the_same_of_every_recipient(page):
    texts = [POSTFIX, POSTFIX.replace("\n", " "), QMAIL, EXIM, REPORT]
    dataset = load_dataset()
    told = page.evaluate(
        "([texts, rules]) => texts.map(text => smtpLookup.recognise(text, rules))",
        [texts, browser_rules(dataset.rules)],
    )
    for text, found in zip(texts, told, strict=True):
        first = explain(text, dataset)
        assert [(one["code"], one["reason"], one["text"]) for one in found] == [
            (one.code, one.reason, one.text) for one in (first, *first.others)
        ]


def test_the_box_tells_every_recipient_and_one_verdict_of_what_was_given_up(page):
    paste(page, POSTFIX)
    lines = [" ".join(line.split()) for line in page.locator(".smtp-answer li").all_inner_texts()]
    assert lines == [
        "two@example.org 552 5.2.2 Refused for good Mailbox full",
        "one@example.org 451 4.7.1 Refused for now Greylisting",
    ]
    paste(
        page,
        "Final-Recipient: rfc822; a@example.org\nAction: failed\nStatus: 4.2.2\nDiagnostic-Code: smtp; 452 4.2.2 Mailbox full",
    )
    told = " ".join(page.locator(".smtp-answer").inner_text().split())
    assert "452 4.2.2 Given up Mailbox full" in told
    assert "What next? Tell the recipient" in told
    assert page.locator(".smtp-answer li").count() == 0


def test_the_code_in_the_box_is_that_of_a_fence(page):
    paste(page, "550 5.1.1 User unknown")
    assert page.locator(".smtp-answer b.smtp-tag > a.smtp-link, .smtp-answer b.smtp-tag:not(:has(a))").count() == 1
    assert page.locator(".smtp-answer a > .smtp-tag").count() == 0


def test_no_request_is_made_while_or_after_typing(page):
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    paste(page, BOUNCES[1][0])
    page.wait_for_timeout(300)
    assert requests == []


def test_the_answer_stands_at_once_and_says_final_who_and_what_next(page):
    spent = page.evaluate(
        "text => { const area = document.querySelector('textarea'); area.value = text; const start = performance.now();"
        " area.dispatchEvent(new Event('input')); return performance.now() - start; }",
        BOUNCES[1][0],
    )
    assert page.locator(".smtp-answer .smtp-line").count() == 3
    assert page.locator(".smtp-answer").get_attribute("aria-live") == "polite"
    assert (
        page.locator(".smtp-answer strong a")
        .get_attribute("href")
        .endswith("smtp/reasons/dmarc.html#smtp-reason-dmarc")
    )
    assert spent < 1000, "a hundred on a machine that does nothing else"


@pytest.mark.parametrize(
    ("text", "says", "links"),
    [
        # A code alone, with the entry that the site has of it.
        ("550", ["550 Refused for good", "Mailbox unavailable", "Is it final? Yes", "Only the code is recognised"], 2),
        # One of no list: its class is known all the same.
        ("5.7.498", ["Refused for good", "Is it final? Yes", "Neither the code nor the words"], 0),
        ("499 zxcvb", ["Refused for now", "Is it final? No"], 0),
        ("zxcvb", ["No SMTP reply was found"], 0),
        # A notice that the message is late.
        ("It will be retried until it is 5 day(s) old.", ["Is it final? No", "do not send the message again"], 0),
        ("400 4.4.7 Message delayed", ["400 4.4.7", "Is it final? No", "do not send the message again"], 0),
        ("450 4.2.2 Mailbox full, will be retried until Friday", ["Mailbox full", "do not send the message again"], 1),
        (
            "550 5.4.317 Message expired, cannot connect to remote server",
            ["Connection failed", "has given up trying"],
            2,
        ),
        # One of a single service, where the reason would be too general.
        ("550 5.7.703", ["Your own organisation has a recipient of this message"], 2),
    ],
)
def test_of_a_code_that_tells_no_reason_is_said_what_is_known(page, text, says, links):
    paste(page, text)
    told = " ".join(page.locator(".smtp-answer").inner_text().split())
    assert [piece for piece in says if piece not in told] == [], told
    assert page.locator(".smtp-answer a").count() == links
    if text == "550":
        assert page.locator(".smtp-answer a").first.get_attribute("href").endswith("/plain.html#smtp-550")


@pytest.mark.parametrize(
    "text", ["550 5.7.1 <img src=x onerror=alert(1)> <script>alert(1)</script>", "550 `<b>x</b>` said: <<", ""]
)
def test_no_text_becomes_markup(page, text):
    paste(page, text)
    assert page.locator(".smtp-answer :is(img, script:not([src]))").count() == 0
    assert page.locator(".smtp-answer").is_hidden() == (text == "")


def test_a_megabyte_does_not_freeze_the_page(page):
    text = "Lorem 550 ipsum said: nothing of note 5.7.1\n" * 24_000
    page.locator("textarea").evaluate(
        "(area, text) => { area.value = text; area.dispatchEvent(new Event('input')); }", text
    )
    assert paste(page, BOUNCES[8][0])["reason"] == "relay-denied"


def test_a_page_in_a_folder_answers_in_its_language_and_a_page_without_the_box_loads_nothing(browser, site):
    page = browser.new_page()
    page.goto((site / "deep" / "tr.html").as_uri())
    page.wait_for_selector("textarea:visible")
    assert paste(page, BOUNCES[8][0])["reason"] == "relay-denied"
    words = load_dataset().words("tr")
    assert words.label("next") in page.locator(".smtp-answer").inner_text()
    page.goto((site / "plain.html").as_uri())
    assert "smtplookup" not in page.content()
    page.close()


def test_without_a_script_the_box_is_a_list_of_the_reasons_with_links(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    assert page.locator("textarea").is_hidden()
    assert page.locator(".smtp-reasons li").count() == len(load_dataset().reasons)
    assert page.locator(".smtp-reasons li > b > a[href*='#smtp-reason-']").count() > 40
    context.close()


def test_script_and_data_are_small(site):
    assert len(gzip.compress((site / "assets" / "smtplookup.js").read_bytes(), 9)) <= 8 * 1024
    for data in (site / "assets").glob("smtplookup.*.js"):
        assert len(gzip.compress(data.read_bytes(), 9)) <= 60_000, data.name
