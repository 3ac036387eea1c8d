"""How fast `mkdocs-smtpcodes log` reads, and how much memory it takes: python benchmarks/log.py [LINES] [SHARE OF REFUSALS]

The log is made up: a busy server, whose refusals differ in addresses, hosts and ids from line to line.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from mkdocs_smtpcodes import load_dataset
from mkdocs_smtpcodes.logs import Tally, lines

_USUAL = (
    "postfix/smtpd[{n}]: connect from h{n}.example[192.0.2.{b}]",
    "postfix/cleanup[3]: {q}: message-id=<{n}.{q}@example.org>",
    "postfix/qmgr[9]: {q}: from=<u{n}@example.org>, size={n}, nrcpt=1 (queue active)",
    "postfix/smtp[1]: {q}: to=<u{n}@example.org>, relay=mx{b}.example.org[192.0.2.{b}]:25, delay=1.1, dsn=2.0.0, "
    "status=sent (250 2.0.0 Ok: queued as {q})",
    "postfix/smtpd[{n}]: disconnect from h{n}.example[192.0.2.{b}] ehlo=1 mail=1 rcpt=1 data=1 quit=1 commands=5",
)
_REFUSALS = (
    "postfix/smtpd[{n}]: NOQUEUE: reject: RCPT from h{n}.example[192.0.2.{b}]: 554 5.7.1 <u{n}@example.org>: Relay access "
    "denied; from=<a{n}@example.net> to=<u{n}@example.org> proto=ESMTP helo=<h{n}.example>",
    "postfix/smtpd[{n}]: NOQUEUE: reject: RCPT from h{n}.example[192.0.2.{b}]: 450 4.2.0 <u{n}@example.org>: Recipient address "
    "rejected: Greylisted; from=<a{n}@example.net> to=<u{n}@example.org> proto=ESMTP helo=<h{n}.example>",
    "postfix/postscreen[7]: NOQUEUE: reject: RCPT from [192.0.2.{b}]:{n}: 550 5.7.1 Service unavailable; client [192.0.2.{b}] "
    "blocked using zen.spamhaus.org; from=<a{n}@example.net>, to=<u{n}@example.org>, proto=ESMTP, helo=<h{n}>",
    "postfix/smtp[1]: {q}: to=<u{n}@example.org>, relay=mx{b}.example.org[192.0.2.{b}]:25, delay=1.1, dsn=5.1.1, status=bounced "
    "(host mx{b}.example.org[192.0.2.{b}] said: 550 5.1.1 <u{n}@example.org>: Recipient address rejected: User unknown "
    "(in reply to RCPT TO command))",
    "postfix/smtp[1]: {q}: to=<u{n}@gmail.com>, relay=gmail-smtp-in.l.google.com[192.0.2.{b}]:25, dsn=4.7.28, status=deferred "
    "(host gmail-smtp-in.l.google.com[192.0.2.{b}] said: 421-4.7.28 Gmail has detected an unusual rate of unsolicited mail "
    "originating 421-4.7.28 from your IP address. 421 4.7.28 {q} - gsmtp (in reply to end of DATA command))",
    "postfix/smtp[1]: {q}: to=<u{n}@example.org>, relay=none, delay=30, dsn=4.4.1, status=deferred (connect to "
    "mx{b}.example.org[192.0.2.{b}]:25: Connection timed out)",
)


def write(path: Path, number: int, share: float) -> None:
    chance = random.Random(1)
    with path.open("w") as file:
        for _ in range(number):
            line = chance.choice(_REFUSALS if chance.random() < share else _USUAL)
            filled = line.format(n=chance.randrange(10**5), b=chance.randrange(256), q=f"{chance.randrange(1 << 40):X}")
            file.write(f"Nov 28 10:00:00 mail {filled}\n")


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    share = float(sys.argv[2]) if len(sys.argv) > 2 else 0.2
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "mail.log")
        write(path, number, share)
        start = time.process_time()
        for some in lines(str(path)):
            len(some)
        reading = time.process_time() - start
        tally = Tally(load_dataset().rules)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        start = time.process_time()
        for some in lines(str(path)):
            tally.add(some)
        seconds = time.process_time() - start
        more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(f"{tally.lines} lines, {tally.refusals} refusals, {len(list(tally.counted()))} kinds")
    print(
        f"{seconds:.1f} s, {tally.lines / seconds:,.0f} lines a second, {seconds / reading:.0f} times as long as reading alone"
    )
    print(f"{more / 1024:.0f} MB more than before")


if __name__ == "__main__":
    main()
