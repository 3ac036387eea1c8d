"""Whatever is wrong in a template of a site: one message with its own file and line, once, and the page goes on."""

import re

import markdown
import pytest

from mkdocs_smtpcodes.directives import SIGNATURES
from mkdocs_smtpcodes.extension.elements import Malformed, elements
from mkdocs_smtpcodes.rendering.templates import Templates
from mkdocs_smtpcodes.rendering.templating import TEMPLATES

from .conftest import convert, soup

#: Two directives for each template, so that a message once a directive would be two.
PAGES = {
    "smtp_compare": "<< smtp_compare(250, 535) >>\n\n<< smtp_compare(450, 550) >>",
    "smtp_code": "<< smtp_code(550) >>\n\n<< smtp_code(5.7.1) >>",
    "smtp_table": "<< smtp_table(4xx) >>\n\n<< smtp_table(X.7.x) >>",
    "smtp_commands": "<< smtp_commands() >>\n\n<< smtp_commands(id=x) >>",
    "smtp": "a << smtp(550) >> b << smtp(551) >>",
    "smtp_replies": "<< smtp_replies(550) >>\n\n<< smtp_replies(450) >>",
    "smtp_explain": '<< smtp_explain("550 5.1.1 User unknown") >>\n\n<< smtp_explain("452 4.2.2 Mailbox full") >>',
}
# One case a line.
# ruff: noqa: E501

