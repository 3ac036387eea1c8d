"""Each template of a site is tried once, so that what is wrong in one that no page uses is known too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..directives import SIGNATURES, Mistakes, find, parse
from ..rendering.templates import TemplateMistake

if TYPE_CHECKING:
    from ..extension import SmtpCodesExtension

#: A directive for each template.
_EXAMPLES = {
    "smtp_compare": "<< smtp_compare(250, 550 5.7.1) >>",
    "smtp_code": "<< smtp_code(550 5.7.1) >>",
    "smtp_table": "<< smtp_table(4xx) >>",
    "smtp_commands": "<< smtp_commands() >>",
    "smtp_explain": '<< smtp_explain("550 5.1.1 User unknown") >>',
    "smtp_lookup": "<< smtp_lookup() >>",
    "smtp_replies": "<< smtp_replies(reason=greylisted) >>",
    "smtp": "<< smtp(550) >>",
}


def try_templates(extension: SmtpCodesExtension) -> None:
    """Make a section with each template of the site; what is wrong is reported to the extension."""
    templates = extension.renderer.templates
    if templates.folder is None or not templates.folder.is_dir():
        return
    names = [name for name in SIGNATURES if templates.own(f"{name}.html")]
    # What all of ours use may break any of them.
    if any(templates.folder.glob("_*.html")):
        names = list(SIGNATURES)
    for name in names:
        text = _EXAMPLES[name]
        found = find(text)
        if found is None:
            continue
        try:
            directive = parse(found, text)
            extension.section(directive, extension.language(directive), 2)
        except TemplateMistake as mistake:
            extension.report_template(mistake)
        except Mistakes:
            continue  # a site's data may have left out what the example names
