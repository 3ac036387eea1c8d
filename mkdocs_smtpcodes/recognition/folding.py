"""Text as rules see it: words of lower-case letters and digits, a single space between them and at both ends.

Nothing here asks a language's own library what a letter is (``str.lower``, ``\\w``, ``\\b``), so that Python and JavaScript
cannot differ. The table is explicit; it is part of the compiled rules (``fold``).
"""

from __future__ import annotations

import re
from functools import cache

_UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LOWER = "abcdefghijklmnopqrstuvwxyz"
_ACCENTED = (
    "ÀÁÂÃÄÅĀĂĄàáâãäåāăąÇĆČçćčĎĐďđÈÉÊËĒĖĘĚèéêëēėęěĞğÌÍÎÏĪĮİìíîïīįıŁł"
    "ÑŃŇñńňÒÓÔÕÖØŌŐòóôõöøōőŘřŚŠŞȘśšşșŤŢȚťţțÙÚÛÜŪŮŰùúûüūůűÝŸýÿŹŻŽźżž"
)
_PLAIN = (
    "aaaaaaaaaaaaaaaaaaccccccddddeeeeeeeeeeeeeeeeggiiiiiiiiiiiiiill"
    "nnnnnnoooooooooooooooorrssssssssttttttuuuuuuuuuuuuuuyyyyzzzzzz"
)
_CYRILLIC_UPPER = "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЁё"
_CYRILLIC_LOWER = "абвгдежзийклмнопрстуфхцчшщъыьэюяее"
# Whatever parts words: ASCII but letters and digits, and the punctuation of other scripts.
_PARTING = (
    "".join(chr(number) for number in range(128) if not chr(number).isalnum())
    + "\x80\x85\xa0¡¢£¤¥¦§¨©«¬®¯°±´¶·¸»¿×÷‐‑‒–—―‘’‚“”„†•…‰‹›€→™。、，．：；！？「」『』（）【】《》〈〉・～　"
)
#: What each character of the first becomes: the character of the second at the same place. All others stay as they are.
FOLD = (
    _UPPER + _ACCENTED + _CYRILLIC_UPPER + _PARTING,
    _LOWER + _PLAIN + _CYRILLIC_LOWER + " " * len(_PARTING),
)

_SPACES = re.compile(" +")
# Runs that may be an address, a host name or a URL.
_TOKEN = re.compile("[^ \t\n<>()\\[\\]\"',;]+")
# What a mail address may stand in, but not the name of a character (bare <LF>); and an IP address in brackets, with the remark
# of Sendmail about its name, which the names of all such clients bear, whatever is said of them.
_ANGLES = re.compile(
    "<(?![A-Z]{2,4}>)[^<> \t\n]{0,200}>|\\[(?:IPv6:)?[0-9a-fA-F]*[.:][0-9a-fA-F.:]+\\](?: \\(may be forged\\))?"
)
_ADDRESS = " address "
_HOST = re.compile("[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)+")
_ENDINGS = {
    "com", "net", "org", "edu", "gov", "mil", "info", "biz", "int", "arpa", "local", "localdomain", "lan", "test", "example",
    "invalid", "localhost", "email", "cloud", "online", "shop", "store", "site", "name", "mobi", "asia", "microsoft",
}  # fmt: skip


@cache
def _table() -> dict[int, str]:
    return dict(zip(map(ord, FOLD[0]), FOLD[1], strict=True))


def fold(text: str) -> str:
    """The words of a text: folded, with one space between them and at both ends."""
    return _SPACES.sub(" ", f" {text.translate(_table())} ")


def prose(text: str) -> str:
    """A text without its host names and URLs, whose words say nothing about a reason; addresses become that word."""
    return _TOKEN.sub(_speaking, _ANGLES.sub(_angled, text))


def _angled(match: re.Match[str]) -> str:
    return _ADDRESS if "@" in match[0] else " "


def _speaking(match: re.Match[str]) -> str:
    token = match[0]
    if "://" in token or token[:4] in {"www.", "WWW."} or is_host(token):
        return " "
    return _ADDRESS if "@" in token else token


def is_host(token: str) -> bool:
    """Whether a run without spaces is a host name rather than two sentences that lack the space between them."""
    found = _HOST.match(token)
    if not found or found.end() < len(token.rstrip(".:!?/")):
        return False
    labels = found[0].split(".")
    last = labels[-1]
    if not all("a" <= letter <= "z" or "A" <= letter <= "Z" for letter in last):
        return False
    if len(labels) == 2:
        return last.translate(_table()) in _ENDINGS or (len(last) == 2 and not "A" <= last[0] <= "Z")
    return len(last) > 1
