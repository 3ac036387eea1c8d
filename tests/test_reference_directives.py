"""Entries, tables, the command matrix and codes in running text."""

import logging
import re
from itertools import pairwise

import pytest

from mkdocs_smtpcodes.dataset import load_dataset

from .conftest import convert, soup, text_of
from .links import broken_links

DATASET = load_dataset()


# --- smtp_code ---------------------------------------------------------------------------------------------------------


def test_an_entry_has_its_parts_in_order():
    page = soup(convert("# Page\n\n<< smtp_code(535) >>"))
    section = page.select_one("section.smtp-entry")
    assert section.find(id="smtp-535").name == "h2"
    assert section.select_one(".smtp-badge").get_text() == "Refused for good"
    headings = [heading.get_text() for heading in section.find_all("h3")]
    order = ["Description", "When You See It", "How to Fix", "What servers mean by it", "Example exchange",
             "Related codes", "Learn more"]  # fmt: skip
    assert headings == order
    assert section.select("figure .smtp-session i[data-class]")
    assert section.select("details.smtp-facts table.smtp-glance")


def test_anchors_of_entries_are_the_promised_ones():
    html = convert(
        "<< smtp_code(550) >>\n\n<< smtp_code(550 5.7.1) >>\n\n<< smtp_code(5.7.1) >>\n\n<< smtp_code(550) >>"
    )
    ids = [section["aria-labelledby"] for section in soup(html).select("section")]
    assert ids == ["smtp-550", "smtp-550-5-7-1", "smtp-5-7-1", "smtp-550-2"]
    assert all(soup(html).find(id=former) for former in ("smtp-550-5.7.1", "smtp-5.7.1")), "with dots, as before"


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("431", "Not a standard code"),
        ("422", "Registered only"),
        ("355", "Experimental"),
        ("538", "Historic"),
        ("5.7.498", "Unregistered"),
        ("5.6.10", "Historic"),
    ],
)
def test_the_status_of_what_is_no_everyday_code_is_shown_and_said(code, status):
    section = soup(convert(f"<< smtp_code({code}) >>"))
    assert section.select_one(".smtp-status").get_text() == status
    assert section.select_one(".smtp-note")


def test_a_contradicting_class_is_said_on_the_page_and_a_warning(caplog):
    caplog.set_level(logging.INFO)
    html = convert("text\n\n<< smtp_code(550 4.1.1) >>")
    assert "class 4" in text_of(html)
    assert "RFC 2034 §4" in text_of(html)
    assert [(r.levelno, r.getMessage()) for r in caplog.records] == [
        (
            logging.WARNING,
            "line 3: smtp_code: the class of 4.1.1 contradicts the first digit of 550; both begin with the same digit"
            " (RFC 2034 §4)",
        )
    ]


@pytest.mark.parametrize("code", ["541 5.4.0", "435 4.7.0"])
def test_a_pair_that_nobody_sends_has_no_example_and_no_story_of_another_reply(code):
    section = soup(convert(f"<< smtp_code({code}) >>"))
    text = text_of(str(section))
    assert "In practice" not in text
    assert "too many hops" not in text
    assert "Example exchange" not in text
    assert "What servers mean by it" not in text
    basic, enhanced = code.split(" ")
    assert DATASET.entry(DATASET.code(enhanced), "en").name.text in text, "the enhanced code says its name"
    assert section.select_one(".smtp-carrier b").get_text() == basic, "and the reply code what it is"


def test_a_pair_on_record_has_its_example_and_what_its_senders_mean():
    text = text_of(convert("<< smtp_code(554 5.4.0) >>"))
    assert "In practice it is a loop" in text
    assert "554 5.4.0 Error: too many hops" in text
    assert "Example exchange" in text
    # 400 is no standard, and Sendmail and others send it with this code.
    row = next(row for row in DATASET.replies_to(DATASET.code("400")) if "400 4.0.0" in row.codes)
    assert DATASET.reasons[row.reason].id in {found.reason for found in DATASET.replies_to(DATASET.code("400 4.0.0"))}
    assert "What servers mean by it" in text_of(convert("<< smtp_code(400 4.0.0) >>"))


