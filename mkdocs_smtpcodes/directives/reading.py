"""From the text of a directive to its codes and options. Nothing is evaluated: an argument is a literal, and becomes a string."""

# Annotations are no strings in this module: a NamedTuple compiles those that are, which takes most of its time.

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from ..codes import parse_code
from ..suggestions import takes
from .finding import Found, known_name
from .signatures import COLUMNS, PARTS, SIGNATURES, Mistake, Signature

# What was meant by a mistake is found out by `no_codes`, which is imported when there is one.
# ruff: noqa: PLC0415

# X.7.x, as the IANA registry writes it, is a subject in all its classes.
_SELECTION = r"(?ia)all|[2345]xx|[245X]\.(?:0|[1-9]\d{0,2})\.x"


class Directive(NamedTuple):
    """A directive as written, its arguments read: names, codes and options are well formed, codes need not exist."""

    signature: Signature
    raw: str
    codes: tuple[str, ...]
    options: Mapping[str, object] = {}

    @property
    def name(self) -> str:
        return self.signature.name

    @property
    def named(self) -> tuple[str, ...]:
        """The codes that are named one by one, not by class or subject."""
        if self.signature.raw:
            return ()
        return tuple(code for code in self.codes if not (self.signature.selects and re.fullmatch(_SELECTION, code)))


class Mistakes(ValueError):
    """Everything that is wrong in one directive.

    Attributes:
        messages: a sentence for each mistake.
        known: what is wrong only because of a mistake elsewhere, which has its message there.
        lang: the language that the directive asks for all the same, "" where it asks for none: only a dataset knows them.
        read: the directive as far as it could be read: a dataset knows whether its codes exist.
    """

    def __init__(
        self,
        messages: list[str],
        known: list[str] | None = None,
        lang: str = "",
        read: Directive | None = None,
    ) -> None:
        super().__init__("; ".join(messages + (known or [])))
        self.messages = messages
        self.known = known or []
        self.lang = lang
        self.read = read


#: What no argument has outside of quotes, but for what a template engine fills in.
_BRACKET = re.compile(r"[\[({](?![{%#])|\)")
#: A digit of its own, which no code is.
_SINGLE = re.compile(r"(?<![\w.])[245]\s*,")
_ARGUMENT = re.compile(
    r"""\s*(?:(?P<option>[A-Za-z_][\w-]*)\s*=\s*)?(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^,"'=]*))\s*(?P<end>,|$|(?P<rest>.))""",
    re.DOTALL,
)


@cache
def _unprintable() -> re.Pattern[str]:
    """What neither XML nor a reader can do anything with. Compiling it takes longer than reading a thousand directives."""
    return re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


def parse(found: Found, raw: str) -> Directive:
    """Read a directive that was found.

    Raises:
        Mistakes: with one message for each mistake in it.
    """
    signature = SIGNATURES.get(found.name)
    if signature is None:
        from .mending import unknown

        raise Mistakes([f"{found.name} is not a directive{unknown(found, known_name(found.name), fits)}"])
    if not found.arguments.isascii():
        from .no_codes import curly

        if problem := curly(found.arguments):
            raise Mistakes([f"{signature.name}: {problem}"])
    if found.bare or not found.closed:
        from .mending import no_parentheses, unclosed

        raise Mistakes([f"{signature.name}: {no_parentheses(found, fits) if found.bare else unclosed(found, fits)}"])
    if not signature.raw and _SINGLE.search(found.arguments):
        from .no_codes import commas

        if problem := commas(found.arguments):
            raise Mistakes([f"{signature.name}: {problem}"])
    if not signature.raw and _BRACKET.search(found.arguments):
        from .no_codes import joined

        if problem := joined(signature.name, found.arguments):
            raise Mistakes([f"{signature.name}: {problem}"])
    mistakes: list[str] = []
    values: list[str] = []
    options: dict[str, object] = {}
    arguments = list(_arguments(found.arguments, mistakes))
    mistakes += _loose(arguments, signature)
    for option, value, _ in arguments:
        try:
            if option is None:
                if not value.strip():
                    mend = "take the comma away that is too many, as in" if "," in found.arguments else "write"
                    what = "the text" if signature.raw else "an argument"
                    raise Mistake(f"{what} is empty; {mend} {signature.example()}")
                if problem := _nameless(value, signature, first=not values):
                    raise Mistake(problem)
                values.append(value if signature.raw else _code(value, signature))
                continue
            accepted = signature.options.get(option)
            if accepted is None:
                raise Mistake(_unknown_option(option, signature, value))
            if option in options:
                raise Mistake(f"{option} is given twice; give it once")
            options[option] = accepted.read(value)
        except Mistake as mistake:
            mistakes.append(str(mistake))
    if not mistakes and (len(set(values)) < len(values) or not signature.least <= len(values) <= signature.most):
        from .mending import count

        mistakes += count(values, signature)
    if mistakes:
        messages = [f"{signature.name}: {message}" for message in dict.fromkeys(mistakes)]
        read = Directive(signature, raw, tuple(dict.fromkeys(values)), options)
        raise Mistakes(messages, lang=str(options.get("lang") or ""), read=read)
    return Directive(signature, raw, tuple(values), options)


