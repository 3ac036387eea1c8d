"""Facts and words together: what is true of a code, and what is said of it in a language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..codes import Code, EnhancedCode, Reply, SiteCode
from . import code_texts, loading
from .codebook import Codebook
from .model import Entry, Profile, Reason, Row, Sender, Text
from .profiles import basic_profile, enhanced_profile, reply_profile, site_profile
from .replies import ByCode, layered, package_replies, package_senders, reasons_of, replies_of, senders_of
from .sender_meanings import carrier, invented, meant, named_by_senders, served
from .texts import Words, added

if TYPE_CHECKING:
    from .coverage import Coverage

DEFAULT_LANGUAGE = "en"
# How a relation reads from the other side.
_INVERSE = {
    "temporary-form": "permanent-form", "permanent-form": "temporary-form", "success-form": "failure-form",
    "failure-form": "success-form", "confused": "confused",
}  # fmt: skip


class Dataset(Codebook):
    """Facts and words together. Immutable: share it between pages and threads."""

    def __init__(self, facts: Mapping[str, Any], words: Mapping[str, Mapping[str, Any]]) -> None:
        super().__init__(facts)
        self._all = facts
        self.classes: Mapping[int, Mapping[str, str]] = {int(digit): item for digit, item in facts["classes"].items()}
        #: The stages of a session, in order.
        self.session: Sequence[Mapping[str, str]] = facts["session"]
        self._examples: Mapping[str, Sequence[str]] = facts.get("examples", {})
        self._relations: Sequence[Mapping[str, Any]] = facts.get("related", ())
        #: The day of the last release with other facts or words, as YYYY-MM-DD.
        self.data_version: str = str(facts.get("data_version") or "")
        #: Names of entries that have gone, each with the name of the entry that says it now.
        self.former: Mapping[str, str] = facts.get("former") or {}
        #: What senders are called besides their names, each with the key of the sender.
        self.called: Mapping[str, str] = facts.get("called") or {}
        self._raw_words = words
        #: What was wrong in a site's own files, each with file and line.
        self.mistakes: tuple[str, ...] = ()
        self.page_links: tuple[tuple[str, str], ...] = ()
        #: The languages in which a site has written, but for English.
        self.spoken: tuple[str, ...] = ()
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
            fallback = self.words(DEFAULT_LANGUAGE) if lang != DEFAULT_LANGUAGE else added(self._raw_words, self.spoken)
            self._words[lang] = Words(lang, self._raw_words[lang], fallback)
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
        """The languages in use that lacked texts which English has, and how many."""
        used = [(lang, words) for lang, words in self._words.items() if lang != DEFAULT_LANGUAGE]
        return [(lang, len(words.fallen)) for lang, words in used if words.fallen]

    def coverage(self) -> list[Coverage]:
        """The texts of each language by kind: complete, stale and missing."""
        from .coverage import coverage  # noqa: PLC0415 (only for who asks)

        found, english = [], self._raw_words[DEFAULT_LANGUAGE]
        for lang in self.languages:
            found += coverage(lang, self._raw_words[lang], english, loading.made_from(lang))
        return found

    # --- codes ---------------------------------------------------------------------------------------------------------

    def profile(self, code: Code) -> Profile:
        """What is true of a code. The code must be known (see :meth:`code`)."""
        key = str(code)
        if key not in self._profiles:
            if isinstance(code, SiteCode):
                profile = site_profile(code, self.profile(code.reply), self._facts[key])
            elif isinstance(code, Reply):
                facts = self._facts.get(self.key_of(code.enhanced))
                profile = reply_profile(
                    code,
                    self.profile(code.basic),
                    self.profile(code.enhanced),
                    facts,
                    code_texts.reason_of(self, code),
                    elsewhere=code_texts.used_elsewhere(self, code),
                )
            elif isinstance(code, EnhancedCode):
                facts = self._facts.get(self.key_of(code))
                implied = self.classes[code.class_digit]
                named = facts is None and self.named_by_senders(code)
                told = (meant(self, code), carrier(self, code)) if named else (None, None)
                profile = enhanced_profile(code, facts, implied, told[0], named=named, carrier=told[1])
            else:
                profile = basic_profile(code, self._facts[key])
            if isinstance(code, Reply) and (own := self._facts.get(self.key_of(code))):
                profile = site_profile(code, profile, own)
            self._profiles[key] = served(self, profile)
        return self._profiles[key]

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
        if isinstance(told, EnhancedCode) and self.key_of(told) in self._facts:
            for digit in self.classes_of(self.key_of(told)):
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
        """Lines of an exchange in which the code occurs, each ``C: …`` or ``S: …``; empty where no standard defines it.

        A whole reply that has no exchange of its own stands in that of its enhanced code, or else in that of its reply code.
        """
        whole = code.reply if isinstance(code, SiteCode) else code
        for key in (str(code), str(whole)):
            if key in self._examples:
                return tuple(self._examples[key])
        if not isinstance(whole, Reply) or invented(self, whole):
            return ()
        from .exchanges import of_reply, spoken  # noqa: PLC0415 (only where an example is shown)

        detail, elsewhere = whole.enhanced.detail, code_texts.used_elsewhere(self, whole)
        rows = sorted(self.replies_to(whole), key=lambda row: row.seldom)
        own = [row for row in rows if str(whole) in row.codes]
        differs = bool(own) and all(row.differs for row in own)
        if detail in self._facts and not elsewhere and not differs:
            text = self._facts[detail].get("text", "") if whole.enhanced.number else ""
        else:
            basic_text = self.profile(whole.basic).text if elsewhere else ""
            text = next((spoken(row.text) for row in (own if elsewhere or differs else rows) if row.text), basic_text)
            if not text:
                return ()
        examples, basic = self._examples, str(whole.basic)
        if elsewhere:
            # Its own exchange is one of the commands that the detail does not answer here.
            examples = {key: lines for key, lines in examples.items() if key != str(whole.enhanced)}
        if code_texts.of_its_basic(self, whole) and basic in examples:
            examples, text = {basic: examples[basic]}, ""
        return of_reply(whole, text, examples, lambda verb: self._may_answer(whole, verb))

    def _may_answer(self, reply: Reply, verb: str) -> bool:
        """Whether a reply can answer what a client writes: also what is no command, or every one where no standard names any."""
        at, profile = self.command(verb) if verb else "CONNECT", self.profile(reply)
        return "ANY" in profile.places if at is None else not profile.answers or self.answers(reply, at)

    # --- replies -------------------------------------------------------------------------------------------------------

    @cached_property
    def _reply_facts(self) -> Mapping[str, Any]:
        return layered(package_replies(), self._all)

    @cached_property
    def _sender_facts(self) -> Mapping[str, Any]:
        return layered(package_senders(), self._all)

    @cached_property
    def _differing(self) -> tuple[Row, ...]:
        return tuple(row for rows in replies_of(self._sender_facts).values() for row in rows if row.differs)

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

    @property
    def cases(self) -> Mapping[str, Sequence[str]]:
        """The words of a reply that show a case of the advice, by what the paragraph about that case names."""
        cases: Mapping[str, Sequence[str]] = self._all.get("cases", {})
        return cases

    @property
    def own_replies(self) -> Mapping[str, int]:
        """For each sender, how many of its replies are the site's own; they are the first of them."""
        return {sender: len(rows) for sender, rows in self._all.get("replies", {}).items()}

    def synonyms(self, lang: str) -> Iterator[tuple[str, str]]:
        """What people type for a reason, in lower case, and the reason."""
        for key in self.reasons:
            text = self.words(lang).get("synonyms", key)
            if text.lang == lang:
                yield from ((synonym.strip().casefold(), key) for synonym in text.text.split(",") if synonym.strip())

    def replies_to(self, code: Code) -> tuple[Row, ...]:
        """The replies on record that are sent with a code."""
        return self._its_own(code, self._replies_by_code.to(code))

    def _its_own(self, code: Code, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        """Without what is on record with the detail of a reply alone, where it is the reply code that speaks."""
        whole = code.reply if isinstance(code, SiteCode) else code
        if not isinstance(whole, Reply) or not code_texts.of_its_basic(self, whole):
            return rows
        return tuple(row for row in rows if any(written.startswith(f"{whole.basic} ") for written in row.codes))

    @cached_property
    def _differing_by_code(self) -> ByCode:
        return ByCode(row for row in self._differing if row.differs)

    @cached_property
    def _replies_by_code(self) -> ByCode:
        return ByCode(row for rows in self.replies.values() for row in rows)

    def differing(self, code: Code) -> tuple[Row, ...]:
        """The replies on record with a code that the registry gives another meaning."""
        return self._its_own(code, self._differing_by_code.to(code))

    def named_by_senders(self, code: Code) -> bool:
        """Whether nobody registered the detail of a code, and a server or service on record sends it."""
        return named_by_senders(self, code)

    # --- words ---------------------------------------------------------------------------------------------------------

    def entry(self, code: Code, lang: str) -> Entry:
        """What is said of a code in a language of ours. For a whole reply it is the enhanced code that speaks."""
        key = (str(code), lang)
        if key not in self._entries:
            self._entries[key] = Entry(self.profile(code), **code_texts.texts_of(self, code, lang))
        return self._entries[key]

    def pair(self, first: Code, second: Code, lang: str) -> Text:
        """The hand-written difference of two codes that people confuse, whichever comes first; else empty.

        What follows its first paragraph holds of these two codes alone, and of no whole replies with them.
        """
        words = self.words(lang)
        parts = [[str(code), *map(str, _parts(code))] for code in (first, second)]
        # The text of the replies themselves, else of their enhanced codes, else of their reply codes.
        for one in parts[0]:
            for other in parts[1]:
                if one == other:
                    continue
                for key in (f"{one} vs {other}", f"{other} vs {one}"):
                    if text := words.get("pairs", key, "difference"):
                        exact = one == parts[0][0] and other == parts[1][0]
                        return text if exact else text._replace(text=text.text.strip().split("\n\n")[0])
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
