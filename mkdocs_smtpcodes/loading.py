"""Reading the YAML files of ``facts/`` and ``words/``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
# The loader in C reads ten times as fast; both are safe: no tag builds anything but plain values.
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(path: Path) -> dict[str, Any]:
    with path.open(encoding="utf-8") as file:
        data = yaml.load(file, Loader=Loader)
    return data or {}


def facts() -> dict[str, Any]:
    return _merge(sorted((HERE / "facts").glob("*.yml")))


def words() -> dict[str, Mapping[str, Any]]:
    """The words by language. A language is a file, or a folder of files that are read as one."""
    languages: dict[str, Mapping[str, Any]] = {}
    for path in sorted((HERE / "words").iterdir()):
        if path.is_dir():
            languages[path.name] = _merge(sorted(path.glob("*.yml")))
        elif path.suffix == ".yml":
            languages[path.stem] = read(path)
    return languages


def _merge(paths: list[Path]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for path in paths:
        for key, value in read(path).items():
            if isinstance(value, dict) and isinstance(merged.get(key), dict):
                merged[key].update(value)
            else:
                merged[key] = value
    return merged
