"""What all servers have in common: addresses that a reply may carry, and the length of its lines."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import quote, urlsplit, urlunsplit

from ...dataset import DEFAULT_LANGUAGE, Dataset
from ...dataset.naming import REASON
from ..addresses import Addresses

#: Octets of a reply line, with its code and the line end (RFC 5321 §4.5.3.1.5).
LINE = 512
#: Octets of the longest code before a text (``550-5.7.999 ``) and of the line end.
_AROUND = 14
#: Octets that a server's own text may take before a footer on the same line: a path of 256 (§4.5.3.1.3) and some words.
OWN = 330
#: What an address may hold beside letters and digits. A dollar sign begins a name to most servers, a quote ends a text.
_SAFE = "/%-._~!*+,;=:@"


class TooLong(ValueError):
    """A text that does not fit into the line of a reply."""


class Helped(NamedTuple):
    """The entries of a site as replies lead to them.

    Attributes:
        dataset: the codes and the replies on record.
        addresses: where the entries are.
        note: what else a footer says, with names such as ``$localtime``.
        own_line: whether a footer begins a line of its own.
    """

    dataset: Dataset
    addresses: Addresses
    note: str = ""
    own_line: bool = False

    def address(self, key: str) -> str:
        """The address of an entry in ASCII, "" where there is none."""
        address = self.addresses.entry(key)
        return ascii_address(address) if address else ""

    def reason(self, key: str) -> str:
        """``User unknown; see https://…``: what a reply for a reason says, "" where the site has no page about it.

        Raises:
            TooLong: it fits into no reply.
        """
        address = self.address(f"{REASON}{key}")
        if not address:
            return ""
        name = self.dataset.words(DEFAULT_LANGUAGE).get("reasons", key, "name").text
        return fitting(f"{_ascii(name)}; see {address}")

    def code(self, key: str, digit: int = 5) -> str:
        """The reply that usually tells a reason: ``550 5.1.1``, of the class that is wanted."""
        for code in self.dataset.reasons[key].codes:
            basic, _, enhanced = code.partition(" ")
            if enhanced and basic[0] == enhanced[0] == str(digit):
                return code
        return {4: "451 4.7.1", 5: "550 5.7.1"}[digit]

    def reasons(self) -> dict[str, str]:
        """The text for each reason that refuses and that the site explains."""
        told = {key: self.reason(key) for key in self.dataset.reasons if key not in {"accepted", "continue"}}
        return {key: text for key, text in told.items() if text}


def ascii_address(address: str) -> str:
    """An address in printable ASCII without what servers read as more than text."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    try:
        host = host.encode("idna").decode()
    except UnicodeError:
        host = quote(host)
    place = f"{host}:{parts.port}" if parts.port else host
    return urlunsplit(
        (parts.scheme, place, quote(parts.path, _SAFE), quote(parts.query, _SAFE), quote(parts.fragment, _SAFE))
    )


def fitting(text: str, room: int = LINE - _AROUND) -> str:
    """The text, if it has room in a line.

    Raises:
        TooLong: it has none.
    """
    if len(text) > room:
        raise TooLong(
            f"{text[:60]}… has {len(text)} octets, and a reply has room for {room} (RFC 5321 §4.5.3.1.5); "
            "shorten site_url, reference_dir or the note"
        )
    return text


def _ascii(text: str) -> str:
    return text.encode("ascii", "ignore").decode()
