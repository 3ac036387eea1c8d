"""Whether files on disk changed since they were read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


def stamps_of(files: Sequence[Path], templates: Path | None) -> object:
    """What tells whether a file changed: path, time and size."""
    paths = [*files, *(sorted(templates.rglob("*")) if templates is not None and templates.is_dir() else ())]
    stamps = []
    for path in paths:
        try:
            status = path.stat()
            stamps.append((str(path), status.st_mtime_ns, status.st_size))
        except OSError:
            stamps.append((str(path), 0, 0))
    return tuple(stamps)
