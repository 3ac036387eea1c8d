"""Who speaks: services that a text shows by the host that answered, or by a mark of their replies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from .folding import fold, is_host
from .rules import Rules, occurs

_TOKEN = re.compile("[A-Za-z0-9._@:/-]+")
_BEFORE = 400


def speakers(rules: Rules, words: str, before: str, remote: str = "") -> list[int]:
    """The senders that a reply shows, by number; empty where it shows none.

    Args:
        rules: the compiled rules.
        words: the reply itself. A mark in it, or a host that it names, decides.
        before: what stands before it. The last host that is named as the one that answered counts.
        remote: the host that a delivery status names.
    """
    folded = fold(words)
    marked = [
        number for number, sender in enumerate(rules["senders"]) if any(occurs(mark, folded) for mark in sender[3])
    ]
    if marked:
        return marked
    for host in _hosts(words, ()):
        if (service := _service(rules, host)) >= 0:
            return [service]
    hosts = [remote] if remote else _hosts(before[-_BEFORE:], rules["hosts"])[-1:]
    return [service for host in hosts if (service := _service(rules, host)) >= 0]


def reporter(rules: Rules, before: str, reporting: str = "") -> int:
    """The service that wrote a report, by number; -1 where none shows. ``reporting`` is the host that a status names."""
    hosts = [reporting] if reporting else _hosts(before[-_BEFORE:], (" generating server ",))[-1:]
    return _service(rules, hosts[0]) if hosts else -1


def _hosts(text: str, leads: Sequence[str]) -> list[str]:
    """Host names in a text, those only that follow one of the leads, if there are any."""
    found = []
    for match in _TOKEN.finditer(text):
        token = match[0].strip(".:-/")
        if "://" in token:
            token = token.partition("://")[2].partition("/")[0]
        token = token.partition(":")[0]
        if "@" not in match[0] and is_host(token):
            before = fold(text[max(0, match.start() - 24) : match.start()])
            if not leads or any(before.endswith(lead) for lead in leads):
                found.append(token)
    return found


def _service(rules: Rules, host: str) -> int:
    """The service whose host it is, by number, the most exact one; -1 where it is none's."""
    name = "." + fold(host).strip(" ").replace(" ", ".")
    best, length = -1, 0
    for number, sender in enumerate(rules["senders"]):
        for domain in sender[2]:
            if len(domain) > length and sender[1] and name.endswith(f".{domain}"):
                best, length = number, len(domain)
    return best


def related(first: Sequence[Any], second: Sequence[Any]) -> bool:
    """Whether two services share hosts, so that a host of one does not exclude the other."""
    return any(
        f".{one}".endswith(f".{other}") or f".{other}".endswith(f".{one}") for one in first[2] for other in second[2]
    )
