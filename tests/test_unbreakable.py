"""Whatever stands in a page or a data file: no exception, no lost text, no markup from arguments, no way out, linear time."""

import builtins
import io
import logging
import os
import re
import socket
import subprocess
import time
from collections import Counter
from contextlib import suppress
from functools import cache

import markdown
import pytest
import yaml
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from mkdocs_smtpcodes import directives
from mkdocs_smtpcodes.dataset import code_checks, datafile, loading
from mkdocs_smtpcodes.extension import SmtpCodesExtension
from mkdocs_smtpcodes.extension.mistakes.pairing import paired
from mkdocs_smtpcodes.extension.state import PLACEHOLDER, Page, Produced
from mkdocs_smtpcodes.rendering.links import resolve_links
from mkdocs_smtpcodes.site import PageLinks, SiteIndex

from .conftest import CONTAINERS, convert, soup

CHECKS = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much]


def thorough(examples):
    return settings(deadline=None, derandomize=True, database=None, max_examples=examples, suppress_health_check=CHECKS)


@pytest.fixture(autouse=True)
def _quiet():
    """Thousands of warnings, kept by caplog, would be most of the time."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


# --- the grammar -------------------------------------------------------------------------------------------------------

WORDS = [
    *(
        "<<",
        ">>",
        "<",
        ">",
        "(",
        ")",
        ",",
        "=",
        '"',
        "'",
        "\\",
        " ",
        "\n",
        "\t",
        "\r\n",
        "\n\n",
        "\u00a0",
        "\x00",
        "\x02",
    ),
    *(
        "smtp",
        "smtp_code",
        "smtp_compare",
        "smtp_table",
        "smtp_commands",
        "smtp_comapre",
        "SMTP-Code",
        "smtt",
        "include",
    ),
    *(
        "450",
        "451",
        "530",
        "535",
        "5.7.1",
        "5.7.26",
        "450 4.7.1",
        "4xx",
        "5.7.x",
        "all",
        "999",
        "0",
        "²",
        "٤٥٠",
        "E524",
    ),
    *(
        "level",
        "title",
        "lang",
        "id",
        "parts",
        "columns",
        "status",
        "command",
        "show",
        "2",
        "tr",
        "-summary",
        "x",
        "é😀",
    ),
    *("<< smtp(", "<< smtp_code(", "<< smtp_table(", ") >>", "title=", 'title="', "lang=", "id=", "parts=", "level="),
    *(
        "status=",
        "columns=",
        "show=",
        "command=",
        "450,",
        ", ",
        "{{ 7*7 }}",
        "__class__",
        "%s",
        "{0}",
        "<< smtp_compare(",
    ),
]
fragments = st.one_of(st.sampled_from(WORDS), st.text(max_size=4))


@given(st.lists(fragments, max_size=30).map("".join))
@thorough(100)
def test_the_grammar_raises_nothing_but_mistakes(text):
    position = 0
    for found in directives.find_all(text):
        assert position <= found.start < found.end <= len(text)
        position = found.end
        raw = text[found.start : found.end]
        assert found.arguments in raw
        try:
            directive = directives.parse(found, raw)
        except directives.Mistakes as mistakes:
            messages = mistakes.messages
            assert messages and all(messages)
        else:
            assert directive.signature.least <= len(directive.codes) <= directive.signature.most
            assert set(directive.options) <= set(directive.signature.options)
    for start in range(min(len(text), 40)):
        directives.at(text, start)


# --- pages -------------------------------------------------------------------------------------------------------------

COMBINATIONS = (
    (),
    (*CONTAINERS, "fenced_code"),
    (*CONTAINERS, "pymdownx.superfences", "pymdownx.blocks.admonition", "pymdownx.tasklist"),
    ("extra", "toc", "nl2br", "sane_lists", "smarty", "codehilite", "meta"),
    ("pymdownx.extra", "pymdownx.inlinehilite", "pymdownx.magiclink", "pymdownx.critic", "toc", "wikilinks"),
)
GOOD = [
    "<< smtp_code(450) >>",
    "<< smtp_code(5.7.26, parts=summary) >>",
    "<< smtp_compare(530, 535, parts=differences, level=3) >>",
    "<< smtp_compare(450, 451, parts=more, title=\"A, (b) >> 'c'\", id=x) >>",
    "<< smtp_table(5.7.x, columns=code) >>",
    "<< smtp(535) >>",
    "<<smtp(5.7.1, show=both)>>",
    "<< smtp_compare(\n    530,\n    535,\n    parts=more\n) >>",
    "\\<< smtp(450) >>",
]
BAD = [
    "<< smtp(",
    "<< smtp_code(450",
    "<< smtp_code(999) >>",
    "<< smtp_code() >>",
    "<< smtp_comapre(530, 535) >>",
    '<< smtp_code(450, title="',
    "<< smtp_code(450, title='a\n\nb') >>",
    "<< smtp_compare(530, 535, lang=../../x, level=9) >>",
    "<< smtp(450, `a`) >>",
    "<< smtp_code(450) >",
    "<< other(1) >>",
    "<<",
    ">>",
    ") >>",
    '") >>',
]
AROUND = [
    *(
        "\n",
        "\n\n",
        "\n\n\n",
        "\r\n",
        "\r\n\r\n",
        " ",
        "",
        "\n    ",
        "\n\n    ",
        "\n\n        ",
        "\t",
        "\n\n> ",
        "\n> ",
        "\n>\n",
    ),
    *("\n\n- ", "\n- ", "\n\n1. ", "\n\n* a\n    - ", "\n```\n", "\n\n```yaml\n", "\n~~~\n", "```", "`", "``", "\\"),
    *(
        '\n\n!!! note "T"\n    ',
        "\n\n??? note\n    ",
        '\n\n=== "Tab"\n    ',
        "\n\n/// note\n",
        "\n///\n",
        "\n\n[^1]: ",
        "[^1]",
    ),
    *(
        "\n\n| a | b |\n|---|---|\n| ",
        " | ",
        " |\n",
        "\n\nTerm\n:   ",
        "\n\n# ",
        "\n## ",
        "\n---\n",
        "\n===\n",
        "{: #x .y }",
    ),
    *("\n\n<div markdown>\n", '\n\n<div markdown="1">\n\n', "\n</div>\n\n", "<b>", "</b>", "<code>", "</code>", "<br>"),
    *(
        "\n\n<pre>\n",
        "\n</pre>\n\n",
        "\n\n<p markdown='span'>",
        "</p>",
        "<!-- ",
        " -->",
        "\n<!--\n",
        "\n-->\n",
        "&lt;",
        "&",
    ),
    *(
        "*",
        "**",
        "_",
        "[",
        "](x.md)",
        "![",
        "](http://x)",
        "<http://x.example>",
        "{++",
        "++}",
        "==",
        "^^",
        ":::python ",
    ),
]
parts = st.one_of(
    st.sampled_from(GOOD), st.sampled_from(BAD), st.sampled_from(AROUND), st.sampled_from(AROUND), st.text(max_size=2)
)


@cache
def converter(combination, *own):
    return markdown.Markdown(extensions=[*own, *COMBINATIONS[combination]])


def without(combination, page):
    """The page without our extension; a page that others cannot convert says nothing of ours."""
    try:
        return converter(combination).reset().convert(page)
    except Exception:
        converter.cache_clear()
        assume(False)


def marked(pieces):
    """A word that exists once before each piece and at the end."""
    return "".join(f"Wort{number}q{piece}" for number, piece in enumerate(pieces)) + f"Wort{len(pieces)}q"


def lost(page, html, plain):
    """Words of the page that Markdown alone keeps."""
    words = re.findall(r"Wort\d+q", page)
    return [word for word in words if word.lower() in plain.lower() and word.lower() not in html.lower()]


@cache
def managed(combination):
    extension = SmtpCodesExtension()
    extension.managed = True
    return extension, markdown.Markdown(extensions=[extension, *COMBINATIONS[combination]])


def as_in_mkdocs(combination, page):
    """The page as the plugin of MkDocs makes it: most of a section is put in at the end, links are resolved after that."""
    extension, converter = managed(combination)
    extension.page = Page(resolves_links=True)
    html = converter.reset().convert(page)
    index = SiteIndex()
    index.add("", "Page", extension.page.produced)
    return resolve_links(html, PageLinks(index, "", "en", str))


@given(st.lists(parts, max_size=12), st.integers(0, len(COMBINATIONS) - 1))
@example(["\n\n<< smtp_compare(450, 550) >>\n\n<< smtp_compare(450, 550) >>\n\n<< smtp_compare(450, 451) >>\n\n"], 0)
@example(["\n\n- a\n\n    << smtp_code(550) >>\n\n<< smtp_code(550) >>\n\n<< smtp_table(4xx) >>\n\n"], 0)
@thorough(40)
def test_a_page_in_mkdocs_says_the_same_as_one_alone(pieces, combination):
    page = marked(pieces)
    without(combination, page)
    alone, together = (
        soup(converter(combination, "smtpcodes").reset().convert(page)),
        soup(as_in_mkdocs(combination, page)),
    )
    assert together.get_text() == alone.get_text()
    assert [e.name for e in together.find_all(True)] == [e.name for e in alone.find_all(True)]
    assert [e["id"] for e in together.find_all(id=True)] == [e["id"] for e in alone.find_all(id=True)]


DANGEROUS = ["img", "script", "iframe", "svg", "style", "object", "base", "form"]


def dangers(html):
    """What could do something in a reader's browser. Our own drawings are no danger."""
    page = soup(html)
    for drawing in page.select("section.smtp-codes svg, .smtp-ref svg"):
        drawing.decompose()
    found = Counter(element.name for element in page.find_all(DANGEROUS))
    for element in page.find_all(True):
        found.update(name for name in element.attrs if name.lower().startswith("on"))
        addresses = [str(element.attrs.get(name, "")) for name in ("href", "src", "xlink:href", "action")]
        found.update("address" for address in addresses if re.match(r"\s*(javascript|data|vbscript):", address, re.I))
    return found


