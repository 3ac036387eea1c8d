"""Markdown references to entries, and the inventory by which other sites link to them."""

import importlib.util
import os
import zlib

import pytest

from mkdocs_smtpcodes import load_dataset
from mkdocs_smtpcodes.dataset.naming import key_of, keys, name_of
from mkdocs_smtpcodes.reference import inventory

from .conftest import convert, soup, text_of
from .links import broken_links

DATASET = load_dataset()
RFC_550 = "https://www.rfc-editor.org/rfc/rfc5321#section-4.2.3"


def link(text, *extensions, **options):
    return soup(convert(text, *extensions, **options)).find("a")


def test_every_name_leads_back_to_what_it_names():
    for key in keys(DATASET):
        assert key_of(name_of(key), DATASET) == key
    assert key_of("smtp-550-5.7.1", DATASET) == "550 5.7.1", "the former anchor"
    assert key_of("smtp-5-7-606-649", DATASET) == "5.7.606-649"


def test_a_reference_to_a_code_is_what_the_directive_makes_with_the_text_of_the_writer():
    made = soup(convert("[the *reply*][smtp-550]"))
    plain = soup(convert("<< smtp(550) >>"))
    assert made.a.decode_contents() == "the <em>reply</em>"
    made.a.clear(), plain.a.clear()
    assert str(made) == str(plain)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("[550 5.7.1][smtp-550-5-7-1]", "550 5.7.1"),
        ("[`550 5.7.1`][smtp-550-5-7-1]", "<code>550 5.7.1</code>"),
        ("[550]\n[smtp-550]", "550"),
        ("[smtp-550][]", "<code>550</code>"),
        ("[`smtp-550`][]", "<code>550</code>"),
        ("[smtp-reason-greylisted][]", "Greylisting"),
        ("[smtp-sender-gmail][]", "Gmail"),
        ("[a **b** `c`][smtp-sender-gmail]", "a <strong>b</strong> <code>c</code>"),
        ("> - [550][smtp-550]", "550"),
        ("[550][SMTP-550]", "550"),
        ("[SMTP-550-5-7-1][]", "<code>550 5.7.1</code>"),
        ("[wait][Smtp-Reason-Greylisted]", "wait"),
    ],
)
def test_a_reference_is_a_link_wherever_text_may_stand(written, shown, caplog):
    assert link(written).decode_contents() == shown
    assert not caplog.records


def test_a_reference_in_a_heading_is_a_link_without_a_tooltip_and_leaves_the_slug_alone():
    heading = soup(convert("## After [550][smtp-550] and [greylisting][smtp-reason-greylisted]")).h2
    assert heading["id"] == "after-550-and-greylisting"
    assert [a.get_text() for a in heading.find_all("a")] == ["550", "greylisting"]
    assert not heading.select("[role=tooltip]")


def test_within_a_link_a_reference_is_text():
    page = soup(convert("[see [550][smtp-550] and [Gmail][smtp-sender-gmail]](https://example.org)"))
    assert [a["href"] for a in page.find_all("a")] == ["https://example.org"]
    assert page.a.get_text() == "see 550 and Gmail"


def test_an_attribute_list_belongs_to_the_link():
    made = link('[550][smtp-550]{ .button title="a" }', "attr_list")
    assert made["class"] == ["smtp-ref", "button"] and made["title"] == "a"


@pytest.mark.parametrize(
    "text",
    ["`[550][smtp-550]`", "    [550][smtp-550]", "```\n[550][smtp-550]\n```", "![550][smtp-550]", "\\[550][smtp-550]",
     "[550] [x]", "[550][SMTP]", "[smtp-setup]", "[smtp-550](x.md)",
     "[smtp-550]: https://example.org", "`[smtp-550]`", "\\[smtp-550]", "![smtp-550]", "[smtp 550]", "[SMTP](https://example.org)",
     "[a][smtp setup]"],
)  # fmt: skip
def test_what_is_no_reference_stays_as_it_is(text, caplog):
    assert not soup(convert(text, "fenced_code")).find("a", class_=True)
    assert not caplog.records


