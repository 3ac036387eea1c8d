"""Sections as a person sees them, in every theme: a part with every test run, the whole matrix with `make test-all`."""

from __future__ import annotations

import gzip
from itertools import product
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from . import probes
from .conftest import LANGUAGES, SCREENSHOTS, THEMES, _bare, some

SMOKE = {("material", "dark", 1280, "en"), ("readthedocs", "light", 390, "tr"), ("arabic", "light", 390, "ar")}
MATRIX = [
    pytest.param(theme, scheme, width, lang, marks=[] if (theme, scheme, width, lang) in SMOKE else [pytest.mark.whole])
    for theme in (*THEMES, "arabic")
    for scheme in ("light", "dark")
    for width in (390, 1280)
    for lang in LANGUAGES
]
#: The colours that no other site of the matrix has.
PALETTES = [("mkdocs", "light"), ("mkdocs", "dark"), ("readthedocs", "light"), ("material", "light"), ("material", "dark"),
            ("zensical", "dark")]  # fmt: skip
WIDTHS = (320, 390, 560, 640, 768, 960, 1220, 1440, 1920)
THEMED = [theme for theme in THEMES if theme != "none"]
ASSETS = Path(__file__).parent.parent.parent / "mkdocs_smtpcodes" / "assets"
SPACING = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }\n" \
          "p { margin-block-end: 2em !important; }"  # fmt: skip
#: What no theme may change: measures in units of the text, so that they can be compared.
SAME = {
    ".smtp-glance :is(th, td), .smtp-list:not(:has(th:nth-child(6)), .smtp-rows) :is(th, td)": "text-align vertical-align"
    " white-space background-color box-shadow border-top-width border-inline-end-width padding-block-start"
    " padding-inline-start font-style",
    "caption, figcaption": "text-align font-style font-weight max-inline-size margin-inline-start padding-inline-start",
    "figure": "text-align margin-inline-start",
    "dt, dd": "margin-inline-start padding-inline-start font-style background-color border-block-start-width display",
    "ul, ol": "margin-inline-start list-style-type margin-block-start",
    "li": "margin-inline-start list-style-type margin-block-start",
    ".smtp-code p, .smtp-answer p": "margin-block-start margin-block-end text-align",
    "code": "white-space border-block-start-width padding-inline-start padding-block-start direction unicode-bidi",
    "details": "background-color border-block-start-width padding-inline-start box-shadow",
    ".smtp-code > div > h4": "margin-block-start margin-block-end font-style text-transform padding-inline-start",
}
MEASURE = """([selector, names]) => [...new Set([...document.querySelectorAll('.smtp-codes')].flatMap(
  section => [...section.querySelectorAll(selector)].filter(el => el.checkVisibility()).map(el => {
    const style = getComputedStyle(el), size = parseFloat(style.fontSize);
    const measure = value => value.endsWith('px') ? (Math.round(20 * parseFloat(value) / size) / 20) + 'em' : value;
    return el.tagName + ': ' + names.split(' ').map(name => measure(style.getPropertyValue(name))).join(' ');
  })))].sort()"""


@pytest.mark.parametrize(("theme", "scheme", "width", "lang"), MATRIX)
def test_a_page_is_readable_and_accessible(look_at, theme, scheme, width, lang):
    page = look_at(theme, f"gallery-{lang}", scheme, width)
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{theme}-{scheme}-{width}-{lang}.png", full_page=True)
    assert page.evaluate(probes.OVERFLOW) == []
    assert page.evaluate(probes.OVERLAP) == []
    assert page.evaluate(probes.PICTURE) == []
    assert page.evaluate(probes.DIRECTION) == []
    assert page.evaluate(probes.CUT) == []
    # Contrast is computed by a test of its own, which can see through layers.
    rules = {"rules": {"color-contrast": {"enabled": False}}}
    found = Axe().run(page, context={"include": [[".smtp-codes"]]}, options=rules).response["violations"]
    serious = [
        (
            item["id"],
            [node["html"][:160] for node in item["nodes"][:3]],
            item["nodes"][0].get("failureSummary", "")[:200],
        )
        for item in found
        if item["impact"] in {"serious", "critical"} or item["id"] in {"heading-order", "landmark-unique"}
    ]
    assert not serious, serious


