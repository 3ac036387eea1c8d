"""A site's own codes, words, languages and templates: what they change, and what is said when they are wrong."""

import json
import textwrap
import time

import pytest

from mkdocs_smtpcodes.dataset import datafile, load_dataset, loading
from mkdocs_smtpcodes.dataset.datafile import checking
from mkdocs_smtpcodes.dataset.datafile.schema import with_fixed_texts

from .conftest import convert, soup, text_of

OWN = """\
codes:
  E524:
    reply: 550 5.7.1
    text: '[E524] Content rejected'
    url: https://example.org/e524
    commands:
      - {at: END}
  '299':
    commands: [{at: NOOP, source: RFC 5321 §4.3.2}]
    refused: nothing
  5.7.509:
    at: [END]
  '550':
    retry: after-change
related:
  - {first: E524, second: '554', is: confused}
words:
  en:
    codes:
      E524:
        name: Content rejected
        summary: Our filter found content that we do not carry.
        description: The filter of `mx.example.org` refused the message, see [our page](help/e524.md).
        distinct: '`E524` comes from the content filter of Example Mail.'
      '299': {name: Example success, summary: Only we send this.}
      5.7.509: {name: DMARC refused, summary: The domain asks receivers to refuse such mail.}
      '550':
        fix: {received: Call our desk on extension 550.}
        when: null
  tr:
    codes:
      '535':
        fix: {received: Yardım masamızı arayın.}
"""


@pytest.fixture
def write(tmp_path):
    def write(text, name="own.yml"):
        (tmp_path / name).write_text(textwrap.dedent(text), encoding="utf-8")
        return name

    return write


@pytest.fixture
def load(tmp_path, write):
    def load(*texts):
        return load_dataset([write(text, f"own{n or ''}.yml") for n, text in enumerate(texts)], tmp_path)

    return load


def test_own_codes_are_added_and_marked(load):
    dataset = load(OWN)
    assert dataset.mistakes == ()
    own = dataset.code("E524")
    profile = dataset.profile(own)
    assert (profile.status, profile.text, profile.places) == ("site", "[E524] Content rejected", ("END",))
    assert profile.axes["outcome"][0].value == "5"
    entry = dataset.entry(own, "en")
    assert entry.name.text == "Content rejected"
    assert entry.when == dataset.entry(dataset.code("550 5.7.1"), "en").when, "what is not written is the reply's"
    assert dataset.profile(dataset.code("299")).status == "site"
    assert dataset.profile(dataset.code("5.7.509")).status == "site"
    assert dataset.entry(dataset.code("550 5.7.509"), "en").name.text == "DMARC refused"


def test_single_fields_of_ours_are_replaced_and_hidden(load):
    dataset, ours = load(OWN), load_dataset()
    code = dataset.code("550")
    assert dataset.entry(code, "en").fix_received.text == "Call our desk on extension 550."
    assert dataset.entry(code, "en").fix_sending == ours.entry(code, "en").fix_sending
    assert dataset.entry(code, "en").when.text == ""
    assert dataset.profile(code).axes["retry"][0].value == "after-change"
    assert ours.profile(code).axes["retry"][0].value == "no"
    assert dataset.entry(dataset.code("535"), "tr").fix_received.text == "Yardım masamızı arayın."
    assert dataset.entry(dataset.code("535"), "tr").summary == ours.entry(ours.code("535"), "tr").summary


def test_what_a_site_says_of_an_enhanced_code_holds_in_a_whole_reply_that_has_words_of_ours(load):
    dataset = load("words: {en: {codes: {5.7.1: {summary: Ask us.}}}}")
    assert dataset.entry(dataset.code("554 5.7.1"), "en").summary.text == "Ask us."
    assert dataset.entry(dataset.code("421 4.7.0"), "en") == load_dataset().entry(dataset.code("421 4.7.0"), "en")


def test_one_class_of_a_detail_is_replaced_alone(load):
    dataset = load("words: {en: {codes: {X.2.2: {fix: {received: {5: Ask them to tidy up.}}}}}}")
    assert dataset.mistakes == ()
    assert dataset.entry(dataset.code("5.2.2"), "en").fix_received.text == "Ask them to tidy up."
    ours = load_dataset()
    assert dataset.entry(dataset.code("4.2.2"), "en").fix_received == ours.entry(ours.code("4.2.2"), "en").fix_received


