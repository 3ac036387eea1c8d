"""What a machine can see of a translation: that it says as much as the English, in its own script and with its own marks."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from mkdocs_smtpcodes import load_dataset
from mkdocs_smtpcodes.cli import main
from mkdocs_smtpcodes.dataset import coverage, loading

ENGLISH = dict(coverage.texts(loading.words("en")))
LANGUAGES = [lang for lang in loading.languages() if lang != "en"]
WORDS = {lang: loading.words(lang) for lang in LANGUAGES}
STALE = {
    lang: {
        path
        for found in coverage.coverage(lang, words, loading.words("en"), loading.made_from(lang))
        for path in found.stale
    }
    for lang, words in WORDS.items()
}
#: Those that say what the English of today says; what is stale is seen in `coverage`.
TEXTS = {
    lang: {path: text for path, text in coverage.texts(words) if ".".join(path) not in STALE[lang]}
    for lang, words in WORDS.items()
}
#: What follows a placeholder and depends on how it ends: nothing where words have no endings, in Korean what has two forms.
ENDINGS = dict.fromkeys(("ja", "th", "zh"), r"(?!)") | {"ko": r"\}(?:은|는|이|가|을|를|과|와|으로|로)(?=[\s,.])"}
SCRIPTS = {
    "ar": "\u0600-\u06ff", "hi": "\u0900-\u097f", "ja": "\u3040-\u30ff\u4e00-\u9fff", "ko": "\uac00-\ud7af\u1100-\u11ff",
    "ru": "\u0400-\u04ff", "th": "\u0e00-\u0e7f", "zh": "\u4e00-\u9fff",
}  # fmt: skip
#: The quotation marks of a language, the outer ones first.
QUOTES = {
    "ar": "«»“”", "de": "„“‚‘", "es": "«»“”‘’", "fr": "«»“”", "hi": "“”‘’", "id": "“”‘’", "ja": "「」『』", "ko": "“”‘’",
    "pt": "“”‘’", "ru": "«»„“", "th": "“”‘’", "tr": "“”‘’", "vi": "“”‘’", "zh": "“”‘’",
}  # fmt: skip
ALL_QUOTES = '"«»„“”‚‘「」『』'
#: Words that make a sentence English, whatever it is about.
FUNCTION_WORDS = frozenset(
    [
        "the",
        "of",
        "is",
        "are",
        "was",
        "were",
        "and",
        "that",
        "this",
        "these",
        "with",
        "your",
        "you",
        "it",
        "its",
        "for",
        "from",
        "by",
        "not",
        "has",
        "have",
        "will",
        "which",
        "when",
        "what",
    ]
)
CODE = re.compile(r"`[^`]*`")


def english(path):
    """The English of a text, all its classes where the translation tells them at once."""
    if path in ENGLISH:
        return ENGLISH[path]
    if path[:-1] in ENGLISH:
        return ENGLISH[path[:-1]]
    return " ".join(text for other, text in ENGLISH.items() if other[: len(path)] == path)


def plain(text):
    return CODE.sub("`", text)


def wrong(lang, problem):
    found = ((".".join(path), problem(path, text)) for path, text in TEXTS[lang].items())
    return [hit for hit in found if hit[1]]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_text_has_the_commands_settings_and_codes_of_the_english(lang):
    def differs(path, text):
        ours, theirs = set(CODE.findall(text)), set(CODE.findall(english(path)))
        return sorted(ours ^ theirs)

    assert wrong(lang, differs) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_text_has_the_placeholders_of_the_english_and_no_ending_on_them(lang):
    def differs(path, text):
        ours, theirs = (set(re.findall(r"\{\w+\}", one)) for one in (text, english(path)))
        ending = ENDINGS.get(lang, r"\}['’]?[^\W\d_]+")
        return sorted(ours ^ theirs) + re.findall(ending, text)

    assert wrong(lang, differs) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_sentence_is_left_in_english(lang):
    def left(path, text):
        words = re.findall(r"[A-Za-z']+", plain(text).lower())
        function = [word for word in words if word in FUNCTION_WORDS]
        return " ".join(function) if len(function) > 2 and len(function) > len(words) / 5 else ""

    assert wrong(lang, left) == []


@pytest.mark.parametrize("lang", sorted(SCRIPTS))
def test_a_text_is_written_in_the_script_of_its_language(lang):
    def foreign(path, text):
        # Names of services and programs stand as they are, and so does where a link leads.
        latin = re.findall(r"(?<![^\W\d_])[a-z]{2,}", re.sub(r"\{\w+\}|\]\([^)]*\)", "", plain(text)))
        own = re.findall(f"[{SCRIPTS[lang]}]", text)
        return text if len("".join(latin)) > max(20, len(own)) else ""

    assert wrong(lang, foreign) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_quotation_marks_are_those_of_the_language(lang):
    others = [mark for mark in ALL_QUOTES if mark not in QUOTES[lang]]
    assert wrong(lang, lambda path, text: [mark for mark in others if mark in plain(text)]) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_longer_than_twice_the_english(lang):
    def long(path, text):
        return f"{len(text)} > 2 × {len(english(path))}" if len(text) > max(70, 2 * len(english(path))) else ""

    assert wrong(lang, long) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_one_service_needs_stands_apart_from_what_is_for_everybody(lang):
    services = {sender.name for sender in load_dataset().senders.values() if sender.kind == "service"}

    def named(text):
        everybody, *cases = [{name for name in services if name in part} for part in text.split("\n\n")][1:] or [set()]
        return everybody, [names for names in cases if names]

    def mixed(path, text):
        ours, theirs = named(text), named(english(path))
        return (ours, theirs) if path[0] == "reasons" and path[-1] == "received" and ours != theirs else None

    assert wrong(lang, mixed) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_noted_from_which_english_each_text_was_made(lang):
    words = WORDS[lang]
    assert coverage.renew(words, loading.words("en"), loading.made_from(lang)) == loading.made_from(lang), (
        f"run: mkdocs-smtpcodes coverage {lang} --renew"
    )


def test_the_documentation_shows_the_table_of_today():
    told = CliRunner().invoke(main, ["coverage", "--markdown"])
    written = (Path(__file__).parent.parent / "example-site" / "coverage.md").read_text(encoding="utf-8")
    assert written == told.output, "run: make words"


def test_a_changed_english_text_makes_its_translation_stale_until_that_is_changed_too():
    english = {"labels": {"next": "What next?"}, "codes": {"550": {"name": "Mailbox unavailable"}}}
    words = {"labels": {"next": "Wie weiter?"}}
    noted = coverage.renew(words, english, {})
    changed = {**english, "labels": {"next": "And now?"}}
    found = {one.kind: one for one in coverage.coverage("de", words, changed, noted)}
    assert found["labels"].stale == ("labels.next",)
    assert found["names"].missing == ("codes.550.name",)
    assert coverage.renew(words, changed, noted) == noted, "it stays stale"
    mended = {"labels": {"next": "Und nun?"}}
    again = coverage.renew(mended, changed, noted)
    assert not any(one.stale for one in coverage.coverage("de", mended, changed, again))
    named = coverage.renew(words, changed, noted, ["labels.next"])
    assert not any(one.stale for one in coverage.coverage("de", words, changed, named))


def test_a_translation_at_once_of_what_english_tells_by_class_is_no_gap():
    english = {"codes": {"X.2.2": {"summary": {"4": "It waits.", "5": "It is returned."}}}}
    words = {"codes": {"X.2.2": {"summary": "Das Postfach ist voll."}}}
    found = {one.kind: one for one in coverage.coverage("de", words, english, coverage.renew(words, english, {}))}
    assert (len(found["names"].complete), found["names"].stale, found["names"].missing) == (1, (), ())


@pytest.mark.parametrize(
    ("tag", "lang"), [("zh-TW", "zh"), ("zh-Hans", "zh"), ("pt-PT", "pt"), ("pt_BR", "pt"), ("de-AT", "de")]
)
def test_a_tag_finds_the_nearest_language(tag, lang):
    assert load_dataset().nearest_language(tag) == lang
