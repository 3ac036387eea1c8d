"""Facts and words, read once and handed out as immutable entries.

A :class:`Dataset` answers what is true of a code (:meth:`Dataset.profile`), and what is said of it in a language
(:meth:`Dataset.entry`). It knows no HTML and no MkDocs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from ..suggestions import plain_name
from . import loading
from .dataset import DEFAULT_LANGUAGE, Dataset
from .explaining import explain
from .model import Answer, Entry, LeftOut, Profile, Reason, Row, Sender, Text, UnknownCode, Value
from .profiles import VALUE_AXES
from .replies import package_senders
from .texts import Words

__all__ = [
    "DEFAULT_LANGUAGE", "VALUE_AXES", "Answer", "Dataset", "Entry", "LeftOut", "Profile", "Reason", "Row", "Sender", "Text",
    "UnknownCode", "Value", "Words", "explain", "load_dataset",
]  # fmt: skip


@cache
def _package_data() -> tuple[Mapping[str, Any], Mapping[str, Mapping[str, Any]]]:
    return loading.facts(), loading.LazyWords()


@cache
def _package_dataset() -> Dataset:
    return Dataset(*_package_data())


def load_dataset(files: Sequence[str | Path] = (), folder: str | Path = ".") -> Dataset:
    """The dataset of the package, with a site's files layered over it.

    Args:
        files: YAML files, later ones winning; relative paths start from ``folder``.
        folder: usually that of the configuration file.

    Returns:
        A dataset whose ``mistakes`` name everything in the files that could not be used.
    """
    if not files:
        return _package_dataset()
    from . import code_checks, datafile, layering  # noqa: PLC0415 (only sites with files of their own pay for it)

    facts, words = _package_data()
    layers = [datafile.read_layer(Path(folder, file), str(file)) for file in files]
    recognised = any(kind in layer.data for layer in layers for kind in ("senders", "replies"))
    recognised = recognised or any("seen" in layer.source for layer in layers)
    languages = (spoken for layer in layers for spoken in layer.data.get("words", {}).values())
    recognised = recognised or any({"senders", "reasons", "told"} & set(spoken) for spoken in languages)
    senders = package_senders().get("senders", {}) if recognised else {}
    code_checks.check(layers, {**facts, "senders": senders}, words[DEFAULT_LANGUAGE])
    layered = layering.layered_facts({**facts, "senders": senders}, layers)
    dataset = Dataset(layered, layering.LayeredWords(words, layers))
    spoken = dict.fromkeys(lang for layer in layers for lang in layer.data.get("words", {}))
    dataset.spoken = tuple(lang for lang in spoken if lang != DEFAULT_LANGUAGE)
    dataset.mistakes = tuple(mistake for layer in layers for mistake in layer.in_order())
    # Of the items of a list, such as the replies of a sender, it is enough that one is missing.
    dataset.left_out = {
        (str(path[0]), plain_name(path[1]) if path[1:] else ""): place
        for layer in reversed(layers)
        for path, place in layer.left_out.items()
        if 0 < len(path) < 3 or path[:1] == ("replies",)
    }
    dataset.page_links = tuple(link for layer in layers for link in layer.page_links())
    dataset.unread = tuple(layer.name for layer in layers if layer.unread)
    return dataset
