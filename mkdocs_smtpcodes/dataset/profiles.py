"""From facts to profiles: what is true of a basic code, of an enhanced code, and of both in one reply."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..codes import BasicCode, EnhancedCode, Reply, SiteCode
from .model import Answer, Profile, Reason, Value

#: Where a service refuses mail; VRFY, EXPN and the extensions of the standard it does not offer.
_TAKING = frozenset({"CONNECT", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "END", "ANY"})
_OF_A_COMMAND = ((Value("command"),), (Value("parameter"),))
_SECURED = frozenset({"login", "encryption"})
#: The axes of a comparison that hold one value, or one value a command, in the order of their weight.
VALUE_AXES = ("retry", "message", "refused", "session", "acts")


def basic_profile(code: BasicCode, facts: Mapping[str, Any]) -> Profile:
    """What is true of a basic code, from its entry in the facts."""
    status = facts["status"]
    answers = tuple(_answer(item) for item in facts.get("commands", ()))
    axes = _axes(facts, code.class_digit)
    # RFC 5321 §4.2.1 gives a meaning to the first digits 2 to 5 and to the second ones 0 to 5.
    if status != "folklore" and 2 <= code.class_digit <= 5:
        axes = {"outcome": (Value(str(code.class_digit)),), **axes}
        if code.category <= 5:
            axes["category"] = (Value(str(code.category)),)
    enhanced = tuple(f"{code.class_digit}{detail[1:]}" for detail in facts.get("enhanced", ()))
    return Profile(
        code=code,
        status=status,
        text=facts.get("text", ""),
        sources=_sources(facts),
        url=facts.get("url", ""),
        answers=answers,
        axes=axes,
        partners=enhanced,
        notes=(status,) if status in {"folklore", "registered", "observed", "experimental", "historic"} else (),
        beyond=bool(facts.get("beyond")),
    )


def enhanced_profile(
    code: EnhancedCode,
    facts: Mapping[str, Any] | None,
    implied: Mapping[str, str],
    meant: Reason | None = None,
    *,
    named: bool = False,
    carrier: Profile | None = None,
) -> Profile:
    """What is true of an enhanced code.

    Args:
        code: the code.
        facts: the facts of its detail, or None where nobody registered it.
        implied: what its class implies (``facts/classes.yml``).
        meant: why its senders on record send it, where nobody registered it and they agree.
        named: whether there are such senders at all.
        carrier: the reply code that all of them send it with, where that refuses a login or asks for one.
    """
    outcome = {"outcome": (Value(str(code.class_digit)),)}
    subject = {"subject": (Value(str(code.subject)),)} if code.subject <= 7 else {}
    if facts is None:
        defaults = dict(carrier.axes) if carrier else _axes(implied, code.class_digit)
        answers = carrier.answers if carrier and "ANY" not in carrier.places else ()
        defaults.pop("category", None)
        own = {"retry": (Value(meant.retry),), "acts": (Value(meant.acts_for(code)),)} if meant else {}
        notes_ = () if named else ("unregistered",)
        axes = {**outcome, **defaults, **subject, **own}
        return Profile(code, "unregistered", answers=answers, axes=axes, notes=notes_)
    axes = {**_axes(implied, code.class_digit), **_axes(facts, code.class_digit)}
    axes = {name: values for name, values in axes.items() if values}
    undecided = code.class_digit in (facts.get("undecided") or ())
    if undecided:
        axes = {name: values for name, values in axes.items() if name not in {"retry", "message"}}
    if code.class_digit == 2:
        axes = {name: values for name, values in axes.items() if name not in {"refused", "acts"}}
        axes |= {"refused": (Value("nothing"),), "acts": (Value("nobody"),)}
    notes = [facts["status"]] if facts["status"] in {"experimental", "historic"} else []
    if code.class_digit not in facts["classes"]:
        notes.append("unusual_class")
    return Profile(
        code=code,
        status=facts["status"],
        text=facts.get("text", ""),
        sources=_sources(facts),
        url=facts.get("url", ""),
        answers=tuple(Answer(at, "") for at in _places(facts, code.class_digit)),
        axes={**outcome, **axes, **subject},
        partners=tuple(str(number) for number in facts.get("basic", ()) if number // 100 == code.class_digit),
        notes=tuple(notes),
        undecided=undecided,
    )


def reply_profile(
    code: Reply,
    basic: Profile,
    enhanced: Profile,
    facts: Mapping[str, Any] | None,
    meant: Reason | None = None,
    *,
    elsewhere: bool = False,
) -> Profile:
    """What is true of a whole reply: what the detail says itself, then the reply code, then what the class implies.

    Where the detail is used for something else than it was registered for, only the reply code counts.

    Args:
        code: the reply.
        basic: the profile of its reply code.
        enhanced: the profile of its enhanced code.
        facts: the facts of the detail, or None where nobody registered it.
        meant: why its senders really send it, where all who are on record use it otherwise than the registry has it.
        elsewhere: whether the detail belongs to other commands than the reply code (``5.7.9`` to ``AUTH``, which ``554`` never
            answers), and nobody on record sends the two together there.
    """
    named = tuple(answer.at for answer in enhanced.answers)
    common = _common(basic.answers, named)
    answers = (not elsewhere and common) or _defined(basic.answers)
    if foreign(basic, enhanced) and not elsewhere:
        answers = enhanced.answers
    if enhanced.by_services:
        answers = _of_mail(answers) or answers
    places = {answer.at for answer in answers if not answer.after}
    axes = {name: kept for name, values in basic.axes.items() if (kept := _narrow(values, places))}
    if code.agrees:
        stated = {"subject", *_axes(facts or {}, code.class_digit)}
        if code.class_digit == 2:
            stated |= {"refused", "acts"}
        own = {name: values for name, values in enhanced.axes.items() if name in stated and not elsewhere}
        if own.get("refused") == (Value("connection"),) and Value("open") in axes.get("session", ()):
            # A session that goes on has not been turned away.
            del own["refused"]
        if exacter(basic, enhanced):
            own.pop("refused", None)
        # A login that is asked for has no message in a queue yet: what the class implies of one is not true of it.
        left = {"outcome", "message"} if of_login(basic) and enhanced.status != "site" else {"outcome"}
        if elsewhere:
            # What is true of a detail at its own commands is not at others.
            left |= set(_axes(facts or {}, code.class_digit))
        implied = {name: values for name, values in enhanced.axes.items() if name not in left}
        unsure = {name for name, values in _axes(facts or {}, code.class_digit).items() if not values}
        axes = {name: values for name, values in {**implied, **axes, **own}.items() if name not in unsure}
        if "outcome" in basic.axes:
            axes = {"outcome": basic.axes["outcome"], **axes}
    if meant and not exacter(basic, enhanced):
        axes["acts"] = (Value(meant.acts_for(code)),)
        if enhanced.status == "unregistered":
            axes["retry"] = (Value(meant.retry),)
    notes = tuple(dict.fromkeys((*basic.notes, *enhanced.notes)))
    status = next((p.status for p in (enhanced, basic) if p.status != "standard"), "standard")
    return Profile(
        code=code,
        status=status,
        text=(not elsewhere and enhanced.text) or basic.text,
        sources=tuple(dict.fromkeys((*enhanced.sources[:1], *basic.sources[:1]))),
        answers=answers,
        axes=axes,
        notes=notes if code.agrees else ("class_conflict", *notes),
        beyond=basic.beyond,
    )


def foreign(basic: Profile, enhanced: Profile) -> bool:
    """Whether a detail answers other commands than a reply code does. A site knows what its own servers mean."""
    named = tuple(answer.at for answer in enhanced.answers)
    return bool(named and basic.answers and not _common(basic.answers, named)) and enhanced.status != "site"


def exacter(basic: Profile, enhanced: Profile) -> bool:
    """Whether a reply code names the logins and the encryption that it refuses (454), and a detail only speaks of commands."""
    secured = any(value.at and value.value in _SECURED for value in basic.axes.get("refused", ()))
    return secured and enhanced.axes.get("refused") in _OF_A_COMMAND


def of_login(basic: Profile) -> bool:
    """Whether a reply code asks for a login or refuses one, so that only the account holder can answer it."""
    return basic.code.class_digit > 3 and basic.axes.get("acts") == (Value("user"),)


def _of_mail(answers: tuple[Answer, ...]) -> tuple[Answer, ...]:
    """Where a service says so while it takes mail. What else the reply code answers, few services offer."""
    mail = [answer for answer in answers if answer.at in _TAKING]
    plain = {answer.at for answer in mail if not answer.needs}
    return tuple(answer for answer in mail if not answer.needs or answer.at not in plain)


def site_profile(code: Reply | SiteCode, reply: Profile, facts: Mapping[str, Any]) -> Profile:
    """What is true of a reply or an id that a site defines: what it says itself, over what its reply says."""
    answers = tuple(_answer(item) for item in facts.get("commands", ()))
    return reply._replace(
        code=code,
        status="site",
        text=facts.get("text", reply.text),
        sources=_sources(facts) or reply.sources,
        url=facts.get("url", ""),
        answers=answers or reply.answers,
        axes={**reply.axes, **_axes(facts, code.class_digit)},
        notes=reply.notes,
    )


def _common(answers: tuple[Answer, ...], named: tuple[str, ...]) -> tuple[Answer, ...]:
    """The commands that a reply code and a detail share; a reply to any command is one to each that the detail names."""
    if not named:
        return _defined(answers)
    shared = [answer for answer in answers if answer.at in named]
    for answer in answers:
        if answer.at == "ANY" and not answer.after:
            # A greeting answers no command.
            given = {"CONNECT", *answer.excepted, *(other.at for other in shared)}
            left = [at for at in named if at not in given]
            shared += [answer._replace(at=at, excepted=()) for at in left]
    return tuple(shared)


def _defined(answers: tuple[Answer, ...]) -> tuple[Answer, ...]:
    """Without the commands at which servers are only seen to send a reply code: there it has a detail of that command."""
    return tuple(answer for answer in answers if not answer.seen) or answers


def _places(facts: Mapping[str, Any], class_digit: int) -> tuple[str, ...]:
    """The commands that a detail usually answers: one list, or one a class where they differ."""
    places = facts.get("at") or ()
    return tuple(places.get(str(class_digit), ()) if isinstance(places, Mapping) else places)


def _answer(item: Mapping[str, Any]) -> Answer:
    return Answer(
        item["at"],
        item.get("source", ""),
        item.get("with", ""),
        item.get("after", ""),
        tuple(item.get("except", ())),
        tuple(item.get("seen", ())),
    )


def _axes(facts: Mapping[str, Any], class_digit: int) -> dict[str, tuple[Value, ...]]:
    axes: dict[str, tuple[Value, ...]] = {}
    for name in VALUE_AXES:
        value = facts.get(name)
        if isinstance(value, Mapping):
            value = value.get(str(class_digit))
        if isinstance(value, str):
            axes[name] = (Value(value),) if value else ()
        elif value:
            axes[name] = tuple(Value(item["is"], tuple(item.get("at", ()))) for item in value)
    return axes


def _narrow(values: tuple[Value, ...], places: set[str]) -> tuple[Value, ...]:
    """Only the values that hold at the places named, if any; a value that is left alone holds everywhere."""
    if not places or "ANY" in places:
        return values
    kept = tuple(value for value in values if not value.at or places & set(value.at))
    if len(kept) > 1 and places <= {place for value in kept for place in value.at}:
        kept = tuple(value for value in kept if value.at)
    if len(kept) == 1:
        return (Value(kept[0].value),)
    return tuple(Value(v.value, tuple(at for at in v.at if at in places)) for v in kept)


def _sources(facts: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(s for s in (facts.get("source"), *facts.get("see_also", ())) if s))
