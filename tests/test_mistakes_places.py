"""A mistake has one message, and the line is that of the file which the writer edits."""

from pathlib import Path

import pytest

from mkdocs_smtpcodes.cli.checking import Checker
from mkdocs_smtpcodes.cli.configuration import Site, read
from mkdocs_smtpcodes.extension import DirectiveError
from mkdocs_smtpcodes.extension.watching import marked

from .conftest import convert, soup
from .test_together import needs

FRONT = "---\ntitle: T\n---\n\n"


def test_a_directive_in_raw_html_is_told_once_with_its_line_and_stays(caplog):
    text = "# A\n\nIn text << smtp(550) >>.\n\n<div>\n<< smtp(550) >>\n</div>\n\n<pre>\n<< smtp(535) >>\n</pre>\n"
    text += "\n<!-- << smtp(535) >> -->\n"
    html = convert(text)
    (record,) = caplog.records
    assert record.getMessage().startswith(
        "line 6: << smtp(550) >> stands in raw HTML, where nothing is expanded; put it outside"
    )
    assert html.count("smtp-inline") == 1
    caplog.clear()
    convert(
        "# A\n\n<div markdown>\n<< smtp(550) >>\n</div>\n\n```html\n<div>\n<< smtp(550) >>\n</div>\n```\n",
        "md_in_html",
        "fenced_code",
    )
    assert not caplog.records


def place(site):
    """File and line of each warning."""
    return [warning.split(": ")[0] for warning in site.warnings]


@pytest.mark.parametrize("front", ["", FRONT, "---  \ntitle: T\n---  \n\n\n", "﻿", f"﻿{FRONT}"], ids=repr)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_front_matter_line_ends_and_a_byte_order_mark_do_not_matter(build_site, front, end):
    page = f"{front}# Page\n\nText.\n\n<< smtp(999) >>\n\nLast << smtp(998) >> word.\n"
    lines = page.split("\n")
    site = build_site({"index.md": page.replace("\n", end)})
    wanted = [number for number, line in enumerate(lines, 1) if "smtp(" in line]
    assert place(site) == [f"docs/index.md:{number}" for number in wanted]


@needs("mkdocs_macros")
@pytest.mark.parametrize("order", [["macros", "smtpcodes"], ["smtpcodes", "macros"]])
def test_macros_that_make_lines_or_codes_do_not_matter(build_site, order):
    page = (
        f"{FRONT}# Page\n\n{{% for n in range(12) %}}\nLine {{{{ n }}}}.\n\n{{% endfor %}}\n"
        "{% set code = 999 %}\n<< smtp_compare(250, {{ code }}) >>\n\nText.\n\n<< smtp_code(998) >>\n"
    )
    site = build_site({"index.md": page}, plugins=["search", *order])
    assert place(site) == ["docs/index.md:12", "docs/index.md:16"]


@needs("mkdocs_macros")
def test_a_directive_that_a_macro_makes_names_the_page_and_that_it_comes_from_elsewhere(build_site):
    page = '# Page\n\n{% set text = "<< smtp_code(9" ~ "99) >>" %}\n\n{{ text }}\n'
    site = build_site({"index.md": page}, plugins=["search", "macros", "smtpcodes"])
    (warning,) = site.warnings
    assert warning.startswith("docs/index.md: smtp_code: 999 is not a known code")
    assert warning.endswith("(in text that the page takes from elsewhere, such as a macro or another file)")


@needs("pymdownx")
@pytest.mark.parametrize(
    "inclusion", ['--8<-- "part.md"', "--8<--\npart.md\n--8<--", '--8<-- "part.md:one"', '--8<-- "part.md:1:9"']
)
def test_a_mistake_in_a_snippet_names_the_file_that_it_stands_in(build_site, inclusion, tmp_path):
    part = "<!-- --8<-- [start:one] -->\nText.\n\n<< smtp_code(999) >>\n<!-- --8<-- [end:one] -->\n"
    pages = {
        "index.md": f"{FRONT}# Page\n\n<< smtp_code(997) >>\n\n{inclusion}\n\n<< smtp_code(998) >>\n",
        "part.md": part,
    }
    snippets = {"pymdownx.snippets": {"base_path": [str(tmp_path / "site" / "docs")]}}
    site = build_site(pages, markdown_extensions=["toc", snippets], exclude_docs="part.md")
    last = pages["index.md"].split("\n").index("<< smtp_code(998) >>") + 1
    assert place(site) == ["docs/index.md:7", "docs/part.md:4", f"docs/index.md:{last}"]


@needs("pymdownx")
def test_snippets_within_snippets_and_in_plain_markdown(tmp_path, monkeypatch, caplog):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "outer.md").write_text('# A\n\n--8<-- "inner.md"\n', encoding="utf-8")
    (tmp_path / "parts" / "inner.md").write_text("\n\n<< smtp(999) >>\n", encoding="utf-8")
    import markdown

    configs = {"pymdownx.snippets": {"base_path": ["parts"]}}
    markdown.markdown('--8<-- "outer.md"\n', extensions=["smtpcodes", "pymdownx.snippets"], extension_configs=configs)
    assert [record.getMessage().split(": ")[0] for record in caplog.records] == ["parts/inner.md:3"]


