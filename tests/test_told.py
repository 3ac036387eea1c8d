"""What is written of single replies of a sender, and whom its readers are told to ask."""

import re

import pytest

from mkdocs_smtpcodes import load_dataset
from mkdocs_smtpcodes.dataset import cases
from mkdocs_smtpcodes.recognition.folding import fold
from mkdocs_smtpcodes.rendering.explaining import explained
from mkdocs_smtpcodes.rendering.replies import Replies
from mkdocs_smtpcodes.rendering.speaker import Speaker

from .conftest import convert, soup

DATASET = load_dataset()
ENGLISH = DATASET.words("en")
SPEAKER = Speaker(DATASET, ENGLISH)
ROWS = [row for rows in DATASET.replies.values() for row in rows if row.told]


def told(reply):
    """Everything that an explained reply says, one text after the other."""
    found = explained(reply, SPEAKER, None)
    return found, " ".join(
        [found.answer["final"], str(found.answer["acts"]), found.answer["next"].text]
        + [found.reason[part].text for part in ("summary", "received", "sending")]
    )


def test_every_row_that_has_words_of_its_own_finds_them_and_none_is_without_a_row():
    assert {(row.sender, row.told) for row in ROWS} == {
        (sender, key) for sender, keys in ENGLISH.tree("told").items() for key in keys
    }


@pytest.mark.parametrize("lang", DATASET.languages)
def test_words_of_a_single_reply_are_as_short_as_those_of_a_code(lang):
    for sender, keys in DATASET.words(lang).tree("told").items():
        for key, texts in keys.items():
            assert len(texts.get("summary", "")) < 160 and "`" not in texts.get("summary", ""), (sender, key)
            assert lang != "en" or len(texts.get("next", "").split()) <= 25, (sender, key)


