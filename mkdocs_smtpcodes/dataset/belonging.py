"""Which facts a kind of code has: those of another kind would be read by nobody."""

from __future__ import annotations

from collections.abc import Iterator

from ..codes import Code, EnhancedCode, Reply
from .datafile import Data

#: The facts that not every code has, and the kinds that do.
_OF = {
    "reply": "id",
    "enhanced": "reply code",
    "beyond": "reply code",
    "first_defined": "reply code",
    "commands": "reply code, whole reply, id",
    "at": "detail",
    "basic": "detail",
    "classes": "detail",
    "undecided": "detail",
    "draft": "detail",
}
_SHOWN = {
    "id": "an id of your own",
    "reply code": "a reply code such as 550",
    "whole reply": "a whole reply such as 550 5.7.1",
    "detail": "an enhanced code such as 5.7.1",
}


def found(facts: Data, code: Code | None) -> Iterator[tuple[str, str]]:
    """Key and message of each fact that this kind of code does not have.

    Args:
        facts: what the file says of the code.
        code: the code, None for an id of the site's own.
    """
    kind = "id" if code is None else "reply code"
    kind = "whole reply" if isinstance(code, Reply) else "detail" if isinstance(code, EnhancedCode) else kind
    for key in facts:
        if kind in _OF.get(key, kind):
            continue
        if key == "reply":
            yield key, "only an id of your own has a reply that carries it; leave it out"
            continue
        mend = "leave it out"
        if key == "at":
            mend = "write commands: [{at: RCPT}] for the commands that it answers"
        elif key == "commands":
            mend = "write at: [RCPT] for the commands that it comes with"
        yield key, f"{_SHOWN[kind]} has no {key}, which is for {_SHOWN[_OF[key].partition(',')[0]]}; {mend}"