@needs("mkdocs_include_markdown_plugin")
def test_a_mistake_in_an_included_page_names_that_page(build_site):
    pages = {
        "index.md": '# Page\n\n{% include-markdown "./sub/part.md" %}\n',
        "sub/part.md": "Text.\n\n<< smtp_code(999) >>\n",
    }
    site = build_site(pages, plugins=["search", "include-markdown", "smtpcodes"], exclude_docs="sub/part.md")
    assert place(site) == ["docs/sub/part.md:3"]


def test_no_file_outside_of_the_site_is_read_for_a_line(tmp_path, caplog, monkeypatch):
    from pathlib import Path

    (tmp_path / "secret.md").write_text("<< smtp(999) >>\n", encoding="utf-8")
    (tmp_path / "site").mkdir()
    monkeypatch.chdir(tmp_path / "site")
    read = Path.read_text
    monkeypatch.setattr(
        Path,
        "read_text",
        lambda self, *a, **k: pytest.fail(str(self)) if "secret" in str(self) else read(self, *a, **k),
    )
    from mkdocs_smtpcodes.extension.mistakes.including import Text, find

    text = f'{{% include "{tmp_path}/secret.md" %}}\n--8<-- "../secret.md"\n'
    assert str(Text(text, "", [Path()], filled=False)) == text
    assert find("/dev/zero", [Path()]) is None


def test_several_equal_directives_have_a_line_each(build_site):
    site = build_site({"index.md": "# P\n\n<< smtp(999) >>\n\n```\n<< smtp(999) >>\n```\n\na << smtp(999) >> b\n"})
    assert place(site) == ["docs/index.md:3", "docs/index.md:9"]


INLINE, BLOCK = "<< smtp(999) >>", "<< smtp_code(999) >>"
#: Pages whose lines with @@ have the mistakes.
LINES = [
    pytest.param(f"<!-- {INLINE} -->\n\n<!--\n{BLOCK}\n-->\n\n@@{BLOCK}\n\n@@{INLINE}\n", id="a comment"),
    pytest.param(f"`{INLINE}` or ``{INLINE}``\n\n@@`{INLINE}` and {INLINE}\n", id="inline code"),
    pytest.param(f"    {BLOCK}\n\ntext\n\n@@{BLOCK}\n", id="indented code"),
    pytest.param(f"- a\n\n    ```\n    {BLOCK}\n    ```\n\n@@{BLOCK}\n", id="a fence in a list"),
    pytest.param(f"@@[x]: https://a.b '{INLINE}'\n\n[x]\n\n@@See {INLINE}.\n", id="the title of a definition"),
    pytest.param("text\n\n@@<< smtp_compare(250,\n\n999) >>\n", id="an empty line within"),
    pytest.param(f"\\{INLINE} is off\n\n@@See \\\\{INLINE}.\n", id="a backslash of its own"),
    pytest.param(
        f"`{INLINE}`\n\n@@## About {INLINE}\n\n| a |\n| - |\n| `{INLINE}` |\n@@| {INLINE} |\n",
        id="a heading and a cell",
    ),
    pytest.param(f"a[^1]\n\n[^1]: A note\n@@    with {INLINE}.\n\n@@See {INLINE}.\n", id="a footnote"),
    pytest.param(f"`{BLOCK}`\n\n<div>\n@@{BLOCK}\n</div>\n\n@@{BLOCK}\n", id="raw HTML"),
    pytest.param("````\n```smtp-explain a=1\nx\n```\n````\n\n@@```smtp-explain a=1\nx\n```\n", id="a fence of ours"),
    pytest.param("`[a][smtp-999]`\n\n@@[a][smtp-999]\n@@[smtp-998][]\n@@[`smtp-997`][]\n", id="references"),
    pytest.param("`<< smtp_code(250`\n\n@@<< smtp_code(250\n\nText\n", id="one that is not closed"),
]


@pytest.mark.parametrize("text", LINES)
def test_the_same_text_elsewhere_does_not_take_the_line_of_a_mistake(text, caplog):
    convert(text.replace("@@", ""), "fenced_code", "footnotes", "tables")
    told = sorted(int(record.getMessage().split(":")[0].removeprefix("line ")) for record in caplog.records)
    assert told == [number for number, line in enumerate(text.split("\n"), 1) if "@@" in line]


MACROS = [
    pytest.param(
        "{% set x = 250 %}\n<< smtp({{ x }}) >>\n\n@@<< smtp(999) >>\n\n@@<< smtp(998) >>\n", id="a right one"
    ),
    pytest.param(
        "{% set x = 999 %}\n@@<< smtp({{ x }}) >>\n\n@@<< smtp(999) >>\n\n@@<< smtp(998) >>\n", id="a wrong one"
    ),
    pytest.param("@@<< smtp(999) >>\n{% set x = 999 %}\n@@<< smtp({{ x }}) >>\n", id="the last is wrong"),
    pytest.param(
        "{# << smtp(999) >> #}\n{% if 0 %}\n<< smtp(999) >>\n{% endif %}\n\n<< smtp(250) >>\n\n@@<< smtp(999) >>\n",
        id="not carried out",
    ),
]


