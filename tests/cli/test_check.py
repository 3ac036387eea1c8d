"""`check`: what it names, in which files, and how it ends."""

import json
import os
from pathlib import Path

import pytest

from .conftest import run

BAD = "<< smtp_code(536) >>\n"
GOOD = "<< smtp_code(535) >>\n"
WORDS = "words: {en: {codes: {E1: {name: Ours, summary: It is ours.}}}}\n"
OWN = f"codes: {{E1: {{reply: 550 5.7.1}}}}\n{WORDS}"


def lines(done):
    return done.stdout.splitlines()


def files(done):
    return {line.split(":")[0] for line in lines(done)}


# --- mistakes in pages -------------------------------------------------------------------------------------------------


def test_check_names_every_mistake_with_file_line_and_column(call, write):
    text = (
        "---\ntitle: x\n---\n\n# Page\n\n- item\n\n    << smtp_compare(536, 250) >>\n\n```\n<< smtp_compare(1, 2) >>\n```\n\n"
        "See << smtp(535, show=all) >>.\n"
    )
    write({"docs/page.md": text, "docs/good.md": GOOD})
    done = call("check", "docs")
    assert done.exit_code == 1
    assert len(lines(done)) == 2
    assert lines(done)[0].startswith("docs/page.md:9:5: smtp_compare: 536 is not a known code; did you mean")
    assert lines(done)[1].startswith("docs/page.md:15:5: smtp: show=all is unknown")
    assert "\x1b" not in done.output, "plain output when it is no terminal"


def test_check_says_nothing_of_good_pages(call, write):
    write({"good.md": f"{GOOD}\ncat <<EOF\n"})
    done = call("check", "good.md")
    assert (done.exit_code, done.output) == (0, "")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_lines_are_those_of_the_file_with_every_line_ending_and_a_byte_order_mark(call, write, ending, mark):
    write({"page.md": mark + f"---\ntitle: x\n---\n\n# Page\n\n{BAD}".replace("\n", ending)})
    assert lines(call("check", "page.md"))[0].startswith("page.md:7:1: smtp_code: 536")


def test_a_page_that_is_not_utf_8_is_one_message_and_the_others_are_checked(call, write):
    write({"docs/a.md": b"# A\n\ncaf\xe9 << smtp_code(536) >>\n", "docs/b.md": BAD, "docs/c.md": b"\xff\xfeh\x00"})
    done = call("check", "docs")
    assert done.exit_code == 1
    assert [line.split(": ")[0] for line in lines(done)] == ["docs/a.md:3:4", "docs/b.md:1:1", "docs/c.md:1:1"]
    assert lines(done)[0].endswith("this is not UTF-8; save the file as UTF-8")


def test_what_a_template_engine_fills_in_is_no_mistake(call, write):
    write(
        {
            "page.md": "<< smtp_compare(250, {{ code }}) >>\n\n{% for n in codes %}\n<< smtp_code({{ n }}) >>\n{% endfor %}\n\n"
            "See << smtp({{ page.meta.code }}) >> and\n\n<< smtp_table({% if x %}4xx{% else %}5xx{% endif %}) >>\n"
        }
    )
    done = call("check", "page.md")
    assert (done.exit_code, done.output) == (0, "")


@pytest.mark.parametrize("mark", ["\\<<", "\\<\\<"])
def test_a_formatter_that_has_switched_off_every_directive_of_a_page_is_named(call, write, mark):
    text = f"# Page\n\n{mark} smtp_code(535) >>\n\nSee {mark} smtp(250) >>.\n"
    write({"page.md": text, "one.md": f"{mark} smtp_compare(250, 535) >>\n"})
    done = call("check", "page.md", "one.md")
    assert done.exit_code == 1
    assert len(lines(done)) == 2
    assert lines(done)[0].startswith("page.md:3:1: a backslash switches off each of the 2 directives of this page")
    assert "mdformat" in lines(done)[0]
    assert lines(done)[1].startswith("one.md:1:1: a backslash switches off the only directive")
    write({"page.md": f"{text}\n<< smtp(535) >>\n"})
    assert call("check", "page.md").exit_code == 0, "then somebody has meant it"
    write({"page.md": f"Write `{mark} smtp(535) >>`.\n\n```\n{mark} smtp(535) >>\n```\n\n{mark} smtp_server(1) >>\n"})
    assert call("check", "page.md").exit_code == 0, "code and other people's marks"


