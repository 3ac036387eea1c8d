"""Every pair of standard codes in both languages: whole, natural, nothing twice, nothing cut."""

import random
import re
from collections import Counter
from itertools import combinations

import pytest

from mkdocs_smtpcodes import directives
from mkdocs_smtpcodes.dataset import load_dataset
from mkdocs_smtpcodes.rendering import prose
from mkdocs_smtpcodes.rendering.renderer import Renderer

from .conftest import convert, soup

DATASET = load_dataset()
RENDERER = Renderer(DATASET)
STANDARD = [
    code for code in DATASET.basic_codes
    if DATASET.profile(DATASET.code(code)).status in {"standard", "experimental", "historic"}
]  # fmt: skip
LANGUAGES = ("en", "tr")


def render(text, lang="en", level=2):
    found = directives.find(text)
    return RENDERER.render(directives.parse(found, text), lang, level)


def sentences(section):
    """The sentences that a reader of the section meets, in running text (no labels, names or cells)."""
    # Of the short lines only the last is a text: what next.
    for element in section.select(
        "p:not(.smtp-line, .smtp-answer > :first-child), p:nth-of-type(5), .smtp-next p, dd:not(:has(p)), .smtp-differences > li"
    ):
        if element.find_parent("figure"):
            continue
        # A label or a code that stands before the text is none of it.
        text = " ".join("".join(child.get_text() for child in element.children if child.name != "b").split())
        yield from (part for part in re.split(r"(?<=[.!?])\s+(?=\S)", text) if part.count(" ") > 2)


CODE = r"(?:[1-5]\d\d|[245]\.\d+\.\d+)"


def check(html, codes, lang):
    section = soup(html)
    assert not re.search(r"\{\w+\}", section.get_text()), "an unfilled placeholder"
    read = list(sentences(section))
    doubled = [sentence for sentence, count in Counter(read).items() if count > 1]
    assert doubled == []
    if lang == "en":
        assert not [s for s in read if re.search(rf"{CODE}[^.]{{0,80}}: (?:The|A|An|It) [a-z]", s)], "a glued sentence"
    assert not [s for s in read if re.search(r"\([^)]*\(", s)], "a bracket in a bracket"
    ids = [element["id"] for element in section.find_all(id=True)]
    assert len(ids) == len(set(ids))
    headings = section.find_all(re.compile("^h[1-6]$"))
    labels = DATASET.words(lang).label
    texts = [heading.get_text() for heading in headings]
    order = [labels(key) for key in ("description", "when", "fix", "differences", "choice", "more")]
    positions = [texts.index(text) for text in order]
    assert positions == sorted(positions), "the parts stand in their order"
    assert texts.count(labels("description")) == len(codes)
    differences = section.select(".smtp-differences > li")
    assert 1 <= len(differences) <= (6 if len(codes) == 2 else 8)
    for difference in differences:
        text = difference.get_text()
        # That a success succeeds is said above the differences.
        named = [code.split()[-1] for code in codes if code[0] != "2"]
        assert len(codes) > 2 or all(code in text for code in named), text
        said = {re.sub(CODE, "", sentence) for sentence in re.split(r"(?<=[.!?])\s+(?=\S)", text)}
        assert len(said) == len(re.split(r"(?<=[.!?])\s+(?=\S)", text)), f"differs in nothing but the code: {text}"
    answers = section.select(".smtp-answer")
    assert len(answers) == len(codes)
    for answer in answers:
        assert [line.find("b").get_text() for line in answer.select(".smtp-line")][:2] == [
            DATASET.words(lang).get("axes", axis, "label").text for axis in ("outcome", "acts")
        ]
    for part in section.select("[data-part]"):
        links = [link.get_text() for link in part.select("a.smtp-link")]
        assert len(links) == len(set(links)), f"a code is a link once a part: {links}"
    assert len(section.select(".smtp-more a")) <= 12
    assert not section.find(string=re.compile(r"\.\.\.$|…$")), "nothing is cut"
    title = section.find(headings[0].name).get_text().replace("\u00a0", " ")
    assert [title.index(code) for code in codes] == sorted(title.index(code) for code in codes)
    for element in section.select("p, dd, li:not([hidden]), tbody td, th, caption, figcaption"):
        assert element.get_text().strip(), "an empty element"
    return section


def test_there_are_741_pairs():
    assert len(list(combinations(STANDARD, 2))) == 741


