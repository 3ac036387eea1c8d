"""From the server to the page: what `server` writes is taken by real servers, and their replies lead to pages that answer."""

import os
import re
import shutil
import smtplib
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

from mkdocs_smtpcodes import load_dataset
from mkdocs_smtpcodes.cli import main
from mkdocs_smtpcodes.codes import canonical
from mkdocs_smtpcodes.dataset.naming import UnknownName, key_of, names
from mkdocs_smtpcodes.reference import inventory
from mkdocs_smtpcodes.reference.addresses import Addresses, predicted
from mkdocs_smtpcodes.reference.servers import SERVERS, Helped, TooLong
from mkdocs_smtpcodes.reference.servers.lines import ascii_address

from .cli.conftest import call, write  # noqa: F401 (fixtures)

DATASET = load_dataset()
BASE = "https://help.example.org/"
ANCHORS = Path(__file__).with_name("anchors.txt").read_text(encoding="utf-8").split()
needs_postfix = pytest.mark.skipif(
    not shutil.which("postmap"), reason="Postfix is not installed (apt-get install postfix)"
)


def helped(base=BASE, **options):
    return Helped(DATASET, predicted(DATASET, base, "smtp"), **options)


# --- names that stay ---------------------------------------------------------------------------------------------------


def test_a_name_that_was_ever_published_leads_to_an_entry():
    """A name that must go gets an entry in facts/former.yml; a new one is added to tests/anchors.txt."""
    for name in ANCHORS:
        assert key_of(name, DATASET), name
    new = set(names(DATASET)) - set(ANCHORS)
    assert not new, f"add to tests/anchors.txt: {' '.join(sorted(new))}"
    assert sorted(set(ANCHORS)) == ANCHORS


def test_a_former_name_leads_to_the_entry_that_says_it_now(build_site, monkeypatch):
    monkeypatch.setattr(DATASET, "former", {"smtp-reason-grey": "smtp-reason-greylisted"})
    assert key_of("smtp-reason-grey", DATASET) == "reason:greylisted"
    with pytest.raises(UnknownName):
        key_of("smtp-reason-gray", DATASET)
    site = build_site({"index.md": "# A\n\n[wait][smtp-reason-grey]\n"}, plugin={"reference": "used"})
    assert site.soup().select_one("a.smtp-link")["href"] == "smtp/reasons/greylisted/#smtp-reason-greylisted"
    assert site.soup("smtp/reasons/greylisted/index.html").find(id="smtp-reason-grey")
    former = site.soup("smtp/reasons/grey/index.html")
    assert former.a["href"] == "../greylisted/#smtp-reason-greylisted"
    assert former.select_one("meta[http-equiv=refresh]")["content"] == "0; url=../greylisted/#smtp-reason-greylisted"


@pytest.mark.parametrize("directories", [pytest.param(True, marks=pytest.mark.whole), False])
def test_the_foretold_addresses_are_those_of_the_build(build_site, directories):
    plugin = {"reference": "all", "comparisons": [[450, 550]], "reference_dir": "mail/codes"}
    site = build_site({"index.md": "# A\n"}, plugin=plugin, use_directory_urls=directories)
    told = predicted(DATASET, "https://example.org/", "mail/codes", [("450", "550")], directories=directories)
    from mkdocs_smtpcodes.reference.addresses import from_inventory

    built = from_inventory((site.folder / "objects.inv").read_bytes(), "https://example.org/")
    assert told.known == built.known


# --- what a reply may hold ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("server", SERVERS)
def test_every_line_is_printable_ascii_and_has_room_in_a_reply(server):
    told = SERVERS[server](helped("https://hälfe.example/ärger $x/"))
    assert told.isascii() and "$x" not in told
    assert "https://xn--hlfe-loa.example/%C3%A4rger%20%24x/smtp/" in told
    for line in told.splitlines():
        assert line.isprintable() or "\t" in line
        for text in re.findall(r"[^\"`=]*see https?://[^\"'`;]*", line.rpartition("\\c; ")[2]):
            assert len(text) <= 512 - 14


@pytest.mark.parametrize("server", SERVERS)
def test_an_address_that_has_no_room_is_a_message(server):
    with pytest.raises(TooLong, match=r"a reply has room for \d+ \(RFC 5321 §4\.5\.3\.1\.5\); shorten site_url"):
        SERVERS[server](helped(f"https://help.example/{'long/' * 100}"))


def test_an_address_is_made_ascii():
    assert ascii_address("https://münchen.example:8080/a b/ü/#smtp-E%201") == (
        "https://xn--mnchen-3ya.example:8080/a%20b/%C3%BC/#smtp-E%201"
    )


