"""Mail logs read: which refusals stand in them, in which direction each went, how often. It knows no site and prints nothing."""

from __future__ import annotations

from .forms import Direction, Refusal, refusal
from .opening import Unreadable, lines, size
from .tallying import Counted, Kind, Tally

__all__ = ["Counted", "Direction", "Kind", "Refusal", "Tally", "Unreadable", "lines", "refusal", "size"]
