"""One data file of a site: what could be used of it, what was wrong in it, and where things stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from ...suggestions import plain_name
from ..markup import pages_named

Data = dict[str, Any]
#: Keys from the top of a file; numbers are places in a list, from 0.
Path_ = tuple[str | int, ...]
#: How long the path of a reply is: replies, the sender and its place.
_ROW = 3


@dataclass
class Layer:
    """One data file.

    Attributes:
        name: what the writer calls the file.
        data: what could be used of it.
        mistakes: a message for each thing that was wrong.
        lines: where each key and item stands in the file.
        left_out: what was taken out, each with its place as ``file:line``.
        unread: whether nothing could be read, so that nobody knows what it holds.
    """

    name: str
    data: Data = field(default_factory=dict)
    mistakes: list[str] = field(default_factory=list)
    lines: dict[Path_, int] = field(default_factory=dict)
    left_out: dict[Path_, str] = field(default_factory=dict)
    unread: bool = False
    #: Replies that were left out for what they lack; what else is wrong in them has to be said all the same.
    rows: list[tuple[Path_, Data]] = field(default_factory=list)
    #: What reading found to be wrong; it is left out once all is read.
    told: list[Path_] = field(default_factory=list)
    #: The text of the file, for what YAML takes from it.
    source: str = ""
    #: For lists that items were taken out of: the places in the file of those that are left.
    _kept: dict[Path_, list[int]] = field(default_factory=dict)

    def mistake(self, path: Path_, message: str) -> None:
        """Note a mistake at a path of keys in the data; the line is that of the nearest key that the file has."""
        self.mistake_at(self.as_written(path), message)

    def mistake_at(self, written: Path_, message: str) -> None:
        """Note a mistake at a path of keys in the file."""
        where = ".".join(str(key) for key in written)
        self.mistakes.append(f"{self.place(written)}: {where + ': ' if where else ''}{message}")

    def in_order(self) -> list[str]:
        """The mistakes as a reader of the file comes to them."""

        def line(told: str) -> int:
            number = told[len(self.name) + 1 :].partition(":")[0]
            return int(number) if number.isdecimal() else 0  # the whole file has no line

        return sorted(self.mistakes, key=line)

    def place(self, written: Path_) -> str:
        """``own.yml:3``: where a path of the file stands."""
        while written not in self.lines and written:
            written = written[:-1]
        return f"{self.name}:{self.lines.get(written, 1)}"

    def as_written(self, path: Path_) -> Path_:
        """The path that something in the data has in the file."""
        written: Path_ = ()
        for key in path:
            kept = self._kept.get(written)
            if kept is not None and isinstance(key, int) and key < len(kept):
                key = kept[key]  # noqa: PLW2901
            written = (*written, key)
        return written

    def drop(self, paths: Iterable[Path_]) -> None:
        """Leave out what stands at these paths of the data."""
        # From the end, and what is within before what holds it: the paths of the others stay true.
        for path in sorted(set(paths), key=lambda p: [(str(k), 0) if isinstance(k, str) else ("", k) for k in p])[::-1]:
            self._drop(path)

    def _drop(self, path: Path_) -> None:
        written = self.as_written(path)
        self.left_out.setdefault(written, self.place(written))
        if not path:
            self.data = {}
            return
        holder: Any = self.data
        for key in path[:-1]:
            try:
                holder = holder[key]
            except (KeyError, IndexError, TypeError):
                return
        key = path[-1]
        if path[0] == "replies" and len(path) == _ROW and isinstance(holder, list) and isinstance(key, int):
            self.rows += [(written, row) for row in holder[key : key + 1] if isinstance(row, dict)]
        if isinstance(holder, dict):
            holder.pop(key, None)
        elif isinstance(holder, list) and isinstance(key, int) and key < len(holder):
            self._kept.setdefault(written[:-1], list(range(len(holder)))).pop(key)
            holder.pop(key)

    def page_links(self) -> Iterator[tuple[str, str]]:
        """The place and key of each text that links to a page of the site, and that page as it is written."""
        for path, text in _texts((), self.data):
            for target in pages_named(text):
                written = self.as_written(path)
                yield f"{self.place(written)}: {'.'.join(map(str, written))}", target

    def misplaced_words(self) -> bool:
        """Whether words stand at a wrong place, which has its message; nobody knows what they were to be."""
        return any(len(path) == 2 and path[0] == "words" for path in self.left_out)

    def is_gone(self, kind: str, name: str) -> bool:
        """Whether a name of a kind, however it is written, was left out for a mistake, or may have been."""
        names = {plain_name(path[1]) for path in self.left_out if len(path) == 2 and path[0] == kind}
        return self.unread or (kind,) in self.left_out or plain_name(name) in names

    def is_left_out(self, *path: str | int) -> bool:
        """Whether something of this file, or what holds it, was left out for a mistake."""
        return self.unread or any(path[:length] in self.left_out for length in range(len(path) + 1))


def _texts(path: Path_, value: Any) -> Iterator[tuple[Path_, str]]:
    items: Iterable[tuple[str | int, Any]] = ()
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list):
        items = enumerate(value)
    for key, item in items:
        yield from _texts((*path, key), item)
