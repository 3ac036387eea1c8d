"""Facts, examples and prose of one enhanced code agree, as far as a machine can see."""

import re

import pytest

from mkdocs_smtpcodes.codes import parse_code
from mkdocs_smtpcodes.dataset import Dataset, load_dataset, loading

FACTS = loading.facts()
CODES, EXAMPLES = FACTS["codes"], FACTS["examples"]
DATASET = load_dataset()
WORDS = loading.words("en")["codes"]
DETAILS = [code for code in CODES if code.startswith("X.")]
WHOLE = re.compile(r"(?<![\d.])([245]\d\d) (([245])\.(\d{1,3}\.\d{1,3}))(?![\d.])")
#: Each enhanced code that is met.
MET = [f"{digit}{detail[1:]}" for detail in DETAILS for digit in CODES[detail]["classes"]]


def texts(code):
    """All that the words say of an enhanced code in its class, by field."""
    digit, entry, told = code[0], WORDS[f"X{code[1:]}"], {}

    def collect(tree, path):
        for key, item in tree.items():
            by_class = isinstance(item, dict) and set(item) <= {"2", "4", "5"}
            text = item.get(digit, "") if by_class else item
            if isinstance(text, dict):
                collect(text, (*path, key))
            else:
                told[".".join((*path, key))] = text.replace("{code}", code)

    collect(entry, ())
    return told


def replies_on_record():
    """The whole replies of named senders whose detail is registered and whose class is that of the reply."""
    for sender, rows in DATASET.replies.items():
        for row in rows:
            for written in row.codes:
                match = WHOLE.fullmatch(written)
                if match and f"X.{match[4]}" in CODES and match[1][0] == match[3]:
                    yield sender, match


def verb(lines):
    """The command before the last reply of an exchange, as a key of the commands."""
    start = len(lines)
    while start and lines[start - 1].startswith("S: "):
        start -= 1
    return DATASET.command(lines[start - 1][3:].split(" ")[0]) if start else "CONNECT"


# --- classes -----------------------------------------------------------------------------------------------------------


def test_a_class_in_which_a_named_server_refuses_is_met():
    missing = {
        f"{match[0]} ({sender})"
        for sender, match in replies_on_record()
        if match[3] != "2" and int(match[3]) not in CODES[f"X.{match[4]}"]["classes"]
    }
    assert missing == set()


@pytest.mark.parametrize("detail", DETAILS)
def test_a_class_that_the_prose_quotes_as_sent_is_met(detail):
    said = " ".join(text for digit in CODES[detail]["classes"] for text in texts(f"{digit}{detail[1:]}").values())
    for basic, enhanced, digit, rest in WHOLE.findall(said):
        if f"X.{rest}" in CODES and basic[0] == digit:
            assert int(digit) in CODES[f"X.{rest}"]["classes"], f"{detail} quotes {basic} {enhanced}"


@pytest.mark.parametrize("detail", [detail for detail in DETAILS if len(CODES[detail]["classes"]) > 1])
def test_the_classes_of_a_detail_differ_in_more_than_the_code(detail):
    sentences = [
        texts(f"{digit}{detail[1:]}")["distinct"].replace(f"{digit}{detail[1:]}", "")
        for digit in CODES[detail]["classes"]
    ]
    assert len(set(sentences)) == len(sentences)


# --- examples ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", MET)
def test_the_example_of_a_code_is_a_reply_or_a_report_with_it(code):
    lines = DATASET.example(parse_code(code))
    if f"C: Status: {code}" in lines:
        return
    assert re.match(rf"S: [245]\d\d[- ]{re.escape(code)}( |$)", lines[-1]), lines[-1]
    places = DATASET.profile(parse_code(code)).places
    assert not places or verb(lines) in places, (verb(lines), places)


PAIRS = sorted(
    {f"{basic} {str(basic)[0]}{detail[1:]}" for detail in DETAILS for basic in CODES[detail].get("basic", ())}
    | {match[0] for _, match in replies_on_record() if match[1] in CODES}
)


@pytest.mark.parametrize("reply", PAIRS)
def test_the_example_of_a_whole_reply_ends_with_that_reply(reply):
    lines = DATASET.example(parse_code(reply))
    basic, enhanced = reply.split(" ")
    assert re.match(rf"S: {basic} {re.escape(enhanced)}( |$)", lines[-1]), lines[-1:]


def test_the_example_of_an_unregistered_reply_is_what_a_sender_is_on_record_with():
    assert DATASET.example(parse_code("534 5.7.90"))[-1] == "S: 534 5.7.90 Application-specific password required"
    assert DATASET.example(parse_code("550 5.7.50")) == ()