@pytest.mark.parametrize(("theme", "lang"), some(("material", "en"), ("arabic", "ar"), among=product(THEMES, ("en",))))
def test_the_address_of_a_documentation_breaks_where_the_window_ends(look_at, theme, lang):
    assert look_at(theme, f"address-{lang}", width=320).evaluate(probes.OVERFLOW) == []


@pytest.mark.parametrize(
    ("theme", "lang"), some(("material", "en"), ("arabic", "ar"), among=product(THEMES, ("en", "ar")))
)
def test_a_long_command_that_is_broken_and_the_anchor_of_a_title_stay_in_their_column(open_page, theme, lang):
    page = open_page(theme, f"entry-{lang}")
    page.evaluate("""() => {
      document.querySelectorAll('.smtp-codes details').forEach(part => { part.open = true; });
      const title = document.querySelector('.smtp-codes [id]:is(h1, h2)');
      if (!title.querySelector('.headerlink')) title.insertAdjacentHTML('beforeend', '<a class="headerlink" href="#">¶</a>');
    }""")
    jutting = """() => [...document.querySelectorAll('code.smtp-long')].filter(el => {
      const column = el.closest('td, li, p, dd').getBoundingClientRect();
      return [...el.getClientRects()].some(box => box.right > column.right + 1 || box.left < column.left - 1);
    }).map(el => el.textContent)"""
    for width in (1280, *range(320, 400, 8)):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(jutting) == [], width
        assert page.evaluate(probes.OVERFLOW) == [], width


@pytest.mark.parametrize("lang", some("en", among=LANGUAGES))
@pytest.mark.parametrize("theme", some("mkdocs", "readthedocs", "material", "zensical"))
def test_nothing_overflows_from_320_to_1920_pixels(look_at, theme, lang):
    for width in WIDTHS:
        page = look_at(theme, f"gallery-{lang}", width=width)
        assert page.evaluate(probes.OVERFLOW) == [], width
        assert page.evaluate(probes.PICTURE) == [], width
        assert page.evaluate(probes.CUT) == [], width


@pytest.mark.parametrize("theme", THEMED)
def test_the_stylesheet_wins_against_the_theme(look_at, theme):
    themed, bare = look_at(theme), look_at("none")
    for selector, names in SAME.items():
        assert themed.evaluate(MEASURE, [selector, names]) == bare.evaluate(MEASURE, [selector, names]), selector


@pytest.mark.parametrize(("theme", "scheme"), some(*PALETTES, among=product(THEMES, ("light", "dark"))))
def test_all_text_and_every_mark_has_enough_contrast(look_at, theme, scheme):
    assert look_at(theme, "gallery-en", scheme).evaluate(probes.CONTRAST) == []


@pytest.mark.parametrize("theme", some("readthedocs", "material", "arabic"))
def test_wider_spacing_of_the_text_loses_nothing(open_page, theme):
    page = open_page(theme)
    page.add_style_tag(content=SPACING)
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(50)
        assert page.evaluate(probes.PICTURE) == [], width
        assert page.evaluate(probes.OVERLAP) == [], width


