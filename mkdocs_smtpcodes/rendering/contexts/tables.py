"""What the templates of `smtp_table` and `smtp_commands` are given."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ...codes import BasicCode, Code
from ...directives import Directive, Mistakes
from ...suggestions import takes_some
from .. import prose
from ..links import anchor, former_anchor, rfc_url

if TYPE_CHECKING:
    from ...dataset import Dataset
    from ..renderer import Renderer
    from ..speaker import Speaker


def table(renderer: Renderer, directive: Directive, speaker: Speaker) -> dict[str, Any]:
    dataset = renderer.dataset
    codes, caption = _selection(renderer, directive, speaker)
    if not codes:
        raise Mistakes([f"{directive.name}: {_nothing(directive, dataset)}"])
    entries = [speaker.entry(selected) for selected in codes]
    odd = any(entry.profile.status not in {"standard"} for entry in entries)
    default = ("code", "name", "meaning", "status") if odd else ("code", "name", "meaning")
    columns = directive.options.get("columns", default)
    assert isinstance(columns, tuple)
    labels = {"fix": speaker.words.label("fix"), "source": speaker.words.label("source")}
    arguments = [
        *directive.codes,
        *(str(directive.options[o]) for o in ("command", "status") if o in directive.options),
    ]
    return {
        "id": "smtp-table" + "".join(f"-{anchor(argument.lower())}" for argument in arguments),
        "former_id": former_anchor("smtp-table" + "".join(f"-{argument.lower()}" for argument in arguments)),
        "codes": list(directive.named),
        "shown": [entry.key for entry in entries],
        "title": caption,
        "columns": [{"key": key, "label": labels.get(key) or speaker.words.label(key)} for key in columns],
        "rows": [{"entry": entry, "cells": [speaker.table_cell(entry, key) for key in columns]} for entry in entries],
        "dataset": dataset,
    }


def _nothing(directive: Directive, dataset: Dataset) -> str:
    """The message about a table without rows."""
    conditions = [
        *directive.codes,
        *(f"{name}={directive.options[name]}" for name in _FILTERS if name in directive.options),
    ]
    if len(conditions) > 1:
        return "no code fits all of this; leave out one of the conditions"
    condition = conditions[0]
    if condition == "status=site" and (left_out := dataset.gone("codes")):
        raise Mistakes([], [f"{directive.name}: {left_out.message}"])
    if condition.endswith(".x"):
        classes = (2, 4, 5) if condition[0] == "X" else (int(condition[0]),)
        known = [n for n in range(10) if any(dataset.enhanced_codes(digit, n) for digit in classes)]
        return f"no code on record is one of {condition}; there is {', '.join(f'{condition[0]}.{n}.x' for n in known)}"
    return f"no code on record has {condition}; leave it out for all codes"


#: The options that choose rows.
_FILTERS = ("command", "status")


def _selection(renderer: Renderer, directive: Directive, speaker: Speaker) -> tuple[list[Code], str]:
    """The codes that a table is asked for, and its usual title."""
    dataset, words = renderer.dataset, speaker.words
    basics: list[Code] = [BasicCode(int(number)) for number in dataset.basic_codes]
    command, status = directive.options.get("command"), directive.options.get("status")
    codes: list[Code] = []
    named = renderer.codes(directive)
    single = directive.codes[0] if len(directive.codes) == 1 and not named else ""
    caption = words.label("table_codes")
    for asked in directive.codes:
        if asked in directive.named:
            codes += renderer.codes(Directive(directive.signature, directive.raw, (asked,)))
        elif asked == "all":
            codes += basics
        elif asked.endswith("xx"):
            codes += [
                c for c in basics if str(c)[0] == asked[0] and (status or dataset.profile(c).status != "folklore")
            ]
        else:
            digits = (2, 4, 5) if asked[0] == "X" else (int(asked[0]),)
            codes += [c for digit in digits for c in dataset.enhanced_codes(digit, int(asked[2:-2]))]
    if not directive.codes:
        codes = list(basics)
        caption = words.label("table_all")
    if single == "all":
        caption = words.label("table_all")
    elif single.endswith("xx"):
        name = words.get("classes", int(single[0]), "name").text
        caption = prose.fill_plain(words.label("table_class"), {"class": f"{single} {name}"})
    elif single.endswith(".x"):
        subject = words.get("subjects", int(single[2:-2])).text
        caption = prose.fill_plain(words.label("table_subject"), {"subject": f"{single} {subject}"})
    if status:
        codes = [selected for selected in codes if dataset.profile(selected).status == status]
        caption = prose.fill_plain(words.label("table_status"), {"status": speaker.status_word(str(status))})
    if command:
        at = dataset.command(str(command))
        if at is None:
            several = [name for name in re.split(r"[,;/\s]+", str(command)) if dataset.command(name)]
            mend = f"; a table is of one command, such as command={several[0]}" if several else ""
            mend = mend or takes_some(
                str(command), [key for key, facts in dataset.commands.items() if not facts.get("obsolete")]
            )
            raise Mistakes([f"{directive.name}: command={command} is unknown{mend}"])
        codes = [selected for selected in codes if dataset.answers(selected, at)]
        caption = prose.fill_plain(words.label("table_command"), {"command": speaker.place(at).striptags()})
    return list(dict.fromkeys(codes)), caption


def commands(renderer: Renderer, directive: Directive, speaker: Speaker) -> dict[str, Any]:
    dataset = renderer.dataset
    rows = []
    shown: dict[str, None] = {}
    for at, facts in dataset.commands.items():
        if facts.get("obsolete"):
            continue
        kinds: dict[str, list[dict[str, Any]]] = {"success": [], "intermediate": [], "error": []}
        for number in dataset.basic_codes:
            profile = dataset.profile(BasicCode(int(number)))
            answers = [answer for answer in profile.answers if answer.at == at and not answer.after]
            if not answers:
                continue
            kind = {2: "success", 3: "intermediate"}.get(profile.code.class_digit, "error")
            needs = [need for answer in answers for need in answer.needs.split(", ")]
            shown[number] = None
            kinds[kind].append({"entry": speaker.entry(profile.code), "needs": [] if "" in needs else needs})
        if any(kinds.values()):
            rows.append(
                {"command": speaker.place(at), "source": facts["source"], "url": rfc_url(facts["source"]), **kinds}
            )
    return {
        "id": "smtp-commands",
        "written": speaker.written,
        "codes": [],
        "shown": list(shown),
        "title": speaker.words.label("table_commands"),
        "rows": rows,
    }
