"""OpenSMTPD: built-in filters (smtpd.conf(5)). The texts of smtpd(8) itself cannot be changed."""

from __future__ import annotations

from .lines import Helped

HEAD = """\
# Filters for smtpd.conf whose replies lead to the site; written by mkdocs-smtpcodes. smtpd has no setting for its own texts,
# such as those for an unknown user. Keep the filters that you want and name them in a chain:
#
#   filter "smtp_help" chain {{ {names} }}
#   listen on egress filter "smtp_help"
#
# <blocked_senders>, <blocked_networks> and <closed_recipients> are tables of yours.
"""
#: Name, phase and condition of each filter, and the reason that it refuses for.
_FILTERS = (
    ("reverse_dns", "connect", "!rdns", "reverse-dns"),
    ("confirmed_dns", "connect", "!fcrdns", "reverse-dns"),
    ("network", "connect", "src <blocked_networks>", "blocklisted"),
    ("sender", "mail-from", "mail-from <blocked_senders>", "sender-refused"),
    ("recipient", "rcpt-to", "rcpt-to <closed_recipients>", "recipient-restricted"),
)


def configuration(helped: Helped) -> str:
    """The filters."""
    told = helped.reasons()
    used = [item for item in _FILTERS if item[3] in told]
    lines = []
    for name, phase, condition, reason in used:
        text = f"{helped.code(reason)} {told[reason]}"
        lines.append(f'filter "smtp_help_{name}" phase {phase} match {condition} reject "{text}"')
    names = ", ".join(f'"smtp_help_{name}"' for name, *_ in used)
    return "\n".join([HEAD.format(names=names), *lines, ""])
