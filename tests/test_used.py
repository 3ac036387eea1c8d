"""`reference: used` in real builds: what was expanded has a page, whatever brought it, and nothing else has."""

import importlib.util
import posixpath
import re
from xml.etree import ElementTree as etree

import pytest

from mkdocs_smtpcodes import load_dataset
from mkdocs_smtpcodes.codes import BasicCode
from mkdocs_smtpcodes.directives import SIGNATURES

from .conftest import text_of
from .links import broken_links

STRICT = {"strict": True, "validation": {"anchors": "warn", "nav": {"omitted_files": "warn"}}}
USED = {"reference": "used"}


def needs(*modules):
    missing = [module for module in modules if importlib.util.find_spec(module) is None]
    return pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)}")


def codes(site, folder="smtp"):
    """The names of the reference's pages of codes and comparisons."""
    return {path.parent.name for path in (site.folder / folder).glob("*/index.html")} - {"commands"}


def menu(page):
    """The navigation of a page of the readthedocs theme: titles of sections, and addresses."""
    found = []
    for element in page.select(".wy-menu-vertical .caption, .wy-menu-vertical a"):
        here = element.get_text(strip=True) if element.get("href") in {None, "#"} else element["href"]
        if here not in found:
            found.append(here)
    return found


def test_a_reference_to_a_slip_is_told_once_as_it_is_written_and_makes_no_page(build_site):
    site = build_site({"index.md": "# Home\n\n[x][smtp-550-4-7-1] [y][smtp-550-4-4-7]\n"}, plugin=USED)
    (warning,) = site.warnings
    assert warning.startswith(
        "docs/index.md:3: [smtp-550-4-7-1]: the class of 4.7.1 contradicts the first digit of 550;"
    )
    # A server really sends the other.
    assert "550-4.4.7" in codes(site) and "550-4.7.1" not in codes(site)
    assert broken_links(site.folder) == []


def test_a_reference_to_a_comparison_makes_its_page_once(build_site):
    text = "# Home\n\n[why][smtp-450-vs-550], [x][smtp-550-vs-450], [y][smtp-421-vs-451-vs-452]\n"
    site = build_site({"index.md": text}, plugin=USED, **STRICT)
    assert not site.warnings
    found = [a["href"] for a in site.soup().select("a.smtp-link")]
    assert found[0] == found[1] and re.fullmatch(r"smtp/(450-vs-550|550-vs-450)/#smtp-\1", found[0])
    assert found[2] == "smtp/421-vs-451-vs-452/#smtp-421-vs-451-vs-452"
    assert {name for name in codes(site) if "vs" in name} == {found[0].split("/")[1], "421-vs-451-vs-452"}
    assert broken_links(site.folder) == []
    plain = build_site({"index.md": "# Home\n\n[a][smtp-450] [b][smtp-550]\n"}, plugin=USED, folder="plain", **STRICT)
    assert codes(plain) == {"450", "550"}


# --- wherever a directive came from ------------------------------------------------------------------------------------


@needs("mkdocs_macros")
@pytest.mark.parametrize("order", [["macros", "smtpcodes"], ["smtpcodes", "macros"]])
def test_a_code_that_a_macro_brings_is_used(build_site, tmp_path, order):
    (tmp_path / "site").mkdir()
    macro = "def define_env(env):\n    env.macro(lambda n: f'<< smtp_code({n}) >>', 'code')\n"
    (tmp_path / "site" / "main.py").write_text(macro, encoding="utf-8")
    text = "# Home\n\n{{ code(251) }}\n\n{% for n in (422, 253) %}\n<< smtp_compare({{ n }}, 211) >>\n{% endfor %}\n"
    plugins = ["search", *({"smtpcodes": USED} if name == "smtpcodes" else name for name in order)]
    site = build_site({"index.md": text}, plugins=plugins, **STRICT)
    assert codes(site) == {"251", "422", "253", "211"}
    assert broken_links(site.folder) == []


def test_a_code_that_a_snippet_brings_is_used(build_site, tmp_path):
    pages = {
        "index.md": '# Home\n\n--8<-- "part.txt"\n',
        "../part.txt": "<< smtp(251) >> and\n\n<< smtp_code(422) >>\n",
    }
    site = build_site(
        pages, plugin=USED, markdown_extensions=["toc", {"pymdownx.snippets": {"base_path": [str(tmp_path / "site")]}}], **STRICT
    )  # fmt: skip
    assert codes(site) == {"251", "422"}


