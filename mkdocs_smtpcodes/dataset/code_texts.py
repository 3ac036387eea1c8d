"""Who tells a code: its own words, those of its parts, or the reason for which its senders send it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..codes import BasicCode, Code, EnhancedCode, Reply, SiteCode
from .model import Reason, Row, Text
from .profiles import exacter, foreign, of_login
from .sender_meanings import carrier, invented, meant, named_by_senders, services, unsaid
from .texts import entry_texts, own_texts, reason_texts, sent_texts

if TYPE_CHECKING:
    from .dataset import Dataset

#: What the reply code of a whole reply says where nobody registered the detail.
_ADVICE = ("summary", "next", "fix_received", "choose_received")
#: Details that say nothing of what was refused.
_VAGUE = frozenset({"X.0.0", "X.7.0", "X.7.1"})
#: What a reply code refuses that judges no message; with a detail that says nothing, only the reply code tells so much.
_OF_THE_SESSION = frozenset({"login", "command", "parameter"})
#: The commands of details about logins; a BURL needs one at another server.
_LOGIN = frozenset({"AUTH", "BURL"})


def texts_of(dataset: Dataset, code: Code, lang: str) -> dict[str, Text]:
    """The texts of a code by the names of the fields of an entry. Of a whole reply it is the enhanced code that speaks."""
    words = dataset.words(lang)
    whole = code.reply if isinstance(code, SiteCode) else code
    told = whole.enhanced if isinstance(whole, Reply) else whole
    if isinstance(whole, Reply) and not whole.agrees and whole.basic.class_digit in (2, 4, 5):
        # What the sending server acts on is the reply code (RFC 5321 §4.2.1), so its class is the one that is told.
        told = whole.enhanced._replace(class_digit=whole.basic.class_digit)
    registered = not isinstance(told, EnhancedCode) or dataset.is_registered(told)
    speaking = dataset.described_by(told) if isinstance(told, EnhancedCode) else told
    texts = entry_texts(words, speaking, shown=str(code), registered=registered)
    elsewhere = isinstance(whole, Reply) and _of_no_login(dataset, whole)
    secured = isinstance(whole, Reply) and _of_no_command(dataset, whole)
    if isinstance(whole, Reply):
        basic = entry_texts(words, whole.basic, shown=str(code), registered=True)
        if not registered:
            # Of the detail nothing is known; the advice of the reply code holds all the same.
            texts |= {name: basic[name] for name in _ADVICE if basic[name]}
        elif elsewhere or of_its_basic(dataset, whole) or secured:
            texts = basic
        elif invented(dataset, whole):
            # What senders do with another reply code is not said of this one.
            texts = {**basic, "name": texts["name"], "summary": texts["summary"], "description": Text("", lang)}
    reason = reason_of(dataset, whole) if isinstance(whole, Reply | EnhancedCode) and not secured else None
    if reason and isinstance(whole, Reply | EnhancedCode):
        own = reason_texts(words, reason.id, services(dataset, whole))
        own["fix_received"] = _of_its_cases(dataset, whole, own["fix_received"])
        # Beside a detail that could mean anything only the reason speaks, and the reply code says when it is met.
        vague = isinstance(whole, Reply) and whole.enhanced.detail in _VAGUE
        texts |= {"next": own["next"]} if registered and not (elsewhere or vague) else own
        if elsewhere or vague:
            texts |= dict.fromkeys(("description", "when"), Text("", lang))
        if vague:
            chosen = {name: basic[name] for name in ("choose_received", "choose_sending")}
            texts |= {**chosen, "distinct": Text("", lang)}
    if not registered and isinstance(told, EnhancedCode) and (login := carrier(dataset, told)) and not reason:
        # It is always sent with a reply code that refuses a login, which then names it and says what to do.
        basic = (
            entry_texts(words, login.code, shown=str(code), registered=True)
            if isinstance(login.code, BasicCode)
            else {}
        )
        texts |= {name: basic[name] for name in ("name", "fix_sending", *_ADVICE) if basic.get(name)}
    if not registered and isinstance(told, EnhancedCode) and named_by_senders(dataset, whole):
        # Who sends it says what it means; what the registry lacks is no description of it.
        texts |= dict.fromkeys(unsaid(dataset, dataset.profile(whole)), Text("", lang))
        texts |= sent_texts(words, told)
    if isinstance(code, SiteCode | Reply):
        texts |= own_texts(words, dataset.key_of(code), whole)
    return texts


def _of_its_cases(dataset: Dataset, code: Reply | EnhancedCode, advice: Text) -> Text:
    """The advice of a reason without the cases of other codes, and of services that do not send this one."""
    from .cases import Case, that_hold  # noqa: PLC0415 (only for advice)

    enhanced = code.enhanced if isinstance(code, Reply) else code
    own = [dataset.senders[sender].name for sender in services(dataset, code)]
    others = {sender.name for sender in dataset.senders.values() if sender.kind == "service"}.difference(own)
    basic = str(code.basic) if isinstance(code, Reply) else ""
    number = f"{enhanced.class_digit}.{enhanced.subject}.{enhanced.number}"
    case = Case(basic, number, own, others if own else ())
    return advice._replace(text="\n\n".join(that_hold(advice.text.split("\n\n"), case, dataset.cases)))


def of_its_basic(dataset: Dataset, reply: Reply) -> bool:
    """Whether only its reply code speaks for a reply with a registered detail.

    That is a success with a detail of errors (``252 2.5.1``, invalid command), and a reply code that refuses a login, a command
    or a parameter with a detail that could mean anything (``535 5.7.1``).
    """
    digit, detail = reply.basic.class_digit, reply.enhanced.detail
    if not dataset.is_registered(reply.enhanced):
        return False
    if digit == 2:
        return digit not in dataset.classes_of(dataset.key_of(reply.enhanced))
    refused = {value.value for value in dataset.profile(reply.basic).axes.get("refused", ())}
    return detail in _VAGUE and bool(refused) and refused <= _OF_THE_SESSION


def used_elsewhere(dataset: Dataset, reply: Reply) -> bool:
    """Whether a detail comes with a reply code that never answers its commands (``554 5.7.9``): it means something else then.

    A sender on record that means by it what the registry says shows otherwise.
    """
    basic, enhanced, rows = dataset.profile(reply.basic), dataset.profile(reply.enhanced), _own_rows(dataset, reply)
    differs = all(row.differs for row in rows)
    if foreign(basic, enhanced):
        return differs or of_its_basic(dataset, reply)
    # A reply code of any command answers a login too, though no sender of the two means one (``501 5.7.11``).
    return bool(rows and enhanced.places) and differs and _LOGIN.issuperset(enhanced.places) and not of_login(basic)


def reason_of(dataset: Dataset, code: Reply | EnhancedCode) -> Reason | None:
    """Why a code is sent, where its senders are the ones to say so."""
    elsewhere = isinstance(code, Reply) and _of_no_login(dataset, code)
    reasons = {row.reason for row in _own_rows(dataset, code)} if elsewhere else set()
    return dataset.reasons[reasons.pop()] if len(reasons) == 1 else meant(dataset, code)


def _of_no_login(dataset: Dataset, reply: Reply) -> bool:
    """Whether a detail of logins comes with a reply code that answers none."""
    return _LOGIN.issuperset(dataset.profile(reply.enhanced).places) and used_elsewhere(dataset, reply)


def _of_no_command(dataset: Dataset, reply: Reply) -> bool:
    """Whether all senders on record mean a login or encryption by a detail of commands (``454 4.5.4``)."""
    rows = _own_rows(dataset, reply)
    differs = bool(rows) and all(row.differs for row in rows)
    return differs and exacter(dataset.profile(reply.basic), dataset.profile(reply.enhanced))


def _own_rows(dataset: Dataset, reply: Reply | EnhancedCode) -> list[Row]:
    return [row for row in dataset.replies_to(reply) if str(reply) in row.codes]