@needs("mkdocs_macros")
@pytest.mark.parametrize("text", MACROS)
def test_a_directive_with_a_macro_does_not_take_the_lines_of_others(build_site, text):
    site = build_site({"index.md": text.replace("@@", "")}, plugins=["macros", "smtpcodes"])
    assert place(site) == [f"docs/index.md:{n}" for n, line in enumerate(text.split("\n"), 1) if "@@" in line]


@needs("pymdownx")
@pytest.mark.parametrize("pages", [{}, {"index.md": '--8<-- "part.md"\n'}], ids=["a page", "a snippet"])
def test_a_file_that_is_not_utf_8_ends_the_build_with_its_name_and_no_traceback(build_site, tmp_path, caplog, pages):
    from mkdocs.exceptions import Abort

    docs = tmp_path / "site" / "docs"
    docs.mkdir(parents=True)
    (docs / "part.md").write_bytes(b"A\n\ncaf\xe9\n")
    snippets = {"pymdownx.snippets": {"base_path": [str(docs)]}}
    with pytest.raises(Abort):
        build_site(pages, markdown_extensions=[snippets], exclude_docs="part.md" if pages else "")
    assert caplog.records[-1].getMessage() == "docs/part.md:3: this is not UTF-8; save the file as UTF-8"


# --- where no directive expands ----------------------------------------------------------------------------------------


def test_a_directive_in_front_matter_is_named(build_site):
    page = "---\n# << smtp(550) >>\n"
    page += (
        "title: About << smtp(550) >>\ndescription: >-\n  We explain << smtp(535) >>.\nextra: {a: [b]}\n---\n\n# Page\n"
    )
    site = build_site({"index.md": page, "other.md": "---\ntitle: <<smtp_server>>\n---\n# O\n\n<< smtp(550) >>\n"})
    assert place(site) == ["docs/index.md:3", "docs/index.md:5"]
    assert "does not expand in front matter; write the code itself instead of << smtp(550) >>" in site.warnings[0]


def test_a_directive_in_a_title_of_the_navigation_is_named(build_site, tmp_path):
    nav = [{"The << smtp(550) >> page": "index.md"}, {"Section << smtp_code(1) >>": [{"Other": "other.md"}]}]
    site = build_site({"index.md": "# A", "other.md": "# B"}, site_name="<< smtp(550) >>", nav=nav)
    assert [warning.split(": ")[1] for warning in site.warnings] == ["site_name", "nav", "nav"]
    lines = (tmp_path / "site" / "mkdocs.yml").read_text(encoding="utf-8").split("\n")
    for warning in site.warnings:
        number = int(warning.split(":")[1])
        assert "smtp" in lines[number - 1] and ("site_name" in lines[number - 1]) is ("site_name: " in warning)


# --- what was to be a directive or a fence ---------------------------------------------------------------------------------