def test_only_what_the_site_explains_is_written():
    some = Addresses({"smtp-550": f"{BASE}smtp/550/#smtp-550"})
    rules = [line for line in SERVERS["postfix"](Helped(DATASET, some)).splitlines() if not line.startswith("#")]
    assert rules == [rf"/^550[ -]/ \c; see {BASE}smtp/550/#smtp-550"]


# --- the command -------------------------------------------------------------------------------------------------------

CONFIG = "site_name: A\nsite_url: https://help.example.org\nplugins:\n  - smtpcodes: {reference: all}\n"


@pytest.mark.parametrize(
    ("arguments", "config", "message"),
    [
        (
            ["postfix"],
            "site_name: A\n",
            "the addresses of the site's pages are not known; set site_url and reference: all",
        ),
        (
            ["postfix", "--note", "at $time"],
            CONFIG,
            "$time is not known to smtpd_reject_footer; it knows $client_address",
        ),
        (["postfix", "--note", "für"], CONFIG, "--note: a reply is printable ASCII (RFC 5321 §4.2)"),
        (["exim", "--note", "a"], CONFIG, "--note and --own-line are for postfix; exim has no footers"),
        (["qmail"], CONFIG, "'qmail' is not one of 'postfix', 'exim'"),
        (
            ["exim", "--built", "."],
            CONFIG,
            "objects.inv cannot be read: No such file or directory; build the site first",
        ),
    ],
)
def test_a_wrong_call_says_what_would_be_right(call, write, arguments, config, message):  # noqa: F811
    write({"mkdocs.yml": config})
    result = call("server", *arguments)
    assert result.exit_code == 2
    assert message in " ".join(result.output.split())


INVENTORY = inventory.write("A", "1", [inventory.Item("smtp-550", "codes/550/#smtp-550", "550")])
SITEMAP = (
    "<urlset>"
    + "".join(f"<url><loc>https://help.example.org/mail/{page}</loc></url>" for page in ("a/", "", "b/"))
    + "</urlset>"
)
CANONICAL = '<html><head><link rel="canonical" href="https://help.example.org/mail/"></head></html>'


@pytest.mark.parametrize(
    "files",
    [
        {"sitemap.xml": SITEMAP},
        {"index.html": CANONICAL},
        # One without the home says nothing, one without addresses neither.
        {
            "sitemap.xml": SITEMAP.replace("mail/</loc>", "mail/c/</loc>"),
            "index.html": CANONICAL.replace("rel=", "data-x='' rel="),
        },
        {"sitemap.xml": "<urlset></urlset>", "index.html": CANONICAL},
    ],
)
@pytest.mark.parametrize("where", ["", "mkdocs.yml"])
def test_a_built_site_says_itself_where_it_is(call, write, files, where):  # noqa: F811
    """So it may be anywhere, and a configuration that is found may be that of another site."""
    write({f"built/{name}": text for name, text in files.items()})
    write(
        {
            "built/objects.inv": INVENTORY,
            **({where: "site_name: A\nsite_url: https://other.example/\n"} if where else {}),
        }
    )
    for named in ("built", "built/objects.inv"):
        assert "https://help.example.org/mail/codes/550/#smtp-550" in call("server", "postfix", "--built", named).stdout
    assert (
        "(https://help.example.org/mail/codes/550/#smtp-550"
        in call("render", "--built", "built", "<< smtp(550) >>").stdout
    )
    said = call("server", "postfix", "--built", "built", "--site-url", "https://new.example/x").stdout
    assert "https://new.example/x/codes/550/#smtp-550" in said and "help.example.org" not in said
    assert said.startswith("# Leads from the replies of Postfix to https://new.example/x/codes")


def test_a_built_site_without_an_address_asks_for_one(call, write):  # noqa: F811
    write({"built/objects.inv": INVENTORY, "built/index.html": "<html>"})
    done = call("render", "--built", "built", "<< smtp(550) >>")
    assert done.exit_code == 2 and "say --site-url" in " ".join(done.output.split())
    write({"mkdocs.yml": "site_name: A\nsite_url: https://mine.example/\n"})
    assert "(https://mine.example/codes/550/#smtp-550" in call("render", "--built", "built", "<< smtp(550) >>").stdout


def test_a_note_has_the_names_of_postfix_with_two_dollar_signs(call, write):  # noqa: F811
    write({"mkdocs.yml": CONFIG})
    told = call("server", "postfix", "--note", "(time $localtime)", "--own-line").output
    assert "/^550[ -]/ see https://help.example.org/smtp/550/#smtp-550 (time $$localtime)\n" in told