@pytest.mark.parametrize(
    ("reply", "says", "never"),
    [
        ("451 4.7.500 Server busy. Please try again later from [192.0.2.1]. (S77714) "
         "[AM6EUR05FT012.eop-eur05.prod.protection.outlook.com]", "few days", "until the cause|seldom helps"),
        ("554 Message rejected: Email address is not verified. The following identities failed the check in region "
         "EU-WEST-1: bob@example.org", "region", "Gmail|Exchange|log in with"),
        ("554 Access denied: User `arn:aws:iam::123456789012:user/x' is not authorized to perform `ses:SendRawEmail'",
         "IAM policy", "Gmail|Exchange"),
        ("554 IP=192.0.2.1 - A problem occurred. (Ask your postmaster for help or to contact tosa@rx.t-online.de)",
         "§4.1", "Google|SNDS"),
        ("550 Rejected by header based Anti-Spoofing policy: bob@example.org", "recipient's administrator", "which rule"),
        ("550 5.7.520 Access denied, Your organization does not allow external forwarding. AS(7555)", "forwarding",
         "which rule"),
        ("554 5.7.1 [HM08] Message rejected due to local policy. Please visit https://support.apple.com/en-us/HT204137",
         "icloudadmin@apple.com", "`postmaster`"),
        ("550 5.7.515 Access denied, sending domain example.org does not meet the required authentication level. Spf= Fail , "
         "Dkim= Pass , DMARC= Fail [DB5EUR01FT056.eop-EUR01.prod.protection.outlook.com]", "is for another domain", "Gmail"),
        ("535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.", "OAuth",
         "application password|Gmail"),
        ("550 5.7.30 Basic authentication is not supported for Client Submission.", "OAuth", "application password|AUTH"),
        ("Nov 29 05:12:01 mx1 postfix/smtpd[1234]: warning: unknown[192.0.2.9]: SASL LOGIN authentication failed: "
         "UGFzc3dvcmQ6", "fail2ban", "web page"),
        ("host mx-ha.web.de[192.0.2.4] said: 550 Requested action not taken: mailbox unavailable", "letter by letter",
         "Exchange|SRS0|SES"),
        ("host mx-aol.mail.gm0.yahoodns.net[192.0.2.8] said: 554 5.7.9 Message not accepted for policy reasons.", "Yahoo",
         "Gmail|Outlook|5[.]7[.]520"),
        ("421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to unexpected volume or user complaints",
         "Sender Hub", "Gmail|SNDS|5[.]7[.]708"),
        ("535-5.7.8 Username and Password not accepted. For more information, go to\n"
         "535 5.7.8  https://support.google.com/mail/?p=BadCredentials - gsmtp", "application password", "454|fail2ban|SES"),
        ("554 5.2.2 mailbox full; STOREDRV.Submission.Exception:QuotaExceededException.MapiExceptionShutoffQuotaExceeded",
         "your own mailbox", "Tell the recipient"),
        ("554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException.MapiExceptionShutoffQuotaExceeded",
         "Tell the recipient", "your own mailbox|4xx"),
        # A case of the advice is told only of a reply that it can be of.
        ("550 5.1.1 Benutzer unbekannt", "Outlook filled", "4xx|Unrouteable|Exchange Online reports|SES"),
        ("450 4.1.1 no such user", "4xx", "Unrouteable|Exchange Online reports|SES"),
        ("450 4.2.2 mailbox full", "After a 4xx", "After a 5xx"),
        ("552 5.2.2 mailbox full", "After a 5xx", "After a 4xx"),
        ("535 5.7.8 Error: authentication failed", "new password", "454 4[.]7[.]0`, no password|own server"),
        ("454 4.7.0 Temporary authentication failure", "no password was judged", "own server"),
        ("2026-11-29 08:01:02 login authenticator failed for (User) [192.0.2.9]: 535 Incorrect authentication data",
         "own server", "454 4[.]7[.]0`, no password"),
        ("421 4.4.2 mx.example.org Error: timeout exceeded", "sent nothing for too long", "IPv6: |@|did not answer"),
        ("421 4.4.1 mx.example.org Lost input channel from unknown [192.0.2.9]", "scanners", "did not answer|spelling"),
        ("421 4.4.2 mx.example.org idle timeout", "sent nothing for too long", "did not answer"),
        ("421 4.4.2 connection timed out", "did not answer", "scanners"),
        ("550 5.3.2 Service currently unavailable", "operator's own", "blocklists, reverse DNS"),
        ("501 5.7.11 Syntax error (no parameters allowed)", "without anything after it", "delivery receipt"),
        ("dsn=4.4.2, status=deferred (lost connection with mx.example.org[192.0.2.1] while sending end of data)",
         "MTU", "IPv6: "),
        ("postfix/smtpd[9]: lost connection after AUTH from unknown[192.0.2.9]", "scanners", "queued|your provider"),
        ("postfix/smtpd[9]: timeout after DATA (1234 bytes) from mx.example.net[192.0.2.9]", "too slowly",
         "queued|your provider"),
        ("connect to mx.example.org[2001:db8::1]:25: Network is unreachable", "IPv6: ", "too long"),
        ("550 5.7.1 rejected: SPF permerror in the record", "ten terms", "SERVFAIL"),
        ("postfix/smtps/smtpd[9]: SSL_accept error from unknown[192.0.2.9]: -1", "single lines", "tell the operator"),
        ("postfix/smtpd[9]: warning: TLS library problem: error:0A00010B:SSL routines::wrong version number", "single lines",
         "tell the operator"),
        ("2026-11-29 09:00:01 TLS error on connection from (win) [192.0.2.9] (SSL_accept): error", "single lines",
         "tell the operator"),
        ("2026-11-29 09:00:01 SMTP command timeout on TLS connection from (win) [192.0.2.9]", "single lines", "tries again by"
         " itself. The sending"),
        ("STARTTLS=server, error: accept failed=-1, reason=unknown protocol, relay=[192.0.2.9]", "single lines",
         "tell the operator"),
        ("STARTTLS=client, error: connect failed=-1, reason=certificate verify failed, SSL_error=1", "tell the operator",
         "single lines"),
        ("dsn=4.7.5, status=deferred (Cannot start TLS: handshake failure)", "tell the operator", "single lines"),
        ("SASL authentication failed; cannot authenticate to server mx.example.org[192.0.2.9]: no mechanism available",
         "noanonymous", "hint in the text"),
        ("454 4.7.0 Too many login attempts, please try again later. - gsmtp", "Stop every program", "Log in on the"),
        ("dsn=4.7.8, status=deferred (SASL authentication failed; server mx.example.org[192.0.2.9] said: 535 5.7.8 Error: no)",
         "No, but", "Yes, until|4xx|receiving operator"),
        ("dsn=5.7.8, status=bounced (SASL authentication failed; server mx.example.org[192.0.2.9] said: 535 5.7.8 Error: no)",
         "Yes, until", "No, but|4xx"),
        ("Action: failed\nStatus: 4.2.2\nDiagnostic-Code: smtp; 452 4.2.2 Mailbox full", "given up", "4xx|queue for some"),
        ("550 5.5.3 RESOLVER.ADR.RecipLimit; too many recipients", "only a changed message", "for this attempt"),
        ("450 4.7.5 Server certificate not trusted", "names and dates", "_25|mta-sts|REQUIRETLS|unsupported protocol"),
    ],
)  # fmt: skip
def test_a_reply_has_the_remedy_of_its_own_sender(reply, says, never):
    _, text = told(reply)
    assert says in text
    assert not re.search(never, text), text


