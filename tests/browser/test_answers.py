"""The answer first, on screen and on paper: a reader who opens a comparison sees at once what happened and what to do."""

from __future__ import annotations

import re

import pytest

from .conftest import THEMES

THEMED = [*(theme for theme in THEMES if theme != "none"), "arabic"]
SCREENS = {(1280, 800): 2.8, (390, 844): 4.6}
LANGUAGES = ["en", pytest.param("tr", marks=pytest.mark.whole), pytest.param("ar", marks=pytest.mark.whole)]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("width", "height"), SCREENS)
@pytest.mark.parametrize("theme", THEMED)
def test_the_first_screen_holds_the_answer_and_the_whole_is_short(open_page, theme, width, height, lang):
    page = open_page(theme, f"answer-{lang}", "light", width, height)
    parts = page.evaluate(
        """() => { const section = document.querySelector('.smtp-compare');
          return [...section.querySelectorAll(':scope > h2, :scope > .smtp-summary, .smtp-answer, .smtp-answer p')]
            .map(el => [el.textContent.trim().slice(0, 30), el.getBoundingClientRect().bottom]); }"""
    )
    assert len(parts) == 2 + 2 * 6, "title, summary, and for each code: badge, what it says, final, who acts, what next"
    assert [part for part in parts if part[1] > height] == []
    length = page.evaluate("document.querySelector('.smtp-compare').getBoundingClientRect().height")
    assert length / height <= SCREENS[width, height]


@pytest.mark.parametrize("theme", THEMES)
def test_print_shows_everything(open_page, theme):
    page = open_page(theme)
    page.emulate_media(media="print")
    assert (
        page.evaluate(
            """() => [...document.querySelectorAll('.smtp-codes :is(p, td, th, li, dt, dd, h2, h3, h4, figure, summary)')]
          .filter(el => !el.closest('[hidden], thead') && !el.matches('.smtp-scroll td:empty, .smtp-session p')
            && !el.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true})).map(el => el.outerHTML.slice(0, 100))"""
        )
        == []
    )
    assert page.evaluate(
        """() => [...document.querySelectorAll('.smtp-scroll, .smtp-figure')]
          .filter(el => getComputedStyle(el).overflowX !== 'visible').length"""
    ) == 0  # fmt: skip
    assert page.evaluate(
        """() => [...document.querySelectorAll('.smtp-badge, .smtp-session i[data-class]')]
          .filter(el => getComputedStyle(el, '::before').printColorAdjust !== 'exact').length"""
    ) == 0  # fmt: skip
    assert page.evaluate(
        """() => [...document.querySelectorAll('.smtp-codes :is(h2, h3, h4, dt, figcaption, caption, summary)')]
          .filter(el => getComputedStyle(el).breakAfter !== 'avoid').length"""
    ) == 0  # fmt: skip


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("theme", THEMED)
def test_two_codes_fit_on_two_pages_of_paper(open_page, theme, paper):
    page = open_page(theme, "answer-en")
    margin = dict.fromkeys(("top", "bottom", "left", "right"), "1cm")
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=paper, margin=margin))) <= 2
