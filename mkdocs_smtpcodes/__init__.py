"""MkDocs plugin and Python-Markdown extension that explain and compare SMTP codes.

What stands in ``__all__`` is the Python API: the dataset of SMTP codes for other programs. Everything else may change.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .codes import BasicCode, Code, EnhancedCode, Reply, SiteCode, parse_code
    from .comparison import Comparison, Difference, Group, Row, compare
    from .dataset import (
        Answer,
        Dataset,
        Entry,
        Profile,
        Reason,
        Sender,
        Text,
        UnknownCode,
        Value,
        explain,
        load_dataset,
    )
    from .recognition import Explanation, Span
    from .reference.exporting import export

__version__ = "0.1.0"

__all__ = [
    "Answer",
    "BasicCode",
    "Code",
    "Comparison",
    "Dataset",
    "Difference",
    "EnhancedCode",
    "Entry",
    "Explanation",
    "Group",
    "Profile",
    "Reason",
    "Reply",
    "Row",
    "Sender",
    "SiteCode",
    "Span",
    "Text",
    "UnknownCode",
    "Value",
    "compare",
    "explain",
    "export",
    "load_dataset",
    "parse_code",
]


def makeExtension(**options: Any) -> Any:  # noqa: N802 (Python-Markdown's name)
    """What Python-Markdown calls for ``markdown_extensions: [mkdocs_smtpcodes]``: the extension, imported only then."""
    return import_module(".extension", __name__).SmtpCodesExtension(**options)


_HOMES = ("comparison", "dataset", "codes", "recognition", "reference.exporting")


def __getattr__(name: str) -> Any:
    # A site without a directive starts no slower for an API that it does not use.
    if name in __all__:
        for home in _HOMES:
            module = import_module(f".{home}", __name__)
            if name in vars(module):
                globals()[name] = vars(module)[name]
                return globals()[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