@pytest.mark.parametrize("lang", ["en", pytest.param("tr", marks=pytest.mark.whole)])
@pytest.mark.parametrize("first", STANDARD[:-1])
def test_all_pairs_of_standard_codes_read_whole(first, lang):
    for second in STANDARD[STANDARD.index(first) + 1 :]:
        html = render(f"<< smtp_compare({first}, {second}) >>", lang).html
        section = check(html, [first, second], lang)
        for code in (first, second):
            source = DATASET.profile(DATASET.code(code)).sources[0]
            number, _, part = source.removeprefix("RFC ").partition(" §")
            assert section.select(f'a[href="https://www.rfc-editor.org/rfc/rfc{number}#section-{part}"]')


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_seed_pair_says_five_things(lang):
    section = check(render("<< smtp_compare(250, 535) >>", lang).html, ["250", "535"], lang)
    assert len(section.select(".smtp-differences > li")) == 5
    assert "2xx" in section.select_one(".smtp-summary").get_text()
    assert "5xx" in section.select_one(".smtp-summary").get_text()


def test_the_classes_have_the_names_of_the_rfc():
    html = render("<< smtp_compare(250, 354, 450, 550) >>").html
    for name in (
        "2xx Positive Completion", "3xx Positive Intermediate", "4xx Transient Negative Completion",
        "5xx Permanent Negative Completion",
    ):  # fmt: skip
        assert name in html


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_section_of_a_language_has_no_passage_in_another(lang):
    for pair in ("250, 535", "450, 550, 354", "421, 451, 452, 554"):
        assert {el["lang"] for el in soup(render(f"<< smtp_compare({pair}) >>", lang).html).find_all(lang=True)} == {
            lang
        }


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("codes", ["250, 354, 450", "421, 450, 451, 452", "535, 250", "422, 430", "101, 250",
                                   "421, 450, 550, 550 5.7.1"])  # fmt: skip
def test_three_four_reversed_and_odd_codes_read_whole(codes, lang):
    check(render(f"<< smtp_compare({codes}) >>", lang).html, codes.split(", "), lang)


EVERY = [
    *DATASET.basic_codes,
    *(f"{digit}{detail[1:]}" for detail in DATASET.details for digit in DATASET.classes_of(detail)),
]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_code_and_detail_renders_in_every_directive(lang):
    for code in EVERY:
        for text in (f"<< smtp_code({code}) >>", f"<< smtp_table({code}, columns='code, name, class, meaning, fix, status') >>",
                     f"<< smtp({code}, show=both) >>"):  # fmt: skip
            html = render(text, lang).html
            assert code in html
            assert not re.search(r"\{\w+\}", soup(html).get_text()), text
        entry = soup(render(f"<< smtp_code({code}) >>", lang).html)
        doubled = [sentence for sentence, count in Counter(sentences(entry)).items() if count > 1]
        assert doubled == [], code
        assert {el["lang"] for el in entry.find_all(lang=True)} <= {lang, "en"}


