"""Takes out of a reply what identifies people: addresses, host names, IP addresses, ids. Neutral examples take their place.

A value becomes the same example wherever one :class:`Redactor` meets it, so that a reader sees what belongs together. Examples
come from the ranges that are reserved for them (RFC 2606, RFC 5737, RFC 3849); such values in the text stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

#: Domains that stand in a reply for everybody: lists that are asked, and pages that explain. They name no customer.
PUBLIC = (
    "spamhaus.org", "spamcop.net", "sorbs.net", "barracudacentral.org", "uceprotect.net", "surbl.org", "uribl.com", "abuseat.org",
    "mailspike.net", "mailspike.org", "senderscore.com", "invaluement.com", "dnswl.org", "manitu.net", "psbl.org", "surriel.com",
    "nixspam.org", "junkemailfilter.com", "backscatterer.org", "gbudb.net", "spamrats.com", "blocklist.de", "rfc-editor.org",
    "ietf.org", "open-spf.org", "openspf.org", "openspf.net", "dmarc.org", "dkim.org", "postfix.org", "exim.org", "aka.ms",
    "go.microsoft.com", "learn.microsoft.com", "support.microsoft.com", "sender.office.com", "support.google.com",
    "senders.yahooinc.com", "help.yahoo.com", "postmaster.yahooinc.com", "support.apple.com",
    "docs.aws.amazon.com", "talosintelligence.com", "postmaster.gmx.net", "postmaster.web.de", "postmaster.t-online.de",
    "ipcheck.proofpoint.com", "support.proofpoint.com", "csi.cloudmark.com", "mail-abuse.com", "help.mail.ru", "mail.163.com",
    "postmaster.free.fr", "postmaster.orange.fr", "postmaster.cox.net", "symanteccloud.com", "ya.cc",
)  # fmt: skip
#: Last labels that make a dotted name that of a file, a program or an error, and not of a host.
_NO_HOST = frozenset(
    ("c", "cf", "cfg", "conf", "eml", "exe", "html", "log", "mc", "msg", "pl", "py", "sh", "txt", "xml", "yml")
)
_EXAMPLE_HOST = re.compile("(?:^|\\.)(?:example(?:\\.(?:com|net|org|edu))?|test|invalid|localhost|localdomain)$")
_EXAMPLE_IP = ("192.0.2.", "198.51.100.", "203.0.113.", "127.", "0.0.0.0", "255.255.255.255", "2001:db8:", "::1")

#: Names of nobody.
_EXAMPLES = frozenset(("user", "postmaster", "mailer-daemon", "abuse", "root", "anonymous"))
_DOMAIN_NAMES = ("example.org", "example.com", "example.net")
# Each piece is bounded, and no two neighbours can take the same character, so that a long text is read once.
_THING = re.compile(
    r"(?P<uuid>\b[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}\b)"
    r"|(?P<ip6>(?<![\w:.])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?![\w:]))"
    r"|(?P<word>[^\s<>()\[\]{}\"'`,;:|=&?#/\\*]{1,320})"
)
_IP4 = re.compile(r"(?<![\w.-])(?:\d{1,3}[.-]){3}\d{1,3}(?![\w-]|\.\d)")
_LABEL = re.compile(r"\w(?:[\w-]{0,61}\w)?")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{7,}")
#: The name of a login or of an account. A log writes it as a value, and there it is one whatever it is.
_VALUE = re.compile(
    r"(?P<lead>\b(?:sasl_username|sasl_sender|user(?:name|[-_ ]?id)?|login|account|auth[-_]?(?:id|user)|set_id|uid|owner)="
    r"[<\"'(\[]?)"
    r"(?P<name>[^\s<>\"'`,;()\[\]=]{1,128})",
    re.IGNORECASE,
)
#: A sentence names it behind the word for what it is, where no ordinary word follows ("user unknown").
_SPOKEN = re.compile(
    r"(?P<lead>\b(?:(?:user(?:name)?|account|login|mailbox)[ :]{1,2}(?:(?:name|id)[ :]{1,2})?[<\"'(\[]?"
    r"|(?:usuario|utilisateur|Benutzer|Konto|compte|cuenta)[ :]{1,2}[<\"'(\[]))"
    r"(?P<name>[^\W\d_][\w.+-]{2,127})(?![\w@=])",
    re.IGNORECASE,
)
#: With the name of its Windows domain in front; and in a sentence, where it is no ordinary word.
_WINDOWS = re.compile(r"(?<![\w\\])(?P<lead>[A-Z][A-Z0-9-]{1,14}\\)(?P<name>[A-Za-z][\w.-]{1,127})")
_FOR = re.compile(
    r"(?P<lead>\b(?:authentication|login|logon)(?: [a-z]{1,12}){0,2} for )(?P<name>[A-Za-z][\w-]{0,60}[._0-9][\w.-]{1,60})",
    re.IGNORECASE,
)
_LOGINS = (_VALUE, _SPOKEN, _WINDOWS, _FOR)
#: A name without a dot that stands alone in angle brackets before what is said of it, or at HELO: a machine, or a local part.
_ALONE = re.compile(
    r"(?P<lead>\b(?:helo|ehlo)[= ]<?|<)(?P<name>[A-Za-z0-9_][\w+-]{1,127})(?P<end>>(?=:|\.\.\.)|(?<=[\w])(?=>?(?:[\s,;\]]|$)))"
    r"(?=(?P<about>:? ?Helo)?)",
    re.IGNORECASE,
)
_ORDINARY = frozenset((
    "account", "accounts", "address", "addresses", "agent", "all", "already", "and", "any", "are", "attempt", "attempts",
    "authenticated", "authentication", "authorization", "been", "being", "belongs", "blocked", "busy", "but", "can", "cannot",
    "closed", "complaint", "complaints", "create", "created", "credentials", "database", "deactivated", "deleted", "denied",
    "device", "directory", "disabled", "disk", "does", "doesn", "domain", "error", "exceeded", "exceeds", "exist", "exists",
    "expired", "failed", "failure", "for", "found", "from", "full", "group", "had", "has", "have", "here", "inactive",
    "incorrect", "invalid", "isn", "its", "limit", "limits", "list", "local", "locked", "login", "lookup", "mail", "mailbox",
    "maildir", "may", "message", "messages", "method", "missing", "moved", "must", "name", "names", "needs", "not", "open",
    "output", "over", "owner", "part", "password", "policy", "previously", "process", "quota", "rate", "receiving",
    "recipient", "reject", "rejected", "removed", "reply", "required", "requires", "restricted", "returned", "sending",
    "server", "setting", "settings", "should", "size", "space", "storage", "such", "suspended", "table", "temporarily",
    "temporary", "terminated", "that", "the", "this", "too", "unavailable", "under", "unknown", "unverified", "user",
    "username", "was", "which", "while", "will", "with", "without", "you", "your",
))  # fmt: skip
_CONTINUED = re.compile(r"[245][0-9]{2}-(?=[A-Za-z])")
_EXIM_ID = re.compile(r"[0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4}")
_CODE_LIKE = re.compile(r"[245]\.\d{1,3}\.\d{1,3}|\d{1,4}(?:[.:/-]\d{1,4})*(?:T\d\d)?")


class Redactor:
    """One page's examples: the same value becomes the same example."""

    def __init__(self) -> None:
        self._domains: dict[str, str] = {}
        self._hosts: dict[str, str] = {}
        self._users: dict[str, str] = {}
        self._ips: dict[str, str] = {}
        self._ids: dict[str, str] = {}
        self._locals: dict[str, str] = {}
        self._machines: dict[str, str] = {}

    def learn(self, text: str) -> None:
        """Take note of the addresses in a text, so that their local parts are found where they stand alone."""
        for match in _THING.finditer(text):
            word = match["word"] or ""
            if "@" in word:
                self._word(word, ())
        for pattern in _LOGINS:
            pattern.sub(self._login, text)

    def redact(self, text: str, keep: Iterable[str] = ()) -> str:
        """The text with examples in the place of what identifies somebody.

        Args:
            text: a reply, or a part of one.
            keep: domains of the sender that is known; of a host below one of them only that domain stays.
        """
        kept = tuple(sorted((domain.lower() for domain in keep), key=len, reverse=True))
        text = _IP4.sub(lambda match: self._ip(match[0]), text)
        for pattern in _LOGINS:
            text = pattern.sub(self._login, text)
        text = _ALONE.sub(self._alone, text)
        return _THING.sub(lambda match: self._thing(match, kept), text)

    def _login(self, match: re.Match[str]) -> str:
        """What stands for the name of a login; an address is left to what reads addresses."""
        name = match["name"].rstrip(".!-:")
        key = name.lower()
        if "@" in name or _CODE_LIKE.fullmatch(name) or key in _EXAMPLES or names_host(name):
            return match[0]
        if match.re is _SPOKEN and key in _ORDINARY:
            return match[0]
        lead = "EXAMPLE\\" if match.re is _WINDOWS else match["lead"]
        return f"{lead}{self._local(key)}{match['name'][len(name) :]}"

    def _alone(self, match: re.Match[str]) -> str:
        """What stands for a machine that said its short name, or for the local part of an address."""
        name = match["name"]
        machine = match["lead"] != "<" or bool(match["about"])
        key = name.lower()
        known = key in _EXAMPLES or key in _ORDINARY or key in self._locals.values() or key in self._machines.values()
        if match["lead"].endswith(" ") and not re.search("[-_0-9]", name):
            return match[0]  # "Helo command rejected"
        if known or _CODE_LIKE.fullmatch(name) or (match["lead"] == "<" and not match["end"]):
            return match[0]
        if not machine:
            return f"<{self._local(key)}{match['end']}"
        if key not in self._machines:
            number = len(self._machines) + 1
            self._machines[key] = "host" if number == 1 else f"host{number}"
        return f"{match['lead']}{self._machines[key]}{match['end']}"

    def _local(self, key: str) -> str:
        """The example for a local part."""
        if key not in self._locals:
            number = len(self._users) + 1
            self._users[key] = self._locals[key] = "user" if number == 1 else f"user{number}"
        return self._locals[key]

    def _thing(self, match: re.Match[str], kept: tuple[str, ...]) -> str:
        if match["uuid"]:
            return self._id(match[0])
        if match["ip6"]:
            return self._ip(match[0]) if match[0].count(":") > 2 or "::" in match[0] else match[0]
        word = match[0]
        core = word.rstrip(".!-")
        return self._word(core, kept) + word[len(core) :]

    def _word(self, word: str, kept: tuple[str, ...]) -> str:
        if not word or _CODE_LIKE.fullmatch(word):
            return word
        if "@" in word:
            return self._address(word, kept)
        if "%40" in word:  # an address in the address of a page
            return self._address(word.replace("%40", "@", 1), kept).replace("@", "%40", 1)
        if _CONTINUED.match(word):  # the code of a line that goes on, before the host that speaks
            return word[:4] + self._word(word[4:], kept)
        if word.lower() in self._locals:
            return self._locals[word.lower()]
        if names_host(word):
            return self._host(word, kept)
        stem, _, ending = word.rpartition(".")
        if ending.lower() in _NO_HOST and names_host(stem):  # the page of a domain: .../help/example.com.html
            return f"{self._host(stem, kept)}.{ending}"
        if _is_id(word):
            return self._id(word)
        return word

    def _address(self, word: str, kept: tuple[str, ...]) -> str:
        local, _, domain = word.rpartition("@")
        if not local or not domain:
            return word
        if _EXAMPLE_HOST.search(domain.lower().rstrip(".")):
            return word
        key = f"{local}@{domain}".lower()
        if key not in self._users:
            number = len(self._users) + 1
            name = "user" if number == 1 else f"user{number}"
            self._users[key] = name
            if len(local) > 3 and local.lower() not in (
                "postmaster",
                "mailer-daemon",
                "abuse",
                "root",
                "info",
                "admin",
            ):
                self._locals.setdefault(local.lower(), name)
        return f"{self._users[key]}@{self._domain(domain)}"

    def _domain(self, domain: str) -> str:
        key = domain.lower().strip("[]")
        if _EXAMPLE_HOST.search(key) or key in self._domains.values():
            return domain
        if key not in self._domains:
            number = len(self._domains)
            base = _DOMAIN_NAMES[number % 3]
            self._domains[key] = base if number < 3 else f"domain{number + 1}.{base}"
        return self._domains[key]

    def _host(self, host: str, kept: tuple[str, ...]) -> str:
        key = host.lower()
        if _EXAMPLE_HOST.search(key):
            return host
        if any(key == domain or key.endswith(f".{domain}") for domain in PUBLIC):
            return host
        for domain in kept:
            if key == domain:
                return host
            if key.endswith(f".{domain}"):
                # What stands before the vendor's own domain may be a customer.
                return domain
        labels = key.split(".")
        # A registry may sell names below a second label: example.co.uk.
        size = 3 if len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) < 4 else 2
        domain = self._domain(".".join(labels[-size:]))
        if len(labels) == size:
            return domain
        if key not in self._hosts:
            number = sum(known.endswith(f".{domain}") for known in self._hosts.values()) + 1
            self._hosts[key] = f"mx{number}.{domain}"
        return self._hosts[key]

    def _ip(self, address: str) -> str:
        plain = address.replace("-", ".").lower()
        if plain.startswith(_EXAMPLE_IP) or (":" not in plain and any(int(part) > 255 for part in plain.split("."))):
            return address
        if plain not in self._ips:
            number = len(self._ips) + 1
            self._ips[plain] = f"2001:db8::{number:x}" if ":" in plain else f"192.0.2.{(number - 1) % 254 + 1}"
        return self._ips[plain]

    def _id(self, word: str) -> str:
        if word not in self._ids:
            self._ids[word] = f"ID{len(self._ids) + 1}"
        return self._ids[word]


def names_host(word: str) -> bool:
    """Whether a word is the name of a host: labels with dots between, the last of letters."""
    labels = word.split(".")
    last = labels[-1]
    if len(labels) < 2 or len(last) < 2 or not (last.isalpha() or last.lower().startswith("xn--")):
        return False
    if last.lower() in _NO_HOST or not all(map(_LABEL.fullmatch, labels[:-1])):
        return False
    # RESOLVER.ADR.RecipientNotFound is an error of Exchange: names of hosts have no capitals within a label.
    return not any(label[:1].isupper() and not label.isupper() for label in labels) or word.istitle()


def _is_id(word: str) -> bool:
    """Whether a word is a queue id, a message id or the like: letters and digits mixed, and long."""
    if _EXIM_ID.fullmatch(word):
        return True
    if not _ID.fullmatch(word):
        return False
    digits = sum(character.isdigit() for character in word)
    letters = sum(character.isalpha() for character in word)
    if digits >= 8 and letters == 0:
        return word.isdigit()
    return letters > 0 and digits > 1 and digits + letters >= 9 and digits * 8 >= letters
