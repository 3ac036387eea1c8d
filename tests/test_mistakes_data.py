"""Whatever stands at any place of a data file: one message at its place, and everything that touches it still renders."""

import datetime
import functools
import json

import pytest
import yaml

from mkdocs_smtpcodes import directives
from mkdocs_smtpcodes.codes import parse_code
from mkdocs_smtpcodes.dataset import load_dataset
from mkdocs_smtpcodes.dataset.datafile import checking
from mkdocs_smtpcodes.directives import Mistakes
from mkdocs_smtpcodes.extension.prepared import elements
from mkdocs_smtpcodes.rendering.renderer import Renderer

from .conftest import convert, text_of

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
        "related": [{"first": "E524", "second": "554", "is": "confused"}, {"first": 550, "second": "E524", "is": "failure-form"}],
        "examples": {"E524": ["C: DATA", "S: 550 5.7.1 no"]},
        "words": {"en": {"codes": {"E524": WORDS}, "pairs": {"E524 vs 554": {"difference": "They differ."}}}},
    },
    "replies": {
        "codes": {
            "299": {"first_defined": "RFC 821", "commands": [{"at": "NOOP"}], "enhanced": ["X.7.1", "X.0.0"]},
            "298": {"retry": "unneeded", "beyond": True},
            "5.7.509": {"at": ["END"], "basic": [550, 554], "classes": [5]},
            "X.7.510": {"classes": [5, 4], "undecided": [4], "draft": "draft-x"},
            "5.7.606-649": {"retry": "no"},
            "550 5.7.700-749": {"text": "tenant"},
        },
        "words": {
            "en": {
                "codes": {
                    "299": WORDS,
                    "298": WORDS,
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
                    "told": "unwanted-here",
                    "source": "https://example.org/replies",
                    "date": "2026-02-15",
                }
            ]
        },
        "reasons": {
            "unwanted": {
                "group": "content",
                "acts": "sender",
                "met": "often", "acts_with": {"4": "sending-server", "5.7.1": "sender"},
                "retry": "after-change",
                "codes": ["550 5.7.1"],
                "elsewhere": {"kumomta": ["SpamBlock"], "sisimai": ["blocked"]},
                "sources": ["RFC 5321 §4.2", "https://example.org/"],
            }
        },
        "words": {
            "en": {
                "reasons": {"unwanted": {**WORDS, "received": "Ask.", "sending": "Look.", "service": {"example-mail": "See."}, "recognise": "By its `EX01`."}},
                "told": {"example-mail": {"unwanted-here": {"summary": "Example Mail says no.", "next": "Ask.", "fix": {"received": "Wait."}}}},
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
    own = path[0] in {"senders", "replies", "reasons"} or "reasons" in path
    # The replies on record are many, and touched by senders, replies and reasons alone.
    parts = "" if own else ', parts="-replies"'
    for code in sorted(codes or {"E524", "299", "5.7.610"}):
        if code[0] != "X" and " vs " not in code:
            yield f"<< smtp_code({code}, lang={lang}{parts}) >>"
            yield f"<< smtp_compare({code}, 355, lang={lang}, parts='-session') >>"
            yield f'<< smtp_table({code}, 5.7.510, columns="{", ".join(directives.COLUMNS)}") >>'
            yield f"<< smtp({code}, show=both) >>"
    if own:
        yield "<< smtp_replies(example-mail) >>"
        yield "<< smtp_replies(reason=unwanted) >>"
        yield '<< smtp_explain("550 5.7.1 the domain example.org is not wanted here") >>'
    elif not codes:
        yield f"<< smtp_compare(550 5.7.1, 421, 5.7.99, lang={lang}) >>"
        yield f"<< smtp_table(X.7.x, lang={lang}) >>"
        if len(path) < 4:
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


@pytest.mark.parametrize("step", [4, pytest.param(1, marks=pytest.mark.whole)])
@pytest.mark.parametrize("name", FULL)
def test_whatever_stands_at_any_place_is_one_message_there_and_nothing_falls_over(load, name, step):
    data = FULL[name]
    rendered = set()
    for number, path in enumerate(paths(data)):
        where = ".".join(map(str, path))
        for value in (*VALUES, ODD[number % len(ODD)])[number % step :: step]:
            case = changed(data, path, value)
            dataset = load(case)
            mistakes = list(dataset.mistakes)
            # Where a list is none of the shapes that fit, it is told of the list and not of its item.
            lists = {where.rpartition(".")[0]} if isinstance(path[-1], int) else set()
            there = [
                m
                for m in mistakes
                if m.startswith("own.yml:") and (m.split(": ")[1].startswith(where) or m.split(": ")[1] in lists)
            ]
            if mistakes != there or not mistakes:
                # A mapping of other names leaves what refers to the old ones behind.
                assert not wrong(case) or isinstance(value, dict), (where, value, mistakes)
            elif not isinstance(value, dict | list):
                own = [m for m in there if m.split(": ")[1] not in lists] or there
                assert len(own) == 1, (where, value, there)
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


# One case a line.
# ruff: noqa: E501
# --- what a message says -----------------------------------------------------------------------------------------------

HEAD = "words:\n  en:\n    codes:\n      '550':\n"
OWN = "words: {en: {codes: {E1: {name: One, summary: It is one.}}}}\ncodes:\n"
REASON = "reasons: {mine: {group: content, acts: sender, retry: 'no'}}\nwords: {en: {reasons: {mine: {name: Mine, summary: It is.}}}}\n"
SENDER = f"{REASON}senders: {{us: {{name: Us, kind: service}}}}\nreplies:\n  us:\n"
ROW = "{reason: mine, source: https://example.org, date: '2026-02-15', "
MESSAGES = {
    # unknown keys, at any depth, with the nearest right one
    "words:\n  en:\n    labels: {descripton: x}": (3, "labels.descripton: this key is unknown; did you mean description?"),
    "words:\n  en:\n    axes:\n      retri: {label: x}": (4, "axes.retri: this key is unknown; did you mean retry?"),
    "words:\n  en:\n    axes: {retry: {values: {latr: {short: x}}}}": (3, "values.latr: this key is unknown; did you mean later?"),
    "words:\n  en:\n    axes: {retry: {values: {later: {shrt: x}}}}": (3, "later.shrt: this key is unknown; did you mean short?"),
    "words:\n  en:\n    relations: {confusd: x}": (3, "relations.confusd: this key is unknown; did you mean confused?"),
    "words:\n  en:\n    wrods: {a: b}": (3, "words.en.wrods: this key is unknown"),
    "examples:\n  '559': ['S: 559 no']": (2, "examples.559: 559 is not a known code; did you mean 550, 551 or 552?"),
    "examples:\n  E9: ['S: 559 no']": (2, "examples.E9: E9 is not a known code"),
    # plain texts
    f"{HEAD}        name: The `550` code": (5, "Markdown (`550`) is shown as it stands here; this is plain text, so leave out code spans"),
    f"{HEAD}        summary: It is **gone**.": (5, "Markdown (**gone**) is shown as it stands here"),
    f"{HEAD}        summary: 'See [it](https://x.example).'": (5, "leave out links"),
    f"{HEAD}        summary: It is *gone*.": (5, "leave out emphasis"),
    f"{HEAD}        summary: It is _gone_.": (5, "leave out emphasis"),
    f"{HEAD}        summary: 2 * 3 * 4 and snake_case_word stay.": None,
    # what would be right
    f"{HEAD}        fix: Ask us.": (5, "fix: a text stands here, where the keys received and sending belong; write received: Ask us., on a line below"),
    f"{HEAD}        when: Note: ask us": (5, "this is not valid YAML: a text with a colon and a space in it needs quotes around it"),
    f"{HEAD}        when: `x` is": (5, "this is not valid YAML: a text that begins with ` needs quotes around it"),
    # what YAML would take from a text
    f"{HEAD}        when: &The mailbox is gone.": (5, "when: &The is an anchor in YAML, and would not be shown; put quotes around a text that begins with &"),
    f"{HEAD}        when: 'R&D'\n        next: R&D is shut.": None,
    f"{HEAD}        when: See ticket #5": (5, "when: #5 is a comment in YAML, and would not be shown; put quotes around the whole text"),
    f"{HEAD}        when: See \U0001f4e7 #help, please": (5, "when: #help, please is a comment in YAML"),
    f"{HEAD}        when: #5 says it": (5, "when: #5 says it is a comment in YAML"),
    f"{HEAD}        when: See ticket 5.  # like this\n        next: Ask C#.\n        name: 'Gone' #word": None,
    "codes:\n  '450': {retry: later} #really\n  '451':\n    retry: later #really": None,
    f"{HEAD}        when: !tag is bad": (5, "when: tags (!tag) are not read; put a text that begins with ! in quotes"),
    f"{HEAD}        when: [E524] The filter.": (5, "this is not valid YAML: a text that begins with [ needs quotes around it"),
    f"{HEAD}        when: {{E524}} The filter.": (5, "a text that begins with { needs quotes around it"),
    f'{HEAD}        when: "Gone" it is.': (5, "the text goes on after its \"; put ' around the whole text"),
    f"{HEAD}        when: 'It's gone'": (5, "within a text in single quotes write ' twice"),
    f"{HEAD}        when: - it is": (5, "a text that begins with - needs quotes around it"),
    f"{HEAD}        when: > it is": (5, "a text that begins with > needs quotes around it"),
    f"{HEAD}        when: @all": (5, "a text that begins with @ needs quotes around it"),
    f"{HEAD}        when: *all* of it": (5, "a text that begins with * needs quotes around it"),
    f"{HEAD}        when: 5.7": (5, "expected a text, found a number; put quotes around it"),
    f"{HEAD}        when: yes": (5, "expected a text, found yes or no; put quotes around it"),
    f"{HEAD}\t    when: x": (5, "this is not valid YAML: "),
    f'{HEAD}        when: "x': (5, "this is not valid YAML: the quote that opens here is not closed"),
    f"{HEAD}        when: x\n---\na: b": (None, "a file holds one document"),
    "codes:\n  '550':\n    retry: no": (3, "no without quotes is a truth value in YAML; write 'no' with quotes"),
    "codes:\n  X.7.1:\n    basic: ['550']": (3, "expected a reply code such as 550, found a text; take the quotes away"),
    "codes:\n  '550':\n    source: rfc5321": (3, "'rfc5321' does not fit; write RFC 5321"),
    "codes:\n  '550':\n    url: www.example.org": (3, "does not fit; write https://www.example.org"),
    "codes:\n  '550': {status: folklore}": (2, "status: what a site says always has the status site; leave it out"),
    "codes:\n  '550': {status: folklor}": (2, "status: what a site says always has the status site; leave it out"),
    "codes:\n  '550': {reply: 551}": (2, "only an id of your own has a reply that carries it"),
    # what is read in pages only
    f"{HEAD}        when: 'Ask {{{{ team }}}}.'": (5, "when: a macro ({{ team }}) is not filled in in a data file; write the text itself"),
    f"{HEAD}        name: 'For {{{{ team }}}}'": (5, "name: a macro ({{ team }}) is not filled in"),
    f"{HEAD}        when: '--8<-- \"x.md\"'": (5, "when: a snippet (--8<--) is not read in a data file"),
    f"{HEAD}        when: 'See [it][smtp-550].'": (5, "when: a reference (…][smtp-550]) is not read in a data file"),
    f"{HEAD}        when: |\n          Ask:\n          - us": (5, "when: a heading or a list (-) is not read here; write paragraphs"),
    "words:\n  EN: {labels: {fix: x}}": (2, "words.EN: languages are written in small letters; write en"),
    "codes:\n  ５５０: {}": (2, "this is no valid key here; write it with the digits 0 to 9 and without signs that cannot be seen: 550"),
    "codes:\n  550.5.7.1: {}": (2, "this is no valid key here; write 550 5.7.1 for one reply"),
    f"{SENDER}    - {ROW}text: '｛address｝ is gone'}}": (6, "text: ｛ is no sign of a variable part; write {address}"),
    f"{SENDER}    - {ROW}text: 'Syntax: RCPT TO:<address>'}}": None,
    f"{SENDER}    - {{reason: mine, source: https://x.example, date: '3026-02-15', tag: EX01}}": (6, "date: 3026-02-15 has not come yet"),
    "related:\n  - {first: 550, second: 450, is: temporary-form}": (2, "related.0.is: temporary-form says what the first code is to the second, and 550 is not 4xx; put the other code first"),
    # what a class rules out
    "codes:\n  '600': {}": (2, "codes.600: no reply begins with 6 (RFC 5321 §4.2.1); write an id of your own, such as E600"),
    "codes:\n  '199': {}": (2, "codes.199: no reply begins with 1"),
    "codes:\n  '550': {retry: unneeded}": (2, "codes.550.retry: unneeded contradicts the class: 5xx is a refusal for good; it takes after-fix, after-change, elsewhere or no"),
    "codes:\n  '550': {retry: later}": (2, "later contradicts the class"),
    "codes:\n  '450': {retry: 'no'}": (2, "no contradicts the class: 4xx is a refusal for now; it takes later, ask-later"),
    "codes:\n  '250': {retry: later}": (2, "later contradicts the class: 2xx is success; it takes unneeded"),
    "codes:\n  '354': {refused: message}": (2, "message contradicts the class: 3xx is a request for more; it takes nothing"),
    "codes:\n  5.7.1: {message: queued}": (2, "queued contradicts the class: 5xx is a refusal for good"),
    "codes:\n  X.7.1:\n    retry: {'5': 'no', '4': continue}": (3, "retry.4: continue contradicts the class: 4xx is a refusal for now"),
    "codes:\n  '550':\n    retry: {'4': later}": (3, "retry: this says nothing of class 5, and 550 has no other; write retry: and its value"),
    "codes:\n  '550':\n    retry: [{is: 'no', at: [RCPT]}, {is: elsewhere, at: [RCPT]}]": (3, "retry.1: RCPT has a value already; name each command once"),
    "codes:\n  '550':\n    retry: [{is: 'no'}, {is: elsewhere}]": (3, "retry.1: this is a second value for all commands; say with at: which command it is for"),
    f"{OWN}  E1: {{reply: 250, refused: message}}": (3, "codes.E1.refused: message contradicts the class: 2xx is success"),
    "codes:\n  5.3.1: {retry: later}\n  4.4.7: {retry: 'no'}": None,
    "codes:\n  5.7.1: {retry: later}": (2, "codes.5.7.1.retry: later contradicts the class: 5xx is a refusal for good; it takes after-fix, after-change, elsewhere or no"),
    "codes:\n  550 5.7.1: {retry: later}": (2, "codes.550 5.7.1.retry: later contradicts the class"),
    f"{OWN}  E1: {{reply: 550 5.7.1, retry: later}}\n  550 5.7.711: {{retry: later}}\n  550 5.3.1: {{retry: later}}": None,
    # facts of another kind of code
    f"{OWN}  E1: {{reply: 550, at: [RCPT]}}": (3, "codes.E1.at: an id of your own has no at, which is for an enhanced code such as 5.7.1; write commands: [{at: RCPT}]"),
    f"{OWN}  E1: {{reply: 550, undecided: [5]}}": (3, "codes.E1.undecided: an id of your own has no undecided"),
    f"{OWN}  E1: {{reply: 550, classes: [5]}}": (3, "codes.E1.classes: an id of your own has no classes"),
    "codes:\n  '550': {basic: [550]}": (2, "codes.550.basic: a reply code such as 550 has no basic, which is for an enhanced code"),
    "codes:\n  5.7.1: {commands: [{at: RCPT}]}": (2, "commands: an enhanced code such as 5.7.1 has no commands, which is for a reply code such as 550; write at: [RCPT]"),
    "codes:\n  '550': {first_defined: '821'}": (2, "first_defined: '821' does not fit; write RFC 821"),
    # nothing below a code
    "codes:\n  '550': null": (2, "codes.550: nothing stands here; write what belongs here, or leave it out (null hides one text or fact of a code, not the code)"),
    "words:\n  en:\n    codes:\n      '550':": (4, "words.en.codes.550: nothing stands here"),
    "codes:\n  '550': {source: null}\nwords: {en: {codes: {'550': {when: null}}}}": None,
    # blocks
    f"{HEAD}        when: |\n          | a | b |\n          |---|---|": (5, "when: a table (| a | b |) is not read here; write sentences"),
    f"{HEAD}        when: |\n          ```\n          x\n          ```": (5, "when: a fence (```) is not read here; put code between `"),
    f"{HEAD}        summary: |\n          > x": (5, "summary: a quotation (>) is not read here"),
    f"{HEAD}        when: It is **gone.": (5, "when: ** is not closed; emphasis stands between two of them, as in **now**"),
    f"{HEAD}        when: It is *gone.": (5, "when: * is not closed"),
    f"{HEAD}        summary: It is **gone.": (5, "summary: ** is shown as it stands here"),
    f"{HEAD}        when: It is **gone**, *.example.org and 2 * 3 and `**x` and \\*that too, 1 | 2.": None,
    f"{HEAD}        when: 'See [it](https://x.example'": (5, "when: a link (](https://x.example) is not closed; write ) behind its address"),
    f"{HEAD}        when: 'See [it] (https://x.example)'": (5, "no space stands in a link before its address; write ](https://x.example)"),
    # a pair is one, whichever code comes first
    "words:\n  en:\n    pairs:\n      550 vs 535: {difference: x}\n      535 vs 550: {difference: y}": (5, "535 vs 550: these two codes stand here already, in own.yml:4, whichever comes first; keep one of them"),
    "related:\n  - {first: 550, second: 551, is: confused}\n  - {first: 551, second: 550, is: confused}": (3, "related.1: these two codes stand here already, in own.yml:2"),
    "related:\n  - {first: 550, second: 551, is: confused}\n  - {first: 550, second: 551, is: confused}": (3, "related.1: this stands twice in this list; name it once"),
    "words:\n  en:\n    labels: {title: 'SMTP {codes'}": (3, "a { without its counterpart is shown as it stands; what is put in stands as {codes}"),
    "words:\n  en:\n    summary: {basic: {two: 'From {code_1} to {code_3}'}}": (3, "nothing is put in for {code_3}; did you mean {code_2}?"),
    "codes:\n  5.7.649-606: {}": (2, "codes.5.7.649-606: this is no valid key here"),
    "words:\n  en:\n    pairs:\n      550 v 554: {difference: x}": (4, "expected two codes such as 550 vs 554"),
    "words:\n  en:\n    labels: {title: 'SMTP {cods}'}": (3, "nothing is put in for {cods}; did you mean {codes}?"),
    "words:\n  en:\n    labels: {fix: '{x}'}": (3, "nothing is put in for {x}; leave it out"),
    f"{HEAD}        when: \"a\\x1b\"": (5, "holds a character that cannot be shown (U+001B)"),
    f"{HEAD}        when: See << smtp(550) >>.": (5, "a directive (<< smtp(550) >>) does not expand in a data file; write the code itself: 550"),
    f"{HEAD}        summary: See << smtp(550) >>.": (5, "a directive (<< smtp(550) >>) does not expand in a data file"),
    f"{HEAD}        when: x << 4 and cat <<EOF stay.": None,
    f"{HEAD}        when: It is `open.": (5, "a backtick is not closed; code stands between two of them, as in `RCPT TO`"),
    f"{HEAD}        when: It is ``a ` b`` and `c`.": None,
    f"{HEAD}        name: It is `open": (5, "a backtick is shown as it stands here; this is plain text, so leave it out"),
    f"{HEAD}        name: “Gone”": (5, "“ and ” are shown as they stand; YAML takes \" and ' around a text"),
    f"{HEAD}        name: The “gone” one": None,
    f"{HEAD}        name: 2026-01-01": (5, "name: 2026-01-01 is a date in YAML; put quotes around it"),
    f"{HEAD}        when: [Ask us.]": (5, "one text belongs here, not a list; write Ask us."),
    f"{HEAD}        when: {{Ask: us}}": (5, "when.Ask: this is no valid key here; a text with a colon in it needs quotes, and one for each class"),
    "codes:\n  '550': {basic: [550, '550']}": (2, "codes.550.basic.1: "),
    "codes:\n  X.7.1:\n    basic: [550, 550]": (3, "codes.X.7.1.basic.1: 550 stands twice in this list; name it once"),
    "codes:\n  '550':\n    acts: [sender]": (3, "acts: one word belongs here, not a list; it takes nobody, client,"),
    "codes:\n  '550':\n    commands: [RCPT]": (3, "keys such as at, with and after belong; write at: RCPT, on a line below"),
    "codes:\n  E1: 550 5.7.1": (2, "write reply: 550 5.7.1, on a line below"),
    "codes:\n  '550': {name: Ours}": (2, "words have a place of their own: words.en.codes.550.name"),
    "codes:\n  55O: {}": (2, "codes.55O: this is no valid key here; its O is a letter, not the digit 0; write 550"),
    "codes:\n": (1, "codes: nothing stands here; write what belongs here, or leave the key out"),
    "words:\n  codes: {E1: {name: One}}": (2, "words.codes: this is no valid key here; it belongs below a language: words.en.codes"),
    "words:\n  English: {codes: {E1: {name: One}}}": (2, "write en, since languages are written as their tags"),
    "words:\n  en: {pairs: {550-535: {difference: x}}}": (2, "expected two codes such as 550 vs 535"),
    "related:\n  - {first: 550, second: '550', is: confused}": (2, "related.0: a code is not related to itself; name two codes"),
    "examples:\n  '550': |\n    C: RCPT\n    S: 550 no": (2, "a list belongs here; begin each line with a hyphen and a space"),
    "examples:\n  '550': ['C: RCPT', 'S: 550 no', 'C: RCPT']": None,
    "words:\n  en: {labels: {zzz: x}}": (2, "labels.zzz: this key is unknown; mkdocs-smtpcodes schema has all that there are"),
    # one mistake, one message
    f"{OWN}  E1: {{reply: 650 5.7.1}}": (3, "codes.E1.reply: '650 5.7.1' does not fit; expected a reply such as 550"),
    "codes:\n  650 5.7.1: {}\nrelated:\n  - {first: 650 5.7.1, second: '550', is: confused}": (2, "this is no valid key here", 2),
    f"{OWN}  E1: {{reply: 7}}": (3, "codes.E1.reply: 7 does not fit"),
    f"{OWN}  E1: {{reply: 567 5.7.1}}\nrelated: [{{first: E1, second: '550', is: confused}}]": (3, "567 is not a known code"),
    "related:\n  - {first: '550', is: confused}": (2, "related.0: second is missing"),
    "related:\n  - {is: confused}": (2, "related.0: first and second are missing"),
    "codes:\n  '550':\n    commands: [{with: SIZE=}]": (3, "commands.0: at is missing"),
    "codes:\n  '550':\n    commands: [{at: mail}, MAIL, {at: [MAIL, RCPT]}]": (3, "commands.0.at: 'mail' is unknown; did you mean MAIL?", 3),
    "codes:\n  E1: {reply: 550}\nwords: {en: {codes: {E1: {name: One, summary: <b>x</b>}}}}": (3, "raw HTML (<b>) is not allowed"),
    "codes:\n  E1: [x]\nwords: {en: {codes: {E1: {name: One, summary: x}}}}": (2, "codes.E1: a list stands here, where keys such as reply, text and status belong"),
    "codes: [x]\nwords: {en: {codes: {E1: {name: One}, '299': {name: Two}}}}": (1, "codes: a list stands here, where keys belong, each on a line"),
    "code:\n  E1: {reply: 550}\nwords: {en: {codes: {E1: {name: One, summary: x}}}}": (1, "code: this key is unknown; did you mean codes?"),
    "codes:\n  E1: {reply: 550}\nword: {en: {codes: {E1: {name: One, summary: x}}}}": (3, "word: this key is unknown; did you mean words?"),
    "codes:\n  E1: {reply: 550}\nwords:\n  en:\n    code: {E1: {name: One, summary: x}}": (5, "words.en.code: this key is unknown; did you mean codes?"),
    "codes:\n  E1: {reply: 550}\nwords:\n  en:\n    codes: {E1: {title: One, summary: x}}": (5, "codes.E1.title: this key is unknown; write name"),
    "codes:\n  E524: {reply: 550}\nwords:\n  en:\n    codes:\n      E542: {name: One, summary: x}": (6, "E542 is not a known code; did you mean E524?"),
    f"{OWN}  E1: {{reply: 550, commands: [{{on: RCPT}}]}}": (3, "commands.0.on: this key is unknown; write at"),
    f"{OWN}  E1: {{reply: 550, commands: [{{on: rcpt}}]}}": (3, "commands.0.on: this key is unknown; write at"),
    f"{OWN}  E1: {{replay: 550}}": (3, "codes.E1.replay: this key is unknown; did you mean reply?"),
    "codes:\n  E1: {reply: 550, name: One, summary: x}": (2, "codes.E1.name: this key is unknown; name and summary belong below words.en.codes.E1"),
    "related:\n  - {a: 550, b: 551, is: confused}": (2, "related.0.a: a and b are no keys here; write first and second"),
    "related:\n  - {one: 550, other: 551, is: confused}": (2, "related.0.one: one and other are no keys here; write first and second"),
    "words:\n  en:\n    axes: {retry: {later: x}}": (3, "axes.retry.later: this key is unknown; it belongs below values"),
    f"{HEAD}        received: x": (5, "received: this key is unknown; it belongs below fix"),
    "examples:\n  '550': 'S: 550'": (2, "a list belongs here; write ['S: 550']"),
    "examples:\n  '550': [S: 550 no]": (2, "found a mapping; a text with a colon in it needs quotes"),
    f"{HEAD}        when: a&nbsp;b": (5, "when: an entity (&nbsp;) is shown as it stands; write the sign itself"),
    f"{HEAD}        when: R&D, AT&T and x &y;": None,
    f'{HEAD}        when: "C:\\temp"': (5, "when: \\t in double quotes is a tab; use single quotes"),
    f"{HEAD}\t    next: x": (5, "this is not valid YAML: indent with spaces, not with tabs"),
    "codes:\n  E1: {reply: 550}\ncodes:\n  E2: {reply: 550}\nwords: {en: {codes: {E1: {name: One, summary: x}, E2: {name: Two, summary: x}}}}": (3, "codes: stands twice, first in line 1; put what is below both under one codes:"),
    f"{OWN}  E1:\n    reply: 550\n    reply: 551": (5, "codes.E1.reply: stands twice, first in line 4; keep one of them"),
    "senders:\n  us: {nmae: Us, kind: service}": (2, "senders.us.nmae: this key is unknown; did you mean name?"),
    f"{SENDER}    - {{resaon: mine, source: https://example.org, date: '2026-02-15', tag: EX01}}": (6, "replies.us.0.resaon: this key is unknown; did you mean reason?"),
    "words:\n  en:\n    pairs: {550 vs 551: {diff: x}}": (3, "pairs.550 vs 551.diff: this key is unknown; did you mean difference?"),
    # suggestions know what the site has
    f"{OWN}  E1: {{reply: 550}}\nrelated:\n  - {{first: E2, second: '550', is: confused}}": (5, "E2 is not a known code; did you mean E1?"),
    # where the mistake begins, and nothing that follows from it
    f"{HEAD}        when: 'x\n        name: 'y'": (5, "the quote that opens here is not closed"),
    f"{HEAD}        when: [x\n        name: 'y'": (5, "a [ is not closed"),
    f"{HEAD}        when: {{{{ x }}}}": (5, "when: a text that begins with { needs quotes around it"),
    "words:\n  codes:\n    '550': {name: X}": (2, "words.codes: this is no valid key here"),
    f"{SENDER}    - {{reason: nope, text: 'a {{x}} b'}}": (6, "source and date are missing", 3),
    f"{REASON}replies: {{gmial: [{ROW}text: 'a {{x}} b'}}]}}": (3, "replies.gmial.0.text: {x} is not a variable part", 2),
    # what a message tells to write is taken there
    f"{OWN}  E1: {{reply: 550, source: RFC5321 section 4.2.3}}": (3, "does not fit; write RFC 5321 §4.2.3"),
    f"{OWN}  E1: {{reply: 550, source: 5321}}": (3, "found a number; write RFC 5321"),
    f"{OWN}  E1: {{reply: 550, url: example.org}}": (3, "does not fit; write https://example.org"),
    f"{OWN}  E1: {{reply: 550, retry: {{is: later}}}}": (3, "keys for a command stand in a list"),
    f"{OWN}  E1: {{reply: 550, commands: [{{at: FOO}}]}}": (3, "'FOO' is unknown; it takes CONNECT, EHLO,"),
    f"{SENDER}    - {{reason: mine, source: https://example.org, date: 15.02.2026, tag: EX01}}": (6, "write 2026-02-15"),
    f"{SENDER}    - {{reason: mine, source: https://example.org, date: 2026, tag: EX01}}": (6, "expected a date such as 2026-02-15, found a number"),
    "codes:\n  X.7.711: {classes: [5], basic: [999]}\nwords: {en: {codes: {X.7.711: {name: A, summary: B.}}}}": (2, "expected a reply code such as 550"),
    "codes:\n  '550': {enhanced: [5.7.1]}": (2, "does not fit; write X.7.1"),
    "codes:\n  E 1: {reply: 550}\nwords: {en: {codes: {E1: {name: A, summary: B.}}}}": (2, "codes.E 1: this is no valid key here; an id is one word; write E1"),
    "senders:\n  Blue Mail: {name: Blue, kind: service}": (2, "this is no valid key here; write blue-mail"),
    "words:\n  en:\n    pairs: {'450, 550': {difference: x}}": (3, "expected two codes such as 450 vs 550"),
    "codes:\n  E1:\n    reply:550": (2, "write a space after the colon: reply: 550"),
    "codes:\n  E1:\n  reply: 550": (3, "codes.reply: this belongs below a code; indent reply: by two spaces more"),
    "codes: {'550': {text: x}}\nE524:\n  reply: 550": (2, "E524: this key is unknown; a code belongs below codes: indent it by two spaces more"),
    f"{HEAD}        when: A ![b](c.png).": (5, "an image (![b](…) is not read in a data file"),
    f"{HEAD}        when: A [b](http://c d).": (5, "a space ends the address of a link (http://c d); write %20 for it"),
    f'{HEAD}        when: A [b](http://c "d").': None,
    f"{HEAD}        when: See <https://example.org>.": (5, "write [its text](https://example.org)"),
    # the line of what is wrong, though YAML notices it later
    "codes: [": (1, "a [ or { is not closed"),
    "codes:\n  5.7.711\n    at: [RCPT]": (2, "a key without a colon after it"),
    f"{HEAD}        when: >\n        x": (6, "a key without a colon after it"),
    "codes:\n  '550': {<<: {text: x}}": (2, "codes.550.<<: other keys are not merged into these; write them out"),
    # words at a wrong place are not also missing, for codes and for reasons
    "codes: {E1: {reply: 550}}\nwords: {en-US: {codes: {E1: {name: One, summary: x}}}}": None,
    "codes: {E1: {reply: 550}}\nwords: {de: {codes: {E1: {name: Eins, summary: x}}}}": None,
    "codes: {E1: {reply: 550}}\nwords: {de: {codes: {E1: {name: Eins, summary: x}}}, en: {codes: {'550': {name: x}}}}": None,
    "codes: {E1: {reply: 550}}\nwords: {de: {codes: {E1: {name: Eins, summary: x}}}, en: {codes: {E1: {name: One}}}}": (1, "codes.E1: words are missing: words.en.codes.E1.summary"),
    "codes: {E1: {reply: 550}}\nwords: {de: {codes: {E1: {name: Eins}}}, fr: {codes: {E1: {when: x}}}}": (1, "codes.E1: words are missing: words.de.codes.E1.summary"),
    "codes: {E1: {reply: 550}}\nwords: {de: {codes: {'550': {name: Eins}}}}": (1, "words are missing: words.de.codes.E1.name and summary, or the same in the language of the site"),
    "codes: {E1: {reply: 550}}\nwords: {de: {codes: {E1: {name: 5, summary: x}}}}": (2, "expected a text, found a number"),
    "words: {en-GB: {codes: {'550': {name: One}}}}": None,
    "reasons: {a-b: {group: server, acts: sender, retry: later}}\nwords: {EN: {reasons: {a-b: {name: A, summary: B.}}}}": (2, "write en"),
    "reasons: {a-bcd: {group: server, acts: sender, retry: later}}\nwords: {en: {reasons: {a-bdc: {name: A, summary: B.}}}}": (2, "did you mean a-bcd?"),
    # senders, replies and reasons
    f"{SENDER}    - {ROW}text: two words}}": None,
    f"{SENDER}    - {ROW}codes: [5.7.606-649, 550 5.7.1, 421], text: word}}": None,
    f"{SENDER}    - {ROW}tag: EX01}}": None,
    f"{SENDER}    - {ROW}text: a b, told: nope}}": (6, "replies.us.0.told: nope has no words; write words.en.told.us.nope"),
    "words: {en: {told: {gmail: {dmark: {summary: A.}}}}}": (1, "words.en.told.gmail.dmark: no reply of gmail has told: dmark; did you mean dmarc?"),
    "words: {en: {told: {gmial: {dmarc: {summary: A.}}}}}": (1, "words.en.told.gmial: this sender is unknown; did you mean gmail?"),
    f"{SENDER}    - {ROW}text: '{{text}}'}}": (6, "replies.us.0.text: a text without a word of its own fits every reply"),
    f"{SENDER}    - {ROW}codes: [550], text: '{{host}}: {{text}}'}}": (6, "write what the server says around it, or leave text out"),
    f"{SENDER}    - {ROW}text: 'from {{address here'}}": (6, "text: a { is not closed; a variable part is written as {address}"),
    f"{SENDER}    - {ROW}text: 'from address}} here'}}": (6, "text: a } has no { before it"),
    f"{SENDER}    - {ROW}tag: 'EX{{number}}'}}": (6, "tag: a tag is recognised as it stands, so it has no variable part"),
    f"{SENDER}    - {ROW}codes: ['559 5.7.1']}}": (6, "codes.0: 559 is not a known code; did you mean 550, 551 or 552?"),
    f"{SENDER}    - {ROW}codes: [550, 299]}}": (6, "codes.1: 299 is not a known code; a new one is described under codes"),
    f"{SENDER}    - {ROW}codes: ['600']}}": (6, "codes.0: 600 is no reply: no reply begins with 6 (RFC 5321 §4.2.1); write one such as 550"),
    f"{SENDER}    - {ROW}codes: ['550 4.7.1']}}": (6, "contradicts the first digit of 550 (RFC 2034 §4); write 550 5.7.1, or differs: true in this reply"),
    f"{SENDER}    - {ROW}codes: ['550 4.7.1'], differs: true}}": None,
    "reasons: {greylisted: {codes: [450, 559]}}": (1, "reasons.greylisted.codes.1: 559 is not a known code"),
    "reasons: {greylisted: {codes: [450 5.7.1]}}": (1, "codes.0: the class of 5.7.1 contradicts the first digit of 450 (RFC 2034 §4); write 450 4.7.1"),
    f"{SENDER}    - {{reason: mine, source: not a url, date: '2026-02-15', tag: EX01}}": (6, "expected the address of a page, which begins with https://, or repository@commit path"),
    f"{SENDER}    - {{reason: mine, source: 'https://', date: '2026-02-15', tag: EX01}}": (6, "expected the address of a page"),
    f"{SENDER}    - {{reason: mine, source: acme/mta@1f2e3d src/reply.c, date: '2026-02-15', tag: EX01}}": None,
    f"{SENDER}    - {ROW}setting: ' ', text: two words}}": (6, "replies.us.0.setting: this is empty; write it, or leave the key out"),
    "senders: {gmail: {marks: ['gsmtp', 'from {adress}']}}": (1, "marks.1: {adress} is not a variable part; did you mean {address}?"),
    f"{SENDER}    - {ROW}text: word}}": (6, "replies.us.0.text: a text of a single word fits too much"),
    f"{SENDER}    - {ROW}text: two words}}\n    - {ROW}text: three more words}}": None,
    f"{SENDER}    - {ROW}text: two words}}\n    - {ROW}text: two words}}".replace("mine, source", "mine, setting: x, source", 1): (7, "replies.us.1: this reply stands here already, in own.yml:6; keep one of them"),
    f"{SENDER}    - {ROW}text: two words}}\n    - {{reason: greylisted, source: https://example.org, date: '2026-02-15', text: two words}}": (7, "replies.us.1: this reply stands here already with another reason, in own.yml:6; keep one of them"),
    "words:\n  en:\n    reasons:\n      greylisted: {service: {gmial: x}}": (4, "service.gmial: this sender is unknown; did you mean gmail?"),
    "words:\n  en:\n    reasons:\n      greylisted: {service: {gmail: x}}\n    senders: {gmail: {about: x}}": None,
    "words: {en: {told: {gmail: {dmarc: {summary: A.}}}}}": None,
    f"{SENDER}    - {ROW}setting: x}}": (6, "replies.us.0: a reply is recognised by its codes, its text or its tag"),
    f"{SENDER}    - {ROW}text: 'from {{adress}} here'}}": (6, "{adress} is not a variable part; did you mean {address}?"),
    f"{SENDER}    - {ROW}codes: ['5.7']}}": (6, "replies.us.0.codes.0: '5.7' does not fit; expected a code such as 550"),
    f"{SENDER}    - {{reason: mien, source: https://x.example, date: '2026-02-15', tag: EX01}}": (6, "mien is not a known reason; did you mean mine?"),
    f"{SENDER}    - {{reason: mine, source: https://x.example, date: 15.2.2026, tag: EX01}}": (6, "does not fit; write 2026-02-15"),
    f"{SENDER}    - {{reason: mine, source: https://x.example, date: 2026-02-30, tag: EX01}}": (6, "expected a date such as 2026-02-15"),
    f"{SENDER}    - {{reason: mine, source: https://x.example, date: 2026-02-28, tag: EX01}}": None,
    f"{REASON}replies: {{gmial: [{ROW}tag: EX01}}]}}": (3, "replies.gmial: this sender is unknown; did you mean gmail?"),
    "senders:\n  us: {name: Us}": (2, "senders.us: kind is missing"),
    "senders:\n  us: {name: Us, kind: servce}": (2, "'servce' is unknown; did you mean service?"),
    "senders:\n  us: {name: Us, kind: service, hosts: [http://x]}": (2, "expected a domain such as mx.example.org"),
    "reasons:\n  mine: {acts: sender}": (2, "reasons.mine: group and retry are missing"),
    "reasons:\n  mine: {group: content, acts: sender, retry: 'no'}": (2, "words are missing: words.en.reasons.mine.name and summary, or the same"),
    "reasons:\n  mine: {group: content, acts: sender, retry: 'no'}\nwords: {de: {reasons: {mine: {name: A, summary: B}}}}": None,
    "words:\n  en:\n    reasons:\n      greylistd: {name: x}": (4, "greylistd is not a known reason; did you mean greylisted?"),
    "words:\n  en:\n    reasons:\n      greylisted: {name: Our `list`}": (4, "leave out code spans"),
    "reasons:\n  greylisted: {retry: after-fix}": None,
    # what can only be true of another class or another code
    "codes:\n  5.7.1:\n    basic: [550, 450]": (3, "basic.1: 450 contradicts the class of 5.7.1; write it below 4.7.1, or leave it out"),
    "codes:\n  5.7.1:\n    at: {4: [RCPT]}": (3, "at.4: class 4 contradicts the class of 5.7.1; write it below 4.7.1"),
    "codes:\n  X.7.1:\n    basic: [550, 450]\n    at: {4: [RCPT], 5: [DATA]}": None,
    "words:\n  en:\n    pairs:\n      450 vs 450: {difference: x}": (4, "450 vs 450: a code is not compared with itself; name two codes"),
    "examples:\n  '550': ['C: RCPT', 'S: 551 no']": (2, "examples.550: no line of the server has the code; one begins with 'S: 550 '"),
    "examples:\n  '550': ['S: 550-no', 'S: 550 no']": None,
    f"{OWN}  E1: {{reply: 550, commands: [{{at: RCPT, seen: [postfix, nobody]}}]}}": (3, "commands.0.seen.1: this sender is unknown; a new one"),
    f"{OWN}  E1: {{reply: 550, commands: [{{at: RCPT, seen: [postfix]}}]}}": None,
    f"{SENDER}    - {ROW}codes: ['550'], text: '550 no such user'}}": (None, "text: the text is what stands behind the code; write 550 below codes"),
    f"{SENDER}    - {ROW}codes: ['550'], text: 'no .* such \\d+ user'}}": (None, "text: .* is looked for as it stands, for a text is no regular"),
    f"{SENDER}    - {ROW}codes: ['550'], text: 'see [RFC 5321] (a*b) 550 C:\\x...'}}": None,
    # mends that are right themselves
    f"{OWN}  E1:\n    reply: 550\n    retry: [later, {{is: 'no', at: [RCPT]}}]": (5, "retry.0: a text stands here, where the keys is and at belong; write is: later, on"),
    f"{OWN}  E1:\n    reply: 550\n    retry: [no]": (5, "belong; write is: 'no', on a line below"),
    f"{OWN}  E1:\n    reply: 550\n    commands: [RCPT]": (5, "belong; write at: RCPT, on a line below"),
    f"{OWN}  E1:\n    reply: 550\n    commands: [{{at: [RCPT, DATA]}}]": (5, "write an item for each of RCPT and DATA"),
    f"{OWN}  E1:\n    reply: 550\n    url: help/e1.md": (5, "url: 'help/e1.md' does not fit; expected an address that begins with https://"),
    f"{OWN}  E1:\n    reply: 550\n    url: [https://x.example]": (5, "url: one text belongs here, not a list; write https://x.example"),
    "words: {en: {labels: x}}": (1, "where keys such as title, title_separator and description belong"),
    "codes:\nE524:\n  reply: 550\n": (2, "E524: this key is unknown; a code belongs below codes: indent it by two spaces more"),
    "codes:\nwords: {}\n": (1, "codes: nothing stands here"),
    # what a merge leaves behind
    "codes:\n<<<<<<< HEAD\n  '550': {text: a}\n=======\n  '550': {text: b}\n>>>>>>> other\n": (2, "a conflict of Git is not solved here; keep one side"),
    "reasons:\n  greylisted:\n    acts_with: {'5.7.x': sender}": (3, "5.7.x: this is no valid key here; expected a code such as 5.7.64, or a class: 4 or 5"),
}  # fmt: skip


@pytest.mark.parametrize("text", MESSAGES)
def test_a_mistake_is_one_message_that_says_what_would_be_right(load, text):
    found = load(text).mistakes
    if MESSAGES[text] is None:
        assert found == ()
        return
    line, message, *count = MESSAGES[text]
    assert len(found) == (count[0] if count else 1), found
    assert message in found[0], found
    if line:
        assert found[0].startswith(f"own.yml:{line}: "), found


def test_a_file_that_is_not_utf8_says_so(tmp_path):
    (tmp_path / "own.yml").write_bytes("words: {de: {labels: {fix: Lösung}}}".encode("latin-1"))
    assert load_dataset(["own.yml"], tmp_path).mistakes == ("own.yml:1: this is not UTF-8; save the file as UTF-8",)


def test_a_pair_of_the_site_takes_the_place_of_ours_whichever_code_comes_first(load):
    text = "words: {tr: {pairs: {251 vs 250: {difference: Bizim.}}}, en: {pairs: {251 vs 250: {difference: Ours.}}}}"
    codes = parse_code("250"), parse_code("251")
    assert [load(text).pair(*codes, lang).text for lang in ("en", "tr")] == ["Ours.", "Bizim."]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["", "mark"])
def test_line_ends_and_a_byte_order_mark_do_not_move_lines(tmp_path, end, mark):
    text = f"{mark}codes:\n  '550':\n    # a comment\n\n    retri: no\n".replace("\n", end)
    (tmp_path / "own.yml").write_bytes(text.encode())
    assert load_dataset(["own.yml"], tmp_path).mistakes[0].startswith("own.yml:5: codes.550.retri: ")


# --- ranges and classes ------------------------------------------------------------------------------------------------


def test_a_code_in_a_range_of_the_data_is_told_by_the_range(load):
    dataset = load(
        "codes:\n  5.7.606-649: {at: [CONNECT], retry: after-fix}\n  550 5.7.700-749: {url: https://example.org/tenant}\n"
        "words:\n  en:\n    codes:\n      5.7.606-649: {name: Banned address, summary: The address is banned.}\n"
        "      550 5.7.700-749: {name: Tenant, summary: The tenant sends too much.}\n"
    )
    assert dataset.mistakes == ()
    for text in ("5.7.606-649", "5.7.606", "5.7.620", "5.7.649", "550 5.7.620", "550-5.7.620"):
        entry = dataset.entry(dataset.code(text), "en")
        assert (entry.name.text, entry.profile.status, entry.profile.axes["retry"][0].value) == (
            "Banned address",
            "site",
            "after-fix",
        )
    assert dataset.entry(dataset.code("550 5.7.710"), "en").name.text == "Tenant"
    assert dataset.profile(dataset.code("550 5.7.710")).url == "https://example.org/tenant"
    for text in ("5.7.605", "5.7.650", "4.7.620", "554 5.7.710"):
        assert dataset.entry(dataset.code(text), "en").name.text not in {"Banned address", "Tenant"}
    assert "5.7.606-649" in map(str, dataset.enhanced_codes(5, 7))
    render(
        dataset, ["<< smtp_code(5.7.606-649) >>", "<< smtp_compare(5.7.620, 550 5.7.710) >>", "<< smtp_table(X.7.x) >>"]
    )


def test_the_narrowest_range_and_the_code_itself_win(load):
    names = {"5.7.600-699": "Wide", "5.7.606-649": "Narrow", "5.7.610": "One"}
    codes = "".join(f"  {key}: {{}}\n" for key in names)
    words = "".join(f"      {key}: {{name: {name}, summary: x}}\n" for key, name in names.items())
    dataset = load(f"codes:\n{codes}words:\n  en:\n    codes:\n{words}")
    assert dataset.mistakes == ()
    told = {text: dataset.entry(dataset.code(text), "en").name.text for text in ("5.7.601", "5.7.620", "5.7.610")}
    assert told == {"5.7.601": "Wide", "5.7.620": "Narrow", "5.7.610": "One"}


def test_what_is_said_of_one_class_is_not_said_of_another(load):
    dataset = load(
        "codes: {4.7.500-699: {retry: later}, 5.7.500-699: {retry: after-change}, 5.7.1: {retry: elsewhere}}\n"
        "words: {en: {codes: {4.7.500-699: {name: Slow, summary: a}, 5.7.500-699: {name: Shut, summary: b}, 5.7.1: {name: Own}}}}\n"
    )
    assert dataset.mistakes == ()

    def told(text):
        entry = dataset.entry(dataset.code(text), "en")
        return entry.name.text, entry.profile.axes["retry"][0].value

    assert told("4.7.550") == ("Slow", "later")
    assert told("5.7.550") == ("Shut", "after-change")
    assert told("5.7.1") == ("Own", "elsewhere")
    ours = load_dataset()
    assert dataset.entry(dataset.code("4.7.1"), "en").name == ours.entry(ours.code("4.7.1"), "en").name
    assert dataset.profile(dataset.code("4.7.1")).axes == ours.profile(ours.code("4.7.1")).axes


def test_the_hyphen_form_of_a_reply_is_the_same_key(load):
    dataset = load(
        "codes:\n  550-5.7.1: {url: https://example.org/}\nrelated: [{first: 550-5.7.1, second: '554', is: confused}]\n"
        "words: {en: {codes: {550-5.7.1: {name: Ours}}, pairs: {550-5.7.1 vs 554: {difference: They differ.}}}}\n"
    )
    assert dataset.mistakes == ()
    code = dataset.code("550 5.7.1")
    assert dataset.entry(code, "en").name.text == "Ours"
    assert dataset.pair(code, dataset.code("554"), "en").text == "They differ."
    assert "554" in [str(other) for other, _ in dataset.related(code)]
    assert "stands twice" in load("codes:\n  550-5.7.1: {}\n  550 5.7.1: {}\n").mistakes[0]


def test_own_replies_senders_and_reasons_are_layered_over_ours(load):
    dataset = load(
        "senders: {us: {name: Us, kind: service}, gmail: {documentation: https://example.org/gmail}}\n"
        "reasons: {mine: {group: content, acts: sender, retry: 'no'}, greylisted: {codes: [451]}}\n"
        f"replies:\n  us: [{ROW}text: we do not want it}}]\n  gmail: [{ROW}tag: OURS1}}]\n"
        "words: {en: {reasons: {mine: {name: Mine, summary: It is mine.}, greylisted: {name: Ours}}}}\n"
    )
    assert dataset.mistakes == ()
    assert next(iter(dataset.replies)) in {"us", "gmail"}, "those of a site come first"
    assert dataset.replies["gmail"][0].tag == "OURS1"
    assert len(dataset.replies["gmail"]) > 1
    assert dataset.senders["gmail"].documentation == "https://example.org/gmail"
    assert dataset.senders["gmail"].name == load_dataset().senders["gmail"].name
    assert dataset.reasons["mine"].acts == "sender"
    assert dataset.reasons["greylisted"].codes == ("451",)
    assert dataset.reasons["greylisted"].retry == load_dataset().reasons["greylisted"].retry
    assert dataset.words("en").get("reasons", "greylisted", "name").text == "Ours"


def test_a_text_may_lack_what_is_put_in_and_null_hides_both_halves(load):
    dataset = load(
        "words: {en: {labels: {standard_text: Text}, codes: {'550': {fix: null}}}, xx: {axes: {retry: {values: {later: {short: Ja}}}}}}"
    )
    assert dataset.mistakes == ()
    entry = dataset.entry(dataset.code("550"), "en")
    assert (entry.fix_received.text, entry.fix_sending.text) == ("", "")
    render(dataset, ["<< smtp_code(550) >>", "<< smtp_compare(450, 550, lang=xx) >>", "<< smtp_code(450, lang=xx) >>"])


def test_a_single_data_file_may_stand_without_a_list(tmp_path):
    (tmp_path / "own.yml").write_text("words: {en: {codes: {'550': {name: Ours}}}}", encoding="utf-8")
    html = convert("<< smtp_code(550) >>", data_files="own.yml", folder=str(tmp_path))
    assert "SMTP 550 Ours" in html


def test_a_text_that_links_to_no_page_is_named_in_its_file_once(build_site, tmp_path):
    """The writer has the data file to mend, not each page that shows the text; links that lead somewhere stay."""
    own = tmp_path / "own.yml"
    own.write_text(
        "codes:\n  '599': {}\nwords:\n  en:\n    codes:\n      '599':\n        name: Own\n        summary: It is our own.\n"
        "        when: See [the list](help/lists.md#x) and [home](index.md).\n",
        encoding="utf-8",
    )
    pages = {
        "index.md": "# Home\n\n<< smtp_code(599) >>\n",
        "a/b.md": "# B\n\n<< smtp_code(599) >>\n",
        "help/list.md": "# L\n",
    }
    site = build_site(pages, plugin={"data_files": [str(own)]})
    assert site.warnings == [
        f"{own}:9: words.en.codes.599.when: the link leads to help/lists.md, which the site has not; did you mean help/list.md?"
    ]
    assert "See the list and home ." in text_of(site.html("a/b/index.html"))
    links = {link.get_text(): link["href"] for link in site.soup("a/b/index.html").select(".smtp-codes a[href]")}
    assert links["home"] in {"../..", "../../"} and "the list" not in links
