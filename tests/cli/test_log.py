"""`log`: which lines hold a refusal, in which direction it went, how it is counted, and what is told of whom."""

import gzip
import io
import json
import lzma
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from mkdocs_smtpcodes import load_dataset
from mkdocs_smtpcodes.cli import log as module
from mkdocs_smtpcodes.cli import main
from mkdocs_smtpcodes.logs import Direction, Tally, lines, opening, refusal, tallying
from mkdocs_smtpcodes.logs.blanking import Blanker
from mkdocs_smtpcodes.recognition import recognise

SENT, RECEIVED, OWN = Direction.SENT, Direction.RECEIVED, Direction.OWN
SYSLOG = "Nov 28 10:00:00 mail"
RELAYING = (
    "NOQUEUE: reject: RCPT from unknown[198.51.100.7]: 554 5.7.1 <jane@doe.example>: Relay access denied; "
    "from=<s@c.example> to=<jane@doe.example> proto=ESMTP helo=<x>"
)
EXIM = "2026-11-28 10:00:00"
ID = "1rAbCd-000000001AB-2xyz"

#: A line; direction, code, reason and sender of the refusal in it.
LINES = [
    # Postfix
    (f"{SYSLOG} postfix/smtp[1]: 4A: to=<x@y.example>, relay=mx.y.example[192.0.2.4]:25, delay=1.2, dsn=5.1.1, status=bounced "
     "(host mx.y.example[192.0.2.4] said: 550 5.1.1 <x@y.example>: Recipient address rejected: User unknown in virtual mailbox "
     "table (in reply to RCPT TO command))", RECEIVED, "550 5.1.1", "user-unknown", "postfix"),
    (f"{SYSLOG} postfix/smtp[1]: 4A: to=<x@gmail.com>, relay=gmail-smtp-in.l.google.com[192.0.2.4]:25, dsn=5.7.26, "
     "status=bounced "
     "(host gmail-smtp-in.l.google.com[192.0.2.4] said: 550-5.7.26 This mail has been blocked because the sender is "
     "unauthenticated. 550-5.7.26 Gmail requires all senders to authenticate. 550 5.7.26 a1-2 - gsmtp (in reply to end of DATA "
     "command))", RECEIVED, "550 5.7.26", "unauthenticated", "gmail"),
    (f"{SYSLOG} postfix/smtp[1]: 4A: host mx.y.example[192.0.2.4] said: 451 4.7.1 Greylisted, try later (in reply to RCPT TO "
     "command)", RECEIVED, "451 4.7.1", "greylisted", ""),
    (f"{SYSLOG} postfix/smtp[1]: 4A: host mta5.am0.yahoodns.net[192.0.2.4] refused to talk to me: 421 4.7.0 [TSS04] Messages "
     "from 192.0.2.9 temporarily deferred due to unexpected volume or user complaints", RECEIVED, "421 4.7.0", "reputation",
     "yahoo"),
    (f"{SYSLOG} postfix/lmtp[1]: 4A: to=<x@y.example>, relay=dovecot[private/dovecot-lmtp], dsn=4.2.2, status=deferred (host "
     "mail[private/dovecot-lmtp] said: 452 4.2.2 <x@y.example> Quota exceeded (mailbox for user is full) (in reply to end of "
     "DATA command))", RECEIVED, "452 4.2.2", "mailbox-full", "dovecot"),
    (f"{SYSLOG} postfix/smtp[1]: 4A: to=<x@y.example>, relay=none, dsn=4.4.1, status=deferred (connect to "
     "mx.y.example[192.0.2.4]:25: Connection timed out)", OWN, "4.4.1", "connection-failed", "postfix"),
    (f'{SYSLOG} postfix/local[1]: 4A: to=<x@y.example>, relay=local, dsn=5.1.1, status=bounced (unknown user: "x")',
     OWN, "5.1.1", "user-unknown", ""),
    (f"{SYSLOG} postfix/smtpd[1]: {RELAYING}", SENT, "554 5.7.1", "relay-denied", "postfix"),
    # The client is no one whose words these are.
    (f"{SYSLOG} postfix/smtpd[1]: NOQUEUE: reject: RCPT from mail.google.com[192.0.2.7]: 450 4.2.0 <x@y.example>: Recipient "
     "address rejected: Greylisted, see http://postgrey.schweikert.ch/help/y.example.html; from=<s@c.example>",
     SENT, "450 4.2.0", "greylisted", "postgrey"),
    (f"{SYSLOG} postfix/postscreen[1]: NOQUEUE: reject: RCPT from [192.0.2.7]:123: 550 5.7.1 Service unavailable; client "
     "[192.0.2.7] blocked using zen.spamhaus.org; from=<s@c.example>, to=<x@y.example>", SENT, "550 5.7.1", "blocklisted",
     "postfix"),
    # What a stranger writes into a header is no reply.
    (f"{SYSLOG} postfix/cleanup[1]: 4A: reject: header Subject: 550 5.1.1 User unknown from x.example[192.0.2.7]; "
     "from=<s@c.example> to=<x@y.example> proto=ESMTP helo=<x>: 5.7.1 message content rejected", SENT, "5.7.1", "spam",
     "postfix"),
    (f"{SYSLOG} postfix/cleanup[1]: 4A: milter-reject: END-OF-MESSAGE from x.example[192.0.2.7]: 5.7.1 Spam message rejected; "
     "from=<s@c.example>", SENT, "5.7.1", "spam", ""),
    (f"{SYSLOG} postfix/smtpd[1]: warning: unknown[192.0.2.1]: SASL LOGIN authentication failed: UGFzc3dvcmQ6", SENT,
     "535 5.7.8", "login-failed", "postfix"),
    (f"{SYSLOG} postfix/smtpd[1]: warning: unknown[192.0.2.1]: SASL PLAIN authentication failed: (reason unavailable), "
     "sasl_username=bob", SENT, "535 5.7.8", "login-failed", "postfix"),
    (f"{SYSLOG} postfix/smtpd[1]: warning: h[192.0.2.1]: SASL PLAIN authentication failed: Connection lost to authentication "
     "server", SENT, "454 4.7.0", "login-failed", ""),
    (f"{SYSLOG} postfix/qmgr[1]: 4A: from=<a@b.example>, status=expired, returned to sender", OWN, "", "expired", "postfix"),
    (f"{SYSLOG} postfix/qmgr[1]: 4A: from=<a@b.example>, status=force-expired, returned to sender", OWN, "", "expired",
     "postfix"),
    # Exim
    (f"{EXIM} {ID} ** u@r.example R=dnslookup T=remote_smtp H=mx.r.example [192.0.2.8] X=TLS1.3:A:256 CV=yes: SMTP error from "
     "remote mail server after RCPT TO:<u@r.example>: 550 5.1.1 <u@r.example>: Recipient address rejected: User unknown",
     RECEIVED, "550 5.1.1", "user-unknown", "postfix"),
    (f"{EXIM} 1rAbCd-0001AB-2x == u@gmail.com R=dnslookup T=remote_smtp defer (-46) H=gmail-smtp-in.l.google.com [192.0.2.8]: "
     "SMTP error from remote mail server after end of data: 421-4.7.28 Gmail has detected an unusual rate of unsolicited mail.",
     RECEIVED, "421 4.7.28", "reputation", "gmail"),
    (f"{EXIM} {ID} == u@r.example R=dnslookup T=remote_smtp defer (110): Connection timed out", OWN, "", "connection-failed", ""),
    (f"{EXIM} H=(helo) [192.0.2.9] F=<a@b.example> rejected RCPT <x@y.example>: relay not permitted", SENT, "550",
     "relay-denied", "exim"),
    (f"{EXIM} H=h.example [192.0.2.9] F=<a@b.example> temporarily rejected RCPT <x@y.example>: greylisted.", SENT, "451",
     "greylisted", ""),
    (f"{EXIM} login authenticator failed for (User) [192.0.2.9]: 535 Incorrect authentication data (set_id=root)", SENT, "535",
     "login-failed", "exim"),
    # Sendmail
    (f"{SYSLOG} sendmail[1]: 0AS1: to=<a@b.example>, delay=00:00:01, mailer=esmtp, relay=mx.b.example. [192.0.2.2], dsn=5.1.1, "
     "stat=User unknown", RECEIVED, "5.1.1", "user-unknown", "sendmail"),
    (f"{SYSLOG} sm-mta[1]: 0AS1: to=<a@b.example>, mailer=esmtp, relay=mx.b.example. [192.0.2.2], dsn=4.0.0, stat=Deferred: 451 "
     "4.7.1 Greylisted, try later", RECEIVED, "451 4.7.1", "greylisted", ""),
    (f"{SYSLOG} sm-mta[1]: 0AS1: to=<a@b.example>, mailer=esmtp, relay=mx.b.example., dsn=4.0.0, stat=Deferred: Connection "
     "refused by mx.b.example.", OWN, "4.0.0", "connection-failed", ""),
    (f"{SYSLOG} sm-mta[1]: 0AS1: to=bob, delay=00:00:01, mailer=local, pri=30000, dsn=5.1.1, stat=User unknown", OWN, "5.1.1",
     "user-unknown", "sendmail"),
    (f"{SYSLOG} sm-mta[1]: 0AS1: ruleset=check_rcpt, arg1=<a@b.example>, relay=h.example [192.0.2.1], reject=550 5.7.1 "
     "<a@b.example>... Relaying denied", SENT, "550 5.7.1", "relay-denied", ""),
    # OpenSMTPD
    (f'{SYSLOG} smtpd[1]: 3a mta delivery evpid=1 from=<a@b.example> to=<x@y.example> rcpt=<-> source="192.0.2.1" '
     'relay="192.0.2.2 (mx.y.example)" delay=1s result="PermFail" stat="550 5.1.1 <x@y.example>: Recipient address rejected: '
     'User unknown"', RECEIVED, "550 5.1.1", "user-unknown", "postfix"),
    (f'{SYSLOG} smtpd[1]: 3a mta delivery evpid=1 from=<a@b.example> to=<x@y.example> source="-" relay="y.example" delay=1s '
     'result="TempFail" stat="Network error on destination MXs"', OWN, "", "connection-failed", "opensmtpd"),
    (f'{SYSLOG} smtpd[1]: 3a smtp failed-command command="RCPT TO:<x@y.example>" result="550 Invalid recipient: <x@y.example>"',
     SENT, "550", "user-unknown", ""),
    # The journal, as text it is like syslog; a container's log
    (json.dumps({"__CURSOR": "s=1", "MESSAGE": RELAYING, "SYSLOG_IDENTIFIER": "postfix/smtpd"}), SENT, "554 5.7.1",
     "relay-denied", "postfix"),
    (json.dumps({"MESSAGE": [*RELAYING.encode(), 0xFF]}, separators=(",", ":")), SENT, "554 5.7.1", "relay-denied", "postfix"),
    (json.dumps({"log": f"{SYSLOG} postfix/smtpd[1]: {RELAYING}\n", "stream": "stdout"}), SENT, "554 5.7.1", "relay-denied",
     "postfix"),
]  # fmt: skip
#: Lines that hold none.
NONE = [
    f"{SYSLOG} postfix/smtp[1]: 4A: to=<x@y.example>, relay=mx[192.0.2.4], dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 550A)",
    f"{SYSLOG} postfix/smtpd[1]: {RELAYING.replace('reject:', 'reject_warning:')}",
    f"{SYSLOG} postfix/smtp[1]: warning: SASL authentication failed; cannot authenticate to server mx.y.example: generic failure",
    f"{SYSLOG} dovecot: auth: authentication failed for bob",
    f"{SYSLOG} postfix/qmgr[1]: 4A: from=<a@b.example>, size=1, nrcpt=1 (queue active)",
    f"{EXIM} {ID} == u@r.example R=dnslookup T=remote_smtp defer (-53): retry time not reached for any host",
    f"{EXIM} {ID} => u@r.example R=dnslookup T=remote_smtp H=mx.r.example [192.0.2.8] C=\"250 2.0.0 Ok\"",
    f"{SYSLOG} sshd[1]: rejected == 550 nonsense ** here",
    f"{SYSLOG} nginx: GET /rejected 404 550",
    '{"MESSAGE":[1,2',
    "{" * 5000 + " rejected ",
    '{"MESSAGE":[null]} rejected',
    "\x00\xff rejected RCPT <",
    "",
]  # fmt: skip