GENERATING = """
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File

@event_priority(PRIORITY)
def on_files(files, config):
    files.append(File.generated(config, "made.md", content="# Made\\n\\n<< smtp_code(251) >>\\n"))
    return files

def on_page_markdown(markdown, page, config, files):
    return markdown.replace("HOOK", "<< smtp(253) >>")
"""


@pytest.mark.parametrize("priority", [100, 0, -150, -300])
def test_a_code_of_a_generated_page_is_used_whatever_the_order_of_the_plugins(build_site, priority):
    pages = {"index.md": "# Home\n\nHOOK\n", "../hook.py": GENERATING.replace("PRIORITY", str(priority))}
    nav = [{"Home": "index.md"}, "made.md"]
    site = build_site(pages, plugin=USED, hooks=["hook.py"], nav=nav, **STRICT)
    assert codes(site) == {"251", "253"}
    assert broken_links(site.folder) == []


def test_every_row_of_a_table_is_used(build_site):
    dataset = load_dataset()

    def standing(code):
        return dataset.profile(BasicCode(int(code))).status != "folklore"

    for number, (directive, expected) in enumerate(
        {
            "<< smtp_table(3xx) >>": {code for code in dataset.basic_codes if code.startswith("3") and standing(code)},
            "<< smtp_table(5.6.x) >>": {str(code) for code in dataset.enhanced_codes(5, 6)},
            "<< smtp_table(251, 5.6.2, 551 5.6.1) >>": {"251", "5.6.2", "551-5.6.1", "551", "5.6.1"},
            "<< smtp_table(command=QUIT) >>": {
                code for code in dataset.basic_codes if dataset.answers(BasicCode(int(code)), "QUIT")
            },
        }.items()
    ):
        site = build_site({"index.md": f"# Home\n\n{directive}\n"}, plugin=USED, folder=f"site{number}", **STRICT)
        assert codes(site) == expected, directive
        table = site.soup().select_one("table.smtp-list")
        links = [link["href"] for link in table.select("th[scope=row] a")]
        assert links and all(link.startswith("smtp/") for link in links), "none leads out of the site"


def test_the_matrix_of_commands_uses_its_codes(build_site):
    site = build_site({"index.md": "# Home\n\n<< smtp_commands() >>\n"}, plugin=USED, **STRICT)
    assert {"354", "535", "220"} <= codes(site)


def test_a_code_in_a_heading_a_link_a_note_and_a_list_is_used(build_site):
    text = (
        "# Home << smtp(251) >>\n\n[see << smtp(422) >>](other.md)\n\n- item\n\n    << smtp_code(253) >>\n\n"
        "!!! note\n    << smtp(354) >>\n"
    )
    site = build_site(
        {"index.md": text, "other.md": "# Other\n"}, plugin=USED, markdown_extensions=["toc", "admonition"], **STRICT
    )
    assert codes(site) == {"251", "422", "253", "354"}


def test_what_never_expands_is_not_used(build_site):
    text = (
        "# Home\n\n<div>\n<< smtp_code(535) >>\n</div>\n\n```\n<< smtp_code(421) >>\n```\n\n    << smtp_code(422) >>\n\n"
        "`<< smtp(452) >>` and \\<< smtp(552) >> and <!-- << smtp(553) >> -->\n\n<< smtp_code(536) >>\n\n"
        "<< smtp_compare(250, 551, colour=red) >>\n"
    )
    pages = {"index.md": f"---\ntitle: A << smtp(354) >>\n---\n\n{text}"}
    site = build_site(pages, plugin=USED)
    assert not (site.folder / "smtp").exists()
    assert "smtp" not in {link["href"].split("/")[0] for link in site.soup().select("a[href]")}


def test_what_related_links_and_generated_pages_name_is_not_used(build_site):
    site = build_site({"index.md": "# Home\n\n<< smtp_code(556) >>\n"}, plugin=USED, **STRICT)
    assert codes(site) == {"556"}, "not 521 and 550, which its page calls related"


