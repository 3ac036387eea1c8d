"""Which codes of a page become links without a directive: what the site says, and what the page's front matter says otherwise."""

# Annotations are no strings in this module: a NamedTuple compiles those that are, which takes most of its time.

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

MODES = ("off", "code", "text")
#: The options, as the plugin, the extension and the front matter name them, with what they are without one.
DEFAULTS: Mapping[str, str | bool] = {"autolink": "off", "autolink_fences": False, "bare": False}
#: The key of the front matter that they stand under.
KEY = "smtp"
#: What a page may call it by mistake.
OTHERS = ("smtpcodes", "smtp_codes", "smtp-codes", "SMTP")
#: What it may call its language by mistake.
LANGS = ("Lang", "LANG")
#: A text without one of these has no code.
_NUMBER = r"(?<![0-9])[1-9][0-9][0-9](?![0-9])|[245]\.[0-9]{1,3}\.[0-9]"


class Wish(NamedTuple):
    """Where codes are looked for: in inline code (``code``), in running text too (``text``), in fences; ``bare`` ones too."""

    mode: str
    fences: bool
    bare: bool

    @property
    def any(self) -> bool:
        """Whether anything is looked for."""
        return self.mode != "off" or self.fences


def numbered(text: str) -> bool:
    """Whether a text may have a code at all."""
    return re.search(_NUMBER, text) is not None


def wish(site: Mapping[str, Any], meta: Mapping[str, Any] | None = None) -> Wish | None:
    """What holds for a page, None for nothing; a value that is unknown says nothing.

    Args:
        site: the options of the site.
        meta: the front matter of the page.
    """
    own = meta.get(KEY) if meta else None
    own = {name: _truth(value) for name, value in own.items()} if isinstance(own, Mapping) else own
    given = [own, site] if isinstance(own, Mapping) else [site]
    values = [
        next((value for place in given if (value := _read(name, place.get(name))) is not None), default)
        for name, default in DEFAULTS.items()
    ]
    found = Wish(str(values[0]), bool(values[1]), bool(values[2]))
    return found if found.any else None


def _read(name: str, value: object) -> str | bool | None:
    """A value as it is meant, None for one that is not known. YAML reads ``off`` as false."""
    if name == "autolink":
        value = "off" if value is False else value
        return value if isinstance(value, str) and value in MODES else None
    return value if isinstance(value, bool) else None


def _truth(value: object) -> object:
    """A value of a front matter: what MkDocs reads as true or false, as YAML 1.1 has it, is a text for Zensical."""
    return _WORDS.get(value.lower(), value) if isinstance(value, str) else value


#: The words of YAML 1.1.
_WORDS = {"yes": True, "on": True, "true": True, "no": False, "off": False, "false": False}


def value_mistake(name: str, value: object) -> str:
    """What is wrong with the value of an option, "" for nothing."""
    if value is None or _read(name, value) is not None:
        return ""
    from .suggestions import shown, takes  # noqa: PLC0415 (only for a mistake)

    return f"{name}: {shown(value)} is unknown{takes(str(value), MODES if name == 'autolink' else ('true', 'false'))}"


def in_meta(meta: Mapping[str, Any], source: str = "", *, doubtful: bool = False) -> Iterator[tuple[int, str]]:
    """Line (0 where it is not known) and message of each mistake under ``smtp`` in the front matter of a page.

    Args:
        meta: the front matter, read.
        source: the file of the page.
        doubtful: whether what may be somebody else's is told, too.
    """
    for other in OTHERS:
        if isinstance(found := meta.get(other), Mapping) and set(map(str, found)) & set(DEFAULTS):
            from .yaml_lines import line_of  # noqa: PLC0415 (only for a mistake)

            yield line_of(source, other), f"{other}: what a page wishes stands below {KEY}; write {KEY}: there"
    for name in LANGS:
        # Other tools may have such a key, on pages that have nothing of ours.
        if isinstance(meta.get(name), str) and "lang" not in meta and "smtp" in source:
            from .yaml_lines import line_of  # noqa: PLC0415 (only for a mistake)

            yield (
                line_of(source, name),
                f"{name}: nobody reads this, for the key is written small; write lang: {meta[name]}",
            )
    own = meta.get(KEY)
    if not isinstance(own, Mapping):
        # Somebody else's key may have the same name.
        if own in MODES:
            from .yaml_lines import line_of  # noqa: PLC0415 (only for a mistake)

            yield line_of(source, KEY), f"{KEY}: {own!r} is no mapping; write {KEY}: {{autolink: {own}}}"
        elif isinstance(own, list) and own and set(map(str, own)) <= {*DEFAULTS, *MODES}:
            from .yaml_lines import line_of  # noqa: PLC0415 (only for a mistake)

            yield line_of(source, KEY), f"{KEY}: expected a mapping, found a list; write {KEY}: {{autolink: text}}"
        elif doubtful and isinstance(own, list | bool | int):
            from .yaml_lines import line_of  # noqa: PLC0415 (only for a mistake)

            found = "a list" if isinstance(own, list) else str(own).lower()
            yield line_of(source, KEY), f"{KEY}: expected a mapping, found {found}; write {KEY}: {{autolink: text}}"
        return
    for name, value in own.items():
        if name in DEFAULTS:
            message = value_mistake(str(name), value) if _read(str(name), _truth(value)) is None else ""
        else:
            from .suggestions import takes  # noqa: PLC0415 (only for a mistake)

            message = f"{name} is not an option{takes(str(name), tuple(DEFAULTS))}"
            if name == "lang":
                message = f"lang stands beside {KEY}, not below it; write lang: {value} on a line of its own"
        if message:
            from .yaml_lines import line_of  # noqa: PLC0415 (only for a mistake)

            yield line_of(source, KEY, str(name)), f"{KEY}: {message}"
