"""Which codes there are, and which one a text means."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from ..codes import BASIC, BasicCode, Code, CodeRange, EnhancedCode, Reply, SiteCode, parse_code
from ..suggestions import plain_name
from .model import LeftOut, UnknownCode

_SYNONYMS = {"HELO": "EHLO", "EHLO/HELO": "EHLO", "CONNECTION": "CONNECT", "END OF DATA": "END", ".": "END"}


class Codebook:
    """The codes of the facts, by the keys under which they are described."""

    def __init__(self, facts: Mapping[str, Any]) -> None:
        self._facts: Mapping[str, Any] = facts["codes"]
        self.commands: Mapping[str, Mapping[str, Any]] = facts["commands"]
        #: What a site describes and what was left out for a mistake, by its kind and name, each with its place.
        self.left_out: Mapping[tuple[str, str], str] = {}
        #: A site's files that could not be read at all.
        self.unread: tuple[str, ...] = ()

    @property
    def facts_of_codes(self) -> Mapping[str, Any]:
        """The facts of all codes, by their keys."""
        return self._facts

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

    def described_by(self, code: EnhancedCode, basic: str = "") -> EnhancedCode:
        """The code under which an enhanced code is described: itself, or a range that it is in."""
        own = f"{basic} {code}" if basic else code.detail
        if own in self._facts or basic not in self._ranges:
            return code
        return next((found for found in self._ranges[basic] if found.holds(code)), code)

    def is_registered(self, code: EnhancedCode) -> bool:
        """Whether the registry, a standard or the site has a detail."""
        return self.key_of(code) in self._facts

    def key_of(self, code: Code) -> str:
        """Under which key of the facts a code is described, if at all."""
        if isinstance(code, Reply):
            return f"{code.basic} {self.described_by(code.enhanced, str(code.basic))}"
        return self.described_by(code).detail if isinstance(code, EnhancedCode) else str(code)

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
        return self.gone("codes", text) or UnknownCode(text, self._near(text))

    def gone(self, kind: str, name: str = "") -> LeftOut | None:
        """What is to be said of a name that a site's files may have described: where the mistake is for which it is missing.

        Args:
            kind: the key at the top of a file: codes, reasons, senders, replies or words.
            name: the name below it; "" for any.
        """
        of_kind = {key: place for (found, key), place in self.left_out.items() if found == kind}
        places = [of_kind.get(plain_name(name)), of_kind.get(""), *(() if name else of_kind.values()), *self.unread]
        return next((LeftOut(name, place) for place in places if place), None)

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
