"""The lines of logs that hold a refusal: Postfix, Exim, Sendmail and OpenSMTPD, in syslog, in their own files or in the journal.

What each program writes, from its source and documentation: Postfix ``smtpd_check.c`` (``reject:``), ``smtpd_sasl_glue.c``
(``SASL … authentication failed``), ``qmgr_active.c`` (``status=expired``), ``log_adhoc.c`` (``dsn=…, status=… (…)``) and
``smtp_proto.c`` (``host … said: …``); the Exim specification, chapter "Log files" (``**``, ``==``, ``rejected``); Sendmail
``deliver.c`` (``dsn=…, stat=…``) and ``srvrsmtp.c`` (``reject=``); OpenSMTPD ``mta_session.c`` and ``smtp_session.c``.
"""

# Annotations are no strings in this module: a NamedTuple compiles those that are, which takes most of its time.

import json
import re
from enum import StrEnum
from typing import NamedTuple


class Direction(StrEnum):
    """Who refused whom."""

    SENT = "sent"
    """This server refused a client."""
    RECEIVED = "received"
    """Another server refused this one."""
    OWN = "own"
    """This server could not deliver, and nobody answered it: no connection, no host, no mailbox here."""


class Refusal(NamedTuple):
    """A refusal in a line of a log: in which direction it went, and the text of the reply, with the host that gave it."""

    direction: Direction
    text: str
    times: int = 1


#: One of these stands in every line that holds a refusal; the others are not even decoded.
_MARKS = (
    b"reject", b"said: ", b"status=b", b"status=d", b"status=e", b"status=f", b"status=u", b"dsn=4", b"dsn=5", b"failed-command",
    b"tFail", b"pFail", b"mFail", b" ** ", b" == ", b"refused to talk", b"authenticator failed", b"authentication failed",
)  # fmt: skip
#: So much of a line is read.
LONGEST = 4_000

_CODE = r"[45][0-9][0-9](?:[ -][45]\.[0-9]{1,3}\.[0-9]{1,3})?(?=[ -])|[45]\.[0-9]{1,3}\.[0-9]{1,3}(?= )"
_CODED = re.compile(rf": (?={_CODE})")
_BEGINS_CODED = re.compile(_CODE)
# What Postfix adds to the reply that it gave.
_POSTFIX_TAIL = re.compile(r"; (?:from=<|to=<|client=|proto=|helo=<|sasl_username=|data from )")
_POSTFIX_REJECT = re.compile(r"(?:^|[ :])(?:(?:milter-|proxy-)?reject|NOQUEUE: hangup): ")
_STATUS = re.compile(r"status=(?:bounced|deferred|expired|undeliverable|undelivered) ")
# The queue manager tells of no code and of no reply: the message has waited for too long.
_EXPIRED = re.compile(r"\bstatus=(?:force-)?expired, (?P<text>returned to sender)")
_SASL = re.compile(r"\bwarning: \S+: SASL \S+ authentication failed\b:? ?(?P<why>[^,;]*)")
_DSN = re.compile(r"dsn=([45]\.[0-9]{1,3}\.[0-9]{1,3})")
_ANSWERED = (" said: ", " refused to talk to me: ")
# Each is looked for once from a place that is known, so that no line takes more than a few readings.
_EXIM_REFUSED = re.compile(r"(?:after )?(?:[A-Z]{4,8}|connection|by local_scan)\b")
_EXIM_DELIVERY = re.compile(r"(?:^|[ \]])[0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4} (?:\*\*|==) (?P<text>.+)")
_EXIM_LOGIN = re.compile(r": (?=5[0-9][0-9] )(?P<text>.*?)(?: \(set_id=.*)?$")
_EXIM_ERROR = re.compile(r"(?:LMTP|SMTP) error from remote mail server ")
_SENDMAIL_SENT = re.compile(r"\breject=(?P<text>[45][0-9][0-9] .*)")
_SENDMAIL_REPLY = re.compile(r"\breply=(?P<text>[45][0-9][0-9][ -].*?)(?:, stat=|$)")
_SENDMAIL_RELAY = re.compile(r"\brelay=(?P<relay>[^, ]*)")
_SENDMAIL_HERE = re.compile(r"\bmailer=(?:local|prog|\*file\*|\*include\*|error|bitbucket|cyrus|procmail)\b")
_SENDMAIL_OWN = re.compile(
    r"(?:host|name server|connection (?:refused|reset|timed out)|deferred: (?:connection|no route|operation)"
    r"|cannot|can't|local configuration|unknown mailer)",
    re.IGNORECASE,
)
_OPENSMTPD_SENT = re.compile(r"\bresult=\"(?P<text>[45][0-9][0-9] (?:[^\"\\]|\\.)*)\"")
_OPENSMTPD = re.compile(r"\bresult=\"?(?:PermFail|TempFail)\"?,? stat=\"(?P<text>(?:[^\"\\]|\\.)*)\"")
_OPENSMTPD_RELAY = re.compile(r"\brelay=\"[^\"(]*\((?P<host>[^\")]*)\)")
# rsyslog writes a line that comes again and again as one.
_REPEATED = re.compile(r"message repeated (?P<times>[0-9]{1,7}) times: \[ ?(?P<text>.*)\]$")


