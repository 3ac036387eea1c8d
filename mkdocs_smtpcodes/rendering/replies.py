"""Replies on record, said in the sentences of one language: by the code of an entry, by sender, by reason."""

# Annotations are no strings in this module: a NamedTuple compiles those that are, which takes most of its time.

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from markupsafe import Markup, escape

from ..codes import BasicCode, Code, EnhancedCode, Reply
from ..dataset.model import Row, Text
from ..dataset.sender_meanings import invented, meant
from ..dataset.texts import fill, sent_texts
from . import prose
from .links import ATTRIBUTE
from .picking import MET, by_turns, shown, telling, varied

if TYPE_CHECKING:
    from ..dataset import Entry
    from ..recognition import Explanation
    from .speaker import Speaker

#: How many replies on record an entry lists for each reason.
MOST_ROWS = 4
#: What a reason weighs in the order of an entry beside the senders who give it; ``policy`` says least, and comes late.
OFTEN = {"often": 40.0, "sometimes": 6.0, "rarely": -10.0}
#: Years after which what was seen of a reply says little about today.
AGED = 10
_URL = re.compile(r"https?://\S+")


class ToldRow(NamedTuple):
    """A reply on record as a reader sees it."""

    sender: Markup
    codes: Markup
    text: str
    tag: str
    #: What it means, where neither words nor a tag of it are on record.
    meaning: Text
    #: The year, where it was seen long ago.
    year: str
    reason: Markup
    setting: str
    default: Markup
    help: str
    source: Markup


class Branch(NamedTuple):
    """What a code means for one reason: if the text says this, it is that, and this is to be done."""

    key: str
    name: Text
    link: Markup
    texts: tuple[str, ...]
    do: Text
    senders: str
    rows: tuple[ToldRow, ...]
    received: Text
    sending: Text