@given(st.lists(parts, max_size=12), st.integers(0, len(COMBINATIONS) - 1))
@thorough(50)
def test_no_page_raises_or_loses_text(pieces, combination):
    page = marked(pieces)
    plain = without(combination, page)
    html = converter(combination, "smtpcodes").reset().convert(page)
    assert not lost(page, html, plain)
    assert "\x02" not in html.replace("\x02", "", plain.count("\x02"))


EVIL = [
    "<img src=x onerror=alert(1)>",
    "</section><img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "</title></mark></code></p><svg onload=alert(1)>",
    "javascript:alert(1)",
    "[x](javascript:alert(1))",
    "![x](x onerror=alert(1))",
    "<javascript:alert(1)>",
    "x onclick=alert(1)",
    "&lt;img src=x onerror=alert(1)&gt;",
    "&#60;script&#62;",
    "{: onclick=alert(1) }",
    "{{ 7*7 }}{% include 'x' %}",
    "]]><img src=x onerror=alert(1)>",
    "--><img src=x onerror=alert(1)><!--",
    "*<img src=x onerror=alert(1)>*",
    "\\<img src=x onerror=alert(1)>",
]
ARGUMENTS = [
    'title="{}"',
    "title='{}'",
    'id="{}"',
    'lang="{}"',
    'parts="{}"',
    'columns="{}"',
    '"{}"',
    "{}",
    'command="{}"',
    '{}="1"',
    'level="{}"',
]
HOLDERS = [
    "smtp_code(450, {})",
    "smtp_compare(530, 535, {})",
    "smtp_table(4xx, {})",
    "smtp(535, {})",
    "smtp({})",
    "smtp_commands({})",
    "smtp_cod(450, {})",
]
PLACES = [
    "{}",
    "text {} text",
    "- {}",
    "- a\n\n    {}",
    "> {}",
    "# {}",
    "!!! note\n    {}",
    "<div markdown>\n\n{}\n\n</div>",
    "| a |\n|---|\n| {} |",
    "[{}](x.md)",
    "*{}*",
    "`a` {} `b`",
    "\\{}",
    "t[^1]\n\n[^1]: {}",
    "T\n:   {}",
    "```\n{}\n```",
    "<!-- {} -->",
]
evil = st.builds(
    lambda place, holder, argument, text: place.format(f"<< {holder.format(argument.format(text))} >>"),
    *map(st.sampled_from, (PLACES, HOLDERS, ARGUMENTS, EVIL)),
)


