"""The rules are plain data, say what their file says, and no phrase in the file is idle."""

import json
from pathlib import Path

import pytest
import yaml

from mkdocs_smtpcodes import load_dataset
from mkdocs_smtpcodes.dataset import loading
from mkdocs_smtpcodes.recognition import compile_rules, recognise
from mkdocs_smtpcodes.recognition.folding import FOLD, fold, prose
from mkdocs_smtpcodes.recognition.matching import match
from mkdocs_smtpcodes.recognition.rules import GAPS, agreement, choices, compile_code, compile_literal, occurs

FACTS = loading.replies()
RULES = load_dataset().rules
PATTERNS = [*FACTS["first"], *FACTS["patterns"], *FACTS["weak"]]


def test_compiled_rules_are_json():
    assert json.loads(json.dumps(RULES)) == RULES


def test_every_reason_of_a_pattern_is_a_reason():
    reasons = set(load_dataset().reasons)
    assert {item["reason"] for item in PATTERNS} | set(FACTS["by_code"].values()) <= reasons


def test_phrases_are_texts_and_stand_once():
    for item in PATTERNS:
        phrases = item.get("any", [])
        assert all(isinstance(phrase, str) for phrase in [*phrases, *item.get("unless", []), *item.get("codes", [])])
        assert len(set(phrases)) == len(phrases), item["reason"]


def covers(general: str, special: str) -> bool:
    """Whether wherever the special literal occurs the general one does, as far as one sees it without its gaps."""
    return any(occurs(general, piece) for piece in special.replace("\x02", "\x01").split("\x01"))


def test_no_phrase_stands_that_others_make_needless():
    for item in PATTERNS:
        literals = [compile_literal(phrase) for phrase in item.get("any", [])]
        for special in literals:
            others = [literal for literal in literals if literal != special]
            covered = [any(covers(general, choice) for general in others) for choice in choices(special)]
            assert not all(covered), (item["reason"], special)


def test_keys_of_codes_are_codes():
    for key in FACTS["by_code"]:
        assert key in {"2", "3"} or compile_code(key)


def test_the_table_folds_one_character_to_one():
    assert len(FOLD[0]) == len(FOLD[1]) == len(set(FOLD[0]))
    assert RULES["fold"] == list(FOLD)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", " "),
        ("User UNKNOWN", " user unknown "),
        ("  a\t\n b ", " a b "),
        ("l’utilisateur “déjà” — vu", " l utilisateur deja vu "),
        ("ЯЩИК переполнен", " ящик переполнен "),
        ("İIıi", " iiii "),
        ("収件者：不明。", " 収件者 不明 "),
    ],
)
def test_text_is_folded_by_the_table_alone(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("<user@spam.example.org> rejected", " address rejected "),
        ("see https://example.org/dmarc/spf for more", " see for more "),
        ("host spam-filter.example.org said no", " host said no "),
        ("rejected.Please see", " rejected please see "),
        ("mailto: a.b@c.de, 192.0.2.1", " mailto address 192 0 2 1 "),
    ],
)
def test_addresses_hosts_and_links_do_not_count(text, left):
    assert fold(prose(text)) == left


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("user unknown", "the user unknown here", True),
        ("user unknown", "superuser unknown", False),
        ("greylist*", "greylisting in action", True),
        ("*list", "the blacklist", True),
        ("user .. unknown", "user unknown", True),
        ("user .. unknown", "user x is unknown", True),
        ("user .. unknown", "user " + "x " * 30 + "unknown", False),
        ("user ... unknown", "user " + "x " * 30 + "unknown", True),
        ("user .. unknown", "user user " + "x " * 19 + "unknown", True),
        ("exceed* size", "exceeds size", True),
        ("exceed* .. size", "exceeds the size", True),
        ("exceed* .. size", "exceeds " + "x " * 30 + "size", False),
        ("mailbox {name} full", "mailbox a@b full", True),
        ("PRX{number} end", "PRX6 end", True),
        ("不存在", "用户不存在了", True),
        ("user|mailbox .. full|locked", "mailbox is locked", True),
        ("user|mailbox .. full|locked", "mailbox is fully", False),
        ("user|mailbox disabl|lock*", "user locked", True),
    ],
)
def test_a_phrase_occurs_in_words(phrase, text, found):
    assert occurs(compile_literal(phrase), fold(text)) is found


@pytest.mark.parametrize(
    ("rule", "basic", "enhanced", "fits"),
    [
        ("550 5.7.1", "550", "5.7.1", 2),
        ("550 5.7.1", "550", "", 1),
        ("550 5.7.1", "", "5.7.1", 1),
        ("550 5.7.1", "554", "5.7.1", 0),
        ("5.7.606-649", "550", "5.7.607", 2),
        ("5.7.606-649", "550", "5.7.650", 0),
        ("X.7.1", "450", "4.7.1", 2),
        ("4xx", "450", "", 2),
        ("4xx", "", "4.0.0", 2),
        ("53x", "535", "", 2),
        ("5.7.x", "550", "5.7.999", 2),
        ("550", "", "", 1),
    ],
)
def test_codes_agree_contradict_or_are_missing(rule, basic, enhanced, fits):
    assert agreement([compile_code(rule)], basic, enhanced) == fits


def test_a_code_that_is_none_is_named():
    with pytest.raises(ValueError, match="'55' is not a code"):
        compile_code("55")


def test_gaps_are_bounded():
    assert max(GAPS.values()) == 200


def test_replies_on_record_give_their_reason():
    """Of all rows with words of their own; a text of two words may mean something else than the file of one server says."""
    wrong = []
    total = 0
    for sender, rows in FACTS["replies"].items():
        for number, row in enumerate(rows):
            code = str((row.get("codes") or [""])[0]).partition("-")[0]
            basic, _, enhanced = code.partition(" ") if "." not in code.partition(" ")[0] else ("", "", code)
            if "text" not in row or (basic or enhanced)[:1] in {"2", "3"}:
                continue
            total += 1
            found = match(RULES, row["text"].replace("{address}", "user@example.org"), basic, enhanced, ())
            if found.reason != row["reason"]:
                wrong.append((sender, number, row["text"], row["reason"], found.reason))
    assert len(wrong) < total / 50, wrong


OWN = {
    "senders": {"ours": {"name": "Ours", "kind": "service", "hosts": ["mx.example.com"], "marks": ["[ours]"]}},
    "replies": {
        "ours": [{"codes": ["550 5.7.999"], "text": "the gate is shut for {domain} today", "reason": "policy"}]
    },
}


def test_a_sender_of_ones_own_is_known_by_its_words_its_host_or_its_mark():
    rules = compile_rules({**FACTS, **OWN})
    for text in (
        "550 5.7.999 the gate is shut for example.org today",
        "host a.mx.example.com[192.0.2.1] said: 550 5.7.999 the gate is shut for example.org today",
        "550 5.7.999 the gate is shut for example.org today [ours]",
    ):
        explanation = recognise(text, rules)
        assert (explanation.sender, explanation.certainty, explanation.row) == ("ours", "known", 0)


def test_the_file_says_what_its_keys_are():
    text = Path(loading.HERE, "facts", "patterns.yml").read_text(encoding="utf-8")
    assert set(yaml.safe_load(text)) == {
        "first", "patterns", "weak", "by_code", "notices", "common", "stages", "host_leads", "whole"
    }  # fmt: skip