#: Template text, line (None for the file alone), message.
WRONG = {
    "extends itself": ("{% extends '@.html' %}", 1, "it extends, includes or calls itself without end"),
    "includes itself": ("<p>\n{% include '@.html' %}</p>", 2, "without end"),
    "loops too long": (
        "<p>\n\n{% for n in range(999999999) %}x{% endfor %}</p>",
        3,
        "range() takes 100000 steps at most",
    ),
    "divides by zero": ("<p>\n\n{{ 1 / 0 }}</p>", 3, "it divides by zero"),
    "is not UTF-8": (b"<p>\n\xe4</p>", 2, "this is not UTF-8; save the file as UTF-8"),
    "names what is not there": ("<p>\n{{ titel }}</p>", 2, "titel does not exist here; did you mean title?"),
    "names a part that is not there": ("<p>\n{{ label.nope }}</p>", 2, "has no 'nope'"),
    "calls what is no function": ("<p>\n{{ title() }}</p>", 2, "a text is not a function; leave the parentheses out"),
    "adds what does not add": ("<p>\n{{ title + 1 }}</p>", 2, "a text and a number cannot be put together by +; ~ joins texts"),
    "asks nothing for a part": ("<p>\n{{ none.name }}</p>", 2, "nothing stands before .name here; ask first with {% if … %}"),
    "names a name that is nowhere": ("<p>\n{{ zzz }}</p>", 2, "zzz does not exist here; there is "),
    "gives a function nothing": ("<p>\n<a {{ link() }}>x</a></p>", 2, "link() needs code between its parentheses"),
    "goes through a number": ("<p>\n{% for x in 5 %}{% endfor %}</p>", 2, "a number is no list that can be gone through"),
    "closes a block that is not open": ("<p>\n{% endif %}</p>", 2, "{% endif %} closes nothing that is open"),
    "has a macro that never ends": ("{% macro r() %}{{ r() }}{% endmacro %}\n<p>{{ r() }}</p>", None, "without end"),
    "forgets an argument": ("{% import '_macros.html' as m %}\n<p>{{ m.heading() }}</p>", 2, "a macro is called without its level"),
    "asks for a macro that is not there": ("{% import '_macros.html' as m %}\n<p>{{ m.headin(1) }}</p>", 2, "did you mean heading?"),
    "asks for a label that is not there": ("<p>\n{{ label('descripton') }}</p>", 2, "there is no label 'descripton'; did you mean description?"),
    "makes up a label": ("<p>\n{{ label('no' ~ 'pe') }}</p>", 2, "there is no label 'nope'"),
    "links to a code that is not there": ("<p>\n<a {{ link('999') }}>x</a></p>", 2, "999 is not a known code"),
    "has a sign that begins a tag": ("<p>\na<b</p>", 2, "write &lt; for the sign"),
    "closes a parenthesis with a brace": ("<p>\n{{ link( }}</p>", 2, ") was expected here, not }"),
    "leaves raw text open": ("<p>\n{% raw %}x</p>", 2, "{% raw %} is not closed; write {% endraw %}"),
    "cannot be parsed": ("<p>\n{% if %}</p>", 2, "something is missing before %}, such as a name or a condition"),
    "leaves a block open": ("<p>\n{% if title %}</p>", None, "{% if %} is not closed; write {% endif %}"),
    "calls super and extends nothing": ("<p>\n{{ super() }}</p>", 2, "super() stands in blocks of a template that extends ours; begin with {% extends 'default/@.html' %}"),
    "never closes an expression": ("<div>\n{{ title\n</div>", 2, "{{ is not closed; write }} behind it"),
    "never closes an expression before another": ("<div>\n{{ title </div>\n<p>{{ title }}</p>", 2, "{{ is not closed; write }} behind it"),
    "never closes a statement": ("<div>\n{% if title\n</div>", 2, "{% is not closed; write %} behind it"),
    "never closes a comment": ("<div>\n{# title\n</div>", 2, "{# is not closed; write #} behind it"),
    "says nothing": ("<p>\n{{ }}</p>", 2, "nothing stands between {{ and }}; write a name there"),
    "compares with one sign": ("<p>\n{% if title = 'x' %}a{% endif %}</p>", 2, "= stands in {% set … %} alone; what compares is =="),
    "never closes a quote": ("<p>\n{{ label('fix) }}</p>", 2, "a quote is not closed"),
    "has quotes of a word processor": ("<p>\n{{ label(“fix”) }}</p>", 2, "“ is not a quote here; only the straight ones"),
    "has an else alone": ("<p>\n{% else %}</p>", 2, "{% else %} stands in no {% if … %}"),
    "closes a loop as a condition": ("<p>\n{% for x in [] %}{% endif %}</p>", 2, "{% endif %} stands where {% for %} is open; write {% endfor %}"),
    "has a name without quotes": ("{% extends default/@.html %}", 1, "the name of a template stands in quotes; write {% extends 'default/@.html' %}"),
    "imports what is not there": ("{% from '_macros.html' import headin %}\n<p>{{ headin(1) }}</p>", 2, "_macros.html has no macro headin"),
    "has an unknown tag": ("<p>\n{% nope %}</p>", 2, "there is no tag {% nope %}"),
    "has an unknown filter": ("<p>\n{{ title | inlne }}</p>", 2, "there is no filter inlne; did you mean inline?"),
    "includes what is not there": ("<p>\n{% include 'nope_.html' %}</p>", 2, "there is no template nope_.html"),
    "begins with a byte order mark": ("\ufeff{% extends 'default/@.html' %}\n{% block sumary %}x{% endblock %}", 2, "there is no block sumary"),
    "has an unknown block": ("{% extends 'default/@.html' %}\n{% block sumary %}x{% endblock %}", 2, "there is no block sumary"),
    "has text beside its blocks": ("{% extends 'default/@.html' %}\n\n<p>x</p>", 3, "what stands outside of the blocks is not shown"),
    "makes nothing": ("", None, "it makes no element"),
    "makes text": ("x", 1, "it makes no element"),
    "makes two elements": ("<p>a</p>\n<p>b</p>", None, "it makes more than one element"),
    "closes what is not open": ("<div>\n{{ title }}\n</b></div>", 3, "</b> does not fit what is open there"),
    "marks a link outside of a tag": ("<div>\n{{ link('550') }}</div>", 2, "link() makes the attributes of a tag, and no tag is open here; write it"),
    "closes a break": ("<div>\na</br></div>", 2, "</br> is no tag; write <br>"),
    "never closes": ("<div>\n<section>\n<p>x</p>\n</div>", 4, "</div> does not fit"),
    "never closes the first": ("\n<div>\n<span>x</span>", 2, "<div> is never closed"),
    "never closes an attribute": ("<div>\n<a href=\"x>y</a></div>", None, "is never closed"),
    "closes in a start tag": ("<div>\n<details open><i/></details></div>", 2, "<i/> does not close itself in HTML; write <i></i>"),
    "puts text into a table": ("<div>\n<table>x<tr><td>y</td></tr></table></div><br>", None, ""),
}  # fmt: skip
SILENT = {
    "smtp-compare.html": "did you mean smtp_compare.html?",
    "smtp_compare.htm": "did you mean smtp_compare.html?",
    "smtp_compare.html.j2": "did you mean smtp_compare.html?",
    "smtp_cod.html": "did you mean smtp_code.html?",
    "smtp/smtp_code.html": "move the file to overrides/smtp_code.html",
    "compare.html": "did you mean smtp_compare.html?",
    "smtp_server_list.html": "no directive has a template of this name",
}


