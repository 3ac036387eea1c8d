"""The command line, through its real entry point."""

import json
import sys
from pathlib import Path

import jsonschema
import pytest

from mkdocs_smtpcodes import export, load_dataset
from mkdocs_smtpcodes.cli import COMMANDS

from .conftest import run

SCHEMAS = Path(__file__).parent.parent.parent / "mkdocs_smtpcodes" / "schema"


def test_the_command_and_the_module_are_the_same():
    assert run("--version").stdout == run("--version", entry=(sys.executable, "-m", "mkdocs_smtpcodes")).stdout


def test_show_prints_an_entry():
    out = run("show", "550", "5.7.26").stdout
    assert out.startswith("SMTP 550 5.7.26 ")
    assert "Refused for good" in out
    assert "RFC 7372 §3.4" in out
    assert "Is it final?" in out
    assert "What next?" in out
    assert "<p>" not in out
    assert "<code>" not in out


def test_show_lists_what_servers_mean_by_a_code(call):
    told = call("show", "550").output
    assert "What servers mean by it" in told
    assert "- No such mailbox: “Recipient not found”" in told
    assert "What servers mean by it" not in call("show", "214").output


def test_show_says_what_a_service_means_otherwise_as_the_page_does():
    assert "In replies from Exchange Online it means" in " ".join(run("show", "5.1.10").stdout.split())
    assert "In replies from" not in run("show", "5.1.1").stdout


def test_compare_prints_the_differences():
    out = run("compare", "530", "535", "--lang", "tr").stdout
    assert "Temel Farklar" in out
    assert "535" in out


def test_compare_says_each_thing_once(call):
    assert call("compare", "550 5.7.1", "554 5.7.1").output.count("Find out whether") == 1
    assert "stays open" not in call("compare", "421", "450").output
    assert "stays open" in call("compare", "421", "455").output
    # What both share tells nothing apart.
    assert "503 judges only the moment" in call("compare", "503 5.5.1", "502 5.5.1").output


@pytest.mark.parametrize("words", [["250-535"], ["250", "to", "535"], ["250/535"], ["250 vs 535"], ["250", "–", "535"]])
def test_compare_takes_what_people_write_between_codes(call, words):
    assert call("compare", *words).output.startswith("SMTP 250 OK vs 535 ")
    assert call("show", "5.7.606-649").output.startswith("SMTP 5.7.606-649 ")