@pytest.fixture(scope="module")
def rules():
    return load_dataset().rules


@pytest.mark.parametrize(("line", "direction", "code", "reason", "sender"), LINES)
def test_a_refusal_is_read_from_the_line_of_each_server(rules, line, direction, code, reason, sender):
    found = refusal(line.encode())
    assert found is not None
    told = recognise(found.text, rules)
    assert (found.direction, told.code, told.reason, told.sender) == (direction, code, reason, sender)


@pytest.mark.parametrize("line", NONE)
def test_what_is_no_refusal_is_passed_over(line):
    assert refusal(line.encode("utf-8", "surrogateescape")) is None


ODD = [
    "relay=a,dsn=", "reply=550 ", "reject=", "reject: 550 ", 'result="PermFail" ', 'relay="(', "failed-command ", "stat=",
    " rejected RCPT <", " rejected AAAA ", 'rejected connection in "', "rejected connection from ", "1rAbCd-0001AB-2x ** ",
    "SMTP error from remote mail server ", "host a said: ", "status=bounced (", "message repeated 3 times: [", "1:", "a.", "1.",
    "authenticator failed for ", "; from=<", "H=a [", "\\", '"', "4.1.1 ", ": ", "<",
]  # fmt: skip


@pytest.mark.parametrize("piece", ODD)
def test_no_line_that_a_stranger_writes_takes_long(rules, piece):
    blanker = Blanker(rules)
    for start in ("", "reject: ", "dsn=5.1.1, ", " rejected RCPT ", "pFail "):
        line = f"{start}{piece * 2000}"[:20_000].encode()
        begun = time.process_time()
        if found := refusal(line):
            blanker.key(found.text)
        assert time.process_time() - begun < 0.5