@pytest.mark.parametrize(("theme", "lang", "fades"), [("material", "en", "to left"), ("arabic", "ar", "to right")])
def test_a_table_that_goes_on_beyond_the_edge_fades_there_until_its_end(open_page, theme, lang, fades):
    page = open_page(theme, f"gallery-{lang}")
    page.set_viewport_size({"width": 660, "height": 900})
    table = page.locator(".smtp-facts .smtp-scroll", has=page.locator("th:nth-child(5)"))
    page.evaluate("document.querySelectorAll('.smtp-facts').forEach(part => { part.open = true; })")
    mask = "el => { el.scrollLeft; return getComputedStyle(el).maskImage; }"
    assert table.evaluate(mask) == "none", "all of it is in sight"
    page.add_style_tag(content=f"{SPACING} .smtp-glance td {{ min-width: 12em }}")
    page.wait_for_timeout(50)
    assert fades in table.evaluate(mask)
    table.evaluate("el => el.scrollBy(el.scrollWidth * (getComputedStyle(el).direction === 'rtl' ? -1 : 1), 0)")
    page.wait_for_timeout(50)
    assert table.evaluate(mask) == "none"


def test_codes_in_a_page_from_right_to_left_are_not_reversed(look_at):
    assert look_at("arabic", "gallery-ar").evaluate(probes.DIRECTION) == []


def test_a_quotation_from_right_to_left_stays_in_its_line(look_at):
    page = look_at("none", "entry-ar")
    shown = "selector => [...document.querySelectorAll(selector)].map(el => getComputedStyle(el).display)"
    assert page.evaluate(shown, ".smtp-summary [lang=en]") == ["inline"]


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_from_right_to_left_the_label_begins_the_line_and_quotations_stand_below_each_other(open_page, lang):
    page = open_page("none", f"entry-{lang}", width=390)
    cell = ".smtp-branches td[data-label]:has(.smtp-said + span)"
    shown = f"""() => {{ const cell = document.querySelector('{cell}'), style = getComputedStyle(cell);
      return [style.direction, ...[...cell.children].slice(0, 2).map(el => getComputedStyle(el).display)]; }}"""
    for media in ("screen", "print"):
        page.emulate_media(media=media)
        assert page.evaluate(shown) == (["rtl", "block", "none"] if lang == "ar" else ["ltr", "inline", "inline"]), (
            media
        )


def test_right_to_left_mirrors_the_section(look_at):
    page = look_at("none", "gallery-ar", width=390)
    assert page.locator(".smtp-codes").first.evaluate("el => getComputedStyle(el).direction") == "rtl"
    stage, mark = page.evaluate(
        """() => { const stage = document.querySelector('.smtp-session span:has(+ i[data-class])');
        return [stage, stage.nextElementSibling].map(el => el.getBoundingClientRect().left); }"""
    )
    assert stage > mark
    edge = page.locator(".smtp-answer").first.evaluate("el => getComputedStyle(el).borderRightWidth")
    assert edge == "4px"


@pytest.mark.parametrize("theme", THEMED)
def test_three_and_four_codes_use_the_width_there_is(look_at, theme):
    columns = """count => [...document.querySelectorAll(`[data-columns="${count}"]`)].map(el => {
      const boxes = [...el.children].filter(child => child.dataset.class).map(child => child.getBoundingClientRect());
      return [boxes.filter(box => Math.abs(box.top - boxes[0].top) < 2).length, Math.max(...boxes.map(box => box.right))
        - Math.min(...boxes.map(box => box.left)), el.getBoundingClientRect().width]; })"""
    for width, three, four in ((390, 1, 1), (1280, 3, 2), (1920, 3, {"mkdocs": 4}.get(theme, 2))):
        page = look_at(theme, width=width)
        for count, wanted in ((3, three), (4, four)):
            for beside, used, there in page.evaluate(columns, count):
                assert beside == wanted, (width, count)
                assert used > there - 2, (width, count)