def test_search_finds_codes_by_words_in_any_language():
    assert "5.2.2" in run("search", "quota").stdout
    assert run("search", "lost", "input", "channel").stdout.startswith("client-left ")
    assert "[tr]" in run("search", "kimlik", "doğrulama").stdout
    assert run("search", "xyzzy").returncode == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["show", "536"], "536 is not a known code; did you mean 535"),
        (["compare", "250"], "two to four codes"),
        (["compare"], "compare takes two to four codes, and none is given; write compare 250 535"),
        (["show"], "show takes one code, and none is given; write show 535"),
        (["render"], "render takes a directive or a file, and none is given; write render docs/index.md"),
        (["log"], "log takes files, and none is given; write log /var/log/mail.log"),
        (["changes"], "changes takes a wheel or a folder of the package, and none is given; write changes mkdocs_smtp"),
        (["coverage", "--upto", "all"], "--upto notes something only with --renew; write coverage --renew --upto all"),
        (
            ["coverage", "--renew", "--upto", "labels.titel"],
            "--upto labels.titel names no text; did you mean labels.title?",
        ),
        (["coverage", "--json", "--markdown"], "--json and --markdown are two forms of one table; give one of them"),
        (["check", "--json", "--format", "text"], "--json and --format text contradict each other; give one of them"),
        (
            ["render", "x", "--write", "--format", "json"],
            "--write puts Markdown or HTML into files, and --format json is",
        ),
        (["show", "250-535"], "show takes one code; for several there is compare 250 535"),
        (["show", "250; 535"], "show takes one code; for several there is compare 250 535"),
        (["show", "smtp;536"], "536 is not a known code"),
        (["show", "55O"], "its O is a letter, not the digit 0; write 550"),
        (["show", "5,7,1"], "the parts of a code are joined by full stops; write 5.7.1"),
        (["show", "relay-denied"], "relay-denied is a reason, not a code; write search relay-denied"),
        (["show", "gmail"], "gmail is a sender, not a code; write << smtp_replies(gmail) >> in a page"),
        (["show", "535", "--lang", "xx"], "no words in xx"),
    ],
)
def test_wrong_calls_say_what_would_be_right(arguments, message):
    done = run(*arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_coverage_prints_each_language():
    lines = run("coverage").stdout.splitlines()
    assert lines[0].split() == ["language", "labels", "names", "reasons", "pairs", "prose", "stale", "name"]
    assert {line.split()[0] for line in lines[1:]} >= {"en", "tr"}
    assert next(line for line in lines if line.startswith("en ")).split()[1:-1] == [*("100", "%") * 5, "0"]


def test_coverage_names_what_is_missing_in_the_languages_that_are_asked_for():
    lines = run("coverage", "de", "--list").stdout.splitlines()
    missing = {line.removeprefix("de missing ") for line in lines if line.startswith("de missing ")}
    assert not [line for line in lines if line.startswith("fr ")]
    told = json.loads(run("coverage", "de", "--json").stdout)
    assert {one["lang"] for one in told} == {"de"}
    assert missing == {path for one in told for path in one["missing"]}
    assert run("coverage", "xx").returncode == 2


def test_coverage_lists_first_what_readers_of_a_new_language_see_on_every_page(call, write):
    write({"nl.yml": "words: {nl: {language: {name: Nederlands, direction: ltr}, labels: {next: Wat nu?}}}\n"})
    lines = call("coverage", "nl", "--list", "--data", "nl.yml").output.splitlines()
    paths = [line.split()[2] for line in lines if line.startswith("nl missing")]
    assert paths[0].startswith("classes.")
    assert "labels.next" not in paths
    order = [
        paths.index(path) for path in ("verdict.unknown", "axes.outcome.label", "labels.description", "list.separator")
    ]
    assert order == sorted(order)
    assert paths.index("list.separator") < paths.index("codes.550.name"), "kinds stay together"


# --- codes as people write them ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "title"),
    [
        (["550 5.7.26"], "SMTP 550 5.7.26"),
        (["550", "5.7.26"], "SMTP 550 5.7.26"),
        (["550-5.7.26"], "SMTP 550 5.7.26"),
        (["  535  "], "SMTP 535"),
        (["5.7.8"], "SMTP 5.7.8"),
        (["421", "5.7.32"], "SMTP 421 5.7.32"),
        (["smtp;550 5.1.1"], "SMTP 550 5.1.1"),
        (["#5.1.1 smtp;550 5.1.1"], "SMTP 550 5.1.1"),
        (["5.1.1 smtp;550"], "SMTP 550 5.1.1"),
        (["5.1.1 smtp; 550 User unknown"], "SMTP 550 5.1.1"),
        (["550", "(#5.1.1)"], "SMTP 550 5.1.1"),
        (["dsn=5.1.1"], "SMTP 5.1.1"),
        (["SMTP", "550"], "SMTP 550"),
    ],
)
def test_show_understands_whole_replies_with_and_without_quotes(call, arguments, title):
    assert call("show", *arguments).output.startswith(f"{title} ")


@pytest.mark.parametrize(
    ("arguments", "title"),
    [
        (["250", "535"], "SMTP 250 OK vs 535 "),
        (["250", "vs", "535"], "SMTP 250 OK vs 535 "),
        (["250,535"], "SMTP 250 OK vs 535 "),
        (["550", "5.7.1", "550", "5.7.26"], "SMTP 550 5.7.1 "),
        (["550 5.7.1", "550 5.7.26"], "SMTP 550 5.7.1 "),
        (["550-5.7.1", "550-5.7.26"], "SMTP 550 5.7.1 "),
        (["550-5.7.1 550-5.7.26"], "SMTP 550 5.7.1 "),
        (["550", "5.7.1"], "SMTP 550 Mailbox unavailable vs 5.7.1 "),
        (["smtp;550", "smtp; 450"], "SMTP 550 Mailbox unavailable vs 450 "),
        (["5.1.1 smtp;550", "4.2.2 smtp;452"], "SMTP 550 5.1.1 Bad destination mailbox address vs 452 4.2.2 "),
        (["550;450"], "SMTP 550 Mailbox unavailable vs 450 "),
        (["450, 550, 5.7.1"], "SMTP 450 Mailbox unavailable for now vs 550 Mailbox unavailable vs 5.7.1 "),
    ],
)
def test_compare_understands_whole_replies_as_show_does(call, arguments, title):
    done = call("compare", *arguments)
    assert done.exit_code == 0, done.output
    assert done.output.startswith(title)


