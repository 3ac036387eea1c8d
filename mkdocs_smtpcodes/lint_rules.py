"""The rules of the linter: what each says, how loud it is by default, and what a site's configuration makes of that."""

# Annotations are no strings in this module: a NamedTuple compiles those that are, which takes most of its time.

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from .suggestions import takes

#: From quiet to loud.
LEVELS = ("off", "note", "warning", "error")


class Rule(NamedTuple):
    """A rule.

    Attributes:
        name: under which a configuration and a comment know it.
        level: how loud it is where nothing else is said.
        summary: what it finds, a sentence.
    """

    name: str
    level: str
    summary: str


RULES = {
    rule.name: rule
    for rule in (
        Rule("class-conflict", "warning", "Reply code and enhanced code of one reply have different first digits."),
        Rule("no-code", "warning", "A number that is called a reply code is none."),
        Rule("folklore", "note", "A number that lists call a reply code, and that no server sends."),
        Rule("zeros", "warning", "An enhanced code has zeros in front of a number."),
        Rule("unregistered", "warning", "An enhanced code that nobody registered and no server on record sends."),
        Rule("vendor-code", "note", "An enhanced code that nobody registered and that a server on record sends."),
        Rule("pair", "note", "A reply code and an enhanced code that no server on record sends together."),
        Rule("other-text", "warning", "A reply has the text of another reply on record."),
        Rule("permanence", "warning", "A transient code is called permanent, or a permanent one temporary."),
        Rule("two-meanings", "warning", "Two pages explain a code in ways that exclude each other."),
    )
}


def levels(given: Any) -> tuple[dict[str, str], list[str]]:
    """The level of each rule, and what is wrong in a configuration.

    Args:
        given: what a site says: a mapping from rules to levels. YAML reads ``off`` as false.
    """
    found = {name: rule.level for name, rule in RULES.items()}
    if not isinstance(given, Mapping):
        shown = ("on" if given else "off") if isinstance(given, bool) else repr(given)
        every = (
            "; each rule has its own level, and there is none for all" if shown.strip("'") in (*LEVELS, "on") else ""
        )
        told = f"lint: expected rules with levels such as pair: off, found {shown}{every}"
        return found, [] if given is None else [told]
    mistakes = []
    for name, value in given.items():
        level = "off" if value is False else value
        if name not in RULES:
            mistakes.append(f"lint: {name} is not a rule{takes(str(name), tuple(RULES))}")
        elif level not in LEVELS:
            shown = "on" if value is True else value
            mistakes.append(f"lint: {name}: {shown} is not a level{takes(str(shown), LEVELS)}")
        else:
            found[name] = level
    return found, mistakes


def unknown(names: Iterable[str]) -> list[str]:
    """What is wrong with names that should be those of rules."""
    return [f"{name} is not a rule{takes(name, tuple(RULES))}" for name in names if name not in RULES]