def test_what_is_remembered_of_one_text_is_true_of_all_with_the_same_key(rules):
    """The recognition says the same of the key as of the text, so that it says the same of all texts that share it."""
    blanker = Blanker(rules)
    cases = json.loads((Path(__file__).parents[1] / "recognition" / "cases.json").read_text(encoding="utf-8"))
    texts = [case["input"] for case in cases if "\n" not in case["input"].strip()]
    assert len(texts) > 300
    for text in [*texts, *(found.text for line, *_ in LINES if (found := refusal(line.encode())))]:
        told, of_key = recognise(text, rules), recognise(blanker.key(text), rules)
        assert (of_key.code, of_key.reason, of_key.sender) == (told.code, told.reason, told.sender), text


def test_texts_that_differ_in_people_and_hosts_have_the_same_key_and_services_and_tags_keep_them_apart(rules):
    key = Blanker(rules).key
    text = (
        "host mx{n}.y.example[192.0.2.{n}] said: 550 5.1.1 <u{n}@y.example>: No such user {n}{n}{n}{n} id=4ABC{n}DEF12"
    )
    assert key(text.format(n=1)) == key(text.format(n=2))
    assert key("host gmail-smtp-in.l.google.com[192.0.2.1] said: 550 No") != key(
        "host mx.y.example[192.0.2.1] said: 550 No"
    )
    assert key("550 5.7.1 blocked (S3140)") != key("550 5.7.1 blocked (S3150)")
    assert key("550 5.7.1 no") != key("550 5.7.2 no")


