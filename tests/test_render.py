"""`mkdocs-smtpcodes render`, and the Markdown of sections: without HTML, well formed, and with all that the HTML says."""

import importlib.util
import json
import re
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup

from mkdocs_smtpcodes import directives, load_dataset
from mkdocs_smtpcodes.extension.commonmark import commonmark
from mkdocs_smtpcodes.extension.rewriting import Rewriter
from mkdocs_smtpcodes.reference.addresses import Addresses
from mkdocs_smtpcodes.rendering.renderer import Renderer

from .cli.conftest import call, write  # noqa: F401 (fixtures)
from .conftest import convert

RENDERER = Renderer(load_dataset())
RFC_250 = "https://www.rfc-editor.org/rfc/rfc5321#section-4.2.3"
CONTAINERS = ("admonition", "tables", "fenced_code", "def_list", "footnotes", "attr_list", "md_in_html")


def section(text, lang="en"):
    found = directives.find(text)
    return RENDERER.render(directives.parse(found, text), lang).html


def rewrite(text, **options):
    rewriter = Rewriter(options.pop("links", Addresses()), CONTAINERS, **options)
    return rewriter.rewrite(text)[0]


def words(text):
    """The words of a text, without quotes and marks, sorted: tables tell what they unfold below them."""
    return sorted(re.findall(r"\w+", text))


# --- HTML to Markdown --------------------------------------------------------------------------------------------------

SECTIONS = [
    "<< smtp_compare(250, 535) >>", "<< smtp_compare(450 4.2.2, 552 5.2.2) >>", "<< smtp_code(550) >>",
    "<< smtp_code(451 4.7.1) >>", "<< smtp_code(5.7.26, parts='summary, facts, more') >>", "<< smtp_table(5.7.x) >>",
    "<< smtp_commands() >>", "<< smtp_replies(gmail) >>", "<< smtp_replies(reason=greylisted) >>", "<< smtp_lookup() >>",
    "<< smtp_explain('550-5.7.26 a|b `c` <d@example.net> *e* _f_') >>",
]  # fmt: skip


