"""`check` as a reviewer of codes: what each rule finds and what it leaves, levels, silence, mends, and what programs get."""

import json
import time
from pathlib import Path

import jsonschema
import pytest

from mkdocs_smtpcodes import load_dataset
from mkdocs_smtpcodes.linting import LEVELS, RULES, Linter, Page, fixed, levels
from mkdocs_smtpcodes.linting.record import Record
from mkdocs_smtpcodes.linting.texts import other_text

MAIL = "# SMTP replies\n\n"
SCHEMA = Path(__file__).parents[2] / "mkdocs_smtpcodes" / "schema" / "config.schema.json"


@pytest.fixture(scope="module")
def lint():
    """``lint(text, …)``: rule, line, column and message of each finding in pages; each begins as a page about SMTP does."""
    dataset = load_dataset()

    def lint(*texts, dataset=dataset, **given):
        linter = Linter(dataset, levels(given)[0])
        found = []
        for number, text in enumerate(texts):
            found += linter.page(Page(f"{number}.md", MAIL + text))[0]
        return found + linter.compared()

    return lint


def rules(found):
    return [finding.rule for finding in found]


# --- the rules: what each finds ----------------------------------------------------------------------------------------

FOUND = [
    ("The server says `550 4.7.1`.\n", "class-conflict", "write 450 4.7.1 or 550 5.7.1"),
    ("SMTP error __577__.\n", "no-code", "577 is not a known code"),
    ("It gives 450 5.1.1.\n", "class-conflict", "450 asks to try again and 5.1.1 refuses for good"),
    ("A login fails with `535 4.7.8`.\n", "class-conflict", "write 535 5.7.8"),
    ("```\nreject 550 4.7.1 no\n```\n", "class-conflict", "RFC 2034"),
    ("It answers `354 4.3.0`.\n", "class-conflict", "a 3xx reply takes no enhanced code"),
    ("It answers `250 5.1.1`.\n", "class-conflict", "250 accepts and 5.1.1 refuses for good; both begin with the same digit"),
    ("SMTP reply 577 is sent.\n", "no-code", "577 is not a known code"),
    ("An SMTP error 600.\n", "no-code", "600 is not a known code"),
    ("SMTP error `512` means this.\n", "folklore", "512 (No such domain)"),
    ("Enhanced status code 5.07.1.\n", "zeros", "write 5.7.1"),
    ("Enhanced status code 5.7.98.\n", "unregistered", "no server on record sends it"),
    ("A bounce with `550 5.9.1`.\n", "unregistered", "nobody registered"),
    ("A bounce with `550 5.7.509`.\n", "vendor-code", "Exchange Online sends it (DMARC check failed)"),
    ("A bounce with 550 5.7.799.\n", "vendor-code", "Exchange Online sends such codes"),
    ("It answers `552 5.1.1`.\n", "pair", "5.1.1 comes with 550"),
    ("It answers `550 5.1.1 Relay access denied`.\n", "other-text", "the words say “No relaying”"),
    ("It answers `535 5.7.8 mailbox is full`.\n", "other-text", "“Mailbox full”"),
    ('```\nreject "551 5.1.1 Your domain has been blocklisted.";\n```\n', "other-text", "“Blocklist entry”"),
    ("| SMTP code | Meaning |\n| --- | --- |\n| 535 | Mailbox full |\n", "other-text", "535: the words say “Mailbox full”"),
    ("| SMTP code | Meaning |\n| --- | --- |\n| `552` | Authentication failed. | Ask us |\n", "other-text", "“Login failed”"),
    ("| SMTP reply | Enhanced | Meaning |\n|---|---|---|\n| 535 | | Mailbox full |\n", "other-text", "“Mailbox full”"),
    ("SMTP error 535\n:   Mailbox full\n", "other-text", "535: the words say “Mailbox full”"),
    ("## SMTP codes\n\n`535`\n:   Mailbox full\n", "other-text", "535: the words say “Mailbox full”"),
    ("| Code | Meaning |\n| --- | --- |\n| 450 | Permanent failure |\n", "permanence", "450 is called permanent"),
    ("- `550 5.7.1`: temporary, try again\n", "permanence", "a first digit 5 says permanent"),
    ("## SMTP 450: permanent failure\n", "permanence", "450 is called permanent"),
    ("## SMTP 421 permanent error\n", "permanence", "421 is called permanent"),
    ("## SMTP error code `550` (temporary)\n", "permanence", "550 is called temporary"),
    ("## SMTP-Fehler 450: dauerhafter Fehler\n", "permanence", "450 is called permanent"),
    ("- SMTP error 550: temporary\n", "permanence", "550 is called temporary"),
    ("| SMTP code | Enhanced code |\n|---|---|\n| 550 | 4.1.1 |\n", "class-conflict", "550 refuses for good and 4.1.1 asks"),
    ("| Code | Status | |\n|---|---|---|\n| `450` | `5.2.2` | x |\n", "class-conflict", "write 550 5.2.2 or 450 4.2.2"),
    ("| SMTP code | Enhanced code |\n|---|---|\n| 552 | 5.1.1 |\n", "pair", "552 5.1.1"),
    ("The enhanced status code 6.1.1 is sent.\n", "no-code", "6.1.1: an enhanced code begins with 2, 4 or 5"),
    ("It answers 550 3.1.1.\n", "no-code", "550 3.1.1: an enhanced code begins with 2, 4 or 5"),
    ("It answers `354 3.0.0`.\n", "class-conflict", "write 354 alone"),
    ("## 450 is permanent\n", "permanence", "450 is called permanent"),
    ("## 553 – a temporary error\n", "permanence", "553 is called temporary"),
    ("## 421 4.7.0: always a permanent failure\n", "permanence", "421 4.7.0 is called permanent"),
    ("It says `550 5.2.2 User unknown`.\n", "other-text", "“No such mailbox”"),
    ("550 5.2.2 User unknown\n", "other-text", "“No such mailbox”"),
    ("- 550 5.2.2 User unknown.\n", "other-text", "“No such mailbox”"),
    ("- 5.2.2: User unknown\n", "other-text", "5.2.2: the words say “No such mailbox”"),
    ("| Code | Meaning |\n|---|---|\n| 5.2.2 | User unknown |\n", "other-text", "“No such mailbox”"),
    ("| Code | Meaning |\n|---|---|\n| 535 | Greylisted |\n", "other-text", "“Greylisting”"),
    ("Codes\n=====\n\n450 is permanent\n----------------\n", "permanence", "450 is called permanent"),
    ("### 550: soft bounce\n", "permanence", "550 is called temporary"),
    ("## Hard bounces\n\n- 421: Too many connections\n- 550 User unknown\n", "permanence", "421 stands under “Hard bounces” and"),
    ("# Permanent SMTP errors\n\n### 450 Mailbox busy\n\n### 550\n", "permanence", "450 stands under “Permanent SMTP errors”"),
    ("## Permanent SMTP errors\n\n| Code | Meaning |\n|---|---|\n| 450 | Busy |\n", "permanence", "450 stands under"),
    ("| Soft bounce codes | Hard bounce codes |\n|---|---|\n| 450, 553 | 550 |\n", "permanence", "553 stands under “Soft bounce"),
    ("- `421` hard bounce\n- `421` soft bounce\n", "permanence", "421 is called permanent"),
    ("452 is permanent.\n", "permanence", "452 is called permanent"),
    ("This is so. An SMTP error 452 is a permanent failure. Go on.\n", "permanence", "452 is called permanent"),
    ("SMTP error 421\n:   A permanent failure\n", "permanence", "421 is called permanent"),
    ("The DSN says status 5.8.99.\n", "unregistered", "nobody registered"),
    ("It answers `421 4.7.0 Authentication credentials invalid`.\n", "other-text", "“Login failed”, which comes with 535 5.7.8"),
    ("It answers `421 4.3.2 User unknown`.\n", "other-text", "“No such mailbox”"),
    ("| SMTP code | Meaning |\n|---|---|\n| 421 | User unknown |\n", "other-text", "421: the words say “No such mailbox”"),
    ("It answers `451 5.7.1 Greylisted`.\n", "class-conflict", "write 451 4.7.1"),
    ("It answers `451 5.7.1`.\n", "class-conflict", "write 551 5.7.1 or 451 4.7.1"),
    ("- `421 4.7.0` – dauerhafter Fehler\n", "permanence", "421 4.7.0 is called permanent"),
    ("The SMTP reply 450 is a permanent failure, so stop.\n", "permanence", "450 is called permanent"),
    ("A 550 is a temporary error; wait.\n", "permanence", "550 is called temporary"),
    ("550 means a temporary failure.\n", "permanence", "550 is called temporary"),
    ("- 450 - permanent failure: the address does not exist\n", "permanence", "450 is called permanent"),
    ("| SMTP code | Meaning | Kind |\n|---|---|---|\n| 530 | Service not here | temporary |\n", "permanence", "530 is called"),
    ("**Temporary errors**\n\n- 553 Bad\n- 450 Busy\n", "permanence", "553 stands under “Temporary errors”"),
    ("__Permanent errors (5xx):__\n\n| Code | |\n|---|---|\n| 421 | x |\n", "permanence", "421 stands under"),
    ("`535` means that the mailbox is full.\n", "other-text", "“Mailbox full”"),
    ("An SMTP 530 error indicates that the mailbox is full, or so.\n", "other-text", "“Mailbox full”"),
    ("SMTP 5.1.1 means the mailbox is full. So it is.\n", "other-text", "“Mailbox full”"),
    ("Der SMTP-Fehler 535 bedeutet, dass the mailbox is full.\n", "other-text", "“Mailbox full”"),
    ("The SMTP error 530 means that the user does not exist.\n", "other-text", "“No such mailbox”"),
    ("| SMTP code | Meaning |\n|---|---|\n| 421 | The user does not exist |\n", "other-text", "“No such mailbox”"),
    ("- `530` -- mailbox is full\n", "other-text", "“Mailbox full”"),
    ("It answers `550 5.1.1 Mailbox full`.\n", "other-text", "“Mailbox full”, which comes with 552 5.2.2"),
    ("SMTP 450 est une erreur permanente.\n", "permanence", "450 is called permanent"),
    ("El código SMTP 450 es un error permanente, no más.\n", "permanence", "450 is called permanent"),
    ("A 4xx code is a permanent failure.\n", "permanence", "4xx is called permanent"),
    ("5xx codes are temporary, wait.\n", "permanence", "5xx is called temporary"),
    ("4xx: permanent errors\n", "permanence", "4xx is called permanent"),
    ("| Class | Meaning |\n|---|---|\n| 5.x.x | Temporary |\n", "permanence", "a first digit 5 says permanent (RFC 3463"),
    ("### 421 Authentication failed\n", "other-text", "“Login failed”"),
    ("**535 Mailbox full**\n", "other-text", "“Mailbox full”"),
    ("## SMTP error 535: Mailbox full\n", "other-text", "“Mailbox full”"),
    ("Error 552: the recipient does not exist.\n", "other-text", "“No such mailbox”"),
    ("- 250: User unknown\n", "other-text", "250 refuses nothing"),
    ("Permanent failures such as 450 are returned.\n", "permanence", "450 is called permanent"),
    ("So it is. Temporary errors (`553`) are retried.\n", "permanence", "553 is called temporary"),
    ("**Hard bounces:** 550, 421.\n", "permanence", "421 is called permanent"),
    ("A permanent 450 error is returned.\n", "permanence", "450 is called permanent"),
    ("It is rejected permanently with a 450 error.\n", "permanence", "450 is called permanent"),
    ("Hard bounces (4.x.x) are removed.\n", "permanence", "4.x.x is called permanent"),
    ("A hard bounce (4xx) is final.\n", "permanence", "4xx is called permanent"),
    ("| SMTP code | Meaning |\n|---|---|\n| 250 | Permanent error |\n", "permanence", "250 is called a failure"),
    ("| SMTP code | Meaning |\n|---|---|\n| 221 | Service ready |\n", "other-text", "is what 220 says"),
    ("| SMTP code | Meaning |\n|---|---|\n| 502 | Bad sequence of commands |\n", "other-text", "is what 503 says"),
    ("- 551: Mailbox name not allowed\n", "other-text", "is what 553 says; 551 says “User not local”"),
    ("| Meaning | SMTP code |\n|---|---|\n| Mailbox full | `535` |\n", "other-text", "535: the words say “Mailbox full”"),
    ("SMTP error 535 is sent when the mailbox is full.\n", "other-text", "“Mailbox full”"),
    ("# Mail\n\n### 535 Mailbox full\n", "other-text", "“Mailbox full”"),
    ("# Mail\n\n### 535 - The mailbox is full\n", "other-text", "“Mailbox full”"),
]  # fmt: skip
#: What says nothing that is wrong, or is no code.
NOTHING = [
    "## SMTP 450 temporary failure\n\n## After SMTP 450: permanent changes\n\n## SMTP 421 is not permanent\n",
    "## SMTP 450 permanent redirection of mail of a domain\n\n## SMTP 450 becomes permanent\n",
    "The server says `550 5.7.1`, 450 4.7.1 or 554-5.7.1.\n",
    "Postfix is the server. Fixed in Postfix 2.9.5: bounce loop. Mailman 2.1.39 bounce processing is slow.\n",
    "Since rspamd 2.7.99 bounce messages are scanned. Exim 4.96.0 DSN support, Postfix >= 2.9.5 bounce.\n",
    "OpenSMTPD 5.9.2 bounce; Zimbra 5.0.27 bounce\n",
    # Gmail really sends it.
    "Gmail says `421 5.7.32`. <!-- smtp-check: ignore vendor-code -->\n",
    "SMTP submission is on port 587, SMTPS on 465: SMTP 587.\n",
    "HTTP 404, exit code 577, 600 messages, a timeout of 600 seconds, `smtp_timeout = 600`.\n",
    "`bounce_cache_size = 300`, SMTP_LIMIT=\"577\", and SMTP says `554 5.4.7` or `550 5.3.3`.\n",
    "Python 3.5.07, version 5.9.1, 192.0.2.5, Postfix 3.10.5.\n",
    "| SMTP code | |\n| --- | --- |\n| 5.7.13 or 135 | public folder |\n",
    "```\n577 600 5.07.1\ntimeout = 600s\n```\n",
    "[a link](https://example.org/550-4.7.1) <!-- 550 4.7.1 -->\n\n[x]: https://example.org/550%204.7.1\n",
    "<< smtp_code(550 4.7.1) >> and <a title=\"550 4.7.1\">it</a> {{ '550 4.7.1' }}\n",
    # The words are the writer's.
    "It answers `550 5.1.1`; relay access denied is another reply.\n",
    "It answers `550 5.7.1 Relay access denied` or `554 5.7.1 User unknown`.\n",
    "It answers `501 5.5.4 Invalid domain name` or `550 5.1.7 Invalid address`.\n",
    "It answers `550 Relay access denied`, `554 5.0.0 Mailbox full` or `421 Too many connections`.\n",
    "It answers `451 4.3.0 Something of our own`.\n",
    "`550 5.5.0`, `503 5.5.1`, `500 5.5.5`, `250 2.1.5`, `432 4.7.12` are replies.\n",
    "| Code | Meaning |\n| --- | --- |\n| 450 | Temporary failure |\n| 550 | not temporary |\n| 4xx | not permanent |\n",
    "- 550: permanent, as opposed to the temporary 450\n- 450: a temporary error that becomes permanent\n",
    "- 450 is never permanent.\n",
    "| SMTP code | Meaning |\n|---|---|\n| 552 | Message too large |\n| 552 | Mailbox full |\n| 550 | Authentication failed |\n",
    "| SMTP code | Meaning |\n|---|---|\n| 535 | not: mailbox full |\n| 535 | Login failed | Mailbox full |\n| 552 | Retry |\n",
    "| SMTP code | Meaning |\n|---|---|\n| 535 | The login failed because the mailbox is full |\n| 535, 550 | Mailbox full |\n",
    "| Port | Meaning |\n|---|---|\n| 535 | Mailbox full |\n",
    "SMTP error 535\n:   Login failed\n\nSMTP error 552\n\nMailbox full\n\n- Authentication failed\n",
    "550\n5.7.1\n",
    "| SMTP code | Enhanced code |\n|---|---|\n| 550 | 5.1.1 |\n| 450 | 4.1.1 or 5.1.1 |\n| 550 | | 4.1.1 |\n",
    "| SMTP code | Enhanced code |\n|---|---|\n| 550 |\n| 4.1.1 |\n",
    "SMTP 6.1.1, DSN since 3.0.0, code page 550, Postfix 3.9.1, bounce 10.0.0.1, chapter 250 3.1 and 1.2.3.\n",
    "The enhanced status code 2.1.1 and Mailman 3.1.1; error code 0.0.0.0.\n",
    "## 450 is not permanent\n\n## 450 is temporary\n\n## 550 means permanent\n\n## 450 permanent staff\n\ntext\n",
    "`550 5.2.2 Mailbox full`, `550 5.1.1 User unknown`, `550 5.2.1 User unknown`\n\n550 5.2.2 Over quota\n",
    "## Hard bounces\n\n- 550: User unknown\n- 421: becomes one after five days\n- 450: no hard bounce\n- 451: temporary\n",
    "## Hard and soft bounces\n\n- 421: Busy\n\n## Permanent SMTP settings\n\n- 450\n\n## Soft bounces\n\n- 451: Busy\n",
    "## Why hard bounces hurt\n\n1. 450 Busy\n\n## Handling hard bounces\n\n- 450\n",
    "| Hard bounce codes | Soft bounce codes |\n|---|---|\n| 550, 553 | 421 |\n",
    "If 452 is permanent, look. Whether SMTP error 452 is permanent is open.\n\n- `421` hard bounces of the ball\n",
    "Status 5.8.99. The DSN has more. Here status 5.8.99 is; DSN proxy 5.8.99.\n",
    "It answers `421 4.7.0 Authentication failed, closing connection` or `421 4.7.0 Too many failed logins`.\n",
    "SMTP error 421\n:   A temporary failure\n",
    "A 550 is no temporary error. 450 means that a permanent failure may come. 550 is about a temporary address.\n",
    "`535` means that the password is wrong and the mailbox is full. 535 means full control of a mailbox of ours.\n",
    "If `535` means that the mailbox is full, ask. Our 535 users mean that the mailbox is full.\n",
    "**Hard bounces are bad.**\n\n- 450 Busy\n\n**Temporary errors**\n\n## Others\n\n- 550 No\n",
    "**Permanent errors**\n\n- 450: no such error\n- 421: temporary\n\n**Note**\n\n- 550: User unknown\n",
    "A 4xx may be permanent. 5xx is not temporary. 4xx codes are temporary and 5xx permanent. 5xx\n\n- 4xx: try again\n",
    "HTTP 5xx errors are temporary. 5xx is temporary.\n",
    "SMTP error 535: This error occurs when the mailbox is full.\n\n## 552 Message too large\n\n### 535 Mailbox settings\n",
    "334 means send your credentials.\n\n- 250: Message accepted\n- 354: Start mail input\n- 252: User unknown or not verified\n",
    "Permanent failures (550, `5.1.1`) and temporary ones, soft and hard bounces (4xx and 5xx), temporary errors (4xx).\n",
    "This is not a permanent error (450). Unlike hard bounces, 450 is retried. Turn permanent errors into 450s: 450 it is.\n",
    "After five days a permanent failure (421) comes. Permanent errors, 450 being none. The permanent address 450 5.1.1x.\n",
    "- 250: Service ready for you\n- 452: Storage allocation exceeded\n- 550: Mailbox name not allowed\n- 235: no error\n",
    'The server answers "535 Login failed" and "552 5.2.2 Mailbox full". 2xx is no error. 2xx codes are errors of nobody?\n',
    "| Meaning | SMTP code |\n|---|---|\n| Mailbox full | `552` |\n| Not: mailbox full | 535 |\n| Error | 535 |\n",
    "SMTP error 535 is sent when the login fails. SMTP error 535 is not sent when the mailbox is full.\n",
    'AOL answered "521 5.2.1 :  (DMARC) This message failed DMARC Evaluation" then. <!-- smtp-check: ignore pair -->\n',
    "### 535 Mailbox settings\n\n### 503 users\n\n### 552 Mailbox full\n",
    "550 5.2.2 User unknown is what it does not say\n\n- 5.2.2: User unknown or mailbox full\n- 450: Greylisted\n",
]  # fmt: skip