def test_rspamd_tells_a_reason_only_where_it_decided():
    """force_actions: the value of an expression of one symbol is its score, and has to exceed the limit."""
    told = SERVERS["rspamd"](helped())
    rules = dict(re.findall(r"^  (SMTP_HELP_\w+) \{\n(.*?)^  \}", told, re.MULTILINE | re.DOTALL))
    assert "SMTP_HELP_SPF" in rules and "SMTP_HELP_RBL_SPAMHAUS_SBL" in rules
    for name, rule in rules.items():
        assert 'require_action = ["reject"];' in rule
        expression = re.search(r'expression = "([^"]+)"', rule)[1]
        if name == "SMTP_HELP_DANGEROUS_CONTENT":
            assert "limit" not in rule and "CLAM_VIRUS" in expression
        else:
            assert "limit = 14.99;" in rule and re.fullmatch(r"\w+", expression)
    # What has been learnt to be spam is no virus.
    assert "FUZZY" not in told.split("rules {")[1]
    assert "smtp-reason-spam" in re.search(r"reject_message = (.*);", told)[1]


# --- Postfix -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    path = tmp_path_factory.mktemp("table") / "smtp_help"
    path.write_text(SERVERS["postfix"](helped()), encoding="ascii")
    return path


def query(table, *replies):
    """What `postmap` finds for replies: the name of an entry, "" for none."""
    found = subprocess.run(
        ["postmap", "-q", "-", f"regexp:{table}"], input="\n".join(replies), capture_output=True, text=True, check=False
    )
    assert not found.stderr
    names = dict(line.split("\t", 1) for line in found.stdout.splitlines())
    return [names.get(reply, "").partition("#")[2] for reply in replies]


@needs_postfix
@pytest.mark.parametrize(
    ("reply", "name"),
    [
        ("550 5.1.1 <a@b.c>: Recipient address rejected: User unknown in local recipient table", "smtp-reason-user-unknown"),
        ("454 4.7.1 <a@example.org>: Relay access denied", "smtp-reason-relay-denied"),
        ("450 4.7.25 Client host rejected: cannot find your hostname, [192.0.2.1]", "smtp-reason-reverse-dns"),
        ("452 4.3.1 Insufficient system storage", "smtp-reason-server-full"),
        ("554 5.7.1 Spam message rejected", "smtp-reason-spam"),
        # Administrators change the code.
        ("550 5.7.1 Spam message rejected", "smtp-reason-spam"),
        ("550 5.2.2 <a@b.c>: Mailbox is full", "smtp-reason-mailbox-full"),
        ("552 5.2.2 Mailbox is full / Quota exceeded", "smtp-reason-mailbox-full"),
        ("550 5.4.4 <a@b.c>: unable to look up host b.c", "smtp-reason-domain-unknown"),
        ("451 4.3.5 <a@b.c>: unable to look up host b.c", "smtp-reason-server-error"),
        # Words in an address are no words of the server.
        ("550 5.7.1 <mailbox-full@spam.example>: no", "smtp-5-7-1"),
        ("550 5.7.26 what nobody has on record", "smtp-5-7-26"),
        ("550-5.7.26 in several lines", "smtp-5-7-26"),
        ("521 what nobody has on record", "smtp-521"),
        ("250 2.1.5 Ok", ""),
        ("354 End data with <CR><LF>.<CR><LF>", ""),
    ],
)  # fmt: skip
def test_postmap_finds_the_entry_of_a_reply(table, reply, name):
    assert query(table, reply) == [name]


def test_every_rule_of_the_table_can_match_a_reply(table):
    """The key begins with the reply code, so that a rule that begins with an enhanced code is dead."""
    for line in table.read_text(encoding="ascii").splitlines():
        assert not re.match(r"/\^\(?(?:[^/]*\|)?[45]\\\.", line), line
    begun = [line for line in table.read_text(encoding="ascii").splitlines() if line.startswith("/^")]
    assert len(begun) > 100


@needs_postfix
def test_postmap_finds_the_reason_of_every_refusal_of_postfix_on_record(table):
    rows = [row for row in DATASET.replies["postfix"] if len(row.text) >= 10 and row.codes and row.codes[0][0] in "45"]

    def reply(code):
        # A reply begins with its reply code, be it on record or not.
        return code if canonical(code)[3:4] in {" ", ""} else f"{'550' if code[0] == '5' else '450'} {code}"

    asked = [f"{reply(row.codes[0])} <a@example.org>: {re.sub(r'{[a-z_0-9]+}', 'x', row.text)}" for row in rows]
    found = query(table, *asked)
    wrong = [
        (reply, name)
        for reply, name, row in zip(asked, found, rows, strict=True)
        if name != f"smtp-reason-{row.reason}"
    ]
    assert len(rows) > 200
    assert not wrong