def test_later_files_win(load):
    first = "words: {en: {codes: {'550': {name: First, summary: One.}}}}"
    second = "words: {en: {codes: {'550': {name: Second}}}}"
    entry = load(first, second).entry(load(first, second).code("550"), "en")
    assert (entry.name.text, entry.summary.text) == ("Second", "One.")


def test_a_new_language_is_one_file_and_falls_back_sentence_by_sentence(load):
    dataset = load(
        "words: {nl: {language: {name: Nederlands, direction: ltr}, labels: {description: Beschrijving},"
        " codes: {'535': {summary: De server aanvaardt de inloggegevens niet.}}}}"
    )
    assert dataset.mistakes == ()
    assert dataset.nearest_language("nl-BE") == "nl"
    assert dataset.words("nl").label("description") == "Beschrijving"
    assert dataset.words("nl").label("when") == "When You See It"
    entry = dataset.entry(dataset.code("535"), "nl")
    assert (entry.summary.lang, entry.description.lang) == ("nl", "en")


MISTAKES = {
    "codes:\n  '550': {retyr: no}": (2, "codes.550.retyr: this key is unknown; did you mean retry?"),
    "codes:\n  '550':\n    retry: sometimes": (3, "codes.550.retry: 'sometimes' is unknown; it takes unneeded"),
    "codes:\n  '550':\n    commands: AUTH": (3, "codes.550.commands: a list belongs here; write [AUTH]"),
    "codes:\n  '550':\n    commands:\n      - {at: RCTP}": (4, "'RCTP' is unknown; did you mean RCPT?"),
    "codes:\n  '5.5': {}": (2, "codes.5.5: this is no valid key here; expected a code such as 550"),
    "code:\n  '550': {}": (1, "code: this key is unknown; did you mean codes?"),
    "codes: [550]": (1, "codes: a list stands here, where keys belong"),
    "- 550": (1, "expected keys such as codes and words, found a list"),
    "codes: {'550': [": (1, "this is not valid YAML"),
    "a: b: c": (1, "this is not valid YAML"),
    "codes:\n\t'550': {}": (2, "this is not valid YAML"),
    "words: !!python/object/apply:os.system ['true']": (1, "tags (!!python/object/apply:os.system) are not read"),
    "codes:\n  '550': {}\n  '550': {}": (3, "codes.550: stands twice, first in line 2"),
    "codes:\n  E1:\n    reply: 550 4.1.1": (3, "contradicts the first digit of 550 (RFC 2034 §4)"),
    "codes:\n  5.7.509:\n    classes: [4]": (3, "codes.5.7.509.classes: contradicts the class of 5.7.509"),
    "codes:\n  E1: {text: x}": (2, "codes.E1: an id of your own needs the reply that carries it"),
    "codes:\n  E1: {reply: 567 5.7.1}": (2, "codes.E1.reply: 567 is not a known code"),
    "codes:\n  '550':\n    enhanced: [X.1.99, X.7.1]": None,
    "codes:\n  X.7.1:\n    basic: [559]": (
        3,
        "codes.X.7.1.basic.0: 559 is not a known code; did you mean 550, 551 or 552?",
    ),
    "related:\n  - {first: '550', second: E9, is: confused}": (2, "related.0.second: E9 is not a known code"),
    "words:\n  en:\n    codes:\n      E7: {name: x}": (4, "words.en.codes.E7: E7 is not a known code"),
    "words:\n  en:\n    pairs:\n      550 vs 559: {difference: x}": (4, "559 is not a known code"),
    "words:\n  en:\n    codes:\n      '550':\n        name: 5": (
        5,
        "words.en.codes.550.name: expected a text, found a number",
    ),
    "words:\n  en:\n    codes:\n      '550':\n        summary: 'a <b>bold</b> word'": (
        5,
        "raw HTML (<b>) is not allowed",
    ),
    "words:\n  en:\n    codes:\n      '550':\n        when: '[x](javascript:alert(1))'": (
        5,
        "the link 'javascript:alert(1' is not allowed",
    ),
    "words:\n  en:\n    codes:\n      '550':\n        when: '[x](//evil.example)'": (5, "is not allowed"),
    "words:\n  english: {}": (2, "words.english: this is no valid key here; write en, since languages"),
    "examples:\n  '550': ['X: hello']": (2, "expected a line that begins with 'C: '"),
    "codes:\n  '299': {}": (2, "words are missing: words.en.codes.299.name and summary"),
}


