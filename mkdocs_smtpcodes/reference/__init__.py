"""The generated reference: its pages, their place in MkDocs, and what machines read of it."""

from .choosing import all_codes, comparisons, used_codes
from .pages import INDEX, GeneratedPage, pages

__all__ = ["INDEX", "GeneratedPage", "all_codes", "comparisons", "pages", "used_codes"]
