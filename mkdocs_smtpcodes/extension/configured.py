"""The options of an extension that an engine makes anew for each page: where they stand, and what is said of them once."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .options import mistakes

_told: set[object] = set()


def anew() -> bool:
    """Whether Zensical is at work, which shows an exception as a traceback, and makes an extension for each page."""
    return "zensical" in sys.modules


def first(*said: object) -> bool:
    """Whether something is to be said: once in a process, where each page would say it again."""
    if not anew():
        return True
    known = said in _told
    _told.add(said)
    return not known


def where(option: str) -> str:
    """``zensical.toml:7``: where an option stands, as far as that is known."""
    for name in ("zensical.toml", "mkdocs.yml") if anew() else ():
        if (path := Path(name)).is_file():
            line = _line(path.read_text(encoding="utf-8-sig", errors="replace").splitlines(), option)
            return f"{name}:{line}" if line else name
    return "smtpcodes"


def _line(lines: list[str], option: str) -> int:
    """The line below our name that has an option, or the file that a message such as ``data_files: x.yml cannot`` names."""
    name, colon, rest = option.partition(": ")
    words = [rest.partition(" cannot be read")[0], name] if colon else [name]
    start = next((number for number, line in enumerate(lines) if "smtpcodes" in line), 0)
    for word in words:
        named = re.compile(rf"(?<![\w./-]){re.escape(word)}(?![\w./-])")
        if found := next((number for number, line in enumerate(lines[start:], start + 1) if named.search(line)), 0):
            return found
    return 0


def usable(given: Mapping[str, Any]) -> dict[str, Any]:
    """The options that may be used.

    Raises:
        ValueError: one is wrong, and whoever called can be told so.
    """
    wrong = dict(mistakes(given))
    for name, message in wrong.items():
        text = f"{where(name)}: {message}"
        if not anew() or given.get("on_error") == "raise":
            raise ValueError(text)
        if first(text):
            logging.getLogger("mkdocs.plugins.smtpcodes").warning(text)
    return {name: value for name, value in given.items() if name not in wrong}
