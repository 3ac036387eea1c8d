"""The options of an extension that engines make anew for each page: where they stand, and what is said of them once."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from markdown import Markdown
from markdown.preprocessors import Preprocessor

from .options import mistakes

if TYPE_CHECKING:
    from . import SmtpCodesExtension

_told: set[object] = set()
_builds: WeakKeyDictionary[Any, set[object]] = WeakKeyDictionary()


def anew() -> bool:
    """Whether Zensical is at work, which makes an extension for each page, in several threads."""
    return "zensical" in sys.modules


def build(md: Markdown) -> Any:
    """What all pages of a build of MkDocs have in common, where no plugin manages the extension; None for other engines."""
    return getattr(md.treeprocessors["relpath"], "files", None) if "relpath" in md.treeprocessors else None


def first(build: Any, *said: object) -> bool:
    """Whether something is to be said: once in a build, where each page would say it again."""
    if build is None and not anew():
        return True
    told = _told if build is None else _builds.setdefault(build, set())
    known = said in told
    told.add(said)
    return not known


def where(option: str, md: Markdown | None = None) -> str:
    """``zensical.toml:7``: where an option stands, as far as that is known."""
    from .engines import home  # noqa: PLC0415 (only for a mistake)

    paths = [home(md) / "zensical.toml", home(md) / "mkdocs.yml"] if anew() else []
    if md is not None and build(md) is not None:
        config: Any = getattr(md.treeprocessors["relpath"], "config", None)
        paths = [Path(getattr(config, "config_file_path", None) or "mkdocs.yml")]
    for path in paths:
        if path.is_file():
            line = _line(path.read_text(encoding="utf-8-sig", errors="replace").splitlines(), option)
            return f"{path.name}:{line}" if line else path.name
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


def usable(given: Mapping[str, Any]) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """The options that may be used, and those that are wrong, each with what is wrong.

    Raises:
        ValueError: one is wrong, and ``on_error`` asks for it.
    """
    wrong = dict(mistakes(given))
    if wrong and given.get("on_error") == "raise":
        name = next(iter(wrong))
        raise ValueError(f"{where(name)}: {wrong[name]}")
    return {name: value for name, value in given.items() if name not in wrong and value is not None}, [*wrong.items()]


class Telling(Preprocessor):
    """Says what is wrong with the options when a page is converted: before, an engine may only try them."""

    def __init__(self, extension: SmtpCodesExtension, md: Markdown) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, lines: list[str]) -> list[str]:
        """Leave the lines as they are."""
        for text in self._texts():
            if first(build(self.md), text):
                self.extension.complain(text)
        self.extension.wrong.clear()
        return lines

    def _texts(self) -> Iterator[str]:
        for name, message in self.extension.wrong:
            yield f"{where(name, self.md)}: {message}"