def refusal(line: bytes) -> Refusal | None:
    """The refusal that a line of a log holds, if any.

    Args:
        line: the line as it stands in the file; a line of ``journalctl -o json`` or of a container's log is one too.
    """
    if not any(mark in line for mark in _MARKS) and not line.startswith((b'{"MESSAGE":[', b'{"MESSAGE" : [')):
        return None
    text = line[:LONGEST].decode("utf-8", "replace").rstrip("\r\n")
    if text.startswith("{"):
        text = _message(line) or text
    times = 1
    if "message repeated" in text and (repeated := _REPEATED.search(text)):
        times, text = int(repeated["times"]), repeated["text"]
    found = _postfix(text) or _opensmtpd(text) or _sendmail(text) or _exim(text)
    return found._replace(times=times) if found and times > 1 else found


def _message(line: bytes) -> str:
    """The message of a line of JSON: ``MESSAGE`` of the journal (a list of bytes where it is no text), ``log`` of a container."""
    try:
        told = json.loads(line)
        message = told.get("MESSAGE") or told.get("log")
        text = bytes(message).decode("utf-8", "replace") if isinstance(message, list) else message
    except (ValueError, AttributeError, TypeError, RecursionError):
        return ""
    # The name of the program is what tells a line of Exim from one of any other.
    name = told.get("SYSLOG_IDENTIFIER") or ""
    return f"{name}: {text[:LONGEST]}".rstrip("\r\n") if isinstance(text, str) else ""


def _postfix(text: str) -> Refusal | None:
    if "reject" in text and "reject_warning: " not in text and (found := _POSTFIX_REJECT.search(text)):
        return _postfix_reject(text[found.end() :])
    if found := _STATUS.search(text):
        said = text[found.end() :]
        if any(answered in said for answered in _ANSWERED):
            return Refusal(Direction.RECEIVED, said)
        dsn = _DSN.search(text, 0, found.start())
        return Refusal(Direction.OWN, f"dsn={dsn[1]}, {found[0]}{said}") if dsn else None
    if found := _EXPIRED.search(text):
        return Refusal(Direction.OWN, f"{found[0]}: message expired, delivery time exceeded")
    if found := _SASL.search(text):
        # What smtpd answers then (smtpd_sasl_glue.c); the reason may be what the client sent.
        later = "connection lost" in found["why"].lower() or "temporary" in found["why"].lower()
        answered = "454 4.7.0 Temporary authentication failure" if later else "535 5.7.8 Error: authentication failed"
        return Refusal(Direction.SENT, answered)
    # Before another host of the domain is tried, and of a verification of an address.
    for answered in _ANSWERED:
        at = text.find(answered)
        if at >= 0 and (host := text.rfind("host ", 0, at)) >= 0:
            return Refusal(Direction.RECEIVED, text[host:])
    return None


