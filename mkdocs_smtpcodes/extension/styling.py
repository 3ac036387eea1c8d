"""The stylesheet and the script of tooltips as they stand in a page that carries them itself."""

from __future__ import annotations

import re
from pathlib import Path

ASSETS = Path(__file__).parent.parent / "assets"
# What only a reader of the file needs; it would stand in every page.
_NEEDLESS = re.compile(r"/\*.*?\*/\n?|^ +|\n(?=\n)", re.DOTALL | re.MULTILINE)


def inline_style() -> tuple[str, str]:
    """The style element and the script element."""
    css, script = (
        _NEEDLESS.sub("", (ASSETS / name).read_text(encoding="utf-8")) for name in ("smtpcodes.css", "smtpcodes.js")
    )
    return f"<style>\n{css}</style>", f"<script>\n{script}</script>"
