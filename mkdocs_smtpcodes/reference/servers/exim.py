"""Exim: macros for ``message =`` in access control lists (the Exim specification, chapters 6.4 and 44)."""

from __future__ import annotations

from .lines import Helped

HEAD = """\
# Texts for the replies of Exim; written by mkdocs-smtpcodes. Include it at the top of the main configuration,
#
#   .include /etc/exim4/smtp_help
#
# and use a text in any access control list. A line that defers needs the one whose name ends in _LATER.
#
#   deny  !verify = recipient
#         message = SMTP_HELP_USER_UNKNOWN
#   defer ratelimit = 100 / 1h / $sender_host_address
#         message = SMTP_HELP_RATE_LIMITED_LATER
#
# Each text begins with a reply code and an enhanced code, which Exim sends in the place of its own.
#
"""


def configuration(helped: Helped) -> str:
    """The macros, the longest names first: Exim takes no name that begins with one that it knows."""
    macros = {}
    for key, text in helped.reasons().items():
        name = f"SMTP_HELP_{key.upper().replace('-', '_')}"
        macros[name] = f"{helped.code(key)} {escaped(text)}"
        macros[f"{name}_LATER"] = f"{helped.code(key, 4)} {escaped(text)}"
    lines = (f"{name} = {macros[name]}" for name in sorted(macros, key=lambda name: (-len(name), name)))
    return "\n".join([HEAD, *lines, ""])


def escaped(text: str) -> str:
    """A text that string expansion leaves as it is."""
    for char in "\\${}":
        text = text.replace(char, f"\\{char}")
    return text
