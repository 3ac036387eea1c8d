"""What identifies somebody leaves a reply before it is published; what tells the cause stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_smtpcodes.recognition.redacting import Redactor

OUTLOOK = ("protection.outlook.com", "outlook.com")


def redact(text, keep=()):
    redactor = Redactor()
    redactor.learn(text)
    return redactor.redact(text, keep)


@pytest.mark.parametrize(
    ("text", "secrets"),
    [
        ("550 5.1.1 <jane.doe@contoso.com>: User jane.doe unknown", ["jane", "contoso"]),
        ("host mx7.contoso.com[40.107.22.10] said: 550 5.7.1 no", ["contoso", "40.107"]),
        ("relay=mx1.corp.de[2a00:1450:4013:c01::1a]:25, status=bounced", ["corp", "2a00", "1450"]),
        ("https://track.contoso.com/u?mail=jane.doe@contoso.com&ip=40.107.22.10", ["contoso", "jane", "40.107"]),
        ("Nov 24 postfix/smtp[1]: 4X2bQ1abcD: to=<bob@corp.de>", ["4X2bQ1abcD", "bob", "corp"]),
        ("250 OK id=1rYx2Z-0001Ab-3c Message-ID: <20240101.ABC123@mail.corp.de>", ["1rYx2Z", "ABC123", "corp"]),
        ("[40.107.22.10] listed, see 40-107-22-10.dynamic.isp.net", ["40.107", "40-107", "isp.net"]),
        ("450 4.2.0 Greylisted, see http://postgrey.schweikert.ch/help/acme-gmbh.de.html", ["acme"]),
        ("550 see https://portal.example.net/?mail=frau.meier%40kunde.de", ["meier", "kunde"]),
        ("504 5.5.2 <ANNAS-LAPTOP>: Helo command rejected; helo=<ANNAS-LAPTOP>", ["annas"]),
        ("EHLO ANNAS-LAPTOP", ["annas"]),
        ("535 5.7.8 KUNDE\\annal, uid=annal", ["kunde", "annal"]),
        ("Authentication required for frau_meier", ["meier"]),
        ("550 5.1.1 <john>: no such user", ["john"]),
        ("550 5.7.1 ticket 3f2504e0-4f89-11d3-9a0c-0305e82c3301", ["3f2504e0"]),
        ("553 5.7.1 <a@example.org>: Sender address rejected: not owned by user jsmith", ["jsmith"]),
        ("sasl_method=PLAIN, sasl_username=jsmith; jsmith again", ["jsmith"]),
        ("warning: SASL LOGIN authentication failed: sasl_username='unknown7'", ["unknown7"]),
        ("550 mailbox for user jane.doe, account jsmith is locked, login: 'bob.k'", ["jane", "jsmith", "bob"]),
        ("535 5.7.8 Error: authentication failed (set_id=locked)", ["set_id=locked"]),
        ("Empfänger <jörg@müller-bau.de> unbekannt", ["jörg", "müller"]),
    ],
)
def test_addresses_hosts_and_ids_become_examples(text, secrets):
    told = redact(text)
    assert not [secret for secret in secrets if secret.lower() in told.lower()], told


@pytest.mark.parametrize(
    "text",
    [
        "550 5.7.1 Service unavailable, TSS04 S3150 AS(4810) RP-001",
        "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
        "550 5.7.26 <user@example.org> host mx.example.com [192.0.2.7] [2001:db8::7]",
        "550 5.1.1 User unknown; user not found; Benutzer unbekannt; account suspended, Mailbox full: mailbox is over quota",
        "535 login authentication failed for the account; user has been disabled",
        "blocked using zen.spamhaus.org; https://www.spamhaus.org/query/",
        "see main.cf, mail.log and index.html, or https://www.spamhaus.org/query/index.html",
        "503 5.5.1 send HELO first; Helo command rejected; EHLO hostname; 354 End data with <CR><LF>.<CR><LF>",
        "550 5.7.1 <postmaster>: authentication required for relaying",
        "Postfix 3.5.7 on 2024-01-02 10:11:12 at port 587",
    ],
)
def test_codes_tags_lists_versions_and_reserved_examples_stay(text):
    assert redact(text) == text


def test_the_code_before_the_host_that_speaks_stays():
    assert redact("refused to talk to me: 554-mx7.contoso.com") == "refused to talk to me: 554-mx1.example.org"


def test_of_a_known_sender_only_its_own_domain_stays():
    told = redact("host contoso-com.mail.protection.outlook.com[40.107.22.10] said: 550", OUTLOOK)
    assert told == "host protection.outlook.com[192.0.2.1] said: 550"


def test_the_same_value_is_the_same_example_within_a_page():
    redactor = Redactor()
    first = redactor.redact("<a@one.org> <b@one.org> [8.8.8.8]")
    second = redactor.redact("<b@one.org> [8.8.8.8] [8.8.4.4]")
    assert first == "<user@example.org> <user2@example.org> [192.0.2.1]"
    assert second == "<user2@example.org> [192.0.2.1] [192.0.2.2]"


def test_a_host_of_a_domain_stays_a_host_of_that_domain():
    assert redact("<a@one.org> mx1.one.org other.net") == "<user@example.org> mx1.example.org example.com"


@given(st.text(max_size=300))
def test_no_text_raises(text):
    redact(text)


def test_a_megabyte_is_read_once():
    for piece in ("a.b", "@", "1.2.3.4 ", "a@b.cc ", "::", "-x", "http://a.bc/"):
        redact(piece * (300_000 // len(piece)))
