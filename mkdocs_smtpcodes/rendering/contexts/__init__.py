"""What each template is given: one function a directive. The guide on templates of the example site lists it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ...directives import Directive
    from ..renderer import Renderer
    from ..speaker import Speaker

#: The module and the function of each directive. A site with comparisons alone needs none of the other modules.
_FUNCTIONS = {
    "smtp_compare": ("comparing", "compare"),
    "smtp_code": ("entries", "code"),
    "smtp_table": ("tables", "table"),
    "smtp_commands": ("tables", "commands"),
    "smtp": ("entries", "reference"),
    "smtp_replies": ("replies", "replies"),
    "smtp_explain": ("replies", "explain"),
    "smtp_lookup": ("replies", "lookup"),
}


def context(renderer: Renderer, directive: Directive, speaker: Speaker) -> dict[str, Any]:
    """What the template of a directive is given.

    Args:
        renderer: whose dataset and settings hold.
        directive: what was written.
        speaker: the language.
    """
    module, function = _FUNCTIONS[directive.name]
    found: dict[str, Any] = getattr(import_module(f"{__name__}.{module}"), function)(renderer, directive, speaker)
    return found
