"""How much of each language there is, and which of its texts were made from an English that has changed since.

Beside the files of a language in ``words/`` lies ``made-from.json``: for each text a short hash of the English that it was made
from, and one of the text itself. Nobody writes it by hand. When a translator has changed a text, :func:`renew` notes the English
of today; a text that has not changed while its English has is stale.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from . import loading

ENGLISH = "en"
#: The kinds of texts, in the order in which a language is best translated. A reader of a page meets the first three first.
KINDS = ("labels", "names", "reasons", "pairs", "prose")
#: Fixed texts that stand in nearly every section, the most visible first; a path stands for all below it.
FIRST = (
    "classes", "verdict", "labels.next", "axes.outcome", "axes.acts", "labels.description", "labels.when_one", "labels.fix",
    "labels.fix_received", "labels.fix_sending", "labels.fix_service", "labels.facts", "labels.example", "labels", "axes",
)  # fmt: skip
_NAMES = {"name", "summary", "next"}
#: What is no translation of an English text.
_OWN = {"language", "glossary", "synonyms"}
Path_ = tuple[str, ...]


class Coverage(NamedTuple):
    """The texts of one kind in one language, as paths of keys.

    Attributes:
        lang: the language.
        kind: one of :data:`KINDS`.
        complete: those that are there and, as far as is noted, were made from the English of today.
        stale: those that were made from another English.
        missing: those that only English has.
    """

    lang: str
    kind: str
    complete: tuple[str, ...]
    stale: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def share(self) -> float:
        """The share that is there, stale or not; 1 where there is nothing to translate."""
        there, all_ = len(self.complete) + len(self.stale), sum(map(len, self[2:]))
        return there / all_ if all_ else 1.0


def coverage(
    lang: str, words: Mapping[str, Any], english: Mapping[str, Any], made_from: Mapping[str, list[str]]
) -> list[Coverage]:
    """The texts of a language by kind.

    Args:
        lang: the language.
        words: its words.
        english: the English words.
        made_from: what is noted of its texts. A text of which nothing is noted, such as a site's own, is never stale.
    """
    found: dict[str, tuple[list[str], list[str], list[str]]] = {kind: ([], [], []) for kind in KINDS}
    for path, text in texts(words):
        key = ".".join(path)
        source, own = made_from.get(key, ("", ""))
        stale = own == _hash(text) and source != _english(english, path)
        found[_kind(path)][stale].append(key)
    for path, _ in texts(english):
        if not _has(words, path):
            found[_kind(path)][2].append(".".join(path))
    return [Coverage(lang, kind, *map(tuple, found[kind])) for kind in KINDS]


def seen(path: str) -> int:
    """The place of a text in the order in which readers meet them; texts of one place keep their own order."""
    return next((place for place, first in enumerate(FIRST) if f"{path}.".startswith(f"{first}.")), len(FIRST))


def renew(
    words: Mapping[str, Any],
    english: Mapping[str, Any],
    made_from: Mapping[str, list[str]],
    named: Collection[str] = (),
) -> dict[str, list[str]]:
    """What is to be noted of a language's texts.

    Args:
        words: its words.
        english: the English words.
        made_from: what was noted of them.
        named: paths of texts that say what the English of today says, although they have not changed (``all`` for each).
    """
    noted = {}
    for path, text in texts(words):
        key, source, own = ".".join(path), _english(english, path), _hash(text)
        if source:
            before = made_from.get(key)
            changed = before is None or before[1] != own or key in named or "all" in named
            noted[key] = [source, own] if changed or before is None else before
    return noted


def write(lang: str, named: Collection[str] = ()) -> None:
    """Note from which English the texts of a language of the package were made, as :func:`renew` finds it."""
    noted = renew(loading.words(lang), loading.words(ENGLISH), loading.made_from(lang), named)
    lines = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in sorted(noted.items())]
    loading.made_from_file(lang).write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def texts(words: Mapping[str, Any]) -> Iterator[tuple[Path_, str]]:
    """Each text that is or could be a translation, with the path to it."""
    for key, value in words.items():
        if key not in _OWN:
            yield from _texts(value, (key,))


def _texts(value: Any, path: Path_) -> Iterator[tuple[Path_, str]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _texts(item, (*path, str(key)))
    elif isinstance(value, str):
        yield path, value


def _kind(path: Path_) -> str:
    if path[0] in {"codes", "sent"}:
        return "names" if path[2] in _NAMES else "prose"
    if path[0] == "told":
        return "prose"
    # What is said of a sender is as long as what is said of a reason, and stands on a page like it.
    return path[0] if path[0] in KINDS else "reasons" if path[0] == "senders" else "labels"


def _hash(text: str) -> str:
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:8]


def _english(english: Mapping[str, Any], path: Path_) -> str:
    """A hash of the English under a path: the text, or that of all classes where a translation tells them at once."""
    found: Any = english
    for key in path:
        if isinstance(found, str):
            break
        found = found.get(key) if isinstance(found, Mapping) else None
    if found is None:
        return ""
    return _hash(found if isinstance(found, str) else json.dumps(found, sort_keys=True))


def _has(words: Mapping[str, Any], path: Path_) -> bool:
    """Whether a language has the text of a path, at once or by class."""
    found: Any = words
    for key in path:
        if isinstance(found, str):
            return True
        found = found.get(key) if isinstance(found, Mapping) else None
    return found is not None