@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake_is_one_message_with_file_line_key_and_what_was_expected(text, load):
    found = load(text).mistakes
    if MISTAKES[text] is None:
        return
    line, message = MISTAKES[text]
    wanted = [mistake for mistake in found if message in mistake]
    assert wanted, found
    assert wanted[0].startswith(f"own.yml:{line}: "), found
    allowed = 2 if "words are missing" in str(found) and "words are missing" not in message else 1
    assert len(found) <= allowed, found


def test_what_is_new_has_words_in_any_language_and_a_page_in_another_shows_them_as_of_that_language(load):
    dataset = load(
        "codes: {E1: {reply: 550 5.7.1}}\nreasons: {mine: {group: content, acts: sender, retry: 'no'}}\n"
        "words: {de: {codes: {E1: {name: Eins, summary: Es ist eins.}, '550': {distinct: Anders.}},"
        " reasons: {mine: {name: Grund, summary: Er gilt.}}}}"
    )
    assert not dataset.mistakes
    for lang in ("de", "en", "fr"):
        assert dataset.entry(dataset.code("E1"), lang).name == ("Eins", "de")
        assert dataset.words(lang).get("reasons", "mine", "summary") == ("Er gilt.", "de")
    assert not dataset.words("en").get("codes", "550", "distinct").text.startswith("Anders")
    assert not dataset.fallen(), "nothing stands in English"


def test_several_mistakes_are_all_told_and_the_rest_of_the_file_is_used(load):
    dataset = load(
        "codes:\n  '550': {retyr: no, retry: sometimes}\n  E1: {reply: 550 5.7.1}\n"
        "words: {en: {codes: {E1: {name: One, summary: It is one., nme: x}}}}"
    )
    assert len(dataset.mistakes) == 3
    assert dataset.entry(dataset.code("E1"), "en").name.text == "One"


def test_aliases_cannot_blow_up_memory(load):
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join('*' + chr(97 + n) for _ in range(9))}]\n" for n in range(9)
    )
    (mistake,) = load(bomb).mistakes
    assert mistake.startswith("own.yml:2: aliases (*) are not read; write the text out")


def test_a_file_that_is_not_there_is_named(tmp_path):
    assert "data_files: none.yml cannot be read" in load_dataset(["none.yml"], tmp_path).mistakes[0]


def test_deep_nesting_is_a_mistake_and_no_crash(load):
    assert load("a: " + "[" * 20_000).mistakes


def test_time_grows_with_the_number_of_codes(load):
    def seconds(count):
        codes = "".join(f"  E{n}: {{reply: 550 5.7.1}}\n" for n in range(count))
        words = "".join(f"      E{n}: {{name: Name {n}, summary: It is number {n}.}}\n" for n in range(count))
        start = time.process_time()
        dataset = load(f"codes:\n{codes}words:\n  en:\n    codes:\n{words}")
        assert dataset.mistakes == ()
        return time.process_time() - start

    seconds(10)
    assert seconds(10_000) < 10 * 4 * seconds(1_000)


# --- in pages ----------------------------------------------------------------------------------------------------------


def test_own_codes_can_be_explained_compared_tabled_and_linked(build_site, tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "own.yml").write_text(OWN, encoding="utf-8")
    pages = {
        "index.md": "# Own\n\n<< smtp_code(E524) >>\n\n<< smtp_compare(E524, 554) >>\n\n"
        "<< smtp_table(E524, 299) >>\n\nSee << smtp(E524) >>.",
        "help/e524.md": "# Help",
    }
    site = build_site(pages, plugin={"data_files": ["own.yml"]}, strict=True)
    page = site.soup()
    assert page.find(id="smtp-E524").get_text().startswith("SMTP E524 Content rejected")
    assert page.find(id="smtp-E524-vs-554")
    assert page.select_one(".smtp-status").get_text() == "This site"
    assert page.select_one("a.smtp-ref")["href"] == "#smtp-E524"
    assert page.find("a", string="our page")["href"] == "help/e524/"
    assert page.select('a[href="https://example.org/e524"]')