def test_an_example_has_the_reply_code_at_a_command_that_it_can_answer():
    assert DATASET.example(parse_code("252 2.5.1"))[-1].startswith("S: 252 2.5.1 Cannot verify the user")
    assert DATASET.example(parse_code("454 4.3.0"))[0].startswith("C: AUTH ")
    assert DATASET.example(parse_code("454 4.5.4"))[-1] == "S: 454 4.5.4 Temporary authentication failure"
    for reply in ("521 5.3.2", "521 5.7.1", "521 5.5.1"):
        assert [line[:6] for line in DATASET.example(parse_code(reply))] == ["S: 521"], "what is at the opening alone"
    assert DATASET.example(parse_code("554 5.7.3"))[-2:] == (
        "C: .",
        "S: 554 5.7.3 Unable to initialize security subsystem",
    )
    assert DATASET.example(parse_code("554 5.7.8"))[0].startswith("C: AUTH ")
    assert DATASET.example(parse_code("554 5.5.2"))[-2:] == ("C: .", "S: 554 5.5.2 Syntax error")
    assert DATASET.example(parse_code("432 4.7.1"))[-2] == "C: ."
    assert DATASET.example(parse_code("500 5.4.2"))[-2] == "C: HELLO client.example.com"
    assert DATASET.profile(parse_code("454 4.7.0")).places == ("AUTH", "STARTTLS")
    assert "CONNECT" not in DATASET.profile(parse_code("530 5.7.1")).places
    assert "CONNECT" in DATASET.profile(parse_code("421 4.7.1")).places
    assert DATASET.example(parse_code("220 2.0.0"))[-2:] == ("C: STARTTLS", "S: 220 2.0.0 Ready to start TLS")
    assert DATASET.example(parse_code("535 5.7.0"))[-1].startswith("S: 535 5.7.0 Authentication credentials invalid")
    assert DATASET.example(parse_code("214 2.0.0"))[-2].startswith("S: 214-2.0.0 ")


# --- axes and prose ----------------------------------------------------------------------------------------------------


def value(code, axis):
    values = DATASET.profile(parse_code(code)).axes.get(axis, ())
    return values[0].value if len(values) == 1 else ""


ACTION = re.compile(
    r"\bwaiting alone (?:will not|does not)|stays? (?:refused )?until (?:they are|it is|the sender is) (?:corrected|changed)",
    re.I,
)


@pytest.mark.parametrize("code", MET)
def test_what_becomes_of_the_message_is_what_the_prose_says(code):
    told = texts(code)
    said = f"{told['summary']} {told['description']}"
    fate = value(code, "message")
    if code[0] == "2":
        assert not re.search(r"\b(?:is|was) (?:returned|refused|deferred)\b", told["summary"])
        return
    returned = re.search(r"\bthe message is returned\b|\breturns the message\b|\bmessage is sent back\b", said)
    assert not returned or fate in {"returned", ""}, returned
    queued = re.search(
        r"\bpostpones the message\b|\bthe (?:sending )?server (?:keeps trying|tries again)\b|[Tt]he message waits\b",
        said,
    )
    assert not queued or fate == "queued", queued
    untouched = "No message is at stake" in said
    assert untouched <= (fate == "untouched")
    if re.search(r"stays in the (?:IMAP folder|mailbox)|draft still lies|no queue repeats it", said):
        assert fate == "kept"


@pytest.mark.parametrize("code", [code for code in MET if code[0] == "4"])
def test_waiting_helps_where_the_facts_say_so(code):
    told = " ".join(texts(code).values())
    if ACTION.search(texts(code)["next"] + " " + texts(code)["fix.received"].split("\n")[0]):
        assert value(code, "retry") != "later"
    if value(code, "retry") == "later":
        assert "no attempt passes" not in texts(code)["description"].split("\n")[0], told


@pytest.mark.parametrize("code", [code for code in MET if code[0] == "5"])
def test_a_permanent_refusal_leaves_nothing_to_the_sending_server(code):
    assert value(code, "acts") not in {"sending-server", "client", "nobody"}


@pytest.mark.parametrize("code", MET)
def test_a_success_refuses_nothing_and_a_refusal_something(code):
    assert (value(code, "refused") == "nothing") == (code[0] == "2")


@pytest.mark.parametrize("detail", DETAILS)
def test_an_enhanced_code_never_answers_the_greeting_alone_nor_a_greeting_command(detail):
    """RFC 2034 §4: no enhanced code in the greeting, nor after EHLO and HELO."""
    for digit in CODES[detail]["classes"]:
        places = set(DATASET.profile(parse_code(f"{digit}{detail[1:]}")).places)
        assert "EHLO" not in places
        assert places != {"CONNECT"}


def test_commands_of_a_detail_may_differ_by_class():
    assert DATASET.profile(parse_code("4.7.12")).places == ("AUTH",)
    assert DATASET.profile(parse_code("5.7.12")).places == ("RCPT", "END")
    assert DATASET.profile(parse_code("4.4.1")).places == ()