@pytest.mark.parametrize(("text", "rule", "said"), FOUND)
def test_each_rule_finds_its_mistake_and_no_other_rule_speaks(lint, text, rule, said):
    found = lint(text)
    assert rules(found) == [rule]
    assert said in found[0].message
    assert found[0].level == RULES[rule].level


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_is_said_where_nothing_is_wrong(lint, text):
    assert lint(text) == []


def test_a_full_mailbox_may_be_called_a_soft_bounce_with_a_note(lint):
    found = lint(
        "## Soft bounces\n\n- 552: Mailbox full\n- 5.3.4: Message too large\n- 553: Bad\n\n### 552: soft bounce\n"
    )
    assert [(finding.rule, finding.level) for finding in found] == [
        *(2 * [("permanence", "note")]),
        ("permanence", "warning"),
        ("permanence", "note"),
    ]


def test_no_code_is_said_to_have_the_words_of_another_for_its_own():
    dataset = load_dataset()
    record = Record(dataset)
    told = [(code, record.name(code)) for code in map(str, dataset.basic_codes)]
    told += [(code, row.text) for rows in dataset.replies.values() for row in rows for code in row.codes if row.text]
    assert len(told) > 1500
    assert [(code, words) for code, words in told if other_text(code, words, record)] == []


def test_what_a_code_tells_of_may_be_temporary_with_a_note(lint):
    (found,) = lint("550 means that the mailbox is temporarily unavailable and so on.\n")
    assert (found.rule, found.level) == ("permanence", "note")


