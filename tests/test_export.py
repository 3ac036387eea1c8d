"""The published JSON in real builds, against its schema, and beside what the Python API says."""

import json

import jsonschema
import pytest
from click.testing import CliRunner

from mkdocs_smtpcodes import load_dataset
from mkdocs_smtpcodes.cli import main
from mkdocs_smtpcodes.reference.choosing import all_codes
from mkdocs_smtpcodes.reference.exporting import export

from .test_generated import I18N, PAGES, STRICT

DATA = """\
codes:
  E524: {reply: 550 5.7.1, url: https://example.com/e524}
words:
  en:
    codes:
      E524: {name: Content rejected, summary: We do not carry it.}
      '550': {when: null}
"""


def read(site, folder="smtp"):
    told = json.loads((site.folder / folder / "codes.json").read_text(encoding="utf-8"))
    schema = json.loads((site.folder / folder / told["$schema"]).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(told)
    return told


@pytest.mark.parametrize("export", ["off", None])
def test_nothing_is_published_unasked(build_site, export):
    site = build_site(PAGES, plugin={} if export is None else {"export": export}, **STRICT)
    assert not list(site.folder.rglob("codes.json"))


def test_all_codes_are_there_with_facts_words_and_addresses(build_site):
    pages = PAGES | {"own.md": "# Own\n\n<< smtp_code(550) >>\n"}
    site = build_site(pages, plugin={"export": "json", "reference": "used"}, **STRICT)
    told = read(site)
    assert told["format"] == 1
    assert told["languages"] == ["en"]
    assert set(told["codes"]) == {*all_codes(load_dataset()), "550 5.7.26"}
    entry = told["codes"]["550"]
    assert entry["class"] == 5
    assert entry["sources"][0] == {
        "text": "RFC 5321 §4.2.3", "url": "https://www.rfc-editor.org/rfc/rfc5321#section-4.2.3"
    }  # fmt: skip
    assert entry["axes"]["retry"] == [{"value": "no"}]
    assert {"code": "450", "is": "temporary-form"} in entry["related"]
    assert entry["words"]["en"]["name"] == "Mailbox unavailable"
    assert entry["pages"] == {"en": "https://example.org/own/#smtp-550"}, "the site's own page before a generated one"
    assert told["codes"]["535"]["pages"] == {"en": "https://example.org/smtp/535/#smtp-535"}
    assert told["codes"]["521"]["pages"] == {}
    assert told["comparisons"] == [{"codes": ["450", "550"], "pages": {"en": "https://example.org/#smtp-450-vs-550"}}]


def test_the_reasons_that_the_site_explains_are_in_it_and_log_finds_them_there(build_site, monkeypatch):
    pages = {"index.md": "# Mail\n\n<< smtp_replies(reason=relay-denied) >>\n\n<< smtp_code(550 5.7.26) >>\n"}
    site = build_site(pages, plugin={"export": "json"}, **STRICT)
    here = "https://example.org/#smtp-"
    assert read(site)["reasons"] == {"relay-denied": {"pages": {"en": f"{here}reason-relay-denied"}}}
    (site.folder / "mail.log").write_text(
        "postfix/smtpd[1]: NOQUEUE: reject: RCPT from x[192.0.2.1]: 554 5.7.1 <a@b.example>: Relay access denied; from=<>\n"
        "postfix/smtp[1]: 4A: to=<a@b.example>, dsn=5.7.26, status=bounced (host x[192.0.2.2] said: 550 5.7.26 no)\n"
        "postfix/smtp[1]: 4A: to=<a@b.example>, dsn=5.1.1, status=bounced (host x[192.0.2.2] said: 550 5.1.1 no)\n"
    )
    monkeypatch.chdir(site.folder)
    done = CliRunner(catch_exceptions=False).invoke(main, ["log", "mail.log", "--site", "smtp/codes.json", "--json"])
    explained = {row["code"]: row["explained"] for row in json.loads(done.stdout)["found"]}
    assert explained == {
        "550 5.1.1": None,
        "550 5.7.26": {"by": "550 5.7.26", "pages": {"en": f"{here}550-5-7-26"}},
        "554 5.7.1": {"by": "the reason", "pages": {"en": f"{here}reason-relay-denied"}},
    }


def test_the_sites_own_codes_and_words_are_in_it(build_site):
    site = build_site(
        PAGES | {"../own.yml": DATA},
        plugin={"export": "json", "data_files": ["own.yml"], "reference_dir": "codes"},
        **STRICT,
    )
    told = read(site, "codes")
    own = told["codes"]["E524"]
    assert own["kind"] == "id of the site"
    assert own["reply"] == "550 5.7.1"
    assert own["url"] == "https://example.com/e524"
    assert own["words"]["en"]["summary"] == "We do not carry it."
    assert own["axes"]["outcome"] == [{"value": "5"}]
    assert told["codes"]["550"]["words"]["en"]["when"] == "", "hidden by the site"


def test_a_site_in_several_languages_publishes_one_file(build_site):
    pytest.importorskip("material")
    pytest.importorskip("mkdocs_static_i18n")
    pages = PAGES | {"index.tr.md": PAGES["index.md"]}
    plugins = [
        "search",
        {"i18n": {"docs_structure": "suffix", **I18N}},
        {"smtpcodes": {"export": "json", "reference": "used"}},
    ]
    site = build_site(pages, theme="material", plugins=plugins, **STRICT)
    told = read(site)
    assert told["languages"] == ["en", "tr"]
    entry = told["codes"]["550"]
    assert set(entry["words"]) == {"en", "tr"}
    assert entry["words"]["en"]["name"] != entry["words"]["tr"]["name"]
    assert entry["pages"] == {
        "en": "https://example.org/smtp/550/#smtp-550",
        "tr": "https://example.org/tr/smtp/550/#smtp-550",
    }
    assert [path.parent.name for path in site.folder.rglob("codes.json")] == ["smtp"]


def test_two_builds_in_one_process_do_not_mix(build_site):
    build_site(
        PAGES | {"tr.md": "---\nlang: tr\n---\n<< smtp_code(421) >>\n"}, plugin={"export": "json"}, folder="first"
    )
    told = read(build_site(PAGES, plugin={"export": "json"}, folder="second"))
    assert told["languages"] == ["en"]
    assert told["codes"]["521"]["pages"] == {}


def test_a_site_without_an_address_has_relative_ones(build_site):
    site = build_site({"index.md": "# A", "a.md": "<< smtp_code(550) >>"}, plugin={"export": "json"}, site_url="")
    assert read(site)["codes"]["550"]["pages"] == {"en": "a/#smtp-550"}


def test_the_api_gives_the_same_for_every_language(tmp_path):
    (tmp_path / "eo.yml").write_text("words: {eo: {codes: {'211': {name: Stato}}}}\n", encoding="utf-8")
    dataset = load_dataset(["eo.yml"], tmp_path)
    assert dataset.mistakes == ()
    told = export(dataset, ["tr", "eo"])
    assert told["languages"] == ["tr", "eo", "en"], "Esperanto lacks texts"
    assert export(dataset, ["tr"])["languages"] == ["tr"]
    for key, code in told["codes"].items():
        profile = dataset.profile(dataset.code(key))
        assert code["status"] == profile.status
        assert [source["text"] for source in code["sources"]] == list(profile.sources)
        assert code["words"]["en"]["summary"] == dataset.entry(dataset.code(key), "en").summary.text
        assert code["words"]["tr"]["summary"] == dataset.entry(dataset.code(key), "tr").summary.text
    assert told["codes"]["211"]["words"]["eo"].keys() == {"name"}


def test_pages_about_reasons_and_senders_are_no_codes(build_site):
    text = "# H\n\n<< smtp_replies(reason=greylisted) >>\n\n<< smtp_replies(gmail) >>\n"
    site = build_site({"index.md": text}, plugin={"export": "json"}, strict=True)
    assert set(read(site)["codes"]) == set(all_codes(load_dataset()))
