"""What was meant by an argument that is no code: the message with the right form in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from ..codes import parse_code
from .signatures import Signature

# What people write between two codes. Hyphens and spaces come last, because they stand within a whole reply too.
_BETWEEN = (
    re.compile(r"\s*(?:\b(?:vs\.?|versus|and|or|to|through|until)\s|\.{2,3}|[/;|&+…，、،])\s*", re.IGNORECASE),
    re.compile(r"\s*[-–—]\s*"),
    re.compile(r"\s+"),
)
_WITHIN = re.compile(
    r"(?<![\w.])[1-9]\d\d(?:[ -][245]\.\d+\.\d+)?(?![\w.]*\d)|(?<![\w.])[245]\.\d+\.\d+(?!\d)", re.ASCII
)
_REPLIES = re.compile(r"[1-9]\d\d[ -][245]\.\d+\.\d+(?:\s+[1-9]\d\d[ -][245]\.\d+\.\d+)+", re.ASCII)
_HALVES = re.compile(r"([245]\d\d)\s*(?:[^\w\s]|_)\s*(([245])\.\d{1,3}\.\d{1,3})", re.ASCII)
_TURNED = re.compile(r"([245]\.\d{1,3}\.\d{1,3})[ -]+([245]\d\d)", re.ASCII)
_RANGE = re.compile(r"([2-5])\d\d\s*(?:to\s|through\s|until\s|\.\.|…)", re.IGNORECASE)
_NO_CLASS = re.compile(r"([016-9])(?:xx|\.x\.x|\.\d{1,3}\.(?:x|\d{1,3}))", re.IGNORECASE)
# Letters that look like digits.
_LOOK = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "i": "1", "|": "1", "S": "5", "s": "5", "B": "8"})
_CLASS = re.compile(r"([2-5])(?:xx|\.x|00-[2-5]99|\.x\.x|\*\*|\?\?)", re.IGNORECASE)
_SUBJECT = re.compile(r"([245X])\.(\d{1,3})(?:\.[*x]|\.)?", re.IGNORECASE | re.ASCII)
_DETAIL = re.compile(r"x\.\d+\.\d+", re.IGNORECASE | re.ASCII)
_PLACEHOLDER = re.compile(r"[xyz]{3}|[xyz]\.(\w{1,3})\.[xyz]", re.IGNORECASE)
_SPAN = re.compile(r"([245]\.\d+)\.(\d+)\s*[-–—]\s*(?:([245]\.\d+)\.)?(\d+)", re.ASCII)
_ZEROS = re.compile(r"\.0+(?=[0-9])", re.ASCII)
_COMMAS = re.compile(r"(?<![\w.])([245])\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})(?![\w.])", re.ASCII)
_JOINED = re.compile(r"([245])([-_])(\d{1,3})\2(\d{1,3})", re.ASCII)
_LONG = re.compile(r"(?:[2-5]\d\d[ -])?[245]\.\d+\.\d+", re.ASCII)
_WORDS = re.compile(r"[A-Za-z][A-Za-z /]*")
# What word processors and keyboards make of " and '.
CURLY = re.compile("[\u201c-\u201f\u2018-\u201b\u00ab\u00bb\u2039\u203a\u300c-\u300f\uff02\uff07]")


def no_code(value: str, signature: Signature) -> str:
    """The message about a value that is no code, with what was probably meant."""
    mend = next(_mends(value, signature), "")
    if not mend:
        forms = "250, 5.7.8 or 550 5.7.1"
        if signature.selects:
            forms = "250, 5.7.8 or 550 5.7.1, a class such as 4xx or a subject such as 5.7.x"
        mend = f"write one such as {forms}"
    return f"{value} is not a code; {mend}"


def _mends(value: str, signature: Signature) -> Iterator[str]:
    plain = _plain(value)
    if plain != value and (_is_code(plain) or codes_in(plain)):
        written = ", ".join(codes_in(plain) or [plain])
        yield f"write it with the digits 0 to 9 and without signs that cannot be seen: {written}"
    if parts := _JOINED.fullmatch(value):
        yield f"the parts of a code are joined by full stops; write {parts[1]}.{parts[3]}.{parts[4]}"
    if code := eyed(value):
        yield code[1]
    if "," in value and (several := _in_quotes(value, signature)):
        yield several
    bare = _ZEROS.sub(".", value)
    if bare != value and _is_code(bare):
        yield f"write it without the zeros before its numbers: {parse_code(bare)}"
    if match := _CLASS.fullmatch(value):
        yield f"write {match[1]}xx for the codes of a class" if signature.selects else _only_in_table(f"{match[1]}xx")
    if span := _SPAN.fullmatch(value):
        first, number, other, last = span.groups()
        if other not in (None, first):
            yield f"separate codes by a comma: {first}.{number}, {other}.{last}"
        low, high = sorted((int(number), int(last)))
        if low != high and high < 1000:
            pair = f", and two codes as {first}.{number}, {other}.{last}" if other else ""
            yield f"write a range as {first}.{low}-{high}{pair}"
    if match := _NO_CLASS.fullmatch(value):
        yield _no_class(match[1], value, signature)
    if (turned := _TURNED.fullmatch(value)) and turned[2][0] == turned[1][0]:
        yield f"the reply code stands first; write {turned[2]} {turned[1]}"
    if codes := codes_in(value):
        yield _several(value, codes, signature)
    if (whole := _HALVES.fullmatch(value)) and whole[1][0] == whole[3]:
        yield f"write {whole[1]} {whole[2]} for one reply"
    if selections := _selections(value) if signature.selects else []:
        one = len(selections) == 1
        yield f"one {selections[0]} is enough" if one else f"separate them by a comma: {', '.join(selections)}"
    if match := _SUBJECT.fullmatch(value):
        subject = f"{match[1].upper()}.{match[2]}.x"
        yield f"write {subject} for the codes of a subject" if signature.selects else _only_in_table(subject)
    if signature.selects and (placeholder := _PLACEHOLDER.fullmatch(value)):
        subject = placeholder[1] or ""
        yield (
            f"write X.{subject}.x" if subject.isdigit() else "write X.7.x" if subject else "write 2xx, 3xx, 4xx or 5xx"
        )
    yield from _of_no_form(value, signature)


def _of_no_form(value: str, signature: Signature) -> Iterator[str]:
    """What to write instead of a value that has the form of neither codes nor classes."""
    if _DETAIL.fullmatch(value):
        yield f"a detail needs its class; write 4{value[1:]} or 5{value[1:]}"
    option, colon, text = value.partition(":")
    if colon and option.strip() in signature.options:
        yield f"write an option with an equals sign: {option.strip()}={_quoted(text.strip())}"
    if _LONG.fullmatch(value):
        yield "each of the numbers behind the class has three digits at most"
    if match := _WITHIN.search(value):
        yield f"write the code alone: {match[0].replace('-', ' ')}"
    if (name := value.partition("=")[0].strip()) in signature.options and "=" in value:
        yield f"an option stands without quotes around the whole of it: {name}={_quoted(value.partition('=')[2].strip())}"
    if value.isdigit():
        yield f"a reply code has three digits, as in {signature.example()}"
    if "command" in signature.options and _WORDS.fullmatch(value):
        yield f"for the replies to a command write command={_quoted(value)}"


def _in_quotes(value: str, signature: Signature) -> str:
    """What to write instead of one text that is a list of codes, "" where it is none."""
    items = [item.strip() for item in value.split(",") if item.strip()]
    if not all(_selection(item) if signature.selects else _is_code(item) for item in items):
        return ""
    name = "smtp_compare" if signature.most == 1 and not signature.sender else signature.name
    return f"quotes make one argument of several; write << {name}({', '.join(items)}) >>"


def eyed(value: str) -> tuple[str, str] | None:
    """A code whose digits were written as letters that look like them, and what to say of it; None where none was."""
    code = value.translate(_LOOK)
    if code == value or sum(map(str.isdigit, value)) < 2 or not _is_code(code):
        return None
    letter, digit = next(pair for pair in zip(value, code, strict=True) if pair[0] != pair[1])
    return code, f"its {letter} is a letter, not the digit {digit}; write {code}"


def _several(value: str, codes: list[str], signature: Signature) -> str:
    """What to write for codes that have something else than a comma between them."""
    unique = list(dict.fromkeys(codes))
    if len(unique) == 1:
        other = "; a comparison takes different codes, as in " + signature.example() if signature.least > 1 else ""
        return f"one {unique[0]} is enough{other or f'; write {unique[0]} alone'}"
    several = ", ".join(unique)
    if (whole := _HALVES.fullmatch(value)) and whole[1][0] == whole[3]:
        reply = f"{whole[1]} {whole[2]}"
        return f"write {reply} for one reply" + (f", and {several} for two codes" if signature.most > 1 else "")
    if signature.most == 1 and len(codes) <= _COMPARED and not signature.sender:
        return f"for several codes there is << smtp_compare({several}) >>"
    listed = (match := _RANGE.match(value)) and f"; a whole class is listed by << smtp_table({match[1]}xx) >>"
    return f"separate codes by a comma: {several}{listed or ''}"


#: As many codes as one comparison has.
_COMPARED = 4


def _no_class(digit: str, value: str, signature: Signature) -> str:
    """What to write instead of a class that no code has."""
    if value.lower().endswith("xx"):
        classes = "2xx, 3xx, 4xx or 5xx"
        return (
            f"no reply begins with {digit}; write {classes}" if signature.selects else f"no reply begins with {digit}"
        )
    return f"an enhanced code begins with 2, 4 or 5; write one such as 5{value[1:]}"


def _only_in_table(selection: str) -> str:
    return f"the codes of a class or a subject are listed by << smtp_table({selection}) >>"


#: What people call the argument that has no name.
_NAMES_OF_CODES = ("code", "codes", "reply")
_NAMES_OF_SENDERS = ("sender", "server", "provider", "service")
_NAMES_OF_SELECTIONS = ("class", "classes", "subject", "subjects", "range")


def instead_of_option(name: str, value: str, signature: Signature, fits: Callable[[str, Signature], bool]) -> str:
    """What to write instead of an option that there is not: the value alone, or another directive; "" where nothing fits."""
    if name in ("class", "classes") and re.fullmatch("[2-5]", value):
        value = f"{value}xx"
    if name in ("subject", "subjects") and re.fullmatch(r"\d{1,3}", value, re.ASCII):
        value = f"X.{value}.x"
    if name in _NAMES_OF_SENDERS and not signature.sender:
        return f"for the replies of a sender there is << smtp_replies({value}) >>"
    if name in ("reason", "reasons", "setting") and not signature.sender:
        return f"for replies there is << smtp_replies({name.removesuffix('s')}={_quoted(value)}) >>"
    if name in ("command", "commands", "status") and not signature.selects:
        return f"for the codes there is << smtp_table({name.removesuffix('s') if name != 'status' else name}={_quoted(value)}) >>"
    if name in _NAMES_OF_SELECTIONS and not signature.selects and _selection(value):
        return _only_in_table(value)
    several = [item.strip() for item in value.split(",")]
    if name in _NAMES_OF_CODES and 1 < len(several) <= signature.most and all(map(_is_code, several)):
        return f"leave its name out and write {', '.join(several)} alone"
    if signature.raw and name in ("text", *_NAMES_OF_CODES):
        return f"leave its name out and write {_quoted(value)} alone"
    alone = name in (*_NAMES_OF_CODES, *_NAMES_OF_SENDERS, *(_NAMES_OF_SELECTIONS if signature.selects else ()))
    return f"leave its name out and write {value} alone" if alone and fits(value, signature) else ""


def no_quotes(option: str, values: list[str]) -> str:
    """The message about a text or a list whose commas were read as the ends of arguments."""
    return f'{option}: a text with a comma needs quotes; write {option}="{", ".join(values)}"'


def curly(arguments: str) -> str:
    """The message about quotes that are not straight, "" where there are none outside of straight ones."""
    outside = re.sub(r"\"[^\"]*\"|'[^']*'", "", arguments)
    if not (found := CURLY.search(outside)):
        return ""
    # Shown with the argument that it stands in.
    pieces = re.split(r"(\"[^\"]*\"|'[^']*')", arguments)
    straight = "".join(CURLY.sub('"', piece) if number % 2 == 0 else piece for number, piece in enumerate(pieces))
    shown = re.search(r"(?:\w+\s*=\s*)?\"[^\"]*\"", straight)
    example = f"; write {shown[0]}" if shown else ""
    return f"{found[0]} is not a quote here; only the straight ones \" and ' are{example}"


def quotes(arguments: str) -> str:
    """The message about a text that has its own quote in it, with the other quotes around it; "" where none has."""
    if named := re.search(r"(['\"])(\w+)\1\s*=\s*", arguments):
        return f"the name of an option stands without quotes; write {named[2]}={arguments[named.end() :].strip()}"
    if len(arguments) > 1000:  # every quote may be the one, and each takes its time
        return ""
    for quote, other in ("'\"", "\"'"):
        # Its end is that of the argument; where there is none, a letter follows the quote within, as in don't.
        pattern = (
            rf"(?P<option>\b\w+\s*=\s*|){quote}(?P<text>[^{quote}]{{0,200}}{quote}(?!\s*(?:[,)]|$))[^=]{{0,200}}?)"
            rf"(?P<end>{quote}?)(?=\s*(?:,\s*\w+\s*=|\)|$))"
        )
        match = re.search(pattern, arguments)
        if match is None or other in match["text"]:
            continue
        text = match["text"]
        within = text[text.find(quote) + 1 :]
        if not match["end"] and not within[:1].isalpha():
            continue
        shown = "double quotes" if other == '"' else "single quotes"
        return f"the text has the quote {quote} in it; put {shown} around it: {match['option']}{other}{text}{other}"
    return ""


def joined(name: str, arguments: str) -> str:
    """The message about brackets around a list, or two directives between one pair of signs; "" where neither is."""
    outside = re.sub(r"\"[^\"]*\"|'[^']*'", "", arguments)
    if match := _SECOND.search(outside):
        first = f"<< {name}({outside[: match.start()]}) >>"
        return f"a second directive ({match[1]}) stands within this one; write {first}, and it by itself"
    if not _LIST.search(outside):
        return ""
    without = _LIST.sub(lambda match: _unbracketed(match[1] or "", match[2] or match[3] or ""), arguments)
    return f"lists stand without brackets; write << {name}({without.strip()}) >>"


def _unbracketed(option: str, items: str) -> str:
    """The value of an option that is a list has quotes, codes have none."""
    items = items.strip().replace('"', "").replace("'", "")
    return f"{option}{_quoted(items)}" if option else items


_SECOND = re.compile(r"\)\s*(?:[,;&]|and\b)?\s*(smtp\w*)\s*\(", re.IGNORECASE)
_LIST = re.compile(r"(\b\w+\s*=\s*)[\[{(]([^\[\]{}()]*)[\]})]|(?<![\w=])[\[{(](?=[^\[\]{}()]*,)([^\[\]{}()]*)[\]})]")


def commas(arguments: str) -> str:
    """The message about an enhanced code whose parts are joined by commas, "" where none is."""
    outside = re.sub(r"\"[^\"]*\"|'[^']*'", "", arguments)
    match = _COMMAS.search(outside)
    return f"the parts of a code are joined by full stops; write {'.'.join(match.groups())}" if match else ""


def _quoted(text: str) -> str:
    text = text.strip("\"'")
    return text if re.fullmatch(r"[\w.-]+", text) else f'"{text}"'


def _is_code(text: str) -> bool:
    try:
        parse_code(text)
    except ValueError:
        return False
    return True


def codes_in(text: str) -> list[str]:
    """The codes of a text that is nothing but codes and what people write between them."""
    if _REPLIES.fullmatch(text):
        return re.split(r"\s+(?=[1-9]\d\d[ -])", text)
    for between in _BETWEEN:
        parts = [part for part in between.split(text) if part]
        if len(parts) > 1 and all(map(_is_code, parts)):
            return [str(parse_code(part)) for part in parts]
    return []


def _selections(text: str) -> list[str]:
    """The codes, classes and subjects of a text that is nothing but these and what people write between them; each once."""
    for between in _BETWEEN:
        parts = [part for part in between.split(text) if part]
        read = [_selection(part) for part in parts]
        if len(parts) > 1 and all(read):
            return list(dict.fromkeys(read))
    return []


def _selection(text: str) -> str:
    """A code, a class or a subject as it is written, "" for anything else."""
    if match := re.fullmatch(r"([2-5])xx|([245X])\.(\d{1,3})\.x", text, re.IGNORECASE | re.ASCII):
        return f"{match[1]}xx" if match[1] else f"{match[2].upper()}.{match[3]}.x"
    return str(parse_code(text)) if _is_code(text) else ""


def _plain(text: str) -> str:
    """A text with the digits 0 to 9 and full stops, whatever script they are in, and without characters that are not seen."""
    kept = (character for character in text if unicodedata.category(character) != "Cf")
    digits = (str(unicodedata.decimal(character, character)) for character in kept)
    return unicodedata.normalize("NFKC", "".join(digits)).replace("。", ".").replace("٫", ".")
