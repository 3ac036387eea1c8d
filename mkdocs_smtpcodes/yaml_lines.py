"""Where the keys and the values of a YAML text stand. Asked only where something is wrong there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple


class Key(NamedTuple):
    """A key, or an item of a list.

    Attributes:
        path: the keys from the top, places in lists from 0.
        line: its line, from 1.
        start: where its value begins in the text.
        end: where that ends.
    """

    path: tuple[str | int, ...]
    line: int
    start: int
    end: int


def keys(text: str) -> list[Key]:
    """All keys of the first document of a text, in its order; none where it cannot be read."""
    import yaml  # noqa: PLC0415 (only for a mistake)

    loader = yaml.SafeLoader(text)
    try:
        node = loader.get_node() if loader.check_node() else None
        return list(_keys(node, ())) if node is not None else []
    except (yaml.YAMLError, RecursionError):
        return []
    finally:
        loader.dispose()


def line_of(text: str, *path: str | int) -> int:
    """The line of a key, 0 where it is not found."""
    return next((key.line for key in keys(text) if key.path == path), 0)


def title_place(text: str, words: str) -> tuple[int, int]:
    """Line and column of the first title of a navigation that has some words in it, 0 for none."""
    for key in keys(text):
        if key.path[0] == "nav" and words in str(key.path[-1]):
            return key.line, max(text.split("\n")[key.line - 1].find(words) + 1, 0)
    return 0, 0


def _keys(node: Any, path: tuple[str | int, ...]) -> Iterator[Key]:
    parts = node.value if node.id in {"mapping", "sequence"} else ()
    for number, part in enumerate(parts):
        key, value = part if node.id == "mapping" else (part, part)
        here = (*path, str(key.value) if node.id == "mapping" else number)
        yield Key(here, key.start_mark.line + 1, value.start_mark.index, value.end_mark.index)
        yield from _keys(value, here)
