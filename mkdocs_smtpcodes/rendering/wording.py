"""What Python and Jinja say of a template, in the words of somebody who writes one."""

from __future__ import annotations

import re
from collections.abc import Callable

from ..suggestions import one_of

_KINDS = {
    "str": "a text", "Markup": "a text", "int": "a number", "float": "a number", "bool": "true or false", "list": "a list",
    "tuple": "a list", "dict": "a mapping", "NoneType": "nothing", "method": "a function", "function": "a function",
}  # fmt: skip
_QUOTED = r"'(\w+)'"
_SAID: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    (r"'(\w+)' object is not callable", lambda m: f"{kind(m[1])} is not a function; leave the parentheses out"),
    (r"'(\w+)' object is not iterable", lambda m: f"{kind(m[1])} is no list that can be gone through"),
    (r"'(\w+)' object is not subscriptable", lambda m: f"{kind(m[1])} has no parts"),
    (
        r"(?:\w+\.|<locals>\.)*(\w+)\(\) missing \d+ required positional arguments?: (.+)",
        lambda m: f"{m[1]}() needs {one_of(re.findall(_QUOTED, m[2]), 'and')} between its parentheses",
    ),
    (
        r"(?:\w+\.|<locals>\.)*(\w+)\(\) takes .*given\)?",
        lambda m: f"{m[1].removeprefix('sync_do_')} is given more than it takes",
    ),
    (
        r"unsupported operand type\(s\) for (\S+): '(\w+)' and '(\w+)'",
        lambda m: f"{kind(m[2])} and {kind(m[3])} cannot be put together by {m[1]}; ~ joins texts",
    ),
    (
        r"can only concatenate (\w+) \(not \"(\w+)\"\) to \w+",
        lambda m: f"{kind(m[1])} and {kind(m[2])} cannot be put together by +; ~ joins texts",
    ),
    (r"(?:division|modulo) by zero.*|.*division or modulo by zero", lambda _: "it divides by zero"),
    (r"Range too big.*\((\d+)\)\.?", lambda m: f"range() takes {m[1]} steps at most"),
    (
        r"Unexpected end of template\..*innermost block that needs to be closed is '(\w+)'",
        lambda m: f"{{% {m[1]} %}} is not closed; write {{% end{m[1]} %}}",
    ),
    (r"Encountered unknown tag 'end(\w+)'.*", lambda m: f"{{% end{m[1]} %}} closes nothing that is open"),
    (r"Encountered unknown tag '(\w+)'.*", lambda m: f"there is no tag {{% {m[1]} %}}"),
    (r"unexpected '(.+)'", lambda m: f"{m[1]} may not stand here; is {{{{ or {{% before it not closed?"),
)


def kind(name: str) -> str:
    """What a template's writer calls something of a Python class."""
    return _KINDS.get(name, name)


def said(message: str) -> str:
    """A message of Python or Jinja, said so that a template's writer knows what to do; as it is where it is unknown."""
    for pattern, words in _SAID:
        if match := re.fullmatch(pattern, message, re.DOTALL):
            return words(match)
    return message


def missing(name: object, owner: str, known: list[str]) -> str:
    """What to say of a part that something does not have, with what it has where that is short."""
    if owner == "NoneType":
        return f"nothing stands before .{name} here; ask first with {{% if … %}} whether something does"
    has = f"; it has {one_of(known, 'and')}" if 0 < len(known) <= _MOST and owner not in _KINDS else ""
    return f"{kind(owner)} has no {name!r}{has}"


#: As many parts are listed.
_MOST = 16
