"""The options of the extension: what they are without one, and what is wrong with those that are given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ..autolink_wishes import DEFAULTS, value_mistake

#: Each with its value where none is given, and what it is.
OPTIONS: Mapping[str, tuple[Any, str]] = {
    "lang": ("auto", "Language of the sections, or auto"),
    "data_files": ([], "YAML files with codes and words of the site's own"),
    "templates": ("", "Folder with templates that replace or extend ours"),
    "lint": ({}, "Levels of the rules of mkdocs-smtpcodes check"),
    "folder": ("", "Folder that data_files and templates start from; the current one by default"),
    "css": ("", "inline puts stylesheet and script into each page once, for engines without the plugin"),
    "entries_page": ("", "Page with the entries of all codes, for engines that see one page at a time"),
    "on_error": ("warn", "What a mistake does: warn, or raise (for engines that cannot fail on warnings)"),
    "autolink": ("off", "Where codes become links without a directive: off, code (inline code) or text"),
    "autolink_fences": (False, "Whether codes in fenced code get tooltips"),
    "bare": (False, "Whether a code needs no word beside it that says what it is"),
}
#: Options that only the plugin has, which makes pages.
_PLUGIN = ("reference", "reference_dir", "reference_search", "comparisons", "export", "markdown")
_TEXTS = ("lang", "templates", "folder", "entries_page")
_WORDS = {"on_error": ("warn", "raise"), "css": ("inline", "")}


def mistakes(given: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each option that is wrong, and why."""
    for name, value in given.items():
        if wrong := _one(name, value):
            yield name, wrong


def _one(name: str, value: Any) -> str:
    if name in _PLUGIN:
        return f"{name}: this is an option of the plugin, which makes pages; write it under plugins: - smtpcodes:"
    if name not in OPTIONS:
        from ..suggestions import close  # noqa: PLC0415 (only for a mistake)

        near = close(name, [*OPTIONS, *_PLUGIN], 0.7)
        whose = ", an option of the plugin" if near in _PLUGIN else ""
        hint = f"; did you mean {near}{whose}?" if near else f"; there is {', '.join(OPTIONS)}"
        return f"{name}: this is not an option{hint}"
    if name in DEFAULTS:
        return value_mistake(name, value)
    # No stylesheet may be written as a truth value.
    if name in _WORDS and value not in _WORDS[name] and not (name == "css" and value is False):
        from ..suggestions import shown  # noqa: PLC0415 (only for a mistake)

        known = " or ".join(word or "nothing" for word in _WORDS[name])
        return f"{name}: {shown(value)} is unknown; it takes {known}"
    if name in _TEXTS and not isinstance(value, str | Path | None):
        from ..suggestions import shown  # noqa: PLC0415 (only for a mistake)

        return f"{name}: expected a text, found {shown(value)}"
    if name == "folder" and value and not Path(value).is_dir():
        return f"folder: {str(value)!r} is not a folder; data_files and templates start from it"
    if name == "lint":
        from ..lint_rules import levels  # noqa: PLC0415 (only a site that says something of them)

        return next(iter(levels(value)[1]), "")
    files = value if isinstance(value, list | tuple) else [value]
    if name == "data_files" and not all(isinstance(file, str | Path | None) for file in files):
        wrong = next(file for file in files if not isinstance(file, str | Path | None))
        return f"data_files: expected a list of names, found {'a mapping' if isinstance(wrong, dict) else wrong}"
    return ""