@pytest.fixture
def page(tmp_path, caplog):
    def page(text, **files):
        folder = tmp_path / "overrides"
        for name, content in files["files"].items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        caplog.clear()
        configs = {"smtpcodes": {"templates": "overrides", "folder": str(tmp_path)}}
        html = markdown.markdown(f"{text}\n\nLast.\n", extensions=["smtpcodes"], extension_configs=configs)
        assert html.endswith("<p>Last.</p>")
        return html, [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]

    return page


def test_every_directive_has_a_page_here():
    assert set(PAGES) >= set(SIGNATURES) - {"smtp_lookup"}


@pytest.mark.parametrize("what", WRONG)
@pytest.mark.parametrize("name", PAGES)
def test_what_is_wrong_in_a_template_is_one_message_at_its_own_line(page, name, what):
    template, line, message = WRONG[what]
    template = template if isinstance(template, bytes) else template.replace("@", name)
    if name in {"smtp", "smtp_table", "smtp_commands"} and "no block" in message:
        message = "@.html of ours has no blocks"
    html, warnings = page(PAGES[name], files={f"{name}.html": template})
    assert len(warnings) == 1, warnings
    place = f"overrides/{name}.html" + (f":{line}: " if line else "")
    assert warnings[0].startswith(place), warnings
    assert message.replace("@", name) in warnings[0], warnings
    assert html.count("smtp-mistake") == (0 if ("block" in what and "open" not in what) or "mark" in what else 2)


#: What would never end, or take all memory, and what is said of it.
ENDLESS = {
    "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}": "its loops and calls take more than 1000000 steps",
    "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(60) }}": "its loops and calls take more than",
    "{{ 'x' * 10 ** 10 }}": "it makes a text of more than 10000000 characters",
    "{{ 10 ** 99999 }}": "it makes a number that is too large",
    "{{ [0] * 10 ** 10 }}": "it makes a text of more than",
    "{{ 'x' | center(10 ** 10) }}": "a width of 10000000000 is too large; it takes 100000 at most",
    "{{ 'x'.ljust(10 ** 10) }}": "a width of 10000000000 is too large",
    "{{ '{:>9999999999}'.format(1) }}": "a width of 9999999999 is too large",
    "{{ '%9999999999d' % 1 }}": "a width of 9999999999 is too large",
    "{% set n = namespace(x='xx') %}{% for i in range(60) %}{% set n.x = n.x ~ n.x %}{% endfor %}": "it makes a text of more than",
    "{% for i in range(99999) %}{{ 'x' * 9999 }}{% endfor %}": "it makes a text of more than",
}
#: Mistakes that Python tells in its own words, and ours.
PYTHON = {
    "{{ [1] | map('foo') | list }}": "there is no filter foo",
    "{{ [1] | map('uper') | list }}": "there is no filter uper; did you mean upper?",
    "{{ [1] | select('foo') | list }}": "there is no test foo",
    "{{ 5 | inline }}": "a number stands where something else belongs; a filter such as inline takes a text",
    "{{ 5 | rfc_url }}": "a text belongs here; | string makes one of anything",
    "<a {{ link(5501) }}>x</a>": "there is no 5501",
    "{% inclde 'x' %}": "there is no tag {% inclde %}; did you mean include?",
    "{{ 5 | length }}": "a number has no length",
    "{{ 5 < 'a' }}": "a number and a text cannot be compared by <",
    "{{ 'a' * 'b' }}": "a text or a list is repeated by a number, not by a text",
    "{% set a, b = 5 %}": "a number has no parts, and several names stand here",
    "{{ '%d' | format('a') }}": "a % of the text takes a number",
}


@pytest.mark.parametrize("source", [*ENDLESS, *PYTHON])
def test_what_never_ends_and_what_python_says_is_one_message_in_plain_words(page, source):
    _, warnings = page("<< smtp_code(550) >>", files={"smtp_code.html": f"<p>\n{source}</p>"})
    assert len(warnings) == 1
    assert warnings[0].startswith(
        "overrides/smtp_code.html:2: " if "macro" not in source else "overrides/smtp_code.html:"
    ), warnings
    assert {**ENDLESS, **PYTHON}[source] in warnings[0]
    assert not re.search(r"\w+(?:Error|Bounds)\b", warnings[0])