def test_words_that_go_with_one_class_decide_which_mend_is_right(lint):
    (found,) = lint("It answers `451 5.7.1 Greylisted`.\n")
    assert found.fix == "451 4.7.1"
    (found,) = lint("It answers `451 5.7.1 Rejected`.\n")
    assert not found.fix


def test_every_rule_is_tried():
    assert {rule for _, rule, _ in FOUND} | {"two-meanings"} == set(RULES)


def test_a_page_that_is_not_about_mail_has_no_codes(lint):
    linter = Linter(load_dataset(), levels(None)[0])
    text = "# Releases\n\n- 550: permanent\n\n```\n500 4.15.0\n```\n\nerror 577, code 5.07.1\n"
    assert linter.page(Page("a.md", text)) == ([], [])


def test_a_sites_own_codes_are_no_mistakes(lint, tmp_path):
    own = (
        "codes:\n  '577': {commands: [{at: RCPT}]}\n  E1: {reply: 550 5.7.98}\n  552 5.1.1: {}\n"
        "words: {en: {codes: {'577': {name: Ours, summary: It is ours.}, E1: {name: Ours, summary: Ours.},"
        " 552 5.1.1: {name: Ours, summary: Ours.}}}}\n"
    )
    (tmp_path / "own.yml").write_text(own)
    dataset = load_dataset(["own.yml"], tmp_path)
    text = "SMTP reply 577, a bounce with `550 5.7.98`, and `552 5.1.1`.\n"
    assert not dataset.mistakes
    assert len(lint(text)) == 3
    assert lint(text, dataset=dataset) == []