@pytest.mark.parametrize(
    ("reply", "axis", "expected"),
    [
        # The reply code decides where the detail is used at commands that it was not registered for.
        ("554 5.7.9", "message", "returned"),
        ("534 5.7.9", "message", "kept"),
        ("535 5.7.1", "acts", "user"),
        ("535 5.7.1", "message", "kept"),
        ("535 5.7.80", "message", "kept"),
        ("534 5.7.90", "message", "kept"),
        ("550 5.4.1", "refused", "recipient"),
        ("550 5.4.5", "acts", "user"),
        # A success is not sent again, whatever its detail means in an error.
        ("252 2.5.1", "retry", "unneeded"),
        ("2.5.1", "retry", "unneeded"),
        ("4.5.1", "retry", "after-fix"),
        # Where a server is seen to send it, it refuses what that command is about.
        ("454 4.7.1", "refused", "recipient"),
        ("454 4.7.1", "acts", "user"),
        ("432 4.3.2", "refused", "message"),
        ("432 4.3.2", "message", "queued"),
        ("432 4.7.12", "refused", "login"),
        ("432 4.7.12", "message", "kept"),
        # A detail of logins says nothing where the reply code answers none, unless a sender on record shows otherwise.
        ("552 5.7.8", "retry", ""),
        ("552 5.7.8", "message", "returned"),
        ("554 5.7.8", "refused", "login"),
        ("554 5.7.8", "message", "kept"),
        ("554 5.5.6", "acts", "receiving-admin"),
        ("554 5.7.3", "acts", "receiving-admin"),
        ("550 5.7.13", "acts", "recipient"),
        # A session that goes on has not been turned away.
        ("450 4.7.25", "refused", ""),
        ("550 5.3.2", "refused", ""),
        ("521 5.3.2", "refused", "connection"),
        # The same message does not meet the same refusal where the server lets mail in slowly.
        ("421 4.7.27", "retry", ""),
        ("421 4.7.32", "retry", "later"),
        ("550 5.7.27", "retry", "no"),
        ("550 5.7.17", "retry", "elsewhere"),
        ("550 5.7.19", "retry", "after-change"),
        # The text decides whether waiting is enough.
        ("450 4.1.1", "retry", ""),
        ("450 4.1.1", "acts", ""),
        ("450 4.2.0", "retry", "later"),
        ("451 4.3.0", "retry", "later"),
        # Gmail sends it to any command; 535 is a login's whatever the detail.
        ("501 5.7.11", "refused", "parameter"),
        ("535 5.7.11", "refused", "login"),
        ("454 4.7.0", "acts", "receiving-admin"),
        ("454 4.5.4", "acts", "receiving-admin"),
        # A message too: REQUIRETLS.
        ("550 5.7.10", "refused", ""),
    ],
)
def test_a_whole_reply_keeps_the_facts_of_its_reply_code_where_the_detail_has_none(reply, axis, expected):
    assert value(reply, axis) == expected


@pytest.mark.parametrize(
    ("reply", "acts", "begins"),
    [
        # All senders on record use it otherwise than the registry has it, and alike: their reason speaks.
        ("554 5.7.9", "sending-admin", "Ask whoever runs your domain to check SPF"),
        ("501 5.7.11", "developer", "Switch off the option"),
        ("454 4.7.1", "user", "See whose server refused"),
        # What the reply code of a login says of it is more than the reason does.
        ("454 4.5.4", "receiving-admin", "Try again in some minutes"),
        # Some senders use it as registered.
        ("535 5.7.8", "user", "Try the same user name and password"),
    ],
)
def test_a_reply_that_its_senders_use_otherwise_is_told_by_their_reason(reply, acts, begins):
    assert value(reply, "acts") == acts
    entry = DATASET.entry(parse_code(reply), "en")
    assert entry.next.text.startswith(begins)
    # What the detail mostly means is not said of it.
    assert "greylist" not in " ".join((entry.summary.text, entry.description.text, entry.distinct.text))


def test_a_reply_code_of_logins_and_encryption_says_at_each_command_what_it_refuses():
    for reply in ("454 4.5.4", "454 4.3.3"):
        assert [value.value for value in DATASET.profile(parse_code(reply)).axes["refused"]] == ["login", "encryption"]
    assert value("535 5.5.4", "refused") == "parameter"
    names = [DATASET.entry(parse_code(reply), "en").name.text for reply in ("454 4.5.4", "454 4.3.3", "455 4.5.4")]
    assert names == [
        "Temporary authentication failure",
        "System not capable of selected features",
        "Invalid command arguments",
    ]


def test_a_reply_to_any_command_is_one_to_those_that_its_detail_names():
    assert DATASET.profile(parse_code("421 4.1.2")).places == ("RCPT",)
    assert DATASET.profile(parse_code("421 4.7.0")).places == ("ANY",)


def test_a_language_that_tells_at_once_what_english_tells_by_class_keeps_its_own_text():
    words = {"en": loading.words("en"), "xx": {"codes": {"X.7.25": {"summary": "Tek cümle."}}}}
    summary = Dataset(FACTS, words).entry(parse_code("4.7.25"), "xx").summary
    assert (summary.text, summary.lang) == ("Tek cümle.", "xx")
