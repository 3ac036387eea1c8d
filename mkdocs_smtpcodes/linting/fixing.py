"""Mistakes that can be put right in only one way, put right."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .findings import Finding

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")


def fixed(text: str, findings: Iterable[Finding]) -> tuple[str, list[Finding], list[Finding]]:
    """A page with its findings put right, as far as there is only one way.

    Args:
        text: the page as it stands in the file; its line ends stay as they are.
        findings: what was found in it.

    Returns:
        The text, the findings that were put right, and those that are left, where they now are.
    """
    lines = _LINE.findall(text)
    done: list[Finding] = []
    left: list[Finding] = []
    line, moved, taken = 0, 0, 0
    for finding in sorted(findings, key=lambda finding: (finding.line, finding.column)):
        if finding.line != line:
            line, moved, taken = finding.line, 0, 0
        here = finding._replace(column=finding.column + moved, end_column=finding.end_column + moved)
        # Of two at one place the first is put right.
        if not finding.fix or finding.column < taken:
            left.append(here)
            continue
        written = lines[line - 1]
        lines[line - 1] = f"{written[: here.column - 1]}{finding.fix}{written[here.end_column - 1 :]}"
        moved += len(finding.fix) - (finding.end_column - finding.column)
        taken = finding.end_column
        done.append(finding)
    return "".join(lines), done, left