def test_a_note_is_said_once_on_a_page_and_a_warning_wherever_it_is_wrong(lint):
    assert rules(lint("`550 5.7.509` and `550 5.7.509`.\n\n`550 4.7.1` and `550 4.7.1`.\n")) == [
        "vendor-code", "class-conflict", "class-conflict"
    ]  # fmt: skip


def test_codes_of_one_sender_are_one_note_on_a_page_at_the_first_of_them(lint):
    text = (
        "A bounce with `550 5.7.509`, 550 5.7.509 and `550 5.7.512`.\n\n```\n550 5.7.513 no\n```\n\n"
        "`550 5.7.98`, `550 5.7.97`.\n"
    )
    found = lint(text)
    assert rules(found) == ["vendor-code", "unregistered", "unregistered"]
    assert found[0].line == 3 and "5.7.509: nobody registered this code; Exchange Online sends it" in found[0].message
    assert found[0].message.endswith("; 2 more such codes on this page")
    assert lint("A bounce with `550 5.7.509`.\n")[0].message == found[0].message.rpartition("; ")[0]
    # On each page, and of each sender.
    assert rules(lint("`550 5.7.509`\n", "`550 5.7.512`\n")) == ["vendor-code"] * 2


def test_places_are_those_of_the_file_in_every_kind_of_passage(lint):
    text = (
        "> quoted `550 4.7.1`\n\n- item\n\n    continued 550 4.7.1\n\n!!! note\n\n    550 4.7.1\n\n| a | b |\n|---|---|\n"
        "| `x|y` | 550 4.7.1 |\n\n1. x\n   ```text\n   550 4.7.1\n   ```\n\nä𝔸 550 4.7.1\n\n## 550 4.7.1 ##\n"
    )
    lines = (MAIL + text).split("\n")
    found = lint(text)
    assert len(found) == 7
    for finding in found:
        assert lines[finding.line - 1][finding.column - 1 : finding.end_column - 1] == "550 4.7.1"


