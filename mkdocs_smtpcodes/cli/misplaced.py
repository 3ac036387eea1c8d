"""What a configuration says of us in a place where nobody reads it, or twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ..option_places import PLUGIN, twice
from ..yaml_lines import keys, line_of

#: Line, 0 where it is not known, and message.
Place = tuple[int, str]


def in_yaml(text: str, settings: Mapping[str, Any]) -> Iterator[Place]:
    """Options beside the name of the plugin, at the top, or given twice."""
    plugins = settings.get("plugins")
    for item in plugins if isinstance(plugins, list) else ():
        beside = [str(name) for name in item if name != PLUGIN] if isinstance(item, dict) and PLUGIN in item else []
        for name in beside:
            line = next((key.line for key in keys(text) if key.path[0] == "plugins" and key.path[2:] == (name,)), 0)
            yield line, f"{name}: this stands beside {PLUGIN}, not below it; indent it by four spaces more"
    if PLUGIN in settings:
        yield line_of(text, PLUGIN), f"{PLUGIN}: nobody reads this here; write it as - {PLUGIN}: below plugins:"
    yield from twice(text)


def in_toml(text: str, whole: Mapping[str, Any]) -> Iterator[Place]:
    """Tables that Zensical does not read: plugins, and what does not stand below ``project``."""
    right = f"[project.markdown_extensions.{PLUGIN}]"
    project = whole.get("project")
    plugins = project.get("plugins") if isinstance(project, dict) else None
    if PLUGIN in (plugins or ()):
        yield _line(text, rf"plugins.*{PLUGIN}|plugins"), f"Zensical runs no plugin of others; write {right}"
    for name, value in whole.items():
        if name != "project" and (PLUGIN in name or PLUGIN in str(value)):
            yield _line(text, PLUGIN), f"what stands outside of [project] is not read; write {right}"


def named_beside(file: Path) -> bool:
    """Whether another configuration in the folder names us: one that inherits from this, or that of another engine."""
    for other in [*file.parent.glob("*.y*ml"), *file.parent.glob("*.toml")]:
        try:
            if other != file and PLUGIN in other.read_text(encoding="utf-8", errors="replace"):
                return other.name != "pyproject.toml"
        except OSError:
            continue
    return False


def nothing_expands(file: Path, text: str) -> Place:
    """That a site with directives has nothing that expands them."""
    if file.suffix == ".toml":
        table = f"[project.markdown_extensions.{PLUGIN}]"
        return (
            0,
            f"pages have directives and nothing expands them, for {PLUGIN} is no extension of the site; write {table}",
        )
    told = (
        f"pages have directives and nothing expands them, for {PLUGIN} is neither a plugin nor an extension of the site"
    )
    return line_of(text, "plugins"), f"{told}; write - {PLUGIN} below plugins:"


def _line(text: str, pattern: str) -> int:
    lines = enumerate(text.splitlines(), 1)
    return next((number for number, line in lines if re.search(pattern, line.partition("#")[0])), 0)