@given(st.lists(evil, min_size=1, max_size=5), st.integers(0, len(COMBINATIONS) - 1))
@thorough(50)
def test_nothing_in_an_argument_becomes_markup(pieces, combination):
    page = "\n\n".join(pieces)
    # Raw HTML is part of Markdown: where others take a directive's place apart, they may show what they always show.
    plain = dangers(without(combination, page))
    html = converter(combination, "smtpcodes").reset().convert(page)
    assert not dangers(html) - plain
    as_written = "<div" in page and "md_in_html" not in COMBINATIONS[combination]
    if (
        "\\<<" not in page
        and not as_written
        and not any(mark in page for mark in ("-->", "](x.md)", "| <<", "`a`", "\n```"))
    ):
        assert not dangers(html)


@given(st.lists(st.one_of(evil, parts), max_size=10), st.integers(0, len(COMBINATIONS) - 1))
@thorough(40)
def test_broken_pages_show_no_more_markup_than_markdown_does(pieces, combination):
    page = marked(pieces)
    plain = without(combination, page)
    html = converter(combination, "smtpcodes").reset().convert(page)
    assert not dangers(html) - dangers(plain)
    assert not lost(page, html, plain)


@pytest.mark.parametrize(
    "text",
    [
        "<a << smtp(450) >> b>",
        '<a title="<< smtp(450) >>">x</a>',
        "a <b << smtp_code(450) >>>",
        "<x << smtp(999) >> y>",
    ],
)
def test_a_directive_inside_a_tag_is_not_lost(text):
    html = convert(text)
    assert PLACEHOLDER not in html
    assert re.search("450|999", html)