@pytest.mark.parametrize("name", ["smtp-421", "smtp-550-5-7-1", "smtp-sender-gmail", "SMTP-reason-greylisted"])
def test_a_name_in_one_pair_of_brackets_stays_text_and_is_told(name, caplog):
    html = convert(f"# Page\n\nSee [{name}] and [550][smtp-550].\n")
    assert f"See [{name}] and" in soup(html).p.get_text()
    told = f"line 3: [{name}] is shown as it stands, for a reference has two pairs of brackets; write [{name}][]"
    assert [record.getMessage() for record in caplog.records] == [told]
    caplog.clear()
    assert link(f"[{name}]\n\n[{name}]: https://example.org")["href"] == "https://example.org"
    assert not caplog.records


def test_a_label_that_the_page_defines_is_the_pages():
    assert link("[550][smtp-550]\n\n[smtp-550]: https://example.org")["href"] == "https://example.org"
    assert link("[550][SMTP 550]\n\n[smtp 550]: https://example.org")["href"] == "https://example.org"


KINDS = (
    "there are names of codes (smtp-550-5-7-1), of comparisons (smtp-450-vs-550), of reasons (smtp-reason-greylisted) and of"
    " senders (smtp-sender-gmail)"
)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("[smtp-536]", "536 is not a known code; did you mean smtp-535, smtp-534 or smtp-530?"),
        ("[smtp-reason-graylisted]", "graylisted is not a reason on record; did you mean smtp-reason-greylisted?"),
        ("[smtp-sender-gmial]", "gmial is not a sender on record; did you mean smtp-sender-gmail?"),
        ("[smtp-5-7-1x]", "5-7-1x is not a known code; did you mean smtp-5-7-1?"),
        ("[smtp-550-vs-550]", "550 is not compared with itself; write smtp-550, or two different codes"),
        ("[smtp-550-vs-]", "a comparison has two to four codes; write one such as smtp-450-vs-550"),
        (
            "[smtp-550-vs-551-vs-552-vs-553-vs-554]",
            "a comparison has two to four codes; write one such as smtp-450-vs-550",
        ),
        ("[smtp-reason-]", "the reason is missing; write one such as smtp-reason-user-unknown"),
        ("[smtp_550]", "this is no name of an entry; did you mean smtp-550?"),
        ("[smtp550]", "this is no name of an entry; did you mean smtp-550?"),
        ("[SMTP 550]", "this is no name of an entry; did you mean smtp-550?"),
        ("[smtp 550 5.7.1]", "this is no name of an entry; did you mean smtp-550-5-7-1?"),
        ("[smtp_5xx]", "this is no name of an entry; write one such as smtp-550-5-7-1"),
        ("[smtp-550.5.1.1]", "550.5.1.1 is not a known code; did you mean smtp-550-5-1-1?"),
        ("[smtp-55O]", "55o is not a known code; did you mean smtp-550?"),
        ("[smtp-gmail]", "gmail is no code, reason or sender; did you mean smtp-sender-gmail?"),
        ("[smtp-sender-google]", "google is not a sender on record; did you mean smtp-sender-gmail?"),
        ("[smtp-reason-relay]", "relay is not a reason on record; did you mean smtp-reason-relay-denied?"),
        ("[smtp-setup]", f"setup is no code, reason or sender; {KINDS}"),
        ("[smtp-commands]", f"commands is no code, reason or sender; {KINDS}"),
        ("[smtp-lookup]", f"lookup is no code, reason or sender; {KINDS}"),
        ("[smtp-]", f"the name ends with its hyphen; {KINDS}"),
        ("[smtp-reason]", "the reason is missing; write one such as smtp-reason-user-unknown"),
        ("[smtp-250-535]", "250-535 is not a known code; did you mean smtp-250-vs-535?"),
        ("[smtp-450-550-421]", "450-550-421 is not a known code; did you mean smtp-450-vs-550-vs-421?"),
        ("[smtp-250and535]", "250and535 is not a known code; did you mean smtp-250-vs-535?"),
        ("[smtp-550-5-7-01]", "550 5.7.01 is not a known code; did you mean smtp-550-5-7-1?"),
        ("[smtp-code-550]", "code-550 is no code, reason or sender; did you mean smtp-550?"),
        ("[smtp-5xx]", "5xx is a class; << smtp_table(5xx) >> lists its codes"),
        ("[smtp-reply:550]", "reply:550 is no code, reason or sender; did you mean smtp-550?"),
        (
            "[smtp-reasons-greylisted]",
            "reasons-greylisted is no code, reason or sender; did you mean smtp-reason-greylisted?",
        ),
    ],
)
def test_a_reference_to_nothing_is_one_message_with_its_line_and_stays_as_written(written, message, caplog):
    html = convert(f"# Page\n\n`[x]{written}` and [550][smtp-550]\n\n> see [the *one*]{written} here\n")
    assert [record.getMessage() for record in caplog.records] == [f"line 5: {written}: {message}"]
    assert f"see [the one]{written} here" in text_of(html).replace(" one ", " one").replace("one]", "one]")
    assert soup(html).select_one(".smtp-mistake mark")["title"] == f"{written}: {message}"


