"""Raw replies in every form, and what they mean: the same cases run in JavaScript (`cases.json`, `reasons.json`).

They are composed from vendors' pages, the sources of servers, RFCs, and the forms in which logs and reports hold a reply.
"""

import json
from pathlib import Path

import pytest

from mkdocs_smtpcodes import explain

HERE = Path(__file__).parent
CASES = json.loads((HERE / "cases.json").read_text(encoding="utf-8"))
REASONS = json.loads((HERE / "reasons.json").read_text(encoding="utf-8"))
FIELDS = ("code", "reason", "certainty", "sender")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["input"][-60:].strip() or "nothing")
def test_a_text_is_explained(case):
    explanation = explain(case["input"])
    assert {field: getattr(explanation, field) for field in FIELDS} == {field: case[field] for field in FIELDS}


@pytest.mark.parametrize(("reason", "text"), [(reason, text) for reason, texts in REASONS.items() for text in texts])
def test_a_reply_gives_its_reason(reason, text):
    assert explain(text).reason == reason


def test_there_are_enough_cases_of_every_kind():
    assert len(CASES) >= 200
    assert len({case["input"] for case in CASES}) == len(CASES)
    reasons = {case["reason"] for case in CASES} | set(REASONS)
    assert len(reasons) > 45
    assert {case["certainty"] for case in CASES} == {"known", "text", "code", ""}


def test_who_speaks_is_said_of_a_reply_on_record():
    assert all(case["sender"] for case in CASES if case["certainty"] == "known")
