"""Where a directive expands, and where it stays as written."""

import json
import logging
import re
import subprocess
import sys
import textwrap

import markdown
import pytest

from .conftest import CONTAINERS, convert, soup, text_of

D = "<< smtp_compare(530, 535) >>"

EXPANDS = {
    "alone": f"{D}",
    "between paragraphs": f"before\n\n{D}\n\nafter",
    "between two lines of a paragraph": f"before\n{D}\nafter",
    "after a line of a paragraph": f"before\n{D}",
    "before a line of a paragraph": f"{D}\nafter",
    "without spaces": "before\n\n<<smtp_compare(530,535)>>\n\nafter",
    "over several lines": "before\n\n<< smtp_compare(\n    530,\n    535\n) >>\n\nafter",
    "with CRLF": f"before\r\n\r\n{D}\r\n\r\nafter\r\n",
    "indented by three spaces": f"before\n\n   {D}\n\nafter",
    "after a heading": f"# Heading\n{D}\n",
    "before a heading": f"{D}\n## Heading\n",
    "list item": f"- item\n\n    {D}\n\n- item",
    "numbered list item": f"1. item\n\n    {D}\n\n2. item",
    "nested list": f"- a\n    - b\n\n        {D}\n\n    - c\n- d",
    "quote": f"> before\n>\n> {D}\n>\n> after",
    "quote in a list": f"- a\n\n    > before\n    >\n    > {D}\n",
    "admonition": f'!!! note "Title"\n    before\n\n    {D}\n\n    after',
    "admonition, directive first": f"!!! note\n    {D}\n",
    "details": f"??? note\n    before\n\n    {D}\n",
    "tabs": f'=== "One"\n    before\n\n    {D}\n\n=== "Two"\n    text\n',
    "md_in_html": f"<div markdown>\n\n{D}\n\n</div>",
    "md_in_html, tight": f'<div markdown="1">\n{D}\n</div>',
    "footnote": f"text[^1]\n\n[^1]:\n    note\n\n    {D}\n",
    "definition": f"Term\n:   definition\n\n    {D}\n",
    "after a fenced block": f"```\ncode\n```\n\n{D}\n",
    "after inline code with two angles": f"`<<EOF`\n\n{D}\n",
    "after a foreign directive": f"<< include('x.md') >>\n\n{D}\n",
}


@pytest.mark.parametrize("extra", [["fenced_code"], ["pymdownx.superfences"]], ids=["fenced_code", "superfences"])
@pytest.mark.parametrize("case", EXPANDS)
def test_a_directive_expands_wherever_a_block_may_stand(case, extra):
    page = soup(convert(EXPANDS[case], *CONTAINERS, *extra))
    sections = page.select("section.smtp-compare")
    assert len(sections) == 1
    assert not sections[0].find_parent("p")
    assert "smtp_compare" not in page.get_text()
    sections[0].decompose()
    for word in ("before", "after", "item"):
        assert page.get_text().split().count(word) == EXPANDS[case].split().count(word)


STAYS = {
    "fenced": f"```\n{D}\n```",
    "fenced with tildes": f"~~~ text\n{D}\n~~~",
    "fenced in a list": f"- item\n\n    ```\n    {D}\n    ```\n",
    "fenced in a quote": f"> text\n>\n> ```\n> {D}\n> ```\n",
    "fenced in an admonition": f"!!! note\n    ```yaml\n    {D}\n    ```\n",
    "fenced with a blank line, in a list": f"- item\n\n    ```\n    first\n\n    {D}\n\n    last\n    ```\n",
    "fenced, longer fence in a list": f"- item\n\n    ````\n    ```\n    {D}\n    ```\n    ````\n",
    "indented": f"text\n\n    {D}\n",
    "indented in a list": f"- item\n\n        {D}\n",
    "inline code": f"text `{D}` text",
    "inline code alone": f"`{D}`",
    "double backticks": f"`` {D} ``",
    "comment": f"<!-- {D} -->",
    "comment of several lines": f"<!--\n{D}\n-->",
    "comment in running text": f"text <!-- {D} --> text",
    "pre": f"<pre>\n{D}\n</pre>",
    "script": f"<script>\n{D}\n</script>",
    "style": f"<style>\n{D}\n</style>",
    "code tag in running text": f"text <code>{D}</code> text",
}


@pytest.mark.parametrize("extra", [["fenced_code"], ["pymdownx.superfences"]], ids=["fenced_code", "superfences"])
@pytest.mark.parametrize("case", STAYS)
def test_a_directive_stays_as_written_where_code_or_comments_stand(case, extra, caplog):
    html = convert(STAYS[case], *CONTAINERS, *extra)
    without = markdown.markdown(STAYS[case], extensions=["toc", *CONTAINERS, *extra])
    if "running text" not in case:
        assert html == without
    page = soup(html)
    assert not page.select("section.smtp-compare, .smtp-mistake")
    assert "smtp_compare(530, 535)" in html
    assert not caplog.records