class Replies:
    """Tells replies on record with the words of a speaker."""

    def __init__(self, speaker: "Speaker") -> None:
        self.speaker = speaker
        self.words = speaker.words
        self.dataset = speaker.dataset

    def reason(self, key: str, part: str) -> Text:
        """A text of a reason: name, summary, received, sending or recognise."""
        return self.words.get("reasons", key, part)

    def next(self, key: str) -> Text:
        """What to do next: the first paragraph for the one who received the reply."""
        text = self.reason(key, "received")
        return Text(text.text.strip().split("\n\n", 1)[0], text.lang)

    def rest(self, key: str, found: "Explanation | None" = None, whole: str = "", *, over: bool = False) -> Text:
        """What follows the next step; of a reply that was explained without the cases that are none of its.

        Where the sender says whom to ask, nobody is sent to its postmaster.

        Args:
            key: the reason.
            found: the reply.
            whole: the text that it was found in, folded.
            over: whether nobody tries again, so that nothing holds that is said of a 4xx reply alone.
        """
        text = self.reason(key, "received")
        _, *rest = text.text.strip().split("\n\n")
        if found:
            own = [self.sender_name(found.sender)] if found.sender else []
            text_known = found.certainty in {"known", "text"}
            others = self.services.difference(own) if text_known else ()
            from ..dataset.cases import Case, that_hold  # noqa: PLC0415 (only for advice)

            case = Case(found.basic, found.enhanced, own, others, whole if text_known else "")
            rest = that_hold(rest, case, self.dataset.cases)
            if over:
                rest = [part for part in rest if "4xx" not in part or "5xx" in part]
            if self.head(found.sender, "contact"):
                rest = [part for part in rest if "`postmaster`" not in part]
        return Text("\n\n".join(rest), text.lang)

    @property
    def services(self) -> set[str]:
        """The names of the services whose replies are on record."""
        return {sender.name for sender in self.dataset.senders.values() if sender.kind == "service"}

    def sent(self, enhanced: str, reason: str) -> dict[str, Text]:
        """What is written of a detail that nobody registered, where that of its reason is too general; mostly nothing."""
        code = self.dataset.code(enhanced) if enhanced else None
        if not isinstance(code, EnhancedCode) or self.dataset.is_registered(code):
            return {}
        found = meant(self.dataset, code)
        return sent_texts(self.words, code) if found and found.id == reason else {}

    def head(self, sender: str, part: str) -> Text:
        """What stands at the head of a sender's replies: ``about``, how they are made and read, and ``contact``, whom to ask.

        Empty in a language that does not say it.
        """
        text = self.words.get("senders", sender, part)
        return text if text.lang == self.words.lang else Text("", self.words.lang)

    def aged(self, row: Row) -> bool:
        """Whether a reply was seen so long ago that it stands after the others."""
        return bool(row.date) and int(row.date[:4]) + AGED < int(self.dataset.data_version[:4] or 0)

    def reason_link(self, key: str) -> Markup:
        """The attributes of a link to the page of a reason; without such a page it is no link."""
        return self._link(f"reason:{key}")

    def sender_name(self, sender: str) -> str:
        found = self.dataset.senders.get(sender)
        return found.name if found else sender

    def sender_link(self, sender: str) -> Markup:
        """The name of a sender, linked to its replies where the site has them."""
        return Markup('<a class="smtp-place" {}>{}</a>').format(
            self._link(f"sender:{sender}"), self.sender_name(sender)
        )

    def _link(self, key: str) -> Markup:
        return Markup('{}="{}/{}"').format(ATTRIBUTE, self.speaker.lang, quote(key))

    def told(self, row: Row) -> ToldRow:
        name = self.reason(row.reason, "name").text or row.reason
        link = Markup('<a class="smtp-place" {}>{}</a>').format(self.reason_link(row.reason), name)
        return ToldRow(
            self.sender_link(row.sender),
            self.speaker.written(row.codes),
            shown(row.text),
            row.tag,
            self._meaning(row),
            row.date[:4] if self.aged(row) else "",
            link,
            row.setting,
            self.default(row.default),
            row.help,
            self.source(row.source, row.date),
        )

    def _meaning(self, row: Row) -> Text:
        """What a reply means of which only one code is on record; mostly nothing."""
        code = self.dataset.code(row.codes[0]) if len(row.codes) == 1 and not (row.text or row.tag) else None
        told = sent_texts(self.words, code) if isinstance(code, EnhancedCode | Reply) else {}
        return told.get("name", Text("", self.words.lang))

    def default(self, default: str) -> Markup:
        """The defaults of the settings of a row: values as they are written, and words for those that are none."""
        known = self.words.tree("defaults")
        told = [
            escape(known[part]) if part in known else Markup('<code class="smtp-long">{}</code>').format(part)
            for part in default.split("; ")
            if part
        ]
        return (
            prose.fill(self.words.label("default"), {"default": self.speaker.groups.join(told)}) if told else Markup("")
        )

    def source(self, source: str, date: str) -> Markup:
        """The page or file that a reply was seen in, and when."""
        day = Markup("<time>{}</time>").format(date)
        if url := _URL.match(source):
            return Markup('<a class="smtp-source" href="{}">{}</a>').format(url[0], day)
        if self.words.direction == "rtl":
            source = Markup('<bdi dir="ltr">{}</bdi>').format(source)
        return prose.fill(self.words.label("source_date"), {"source": source, "date": day})

    def seen(self, source: str, date: str) -> Markup:
        """Where a reply was seen, by the name of the site where it is a page, and when."""
        if not (url := _URL.match(source)):
            return self.source(source, date)
        values = {
            "source": Markup('<bdi dir="ltr">{}</bdi>').format(url[0].split("/")[2].removeprefix("www.")),
            "date": Markup("<time>{}</time>").format(date),
        }
        return Markup('<a href="{}">{}</a>').format(url[0], prose.fill(self.words.label("source_date"), values))

    def branches(self, code: Code) -> list[Branch]:
        """What a code means, the commonest reason first."""
        found: dict[str, list[Row]] = {}
        # Nobody is known to send an invented pair: rows of its enhanced code are those of other replies.
        for row in () if invented(self.dataset, code) else self.dataset.replies_to(code):
            if row.reason in self.dataset.reasons:
                found.setdefault(row.reason, []).append(row)
        ordered = sorted(found.items(), key=lambda item: self._weight(item[0], item[1], code))
        return [self._branch(reason, rows) for reason, rows in ordered]

    def _weight(self, reason: str, rows: Sequence[Row], code: Code) -> float:
        """What people meet comes first: reasons and senders that many meet, and codes that a reason usually comes with."""
        met = sum({row.sender: MET.get(row.sender, 0.5) for row in rows if row.met != "rarely"}.values())
        found = self.dataset.reasons[reason]
        usual, asked = found.codes, str(code)
        place = next((n for n, own in enumerate(usual) if asked in (own, *own.split(" "))), None)
        bonus = 0.0 if place is None else (16 if asked in usual else 6) / (place + 1)
        return -(met + bonus + (0 if reason == "policy" else OFTEN[found.met]))

    def _branch(self, key: str, rows: Sequence[Row]) -> Branch:
        listed = sorted(varied(rows), key=self.aged)
        texts = by_turns(rows)
        names = dict.fromkeys(self.sender_name(row.sender) for row in listed)
        return Branch(
            key,
            self.reason(key, "name"),
            self.reason_link(key),
            tuple(telling(texts)),
            self.next(key),
            self.speaker.listed(names),
            tuple(map(self.told, listed[:MOST_ROWS])),
            self.reason(key, "received"),
            self.reason(key, "sending"),
        )

    def differs(self, code: Code) -> list[Markup]:
        """Where real use contradicts the registry: two meanings at most, each with the sender that most people meet.

        What a sender that few meet means by a code is left to the table where others mean by it what the registry says.
        """
        named = self.dataset.named_by_senders(code)
        # The entry of a detail that its senders alone define is told by their reason already.
        told_already = named and isinstance(code, Reply | EnhancedCode) and meant(self.dataset, code) is not None
        said: dict[str, str] = {}
        rows = self.dataset.replies_to(code) if named else self.dataset.differing(code)
        if isinstance(code, BasicCode):
            rows = tuple(row for row in rows if not any("." in written for written in row.codes))
        elif isinstance(code, Reply) and str(code.enhanced) in self.dataset.profile(code.basic).partners:
            # Of the reply that the registry means, those are silent who send the detail with another reply code.
            other = f" {code.enhanced}"
            rows = tuple(row for row in rows if str(code) in row.codes or not any(c.endswith(other) for c in row.codes))
        # All rows are a long file: they are asked for only where one differs.
        every = self.dataset.replies_to(code) if rows and not named else ()
        for row in sorted(rows, key=lambda row: -MET.get(row.sender, 0)):
            if row.sender not in MET and not all(other.differs for other in every):
                continue
            # A sender that also means by the code, or by its detail with another reply code than those on record, what the
            # registry says is not told by the other thing.
            others = every
            if every and isinstance(code, Reply) and str(code) not in row.codes:
                others = self.dataset.replies_to(code.enhanced)
            own = [other for other in others if other.sender == row.sender]
            if any(not other.differs and other.reason != row.reason for other in own):
                continue
            name = self.reason(row.reason, "name").text
            said.setdefault(row.sender if told_already else name, row.sender)
        return self._said(list(said.items())[:2], "sent" if told_already else "differs")

    def distinct(self, entry: "Entry") -> Text:
        """What only a code says. Of one that nobody registered its senders say it: whose it is, and what they mean by it."""
        code = entry.code
        told = code.enhanced if isinstance(code, Reply) else code
        if not isinstance(told, EnhancedCode) or not self.dataset.named_by_senders(code):
            return entry.distinct
        if own := sent_texts(self.words, told).get("distinct"):
            return own
        rows = sorted(self.dataset.replies_to(code), key=lambda row: -MET.get(row.sender, 0))
        names = list(
            dict.fromkeys(self.reason(row.reason, "name").text for row in rows if row.sender == rows[0].sender)
        )
        text = self.words.get("summary", "own" if len(names) == 1 else "own_either")
        values = {"code": f"`{entry.key}`", "sender": self.sender_name(rows[0].sender), "reason": names[0]}
        values |= {f"reason_{number}": name for number, name in enumerate(names, 1)}
        return text._replace(text=fill(text.text, values))

    def _said(self, said: Sequence[tuple[str, str]], kind: str) -> list[Markup]:
        """One or two meanings in one sentence: of one sender, or of two."""
        if not said:
            return []
        names = [self.sender_name(sender) for _, sender in said]
        values = {"sender": names[0], "reason": said[0][0]}
        if len(said) > 1:
            kind += "_both" if names[0] != names[1] else "_either"
            values |= {f"sender_{n}": name for n, name in enumerate(names, 1)}
            values |= {f"reason_{n}": reason for n, (reason, _) in enumerate(said, 1)}
        return [prose.fill(self.words.get("summary", kind).text, values)]
