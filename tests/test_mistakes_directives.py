"""Whatever an argument is: no exception, one message a mistake, and the message says what would be right."""

import logging
from functools import cache

import pytest

from mkdocs_smtpcodes import directives
from mkdocs_smtpcodes.dataset import load_dataset
from mkdocs_smtpcodes.directives import SIGNATURES, Mistakes
from mkdocs_smtpcodes.rendering.renderer import Renderer

from .conftest import convert, soup

#: What people write, paste and mistype.
ODD = [
    "", " ", "550", "'550'", '"550"', "“550”", "‘550’", "«550»", "550,", ",550", "550,,", "550, ,", "550;", "550 535", "550/535",
    "550-535", "550–535", "550 vs 535", "550 vs. 535", "550 and 535", "550|535", "550 & 535", "550+535", "550，535", "550、535",
    "５５０", "٥٥٠", "५५०", "550\u200b", "\ufeff550", "550\u00a05.7.1", "550-5.7.1", "550 5.7.1", "5.7.1 550", "550:5.7.1",
    "5.7.606-649", "5.7.649-606", "5.7.606–649", "5.7.1-5.7.8", "X.7.1", "x.7.1", "X.7.x", "5.7", "5.7.", "5.x.x", "4xx", "4XX",
    "400-499", "all", "RCPT", "RCPT TO", "SMTP 550", "550 Mailbox unavailable", "550 5.7.1 Relaying denied: (x)", "E524", "e524",
    "level: 3", "level=3", "title=x", "title=“x”", "title=a, b", "parts=summary, more", "colour=red", "0", "-1", "1e3", "2500",
    "title='x", 'title="', "{{ code }}", "{% x %}", "<b>", "&lt;", "`550`", "\\", "()", "(550)", "[550]", "None", "True", "é😀",
    "a" * 300, "1" * 300, "=", "a=", "=a", "a==b", "lang=", "status=folklor", "\x00", "\u202e550",
]  # fmt: skip


@cache
def renderer():
    return Renderer(load_dataset())


def read(text):
    """The messages about a directive, [] where it is right."""
    found = directives.find(text)
    assert found is not None
    try:
        directive = directives.parse(found, text)
        renderer().codes(directive) if not directive.signature.raw and directive.name != "smtp_replies" else None
        renderer().render(directive, "en")
    except Mistakes as mistakes:
        return mistakes.messages
    return []


def cases():
    for name, signature in SIGNATURES.items():
        good = signature.example().partition("(")[2].rpartition(")")[0]
        for odd in ODD:
            yield f"<< {name}({odd}) >>"
            yield f"<< {name}({good}, {odd}) >>" if good else f"<< {name}({odd}, {odd}) >>"
            for option in signature.options:
                first = f"{good}, " if good and option not in good else ""
                yield f"<< {name}({first}{option}={odd}) >>"
                if '"' not in odd:
                    yield f'<< {name}({first}{option}="{odd}") >>'


@pytest.mark.parametrize("step", [3, pytest.param(1, marks=pytest.mark.whole)])
@pytest.mark.parametrize("name", SIGNATURES)
def test_no_argument_of_any_directive_raises_and_each_mistake_is_named_once(name, step):
    logging.disable(logging.CRITICAL)
    for text in [text for text in cases() if text.startswith(f"<< {name}(")][::step]:
        messages = read(text)
        assert all(message.startswith(f"{name}: ") for message in messages), (text, messages)
        assert len(set(messages)) == len(messages) <= 3, (text, messages)
        for message in messages:
            assert "unknown It" not in message and ";;" not in message, message
    logging.disable(logging.NOTSET)


def test_a_space_that_does_not_break_is_a_space_and_a_title_may_have_signs():
    assert "smtp-entry" in convert("<<\u2003smtp_code(550)\u200b>>\n")
    assert "smtp-entry" in convert("<<\u00a0smtp_code(550)\u00a0>>\n\nA <<\u202fsmtp(550)\u202f>>\n")
    assert read("<< smtp_compare(250, 535, title='RCPT TO:<a@example.org>, 2 * 3 and smtpd_x_y') >>") == []


