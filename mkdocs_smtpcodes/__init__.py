"""MkDocs plugin and Python-Markdown extension that explain and compare SMTP codes."""

__version__ = "0.1.0"