def test_mistakes_in_a_file_are_warnings_of_the_build(build_site, tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "own.yml").write_text("codes:\n  '550': {retyr: no}\n  '551': {rtry: no}\n", encoding="utf-8")
    site = build_site({"index.md": "# Page\n\n<< smtp_code(550) >>\n"}, plugin={"data_files": ["own.yml"]})
    assert [warning.split(" ")[0] for warning in site.warnings] == ["own.yml:2:", "own.yml:3:"]
    assert site.soup().find(id="smtp-550")


def test_a_template_is_replaced_by_its_name_or_extends_ours(build_site, tmp_path):
    folder = tmp_path / "site" / "overrides"
    folder.mkdir(parents=True)
    (folder / "smtp_table.html").write_text('<p class="own">{{ title }}: {{ rows | length }}</p>', encoding="utf-8")
    (folder / "smtp_code.html").write_text(
        "{% extends 'default/smtp_code.html' %}\n{% block when %}<p>Own &mdash; {{ label('when') }}<br></p>{% endblock %}",
        encoding="utf-8",
    )
    page = "# Page\n\n<< smtp_table(3xx) >>\n\n<< smtp_code(535) >>\n"
    site = build_site({"index.md": page}, plugin={"templates": "overrides"}, strict=True)
    assert site.soup().select_one("p.own").get_text() == "SMTP reply codes: 3xx Positive Intermediate: 4"
    assert "Own — When You See It" in text_of(site.html())
    assert site.soup().find(id="smtp-535")


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("<p>\n{% if %}</p>", "overrides/smtp_table.html:2: "),
        ("<p>\n\n{{ nothing.here }}</p>", "overrides/smtp_table.html:3: "),
        ("<p><b></p>", "overrides/smtp_table.html"),
        ("", "overrides/smtp_table.html"),
    ],
)
def test_a_mistake_in_a_template_is_named_and_does_not_fell_the_build(build_site, tmp_path, template, expected):
    folder = tmp_path / "site" / "overrides"
    folder.mkdir(parents=True)
    (folder / "smtp_table.html").write_text(template, encoding="utf-8")
    page = "# Page\n\n<< smtp_table(3xx) >>\n\nLast.\n"
    site = build_site({"index.md": page}, plugin={"templates": "overrides"})
    assert len(site.warnings) == 1
    assert expected in site.warnings[0]
    assert "Last." in site.html()


def test_a_passage_in_another_language_says_so(tmp_path):
    own = tmp_path / "own.yml"
    own.write_text(
        "codes: {'599': {}}\nwords: {en: {codes: {'599': {name: Own, summary: It is ours., description: We say so.}}}}\n",
        encoding="utf-8",
    )
    html = convert("<< smtp_compare(550, 599, lang=ar) >>", data_files=[str(own)])
    section = soup(html).section
    assert (section["lang"], section["dir"]) == ("ar", "rtl")
    passage = section.select_one(".smtp-code p[lang]")
    assert (passage["lang"], passage["dir"]) == ("en", "ltr")


# --- schemas -----------------------------------------------------------------------------------------------------------


def test_our_own_facts_and_words_fit_the_schema_that_sites_are_checked_with():
    import jsonschema

    facts = loading.facts()
    data = {
        key: dict(facts[key]) if key != "related" else facts[key]
        for key in ("codes", "related", "examples", "senders", "replies", "reasons")
        if key in facts
    }
    # A site takes a value of ours away with null; ours may say of a class that nothing is sure.
    data["codes"] = {
        key: {name: value for name, value in own.items() if not (isinstance(value, dict) and "" in value.values())}
        for key, own in data["codes"].items()
    }
    data["words"] = {lang: loading.words(lang) for lang in loading.languages()}
    schema = json.loads(datafile.SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    # The format checks of inline Markdown and plain text among it.
    assert [f"{list(e.absolute_path)}: {e.message}" for e in checking.validator().iter_errors(data)] == []


def test_the_schema_has_the_fixed_texts_of_the_english_words():
    written = json.loads(datafile.SCHEMA.read_text(encoding="utf-8"))
    assert with_fixed_texts(written, loading.words("en")) == written, "run make schema"


def test_the_schema_of_the_configuration_has_every_option_and_its_default():
    from mkdocs_smtpcodes.plugin import SmtpCodesConfig

    schema = json.loads((datafile.SCHEMA.parent / "config.schema.json").read_text(encoding="utf-8"))
    options = {name: option.default for name, option in SmtpCodesConfig._schema}
    assert {name: entry["default"] for name, entry in schema["properties"].items()} == options