def test_whole_pages_of_odd_arguments_convert():
    logging.disable(logging.CRITICAL)
    every = [text for text in cases() if "\n" not in text][::17]
    html = convert("# A\n\n" + "\n\n".join(every) + "\n\nLast.\n")
    logging.disable(logging.NOTSET)
    assert soup(html).find_all("p")[-1].get_text() == "Last."
    assert html.count("smtp-mistake") > len(every) / 2


#: What is said of two codes where one may stand.
TWO = "it takes one code, and two are given; "

MENDS = {
    "smtp_compare(250 vs 535)": "separate codes by a comma: 250, 535",
    "smtp_compare(250-535)": "separate codes by a comma: 250, 535",
    "smtp_compare(250/535)": "separate codes by a comma: 250, 535",
    "smtp_compare(250 535)": "separate codes by a comma: 250, 535",
    "smtp_compare(250 and 535)": "separate codes by a comma: 250, 535",
    "smtp_compare(250，535)": "separate codes by a comma: 250, 535",
    "smtp_compare(550 5.7.1 vs 550 5.7.26)": "separate codes by a comma: 550 5.7.1, 550 5.7.26",
    "smtp_compare([250, 535])": "lists stand without brackets; write << smtp_compare(250, 535) >>",
    "smtp_code(550, parts=[summary, fix])": 'lists stand without brackets; write << smtp_code(550, parts="summary, fix") >>',
    "smtp_code(550, lang=(de))": "write << smtp_code(550, lang=de) >>",
    "smtp_code(550), smtp_code(551)": "a second directive (smtp_code) stands within this one; write << smtp_code(550) >>, and it",
    "smtp_code(550, de)": "de is no code, and an option has a name: write it as in level=2",
    "smtp(550, de)": "de is no code, and an option has a name: write it as in show=name",
    "smtp_code(550, 'lang'='de')": "the name of an option stands without quotes; write lang='de'",
    'smtp_code(550, parts="no when")': "no when is unknown; what is left out has a hyphen before it: -when",
    'smtp_code(550, parts="\u2013when")': "what is left out has a hyphen before it: -when",
    "smtp_code(550, lang=auto)": "lang=auto is what holds without it; leave it out",
    "smtp_code(550, lang=\u4e2d\u6587)": "is not a language tag; write lang=zh",
    "smtp_code(5-7-1)": "the parts of a code are joined by full stops; write 5.7.1",
    "smtp_code(550_5.7.1)": "write 550 5.7.1 for one reply",
    'smtp_table(codes="450, 550")': "codes is not an option; leave its name out and write 450, 550 alone",
    'smtp_explain(text="550 x")': 'text is not an option; leave its name out and write "550 x" alone',
    "smtp_commands(all)": "it takes no codes, and one is given; write << smtp_commands() >>",
    "smtp_replies(sendgrid)": "sendgrid is not a sender; it takes a code, or a sender such as",
    "smtp_replies(smtp-sender-gmail)": "did you mean gmail?",
    "smtp_code(550.5.7.1)": "write 550 5.7.1 for one reply",
    "smtp_table(5.x)": "write 5xx for the codes of a class",
    "smtp_code('')": "an argument is empty; write << smtp_code(535) >>",
    "smtp_explain('')": "the text is empty; write << smtp_explain(",
    "smtp_code(None)": "None is not a known code",
    "smtp_code(550 550)": "one 550 is enough; write 550 alone",
    "smtp(550 550)": "one 550 is enough; write 550 alone",
    "smtp_compare(550 550)": "one 550 is enough; a comparison takes different codes",
    "smtp_code(550, 550)": "550 is given twice; name each code once",
    "smtp_table(550 5.7.x)": "separate them by a comma: 550, 5.7.x",
    "smtp_table(4xx 5xx)": "separate them by a comma: 4xx, 5xx",
    "smtp_table(4xx and X.7.x)": "separate them by a comma: 4xx, X.7.x",
    "smtp_table(4xx/4xx)": "one 4xx is enough",
    "smtp_replies(reason='')": "reason= is empty; it takes a reason such as relay-denied, or leave it out",
    "smtp_replies(postfix, setting=)": "setting= is empty; it takes a setting such as smtpd_relay_restrictions",
    "smtp_table(command=' ')": "command= is empty; it takes a command such as RCPT",
    "smtp_compare(250, 535,)": "take the comma away that is too many",
    "smtp_compare(250,, 535)": "take the comma away that is too many",
    "smtp_code(550, title=“My title”)": 'only the straight ones " and \' are; write title="My title"',
    "smtp_code(550, title=“My, title”)": 'write title="My, title"',
    "smtp_code(“550”)": 'write "550"',
    "smtp_compare(250, 535, parts=summary, differences)": 'parts: a text with a comma needs quotes; write parts="summary, diff',
    "smtp_table(4xx, columns=code, name)": 'write columns="code, name"',
    "smtp_code(550, title=Hello, world)": 'write title="Hello, world"',
    "smtp_code(550, level: 3)": "write an option with an equals sign: level=3",
    "smtp_table(RCPT)": "RCPT is a command; write command=RCPT",
    "smtp_table(RCPT TO)": 'write command="RCPT TO"',
    "smtp_table(folklore)": "folklore is a status; write status=folklore",
    "smtp_table(status=folklor)": "status=folklor is unknown; did you mean folklore? It takes standard,",
    "smtp_table(status=foo)": "status=foo is unknown; it takes standard,",
    "smtp_table(command=RCTP)": "command=RCTP is unknown; did you mean RCPT?",
    "smtp_table(5.7)": "write 5.7.x for the codes of a subject",
    "smtp_table(400-499)": "write 4xx for the codes of a class",
    "smtp_code(4xx)": "are listed by << smtp_table(4xx) >>",
    "smtp_code(X.7.1)": "a detail needs its class; write 4.7.1 or 5.7.1",
    "smtp_code(５５０)": "write it with the digits 0 to 9 and without signs that cannot be seen: 550",
    "smtp_code(٥٥٠)": "without signs that cannot be seen: 550",
    "smtp_code(550\u200b)": "without signs that cannot be seen: 550",
    "smtp_code(SMTP 550)": "write the code alone: 550",
    "smtp_code(550 5.7.1 Relaying denied)": "write the code alone: 550 5.7.1",
    "smtp_code(5.7.649-606)": "write a range as 5.7.606-649",
    "smtp_compare(5.7.1-5.7.8)": "two codes as 5.7.1, 5.7.8",
    "smtp_code(550 5.7.01)": "write it without the zeros before its numbers: 550 5.7.1",
    "smtp_code(5.07.001)": "without the zeros before its numbers: 5.7.1",
    "smtp_compare(250, 5.0.00)": "without the zeros before its numbers: 5.0.0",
    "smtp_code(5,7,1)": "the parts of a code are joined by full stops; write 5.7.1",
    "smtp_compare(250, 5, 7, 26)": "the parts of a code are joined by full stops; write 5.7.26",
    "smtp_code(436)": "A code of your own is described in data_files",
    "smtp_compare(550 5.7.1 550 5.7.26)": "separate codes by a comma: 550 5.7.1, 550 5.7.26",
    "smtp_code(550 5.7.1 550 5.7.26)": "for several codes there is << smtp_compare(550 5.7.1, 550 5.7.26) >>",
    "smtp_code(550/5.7.1)": "write 550 5.7.1 for one reply",
    "smtp_compare(550/5.7.1)": "write 550 5.7.1 for one reply, and 550, 5.7.1 for two codes",
    "smtp_compare(250 to 253)": "250, 253; a whole class is listed by << smtp_table(2xx) >>",
    "smtp_code(55O)": "its O is a letter, not the digit 0; write 550",
    "smtp_code(5.7.l)": "its l is a letter, not the digit 1; write 5.7.1",
    "smtp_code(S50)": "its S is a letter, not the digit 5; write 550",
    "smtp_code(2500)": "a reply code has three digits",
    "smtp_code(6.7.1)": "an enhanced code begins with 2, 4 or 5; write one such as 5.7.1",
    "smtp_table(1xx)": "no reply begins with 1; write 2xx, 3xx, 4xx or 5xx",
    "smtp_code(5.7.1 550)": "the reply code stands first; write 550 5.7.1",
    "smtp_code(code=550)": "code is not an option; leave its name out and write 550 alone",
    "smtp_replies(sender=gmail)": "sender is not an option; leave its name out and write gmail alone",
    "smtp_table(xxx)": "xxx is not a code; write 2xx, 3xx, 4xx or 5xx",
    "smtp_table(x.x.x)": "x.x.x is not a code; write X.7.x",
    "smtp_table(Y.1.x)": "Y.1.x is not a code; write X.1.x",
    "smtp_table(fooxx)": "fooxx is not a known code",
    "smtp_table(foo.x)": "foo.x is not a known code",
    "smtp_table(6xx)": "no reply begins with 6; write 2xx",
    "smtp_code(relay-denied)": "a reason, not a code; write << smtp_replies(reason=relay-denied) >>",
    "smtp_table(Gmail)": "a sender, not a code; write << smtp_replies(gmail) >>",
    "smtp_replies(relay-denied)": "relay-denied is a reason; write << smtp_replies(reason=relay-denied) >>",
    "smtp_replies(reason=gmail)": "for the replies of a sender write << smtp_replies(gmail) >>",
    "smtp_replies(reason=550)": "for the replies with a code write << smtp_replies(550) >>",
    "smtp_replies(550, 535)": "one code or sender at most, and two are given; write one for each: << smtp_replies(550) >>",
    "smtp(550, 5.7.1)": TWO + "for a whole reply leave out the comma: << smtp(550 5.7.1) >>",
    "smtp_code(450, 4.2.1)": TWO + "for a whole reply leave out the comma: << smtp_code(450 4.2.1) >>",
    "smtp(550, 4.7.1)": TWO + "write one for each: << smtp(550) >>",
    "smtp(5.7.1, 550)": TWO + "write one for each: << smtp(5.7.1) >>",
    "smtp_code(550, 535)": "it takes one code, and two are given; for several there is << smtp_compare(550, 535) >>",
    "smtp_compare(550)": "write << smtp_compare(250, 535) >>, or << smtp_code(550) >> for one",
    "smtp_commands(RCPT)": "one is given; for the replies to a command there is << smtp_table(command=RCPT) >>",
    "smtp_lookup(550)": "or << smtp_code(550) >> for the entry of a code",
    "smtp_explain()": "it takes one reply, in quotes, and none is given; write << smtp_explain(",
    'smtp_explain("550 x", redact=yes)': "redact=yes is unknown; it takes true or false",
    'smtp_table(4xx, columns="code, code")': "columns: code is given twice; name each once",
    'smtp_code(550, parts="fix, fix")': "parts: fix is given twice; name each once",
    'smtp_compare("250, 535")': "quotes make one argument of several; write << smtp_compare(250, 535) >>",
    'smtp_table("4xx, 5.7.x")': "write << smtp_table(4xx, 5.7.x) >>",
    "smtp_code(550, title='It's mine')": "the text has the quote ' in it; put double quotes around it: title=\"It's mine\"",
    "smtp_code(550, title='Don't)": "title=\"Don't\"",
    'smtp_code(550, title="He said "no" twice")': "put single quotes around it: title='He said \"no\" twice'",
    'smtp_compare(250, 535, parts="summary differences")': 'separate the names by commas; write parts="summary, differences"',
    'smtp_table(4xx, columns="code/name")': 'write columns="code, name"',
    'smtp_code(550, parts="all")': "for the usual parts leave the option out",
    'smtp_compare(250, 535, parts="-summary, -session, -codes, -differences, -choice, -more")': "leaves out every part",
    'smtp_code("550 5.7.1, 535")': "write << smtp_compare(550 5.7.1, 535) >>",
    'smtp_code(550, parts="fix and when")': 'write parts="fix, when"',
    "smtp_compare(250, 535, level)": "level is an option and needs a value; it takes a number from 1 to 6",
    "smtp_compare(250, 535, 'level=2')": "an option stands without quotes around the whole of it: level=2",
    "smtp_code(5.7.99999)": "each of the numbers behind the class has three digits at most",
    "smtp_code(E524)": "did you mean 524, 554 or 552? A code of your own is described in data_files",
    "smtp_code(999)": "999 is not a known code; no reply begins with 9, so write one such as 550",
    "smtp_code(RCPT)": "RCPT is a command, not a code; its codes are listed by << smtp_table(command=RCPT) >>",
    "smtp_code(folklore)": "its codes are listed by << smtp_table(status=folklore) >>",
    "smtp_code(reason=greylisted)": "reason is not an option; for replies there is << smtp_replies(reason=greylisted) >>",
    "smtp_code(class=4xx)": "the codes of a class or a subject are listed by << smtp_table(4xx) >>",
    "smtp_commands(command=RCPT)": "for the codes there is << smtp_table(command=RCPT) >>",
    "smtp_lookup(gmail)": "it takes no codes, and one is given; write << smtp_lookup() >>",
    "smtp_replies(setting=reject_unknown_clint)": "reject_unknown_clint; did you mean reject_unknown_client_hostname?",
    "smtp_replies(setting=nothing-like-it)": "no reply on record has the setting nothing-like-it; leave it out for all replies",
    "smtp_replies(211)": "no reply on record has 211; << smtp_code(211) >> says what the code means",
    "smtp_replies(gmail, reason=greylisted)": "no reply on record fits all of this; leave out one of the conditions",
    "smtp_replies(reason=grey)": "reason=grey is unknown; did you mean greylisted?",
    "smtp_table(command=FOO)": "command=FOO is unknown; it takes CONNECT, EHLO,",
    "smtp_table(command='RCPT, MAIL')": "a table is of one command, such as command=RCPT",
    "smtp_table(sender=gmail)": "for the replies of a sender there is << smtp_replies(gmail) >>",
    "smtp_table(class=4)": "leave its name out and write 4xx alone",
    "smtp_table(subject=7)": "leave its name out and write X.7.x alone",
    "smtp_compare(250, 535, title='a **b**')": "title: Markdown (**b**) is shown as it stands here",
    "smtp_compare(250, 535, title='<b>x</b>')": "title: raw HTML is shown as it stands here",
    "smtp_compare(250, 535, lang=turkish)": "lang=turkish is not a language tag; write lang=tr",
    "smtp_table(class=4xx)": "class is not an option; leave its name out and write 4xx alone",
    "smtp_table(subject=5.7.x)": "leave its name out and write 5.7.x alone",
    "smtp_table(5.9.x)": "no code on record is one of 5.9.x; there is 5.0.x, 5.1.x,",
    "smtp_table(status=site)": "no code on record has status=site; leave it out for all codes",
    "smtp_table(5.7.x, command=QUIT)": "no code fits all of this; leave out one of the conditions",
    'smtp_replies(reason="No such mailbox")': "the word for it is user-unknown, so write reason=user-unknown",
    "smtp_replies(reason=mailbox_full)": "did you mean mailbox-full?",
    "smtp_explain(550 5.7.1 Denied, sorry)": 'write << smtp_explain("550 5.7.1 Denied, sorry") >>',
    "smtp_code(550, levl=3)": "levl is not an option; did you mean level? It takes level,",
}  # fmt: skip


