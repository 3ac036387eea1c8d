"""The answer first, on screen and on paper: a reader who opens a comparison sees at once what happened and what to do."""

from __future__ import annotations

import re
from itertools import product

import pytest

from .conftest import LANGUAGES, THEMES, some

THEMED = [*(theme for theme in THEMES if theme != "none"), "arabic"]
SCREENS = {(1280, 800): 2.8, (390, 844): 4.6}


@pytest.mark.parametrize("lang", some("en", among=LANGUAGES))
@pytest.mark.parametrize(("width", "height"), SCREENS)
@pytest.mark.parametrize("theme", THEMED)
def test_the_first_screen_holds_the_answer_and_the_whole_is_short(look_at, theme, width, height, lang):
    page = look_at(theme, f"answer-{lang}", "light", width, height)
    parts = page.evaluate(
        """() => { const section = document.querySelector('.smtp-compare');
          return [...section.querySelectorAll(':scope > h2, :scope > .smtp-summary, .smtp-answer, .smtp-answer p')]
            .map(el => [el.textContent.trim().slice(0, 30), el.getBoundingClientRect().bottom]); }"""
    )
    assert len(parts) == 2 + 2 * 6, "title, summary, and for each code: badge, what it says, final, who acts, what next"
    assert [part for part in parts if part[1] > height] == []
    length = page.evaluate("document.querySelector('.smtp-compare').getBoundingClientRect().height")
    assert length / height <= SCREENS[width, height]


#: Has to be empty on paper: texts that are not shown, frames that cut, marks without colour, headings that may be left alone,
#: codes that stand above what is said of them.
ON_PAPER = {
    "hidden": """() => [...document.querySelectorAll('.smtp-codes :is(p, td, th, li, dt, dd, h2, h3, h4, figure, summary)')]
      .filter(el => !el.closest('[hidden], thead, .smtp-paste')
        && !el.matches('.smtp-scroll td:empty')
        && !el.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true})).map(el => el.outerHTML.slice(0, 100))""",
    "cut": """() => [...document.querySelectorAll('.smtp-scroll, .smtp-figure')]
      .filter(el => getComputedStyle(el).overflowX !== 'visible').map(el => el.className)""",
    "colourless": """() => [...document.querySelectorAll('.smtp-badge, .smtp-session i[data-class]')]
      .filter(el => getComputedStyle(el, '::before').printColorAdjust !== 'exact').map(el => el.className)""",
    "stranded": """() => [...document.querySelectorAll('.smtp-codes :is(h2, h3, h4, dt, figcaption, caption, summary)')]
      .filter(el => getComputedStyle(el).breakAfter !== 'avoid').map(el => el.outerHTML.slice(0, 100))""",
    "apart": """() => [...document.querySelectorAll('.smtp-choice .smtp-tag')]
      .filter(el => Math.abs(el.getBoundingClientRect().top - el.nextElementSibling.getClientRects()[0].top) > 4)
      .map(el => el.parentElement.textContent)""",
}


@pytest.mark.parametrize("theme", some("mkdocs", "readthedocs", "material"))
def test_print_shows_everything(open_page, theme):
    page = open_page(theme)
    page.emulate_media(media="print")
    assert {what: page.evaluate(probe) for what, probe in ON_PAPER.items()} == {what: [] for what in ON_PAPER}


#: Material leaves 25 mm on each side of the paper. 550 has 123 replies for 37 reasons, Gmail 172 replies.
SHEETS = {"answer": 2, "entry": 8, "sender": 8}


@pytest.mark.parametrize("paper", some("A4", among=["A4", "Letter"]))
@pytest.mark.parametrize(
    ("theme", "name"),
    some(("mkdocs", "answer"), ("readthedocs", "answer"), ("material", "answer"), ("material", "entry"),
         among=product(THEMED, SHEETS)),
)  # fmt: skip
def test_two_codes_fit_on_two_pages_of_paper_and_no_section_takes_more_than_eight(look_at, theme, name, paper):
    page = look_at(theme, f"{name}-en")
    margin = dict.fromkeys(("top", "bottom", "left", "right"), "1cm")
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=paper, margin=margin))) <= SHEETS[name]


def test_no_text_on_paper_is_too_small_to_read(open_page):
    page = open_page("material", "entry-en")
    page.emulate_media(media="print")
    points = """[...document.querySelectorAll('.smtp-record :is(summary, li, small, code)')]
      .map(el => 0.75 * parseFloat(getComputedStyle(el).fontSize))"""
    assert 6.5 < min(page.evaluate(points)) < 7.5


def test_on_paper_a_long_table_keeps_its_form_and_repeats_its_head(open_page):
    page = open_page("material", "sender-en", width=390)
    forms = """() => ['thead', 'tbody', 'tr', 'td'].map(name =>
      getComputedStyle(document.querySelector('.smtp-rows ' + name)).display)"""
    assert page.evaluate(forms)[0] == "none", "on a phone each row is a block"
    page.emulate_media(media="print")
    assert page.evaluate(forms) == ["table-header-group", "table-row-group", "table-row", "table-cell"]


def test_no_page_ends_within_a_reply_or_below_what_it_is_said_of(open_page):
    page = open_page("mkdocs", "entry-en")
    kept = """selector => [...new Set([...document.querySelectorAll(selector)].map(el => {
      const style = getComputedStyle(el); return style.breakInside + ' ' + style.breakAfter; }))]"""
    assert page.evaluate(kept, ".smtp-record li") == ["avoid auto"], "nor a column on a screen"
    page.emulate_media(media="print")
    assert page.evaluate(kept, ".smtp-record li") == ["avoid auto"]
    assert page.evaluate(kept, ".smtp-branches tr:not(.smtp-record)") == ["avoid avoid"]
    assert page.evaluate(kept, "tr.smtp-record, .smtp-record details") == ["auto auto"]
    assert page.evaluate(kept, ".smtp-facts:has(.smtp-branches)") == ["auto auto"], "it takes more than a page"
    assert page.evaluate(kept, ".smtp-facts:has(.smtp-glance)") == ["avoid auto"]


def test_a_table_of_many_columns_is_a_list_on_paper(open_page):
    page = open_page("mkdocs", "wide-en")
    page.emulate_media(media="print")
    narrow = "() => Math.min(...[...document.querySelectorAll('.smtp-wide td:not(:empty)')].map(el => el.clientWidth))"
    assert page.evaluate(narrow) > 300


def test_an_empty_box_is_a_list_of_reasons_on_paper(open_page):
    page = open_page("none")
    seen = """() => ['.smtp-paste', '.smtp-reasons'].map(name => document.querySelector(name).checkVisibility())"""
    page.evaluate("document.querySelector('.smtp-paste').hidden = false")
    page.evaluate("document.querySelector('.smtp-reasons').hidden = true")
    assert page.evaluate(seen) == [True, False]
    page.emulate_media(media="print")
    assert page.evaluate(seen) == [False, True]
    page.evaluate("document.querySelector('.smtp-paste .smtp-answer').hidden = false")
    assert page.evaluate(seen) == [True, False]