# --- links and navigation ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("directory_urls", [True, False])
def test_a_written_link_to_a_page_of_the_reference_is_a_use_of_it(build_site, directory_urls):
    end = "/" if directory_urls else ".html"
    pages = {
        "index.md": "# Home\n\n[a](smtp/551.md), [b](smtp/5.6.2.md#smtp-5.6.2), [c](smtp/541-5.6.2.md)\n\n"
        "[d](smtp/551-5.7.509.md)\n",
        "guide/own.md": f'# Own\n\n[e](../smtp/422.md) <a href="../{"../" if directory_urls else ""}smtp/253{end}">f</a>\n'
        f'<a href="https://example.org/smtp/430{end}">g</a> <a href="https://example.com/smtp/503{end}">h</a>\n',
        "smtp/mine.md": "# Mine\n\n[i](251.md), [j](commands/rcpt.md)\n",
    }
    site = build_site(pages, plugin=USED, use_directory_urls=directory_urls, **STRICT)
    assert not site.warnings
    pattern = "*/index.html" if directory_urls else "*.html"
    names = {path.parent.name if directory_urls else path.stem for path in (site.folder / "smtp").glob(pattern)}
    made = {"551", "5.6.2", "541-5.6.2", "541", "551-5.7.509", "5.7.509", "422", "253", "430", "251"}
    assert names - {"mine", "commands", "index"} == made
    assert broken_links(site.folder) == []


def test_a_link_from_the_sites_own_words_is_a_use_also_on_a_page_that_only_another_use_has_made(build_site):
    words = "words:\n  en:\n    codes:\n      '551':\n        when: See [that page](smtp/422.md), [that](smtp/451-vs-551.md).\n"
    pages = {"index.md": "# Home\n\n[a](smtp/551.md)\n", "../own.yml": words}
    options = {"data_files": ["own.yml"], "comparisons": [[451, 551]]}
    site = build_site(pages, plugin=USED | options, **STRICT)
    assert codes(site) == {"551", "422", "451-vs-551"}
    assert broken_links(site.folder) == []


def test_a_written_link_to_a_related_comparison_is_a_use_of_it(build_site):
    pages = {"index.md": "# Home\n\n[compared](smtp/450-vs-550.md)\n"}
    site = build_site(pages, plugin=USED | {"comparisons": "related"}, **STRICT)
    assert codes(site) == {"450-vs-550"}
    assert not (site.folder / "smtp" / "index.html").exists()
    assert broken_links(site.folder) == []


@needs("mkdocs_redirects")
@pytest.mark.parametrize(
    ("plugin", "made"),
    [
        (USED, {"541-5.6.2", "541", "5.6.2", "450-vs-550"}),
        ({"comparisons": [[450, 550]]}, {"450-vs-550"}),
    ],
)
def test_a_redirect_to_a_page_of_the_reference_leads_there_and_is_a_use_of_it(build_site, plugin, made):
    targets = {
        "a.md": "smtp/450-vs-550.md#smtp-550",
        "b.md": "smtp/541-5.6.2.md",
        "c.md": "index.md",
        "d.md": "smtp/536.md",
    }
    plugins = [{"redirects": {"redirect_maps": targets}}, {"smtpcodes": plugin | {"comparisons": [[450, 550]]}}]
    site = build_site({"index.md": "# Home\n"}, plugins=plugins)
    absent = ["smtp/536.md"] if plugin == USED else ["smtp/541-5.6.2.md", "smtp/536.md"]
    assert site.warnings == [f"Redirect target '{uri}' does not exist!" for uri in absent]
    assert 'href="../smtp/450-vs-550/#smtp-550"' in site.html("a/index.html")
    assert codes(site) == made


def test_a_link_to_what_is_no_page_of_the_reference_is_still_a_mistake(build_site):
    pages = {"index.md": "# Home\n\n[a](smtp/536.md)\n\n[b](smtp/450-vs-551.md)\n\n<< smtp(550) >>\n"}
    site = build_site(pages, plugin=USED)
    assert [re.search(r"'(smtp/[^']*)'", warning)[1] for warning in site.warnings] == [
        "smtp/536.md",
        "smtp/450-vs-551.md",
    ]


def test_a_link_to_the_index_alone_makes_the_index_and_the_commands(build_site):
    site = build_site({"index.md": "# Home\n\n[codes](smtp/index.md)\n"}, plugin=USED, **STRICT)
    assert codes(site) == set()
    assert (site.folder / "smtp" / "commands" / "rcpt" / "index.html").exists()
    assert broken_links(site.folder) == []