@pytest.mark.parametrize("call", MENDS)
def test_a_message_says_the_mend(call):
    messages = read(f"<< {call} >>")
    assert len(messages) == 1
    assert MENDS[call] in messages[0]


@pytest.mark.parametrize("name", ["Gmail", "EXIM", "Exchange Online", "exchange_online", "Outlook.com", "Amazon SES"])
def test_a_sender_may_be_called_by_its_key_or_its_name_in_any_case(name):
    assert read(f"<< smtp_replies({name}) >>") == []


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("gmial", "gmail"), ("google", "gmail"), ("gmail.com", "gmail"), ("G Suite", "gmail"), ("hotmail", "outlook"),
        ("office365", "exchange-online"), ("Office 365", "exchange-online"), ("smtp.office365.com", "exchange-online"),
        ("hotmail.com", "outlook"), ("live.com", "outlook"), ("yahoo.co.uk", "yahoo"), ("Postfx", "postfix"),
    ],
)  # fmt: skip
def test_a_sender_is_suggested_for_what_people_call_it(name, meant):
    assert read(f"<< smtp_replies({name}) >>") == [f"smtp_replies: {name} is not a sender; did you mean {meant}?"]


def test_what_is_no_sender_at_all_and_no_code_is_told_what_is_taken():
    assert read("<< smtp_replies(xyzzy) >>") == [
        "smtp_replies: xyzzy is not a sender; it takes a code, or a sender such as gmail, postfix or exchange-online"
    ]
    assert "E524 is not a known code" in read("<< smtp_replies(E524) >>")[0]
    assert "550, 535" in read("<< smtp_replies(550 535) >>")[0]