def test_where_an_engine_sees_one_page_a_reference_leads_to_the_page_itself_else_to_the_page_of_entries_else_out():
    entry = "\n\n<< smtp_replies(reason=greylisted) >>\n\n<< smtp_compare(250, 535) >>"
    assert link(f"[x][smtp-reason-greylisted]{entry}")["href"] == "#smtp-reason-greylisted"
    assert link(f"[x][smtp-535-vs-250]{entry}")["href"] == "#smtp-250-vs-535"
    # A page with the entries of codes need not have reasons, senders and comparisons.
    for name in ("reason-greylisted", "sender-gmail", "450-vs-550"):
        outside = link(f"[x][smtp-{name}]")["href"]
        assert link(f"[x][smtp-{name}]", entries_page="/codes/")["href"] == outside and outside.startswith("https://")
    assert link("[x][smtp-550]", entries_page="/codes/")["href"] == "/codes/#smtp-550"
    assert link("[x][smtp-550]")["href"] == RFC_550
    assert link("[x][smtp-sender-gmail]")["href"].startswith("https://support.google.com/")


@pytest.mark.parametrize("place", ["codes.md", "codes/index.md"])
@pytest.mark.parametrize("address", ["/codes/", "codes.html", "codes/index.html"])
def test_a_page_of_entries_whose_source_is_there_has_what_it_shows_and_no_more(tmp_path, place, address):
    from markdown import Markdown

    from mkdocs_smtpcodes.extension import SmtpCodesExtension
    from mkdocs_smtpcodes.extension.state import Page

    source = tmp_path / place
    source.parent.mkdir(exist_ok=True)

    def found(text, entries):
        source.write_text(entries, encoding="utf-8")
        os.utime(source, ns=(len(entries), len(entries)))
        extension = SmtpCodesExtension(entries_page=address)
        extension.managed = True
        extension.page = Page("a.md", folders=lambda: [tmp_path / "other", tmp_path])
        return [a["href"] for a in soup(Markdown(extensions=[extension]).convert(text))("a")]

    entries = (
        "<< smtp_code(550) >>\n\n<< smtp_code(421, id=mine) >>\n\n<< smtp_replies(reason=greylisted) >>\n\n"
        "```\n<< smtp_code(451) >>\n```\n\n<< smtp_compare(550, 450) >>\n"
    )
    text = "[a][smtp-550] [b][smtp-421] [c][smtp-451] [d][smtp-reason-greylisted] [e][smtp-sender-gmail] [f][smtp-450-vs-550]"
    told = found(text, entries)
    for number, anchor in ((0, "smtp-550"), (1, "mine"), (3, "smtp-reason-greylisted"), (5, "smtp-550-vs-450")):
        assert told[number] == f"{address}#{anchor}"
    assert told[2].startswith("https://www.rfc-editor.org/") and told[4].startswith("https://support.google.com/")
    # What it includes may have more.
    assert found(text, f'{entries}\n--8<-- "more.md"\n')[2] == f"{address}#smtp-451"


# --- sites -------------------------------------------------------------------------------------------------------------

