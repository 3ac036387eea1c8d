"""Reading the files of ``facts/`` and ``words/``.

People edit YAML; reading it costs more than all the rest of a small build. So the package carries the same data as JSON,
written when it is built (`hatch_build.py`), and read only as far as needed: the facts, the languages in use, and of their words
those that a page asks for. In a checkout whose YAML is newer than what was prepared, the YAML is read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent.parent
PREPARED = HERE / "prepared"
#: Seconds.
SLACK = 10
_PATTERNS = "patterns.yml"
_CONTEXTS = "contexts.yml"
_JSON = json.JSONDecoder()
Data = dict[str, Any]


def facts() -> Mapping[str, Any]:
    """All facts but those that recognise replies and codes in prose, by the top-level keys of the files."""
    return _opened("facts", _fact_files())


def replies() -> Data:
    """What recognises replies: replies on record, their senders, general patterns. Read only where a reply is explained."""
    return _read("replies", _reply_files())


def senders() -> Data:
    """All senders, and of their replies those whose code the registry gives another meaning: every section asks for them."""
    return _read("senders", _reply_files(), _senders)


def contexts() -> Data:
    """The words beside which a number in prose is a code. Read only where codes in prose are looked for."""
    data: Data = _read("contexts", _context_files())["contexts"]
    return data


def languages() -> list[str]:
    """The languages that have words: a file each, or a folder of files that are read as one."""
    return sorted(p.stem for p in (HERE / "words").iterdir() if p.is_dir() or p.suffix == ".yml")


def words(lang: str) -> Data:
    """The words of a language."""
    return {key: dict(value) for key, value in unread_words(lang).items()}


def unread_words(lang: str) -> Mapping[str, Mapping[str, Any]]:
    """The words of a language, each entry read when it is first asked for."""
    return _opened(f"words-{lang}", _word_files(lang))


def made_from_file(lang: str) -> Path:
    """Where it is noted from which English the texts of a language were made (see ``coverage``)."""
    return HERE / "words" / lang / "made-from.json"


def made_from(lang: str) -> dict[str, list[str]]:
    """What is noted there; empty where nothing is."""
    path = made_from_file(lang)
    noted: dict[str, list[str]] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return noted


def prepare() -> None:
    """Write what the package carries: the size of the files that it was made of, and below it the data."""
    PREPARED.mkdir(exist_ok=True)
    sources = {"replies": (_reply_files(), _merged), "senders": (_reply_files(), _senders)}
    sources |= {"contexts": (_context_files(), _merged)}
    for name, (files, made) in sources.items():
        _write(name, files, _json(made(files)))
    for name, files in {"facts": _fact_files(), **{f"words-{lang}": _word_files(lang) for lang in languages()}}.items():
        _write(name, files, _placed(_merged(files)))


def _placed(data: Data) -> str:
    """Data as a line that says where the JSON of each entry begins and ends in the next, and that; lists stand there whole."""
    places: Data = {}
    told: list[bytes] = []
    end = 0
    for top, below in data.items():
        places[top] = {} if isinstance(below, dict) else below
        for key, value in below.items() if isinstance(below, dict) else ():
            told.append(_json(value).encode())
            begin, end = end, end + len(told[-1])
            places[top][key] = begin, end
    return f"{_json(places)}\n{b''.join(told).decode()}"


def _write(name: str, files: list[Path], text: str) -> None:
    size = sum(file.stat().st_size for file in files)
    (PREPARED / f"{name}.txt").write_text(f"{size}\n{text}", encoding="utf-8")


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def read_yaml(text: str) -> Any:
    """YAML as plain values; no tag builds anything else. Keys become strings, so that ``550`` and ``'550'`` are one."""
    import yaml  # noqa: PLC0415 (only where the prepared data is not used)

    # The loader in C reads ten times as fast.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return None
        keep_paragraphs(node)
        return plain(loader.construct_document(node))
    finally:
        loader.dispose()


def keep_paragraphs(root: Any) -> None:
    """Keep blank lines in folded texts (``>-``), where YAML leaves a single line break for one."""
    todo = [root]
    while todo:
        node = todo.pop()
        if node.id == "scalar" and node.style == ">":
            node.value = node.value.replace("\n", "\n\n")
        elif node.id == "sequence":
            todo += node.value
        elif node.id == "mapping":
            todo += [value for _, value in node.value]


def _fact_files() -> list[Path]:
    return [path for path in sorted((HERE / "facts").glob("*.yml")) if path.name not in {_PATTERNS, _CONTEXTS}]


def _context_files() -> list[Path]:
    return sorted((HERE / "facts").glob(_CONTEXTS))


def _reply_files() -> list[Path]:
    return [*sorted((HERE / "facts").glob(_PATTERNS)), *sorted((HERE / "facts" / "replies").glob("*.yml"))]


def _word_files(lang: str) -> list[Path]:
    folder = HERE / "words" / lang
    return sorted(folder.glob("*.yml")) if folder.is_dir() else [folder.with_suffix(".yml")]


def _read(name: str, files: list[Path], made: Callable[[list[Path]], Data] | None = None) -> Data:
    """What was prepared of files, or else what is ``made`` of them."""
    prepared = _prepared(name, files)
    data: Data = (made or _merged)(files) if prepared is None else json.loads(prepared)
    return data


def _opened(name: str, files: list[Path]) -> Mapping[str, Any]:
    """What was prepared of files, each entry read when it is first asked for, or else what the files hold."""
    prepared = _prepared(name, files)
    if prepared is None:
        return _merged(files)
    places, _, data = prepared.partition(b"\n")
    found = json.loads(places).items()
    return {top: Unread(data, below) if isinstance(below, dict) else below for top, below in found}


def _prepared(name: str, files: list[Path]) -> bytes | None:
    """What was prepared of files; None where that is not there or not of today."""
    path = PREPARED / f"{name}.txt"
    try:
        written = path.stat().st_mtime
    except OSError:
        return None
    found = [file.stat() for file in files]
    # This module is looked at too, because it decides what is prepared. Installing a wheel writes its files one after the
    # other, so that any of them may be a moment younger than what was prepared.
    if max(status.st_mtime for status in [*found, Path(__file__).stat()]) > written + SLACK:
        return None
    size, _, data = path.read_bytes().partition(b"\n")
    return data if int(size) == sum(status.st_size for status in found) else None


def _merged(files: list[Path]) -> Data:
    merged: Data = {}
    for path in files:
        for key, value in (read_yaml(path.read_text(encoding="utf-8")) or {}).items():
            if isinstance(value, dict) and isinstance(merged.get(key), dict):
                merged[key].update(value)
            else:
                merged[key] = value
    return merged


def _senders(files: list[Path]) -> Data:
    merged = _merged(files)
    replies = {
        sender: [row for row in rows if row.get("differs")] for sender, rows in merged.get("replies", {}).items()
    }
    return {"senders": merged.get("senders", {}), "replies": {sender: rows for sender, rows in replies.items() if rows}}


def plain(value: Any) -> Any:
    """Values as JSON has them: keys are strings, and so are dates."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


class Unread(Mapping[str, Any]):
    """A mapping whose values stay JSON until each is asked for: of hundreds of codes a page needs two."""

    def __init__(self, data: bytes, places: Mapping[str, tuple[int, int]]) -> None:
        self._data = data
        self._places = places
        self._read: Data = {}

    def __getitem__(self, key: str) -> Any:
        if key not in self._read:
            begin, end = self._places[key]
            # Less than `json.loads` does for each of so many.
            self._read[key], _ = _JSON.raw_decode(self._data[begin:end].decode())
        return self._read[key]

    def __contains__(self, key: object) -> bool:
        return key in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


class LazyWords(Mapping[str, Mapping[str, Any]]):
    """The words by language, each language read when it is first asked for."""

    def __init__(self) -> None:
        self._languages = languages()
        self._read: dict[str, Mapping[str, Any]] = {}

    def __getitem__(self, lang: str) -> Mapping[str, Any]:
        if lang not in self._languages:
            raise KeyError(lang)
        if lang not in self._read:
            self._read[lang] = unread_words(lang)
        return self._read[lang]

    def __iter__(self) -> Iterator[str]:
        return iter(self._languages)

    def __len__(self) -> int:
        return len(self._languages)
