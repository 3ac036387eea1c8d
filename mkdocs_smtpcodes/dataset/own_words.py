"""The words of what a site adds: they may stand in any language, and one has all that is needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .datafile import Layer

ENGLISH = "en"
_NEEDED = ("name", "summary")


class OwnWords:
    """Which texts the files of a site have of something, by language."""

    def __init__(self, layers: Sequence[Layer], kind: str, called: Callable[[str], str] = str) -> None:
        """
        Args:
            layers: all files of a site.
            kind: ``codes`` or ``reasons``.
            called: gives the one name of what may be written in several ways.
        """
        self._layers, self._kind, self._called = layers, kind, called
        self._written: dict[str, dict[str, set[str]]] = {}
        self._spoken: dict[str, None] = {}
        for layer in layers:
            for lang, words in layer.data.get("words", {}).items():
                self._spoken[lang] = None
                for key, texts in words.get(kind, {}).items():
                    there = self._written.setdefault(called(key), {}).setdefault(lang, set())
                    there.update(name for name, text in (texts or {}).items() if text)

    def missing(self, key: str) -> str:
        """The message about what a new entry lacks; "" where it has its words, or lost them to another mistake.

        Where English says anything of it, English says all that is needed: readers of other languages are shown that.
        """
        written = self._written.get(self._called(key), {})
        spoken = [ENGLISH, *self._spoken] if ENGLISH in self._spoken else [*self._spoken, ENGLISH]
        lang = ENGLISH if ENGLISH in written else max(written or spoken[:1], key=lambda one: len(written.get(one, ())))
        lacking = [name for name in _NEEDED if name not in written.get(lang, ())]
        if not lacking or any(
            layer.is_left_out("words", one, self._kind, key, lacking[0]) for layer in self._layers for one in spoken
        ):
            return ""
        other = "" if written else ", or the same in the language of the site"
        return f"words are missing: words.{lang}.{self._kind}.{key}.{' and '.join(lacking)}{other}"