@pytest.mark.parametrize("sender", [key for key, texts in ENGLISH.tree("senders").items() if "contact" in texts])
def test_whom_to_ask_stands_at_the_head_of_a_sender(sender):
    page = soup(convert(f"<< smtp_replies({sender}) >>")).get_text(" ")
    plain = re.sub(r"\[(.*?)\]\(.*?\)", r"\1", Replies(SPEAKER).head(sender, "contact").text).replace("`", "")
    assert plain.replace(" ", "") in "".join(page.split())


def test_the_paragraph_for_everybody_names_no_service():
    services = Replies(SPEAKER).services
    for reason in DATASET.reasons:
        first = Replies(SPEAKER).rest(reason).text.split("\n\n")[0]
        assert not [name for name in services if name in first], reason


CODES = {
    "5.7.509": "Gmail",
    "451 4.7.500": "SNDS|Sender Hub|5[.]7[.]708",
    "5.7.515": "Gmail|Yahoo",
    "5.7.505": "SES|4xx",
}


@pytest.mark.parametrize(("code", "others"), CODES.items())
def test_an_entry_of_one_service_tells_no_cases_of_others(code, others):
    assert not re.search(others, DATASET.entry(DATASET.code(code), "en").fix_received.text)


def test_a_code_alone_keeps_the_cases_that_words_would_decide():
    assert "Unrouteable" in told("550 5.1.1")[1]


@pytest.mark.parametrize(
    ("code", "part", "holds"),
    [
        ("5.7.620", "`5.7.606` to `5.7.649`", True),
        ("5.7.605", "`5.7.606` to `5.7.649`", False),
        ("5.7.649", "for `5.7.511`, and `5.7.606` to `5.7.649`", True),
        ("4.7.26", "Gmail (`5.7.26`)", True),
        ("5.1.1", "`127.0.0.10` and `5xx`", True),
        ("5.1.1", "After `432`", False),
    ],
)
def test_a_range_holds_the_codes_between_and_a_detail_holds_in_each_class(code, part, holds):
    assert bool(cases.that_hold(["", part], cases.Case("", code), {})[1:]) == holds


@pytest.mark.parametrize("lang", DATASET.languages)
def test_each_case_stands_in_a_paragraph_of_its_own_in_every_language(lang):
    found = set()
    for reason in DATASET.reasons:
        own, english = (
            words.get("reasons", reason, "received").text.strip().split("\n\n")
            for words in (DATASET.words(lang), ENGLISH)
        )
        for name in (*DATASET.cases, "4xx", "5xx"):
            named = [[name in part for part in parts] for parts in (own, english)]
            assert named[0] == named[1] or not any(named[0] + named[1]), (reason, name)
            found |= {name for part in own if name in part}
    assert found >= DATASET.cases.keys()


def test_the_words_that_show_a_case_are_folded():
    assert [word for words in DATASET.cases.values() for word in words if fold(word).strip() != word] == []


def test_the_replies_of_a_sender_begin_with_what_people_meet():
    first = soup(convert("<< smtp_replies(exchange-online) >>")).select_one(".smtp-group").get_text()
    assert first == ENGLISH.get("reasons", "user-unknown", "name").text


def test_what_was_seen_long_ago_shows_its_year_beside_the_text():
    rows = soup(convert("<< smtp_replies(yahoo) >>")).select("tbody tr:not(.smtp-group)")
    assert any("(2009)" in row.get_text() for row in rows)


def test_a_reply_without_words_on_record_says_what_its_code_means():
    rows = soup(convert("<< smtp_replies(exchange-online) >>")).select("tbody tr:not(.smtp-group)")
    assert any("5.7.511" in row.get_text() and "Banned sender" in row.get_text() for row in rows)