# --- the command -------------------------------------------------------------------------------------------------------

LOG = "\n".join(line for line, *_ in LINES[:12])


def told(call, *arguments, **options):
    done = call("log", *arguments, "--json", **options)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_the_table_has_reason_code_sender_number_and_direction_the_commonest_first(call, write):
    write({"mail.log": f"{LOG}\n" + f"{SYSLOG} postfix/smtpd[2]: {RELAYING}\n" * 2})
    done = call("log", "mail.log")
    head, first, *_ = done.stdout.splitlines()
    assert head.split() == ["times", "direction", "code", "reason", "whose", "words"]
    assert first.split() == ["3", "sent", "554", "5.7.1", "No", "relaying", "Postfix"]
    assert done.stdout.splitlines()[-1] == "14 refusals in 14 lines"
    assert "--site" in done.stderr
    assert call("log", "mail.log", "--top", "1").stdout.endswith("\n14 refusals in 14 lines; 11 more rows\n")
    turkish = load_dataset().words("tr").get("reasons", "relay-denied", "name").text
    assert turkish in call("log", "mail.log", "--lang", "tr").stdout


def test_nothing_personal_is_printed_unless_it_is_asked_for(call, write):
    write({"mail.log": "\n".join(line for line, *_ in LINES)})
    for arguments in ((), ("--json",)):
        output = call("log", "mail.log", *arguments).output
        assert "@" not in output
        assert "192.0.2" not in output and "y.example" not in output
    assert "<jane@doe.example>: Relay access denied" in call("log", "mail.log", "--show-text").stdout
    redacted = call("log", "mail.log", "--redact").stdout
    assert "Relay access denied" in redacted
    write({"real.log": f"{SYSLOG} postfix/smtpd[1]: " + RELAYING.replace("doe.example", "doe-family.net")})
    assert "doe-family" not in call("log", "real.log", "--redact").stdout
    assert "doe-family" in call("log", "real.log", "--show-text").stdout


