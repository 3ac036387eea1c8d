"""Whatever stands at any place of a data file: one message at its place, and everything that touches it still renders."""

import datetime
import functools
import json

import pytest
import yaml

from mkdocs_smtpcodes import directives
from mkdocs_smtpcodes.dataset import load_dataset
from mkdocs_smtpcodes.dataset.datafile import checking
from mkdocs_smtpcodes.directives import Mistakes
from mkdocs_smtpcodes.extension.prepared import elements
from mkdocs_smtpcodes.rendering.renderer import Renderer

WORDS = {"name": "A name", "summary": "It says so."}
# Together they hold every key that a data file may have; each is small, so that thousands can be read in seconds.
FULL = {
    "id": {
        "codes": {
            "E524": {
                "reply": "550 5.7.1",
                "text": "[E524] Content rejected",
                "status": "site",
                "source": "RFC 5321 §4.2",
                "see_also": ["RFC 3463 §2"],
                "url": "https://example.org/e524",
                "draft": "draft-x",
                "first_defined": "RFC 821",
                "commands": [
                    {"at": "END", "with": "SIZE=", "source": "RFC 1870 §6.1"},
                    {"at": "ANY", "after": "EHLO", "except": ["QUIT", "RSET"]},
                ],
                "retry": "later",
                "message": {"5": "returned", "4": "queued"},
                "refused": [{"is": "message", "at": ["END"]}, {"is": "recipient", "at": ["RCPT"]}],
                "session": [{"is": "open"}],
                "acts": "sender",
            }
        },
        "related": [{"first": "E524", "second": "554", "is": "confused"}, {"first": 550, "second": "E524", "is": "success-form"}],
        "examples": {"E524": ["C: DATA", "S: 550 5.7.1 no"]},
        "words": {"en": {"codes": {"E524": WORDS}, "pairs": {"E524 vs 554": {"difference": "They differ."}}}},
    },
    "replies": {
        "codes": {
            "299": {"commands": [{"at": "NOOP"}], "enhanced": ["X.7.1", "X.0.0"]},
            "199": {"retry": "unneeded"},
            "5.7.509": {"at": ["END"], "basic": [550, 554], "classes": [5]},
            "X.7.510": {"classes": [5, 4]},
            "5.7.606-649": {"retry": "no"},
            "550 5.7.700-749": {"text": "tenant"},
        },
        "words": {
            "en": {
                "codes": {
                    "299": WORDS,
                    "199": WORDS,
                    "5.7.509": WORDS,
                    "X.7.510": {**WORDS, "description": {"5": "For good.", "4": "For now."}},
                    "5.7.606-649": WORDS,
                    "550 5.7.700-749": WORDS,
                }
            }
        },
    },
    "words": {
        "words": {
            "en": {
                "codes": {
                    "550": {
                        "name": "Mailbox gone",
                        "summary": "No such mailbox.",
                        "next": "Check the address.",
                        "description": "It is *gone*.",
                        "when": "Often.",
                        "fix": {"received": "Ask.", "sending": "Look."},
                        "choose": {"received": "Choose.", "sending": "Send."},
                        "distinct": "Only this.",
                    }
                }
            },
            "tr": {"codes": {"535": {"fix": {"received": "Arayın."}}}},
            "nl": {
                "language": {"name": "Nederlands", "direction": "ltr"},
                "list": {"separator": ", ", "and": "{first} en {last}"},
                "labels": {"title": "SMTP {codes}", "standard_text": "De tekst: {text}"},
                "classes": {"5": {"name": "Fout", "plain": "Geweigerd"}},
                "axes": {
                    "retry": {"label": "Nog eens?", "values": {"no": {"short": "Nee", "sentence": "Na {codes} niet."}}},
                    "place": {"only": "{codes} antwoordt {places}."},
                },
                "subjects": {"7": "Beleid"},
                "notes": {"unregistered": "{code} is onbekend."},
                "relations": {"confused": "verward"},
            },
        },
    },
    "senders": {
        "senders": {
            "example-mail": {
                "name": "Example Mail",
                "kind": "service",
                "hosts": ["mx.example.org"],
                "marks": ["- example"],
                "documentation": "https://example.org/",
            }
        },
        "replies": {
            "example-mail": [
                {
                    "codes": ["550 5.7.1", "5.7.606-649", 421],
                    "text": "the domain {domain} is not wanted here",
                    "tag": "EX01",
                    "reason": "unwanted",
                    "setting": "filter",
                    "default": "off",
                    "help": "https://example.org/help",
                    "differs": True,
                    "source": "https://example.org/replies",
                    "date": "2026-02-15",
                }
            ]
        },
        "reasons": {
            "unwanted": {
                "group": "content",
                "acts": "sender",
                "retry": "after-change",
                "codes": ["550 5.7.1"],
                "elsewhere": {"kumomta": ["SpamBlock"], "sisimai": ["blocked"]},
                "sources": ["RFC 5321 §4.2", "https://example.org/"],
            }
        },
        "words": {
            "en": {
                "reasons": {"unwanted": {**WORDS, "received": "Ask.", "sending": "Look.", "recognise": "By its `EX01`."}},
            }
        },
    },
}  # fmt: skip
VALUES = [None, 7, True, "text", "", "<b>x</b>", [], ["x"], {}, {"x": "y"}, [[{"a": [1]}]], "550", "\x1b"]
# One of them at each place, in turn.
ODD = [
    0, -1, 1.5, False, "[x](javascript:x)", [None], "X.7.1", datetime.date(2026, 2, 28), "{codes} {x}", "a vs b vs c",
    "5.7.649-606",    "550-5.7.1", " ", "no", float("inf"), "\u202e", "x" * 5000, [[]], {"5": "x"}, {"a": {"b": {"c": None}}},
]  # fmt: skip


