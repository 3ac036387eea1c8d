"""The command line, through its real entry point."""

import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).with_name("mkdocs-smtpcodes")


def run(*arguments, cwd=None, entry=(str(COMMAND),)):
    return subprocess.run([*entry, *arguments], capture_output=True, text=True, cwd=cwd, check=False, timeout=60)


def test_the_command_and_the_module_are_the_same():
    assert run("--version").stdout == run("--version", entry=(sys.executable, "-m", "mkdocs_smtpcodes")).stdout


def test_check_names_every_mistake_with_file_line_and_column(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "page.md").write_text(
        "---\ntitle: x\n---\n\n# Page\n\n- item\n\n    << smtp_compare(536, 250) >>\n\n```\n<< smtp_compare(1, 2) >>\n```\n\n"
        "See << smtp(535, show=all) >>.\n",
        encoding="utf-8",
    )
    (tmp_path / "docs" / "good.md").write_text("<< smtp_code(535) >>\n", encoding="utf-8")
    done = run("check", "docs", cwd=tmp_path)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("docs/page.md:9:5: smtp_compare: 536 is not a known code; did you mean")
    assert lines[1].startswith("docs/page.md:15:5: smtp: show=all is unknown")
    assert "\x1b" not in done.stdout, "plain output when it is no terminal"


def test_check_says_nothing_of_good_pages(tmp_path):
    (tmp_path / "good.md").write_text("<< smtp_code(535) >>\n\ncat <<EOF\n", encoding="utf-8")
    done = run("check", "good.md", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_check_names_mistakes_in_data_files(tmp_path):
    (tmp_path / "own.yml").write_text("codes:\n  '550': {retyr: 1}\n", encoding="utf-8")
    (tmp_path / "page.md").write_text("text\n", encoding="utf-8")
    done = run("--data", "own.yml", "check", "page.md", cwd=tmp_path)
    assert done.returncode == 1
    assert "own.yml:2: codes.550.retyr: this key is unknown; did you mean retry?" in done.stderr


def test_show_prints_an_entry():
    out = run("show", "550", "5.7.26").stdout
    assert out.startswith("SMTP 550 5.7.26 ")
    assert "Refused for good" in out
    assert "RFC 7372 §3.4" in out
    assert "Is it final?" in out
    assert "<p>" not in out
    assert "<code>" not in out


def test_compare_prints_the_differences():
    out = run("compare", "530", "535", "--lang", "tr").stdout
    assert "Temel Farklar" in out
    assert "535" in out


def test_search_finds_codes_by_words_in_any_language():
    assert "5.2.2" in run("search", "quota").stdout
    assert "[tr]" in run("search", "kimlik", "doğrulama").stdout
    assert run("search", "xyzzy").returncode == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["show", "536"], "536 is not a known code; did you mean 535"),
        (["compare", "250"], "two to four codes"),
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
    assert lines[0].split()[:1] == ["language"]
    assert {line.split()[0] for line in lines[1:]} >= {"en", "tr"}
    assert next(line for line in lines if line.startswith("en ")).split()[1:5] == ["100", "%", "100", "%"]
