"""The linter: what a careful reviewer would say of the codes that pages name in prose, in code spans and in fences.

It knows no Markdown extension, and asks ``mentions`` which numbers are codes and ``recognition`` what words say. Each rule has a
name and a level, which a site may change; a comment silences it for a line.
"""

from __future__ import annotations

from ..lint_rules import LEVELS, RULES, levels
from .findings import Finding
from .fixing import fixed
from .linter import Linter
from .passages import Page

__all__ = ["LEVELS", "RULES", "Finding", "Linter", "Page", "fixed", "levels"]
