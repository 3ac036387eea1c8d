"""Which files `check` reads: the Markdown pages of a folder, without those that are nobody's text."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from pathspec import GitIgnoreSpec

#: What MkDocs takes for a page.
SUFFIXES = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
#: Folders of other people's text, whether or not a .gitignore says so.
_FOREIGN = {"node_modules", "__pycache__", "site-packages"}
#: What tells a folder that a tool has filled: a virtual environment, a cache.
_FILLED = ("pyvenv.cfg", "CACHEDIR.TAG")

Rules = list[tuple[Path, GitIgnoreSpec]]


def pages(
    paths: Sequence[Path], docs: Path | None = None, excluded: str = "", suffixes: Sequence[str] = SUFFIXES
) -> Iterator[Path]:
    """The pages that paths name, each once: files as they are, folders with the pages in them.

    Args:
        paths: files and folders.
        docs: the folder of the site's pages.
        excluded: the patterns of those that the site does not build (``exclude_docs`` of MkDocs).
        suffixes: how the names of those in folders end.
    """
    own: Rules = [(docs.resolve(), _spec(excluded))] if docs and excluded else []
    seen: set[Path] = set()
    for path in paths:
        for page in _in_folder(path, [*_above(path), *own], set(), tuple(suffixes)) if path.is_dir() else [path]:
            if page.resolve() not in seen:
                seen.add(page.resolve())
                yield page


def _in_folder(folder: Path, rules: Rules, within: set[Path], suffixes: tuple[str, ...]) -> Iterator[Path]:
    here = folder.resolve()
    if here in within:
        return  # a link to a folder that it is in
    try:
        rules = [*rules, *_rules(here)]
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        yield folder  # whoever reads it says why it cannot be read
        return
    for entry in entries:
        path = folder / entry.name
        if entry.name.startswith("."):
            continue
        if _is_folder(entry):
            if not (entry.name in _FOREIGN or _is_filled(path) or _ignored(here / entry.name, rules, folder=True)):
                yield from _in_folder(path, rules, within | {here}, suffixes)
        elif path.suffix.lower() in suffixes and not _ignored(here / entry.name, rules):
            yield path


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to what nobody may see
        return False


def _is_filled(folder: Path) -> bool:
    return any(os.path.isfile(folder / name) for name in _FILLED)


def _above(path: Path) -> Rules:
    """The rules of the .gitignore files above a folder: as far as its repository reaches, or to the current folder where there
    is none. If they ignore the folder itself, they do not count, since it is named all the same."""
    here, current = path.resolve(), Path.cwd()
    folders = [here, *here.parents]
    last = next((folder for folder in folders if (folder / ".git").exists()), current)
    if last not in folders:
        return []
    above = folders[1 : folders.index(last) + 1][::-1]
    rules = [rule for folder in above for rule in _rules(folder)]
    return [] if any(_ignored(folder, rules, folder=True) for folder in (*above, here)) else rules


def _rules(folder: Path) -> Rules:
    try:
        text = (folder / ".gitignore").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return [(folder, _spec(text))]


def _spec(text: str) -> GitIgnoreSpec:
    """The patterns of a text; git passes over what is none."""
    patterns = GitIgnoreSpec([])
    for line in text.splitlines():
        try:
            patterns += GitIgnoreSpec.from_lines([line])
        except ValueError:
            continue
    return patterns


def _ignored(path: Path, rules: Rules, *, folder: bool = False) -> bool:
    """Whether the last rule that knows a path leaves it out: rules of a folder below win over those above."""
    for base, spec in reversed(rules):
        if path.is_relative_to(base) and path != base:
            name = path.relative_to(base).as_posix()
            found = spec.check_file(f"{name}/" if folder else name).include
            if found is not None:
                return found
    return False