TEXT = (
    "# Home\n\n## About [550][smtp-550]\n\n[550 5.7.1][smtp-550-5-7-1] [Gmail][smtp-sender-gmail] [wait][smtp-reason-greylisted] "
    "[cmp][smtp-550-vs-450] [own](#about-550)\n\n| a |\n|---|\n| [x][smtp-421] |\n"
)
AUTOREFS = bool(importlib.util.find_spec("mkdocs_autorefs"))


needs_autorefs = pytest.mark.skipif(not AUTOREFS, reason="not installed: mkdocs_autorefs")


@pytest.mark.parametrize(
    ("autorefs", "reference"),
    [
        (False, "used"),
        pytest.param(True, "used", marks=needs_autorefs),
        pytest.param(True, "all", marks=[needs_autorefs, pytest.mark.whole]),
    ],
)
def test_references_find_the_pages_of_the_reference(build_site, autorefs, reference):
    plugins = ["search", *(["autorefs"] if autorefs else [])]
    plugins.append({"smtpcodes": {"reference": reference, "comparisons": [[450, 550]]}})
    text = TEXT + ("\n[set up][smtp-setup]\n\n## SMTP setup {#smtp-setup}\n" if autorefs else "")
    site = build_site(
        {"index.md": text}, plugins=plugins, strict=True, validation={"anchors": "warn"},
        markdown_extensions=["toc", "tables", "attr_list"],
    )  # fmt: skip
    assert not site.warnings
    found = [a["href"] for a in site.soup().select("a.smtp-ref, a.smtp-link")]
    whole = "smtp/550-5.7.1/#smtp-550-5-7-1" if reference == "used" else "smtp/5.7.1/#smtp-5-7-1"
    assert found == [
        "smtp/550/#smtp-550", whole, "smtp/senders/gmail/#smtp-sender-gmail",
        "smtp/reasons/greylisted/#smtp-reason-greylisted", "smtp/450-vs-550/#smtp-450-vs-550", "smtp/421/#smtp-421",
    ]  # fmt: skip
    assert broken_links(site.folder) == []
    if autorefs:
        assert site.soup().find("a", string="set up")["href"] == "#smtp-setup"


def test_references_find_sections_on_written_pages_and_else_lead_out(build_site):
    pages = {
        "index.md": TEXT,
        "a.md": "# A\n\n<< smtp_code(550) >>\n\n<< smtp_replies(gmail) >>\n\n<< smtp_compare(450, 550) >>\n",
    }
    site = build_site(pages, strict=True, validation={"anchors": "warn"}, markdown_extensions=["toc", "tables"])
    found = {a.get_text(): a["href"] for a in site.soup().select("a.smtp-ref, a.smtp-link")}
    assert found["550"] == "a/#smtp-550"
    assert found["Gmail"] == "a/#smtp-sender-gmail"
    assert found["cmp"] == "a/#smtp-450-vs-550"
    assert found["550 5.7.1"].startswith("https://www.rfc-editor.org/")
    assert found["wait"].startswith("https://www.rfc-editor.org/rfc/rfc6647")


def test_a_wrong_reference_is_told_with_file_and_line(build_site):
    site = build_site({"index.md": "---\ntitle: A\n---\n\n# Home\n\n[x][smtp-536]\n"})
    (warning,) = site.warnings
    assert warning.startswith("docs/index.md:7: [smtp-536]: 536 is not a known code")


def test_abbreviations_live_beside_references_and_sections(build_site):
    text = "[x SMTP][smtp-550] SMTP << smtp(535) >>\n\n<< smtp_code(550) >>\n\n*[SMTP]: Simple Mail Transfer Protocol\n"
    site = build_site(
        {"index.md": text}, theme={"name": "material", "features": ["content.tooltips"]}, strict=True,
        markdown_extensions=["abbr", "toc"],
    )  # fmt: skip
    page = site.soup()
    assert page.select_one("a.smtp-ref abbr").get_text() == "SMTP"
    assert page.select_one("section.smtp-entry h2")


# --- objects.inv -------------------------------------------------------------------------------------------------------


