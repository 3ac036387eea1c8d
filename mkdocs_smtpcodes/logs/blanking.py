"""What two refusals have in common: their text without what differs from message to message.

Replies come again and again with other addresses, hosts and ids. Recognised is one of those that have the same key. So the key
keeps all that the recognition looks at: codes, words, the services whose hosts stand there, and the numbers of the rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ..recognition.folding import fold
from ..recognition.redacting import PUBLIC, names_host

#: What may differ: whatever has a digit, a dot or an at sign in it.
_THING = re.compile(
    r"(?<![\w:.])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?!\w)"
    r"|<[^<>\s]{0,320}>"
    r"|[^\s<>()\[\]\"',;:=]*[@.0-9][^\s<>()\[\]\"',;:=]*"
)
_CODE = r"[245]\.[0-9]{1,3}\.[0-9]{1,3}(?![0-9.]*[0-9])|[2-5][0-9][0-9](?![0-9A-Za-z]|[.:/][0-9])"
_IP4 = re.compile(r"[0-9]{1,3}(?:(?:\.[0-9]{1,3}){3}|(?:-[0-9]{1,3}){3})[.:!]*")
_PIECE = re.compile(rf"(?<![0-9A-Za-z.:/-])(?:{_CODE})|(?<=[0-9]-)(?:{_CODE})|[0-9A-Za-z]*[0-9][0-9A-Za-z]*")
#: A word with a digit that is no longer is kept: it names a protocol (``ipv6``, ``sha256``), or differs little.
_SHORT = 6
_MOST_HOSTS = 10_000


class Blanker:
    """Makes keys of texts."""

    def __init__(self, rules: dict[str, Any]) -> None:
        """Take note of what the rules look at (see ``recognition``)."""
        self._literals = " ".join(map(fold, _texts(rules)))
        self._numbers = frozenset(word for word in self._literals.split() if any(map(str.isdigit, word)))
        self._hosts: dict[str, str] = {}
        services = (domain for sender in rules["senders"] for domain in sender[2])
        self._domains = frozenset((*services, *PUBLIC))

    def key(self, text: str) -> str:
        """The text without what differs from message to message."""
        return _THING.sub(self._thing, text)

    def _thing(self, match: re.Match[str]) -> str:
        thing = match[0]
        if "@" in thing or (thing[0] == "<" and len(thing) > _SHORT and thing[1:-1].isalpha()):
            return "<a@h.example>"
        if _IP4.fullmatch(thing):
            return "0.0.0.0"
        if ":" in thing and thing[0] != "<":
            return "0::0"
        if "/" in thing:
            return "/".join(self._word(part) for part in thing.split("/"))
        return self._word(thing)

    def _word(self, word: str) -> str:
        name = word.rstrip(".!-")
        if "." in name and names_host(name):
            return self._host(name)
        return _PIECE.sub(self._piece, word)

    def _host(self, name: str) -> str:
        if name not in self._hosts:
            if len(self._hosts) == _MOST_HOSTS:
                self._hosts.clear()
            self._hosts[name] = self._blanked(name)
        return self._hosts[name]

    def _blanked(self, name: str) -> str:
        """A host by its service, or as it is where a rule knows it; of all others one stands for each."""
        labels = name.lower().split(".")
        ends = (".".join(labels[place:]) for place in range(len(labels) - 1))
        return next(
            (end for end in ends if end in self._domains), name if fold(name) in self._literals else "h.example"
        )

    def _piece(self, match: re.Match[str]) -> str:
        piece = match[0]
        if "." in piece or (len(piece) == 3 and piece.isdigit() and piece[0] in "2345"):
            return piece  # a code
        if piece.isdigit():
            return piece if piece in self._numbers else "0"
        return piece if len(piece) <= _SHORT or piece.lower() in self._numbers else "x9"


def _texts(rules: dict[str, Any]) -> Iterator[str]:
    """All that the rules look for in words."""
    for sender in rules["senders"]:
        yield from sender[3]
    for rows in rules["rows"]:
        for row in rows:
            yield from row[1:3]
    for literals in rules["notices"].values():
        yield from literals
    for name in ("first", "patterns", "weak"):
        for pattern in rules[name]:
            yield from (*pattern[1], *pattern[2])
    yield from (literal for literal, _ in rules["stages"])