def test_work_of_usual_size_is_done_and_ours_alone_are_not_bounded(page):
    source = "<p>{% for n in range(1000) %}{{ loop.index }}/{{ loop.length }}{{ 'x' * 3 ~ n }}{% endfor %}{{ 2 ** 10 }}{{ 'a'.center(9) }}{{ '%5d' % 7 }}</p>"
    html, warnings = page("<< smtp_code(550) >>", files={"smtp_code.html": source})
    assert warnings == []
    assert "1000/1000xxx999" in html
    assert type(Templates().environment).__name__ == "Environment"


#: The HTML of a block, the line in it from 0, and what is said; None where nothing is.
BLOCKS = {
    "<div>": (0, "<div> is never closed; write </div>"),
    "<p>x</p>\n<span>y": (1, "<span> is never closed"),
    "\n<details open><summary>x</summary>": (1, "<details> is never closed"),
    '<b>x</b>\n<div class="a>x</div>': (1, "never closed"),
    '<b>x</b>\n<div class="a>x</div>\n<i class="b">y</i>': (1, "never closed"),
    "<p>x</p>\n<p>a<b</p>": (1, "write &lt; for the sign"),
    "<p>x</p>\n</div>": (1, "</div> closes nothing that the block has opened"),
    "<p>x</p>\n</section>": (1, "</section> closes nothing that the block has opened"),
    "<div><b>x</div></b>": (0, "</div> does not fit; <b> is open, so write </b> before it"),
    "{{ super() }}\n{% for n in [1] %}<ul>{% endfor %}": (1, "<ul> is never closed"),
    "x\n{{ '<div>' | safe }}": (1, "<div> is never closed"),
    "{{ super() }}<p>a<ul><li>x<li>y</ul><br><img src=x alt=''><details open>z</details>": None,
}


@pytest.mark.parametrize(
    ("name", "block"), [(("smtp_compare", "smtp_code")[number % 2], block) for number, block in enumerate(BLOCKS)]
)
def test_a_block_is_whole_in_itself_and_told_at_its_own_line(page, name, block):
    head = f"{{% extends 'default/{name}.html' %}}\n{{% block facts %}}{{{{ super() }}}}{{% endblock %}}\n"
    html, warnings = page(PAGES[name], files={f"{name}.html": f"{head}{{% block more %}}{block}{{% endblock %}}"})
    if BLOCKS[block] is None:
        assert warnings == []
        return
    line, message = BLOCKS[block]
    assert len(warnings) == 1, warnings
    assert warnings[0].startswith(f"overrides/{name}.html:{line + 3}: "), warnings
    assert message in warnings[0]
    assert html.count("smtp-mistake") == 2


@pytest.mark.parametrize("file", SILENT)
def test_a_file_that_no_directive_asks_for_is_named_with_the_right_one(page, file):
    html, warnings = page("<< smtp_code(550) >>", files={file: "<p>x</p>"})
    assert len(warnings) == 1
    assert warnings[0].startswith(f"overrides/{file}: ")
    assert SILENT[file] in warnings[0]
    assert "smtp-mistake" not in html


def test_parts_of_a_site_and_templates_of_a_theme_are_nobodys_mistake(page):
    files = {
        "smtp_code.html": "{% extends 'default/smtp_code.html' %}{% block summary %}{% include '_mine.html' %}{% endblock %}",
        "_mine.html": "<p>mine</p>",
        "main.html": "{% trans %}{{ x | url }}{% nope %}",
        "partials/header.html": "{{ nav | nothing }}",
        "notes.md": "x",
    }
    html, warnings = page("<< smtp_code(550) >>", files=files)
    assert warnings == []
    assert "<p>mine</p>" in html


def test_a_mistake_in_a_part_names_the_part(page):
    files = {"smtp_code.html": "<p>{% include '_mine.html' %}</p>", "_mine.html": "\n{{ 1 / 0 }}"}
    _, warnings = page(PAGES["smtp_code"], files=files)
    assert warnings == ["overrides/_mine.html:2: it divides by zero"]


def test_a_macro_file_without_what_ours_ask_for_is_named(page):
    _, warnings = page(PAGES["smtp_code"], files={"_macros.html": "{% macro x() %}{% endmacro %}"})
    assert len(warnings) == 1
    assert warnings[0].startswith("overrides/_macros.html:1: our templates use heading, ")


