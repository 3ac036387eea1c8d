"""What a person sees, in a real browser. The whole matrix runs with `make test-all`, a part of it with every test run."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from .conftest import LANGUAGES, SCREENSHOTS, THEMES

SMOKE = {("material", "light", 1280, "en"), ("material", "dark", 390, "tr"), ("mkdocs", "dark", 1280, "ar"),
         ("readthedocs", "light", 390, "en"), ("none", "light", 390, "ar")}  # fmt: skip
MATRIX = [
    pytest.param(theme, scheme, width, lang, marks=[] if (theme, scheme, width, lang) in SMOKE else [pytest.mark.whole])
    for theme in THEMES
    for scheme in ("light", "dark")
    for width in (390, 1280)
    for lang in LANGUAGES
]
CSS = Path(__file__).parent.parent.parent / "mkdocs_smtpcodes" / "assets" / "smtpcodes.css"

OVERFLOW = """() => {
  const wide = document.documentElement.clientWidth;
  const out = [];
  for (const section of document.querySelectorAll('.smtp-codes')) {
    for (const el of section.querySelectorAll('*')) {
      if (el.closest('.smtp-scroll, .smtp-example, svg, thead')) continue;
      const box = el.getBoundingClientRect();
      if (box.width && (box.right > wide + 1 || box.left < -1)) out.push(el.outerHTML.slice(0, 120));
    }
  }
  return out;
}"""

# Text boxes of different elements that lie over each other.
OVERLAP = """() => {
  const out = [];
  for (const section of document.querySelectorAll('.smtp-codes')) {
    const walker = document.createTreeWalker(section, NodeFilter.SHOW_TEXT);
    const boxes = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (!node.textContent.trim() || node.parentElement.closest('.smtp-tip, thead')) continue;
      const style = getComputedStyle(node.parentElement);
      if (style.visibility === 'hidden' || style.display === 'none') continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const frame = node.parentElement.closest('.smtp-scroll, .smtp-example')?.getBoundingClientRect();
      for (let box of range.getClientRects()) {
        if (frame) box = {left: Math.max(box.left, frame.left), right: Math.min(box.right, frame.right),
                          top: box.top, bottom: box.bottom, height: box.height};
        if (box.right - box.left > 1 && box.height > 1) boxes.push([box, node]);
      }
    }
    boxes.sort((a, b) => a[0].top - b[0].top);
    for (let i = 0; i < boxes.length; i++)
      for (let j = i + 1; j < boxes.length && boxes[j][0].top < boxes[i][0].bottom; j++) {
        const [a, b] = [boxes[i][0], boxes[j][0]];
        if (boxes[i][1] === boxes[j][1]) continue;
        const x = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const y = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (x > 2 && y > 0.4 * Math.min(a.height, b.height))
          out.push(boxes[i][1].textContent.trim().slice(0, 40) + ' | ' + boxes[j][1].textContent.trim().slice(0, 40));
      }
  }
  return out;
}"""

# Labels of the picture that leave it or run into a mark.
STRIP = """() => {
  const out = [];
  for (const svg of document.querySelectorAll('svg.smtp-session')) {
    const frame = svg.getBoundingClientRect();
    const marks = [...svg.querySelectorAll('.smtp-mark')].map(m => m.getBoundingClientRect());
    for (const text of svg.querySelectorAll('text')) {
      const box = text.getBoundingClientRect();
      if (box.left < frame.left - 1 || box.right > frame.right + 1) out.push('leaves: ' + text.textContent);
      if (box.height < 8) out.push('tiny: ' + text.textContent);
      for (const mark of marks)
        if (mark.left < box.right - 1 && mark.right > box.left + 1 && mark.top < box.bottom - 2 && mark.bottom > box.top + 2)
          out.push('meets a mark: ' + text.textContent);
    }
  }
  return out;
}"""


@pytest.mark.parametrize(("theme", "scheme", "width", "lang"), MATRIX)
def test_a_page_is_readable_and_accessible(open_page, theme, scheme, width, lang):
    page = open_page(theme, lang, scheme, width)
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{theme}-{scheme}-{width}-{lang}.png", full_page=True)
    assert page.evaluate(OVERFLOW) == []
    scroll = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert scroll[0] <= scroll[1] + 1
    assert page.evaluate(OVERLAP) == []
    assert page.evaluate(STRIP) == []
    found = Axe().run(page, context={"include": [[".smtp-codes"]]}).response["violations"]
    serious = [
        (
            item["id"],
            [node["html"][:160] for node in item["nodes"][:3]],
            item["nodes"][0].get("failureSummary", "")[:200],
        )
        for item in found
        if item["impact"] in {"serious", "critical"} or item["id"] == "heading-order"
    ]
    assert not serious, serious


@pytest.mark.parametrize("theme", THEMES)
def test_a_tooltip_opens_by_keyboard_and_is_announced(open_page, theme):
    page = open_page(theme, "en")
    tip = page.locator(".smtp-tip").first
    assert tip.evaluate("el => getComputedStyle(el).display") == "none"
    link = page.locator(".smtp-ref").first
    link.focus()
    assert tip.evaluate("el => getComputedStyle(el).display") == "block"
    assert link.get_attribute("aria-describedby") == tip.get_attribute("id")
    box = tip.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 1280


def test_a_tooltip_opens_by_touch(open_page):
    page = open_page("material", "en", "light", 390, has_touch=True, is_mobile=True)
    page.evaluate("document.querySelector('.smtp-ref').addEventListener('click', event => event.preventDefault())")
    page.locator(".smtp-ref").first.tap()
    assert page.locator(".smtp-tip").first.evaluate("el => getComputedStyle(el).display") == "block"


@pytest.mark.parametrize("theme", THEMES)
def test_print_shows_everything(open_page, theme):
    page = open_page(theme, "en")
    page.emulate_media(media="print")
    hidden = page.evaluate(
        """() => [...document.querySelectorAll('.smtp-codes :is(p, td, th, li, dt, dd, text, h2, h3, h4)')]
              .filter(el => !el.closest('.smtp-tip') && el.getClientRects().length === 0).map(el => el.outerHTML.slice(0, 100))"""
    )
    assert hidden == []
    clipped = page.evaluate(
        """() => [...document.querySelectorAll('.smtp-scroll')]
              .filter(el => getComputedStyle(el).overflowX !== 'visible').length"""
    )
    assert clipped == 0


def test_the_columns_stand_side_by_side_where_there_is_room_and_equal_rows_align(open_page):
    page = open_page("none", "en", "light", 1280)
    columns = page.locator(".smtp-columns").first
    tops = columns.evaluate(
        "el => [...el.children].map(code => [...code.children].map(part => Math.round(part.getBoundingClientRect().top)))"
    )
    assert tops[0] == tops[1]
    narrow = open_page("none", "en", "light", 390).locator(".smtp-columns").first
    lefts = narrow.evaluate("el => [...el.children].map(code => Math.round(code.getBoundingClientRect().left))")
    assert lefts[0] == lefts[1]


def test_right_to_left_mirrors_the_section(open_page):
    page = open_page("none", "ar")
    assert page.locator(".smtp-codes").first.evaluate("el => getComputedStyle(el).direction") == "rtl"
    station, mark = page.evaluate(
        """() => { const svg = document.querySelector('svg.smtp-session');
        return ['.smtp-station', '.smtp-mark'].map(c => svg.querySelector(c).getBoundingClientRect().left); }"""
    )
    assert station > mark


def test_forced_colours_keep_the_marks(open_page):
    page = open_page("none", "en", forced_colors="active")
    assert page.locator(".smtp-mark").first.is_visible()
    assert page.evaluate(STRIP) == []


def test_the_picture_can_be_read_at_320_pixels(open_page):
    page = open_page("material", "en", "light", 320)
    assert page.evaluate(STRIP) == []
    assert page.evaluate(OVERFLOW) == []


def test_nothing_moves_while_the_page_loads(open_page):
    page = open_page("material", "en")
    shift = page.evaluate(
        """() => new Promise(done => { let sum = 0;
        new PerformanceObserver(list => { for (const e of list.getEntries()) sum += e.value; })
          .observe({type: 'layout-shift', buffered: true});
        setTimeout(() => done(sum), 300); })"""
    )
    assert shift < 0.1


def test_the_stylesheet_is_small():
    assert len(gzip.compress(CSS.read_bytes(), mtime=0)) <= 6 * 1024