def test_an_item_of_the_navigation_is_a_use_and_stays_where_it_is(build_site):
    nav = [{"Home": "index.md"}, {"Our 551": "smtp/551.md"}, {"Mail": ["smtp/541-5.6.2.md", "smtp/"]}]
    site = build_site({"index.md": "# Home\n\n<< smtp(422) >>\n"}, plugin=USED, nav=nav, theme="readthedocs", **STRICT)
    assert not site.warnings
    assert codes(site) == {"551", "541-5.6.2", "541", "5.6.2", "422"}
    links = menu(site.soup())
    assert links.index("smtp/551/") < links.index("smtp/541-5.6.2/") < links.index("smtp/") < links.index("smtp/422/")
    assert "Our 551" in text_of(site.html())
    assert len([link for link in links if link == "smtp/551/"]) == 1
    assert broken_links(site.folder) == []


# --- the place of the pages --------------------------------------------------------------------------------------------

PAGE = "# Home\n\n<< smtp_compare(453, 551) >>\n\n<< smtp(551 5.6.1) >>\n"


def neighbours(site, start):
    """The pages that follow each other by their link to the next one."""
    found, path = [], start
    while path is not None:
        found.append(path)
        page = site.soup(f"{path}index.html")
        following = [
            link for link in page.select("a[href]") if link.get("accesskey") == "n" or "Next" in link.get_text()
        ]
        here = next((link["href"] for link in following), None)
        path = None if here is None else f"{posixpath.normpath(posixpath.join(path, here))}/"
    return found


@pytest.mark.parametrize("nav", [None, [{"Start": "index.md"}, {"Codes": "smtp/"}, {"Last": "last.md"}]])
def test_the_navigation_has_codes_before_commands_and_one_row_of_neighbours(build_site, nav):
    given = {} if nav is None else {"nav": nav}
    site = build_site({"index.md": PAGE, "last.md": "# Last\n"}, plugin=USED, theme="readthedocs", **given, **STRICT)
    assert not site.warnings
    links = menu(site.soup())
    ours = [link for link in links if link.startswith("smtp/")]
    assert ours[:5] == ["smtp/", "smtp/453/", "smtp/551/", "smtp/5.6.1/", "smtp/551-5.6.1/"]
    commands = [link for link in ours if link.startswith("smtp/commands/")]
    assert commands[0] == "smtp/commands/"
    assert ours[-len(commands) :] == commands, "they come last"
    assert "Codes of this site" not in text_of(site.html())
    assert "Whole replies" in text_of(site.html())
    row = neighbours(site, "")
    assert [page for page in row if page.startswith("smtp/")] == ours
    if nav:
        assert row[-1] == "last/"
        assert "Codes" in text_of(site.html())
    assert links[links.index("smtp/") - 1] == ("SMTP code reference" if nav is None else "Codes")


def test_search_and_sitemap_know_the_pages_that_were_added_late(build_site):
    site = build_site({"index.md": PAGE}, plugin=USED, **STRICT)
    locations = {document["location"] for document in site.search()}
    assert {"smtp/453/", "smtp/551-5.6.1/#smtp-551-5-6-1", "smtp/"} <= locations
    assert "smtp/422/" not in locations
    sitemap = etree.parse(site.folder / "sitemap.xml").getroot()
    found = {element.text for element in sitemap.iter() if element.tag.endswith("loc")}
    assert "https://example.org/smtp/551-5.6.1/" in found
    assert "https://example.org/smtp/422/" not in found


@pytest.mark.parametrize("pattern", ["not_in_nav", "exclude_docs"])
def test_the_sites_patterns_hold_for_pages_that_are_added_late(build_site, pattern):
    site = build_site({"index.md": PAGE}, plugin=USED, theme="readthedocs", **{pattern: "smtp/5*\n"})
    links = menu(site.soup())
    assert "smtp/453/" in links
    assert not [link for link in links if link.startswith("smtp/5")]
    assert ("551" in codes(site)) is (pattern == "not_in_nav")


@needs("mkdocs_awesome_nav")
@pytest.mark.parametrize(
    ("nav", "expected"),
    [
        ("", ["last/", "Smtp", "smtp/", "By class", "smtp/453/"]),
        ("nav: [index.md, Codes: smtp, last.md]\n", ["Codes", "smtp/", "By class", "smtp/453/"]),
        ("nav: [index.md, smtp, '*']\n", ["Smtp", "smtp/", "By class", "smtp/453/"]),
        ("nav:\n  - index.md\n  - smtp/251.md\n  - Mail: [Our 422: smtp/422.md]\n  - '*'\n", ["smtp/251/", "Mail", "smtp/422/"]),
        ("flatten_single_child_sections: true\n", ["SMTP code reference", "smtp/", "By class", "smtp/453/"]),
    ],
)  # fmt: skip
def test_awesome_nav_chooses_the_place(build_site, nav, expected):
    pages = {"index.md": PAGE, "last.md": "# Last\n", ".nav.yml": nav}
    site = build_site(pages, theme="readthedocs", plugins=["search", "awesome-nav", {"smtpcodes": USED}], **STRICT)
    assert not site.warnings
    links = menu(site.soup())
    at = links.index(expected[0])
    assert links[at : at + len(expected)] == expected
    made = {"453", "551", "551-5.6.1", "5.6.1"}
    assert codes(site) == made | ({"251", "422"} if "251" in nav else set())
    assert {f"smtp/{code}/" for code in codes(site)} <= set(links)
    assert broken_links(site.folder) == []