def test_several_mistakes_of_a_folder_are_all_told(page):
    files = {"smtp_code.html": "<p>{{ label('nope') }}\n{{ label('nope2') }}</p>", "smtp_table.html": "{% if %}"}
    _, warnings = page("Text << smtp(550) >>.", files=files)
    assert [warning.split(": ")[0] for warning in warnings] == [
        "overrides/smtp_code.html:1", "overrides/smtp_code.html:2", "overrides/smtp_table.html:1",
    ]  # fmt: skip


def test_well_formed_means_what_browsers_read(page):
    template = (
        "<section id={{ id }} class=own>\n<!-- a comment --><h2>{{ title }}</h2><br><hr><img src=x.png alt=''>\n"
        "<details open><summary>a & b &nbsp; &mdash; 1 < 2</summary></details><ul><li>one<li>two</ul>\n"
        "<p>first<p>second<table><tr><td>cell</table><input disabled>\n"
        '<svg viewBox="0 0 1 1"><path d="M0 0"/><use xlink:href="#a"/></svg></section>'
    )
    html, warnings = page("<< smtp_code(550) >>", files={"smtp_code.html": template})
    assert warnings == []
    section = soup(html).section
    assert section["class"] == ["own"]
    assert section.details.has_attr("open")
    assert [item.get_text() for item in section.find_all("li")] == ["one", "two"]
    assert [p.get_text() for p in section.find_all("p")] == ["first", "second"]
    assert "a & b \u00a0 — 1 < 2" in section.summary.get_text()
    assert 'viewBox="0 0 1 1"' in html
    assert 'xlink:href="#a"' in html


def test_ours_are_xml_and_need_no_other_parser(monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "tinyhtml5", None)
    monkeypatch.setitem(sys.modules, "tinyhtml5.parser", None)
    for text in PAGES.values():
        assert "smtp-mistake" not in markdown.markdown(text, extensions=["smtpcodes"])


def test_ours_raise_as_any_program_does():
    with pytest.raises(Exception, match="undefined"):
        Templates().render("smtp_code", {})


@pytest.mark.parametrize(
    "html", ["", " ", "text", "</p>", "<p>a</p>b", "<!-- x -->", "<p><div></p>", "<", "<p a='>", "\x00"]
)
def test_no_html_raises_anything_but_malformed(html):
    with pytest.raises(Malformed):
        elements(html)


def test_a_template_that_is_wrong_fails_a_strict_build_once_and_leaves_the_pages(build_site, tmp_path):
    folder = tmp_path / "site" / "overrides"
    folder.mkdir(parents=True)
    (folder / "smtp_code.html").write_text("{% extends 'smtp_code.html' %}", encoding="utf-8")
    pages = {
        "index.md": "# A\n\n<< smtp_code(550) >>\n\nLast.\n",
        "b.md": "# B\n\n<< smtp_code(551) >>\n\n<< smtp_code(552) >>\n",
    }
    site = build_site(pages, plugin={"templates": "overrides"})
    assert [warning.split(": ")[0] for warning in site.warnings] == ["overrides/smtp_code.html:1"]
    assert "Last." in site.html()


#: Files beside our templates, and what is said of each: line and message.
BESIDE = {
    ("smtp_code.html", "\n{% block summary %}<p>x</p>{% endblock %}\n"): (
        2,
        "begin with {% extends 'default/smtp_code.html' %}",
    ),
    ("smtp_code.html", "{% extends 'default/smtp_code.html' %}\n{% block summary %}{{ super }}{% endblock %}"): (
        2,
        "write super()",
    ),
    (
        "smtp_code.html",
        "{% extends 'default/smtp_code.html' %}\n{% block more %}<p>See << smtp(551) >>.</p>{% endblock %}",
    ): (
        2,
        "a directive (<< smtp(551) >>) does not expand in a template; write <a {{ link('551') }}>551</a>",
    ),
    (
        "smtp_code.html",
        "{% extends 'default/smtp_code.html' %}\n{% block more %}\n<p>\nSee **us**.</p>{% endblock %}",
    ): (
        4,
        "Markdown (**us**) is shown as it stands in a template; write HTML",
    ),
    ("smtp_code.html", "{% extends 'default/smtp_code.html' %}\n{% block more %}\n# Ours\n{% endblock %}"): (
        3,
        "Markdown (# Ours) is shown as it stands",
    ),
    ("smtp_code.html", "{% extends 'default/smtp_code.html' %}\n{% block more %}\n- one\n- two\n{% endblock %}"): (
        3,
        "Markdown (- one) is shown as it stands",
    ),
    ("smtp_lookup.html", "{% extends 'default/smtp_lookup.html' %}\n{% block reasons %}{% endblock %}"): (
        2,
        "smtp_lookup.html of ours has no blocks; copy it whole, and change a part",
    ),
    ("smtp_code.html", "<p>\n{{ axis('nope', 'label') }}</p>"): (2, "axis() has no 'nope'; there is outcome, retry,"),
    ("smtp_code.html", "<p>\n{{ axis('retry', 'lable') }}</p>"): (2, "axis() has no 'lable'; did you mean label?"),
    ("smtp_code.html", "<p>\n{{ class_word(9) }}</p>"): (2, "class_word() has no '9'; there is 1, 2, 3, 4, 5"),
    ("smtp_code.html", "<p>\n{{ status_word('nope') }}</p>"): (2, "status_word() has no 'nope'; there is standard,"),
    ("_macros.html", "{% macro mine() %}x{% endmacro %}"): (1, "our templates use heading, part, foreign,"),
    ("_macros.html", "{% macro heading( %}x{% endmacro %}"): (1, "a name was expected here, not %"),
    ("_replies.html", "x"): (
        1,
        "our templates use branches, branch_table, records and table of this file; copy ours whole",
    ),
}


