"""The key of a sender, from what a writer calls it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..suggestions import close

if TYPE_CHECKING:
    from .dataset import Dataset


def sender_of(name: str, dataset: Dataset) -> str:
    """The key of the sender that a text names by its key or its name, whatever their case and signs; "" where none has them."""
    plain = _plain(name)
    if name in dataset.senders:
        return name
    return next((key for key, sender in dataset.senders.items() if plain in {_plain(key), _plain(sender.name)}), "")


def sender_meant(name: str, dataset: Dataset) -> str:
    """The key of the sender that was probably meant: by its host, by what people call it, with a slip; "" where none is near."""
    if key := sender_of(name, dataset):
        return key
    plain = _plain(name)
    for called in (plain, re.sub(r"(?:com|net|org)$", "", plain)):
        if dataset.called.get(called) in dataset.senders:
            return dataset.called[called]
    for key, sender in dataset.senders.items():
        if any(name.casefold() == host or name.casefold().endswith(f".{host}") for host in sender.hosts):
            return key
    # A name that shares its end with another, as sendgrid does with sendmail, is that of somebody else.
    written = name.casefold().removeprefix("smtp-sender-")
    if near := close(written, dataset.senders, 0.72) or close(written.partition(".")[0], dataset.senders, 0.72):
        return near
    return dataset.called.get(close(plain, dataset.called, 0.8), "")


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()
