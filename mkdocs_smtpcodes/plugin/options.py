"""What the plugin accepts in mkdocs.yml. Wrong options never come here: ``settings`` has told them before."""

from __future__ import annotations

from typing import Any

from mkdocs.config import config_options as c
from mkdocs.config.base import Config


class SmtpCodesConfig(Config):  # type: ignore[no-untyped-call]
    """What ``plugins: - smtpcodes:`` accepts."""

    lang = c.Type(str, default="auto")
    """Language of the sections: ``auto`` (follow the page), or a language with words, such as ``tr``."""
    data_files = c.ListOfItems(c.Type(str), default=[])
    """YAML files with codes and words of the site's own, relative to the configuration file; later ones win."""
    reference = c.Choice(("off", "used", "all", False), default="off")
    """Pages that the plugin generates: ``off``, ``used`` (codes that the site's directives show and whose pages it links to) or
    ``all`` codes."""
    reference_dir = c.Type(str, default="smtp")
    """Folder of the generated pages in the docs folder."""
    reference_search = c.Type(bool, default=True)
    """Whether the search of the site finds the generated pages."""
    comparisons = c.Type((list, str), default=[])
    """Comparisons that get a page: a list of pairs, or ``related`` for the pairs that people confuse."""
    export = c.Choice(("off", "json", False), default="off")
    """``json`` publishes the codes with facts, words and addresses as ``codes.json`` in the folder of the reference."""
    autolink = c.Type((str, bool), default="off")
    """Where codes become links without a directive: ``off``, ``code`` (in inline code) or ``text`` (in running text too)."""
    autolink_fences = c.Type((str, bool), default=False)
    """Whether codes in fenced code get tooltips; what is copied from there stays the same."""
    bare = c.Type((str, bool), default=False)
    """Whether a code needs no word beside it that says what it is."""
    lint = c.Type(dict, default={})
    """Levels of the rules by which ``mkdocs-smtpcodes check`` looks at codes: ``off``, ``note``, ``warning`` or ``error``."""
    markdown = c.Type(bool, default=False)
    """Whether each generated page has a twin in Markdown beside it, for copies and language models."""
    templates = c.Type(str, default="")
    """Folder with templates that replace or extend those of the plugin, relative to the configuration file."""
    css = c.Type(bool, default=True)
    """Whether the plugin's stylesheet is added to the site."""


#: The options that the extension has, too.
_SHARED = ("lang", "data_files", "templates", "autolink", "autolink_fences", "bare")


def shared(config: SmtpCodesConfig) -> dict[str, Any]:
    """The options of the extension where the site says something else than usual."""
    return {name: config[name] for name in _SHARED if config[name] not in ("auto", "off", "", [], False)}
