"""The words by which any reply is understood (``facts/patterns.yml``) as rules of a regexp_table(5), in their order.

A table cannot leave out host names and addresses as the recognition does. So a phrase has two words at least, with a space or a
mark between that no address has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ...dataset import loading
from ...dataset.naming import REASON
from .lines import Helped

#: What stands before a word and behind it, what parts two words, and the gaps between them, in characters.
_EDGE, _END = "[^a-z0-9@._+-]", "([^a-z0-9@_+-]|$)"
_PART = f"{_EDGE}+"
_GAPS = {"..": 40, "...": 200}
#: So long an expression may be; the next phrases of a pattern begin another rule.
_LONGEST = 1500
#: Reasons that their words tell without what else the recognition knows of a reply: asked for all replies on record, they hardly
#: ever lead astray. For all others the page of the code is the better one.
_CLEAR = frozenset((
    "blocklisted", "dangerous-content", "dkim", "dmarc", "encryption-required", "greylisted", "loop", "mailbox-full",
    "relay-denied", "reverse-dns", "sender-not-owned", "server-full", "spam", "spf", "too-many-connections",
    "too-many-recipients", "unauthenticated",
))  # fmt: skip


def patterns(helped: Helped, rule: Callable[[str, str], str]) -> Iterator[str]:
    """The rules: those of a pattern that has exceptions stand within a condition.

    Args:
        helped: the site.
        rule: writes a rule of an expression and the address that it leads to.
    """
    for pattern in loading.replies()["patterns"]:
        address = helped.address(f"{REASON}{pattern['reason']}") if pattern["reason"] in _CLEAR else ""
        if not address or pattern.get("codes") or pattern.get("everywhere"):
            continue
        rules = [rule(expression, address) for expression in _joined(pattern["any"])]
        if not rules:
            continue
        barred = [_expression(phrase) for phrase in pattern.get("unless", ()) if phrase.isascii()]
        if barred:
            yield f"if !/{'|'.join(barred)}/"
        yield from rules
        if barred:
            yield "endif"


def _joined(phrases: list[str]) -> Iterator[str]:
    """The expressions of phrases, as few as they can be."""
    said: list[str] = []
    for phrase in phrases:
        words = [word for word in phrase.split(" ") if word not in _GAPS]
        if not phrase.isascii() or len(words) < 2:
            continue
        said.append(_expression(phrase))
        if sum(map(len, said)) > _LONGEST:
            yield "|".join(said)
            said = []
    if said:
        yield "|".join(said)


def _expression(phrase: str) -> str:
    """A phrase as an expression: ``quota .. exceed*``, ``mailbox|inbox is full``."""
    written, parted = "", True
    for word in phrase.split(" "):
        if word in _GAPS:
            written += f"{_PART}(.{{0,{_GAPS[word]}}}{_EDGE})?"
            parted = True
            continue
        forms = word.strip("*").split("|")
        written += ("" if parted else _PART) + (f"({'|'.join(forms)})" if len(forms) > 1 else forms[0])
        parted = False
    before = "" if phrase.startswith("*") else _EDGE
    return f"{before}{written}{'' if phrase.endswith('*') else _END}"