def mixed():
    """500 pairs: reply codes, enhanced codes and whole replies, the same every time."""
    chance = random.Random(5321)
    codes = [code for code in EVERY if DATASET.profile(DATASET.code(code)).status != "folklore"]
    replies = [
        f"{basic} {code}" for code in EVERY if "." in code for basic in DATASET.profile(DATASET.code(code)).partners
    ]
    return [tuple(chance.sample(codes + replies, 2)) for _ in range(500)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_500_random_pairs_at_mixed_precision_read_well(lang):
    for pair in mixed():
        section = soup(render(f"<< smtp_compare({pair[0]}, {pair[1]}) >>", lang).html)
        assert [sentence for sentence, count in Counter(sentences(section)).items() if count > 1] == [], pair
        ids = [element["id"] for element in section.find_all(id=True)]
        assert len(ids) == len(set(ids))
        assert not re.search(r"\{\w+\}", section.get_text()), pair
        # Two classes of a detail that read alike stand in one card.
        heads = [
            bdi.get_text().replace("\u00a0", " ") for bdi in section.select(".smtp-code > h3 > bdi[dir]:not([lang])")
        ]
        assert sorted(heads) == sorted(pair), pair
        assert all(part.get_text().strip() for part in section.select(".smtp-code p, .smtp-differences > li")), pair
        assert len(section.select(".smtp-differences > li")) <= 6


def test_the_order_of_the_writer_decides_title_columns_and_anchor():
    section = render("<< smtp_compare(535, 250) >>")
    assert section.id == "smtp-535-vs-250"
    columns = [column.find("h3").get_text() for column in soup(section.html).select(".smtp-code")]
    assert [column.split()[0] for column in columns] == ["535", "250"]


@pytest.mark.parametrize(("lang", "mark"), [("en", "; "), ("ar", "؛ "), ("zh", "；")])
def test_values_of_several_commands_are_parted_by_the_mark_of_the_language(lang, mark):
    section = soup(render("<< smtp_code(550) >>", lang).html)
    labels = DATASET.words(lang)
    for label in (labels.get("axes", "refused", "label").text, labels.label("enhanced")):
        row = next(row for row in section.select(".smtp-facts tr:has(> th)") if row.th.get_text() == label)
        assert mark in row.td.get_text()
        assert mark == "; " or "; " not in row.td.get_text()


@pytest.mark.parametrize(("lang", "mark"), [("en", ", "), ("ar", "، "), ("ja", "、")])
def test_commands_are_parted_by_the_comma_of_the_language(lang, mark):
    section = soup(render("<< smtp_code(250) >>", lang).html)
    row = next(
        row
        for row in section.select(".smtp-facts tr:has(> th)")
        if row.th.get_text() == DATASET.words(lang).label("commands")
    )
    for small in row.select("small"):
        small.decompose()
    assert mark in row.td.get_text()
    assert mark == ", " or ", " not in row.td.get_text()


@pytest.mark.parametrize(
    ("lang", "both", "either"), [("en", "a, b and c", "a, b or c"), ("ar", "a وb وc", "a أو b أو c")]
)
def test_a_list_joins_its_items_as_the_language_does(lang, both, either):
    words = DATASET.words(lang)
    assert prose.join(words, ["a", "b", "c"], "and") == both
    assert prose.join(words, ["a", "b", "c"], "or") == either
    assert prose.join(words, ["a"], "and") == "a"


@pytest.mark.parametrize("codes", ["250, 535", "550, 550 5.7.1", "5.7.1, 550"])
def test_advice_that_names_its_code_has_no_label_that_says_it_again(codes):
    choice = soup(render(f"<< smtp_compare({codes}) >>").html).select_one(".smtp-choice")
    received, sending = (
        [dd.select_one(".smtp-tag") for dd in dt.find_next_siblings("dd")] for dt in choice.select("dt")
    )
    assert [tag and tag.get_text() for tag in received] == [*codes.split(", "), None, None]
    assert sending == [None, None]


def test_no_line_of_a_heading_breaks_within_a_reply():
    section = soup(convert("<< smtp_compare(550 5.7.1, 550 5.7.26) >>"))
    title, *columns = section.select("h2, .smtp-code > h3")
    assert re.findall("550.5[^ ]*", title.get_text()) == ["550\u00a05.7.1", "550\u00a05.7.26"]
    assert [head.bdi.get_text() for head in columns] == ["550\u00a05.7.1", "550\u00a05.7.26"]
    assert "\u00a0" not in soup(convert("<< smtp_compare(450, 550) >>")).h2.get_text()


def test_no_line_breaks_within_a_section_of_an_rfc():
    assert prose.inline("see `x` (RFC 5321 §6.1)") == "see <code>x</code> (RFC\u00a05321\u00a0§6.1)"
    assert prose.inline("*as* RFC 5321 says in §6.1") == "<em>as</em> RFC 5321 says in §6.1", "before a section alone"


@pytest.mark.parametrize(("lang", "mark"), [("en", ", "), ("ar", "، ")])
def test_parameters_of_a_command_are_parted_by_the_comma_of_the_language(lang, mark):
    for directive in ("smtp_commands()", "smtp_code(501)"):
        assert f"RET={mark}ENVID=" in soup(render(f"<< {directive} >>", lang).html).get_text()


@pytest.mark.parametrize(("code", "told"), [("550", True), ("550 5.7.1", False), ("5.7.1", False)])
def test_the_text_of_the_standard_stands_where_the_name_is_another(code, told):
    summary = soup(convert(f"<< smtp_code({code}) >>")).select_one(".smtp-summary").get_text()
    assert ("The standard's text" in summary) is told


def test_codes_of_one_class_are_named_together_in_the_summary():
    told = soup(render("<< smtp_compare(450, 550, 451) >>").html).select_one(".smtp-summary").get_text()
    assert told.count(" reply.") + told.count(" replies.") == 2
    assert "and 451 (" in told
    assert told.count("Transient") == 1


@pytest.mark.parametrize("lang", DATASET.languages)
def test_codes_without_a_class_are_named_together_in_the_summary(lang):
    told = [
        " ".join(soup(render(f"<< smtp_compare({codes}) >>", lang).html).select_one(".smtp-summary").get_text().split())
        for codes in ("441, 442", "101, 250, 111", "441, 250")
    ]
    names = [DATASET.entry(DATASET.code(code), lang).name.text for code in ("441", "442")]
    assert all(told[0].count(name) == 1 for name in names)
    assert told[0].count("SMTP") == 1
    assert told[1].index("111") < told[1].index("250")
    assert "441" in told[2]
