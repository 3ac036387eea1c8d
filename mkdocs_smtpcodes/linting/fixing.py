"""Mistakes that can be put right in only one way, put right."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .findings import Finding

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")


def fixed(text: str, findings: Iterable[Finding]) -> tuple[str, list[Finding]]:
    """A page with its findings put right, as far as there is only one way.

    Args:
        text: the page as it stands in the file; its line ends stay as they are.
        findings: what was found in it.

    Returns:
        The text, and the findings that were put right.
    """
    lines = _LINE.findall(text)
    done: list[Finding] = []
    # From the end, so that places before stay; of two at one place, the first.
    for finding in sorted(findings, key=lambda finding: (finding.line, finding.column), reverse=True):
        start, end = finding.column - 1, finding.end_column - 1
        if not finding.fix or (done and (done[-1].line, done[-1].column) <= (finding.line, finding.end_column - 1)):
            continue
        line = lines[finding.line - 1]
        lines[finding.line - 1] = f"{line[:start]}{finding.fix}{line[end:]}"
        done.append(finding)
    return "".join(lines), done[::-1]
