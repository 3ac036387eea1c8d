"""What is written between words is the punctuation of the language."""

import re

import pytest

from mkdocs_smtpcodes import load_dataset
from mkdocs_smtpcodes.dataset.texts import Words
from mkdocs_smtpcodes.rendering import prose

from .conftest import convert, soup
from .test_glossary import WORDS, texts

#: What no text of the language has outside of code: the apostrophe of another, a space at which a line may break before a mark.
FOREIGN = {"en": "[’‘]", "fr": r"\w'\w|\s[;:?!»](?!\w|/)|«\s", "tr": "[’‘]"}


def foreign(text, lang):
    """The marks of a text that are another language's."""
    plain = re.sub(r"`[^`]*`", "`", text).replace("\u202f", "_")
    return [found.group() for found in re.finditer(FOREIGN[lang], plain)]


@pytest.mark.parametrize("lang", FOREIGN)
def test_no_text_has_an_apostrophe_or_a_space_of_another_language(lang):
    assert [(path, foreign(text, lang)) for path, text in texts(WORDS[lang]) if foreign(text, lang)] == []


def test_a_mark_of_another_language_is_found_and_not_in_code():
    assert foreign("SMTP’yi açar", "tr") and not foreign("SMTP'yi açar, `x’y`", "tr")
    assert foreign("l'adresse", "fr") and foreign("deux : un", "fr") and foreign("« x »", "fr")
    assert not foreign("l’adresse\u202f: «\u202fx\u202f», `a : b`, 12:30", "fr")


@pytest.mark.parametrize(
    ("lang", "wanted", "unwanted"),
    [
        ("en", ["Sender: ", " (often confused with it)", "If it says: "], []),
        ("ja", ["（", "Sender：", "、"], [r"\w: ", r"\(", r"[^\x00-\x7f], "]),
        ("zh", ["（", "Sender：", "、"], [r"\w: ", r" \(", r"[^\x00-\x7f], "]),
        ("ar", ["Sender: ", "، "], [r"\w, "]),
        ("fr", ["Sender\u202f: "], [r"\w: ", r"\w; ", r"\w\?"]),
    ],
)
def test_what_templates_write_between_words_is_the_punctuation_of_the_language(lang, wanted, unwanted):
    section = soup(convert(f"<< smtp_code(450, lang={lang}) >>"))
    for quoted in section.select("bdi[lang=en], code, .smtp-source, pre, .smtp-record small"):
        quoted.string = "x"
    for details in section.select(".smtp-more"):
        details.decompose()
    told = section.get_text() + " ".join(cell["data-label"] for cell in section.select("[data-label]"))
    for name in sorted((sender.name for sender in load_dataset().senders.values()), key=len, reverse=True):
        told = told.replace(name, "Sender")
    assert [text for text in wanted if text not in told] == []
    assert [found.group() for pattern in unwanted for found in re.finditer(f".{{0,30}}{pattern}.{{0,20}}", told)] == []


@pytest.mark.parametrize(
    ("lang", "two", "three"),
    [
        ("en", "a and b", "a, b and c"),
        ("id", "a dan b", "a, b, dan c"),
        ("ar", "a وb", "a وb وc"),
        ("ja", "a、b", "a、b、c"),
    ],
)
def test_a_list_is_joined_as_the_language_joins_it(lang, two, three):
    words = load_dataset().words(lang)
    assert prose.join(words, ["a", "b"], "and") == two
    assert prose.join(words, ["a", "b", "c"], "and") == three


@pytest.mark.parametrize(
    ("lang", "quoted"), [("en", "“x”"), ("de", "„x“"), ("fr", "«\u202fx\u202f»"), ("ja", "「x」"), ("ar", "«x»")]
)
def test_what_a_server_says_stands_in_the_quotation_marks_of_the_language(lang, quoted):
    section = soup(convert(f"<< smtp_replies(dovecot, lang={lang}) >>"))
    said = section.select_one(".smtp-rows td bdi[lang=en]")
    told = said.get_text()
    assert quoted.replace("x", told) in said.parent.get_text()
    # From right to left the marks stand with the English, or each line of a long text would have one at the wrong end.
    assert (said.parent.name == "bdi" and said.parent.get("dir") == "ltr") is (lang == "ar")


def test_the_list_of_a_language_of_the_site_is_joined_in_its_own_form():
    words = Words("nl", {"list": {"separator": ", ", "and": "{first} en {last}"}}, load_dataset().words("en"))
    assert prose.join(words, ["a", "b", "c"], "and") == "a, b en c"


def test_a_space_at_which_no_line_breaks_stays_in_plain_text():
    assert prose.plain(" a\n <b>b\u202f:</b>\tc&amp;d ") == "a b\u202f: c&d"


def test_from_right_to_left_each_code_and_parameter_of_a_list_is_isolated():
    replies = soup(convert("<< smtp_replies(policyd-spf, lang=ar) >>"))
    several = [cell for cell in replies.select(".smtp-rows tbody th") if "،" in cell.get_text()]
    assert several
    for cell in several:
        assert all("،" not in code.get_text() and code["dir"] == "ltr" for code in cell.select("bdi"))
    commands = soup(convert("<< smtp_commands(lang=ar) >>"))
    asides = [aside for aside in commands.select("td small") if "=" in aside.get_text()]
    assert asides
    for aside in asides:
        assert all("=" not in str(text) for text in aside.find_all(string=True) if text.parent.name != "bdi")


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_no_code_of_a_list_shares_its_element_and_names_have_one_where_they_would_run_the_wrong_way(lang):
    replies = soup(convert(f"<< smtp_replies(gmail, lang={lang}) >>"))
    codes = [
        [code.get_text() for code in cell.select("bdi")] for cell in replies.select(".smtp-rows tbody th[scope=row]")
    ]
    assert ["452 4.2.2", "552 5.2.2"] in codes
    names = [*soup(convert(f"<< smtp_code(550, lang={lang}) >>")).select_one(".smtp-record summary").children]
    assert [name.name for name in names[:3]] == (["bdi", None, "bdi"] if lang == "ar" else [None])


def test_the_label_of_a_cell_keeps_a_whole_reply_together_from_right_to_left():
    told = soup(convert("<< smtp_compare(550 5.7.1, 250, parts=facts, lang=ar) >>"))
    assert {cell["data-label"] for cell in told.select("td[data-label]")} == {
        "\u2066550 5.7.1\u2069: ",
        "\u2066250\u2069: ",
    }
