"""The answer first, on screen and on paper: a reader who opens a comparison sees at once what happened and what to do."""

from __future__ import annotations

import re

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


#: Has to be empty on paper: texts that are not shown, frames that cut, marks without colour, headings that may be left alone.
ON_PAPER = {
    "hidden": """() => [...document.querySelectorAll('.smtp-codes :is(p, td, th, li, dt, dd, h2, h3, h4, figure, summary)')]
      .filter(el => !el.closest('[hidden], thead') && !el.matches('.smtp-scroll td:empty, .smtp-session p')
        && !el.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true})).map(el => el.outerHTML.slice(0, 100))""",
    "cut": """() => [...document.querySelectorAll('.smtp-scroll, .smtp-figure')]
      .filter(el => getComputedStyle(el).overflowX !== 'visible').map(el => el.className)""",
    "colourless": """() => [...document.querySelectorAll('.smtp-badge, .smtp-session i[data-class]')]
      .filter(el => getComputedStyle(el, '::before').printColorAdjust !== 'exact').map(el => el.className)""",
    "stranded": """() => [...document.querySelectorAll('.smtp-codes :is(h2, h3, h4, dt, figcaption, caption, summary)')]
      .filter(el => getComputedStyle(el).breakAfter !== 'avoid').map(el => el.outerHTML.slice(0, 100))""",
}


@pytest.mark.parametrize("theme", some("mkdocs", "readthedocs", "material"))
def test_print_shows_everything(open_page, theme):
    page = open_page(theme)
    page.emulate_media(media="print")
    assert {what: page.evaluate(probe) for what, probe in ON_PAPER.items()} == {what: [] for what in ON_PAPER}


@pytest.mark.parametrize("paper", some("A4", among=["A4", "Letter"]))
@pytest.mark.parametrize("theme", some("mkdocs", "readthedocs", "material", among=THEMED))
def test_two_codes_fit_on_two_pages_of_paper(look_at, theme, paper):
    page = look_at(theme, "answer-en")
    margin = dict.fromkeys(("top", "bottom", "left", "right"), "1cm")
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=paper, margin=margin))) <= 2
