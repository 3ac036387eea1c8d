"""The picture of a session: where in it each code belongs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..dataset import Profile

if TYPE_CHECKING:
    from .speaker import Speaker


def session(speaker: Speaker, profiles: Sequence[Profile]) -> dict[str, Any]:
    """The stages of a session as rows, with a mark for each code that belongs there, up to the last of them."""
    marked = [{speaker.dataset.commands[at]["stage"] for at in profile.places} for profile in profiles]

    def row(stage: str, label: str, *, station: bool) -> dict[str, Any]:
        marks = [stage in stages for stages in marked]
        while marks and not marks[-1]:
            marks.pop()
        return {"label": label, "marks": marks, "station": station}

    rows = [row(stage, label, station=True) for stage, label in speaker.stations]
    others = [
        row(stage, speaker.words.label(label), station=False)
        for stage, label in (("any", "any_command"), ("outside", "outside"))
    ]
    rows += [other for other in others if other["marks"]]
    # Codes that belong to the same places are told apart by none of them.
    same = len(marked) > 1 and all(stages == marked[0] for stages in marked)
    told = [] if same else [sentence for profile in profiles if (sentence := speaker.plain_place_sentence(profile))]
    return {
        "rows": rows,
        "columns": [{"code": profile.key, "digit": profile.code.class_digit} for profile in profiles],
        "alternative": f"{speaker.words.label('session')}{speaker.colon}{speaker.between.join(told)}",
        "told": bool(told),
    }