def test_a_text_cannot_steer_the_terminal(call, write):
    write({"mail.log": f"{SYSLOG} postfix/smtpd[1]: " + RELAYING.replace("Relay", "\x1b[2J\x07Relay")})
    assert "\x1b" not in call("log", "mail.log", "--show-text").stdout


def test_a_line_that_syslog_repeats_counts_as_often_as_it_says(call, write):
    write({"mail.log": f"{SYSLOG} postfix/smtpd[1]: message repeated 3 times: [ {RELAYING}]\n"})
    assert told(call, "mail.log")["refusals"] == 3


@pytest.mark.parametrize("pack", [bytes, gzip.compress, lzma.compress])
def test_files_are_read_packed_or_not_and_from_the_standard_input(call, write, pack):
    data = pack(LOG.encode())
    write({"mail.log.1": data})
    assert told(call, "mail.log.1")["refusals"] == 12
    assert told(call, "-", input=data)["refusals"] == 12


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("absent", None, "No such file"),
        ("cut.gz", gzip.compress(LOG.encode())[:-20], "ended before"),
        ("folder/x", b"", ""),
    ],
)
def test_a_file_that_cannot_be_read_is_named_and_no_traceback(call, write, name, data, said):
    write({} if data is None else {name: data})
    done = call("log", name if said else "folder")
    assert done.exit_code == 2
    assert (name if said else "folder") in done.output and said in done.output


def test_a_log_without_refusals_and_one_without_lines(call, write):
    write({"empty": "", "good": "one\ntwo\n"})
    assert call("log", "good").stdout == "no refusal in 2 lines\n"
    assert told(call, "empty") == {"format": 1, "lines": 0, "refusals": 0, "left_out": 0, "site": None, "found": []}


# --- what the site explains --------------------------------------------------------------------------------------------

HERE = {"en": "https://docs.example.org/x/"}
SITE = {
    "format": 1,
    "codes": {
        "550": {"status": "standard", "pages": HERE},
        "550 5.7.26": {"status": "standard", "pages": HERE},
        "4.4.1": {"status": "standard", "pages": {}},
        "E1": {"status": "site", "reply": "452 4.2.2", "pages": HERE},
    },
    "reasons": {"relay-denied": {"pages": HERE}},
}