#: As written, and what is said of it by a build and by `check`.
SURE = {
    "＜＜ smtp(550) ＞＞": "＜＜ begins no directive, and this is shown as it stands; write << smtp(550) >>",
    "＜＜ smtp（550） ＞＞": "write << smtp(550) >>",
    "<<< smtp_code(550) >>>": "<<< begins no directive",
    "A <<< smtp(550) >>> in text": "write << smtp(550) >>",
    "<smtp_code(550)>": "< begins no directive",
    "Text <smtp(5.7.1)> and text": "write << smtp(5.7.1) >>",
    "> 1. < < smtp(550) > >": "write << smtp(550) >>",
    "<<< smtp_code(550) >>": "<<< begins no directive",
    "&lt;&lt; smtp(550) &gt;&gt;": "&lt;&lt; begins no directive, and this is shown as it stands; write << smtp(550) >>",
    "Le code « smtp(550) ».": "« begins no directive",
    "Der Code »smtp(550)«.": "» begins no directive",
    "{{ smtp_compare(250, 535) }}": "{{ begins no directive, and this is shown as it stands; write << smtp_compare(250, 535) >>",
    "{{smtp(550)}}": "{{ begins no directive",
    "{% smtp_table(4xx) %}": "{% begins no directive",
    "A [[ smtp_code(550) ]] here": "[[ begins no directive, and this is shown as it stands; write << smtp_code(550) >>",
    "(( smtp_code(550) ))": "(( begins no directive",
    "<% smtp(550) %>": "<% begins no directive",
    "≪ smtp(550) ≫": "≪ begins no directive",
    "〈〈 smtp_code(550) 〉〉": "〈〈 begins no directive",
    "[text](smtp-550)": "(smtp-550) is no address; a reference has two pairs of square brackets, so write [text][smtp-550]",
    "[text](<< smtp(550) >>)": "is no address of a link; for a link to the entry write [text][smtp-550]",
    "[text](<<smtp_code(551)>>)": "write [text][smtp-551]",
    "![text](<<smtp(5.7.1)>>)": "write [text][smtp-5-7-1]",
    '<div title="<< smtp(550) >>">x</div>': "<< smtp(550) >> stands in an attribute, where nothing is expanded; write the code",
    "<https://example.org/<< smtp(550) >>>": "<< smtp(550) >> stands in an address, where nothing is expanded; write the code",
    "A <https://example.org/?q=<<smtp(550)>>> b": "<<smtp(550)>> stands in an address",
    "A <jane@<<smtp(550)>>> b": "<<smtp(550)>> stands in an address",
    "[r]: https://example.org/<<smtp(550)>>\n\n[text][r]": "<<smtp(550)>> stands in the definition of a link",
    '[r]: https://example.org/ "of << smtp(550) >>"\n\n[text][r]': "<< smtp(550) >> stands in the definition of a link",
    "A **bold << smtp_code(550) >> text**.": "smtp_code makes a whole section; write it on lines of its own",
    "```smtp-compare\n250, 535\n```": "smtp-compare is no fence, and this is shown as code; write << smtp_compare(250, 535) >>",
    "```smtp_compare(250, 535)\n```": "smtp_compare is no fence, and this is shown as code; write << smtp_compare(250, 535) >>",
    "``` { .smtp-explain lang=\u201ctr\u201d }\n550 5.7.1 no\n```": "smtp-explain: \u201c is not a quote here; only the straight",
    "``` { .smtp-explain #x }\n550 5.7.1 no\n```": "smtp-explain: #x cannot be read; write id=x",
    "~~~ smtp_table\n4xx\n~~~": "smtp_table is no fence, and this is shown as code; write << smtp_table(4xx) >> in its place",
    "```smtp-explian\n550 x\n```": "smtp-explian names no fence that is explained",
    "```smtp explain\n550 x\n```": "smtp explain names no fence that is explained",
    "```explain-smtp\n550 x\n```": "explain-smtp names no fence that is explained",
    "```smtp_explain\n550 x\n```": "smtp_explain names no fence that is explained; write smtp-explain, as in ```smtp-explain",
    "~~~ {.smpt-explain}\n550 x\n~~~": "smpt-explain names no fence that is explained",
    "```SMTP-Explain\n550 x\n```": "SMTP-Explain names no fence that is explained",
    "```smtp-explain\n\n```": "smtp-explain: the fence is empty; paste the line of the server with its code",
    "```smtp-explain\nHello.\n```": "smtp-explain: no SMTP reply was found in this fence; paste the line",
    "```smtp-explain\n550 5.7.1 no\n": "smtp-explain: the fence is never closed; end it with a line ```",
    '<< smtp_explain("Hello.") >>': "smtp_explain: no SMTP reply was found in this text",
}
#: As written, and what only `check` says of it.
PERHAPS = {
    "smtp_compare(250, 535)": "smtp_compare(250, 535) is no directive without its signs, and is shown as it stands; write <<",
    "{ smtp_code(550) }": "smtp_code(550) is no directive without its signs",
    "<< smtp >>": "<< smtp >> has no code, and is shown as it stands; write << smtp(550) >>",
    "<pre>\n<< smtp(550) >>\n</pre>": "put it outside of <pre>, or write &lt;&lt; and &gt;&gt; to show it",
}
#: What is somebody else's, or an example.
FOREIGN = """\
`&lt;&lt; smtp(550) &gt;&gt;`, `« smtp(550) »`, `<smtp_code(550)>`, `<<< smtp(550) >>>`, ``{{ smtp_code(550) }}``

```cpp
std::cout << smtp_code(550) >> x; // ＜＜ smtp(550) ＞＞ <smtp_code(550)> &lt;&lt; smtp(550) &gt;&gt;
```

    ＜＜ smtp(550) ＞＞ <smtp_code(550)> « smtp(550) » in a block of code

Le mot « smtp », « SMTP (550) » et « smtp(8) »; <smtp(8)>, vector<smtp_code> and map<smtp(550)>, smtp_code(550).

cat <<EOF and <<smtp_server>>, <<smtp>>, cat <<< smtp, {{ smtp_host }}, {{ smtp_code }}, << code(main) >>=

<pre><code><< smtp(550) >></code></pre>

<!-- <smtp_code(550)> « smtp(550) » << smtp(550) >> -->

````markdown
```smtp_explain
550
```
````

~~~ smtp-example
550
~~~

```smtp-code
print(550)
```

```smtp
EHLO a
```

```smtp-table
a | b
```

(smtp_code(550))

[[smtp]], [[ smtp relay ]], [[smtp_relay]], ((smtp)), {% smtp %}, <% smtp %>, [text](smtp-550.md), [text](#smtp-550) and
std::cout << smtp(x) << 1; std::cout << smtp(x);

`[text](smtp-550)` and `[[ smtp_code(550) ]]`, <span title="a << b">x</span>,
`<https://example.org/<< smtp(550) >>>`, << smtp_code<int> >>

[unused]: https://example.org/ "A `<< smtp(550) >>`"

A self-explaining word.
"""