def test_directives_where_nothing_expands_are_named(call, write):
    write(
        {
            "page.md": "---\ntitle: About << smtp(535) >>\n---\n\n# Page\n\n<< smtp_compare >>\n\n<div>\n<b>\n"
            "<< smtp_code(535) >>\n</b></div>\n\n<!-- << smtp(250) >> -->\n\n<pre>\n<< smtp(250) >>\n</pre>\n\n"
            "`<< smtp_compare >>`\n"
        }
    )
    done = call("check", "page.md")
    assert done.exit_code == 1
    assert len(lines(done)) == 4
    assert lines(done)[0].startswith("page.md:2: title: a directive does not expand in front matter")
    assert lines(done)[1].startswith("page.md:7:1: smtp_compare: ")
    assert "<< smtp_compare(250, 535) >>" in lines(done)[1]
    assert lines(done)[2].startswith("page.md:11:1: << smtp_code(535) >> stands in raw HTML")
    assert lines(done)[3].endswith("put it outside of <pre>, or write &lt;&lt; and &gt;&gt; to show it")


def test_a_directive_in_a_title_of_the_navigation_is_named(call, write):
    config = "site_name: Test\n# << smtp(250) >>\nnav:\n  - index.md\n  - About << smtp(535) >>: a.md\nplugins: [smtpcodes]\n"
    write({"mkdocs.yml": config, "docs/index.md": GOOD, "docs/a.md": "# A\n"})
    done = call("check")
    assert done.exit_code == 1
    assert done.stderr.startswith("mkdocs.yml:5:11: nav: a directive does not expand in a title of the navigation")
    assert done.stdout == ""


def test_a_directive_in_the_name_of_the_site_is_named_and_in_extra_it_is_for_macros(call, write):
    config = "site_name: Test\nextra: {a: '<< smtp(250) >>'}\nplugins: [smtpcodes]\ncopyright: >-\n  About\n  << smtp(535) >>\n"
    write({"mkdocs.yml": config, "docs/index.md": GOOD})
    assert call("check").stderr.startswith("mkdocs.yml:6: copyright: a directive does not expand in the configuration")


def test_a_log_is_no_page(call, write):
    write({"mail.log": "550 x\n"})
    assert "mail.log is no page; write mkdocs-smtpcodes log mail.log" in call("check", "mail.log").stderr


def test_a_page_that_no_parser_survives_is_one_message(call, write):
    write({"deep.md": ">" * 3000 + " x << smtp(535) >>\n", "page.md": BAD})
    done = call("check", "deep.md", "page.md")
    assert done.exit_code == 1
    assert "page.md" in files(done)


# --- which files -------------------------------------------------------------------------------------------------------


def test_check_does_not_walk_what_is_not_the_writers(call, write):
    walked = ["a.md", "docs/b.markdown", "docs/kept/k.md"]
    not_walked = [
        "build/c.md", ".venv/d.md", ".hidden/e.md", "node_modules/x/f.md", "env/g.md", "docs/drafts/h.md", "docs/.i.md",
        "docs/j.txt", "docs/notes-l.md",
    ]  # fmt: skip
    write(dict.fromkeys([*walked, *not_walked], BAD))
    write({".gitignore": "build/\nnotes-*\n!\n/docs/kept\n", "docs/.gitignore": "drafts\n!kept/\n"})
    write({".git/HEAD": "", "env/pyvenv.cfg": ""})
    assert files(call("check", ".")) == set(walked)
    assert files(call("check", "docs")) == {"docs/b.markdown", "docs/kept/k.md"}, "the rules above count too"
    assert files(call("check", "build", ".hidden")) == {"build/c.md", ".hidden/e.md"}, "what is named is checked"
    assert files(call("check", ".venv/d.md", "docs/notes-l.md")) == {".venv/d.md", "docs/notes-l.md"}