# XML cannot hold them; read from a file, a page cannot hold the last.
@pytest.mark.parametrize("character", ["\x1b", "\uffff", "\x00", "\ud800"], ids=ascii)
def test_a_title_may_hold_any_character(character):
    html = convert(f'<< smtp_compare(530, 535, title="one {character} two") >>')
    assert "does not make well-formed HTML" not in html


# --- data files --------------------------------------------------------------------------------------------------------

KEYS = [
    "codes",
    "words",
    "related",
    "examples",
    "en",
    "tr",
    "pairs",
    "ui",
    "550",
    "X.7.1",
    "5.7.26",
    "E524",
    "550 vs 554",
]
KEYS += [
    "name",
    "summary",
    "fix",
    "received",
    "when",
    "reply",
    "at",
    "commands",
    "first",
    "second",
    "is",
    "classes",
    "url",
]
VALUES = ["", "550", "550 5.7.1", "x", "no", "[END]", "<b>", "[x](javascript:1)", "C: x", "{a}"]
scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.sampled_from([*VALUES, *KEYS]), st.dates())
trees = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.one_of(st.sampled_from(KEYS), scalars), inner, max_size=4)
    ),
    max_leaves=12,
)
LINES = [
    *(
        "codes:",
        "words:",
        "  en:",
        "    codes:",
        "  '550':",
        "  550: {",
        "}",
        "[",
        "]",
        "- ",
        "? ",
        ": ",
        "&a ",
        "*a",
        "<<: *a",
    ),
    *(
        "!!python/object/apply:os.system ['x']",
        "!!binary x",
        "!!timestamp x",
        "!!int x",
        "!!set {a}",
        "!x y",
        "%YAML 9.9",
        "---",
    ),
    *(
        "|\n",
        ">\n",
        "\t",
        "#",
        '"',
        "'",
        "\\x",
        "2001-13-41",
        "1e999",
        ".nan",
        "0x",
        "1:60",
        "\ufeff",
        "\x00",
        "\x85",
        "…",
    ),
]
texts = st.lists(st.one_of(st.sampled_from(LINES), st.sampled_from(["\n", "\n  ", " "]), fragments), max_size=12)
files = st.one_of(
    st.binary(max_size=60),
    texts.map(lambda lines: "".join(lines).encode("utf-8", "surrogatepass")),
    trees.map(lambda tree: yaml.safe_dump(tree).encode()),
    st.dictionaries(st.sampled_from(KEYS[:4]), trees, max_size=4).map(lambda d: yaml.safe_dump(d).encode()),
)


