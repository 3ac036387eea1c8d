"""The Jinja environment of the templates: ours compiled beforehand, those of a site over them.

Compiling our templates costs more than all the rest of a small build, so the package carries them compiled, made when it is
built (`hatch_build.py`). Code that another version of Jinja has made is not used, nor is any that is older than its template.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import jinja2

TEMPLATES = Path(__file__).parent.parent / "templates"
PREPARED = Path(__file__).parent.parent / "prepared" / "templates"
STAMP = "stamp.txt"
#: The filters that templates may use.
FILTERS = ("inline", "paragraphs", "rfc_url", "whole")
#: Seconds by which a template may be younger than the compiled ones: installing a wheel writes its files one after the other.
SLACK = 10


def environment(
    filters: Mapping[str, Callable[..., Any]],
    templates: Path | None = None,
    undefined: type[jinja2.Undefined] = jinja2.StrictUndefined,
) -> jinja2.Environment:
    """The environment that renders sections.

    Args:
        filters: the filters that templates may use, by name.
        templates: the folder of a site's own templates.
        undefined: what stands for a name that does not exist.
    """
    ours: jinja2.BaseLoader = jinja2.FileSystemLoader(TEMPLATES)
    if _stamp() == _written():
        ours = jinja2.ChoiceLoader([jinja2.ModuleLoader(PREPARED), ours])
    # A template of the site extends ours as "default/smtp_code.html".
    loaders: list[jinja2.BaseLoader] = [ours, jinja2.PrefixLoader({"default": ours})]
    if templates:
        loaders.insert(0, jinja2.FileSystemLoader(templates, encoding="utf-8-sig"))
    options: dict[str, Any] = {
        "loader": jinja2.ChoiceLoader(loaders),
        "autoescape": True,
        "undefined": undefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
    }
    if templates:
        from .bounds import Bounded  # noqa: PLC0415 (only for templates of a site)

        made: jinja2.Environment = Bounded(templates, **options)
    else:
        made = jinja2.Environment(**options)
    made.filters |= filters
    return made


def prepare() -> None:
    """Write the compiled templates that the package carries."""
    PREPARED.mkdir(parents=True, exist_ok=True)
    for old in PREPARED.glob("*"):
        if old.is_file():
            old.unlink()
    # Of the filters only the names matter.
    made = environment(dict.fromkeys(FILTERS, str))
    made.compile_templates(PREPARED, extensions=["html"], zip=None, ignore_errors=False)
    (PREPARED / STAMP).write_text(_stamp(), encoding="utf-8")


def _written() -> str:
    """The stamp of the compiled templates, "" where there are none, or a template is younger."""
    stamp = PREPARED / STAMP
    try:
        written = stamp.stat().st_mtime
        # This module is looked at too, because it decides how templates are read.
        if any(path.stat().st_mtime > written + SLACK for path in [*TEMPLATES.glob("*.html"), Path(__file__)]):
            return ""
        return stamp.read_text(encoding="utf-8")
    except OSError:
        return ""


def _stamp() -> str:
    """The version of Jinja, and the sizes of the templates."""
    sizes = ",".join(f"{path.name}:{path.stat().st_size}" for path in sorted(TEMPLATES.glob("*.html")))
    return f"{jinja2.__version__} {sizes}"