@pytest.mark.parametrize(
    "codes", [["250", "250"], ["536", "550"], ["5.7.x", "250"], ["abc", "250"], ["536"], ["4xx"], ["55O"], ["X.7.1"]]
)
def test_a_mistaken_code_is_told_what_a_page_would_be_told(call, write, codes):
    command = "show" if len(codes) == 1 else "compare"
    done = call(command, *codes)
    assert done.exit_code == 2
    message = done.output.partition("Error: ")[2].strip()
    write({"page.md": f"<< smtp_{'code' if command == 'show' else command}({', '.join(codes)}) >>\n"})
    in_page = call("check", "page.md").output.partition("smtp_")[2].partition(": ")[2].strip()
    # The terminal says of what it has no command for that a page has it.
    assert message.removesuffix(" in a page") == in_page


def test_a_code_that_was_left_out_for_a_mistake_is_not_also_unknown(call, write):
    write({"own.yml": "codes: {E1: {reply: 5500}}\n"})
    done = call("show", "E1", "--data", "own.yml")
    assert done.exit_code == 2
    assert "own.yml:1: " in done.stderr
    assert "E1 is left out for the mistake in own.yml:1" in done.stderr
    assert "is not a known code" not in done.stderr


# --- for programs ------------------------------------------------------------------------------------------------------


def test_show_prints_json_that_fits_the_schema_of_the_export(call, write):
    write({"eo.yml": "words: {eo: {codes: {'211': {name: Stato}}}}\n"})
    schema = json.loads((SCHEMAS / "export.schema.json").read_text(encoding="utf-8"))
    code_schema = {**schema["properties"]["codes"]["additionalProperties"], "$defs": schema.get("$defs", {})}
    for arguments in (
        ["535"],
        ["5.7.8"],
        ["550", "5.7.26", "--lang", "tr"],
        ["211", "--lang", "eo", "--data", "eo.yml"],
    ):
        told = json.loads(call("show", "--json", *arguments).output)
        assert told.pop("format") == 1
        assert told.pop("code") == " ".join(a for a in arguments if a[0].isdigit())
        jsonschema.validate(told, code_schema)
    assert told["words"]["eo"].keys() == {"name"} < told["words"]["en"].keys(), "English where a language lacks a text"


def test_search_prints_json(call):
    told = json.loads(call("search", "--json", "quota", "--lang", "en").output)
    assert told["format"] == 1
    assert told["words"] == ["quota"]
    assert {"code", "kind", "lang", "name", "summary", "why"} == set(told["found"][0])
    assert "5.2.2" in {found["code"] for found in told["found"]}
    done = call("search", "--json", "xyzzy")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["found"] == []


def test_export_prints_what_the_python_function_gives(call, tmp_path):
    assert json.loads(call("export", "--lang", "tr").output) == json.loads(json.dumps(export(load_dataset(), ["tr"])))
    assert json.loads(call("export").output)["languages"] == ["en"]
    assert set(json.loads(call("export", "--lang", "all").output)["languages"]) == set(load_dataset().languages)
    done = call("export", "--lang", "tr", "--output", "codes.json")
    assert done.output == ""
    assert json.loads((tmp_path / "codes.json").read_text(encoding="utf-8")) == json.loads(
        json.dumps(export(load_dataset(), ["tr"]))
    )
    done = call("export", "--output", "nowhere/codes.json")
    assert done.exit_code == 2
    assert "nowhere/codes.json cannot be written" in done.output