@pytest.mark.parametrize("text", [*SURE, *PERHAPS])
def test_what_was_to_be_a_directive_is_told_once_with_its_line(text, caplog):
    page = f"---\ntitle: A\n---\n\n{FOREIGN}\n{text}\n"
    convert(page.split("---\n\n", 1)[1], "fenced_code")
    told = [record.getMessage() for record in caplog.records]
    first = page[: page.index(f"\n{text}\n") + 1].count("\n") + 1
    first += text.startswith("<pre>")
    assert len(told) == (text in SURE), told
    assert all(message.startswith(f"line {first - 4}: ") and SURE[text] in message for message in told)
    (mistake,) = Checker(Site()).mistakes("page.md", page)
    assert mistake.line == first
    assert {**SURE, **PERHAPS}[text] in mistake.message


def test_what_is_somebody_elses_is_told_by_nobody(caplog):
    convert(FOREIGN, "fenced_code")
    assert not caplog.records
    assert Checker(Site()).mistakes("page.md", FOREIGN) == []
    idle = (
        "« smtp », smtp(8), smtp_code(550), smtp_tls_security_level, an smtp-example, ```smtp-session, {{ smtp_host }}"
    )
    assert not marked(idle), "and a page of it costs nothing"


LANGUAGES = {
    "lang: xx": "lang: xx is not a language with words, and what a directive makes here is in en; it takes one of ar, de",
    "lang: [de]": "lang: expected one language, found a list; write lang: de",
    "lang: de-CH": "",
    "smtp: [a]": "smtp: expected a mapping, found a list; write smtp: {autolink: text}",
    "smtp: mail.example.org": "",
    "smtp: {lang: de}": "smtp: lang stands beside smtp, not below it; write lang: de on a line of its own",
    "smtpcodes: {autolink: off}": "smtpcodes: what a page wishes stands below smtp; write smtp: there",
    "smtpcodes: {version: 3}": "",
}


@pytest.mark.parametrize("front", [front for front in LANGUAGES if front.startswith("lang")])
def test_a_build_names_a_language_without_words_once_a_page_where_a_directive_needs_it(build_site, front):
    page = f"---\n{front}\n---\n\n<< smtp(550) >> and << smtp(250) >>\n"
    site = build_site({"index.md": page, "other.md": f"---\n{front}\n---\n\nNothing.\n"})
    assert len(site.warnings) == bool(LANGUAGES[front])
    assert all(warning.startswith(f"docs/index.md:2: {LANGUAGES[front]}") for warning in site.warnings)


def test_a_language_without_dashes_around_it_has_its_line_and_a_capital_is_told(build_site):
    pages = {
        "index.md": "title: A\nLang: xx\n\n# A\n\n<< smtp(550) >>\n",
        "capital.md": "---\nLang: de\n---\n\n<< smtp(550) >>\n",
        "others.md": "---\nLang: de\n---\n\nNothing.\n",
    }
    unknown, capital = sorted(build_site(pages).warnings)[::-1]
    assert unknown.startswith("docs/index.md:2: lang: xx is not a language with words")
    assert capital == "docs/capital.md:2: Lang: nobody reads this, for the key is written small; write lang: de"


def test_a_directive_between_keys_is_told_and_one_in_code_is_somebodys_example(caplog):
    text = "# A\n\n`<kbd><< smtp(550) >></kbd>`\n\nPress <kbd><< smtp(550) >></kbd>.\n\n"
    text += "<code><< smtp(550) >></code> <kbd>\\<< smtp(550) >></kbd> <kbd>&lt;&lt; smtp(550) &gt;&gt;</kbd>\n\n"
    text += "<div><samp>Answer: << smtp(250) >></samp></div>\n"
    convert(text)
    mend = "where nothing is expanded; put it outside, or write &lt;&lt; and &gt;&gt; to show it"
    assert [record.getMessage() for record in caplog.records] == [
        f"line 5: << smtp(550) >> stands in <kbd>, {mend}",
        f"line 9: << smtp(250) >> stands in <samp>, {mend}",
    ]


FENCES = {
    "```{ .smtp-explain": "the { is not closed, so that this fence is shown as code; write ```smtp-explain",
    "```{ .smtp-explain lang=de": "the { is not closed, so that this fence is shown as code; write ```smtp-explain lang=de",
    "```.smtp-explain }": "the } has no { before it, so that this fence is shown as code; write ```smtp-explain",
    "```smtp-explain(lang=de)": "smtp-explain(lang=de) cannot be read, so that this fence is shown as code; write ```smtp-ex",
    "~~~smtp-explain: lang=de": "smtp-explain: lang=de cannot be read, so that this fence is shown as code; write ~~~smtp-expl",
}


@pytest.mark.parametrize("opening", FENCES)
def test_a_fence_whose_first_line_cannot_be_read_is_told_with_that_line_as_it_should_be(opening, caplog):
    convert(f"# A\n\n{opening}\n550 5.7.1 no\n{opening[:3]}\n", "fenced_code")
    (record,) = caplog.records
    assert record.getMessage().startswith(f"line 3: smtp-explain: {FENCES[opening]}")


