"""Codes in running text, with real pointers, keys and taps."""

from __future__ import annotations

import json
import re
from html import unescape

import markdown
import pytest
from bs4 import BeautifulSoup

from mkdocs_smtpcodes import load_dataset

from .conftest import MORE, ORIGIN, THEMES, some

SHOWN = "el => getComputedStyle(el.closest('.smtp-inline').lastElementChild).display === 'block'"
#: Opens each tooltip of a page by focus and says which is cut, leaves the window, covers its code or moves the page.
PLACES = """async () => {
  const out = [];
  for (const link of document.querySelectorAll('.smtp-inline > a.smtp-ref')) {
    link.scrollIntoView({block: 'nearest', inline: 'nearest', behavior: 'instant'});
    const before = [scrollX, scrollY];
    await new Promise(requestAnimationFrame); // where a tooltip goes depends on where the page stood when it was last painted
    link.focus({preventScroll: true});
    const tip = link.nextElementSibling, box = tip.getBoundingClientRect(), code = link.getBoundingClientRect();
    const wide = document.documentElement.clientWidth;
    const say = what => out.push(`${what}: ${link.textContent} at ${[box.left, box.top].map(Math.round)} of ${wide}`);
    if (!tip.checkVisibility()) { say('hidden'); continue; }
    if (box.left < 0 || box.right > wide || box.top < 0 || box.bottom > innerHeight) say('off screen');
    if (box.top < code.bottom - 2 && box.bottom > code.top + 2 && box.left < code.right && box.right > code.left)
      say('covers its code');
    const points = [[0.02, 0.3], [0.98, 0.3], [0.5, 0.5], [0.02, 0.7], [0.98, 0.7]];
    if (points.some(([x, y]) => document.elementFromPoint(box.left + x * box.width, box.top + y * box.height) !== tip))
      say('cut or covered');
    if (scrollX !== before[0]) say('moves the page');
    const size = parseFloat(getComputedStyle(tip, '::before').fontSize);
    if (size > parseFloat(getComputedStyle(tip.closest('p, td, li') || document.body).fontSize)) say('larger than the text');
  }
  return out;
}"""


@pytest.mark.parametrize("width", [320, pytest.param(390, marks=pytest.mark.whole), 768, 1280, 1920])
@pytest.mark.parametrize("theme", some("readthedocs", "material", "arabic"))
def test_no_tooltip_is_cut_or_off_screen_from_320_to_1920_pixels(look_at, theme, width):
    page = look_at(theme, "inline-ar" if theme == "arabic" else "inline-en", width=width, height=800)
    assert page.locator(".smtp-inline > a.smtp-ref").count() > 8
    assert page.evaluate(PLACES) == []


@pytest.mark.parametrize("theme", some("mkdocs", "zensical"))
def test_a_tooltip_opens_for_the_pointer_stays_under_it_and_goes_with_escape(open_page, theme):
    page = open_page(theme, "inline-en")
    link, other = page.locator("a.smtp-ref").nth(0), page.locator("a.smtp-ref").nth(1)
    assert not link.evaluate(SHOWN)
    link.hover()
    assert link.evaluate(SHOWN)
    box = page.locator(".smtp-tip").first.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=8)
    assert link.evaluate(SHOWN), "the pointer may go there"
    page.keyboard.press("Escape")
    assert not link.evaluate(SHOWN)
    other.hover()
    assert other.evaluate(SHOWN)
    link.hover()
    assert link.evaluate(SHOWN), "the next time it opens again"


@pytest.mark.parametrize("theme", some("readthedocs", "material"))
def test_a_tooltip_opens_by_keyboard_and_goes_with_escape(open_page, theme):
    page = open_page(theme, "inline-en")
    link = page.locator("a.smtp-ref").first
    link.focus()
    assert link.evaluate(SHOWN)
    page.keyboard.press("Escape")
    assert not link.evaluate(SHOWN)
    assert link.evaluate("el => el === document.activeElement"), "the focus stays"
    page.keyboard.press("Tab")
    assert page.evaluate(f"({SHOWN})(document.activeElement)")
    page.keyboard.press("Shift+Tab")
    assert link.evaluate(SHOWN)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("gallery|answer|rfc-editor"))


