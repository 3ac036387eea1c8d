"""Whether three numbers are the version of a program: "Postfix 2.9.5", "since 2.5.0", ">= 4.7.1", "fixed in 5.2.3"."""

from __future__ import annotations

import re

from .words import Words, plain

#: What compares versions. A sign alone stands behind a word and a space, so that neither a tag nor an arrow is one.
_COMPARED = re.compile(r"(?:[<>]=|[≤≥]|~=|~>|==|[A-Za-z`)\]][ \t]+[<>])[ \t`\"'*]*v?$")
_NAME = re.compile(r"(?:^|[^\w.$])(?P<name>[A-Z][\w+-]*|[a-z]+[A-Z]\w*)[ \t\n\u00a0`*_\"'“”(]*$")
#: What is mended in a version, a number of three parts whose first is that of the version.
_MENDED = re.compile(r"(?P<words>[^.;:\n]{0,30}?)[ \t]v?(?P<first>[0-9])\.[0-9]{1,3}\.[0-9]")
_MARKS = " \t\n\u00a0`*_\"'“”("


def is_version(words: Words, before: str, code: str = "", after: str = "") -> bool:
    """Whether what stands before an enhanced code makes it a version: a name, a comparison, or a word such as "since".

    A word that says that a code is meant takes that away, wherever it stands between the name and the number.

    Args:
        words: the words.
        before: the text before the number, as it is written.
        code: the number.
        after: the text after it.
    """
    if _COMPARED.search(before):
        return True
    told = plain(before)
    for table in (words.strong_before, words.weak_before):
        if (start := words.beside(table, told)) >= 0:
            # "MySQL server error 5.7.1": the error is another program's.
            if words.never.ends(told[:start].rstrip(_MARKS)) >= 0:
                return True
            if table is words.strong_before:
                return False
            # "the release with status 5.1.1", "error 5.2.2 fixed in 5.2.3"
            return words.beside(words.releases, told[:start]) >= 0 or _is_mended(words, code, after)
    direct = told.rstrip(_MARKS)
    if words.versioned.ends(direct) >= 0 or words.programs.ends(direct) >= 0:
        return True
    if words.unversioned.ends(direct) >= 0 or words.articles.ends(direct) >= 0 or words.between.ends(direct) >= 0:
        return False
    return _NAME.search(before) is not None


def _is_mended(words: Words, code: str, after: str) -> bool:
    match = _MENDED.match(after)
    return match is not None and match["first"] == code[:1] and words.mended.ends(plain(match["words"])) >= 0