def test_what_the_site_does_not_explain_comes_first_then_what_only_a_reply_code_explains(call, write):
    write({"mail.log": LOG, "codes.json": json.dumps(SITE)})
    found = told(call, "mail.log", "--site", "codes.json")["found"]
    by = [(row["explained"] or {"by": ""})["by"] for row in found]
    assert by == sorted(by, key=lambda by: 0 if not by else 1 if by == "550" else 2)
    explained = {row["code"]: row["explained"] for row in found}
    assert explained["550 5.7.26"] == {"by": "550 5.7.26", "pages": HERE}
    assert explained["452 4.2.2"] == {"by": "E1", "pages": HERE}
    assert explained["554 5.7.1"] == {"by": "the reason", "pages": HERE}
    assert explained["550 5.1.1"]["by"] == "550"
    assert explained["4.4.1"] is None, "it is known, but no page has it"
    assert "nothing" in call("log", "mail.log", "--site", "codes.json").stdout.splitlines()[1]


def test_the_built_site_of_the_configuration_is_taken_and_its_own_replies_count(call, write):
    own = (
        "senders: {ours: {name: Ours, kind: software}}\nreplies: {ours: [{codes: [554 5.7.1], "
        "text: 'Nothing of this kind in our house', reason: policy, source: 'https://example.org/', date: 2026-01-01}]}\n"
    )
    write({
        "mkdocs.yml": "site_name: x\nsite_dir: out\nplugins:\n- smtpcodes:\n    reference_dir: ref\n    data_files: [own.yml]\n",
        "own.yml": own, "docs/index.md": "# x\n", "out/ref/codes.json": json.dumps(SITE),
        "mail.log": f"{SYSLOG} postfix/smtpd[1]: " + RELAYING.replace("Relay access denied", "Nothing of this kind in our house"),
    })  # fmt: skip
    done = told(call, "mail.log")
    assert done["site"] == "out/ref/codes.json"
    assert [(row["sender"], row["explained"]["by"]) for row in done["found"]] == [("ours", "the site's data")]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 1}', '{"format": 1, "codes": [1]}', "\x00"])
def test_a_file_that_is_no_export_is_named(call, write, text):
    write({"mail.log": LOG, "codes.json": text})
    done = call("log", "mail.log", "--site", "codes.json")
    assert done.exit_code == 2
    assert "codes.json: this is not what a build with export: json writes" in done.output


# --- size --------------------------------------------------------------------------------------------------------------


def test_lines_longer_than_a_piece_are_cut_and_the_next_are_read(tmp_path, monkeypatch):
    monkeypatch.setattr(opening, "PIECE", 100)
    path = tmp_path / "log"
    path.write_bytes(b"a\n" + b"b" * 1050 + b"\nc\n" + b"d" * 99 + b"\n" + b"e" * 500)
    found = [line for some in lines(str(path)) for line in some]
    assert [line[:1] for line in found] == [b"a", b"b", b"c", b"d", b"e"]
    assert max(map(len, found)) <= 200


def test_the_memory_is_bounded_whatever_a_log_holds(rules, monkeypatch):
    monkeypatch.setattr(tallying, "REMEMBERED", 10)
    monkeypatch.setattr(tallying, "MOST", 20)
    tally = Tally(rules)
    tally.add(
        b"postfix/smtpd[1]: NOQUEUE: reject: RCPT from x[]: 550 5.7.%d %s denied; from=<" % (n, b"a" * n)
        for n in range(50)
    )
    assert (tally.lines, tally.refusals, tally.left_out) == (50, 50, 30)
    assert len(list(tally.counted())) == 20
    assert len(tally._known) == 10


def test_a_bar_is_shown_on_a_terminal_only(call, write, monkeypatch):
    write({"mail.log": LOG})
    assert "reading" not in call("log", "mail.log").stderr

    class Terminal(io.StringIO):
        def isatty(self):
            return True

    terminal = Terminal()
    monkeypatch.setattr(module.sys, "stderr", terminal)
    with module._progress(["mail.log"]) as advance:
        advance(10)
    assert "reading" in terminal.getvalue()
    assert CliRunner().invoke(main, ["log", "mail.log"]).exit_code == 0
