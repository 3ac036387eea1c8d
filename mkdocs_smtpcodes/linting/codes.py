"""The rules that look at one code: whether it is one, and whether its parts go together."""

# Annotations are no strings in this module: a NamedTuple compiles those that are, which takes most of its time.

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..codes import BasicCode, Code, EnhancedCode, Reply
from ..dataset import LeftOut, UnknownCode
from ..mentions import Mention
from ..suggestions import one_of
from .record import Record

_ZEROS = re.compile(r"\.0+(?=[0-9])")
#: Numbers beside "SMTP" that are ports (IANA: smtp, pop3, imap, submission and their TLS forms), and never meant as codes.
_PORTS = frozenset({"110", "143", "465", "587", "993", "995"})
#: What a reply says by its first digit, for the digits that enhanced codes have too.
_FATES = {2: "accepts", 4: "asks to try again", 5: "refuses for good"}
#: So many names or codes a message lists.
_MOST = 4


class Said(NamedTuple):
    """What a rule says: its name, the message, and what should stand there if only one thing is right.

    What it says of one group (the codes of one sender) it says once on a page, with the number of the others. What is quiet is a
    note at most: there are good grounds for what the page says.
    """

    rule: str
    message: str
    fix: str = ""
    group: str = ""
    quiet: bool = False


def said_of(mention: Mention, record: Record, *, surely: bool, words: str = "") -> Iterator[Said]:
    """What is to be said of a code in a text.

    Args:
        mention: the code, and where it stands.
        record: what is on record.
        surely: whether the words beside it leave no doubt that a code of SMTP is meant.
        words: what a server says after it.
    """
    plain = _ZEROS.sub(".", mention.code)
    if plain != mention.code:
        if surely:
            message = f"the numbers of an enhanced code have no zeros in front (RFC 3463 §2); write {plain}"
            yield Said("zeros", f"{mention.code}: {message}", plain)
        return
    code = record.code(mention.code)
    if code is None:
        basic = mention.code.partition(" ")[0]
        if surely and basic not in _PORTS and record.code(basic) is None and (message := _unknown(basic, record)):
            yield Said("no-code", message)
    elif not record.is_own(code):
        yield from _known(code, record, surely=surely, words=words)


def _unknown(basic: str, record: Record) -> str:
    try:
        record.dataset.code(basic)
    except LeftOut:
        pass  # perhaps the site's own: what is wrong with its file has been said
    except UnknownCode as error:
        return error.message
    return ""


def _known(code: Code, record: Record, *, surely: bool, words: str) -> Iterator[Said]:
    basic = code.basic if isinstance(code, Reply) else code
    enhanced = code.enhanced if isinstance(code, Reply) else code
    if isinstance(basic, BasicCode) and record.status(basic) == "folklore" and surely:
        yield Said("folklore", f"{basic} ({record.name(str(basic))}) stands in lists, and no server on record sends it")
        return
    if isinstance(code, Reply) and not code.agrees:
        if not any(str(code) in row.codes for row in record.dataset.replies_to(code)):
            yield _conflict(code, record, words)
        return
    if isinstance(enhanced, EnhancedCode) and record.status(enhanced) == "unregistered":
        if surely or isinstance(code, Reply):
            yield _unregistered(enhanced, record)
    elif isinstance(code, Reply) and code.class_digit in {4, 5} and not record.is_pair(code):
        partners = record.partners(code.enhanced)
        others = f"; {code.enhanced} comes with {one_of(partners[:_MOST])}" if partners else ""
        yield Said("pair", f"{code}: no server on record sends these two together{others}")


def _conflict(code: Reply, record: Record, words: str) -> Said:
    """Both digits are as likely wrong, unless only one way to right it gives a reply that is on record, or goes with its words.

    Success and refusal are no slip of a digit: nobody but the writer knows which was meant.
    """
    basic, enhanced = code.basic.class_digit, code.enhanced.class_digit
    if basic not in _FATES:
        message = f"a {basic}xx reply takes no enhanced code, only 2xx, 4xx and 5xx do (RFC 2034 §4); write {code.basic} alone"
        return Said("class-conflict", f"{code}: {message}")
    by_basic = f"{enhanced}{str(code.basic)[1:]} {code.enhanced}"
    by_detail = f"{code.basic} {basic}{str(code.enhanced)[1:]}"
    both = [text for text in (by_basic, by_detail) if {basic, enhanced} == {4, 5} and _is_reply(text, record)]
    if len(both) > 1 and (digit := record.digit_of(words)):
        both = [text for text in both if text[0] == digit]
    right = f"; write {one_of(both)}" if both else ""
    message = (
        f"{code}: {code.basic} {_FATES[basic]} and {code.enhanced} {_FATES[enhanced]}; both begin with the same digit "
        f"(RFC 2034 §4){right}"
    )
    return Said("class-conflict", message, both[0] if len(both) == 1 else "")


def _is_reply(text: str, record: Record) -> bool:
    """Whether a reply has two registered codes that go together."""
    code = record.code(text)
    if not isinstance(code, Reply) or not code.agrees:
        return False
    standard = {"standard", "registered", "experimental"}
    return {record.status(code.basic), record.status(code.enhanced)} <= standard and record.is_pair(code)


def _unregistered(code: EnhancedCode, record: Record) -> Said:
    senders = record.senders(code) or record.senders_near(code)
    if not senders:
        own = "a code of your own is described in data_files"
        return Said("unregistered", f"{code}: nobody registered this code, and no server on record sends it; {own}")
    reasons = ", ".join(map(record.reason, record.reasons(code)[:_MOST]))
    what = f"it ({reasons})" if reasons else "such codes"
    who = one_of(senders[:_MOST], "and")
    sends = "sends" if len(senders) == 1 else "send"
    return Said("vendor-code", f"{code}: nobody registered this code; {who} {sends} {what}", "", who)