def test_a_badge_stands_apart_from_its_code_and_is_small_only_in_narrow_columns(look_at):
    badges = """count => [...document.querySelectorAll(`[data-columns="${count}"] > .smtp-answer > p:first-child`)].map(p => {
      const [code, badge] = [...p.children].map(one => one.getBoundingClientRect());
      return [parseFloat(getComputedStyle(p.children[1]).fontSize), code.bottom < badge.top || badge.left - code.right]; })"""
    for width, smaller in ((390, False), (1280, True)):
        page = look_at("material", width=width)
        (usual, *_), three = page.evaluate(badges, 2), page.evaluate(badges, 3)
        assert {size < usual[0] for size, _ in three} == {smaller}
        assert all(apart is True or apart > 6 for _, apart in (usual, *three)), width


@pytest.mark.parametrize("name", ["gallery-en", "sender-en", "entry-en", "sender-ar"])
def test_columns_of_text_stand_apart(look_at, name):
    gaps = """() => [...document.querySelectorAll('.smtp-codes td')].map(cell => {
      const before = cell.previousElementSibling, style = getComputedStyle(cell), range = document.createRange();
      const inked = el => { range.selectNodeContents(el); return range.getBoundingClientRect(); };
      if (!before || style.display !== 'table-cell' || cell.parentElement.cells.length > 4) return 99; // four codes are many
      const [a, b] = [before, cell].map(inked);
      if (!a.width || !b.width) return 99;
      return (cell.closest('[dir=rtl]') ? a.left - b.right : b.left - a.right) / parseFloat(style.fontSize); })"""
    found = look_at("material", name).evaluate(gaps)
    assert min(found) > 1
    assert min(found) < 2, "they are columns"


@pytest.mark.parametrize("theme", some("mkdocs", "material", among=THEMED))
def test_what_belongs_to_an_explained_reply_stands_at_even_distances(look_at, theme):
    page = look_at(theme)
    gaps = page.locator(".smtp-explained").evaluate(
        """el => [...el.children].slice(1).map(one => [one, one.previousElementSibling].map(box => box.getBoundingClientRect()))
          .map(([below, above]) => below.top - above.bottom)"""
    )
    assert len(gaps) == 3
    assert max(gaps) - min(gaps) < 4
    assert page.locator(".smtp-legend .smtp-tag").first.evaluate("el => getComputedStyle(el).fontWeight") == "400"


def test_a_code_in_a_list_is_whole_and_has_the_colour_of_the_text(open_page):
    page = open_page("material", "sender-en")
    codes = """() => [...document.querySelectorAll('.smtp-rows tbody th > bdi')].map(code => [code.getClientRects().length,
      getComputedStyle(code.querySelector('a') || code).color])"""
    shown = page.evaluate(codes)
    assert {lines for lines, _ in shown} == {1}
    assert len({colour for _, colour in shown}) == 1
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 1000})
    assert {lines for lines, _ in page.evaluate(codes)} == {1}


def test_on_a_phone_who_wrote_a_text_stands_close_below_what_to_do(look_at):
    apart = """() => [...document.querySelectorAll('.smtp-record td')].map(cell => (cell.getBoundingClientRect().top
      - cell.parentElement.previousElementSibling.lastElementChild.getBoundingClientRect().bottom)
      / parseFloat(getComputedStyle(cell).fontSize))"""
    assert max(look_at("mkdocs", "entry-en", width=390).evaluate(apart)) < 0.6


def test_the_columns_stand_side_by_side_where_there_is_room_and_equal_rows_align(look_at):
    tops = (
        "el => [...el.children].map(one => [...one.children].map(part => Math.round(part.getBoundingClientRect().top)))"
    )
    lefts = "el => [...el.children].map(code => Math.round(code.getBoundingClientRect().left))"
    page, edges = look_at("none"), []
    for name in (".smtp-columns", ".smtp-verdict"):
        rows = page.locator(name).first.evaluate(tops)
        assert rows[0] == rows[1], name
        edges.append(page.locator(name).first.evaluate(lefts))
    assert edges[0] == edges[1], "an answer stands above its column"
    narrow = look_at("none", width=390).locator(".smtp-columns").first
    below = narrow.evaluate(lefts)
    assert below[0] == below[1]