@needs("pymdownx")
def test_a_mistake_in_a_snippet_is_told_once_however_often_it_is_included(build_site, tmp_path, caplog):
    pages = {
        "index.md": '--8<-- "part.md"\n\n--8<-- "part.md"\n',
        "other.md": '--8<-- "part.md"\n',
        "part.md": "\n\n<< smtp_code(999) >>\n",
    }
    snippets = {"pymdownx.snippets": {"base_path": [str(tmp_path / "site" / "docs")]}}
    assert place(build_site(pages, markdown_extensions=["toc", snippets])) == ["docs/part.md:3"]


@needs("pymdownx")
def test_a_mistake_in_a_file_that_stands_at_the_end_of_every_page_is_told_once_by_that_file(build_site, tmp_path):
    pages = {"index.md": "# A\n\nText.\n", "other.md": "# B\n\n<< smtp(550) >> and << smtp(998) >>\n"}
    (tmp_path / "site" / "parts").mkdir(parents=True)
    (tmp_path / "site" / "parts" / "end.md").write_text("*[A]: B\n\n<< smtp_code(999) >>\n", encoding="utf-8")
    snippets = {"pymdownx.snippets": {"base_path": [str(tmp_path / "site")], "auto_append": ["parts/end.md"]}}
    site = build_site(pages, markdown_extensions=["toc", snippets])
    assert sorted(place(site)) == ["docs/other.md:3", "parts/end.md:3"]
    checker = Checker(read(tmp_path / "site" / "mkdocs.yml"))
    told = [mistake for name, text in pages.items() for mistake in checker.mistakes(name, text)]
    assert [(Path(mistake.file).name, mistake.line) for mistake in told] == [("end.md", 3), ("other.md", 3)]


#: Pages with a macro, and the place of each message.
REPEATED = {
    "{{ two() }}\n": [""],
    "{{ two() }}\n\n<< smtp_code(999) >>\n": ["", ":3"],
    "{% for n in range(3) %}\n<< smtp_code(999) >>\n\n{% endfor %}\n": [":2"],
    "{% macro m() %}\n<< smtp_code(999) >>\n{% endmacro %}\n{{ m() }}\n\n{{ m() }}\n": [":2"],
    "{{ '<< smtp_code(999) >>\n\n' * 3 }}\n": [":1"],
    "{{ reply(999) }}\n\n<< smtp({{ 550 }}) >>\n": [""],
    "<< smtp({{ 999 }}) >>\n\n{{ reply(550) }}\n\n<< smtp({{ 998 }}) >>\n\n{{ reply(997) }}\n": ["", ":1", ":5"],
    "{% for n in [999, 998] %}\n<< smtp({{ n }}) >>\n{% endfor %}\n\n{{ reply(550) }}\n": [":2", ":2"],
    "{% set x = 999 %}\n{{ x }} is << smtp({{ x }}) >>\n": [":2"],
}


@needs("mkdocs_macros")
@pytest.mark.parametrize("page", REPEATED)
def test_what_a_macro_repeats_is_told_once_and_takes_no_line_of_another(build_site, tmp_path, page):
    (tmp_path / "site").mkdir()
    macro = "def define_env(env):\n    env.macro(lambda: '<< smtp_code(999) >>\\n\\n' * 2, 'two')\n"
    macro += "    env.macro(lambda code: f'<< smtp({code}) >>', 'reply')\n"
    (tmp_path / "site" / "main.py").write_text(macro, encoding="utf-8")
    site = build_site({"index.md": page}, plugins=["search", "macros", "smtpcodes"])
    assert sorted(place(site)) == [f"docs/index.md{line}" for line in REPEATED[page]]


@pytest.mark.parametrize("front", LANGUAGES)
def test_check_names_a_language_without_words_where_a_directive_needs_it(front):
    def told(text):
        return Checker(Site()).mistakes("page.md", f"---\ntitle: A\n{front}\n---\n{text}\n")

    mistakes = told("<< smtp(550) >>")
    assert len(mistakes) == bool(LANGUAGES[front])
    assert all(mistake.line == 3 and LANGUAGES[front] in mistake.message for mistake in mistakes)
    assert front.startswith("smtp") or told("Nothing, or << smtp(550, lang=tr) >>.") == []


# --- one message -------------------------------------------------------------------------------------------------------


def test_a_code_that_was_left_out_is_not_also_unknown(build_site, tmp_path):
    (tmp_path / "site").mkdir()
    own = (
        "codes:\n  A100: {reply: 650 5.7.1}\nwords:\n  en:\n    codes:\n      A100: {name: One, summary: It is one.}\n"
    )
    (tmp_path / "site" / "own.yml").write_text(own, encoding="utf-8")
    page = (
        "# P\n\n<< smtp_code(A100) >>\n\n<< smtp_compare(A100, 550) >>\n\n<< smtp(A100) >>\n\n<< smtp_table(A100) >>\n"
    )
    site = build_site({"index.md": page}, plugin={"data_files": ["own.yml"]})
    assert place(site) == ["own.yml:2"]
    marks = [mark["title"] for mark in site.soup().select(".smtp-mistake mark")]
    assert marks[0] == "smtp_code: A100 is left out for the mistake in own.yml:2"