def test_a_page_is_checked_once_and_a_circle_of_links_ends(call, write, tmp_path):
    write({"docs/a.md": BAD})
    (tmp_path / "docs" / "round").symlink_to(tmp_path / "docs", target_is_directory=True)
    done = call("check", "docs", "docs/a.md", "./docs")
    assert len(lines(done)) == 1


def test_pages_that_the_site_does_not_build_are_not_checked(call, write):
    config = "site_name: Test\nplugins: [smtpcodes]\nexclude_docs: |\n  parts/\n  *.part.md\n"
    write({"mkdocs.yml": config, "docs/a.md": BAD, "docs/parts/b.md": BAD, "docs/c.part.md": BAD})
    assert files(call("check")) == {"docs/a.md"}


def test_a_folder_without_a_page_does_not_pass_in_silence(call, tmp_path):
    (tmp_path / "docs").mkdir()
    done = call("check", "docs")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "no Markdown page in docs\n")


# --- the site ----------------------------------------------------------------------------------------------------------

CONFIG = """
site_name: !ENV [NAME, Test]
docs_dir: pages
theme:
  name: material
  custom_dir: !ENV [THEME, overrides]
plugins:
  - search
  - smtpcodes:
      data_files: [smtp/own.yml]
  - nowhere-installed:
      deep: !!python/object/apply:os.system ["touch ran"]
markdown_extensions:
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
  - pymdownx.superfences:
      custom_fences:
        - {name: mermaid, class: mermaid, format: !!python/name:pymdownx.superfences.fence_code_format ''}
  - toc: {slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}}
  - missing_extension
"""


@pytest.mark.parametrize("folder", [".", "pages/deep"])
def test_the_configuration_is_read_without_its_plugins_and_tags(call, write, tmp_path, monkeypatch, folder):
    write({"mkdocs.yml": CONFIG, "smtp/own.yml": OWN, "pages/a.md": "<< smtp_code(E1) >>\n", "pages/deep/b.md": BAD})
    monkeypatch.chdir(tmp_path / folder)
    done = call("check")
    assert done.exit_code == 1
    assert len(lines(done)) == 1, "E1 is known"
    assert lines(done)[0].startswith(f"{'pages/deep/b.md' if folder == '.' else 'b.md'}:1:1: smtp_code: 536")
    assert done.stderr == ""
    assert not (tmp_path / "ran").exists()
    assert call("show", "E1").stdout.startswith("SMTP E1 Ours")


