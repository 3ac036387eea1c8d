"""The words of a language, and which of them tell an entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..codes import BasicCode, Code, CodeRange, EnhancedCode, Reply, parse_code
from .model import Row, Text


class Words:
    """The words of one language, each falling back to English by itself; English falls back to what only a site has written."""

    def __init__(self, lang: str, data: Mapping[str, Any], fallback: Words | None) -> None:
        self.lang = lang
        self._data = data
        self._fallback = fallback
        #: The texts that were asked for, and that only English has.
        self.fallen: set[tuple[str, ...]] = set()

    def get(self, *path: str | int) -> Text:
        """The text under a path of keys, in this language or else in English; empty where both lack it."""
        found: Any = self._data
        for key in map(str, path):
            if not isinstance(found, Mapping) or key not in found:
                found = None
                break
            found = found[key]
        if isinstance(found, str):
            return Text(found, self.lang)
        if self._fallback is None:
            return Text("", self.lang)
        text = self._fallback.get(*path)
        if text and text.lang == self._fallback.lang:
            self.fallen.add(tuple(map(str, path)))
        return text

    def has(self, *path: str | int) -> bool:
        """Whether this language has a text under a path, even an empty one, which hides."""
        found: Any = self._data
        for key in map(str, path):
            if not isinstance(found, Mapping) or key not in found:
                return False
            found = found[key]
        return isinstance(found, str)

    def label(self, key: str) -> str:
        return self.get("labels", key).text

    def tree(self, *path: str | int) -> Mapping[Any, Any]:
        """The mapping under a path, English entries below those of this language."""
        found: Any = self._data
        for key in map(str, path):
            found = found.get(key, {}) if isinstance(found, Mapping) else {}
        below = self._fallback.tree(*path) if self._fallback else {}
        return {**below, **found}

    @property
    def direction(self) -> str:
        return self.get("language", "direction").text or "ltr"


def added(words: Mapping[str, Mapping[str, Any]], languages: Sequence[str]) -> Words | None:
    """What a site has added without English words, in the languages in which it has.

    Args:
        words: the words of each language.
        languages: those in which the site has written.
    """
    found = None
    for lang in reversed(languages):
        own = {
            kind: {
                key: texts for key, texts in words[lang].get(kind, {}).items() if key not in words["en"].get(kind, {})
            }
            for kind in ("codes", "reasons")
        }
        found = Words(lang, own, found)
    return found


_TEXTS: Mapping[str, tuple[str, ...]] = {
    "name": ("name",),
    "summary": ("summary",),
    "description": ("description",),
    "when": ("when",),
    "next": ("next",),
    "fix_received": ("fix", "received"),
    "fix_sending": ("fix", "sending"),
    "choose_received": ("choose", "received"),
    "choose_sending": ("choose", "sending"),
    "distinct": ("distinct",),
}
# What the class alone says, where a detail has no words of its own in that class.
_UNUSUAL = {"summary": "summary", "fix_received": "received", "choose_received": "choose"}
_UNREGISTERED = {"fix_sending": "sending", "choose_sending": "choose_sending"}


def entry_texts(words: Words, code: BasicCode | EnhancedCode, *, shown: str, registered: bool) -> dict[str, Text]:
    """The texts of an entry by the names of its fields; ``shown`` is the code as the reader has it."""
    if isinstance(code, EnhancedCode):
        return _enhanced_texts(words, code, shown, registered=registered)
    return {name: words.get("codes", str(code), *path) for name, path in _TEXTS.items()}


def own_texts(words: Words, key: str, whole: Code) -> dict[str, Text]:
    """What is true of a whole reply alone, and over it what a site has written for a reply or an id of its own.

    What neither has is left to the enhanced code.
    """
    sent = sent_texts(words, whole) if isinstance(whole, Reply) else {}
    texts = {name: words.get("codes", key, *path) for name, path in _TEXTS.items()}
    return sent | {name: text for name, text in texts.items() if text or words.has("codes", key, *_TEXTS[name])}


def sent_texts(words: Words, code: EnhancedCode | Reply) -> dict[str, Text]:
    """What is written of a code as servers on record send it: of a detail that nobody registered, or of a whole reply.

    In a language that does not have it the text of the reason, or of the enhanced code, stands, so that no entry mixes two
    languages. A range of one class (``5.7.606-649``) speaks for each code in it.
    """
    told = str(code) if isinstance(code, Reply) else code.detail
    if isinstance(code, EnhancedCode):
        ranges = [(key, parse_code(key)) for key in words.tree("sent") if "-" in key]
        told = next((key for key, within in ranges if isinstance(within, CodeRange) and within.holds(code)), told)
    texts = {name: words.get("sent", told, *path) for name, path in _TEXTS.items()}
    return {name: text for name, text in texts.items() if text and text.lang == words.lang}


def row_texts(words: Words, row: Row) -> dict[str, Text]:
    """What is written of one reply of a sender, where the advice of its reason is not its own; mostly nothing."""
    texts = {name: words.get("told", row.sender, row.told, *path) for name, path in _TEXTS.items() if row.told}
    return {name: text for name, text in texts.items() if text and text.lang == words.lang}


def _enhanced_texts(words: Words, code: EnhancedCode, shown: str, *, registered: bool) -> dict[str, Text]:
    subject = words.get("subjects", code.subject).text or str(code.subject)
    values = {"code": shown, "detail": str(code.number), "subject": subject, "subject_number": str(code.subject)}
    texts = {}
    for name, path in _TEXTS.items():
        if name in _UNUSUAL and not registered:
            text = words.get("unusual", code.class_digit, _UNUSUAL[name])
        elif not registered:
            text = words.get("unregistered", _UNREGISTERED.get(name, name))
        else:
            place = ("codes", code.detail, *path)
            at_once, by_class = words.has(*place), words.has(*place, code.class_digit)
            # A language that tells at once what English tells by class keeps its own text.
            text = words.get(*place) if at_once else words.get(*place, code.class_digit) or words.get(*place)
            hidden = at_once or by_class
            if not text and name in _UNUSUAL and not hidden:
                text = words.get("unusual", code.class_digit, _UNUSUAL[name])
        texts[name] = Text(fill(text.text, values), text.lang)
    return texts


def reason_texts(words: Words, reason: str, services: Iterable[str] = ()) -> dict[str, Text]:
    """The texts of a reason by the names of the fields of an entry; its first paragraph for who received it is the next step.

    Where ``services`` alone send it, whoever administers an organisation there is told what to do, not who runs a server.
    """
    received = words.get("reasons", reason, "received")
    following, _, rest = received.text.strip().partition("\n\n")
    return {
        "name": words.get("reasons", reason, "name"),
        "summary": words.get("reasons", reason, "summary"),
        "next": received._replace(text=following),
        "fix_received": received._replace(text=rest),
        "fix_sending": service_text(words, reason, services) if services else words.get("reasons", reason, "sending"),
    }


def service_text(words: Words, reason: str, services: Iterable[str]) -> Text:
    """What the administrator of an organisation at one of these services does; empty where the language does not say it."""
    texts = (words.get("reasons", reason, "service", service) for service in services)
    return next((text for text in texts if text and text.lang == words.lang), Text("", words.lang))


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put values into the placeholders of a sentence. Only whole names are replaced; nothing is evaluated."""
    for name, value in values.items():
        text = text.replace("{" + name + "}", value)
    return text