ABSENT = """\
codes: {E 524: {reply: 550}}
reasons: {too-blue: {group: colour, acts: sender, retry: later}}
senders: {Blue Mail: {name: Blue Mail, kind: service}}
words: {nl: []}
"""


def test_whatever_was_left_out_is_not_also_unknown(build_site, tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "own.yml").write_text(ABSENT, encoding="utf-8")
    page = (
        "# P\n\n<< smtp_replies(reason=too-blue) >>\n\n<< smtp_replies(blue-mail) >>\n\n<< smtp_code(E524) >>\n\n"
        "<< smtp_replies(setting=blue) >>\n\n<< smtp_code(550, lang=nl) >>\n\n<< smtp_table(status=site) >>\n\n"
        "[x][smtp-reason-too-blue] and [y][smtp-sender-blue-mail]\n"
    )
    site = build_site(
        {"index.md": page, "b.md": "---\nlang: nl\n---\n# B\n\n<< smtp(550) >>\n"}, plugin={"data_files": ["own.yml"]}
    )
    assert place(site) == [f"own.yml:{line}" for line in (1, 2, 3, 4)]
    assert len(site.soup().select(".smtp-mistake mark")) == 8
    # What nobody described is unknown all the same.
    assert Checker(Site()).mistakes("page.md", "# P\n\n<< smtp_replies(reason=too-blue) >>\n")


def test_a_file_that_cannot_be_read_is_one_message(build_site, tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "own.yml").write_text("codes: {A100: [\n", encoding="utf-8")
    site = build_site(
        {"index.md": "# P\n\n<< smtp_code(A100) >>\n\n<< smtp(299) >>\n"}, plugin={"data_files": ["own.yml"]}
    )
    assert len(site.warnings) == 1


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("<< smtp_compare(999, 998, foo=1, lang=xx) >>", 4),
        ("<< smtp_code(999, lang=xx) >>", 2),
        ("a << smtp_code(999) >>", 2),
        ("<< smtp_code(999) >>", 1),
        ("<< smtp_replies(gmail, foo=1) >>", 1),
        ("<< smtp_table(4xx, foo=1) >>", 1),
    ],
)
def test_one_mistake_of_a_directive_hides_no_other(text, count, caplog):
    convert(text)
    assert len({record.getMessage() for record in caplog.records}) == len(caplog.records) == count


# --- places of their own -----------------------------------------------------------------------------------------------


def test_a_code_in_a_tab_title_is_no_link():
    html = convert('=== "The << smtp(550) >> tab"\n\n    Text.\n', "pymdownx.tabbed")
    assert "<a " not in html.split("</label>")[0]
    assert "<code>550</code>" in html.split("</label>")[0]
    assert "tooltip" not in html


def test_an_image_says_the_code(caplog):
    assert 'alt="a 502 sign"' in convert("![a << smtp(502) >> sign](x.png)")
    assert 'alt="a 550 5.7.1"' in convert("![a << smtp(550-5.7.1, show=both) >>](x.png)")
    assert not caplog.records
    assert 'alt="a 999"' in convert("![a << smtp(999) >>](x.png)")
    assert 'alt="a &lt;&lt; smtp(9) &gt;&gt;"' in convert("![a << smtp(9) >>](x.png)")
    told = [record.getMessage().split("; ")[0] for record in caplog.records]
    assert told == ["line 1: smtp: 999 is not a known code", "line 1: smtp: 9 is not a code"]


def test_an_abbreviation_says_the_code(caplog):
    text = "An X, and X.\n\n*[X]: a << smtp(NUMBER) >> and \\<< smtp(502) >>"
    html = convert(text.replace("NUMBER", "550 5.7.1"), "abbr")
    assert html.count('<abbr title="a 550 5.7.1 and &lt;&lt; smtp(502) &gt;&gt;">X</abbr>') == 2
    assert not caplog.records
    assert "a 999 and" in convert(text.replace("NUMBER", "999"), "abbr")
    (told,) = [record.getMessage() for record in caplog.records]
    assert told.startswith("line 3: smtp: 999 is not a known code")


@pytest.mark.parametrize("call", ["smtp_commands(RCPT)", "smtp_lookup(XYZ)"])
def test_what_a_directive_without_codes_is_given_is_one_mistake(call, caplog):
    convert(f"<< {call} >>")
    assert [record.getMessage().split(", and ")[0] for record in caplog.records] == [
        f"line 1: {call.partition('(')[0]}: it takes no codes"
    ]


# --- what nobody foresaw -----------------------------------------------------------------------------------------------

FALLS = "# A\n\n<< smtp_code(550) >>\n\n<< smtp_code(55O) >>\n\nSee [x][smtp-451].\n\nLast.\n"


def _fall(*_):
    raise IndexError("list index\nout of range")


@pytest.fixture
def falling(monkeypatch):
    """Entries of directives and references fall; all else is as it is."""
    from mkdocs_smtpcodes.extension import references
    from mkdocs_smtpcodes.rendering import contexts

    monkeypatch.setattr(contexts, "context", _fall)
    monkeypatch.setattr(references, "_told", _fall)