@pytest.mark.parametrize("case", BESIDE)
def test_a_template_that_could_not_work_beside_ours_is_one_message_at_its_line(tmp_path, caplog, case):
    (tmp_path / case[0]).write_text(case[1], encoding="utf-8")
    convert("<< smtp_code(550) >>\n\n<< smtp_compare(450, 550) >>\n", templates=str(tmp_path))
    assert len(caplog.records) == 1, [record.getMessage() for record in caplog.records]
    line, message = BESIDE[case]
    (record,) = caplog.records
    assert record.getMessage().partition(f"{case[0]}:{line}: ")[2].find(message) >= 0, record.getMessage()


def test_words_that_there_are_code_and_html_are_nobodys_mistake(page):
    block = (
        "<p title='**x**'>{{ axis('retry', 'label') }}{{ class_word('5') }}{{ class_word(2) }}{{ status_word('site') }} 2 ** 3, #1"
        "</p><pre># a **b** `c`</pre><script>let a = `x`;</script><!-- << smtp(550) -->"
    )
    files = {"smtp_code.html": f"{{% extends 'default/smtp_code.html' %}}{{% block more %}}{block}{{% endblock %}}"}
    html, warnings = page("<< smtp_code(550) >>", files=files)
    assert warnings == []
    assert "Refused for good" in html


def test_check_tries_a_template_that_no_page_uses(tmp_path, monkeypatch):
    from click.testing import CliRunner

    from mkdocs_smtpcodes.cli import main

    (tmp_path / "docs").mkdir()
    (tmp_path / "overrides").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# Home\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: x\nplugins:\n  - smtpcodes:\n      templates: overrides\n", encoding="utf-8"
    )
    monkeypatch.chdir(tmp_path)
    wrong = {
        "smtp_table.html": "<p>\n{{ 1 / 0 }}</p>",
        "smtp_compare.html": "{% extends 'default/smtp_compare.html' %}\n{% block more %}<div>{% endblock %}",
    }
    for name, text in wrong.items():
        (tmp_path / "overrides" / name).write_text(text, encoding="utf-8")
    result = CliRunner().invoke(main, ["check"])
    assert result.exit_code == 1
    assert "overrides/smtp_table.html:2: it divides by zero" in result.output
    assert "overrides/smtp_compare.html:2: <div> is never closed; write </div>" in result.output
    for name, text in wrong.items():
        (tmp_path / "overrides" / name).write_text(text.replace("1 / 0", "1").replace("<div>", ""), encoding="utf-8")
    result = CliRunner().invoke(main, ["check"])
    assert result.exit_code == 0, result.output


def test_ours_copied_with_a_macro_that_takes_less_is_told_and_ours_copied_whole_is_right(tmp_path, caplog):
    ours = (TEMPLATES / "_macros.html").read_text(encoding="utf-8")
    (tmp_path / "_macros.html").write_text(ours, encoding="utf-8")
    convert("<< smtp_code(550) >>\n", templates=str(tmp_path))
    assert not caplog.records
    less = re.sub(r"macro heading\([^)]*\)", "macro heading()", ours)
    (tmp_path / "_macros.html").write_text(less, encoding="utf-8")
    convert("<< smtp_code(550) >>\n", templates=str(tmp_path))
    assert "our templates give heading() more than it takes; write {% macro heading(" in caplog.records[0].getMessage()