def test_front_matter_is_no_text_and_an_open_fence_reaches_to_the_end():
    linter = Linter(load_dataset(), levels(None)[0])
    text = "---\ntitle: SMTP error 577\n---\n# SMTP\n\n```\nSMTP error 577\n550 4.7.1\n"
    assert [(finding.rule, finding.line) for finding in linter.page(Page("a.md", text))[0]] == [("class-conflict", 8)]


@pytest.mark.parametrize(
    "piece",
    ["`", "](", "<a ", "<!--", "{{", "|", "> ", "550 4.7.1 ", "5.7.1, ", "- 550: a\n", "<< smtp(", "~~~\n550 5.7.1\n"],
)
def test_a_page_of_oddities_is_read_in_time_that_grows_with_its_length(lint, piece):
    times = []
    for number in (500, 2000):
        start = time.process_time()
        lint(piece * number)
        times.append(time.process_time() - start)
    assert times[1] < 12 * times[0] + 0.2


# --- two pages ---------------------------------------------------------------------------------------------------------


#: What is wrong by the record is told without a second page.
ALONE = {"other-text": "off"}


def test_two_pages_that_explain_a_code_in_ways_that_exclude_each_other_are_named(lint):
    found = lint(
        "- `550 5.2.2`: Mailbox full\n",
        "text\n\n## Codes\n\n- 5.2.2: mailbox is full\n- `550 5.2.2` – Relay access denied\n",
        **ALONE,
    )
    assert [(finding.rule, finding.file, finding.line) for finding in found] == [("two-meanings", "1.md", 8)]
    assert found[0].message == "550 5.2.2 is explained as “No relaying” here and as “Mailbox full” in 0.md:3"
    assert found[0].related == ("0.md", 3, 4)


