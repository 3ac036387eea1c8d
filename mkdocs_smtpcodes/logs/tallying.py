"""Refusals counted by reason, code, sender and direction. However long a log is, the memory that this takes is bounded."""

# Annotations are no strings in this module: a NamedTuple compiles those that are, which takes most of its time.

from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ..recognition import Explanation, recognise
from .blanking import Blanker
from .forms import Direction, Refusal, refusal

#: So many texts are remembered with what they were recognised as; the one that was met longest ago is forgotten first.
REMEMBERED = 8192
#: So many different rows are counted each for itself. A log with more is no log of a mail server but an attack on this one.
MOST = 50_000


class Kind(NamedTuple):
    """What refusals are counted by.

    Attributes:
        direction: who refused whom.
        code: the reply code, the enhanced code or both; "" where there was none.
        reason: a key of the reasons, "" where none was recognised.
        sender: whose words they are, a key of the senders; "" where nothing shows it.
        own: whether the reply is one that the site itself has on record.
    """

    direction: Direction
    code: str
    reason: str
    sender: str
    own: bool = False


class Counted(NamedTuple):
    """A kind of refusals, how often it was met, and the text of the first."""

    kind: Kind
    times: int
    text: str


class Tally:
    """Counts the refusals in lines of logs.

    Attributes:
        lines: how many lines were read.
        refusals: how many of them told of a refusal.
        left_out: how many refusals were counted no more, since there were too many kinds of them.
    """

    def __init__(self, rules: dict[str, Any], own: Mapping[str, int] | None = None) -> None:
        """Begin with nothing counted.

        Args:
            rules: the compiled rules of the recognition.
            own: for each sender, how many of the first replies on record are the site's own.
        """
        self.lines = self.refusals = self.left_out = 0
        self._rules = rules
        self._own = own or {}
        self._blanker = Blanker(rules)
        self._known: OrderedDict[tuple[Direction, str], Kind] = OrderedDict()
        self._counts: Counter[Kind] = Counter()
        self._texts: dict[Kind, str] = {}

    def add(self, lines: Iterable[bytes]) -> None:
        """Count the refusals in some lines."""
        number = 0
        for line in lines:
            number += 1
            if found := refusal(line):
                self._count(found)
        self.lines += number

    def _count(self, found: Refusal) -> None:
        key = (found.direction, self._blanker.key(found.text))
        kind = self._known.get(key)
        if kind is None:
            if len(self._known) == REMEMBERED:
                self._known.popitem(last=False)
            kind = self._known[key] = self._kind(found)
        else:
            self._known.move_to_end(key)
        if not _refuses(kind):
            return
        self.refusals += found.times
        if kind not in self._counts:
            if len(self._counts) == MOST:
                self.left_out += found.times
                return
            self._texts[kind] = found.text
        self._counts[kind] += found.times

    def _kind(self, found: Refusal) -> Kind:
        told = recognise(found.text, self._rules)
        return Kind(found.direction, told.code, told.reason, told.sender, self._is_own(told))

    def _is_own(self, told: Explanation) -> bool:
        return told.certainty == "known" and 0 <= told.row < self._own.get(told.sender, 0)

    def counted(self) -> Iterator[Counted]:
        """What was counted, the commonest first; of what is as common, refused for good first."""
        for kind, times in sorted(self._counts.items(), key=_worst_first):
            yield Counted(kind, times, self._texts[kind])


def _refuses(kind: Kind) -> bool:
    """Whether it is a refusal at all: a code of success in a line about one is the end of another reply."""
    return kind.code[:1] in {"", "4", "5"} and bool(kind.code or kind.reason)


def _worst_first(item: tuple[Kind, int]) -> tuple[int, bool, Kind]:
    kind, times = item
    return (-times, kind.code[:1] != "5", kind)
