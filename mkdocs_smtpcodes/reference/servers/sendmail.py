"""Sendmail: messages that the m4 configuration may set (cf/README), and lines for its access and virtual user tables."""

from __future__ import annotations

from .lines import Helped

HEAD = """\
dnl Texts for the replies of Sendmail; written by mkdocs-smtpcodes. Put these lines into sendmail.mc before the MAILER lines.
dnl A fragment would begin a comment, so the addresses are those of pages.
"""
TABLES = """\
dnl
dnl In the access map, and in the virtual user table with `error:' in the place of `ERROR:':
dnl
"""
#: The variable of m4, and the reason that it tells.
_MESSAGES = (("confREJECT_MSG", "policy"), ("confRELAY_MSG", "relay-denied"))
#: What stands on the left of a line of the access map, and the reason on its right.
_ACCESS = (
    ("To:former.user@example.org", "user-unknown"),
    ("To:closed@example.org", "recipient-restricted"),
    ("From:example.net", "sender-refused"),
    ("Connect:192.0.2", "blocklisted"),
)


def configuration(helped: Helped) -> str:
    """The lines of ``sendmail.mc``, with those of the tables as comments."""
    # An apostrophe would end what m4 takes for quoted.
    told = {key: text.partition("#")[0].replace("'", "") for key, text in helped.reasons().items()}
    lines = [
        f"define(`{name}', `\"{helped.code(reason)} {told[reason]}\"')dnl"
        for name, reason in _MESSAGES
        if reason in told
    ]
    for left, reason in _ACCESS:
        if reason in told:
            code, _, status = helped.code(reason).partition(" ")
            lines.append(f"dnl   {left}\tERROR:{status}:{code} {told[reason]}")
    at = len([line for line in lines if line.startswith("define")])
    return HEAD + "\n".join([*lines[:at], TABLES.rstrip("\n"), *lines[at:], ""])
