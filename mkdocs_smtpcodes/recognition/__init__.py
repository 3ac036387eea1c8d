"""Raw text in; code, words, reason and sender out. Pure: no words, no HTML, no files; facts come in as plain mappings.

The same algorithm runs in JavaScript on the same compiled rules, and both run ``tests/recognition/cases.json``. So
nothing here depends on what a language thinks a letter, a digit or a space is: characters are units of UTF-16,
letters are folded by a table, regular expressions are scanners of ASCII classes without flags, without lookbehind and
without nested repetition. Everything is linear in the text; what is looked at closely is bounded in number and
length.

The way, each step in its module:

1. ``zones``: the text is divided into zones. A block of headers with three typical names is left out; a line ``--…``
   whose next line begins with ``Content-`` opens a part; text and delivery status are taken, decoded from base64 and
   quoted-printable, a returned message is not. A zone ends before a line that announces a copy of the message.
   Delivery status comes first, then plain text, then HTML. (A text of one line with ``\\n`` in it is undone as JSON
   before.)
2. ``unescaping``: in each zone, escapes of JSON, HTML, quoted-printable, syslog and qmail are undone by one scan, and
   typeset spaces, quotes, dashes and arrows become ASCII. Only Python keeps the way back to the places in the text as
   given (``spans``).
3. ``status``: the fields of a delivery status, recipient by recipient. If there are any, each recipient gives an
   explanation: the best reply in ``Diagnostic-Code``, if it has a basic code and words; else, for a single recipient,
   the best reply of all zones; else ``Status`` with the words of ``Diagnostic-Code``. 5xx come before 4xx before
   others.
   Without such fields, a zone whose sentences name two recipients or more (``sections``) gives an explanation of each.
4. ``candidates``: else all zones are scanned for numbers of the form of a code. ``lead`` says how a number is
   announced (3 by ``said:``, ``->``, ``smtp;`` …; 2 at the beginning of a line or after punctuation; 1 after a word
   such as ``error``), ``shape`` what follows (3 an enhanced code; 2 words; 1 nothing). Numbers that are part of
   something else, of an amount, a version, a time, a port, a process or an API of the web are none.
5. ``reading``: what a candidate says: the rest of its line and the lines that go on with it, without the codes
   repeated at their beginning, ended by what reports add, by the quote that was opened before it, or by what begins
   anew; an enhanced code such as ``(#5.1.1)`` within the words is the reply's own.
6. ``choosing``: of replies within each other the innermost stands, of all that remain the first of the highest rank:
   refusing before not refusing, surely a reply before a code alone, announced before not announced. A code that ends
   what is said gets the words before it; ``dsn=`` in a log gets those of ``stat=`` or ``status=… (…)``.
7. ``evidence``: who speaks. A mark of a sender in the words; else a host of a service in the words; else the last
   host before them that is named as the one that answered (``host_leads``), or ``Remote-MTA``.
8. ``matching``: the reason, by the first that fits, after the patterns of ``first`` (``text``):
   a. the reply on record that fits best and tells who speaks (``known``; see ``rules`` for how well words tell it);
   b. another reply on record with many words (``text``);
   c. 220 and 3xx are ``continue``, other 2xx ``accepted`` (``code``);
   d. a row of a code alone with a detail above 99, which only services have (``known``);
   e. the first of the ``patterns`` (``text``), for which addresses become the word "address", hosts and URLs nothing;
   f. a reply on record with few words (``text``); g. a row of a registered code alone of the service that speaks
      (``known``);
   h. the code alone (``by_code``: ``code``); i. the first of the ``weak`` patterns (``text``);
   j. if the words gave nothing, a and e with the 400 characters before the reply (``text``).
9. A text without a code is searched for a number within a sentence whose next words give a reason (``we see 550 User
   unknown every day``), then tried line by line for replies on record, then as a whole for patterns.
10. ``recognising``: where no field says what has become of the message, the sentences of a report do (``notices``). One
   that still waits has no reason ``expired``.

The compiled rules (``compile_rules``) are JSON:

- ``fold``: two texts of the same length; each character of the first becomes that of the second. Then runs of spaces
  become one space, and one stands at both ends.
- ``senders``: ``[id, 1 for a service, [domain …], [mark …]]``; marks are literals.
- ``reasons`` and ``codes``: tables; where a rule has a reason or codes, it has their place here. ``codes`` holds lists of
  codes; the first is empty.
- ``rows``: a list for each sender, of ``[reason, literal or "", tag or "", codes, telling, coded]``. ``telling``: 2 the
  words tell who speaks, 1 they do where they are all that is said with an agreeing code, below 0 the same of words that
  others share, 0 not at all. ``coded``: 1 where the same words have another reason with another code, so that the code
  has to be there.
- ``first``, ``patterns`` and ``weak``: ``[reason, [literal …], [literal that must be absent …], codes, 1 to look at addresses and
  URLs too]``.
- a literal: folded text in which ``\\x01`` is a gap of at most 40 characters, ``\\x02`` of at most 200 (``occurs``).
  ``a|b`` is one word or the other. Pieces are found from left to right, each as early as its gap allows, for every
  place of the first piece; two pieces may share a space.
- a code: ``[beginning of the basic code, class, ".subject.", first detail, last detail]``, empty where it does not
  matter.
- ``by_code``: reasons by ``550 5.1.1``, ``5.1.1``, ``X.1.1``, ``550``, or the first digit ``2`` and ``3``.
- ``stages``: ``[folded literal, command]``, tried in order; ``hosts``, ``whole``: folded texts.
- ``notices``: literals by what they say has become of the message: ``delayed``, ``failed``.
"""

from __future__ import annotations

from .explanation import Explanation, Span
from .recognising import recognise
from .rules import Rules, compile_rules

__all__ = ["Explanation", "Rules", "Span", "compile_rules", "recognise"]