def test_all_that_senders_are_called_leads_to_one_on_record():
    dataset = load_dataset()
    assert set(dataset.called.values()) <= set(dataset.senders)
    assert not set(dataset.called) & set(dataset.senders)


def test_a_part_of_a_reason_suggests_it():
    assert read("<< smtp_replies(reason=relay) >>") == [
        "smtp_replies: reason=relay is unknown; did you mean relay-denied?"
    ]
    assert read("<< smtp_replies(reason=xyzzy) >>") == [
        "smtp_replies: reason=xyzzy is unknown; write one such as relay-denied"
    ]


@pytest.mark.parametrize(
    ("text", "mend"),
    [
        ("<< smtp_compare >>", "write << smtp_compare(250, 535) >>"),
        ("<< smtp_compare 250, 535 >>", "write << smtp_compare(250, 535) >>"),
        ("<< smtp_code 550 5.7.1 >>", "write << smtp_code(550 5.7.1) >>"),
        ("<< smtp_table: 5xx >>", "write << smtp_table(5xx) >>"),
        ("<< smtp: 550 >>", "write << smtp(550) >>"),
        ("<<smtp:550>>", "write << smtp(550) >>"),
        ("<< smtp = 550 5.7.1 >>", "write << smtp(550 5.7.1) >>"),
        ("<< smtp_compare（250，535） >>", "write << smtp_compare("),
        ("<< smtp{535} >>", "write << smtp(535) >>"),
        ("<< smtp 535 >>", "write << smtp(535) >>"),
        ("<< smtp_code[550] >>", "write << smtp_code(550) >>"),
        ("<< smtp_code<550> >>", "write << smtp_code(550) >>"),
        ("<< smtp_compare <450, 550>>", "write << smtp_compare(450, 550) >>"),
        ("<<smtp<550>>>", "write << smtp(550) >>"),
        ("<< smtp_code 550) >>", "write << smtp_code(550) >>"),
    ],
)
def test_a_directive_without_its_parentheses_is_named(text, mend):
    (message,) = read(text)
    assert "the parentheses are missing" in message
    assert mend in message