def paths(value, path=()):
    if path:
        yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from paths(item, (*path, key))


def changed(data, path, value):
    data = json.loads(json.dumps(data))
    holder = functools.reduce(lambda tree, key: tree[key], path[:-1], data)
    holder[path[-1]] = value
    return data


def touching(path):
    """The directives whose section has something to do with a place in a data file."""
    codes = {str(key) for key in path if isinstance(key, str) and key[:1] in "1245XE" and len(key) > 2}
    if "pairs" in path or "related" in path:
        codes = {"E524", "554"}
    lang = path[1] if path[0] == "words" and len(path) > 1 else "en"
    for code in sorted(codes or {"E524", "299", "550", "5.7.610"}):
        if code[0] != "X" and " vs " not in code:
            yield f"<< smtp_code({code}, lang={lang}) >>"
            yield f"<< smtp_compare({code}, 535, lang={lang}) >>"
            yield f'<< smtp_table({code}, 5.7.510, columns="{", ".join(directives.COLUMNS)}") >>'
            yield f"<< smtp({code}, show=both) >>"
    if not codes:
        yield f"<< smtp_compare(550 5.7.1, 421, 5.7.99, lang={lang}) >>"
        yield f"<< smtp_table(X.7.x, lang={lang}) >>"
        yield f"<< smtp_commands(lang={lang}) >>"


def render(dataset, texts):
    renderer = Renderer(dataset)
    for text in texts:
        try:
            directive = directives.parse(directives.find(text), text)
            lang = dataset.nearest_language(str(directive.options.get("lang", "en"))) or "en"
            elements(renderer.render(directive, lang).html)
        except Mistakes:
            continue  # the code was left out


class Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):
    def ignore_aliases(self, data):
        return True


@pytest.fixture
def load(tmp_path):
    def load(data):
        text = data if isinstance(data, str) else yaml.dump(data, Dumper=Dumper, sort_keys=False)
        (tmp_path / "own.yml").write_text(text, encoding="utf-8")
        return load_dataset(["own.yml"], tmp_path)

    return load


@pytest.mark.parametrize("name", FULL)
def test_the_full_file_is_without_a_mistake_and_renders(load, name):
    dataset = load(FULL[name])
    assert dataset.mistakes == ()
    for path in paths(FULL[name]):
        render(dataset, touching(path))


def test_the_full_files_have_every_key_that_the_schema_knows():
    schema = json.loads(checking.SCHEMA.read_text(encoding="utf-8"))
    used = {str(key) for data in FULL.values() for path in paths(data) for key in path}
    for kind in ("facts", "entry", "sender", "replyRow", "reason", "reasonWords"):
        assert set(schema["$defs"][kind]["properties"]) <= used, kind
    assert set(schema["properties"]) <= used


@pytest.mark.parametrize("name", FULL)
def test_whatever_stands_at_any_place_is_one_message_there_and_nothing_falls_over(load, name):
    data = FULL[name]
    rendered = set()
    for number, path in enumerate(paths(data)):
        where = ".".join(map(str, path))
        for value in (*VALUES, ODD[number % len(ODD)]):
            case = changed(data, path, value)
            dataset = load(case)
            mistakes = list(dataset.mistakes)
            there = [m for m in mistakes if m.startswith("own.yml:") and m.split(": ")[1].startswith(where)]
            if mistakes != there or not mistakes:
                # A mapping of other names leaves what refers to the old ones behind.
                assert not wrong(case) or isinstance(value, dict), (where, value, mistakes)
            elif not isinstance(value, dict | list):
                assert len(there) == 1, (where, value, there)
            # What is left out again and again makes the same site.
            left = (json.dumps(dataset._facts), repr(dataset._raw_words._layers), path[:3])
            if left not in rendered:
                rendered.add(left)
                render(dataset, touching(path))


def wrong(data):
    """Whether a file does not fit the schema."""
    # YAML writes dates as they are, and reads them as texts.
    text = json.dumps(data, default=str).replace("Infinity", '"inf"')
    plain = json.loads(text)
    return "\\u001b" in text or not checking.validator().is_valid(plain)
