"""Every line of every example exchange is correct SMTP, and a real client can hold the conversation."""

import re
import smtplib
import socket
import threading

import pytest

from mkdocs_smtpcodes.dataset import load_dataset, loading

EXAMPLES = loading.facts()["examples"]
DATASET = load_dataset()
# RFC 5321 §4.2: Reply-line; RFC 2034 §4: the enhanced code behind it.
REPLY = re.compile(
    r"(?P<code>[2-5][0-5]\d)(?P<mark>[- ]|$)(?:(?P<class>[245])\.(?:0|[1-9]\d{0,2})\.(?:0|[1-9]\d{0,2})(?: |$))?(?P<text>.*)"
)


def replies(lines):
    """The replies of an exchange, each with the client's line before it ("" for the greeting)."""
    command, found, current = "", [], []
    for line in lines:
        if line.startswith("C: "):
            assert not current, "a reply is not finished"
            command = line[3:]
            continue
        current.append(line[3:])
        if REPLY.match(line[3:])["mark"] != "-":
            found.append((command, current))
            current = []
    assert not current
    return found


def test_every_code_that_a_standard_defines_has_an_example():
    standard = [
        code
        for code in DATASET.basic_codes
        if DATASET.profile(DATASET.code(code)).status not in {"registered", "folklore"}
    ]
    details = [f"{digit}{detail[1:]}" for detail in DATASET.details for digit in DATASET.classes_of(detail)]
    assert [code for code in [*standard, *details] if not DATASET.example(DATASET.code(code))] == []
    assert not [code for code in DATASET.basic_codes if code not in standard and code in EXAMPLES]


@pytest.mark.parametrize("code", EXAMPLES)
def test_each_line_is_correct(code):
    lines = EXAMPLES[code]
    assert all(line.startswith(("C: ", "S: ")) for line in lines)
    assert any(
        (line.startswith("S: ") and (code in line.split(" ")[1:3] or line[3:].replace("-", " ").startswith(code)))
        or f" {code}-" in line
        or line == f"C: Status: {code}"
        for line in lines
    )
    for command, reply in replies(lines):
        codes = {REPLY.fullmatch(line)["code"] for line in reply}
        assert len(codes) == 1, "the same code on every line of a reply"
        marks = [REPLY.fullmatch(line)["mark"] for line in reply]
        assert all(mark == "-" for mark in marks[:-1])
        assert marks[-1] != "-"
        for line in reply:
            match = REPLY.fullmatch(line)
            if match["class"]:
                assert match["class"] == match["code"][0], "the class is that of the reply"
                assert match["code"][0] != "3"
                assert command, "no enhanced code in a greeting"
                assert not command.upper().startswith(("EHLO", "HELO"))
            assert len(line) <= 510
    if code.startswith("334"):
        assert re.fullmatch(r"S: 334 [A-Za-z0-9+/=]*", lines[1])


@pytest.mark.parametrize("code", EXAMPLES)
def test_a_real_client_understands_the_exchange(code):
    lines = list(EXAMPLES[code])
    if not lines[0].startswith("S: "):
        lines.insert(0, "S: 220 mail.example.org ESMTP ready")
    server = socket.create_server(("127.0.0.1", 0))
    heard = []

    def play():
        connection, _ = server.accept()
        with connection, connection.makefile("rb") as reader:
            for line in lines:
                if line.startswith("S: "):
                    connection.sendall(line[3:].encode() + b"\r\n")
                else:
                    heard.append(reader.readline().decode().rstrip("\r\n"))

    player = threading.Thread(target=play, daemon=True)
    player.start()
    client = smtplib.SMTP(timeout=5)
    client.command_encoding = "utf-8"
    greeted, _ = client.connect("127.0.0.1", server.getsockname()[1])
    expected = replies(lines)
    assert greeted == int(expected[0][1][0][:3])
    answers = iter(expected[1:])
    data = False
    for line in (line[3:] for line in lines if line.startswith("C: ")):
        client.putcmd(line)
        data = data and line != "."
        if data:
            continue
        number, text = client.getreply()
        _, reply = next(answers)
        assert number == int(reply[0][:3])
        assert text.decode().split("\n") == [part[4:] for part in reply]
        data = number == 354
    client.close()
    player.join(5)
    server.close()
    assert next(answers, None) is None
    assert heard == [line[3:] for line in lines if line.startswith("C: ")]


@pytest.mark.parametrize(
    "code", ["5.1.10", "5.2.1", "5.7.9", "5.7.14", "5.7.27", "5.7.29", "535 5.7.139", "530 5.7.57"]
)
def test_an_example_is_what_most_people_meet_and_not_the_words_of_the_registry(code):
    said = DATASET.example(DATASET.code(code))[-1].lower()
    rows = [row for row in DATASET.replies_to(DATASET.code(code)) if row.text and row.met != "rarely"]
    texts = [[part.strip().lower() for part in re.split(r"\{\w+\}", row.text) if part.strip()] for row in rows]
    assert any(all(part in said for part in text) for text in texts)


def test_what_servers_say_to_a_connection_answers_no_command():
    for code, lines in EXAMPLES.items():
        for command, reply in replies(lines):
            if re.search("ports are busy|too many (concurrent )?connections from", " ".join(reply)):
                assert command == "", code
