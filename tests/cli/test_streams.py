"""What the command line writes to: pipes that close, terminals, colours and encodings."""

import os
import pty
import select
import subprocess
import sys
import time

import pytest

from .conftest import COMMAND

CALLS = {
    "show": ["show", "535"],
    "compare": ["compare", "250", "535"],
    "search": ["search", "mail"],
    "coverage": ["coverage"],
    "export": ["export", "--lang", "all"],
    "schema": ["schema", "data"],
    "show --json": ["show", "--json", "535"],
    "search --json": ["search", "--json", "mail"],
    "explain": ["explain", "550 5.7.1 Relay access denied"],
}


def on_a_terminal(arguments, **environment):
    """What a call prints on a terminal."""
    here, there = pty.openpty()
    kept = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "FORCE_COLOR"}}
    with subprocess.Popen(
        [COMMAND, *arguments], stdout=there, stderr=there, stdin=there, env={**kept, "TERM": "xterm", **environment}
    ) as process:
        os.close(there)
        printed, end = b"", time.monotonic() + 30
        while time.monotonic() < end:
            if select.select([here], [], [], 0.1)[0]:
                try:
                    piece = os.read(here, 65536)
                except OSError:
                    break
                printed += piece
            elif process.poll() is not None:
                break
    os.close(here)
    return printed.decode()


@pytest.mark.parametrize("name", CALLS)
def test_a_pipe_that_closes_early_is_no_mistake(name):
    with subprocess.Popen([COMMAND, *CALLS[name]], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(30) == 0


@pytest.mark.parametrize("arguments", [["show", "535"], ["--help"], ["schema", "data"]])
def test_an_output_that_is_full_is_one_line_and_a_wrong_call(arguments):
    with open("/dev/full", "w") as full:
        done = subprocess.run([COMMAND, *arguments], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "Error: the output cannot be written: No space left on device\n")


def test_a_pipe_that_closes_early_does_not_hide_a_mistake(tmp_path):
    (tmp_path / "page.md").write_text("<< smtp_code(536) >>\n\n" * 500, encoding="utf-8")
    with subprocess.Popen(
        [COMMAND, "check", "page.md"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path
    ) as process:
        assert process.stdout.readline().startswith(b"page.md:1:1: ")
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(30) == 1


def test_in_a_shell_the_first_line_comes_alone():
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {COMMAND} show 535 | head -1"],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("SMTP 535 ")
    assert done.stdout.count("\n") == 1


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", ">&- 2>&-"])
def test_closed_streams_are_no_mistake(closed):
    done = subprocess.run(
        ["bash", "-c", f"{COMMAND} show 535 {closed}"], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_explain_without_a_text_is_a_wrong_call_whatever_its_input_is():
    for closed in ("<&-", "< /dev/null", "< /"):
        done = subprocess.run(
            ["bash", "-c", f"{COMMAND} explain {closed}"], capture_output=True, text=True, check=False, timeout=60
        )
        assert done.returncode in {1, 2}
        assert "Traceback" not in done.stderr


def test_colours_stand_on_a_terminal_and_not_where_nobody_wants_them(tmp_path):
    assert "\x1b[" in on_a_terminal(["show", "535"])
    assert "\x1b[" in on_a_terminal(["show", "535"], NO_COLOR=""), "an empty value counts as none"
    for arguments in (*CALLS.values(), ["show", "536"], ["--help"]):
        assert "\x1b[" not in on_a_terminal(arguments, NO_COLOR="1"), arguments


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8"])
def test_no_encoding_of_a_terminal_makes_a_call_fall(encoding):
    for arguments in (
        ["show", "535", "--lang", "tr"],
        ["show", "535", "--lang", "ja"],
        ["show", "💥"],
        ["show", "--json", "535"],
    ):
        done = subprocess.run(
            [COMMAND, *arguments], capture_output=True, check=False, timeout=60, env={**os.environ, "PYTHONIOENCODING": encoding}
        )  # fmt: skip
        assert done.returncode in {0, 2}
        assert b"Traceback" not in done.stderr
        assert (done.stdout if done.returncode == 0 else done.stderr).strip()


def test_arguments_that_are_no_text_are_a_wrong_call():
    for command in ("show", "compare", "search", "check"):
        done = subprocess.run([COMMAND, command, b"\xff\xfe"], capture_output=True, check=False, timeout=60)
        assert done.returncode in {1, 2}
        assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("columns", ["0", "1", "7", "40", "x", "100000"])
def test_every_width_of_a_terminal_will_do(columns):
    done = subprocess.run(
        [COMMAND, "show", "535"], capture_output=True, text=True, check=False, timeout=60,
        env={**os.environ, "COLUMNS": columns},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def test_a_command_imports_only_what_it_needs():
    code = (
        "import sys; from mkdocs_smtpcodes.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "print(' '.join(sorted(sys.modules)), file=sys.stderr)"
    )
    unneeded = {
        ("schema",): ("markdown", "jinja2", "yaml", "mkdocs"),
        ("show", "535"): ("jsonschema", "mkdocs", "pathspec"),
        ("search", "quota"): ("markdown", "jsonschema", "mkdocs", "pathspec"),
        ("check", os.devnull): ("mkdocs",),
    }
    for arguments, modules in unneeded.items():
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False, cwd="/", timeout=60
        )
        loaded = {name.split(".")[0] for name in done.stderr.splitlines()[-1].split()}
        assert not loaded & set(modules), arguments