def test_a_fall_in_a_build_is_a_message_at_its_directive_and_all_else_is_told_and_shown(build_site, falling):
    site = build_site({"index.md": FALLS})
    told = "nothing could be made of it (IndexError: list index out of range); this is a mistake in mkdocs-smtpcodes"
    assert [message.partition(", please")[0] for message in site.warnings if "index.md" in message][::2] == [
        f"docs/index.md:3: smtp_code: {told}",
        f"docs/index.md:7: [smtp-451]: {told}",
    ]
    assert sum("docs/index.md:5: smtp_code: 55O is not a code" in message for message in site.warnings) == 1
    shown = site.soup().select(".smtp-mistake code")
    assert [code.get_text() for code in shown] == ["<< smtp_code(550) >>", "<< smtp_code(55O) >>", "[smtp-451]"]
    assert "Last." in site.html()


def test_a_fall_ends_a_build_that_is_to_end_with_the_first_mistake(falling):
    with pytest.raises(DirectiveError, match="line 3: smtp_code: nothing could be made of it"):
        convert(FALLS, on_error="raise")


def test_a_list_of_our_words_below_smtp_is_told_in_a_build_and_that_of_others_is_not(build_site):
    pages = {"index.md": "---\nsmtp: [autolink]\n---\n\n# A\n", "b.md": "---\nsmtp: [mail.example.org]\n---\n\n# B\n"}
    (warning,) = [message for message in build_site(pages).warnings if "smtp:" in message]
    assert warning.startswith("docs/index.md:2: smtp: expected a mapping, found a list; write smtp: {autolink: text}")


def test_an_anchor_of_another_entry_is_told_and_that_of_its_own_is_not(caplog):
    convert("<< smtp_code(550, id=smtp-551) >>\n\n<< smtp_compare(450, 550, id=smtp-reason-greylisted) >>\n")
    assert [record.getMessage().partition(" is the anchor of another")[0] for record in caplog.records] == [
        'line 1: smtp_code: id="smtp-551"',
        'line 3: smtp_compare: id="smtp-reason-greylisted"',
    ]
    caplog.clear()
    convert(
        "<< smtp_code(550, id=smtp-550) >>\n\n<< smtp_compare(450, 550, id=smtp-450-vs-550) >>\n\n"
        "<< smtp_code(551, id=smtp-x) >>\n\n<< smtp_code(421, id=smtp-999) >>\n"
    )
    convert(
        "<< smtp_replies(gmail, id=smtp-sender-gmail) >>\n\n<< smtp_replies(reason=greylisted, id=smtp-reason-greylisted) >>\n"
    )
    assert not caplog.records


def test_two_sections_on_one_line_are_one_mistake_and_on_two_lines_two(caplog):
    html = convert("# A\n\n<< smtp_code(550) >> << smtp_code(551) >>\n\nText << smtp_code(552) >>\n")
    assert [record.getMessage().partition(" makes")[0] for record in caplog.records] == [
        "line 3: smtp_code",
        "line 5: smtp_code",
    ]
    assert html.count("smtp-mistake") == 3


def test_a_byte_order_mark_before_a_directive_is_no_text_beside_it(caplog):
    assert "smtp-entry" in convert("\ufeff<< smtp_code(550) >>\n")
    assert not caplog.records


def test_an_anchor_that_the_page_has_already_is_told_and_the_section_gets_another(caplog):
    html = convert(
        "# A\n\n<< smtp_code(550, id=mine) >>\n\n<< smtp_code(551, id=mine) >>\n\n<< smtp_code(552, id=other) >>\n"
    )
    (record,) = caplog.records
    assert record.getMessage().startswith('line 5: smtp_code: id="mine" stands on this page already')
    assert soup(html).find(id="mine-2")
    caplog.clear()
    convert("# A\n\n<< smtp_code(550) >>\n\n<< smtp_code(550) >>\n")
    assert not caplog.records, "the usual anchors are ours to choose"


def test_mkdocs_without_the_plugin_names_page_and_line_and_a_page_of_entries_that_is_not_there_once(build_site):
    front = "---\ntitle: A\nlang: tr\nsmtp: {autolnk: text}\n---\n\n# P\n\n"
    pages = {
        "index.md": "# H\n\n<< smtp(550) >> and << smtp(450) >>\n",
        "guide/page.md": f"{front}<< smtp_code(999) >>\n\nA << smtp(550) >>\n",
    }
    site = build_site(pages, plugins=["search"], markdown_extensions=[{"smtpcodes": {"entries_page": "cods.md"}}])
    assert sorted(warning.partition(": ")[0] for warning in site.warnings) == [
        "docs/guide/page.md:4", "docs/guide/page.md:9", "mkdocs.yml:3",
    ]  # fmt: skip
    assert sum("entries_page: the site has no page cods.md" in warning for warning in site.warnings) == 1
    assert site.soup("guide/page/index.html").select_one(".smtp-tip")["lang"] == "tr", "the front matter is read"
    pages["cods.md"] = "# C\n\n<< smtp_code(550) >>\n"
    site = build_site(pages, plugins=["search"], markdown_extensions=[{"smtpcodes": {"entries_page": "/cods/"}}])
    assert not any("entries_page" in warning for warning in site.warnings)