def _postfix_reject(said: str) -> Refusal | None:
    """``RCPT from host[192.0.2.1]: 554 5.7.1 …; from=<…>``; of a header the reply stands at the end."""
    if said.startswith(("header ", "body ", "mime-error ")):
        places = [found.end() for found in _CODED.finditer(said)]
        return Refusal(Direction.SENT, said[places[-1] :]) if places else None
    found = _CODED.search(said)
    if not found:
        return None
    text = said[found.end() :]
    tail = _POSTFIX_TAIL.search(text)
    return Refusal(Direction.SENT, text[: tail.start()] if tail else text)


def _opensmtpd(text: str) -> Refusal | None:
    if (at := text.find("failed-command")) >= 0:
        found = _OPENSMTPD_SENT.search(text, at)
        return Refusal(Direction.SENT, found["text"].replace('\\"', '"')) if found else None
    if "Fail" not in text or not (found := _OPENSMTPD.search(text)):
        return None
    said = found["text"].replace('\\"', '"')
    if not _BEGINS_CODED.match(said):
        return Refusal(Direction.OWN, said)
    relay = _OPENSMTPD_RELAY.search(text, 0, found.start())
    return Refusal(Direction.RECEIVED, f"host {relay['host']} said: {said}" if relay else said)


def _sendmail(text: str) -> Refusal | None:
    if found := _SENDMAIL_SENT.search(text):
        return Refusal(Direction.SENT, found["text"])
    dsn = _DSN.search(text)
    at = text.find(" stat=", dsn.end()) if dsn else -1
    if dsn is None or at < 0:
        return None
    stat = text[at + len(" stat=") :]
    relay = _SENDMAIL_RELAY.search(text, 0, dsn.start())
    host = relay["relay"].rstrip(".") if relay else ""
    if reply := _SENDMAIL_REPLY.search(text, dsn.end()):
        return Refusal(Direction.RECEIVED, f"host {host} said: {reply['text']}")
    said = stat.removeprefix("Deferred: ")
    if _BEGINS_CODED.match(said):
        return Refusal(Direction.RECEIVED, f"host {host} said: {said}")
    own = _SENDMAIL_OWN.match(stat) or _SENDMAIL_HERE.search(text, 0, dsn.start())
    return Refusal(Direction.OWN if own else Direction.RECEIVED, f"dsn={dsn[1]}, stat={said}")


def _exim(text: str) -> Refusal | None:
    if (at := text.find("authenticator failed for ")) >= 0:
        login = _EXIM_LOGIN.search(text, at)
        return Refusal(Direction.SENT, login["text"]) if login else None
    if found := _EXIM_DELIVERY.search(text):
        return _exim_delivery(found["text"])
    at = text.find(" rejected ")
    refused = _EXIM_REFUSED.match(text, at + len(" rejected ")) if at >= 0 else None
    if refused is None:
        return None
    # An address may stand between the command and the words.
    end = text.find(">", refused.end()) if text.startswith(" <", refused.end()) else refused.end()
    words = text.find(": ", end) if end >= 0 else -1
    if words < 0:
        return None
    said = text[words + 2 :]
    if not _BEGINS_CODED.match(said):
        # Exim logs no code; these are the ones that it sends (specification, "Access control lists").
        said = f"{'451' if text.endswith('temporarily', 0, at) else '550'} {said}"
    return Refusal(Direction.SENT, said)


def _exim_delivery(said: str) -> Refusal | None:
    if error := _EXIM_ERROR.search(said):
        host = re.search(r" H=([^ \[]+)", said[: error.start()])
        lead = f"host {host[1]} said: " if host else ""
        reply = _CODED.search(said, error.end())
        if not reply:
            return None
        # The command that was refused stands before the reply.
        return Refusal(Direction.RECEIVED, f"{said[error.start() : reply.start()]}: {lead}{said[reply.end() :]}")
    # Tries that have not been made say nothing new.
    if "retry time not reached" in said or "remote host address is the local host" in said:
        return None
    # The address stands before it.
    rest = said.partition(": ")[2]
    return Refusal(Direction.OWN, rest) if rest else None
