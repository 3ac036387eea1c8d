"""Classes of codes ("4xx", "5.x.x") in a page: what is called temporary or permanent against its first digit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..codes import Code, parse_code
from ..mentions import STRONG, Mention
from .codes import Said
from .definitions import definition, wrong_permanence
from .fates_before import called_before
from .passages import Passage
from .sentences import called

#: A class, with the noun that goes with it: "4xx codes are permanent".
_CLASS = re.compile(r"(?<![\w.])(?P<digit>[45])(?P<rest>xx|XX|yz|\.[xX]\.[xX]|\.[xX]{3}\.[xX]{3})(?![\w.]\w)(?!\w)")


def of_classes(passage: Passage) -> Iterator[tuple[Mention, Said]]:
    """What is to be said of the classes in a passage.

    Args:
        passage: a passage of a page about mail, and not about the web, whose 5xx are temporary for many.
    """
    for match in _CLASS.finditer(passage.text):
        written, (start, end) = match[0], match.span()
        code = _like(match["digit"], match["rest"])
        place = passage, written, start, end
        found = called(*place) or definition(*place) or called_before(*place)
        if found and (said := wrong_permanence(found, code)):
            yield Mention(start, end, written, STRONG), said


def _like(digit: str, rest: str) -> Code:
    """A code of a class."""
    return parse_code(f"{digit}.0.0" if "." in rest else f"{digit}50")
