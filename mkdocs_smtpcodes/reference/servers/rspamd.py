"""rspamd: the texts of its milter and modules, and ``force_actions`` for what has no text of its own (files of ``local.d``)."""

from __future__ import annotations

import json
from collections.abc import Iterator

from .lines import Helped

HEAD = """\
# Texts for the replies of rspamd; written by mkdocs-smtpcodes.
# Each part goes into the file of /etc/rspamd/local.d that its head names.
# No rule changes what rspamd decides: require_action lets it speak only where the message is refused already. A message that is
# refused for its whole score gets the text about spam; a rule with a limit speaks only where its symbol alone has the score of a
# refusal. Keep the limits just below `reject` of actions.conf, and where a module refuses by itself (`actions` of dmarc.conf,
# for example), take the limit of its rule away.
"""
#: What a symbol must weigh to decide by itself: rspamd comes with a score of 15 for a refusal, and a limit has to be exceeded.
_LIMIT = 14.99
#: The symbols of rspamd's modules that tell a reason, and whether one has to decide by itself. A virus need not: whatever the
#: score, it is what has to be told. FUZZY_DENIED is what has been learnt to be spam, so the text about spam is right for it.
_SYMBOLS: dict[str, tuple[bool, tuple[str, ...]]] = {
    "dangerous-content": (
        False,
        ("CLAM_VIRUS", "SOPHOS_VIRUS", "SAVAPI_VIRUS", "KAS_VIRUS", "KAS_SE_VIRUS", "AVAST_VIRUS", "FPROT_VIRUS"),
    ),
    "dmarc": (True, ("DMARC_POLICY_REJECT",)),
    "spf": (True, ("R_SPF_FAIL",)),
    "dkim": (True, ("R_DKIM_REJECT",)),
    "blocklisted": (True, ("RBL_SPAMHAUS_SBL", "RBL_SPAMHAUS_XBL", "RBL_SPAMHAUS_PBL")),
    "reverse-dns": (True, ("RDNS_NONE",)),
}  # fmt: skip
#: Texts that a module sets itself: file, option and reason.
_OPTIONS = (
    ("worker-proxy.inc", "reject_message", "spam"),
    ("greylist.conf", "message", "greylisted"),
)


def configuration(helped: Helped) -> str:
    """The parts of the files."""
    told = helped.reasons()
    parts = [HEAD]
    for file, option, reason in _OPTIONS:
        if reason in told:
            parts.append(f"# --- {file}\n{option} = {json.dumps(told[reason])};\n")
    rules = [rule for reason in _SYMBOLS if reason in told for rule in _rules(reason, told[reason])]
    if rules:
        parts.append(f"# --- force_actions.conf\nrules {{\n{''.join(rules)}}}\n")
    return "\n".join(parts)


def _rules(reason: str, text: str) -> Iterator[str]:
    """One rule for symbols of which any will do; one for each where it is asked for its own score."""
    alone, symbols = _SYMBOLS[reason]
    for symbol in symbols if alone else (" | ".join(symbols),):
        name = f"SMTP_HELP_{symbol if alone and len(symbols) > 1 else reason.upper().replace('-', '_')}"
        limit = f"    limit = {_LIMIT};\n" if alone else ""
        yield (
            f'  {name} {{\n    action = "reject";\n    require_action = ["reject"];\n    expression = {json.dumps(symbol)};\n'
            f"{limit}    message = {json.dumps(text)};\n  }}\n"
        )