@pytest.mark.parametrize("lang", ["en", "tr", "ja"])
@pytest.mark.parametrize("text", SECTIONS)
def test_a_section_is_well_formed_markdown_that_says_all_that_its_html_says(text, lang):
    reader = pytest.importorskip("markdown_it").MarkdownIt("commonmark").enable("table")
    html = section(text, lang)
    made = commonmark(html)
    tokens = reader.parse(made)
    assert not [t for token in tokens for t in (token, *(token.children or ())) if t.type.startswith("html_")]
    told = BeautifulSoup(html, "html.parser")
    for unseen in told.select("[hidden], script"):
        unseen.decompose()
    for picture in told.select("[role=img]"):
        picture.string = picture["aria-label"]
    for caption in told.select("figure figcaption"):
        caption.decompose()
    for folded in told.select("tr details"):
        # What a row unfolds stands below the table, after the name of the row.
        folded.append(folded.find_parent("tbody").th.get_text())
    again = BeautifulSoup(reader.render(made), "html.parser")
    assert words(again.get_text(" ")) == words(told.get_text(" "))
    for tag in ("h2", "h3", "h4", "ol", "pre", "table"):
        assert len(again.find_all(tag)) == len(told.find_all(tag)), tag
    links = [unquote(a["href"]) for a in told.select("a[href]")]
    assert sorted(unquote(a["href"]) for a in again.select("a[href]")) == sorted(links)
    assert {code.get_text() for code in told.select("p code")} <= {code.get_text() for code in again.find_all("code")}
    assert "**" not in again.get_text(), "marks that are none"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>a*b _c_ d_e [f] &lt;g&gt; `h` {i} \\</p>", r"a\*b \_c\_ d_e \[f\] \<g> \`h\` \{i\} " + "\\\\"),
        ("<p># a</p>", r"\# a"),
        ("<p>250. a</p>", r"250\. a"),
        ("<p>- a</p>", r"\- a"),
        ("<p><code>a`b</code> <code>`</code></p>", "``a`b`` `` ` ``"),
        ("<p><a href='x (y)'>z</a></p>", "[z](x%20%28y%29)"),
        ("<p><b>はい。</b>次</p>", "**はい。** 次"),
        ("<ol><li>a</li><li><p>b</p><ul><li>c</li></ul></li></ol>", "1. a\n\n2. b\n\n   - c"),
        ("<dl><dt>a</dt><dd>b</dd><dt>c</dt><dd>d</dd><dd>e</dd></dl>", "**a**\n\nb\n\n**c**\n\n- d\n- e"),
        (
            "<table><tr><th>a</th><td>b|<code>c|d</code></td></tr></table>",
            "|  |  |\n| --- | --- |\n| a | b\\|`c\\|d` |",
        ),
        ("<pre><code>a\n```\nb</code></pre>", "````text\na\n```\nb\n````"),
        ("<p hidden=''>a</p>", ""),
        ("<ul><li><a>a</a> <span>b.</span></li></ul>", "- **a**: b."),
        ("<ul><li><a>a</a> and <span>b.</span></li></ul>", "- a and b."),
        ("<h2>a &amp;amp; b #</h2>", "## a \\&amp; b \\#"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
    ],
)
def test_an_element_becomes_the_markdown_that_is_read_as_it(html, expected):
    assert commonmark(html) == expected


# --- pages -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "# Page\n\ntext <<EOF and <<smtp_server>>\n", "`<< smtp(535) >>`\n", "```\n<< smtp_code(535) >>\n```\n",
        "    << smtp_code(535) >>\n", "\\<< smtp(535) >>\n", "<!-- << smtp(535) >> -->\n", "[x][other] ![y][smtp-550]\n",
        "[x][smtp-550]\n\n[smtp-550]: https://example.org\n", "[x][SMTP-550]\n\n[smtp-550]: https://example.org\n",
        "---\na: << b\n---\n\ntext\r\n",
    ],
)  # fmt: skip
def test_what_does_not_expand_stays_as_it_is_to_the_letter(text):
    assert rewrite(text) == text


def test_a_directive_becomes_a_block_in_its_own_container():
    text = "text\nD\nmore\n\n- item\n\n    D\n\n> quote\n> D\n\n1. D\n".replace("D", "<< smtp_table(354) >>")
    table = (
        "**SMTP codes**\n\n| Code | Name | Meaning |\n| --- | --- | --- |\n"
        "| [`354`](https://www.rfc-editor.org/rfc/rfc5321#section-4.2.3) | Start mail input | "
        "The server is ready for the message, which ends with a line that holds only a dot. |"
    )

    def inside(prefix, empty=""):
        return table.replace("\n\n", f"\n{empty}\n").replace("\n|", f"\n{prefix}|")

    assert rewrite(text) == (
        f"text\n\n{table}\n\nmore\n\n- item\n\n    {inside('    ')}\n\n> quote\n>\n> {inside('> ', '>')}\n\n1. {inside('   ')}\n"
    )


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("a << smtp(250) >> b", f'a [`250`]({RFC_250} "The server has carried out the command.") b'),
        ("## On << smtp(250) >>", "## On `250`"),
        ("[see << smtp(250) >>](x)", "[see `250`](x)"),
        ("[a *b*][smtp-250]", f"[a *b*]({RFC_250})"),
        ("[a][SMTP-250] [Smtp-250][]", f"[a]({RFC_250}) [`250`]({RFC_250})"),
        ("[smtp-sender-gmail][] [`smtp-250`][]", f"[Gmail](https://support.google.com/a/answer/3726730) [`250`]({RFC_250})"),
    ],
)  # fmt: skip
def test_a_code_in_running_text_and_a_reference_become_links(written, expected):
    assert rewrite(f"{written}\n") == f"{expected}\n"


def test_of_equal_directives_each_is_told_from_one_in_code():
    text = "`<< smtp(250) >>` << smtp(250, show=name) >> `<< smtp(250, show=name) >>` << smtp(250, show=name) >>\n"
    assert len(re.findall(r"\[OK\]\(", rewrite(text))) == 2
    assert rewrite(text).count("`<< smtp(250") == 2


def test_links_lead_to_the_site_where_it_has_entries():
    links = Addresses({"smtp-250": "https://mail.example.org/smtp/250/#smtp-250"})
    assert "(https://mail.example.org/smtp/250/#smtp-250 " in rewrite("<< smtp(250) >>", links=links)
    assert "[OK](https://mail.example.org/smtp/250/#smtp-250)" in rewrite("[OK][smtp-250]", links=links)


def test_the_language_is_that_of_the_page():
    rewriter = Rewriter(Addresses(), lang="tr")
    assert "Kalıcı olarak reddedildi" in rewriter.rewrite("<< smtp_code(550) >>")[0]
    assert "Definitiv" not in rewriter.rewrite("<< smtp_code(550) >>", {"lang": "en"})[0]
    assert "Refused for good" in rewriter.rewrite("<< smtp_code(550) >>", {"lang": "en"})[0]


def test_html_is_one_block_to_markdown():
    told = rewrite("a\n\n```smtp-explain\n550-5.7.1 a\n\n550 5.7.1 b\n```\n\nb\n", html=True)
    assert convert(told.replace("class=", "data-class="), "md_in_html").count("<section") == 1
    block = told.split("<section")[1].split("</section>")[0]
    assert "\n\n" not in block


# --- the command -------------------------------------------------------------------------------------------------------


def test_render_prints_a_directive_in_each_form(call):  # noqa: F811
    assert call("render", "<< smtp_compare(250, 535) >>", "--lang", "tr").output.startswith("## SMTP 250 Tamam")
    assert call("render", "<< smtp_code(250) >>", "--format", "html").output.startswith("<section ")
    told = json.loads(call("render", "<< smtp_code(250) >>", "--format", "json").output)
    (made,) = told["sections"]
    assert told["format"] == 1
    assert (made["id"], made["codes"], made["title"], made["lang"]) == ("smtp-250", ["250"], "SMTP 250 OK", "en")
    assert made["markdown"] == told["markdown"]
    assert made["html"].startswith("<section ")


def test_render_reads_files_and_names_mistakes_with_their_lines(call, write):  # noqa: F811
    write({"a.md": "---\nlang: tr\n---\n\n# A\n\n<< smtp_code(536) >>\n\n<< smtp(550) >>\n"})
    result = call("render", "a.md")
    assert result.exit_code == 1
    assert "a.md:7: smtp_code: 536 is not a known code; did you mean 535" in result.stderr
    assert "<< smtp_code(536) >>" in result.stdout and "[`550`](" in result.stdout
    assert call("render", "-", input="x << smtp(550) >>").stdout.startswith("x [`550`](")


@pytest.mark.parametrize("plugin", ["autorefs", "mkdocstrings", "material/autorefs"])
@pytest.mark.parametrize("command", ["check", "render"])
def test_a_name_that_autorefs_finds_is_left_alone_and_a_near_miss_of_ours_is_told(call, write, command, plugin):  # noqa: F811
    text = "# Mail\n\n[up][smtp-setup]\n\n[a][smtp-reason-greylistd] [b][smtp-senders-gmail]\n\n## SMTP setup {#smtp-setup}\n"
    site = f"site_name: A\nmarkdown_extensions: [attr_list]\nplugins:\n- {plugin}\n- smtpcodes\n"
    write({"mkdocs.yml": site, "docs/a.md": text})
    told = call(command, "docs/a.md").output
    assert "smtp-setup]: " not in told and "is no code" in told
    assert "did you mean smtp-reason-greylisted" in told and "did you mean smtp-sender-gmail" in told
    if command == "render":
        assert "[up][smtp-setup]" in told
    write({"mkdocs.yml": site.replace(f"- {plugin}\n", "")})
    assert "[smtp-setup]: setup is no code, reason or sender" in call(command, "docs/a.md").output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["nothing.md"],
            "nothing.md cannot be read: No such file or directory; a directive is written << smtp_code(550) >>",
        ),
        (["--write", "nothing.md"], "there is no file or folder nothing.md"),
        (
            ["<< smtp(550) >>", "--built", "."],
            "objects.inv cannot be read: No such file or directory; build the site first",
        ),
    ],
)
def test_a_wrong_call_says_what_would_be_right(call, arguments, message):  # noqa: F811
    result = call("render", *arguments)
    assert result.exit_code == 2
    assert message in result.output