def test_the_inventory_leads_to_codes_reasons_senders_and_comparisons(build_site):
    plugin = {"reference": "all", "comparisons": [[450, 550]]}
    site = build_site({"index.md": "# Home\n\n<< smtp_code(535) >>\n"}, plugin=plugin)
    content = (site.folder / "objects.inv").read_bytes()
    lines = content.split(b"\n", 4)
    assert lines[:4] == [
        b"# Sphinx inventory version 2", b"# Project: Test", b"# Version: -",
        b"# The remainder of this file is compressed using zlib.",
    ]  # fmt: skip
    told = zlib.decompress(lines[4]).decode().splitlines()
    assert "smtp-550 std:label -1 smtp/550/#$ SMTP 550 Mailbox unavailable" in told
    found = {item.name: item for item in inventory.read(content)}
    assert found["smtp-535"].address == "#smtp-535", "the entry that the site has written"
    assert {"smtp-550", "smtp-5-7-1", "smtp-reason-greylisted", "smtp-sender-gmail", "smtp-450-vs-550"} <= set(found)
    for item in found.values():
        path, _, anchor = item.address.partition("#")
        assert f'id="{anchor}"' in site.html(f"{path}index.html"), item


def test_the_inventory_is_read_by_those_who_link(build_site):
    reader = pytest.importorskip("mkdocstrings").Inventory
    site = build_site({"index.md": "# Home\n\n<< smtp_code(535) >>\n"})
    with (site.folder / "objects.inv").open("rb") as file:
        assert reader.parse_sphinx(file)["smtp-535"].uri == "#smtp-535"


def test_the_inventory_keeps_what_another_plugin_has_put_there(build_site):
    hook = (
        "from pathlib import Path\nfrom mkdocs_smtpcodes.reference.inventory import Item, write\n"
        "def on_env(env, config, files):\n    Path(config.site_dir).mkdir(exist_ok=True)\n"
        "    Path(config.site_dir, 'objects.inv').write_bytes(write('P', '1', [Item('a.b', 'x/#a.b', 'a.b', 'py:class', '1')]))\n"
    )
    site = build_site({"index.md": "<< smtp_code(535) >>", "../hook.py": hook}, hooks=["hook.py"])
    found = list(inventory.read((site.folder / "objects.inv").read_bytes()))
    assert {(item.name, item.kind, item.address) for item in found} == {
        ("a.b", "py:class", "x/#a.b"), ("smtp-535", "std:label", "#smtp-535"),
    }  # fmt: skip


def test_a_site_that_explains_nothing_has_no_inventory(build_site):
    site = build_site({"index.md": "# Home\n\n<< smtp(535) >>\n"})
    assert not (site.folder / "objects.inv").exists()
    assert list(inventory.read(b"something else")) == []


@pytest.mark.skipif(not importlib.util.find_spec("mkdocs_static_i18n"), reason="not installed: mkdocs_static_i18n")
def test_in_several_languages_the_inventory_leads_to_the_default_one_whatever_others_write_in_between(build_site):
    languages = [
        {"locale": "en", "name": "English", "default": True, "build": True},
        {"locale": "tr", "name": "T", "build": True},
    ]
    hook = (
        "from pathlib import Path\nfrom mkdocs_smtpcodes.reference.inventory import Item, write\nbuilt = []\n"
        "def on_env(env, config, files):\n    built.append(1)\n    Path(config.site_dir).mkdir(exist_ok=True)\n"
        "    items = [Item('a', 'x', 'a')] if len(built) == 1 else []\n"
        "    Path(config.site_dir, 'objects.inv').write_bytes(write('P', '1', items))\n"
    )
    pages = {
        "index.md": "<< smtp_code(535) >>",
        "index.tr.md": "<< smtp_code(535) >>\n\n<< smtp_code(550) >>",
        "../hook.py": hook,
    }
    plugins = ["search", {"i18n": {"docs_structure": "suffix", "languages": languages}}, "smtpcodes"]
    site = build_site(pages, plugins=plugins, hooks=["hook.py"])
    found = {item.name: item.address for item in inventory.read((site.folder / "objects.inv").read_bytes())}
    assert found == {"a": "x", "smtp-535": "#smtp-535", "smtp-550": "tr/#smtp-550"}
