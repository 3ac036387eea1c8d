"""Facts and words, read once and handed out as immutable entries.

A :class:`Dataset` answers what is true of a code (:meth:`Dataset.profile`), and what is said of it in a language
(:meth:`Dataset.entry`). It knows no HTML and no MkDocs.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from . import loading
from .codes import BasicCode, Code, EnhancedCode, Reply, parse_code

#: The axes of a comparison that hold one value, or one value a command, in the order of their weight.
VALUE_AXES = ("retry", "message", "refused", "session", "acts")
DEFAULT_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Value:
    """A value of an axis, and the commands for which it holds (all, when there are none)."""

    value: str
    at: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """That a code answers a command, and the RFC section that says so.

    Attributes:
        at: the command, as a key of ``facts/commands.yml``.
        source: the RFC section.
        needs: the parameter or extension that has to be in use.
        after: what has to have happened before, so that it is no answer of this command in itself.
        excepted: for ``ANY``, the commands that are left out.
    """

    at: str
    source: str
    needs: str = ""
    after: str = ""
    excepted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """What is true of a code in every language.

    Attributes:
        code: the code as asked for.
        status: ``standard``, ``experimental``, ``historic``, ``registered``, ``folklore``, ``unregistered`` or ``site``.
        text: the standard's own short text, or "".
        sources: the defining RFC section first, then others that use the code.
        answers: the commands that the code can answer.
        axes: for each axis that is set, its values.
        partners: the enhanced codes that the registry lists with a basic code, or the basic codes with an enhanced one.
        notes: keys of notes that the reader must see (``class_conflict``, ``unregistered`` …).
    """

    code: Code
    status: str
    text: str = ""
    sources: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()
    axes: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    partners: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return str(self.code)

    @property
    def places(self) -> tuple[str, ...]:
        """The commands that the code answers by itself; ``ANY`` alone where it can answer any."""
        places = tuple(dict.fromkeys(answer.at for answer in self.answers if not answer.after))
        return ("ANY",) if "ANY" in places else places

    @property
    def excepted(self) -> tuple[str, ...]:
        """What ``ANY`` leaves out, whatever the reason for the reply."""
        lists = [answer.excepted for answer in self.answers if answer.at == "ANY" and not answer.after]
        return tuple(at for at in lists[0] if all(at in excepted for excepted in lists)) if lists else ()


@dataclass(frozen=True, slots=True)
class Text:
    """A text and the language that it is really written in (English, where a translation is missing)."""

    text: str
    lang: str

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class Entry:
    """What is said of a code in a language. Each field is a text in inline Markdown; ``name`` and ``summary`` are plain."""

    profile: Profile
    name: Text
    summary: Text
    description: Text
    when: Text
    fix_received: Text
    fix_sending: Text
    choose_received: Text
    choose_sending: Text
    distinct: Text

    @property
    def code(self) -> Code:
        return self.profile.code

    @property
    def key(self) -> str:
        return str(self.profile.code)


class UnknownCode(KeyError):
    """A code that no standard, registry, list or site file knows; ``near`` are codes that may have been meant."""

    def __init__(self, code: str, near: Sequence[str]) -> None:
        super().__init__(code)
        self.code = code
        self.near = tuple(near)


class Words:
    """The words of one language, each falling back to English by itself."""

    def __init__(self, lang: str, data: Mapping[str, Any], fallback: Words | None) -> None:
        self.lang = lang
        self._data = data
        self._fallback = fallback

    def get(self, *path: str | int) -> Text:
        """The text under a path of keys, in this language or else in English; empty where both lack it."""
        found: Any = self._data
        for key in path:
            if not isinstance(found, Mapping) or key not in found:
                found = None
                break
            found = found[key]
        if isinstance(found, str):
            return Text(found, self.lang)
        return self._fallback.get(*path) if self._fallback else Text("", self.lang)

    def label(self, key: str) -> str:
        return self.get("labels", key).text

    def tree(self, *path: str | int) -> Mapping[Any, Any]:
        """The mapping under a path, English entries below those of this language."""
        found: Any = self._data
        for key in path:
            found = found.get(key, {}) if isinstance(found, Mapping) else {}
        below = self._fallback.tree(*path) if self._fallback else {}
        return {**below, **found}

    @property
    def direction(self) -> str:
        return self.get("language", "direction").text or "ltr"


class Dataset:
    """Facts and words together. Immutable: share it between pages and threads."""

    def __init__(self, facts: Mapping[str, Any], words: Mapping[str, Mapping[str, Any]]) -> None:
        self._facts: Mapping[str, Any] = facts["codes"]
        self.classes: Mapping[int, Mapping[str, str]] = facts["classes"]
        self.commands: Mapping[str, Mapping[str, Any]] = facts["commands"]
        #: The stages of a session, in order.
        self.session: Sequence[Mapping[str, str]] = facts["session"]
        self._relations: Sequence[Mapping[str, Any]] = facts.get("related", ())
        english = Words(DEFAULT_LANGUAGE, words[DEFAULT_LANGUAGE], None)
        self._words = {
            lang: english if lang == DEFAULT_LANGUAGE else Words(lang, data, english) for lang, data in words.items()
        }
        self._profiles: dict[str, Profile] = {}
        self._entries: dict[tuple[str, str], Entry] = {}

    # --- languages -----------------------------------------------------------------------------------------------------

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self._words)

    def words(self, lang: str) -> Words:
        return self._words[lang]

    def nearest_language(self, tag: str) -> str | None:
        """The language of ours that is nearest to a BCP 47 tag (``pt_BR`` gives ``pt``), or None."""
        parts = tag.replace("_", "-").lower().split("-")
        ours = {lang.lower(): lang for lang in self._words}
        while parts:
            candidate = "-".join(parts)
            if candidate in ours:
                return ours[candidate]
            parts.pop()
        return None

    # --- codes ---------------------------------------------------------------------------------------------------------

    @cached_property
    def basic_codes(self) -> tuple[str, ...]:
        return tuple(sorted(key for key in self._facts if not key.startswith("X.")))

    @cached_property
    def details(self) -> tuple[str, ...]:
        """All registered details as ``X.7.1``, in the order of the registry."""
        keys = (key for key in self._facts if key.startswith("X."))
        return tuple(sorted(keys, key=lambda key: tuple(map(int, key.split(".")[1:]))))

    def classes_of(self, detail: str) -> tuple[int, ...]:
        """The classes in which a detail is met, the usual one first."""
        return tuple(self._facts[detail]["classes"])

    def code(self, text: str) -> Code:
        """The code that a text names.

        Raises:
            UnknownCode: nothing is known of its basic code.
        """
        try:
            code = parse_code(text)
        except ValueError:
            raise UnknownCode(text, self._near(text)) from None
        basic = code.basic if isinstance(code, Reply) else code
        if isinstance(basic, BasicCode) and str(basic) not in self._facts:
            raise UnknownCode(str(basic), self._near(str(basic)))
        return code

    def _near(self, text: str) -> list[str]:
        """Codes that may have been meant: the same class, the same digits in another order first."""
        standard = [key for key in self.basic_codes if self._facts[key]["status"] == "standard"]
        if not text.isdigit():
            return difflib.get_close_matches(text, standard, n=3, cutoff=0.5)

        def distance(key: str) -> tuple[bool, bool, int, int]:
            differing = sum(a != b for a, b in zip(key, text, strict=False))
            return (sorted(key) != sorted(text), key[:2] != text[:2], differing, abs(int(key) - int(text)))

        same_class = [key for key in standard if key[0] == text[0]] or standard
        return sorted(same_class, key=distance)[:3]

    def profile(self, code: Code) -> Profile:
        """What is true of a code. The code must be known (see :meth:`code`)."""
        key = str(code)
        if key not in self._profiles:
            if isinstance(code, Reply):
                self._profiles[key] = self._reply_profile(code)
            elif isinstance(code, EnhancedCode):
                self._profiles[key] = self._enhanced_profile(code)
            else:
                self._profiles[key] = self._basic_profile(code)
        return self._profiles[key]

    def _basic_profile(self, code: BasicCode) -> Profile:
        facts = self._facts[str(code)]
        status = facts["status"]
        answers = tuple(
            Answer(item["at"], item["source"], item.get("with", ""), item.get("after", ""), tuple(item.get("except", ())))
            for item in facts.get("commands", ())
        )
        axes = _axes(facts, code.class_digit)
        if status != "folklore":
            axes = {"outcome": (Value(str(code.class_digit)),), **axes, "category": (Value(str(code.category)),)}
        enhanced = tuple(f"{code.class_digit}{detail[1:]}" for detail in facts.get("enhanced", ()))
        return Profile(
            code=code,
            status=status,
            text=facts.get("text", ""),
            sources=_sources(facts),
            answers=answers,
            axes=axes,
            partners=enhanced,
            notes=(status,) if status in {"folklore", "registered", "experimental", "historic"} else (),
        )

    def _enhanced_profile(self, code: EnhancedCode) -> Profile:
        facts = self._facts.get(code.detail)
        outcome = {"outcome": (Value(str(code.class_digit)),)}
        subject = {"subject": (Value(str(code.subject)),)} if code.subject <= 7 else {}
        if facts is None:
            defaults = _axes(self.classes[code.class_digit], code.class_digit)
            return Profile(code, "unregistered", axes={**outcome, **defaults, **subject}, notes=("unregistered",))
        axes = {**_axes(self.classes[code.class_digit], code.class_digit), **_axes(facts, code.class_digit)}
        if code.class_digit == 2:
            axes = {name: values for name, values in axes.items() if name not in {"refused", "acts"}}
            axes |= {"refused": (Value("nothing"),), "acts": (Value("nobody"),)}
        notes = [facts["status"]] if facts["status"] in {"experimental", "historic"} else []
        if code.class_digit not in facts["classes"]:
            notes.append("unusual_class")
        return Profile(
            code=code,
            status=facts["status"],
            text=facts.get("text", ""),
            sources=_sources(facts),
            answers=tuple(Answer(at, "") for at in facts.get("at", ())),
            axes={**outcome, **axes, **subject},
            partners=tuple(str(number) for number in facts.get("basic", ()) if number // 100 == code.class_digit),
            notes=tuple(notes),
        )

    def _reply_profile(self, code: Reply) -> Profile:
        basic, enhanced = self.profile(code.basic), self.profile(code.enhanced)
        named = {answer.at for answer in enhanced.answers}
        common = tuple(answer for answer in basic.answers if not named or answer.at in named)
        answers = common or basic.answers
        places = {answer.at for answer in answers if not answer.after}
        axes = {name: _narrow(values, places) for name, values in basic.axes.items()}
        if code.agrees:
            own = {name: values for name, values in enhanced.axes.items() if name != "outcome"}
            axes = {"outcome": basic.axes["outcome"], **axes, **own} if "outcome" in basic.axes else {**axes, **own}
        notes = tuple(dict.fromkeys((*basic.notes, *enhanced.notes)))
        status = next((p.status for p in (enhanced, basic) if p.status != "standard"), "standard")
        return Profile(
            code=code,
            status=status,
            text=enhanced.text or basic.text,
            sources=tuple(dict.fromkeys((*enhanced.sources[:1], *basic.sources[:1]))),
            answers=answers,
            axes=axes,
            notes=notes if code.agrees else ("class_conflict", *notes),
        )

    # --- words ---------------------------------------------------------------------------------------------------------

    def entry(self, code: Code, lang: str) -> Entry:
        """What is said of a code in a language of ours. For a whole reply it is the enhanced code that speaks."""
        key = (str(code), lang)
        if key not in self._entries:
            words = self._words[lang]
            told = code.enhanced if isinstance(code, Reply) else code
            if isinstance(told, EnhancedCode):
                texts = _enhanced_texts(words, told, registered=told.detail in self._facts)
            else:
                texts = {name: words.get("codes", str(told), *path) for name, path in _TEXTS.items()}
            self._entries[key] = Entry(self.profile(code), **texts)
        return self._entries[key]

    def pair(self, first: Code, second: Code, lang: str) -> Text:
        """The hand-written difference of two codes that people confuse, whichever comes first; else empty."""
        words = self._words[lang]
        for key in (f"{first} vs {second}", f"{second} vs {first}"):
            if text := words.get("pairs", key, "difference"):
                return text
        return Text("", lang)

    def pairs(self) -> Iterable[tuple[str, str]]:
        """The pairs that have a hand-written difference."""
        for key in self._words[DEFAULT_LANGUAGE].tree("pairs"):
            first, second = key.split(" vs ")
            yield first, second


_TEXTS: Mapping[str, tuple[str, ...]] = {
    "name": ("name",),
    "summary": ("summary",),
    "description": ("description",),
    "when": ("when",),
    "fix_received": ("fix", "received"),
    "fix_sending": ("fix", "sending"),
    "choose_received": ("choose", "received"),
    "choose_sending": ("choose", "sending"),
    "distinct": ("distinct",),
}
# What the class alone says, where a detail has no words of its own in that class.
_UNUSUAL = {"summary": "summary", "fix_received": "received", "choose_received": "choose"}
_UNREGISTERED = {"fix_sending": "sending", "choose_sending": "choose_sending"}


def _enhanced_texts(words: Words, code: EnhancedCode, *, registered: bool) -> dict[str, Text]:
    subject = words.get("subjects", code.subject).text or str(code.subject)
    values = {"code": str(code), "detail": str(code.number), "subject": subject, "subject_number": str(code.subject)}
    texts = {}
    for name, path in _TEXTS.items():
        if name in _UNUSUAL and not registered:
            text = words.get("unusual", code.class_digit, _UNUSUAL[name])
        elif not registered:
            text = words.get("unregistered", _UNREGISTERED.get(name, name))
        else:
            text = words.get("codes", code.detail, *path, code.class_digit) or words.get("codes", code.detail, *path)
            if not text and name in _UNUSUAL:
                text = words.get("unusual", code.class_digit, _UNUSUAL[name])
        texts[name] = Text(fill(text.text, values), text.lang)
    return texts


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put values into the placeholders of a sentence. Only whole names are replaced; nothing is evaluated."""
    for name, value in values.items():
        text = text.replace("{" + name + "}", value)
    return text