@needs("mkdocs_awesome_nav")
def test_awesome_nav_may_leave_the_reference_out(build_site):
    pages = {"index.md": PAGE, "smtp/.nav.yml": "hide: true\n"}
    site = build_site(pages, theme="readthedocs", plugins=["search", "awesome-nav", {"smtpcodes": USED}], strict=True)
    assert "551" in codes(site)
    assert not [link for link in menu(site.soup()) if link.startswith("smtp/")]


@needs("mkdocs_awesome_nav")
def test_nothing_used_leaves_nothing_in_the_navigation_of_awesome_nav(build_site):
    pages = {"index.md": "# Home\n", "last.md": "# Last\n"}
    site = build_site(pages, theme="readthedocs", plugins=["search", "awesome-nav", {"smtpcodes": USED}], **STRICT)
    assert not (site.folder / "smtp").exists()
    assert [link for link in menu(site.soup()) if "smtp" in link.lower()] == []
    assert neighbours(site, "") == ["", "last/"]


I18N = {
    "languages": [
        {"locale": "en", "name": "English", "default": True, "build": True},
        {"locale": "tr", "name": "Türkçe", "build": True},
        {"locale": "de", "name": "Deutsch", "build": True},
    ]
}


@needs("mkdocs_static_i18n", "mkdocs_macros", "material")
@pytest.mark.parametrize("structure", ["suffix", "folder"])
def test_each_language_of_static_i18n_has_what_it_uses_and_what_those_before_it_use(build_site, tmp_path, structure):
    (tmp_path / "site").mkdir()
    macro = "def define_env(env):\n    env.macro(lambda n: f'<< smtp_code({n}) >>', 'code')\n"
    (tmp_path / "site" / "main.py").write_text(macro, encoding="utf-8")
    texts = {
        "en": "{{ code(251) }}",
        "tr": "{{ code(422) }}\n\n[x](smtp/253.md)",
        "de": "[x](smtp/551-5.6.1.md#smtp-551-5.6.1)",
    }
    pages = {
        f"{lang}/index.md"
        if structure == "folder"
        else f"index{'' if lang == 'en' else f'.{lang}'}.md": f"# H\n\n{text}\n"
        for lang, text in texts.items()
    }
    site = build_site(
        pages, theme="material",
        plugins=["search", {"i18n": {"docs_structure": structure, **I18N}}, "macros", {"smtpcodes": USED}], **STRICT,
    )  # fmt: skip
    assert not site.warnings
    assert codes(site) == {"251"}
    assert codes(site, "tr/smtp") == {"251", "422", "253"}
    assert codes(site, "de/smtp") == {"251", "422", "253", "551-5.6.1", "551", "5.6.1"}
    assert broken_links(site.folder) == []

    def alternates(path):
        page = site.soup(path)
        canonical = page.select_one('link[rel="canonical"]')["href"]
        found = {link["hreflang"]: link["href"] for link in page.select('link[rel="alternate"][hreflang]')}
        return canonical, set(found)

    assert alternates("smtp/251/index.html") == ("https://example.org/smtp/251/", {"en", "tr", "de"})
    canonical, _ = alternates("tr/smtp/422/index.html")
    assert canonical == "https://example.org/tr/smtp/422/"
    sitemap = (site.folder / "sitemap.xml").read_text(encoding="utf-8")
    assert "<loc>https://example.org/tr/smtp/422/</loc>" in sitemap
    assert "<loc>https://example.org/smtp/422/</loc>" not in sitemap
    assert 'href="https://example.org/smtp/422/"' not in sitemap
    links = [link["href"] for link in site.soup("tr/index.html").select("a.md-nav__link[href]")]
    assert "smtp/422/" in links


# --- it never fails a strict build -------------------------------------------------------------------------------------


