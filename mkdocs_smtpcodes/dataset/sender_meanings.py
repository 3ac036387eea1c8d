"""What a code means where not the registry says so, but those who send it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..codes import Code, CodeRange, EnhancedCode, Reply, parse_code
from .model import Profile, Reason
from .profiles import of_login

if TYPE_CHECKING:
    from .dataset import Dataset


def named_by_senders(dataset: Dataset, code: Code) -> bool:
    """Whether nobody registered the detail of a code, and a server or service on record sends it."""
    told = code.enhanced if isinstance(code, Reply) else code
    return isinstance(told, EnhancedCode) and not dataset.is_registered(told) and bool(dataset.replies_to(code))


def invented(dataset: Dataset, code: Code) -> bool:
    """Whether a whole reply has a reply code that no standard has, and nobody on record sends the two together.

    What senders mean by the enhanced code with another reply code is then no part of what can be said.
    """
    if not isinstance(code, Reply) or dataset.profile(code.basic).status not in {"folklore", "observed"}:
        return False
    rows = dataset.replies_to(code)
    return str(code) not in dataset.facts_of_codes and not any(
        written.startswith(f"{code.basic} ") for row in rows for written in row.codes
    )


def meant(dataset: Dataset, code: Reply | EnhancedCode) -> Reason | None:
    """Why a code is sent, where its senders on record are the ones to say so, and all say the same; else None.

    That is a detail that nobody registered, and a whole reply which all of them use otherwise than the registry has it.
    """
    named = named_by_senders(dataset, code)
    if not named and not (isinstance(code, Reply) and dataset.differing(code)):
        return None
    rows = dataset.replies_to(code)
    reasons = {row.reason for row in rows}
    if len(reasons) != 1 or not (named or all(row.differs for row in rows)):
        return None
    reason, retries = dataset.reasons.get(reasons.pop()), {row.retry for row in rows}
    # What each of them says of another attempt comes before what the reason mostly means for one.
    return reason._replace(retry=retries.pop() or reason.retry) if reason and len(retries) == 1 else reason


def carrier(dataset: Dataset, code: EnhancedCode) -> Profile | None:
    """The reply code that a detail which nobody registered is always sent with, where that is about a login; else None."""
    parsed = (parse_code(written) for row in dataset.replies_to(code) for written in row.codes)
    found = {told.basic for told in parsed if isinstance(told, Reply) and told.enhanced == code}
    basic = dataset.profile(found.pop()) if len(found) == 1 else None
    return basic if basic and of_login(basic) else None


def services(dataset: Dataset, code: Code) -> tuple[str, ...]:
    """Who sends a code, where only services are on record with it: nobody else runs a server that does."""
    found = tuple(dict.fromkeys(row.sender for row in dataset.replies_to(code)))
    kinds = {dataset.senders[sender].kind for sender in found if sender in dataset.senders}
    return found if kinds == {"service"} else ()


def served(dataset: Dataset, profile: Profile) -> Profile:
    """A profile that says whether services alone send its code, which nobody registered."""
    return profile._replace(by_services=True) if _by_services(dataset, profile) else profile


def _by_services(dataset: Dataset, profile: Profile) -> bool:
    return profile.status == "unregistered" and bool(services(dataset, profile.code))


def unsaid(dataset: Dataset, profile: Profile) -> tuple[str, ...]:
    """Which texts about an unregistered detail say nothing where its senders are known; a service chooses its codes itself."""
    if not profile.by_services:
        return ("description", "when")
    code = profile.code
    told = isinstance(code, Reply | EnhancedCode) and meant(dataset, code) is not None
    return ("description", "when", "choose_sending", *(() if told else ("fix_sending",)))


def named_codes(dataset: Dataset) -> list[str]:
    """The enhanced codes that nobody registered and that a server or service on record sends, ranges apart."""
    found: dict[str, None] = {}
    for row in (row for rows in dataset.replies.values() for row in rows):
        for written in row.codes:
            code = parse_code(written)
            told = code.enhanced if isinstance(code, Reply) else code
            if isinstance(told, EnhancedCode) and not isinstance(told, CodeRange) and not dataset.is_registered(told):
                found[str(told)] = None
    return list(found)