def test_the_page_that_is_wrong_by_the_record_is_the_one_that_is_named(lint):
    pages = "- `550 5.2.2`: Relay access denied\n", "- `550 5.2.2`: Mailbox full\n"
    found = lint(*pages, **ALONE)
    assert [finding.file for finding in found] == ["0.md"]
    assert rules(lint(*pages)) == ["other-text"], "what the record says needs no other page"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # Both are on record.
        ("- `550 5.7.1`: Relay access denied\n", "- `550 5.7.1`: blocked using zen.spamhaus.org\n"),
        # One code for anything.
        ("- 550: User unknown\n", "- 550: Relay access denied\n"),
        # Near to each other.
        ("- `550 5.1.1`: User unknown\n", "- `550 5.1.1`: Mailbox disabled\n"),
        # Other words, or none that say a reason.
        ("- `550 5.2.2`: Mailbox full\n", "- `550 5.2.2`: The quota of the mailbox is exceeded\n"),
        ("- `550 5.2.2`: Mailbox full\n", "- `550 5.2.2`: Ask the help desk\n"),
        # The same page speaks of a reply of its own further down.
        ("- `550 5.2.2`: Mailbox full\n- `550 5.2.2`: Relay access denied\n", "nothing\n"),
        # A sentence is no definition.
        ("- `550 5.2.2`: Mailbox full\n", "With `550 5.2.2` relay access denied is not meant.\n"),
    ],
)
def test_what_may_both_be_true_is_no_contradiction(lint, first, second):
    assert lint(first, second, **ALONE) == []


# --- levels and silence ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", LEVELS)
def test_a_site_sets_the_level_of_a_rule(lint, level):
    found = lint("It answers `552 5.1.1`.\n", pair=level)
    assert [finding.level for finding in found] == ([] if level == "off" else [level])


def test_yaml_reads_off_as_false():
    assert levels({"pair": False}) == ({**levels(None)[0], "pair": "off"}, [])


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"pairs": "off"}, "lint: pairs is not a rule; did you mean pair?"),
        ({"pair": "info"}, "lint: pair: info is not a level; it takes off, note, warning or error"),
        ({"pair": True}, "lint: pair: on is not a level"),
        (["pair"], "lint: expected rules with levels such as pair: off, found ['pair']"),
    ],
)
def test_what_is_wrong_in_the_levels_is_named_and_the_rest_is_used(given, message):
    found, mistakes = levels(given)
    assert found == levels(None)[0]
    assert len(mistakes) == 1 and mistakes[0].startswith(message)


IGNORE = "<!-- smtp-check: ignore -->"


@pytest.mark.parametrize(
    "text",
    [
        f"`550 4.7.1` {IGNORE}\n",
        f"{IGNORE}\n`550 4.7.1`\n",
        f"{IGNORE}\n\n`550 4.7.1`\n",
        f"{IGNORE}\n\n```\n550 4.7.1\n\n550 4.7.1\n```\n",
        f"| a | b |\n| --- | --- |\n| 550 4.7.1 | x {IGNORE} |\n",
        "`550 4.7.1` <!-- smtp-check: ignore class-conflict -->\n",
        "`550 4.7.1` <!-- smtp-check: ignore pair, class-conflict -->\n",
    ],
)
def test_a_comment_silences_one_line_or_one_block_of_code(lint, text):
    assert lint(text) == []
    assert rules(lint(f"{text}\n`550 4.7.1`\n")) == ["class-conflict"], "and nothing more"


def test_a_comment_silences_only_the_rules_that_it_names(lint):
    assert rules(lint("`550 4.7.1` <!-- smtp-check: ignore pair -->\n")) == ["class-conflict"]


def test_a_comment_that_says_something_else_is_a_mistake(call, write):
    write({"a.md": "# SMTP\n\nx <!-- smtp-check: ignore pairs -->\n\n<!-- smtp-check: off -->\n"})
    done = call("check", "a.md")
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        "a.md:3:3: smtp-check: pairs is not a rule; did you mean pair? It takes "
        f"{', '.join(list(RULES)[:-1])} or {list(RULES)[-1]}",
        "a.md:5:1: smtp-check: expected <!-- smtp-check: ignore -->, or the names of rules after ignore",
    ]


# --- the command -------------------------------------------------------------------------------------------------------

PAGES = {
    "docs/a.md": "# SMTP\n\nIt says `550 4.7.1`.\n\nAnd `552 5.1.1`.\n",
    "docs/b: c.md": "# SMTP\n\n`535 4.7.8` and Enhanced status code 5.07.1\n\n<< smtp_code(536) >>\n",
}


def config(**lint):
    return "site_name: x\nplugins:\n- smtpcodes:\n    lint:\n" + "".join(f"      {k}: {v}\n" for k, v in lint.items())


def test_findings_stand_beside_mistakes_with_level_and_rule_and_warnings_fail_only_if_asked(call, write):
    write({"a.md": PAGES["docs/a.md"]})
    done = call("check", "a.md")
    assert done.exit_code == 0
    assert [line.split(": ")[:2] for line in done.stdout.splitlines()] == [
        ["a.md:3:10", "warning"],
        ["a.md:5:6", "note"],
    ]
    assert done.stdout.splitlines()[0].endswith("[class-conflict]")
    assert call("check", "a.md", "--strict").exit_code == 1
    write({"a.md": "# SMTP\n\n`552 5.1.1`\n"})
    assert call("check", "a.md", "--strict").exit_code == 0, "a note never fails"


