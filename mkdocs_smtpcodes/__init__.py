"""MkDocs plugin and Python-Markdown extension that explain and compare SMTP codes."""

from .dataset import load_dataset

__version__ = "0.1.0"

__all__ = ["load_dataset"]
