"""What each template is given: one function a directive. The guide on templates of the example site lists it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from .comparing import compare
from .entries import code, reference
from .replies import explain, lookup, replies
from .tables import commands, table

if TYPE_CHECKING:
    from ...directives import Directive
    from ..renderer import Renderer
    from ..speaker import Speaker

CONTEXTS: Mapping[str, Callable[[Renderer, Directive, Speaker], dict[str, Any]]] = {
    "smtp_compare": compare,
    "smtp_code": code,
    "smtp_table": table,
    "smtp_commands": commands,
    "smtp": reference,
    "smtp_replies": replies,
    "smtp_explain": explain,
    "smtp_lookup": lookup,
}