def test_an_everyday_pairing_that_the_registry_lacks_says_nothing(caplog):
    caplog.set_level(logging.INFO)
    assert not soup(convert("<< smtp_code(554 5.7.1) >>")).select(".smtp-note")
    assert not caplog.records


def test_an_unregistered_detail_is_noted_and_an_unknown_basic_code_warned(caplog):
    caplog.set_level(logging.INFO)
    convert("<< smtp_code(5.7.498) >>")
    convert("<< smtp_code(567 5.7.1) >>")
    assert [record.levelno for record in caplog.records] == [logging.INFO, logging.WARNING]
    assert "567 is not a known code" in caplog.records[1].getMessage()


# --- smtp_compare with enhanced codes ----------------------------------------------------------------------------------


def test_what_two_replies_share_is_said_once():
    section = soup(convert("<< smtp_compare(550 5.7.1, 550 5.7.26) >>"))
    assert text_of(str(section)).count(DATASET.entry(DATASET.code("550"), "en").summary.text) == 1
    assert section.select_one(".smtp-shared")


def test_a_bare_code_beside_its_reply_is_told_in_its_own_column():
    section = soup(convert("<< smtp_compare(550, 550 5.1.1) >>"))
    assert not section.select(".smtp-shared, .smtp-carrier")


def test_replies_with_different_codes_say_what_carries_them():
    section = soup(convert("<< smtp_compare(450 4.2.1, 550 5.1.1) >>"))
    assert len(section.select(".smtp-carrier")) == 2


def test_the_same_detail_under_two_reply_codes_is_told_once():
    section = soup(convert("<< smtp_compare(550 5.7.1, 554 5.7.1) >>"))
    assert len(section.select(".smtp-shared")) == 1
    assert [h.get_text().split()[0] for h in section.select(".smtp-code h3")] == ["550", "554"]


# --- smtp_table --------------------------------------------------------------------------------------------------------


def rows(text):
    return [row.find("th").get_text() for row in soup(convert(text)).select("tbody tr")]


def test_a_table_by_class_by_subject_by_command_and_by_status():
    assert rows("<< smtp_table(3xx) >>") == ["334", "353", "354", "355"]
    assert rows("<< smtp_table(5.2.x) >>") == ["5.2.0", "5.2.1", "5.2.2", "5.2.3", "5.2.4"]
    assert "4.2.3" not in rows("<< smtp_table(4.2.x) >>")
    assert {"250", "251", "421", "450", "550", "500"} <= set(rows("<< smtp_table(command=RCPT) >>"))
    assert "354" not in rows("<< smtp_table(command='RCPT TO') >>")
    assert len(rows("<< smtp_table(status=folklore) >>")) == 17
    assert rows("<< smtp_table(250, 550 5.7.1, 4.2.2) >>") == ["250", "550 5.7.1", "4.2.2"]
    assert rows("<< smtp_table(5xx, command=AUTH) >>") == ["500", "501", "503", "504", "530", "534", "535", "538"]
    assert len(rows("<< smtp_table() >>")) == len(rows("<< smtp_table(all) >>")) == 67


def test_a_table_of_odd_codes_shows_the_status():
    assert "Not a standard code" in convert("<< smtp_table(431) >>")
    assert "Status" not in text_of(convert("<< smtp_table(250) >>"))


def test_columns_are_the_writers():
    page = soup(convert('<< smtp_table(4xx, columns="code, name, meaning, fix") >>'))
    assert [th.get_text() for th in page.select("thead th")] == ["Code", "Name", "Meaning", "How to Fix"]
    for row in page.select("tbody tr"):
        assert [td["data-label"] for td in row.find_all("td")] == ["Name: ", "Meaning: ", "How to Fix: "]
        assert all(cell.get_text().strip() for cell in row.find_all(["th", "td"]))
    assert page.caption.get_text() == "SMTP reply codes: 4xx Transient Negative Completion"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<< smtp_table(command=RCTP) >>", "command=RCTP is unknown; did you mean RCPT?"),
        ("<< smtp_table(6xx) >>", "6xx is not a code"),
        ("<< smtp_table(status=wrong) >>", "status=wrong is unknown"),
        ("<< smtp_table(4xx, columns='code, colour') >>", "columns: colour is unknown"),
        ("<< smtp_table(2xx, status=folklore, command=AUTH) >>", "no code fits"),
        ("<< smtp_table(299) >>", "299 is not a known code"),
    ],
)
def test_mistakes_in_tables_are_named(text, expected, caplog):
    convert(text)
    assert len(caplog.records) == 1
    assert expected in caplog.records[0].getMessage()


