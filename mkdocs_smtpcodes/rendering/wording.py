"""What Python and Jinja say of a template, in the words of somebody who writes one."""

from __future__ import annotations

import re
from collections.abc import Callable

from ..suggestions import nearest, one_of

_KINDS = {
    "str": "a text", "Markup": "a text", "int": "a number", "float": "a number", "bool": "true or false", "list": "a list",
    "tuple": "a list", "dict": "a mapping", "NoneType": "nothing", "method": "a function", "function": "a function",
}  # fmt: skip
_TAGS = (
    "extends",
    "block",
    "endblock",
    "include",
    "import",
    "from",
    "for",
    "if",
    "macro",
    "set",
    "call",
    "filter",
    "with",
)
_QUOTED = r"'(\w+)'"
_SAID: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    (r"'(\w+)' object is not callable", lambda m: f"{kind(m[1])} is not a function; leave the parentheses out"),
    (r"'(\w+)' object is not iterable", lambda m: f"{kind(m[1])} is no list that can be gone through"),
    (r"'(\w+)' object is not subscriptable", lambda m: f"{kind(m[1])} has no parts"),
    (
        r"(?:\w+\.|<locals>\.)*(\w+)\(\) missing \d+ required positional arguments?: (.+)",
        lambda m: (
            f"{m[1].removeprefix('do_')}() needs {one_of(re.findall(_QUOTED, m[2]), 'and')} between its parentheses"
        ),
    ),
    (
        r"(?:\w+\.|<locals>\.)*(\w+)\(\) takes .*given\)?",
        lambda m: f"{m[1].removeprefix('sync_').removeprefix('do_')} is given more than it takes",
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
    (
        r"Encountered unknown tag 'end(\w+)'\. .*block that needs to be closed is '(\w+)'\.?",
        lambda m: f"{{% end{m[1]} %}} stands where {{% {m[2]} %}} is open; write {{% end{m[2]} %}}",
    ),
    (r"Encountered unknown tag '(else|elif)'.*", lambda m: f"{{% {m[1]} %}} stands in no {{% if … %}}"),
    (r"Encountered unknown tag 'end(\w+)'.*", lambda m: f"{{% end{m[1]} %}} closes nothing that is open"),
    (r"Encountered unknown tag '(\w+)'.*", lambda m: f"there is no tag {{% {m[1]} %}}{nearest(m[1], _TAGS, 0.75)}"),
    (
        r"unexpected char (['\"])(['\"])\1 at \d+",
        lambda _: "a quote is not closed; put the same quote at the end of the text",
    ),
    (
        r"unexpected char '([\u201c-\u201f\u2018-\u201b\xab\xbb])' at \d+",
        lambda m: f"{m[1]} is not a quote here; only the straight ones \" and ' are",
    ),
    (r"unexpected char ['\"](.+)['\"] at \d+", lambda m: f"{m[1]} means nothing in a template; texts stand in quotes"),
    (
        r"Expected an expression, got 'end of print statement'",
        lambda _: "nothing stands between {{ and }}; write a name there",
    ),
    (
        r"Expected an expression, got 'end of statement block'",
        lambda _: "something is missing before %}, such as a name or a condition",
    ),
    (r"Expected an expression, got '(.+)'", lambda m: f"a name or a text is missing before {m[1]}"),
    (
        r"expected token 'end of statement block', got '='",
        lambda _: "= stands in {% set … %} alone; what compares is ==",
    ),
    (
        r"expected token 'end of (statement block|print statement)', got '(.+)'",
        lambda m: (
            f"{m[2]} may not stand here; {'%}' if m[1][0] == 's' else '}}'} was expected, and texts stand in quotes"
        ),
    ),
    (r"expected token '(.+)', got '(.+)'", lambda m: f"{_token(m[1])} was expected here, not {_token(m[2])}"),
    (r"extended multiple times", lambda _: "{% extends … %} stands twice; keep one of them"),
    (r"block '(\w+)' defined twice", lambda m: f"the block {m[1]} stands twice; keep one of them"),
    (
        r"the template '([^']*)' \(imported .*\) does not export the requested name '(\w+)'",
        lambda m: f"{m[1]} has no macro {m[2]}",
    ),
    (r"parameter '(\w+)' was not provided", lambda m: f"a macro is called without its {m[1]}"),
    (r"macro '(\w+)' takes not more than .*", lambda m: f"{m[1]}() is given more than it takes"),
    (r"macro '(\w+)' takes no keyword argument '?(\w+)'?.*", lambda m: f"{m[1]}() takes no {m[2]}="),
    (
        r"'(\w+)' object has no attribute '(\w+)'",
        lambda m: f"{kind(m[1])} stands where something else belongs; a filter such as inline takes a text",
    ),
    (
        r"expected string or bytes-like object.*|.*must be str.*|descriptor '\w+' .*",
        lambda _: "a text belongs here; | string makes one of anything",
    ),
    (r"object of type '(\w+)' has no len\(\)", lambda m: f"{kind(m[1])} has no length"),
    (
        r"'(\S+)' not supported between instances of '(\w+)' and '(\w+)'",
        lambda m: f"{kind(m[2])} and {kind(m[3])} cannot be compared by {m[1]}",
    ),
    (r"bad operand type for unary (\S+): '(\w+)'", lambda m: f"{m[1]} stands before {kind(m[2])}, and takes a number"),
    (
        r"can't multiply sequence by non-int of type '(\w+)'",
        lambda m: f"a text or a list is repeated by a number, not by {kind(m[1])}",
    ),
    (r"type (\w+) doesn't define __round__ method", lambda m: f"round takes a number, not {kind(m[1])}"),
    (
        r"cannot unpack non-iterable (\w+) object",
        lambda m: f"{kind(m[1])} has no parts, and several names stand here",
    ),
    (
        r"not enough values to unpack \(expected (?:at least )?(\d+), got (\d+)\)",
        lambda m: f"{m[1]} names stand here, and there are {m[2]} values",
    ),
    (
        r"too many values to unpack \(expected (\d+)(?:, got \d+)?\)",
        lambda m: f"{m[1]} names stand here, and there are more values",
    ),
    (r"not (?:enough|all) arguments.*", lambda _: "the text has another number of % than it is given values"),
    (r"No random item, sequence was empty\.?", lambda _: "the list is empty, so there is no item to take"),
    (r"You can only sort by either .*", lambda _: "by= takes 'key' or 'value'"),
    (r"%\w format: .*", lambda _: "a % of the text takes a number, and is given something else"),
    (r"invalid literal for .*: (.+)", lambda m: f"{m[1]} is no number"),
    (r"unhashable type: '(\w+)'", lambda m: f"{kind(m[1])} cannot be a key"),
    (r"'(\w+)' object cannot be interpreted as an integer", lambda m: f"a number belongs here, not {kind(m[1])}"),
    (r"access to attribute '(\w+)' of '(\w+)' object is unsafe\.?", lambda m: f"{kind(m[2])} has no {m[1]!r}"),
    (r"unexpected '(.+)', expected '(.+)'", lambda m: f"{m[2]} was expected here, not {m[1]}"),
    (r"Missing end of (\w+) directive", lambda m: f"{{% {m[1]} %}} is not closed; write {{% end{m[1]} %}}"),
    (r"unexpected '(.+)'", lambda m: f"{m[1]} may not stand here; is {{{{ or {{% before it not closed?"),
)