@pytest.mark.parametrize("theme", some("mkdocs", "zensical", "instant", among=(*THEMES, *MORE)))
def test_a_tap_shows_the_tooltip_and_a_second_tap_follows_the_link(open_page, theme):
    page = open_page(theme, "inline-en", "light", 390, 844, has_touch=True, is_mobile=True)
    link, other = page.locator("td a.smtp-ref").nth(0), page.locator("p > .smtp-inline > a.smtp-ref").nth(0)
    other.tap()
    assert other.evaluate(SHOWN)
    link.tap()
    assert link.evaluate(SHOWN)
    assert not other.evaluate(SHOWN), "one at a time"
    assert page.url == f"{ORIGIN}inline-en.html"
    page.locator("h1").tap()
    assert not link.evaluate("el => el.parentElement.matches('[data-tip]')")
    link.tap()
    assert page.url == f"{ORIGIN}inline-en.html"
    link.tap()
    page.wait_for_url(re.compile("gallery|answer|rfc-editor|#smtp"))


def test_without_the_script_the_tooltip_opens_by_focus_and_the_link_works(open_page):
    page = open_page(
        "material", "inline-en", "light", 390, 844, has_touch=True, is_mobile=True, java_script_enabled=False
    )
    link = page.locator("a.smtp-ref").first
    link.focus()
    assert link.evaluate(SHOWN)
    link.tap()
    page.wait_for_url(re.compile("gallery|answer|rfc-editor"))


def test_without_anchors_the_tooltip_stands_at_the_foot_of_the_window(open_page):
    page = open_page("none", "inline-en", width=390, height=844)
    page.evaluate(
        """() => { const style = [...document.querySelectorAll('style')].find(el => el.textContent.includes('anchor-scope: --a'));
        style.textContent = style.textContent.replace('(anchor-scope: --a)', '(no-such-thing: --a)'); }"""
    )
    page.locator("td a.smtp-ref").first.focus()
    box = page.locator("td .smtp-tip").first.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert 780 < box["y"] + box["height"] <= 844


@pytest.mark.parametrize("theme", ["none", "material"])
def test_the_accessibility_tree_gives_a_code_its_summary(look_at, theme):
    page = look_at(theme, "inline-en")
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    described = {
        node["name"]["value"]: node.get("description", {}).get("value")
        for node in nodes
        if node.get("role", {}).get("value") == "link" and node.get("name", {}).get("value") == "535"
    }
    dataset = load_dataset()
    assert described == {"535": dataset.entry(dataset.code("535"), "en").summary.text}


@pytest.mark.parametrize("theme", ["mkdocs", "material", "zensical"])
def test_the_text_of_a_tooltip_is_in_no_search_index(sites, theme):
    folder = sites.folder(theme)
    index = next(path for path in (folder / "search.json", folder / "search" / "search_index.json") if path.exists())
    found = json.loads(index.read_text("utf-8"))
    texts = [str(item) for item in found.get("docs") or found["items"] if item["location"].startswith("inline-en.html")]
    tips = BeautifulSoup((folder / "inline-en.html").read_text("utf-8"), "html.parser").select('[role="tooltip"]')
    assert len(texts) > 1
    assert len(tips) > 8
    assert [tip["aria-label"] for tip in tips if any(tip["aria-label"] in text for text in texts)] == []


def test_the_text_of_a_tooltip_is_no_text_of_the_page():
    html = markdown.markdown("Said << smtp(535) >>.", extensions=["smtpcodes"])
    assert unescape(re.sub(r"<[^>]*>", "", html)) == "Said 535."
    assert 'role="tooltip"' in html


@pytest.mark.parametrize("theme", ["mkdocs", "none"])
def test_the_script_stands_only_in_pages_that_have_a_tooltip(sites, theme):
    sign = {"mkdocs": "assets/smtpcodes.js", "none": ".smtp-inline:is(:hover,:focus-within"}[theme]
    folder = sites.folder(theme)
    assert sign in (folder / "inline-en.html").read_text("utf-8")
    assert sign not in (folder / "answer-en.html").read_text("utf-8")


def test_what_is_copied_from_a_log_with_an_open_tooltip_is_the_log(browser):
    log = "to=<a@example.org>, dsn=5.1.1, status=bounced (host said: 550 5.1.1 User unknown)\n"
    html = markdown.markdown(
        f"```\n{log}```\n",
        extensions=["smtpcodes", "fenced_code"],
        extension_configs={"smtpcodes": {"autolink_fences": True, "css": "inline"}},
    )
    page = browser.new_page(viewport={"width": 900, "height": 600})
    try:
        page.set_content(html)
        link = page.locator("pre a.smtp-ref").nth(1)
        link.hover()
        assert link.evaluate("el => getComputedStyle(el.nextElementSibling).display") != "none"
        assert link.evaluate("el => getComputedStyle(el.nextElementSibling, '::before').position") == "fixed"
        assert page.evaluate("document.querySelector('pre code').innerText") == log
    finally:
        page.close()
