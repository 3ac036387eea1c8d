"""MkDocs plugin and Python-Markdown extension that explain and compare SMTP codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .dataset import load_dataset

__version__ = "0.1.0"

__all__ = ["load_dataset"]


def __getattr__(name: str) -> Any:
    # A site without a directive starts no slower for an API that it does not use.
    if name in __all__:
        from . import dataset  # noqa: PLC0415

        return getattr(dataset, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