def _axes(facts: Mapping[str, Any], class_digit: int) -> dict[str, tuple[Value, ...]]:
    axes = {}
    for name in VALUE_AXES:
        value = facts.get(name)
        if isinstance(value, Mapping):
            value = value.get(class_digit)
        if isinstance(value, str):
            axes[name] = (Value(value),)
        elif value:
            axes[name] = tuple(Value(item["is"], tuple(item.get("at", ()))) for item in value)
    return axes


def _narrow(values: tuple[Value, ...], places: set[str]) -> tuple[Value, ...]:
    """Only the values that hold at the places named; a value that is left alone holds everywhere."""
    kept = tuple(value for value in values if not value.at or places & set(value.at))
    if len(kept) > 1 and places <= {place for value in kept for place in value.at}:
        kept = tuple(value for value in kept if value.at)
    if len(kept) == 1:
        return (Value(kept[0].value),)
    return tuple(Value(v.value, tuple(at for at in v.at if at in places)) for v in kept) or values


def _sources(facts: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(s for s in (facts.get("source"), *facts.get("see_also", ())) if s))


@cache
def load_dataset(files: tuple[Path, ...] = ()) -> Dataset:
    """The dataset that ships with the package, with a site's files layered over it."""
    return Dataset(loading.facts(), loading.words())