@pytest.mark.parametrize("theme", THEMED)
def test_the_picture_of_a_session_uses_the_width(look_at, theme):
    page = look_at(theme)
    for picture, section in page.evaluate(
        """() => [...document.querySelectorAll('.smtp-session')].map(el => [el, el.closest('.smtp-codes')]
          .map(one => one.getBoundingClientRect().width))"""
    ):
        assert picture > 0.95 * section


@pytest.mark.parametrize("theme", some("mkdocs", "material"))
def test_headings_and_the_two_readers_of_an_advice_differ(look_at, theme):
    page = look_at(theme)
    look = """selector => { const style = getComputedStyle(document.querySelector(selector));
      return [parseFloat(style.fontSize), +style.fontWeight, style.color]; }"""
    title, code, part, reader = (
        page.evaluate(look, selector)
        for selector in (".smtp-compare > h2", ".smtp-code > h3", ".smtp-code > div > h4", ".smtp-fix > dt")
    )
    assert title[0] > code[0] > part[0] > reader[0]
    assert part[1] >= 700
    assert reader[2] != part[2]


@pytest.mark.parametrize(("theme", "scheme"), some(*PALETTES, among=product(THEMES, ("light", "dark"))))
def test_links_have_one_colour(look_at, theme, scheme):
    colours = """() => [...document.querySelectorAll('.smtp-codes a:not(.headerlink), a.smtp-ref')]
      .filter(a => !a.closest('.smtp-tag, th, .admonition-title') && a.checkVisibility()).map(a => getComputedStyle(a).color)"""
    assert len(set(look_at(theme, "gallery-en", scheme).evaluate(colours))) == 1


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs"])
def test_the_cells_of_a_row_have_one_ground(look_at, theme):
    grounds = """() => [...document.querySelectorAll('.smtp-codes tbody tr')].map(row => new Set([...row.cells].map(cell => {
      const style = getComputedStyle(cell); return style.backgroundColor + style.boxShadow; })).size)"""
    for width in (390, 1280):
        assert set(look_at(theme, width=width).evaluate(grounds)) == {1}


def test_codes_of_a_command_carry_the_colour_of_their_class(look_at):
    page = look_at("none")
    colours = page.evaluate(
        """() => [...document.querySelectorAll('.smtp-list a[data-class]')].map(a =>
          [a.dataset.class, a.textContent[0], getComputedStyle(a.firstElementChild).borderBottomColor])"""
    )
    assert all(digit == first for digit, first, _ in colours)
    assert len({digit for digit, _, _ in colours}) == len({(digit, colour) for digit, _, colour in colours}) == 4


def test_forced_colours_keep_the_marks(open_page):
    page = open_page("none", forced_colors="active")
    marks = page.evaluate(
        """() => [...document.querySelectorAll('.smtp-badge, .smtp-session i[data-class]')].map(el => {
          const style = getComputedStyle(el, '::before'); return [style.backgroundColor, parseFloat(style.width)]; })"""
    )
    assert {colour for colour, _ in marks} == {"rgb(0, 0, 0)"}
    assert min(width for _, width in marks) >= 8


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_keep_every_text(open_page, scheme):
    page = open_page("material", "gallery-en", scheme, forced_colors="active")
    same = page.evaluate(
        """() => [...document.querySelectorAll('.smtp-codes :is(mark, .smtp-badge, .smtp-status, code, .smtp-answer)')]
          .map(el => getComputedStyle(el)).filter(style => style.color === style.backgroundColor).length"""
    )
    assert same == 0
    ground, text = page.evaluate(
        "() => { const s = getComputedStyle(document.querySelector('.smtp-codes mark')); return [s.backgroundColor, s.color]; }"
    )
    assert {ground, text} == {"rgb(0, 0, 0)", "rgb(255, 255, 255)"}
    padded = """() => [...document.querySelectorAll(':is(.smtp-codes, .smtp-ref) code')]
      .filter(el => parseFloat(getComputedStyle(el).paddingLeft)).length"""
    assert page.evaluate(padded) == 0, "no box is drawn, and its room would be read as a space"


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs", "material"])
def test_the_box_shows_that_it_has_the_focus(open_page, theme):
    page = open_page(theme)
    page.locator("textarea").focus()
    style = "el => { const s = getComputedStyle(el); return s.outlineStyle + ' ' + s.outlineWidth; }"
    assert page.locator("textarea").evaluate(style) == "solid 2px"
    apart = "el => el.nextElementSibling.getBoundingClientRect().top - el.getBoundingClientRect().bottom"
    assert page.locator("textarea").evaluate(apart) > 4, "the hint stands below the ring"