@pytest.mark.parametrize("mark", [".", ",", ";", " .", "。", "…"])
def test_a_sign_that_is_too_many_behind_the_parenthesis_is_named(mark):
    assert read(f"<< smtp_compare(450, 550){mark} >>") == [
        f"smtp_compare: {mark.strip()} stands behind the parenthesis; nothing may stand between ) and >>"
    ]


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("<< smtp_compare(450, 550 >>", "<< smtp_compare(450, 550) >>"),
        ("<< smtp_code(550)", "<< smtp_code(550) >>"),
        ("<< smtp_code(550) >", "<< smtp_code(550) >>"),
        ("<< smtp_code(5 >>", "<< smtp_code(535) >>"),
        ("<< smtp(550 more", "<< smtp(550) >>"),
        ("<< smtp_compare(250, 550 5.7.1 in text", "<< smtp_compare(250, 550) >>"),
        ('<< smtp_code(550, title="Ours) >>', '<< smtp_code(550, title="Ours") >>'),
    ],
)
def test_the_message_about_a_directive_that_is_not_closed_has_it_closed(text, closed):
    (message,) = read(text)
    assert "not closed" in message
    assert message.endswith(closed)


@pytest.mark.parametrize("name", ["compare", "Compare", "smtp-compare", "SMTP_compare", "smtp_comapre"])
def test_a_name_that_is_nearly_ours_is_told_with_the_codes_as_they_were(name):
    (message,) = read(f"<< {name}(450, 550) >>")
    assert message == f"{name} is not a directive; did you mean smtp_compare? Write << smtp_compare(450, 550) >>"
    assert list(directives.find_all("<< code(main) >>= << compare >> << table(x) >> << replies(550 x) >>")) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("smtp_diff(250, 535)", "did you mean smtp_compare? Write << smtp_compare(250, 535) >>"),
        ("smtp_codes(250, 535)", "did you mean smtp_table? Write << smtp_table(250, 535) >>"),
        ("smtp_list(4xx)", "did you mean smtp_table? Write << smtp_table(4xx) >>"),
        ("smtp-status(550)", "did you mean smtp_code? Write << smtp_code(550) >>"),
        ("smtp_xyzzy(1)", "there is smtp_compare, smtp_code, smtp_table, smtp_commands, smtp_explain, smtp_lookup"),
        ("smtp compare(450, 550)", "did you mean smtp_compare? Write << smtp_compare(450, 550) >>"),
        ("SMTP Code(550)", "did you mean smtp_code? Write << smtp_code(550) >>"),
        ("smtp.code(550)", "did you mean smtp_code? Write << smtp_code(550) >>"),
        ("smtp::code(550)", "did you mean smtp_code? Write << smtp_code(550) >>"),
        ("mtp_code(550)", "did you mean smtp_code? Write << smtp_code(550) >>"),
        ("smt\u0440_code(550)", ", for its \u0440 is a letter of another alphabet; did you mean smtp_code? Write << smtp_code("),
        ("smtp_reason(greylisted)", "did you mean smtp_replies? Write << smtp_replies(reason=greylisted) >>"),
        ('explain("550 5.7.1 x")', 'did you mean smtp_explain? Write << smtp_explain("550 5.7.1 x") >>'),
        ("compare(250, 535, level=2)", "did you mean smtp_compare? Write << smtp_compare(250, 535, level=2) >>"),
    ],
)  # fmt: skip
def test_a_name_that_begins_as_ours_is_told_with_what_there_is(text, message, caplog):
    html = convert(f"# P\n\n<< {text} >>\n\nText << {text} >> and text.\n")
    assert [record.getMessage().split(":")[0] for record in caplog.records] == ["line 3", "line 5"]
    assert message in caplog.records[0].getMessage()
    assert html.count("smtp-mistake") == 2


