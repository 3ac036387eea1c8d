"""Postfix: a table for ``smtpd_reject_footer_maps`` (postconf(5), Postfix 3.4 and newer), in the form of regexp_table(5).

Its key is the whole reply, which begins with its code. A rule is a piece of the text of a reply on record, the longest first;
then the words by which any reply is understood; then codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import takewhile

from ...codes import BasicCode
from ...dataset import Row
from ...dataset.naming import REASON, keys
from .lines import LINE, OWN, Helped, ascii_address, fitting
from .phrases import patterns

#: Other mail servers, whose texts never pass through Postfix; what stands beside it (policy services, milters) does.
_OTHERS = {"exim", "exchange", "haraka", "opensmtpd", "sendmail", "stalwart"}
#: A shorter text may be a part of anything.
_SHORTEST = 10
#: A text that is longer tells its reason whatever the code; administrators change codes.
_TELLING = 25
_GAP = re.compile(r"\{[a-z_0-9]+\}")
_SPECIAL = re.compile(r"[\\.\[\](){}*+?^$|/]")
#: What a footer may name (postconf(5), smtpd_reject_footer).
NAMES = ("client_address", "client_port", "localtime", "server_name")
_NAME = re.compile(r"\$(\$|\w+|\{\w+\}|\(\w+\))?")

HEAD = """\
# Leads from the replies of Postfix to {site}
# Written by mkdocs-smtpcodes; write it anew when the site has new pages. In main.cf (Postfix 3.4 and newer; postscreen follows):
#
#   smtpd_reject_footer_maps = regexp:/etc/postfix/smtp_help
#
# Test: postmap -q '550 5.1.1 <a@example.org>: Recipient address rejected: User unknown' regexp:/etc/postfix/smtp_help
"""


def configuration(helped: Helped) -> str:
    """The table.

    Raises:
        TooLong: an address and the note have no room beside the text of a reply.
        ValueError: the note holds a name that Postfix does not know.
    """
    note = _note(helped.note)
    rules = [*_texts(helped, note), *patterns(helped, partial(_rule, note=note, helped=helped)), *_codes(helped, note)]
    parts = zip(*(address.split("/") for address in helped.addresses.known.values()), strict=False)
    site = "/".join(part for part, *_ in takewhile(lambda part: len(set(part)) == 1, parts))
    return "".join([HEAD.format(site=ascii_address(site)), *(f"{rule}\n" for rule in rules)])


def _texts(helped: Helped, note: str) -> Iterator[str]:
    """A rule for each text on record; with its codes, where several reasons have the same text."""
    rows: dict[str, list[Row]] = {}
    for sender, told in helped.dataset.replies.items():
        if helped.dataset.senders[sender].kind == "software" and sender not in _OTHERS:
            for row in told:
                if len(_GAP.sub("", row.text)) >= _SHORTEST and not _is_good(row):
                    rows.setdefault(row.text.lower(), []).append(row)
    for text in sorted(rows, key=lambda text: (-len(_GAP.sub("", text)), text)):
        pattern = ".*".join(map(_literal, _GAP.split(rows[text][0].text)))
        # A few words of a policy service, and what has no beginning, may be a part of anything.
        short = len(text) < _TELLING and all(row.sender != "postfix" for row in rows[text])
        vague = short or not text[0].isalnum()
        codes: dict[str, dict[str, None]] = {}
        for row in rows[text]:
            codes.setdefault(row.reason, {}).update(dict.fromkeys(row.codes))
        for reason, written in codes.items():
            if address := helped.address(f"{REASON}{reason}"):
                # Administrators change the reply code; the words of a policy service stand with any reply of their detail.
                known = dict.fromkeys(map(_detailed if short else _written, written))
                before = f"^({'|'.join(known)}).*" if written and (vague or len(codes) > 1) else ""
                yield _rule(f"{before}{pattern}", address, note, helped)


def _codes(helped: Helped, note: str) -> Iterator[str]:
    """A rule for each code that refuses: whole replies, then details, then reply codes."""
    found: dict[int, list[str]] = {0: [], 1: [], 2: []}
    for key in dict.fromkeys(keys(helped.dataset)):
        address = "" if ":" in key else helped.address(key)
        if not address or key[:1] not in {"4", "5"}:
            continue
        if " " in key:
            found[0].append(_rule(f"^{_written(key)}", address, note, helped))
        elif "." in key:
            found[1].append(_rule(f"^{_written(key)}", address, note, helped))
        elif isinstance(helped.dataset.code(key), BasicCode):
            found[2].append(_rule(f"^{key}[ -]", address, note, helped))
    yield from (rule for rules in found.values() for rule in rules)


def _is_good(row: Row) -> bool:
    return row.reason in {"accepted", "continue"} or (bool(row.codes) and all(code[0] in "23" for code in row.codes))


def _rule(pattern: str, address: str, note: str, helped: Helped) -> str:
    """A rule: what a reply has, and the footer."""
    footer = f"see {address}{f' {note}' if note else ''}"
    # A name takes up to 45 octets where it is filled in (an address of IPv6).
    fitting(footer, LINE - (14 if helped.own_line else OWN) - 45 * note.count("$$"))
    return f"/{pattern}/ " + (footer if helped.own_line else "\\c; " + footer)


def _written(code: str) -> str:
    """A code as a reply has it: a space or a hyphen follows it. A reply code stands before every enhanced code."""
    before = "[45][0-9][0-9][ -]" if code[1:2] == "." else ""
    return f"{before}{'[ -]'.join(_literal(part) for part in code.split(' '))}[ -]"


def _detailed(code: str) -> str:
    """Any reply with the detail of a code; the reply code where it has none."""
    basic, _, enhanced = code.rpartition(" ")
    return f"[45][0-9][0-9][ -][45]{_literal(enhanced[1:])}[ -]" if "." in enhanced else _written(enhanced or basic)


def _literal(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)


def _note(note: str) -> str:
    """The note as a regexp table needs it: names with two dollar signs."""
    for match in _NAME.finditer(note):
        name = (match[1] or "").strip("{}()")
        if name not in NAMES:
            listed = ", ".join(f"${known}" for known in NAMES)
            raise ValueError(f"${name} is not known to smtpd_reject_footer; it knows {listed}")
    return note.replace("$", "$$")
