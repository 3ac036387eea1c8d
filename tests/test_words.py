"""Prose is product: nothing is missing, nothing is made from a pattern, nothing can break a page."""

import re
from collections import Counter
from functools import cache

import pytest

from mkdocs_smtpcodes.dataset import load_dataset, loading, markup
from mkdocs_smtpcodes.dataset.sender_meanings import named_codes
from mkdocs_smtpcodes.rendering import prose

from .test_glossary import texts

DATASET = load_dataset()
FULL = ("en", "tr")
FACTS = loading.facts()
WORDS = {lang: loading.words(lang) for lang in loading.languages()}
TEXTS = (
    "name",
    "summary",
    "description",
    "when",
    "fix.received",
    "fix.sending",
    "choose.received",
    "choose.sending",
    "distinct",
)
ENTRIES = [(lang, code) for lang in FULL for code in FACTS["codes"]]


def field(lang, code, path):
    found = WORDS[lang]["codes"].get(code, {})
    for key in path.split("."):
        found = found.get(key, {}) if isinstance(found, dict) else {}
    return found


def variants(lang, code, path):
    """The texts of a field, one for each class where they differ."""
    found = field(lang, code, path)
    return list(found.values()) if isinstance(found, dict) else [found]


def classes(code):
    return FACTS["codes"][code].get("classes", [int(code[0])] if code[0] != "X" else [])


def sentences(text):
    """Sentences of a text, code spans kept; abbreviations and numbers do not end one."""
    plain = re.sub(r"\s+", " ", text)
    return [part.strip() for part in re.split(r"(?<=[.!?。])\s+(?=[^a-z])", plain) if part.strip()]


@cache
def every_text(lang):
    return {
        (code, path): " ".join(variants(lang, code, path))
        for code in FACTS["codes"]
        for path in TEXTS
        if all(isinstance(text, str) for text in variants(lang, code, path))
    }


@pytest.mark.parametrize(("lang", "code"), ENTRIES)
def test_every_code_has_every_word_in_every_class(lang, code):
    for path in TEXTS:
        found = field(lang, code, path)
        if isinstance(found, dict):
            missing = [digit for digit in classes(code) if not found.get(str(digit))]
            assert not missing, f"{path} lacks class {missing}"
        else:
            assert isinstance(found, str) and found.strip(), f"{path} is missing"


@pytest.mark.parametrize("lang", FULL)
def test_no_entry_is_about_a_code_that_the_facts_lack(lang):
    assert set(WORDS[lang]["codes"]) == set(FACTS["codes"])


@pytest.mark.parametrize("lang", FULL)
def test_a_detail_that_only_its_senders_define_has_a_sentence_and_a_next_step(lang):
    rows = [row for found in DATASET.replies.values() for row in found]
    ranges = {code.split(" ")[-1] for row in rows for code in row.codes if "-" in code}
    whole = {code for row in rows for code in row.codes if " " in code}
    assert set(WORDS[lang]["sent"]) <= ranges | whole | {f"X{code[1:]}" for code in named_codes(DATASET)}
    for code, entry in WORDS[lang]["sent"].items():
        assert entry["summary"], code
        assert 0 < len(entry["next"].split()) <= 25, code
        for text in entry.get("fix", {}).values():
            assert len(text.strip().split("\n\n")[0].split()) <= 40, code


@pytest.mark.parametrize("lang", FULL)
def test_a_whole_reply_with_words_of_its_own_is_told_apart_from_the_others_with_its_enhanced_code(lang):
    replies = [DATASET.code(key) for key in WORDS[lang]["sent"] if " " in key]
    for reply in replies:
        own, shared = DATASET.entry(reply, lang), DATASET.entry(reply.enhanced, lang)
        for part in ("summary", "next", "description", "when"):
            assert getattr(own, part) and getattr(own, part) != getattr(shared, part), (str(reply), part)
        assert own.name == shared.name
        assert len(prose.paragraphs(own.description.text)[0].split()) <= 55


@pytest.mark.parametrize("lang", FULL)
def test_no_sentence_serves_more_than_three_entries(lang):
    used = Counter()
    for code in FACTS["codes"]:
        used.update({s for path in TEXTS for text in variants(lang, code, path) for s in sentences(text)})
    assert [sentence for sentence, count in used.items() if count > 3] == []


@pytest.mark.parametrize("lang", FULL)
def test_no_sentence_stands_twice_in_an_entry(lang):
    for code in FACTS["codes"]:
        for digit in classes(code) or [0]:
            told = []
            for path in TEXTS:
                found = field(lang, code, path)
                told += sentences(found.get(str(digit), "") if isinstance(found, dict) else found)
            assert [s for s, n in Counter(told).items() if n > 1] == [], code