@pytest.mark.parametrize(
    "directive", ["<< smtp_compare(530, 535) >>", "<<smtp_compare(530,535)>>", "<< smtp(535) >>", "<<smtp(535)>>"]
)
@pytest.mark.parametrize("frame", ["{}", "text {} text", "- item {}", "> {}", "# Heading {}"])
def test_an_escaped_directive_prints_itself_without_the_backslash(directive, frame, caplog):
    html = convert(frame.format("\\" + directive))
    assert directive in text_of(html)
    assert "\\" not in html
    assert not caplog.records


@pytest.mark.parametrize(
    "text",
    [
        "cat <<EOF\ntext\nEOF",
        "Host: <<smtp_server>>",
        "Host: << smtp_server >>",
        "a << b >> c",
        "std::cout << smtp << std::endl",
        "<<: *default",
        "<< include('smtp.md') >>",
        "<< macro(250, 535) >> and << x >>",
        "Two << angles, and <<more of them",
        "<<>>",
        "x << (smtp_compare) >> y",
        "- list\n- <<item>>\n\n> <<quote>>",
        "<<table_of(smtp)>>",
    ],
)
def test_what_belongs_to_others_comes_out_as_without_the_extension(text, caplog):
    assert convert(text, *CONTAINERS) == markdown.markdown(text, extensions=["toc", *CONTAINERS])
    assert not caplog.records


def test_a_heading_stands_one_level_below_the_heading_above():
    page = soup(convert(f"# One\n\n## Two\n\n{D}\n\n# Three\n\n{D}\n"))
    assert [section.find(id=True).name for section in page.select("section.smtp-compare")] == ["h3", "h2"]


def test_level_sets_the_heading():
    for level in range(1, 7):
        page = soup(convert(f"<< smtp_compare(530, 535, level={level}) >>"))
        assert page.find(id="smtp-530-vs-535").name == f"h{level}"


def test_headings_inside_a_section_do_not_set_the_level_of_the_next():
    page = soup(convert(f"# One\n\n{D}\n\n{D}\n"))
    assert [section.find(id=True).name for section in page.select("section.smtp-compare")] == ["h2", "h2"]


def test_heading_levels_never_skip():
    page = soup(convert(f"# One\n\n{D}\n"))
    levels = [int(heading.name[1]) for heading in page.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])]
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