# --- smtp_commands -----------------------------------------------------------------------------------------------------


def test_the_matrix_is_that_of_the_standard():
    page = soup(convert("<< smtp_commands() >>"))
    cells = {
        row.th.get_text(): [" ".join(td.get_text().split()) for td in row.find_all("td")]
        for row in page.select("tbody tr")
    }
    assert cells["DATA"][:2] == ["", "354"]
    assert {"503", "554"} <= set(re.findall(r"\d{3}", cells["DATA"][2]))
    assert cells["QUIT"][0] == "221"
    assert cells["connection opening"][0] == "220"
    assert cells["STARTTLS"][0] == "220"
    assert {"421", "500", "501"} <= set(re.findall(r"\d{3}", cells["any command"][2]))
    assert cells["AUTH"][0] == "235"
    assert cells["AUTH"][1] == "334"


# --- smtp in running text ----------------------------------------------------------------------------------------------


def test_a_code_in_running_text_is_linked_and_explained():
    page = soup(convert("The server said << smtp(535) >>."))
    link = page.select_one("a.smtp-ref")
    assert link.get_text() == "535"
    tip = page.find(id=link["aria-describedby"])
    assert tip["role"] == "tooltip"
    assert tip["aria-label"] == DATASET.entry(DATASET.code("535"), "en").summary.text
    assert page.p.get_text().startswith("The server said 535")


@pytest.mark.parametrize(("show", "expected"), [("code", "535"), ("name", "Authentication credentials invalid"),
                                                ("both", "535 Authentication credentials invalid")])  # fmt: skip
def test_show_chooses_code_and_name(show, expected):
    assert soup(convert(f"<< smtp(535, show={show}) >>")).select_one(".smtp-ref").get_text() == expected


def test_the_link_goes_to_the_entry_on_the_page_else_to_the_rfc():
    assert soup(convert("<< smtp(535) >>\n\n<< smtp_code(535) >>")).select_one("a.smtp-ref")["href"] == "#smtp-535"
    assert soup(convert("<< smtp(535) >>")).select_one("a.smtp-ref")["href"].endswith("/rfc4954#section-6")
    assert soup(convert("<< smtp(5.7.509) >>")).select_one("a.smtp-ref")["href"].endswith("/rfc3463#section-3.8")
    assert soup(convert("<< smtp(431) >>")).select_one("a.smtp-ref")["href"].endswith("/rfc5321#section-4.2")
    assert (
        soup(convert("<< smtp(535) >>", entries_page="/codes/")).select_one("a.smtp-ref")["href"] == "/codes/#smtp-535"
    )


@pytest.mark.parametrize("frame", ["- {}\n- b", "1. {}", "> {}", "| a | b |\n|---|---|\n| {} | x |", "**{}**", "text {} text",
                                   "{}", "Term\n:   {}", "!!! note\n    {}", "text[^1]\n\n[^1]: {}"])  # fmt: skip
@pytest.mark.parametrize("written", ["<< smtp(535) >>", "<<smtp(535)>>", "<< smtp( '535' , show = code ) >>"])
def test_a_code_expands_wherever_text_may_stand(frame, written, caplog):
    page = soup(convert(frame.format(written), "tables", "def_list", "admonition", "footnotes"))
    assert len(page.select("a.smtp-ref")) == 1
    assert "<<" not in page.get_text()
    assert not caplog.records


def test_in_a_heading_only_the_code_reaches_slug_and_contents():
    page = soup(convert("[TOC]\n\n## About << smtp(535, show=both) >> here"))
    heading = page.find("h2")
    assert heading["id"] == "about-535-authentication-credentials-invalid-here"
    assert heading.get_text() == "About 535 Authentication credentials invalid here"
    assert not heading.find("a")
    assert page.select_one(".toc a").get_text() == heading.get_text()


