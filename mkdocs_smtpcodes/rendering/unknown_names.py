"""What was meant by a code that a dataset does not know: the name of something else, or a slip of the eye."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..codes import EnhancedCode, Reply
from ..dataset import DEFAULT_LANGUAGE
from ..dataset.senders import sender_meant
from ..directives import STATUSES, Mistakes, Signature
from ..directives.no_codes import eyed
from ..suggestions import close, language_tag, one_of

if TYPE_CHECKING:
    from ..codes import Code
    from ..dataset import Dataset

#: As many codes as are named beside one that is not registered.
_MOST = 3
#: How near a name is that has a slip in it.
_NEAR = 0.85
OWN = "a code of your own is described in data_files"


def instead(text: str, signature: Signature, dataset: Dataset) -> str:
    """The message about what stands for a code and is none, "" where nothing else was meant."""
    if signature.selects and dataset.command(text):
        return f"{text} is a command; write command={text}"
    if signature.selects and text in STATUSES:
        return f"{text} is a status; write status={text}"
    if dataset.command(text) or text in STATUSES:
        kind = "status" if text in STATUSES else "command"
        return f"{text} is a {kind}, not a code; its codes are listed by << smtp_table({kind}={text}) >>"
    if code := eyed(text):
        return f"{text} is not a code; {code[1]}"
    if text[:1].isdigit():
        return ""
    if reason := text if text in dataset.reasons else close(text, dataset.reasons, 0.8):
        slip = "" if reason == text else f" ({text} is nearly its name)"
        return f"{reason} is a reason, not a code{slip}; write << smtp_replies(reason={reason}) >>"
    sender = sender_meant(text, dataset)
    if sender and (text.casefold() in dataset.called or close(text, [sender, dataset.senders[sender].name], 0.75)):
        return f"{text} is a sender, not a code; write << smtp_replies({sender}) >>"
    return ""


def no_reason(text: str, dataset: Dataset, lang: str) -> str:
    """What to write instead of ``reason=`` for the name of a reason, a code or a sender, "" where it is none of these."""
    near = close(text, dataset.reasons, _NEAR)
    if reason := _named(text, dataset, lang) if not near else "":
        return f"; the word for it is {reason}, so write reason={reason}"
    if text[:1].isdigit() or text in dataset.site_codes:
        return f"; for the replies with a code write << smtp_replies({text}) >>"
    sender = sender_meant(text, dataset) if close(text, dataset.reasons) == "" else ""
    return f"; for the replies of a sender write << smtp_replies({sender}) >>" if sender else ""


def _named(text: str, dataset: Dataset, lang: str) -> str:
    """The reason that is called so in a language or in English, "" for none."""
    asked = " ".join(text.casefold().split())
    for tag in dict.fromkeys((lang, DEFAULT_LANGUAGE)):
        words = dataset.words(tag)
        names = {words.get("reasons", key, "name").text.casefold(): key for key in dataset.reasons}
        called = {**dict(dataset.synonyms(tag)), **names}
        if found := called.get(asked) or called.get(close(asked, called, _NEAR)):
            return found
    return ""


def unregistered(code: Code, dataset: Dataset) -> str:
    """What may be said of a code that the registry does not have: what stands near it there."""
    told = code.enhanced if isinstance(code, Reply) else code
    near = ""
    if isinstance(told, EnhancedCode):
        of_subject = dataset.enhanced_codes(told.class_digit, told.subject)
        nearest = sorted(sorted(of_subject, key=lambda known: abs(known.number - told.number))[:_MOST])
        are = "is" if len(nearest) == 1 else "are"
        near = f", nor is any other {told.class_digit}.{told.subject}.x"
        if nearest:
            near = f"; near it there {are} {one_of(list(map(str, nearest)), 'and')}"
    return f"{code} is not in the IANA registry{near}; {OWN}"


def without_words(dataset: Dataset, name: str, tag: str) -> Mistakes:
    """What is wrong with a directive that asks for a language without words."""
    if left_out := dataset.gone("words", tag):
        return Mistakes([], [f"{name}: lang={left_out.message}"])
    return Mistakes([f"{name}: lang={tag} {language_mistake(dataset, tag)}"])


def language_mistake(dataset: Dataset, tag: str, auto: str = "") -> str:
    """The end of a sentence about a language without words: which was meant, else which there are."""
    if near := language_tag(tag):
        return f"is not a language with words; write {near}"
    return f"is not a language with words; it takes {auto}one of {', '.join(dataset.languages)}"
