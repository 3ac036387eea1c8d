"""The ends of messages: what may have been meant, and what is taken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

#: As many names a message lists; of more only the nearest is said.
MOST = 16
#: As many letters a part of a name has that stands for all of it.
_PART = 4


def close(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """The name that was most likely meant, whatever its case, "" where none is near."""
    import difflib  # noqa: PLC0415 (only for a mistake)

    plain = {name.lower(): name for name in known}
    found = difflib.get_close_matches(word.lower(), plain, n=1, cutoff=cutoff)
    if not found and len(word) >= _PART:  # a part of a name: relay for relay-denied, grey for greylisted
        found = [name for name in plain if word.lower() in name.split("-")]
        found = found or [name for name in plain if name.startswith(word.lower())]
    return plain[found[0]] if found else ""


def nearest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """The end of a sentence: ``; did you mean x?``, or nothing."""
    found = close(word, known, cutoff)
    return f"; did you mean {found}?" if found else ""


def did_you_mean(near: Sequence[str]) -> str:
    """The end of a sentence that names what may have been meant: ``; did you mean 535, 534 or 530?``, or nothing."""
    return f"; did you mean {one_of(near)}?" if near else ""


def takes(word: str, known: Sequence[str]) -> str:
    """The end of a sentence: ``; did you mean x? It takes x, y or z``, without the list where it is long."""
    near = nearest(word, known)
    listed = f"takes {one_of(known)}" if len(known) <= MOST else ""
    if near:
        return f"{near} It {listed}" if listed else near
    return f"; it {listed}" if listed else ""


def plain_name(name: object) -> str:
    """A name as two people may write it: ``E 524`` for ``E524``, ``Example Mail`` for ``example-mail``. Numbers stay."""
    text = str(name)
    return text if text[:1].isdigit() else re.sub(r"[\W_]+", "", text).casefold()


#: What people call the languages that have words: in English, by their own names, or as the country is called.
_LANGUAGES = {
    "arabic": "ar", "german": "de", "deutsch": "de", "english": "en", "spanish": "es", "español": "es", "french": "fr",
    "français": "fr", "hindi": "hi", "indonesian": "id", "japanese": "ja", "korean": "ko", "portuguese": "pt",
    "português": "pt", "russian": "ru", "thai": "th", "turkish": "tr", "türkçe": "tr", "vietnamese": "vi", "chinese": "zh",
    "русский": "ru", "العربية": "ar", "हिन्दी": "hi", "bahasa indonesia": "id", "日本語": "ja", "한국어": "ko", "ไทย": "th",
    "tiếng việt": "vi", "中文": "zh", "us": "en", "uk": "en", "gb": "en", "at": "de", "mx": "es", "br": "pt", "in": "hi",
    "jp": "ja", "kr": "ko", "vn": "vi", "cn": "zh", "tw": "zh",
}  # fmt: skip


def language_tag(name: str) -> str:
    """The tag of a language that is written out, "" for anything else."""
    return _LANGUAGES.get(name.strip().lower(), "")


def takes_some(word: str, known: Sequence[str]) -> str:
    """The same, with all names where they are too many for other messages: nobody could guess one."""
    return takes(word, known) or f"; it takes {one_of(known)}"


def one_of(known: Sequence[str], word: str = "or") -> str:
    """``a, b or c``."""
    return f"{', '.join(known[:-1])} {word} {known[-1]}" if len(known) > 1 else "".join(known)


#: Small numbers stand in a sentence as words.
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def number_word(number: int) -> str:
    """``two`` for 2; a number of more than twelve stays one."""
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def shown(value: object) -> str:
    """A value as it stands in YAML, cut where it is long."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    if value is None:
        return "nothing"
    if isinstance(value, list):
        return f"[{', '.join(str(shown(item)).strip(chr(39)) for item in value)}]"[:60]
    if isinstance(value, dict):
        return "a mapping"
    cut = text if len(text) <= 60 else f"{text[:60]}…"
    return repr(cut) if isinstance(value, str) else cut