def _token(name: str) -> str:
    """What Jinja calls a piece of a template, as it is written."""
    return {"name": "a name", "end of statement block": "%}", "end of print statement": "}}"}.get(name, name)


def open_at(source: str) -> tuple[int, str] | None:
    """The line of a ``{{``, ``{%`` or ``{#`` that is never closed, and what is said of it; None where each is closed."""
    opened: tuple[int, str] | None = None
    position = 0
    while match := _SIGNS.search(source, position):
        position, sign = match.end(), match[0]
        if sign == "{#" and opened is None:
            end = source.find("#}", position)
            if end < 0:
                return source.count("\n", 0, match.start()) + 1, "{# is not closed; write #} behind it"
            position = end + 2
        elif sign in _CLOSED:
            if opened is not None:
                break
            opened = match.start(), sign
        elif opened is not None and sign == _CLOSED[opened[1]]:
            opened = None
        elif opened is not None and sign[0] in "\"'":
            # A text, whatever it holds, where it ends on the same line.
            text = re.compile(rf"[^{sign}\n]*{sign}").match(source, position)
            position = text.end() if text else position
    if opened is None:
        return None
    start, sign = opened
    return source.count("\n", 0, start) + 1, f"{sign} is not closed; write {_CLOSED[sign]} behind it"


_CLOSED = {"{{": "}}", "{%": "%}"}
_SIGNS = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|[\"']")


def kind(name: str) -> str:
    """What a template's writer calls something of a Python class."""
    return _KINDS.get(name, name)


def said(message: str) -> str:
    """A message of Python or Jinja, said so that a template's writer knows what to do; as it is where it is unknown."""
    for pattern, words in _SAID:
        if match := re.fullmatch(pattern, message, re.DOTALL):
            return words(match)
    return message


def failed(name: str) -> str:
    """What is said of an error that says nothing of itself."""
    return "it takes more memory than there is" if name == "MemoryError" else f"it cannot be carried out ({name})"


def missing(name: object, owner: str, known: list[str]) -> str:
    """What to say of a part that something does not have, with what it has where that is short."""
    if owner == "NoneType":
        return f"nothing stands before .{name} here; ask first with {{% if … %}} whether something does"
    has = f"; it has {one_of(known, 'and')}" if 0 < len(known) <= _MOST and owner not in _KINDS else ""
    return f"{kind(owner)} has no {name!r}{has}"


#: As many parts are listed.
_MOST = 16
