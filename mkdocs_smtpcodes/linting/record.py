"""What is on record of codes and reasons: who sends what with what, as the rules of the linter ask for it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, lru_cache

from .. import mentions
from ..codes import BasicCode, Code, CodeRange, EnhancedCode, Reply, SiteCode, parse_code
from ..dataset import Dataset, UnknownCode
from ..recognition import Explanation, recognise

#: Reply codes that any text may stand with (RFC 5321 §4.2.2 and §4.2.4), and those of success.
GENERIC = frozenset({"421", "450", "451", "550", "554", "220", "221", "250", "354"})

_REMEMBERED = 4096


class Record:
    """A dataset, asked as the rules ask."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self._pairs: dict[str, bool] = {}
        # Pages say the same of a code again and again, translations of them too.
        self._explained = lru_cache(maxsize=_REMEMBERED)(lambda text: recognise(text, dataset.rules))

    # --- codes ---------------------------------------------------------------------------------------------------------

    def code(self, text: str) -> Code | None:
        """A code, None where its basic code is none."""
        try:
            return self.dataset.code(text)
        except UnknownCode:
            return None

    def status(self, code: Code) -> str:
        """Its status (see ``dataset.Profile``)."""
        return self.dataset.profile(code).status

    def name(self, code: str) -> str:
        """What a code is called, in English."""
        known = self.code(code)
        return self.dataset.entry(known, "en").name.text if known else ""

    def senders(self, code: Code) -> list[str]:
        """Whose replies on record have a code."""
        rows = self.dataset.replies_to(code)
        return list(dict.fromkeys(self.dataset.senders[row.sender].name for row in rows))

    def senders_near(self, code: EnhancedCode) -> list[str]:
        """Whose replies on record have codes of the same hundred: services make up theirs in series (``5.7.700`` to ``…750``)."""
        hundred = code.number // 100 * 100
        if not hundred:
            return []
        return self.senders(CodeRange(code.class_digit, code.subject, hundred, hundred + 99))

    def reasons(self, code: Code) -> list[str]:
        """The reasons for which a code is on record."""
        rows = self.dataset.replies_to(code)
        usual = (key for key, reason in self.dataset.reasons.items() if str(code) in reason.codes)
        return list(dict.fromkeys([*(row.reason for row in rows), *usual]))

    def reason(self, key: str) -> str:
        """What a reason is called, in English."""
        return self.dataset.words("en").get("reasons", key, "name").text or key

    def is_pair(self, reply: Reply) -> bool:
        """Whether a reply code and an enhanced code go together: the registry, a reason, a server or the site says so."""
        key = str(reply)
        if key not in self._pairs:
            self._pairs[key] = self._is_pair(reply)
        return self._pairs[key]

    def _is_pair(self, reply: Reply) -> bool:
        dataset = self.dataset
        if self.is_own(reply) or reply.enhanced.number == 0 or str(reply) in self._usual:
            return True
        if str(reply.basic) in GENERIC or (reply.basic.category == 0 and reply.enhanced.subject == 5):
            return True  # the reply code goes with anything, or both are about the protocol
        partners = (*dataset.profile(reply.basic).partners, *dataset.profile(reply.enhanced).partners)
        if str(reply.enhanced) in partners or str(reply.basic) in partners:
            return True
        # A row with an enhanced code alone says nothing of the code before it.
        written = [parse_code(code) for row in dataset.replies_to(reply) for code in row.codes]
        return any(
            isinstance(code, Reply) and code.basic == reply.basic and _holds(code.enhanced, reply.enhanced)
            for code in written
        )

    def partners(self, code: EnhancedCode) -> list[str]:
        """The reply codes that an enhanced code comes with, those of the registry first."""
        rows = [parse_code(text) for row in self.dataset.replies_to(code) for text in row.codes]
        sent = [
            str(found.basic)
            for found in rows
            if isinstance(found, Reply) and found.basic.class_digit == code.class_digit and _holds(found.enhanced, code)
        ]
        return list(dict.fromkeys([*self.dataset.profile(code).partners, *sent]))

    @cached_property
    def _usual(self) -> frozenset[str]:
        return frozenset(code for reason in self.dataset.reasons.values() for code in reason.codes)

    def is_own(self, code: Code) -> bool:
        """Whether the site itself describes a code, or a reply that has it."""
        whole = [self.dataset.code(key) for key in self.dataset.site_codes]
        replies = {str(own.reply if isinstance(own, SiteCode) else own) for own in whole}
        return str(code) in replies or self.status(code) == "site"

    # --- texts ---------------------------------------------------------------------------------------------------------

    def explain(self, text: str) -> Explanation:
        """What a text says."""
        return self._explained(text)

    def is_sent(self, code: Code, reply: str, words: str) -> bool:
        """Whether a server on record sends a code with these words, or its name or its text in the standard is no more than they.

        Args:
            code: the code.
            reply: code and words.
            words: the words alone.
        """
        part = code.enhanced if isinstance(code, Reply) else code
        said = _bare(words)
        own = (
            self.name(str(part)),
            self.dataset.profile(part).text or "",
            *(row.text for row in self.dataset.replies_to(code)),
        )
        return any(said == _bare(text) for text in own) or self.explain(reply).certainty == "known"

    def named(self, words: str) -> list[str]:
        """The reply codes that are called so: "Service ready"."""
        return self._by_name.get(_bare(words), [])

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for text in mentions.finder_of(self.dataset).known.basic:
            if code := self.code(text):
                names = (self.name(text), (self.dataset.profile(code).text or "").rpartition(": ")[2])
                for name in {_bare(name) for name in names if " " in name}:
                    found.setdefault(name, []).append(text)
        return found

    def digit_of(self, text: str) -> str:
        """The first digit of the codes that a text comes with, "" where it comes with several or is none that is known."""
        told = self.explain(text) if text.strip() else None
        reason = self.dataset.reasons.get(told.reason) if told and not told.code else None
        digits = {code[0] for code in reason.codes} if reason else set()
        return digits.pop() if len(digits) == 1 else ""

    def codes_of(self, reason: str) -> tuple[frozenset[str], frozenset[str]]:
        """The reply codes and the details (``X.7.1``) that a reason is on record with."""
        if reason not in self._by_reason:
            return frozenset(), frozenset()
        return self._by_reason[reason]

    @cached_property
    def _by_reason(self) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
        written: dict[str, set[str]] = {key: set(reason.codes) for key, reason in self.dataset.reasons.items()}
        for rows in self.dataset.replies.values():
            for row in rows:
                written.setdefault(row.reason, set()).update(row.codes)
        return {key: _parts(codes) for key, codes in written.items()}


def _bare(text: str) -> str:
    return " ".join(text.lower().split()).strip(" .")


def _holds(written: EnhancedCode, code: EnhancedCode) -> bool:
    return written.holds(code) if isinstance(written, CodeRange) else written == code


def _parts(codes: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The reply codes and the details of codes."""
    basics, details = set[str](), set[str]()
    for text in codes:
        code = parse_code(text)
        basic = code.basic if isinstance(code, Reply) else code
        enhanced = code.enhanced if isinstance(code, Reply) else code
        if isinstance(basic, BasicCode):
            basics.add(str(basic))
        if isinstance(enhanced, EnhancedCode):
            last = enhanced.last or enhanced.number
            details.update(f"X.{enhanced.subject}.{number}" for number in range(enhanced.number, last + 1))
    return frozenset(basics), frozenset(details)