@pytest.mark.parametrize("name", ["data", "config", "export"])
def test_schema_prints_a_schema(call, name):
    assert call("schema", name).output == (SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8")
    assert call("schema").output == (SCHEMAS / "data.schema.json").read_text(encoding="utf-8")


# --- wrong calls -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["search", ""], "search takes words, and none is given; write search quota"),
        (["search", " ", "\t"], "search takes words"),
        (["search"], "search takes words, and none is given; write search quota"),
        (["show", "250", "535"], "show takes one code; for several there is compare 250 535"),
        (["show", " "], "show takes one code, and none is given; write show 535"),
        (["compare", "250"], "compare takes two to four codes, and one is given"),
        (["compare", "250", "450", "550", "535", "421"], "compare takes two to four codes, and 5 are given"),
        (["compare", "", ""], "compare takes two to four codes, and none is given"),
        (["export", "--lang", "xx"], "no words in xx"),
        (["search", "x", "--lang", "xx"], "no words in xx"),
        (["schema", "html"], "'html' is not one of"),
        (["serch", "x"], "serch is not a command; did you mean search?"),
        (["535"], "535 is not a command; write show 535"),
        (["--config", "none.yml", "show", "535"], "none.yml"),
        (["show", "535", "--colour"], "--colour"),
        (["check"], "there is no mkdocs.yml here or in a folder above; name the pages or folders to check"),
        (["check", "nowhere"], "nowhere"),
    ],
)
def test_a_wrong_call_is_told_what_would_be_right_and_ends_with_2(call, arguments, message):
    done = call(*arguments)
    assert done.exit_code == 2
    assert message in " ".join(done.output.split())


ODD = [
    "", " ", "-", "--", "0", "-1", "99", "1000", "1e3", "5.7", "5.7.", "5.7.x", "X.7.1", "X.7.x", "4xx", "all", "5.7.1000",
    "550 ", "550  5.7.1", "550-5.7.1", "550-", "550 5.7.x", "5.7.606-649", "550 5.7.606-649", "250 vs 535", "250/535", "250-535",
    "smtp(535)", "<< smtp_code(535) >>", "“535”", "'535'", '"535"', "535,", ",", ";", "vs", "５３５", "٥٣٥", "²⁵⁰", "Ⅷ", "ß", "İ",
    "\u200b535", "\udcff", "💥", "a" * 5000, "9" * 5000, "5.7.1 " * 300, "../../etc/passwd", "{{ 535 }}", "%s%n",
    "\n", "\r\n535", "https://example.org/550", "E", "name='x'", 'title="', "lang=tr",
]  # fmt: skip


#: Where the odd one stands.
CALLS = [
    lambda odd: [odd],
    lambda odd: ["--lang", odd, "535"],
    lambda odd: [odd, odd],
    lambda odd: ["250", odd],
    lambda odd: [odd, "535"],
    lambda odd: ["535", "--json", odd],
]


@pytest.mark.parametrize(
    "calls", [CALLS[:1], pytest.param(CALLS[1:], marks=pytest.mark.whole)], ids=["alone", "beside"]
)
@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_falls_over_an_odd_argument(call, command, calls):
    for odd in ODD:
        for arguments in (made(odd) for made in calls):
            done = call(command, *arguments)
            assert done.exit_code in {0, 1, 2}, (arguments, done.output)
            assert "Traceback" not in done.output


@pytest.mark.parametrize("option", ["--data", "--config", "--lang", "--output"])
def test_no_command_falls_over_an_odd_file(call, write, option):
    write(
        {"bad.yml": b"\xff\xfe", "odd.yml": "codes: [", "folder/x.yml": "a: 1\n", "empty.yml": "", "page.md": "text\n"}
    )
    arguments = {"check": ["page.md"], "show": ["535"], "compare": ["250", "535"], "search": ["quota", "--lang", "en"]}
    values = ("", "none.yml", "bad.yml", "odd.yml", "folder", "empty.yml", "a" * 300, "/dev/null")
    for number, command in enumerate(COMMANDS):
        # Each command meets every other value, and each value every other command.
        for value in values[number % 2 :: 2]:
            done = call(command, *arguments.get(command, []), option, value)
            assert done.exit_code in {0, 1, 2}, (command, option, value, done.output)