@pytest.mark.parametrize(("name", "width"), [("wide-en", 1280), ("wide-en", 390), ("gallery-en", 390)])
@pytest.mark.parametrize("theme", some("mkdocs", "material", among=THEMED))
def test_no_text_of_a_row_touches_its_coloured_edge(look_at, theme, name, width):
    page = look_at(theme, name, width=width)
    touching = """() => [...document.querySelectorAll('.smtp-list tr[data-class] > :is(th, td)')].filter(cell => {
      const range = document.createRange(); range.selectNodeContents(cell);
      const edge = cell.parentElement.getBoundingClientRect().left + 3;
      return [...range.getClientRects()].some(box => box.width > 1 && box.left < edge + 4); }).map(el => el.textContent)"""
    assert page.evaluate(touching) == []


def test_nothing_moves_while_the_page_loads(open_page):
    page = open_page("material")
    shift = page.evaluate(
        """() => new Promise(done => { let sum = 0;
        new PerformanceObserver(list => { for (const e of list.getEntries()) sum += e.value; })
          .observe({type: 'layout-shift', buffered: true});
        setTimeout(() => done(sum), 300); })"""
    )
    assert shift < 0.1


@pytest.mark.parametrize("lang", ["ja", "de", "th"])
def test_the_picture_of_four_codes_fits_on_the_narrowest_phone(browser, lang):
    page = browser.new_page(viewport={"width": 320, "height": 900})
    page.set_content(_bare("<< smtp_compare(450, 451, 421, 452) >>", lang))
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()


@pytest.mark.parametrize("lang", ["en", "de", "ru", "ja"])
def test_no_word_of_the_picture_is_broken_where_the_stages_stand_in_a_row(browser, lang):
    page = browser.new_page(viewport={"width": 704, "height": 900})
    page.set_content(_bare("<< smtp_compare(421, 450, 550) >>", lang))
    broken = """() => [...document.querySelectorAll('.smtp-session span')].flatMap(label => {
      const text = label.firstChild, range = document.createRange();
      return text ? [...text.data.matchAll(/\\S+/g)].filter(word => {
        range.setStart(text, word.index); range.setEnd(text, word.index + word[0].length);
        return new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1; }).map(String) : []; })"""
    if lang != "ja":  # which may break between any two signs
        assert page.evaluate(broken) == []
    assert page.evaluate("(el => el.scrollWidth - el.clientWidth)(document.querySelector('.smtp-figure'))") == 0
    page.close()


@pytest.mark.parametrize("theme", some("mkdocs", "readthedocs", among=THEMED))
def test_scripts_of_the_theme_run_without_an_error(open_page, theme):
    page, errors = open_page(theme), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.reload()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_timeout(200)
    # The colours of code come from elsewhere on the web.
    assert [error for error in errors if "hljs" not in error] == []


def test_stylesheet_and_script_are_small():
    assert len(gzip.compress((ASSETS / "smtpcodes.css").read_bytes(), mtime=0)) <= 6.75 * 1024
    assert (ASSETS / "smtpcodes.js").stat().st_size <= 1024
