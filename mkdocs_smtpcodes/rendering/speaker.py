"""Profiles and comparisons, said in the sentences of one language."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from contextlib import suppress
from functools import cached_property
from typing import Any

from markupsafe import Markup, escape

from .. import comparison
from ..codes import Code, EnhancedCode, Reply
from ..dataset import Dataset, Entry, Profile, Reason, Text, UnknownCode, Value, Words
from . import prose
from .links import link_attributes, rfc_url, source_url, subject_url
from .punctuation import Punctuation
from .replies import Replies


class Speaker(Punctuation):
    """Puts profiles and comparisons into the sentences of one language."""

    def __init__(self, dataset: Dataset, words: Words) -> None:
        self.dataset = dataset
        super().__init__(words)
        # Each is asked for again and again, in every section.
        self._links: dict[str, Markup] = {}
        self._places: dict[str, Markup] = {}
        self._sentences: dict[str, str] = {}

    @property
    def lang(self) -> str:
        return self.words.lang

    def entry(self, code: Code, asked: Code | None = None) -> Entry:
        """The entry of a code. The enhanced code of a whole reply speaks of the reply that was asked for."""
        if isinstance(asked, Reply) and code == asked.enhanced:
            code = asked
        return self.dataset.entry(code, self.lang)

    # --- small things --------------------------------------------------------------------------------------------------

    def class_word(self, digit: int) -> str:
        return self.words.get("classes", digit, "plain").text

    def status_word(self, status: str) -> str:
        return self.words.get("statuses", status).text

    def link(self, code: Code | str) -> Markup:
        """The attributes of a link to the entry of a code."""
        code = self.dataset.code(code) if isinstance(code, str) else code
        return link_attributes(str(code), self.lang, self._address(code))

    def _address(self, code: Code) -> str:
        """Where a code is defined. No profile is made of a detail that nobody registered: all replies would be read for it."""
        told = code.enhanced if isinstance(code, Reply) else code
        if not isinstance(told, EnhancedCode) or self.dataset.is_registered(told):
            return source_url(self.dataset.profile(code))
        sources = self.dataset.profile(code.basic).sources if isinstance(code, Reply) else ()
        return rfc_url(sources[0]) if sources else subject_url(told)

    def known_link(self, text: str) -> Markup:
        """The attributes of a link to the entry of the code that a text is, "" where it is none that is known."""
        if text not in self._links:
            self._links[text] = Markup("")
            # Asking for what else may have been meant takes its time.
            if text[:1].isdigit() or text in self.dataset.site_codes:
                with suppress(UnknownCode):
                    self._links[text] = self.link(text)
        return self._links[text]

    def code_link(self, code: str) -> Markup:
        """A code in code font, linked to its entry."""
        return Markup('<a class="smtp-link" {}><code>{}</code></a>').format(self.link(code), code)

    def plain_link(self, code: str) -> Markup:
        """A code as it stands in running text, linked to its entry."""
        return Markup('<a class="smtp-link" {}>{}</a>').format(self.link(code), code)

    def place(self, at: str) -> Markup:
        """A command as a person writes it, or the word for a place that is no command."""
        if at not in self._places:
            written = self.dataset.commands[at].get("written")
            self._places[at] = (
                Markup("<code>{}</code>").format(written) if written else escape(self.words.get("places", at).text)
            )
        return self._places[at]

    def places(self, ats: Iterable[str], how: str = "and") -> Markup:
        current = [at for at in ats if not self.dataset.commands[at].get("obsolete")]
        return Markup(prose.join(self.words, [str(self.place(at)) for at in current or ats], how))

    def source(self, source: str) -> Markup:
        return Markup('<a class="smtp-source" href="{}">{}</a>').format(rfc_url(source), source)

    def fill(self, text: str, **values: str) -> Markup:
        return prose.fill(text, values)

    def notes(self, profile: Profile) -> list[Markup]:
        """What the reader has to be told before anything else about a code."""
        code = profile.code
        values: dict[str, str] = {"code": Markup("<code>{}</code>").format(profile.key)}
        if isinstance(code, Reply):
            values |= {
                "basic": str(code.basic),
                "enhanced": str(code.enhanced),
                "basic_class": str(code.basic.class_digit),
                "enhanced_class": str(code.enhanced.class_digit),
                "plain": self.class_word(code.basic.class_digit),
            }
            code = code.enhanced
        if isinstance(code, EnhancedCode):
            values |= {"detail": code.detail, "class": str(code.class_digit)}
        return [prose.fill(self.words.get("notes", note).text, values) for note in profile.notes]

    # --- summary and verdict -------------------------------------------------------------------------------------------

    def summary(self, entries: Sequence[Entry]) -> list[Markup]:
        """The name and class of each code, in as few whole sentences as the language has a form for."""
        alike: dict[tuple[bool, object], list[Entry]] = {}
        for entry in entries:
            told = entry.code.class_digit if "outcome" in entry.profile.axes else None
            alike.setdefault((isinstance(entry.code, EnhancedCode), told), []).append(entry)
        kinds = [kind for kind, told in alike if isinstance(told, int)]
        if len(entries) == len(kinds) == 2 and kinds[0] == kinds[1]:
            values = {f"{k}_{n}": v for n, e in enumerate(entries, 1) for k, v in self._class(e).items()}
            named = {f"code_{n}": Markup(self._named(e)) for n, e in enumerate(entries, 1)}
            return [self.fill(self._summary("enhanced" if kinds[0] else "basic", "two"), **named, **values)]
        return [self._together(group) for group in alike.values()]

    def _together(self, entries: Sequence[Entry]) -> Markup:
        """Codes of one class, or of none."""
        first, named = entries[0], [self._named(entry) for entry in entries]
        form = "same" if len(named) > 1 else "one"
        values = {"code": Markup(named[0]), "codes": Markup(prose.join(self.words, named, "and"))}
        if "outcome" not in first.profile.axes:
            return self.fill(self.words.get("summary", "none" if form == "one" else "none_same").text, **values)
        kind = "enhanced" if isinstance(first.code, EnhancedCode) else "basic"
        return self.fill(self._summary(kind, form), **values, **self._class(first))

    def _summary(self, kind: str, form: str) -> str:
        return self.words.get("summary", kind, form).text

    def _named(self, entry: Entry) -> str:
        """``535 (Authentication credentials invalid)``, the code for the whole passage isolated from its direction."""
        name = prose.marked(escape(entry.name.text), entry.name, self.lang)
        return self.fill(self.words.get("summary", "code").text, code=_isolated(entry.key), name=name)

    def _class(self, entry: Entry) -> dict[str, str]:
        enhanced, digit = isinstance(entry.code, EnhancedCode), entry.code.class_digit
        name = self.words.get("enhanced_classes" if enhanced else "classes", digit, "name").text
        return {"class": _isolated(f"{digit}.x.x" if enhanced else f"{digit}xx"), "class_name": name}

    def verdict(self, entry: Entry) -> dict[str, Any]:
        """The answer to what a reader asks first: is it final, who acts, what next."""
        axes, digit = entry.profile.axes, entry.code.class_digit
        retry = axes.get("retry", ())
        decided = "outcome" in axes and not entry.profile.undecided
        known = self.words.tree("verdict", "final", digit) if decided else {}
        value = retry[0].value if len(retry) == 1 else "mixed"
        final = known.get(value) or known.get("mixed") or self.words.get("verdict", "unknown").text
        acts = axes.get("acts", ())
        usual = [v for v in acts if not v.at] or (list(acts) if len(acts) == 1 else [])
        return {
            "final": final,
            "acts": self.short("acts", usual[0]) if usual else self.words.get("verdict", "depends").text,
            "next": entry.next,
            "differs": Replies(self).differs(entry.code),
        }

    def reason_verdict(self, reason: Reason, following: Text, digit: int = 0, enhanced: str = "") -> dict[str, Any]:
        """The same for a reason, with the class digit of the code that came with it, 0 for none, and the enhanced code."""
        known = self.words.tree("verdict", "final", digit) if digit else {}
        final = known.get(reason.retry) or known.get("mixed") or self._final(reason)
        acts = self.who_acts(reason, digit, enhanced)
        return {"final": final, "acts": self.short("acts", Value(acts)), "next": following}

    @staticmethod
    def who_acts(reason: Reason, digit: int, enhanced: str) -> str:
        """Who has to act, a value of the axis ``acts``."""
        return reason.acts_with.get(enhanced) or reason.acts_with.get(str(digit)) or reason.acts

    def _final(self, reason: Reason) -> str:
        """Whether a reason is final where no code came with it; "" where nothing was refused."""
        temporary = {code[0] for code in reason.codes} == {"4"}
        if reason.retry == "unneeded":
            return "" if reason.group == "success" else self.short("message", Value("untouched"))
        if reason.id == "expired" or (reason.retry == "later" and not temporary):
            return self.words.get("verdict", "given_up" if reason.id == "expired" else "class").text
        return str(self.words.tree("verdict", "final", 4 if temporary else 5).get(reason.retry, ""))

    # --- tables --------------------------------------------------------------------------------------------------------

    def table_cell(self, entry: Entry, column: str) -> Markup:
        """What stands in a column of `smtp_table`."""
        profile = entry.profile
        if column == "code":
            return self.code_link(entry.key)
        if column == "class":
            return escape(self.class_word(entry.code.class_digit)) if "outcome" in profile.axes else Markup("")
        if column == "commands":
            return self.cell("place", comparison.values_of(profile, "place")) if profile.answers else Markup("")
        if column == "enhanced":
            return self.separator.join(self.code_link(partner) for partner in profile.partners)
        if column == "source":
            return self.separator.join(self.source(source) for source in profile.sources[:1])
        if column == "status":
            return escape(self.status_word(profile.status))
        text = {"name": entry.name, "meaning": entry.summary, "fix": entry.fix_received}[column]
        first = next(iter(prose.paragraphs(text.text)), Markup("")) if column == "fix" else escape(text.text)
        return prose.marked(first, text, self.lang)

    def answers(self, profile: Profile) -> list[dict[str, Markup]]:
        """The commands that a code answers, each with what it needs and the section that says so."""
        told: dict[str, dict[str, Markup]] = {}
        for answer in profile.answers:
            if answer.after or self.dataset.commands[answer.at].get("obsolete"):
                continue
            place = self.place(answer.at)
            if answer.needs:
                needs = self.separator.join(map(Markup("<code>{}</code>").format, answer.needs.split(", ")))
                place = self.fill(self.words.label("with"), place=place, parameter=needs)
            if answer.excepted:
                place = self.fill(self.words.label("except"), places=place, **{"except": self.places(answer.excepted)})
            seen = self.listed(map(Replies(self).sender_name, answer.seen))
            told.setdefault(str(place), {"place": place, "source": self.sources(answer.source) or seen})
        return list(told.values())

    def sources(self, source: str) -> Markup:
        """``RFC 4954 §4, §6``: each section a link."""
        links, rfc = [], ""
        for part in source.split(", ") if source else ():
            rfc = part.split(" §")[0] if part.startswith("RFC") else rfc
            whole = part if part.startswith("RFC") else f"{rfc} {part}"
            links.append(Markup('<a class="smtp-source" href="{}">{}</a>').format(rfc_url(whole), part))
        return self.separator.join(links)

    # --- glance --------------------------------------------------------------------------------------------------------

    def row(self, row: comparison.Row) -> dict[str, Any]:
        return {
            "axis": row.axis,
            "label": self.axis(row.axis, "label"),
            "cells": [self.cell(row.axis, c) for c in row.cells],
        }

    def axis(self, axis: str, *path: str) -> str:
        return self.words.get("axes", axis, *path).text

    def short(self, axis: str, value: Value) -> str:
        return self.words.get("axes", axis, "values", value.value, "short").text

    def cell(self, axis: str, values: Sequence[Value]) -> Markup:
        """The short form of an axis's values, in a table cell; a dash where no standard says."""
        if not values:
            return Markup("–")
        if axis == "place":
            places = self.places([value.value for value in values])
            if values and values[0].at:
                return self.fill(self.words.label("except"), places=places, **{"except": self.places(values[0].at)})
            return places
        if axis in {"enhanced", "basic"}:
            return self.separator.join(Markup("<code>{}</code>").format(value.value) for value in values)
        if axis == "standard":
            return self.separator.join(self.source(value.value) for value in values)
        return self.groups.join(self.conditional(axis, values))

    def conditional(self, axis: str, values: Sequence[Value]) -> list[Markup]:
        """Each value, with the commands that it holds for."""
        shorts = []
        for value in values:
            text = escape(self.short(axis, value))
            if value.at:
                text = self.fill(self.words.label("at"), value=text, places=self.places(value.at))
            shorts.append(text)
        return shorts

    # --- places in a session ---------------------------------------------------------------------------------------------

    @cached_property
    def stations(self) -> list[tuple[str, str]]:
        """The stages of a session in order, each with its label."""
        return [(item["stage"], prose.plain(self.place(item["command"]))) for item in self.dataset.session]

    def plain_place_sentence(self, profile: Profile) -> str:
        """Where a code belongs, as plain text; "" where it belongs nowhere."""
        if profile.key not in self._sentences:
            values = comparison.values_of(profile, "place")
            sentence = prose.plain(self.place_sentence(Markup(escape(profile.key)), values)) if values else ""
            self._sentences[profile.key] = sentence
        return self._sentences[profile.key]

    def place_sentence(self, codes: Markup, values: Sequence[Value], beside: Container[str] = ()) -> Markup:
        """Where codes belong, without rare commands but for those that the codes beside them are said to answer."""
        if values[0].value == "ANY":
            form, places = ("any_except", values[0].at) if values[0].at else ("any", ())
        else:
            order = list(self.dataset.commands)
            told = [value.value for value in values]
            everyday = [at for at in told if at in beside or not self.dataset.commands[at].get("rare")]
            places = tuple(sorted(everyday if len(everyday) > 1 else told, key=order.index))
            form = "only" if len(places) == 1 else "several"
            if len(places) > comparison.MANY:
                stations = [item["command"] for item in self.dataset.session]
                usual = tuple(at for at in places if at in stations)
                form, places = "many", (usual if len(usual) > 1 else places)[: comparison.MANY]
        return self.fill(self.axis("place", form), codes=codes, places=self.places(places))


def _isolated(code: str) -> Markup:
    """A code that keeps its direction within a sentence of any script."""
    return Markup('<bdi dir="ltr">{}</bdi>').format(code) if " " in code or "." in code else escape(code)
