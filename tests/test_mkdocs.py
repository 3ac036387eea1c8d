"""Real builds with MkDocs: what a site gets, in each theme and layout."""

import pytest

from .conftest import soup, text_of

PAGE = "# Bounces\n\nIntro.\n\n<< smtp_compare(530, 535) >>\n\n## After\n\nText.\n"
ANCHOR = "smtp-530-vs-535"


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs", "material"])
@pytest.mark.parametrize("directory_urls", [True, False])
def test_contents_search_and_links_see_the_section_in_every_theme(build_site, theme, directory_urls):
    pages = {"index.md": f"# Home\n\n[see](sub/page.md#{ANCHOR})\n", "sub/page.md": PAGE}
    site = build_site(
        pages, theme=theme, use_directory_urls=directory_urls, strict=True, validation={"anchors": "warn"}
    )
    assert not site.warnings
    path = "sub/page/index.html" if directory_urls else "sub/page.html"
    page = site.soup(path)
    heading = page.find(id=ANCHOR)
    assert heading.name == "h2"
    assert page.select(f'a[href$="#{ANCHOR}"]'), "the contents link to it"
    found = [doc for doc in site.search() if doc["location"].endswith(f"#{ANCHOR}")]
    assert len(found) == 1
    # Material shows the heading, MkDocs the short label of the contents.
    assert {"530", "535"} <= set(found[0]["title"].split())
    whole = " ".join(doc["text"] for doc in site.search() if "page" in doc["location"])
    assert "Authentication credentials invalid" in whole
    assert "doveadm auth test" in whole, "the text of the section can be searched"
    assert page.select('link[href$="assets/smtpcodes.css"]')
    assert (site.folder / "assets" / "smtpcodes.css").read_text(encoding="utf-8").startswith("/*")


def test_the_stylesheet_comes_before_the_sites_own_and_can_be_left_out(build_site):
    site = build_site({"index.md": PAGE, "own.css": "p{}"}, extra_css=["own.css"])
    hrefs = [link["href"] for link in site.soup().select('link[rel="stylesheet"]')]
    assert hrefs.index("assets/smtpcodes.css") < hrefs.index("own.css")
    site = build_site({"index.md": PAGE}, plugin={"css": False}, folder="without")
    assert "smtpcodes.css" not in site.html()
    assert not (site.folder / "assets").exists()


def test_a_page_has_the_language_of_its_front_matter_then_the_option_then_the_theme(build_site):
    pages = {
        "index.md": "<< smtp_compare(530, 535) >>",
        "meta.md": "---\nlang: en\n---\n<< smtp_compare(530, 535) >>",
        "own.md": "---\nlang: en\n---\n<< smtp_compare(530, 535, lang=tr) >>",
    }

    def language(site, path):
        return site.soup(path).select_one(".smtp-compare")["lang"]

    site = build_site(pages, theme={"name": "material", "language": "tr"}, folder="theme")
    assert [language(site, p) for p in ("index.html", "meta/index.html", "own/index.html")] == ["tr", "en", "tr"]
    site = build_site(pages, plugin={"lang": "tr"}, folder="option")
    assert [language(site, p) for p in ("index.html", "meta/index.html")] == ["tr", "en"]
    site = build_site(pages, plugin={"lang": "en"}, theme={"name": "material", "language": "tr"}, folder="both")
    assert language(site, "index.html") == "en"
    site = build_site(pages, theme={"name": "mkdocs", "locale": "tr_TR"}, folder="locale")
    assert language(site, "index.html") == "tr"


def test_a_mistake_names_file_and_line_and_the_page_is_complete(build_site):
    page = "---\ntitle: T\ntags: [a]\n---\n\n# Page\n\nFirst.\n\n<< smtp_compare(536, 250) >>\n\nLast.\n"
    site = build_site({"index.md": "# Home", "guide/page.md": page})
    assert site.warnings == [
        "docs/guide/page.md:10: smtp_compare: 536 is not a known code; did you mean 535, 534 or 530?"
        " A code of your own is described in data_files"
    ]
    text = text_of(site.html("guide/page/index.html"))
    assert "First." in text
    assert "<< smtp_compare(536, 250) >>" in text
    assert "Last." in text


def test_a_mistake_fails_a_strict_build(build_site):
    from mkdocs.exceptions import Abort

    with pytest.raises(Abort):
        build_site({"index.md": "<< smtp_compare(536, 250) >>"}, strict=True)


def test_an_unknown_language_in_the_configuration_is_one_warning(build_site):
    site = build_site({"index.md": PAGE, "two.md": PAGE}, plugin={"lang": "xx"})
    assert len(site.warnings) == 1
    assert site.warnings[0].startswith("mkdocs.yml:")
    assert "lang: 'xx' is not a language with words; it takes auto or one of" in site.warnings[0]
    assert site.soup().select("section.smtp-compare")


def test_plugin_and_extension_together_expand_once(build_site):
    site = build_site({"index.md": PAGE}, markdown_extensions=["toc", {"smtpcodes": {"lang": "tr"}}])
    sections = site.soup().select("section.smtp-compare")
    assert [section["lang"] for section in sections] == ["tr"]
    assert not site.warnings


def test_the_extension_works_without_the_plugin(build_site):
    site = build_site({"index.md": PAGE}, plugins=["search"], markdown_extensions=["toc", "smtpcodes"], strict=True)
    assert site.soup().select("section.smtp-compare")


def test_a_page_without_a_directive_is_the_same_with_and_without_the_plugin(build_site):
    text = "# Page\n\ncat <<EOF\n\n- << x >>\n\n```\n<< smtp_compare(250, 535) >>\n```\n"
    with_plugin = build_site({"index.md": text}, plugin={"css": False}, folder="with")
    without = build_site({"index.md": text}, plugins=["search"], folder="without")
    assert soup(with_plugin.html()).body == soup(without.html()).body


def test_directives_in_odd_places_of_a_site(build_site):
    pages = {
        "index.md": "# Home\n",
        "köy/sayfa ş.md": PAGE,
        "crlf.md": PAGE.replace("\n", "\r\n"),
        "bom.md": "\ufeff" + PAGE,
    }
    site = build_site(pages, strict=True)
    for path in ("köy/sayfa ş/index.html", "crlf/index.html", "bom/index.html"):
        assert site.soup(path).find(id=ANCHOR)
