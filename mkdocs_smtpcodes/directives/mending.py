"""A directive that is not one yet: what is missing or too much in it, and the directive as it should be written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from ..suggestions import number_word
from .finding import Found
from .no_codes import quotes
from .signatures import EXAMPLES, SIGNATURES, Signature

#: Brackets that are no parentheses, and what they hold.
_BRACKETS = re.compile(r"\s*[\[{（<]\s*(.*?)\s*[\]}）>]?\s*")
#: The codes that a text begins with, before it goes on with something else.
_FIRST = re.compile(
    r"\s*(?:[2-5]\d\d(?:[ -][245]\.\d+\.\d+)?|[245]\.\d+\.\d+)(?:\s*,\s*(?:[2-5]\d\d|[245]\.\d+\.\d+))*(?=\s)", re.ASCII
)
#: A reply code and an enhanced code of its class.
_PARTS = re.compile(r"([245])[0-9]{2} \1\.[0-9]{1,3}\.[0-9]{1,3}")


#: Whether a directive of this name may have these arguments.
Fits = Callable[[str, str], bool]


def written(name: str, arguments: str, fits: Fits) -> str:
    """The directive with these arguments, or the usual example where they are not right as they are."""
    return f"<< {name}({arguments.strip()}) >>" if fits(name, arguments) else EXAMPLES[name]


def no_parentheses(found: Found, fits: Fits) -> str:
    """The message about a directive without its parentheses."""
    arguments = found.arguments
    if match := _BRACKETS.fullmatch(arguments):
        arguments = match[1]
    return f"the parentheses are missing; write {written(found.name, arguments.removesuffix(')'), fits)}"


#: What people call what a directive of ours does.
_MEANT = {
    "smtp_compare": ("comparison", "diff", "difference", "differences", "versus", "vs"),
    "smtp_code": ("bounce", "describe", "description", "entry", "error", "info", "message", "show", "status"),
    "smtp_table": ("class", "codes", "errors", "list", "overview", "range"),
    "smtp_commands": ("command", "verbs"),
    "smtp_lookup": ("box", "find", "finder", "search"),
    "smtp_explain": ("analyse", "analyze", "explanation", "log", "parse", "session"),
    "smtp_replies": ("provider", "providers", "reason", "reasons", "reply", "sender", "senders", "server", "servers"),
    "smtp": ("inline", "link", "ref", "reference", "tooltip"),
}


def unknown(found: Found, near: str | None, fits: Fits) -> str:
    """The end of the message about a directive whose name is none: which was meant, else which there are."""
    word = found.name.lower().replace("-", "_").removeprefix("smtp_")
    foreign = next((sign for sign in found.name if not sign.isascii()), "") if near else ""
    letter = f", for its {foreign} is a letter of another alphabet" if foreign else ""
    both = [near, *(name for name, words in _MEANT.items() if word in words)]
    meant = [name for name in both if name]
    if meant:
        if word.removesuffix("s") == "reason" and re.fullmatch(r"\s*[\w\"'-]+\s*", found.arguments):
            return f"; did you mean smtp_replies? Write << smtp_replies(reason={found.arguments.strip()}) >>"
        meant = [next((name for name in meant if fits(name, found.arguments)), meant[0])]
        return f"{letter}; did you mean {meant[0]}? Write {written(meant[0], found.arguments, fits)}"
    return f"; there is {', '.join(SIGNATURES)}"


def unclosed(found: Found, fits: Fits) -> str:
    """The message about a directive without its ``) >>``."""
    text = found.arguments
    if mend := quotes(text):
        return mend
    outside = re.sub(r"\"[^\"]*\"|'[^']*'", "", text)
    for quote in "\"'":
        if quote in outside:
            closed = written(found.name, f"{text.strip(' >)')}{quote}", fits)
            return f"a quote is not closed; put the same quote at the end of the text, then ) >>, as in {closed}"
    if match := re.search(r"\)\s*([^\s\w()<>]{1,3})\s*$", outside):
        return f"{match[1]} stands behind the parenthesis; nothing may stand between ) and >>"
    # What was written before something else went on in its line.
    arguments = re.split(r"[)<>]", text)[0]
    if not fits(found.name, arguments) and (first := _FIRST.match(arguments)) and fits(found.name, first[0]):
        arguments = first[0]
    return f"the directive is not closed; write it as {written(found.name, arguments, fits)}"


def count(values: Sequence[str], signature: Signature) -> list[str]:
    """What is wrong with the number of codes, if anything is."""
    number = len(values)
    mistakes = [f"{value} is given twice; name each code once" for value, times in Counter(values).items() if times > 1]
    # Where the number is right once each is named once, that is all there is to mend.
    if signature.least <= number <= signature.most or (
        mistakes and signature.least <= len(set(values)) <= signature.most
    ):
        return mistakes
    given = {0: "none is given", 1: "one is given"}.get(number, f"{number_word(number)} are given")
    return [*mistakes, f"it takes {_wanted(signature)}, and {given}; {_instead(values, signature)}"]


def _wanted(signature: Signature) -> str:
    if signature.raw:
        return "one reply, in quotes"
    if signature.sender:
        return "one code or sender at most"
    if signature.least == signature.most:
        return {0: "no codes", 1: "one code"}[signature.least]
    if not signature.least:
        return f"{signature.most} codes at most"
    return f"{number_word(signature.least)} to {number_word(signature.most)} codes"


def _instead(values: Sequence[str], signature: Signature) -> str:
    """What to write instead: another directive, where one does what was wanted."""
    unique = list(dict.fromkeys(values))
    compared = SIGNATURES["smtp_compare"]
    if signature.name in {"smtp", "smtp_code", "smtp_replies"} and _PARTS.fullmatch(whole := " ".join(unique)):
        return f"for a whole reply leave out the comma: << {signature.name}({whole}) >>"
    if signature.name == "smtp_code" and compared.least <= len(unique) <= compared.most:
        return f"for several there is << smtp_compare({', '.join(unique)}) >>"
    if signature.name == "smtp_compare" and len(unique) == 1:
        return f"write {signature.example()}, or << smtp_code({unique[0]}) >> for one"
    if signature.name == "smtp_compare" and len(unique) > compared.most:
        return f"for more there is << smtp_table({', '.join(unique)}) >>"
    if signature.name in {"smtp", "smtp_replies"} and len(unique) > 1:
        return f"write one for each: << {signature.name}({unique[0]}) >>"
    if signature.name == "smtp_commands" and unique and unique[0][0].isalpha() and unique[0] != "all":
        return f"for the replies to a command there is << smtp_table(command={unique[0]}) >>"
    if signature.name == "smtp_lookup" and unique and unique[0][0].isdigit():
        return f"write {signature.example()}, or << smtp_code({unique[0]}) >> for the entry of a code"
    if signature.raw and unique and '"' not in "".join(unique):
        return f'write << {signature.name}("{", ".join(values)}") >>'
    return f"write {signature.example()}"
