"""Facts and words together: what is true of a code, and what is said of it in a language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from ..codes import BASIC, BasicCode, Code, CodeRange, EnhancedCode, Reply, SiteCode, parse_code
from . import loading
from .model import Entry, LeftOut, Profile, Reason, Row, Sender, Text, UnknownCode
from .profiles import basic_profile, enhanced_profile, reply_profile, site_profile
from .replies import layered, reasons_of, replies_of, senders_of, serves
from .texts import Words, entry_texts, own_texts

DEFAULT_LANGUAGE = "en"
#: What the reply code of a whole reply says where nobody registered the detail.
_ADVICE = ("summary", "next", "fix_received", "choose_received")
# How a relation reads from the other side.
_INVERSE = {
    "temporary-form": "permanent-form", "permanent-form": "temporary-form", "success-form": "failure-form",
    "failure-form": "success-form", "confused": "confused",
}  # fmt: skip
_SYNONYMS = {"HELO": "EHLO", "EHLO/HELO": "EHLO", "CONNECTION": "CONNECT", "END OF DATA": "END", ".": "END"}


class Dataset:
    """Facts and words together. Immutable: share it between pages and threads."""

    def __init__(self, facts: Mapping[str, Any], words: Mapping[str, Mapping[str, Any]]) -> None:
        self._all = facts
        self._facts: Mapping[str, Any] = facts["codes"]
        self.classes: Mapping[int, Mapping[str, str]] = {int(digit): item for digit, item in facts["classes"].items()}
        self.commands: Mapping[str, Mapping[str, Any]] = facts["commands"]
        #: The stages of a session, in order.
        self.session: Sequence[Mapping[str, str]] = facts["session"]
        self._examples: Mapping[str, Sequence[str]] = facts.get("examples", {})
        self._relations: Sequence[Mapping[str, Any]] = facts.get("related", ())
        self._raw_words = words
        #: What was wrong in a site's own files, each with file and line.
        self.mistakes: tuple[str, ...] = ()
        #: The codes that were left out for a mistake, each with its place; files that could not be read at all.
        self.left_out: Mapping[str, str] = {}
        self.unread: tuple[str, ...] = ()
        self._words: dict[str, Words] = {}
        self._profiles: dict[str, Profile] = {}
        self._entries: dict[tuple[str, str], Entry] = {}

    # --- languages -----------------------------------------------------------------------------------------------------

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self._raw_words)

    def words(self, lang: str) -> Words:
        """The words of a language of ours, read when they are first asked for."""
        if lang not in self._words:
            english = self.words(DEFAULT_LANGUAGE) if lang != DEFAULT_LANGUAGE else None
            self._words[lang] = Words(lang, self._raw_words[lang], english)
        return self._words[lang]

    def nearest_language(self, tag: str) -> str | None:
        """The language of ours that is nearest to a BCP 47 tag (``pt_BR`` gives ``pt``), or None."""
        parts = tag.replace("_", "-").lower().split("-")
        ours = {lang.lower(): lang for lang in self._raw_words}
        while parts:
            candidate = "-".join(parts)
            if candidate in ours:
                return ours[candidate]
            parts.pop()
        return None

    def fallen(self) -> list[tuple[str, int]]:
        """The languages in use that lacked texts, and how many."""
        return [(lang, len(words.fallen)) for lang, words in self._words.items() if words.fallen]

    def coverage(self) -> list[tuple[str, int, int, int, int]]:
        """For each language: fixed texts translated and in all, texts of codes translated and in all."""
        counted = []
        whole = self._raw_words[DEFAULT_LANGUAGE]
        prose = ("codes", "pairs")
        for lang in self.languages:
            own = self._raw_words[lang]
            fixed = [_count({k: v for k, v in tree.items() if k not in prose}, whole) for tree in (own, whole)]
            codes = [_count({k: tree.get(k, {}) for k in prose}, whole) for tree in (own, whole)]
            counted.append((lang, fixed[0], fixed[1], codes[0], codes[1]))
        return counted

    # --- codes ---------------------------------------------------------------------------------------------------------

    @cached_property
    def basic_codes(self) -> tuple[str, ...]:
        return tuple(sorted(key for key in self._facts if BASIC.fullmatch(key)))

    @cached_property
    def site_codes(self) -> tuple[str, ...]:
        """The ids and whole replies that the site itself defines, in the order of its files."""
        return tuple(key for key, facts in self._facts.items() if "reply" in facts or " " in key)

    @cached_property
    def details(self) -> tuple[str, ...]:
        """All registered details as ``X.7.1``, in the order of the registry."""
        keys = (key for key in self._facts if key.startswith("X."))
        return tuple(sorted(keys, key=lambda key: tuple(map(int, re.split(r"[.-]", key)[1:]))))

    @cached_property
    def _ranges(self) -> Mapping[str, Sequence[CodeRange]]:
        """The ranges that a site describes, the narrowest first, by the reply code before them, "" where there is none."""
        ranges: dict[str, list[CodeRange]] = {}
        for key in self._facts:
            basic, _, told = key.rpartition(" ")
            for digit in (told[0],) if basic else self._facts[key].get("classes", ()):
                code = parse_code(f"{digit}{told[1:]}") if "-" in told and "." in told else None
                if isinstance(code, CodeRange):
                    ranges.setdefault(basic, []).append(code)
        return {basic: sorted(found, key=lambda code: code.last - code.number) for basic, found in ranges.items()}

    def _told(self, code: EnhancedCode, basic: str = "") -> EnhancedCode:
        """The code under which an enhanced code is described: itself, or a range that it is in."""
        own = f"{basic} {code}" if basic else code.detail
        if own in self._facts or basic not in self._ranges:
            return code
        return next((found for found in self._ranges[basic] if code in found), code)

    def _key(self, code: Code) -> str:
        """Under which key of the facts a code is described, if at all."""
        if isinstance(code, Reply):
            return f"{code.basic} {self._told(code.enhanced, str(code.basic))}"
        return self._told(code).detail if isinstance(code, EnhancedCode) else str(code)

    def classes_of(self, detail: str) -> tuple[int, ...]:
        """The classes in which a detail is met, the usual one first."""
        return tuple(self._facts[detail]["classes"])

    def code(self, text: str) -> Code:
        """The code that a text names.

        Raises:
            UnknownCode: nothing is known of its basic code.
        """
        if (own := self._facts.get(text)) and "reply" in own:
            reply = parse_code(str(own["reply"]))
            assert not isinstance(reply, SiteCode)
            return SiteCode(text, reply)
        try:
            code = parse_code(text)
        except ValueError:
            raise self._unknown(text) from None
        basic = code.basic if isinstance(code, Reply) else code
        if isinstance(basic, BasicCode) and str(basic) not in self._facts:
            raise self._unknown(str(basic))
        return code

    def _unknown(self, text: str) -> UnknownCode:
        if text in self.left_out or self.unread:
            return LeftOut(text, self.left_out.get(text) or self.unread[0])
        return UnknownCode(text, self._near(text))

    def _near(self, text: str) -> list[str]:
        """Codes that may have been meant: the same class, the same digits in another order first; ids of the site's own."""
        if not re.fullmatch(r"[0-9]{1,9}", text):
            import difflib  # noqa: PLC0415 (only for a mistake)

            ids = {key.lower(): key for key in self.site_codes}
            close = difflib.get_close_matches(text.lower(), [*ids, *self.basic_codes], n=3, cutoff=0.5)
            return [ids.get(key, key) for key in close]
        standard = [key for key in self.basic_codes if self._facts[key]["status"] in {"standard", "site"}]

        def distance(key: str) -> tuple[bool, bool, int, int]:
            differing = sum(a != b for a, b in zip(key, text, strict=False))
            return (sorted(key) != sorted(text), key[:2] != text[:2], differing, abs(int(key) - int(text)))

        same_class = [key for key in standard if key[0] == text[0]] or standard
        return sorted(same_class, key=distance)[:3]

    def profile(self, code: Code) -> Profile:
        """What is true of a code. The code must be known (see :meth:`code`)."""
        key = str(code)
        if key not in self._profiles:
            if isinstance(code, SiteCode):
                profile = site_profile(code, self.profile(code.reply), self._facts[key])
            elif isinstance(code, Reply):
                facts = self._facts.get(self._key(code.enhanced))
                profile = reply_profile(code, self.profile(code.basic), self.profile(code.enhanced), facts)
            elif isinstance(code, EnhancedCode):
                profile = enhanced_profile(code, self._facts.get(self._key(code)), self.classes[code.class_digit])
            else:
                profile = basic_profile(code, self._facts[key])
            if isinstance(code, Reply) and (own := self._facts.get(self._key(code))):
                profile = site_profile(code, profile, own)
            self._profiles[key] = profile
        return self._profiles[key]

    def enhanced_codes(self, class_digit: int, subject: int) -> tuple[EnhancedCode, ...]:
        """The registered codes of a class and a subject, in the order of the registry."""
        found = (
            parse_code(f"{class_digit}{detail[1:]}")
            for detail in self.details
            if detail.split(".")[1] == str(subject) and class_digit in self.classes_of(detail)
        )
        return tuple(code for code in found if isinstance(code, EnhancedCode))

    def command(self, name: str) -> str | None:
        """The key of a command that a writer names: ``RCPT``, ``RCPT TO``, ``helo``; None where there is none."""
        wanted = _SYNONYMS.get(name.upper(), name.upper())
        for key, facts in self.commands.items():
            if wanted in {key, facts.get("written", "")}:
                return key
        return None

    def answers(self, code: Code, at: str) -> bool:
        """Whether a code can answer a command."""
        profile = self.profile(code)
        return at in {answer.at for answer in profile.answers if not answer.after} or (
            "ANY" in profile.places and at not in profile.excepted
        )

    def related(self, code: Code) -> tuple[tuple[Code, str], ...]:
        """Codes that a reader of this one should know, each with what it is to this one (a key of ``relations``)."""
        related: dict[str, str] = {}
        key = str(code)
        whole = code.reply if isinstance(code, SiteCode) else code
        told = whole.enhanced if isinstance(whole, Reply) else whole
        for item in self._relations:
            if item["second"] == key:
                related.setdefault(item["first"], item["is"])
            elif item["first"] == key:
                related.setdefault(item["second"], _INVERSE[item["is"]])
        if isinstance(told, EnhancedCode) and self._key(told) in self._facts:
            for digit in self.classes_of(self._key(told)):
                form = {4: "temporary-form", 5: "permanent-form", 2: "success-form"}[digit]
                if digit != told.class_digit:
                    related.setdefault(f"{digit}{told.detail[1:]}", form)
        for first, second in self.pairs():
            if key in (first, second):
                related.setdefault(second if key == first else first, "confused")
        if isinstance(code, Reply):
            related.setdefault(str(code.basic), "basic")
        return tuple((self.code(other), relation) for other, relation in related.items())

    def example(self, code: Code) -> tuple[str, ...]:
        """Lines of an exchange in which the code occurs, each ``C: …`` or ``S: …``; empty where no standard defines it."""
        keys = [str(code)]
        whole = code.reply if isinstance(code, SiteCode) else code
        if isinstance(whole, Reply):
            keys += [str(whole), str(whole.enhanced), str(whole.basic)]
        return next((tuple(self._examples[key]) for key in keys if key in self._examples), ())

    # --- replies -------------------------------------------------------------------------------------------------------

    @cached_property
    def _reply_facts(self) -> Mapping[str, Any]:
        return layered(loading.replies(), self._all)

    @cached_property
    def _sender_facts(self) -> Mapping[str, Any]:
        return layered(loading.senders(), self._all)

    @cached_property
    def _differing(self) -> tuple[Row, ...]:
        return tuple(row for rows in replies_of(self._sender_facts).values() for row in rows)

    @cached_property
    def rules(self) -> dict[str, Any]:
        """What recognises a raw reply, as plain data (see ``recognition``)."""
        from ..recognition import compile_rules  # noqa: PLC0415 (only where a reply is explained)

        return compile_rules(self._reply_facts)

    @cached_property
    def senders(self) -> Mapping[str, Sender]:
        """The servers and services whose replies are on record, by key."""
        return senders_of(self._sender_facts)

    @cached_property
    def replies(self) -> Mapping[str, tuple[Row, ...]]:
        """The replies on record, by the key of their sender."""
        return replies_of(self._reply_facts)

    @cached_property
    def reasons(self) -> Mapping[str, Reason]:
        """Why servers refuse, by key."""
        return reasons_of(self._all)

    def replies_to(self, code: Code) -> tuple[Row, ...]:
        """The replies on record that are sent with a code."""
        return tuple(row for rows in self.replies.values() for row in rows if serves(row, code))

    def differing(self, code: Code) -> tuple[Row, ...]:
        """The replies on record with a code that the registry gives another meaning."""
        return tuple(row for row in self._differing if row.differs and serves(row, code))

    # --- words ---------------------------------------------------------------------------------------------------------

    def entry(self, code: Code, lang: str) -> Entry:
        """What is said of a code in a language of ours. For a whole reply it is the enhanced code that speaks."""
        key = (str(code), lang)
        if key not in self._entries:
            words = self.words(lang)
            whole = code.reply if isinstance(code, SiteCode) else code
            told = whole.enhanced if isinstance(whole, Reply) else whole
            if isinstance(whole, Reply) and not whole.agrees and whole.basic.class_digit in (2, 4, 5):
                # What the sending server acts on is the reply code (RFC 5321 §4.2.1), so its class is the one that is told.
                told = replace(whole.enhanced, class_digit=whole.basic.class_digit)
            registered = not isinstance(told, EnhancedCode) or self._key(told) in self._facts
            speaking = self._told(told) if isinstance(told, EnhancedCode) else told
            texts = entry_texts(words, speaking, shown=str(code), registered=registered)
            if isinstance(whole, Reply) and not registered:
                # Of the detail nothing is known; the advice of the reply code holds all the same.
                basic = entry_texts(words, whole.basic, shown=str(code), registered=True)
                texts |= {name: basic[name] for name in _ADVICE if basic[name]}
            if isinstance(code, SiteCode | Reply):
                texts |= own_texts(words, self._key(code))
            self._entries[key] = Entry(self.profile(code), **texts)
        return self._entries[key]

    def pair(self, first: Code, second: Code, lang: str) -> Text:
        """The hand-written difference of two codes that people confuse, whichever comes first; else empty."""
        words = self.words(lang)
        parts = [[str(code), *map(str, _parts(code))] for code in (first, second)]
        # The text of the replies themselves, else of their enhanced codes, else of their reply codes.
        for one in parts[0]:
            for other in parts[1]:
                if one == other:
                    continue
                for key in (f"{one} vs {other}", f"{other} vs {one}"):
                    if text := words.get("pairs", key, "difference"):
                        return text
        return Text("", lang)

    def pairs(self) -> Iterable[tuple[str, str]]:
        """The pairs that have a hand-written difference."""
        for key in self.words(DEFAULT_LANGUAGE).tree("pairs"):
            first, second = key.split(" vs ")
            yield first, second

    def related_pairs(self) -> Iterable[tuple[str, str]]:
        """The pairs that the facts call related, and those that people confuse; a pair may come twice."""
        yield from ((str(item["first"]), str(item["second"])) for item in self._relations)
        yield from self.pairs()


def _parts(code: Code) -> tuple[Code, ...]:
    """The enhanced code and the reply code of a whole reply."""
    whole = code.reply if isinstance(code, SiteCode) else code
    return (whole.enhanced, whole.basic) if isinstance(whole, Reply) else ()


def _count(tree: Any, whole: Any) -> int:
    """How many texts of ``whole`` a tree has. A field that one language tells by class and another at once counts as one."""
    if not isinstance(whole, Mapping):
        return 1 if tree else 0
    if not isinstance(tree, Mapping):
        return 1 if tree else 0
    if set(whole) <= {"2", "4", "5"} and all(isinstance(text, str) for text in whole.values()):
        return 1
    return sum(_count(value, whole[key]) for key, value in tree.items() if key in whole)
