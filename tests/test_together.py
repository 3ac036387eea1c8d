"""Together with the plugins that such sites use: every section once, ids unique, links right."""

import filecmp
import importlib.util
from collections import Counter
from pathlib import Path

import pytest

from .conftest import text_of
from .links import broken_links

D = "<< smtp_compare(250, 535) >>"


def needs(*modules):
    missing = [module for module in modules if importlib.util.find_spec(module) is None]
    return pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)}")


def ids(page):
    return [element["id"] for element in page.find_all(id=True)]


I18N = {
    "languages": [
        {"locale": "en", "name": "English", "default": True, "build": True},
        {"locale": "tr", "name": "Türkçe", "build": True},
    ]
}


@needs("mkdocs_static_i18n")
@pytest.mark.parametrize("structure", ["suffix", "folder"])
def test_each_language_of_static_i18n_has_its_own_sections_and_links(build_site, structure):
    texts = {
        "index": f"# Home\n\n<< smtp(535) >>\n\n{D}\n",
        "codes": "# Codes\n\n<< smtp_code(535) >>\n",
    }
    pages = {}
    for name, text in texts.items():
        for lang in ("en", "tr"):
            path = f"{lang}/{name}.md" if structure == "folder" else f"{name}{'' if lang == 'en' else '.tr'}.md"
            pages[path] = text
    site = build_site(
        pages, theme="material", plugins=["search", {"i18n": {"docs_structure": structure, **I18N}}, "smtpcodes"], strict=True,
        validation={"anchors": "warn"},
    )  # fmt: skip
    assert not site.warnings
    for path, lang in (("index.html", "en"), ("tr/index.html", "tr")):
        page = site.soup(path)
        assert [section["lang"] for section in page.select("section.smtp-compare")] == [lang]
        assert page.select_one("a.smtp-ref")["href"] == "codes/#smtp-535"
    assert site.soup("tr/codes/index.html").select_one(".smtp-entry")["lang"] == "tr"
    assert site.soup("codes/index.html").select_one(".smtp-entry")["lang"] == "en"
    assert broken_links(site.folder) == []


@needs("mkdocs_macros")
@pytest.mark.parametrize("order", [["macros", "smtpcodes"], ["smtpcodes", "macros"]])
def test_directives_that_macros_produce_are_expanded_and_linked(build_site, tmp_path, order):
    folder = tmp_path / "site"
    folder.mkdir()
    macro = "def define_env(env):\n    @env.macro\n    def code(n):\n        return f'<< smtp_code({n}) >>'\n"
    (folder / "main.py").write_text(macro, encoding="utf-8")
    pages = {"index.md": "# Home\n\n<< smtp(535) >>\n", "codes.md": "# Codes\n\n{{ code(535) }}\n\n{{ code(536) }}\n"}
    site = build_site(pages, plugins=["search", *order])
    assert site.soup().select_one("a.smtp-ref")["href"] == "codes/#smtp-535"
    assert len(site.soup("codes/index.html").select("section.smtp-entry")) == 1
    assert [w for w in site.warnings if "536 is not a known code" in w]


ALL = ["search", "tags", "macros", "include-markdown", "table-reader", "awesome-nav", "glightbox", "smtpcodes",
       {"redirects": {"redirect_maps": {"old.md": "codes.md"}}}, {"minify": {"minify_html": True}},
       {"print-site": {"add_to_navigation": False}}]  # fmt: skip


@needs("mkdocs_macros", "mkdocs_include_markdown_plugin", "mkdocs_table_reader_plugin", "mkdocs_awesome_nav",
       "mkdocs_glightbox", "mkdocs_redirects", "mkdocs_minify_plugin", "mkdocs_print_site_plugin")  # fmt: skip
@pytest.mark.parametrize("first", [pytest.param(False, marks=pytest.mark.whole), True])
@pytest.mark.filterwarnings("default")
def test_a_site_with_everything_builds_strictly_and_the_same_twice(build_site, first):
    plugins = [plugin for plugin in ALL if plugin != "smtpcodes"]
    plugins.insert(
        0 if first else 7, {"smtpcodes": {"reference": "used", "comparisons": [[450, 550]], "export": "json"}}
    )
    pages = {
        "index.md": f"---\ntags: [mail]\n---\n\n# Home\n\n<< smtp(535) >>\n\n{D}\n\n{{{{ read_csv('table.csv') }}}}\n",
        "codes.md": '# Codes\n\n{% include-markdown "./part.txt" %}\n\n<< smtp(250) >> and << smtp(535) >>\n',
        "part.txt": "<< smtp_code(535) >>\n",
        "table.csv": "code,meaning\n250,fine\n",
    }
    sites = [
        build_site(pages, theme="material", plugins=plugins, strict=True, folder=f"site{n}", validation={"anchors": "warn"},
                   markdown_extensions=["toc", "tables", "attr_list"])
        for n in range(2)
    ]  # fmt: skip
    site = sites[0]
    assert not site.warnings
    home, codes, printed = (site.soup(path) for path in ("index.html", "codes/index.html", "print_page/index.html"))
    assert len(home.select("section.smtp-compare")) == 1
    assert len(codes.select("section.smtp-entry")) == 1
    assert home.select_one("a.smtp-ref")["href"] == "codes/#smtp-535"
    # With the generated pages: 450 and 550 compared, and an entry of 250.
    assert len(printed.select("section.smtp-compare")) == 2
    assert {entry.find(["h1", "h2", "h3"]).get_text().split()[1] for entry in printed.select("section.smtp-entry")} == {
        "250",
        "535",
    }
    for page in (home, codes, printed):
        ours = [i for i in ids(page) if "smtp" in i]
        assert [i for i, times in Counter(ours).items() if times > 1] == []
    link = printed.select_one("a.smtp-ref")["href"]
    assert link.removeprefix("#") in ids(printed), (link, "put together before the pages were finished, and still good")
    assert [link for link in broken_links(site.folder) if "smtp" in link] == []
    for path in site.folder.rglob("*.html"):
        assert filecmp.cmp(path, sites[1].folder / path.relative_to(site.folder), shallow=False), path


def test_two_builds_are_byte_for_byte_the_same(build_site):
    pages = {
        "index.md": f"# Home\n\n{D}\n\n<< smtp_table(5.7.x) >>\n\n<< smtp(535) >>\n",
        "c.md": "<< smtp_code(535) >>",
    }
    first, second = (build_site(pages, folder=f"site{n}") for n in range(2))
    files = [
        path.relative_to(first.folder) for path in first.folder.rglob("*") if path.suffix in {".html", ".json", ".css"}
    ]
    for path in files:
        assert (first.folder / path).read_bytes() == (second.folder / path).read_bytes() or path == Path(
            "index.html"
        ), path
    assert text_of(first.html()) == text_of(second.html())
