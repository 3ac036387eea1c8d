"""What the templates of `smtp_code` and of `smtp` in running text are given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ... import comparison
from ...codes import BasicCode, Reply
from ...dataset import Text
from ...dataset.naming import former_names
from ...directives import Directive, usual_parts
from ..links import anchor, former_anchor
from ..picture import session
from ..replies import Replies
from .carriers import beside
from .sources import sources

if TYPE_CHECKING:
    from ..renderer import Renderer
    from ..speaker import Speaker

#: From so many meanings on, the entry is told by them first, and only then in general.
LEADING = 6


def code(renderer: Renderer, directive: Directive, speaker: Speaker) -> dict[str, Any]:
    (asked,) = renderer.codes(directive)
    dataset = renderer.dataset
    entry = speaker.entry(asked)
    told = speaker.entry(asked.enhanced if isinstance(asked, Reply) else asked, asked)
    rows = comparison.compare(dataset, [asked]).rows
    branches = Replies(speaker).branches(asked)
    return {
        "id": f"smtp-{anchor(str(asked))}",
        "former_id": " ".join([former_anchor(f"smtp-{asked}"), *former_names(str(asked), dataset)]),
        "codes": [str(asked)],
        "title": renderer.titles([str(asked)], speaker.lang),
        "parts": directive.options.get("parts") or usual_parts("smtp_code"),
        "entry": entry,
        "carrier": beside(asked.basic, [told], speaker) if isinstance(asked, Reply) else None,
        "told": told,
        "summary": speaker.summary([entry]),
        "verdict": speaker.verdict(entry),
        "facts": [
            {"label": row["label"], "cell": row["cells"][0]}
            for row in map(speaker.row, rows)
            if row["axis"] not in {"enhanced", "basic"}
        ],
        "notes": speaker.notes(entry.profile),
        "session": session(speaker, [entry.profile]),
        "answers": speaker.answers(entry.profile),
        "partners": [speaker.entry(dataset.code(partner)) for partner in entry.profile.partners],
        "partners_label": speaker.words.label("enhanced" if isinstance(asked, BasicCode) else "basic"),
        # A code that stands for one reason has its advice in the entry already.
        "branches": [
            branch._replace(do=Text("", speaker.lang)) if branch.do == entry.next else branch for branch in branches
        ],
        "lead": len(branches) >= LEADING,
        # Where nobody registered the detail and all who send it mean the same, the entry is that meaning already.
        "alone": len(branches) == 1 and speaker.dataset.named_by_senders(asked),
        "example": dataset.example(asked),
        "related": [
            (speaker.entry(other), speaker.words.get("relations", relation).text)
            for other, relation in dataset.related(asked)
        ],
        "sources": sources([entry]),
        "class_word": speaker.class_word,
        "status_word": speaker.status_word,
    }


def reference(renderer: Renderer, directive: Directive, speaker: Speaker) -> dict[str, Any]:
    (asked,) = renderer.codes(directive)
    entry = speaker.entry(asked)
    return {
        "id": f"smtp-tip-{anchor(str(asked))}",
        "codes": [str(asked)],
        "title": str(asked),
        "entry": entry,
        "show": directive.options.get("show", "code"),
    }
