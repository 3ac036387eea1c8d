"""Raw text in; code, words, reason and sender out."""

from __future__ import annotations

from .explanation import Explanation, Span
from .recognising import recognise
from .rules import Rules, compile_rules

__all__ = ["Explanation", "Rules", "Span", "compile_rules", "recognise"]
