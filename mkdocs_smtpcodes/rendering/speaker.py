"""Profiles and comparisons, said in the sentences of one language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from markupsafe import Markup, escape

from .. import comparison, prose
from ..codes import EnhancedCode, Reply
from ..comparison import Comparison, Difference, Group
from ..dataset import Dataset, Entry, Profile, Text, Value, Words

_RFC = re.compile(r"RFC (\d+)(?: §([\d.]+))?")


def rfc_url(source: str) -> str:
    """``RFC 4954 §6`` as the address of that section."""
    match = _RFC.match(source)
    if match is None:
        return ""
    section = f"#section-{match[2]}" if match[2] else ""
    return f"https://www.rfc-editor.org/rfc/rfc{match[1]}{section}"


class Speaker:
    """Puts profiles and comparisons into the sentences of one language."""

    def __init__(self, dataset: Dataset, words: Words) -> None:
        self.dataset = dataset
        self.words = words

    # --- small things --------------------------------------------------------------------------------------------------

    def class_word(self, digit: int) -> str:
        return self.words.get("classes", digit, "plain").text

    def place(self, at: str) -> Markup:
        """A command as a person writes it, or the word for a place that is no command."""
        written = self.dataset.commands[at].get("written")
        if written:
            return Markup("<code>{}</code>").format(written)
        return escape(self.words.get("places", at).text)

    def places(self, ats: Iterable[str], how: str = "and") -> Markup:
        current = [at for at in ats if not self.dataset.commands[at].get("obsolete")]
        return Markup(prose.join(self.words, [str(self.place(at)) for at in current or ats], how))

    def source(self, source: str) -> Markup:
        return Markup('<a href="{}">{}</a>').format(rfc_url(source), source)

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

    # --- summary -------------------------------------------------------------------------------------------------------

    def summary(self, entries: Sequence[Entry], compared: Comparison) -> list[Markup]:
        """One sentence a code: its class and meaning; a shared class is named once."""
        sentences = []
        for number, entry in enumerate(entries):
            if "outcome" not in entry.profile.axes:
                form = "plain"
            elif compared.same_class:
                form = "also" if number else "same"
            else:
                form = "different"
            digit = entry.code.class_digit
            sentences.append(
                self.fill(
                    self.words.get("summary", form).text,
                    code=str(entry.code),
                    name=entry.name.text,
                    others=prose.join(self.words, [str(other.code) for other in entries if other is not entry], "and"),
                    **{"class": f"{digit}xx"},
                    class_name=self.words.get("classes", digit, "name").text,
                    summary=entry.summary.text,
                )
            )
        return sentences

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
        known = self.words.tree("axes", axis, "values")
        key: str | int = int(value.value) if value.value.isdigit() else value.value
        return str(known[key]["short"])

    def cell(self, axis: str, values: Sequence[Value]) -> Markup:
        """The short form of an axis's values, in a table cell."""
        if axis == "place":
            places = self.places([value.value for value in values])
            if values and values[0].at:
                return self.fill(self.words.label("except"), places=places, **{"except": self.places(values[0].at)})
            return places
        if axis in {"enhanced", "basic"}:
            return Markup(", ").join(Markup("<code>{}</code>").format(value.value) for value in values)
        if axis == "standard":
            return Markup(", ").join(self.source(value.value) for value in values)
        return Markup("; ").join(self.conditional(axis, values))

    def conditional(self, axis: str, values: Sequence[Value]) -> list[Markup]:
        """Each value, with the commands that it holds for."""
        shorts = []
        for value in values:
            text = escape(self.short(axis, value))
            if value.at:
                text = self.fill(self.words.label("at"), value=text, places=self.places(value.at))
            shorts.append(text)
        return shorts

    # --- the picture of a session --------------------------------------------------------------------------------------

    def session(self, profiles: Sequence[Profile]) -> dict[str, Any]:
        """The stages of a session as rows, with a mark for each code that belongs there."""
        marked = [{self.dataset.commands[at]["stage"] for at in profile.places} for profile in profiles]
        rows = [
            {
                "label": Markup(self.place(item["command"])).striptags(),
                "marks": [item["stage"] in stages for stages in marked],
                "station": True,
            }
            for item in self.dataset.session
        ]
        stations = len(rows)
        for stage, label in (("any", "any_command"), ("outside", "outside")):
            if any(stage in stages for stages in marked):
                marks = [stage in stages for stages in marked]
                rows.append({"label": self.words.label(label), "marks": marks, "station": False})
        told = [
            self.place_sentence(Markup(escape(profile.key)), values).striptags()
            for profile in profiles
            if (values := comparison.values_of(profile, "place"))
        ]
        longest = max(len(profile.key) for profile in profiles)
        return {
            "rows": rows,
            "stations": stations,
            "columns": [{"code": profile.key, "digit": profile.code.class_digit} for profile in profiles],
            "column_width": 40 if longest < 6 else 64,
            "label_width": 168 if len(rows) > stations else 124,
            "alternative": f"{self.words.label('session')}: {' '.join(told)}",
            "told": bool(told),
        }

    # --- differences ---------------------------------------------------------------------------------------------------

    def difference(self, difference: Difference, entries: Sequence[Entry], lang: str) -> dict[str, Any]:
        by_key = {entry.key: entry for entry in entries}
        if difference.kind == "pair":
            first, second = (by_key[code].code for code in difference.codes)
            text = self.dataset.pair(first, second, lang)
            return {"label": "", "sentences": [_marked(prose.inline(text.text), text, lang)]}
        if difference.kind == "distinct":
            told = [by_key[code].distinct for code in difference.codes]
            return {"label": "", "sentences": [_marked(prose.inline(text.text), text, lang) for text in told if text]}
        return {
            "label": self.axis(difference.axis, "label"),
            "sentences": [self.sentence(difference.axis, group) for group in difference.groups],
        }

    def sentence(self, axis: str, group: Group) -> Markup:
        codes = prose.code_list(self.words, group.codes)
        if axis == "place":
            return self.place_sentence(codes, group.values)
        if axis in {"enhanced", "basic", "standard"}:
            shown = [
                self.source(v.value) if axis == "standard" else f"<code>{escape(v.value)}</code>" for v in group.values
            ]
            joined = Markup(prose.join(self.words, [str(item) for item in shown], "and"))
            return self.fill(self.axis(axis, "sentence"), codes=codes, list=joined)
        if len(group.values) > 1:
            values = prose.join(self.words, [str(text) for text in self.conditional(axis, group.values)], "and")
            return self.fill(self.axis(axis, "mixed"), codes=codes, values=Markup(values))
        known = self.words.tree("axes", axis, "values")
        value = group.values[0].value
        form = known[int(value) if value.isdigit() else value]
        return self.fill(form["whole" if group.whole else "sentence"], codes=codes)

    def place_sentence(self, codes: Markup, values: Sequence[Value]) -> Markup:
        if values[0].value == "ANY":
            form, places = ("any_except", values[0].at) if values[0].at else ("any", ())
        else:
            places = tuple(value.value for value in values)
            form = "only" if len(places) == 1 else "several"
        return self.fill(self.axis("place", form), codes=codes, places=self.places(places))


def _marked(html: Markup, text: Text, lang: str) -> Markup:
    """A passage that fell back to another language carries that language."""
    return html if text.lang == lang else Markup('<span lang="{}">{}</span>').format(text.lang, html)
