"""The ends of messages: what may have been meant, and what is taken."""

from __future__ import annotations

from collections.abc import Sequence


def nearest(word: str, known: list[str] | tuple[str, ...], cutoff: float = 0.6) -> str:
    """The end of a sentence: ``; did you mean x?``, or nothing."""
    import difflib  # noqa: PLC0415 (only for a mistake)

    close = difflib.get_close_matches(word, known, n=1, cutoff=cutoff)
    return f"; did you mean {close[0]}?" if close else ""


def did_you_mean(near: Sequence[str]) -> str:
    """The end of a sentence that names what may have been meant: ``; did you mean 535, 534 or 530?``, or nothing."""
    if not near:
        return ""
    listed = near[0] if len(near) == 1 else one_of(tuple(near))
    return f"; did you mean {listed}?"


def one_of(known: tuple[str, ...]) -> str:
    return f"{', '.join(known[:-1])} or {known[-1]}"