def test_an_index_of_many_hundred_replies_builds_strictly(build_site):
    basics = ["510", "511", "512", "513", "538", "541", "571"]
    replies = [f"{basic} 5.3.{number}" for basic in basics for number in range(100, 130)]
    assert len(replies) > SIGNATURES["smtp_table"].most, "in one class"
    text = "\n\n".join(f"<< smtp({reply}) >>" for reply in replies)
    site = build_site({"index.md": f"# Home\n\n{text}\n"}, plugin=USED, **STRICT)
    assert not site.warnings
    index = site.soup("smtp/index.html")
    assert {h.get_text() for h in index.select("h2")} == {"By class", "By subject", "Whole replies", "By command"}
    listed = {cell.get_text(strip=True) for cell in index.select("table.smtp-list th[scope=row]")}
    assert set(replies) <= listed
    anchors = [table["id"] for table in index.select("table.smtp-list")]
    assert len(anchors) == len(set(anchors))
    assert all(len(anchor) < 40 for anchor in anchors)


def test_only_what_the_site_defines_stands_under_codes_of_this_site(build_site):
    words = "words:\n  en:\n    codes:\n      E1: {name: Ours, summary: It is ours.}\n"
    pages = {
        "index.md": "# Home\n\n<< smtp(E1) >>, << smtp(550 5.7.1) >>, << smtp(550 5.7.26) >>\n",
        "../own.yml": f"codes:\n  E1: {{reply: 550 5.7.1}}\n  550 5.7.1: {{acts: sender}}\n{words}",
    }
    site = build_site(pages, plugin=USED | {"data_files": ["own.yml"]}, theme="readthedocs", **STRICT)
    index = site.soup("smtp/index.html")
    rows = {}
    for table in index.select("table.smtp-list"):
        heading = table.find_previous("h2").get_text()
        rows.setdefault(heading, []).extend(cell.get_text(strip=True) for cell in table.select("th[scope=row]"))
    assert rows["Codes of this site"] == ["E1", "550 5.7.1"]
    assert rows["Whole replies"] == ["550 5.7.26"]
    assert rows["By class"] == ["550"]
    links = menu(site.soup())
    assert links.index("Whole replies") < links.index("smtp/550-5.7.26/") < links.index("Codes of this site")
    assert links.index("Codes of this site") < links.index("smtp/E1/") < links.index("smtp/commands/")


def test_a_build_that_renders_only_what_has_changed_keeps_what_was_used_before(build_site, tmp_path):
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    build_site({"index.md": "# Home\n\n<< smtp(251) >>\n", "two.md": "# Two\n\n<< smtp(422) >>\n"}, plugin=USED)
    config = load_config(str(tmp_path / "site" / "mkdocs.yml"), site_dir=str(tmp_path / "site" / "out"))
    config.plugins.on_startup(command="serve", dirty=True)
    build(config)
    (tmp_path / "site" / "docs" / "index.md").write_text("# Home\n\n<< smtp(551) >>\n", encoding="utf-8")
    build(config, dirty=True)
    made = {path.parent.name for path in (tmp_path / "site" / "out" / "smtp").glob("*/index.html")}
    assert {"422", "551"} <= made


def test_a_doubt_about_a_directive_is_not_told_again_of_the_page_that_is_made_for_it(build_site):
    site = build_site({"index.md": "# A\n\n<< smtp_code(550 4.7.1) >>\n"}, plugin=USED)
    assert "550-4.7.1" in codes(site)
    assert [warning.split(": ")[0] for warning in site.warnings] == ["docs/index.md:3"]


def test_a_directive_that_is_shown_in_code_uses_no_code_and_one_in_the_text_of_an_image_does(build_site):
    text = "# SMTP replies\n\nWrite `<< smtp(432) >>` of `450` or `<< smtp_code(431) >>`.\n\n"
    text += "![a << smtp(432) >>](a.png)\n\n"
    text += '[x](https://example.org "<< smtp(553) >>") and \\<< smtp(554) >>\n\n```\n<< smtp_code(452) >>\n\n451 4.7.1 no\n```\n'
    site = build_site({"index.md": text}, plugin={**USED, "autolink": "text", "autolink_fences": True})
    assert codes(site) == {"432", "553", "450", "451", "4.7.1", "451-4.7.1"}
    assert [a.get_text() for a in site.soup().select("a.smtp-ref")][:1] == ["450"]
    assert "<< smtp(432) >>" in site.soup().get_text() and "<< smtp_code(452) >>" in site.soup().get_text()
