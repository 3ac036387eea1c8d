"""One term, one word: a language with a glossary uses its terms and none of the words that it rules out."""

import re

import pytest

from mkdocs_smtpcodes.dataset import loading

WORDS = {lang: loading.words(lang) for lang in loading.languages()}
GLOSSARIES = {lang: words["glossary"] for lang, words in WORDS.items() if "glossary" in words}
#: No texts of a page: the glossary itself, and what readers type into a search.
NOT_READ = {"glossary", "synonyms"}
#: Scripts without spaces have no beginnings of words: a word is sought everywhere.
UNSPACED = {"ja", "th", "zh"}
#: Letters whose small form differs in Turkish.
SMALL = str.maketrans({"İ": "i", "I": "ı"})


def small(text, lang):
    return (text.translate(SMALL) if lang == "tr" else text).lower()


def texts(tree, path=()):
    """All texts below a key, each with the path to it."""
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from texts(value, (*path, key))
        elif isinstance(value, str):
            yield (*path, key), value


def excused(start, end, plain, glossary, lang):
    """Whether a ruled-out word only shares letters with a term. Without spaces, a shorter term inside it excuses nothing."""
    begins, ends = ("", "") if lang in UNSPACED else (r"\b", r"\w*")
    for entry in glossary.values():
        for term in re.finditer(rf"{begins}{re.escape(entry['use'])}{ends}", plain, flags=re.IGNORECASE):
            within = lang in UNSPACED and start <= term.start() and term.end() <= end
            if term.start() < end and start < term.end() and not within:
                return True
    return False


def found(text, glossary, lang):
    """The ruled-out words of a text, with any ending; code spans, addresses of links and the terms are left out of account."""
    plain = re.sub(r"\s+", " ", re.sub(r"`[^`]*`|(?<=\])\([^)]*\)", "`", text))
    begins, ends = ("", "") if lang in UNSPACED else (r"\b", r"\w*")
    folded = small(plain, lang)
    for term, entry in glossary.items():
        for word in entry["avoid"]:
            exact = word[0].isupper() and not word.isupper()
            pattern = rf"{begins}{re.escape(word if exact else small(word, lang))}{ends}"
            for match in re.finditer(pattern, plain if exact else folded):
                if not excused(*match.span(), plain, glossary, lang):
                    yield f"{term}: {match[0]} (write {entry['use']})"


@pytest.mark.parametrize("lang", sorted(GLOSSARIES))
def test_no_text_holds_a_word_that_its_glossary_rules_out(lang):
    read = {key: value for key, value in WORDS[lang].items() if key not in NOT_READ and isinstance(value, dict)}
    wrong = [(".".join(path), hit) for path, text in texts(read) for hit in found(text, GLOSSARIES[lang], lang)]
    assert wrong == []


@pytest.mark.parametrize("lang", sorted(GLOSSARIES))
def test_every_term_has_its_word_and_words_to_avoid(lang):
    for term, entry in GLOSSARIES[lang].items():
        assert set(entry) == {"use", "avoid"}, term
        assert isinstance(entry["use"], str) and entry["use"].strip(), term
        assert isinstance(entry["avoid"], list) and entry["avoid"], term
        assert all(isinstance(word, str) and word.strip() for word in entry["avoid"]), term


@pytest.mark.parametrize("lang", sorted(GLOSSARIES))
def test_no_word_is_both_a_term_and_ruled_out(lang):
    terms = {small(entry["use"], lang) for entry in GLOSSARIES[lang].values()}
    avoided = [small(word, lang) for entry in GLOSSARIES[lang].values() for word in entry["avoid"]]
    assert terms.isdisjoint(avoided)
    assert len(avoided) == len(set(avoided))


def test_every_language_that_tells_reasons_has_a_glossary():
    assert {lang for lang, words in WORDS.items() if "reasons" in words} - {"en"} <= set(GLOSSARIES)


def test_a_ruled_out_word_is_found_with_its_ending_and_not_in_code_or_an_address():
    glossary = {"filter": {"use": "süzgeç", "avoid": ["filtre"]}, "host": {"use": "sunucu", "avoid": ["makine"]}}
    assert list(found("Filtrenin ardında bir MAKİNE durur.", glossary, "tr")) == [
        "filter: filtrenin (write süzgeç)",
        "host: makine (write sunucu)",
    ]
    assert list(found("`filtre` ayarı süzgeçleri gösterir.", glossary, "tr")) == []
    assert list(found("[form](https://example.org/filtre?makine=1)", glossary, "tr")) == []
    assert list(found("[filtre](https://example.org/)", glossary, "tr")) == ["filter: filtre (write süzgeç)"]


def test_in_a_script_without_spaces_a_ruled_out_word_is_found_anywhere():
    glossary = {"server": {"use": "服务器", "avoid": ["伺服器"]}}
    assert list(found("另一台伺服器拒收。", glossary, "zh")) == ["server: 伺服器 (write 服务器)"]
    assert list(found("另一台服务器拒收。", glossary, "zh")) == []


def test_in_a_script_without_spaces_a_term_excuses_no_word_that_holds_or_follows_it():
    glossary = {
        "server": {"use": "サーバー", "avoid": ["鯖"]},
        "submission server": {"use": "窓口", "avoid": ["送信サーバー"]},
    }
    assert list(found("送信サーバーが拒否した。", glossary, "ja")) == ["submission server: 送信サーバー (write 窓口)"]
    assert list(found("サーバーは鯖です。", glossary, "ja")) == ["server: 鯖 (write サーバー)"]
    assert list(found("収件人的域名声明", {"domain": {"use": "域名", "avoid": ["名声"]}}, "zh")) == []