def test_mistakes_and_findings_of_a_page_stand_in_the_order_of_its_lines(call, write):
    write({"a.md": "# SMTP\n\n`550 4.7.1`\n\n<< smtp_code(536) >>\n\n`552 5.1.1`\n\nx <!-- smtp-check: off -->\n"})
    lines = call("check", "a.md").stdout.splitlines()
    assert [line.split(":")[1] for line in lines] == ["3", "5", "7", "9"]


def test_the_configuration_sets_levels_and_its_mistakes_have_a_line(call, write):
    write({**PAGES, "mkdocs.yml": config(**{"class-conflict": "error", "pair": "off"})})
    done = call("check", "docs/a.md")
    assert done.exit_code == 1
    assert len(done.stdout.splitlines()) == 1
    write({"mkdocs.yml": config(pairs="off")})
    done = call("check", "docs/a.md")
    assert done.exit_code == 1
    assert done.stderr.startswith("mkdocs.yml:4: lint: pairs is not a rule; did you mean pair?")


def test_a_site_whose_codes_need_no_word_has_them_read_without(call, write):
    text = "# Server\n\nWe speak SMTP. The 5.7.98 of ours is none.\n\n- 450: permanent\n"
    site = "site_name: x\nplugins:\n- smtpcodes:\n    bare: {bare}\n"
    write({"mkdocs.yml": site.format(bare="false"), "docs/a.md": text})
    assert call("check").output == ""
    write({"mkdocs.yml": site.format(bare="true")})
    assert [line.split(" [")[-1] for line in call("check").stdout.splitlines()] == ["permanence]"]


def test_the_plugin_and_the_extension_take_the_levels_and_the_plugin_names_mistakes():
    from mkdocs_smtpcodes.extension import SmtpCodesExtension
    from mkdocs_smtpcodes.settings import judged

    assert judged({"lint": {"pair": False}}) == ({"lint": {"pair": False}}, [])
    good, ((name, message),) = judged({"lint": {"pairs": "off"}})
    assert not good
    assert name == "lint"
    assert message.startswith("lint: pairs is not a rule; did you mean pair?")
    assert SmtpCodesExtension(lint={"pair": "off"}).getConfig("lint") == {"pair": "off"}


def test_the_schema_knows_every_rule_and_level():
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert set(schema["properties"]["lint"]["properties"]) == set(RULES)
    jsonschema.validate({"lint": {"pair": False, "zeros": "error"}}, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"lint": {"pair": "info"}}, schema)
    assert schema["$defs"]["level"]["enum"] == [*LEVELS, False]


def test_json_has_findings_beside_mistakes(call, write):
    write(PAGES)
    done = call("check", "docs", "--json")
    assert done.exit_code == 1
    told = json.loads(done.stdout)
    assert told == json.loads(call("check", "docs", "--format", "json").stdout)
    assert [mistake["line"] for mistake in told["mistakes"]] == [5]
    assert told["findings"][0] == {
        "file": "docs/a.md", "line": 3, "column": 10, "end_column": 19, "rule": "class-conflict", "level": "warning",
        "message": told["findings"][0]["message"], "fix": None, "related": None,
    }  # fmt: skip
    assert [finding["fix"] for finding in told["findings"]] == [None, None, "535 5.7.8", "5.7.1"]