@cache
def facts():
    return loading.facts(), loading.words("en")


@given(files)
@example(b"[" * 20_000)
@example(b"a: " * 5_000)
@example(b"codes:\n" + b"".join(b" " * n + b"a:\n" for n in range(1, 300)))
@example(b"? [a, b]\n: c\n? {a: b}\n: c\n")
@example(b"codes: {550: !!python/object/apply:os.system ['x']}")
@thorough(50)
def test_no_data_file_raises(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "random.yml"
    path.write_bytes(content)
    layer = datafile.read_layer(path, "random.yml")
    assert all(message.startswith("random.yml:") for message in layer.mistakes)
    code_checks.check([layer], *facts())
    assert all(message.startswith("random.yml:") for message in layer.mistakes)


# --- time --------------------------------------------------------------------------------------------------------------

GROWTH = 4


def seconds(work, text, times=2):
    """The CPU time, the best of some tries: the machine may be busy."""
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        work(text)
        best = min(best, time.process_time() - start)
    return best


def assert_linear(work, make, size, plain=None):
    """Text that is four times as long may take about four times as long, or what it takes without us."""
    for _ in range(6):
        small, large = seconds(work, make(size)), seconds(work, make(size * GROWTH), 1)
        growth = large / max(small, 0.004)
        if plain:
            without_small, without_large = seconds(plain, make(size)), seconds(plain, make(size * GROWTH), 1)
            growth /= max(1, without_large / max(without_small, 0.004) / GROWTH)
        if growth < 10:
            break
    # Sixteen would be quadratic; the machine may be busy, so that one good run of several is enough.
    assert growth < 10, f"{size} characters take {small:.3f} s, {GROWTH * size} take {large:.3f} s"


def repeated(piece, before="", after=""):
    return lambda size: before + piece * (size // len(piece)) + after


FINDING = {
    "angles": repeated("<<"),
    "spaced angles": repeated("<<" + " " * 1000),
    "openings": repeated("<< smtp("),
    "openings on lines": repeated("<< smtp(\n"),
    "openings of near misses on lines": repeated("<< smtt(\n"),
    "openings of others": repeated("<< include("),
    "openings with quotes": repeated("<< smtp('\""),
    "near misses with quotes": repeated("<< smtt('\"\n"),
    "quotes": repeated("\"'", "<< smtp("),
    "one quote": repeated('"', "<< smtp("),
    "commas": repeated(",", "<< smtp(", ") >>"),
    "round brackets": repeated("(", "<< smtp("),
    "closing brackets": repeated(")  \n", "<< smtp("),
    "angles after an opening": repeated(">", "<< smtp("),
    "directives on a line": repeated("<< smtp(450) >> "),
    "directives on lines": repeated("<< smtp_code(450) >>\n"),
    "escaped": repeated("\\<< smtp(450) >> "),
    "backslashes": repeated("\\"),
}


# Up to a megabyte of these; the others cost more for each character.
LARGEST = dict.fromkeys(("angles", "openings", "openings with quotes", "quotes", "one quote", "commas"), 250_000)
LARGEST |= dict.fromkeys(("round brackets", "angles after an opening", "directives on lines", "backslashes"), 250_000)


@pytest.mark.parametrize("shape", FINDING)
def test_finding_takes_linear_time(shape):
    assert_linear(lambda text: [None for _ in directives.find_all(text)], FINDING[shape], LARGEST.get(shape, 30_000))


def test_finding_takes_linear_time_near_misses_on_one_line():
    assert_linear(lambda text: [None for _ in directives.find_all(text)], repeated("<< smtt("), 40_000)


def parse_all(text):
    for found in directives.find_all(text):
        with suppress(directives.Mistakes):
            directives.parse(found, text[found.start : found.end])


@pytest.mark.parametrize(
    ("make", "size"),
    [
        (repeated(",", "<< smtp(", ") >>"), 60_000),
        (repeated("a", "<< smtp(", ") >>"), 250_000),
        (repeated("a ", "<< smtp(", "= 1) >>"), 250_000),
        (repeated("x", '<< smtp(450, title="', '") >>'), 250_000),
        (repeated("\"'", "<< smtp(450, ", ") >>"), 250_000),
        (repeated("\"' ", "<< smtp(450, "), 250_000),
        (repeated("summary,", '<< smtp_code(450, parts="', '") >>'), 60_000),
        (repeated(" ", "<< smtp(450", ") >>"), 250_000),
        pytest.param(lambda size: f"<< smtp_table({','.join(f'a{number}' for number in range(size // 7))}) >>", 15_000),
    ],
    ids=["commas", "word", "words", "title", "quotes", "unclosed quotes", "parts", "spaces", "many codes"],
)
def test_reading_arguments_takes_linear_time(make, size):
    assert_linear(parse_all, make, size)


PAGES = [
    pytest.param(repeated("<<"), 30_000, id="angles"),
    pytest.param(repeated("<< smtp("), 60_000, id="openings"),
    pytest.param(repeated("<< include("), 30_000, id="openings of others"),
    pytest.param(repeated("<< include('x') >>\n"), 20_000, id="directives of others on lines"),
    pytest.param(repeated("\"'", "<< smtp("), 120_000, id="quotes"),
    pytest.param(repeated("(", "<< smtp("), 250_000, id="round brackets"),
    pytest.param(repeated(")", "<< smtp("), 120_000, id="closing brackets"),
    pytest.param(repeated(">", "<< smtp("), 250_000, id="closing angles"),
    pytest.param(repeated(">", ">" * 100 + "<< smtp(450"), 30_000, id="nested quotes"),
    pytest.param(repeated("> " * 30 + "<< x\n\n"), 15_000, id="many nested quotes"),
    pytest.param(repeated("a \\<< smtp(450) >>\n\n"), 15_000, id="escaped directives in paragraphs"),
    pytest.param(repeated("\\<< smtp(450) >> "), 15_000, id="escaped directives on a line"),
    pytest.param(repeated("<< smtt("), 30_000, id="near misses on one line"),
    pytest.param(repeated(",", "<< smtp(", ") >>"), 2_000, id="commas"),
    pytest.param(repeated("<< smtp(\n"), 1_500, id="openings on lines"),
    pytest.param(repeated("a << smtp(999) >>\n\n"), 3_000, id="mistakes in paragraphs"),
    pytest.param(repeated("<< smtp(450) >>\n"), 20_000, id="directives on lines"),
    pytest.param(repeated("<< a\n", after="x << smtp(450) >>"), 3_000, id="lines of others before ours"),
    pytest.param(
        repeated("    << smtp_code(450) >>\n", "- a\n\n    ```\n"), 4_000, id="directives in a fence in a list"
    ),
    pytest.param(repeated("<b>x</b> \\<< smtp(450) >> "), 15_000, id="directives between tags"),
]


@pytest.mark.parametrize(("make", "size"), PAGES)
def test_a_page_takes_no_more_than_linear_time(make, size):
    ours, plain = markdown.Markdown(extensions=["smtpcodes"]), markdown.Markdown()
    ours.convert("<< smtp(450) >> << smtp(999) >>\n\n<< smtp_code(450) >>")
    assert_linear(lambda text: ours.reset().convert(text), make, size, plain=lambda text: plain.reset().convert(text))


@pytest.mark.parametrize(
    ("make", "size"),
    [
        pytest.param(repeated("<< smtp_compare(450, 550) >>\n\n"), 800, id="the same section"),
        pytest.param(repeated("<< smtp(450) >>\n"), 10_000, id="codes in text"),
        pytest.param(repeated("`", "<< smtp(450) >> "), 15_000, id="backticks"),
    ],
)
def test_a_page_in_mkdocs_takes_no_more_than_linear_time(make, size):
    as_in_mkdocs(0, "<< smtp(450) >>\n\n<< smtp_compare(450, 550) >>")
    plain = markdown.Markdown()
    assert_linear(lambda text: as_in_mkdocs(0, text), make, size, plain=lambda text: plain.reset().convert(text))


def test_linking_many_pages_with_the_same_codes_takes_linear_time():
    def work(urls):
        index = SiteIndex()
        for url in urls:
            sections = [("smtp_compare", ("250", "535")), ("smtp_code", ("250",))]
            index.add(url, "Page", [Produced(name, codes, "en", "id", "Title") for name, codes in sections])
        for url in urls:
            assert index.comparisons(("250", "535"), "en", url) == []
            assert index.comparisons(("250",), "en", url)[0].url == url
            assert index.entry("250", "en", url).url == url

    assert_linear(work, lambda size: [f"page{number}/" for number in range(size)], 4_000)


MISTAKES = [
    pytest.param(repeated("```````````````````a\n", after="<< smtp(999) >>"), 2_000, id="open fences"),
    pytest.param(repeated("`` ` ", after="<< smtp(999) >>"), 5_000, id="backticks"),
    pytest.param(repeated("<< smtp(999) >>\n\n`<< smtp(999) >>`\n\n"), 400, id="mistakes beside the same in code"),
    pytest.param(lambda size: "".join(f"<< smtp(A{n}) >>\n\n" for n in range(size)), 400, id="different mistakes"),
]


@pytest.mark.parametrize(("make", "size"), MISTAKES)
def test_the_places_of_the_mistakes_of_a_page_are_found_in_linear_time(make, size):
    ours = markdown.Markdown(extensions=["smtpcodes"])
    ours.convert("<< smtp(999) >>")
    assert_linear(lambda text: ours.reset().convert(text), make, size)


@pytest.mark.parametrize(
    "written", [["<< smtp({{ x }}) >>"], ["<< smtp(A1) >>", "<< smtp({{ x }}) >>"], ["<< smtp({{ x }}{{ y }}0) >>"]]
)
def test_pairing_directives_with_those_of_a_file_takes_linear_time(written):
    def work(size):
        page = [f"<< smtp(A{number % 7}) >>" for number in range(size)]
        paired(page, written * (size // 2))

    assert_linear(work, lambda size: size, 1_500)


# --- hostile pages -----------------------------------------------------------------------------------------------------

HOSTILE = [
    '<< smtp_code(450, title="{{ cycler.__init__.__globals__ }}") >>',
    "<< smtp_code(450, title=\"{{ ''.__class__.__mro__[1].__subclasses__() }}\") >>",
    "<< smtp_code(450, title=\"{% include '/etc/passwd' %}{% import 'os' as os %}\") >>",
    '<< smtp_code(450, title="{0.__class__} %(x)s ${x} {code.__class__}") >>',
    '<< smtp_code(450, title="</h2></section><script src=http://evil.example/x.js></script>") >>',
    '<< smtp_code(450, title="http://169.254.169.254/latest/meta-data") >>',
    "<< smtp_code(450, lang=../../etc/passwd) >>",
    '<< smtp_code(450, lang="../../../../etc/passwd") >>',
    '<< smtp_code(450, lang="file:///etc/passwd") >>',
    '<< smtp_code(450, lang="en/../tr") >>',
    "<< smtp_code(450, id='x\" onmouseover=\"alert(1)') >>",
    "<< smtp_code(450, id=\"x' onmouseover='alert(1)\") >>",
    '<< smtp_code(450, id="../../x") >>',
    '<< smtp_table(4xx, columns="../../etc/passwd") >>',
    '<< smtp_table(4xx, columns="__class__,code") >>',
    '<< smtp_table(4xx, status="../../x") >>',
    '<< smtp_table(command="$(touch /tmp/x)") >>',
    '<< smtp_table(command="{{ 7*7 }}") >>',
    '<< smtp_code(450, parts="{{ self.__init__ }}") >>',
    '<< smtp_code(450, parts="{% raw %}") >>',
    "<< smtp_code(450, parts=__import__('os').system('id')) >>",
    "<< smtp_code(__import__) >>",
    "<< smtp_code(__class__) >>",
    "<< smtp_code(__import__('os').system('id')) >>",
    "<< smtp_code(open('/etc/passwd').read()) >>",
    "<< smtp_code(../../etc/passwd) >>",
    "<< smtp_code(E524.__class__) >>",
    '<< smtp_code("450", templates="/etc") >>',
    '<< smtp_code(450, data_files="/etc/passwd") >>',
    "<< smtp_code(450, level=__import__('os')) >>",
    "<< smtp(`id`) >>",
    "<< smtp($(id)) >>",
    "<< smtp(450, show=__class__) >>",
    "<< smtp_commands(lang=../x) >>",
    "<< smtp_compare(530, 535, title='\x00\x1b[31m') >>",
    "<< smtp_compare(530, 535, title='\uffff\ufffe') >>",
]


def forbidden(name):
    def reached(*arguments, **_):
        pytest.fail(f"{name} is reached with {arguments[:2]}")

    return reached


@cache
def warmed():
    converter = markdown.Markdown(extensions=["smtpcodes", "toc", "attr_list", "tables"])
    every = "\n\n".join(["<< smtp_code(450) >>", "<< smtp_compare(530, 535) >>", "<< smtp_table(4xx) >>"])
    converter.convert(
        f"# A\n\n{every}\n\n<< smtp_commands() >>\n\na << smtp(450) >> << smtp(999) >>\n\n<< smtp_code(x) >>"
    )
    return converter


@pytest.fixture
def cell(monkeypatch):
    """A converter that has read what it needs, on a machine where nothing else can be reached."""
    converter = warmed()
    for module, names in (
        (builtins, ("open", "eval", "exec", "input")),
        (io, ("open",)),
        (os, ("system", "popen", "open", "listdir", "scandir")),
        (subprocess, ("Popen", "run")),
        (socket, ("socket", "create_connection", "getaddrinfo")),
    ):
        for name in names:
            monkeypatch.setattr(module, name, forbidden(f"{module.__name__}.{name}"))
    yield converter
    monkeypatch.undo()


@pytest.mark.parametrize("directive", HOSTILE, ids=[f"{number:02}" for number in range(len(HOSTILE))])
@pytest.mark.parametrize("frame", ["{}", "text {} text"], ids=["block", "inline"])
def test_a_hostile_page_reaches_nothing_and_stays_in_its_section(cell, directive, frame):
    page = frame.format(directive)
    html = cell.reset().convert(f"# Before\n\nfirst\n\n{page}\n\nlast\n")
    assert not dangers(html)
    for secret in ("root:", "built-in", "<class", "&lt;class", "__globals__': ", "subclasses__ of", "Jinja"):
        assert secret not in html
    page = soup(html)
    for word in ("first", "last"):
        paragraph = page.find("p", string=word)
        assert paragraph
        assert not paragraph.find_parent("section")
    for section in page.find_all("section"):
        assert section["class"][0] == "smtp-codes"


def test_what_looks_like_a_template_is_shown_as_it_is():
    for text in ("{{ 7*7 }}", "{% raw %}", "{0}", "{code}", "%s", "${x}", "{{ cycler.next }}"):
        heading = soup(convert(f'<< smtp_code(450, title="{text}") >>')).find("h2")
        assert heading.get_text() == text
