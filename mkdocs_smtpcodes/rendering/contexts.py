"""What each template is given: one function a directive. `docs/reference/templates.md` of the example site lists it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from .. import comparison
from ..codes import BasicCode, Code, EnhancedCode, Reply
from ..dataset import Entry
from ..dataset.naming import former_names
from ..directives import Directive, Mistakes, usual_parts
from ..suggestions import takes
from . import prose
from .links import anchor, former_anchor, rfc_url
from .replies import Replies
from .speaker import Speaker

if TYPE_CHECKING:
    from .explaining import Explained
    from .renderer import Renderer

Context = dict[str, Any]
#: How many sections of standards a comparison leads to.
MOST_SOURCES = 4


# --- smtp_compare ------------------------------------------------------------------------------------------------------


class Column(NamedTuple):
    """One code of a comparison, and what speaks for it.

    Attributes:
        entry: the code as asked for: its name and profile.
        told: the entry whose texts stand in the column (that of the enhanced code, for a whole reply).
        carrier: for a whole reply, the entry of its reply code, where nothing else in the section tells it.
    """

    entry: Entry
    told: Entry
    carrier: Entry | None


def compare(renderer: Renderer, directive: Directive, speaker: Speaker) -> Context:
    codes = renderer.codes(directive)
    dataset, lang = renderer.dataset, speaker.lang
    columns, shared = _columns(codes, speaker)
    entries = [column.entry for column in columns]
    compared = comparison.compare(dataset, codes, lang)
    parts = directive.options.get("parts") or usual_parts("smtp_compare")
    assert isinstance(parts, tuple)
    return {
        "id": "smtp-" + "-vs-".join(anchor(str(code)) for code in codes),
        "former_id": former_anchor("smtp-" + "-vs-".join(map(str, codes))),
        "codes": [str(code) for code in codes],
        "title": renderer.titles([str(code) for code in codes], lang),
        "parts": parts,
        "columns": columns,
        "shared": shared,
        "summary": speaker.summary(entries),
        "verdicts": [speaker.verdict(entry) for entry in entries],
        # The dearest part, and rarely asked for; a template of the site may show it unasked.
        "facts": [speaker.row(row) for row in compared.rows] if "facts" in parts or renderer.has_own_templates else [],
        "differences": speaker.differences(compared, {column.entry.key: column.told for column in columns}),
        "notes": list(dict.fromkeys(note for entry in entries for note in speaker.notes(entry.profile))),
        "session": speaker.session([entry.profile for entry in entries]),
        "sources": _sources(entries)[:MOST_SOURCES],
        "class_word": speaker.class_word,
        "status_word": speaker.status_word,
    }


def _columns(codes: Sequence[Code], speaker: Speaker) -> tuple[list[Column], list[Entry]]:
    """Who speaks in each column, and the entries that several codes share and that are told once, above the columns."""
    parts = {code: (code.basic, code.enhanced) if isinstance(code, Reply) else (code,) for code in codes}
    every = [part for code in codes for part in parts[code]]
    alone = {code for code in codes if not isinstance(code, Reply)}
    shared = [part for part in dict.fromkeys(every) if every.count(part) > 1 and part not in alone]
    columns = []
    for code in codes:
        left = [part for part in parts[code] if part not in shared and (part == code or part not in alone)]
        # The enhanced code says more than the reply code that carries it. Two spellings of one reply cannot both be empty:
        # a directive names each code once.
        told = left[-1] if left else parts[code][-1]
        carrier = left[0] if len(left) > 1 else None
        columns.append(
            Column(speaker.entry(code), speaker.entry(told, code), speaker.entry(carrier) if carrier else None)
        )
    return columns, [speaker.entry(part) for part in shared]


def _sources(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """The sections behind the codes, the defining ones first, each with the codes that it is about."""
    defining = [entry.profile.sources[0] for entry in entries if entry.profile.sources]
    every = [source for entry in entries for source in entry.profile.sources]
    return [
        {
            "text": source,
            "url": rfc_url(source),
            "codes": [entry.key for entry in entries if source in entry.profile.sources],
        }
        for source in dict.fromkeys([*defining, *every])
    ]


# --- smtp_code ---------------------------------------------------------------------------------------------------------


def code(renderer: Renderer, directive: Directive, speaker: Speaker) -> Context:
    (asked,) = renderer.codes(directive)
    dataset = renderer.dataset
    entry = speaker.entry(asked)
    rows = comparison.compare(dataset, [asked]).rows
    return {
        "id": f"smtp-{anchor(str(asked))}",
        "former_id": " ".join([former_anchor(f"smtp-{asked}"), *former_names(str(asked), dataset)]),
        "codes": [str(asked)],
        "title": renderer.titles([str(asked)], speaker.lang),
        "parts": directive.options.get("parts") or usual_parts("smtp_code"),
        "entry": entry,
        "carrier": speaker.entry(asked.basic) if isinstance(asked, Reply) else None,
        "told": speaker.entry(asked.enhanced if isinstance(asked, Reply) else asked, asked),
        "summary": speaker.summary([entry]),
        "verdict": speaker.verdict(entry),
        "facts": [
            {"label": row["label"], "cell": row["cells"][0]}
            for row in map(speaker.row, rows)
            if row["axis"] not in {"enhanced", "basic"}
        ],
        "notes": speaker.notes(entry.profile),
        "session": speaker.session([entry.profile]),
        "answers": speaker.answers(entry.profile),
        "partners": [speaker.entry(dataset.code(partner)) for partner in entry.profile.partners],
        "partners_label": speaker.words.label("enhanced" if isinstance(asked, BasicCode) else "basic"),
        "branches": Replies(speaker).branches(asked),
        "example": dataset.example(asked),
        "related": [
            (speaker.entry(other), speaker.words.get("relations", relation).text)
            for other, relation in dataset.related(asked)
        ],
        "sources": _sources([entry]),
        "class_word": speaker.class_word,
        "status_word": speaker.status_word,
    }


# --- smtp_table --------------------------------------------------------------------------------------------------------


def table(renderer: Renderer, directive: Directive, speaker: Speaker) -> Context:
    dataset = renderer.dataset
    codes, caption = _selection(renderer, directive, speaker)
    if not codes:
        raise Mistakes([f"{directive.name}: no code fits all of this; leave out one of the conditions"])
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


def _selection(renderer: Renderer, directive: Directive, speaker: Speaker) -> tuple[list[Code], str]:
    """The codes that a table is asked for, and its usual title."""
    dataset, words = renderer.dataset, speaker.words
    basics: list[Code] = [BasicCode(int(number)) for number in dataset.basic_codes]
    command, status = directive.options.get("command"), directive.options.get("status")
    codes: list[Code] = []
    single = directive.codes[0] if len(directive.codes) == 1 else ""
    caption = words.label("table_codes")
    for asked in directive.codes:
        if asked == "all":
            codes += basics
        elif asked.endswith("xx"):
            codes += [
                c for c in basics if str(c)[0] == asked[0] and (status or dataset.profile(c).status != "folklore")
            ]
        elif asked.endswith(".x"):
            digits = (2, 4, 5) if asked[0] == "X" else (int(asked[0]),)
            codes += [c for digit in digits for c in dataset.enhanced_codes(digit, int(asked[2:-2]))]
        else:
            codes += renderer.codes(Directive(directive.signature, directive.raw, (asked,)))
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
            known = tuple(sorted(dataset.commands))
            raise Mistakes([f"{directive.name}: command={command} is unknown{takes(str(command), known)}"])
        codes = [selected for selected in codes if dataset.answers(selected, at)]
        caption = prose.fill_plain(words.label("table_command"), {"command": speaker.place(at).striptags()})
    return list(dict.fromkeys(codes)), caption


# --- smtp_commands -----------------------------------------------------------------------------------------------------


def commands(renderer: Renderer, directive: Directive, speaker: Speaker) -> Context:
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
            needs = [answer.needs for answer in answers]
            shown[number] = None
            kinds[kind].append({"entry": speaker.entry(profile.code), "needs": [] if "" in needs else needs})
        if any(kinds.values()):
            rows.append(
                {"command": speaker.place(at), "source": facts["source"], "url": rfc_url(facts["source"]), **kinds}
            )
    return {
        "id": "smtp-commands",
        "codes": [],
        "shown": list(shown),
        "title": speaker.words.label("table_commands"),
        "rows": rows,
    }


# --- smtp in running text ----------------------------------------------------------------------------------------------


def reference(renderer: Renderer, directive: Directive, speaker: Speaker) -> Context:
    (asked,) = renderer.codes(directive)
    entry = speaker.entry(asked)
    return {
        "id": f"smtp-tip-{anchor(str(asked))}",
        "codes": [str(asked)],
        "title": str(asked),
        "entry": entry,
        "show": directive.options.get("show", "code"),
    }


# --- smtp_replies ------------------------------------------------------------------------------------------------------


def replies(renderer: Renderer, directive: Directive, speaker: Speaker) -> Context:
    """The replies of a sender, with a code, for a reason or of a setting."""
    dataset, told = renderer.dataset, Replies(speaker)
    reason, setting = str(directive.options.get("reason", "")), str(directive.options.get("setting", ""))
    label = speaker.words.label
    asked = directive.codes[0] if directive.codes else ""
    rows, name, title, about = (
        [row for found in dataset.replies.values() for row in found],
        "smtp-replies",
        label("replies_all"),
        [],
    )
    if asked in dataset.senders:
        rows = [row for row in rows if row.sender == asked]
        name, title = f"smtp-sender-{asked}", _titled(label("replies_sender"), sender=told.sender_name(asked))
        about.append(f"sender:{asked}")
    elif asked:
        (code,) = renderer.codes(directive)
        rows = list(dataset.replies_to(code))
        name, title = f"smtp-replies-{anchor(asked)}", _titled(label("replies_code"), code=asked)
        about.append(asked)
    if reason:
        if reason not in dataset.reasons:
            raise Mistakes([f"{directive.name}: reason={reason} is unknown{takes(reason, tuple(dataset.reasons))}"])
        rows = [row for row in rows if row.reason == reason]
        if not asked and not setting:
            name, title = f"smtp-reason-{reason}", told.reason(reason, "name").text
            about.append(f"reason:{reason}")
    if setting:
        wanted = setting.casefold()
        rows = [row for row in rows if wanted in row.setting.casefold()]
        name, title = f"{name}-{anchor(setting)}", _titled(label("replies_setting"), setting=setting)
    whole = name.startswith("smtp-reason-")
    if not rows and not whole:
        raise Mistakes([f"{directive.name}: no reply on record fits all of this; leave out one of the conditions"])
    found = dataset.reasons.get(reason) if whole else None
    return {
        "id": re.sub(r"[^\w-]+", "-", name),
        "former_id": " ".join(old for key in about for old in former_names(key, dataset)),
        "codes": about,
        "shown": list(
            dict.fromkeys([*(code for code in about if ":" not in code), *(code for row in rows for code in row.codes)])
        ),
        "title": title,
        "reason": found,
        "texts": {part: told.reason(reason, part) for part in REASON_PARTS} | {"received": told.rest(reason)}
        if whole
        else {},
        "answer": speaker.reason_verdict(found, told.next(reason)) if found else {},
        "columns": [
            key
            for key in ROW_COLUMNS
            if (key != "sender" or asked not in dataset.senders) and (key != "reason" or not reason)
        ],
        "rows": [told.told(row) for row in rows],
    }


REASON_PARTS = ("name", "summary", "received", "sending", "recognise")
ROW_COLUMNS = ("sender", "code", "text", "reason", "setting", "source")


def _titled(label: str, **values: str) -> str:
    return prose.fill_plain(label, values)


# --- smtp_explain ------------------------------------------------------------------------------------------------------


def explain(renderer: Renderer, directive: Directive, speaker: Speaker) -> Context:
    """A raw reply with its parts marked, its reason, and what to do."""
    (text,) = directive.codes
    from .explaining import explained  # noqa: PLC0415 (only where a reply is explained)

    told = explained(text, speaker, None if directive.options.get("redact") is False else renderer.redactor)
    title = speaker.words.label("explained")
    return {
        "id": "smtp-explained",
        "codes": [],
        "shown": _named(told),
        "title": title,
        "told": told,
        "class_word": speaker.class_word,
        "status_word": speaker.status_word,
    }


def _named(told: Explained) -> list[str]:
    """What an explained reply names: its code, its reason, and who sends it."""
    found = told.explanation
    return [
        *([told.entry.key] if told.entry else []),
        *([f"reason:{found.reason}"] if found.reason else []),
        *([f"sender:{found.sender}"] if found.sender else []),
    ]


# --- smtp_lookup -------------------------------------------------------------------------------------------------------


def lookup(renderer: Renderer, directive: Directive, speaker: Speaker) -> Context:
    """A box to paste a reply into; without a script it is a list of the reasons."""
    told = Replies(speaker)
    return {
        "id": "smtp-lookup",
        "codes": [],
        "title": speaker.words.label("lookup"),
        "shown": [f"reason:{key}" for key in renderer.dataset.reasons],
        "reasons": [
            {"name": told.reason(key, "name"), "summary": told.reason(key, "summary"), "link": told.reason_link(key)}
            for key in renderer.dataset.reasons
        ],
    }


CONTEXTS: Mapping[str, Callable[[Renderer, Directive, Speaker], Context]] = {
    "smtp_compare": compare,
    "smtp_code": code,
    "smtp_table": table,
    "smtp_commands": commands,
    "smtp": reference,
    "smtp_replies": replies,
    "smtp_explain": explain,
    "smtp_lookup": lookup,
}

__all__ = ["CONTEXTS", "Column", "EnhancedCode"]