# --- the documentation -------------------------------------------------------------------------------------------------


GUIDES = ("checking", "command-line", "logs", "other-tools", "server", "upgrading")


def test_every_command_and_each_of_its_options_is_documented():
    from click import Context

    from mkdocs_smtpcodes.cli import main

    docs = SCHEMAS.parent.parent / "example-site" / "docs" / "guide"
    text = "".join((docs / f"{name}.md").read_text(encoding="utf-8") for name in GUIDES)
    context = Context(main)
    commands = {name: main.get_command(context, name) for name in main.list_commands(context)}
    for name, command in commands.items():
        assert f"| `{name}` |" in text
        assert command.name == name
        for parameter in command.params:
            for option in parameter.opts if parameter.param_type_name == "option" else ():
                assert option in text, (name, option)


@pytest.mark.parametrize("text", ["550", "550 glorp", "5.1.1", "550 5.1.1 glorp"])
def test_explain_says_of_a_code_without_known_words_that_only_the_code_was_recognised(call, text):
    told = call("explain", text).output
    assert "Only the code is recognised." in told
    assert "Neither" not in told


def test_explain_names_the_code_and_the_reason_of_each_further_recipient(call):
    one = "Final-Recipient: rfc822; a@example.org\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 No such user\n"
    two = (
        one.replace("5.1.1", "5.2.2").replace("550", "552").replace("No such user", "Mailbox full").replace("a@", "b@")
    )
    told = call("explain", f"{one}\n{two}").output
    assert "2 recipients" in told
    assert "b@example.org 552 5.2.2 Refused for good Mailbox full" in told
    assert "2 recipients" not in call("explain", one).output


@pytest.mark.parametrize("text", ["500 mail loop", "556 domain does not accept mail", "550 no such user", "550 5.1.1"])
def test_explain_shows_no_marks_of_markdown(call, text):
    assert "`" not in call("explain", text).output


@pytest.mark.parametrize(("lang", "label"), [("en", "Setting: smtpd_"), ("ja", "設定：smtpd_")])
def test_explain_names_the_setting_with_the_colon_of_the_language(call, lang, label):
    assert label in call("explain", "--lang", lang, "554 5.7.1 <a@b.example>: Relay access denied").output


def test_explain_says_that_nothing_is_on_record_where_the_code_is_not_either(call):
    assert "Neither the code nor the words are on record." in call("explain", "550 5.7.98 glorp").output


def test_explain_of_a_file_says_how_its_text_is_given(call, tmp_path):
    (tmp_path / "bounce.eml").write_text("550 5.7.1 Relay access denied\n", encoding="utf-8")
    done = call("explain", "bounce.eml")
    assert done.exit_code == 2
    assert "bounce.eml is a file, and explain takes a text; write mkdocs-smtpcodes explain < bounce.eml" in done.output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("show", "mailbox", "full"), "show takes codes; for what texts say there is search mailbox full"),
        (("compare", "mailbox", "full"), "compare takes codes; for what texts say there is search mailbox full"),
        (("show", "450", "550"), "for several there is compare 450 550"),
        (
            ("render", "--built", "mkdocs.yml", "<< smtp(550) >>"),
            "mkdocs.yml is no inventory of a built site; --built takes the",
        ),
        (
            ("render", "--site-url", "not a url", "<< smtp(550) >>"),
            "'not a url' is no address; write one such as https://docs.",
        ),
        (("render", "--site-url", "example.org", "<< smtp(550) >>"), "'example.org' is no address"),
        (("render", "docs"), "docs is a folder, whose pages render rewrites with --write alone: render --write docs"),
    ],
)
def test_what_is_given_to_the_wrong_command_or_option_is_told_what_to_write(call, tmp_path, words, told):
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: A\n", encoding="utf-8")
    done = call(*words)
    assert done.exit_code == 2
    assert told in " ".join(done.output.split())


def test_a_right_address_of_the_site_is_taken(call):
    for address in ("https://docs.example.org/", "http://localhost:8000/a/b", "https://例え.jp"):
        assert call("render", "--site-url", address, "<< smtp(550) >>").exit_code == 0
