"""Which replies a built site explains, from the codes that it publishes (``export: json``)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from ..dataset import Dataset
    from ..logs import Kind

#: What the site says itself of a reply, without a page that shows it.
OWN = "the site's data"
REASON = "the reason"


class Unusable(Exception):
    """A file that is no export; the message says why."""


class Told(NamedTuple):
    """What explains a reply: a code, the reason, the site's data, or nothing; where, by language; 0 for the worst."""

    by: str
    pages: Mapping[str, str]
    weight: int


_NOTHING = Told("", {}, 0)


class Explained:
    """What a site explains."""

    def __init__(self, codes: Mapping[str, Any], reasons: Mapping[str, Any], own: frozenset[str]) -> None:
        self._codes = codes
        self._reasons = reasons
        self._own = own
        self._ids: dict[str, str] = {}
        for key, told in codes.items():
            if "reply" in told:
                self._ids.setdefault(str(told["reply"]), key)

    @classmethod
    def read(cls, path: Path, dataset: Dataset) -> Explained:
        """What a site has published.

        Args:
            path: its ``codes.json``.
            dataset: the codes, with the data files of the site if they are known.

        Raises:
            Unusable: it is none.
        """
        from ..dataset import load_dataset  # noqa: PLC0415

        try:
            told = json.loads(path.read_text(encoding="utf-8"))
            if told["format"] != 1:
                raise Unusable(f"{path.as_posix()}: format {told['format']} is not known; update mkdocs-smtpcodes")
            return cls(
                dict(told["codes"]),
                dict(told.get("reasons", {})),
                frozenset(dataset.reasons.keys() - load_dataset().reasons),
            )
        except OSError as error:
            raise Unusable(f"{path.as_posix()}: this cannot be read: {error.strerror}") from None
        except (ValueError, KeyError, TypeError, RecursionError):
            message = "this is not what a build with export: json writes; expected codes.json"
            raise Unusable(f"{path.as_posix()}: {message}") from None

    def of(self, kind: Kind) -> Told:
        """What explains a kind of replies: the most exact of what there is. A reply code alone says little, so it comes last."""
        basic, _, enhanced = kind.code.partition(" ")
        whole = [kind.code, *([enhanced] if enhanced else [])]
        for key in (*(self._ids[key] for key in whole if key in self._ids), *whole):
            if key != basic or "." in key:
                if pages := self._codes.get(key, {}).get("pages"):
                    return Told(key, pages, 2)
                if self._codes.get(key, {}).get("status") == "site":
                    return Told(key, {}, 2)
        if pages := self._reasons.get(kind.reason, {}).get("pages"):
            return Told(REASON, pages, 2)
        if kind.own or kind.reason in self._own:
            return Told(OWN, {}, 2)
        if pages := self._codes.get(basic, {}).get("pages"):
            return Told(basic, pages, 1)
        return _NOTHING