@pytest.mark.parametrize(
    "call", ["lookup()", "commands()", "replies(gmail)", "replies(reason=greylisted)", "Lookup(lang=de)"]
)
def test_a_short_name_that_may_be_that_of_others_is_told_where_it_has_its_line_for_itself(call, caplog):
    convert(f"Text << {call} >> and text.\n\n`<< {call} >>`\n\n- << {call} >>\n")
    name = call.partition("(")[0]
    (message,) = [record.getMessage() for record in caplog.records]
    assert message.startswith(f"line 5: {name} is not a directive; did you mean smtp_{name.lower()}? Write << smtp_")


def test_a_name_of_others_is_nobodys_business(caplog):
    others = (
        "<< lookup(x) >>\n\n<< explain(x) >>\n\n<< \u0438\u043c\u044f(550) >> << http_code(404) >>\n\n"
        "<< smtp.send(x) >> <<smtp[x]>>\n\n"
        "std::cout << smtp_connect(host) << endl; << smtp_port >> << smtp server(x) >> << smtp relay >>\n\n"
        '`<< smtp_diff(250) >>` and \\<< smtp_diff(250) >>, << smtp_host("a") and << smtp -- x >>\n'
    )
    convert(others)
    assert not caplog.records


def test_a_name_that_a_formatter_has_escaped_is_told(caplog):
    convert("<< smtp\\_code(550) >>\n")
    assert "did you mean smtp_code? Write << smtp_code(550) >>" in caplog.text