def test_a_second_use_on_a_page_gets_an_anchor_of_its_own():
    html = convert(f'# Page\n\n{D}\n\n{D}\n\n{D}\n\n<a id="smtp-530-vs-535-4"></a>\n\n{D}\n')
    ids = [element["id"] for element in soup(html).find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert {"smtp-530-vs-535", "smtp-530-vs-535-2", "smtp-530-vs-535-3", "smtp-530-vs-535-5"} <= set(ids)
    for section in soup(html).select("section.smtp-compare"):
        assert section.find(id=section["aria-labelledby"])


def test_the_table_of_contents_names_the_section_and_none_of_its_inner_headings():
    converter = markdown.Markdown(extensions=["smtpcodes", "toc"])
    converter.convert(f"# Page\n\n{D}\n\n## Next\n")
    assert [(token["id"], token["level"]) for token in converter.toc_tokens[0]["children"]] == [
        ("smtp-530-vs-535", 2),
        ("next", 2),
    ]
    assert converter.toc_tokens[0]["children"][0]["children"] == []


def test_permalinks_and_attribute_lists_leave_the_anchor_alone():
    html = markdown.markdown(
        f"# Page\n\n{D}\n", extensions=["smtpcodes", "attr_list", "toc"], extension_configs={"toc": {"permalink": True}}
    )
    assert soup(html).find("h2")["id"] == "smtp-530-vs-535"


def test_title_and_id_are_the_writers():
    page = soup(convert('<< smtp_compare(530, 535, title="Login & < password {: #x } &lt;", id=login) >>', "attr_list"))
    assert page.find(id="login").get_text() == "Login & < password {: #x } &lt;"


def test_parts_leaves_out_and_keeps():
    kept = soup(convert('<< smtp_compare(530, 535, parts="differences") >>'))
    assert kept.select(".smtp-differences")
    assert not kept.select(".smtp-columns, .smtp-summary, table, svg, .smtp-more")
    dropped = soup(convert('<< smtp_compare(530, 535, parts="-differences") >>'))
    assert not dropped.select(".smtp-differences")
    assert dropped.select(".smtp-columns")


def test_the_language_comes_from_the_directive_then_the_option_then_english():
    assert soup(convert("<< smtp_compare(530, 535, lang=tr) >>", lang="en")).section["lang"] == "tr"
    assert soup(convert(D, lang="tr_TR")).section["lang"] == "tr"
    assert soup(convert(D)).section["lang"] == "en"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"on_error": "explode"}, "on_error: 'explode' is unknown; it takes warn or raise"),
        ({"langauge": "tr"}, "langauge: this is not an option; there is lang, data_files, templates,"),
        ({"template": "x"}, "template: this is not an option; did you mean templates?"),
        (
            {"reference": "used"},
            "reference: this is an option of the plugin, which makes pages; write it under plugins",
        ),
        ({"refernce": "used"}, "refernce: this is not an option; did you mean reference, an option of the plugin?"),
        ({"lang": ["en"]}, "lang: expected a text, found [en]"),
        ({"templates": 5}, "templates: expected a text, found 5"),
        ({"data_files": 5}, "data_files: expected a list of names, found 5"),
        ({"data_files": {"a": 1}}, "data_files: expected a list of names, found a mapping"),
    ],
)
def test_a_wrong_option_of_the_extension_says_what_would_be_right(options, message, caplog):
    assert soup(convert(f"{D}\n\n{D}", **options)).section, "the page is made with the default"
    (told,) = [record.getMessage() for record in caplog.records]
    assert told.startswith(f"smtpcodes: {message}")
    if "on_error" not in options:
        with pytest.raises(ValueError, match=f"smtpcodes: {re.escape(message)}"):
            convert(D, **options, on_error="raise")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"lang": 7}, "mkdocs.yml:3: lang: expected a text, found 7"),
        ({"lang": "xx"}, "mkdocs.yml:3: lang: 'xx' is not a language with words"),
        (
            {"data_files": ["own.yml", "nope.yml"]},
            "mkdocs.yml:3: data_files: nope.yml cannot be read (No such file or directory); it was looked for in FOLDER",
        ),
        ({"data_files": "own.yml", "bare": False}, None),
    ],
)
def test_mkdocs_without_the_plugin_tells_a_wrong_option_once_and_at_its_line(options, message, tmp_path):
    """MkDocs makes an extension for each page, and one to try the options, whose exception it would show as a traceback."""
    site = tmp_path / "site"
    (site / "docs").mkdir(parents=True)
    for name in ("index", "a", "b"):
        (site / "docs" / f"{name}.md").write_text(f"# {name}\n\n{D}\n", encoding="utf-8")
    (site / "own.yml").write_text("codes: {'550': {retry: 'no'}}\n", encoding="utf-8")
    (site / "mkdocs.yml").write_text(
        f"site_name: A\nmarkdown_extensions:\n  - smtpcodes: {json.dumps(options)}\n", encoding="utf-8"
    )
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", "site/mkdocs.yml"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    told = [line.partition("WARNING -  ")[2] for line in done.stderr.splitlines() if "WARNING" in line]
    assert "Traceback" not in done.stderr
    message = message and message.replace("FOLDER", str(site))
    assert [text[: len(message or "")] for text in told] == ([message] if message else [])
    assert (done.returncode == 0) == (message is None)


def test_an_unknown_language_in_the_options_is_one_warning_and_the_page_is_complete(caplog):
    assert soup(convert(f"{D}\n\n{D}", lang="xx")).section["lang"] == "en"
    assert len(caplog.records) == 1
    assert "lang: 'xx' is not a language with words; it takes auto or one of" in caplog.records[0].getMessage()


MISTAKES = {
    "<< smtp_compare(536, 250) >>": "smtp_compare: 536 is not a known code; did you mean 535, 534 or 530?",
    "<< smtp_comapre(530, 535) >>": "smtp_comapre is not a directive; did you mean smtp_compare?",
    "<< smtp_compare(530, 535, levle=2) >>": "levle is not an option; did you mean level?",
    "<< smtp_compare(530) >>": "it takes two to four codes",
    "<< smtp_compare(530, 530) >>": "530 is given twice",
    '<< smtp_compare(530, 535, title="x) >>': "a quote is not closed",
    "<< smtp_compare(530, 535": "the directive is not closed",
    "<< smtp_compare(530, 535, level=7) >>": "write a number from 1 to 6",
    "<< smtp_compare(530, 535, lang=xx) >>": "lang=xx is not a language with words",
    "text << smtp_compare(530, 535) >> text": "write it on lines of its own",
    "| a |\n|---|\n| << smtp_compare(530, 535) >> |": "write it on lines of its own",
}


