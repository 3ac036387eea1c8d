"""What a dataset hands out: immutable values, typed for whoever uses them."""

# Annotations are no strings in this module: a NamedTuple compiles those that are, which takes most of its time.

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ..codes import Code, Reply
from ..suggestions import did_you_mean


class Value(NamedTuple):
    """A value of an axis, and the commands for which it holds (all, when there are none)."""

    value: str
    at: tuple[str, ...] = ()


class Answer(NamedTuple):
    """That a code answers a command, and the RFC section that says so.

    Attributes:
        at: the command, as a key of ``facts/commands.yml``.
        source: the RFC section.
        needs: the parameter or extension that has to be in use.
        after: what has to have happened before, so that it is no answer of this command in itself.
        excepted: for ``ANY``, the commands that are left out.
        seen: the senders on record who answer it so, where no standard does.
    """

    at: str
    source: str
    needs: str = ""
    after: str = ""
    excepted: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()


class Profile(NamedTuple):
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
        beyond: whether servers on record send it to other commands than those of ``answers`` too.
        undecided: whether the class does not tell if the message is given up.
        by_services: whether services alone send it: nobody who reads it runs such a server, so what stands under "sending" is
            for whoever administers an organisation.
    """

    code: Code
    status: str
    text: str = ""
    sources: tuple[str, ...] = ()
    url: str = ""
    answers: tuple[Answer, ...] = ()
    axes: Mapping[str, tuple[Value, ...]] = {}
    partners: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    beyond: bool = False
    undecided: bool = False
    by_services: bool = False

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


class Text(NamedTuple):
    """A text and the language that it is really written in (English, where a translation is missing)."""

    text: str
    lang: str

    def __bool__(self) -> bool:
        return bool(self.text)


class Entry(NamedTuple):
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


class Sender(NamedTuple):
    """A server software or a service whose replies are on record.

    Attributes:
        id: its key.
        name: its proper name, the same in every language.
        kind: ``service`` or ``software``.
        hosts: the domains of a service's mail hosts.
        marks: literals in a text that give it away.
        documentation: its own page about its replies, or "".
    """

    id: str
    name: str
    kind: str
    hosts: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    documentation: str = ""


class Row(NamedTuple):
    """A reply on record: what a sender writes, and why.

    Attributes:
        sender: who writes it, a key of the senders.
        number: its place among the rows of its sender.
        reason: why, a key of the reasons.
        codes: the codes that it comes with; none where any may come. The last number may be a range (``5.7.606-649``).
        text: the literal by which it is recognised, with ``{name}`` for its variable parts; or "".
        tag: a token that identifies it alone, or "".
        setting: the setting or component of a software that emits it, or "".
        default: that setting's default, or "".
        help: the address of the help page that the reply carries, or "".
        differs: whether the registry gives the code another meaning.
        met: ``often`` or ``rarely`` where its sender gives it oftener or seldomer than its others, else "".
        source: where it is documented.
        date: when that was seen, as YYYY-MM-DD.
        told: under which key its sender has words of its own for it, or "".
        acts: who has to act, where that differs from the reason; or "".
        retry: whether the same message helps, where that differs from the reason; or "".
    """

    sender: str
    number: int
    reason: str
    codes: tuple[str, ...] = ()
    text: str = ""
    tag: str = ""
    setting: str = ""
    default: str = ""
    help: str = ""
    differs: bool = False
    source: str = ""
    date: str = ""
    met: str = ""
    told: str = ""
    acts: str = ""
    retry: str = ""

    @property
    def seldom(self) -> int:
        """How seldom its sender gives it, for an order: 0 for often, 2 for rarely."""
        return ("often", "", "rarely").index(self.met)


class Reason(NamedTuple):
    """Why a server answers as it does.

    Attributes:
        id: its key.
        group: the group that it belongs to.
        acts: who has to act.
        retry: whether and when the same message sent again helps.
        codes: the codes that it usually comes with, the commonest first.
        elsewhere: its names in other vocabularies.
        sources: RFC sections and pages.
        met: how often people meet it: ``often``, ``sometimes`` or ``rarely``.
        acts_with: who has to act instead, by enhanced code or class digit of the reply.
    """

    id: str
    group: str = ""
    acts: str = ""
    retry: str = ""
    codes: tuple[str, ...] = ()
    elsewhere: Mapping[str, tuple[str, ...]] = {}
    sources: tuple[str, ...] = ()
    met: str = "sometimes"
    acts_with: Mapping[str, str] = {}

    def acts_for(self, code: Code) -> str:
        """Who has to act where the reply has this code."""
        told = code.enhanced if isinstance(code, Reply) else code
        return self.acts_with.get(str(told)) or self.acts_with.get(str(code.class_digit)) or self.acts


class UnknownCode(KeyError):
    """A code that no standard, registry, list or site file knows; ``near`` are codes that may have been meant."""

    def __init__(self, code: str, near: Sequence[str]) -> None:
        super().__init__(code)
        self.code = code
        self.near = tuple(near)

    @property
    def is_none(self) -> bool:
        """Whether nothing could make a reply of it, not even a site."""
        return self.code[:1] in set("016789") and self.code.isdecimal()

    @property
    def message(self) -> str:
        """What is wrong, and what would be right, in a sentence without its end."""
        if self.is_none:
            return f"{self.code} is not a known code; no reply begins with {self.code[0]}, so write one such as 550"
        own = "a code of your own is described in data_files"
        near = did_you_mean(self.near)
        return f"{self.code} is not a known code{near}{f' {own.capitalize()}' if near else f'; {own}'}"


class LeftOut(UnknownCode):
    """What a site describes, and what could not be used for a mistake that has its own message: a code, reason or sender.

    Attributes:
        place: the file, with the line where it is known.
    """

    def __init__(self, code: str, place: str) -> None:
        super().__init__(code, ())
        self.place = place

    @property
    def message(self) -> str:
        return f"{self.code or 'what it asks for'} is left out for the mistake in {self.place}"