def codes_of(found: Found, raw: str) -> tuple[str, ...]:
    """The codes of a directive, none where it is wrong."""
    try:
        return parse(found, raw).codes
    except Mistakes:
        return ()


def fits(name: str, arguments: str) -> bool:
    """Whether a directive of this name may have these arguments."""
    try:
        parse(Found(0, 0, name, arguments, closed=True, escaped=False), "")
    except Mistakes:
        return False
    return True


def _nameless(value: str, signature: Signature, *, first: bool) -> str:
    """The message about an option without its name or its value, "" for what stands for a code."""
    if signature.raw:
        return ""
    if value in signature.options:
        return f"{value} is an option and needs a value; it takes {signature.options[value].takes}"
    if first or signature.most > 1 or signature.sender or not (value.isalpha() and value.islower()):
        return ""
    example = "level=2" if "level" in signature.options else "show=name"
    return f"{value} is no code, and an option has a name: write it as in {example}"


Argument = tuple[str | None, str, bool]


def _arguments(text: str, mistakes: list[str]) -> Iterator[Argument]:
    """Option name (or None) and value of each argument, and whether the value stands in quotes."""
    position = 0
    if not text.strip():
        return
    while True:
        match = _ARGUMENT.match(text, position)
        if match is None or match["rest"]:
            from .no_codes import quotes

            mistakes.append(quotes(text) or _unreadable(text, position))
            return
        value = match["double"] if match["double"] is not None else match["single"]
        quoted = value is not None
        value = " ".join(match["bare"].split()) if value is None else _printable(value)
        yield match["option"], value, quoted
        if match["end"] != ",":
            return
        position = match.end()


def _loose(arguments: list[Argument], signature: Signature) -> list[str]:
    """Texts and lists without quotes that their own commas have cut; the pieces are taken out of the arguments."""
    mistakes = []
    for number, (option, value, quoted) in enumerate(arguments):
        if quoted or option not in _CUT:
            continue
        end = number + 1
        while end < len(arguments) and arguments[end][0] is None and _cut(arguments[end][1], option, signature):
            end += 1
        if end > number + 1:
            pieces = [value, *(piece for _, piece, _ in arguments[number + 1 : end])]
            known = option in signature.options
            from .no_codes import no_quotes

            mistakes.append(no_quotes(option, pieces) if known else _unknown_option(option, signature))
            del arguments[number:end]
            return mistakes + _loose(arguments, signature)
    return mistakes


_CUT = ("title", "parts", "columns")


def _cut(piece: str, option: str, signature: Signature) -> bool:
    """Whether an argument is rather the rest of the text before it."""
    if option == "title":
        return bool(piece) and not any(character.isdigit() for character in piece)
    return piece.removeprefix("-") in (PARTS.get(signature.name, ()) if option == "parts" else COLUMNS)


def _printable(value: str) -> str:
    return value if value.isprintable() else _unprintable().sub("\ufffd", value)


def _unreadable(text: str, position: int) -> str:
    shown = " ".join(text[position:].split())
    if len(shown) > 40:
        shown = shown[:40].rstrip() + " …"
    if shown.count('"') % 2 or shown.count("'") % 2:
        return f"the quote in {shown} is not closed; put the same quote at the end of the text"
    return f"{shown} cannot be read; write codes and options separated by commas, texts in quotes"


def _unknown_option(option: str, signature: Signature, value: str = "") -> str:
    from .no_codes import instead_of_option

    mend = instead_of_option(option.lower(), value, signature, _fits_alone) if value else ""
    return f"{option} is not an option{f'; {mend}' if mend else takes(option, tuple(signature.options))}"


def _fits_alone(value: str, signature: Signature) -> bool:
    """Whether a value may stand without a name."""
    try:
        return bool(_code(value, signature)) and bool(signature.most)
    except Mistake:
        return False


def _code(value: str, signature: Signature) -> str:
    if signature.selects and re.fullmatch(_SELECTION, value):
        return value[0].upper() + value[1:].lower() if "." in value else value.lower()
    placeholder = signature.selects and re.fullmatch(_PLACEHOLDER, value)
    if re.fullmatch(r"[A-Za-z][\w.-]*", value) and not re.match(r"[Xx]\.\d", value) and not placeholder:
        return value  # perhaps an id of the site's own; the dataset knows
    if signature.sender and re.fullmatch(_NAME, value):
        return value
    try:
        return str(parse_code(value))
    except ValueError:
        from .no_codes import no_code

        raise Mistake(no_code(value, signature)) from None


#: A class or a subject in which a letter stands for each digit.
_PLACEHOLDER = r"(?i)[xyz]{3}|[xyz]\.\w{1,3}\.[xyz]"
#: A name of several words: "Exchange Online", "Office 365".
_NAME = r"[A-Za-z][A-Za-z _.-]*(?:365)?"