@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake_is_one_warning_and_the_directive_stands_as_written(text, caplog):
    page = f"# Page\n\nFirst.\n\n{text}\n\nLast.\n"
    html = convert(page, "tables")
    assert len(caplog.records) == 1
    assert caplog.records[0].levelno == logging.WARNING
    assert caplog.records[0].name == "mkdocs.plugins.smtpcodes"
    line = 7 if text.startswith("|") else 5
    assert caplog.records[0].getMessage().startswith(f"line {line}: ")
    assert MISTAKES[text] in caplog.records[0].getMessage()
    directive = text[text.index("<<") :].split(" |")[0].removesuffix(" text")
    assert soup(html).select_one(".smtp-mistake").get_text() == directive
    assert "First." in html
    assert "Last." in html


def test_two_mistakes_of_the_same_wording_have_lines_of_their_own(caplog):
    convert(
        "```\n<< smtp_compare(1, 2) >>\n```\n\n<< smtp_compare(1, 2) >>\n\n> quote\n>\n> << smtp_compare(1,\n>   2) >>\n",
        "fenced_code",
    )
    lines = [record.getMessage().split(":")[0] for record in caplog.records]
    assert lines == ["line 5", "line 5", "line 9", "line 9"]


def test_a_mistake_can_raise():
    with pytest.raises(Exception, match="line 3: smtp_compare: 536"):
        convert("# Page\n\n<< smtp_compare(536, 250) >>", on_error="raise")


def test_nothing_of_an_argument_reaches_the_page_unescaped(caplog):
    attacks = [
        '<< smtp_compare(530, 535, title="<script>alert(1)</script>") >>',
        '<< smtp_compare(530, 535, title="</section><img src=x onerror=alert(1)>") >>',
        "<< smtp_compare(530, 535, title='\" onmouseover=\"alert(1)') >>",
        '<< smtp_compare(530, 535, id="x onclick=alert(1)") >>',
        "<< smtp_compare(<script>alert(1)</script>, 535) >>",
        "<< smtp_compare(530, 535, <img src=x onerror=alert(1)>=2) >>",
        '<< smtp_compare(530, 535, title="{{ 7*7 }} {% raw %}") >>',
        '<< smtp_compare(530, 535, title="[x](javascript:alert(1)) ![](x)") >>',
    ]
    for attack in attacks:
        page = soup(convert(attack, "attr_list"))
        assert not page.find_all(["script", "img"])
        assert not [el for el in page.find_all(True) if any(name.startswith("on") for name in el.attrs)]
        assert not page.select('a[href^="javascript"]')
        assert "49" not in page.find(["h1", "h2", "p"]).get_text()


def test_a_page_cannot_forge_a_placeholder():
    html = convert(f"{D}\n\ntext\n{{: smtpcodes=0 class=smtpcodes }}\n\n<div smtpcodes='0'></div>\n", "attr_list")
    assert len(soup(html).select("section.smtp-compare")) == 1


def test_one_converter_serves_many_pages():
    converter = markdown.Markdown(extensions=["smtpcodes", "toc"])
    first = converter.reset().convert(f"# Page\n\n{D}")
    converter.reset().convert("text << smtp_compare(530 >> text")
    assert converter.reset().convert(f"# Page\n\n{D}") == first


def test_naming_the_extension_twice_expands_once():
    html = markdown.markdown(D, extensions=["smtpcodes", "mkdocs_smtpcodes.extension", "toc"])
    assert len(soup(html).select("section.smtp-compare")) == 1


SOURCES = " · ".join(
    (
        '<a class="smtp-source" href="https://www.rfc-editor.org/rfc/rfc4954#section-6">RFC 4954 §6</a>',
        '<a class="smtp-source" href="https://www.rfc-editor.org/rfc/rfc3207#section-4">RFC 3207 §4</a>',
        '<a class="smtp-source" href="https://www.rfc-editor.org/rfc/rfc6409#section-4.3">RFC 6409 §4.3</a>',
    )
)


def test_whole_output_of_a_small_section():
    html = convert('<< smtp_compare(530, 535, parts="more", title="T") >>')
    assert html == textwrap.dedent(
        f"""\
        <section aria-labelledby="smtp-530-vs-535" class="smtp-codes smtp-compare" dir="ltr" lang="en">
        <h2 id="smtp-530-vs-535">T</h2>

        <h3>Learn more</h3><ul class="smtp-more" data-part="more"><li>{SOURCES}</li></ul></section>"""
    )


def test_the_extension_alone_can_put_the_stylesheet_into_the_page_once():
    html = convert(f"# Page\n\n{D}\n\n{D}\n", css="inline")
    assert html.count("<style>") == 1
    assert "currentcolor 22%" in html
    assert "&gt;" not in html[: html.index("</style>")]
    assert "<style>" not in convert("# Page", css="inline")
    assert "<style>" not in convert(D)
