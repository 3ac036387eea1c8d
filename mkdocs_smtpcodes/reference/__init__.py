"""The generated reference: its pages, their place in MkDocs, and what machines read of it."""

from .pages import INDEX, GeneratedPage, all_codes, codes, comparisons, mentioned, pages

__all__ = ["INDEX", "GeneratedPage", "all_codes", "codes", "comparisons", "mentioned", "pages"]