def test_write_takes_the_plugin_out_of_the_pages_of_a_site(call, write):  # noqa: F811
    pages = {
        "docs/a.md": "# A\n\n<< smtp_table(354) >>\n",
        "docs/b.md": "# B\n\nplain\n",
        "docs/b/c.md": "[x][smtp-354]\r\n\r\nend\r\n",
    }
    write(
        {
            "mkdocs.yml": "site_name: A\nsite_url: https://m.example/\nplugins:\n  - smtpcodes: {reference: all}\n",
            **pages,
        }
    )
    result = call("render", "--write", "docs")
    assert result.exit_code == 0 and "2 pages rewritten" in result.output
    from pathlib import Path

    assert "| [`354`](https://m.example/smtp/354/#smtp-354) | Start mail input |" in Path("docs/a.md").read_text()
    told = Path("docs/b/c.md").read_bytes()
    assert told == b"[x](https://m.example/smtp/354/#smtp-354)\r\n\r\nend\r\n", "line ends stay what they are"
    assert "0 pages rewritten" in call("render", "--write", "docs").output


def test_write_names_the_files_that_are_no_pages_and_keep_their_directives(call, write):  # noqa: F811
    write(
        {
            "docs/a.md": "# A\n",
            "docs/part.txt": "a\n\n<< smtp_code(550) >>\n",
            "docs/other.txt": "a << b\n",
            "main.py": 'def reply(code):\n    return f"<< smtp({code}) >>"\n',
        }
    )
    result = call("render", "--write", "docs")
    assert result.exit_code == 1
    assert re.findall(r"(\S+): a directive stays here", result.output) == ["docs/part.txt:3", "main.py:2"]