def test_a_language_called_as_its_country_is_told_by_its_tag(caplog):
    convert("<< smtp_code(550, lang=jp) >>\n")
    assert "lang=jp is not a language with words; write ja" in caplog.text


def test_a_sign_too_many_behind_a_directive_is_told(caplog):
    convert("<< smtp_code(550) >>>\n")
    assert caplog.records[0].getMessage() == (
        "line 1: smtp_code: >> closes a directive, and a > is too many; write << smtp_code(550) >>"
    )


def test_a_code_that_is_not_registered_is_told_with_what_stands_near_it(caplog):
    caplog.set_level(logging.INFO)
    convert("<< smtp(4.7.59) >> and << smtp(4.9.9) >>\n")
    assert [record.getMessage().split("registry")[1] for record in caplog.records] == [
        "; near it there are 4.7.28, 4.7.29 and 4.7.30; a code of your own is described in data_files",
        ", nor is any other 4.9.x; a code of your own is described in data_files",
    ]


def test_a_directive_without_parentheses_is_found_in_pages_and_can_be_switched_off(caplog):
    html = convert(
        "# P\n\n<< smtp_compare >>\n\nIn text << smtp_code >> too, not \\<< smtp_code >> nor <<smtp_server>>.\n"
    )
    assert [record.getMessage().split(": ")[0] for record in caplog.records] == ["line 3", "line 5"]
    assert html.count("smtp-mistake") == 2
    assert "not &lt;&lt; smtp_code &gt;&gt; nor" in html


def test_a_subject_in_all_its_classes_is_written_as_the_registry_does():
    table = soup(convert("<< smtp_table(X.7.x) >>")).table
    codes = [row.th.get_text() for row in table.find_all("tr")[1:]]
    assert {code[0] for code in codes} >= {"4", "5"}
    assert all(code.split(".")[1] == "7" for code in codes)
    assert "X.7.x Security or policy" in table.caption.get_text()


def test_the_hyphen_form_of_a_reply_is_the_same_code_everywhere():
    for name in ("smtp_code", "smtp", "smtp_table"):
        assert convert(f"<< {name}(550-5.7.1) >>") == convert(f"<< {name}(550 5.7.1) >>")


def test_a_range_is_shown_as_written_and_explained_by_its_class():
    section = soup(convert("<< smtp_code(5.7.900-949) >>")).section
    assert section["aria-labelledby"] == "smtp-5-7-900-949"
    assert "5.7.900-949" in section.get_text()
    assert "Refused for good" in section.get_text()