def test_the_configuration_may_inherit_stand_elsewhere_and_be_another_tools(call, write):
    write(
        {
            "sub/mkdocs.yml": "INHERIT: ../base.yml\ndocs_dir: pages\nplugins:\n  smtpcodes:\n    data_files: [own.yml]\n",
            "base.yml": "INHERIT: deeper.yml\nsite_name: Test\nplugins:\n  search: {}\n  smtpcodes: {lang: tr}\n",
            "deeper.yml": "theme: {name: mkdocs}\n",
            "sub/own.yml": OWN,
            "sub/pages/a.md": "<< smtp_code(E1) >>\n\n<< smtp_code(E2) >>\n",
            "zen/zensical.toml": '[project]\ndocs_dir = "text"\n[project.markdown_extensions.smtpcodes]\ndata_files = "own.yml"\n'
            "[project.markdown_extensions.pymdownx.superfences]\n",
            "zen/own.yml": OWN,
            "zen/text/a.md": "<< smtp_code(E1) >>\n\n<< smtp_code(E2) >>\n",
        }
    )
    for arguments in (
        ["--config", "sub/mkdocs.yml", "check"],
        ["check", "--config", "sub/mkdocs.yml"],
        ["check", "sub/pages"],
    ):
        done = call(*arguments)
        assert [line.split(": ")[0] for line in lines(done)] == ["sub/pages/a.md:3:1"], done.output
    shown = call("show", "535", "--config", "sub/mkdocs.yml").output
    assert "Kalıcı olarak reddedildi" in shown, "in the language of the site"
    done = call("check", "--config", "zen/zensical.toml")
    assert [line.split(": ")[0] for line in lines(done)] == ["zen/text/a.md:3:1"], done.output


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("site_name: [\n", "mkdocs.yml:1: this is not valid YAML: "),
        ("- a\n- b\n", "mkdocs.yml:1: expected a mapping"),
        ("INHERIT: none.yml\n", "mkdocs.yml: INHERIT: there is no file none.yml"),
        ("INHERIT: mkdocs.yml\n", "mkdocs.yml: the files of INHERIT go round in a circle"),
        (b"site_name: caf\xe9\n", "mkdocs.yml:1: this is not UTF-8"),
        ("a: &a [*a]\n", ""),
        ("a: !ENV {b: c}\n", ""),
        ("", ""),
        ("plugins: smtpcodes\nmarkdown_extensions: 5\nnav: {}\ntheme: 7\ndocs_dir: [x]\nexclude_docs: {a: b}\n", ""),
        ("plugins: [5, null, {smtpcodes: 7}, [x], {smtpcodes: {data_files: {a: b}, templates: [x], lang: [tr]}}]\n",
         "mkdocs.yml:1: lang: expected one language, found [tr]"),
        ("plugins:\n- smtpcodes:\n    comparisons: [[536, 550], 7]\n", "mkdocs.yml:3: comparisons: 536 is not a known code"),
        ("plugins:\n- smtpcodes: {lang: xx}\n", "lang: 'xx' is not a language with words"),
        ("plugins:\n- smtpcodes: {templates: none}\n", "is not a folder"),
        ("theme: {name: mkdocs, language: nl}\n", ""),
    ],
)  # fmt: skip
def test_a_wrong_configuration_is_a_message_and_pages_are_still_checked(call, write, text, message):
    write({"mkdocs.yml": text, "docs/page.md": BAD})
    done = call("check", "docs")
    assert done.exit_code == 1
    assert "docs/page.md:1:1: smtp_code: 536" in done.stdout
    assert message in done.stderr
    assert done.stderr.count("\n") <= 4
    if not message:
        assert done.stderr == ""


def test_mistakes_in_data_files_are_named_wherever_the_option_stands(call, write):
    write({"own.yml": "codes:\n  '550': {retyr: 1}\n", "two.yml": OWN, "page.md": "<< smtp_code(E1) >>\n"})
    for arguments in (
        ["--data", "own.yml", "--data", "two.yml", "check", "page.md"],
        ["--data", "own.yml", "check", "--data", "two.yml", "page.md"],
        ["check", "--data", "own.yml", "--data", "two.yml", "page.md"],
        ["check", "page.md", "--data", "two.yml", "--data", "own.yml"],
    ):
        done = call(*arguments)
        assert done.exit_code == 1
        assert "own.yml:2: codes.550.retyr: this key is unknown; did you mean retry?" in done.stderr
        assert done.stdout == ""


def test_the_hook_of_pre_commit_works_with_arguments(call, write):
    """pre-commit calls `mkdocs-smtpcodes check`, then the args of the hook, then the files."""
    write({"smtp/own.yml": OWN, "docs/a.md": "<< smtp_code(E1) >>\n", "docs/b.md": BAD})
    done = call("check", "--data", "smtp/own.yml", "docs/a.md", "docs/b.md")
    assert files(done) == {"docs/b.md"}
    write({"mkdocs.yml": "plugins: [{smtpcodes: {data_files: [smtp/own.yml]}}]\n"})
    assert files(call("check", "docs/a.md", "docs/b.md")) == {"docs/b.md"}, "and without any, from mkdocs.yml"