MAIN = """
compatibility_level = 3.6
queue_directory = {root}/queue
data_directory = {root}/data
mail_owner = postfix
setgid_group = postdrop
myhostname = mail.example.org
mydestination = example.org
mynetworks =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
alias_maps =
alias_database =
local_recipient_maps = inline:{{known=yes}}
smtpd_relay_restrictions = reject_unauth_destination
smtpd_reject_footer_maps = regexp:{root}/etc/smtp_help
maillog_file = {root}/log
maillog_file_prefixes = {root}
"""
MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
127.0.0.1:{screened} inet n - n - 1 postscreen
 -o postscreen_access_list=static:reject
 -o postscreen_denylist_action=enforce
 -o postscreen_greet_action=ignore
smtpd pass - - n - - smtpd
dnsblog unix - - n - 0 dnsblog
tlsproxy unix - - n - 0 tlsproxy
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
anvil unix - - n - 1 anvil
local unix - n n - - local
error unix - - n - - error
postlog unix-dgram n - n - 1 postlogd
"""


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    from .conftest import build_site

    build = build_site.__wrapped__(tmp_path_factory.mktemp("help"))
    return build({"index.md": "# Help\n"}, plugin={"reference": "all"}, site_url=BASE)


@pytest.fixture(scope="module")
def postfix(site):
    """A Postfix of its own on the loopback, with the table of the built site: the ports of smtpd and postscreen."""
    if not shutil.which("postfix") or os.geteuid() != 0:
        pytest.skip("a Postfix is started by root only, and has to be installed (apt-get install postfix)")
    root = Path(tempfile.mkdtemp(prefix="smtpcodes-postfix-"))
    root.chmod(0o755)
    for name in ("etc", "queue", "data"):
        (root / name).mkdir()
    shutil.chown(root / "data", "postfix")
    ports = free_port(), free_port()
    (root / "etc" / "main.cf").write_text(MAIN.format(root=root), encoding="utf-8")
    (root / "etc" / "master.cf").write_text(MASTER.format(port=ports[0], screened=ports[1]), encoding="utf-8")
    configuration = str(site.folder.parent / "mkdocs.yml")
    arguments = [
        "server",
        "postfix",
        "--config",
        configuration,
        "--built",
        str(site.folder),
        "--note",
        "(client $client_address)",
    ]
    result = CliRunner().invoke(main, [*arguments, "--output", str(root / "etc" / "smtp_help")])
    assert result.exit_code == 0, result.output
    command = ["postfix", "-c", str(root / "etc")]
    started = subprocess.run([*command, "start"], capture_output=True, text=True, check=False, timeout=60)
    log = root / "log"
    try:
        assert started.returncode == 0, started.stderr + (log.read_text() if log.exists() else "")
        for port in ports:
            for _ in range(50):
                try:
                    socket.create_connection(("127.0.0.1", port), 1).close()
                    break
                except OSError:
                    time.sleep(0.1)
        yield ports
        assert "warning" not in log.read_text()
    finally:
        subprocess.run([*command, "stop"], capture_output=True, check=False, timeout=60)
        shutil.rmtree(root, ignore_errors=True)


def refused(port, recipient, sender="ann@example.com"):
    with smtplib.SMTP("127.0.0.1", port, timeout=30) as client:
        client.ehlo("client.example.com")
        client.mail(sender)
        code, text = client.rcpt(recipient)
        return code, text.decode("ascii")


def page_of(text, site):
    """The page of the built site that a reply leads to, and the element at its anchor."""
    address = re.search(r"https://\S+", text)[0]
    assert address.startswith(BASE)
    parts = urlsplit(address)
    page = site.soup(f"{parts.path.lstrip('/')}index.html")
    return page, page.find(id=parts.fragment)


@pytest.mark.parametrize(
    ("recipient", "code", "title", "answer"),
    [
        ("nobody@example.org", 550, "No such mailbox", "letter by letter"),
        ("bob@example.net", 554, "No relaying", "switch on the login"),
    ],
)
def test_the_reply_of_a_real_postfix_leads_to_the_page_that_answers_it(postfix, site, recipient, code, title, answer):
    got, text = refused(postfix[0], recipient)
    assert got == code
    assert text.endswith("(client 127.0.0.1)") and "\n" not in text
    page, heading = page_of(text, site)
    assert heading.get_text() == title
    assert answer in page.select_one("section.smtp-replies .smtp-answer").get_text()


def test_the_reply_of_postscreen_leads_there_too(postfix, site):
    code, text = refused(postfix[1], "known@example.org")
    assert code in {450, 550, 554}
    _, heading = page_of(text, site)
    assert heading is not None


def test_a_good_recipient_is_taken_without_a_word(postfix):
    assert refused(postfix[0], "known@example.org") == (250, "2.1.5 Ok")
