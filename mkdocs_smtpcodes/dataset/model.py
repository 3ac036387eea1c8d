"""What a dataset hands out: immutable values, typed for whoever uses them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..codes import Code


@dataclass(frozen=True, slots=True)
class Value:
    """A value of an axis, and the commands for which it holds (all, when there are none)."""

    value: str
    at: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """That a code answers a command, and the RFC section that says so.

    Attributes:
        at: the command, as a key of ``facts/commands.yml``.
        source: the RFC section.
        needs: the parameter or extension that has to be in use.
        after: what has to have happened before, so that it is no answer of this command in itself.
        excepted: for ``ANY``, the commands that are left out.
    """

    at: str
    source: str
    needs: str = ""
    after: str = ""
    excepted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """What is true of a code in every language.

    Attributes:
        code: the code as asked for.
        status: ``standard``, ``experimental``, ``historic``, ``registered``, ``observed``, ``folklore``,
            ``unregistered`` or ``site``.
        text: the standard's own short text, or "".
        sources: the defining RFC section first, then others that use the code.
        url: a page about it that a site names, or "".
        answers: the commands that the code can answer.
        axes: for each axis that is set, its values.
        partners: the enhanced codes that the registry lists with a basic code, or the basic codes with an enhanced one.
        notes: keys of notes that the reader must see (``class_conflict``, ``unregistered`` …).
    """

    code: Code
    status: str
    text: str = ""
    sources: tuple[str, ...] = ()
    url: str = ""
    answers: tuple[Answer, ...] = ()
    axes: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    partners: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return str(self.code)

    @property
    def places(self) -> tuple[str, ...]:
        """The commands that the code answers by itself; ``ANY`` alone where it can answer any."""
        places = tuple(dict.fromkeys(answer.at for answer in self.answers if not answer.after))
        return ("ANY",) if "ANY" in places else places

    @property
    def excepted(self) -> tuple[str, ...]:
        """What ``ANY`` leaves out, whatever the reason for the reply."""
        lists = [answer.excepted for answer in self.answers if answer.at == "ANY" and not answer.after]
        return tuple(at for at in lists[0] if all(at in excepted for excepted in lists)) if lists else ()


@dataclass(frozen=True, slots=True)
class Text:
    """A text and the language that it is really written in (English, where a translation is missing)."""

    text: str
    lang: str

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class Entry:
    """What is said of a code in a language. Each field is a text in inline Markdown; ``name`` and ``summary`` are plain."""

    profile: Profile
    name: Text
    summary: Text
    description: Text
    when: Text
    next: Text
    fix_received: Text
    fix_sending: Text
    choose_received: Text
    choose_sending: Text
    distinct: Text

    @property
    def code(self) -> Code:
        return self.profile.code

    @property
    def key(self) -> str:
        return str(self.profile.code)


class UnknownCode(KeyError):
    """A code that no standard, registry, list or site file knows; ``near`` are codes that may have been meant."""

    def __init__(self, code: str, near: Sequence[str]) -> None:
        super().__init__(code)
        self.code = code
        self.near = tuple(near)