def test_the_sites_own_extensions_decide_what_is_text(call, write):
    fence = "- item\n\n    ```\n    << smtp_code(536) >>\n    ```\n\n!!! note\n    << smtp_code(536) >>\n"
    write({"mkdocs.yml": "markdown_extensions: [pymdownx.superfences, admonition, smtpcodes]\n", "docs/a.md": fence})
    assert [line.split(": ")[0] for line in lines(call("check"))] == ["docs/a.md:8:5"]
    write({"mkdocs.yml": "markdown_extensions: [pymdownx.superfences]\n"})
    assert call("check").exit_code == 1, "a paragraph without the extension, not code"


def test_a_snippet_that_is_not_utf_8_is_named_and_not_the_page(call, write):
    config = "markdown_extensions:\n  - pymdownx.snippets: {base_path: [parts]}\n"
    write({"mkdocs.yml": config, "docs/a.md": '# A\n\n--8<-- "part.txt"\n', "parts/part.txt": b"A\n\ncaf\xe9\n"})
    assert lines(call("check")) == ["parts/part.txt:3:4: this is not UTF-8; save the file as UTF-8"]


def test_the_text_of_snippets_is_checked_where_a_page_includes_it(call, write):
    options = "{base_path: [!relative $config_dir/parts, .], check_paths: true}"
    config = f"markdown_extensions:\n  - pymdownx.snippets: {options}\n"
    write({"mkdocs.yml": config, "docs/a.md": '# A\n\n--8<-- "part.txt"\n\n--8<-- "none.txt"\n', "parts/part.txt": BAD})
    done = call("check")
    assert done.exit_code == 1
    assert lines(done)[0].startswith("parts/part.txt:1:1: smtp_code: 536 is not a known code")


def test_check_prints_json(call, write):
    write({"own.yml": "codes:\n  '550': {retyr: 1}\n", "docs/a.md": f"# A\n\n{BAD}", "docs/b.md": GOOD})
    done = call("check", "--json", "--data", "own.yml", "docs")
    assert done.exit_code == 1
    told = json.loads(done.output)
    assert told["format"] == 1
    assert told["pages"] == 2
    assert [(m["file"], m["line"], m["column"]) for m in told["mistakes"]] == [
        ("own.yml", 2, None),
        ("docs/a.md", 3, 1),
    ]
    assert told["mistakes"][0]["message"].startswith("codes.550.retyr: this key is unknown")
    assert told["mistakes"][1]["message"].startswith("smtp_code: 536 is not a known code")
    done = call("check", "--json", "docs/b.md")
    assert (done.exit_code, json.loads(done.output)["mistakes"]) == (0, [])


def test_check_finds_in_the_documentation_of_the_plugin_nothing_wrong():
    done = run("check", "example-site/docs", cwd=os.path.dirname(os.path.dirname(os.path.dirname(__file__))))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_page_that_cannot_be_opened_is_a_message(call, write, tmp_path):
    write({"docs/a.md": BAD})
    (tmp_path / "docs" / "b.md").symlink_to(tmp_path / "nowhere.md")
    (tmp_path / "docs" / "c.md").mkdir()
    done = call("check", "docs")
    assert done.exit_code == 1
    assert "docs/b.md: this cannot be read: No such file or directory" in lines(done)
    assert files(done) == {"docs/a.md", "docs/b.md"}