# --- twins -------------------------------------------------------------------------------------------------------------


HOOK = """
from pathlib import Path

seen = {}

def on_page_content(html, page, config, files):
    seen[page.file.src_uri] = html

def on_post_build(config):
    Path(config.site_dir, "seen.html").write_text(seen["index.md"])
"""


@pytest.fixture(scope="module")
def twins(tmp_path_factory):
    from .conftest import build_site

    build = build_site.__wrapped__(tmp_path_factory.mktemp("twins"))
    text = "# Home\n\n<< smtp(550) >> [wait][smtp-reason-greylisted]\n\n<< smtp_compare(450, 550) >>\n"
    plugin = {"reference": "used", "comparisons": [[450, 550]], "markdown": True}
    plugins = ["search", {"smtpcodes": plugin}]
    if importlib.util.find_spec("mkdocs_llmstxt"):
        plugins.append({"llmstxt": {"sections": {"All": ["index.md"]}}})
    return build(
        {"index.md": text, "../hook.py": HOOK}, plugins=plugins, hooks=["hook.py"],
        markdown_extensions=[{"toc": {"permalink": True}}],
    )  # fmt: skip


def test_each_generated_page_has_a_twin_whose_links_are_whole(twins):
    twin = twins.html("smtp/550/index.md")
    assert twin.startswith("# SMTP 550 Mailbox unavailable\n\n")
    assert "](https://example.org/smtp/450/#smtp-450)" in twin
    assert "¶" not in twin and "</" not in twin
    assert not re.findall(r"\]\((?!https?:)", twin)
    for page in (twins.folder / "smtp").rglob("index.html"):
        assert page.with_suffix(".md").is_file(), page
    link = twins.soup("smtp/550/index.html").select_one("link[type='text/markdown']")
    assert link["href"] == "index.md"


def test_a_plugin_that_takes_pages_early_sees_addresses_of_the_site(twins):
    seen = BeautifulSoup(twins.html("seen.html"), "html.parser")
    assert [a["href"] for a in seen.select("a.smtp-ref, p > a.smtp-link")][:2] == [
        "smtp/550/#smtp-550", "smtp/reasons/greylisted/#smtp-reason-greylisted",
    ]  # fmt: skip
    assert "data-smtp" not in twins.html()


@pytest.mark.skipif(not importlib.util.find_spec("mkdocs_llmstxt"), reason="not installed: mkdocs_llmstxt")
def test_llms_txt_has_addresses_of_the_site(twins):
    assert "](https://example.org/smtp/550/#smtp-550)" in twins.html("index.md")


def test_mistakes_in_snippets_have_their_file_and_directives_with_macros_stay(call, write):  # noqa: F811
    pytest.importorskip("pymdownx")
    page = (
        '--8<-- "snip.txt"\n\n<< smtp_code({{ x }}) >>\n\n<< smtp_code(536) >>\n\n<< smtp_code({{ 535 }}, lang=tr) >>\n'
    )
    write(
        {
            "mkdocs.yml": "site_name: A\nmarkdown_extensions:\n- pymdownx.snippets: {base_path: [.]}\n",
            "docs/a.md": f"# A\n\n<< smtp(354) >>\n\n{page}",
            "snip.txt": "One.\n\n<< smtp_code(536) >>\n",
        }
    )
    result = call("render", "--write", "docs")
    assert result.exit_code == 1
    told = [line.partition("; did you")[0] for line in result.output.splitlines()]
    macro = "has a macro in it, which only a build fills in; it stays as it is written"
    assert sorted(told) == [
        "1 page rewritten",
        f"docs/a.md:11: << smtp_code({{{{ 535 }}}}, lang=tr) >> {macro}",
        f"docs/a.md:7: << smtp_code({{{{ x }}}}) >> {macro}",
        "docs/a.md:9: smtp_code: 536 is not a known code",
        "snip.txt:3: smtp_code: 536 is not a known code",
    ]
    from pathlib import Path

    assert Path("docs/a.md").read_text(encoding="utf-8").endswith(page), "and all of it stays as it was written"