# What SARIF 2.1.0 (OASIS, errata 01) demands of the parts that are written, after its schema.
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "items": {"$ref": "#/$defs/run"}},
    },
    "$defs": {
        "message": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}},
        "run": {
            "type": "object",
            "required": ["tool", "results"],
            "additionalProperties": False,
            "properties": {
                "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                "tool": {
                    "type": "object",
                    "required": ["driver"],
                    "properties": {
                        "driver": {
                            "type": "object",
                            "required": ["name"],
                            "additionalProperties": False,
                            "properties": {
                                "name": {"type": "string"},
                                "version": {"type": "string"},
                                "rules": {"type": "array", "uniqueItems": True, "items": {"$ref": "#/$defs/rule"}},
                            },
                        }
                    },
                },
                "results": {"type": "array", "items": {"$ref": "#/$defs/result"}},
            },
        },
        "rule": {
            "type": "object",
            "required": ["id"],
            "additionalProperties": False,
            "properties": {
                "id": {"type": "string"},
                "shortDescription": {"$ref": "#/$defs/message"},
                "defaultConfiguration": {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {"level": {"enum": ["none", "note", "warning", "error"]}},
                },
            },
        },
        "result": {
            "type": "object",
            "required": ["message"],
            "additionalProperties": False,
            "properties": {
                "ruleId": {"type": "string"},
                "ruleIndex": {"type": "integer", "minimum": 0},
                "level": {"enum": ["none", "note", "warning", "error"]},
                "message": {"$ref": "#/$defs/message"},
                "locations": {"type": "array", "items": {"$ref": "#/$defs/location"}},
                "relatedLocations": {"type": "array", "uniqueItems": True, "items": {"$ref": "#/$defs/location"}},
                "fixes": {"type": "array", "uniqueItems": True, "items": {"$ref": "#/$defs/fix"}},
            },
        },
        "artifact": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"uri": {"type": "string", "format": "uri-reference", "pattern": "^[^ ]+$"}},
        },
        "region": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                name: {"type": "integer", "minimum": 1} for name in ("startLine", "startColumn", "endColumn")
            },
        },
        "location": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "message": {"$ref": "#/$defs/message"},
                "physicalLocation": {
                    "type": "object",
                    "required": ["artifactLocation"],
                    "additionalProperties": False,
                    "properties": {
                        "artifactLocation": {"$ref": "#/$defs/artifact"},
                        "region": {"$ref": "#/$defs/region"},
                    },
                },
            },
        },
        "fix": {
            "type": "object",
            "required": ["artifactChanges"],
            "additionalProperties": False,
            "properties": {
                "description": {"$ref": "#/$defs/message"},
                "artifactChanges": {
                    "type": "array",
                    "minItems": 1,
                    "items": {
                        "type": "object",
                        "required": ["artifactLocation", "replacements"],
                        "additionalProperties": False,
                        "properties": {
                            "artifactLocation": {"$ref": "#/$defs/artifact"},
                            "replacements": {
                                "type": "array",
                                "minItems": 1,
                                "items": {
                                    "type": "object",
                                    "required": ["deletedRegion"],
                                    "properties": {
                                        "deletedRegion": {"$ref": "#/$defs/region"},
                                        "insertedContent": {"$ref": "#/$defs/message"},
                                    },
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}


def test_sarif_is_well_formed_and_says_where_what_and_how_to_put_it_right(call, write):
    write({**PAGES, "docs/c.md": "# SMTP\n\n- `550 5.2.2`: Mailbox full\n", "docs/d.md": b"\xff",
           "docs/e.md": "# SMTP\n\n- `550 5.2.2`: Relay access denied for all the addresses of others\n"})  # fmt: skip
    done = call("check", "docs", "--format", "sarif")
    assert done.exit_code == 1
    told = json.loads(done.stdout)
    jsonschema.Draft202012Validator(SARIF).validate(told)
    (run,) = told["runs"]
    names = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert names == ["mistake", *RULES]
    for result in run["results"]:
        assert names[result["ruleIndex"]] == result["ruleId"]
    by_rule = {result["ruleId"]: result for result in run["results"]}
    place = by_rule["zeros"]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "docs/b%3A%20c.md"}
    assert place["region"] == {"startLine": 3, "startColumn": 38, "endColumn": 44}
    change = by_rule["zeros"]["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert change == {"deletedRegion": place["region"], "insertedContent": {"text": "5.7.1"}}
    assert "fixes" not in by_rule["pair"]
    related = by_rule["two-meanings"]["relatedLocations"][0]["physicalLocation"]
    assert (related["artifactLocation"]["uri"], related["region"]["startLine"]) == ("docs/c.md", 3)


def test_github_shows_each_finding_in_place(call, write):
    write(PAGES)
    lines = call("check", "docs", "--format", "github").stdout.splitlines()
    assert len(lines) == 5
    assert lines[0].startswith(
        "::error file=docs/b%3A c.md,line=5,col=1,title=mistake::smtp_code: 536 is not a known code"
    )
    assert lines[1].startswith(
        "::warning file=docs/a.md,line=3,col=10,endColumn=19,title=class-conflict::550 4.7.1: 550 "
    )
    assert lines[2].startswith("::notice file=docs/a.md,line=5,col=6,endColumn=15,title=pair::")


# --- mends -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_fix_writes_what_can_be_right_in_only_one_way_and_leaves_the_rest_as_it_is(call, write, tmp_path, ending, mark):
    text = "# SMTP\n\nä `535 4.7.8` 𝔸 `535 4.7.8`, Enhanced status code 5.07.1 and `550 4.7.1`.\n\nEnd without a line break"
    write({"a.md": (mark + text).replace("\n", ending)})
    done = call("check", "a.md", "--fix")
    right = text.replace("535 4.7.8", "535 5.7.8").replace("5.07.1", "5.7.1")
    assert (tmp_path / "a.md").read_bytes().decode() == (mark + right).replace("\n", ending)
    assert [line.split(": ")[:2] for line in done.stdout.splitlines()] == [["a.md:3:62", "warning"]], (
        "what is left, and where"
    )
    assert done.stderr.splitlines()[0] == "a.md:3:4: written: 535 5.7.8 [class-conflict]"
    assert len(done.stderr.splitlines()) == 3
    again = call("check", "a.md", "--fix")
    assert (again.stdout, again.stderr) == (done.stdout, "")


def test_fix_keeps_its_hands_from_what_is_silenced_switched_off_or_has_two_ways(call, write, tmp_path):
    text = f"# SMTP\n\n`535 4.7.8` {IGNORE}\n\nEnhanced status code 5.07.1, `550 4.7.1`\n"
    write({"docs/a.md": text, "mkdocs.yml": config(zeros="off")})
    call("check", "--fix")
    assert (tmp_path / "docs/a.md").read_text() == text


@pytest.mark.parametrize("wrong", ["354 4.3.0", "250 5.1.1", "550 2.1.5", "334 5.7.8 no", "450 5.1.1"])
def test_only_a_slip_between_4_and_5_with_one_right_mend_is_mended(lint, wrong):
    assert [finding.fix for finding in lint(f"`{wrong}`\n")] in ([""], [])
    assert not any(
        "write 250 2" in finding.message or "write 454" in finding.message for finding in lint(f"`{wrong}`\n")
    )
    assert lint("`535 4.7.8`\n")[0].fix == "535 5.7.8"


def test_mends_that_meet_are_made_one_at_a_time(lint):
    (finding,) = lint("`535 4.7.8`\n")
    text, done, left = fixed(MAIL + "`535 4.7.8`\n", [finding, finding._replace(fix="other")])
    assert (len(done), len(left)) == (1, 1)
    assert text.count("535") <= 1


def test_the_hook_of_pre_commit_fails_on_warnings():
    import yaml

    (hook,) = yaml.safe_load((SCHEMA.parents[2] / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert hook["entry"] == "mkdocs-smtpcodes check --strict"
    # Two pages are compared, so that all are needed at once.
    assert hook["require_serial"] is True