def test_a_directive_whose_codes_contradict_each_other_is_named_unless_the_rule_is_off(call, write):
    write(
        {
            "docs/a.md": "# A\n\n<< smtp_code(550 4.7.1) >>\n\n<< smtp_code(550 5.7.1) >>\n",
            "mkdocs.yml": "site_name: x\n",
        }
    )
    assert "docs/a.md:3:1: smtp_code: the class of 4.7.1 contradicts the first digit of 550" in call("check").stdout
    write({"mkdocs.yml": "site_name: x\nplugins:\n- smtpcodes:\n    lint: {class-conflict: off}\n"})
    assert call("check").output == ""


@pytest.mark.parametrize("page", ["codes.md", "/codes/", "/mail/codes/#x"])
def test_every_wrong_option_of_the_extension_is_named_with_its_line(call, write, page):
    toml = '[project]\nsite_name = "T"\n[project.markdown_extensions.smtpcodes]\ncss = "x"\nlangauge = "tr"\n'
    toml += f'on_error = "explode"\nentries_page = "{page}"\ndata_files = ["nope.yml"]\nautolink = "txt"\n'
    write({"zensical.toml": toml, "docs/index.md": GOOD})
    told = call("check").stderr.splitlines()
    assert sorted(line.partition(";")[0].replace(page, "PAGE") for line in told) == [
        "zensical.toml:4: css: 'x' is unknown",
        "zensical.toml:5: langauge: this is not an option",
        "zensical.toml:6: on_error: 'explode' is unknown",
        "zensical.toml:7: entries_page: there is no page PAGE in docs",
        "zensical.toml:8: data_files: nope.yml cannot be read (No such file or directory)",
        "zensical.toml:9: autolink: 'txt' is unknown",
    ]
    write({"docs/codes.md": GOOD})
    assert "entries_page: there" not in call("check").stderr


@pytest.mark.parametrize("front", ["smtp: {autolink: text", "smtp:\n\tautolink: text"])
def test_front_matter_that_is_no_yaml_is_told_where_it_is_about_smtp(call, write, front):
    write(
        {"docs/c.md": f"---\n{front}\n---\n\n{GOOD}", "docs/d.md": f"---\n{front.replace('smtp', 'x')}\n---\n\n{GOOD}"}
    )
    assert lines(call("check", "docs")) == ["docs/c.md:2: the front matter is not valid YAML, so smtp: is not read"]


def test_a_fence_that_is_never_closed_is_told_where_directives_stand_below_it(call, write):
    closed = f"# A\n\n```\ncode\n```\n\n{GOOD}"
    write(
        {
            "docs/a.md": f"# A\n\n{GOOD}\n```text\ncode\n\n{GOOD}",
            "docs/b.md": closed,
            "docs/c.md": f"{GOOD}\n```\ncode\n",
        }
    )
    told = "docs/a.md:5:1: this fence is never closed, so the directives below it do not expand"
    assert lines(call("check", "docs")) == [told]


# --- a configuration that does not reach the pages ------------------------------------------------------------------------

