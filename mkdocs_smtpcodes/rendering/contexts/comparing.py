"""What the template of `smtp_compare` is given."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ... import comparison
from ...codes import Code, Reply
from ...dataset import Dataset, Entry, Text, Words
from ...dataset.texts import sent_texts
from ...directives import Directive, usual_parts
from .. import prose
from ..differences import differences
from ..links import anchor, former_anchor
from ..picture import session
from .carriers import beside
from .sources import sources

if TYPE_CHECKING:
    from ..renderer import Renderer
    from ..speaker import Speaker

#: How many sections of standards a comparison leads to.
MOST_SOURCES = 4
#: What stands for the code itself in a text that several codes may share.
_ITSELF = "{itself}"


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


def compare(renderer: Renderer, directive: Directive, speaker: Speaker) -> dict[str, Any]:
    codes = renderer.codes(directive)
    dataset, lang = renderer.dataset, speaker.lang
    columns, shared = columns_of(codes, speaker)
    entries = [column.entry for column in columns]
    verdicts = [speaker.verdict(entry) for entry in entries]
    following = verdicts[0]["next"]
    together = len(columns) > 1 and all(verdict["next"] == following for verdict in verdicts)
    compared = comparison.compare(dataset, codes, lang)
    parts = directive.options.get("parts") or usual_parts("smtp_compare")
    assert isinstance(parts, tuple)
    picture = session(speaker, [entry.profile for entry in entries])
    shown = [part for part in parts if part != "session" or picture["told"]]
    return {
        "id": "smtp-" + "-vs-".join(anchor(str(code)) for code in codes),
        "former_id": former_anchor("smtp-" + "-vs-".join(map(str, codes))),
        "codes": [str(code) for code in codes],
        "title": renderer.titles([str(code) for code in codes], lang),
        # What the contents of the page show; a title that the writer gave is short enough.
        "short": "" if directive.options.get("title") else renderer.short_title([str(code) for code in codes], lang),
        "parts": parts,
        "columns": columns,
        "cards": _cards(columns),
        "choices": _choices(columns, speaker.words),
        "shared": shared,
        "summary": speaker.summary(entries),
        "verdicts": verdicts,
        # What every code has as its next step is said once, below their answers.
        "next": following if together else None,
        # The dearest part, and rarely asked for; a template of the site may show it unasked.
        "facts": [speaker.row(row) for row in compared.rows] if "facts" in parts or renderer.has_own_templates else [],
        "differences": differences(speaker, compared, {column.entry.key: column.told for column in columns}, shown),
        "notes": list(dict.fromkeys(note for entry in entries for note in speaker.notes(entry.profile))),
        "session": picture,
        "sources": sources(entries, _rare(dataset))[:MOST_SOURCES],
        "class_word": speaker.class_word,
        "status_word": speaker.status_word,
    }


def _rare(dataset: Dataset) -> set[str]:
    return {at for at, facts in dataset.commands.items() if facts.get("rare") or facts.get("obsolete")}


def _cards(columns: Sequence[Column]) -> list[list[Column]]:
    """The columns, those whose texts are the same in one card: the two classes of a detail often are."""
    cards: dict[object, list[Column]] = {}
    for column in columns:
        told = column.told
        texts = (told.description, told.when, told.fix_received, told.fix_sending)
        # Where nothing is told, nothing is the same.
        same = (*texts, column.carrier and column.carrier.key) if any(text.text for text in texts) else column.entry.key
        cards.setdefault(same, []).append(column)
    return list(cards.values())


def _choices(columns: Sequence[Column], words: Words) -> dict[str, list[tuple[list[str], Text]]]:
    """Which to use when, for each reader: a text with the codes that share it."""
    chosen: dict[str, list[tuple[list[str], Text]]] = {}
    for reader in ("received", "sending"):
        told: dict[Text, list[str]] = {}
        for column in columns:
            text: Text = getattr(column.told, f"choose_{reader}")
            if text.text:
                # The text of one detail names the reply that it stands in: but for that, it may be the same of two.
                own = text._replace(text=text.text.replace(f"`{column.entry.key}`", _ITSELF))
                told.setdefault(own, []).append(column.entry.key)
        chosen[reader] = [
            (codes, text._replace(text=text.text.replace(_ITSELF, prose.join(words, [f"`{c}`" for c in codes], "or"))))
            for text, codes in told.items()
        ]
    return chosen


def columns_of(codes: Sequence[Code], speaker: Speaker) -> tuple[list[Column], list[Entry]]:
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
        if isinstance(code, Reply) and sent_texts(speaker.words, code):
            told, carrier = code.enhanced, None if code.basic in shared else carrier  # it has words of its own
        column = speaker.entry(told, code)
        columns.append(Column(speaker.entry(code), column, beside(carrier, [column], speaker) if carrier else None))
    asides = [beside(part, [column.told for column in columns], speaker) for part in shared]
    return columns, [aside for aside in asides if aside]