@pytest.mark.parametrize("lang", FULL)
def test_each_entry_names_something_that_only_it_is_about(lang):
    """A word or code span of four letters or more that no other entry of the language has."""
    token = re.compile(r"`[^`]+`|[^\W\d_]+(?:-[^\W\d_]+)+|[^\W\d_]{4,}")
    words_of = {
        code: set(token.findall(" ".join(text for path in TEXTS for text in variants(lang, code, path)).lower()))
        for code in FACTS["codes"]
    }
    count = Counter(word for words in words_of.values() for word in words)
    assert [code for code, words in words_of.items() if not any(count[word] == 1 for word in words)] == []


@pytest.mark.parametrize(("lang", "code"), ENTRIES)
def test_names_and_summaries_are_plain_and_short(lang, code):
    for text in variants(lang, code, "name"):
        assert 2 <= len(text) <= 70
        assert not re.search(r"[`<>*]|\.$", text)
    for text in variants(lang, code, "summary"):
        assert len(text) <= 170, len(text)
        assert not re.search(r"[`<>*]", text)
        assert text.rstrip().endswith("."), text
        assert len(sentences(text)) == 1, text


@pytest.mark.parametrize(("lang", "code"), ENTRIES)
def test_the_distinct_sentence_names_its_code(lang, code):
    for text in variants(lang, code, "distinct"):
        assert "{code}" in text or f"`{code}`" in text


def test_a_turkish_distinct_sentence_has_a_noun_after_its_code():
    told = {path: text for path, text in texts(WORDS["tr"]) if "distinct" in path}
    assert ("sent", "550 5.7.1", "distinct") in told
    assert {path: text for path, text in told.items() if not re.search(r"^[^`]*`[^`]+` kod", text)} == {}


@pytest.mark.parametrize("lang", FULL)
def test_prose_is_inline_markdown_without_html_or_other_links(lang):
    for (code, path), text in every_text(lang).items():
        html = "".join(prose.paragraphs(text))
        assert not re.search(r"<(?!/?(?:code|strong|em|a)\b)", html), (code, path)
        assert text.count("`") % 2 == 0, (code, path)
        assert all(markup.link_allowed(target) for target in re.findall(r'href="([^"]*)"', html)), (code, path)
        assert set(re.findall(r"\{(\w+)\}", text)) <= {"code"}, (code, path)


def keys(tree, path=()):
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from keys(value, (*path, key))
        else:
            yield (*path, key)


def value(tree, path):
    for key in path:
        tree = tree[key]
    return tree


FIXED = ("language", "list", "labels", "summary", "places", "classes", "unusual", "unregistered", "notes", "statuses",
         "relations", "subjects", "axes")  # fmt: skip


@pytest.mark.parametrize("lang", [lang for lang in WORDS if lang != "en"])
def test_every_fixed_text_is_translated_with_the_same_placeholders(lang):
    for part in FIXED:
        ours, theirs = set(keys(WORDS["en"][part])), set(keys(WORDS[lang].get(part, {})))
        assert ours == theirs, (part, ours ^ theirs)
        for path in ours:
            wanted = set(re.findall(r"\{(\w+)\}", value(WORDS["en"][part], path)))
            assert wanted == set(re.findall(r"\{(\w+)\}", value(WORDS[lang][part], path))), (part, path)


SEED = {
    "description": "Açıklama",
    "when": "Gördüğünüzde",
    "fix": "Nasıl Düzeltilir",
    "differences": "Temel Farklar",
    "choice": "Hangisini Ne Zaman Kullanmalı",
    "more": "Daha Fazla Öğren",
}


def test_the_turkish_labels_are_those_of_the_model_page():
    assert {key: WORDS["tr"]["labels"][key] for key in SEED} == SEED


@pytest.mark.parametrize("lang", FULL)
def test_the_hand_written_pairs_name_both_codes_and_are_the_same_in_every_language(lang):
    pairs = WORDS[lang]["pairs"]
    assert set(pairs) == set(WORDS["en"]["pairs"])
    assert len(pairs) >= 30
    for key, pair in pairs.items():
        for code in key.split(" vs "):
            assert f"`{code}`" in pair["difference"], key
            DATASET.code(code)


@pytest.mark.parametrize("key", ["535", "450", "X.7.8", "X.7.26", "X.6.9"])
def test_a_first_paragraph_stands_alone(key):
    text = loading.words("en")["codes"][key]["fix"]["received"]
    for told in text.values() if isinstance(text, dict) else (text,):
        first = told.strip().split("\n\n")[0]
        assert not re.search(r"\bworks? there\b|\bthat one\b|\bafter that\b", first), first
