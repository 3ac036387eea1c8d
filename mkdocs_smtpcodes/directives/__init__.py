"""The grammar ``<< name(arguments) >>``: the table of directives, finding them in a text, and reading them."""

from .finding import OPENING, Found, at, find, find_all, known_name
from .reading import Directive, Mistakes, codes_of, parse
from .signatures import (
    COLUMNS,
    EXAMPLES,
    PARTS,
    SHOW,
    SIGNATURES,
    STATUSES,
    Mistake,
    Option,
    Signature,
    usual_parts,
)  # fmt: skip

__all__ = [
    "COLUMNS", "EXAMPLES", "OPENING", "PARTS", "SHOW", "SIGNATURES", "STATUSES", "Directive", "Found", "Mistake",
    "Mistakes", "Option", "Signature", "at", "codes_of", "find", "find_all", "known_name", "parse", "usual_parts",
]  # fmt: skip
