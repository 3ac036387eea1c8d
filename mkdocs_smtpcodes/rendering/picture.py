"""The picture of a session: where in it each code belongs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..dataset import Profile

if TYPE_CHECKING:
    from .speaker import Speaker


def session(speaker: Speaker, profiles: Sequence[Profile]) -> dict[str, Any]:
    """The stages of a session as rows, with a mark for each code that belongs there."""
    marked = [{speaker.dataset.commands[at]["stage"] for at in profile.places} for profile in profiles]
    rows = [
        {
            "label": label,
            "marks": [stage in stages for stages in marked],
            "station": True,
        }
        for stage, label in speaker.stations
    ]
    stations = len(rows)
    for stage, label in (("any", "any_command"), ("outside", "outside")):
        if any(stage in stages for stages in marked):
            marks = [stage in stages for stages in marked]
            rows.append({"label": speaker.words.label(label), "marks": marks, "station": False})
    # Codes that belong to the same places are told apart by none of them.
    same = len(marked) > 1 and all(stages == marked[0] for stages in marked)
    told = [] if same else [sentence for profile in profiles if (sentence := speaker.plain_place_sentence(profile))]
    longest = max(len(profile.key) for profile in profiles)
    return {
        "rows": rows,
        "stations": stations,
        "columns": [{"code": profile.key, "digit": profile.code.class_digit} for profile in profiles],
        "column_width": 40 if longest < 6 else 64,
        "label_width": 168 if len(rows) > stations else 124,
        "alternative": f"{speaker.words.label('session')}{speaker.colon}{speaker.between.join(told)}",
        "told": bool(told),
    }