#: Configurations, and what is said of each beside the mistakes of pages.
UNREAD = {
    "mkdocs.yml": {
        "plugins: [search]": "mkdocs.yml:2: pages have directives and nothing expands them, for smtpcodes is neither a plugin",
        "theme: mkdocs": "mkdocs.yml: pages have directives and nothing expands them",
        "plugins:\n- smtpcodes:\n  lang: tr": "mkdocs.yml:4: lang: this stands beside smtpcodes, not below it; indent it",
        "plugins: [smtpcodes]\nsmtpcodes: {lang: tr}": "mkdocs.yml:3: smtpcodes: nobody reads this here; write it as - smtpcod",
        "plugins:\n- smtpcodes:\n    lang: de\n    css: true\n    lang: tr": (
            "mkdocs.yml:6: lang: this is given twice, and only the last one counts; take away line 4"
        ),
        "markdown_extensions:\n- smtpcodes:\n    folder: nope": "mkdocs.yml:4: folder: 'nope' is not a folder",
        "markdown_extensions:\n- smtpcodes:\n    lint: {pair: loud}": "mkdocs.yml:4: lint: pair: loud is not a level",
        "plugins: [smtpcodes]": "",
        "plugins: {smtpcodes: {lang: en}}": "",
        "plugins:\n- search\n- smtpcodes:\n    lang: en\ntheme: {name: mkdocs, lang: en}": "",
        "markdown_extensions: [mkdocs_smtpcodes.extension]": "",
    },
    "zensical.toml": {
        "[project.plugins.smtpcodes]\nlang = 'tr'": "zensical.toml:2: Zensical runs no plugin of others; write [project.markdown",
        "[markdown_extensions.smtpcodes]": "zensical.toml:2: what stands outside of [project] is not read; write [project.mark",
        "[project.markdown_extensions.toc]": "zensical.toml: pages have directives and nothing expands them",
        "[project.markdown_extensions.smtpcodes]\nlang = 'en'": "",
    },
}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in UNREAD.items() for text in texts])
def test_a_configuration_that_nobody_reads_is_named_once(call, write, name, text):
    first = "site_name: A\n" if name.endswith(".yml") else "[project]\n"
    write({name: f"{first}{text}\n", "docs/index.md": GOOD, "docs/b.md": f"{GOOD}\n{GOOD}"})
    told = call("check").output.splitlines()
    said = UNREAD[name][text]
    assert len(told) == bool(said), told
    assert all(line.startswith(said) for line in told)


def test_nothing_is_said_of_a_site_whose_pages_have_no_directive_or_whose_other_configuration_names_us(call, write):
    write({"mkdocs.yml": "site_name: A\n", "docs/index.md": "About `<< smtp_code(550) >>` and << smtp_server >>.\n"})
    assert call("check").output == ""
    write({"docs/index.md": GOOD, "mkdocs.en.yml": "INHERIT: mkdocs.yml\nplugins: [smtpcodes]\n"})
    assert call("check").output == ""


def test_what_a_plugin_of_the_site_fills_in_is_its_own(call, write):
    page = {"docs/index.md": "{{ smtp_code(550) }}\n"}
    write({"mkdocs.yml": "site_name: A\nplugins: [macros, smtpcodes]\n", **page})
    assert call("check").output == ""
    write({"mkdocs.yml": "site_name: A\nplugins: [smtpcodes]\n"})
    assert "{{ begins no directive" in call("check").output


def test_a_file_that_is_no_page_does_not_pass_in_silence(call, write):
    write({"mkdocs.yml": "site_name: A\nplugins: [{smtpcodes: {data_files: [own.yml]}}]\n", "own.yml": "codes: {}\n"})
    write({"docs/a.md": "A.\n", "other.yml": "words: {en: {lables: {}}}\n"})
    done = call("check", "other.yml")
    assert done.exit_code == 2 and "other.yml is no page; write --data other.yml for a data file" in done.output
    assert call("check", "own.yml", "mkdocs.yml", "docs/a.md").exit_code == 0, "these are read anyhow"
    done = call("check", "--config", "other.yml", "docs/a.md")
    assert done.exit_code == 1 and "other.yml:1: this is a data file" in done.output


def test_a_folder_that_cannot_be_read_is_a_message_and_the_others_are_checked(call, write, monkeypatch):
    write({"docs/a/page.md": "A.\n", "docs/b/page.md": "<< smtp(5) >>\n"})
    scandir = os.scandir

    def scan(folder):
        if Path(folder).name == "a":
            raise PermissionError(13, "Permission denied", str(folder))
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", scan)
    done = call("check", "docs")
    assert done.exit_code == 1 and "docs/a: this cannot be read" in done.output and "docs/b/page.md:1" in done.output


def test_a_configuration_that_is_no_yaml_is_told_at_a_line_that_it_has(call, write):
    write({"mkdocs.yml": "site_name: A\nplugins: [\n", "docs/a.md": "A.\n"})
    assert "mkdocs.yml:2: this is not valid YAML: a value is missing, or a [ or { is not closed" in call("check").output
