"""rspamd: the texts of its milter and modules, and ``force_actions`` for what has no text of its own (files of ``local.d``)."""

from __future__ import annotations

import json

from .lines import Helped

HEAD = """\
# Texts for the replies of rspamd; written by mkdocs-smtpcodes.
# Each part goes into the file of /etc/rspamd/local.d that its head names.
# No rule changes what rspamd decides: require_action lets it speak only where the message is refused already.
"""
#: The rule of force_actions by reason: the symbols of which one has to be there, from the modules that come with rspamd.
_SYMBOLS = {
    "dangerous-content": "CLAM_VIRUS | FUZZY_DENIED",
    "dmarc": "DMARC_POLICY_REJECT",
    "spf": "R_SPF_FAIL & !DMARC_POLICY_ALLOW",
    "dkim": "R_DKIM_REJECT & !DMARC_POLICY_ALLOW",
    "blocklisted": "RBL_SPAMHAUS_SBL | RBL_SPAMHAUS_XBL | RBL_SPAMHAUS_PBL",
    "reverse-dns": "RDNS_NONE & !AUTH_NA_OR_FAIL",
}
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
    rules = [
        f'  SMTP_HELP_{reason.upper().replace("-", "_")} {{\n    action = "reject";\n    require_action = ["reject"];\n'
        f"    expression = {json.dumps(symbols)};\n    message = {json.dumps(told[reason])};\n  }}\n"
        for reason, symbols in _SYMBOLS.items()
        if reason in told
    ]
    if rules:
        parts.append(f"# --- force_actions.conf\nrules {{\n{''.join(rules)}}}\n")
    return "\n".join(parts)
