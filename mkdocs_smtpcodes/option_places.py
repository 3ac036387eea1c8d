"""Where the options of the plugin stand in a configuration. Asked only where something is wrong there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .yaml_lines import keys

PLUGIN = "smtpcodes"


def line_of(text: str, option: str) -> int:
    """The line of a configuration in which an option of the plugin stands; 0 for none.

    What is no YAML, or says it in another way, is searched as a text. ``data_files.1`` is an item of a list, and
    a message such as ``data_files: own.yml cannot be read`` stands for the item that has the file.
    """
    if option.startswith("data_files: "):
        return line_of_file(text, option)
    option, dot, item = option.partition(".")
    if item.isdigit():
        items = (key for key in keys(text) if key.path[-2:] == (option, int(item)) and PLUGIN in str(key.path))
        return next((key.line for key in items), 0) or line_of(text, option)
    option += dot + item
    known = (key for key in keys(text) if key.path[-1] == option and any(PLUGIN in str(part) for part in key.path[:-1]))
    if (found := next(known, None)) is not None:
        return found.line
    lines = text.splitlines()
    named = re.compile(rf"(?:^|[\s{{,\"'\[-]){re.escape(option)}[\"']?[ \t]*[:=]")
    start = next((number for number, line in enumerate(lines) if re.match(rf"[^#]*{PLUGIN}", line)), 0)
    places = [*enumerate(lines[start:], start + 1), *enumerate(lines[:start], 1)]
    return next((number for number, line in places if named.search(line.partition(" #")[0])), 0)


def twice(text: str) -> Iterator[tuple[int, str]]:
    """Line and message of each option of ours that is written twice, of which YAML takes the last."""
    seen: dict[tuple[str | int, ...], int] = {}
    for key in keys(text):
        if key.path in seen and any(PLUGIN in str(part) for part in key.path[:-1]):
            first = seen[key.path]
            yield key.line, f"{key.path[-1]}: this is given twice, and only the last one counts; take away line {first}"
        seen[key.path] = key.line


def located(file: str, text: str, option: str, message: str) -> str:
    """``mkdocs.yml:7: message``: a message about an option with its place."""
    line = line_of(text, option)
    return f"{file}:{line}: {message}" if line else f"{file}: {message}"


def line_of_file(text: str, message: str) -> int:
    """The line of the data file that a message such as ``data_files: own.yml cannot be read`` is about, 0 for none."""
    name = message.removeprefix("data_files: ").partition(" cannot be read")[0]
    for key in keys(text):
        written = text[key.start : key.end].strip("\"'\n ")
        if "data_files" in key.path[-2:] and PLUGIN in str(key.path) and written and name.endswith(written):
            return key.line
    return line_of(text, "data_files")
