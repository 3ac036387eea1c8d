"""``mkdocs-smtpcodes changes``: what changed in the data between two releases."""

from __future__ import annotations

import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from . import options, printing

if TYPE_CHECKING:
    from ..reference.changes import Change, Snapshot

#: The version of what ``--json`` prints.
FORMAT = 1
#: As many names a line of a changelog has.
_MOST = 12
_TAGS = (("NEW", "added"), ("FIX", "changed"), ("BREAK", "removed"))
_ONE = {"codes": "code", "reasons": "reason", "replies": "reply", "texts": "text"}


@click.command("changes", short_help="Print what changed in the data since another release.")
@click.argument("old", metavar="OLD", type=click.Path(exists=True, path_type=Path), required=False)
@click.argument("new", type=click.Path(exists=True, path_type=Path), required=False)
@options.as_json
def command(old: Path | None, new: Path | None, as_json: bool) -> None:
    """Print which codes, reasons, replies and texts were added, changed and removed, as lines of a changelog.

    OLD and NEW are wheels or folders of the package; NEW is what is installed if it is not given.
    """
    from ..dataset.loading import HERE  # noqa: PLC0415
    from ..reference.changes import changes  # noqa: PLC0415

    if old is None:
        example = "changes mkdocs_smtpcodes-0.1.0-py3-none-any.whl"
        raise click.UsageError(f"changes takes a wheel or a folder of the package, and none is given; write {example}")
    before, after = _snapshot(old), _snapshot(new or HERE)
    found = changes(before, after)
    versions = [told["version"]["data_version"] for told in (before, after)]
    if as_json:
        told = {change.kind: {tag: list(getattr(change, tag)) for _, tag in _TAGS} for change in found}
        printing.echo_json({"format": FORMAT, "old": versions[0], "new": versions[1], **told})
        return
    old_day, new_day = (version or "an unknown day" for version in versions)
    number = sum(len(getattr(change, what)) for change in found for _, what in _TAGS)
    if found and old_day == new_day:
        differ = "in one thing" if number == 1 else f"in {number} things"
        printing.echo(f"Both have data of {new_day}, and differ {differ}", err=True)
    else:
        printing.echo(f"Data of {new_day}, after that of {old_day}", err=True)
    for line in _lines(found):
        printing.echo(line)
    if not found:
        printing.echo("the data is the same", err=True)


def _lines(found: list[Change]) -> Iterator[str]:
    for tag, what in _TAGS:
        for change in found:
            names = getattr(change, what)
            if not names:
                continue
            if change.kind in {"replies", "texts"}:
                # By sender, or by language.
                counted = Counter(name.split(":" if change.kind == "replies" else " ")[0] for name in names)
                told = ", ".join(
                    f"{number} {'of' if change.kind == 'replies' else 'in'} {name}" for name, number in counted.items()
                )
            else:
                more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
                told = ", ".join(names[:_MOST]) + more
            yield f"- {tag}: {what} {change.kind if len(names) > 1 else _ONE[change.kind]}: {told}"


def _snapshot(path: Path) -> Snapshot:
    from ..reference.changes import snapshot  # noqa: PLC0415

    if path.is_file():
        if not zipfile.is_zipfile(path):
            raise click.UsageError(f"{path.as_posix()} is neither a wheel nor a folder of the package")
        with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(path) as wheel:
            wheel.extractall(folder, [name for name in wheel.namelist() if name.endswith(".yml")])
            return _snapshot(Path(folder))
    package = path / "mkdocs_smtpcodes" if (path / "mkdocs_smtpcodes").is_dir() else path
    if not (package / "facts").is_dir():
        raise click.UsageError(f"{path.as_posix()} has no facts; name a wheel or a folder of the package")
    return snapshot(package)
