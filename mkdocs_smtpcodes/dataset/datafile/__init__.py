"""A site's own data file: read, its form checked by the schema, each mistake named with file, line and key.

What is wrong is left out, and the rest of the file is used.
"""

from __future__ import annotations

from pathlib import Path

from . import checking, reading
from .layer import Data, Layer, Path_
from .schema import SCHEMA

__all__ = ["SCHEMA", "Data", "Layer", "Path_", "read_layer"]


def read_layer(path: Path, name: str) -> Layer:
    """Read a data file and check its form. ``name`` is what the writer calls the file."""
    layer = Layer(name)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        from ... import encodings  # noqa: PLC0415 (only for a mistake)

        line, _ = encodings.place(path.read_bytes()) or (1, 1)
        layer.mistakes.append(f"{name}:{line}: {encodings.MESSAGE}")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        folder = path.absolute().parents[len(Path(name).parts) - 1]
        sought = "" if Path(name).is_absolute() else f"; it was looked for in {folder}"
        layer.mistakes.append(f"data_files: {name} cannot be read ({reason}){sought}")
    else:
        data = reading.parse(text, layer)
        if data is not None:
            layer.data = data
            checking.check(layer)
            # Where the whole was wrong, or all codes, nobody knows what the file was to hold.
            layer.unread = () in layer.left_out or ("codes",) in layer.left_out
            return layer
    layer.unread = True
    return layer
