"""What `check` prints for programs: JSON, SARIF 2.1.0 (OASIS), and the commands of a GitHub workflow."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from .. import __version__
from ..lint_rules import Rule
from ..linting import RULES, Finding

if TYPE_CHECKING:
    from .checking import Mistake

#: The version of what ``--format json`` prints.
FORMAT = 1
#: Under which name a mistake in a directive, a data file or the configuration stands among the rules.
MISTAKE = Rule("mistake", "error", "A directive, a data file, a template or the configuration is wrong.")
SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_COMMANDS = {"note": "notice", "warning": "warning", "error": "error"}


def as_json(number: int, mistakes: Sequence[Mistake], findings: Sequence[Finding], mended: int) -> dict[str, Any]:
    """Mistakes and findings as JSON values.

    Args:
        number: how many pages were read.
        mistakes: what is wrong in directives, data files and the configuration.
        findings: what the linter says.
        mended: how many findings were put right.
    """
    return {
        "format": FORMAT,
        "pages": number,
        "mistakes": [
            {"file": file, "line": line or None, "column": column or None, "message": message}
            for file, line, column, message in mistakes
        ],
        "findings": [_finding(finding) for finding in findings],
        "fixed": mended,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    told = finding._asdict()
    told["fix"] = finding.fix or None
    told["related"] = dict(zip(("file", "line", "column"), finding.related, strict=True)) if finding.related else None
    return told


# --- SARIF -------------------------------------------------------------------------------------------------------------


def as_sarif(mistakes: Iterable[Mistake], findings: Iterable[Finding]) -> dict[str, Any]:
    """Mistakes and findings as a log of SARIF 2.1.0, as GitHub's code scanning and editors read it."""
    rules = [MISTAKE, *RULES.values()]
    number = {rule.name: place for place, rule in enumerate(rules)}
    results = [
        _result(MISTAKE.name, number, "error", message, _location(file, line, column))
        for file, line, column, message in mistakes
    ]
    for found in findings:
        place = _location(found.file, found.line, found.column, found.end_column)
        result = _result(found.rule, number, found.level, found.message, place)
        if found.fix:
            result["fixes"] = [_fix(place["physicalLocation"], found.fix)]
        if found.related:
            result["relatedLocations"] = [
                {**_location(*found.related), "message": {"text": "explained otherwise here"}}
            ]
        results.append(result)
    driver = {
        "name": "mkdocs-smtpcodes",
        "version": __version__,
        "rules": [
            {
                "id": rule.name,
                "shortDescription": {"text": rule.summary},
                "defaultConfiguration": {"level": rule.level},
            }
            for rule in rules
        ],
    }
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}


def _result(rule: str, number: dict[str, int], level: str, message: str, location: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {"ruleId": rule, "ruleIndex": number[rule], "level": level, "message": {"text": message}}
    return told | ({"locations": [location]} if location else {})


def _location(file: str, line: int, column: int, end_column: int = 0) -> dict[str, Any]:
    """A place, with as much as is known of it; nothing where not even the file is."""
    if not file:
        return {}
    uri = Path(file).as_uri() if Path(file).is_absolute() else quote(file)
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri}}
    region = {"startLine": line, "startColumn": column, "endColumn": end_column}
    if line:
        physical["region"] = {name: value for name, value in region.items() if value}
    return {"physicalLocation": physical}


def _fix(place: dict[str, Any], text: str) -> dict[str, Any]:
    replacement = {"deletedRegion": place["region"], "insertedContent": {"text": text}}
    change = {"artifactLocation": place["artifactLocation"], "replacements": [replacement]}
    return {"description": {"text": f"Write {text}"}, "artifactChanges": [change]}


# --- GitHub ------------------------------------------------------------------------------------------------------------


def as_commands(mistakes: Iterable[Mistake], findings: Iterable[Finding]) -> list[str]:
    """Mistakes and findings as commands of a GitHub workflow, which shows them in place in a pull request."""
    told = [_command("error", MISTAKE.name, *mistake) for mistake in mistakes]
    for found in findings:
        command = _COMMANDS[found.level]
        told.append(
            _command(command, found.rule, found.file, found.line, found.column, found.message, found.end_column)
        )
    return told


def _command(command: str, title: str, file: str, line: int, column: int, message: str, end: int = 0) -> str:
    properties = {"file": file, "line": line, "col": column, "endColumn": end, "title": title}
    told = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in properties.items() if value)
    return f"::{command} {told}::{_escaped(message)}"


def _escaped(text: str, more: str = "") -> str:
    return re.sub(rf"[%\r\n{more}]", lambda found: f"%{ord(found[0]):02X}", text)