def test_inside_the_text_of_a_link_there_is_no_second_link():
    page = soup(convert("[see << smtp(535) >>](https://example.org)"))
    assert len(page.find_all("a")) == 1
    assert page.a["href"] == "https://example.org"
    assert page.a.get_text().startswith("see 535")


def test_ids_of_tooltips_are_unique():
    ids = [
        element["id"] for element in soup(convert("<< smtp(535) >> << smtp(535) >> << smtp(530) >>")).find_all(id=True)
    ]
    assert len(ids) == len(set(ids)) == 3


# --- links across pages ------------------------------------------------------------------------------------------------

PAGES = {
    "index.md": "# Home\n\nThe server said << smtp(535) >>, << smtp(550 5.7.26) >> or << smtp(250) >>.\n",
    "a/first.md": "# First\n\n<< smtp_compare(530, 535) >>\n\n- << smtp(5.7.26) >>\n\n| a |\n|---|\n| << smtp(530) >> |\n",
    "z/codes.md": "# Codes\n\n<< smtp_code(535) >>\n\n<< smtp_code(530) >>\n\nSee << smtp(535) >>.\n",
    "z/enhanced.md": "# Enhanced\n\n<< smtp_code(5.7.26) >>\n\n<< smtp_table(5.7.x) >>\n\n<< smtp_commands() >>\n",
}


@pytest.mark.parametrize("directory_urls", [True, False])
def test_links_find_their_entries_whatever_the_order_of_the_pages(build_site, directory_urls):
    site = build_site(
        PAGES, use_directory_urls=directory_urls, strict=True, validation={"anchors": "warn"},
        markdown_extensions=["toc", "tables"], site_url="https://example.org/docs/",
    )  # fmt: skip
    assert not site.warnings
    assert broken_links(site.folder) == []
    codes = "z/codes/" if directory_urls else "z/codes.html"
    enhanced = "z/enhanced/" if directory_urls else "z/enhanced.html"
    links = [link["href"] for link in site.soup("index.html").select("a.smtp-ref")]
    assert links == [
        f"{codes}#smtp-535",
        f"{enhanced}#smtp-5-7-26",
        "https://www.rfc-editor.org/rfc/rfc5321#section-4.2.3",
    ]
    own = site.soup(codes + "index.html" if directory_urls else codes)
    assert own.select_one("a.smtp-ref")["href"] == "#smtp-535"
    first = site.soup("a/first/index.html" if directory_urls else "a/first.html")
    up = "../../" if directory_urls else "../"
    assert first.select_one("td a.smtp-ref")["href"] == f"{up}{codes}#smtp-530"
    more = [link["href"] for link in first.select("a.smtp-entry-link")]
    assert more == [f"{up}{codes}#smtp-530", f"{up}{codes}#smtp-535"]


def test_an_entry_links_to_the_comparisons_of_the_site_that_have_its_code(build_site):
    site = build_site(PAGES, markdown_extensions=["toc", "tables"], strict=True)
    more = site.soup("z/codes/index.html").select_one("section.smtp-entry ul.smtp-more")
    assert more.a["href"] == "../../a/first/#smtp-530-vs-535"
    assert more.a.get_text() == "530 vs 535"
    page = soup(convert("<< smtp_code(535) >>\n\n<< smtp_compare(530, 535) >>"))
    assert page.select_one("section.smtp-entry ul.smtp-more a")["href"] == "#smtp-530-vs-535"
    assert "data-smtp" not in str(page)


def test_no_marker_is_left_in_any_page(build_site):
    site = build_site(PAGES, markdown_extensions=["toc", "tables"])
    for path in site.folder.rglob("*.html"):
        assert "data-smtp" not in path.read_text(encoding="utf-8")
    assert "data-smtp-code" not in (site.folder / "search" / "search_index.json").read_text(encoding="utf-8")


def test_heading_levels_of_entries_follow_the_page():
    page = soup(convert("# A\n\n## B\n\n<< smtp_code(535) >>"))
    levels = [int(heading.name[1]) for heading in page.find_all(re.compile("^h[1-6]$"))]
    assert all(after - before <= 1 for before, after in pairwise(levels))
