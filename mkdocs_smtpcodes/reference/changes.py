"""What changed in the data between two releases: codes, reasons, replies and texts, computed from the files themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ..dataset.loading import read_yaml

#: Where a reply was seen, and when, does not change what it says.
_PROVENANCE = {"source", "date"}


class Change(NamedTuple):
    """What happened to things of one kind.

    Attributes:
        kind: ``codes``, ``reasons``, ``replies`` or ``texts``.
        added: the names of what is new.
        changed: of what says something else.
        removed: of what is gone.
    """

    kind: str
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]


Snapshot = Mapping[str, Mapping[str, Any]]


def snapshot(package: Path) -> dict[str, dict[str, Any]]:
    """The data in a folder of the package, by kind and name.

    Args:
        package: the folder with ``facts`` and ``words``.
    """
    facts: dict[str, Any] = {}
    for path in sorted((package / "facts").glob("*.yml")):
        for key, value in _read(path).items():
            facts[key] = {**facts.get(key, {}), **value} if isinstance(value, dict) else value
    replies: dict[str, Any] = {}
    for path in sorted((package / "facts" / "replies").glob("*.yml")):
        for sender, rows in (_read(path).get("replies") or {}).items():
            for row in rows:
                name = f"{sender}: {row.get('text') or row.get('tag') or ', '.join(map(str, row.get('codes', ())))}"
                while name in replies:
                    name += "′"
                replies[name] = {key: value for key, value in row.items() if key not in _PROVENANCE}
    texts: dict[str, Any] = {}
    for path in sorted((package / "words").rglob("*.yml")):
        lang = path.stem if path.parent.name == "words" else path.parent.name
        texts |= {f"{lang} {name}": text for name, text in _texts(_read(path), "")}
    return {
        "version": {"data_version": str(facts.get("data_version") or "")},
        "codes": dict(facts.get("codes") or {}),
        "reasons": dict(facts.get("reasons") or {}),
        "replies": replies,
        "texts": texts,
    }


def changes(before: Snapshot, after: Snapshot) -> list[Change]:
    """What two snapshots differ in, a change for each kind that differs."""
    found = []
    for kind in ("codes", "reasons", "replies", "texts"):
        old, new = before[kind], after[kind]
        change = Change(
            kind,
            tuple(name for name in new if name not in old),
            tuple(name for name in new if name in old and old[name] != new[name]),
            tuple(name for name in old if name not in new),
        )
        if any(change[1:]):
            found.append(change)
    return found


def _read(path: Path) -> dict[str, Any]:
    return dict(read_yaml(path.read_text(encoding="utf-8")) or {})


def _texts(tree: Any, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(tree, Mapping):
        for key, value in tree.items():
            yield from _texts(value, f"{name}.{key}" if name else str(key))
    elif tree is not None:
        yield name, str(tree)
