"""The templates: ours and a site's over them, and what is said where one of a site's is wrong."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2.environment import TemplateModule
from jinja2.utils import missing

from ..dataset import UnknownCode, Words
from ..suggestions import nearest
from . import prose, templating
from .links import rfc_url

if TYPE_CHECKING:
    from .template_lines import Made

#: How a template of a site calls ours of the same name.
DEFAULT = "default/"


class TemplateMistake(Exception):
    """What is wrong in a template of the site.

    Attributes:
        place: ``overrides/smtp_code.html:3``.
        message: what is wrong there.
    """

    def __init__(self, place: str, message: str) -> None:
        super().__init__(f"{place}: {message}")
        self.place = place
        self.message = message


class Templates:
    """The templates of a site, or ours alone.

    Attributes:
        folder: the folder of the site's own, None where it has none.
        shown: what the site calls that folder.
    """

    def __init__(self, folder: Path | None = None, shown: str = "") -> None:
        self.folder = folder
        self.shown = (shown or (folder.name if folder else "")).rstrip("/\\")

    @cached_property
    def environment(self) -> jinja2.Environment:
        # Compiling takes longer than rendering, so that all who use ours alone share them.
        return _environment(self.folder) if self.folder else _ours()

    def render(self, name: str, context: Mapping[str, Any]) -> str:
        """The HTML that a template makes.

        Raises:
            TemplateMistake: a template of the site is wrong, in whatever way.
        """
        file = f"{name}.html"
        try:
            if self.folder is not None:
                self.environment.begin()  # type: ignore[attr-defined]
            return self.environment.get_template(file).render(context)
        except Exception as error:
            # A template is a program of the site's: what may go wrong in it has no end. Ours are tested.
            if self.folder is None:
                raise
            raise TemplateMistake(self._place(error, file), self._explain(error, context)) from error

    def made(self, name: str, context: Mapping[str, Any]) -> Made:
        """What a template makes, with the places in the templates that made it."""
        from . import template_lines  # noqa: PLC0415 (only for a mistake)

        environment: Any = _environment(self.folder)
        environment.smtp_folder = self.folder
        environment.add_extension(template_lines.Marks)
        return template_lines.made(environment, f"{name}.html", context)

    def malformed(
        self, name: str, made: Made, message: str = "", line: int = 1, column: int = 0
    ) -> TemplateMistake | None:
        """What is wrong with the HTML of a template: a block of the site's that is not whole, else what is said of the whole."""
        if broken := made.broken():
            at, message = broken
        else:
            at = made.offset(line, column)
        if not message:
            return None
        folder, file = self.folder or Path(), f"{name}.html"
        found = made.place(at, lambda file: not Path(file).is_relative_to(folder))
        place = self.named(Path(found[0]), found[1]) if found else self.named(self.own(file) or folder)
        return TemplateMistake(place, message)

    # --- messages ------------------------------------------------------------------------------------------------------

    def named(self, path: Path, line: int | None = None) -> str:
        """A file of the site as it calls it, with the line."""
        if self.folder and path.is_relative_to(self.folder):
            path = Path(self.shown, path.relative_to(self.folder))
        return f"{path.as_posix()}:{line}" if line else path.as_posix()

    def own(self, name: str) -> Path | None:
        """The site's file for the name of a template."""
        path = self.folder / name if self.folder else None
        return path if path is not None and path.is_file() else None

    def file(self, name: str) -> Path | None:
        """The file behind the name of a template, None where there is none."""
        path = self.own(name) or templating.TEMPLATES / name.removeprefix(DEFAULT)
        return path if path.is_file() else None

    def names(self) -> list[str]:
        """The names by which templates can be extended and included."""
        ours = sorted(path.name for path in templating.TEMPLATES.glob("*.html"))
        own = sorted(p.relative_to(self.folder).as_posix() for p in self.folder.rglob("*.html")) if self.folder else []
        return [*own, *ours, *(f"{DEFAULT}{name}" for name in ours)]

    def _place(self, error: BaseException, name: str) -> str:
        """Where in the site's templates an error arose: the innermost of its lines that led there."""
        found: tuple[Path, int | None] | None = None
        for frame, number in traceback.walk_tb(error.__traceback__):
            path = Path(frame.f_code.co_filename)
            if self.folder and path.is_relative_to(self.folder):
                found = path, number
        if isinstance(error, jinja2.TemplateSyntaxError) and error.filename:
            found = Path(error.filename), self.syntax(error)[0]
        if isinstance(error, UnicodeDecodeError) and (broken := next(self._undecodable(), None)):
            found = broken
        if found is None:
            # It arose in one of ours, because of what a template that ours use no longer has.
            own = [path for path in sorted(templating.TEMPLATES.glob("*.html")) if self.own(path.name)]
            found = (
                self.own(name) or self.own(own[0].name if len(own) == 1 else "") or self.folder or templating.TEMPLATES,
                None,
            )
        return self.named(*found)

    def syntax(self, error: jinja2.TemplateSyntaxError) -> tuple[int, str]:
        """Line and message of what is wrong with the syntax of a template; a filter that does not exist is part of it."""
        from . import wording  # noqa: PLC0415 (only for a mistake)

        message = str(error.message).rstrip(".")
        if unknown := self._unknown(message):
            return error.lineno, unknown
        # Jinja stumbles only over what follows something that is not closed.
        path = Path(error.filename) if error.filename else self.file(error.name or "")
        source = path.read_text(encoding="utf-8-sig") if path and path.is_file() else ""
        return wording.open_at(source) or (error.lineno, wording.said(message))

    def _unknown(self, message: str) -> str:
        """What is said of a filter or a test that does not exist, "" where a message is about something else."""
        match = re.fullmatch(r"No (filter|test) named '([^']*)'\.?", message)
        if match is None:
            return ""
        known = self.environment.filters if match[1] == "filter" else self.environment.tests
        return f"there is no {match[1]} {match[2]}{nearest(match[2], known)}"

    def _undecodable(self) -> Iterator[tuple[Path, int]]:
        from .. import encodings  # noqa: PLC0415 (only for a mistake)

        for path in sorted(self.folder.rglob("*.html")) if self.folder else ():
            if wrong := encodings.place(path.read_bytes()):
                yield path, wrong[0]

    def _explain(self, error: Exception, context: Mapping[str, Any]) -> str:
        if isinstance(error, jinja2.TemplateSyntaxError):
            return self.syntax(error)[1]
        if isinstance(error, jinja2.TemplateNotFound):
            return not_found(str(error.name), self.names())
        if isinstance(error, UnicodeDecodeError):
            from .. import encodings  # noqa: PLC0415 (only for a mistake)

            return encodings.MESSAGE
        if isinstance(error, RecursionError):
            return CIRCLE
        if isinstance(error, UnknownCode):
            return error.message
        if isinstance(error, jinja2.UndefinedError):
            undefined = re.fullmatch(r"'(\w+)' is undefined", str(error.message))
            if undefined is None:
                from . import wording  # noqa: PLC0415 (only for a mistake)

                return wording.said(str(error.message))
            hint = nearest(undefined[1], context) or f"; there is {', '.join(sorted(context))}"
            return f"{undefined[1]} does not exist here{hint}"
        from . import wording  # noqa: PLC0415 (only for a mistake)

        if isinstance(error, KeyError):
            return f"there is no {' '.join(map(str, error.args))}"
        if isinstance(error, jinja2.TemplateRuntimeError) and (unknown := self._unknown(str(error.message))):
            return unknown
        return wording.said(" ".join(str(error).split())) or wording.failed(type(error).__name__)


CIRCLE = (
    f"it extends, includes or calls itself without end; ours is {DEFAULT} and its name, as in {DEFAULT}smtp_code.html"
)


def not_found(name: str, known: Iterable[str]) -> str:
    """The message about the name of a template that does not exist."""
    return f"there is no template {name}{nearest(name, known)}"


def strict_label(words: Words) -> Callable[[str], str]:
    """``label`` as a template has it: a key that does not exist is a mistake."""

    def label(key: str) -> str:
        text = words.label(key)
        if not text and key not in (known := words.tree("labels")):
            raise jinja2.UndefinedError(no_label(key, known))
        return text

    return label


def strict_words(words: Words, given: Mapping[str, Any]) -> dict[str, Callable[..., str]]:
    """The functions of a template that give words, as a site's template has them: what does not exist is a mistake.

    Args:
        words: the words of the language.
        given: the functions as our templates have them; what is not among them stays out.
    """

    given = dict(given)

    def strict(name: str, *above: str) -> Callable[..., str]:
        def word(*path: object) -> str:
            text: str = given[name](*path)
            keys = [*above, *map(str, path)]
            for number, key in enumerate(keys):
                known = [str(other) for other in words.tree(*keys[:number])] if not text and number else [key]
                if key not in known:
                    near = nearest(key, known) or f"; there is {', '.join(known)}"
                    raise jinja2.UndefinedError(f"{name}() has no {key!r}{near}")
            return text

        return word

    of = {"axis": ("axes",), "class_word": ("classes",), "status_word": ("statuses",)}
    return {name: strict(name, *above) for name, above in of.items() if name in given}


def no_label(key: str, known: Iterable[str]) -> str:
    """The message about a key of the fixed texts that does not exist."""
    return f"there is no label {key!r}{nearest(key, known)}"


class _Strict(jinja2.StrictUndefined):
    """What does not exist is a mistake, and the message names what does."""

    @property
    def _undefined_message(self) -> str:
        name, thing = self._undefined_name, self._undefined_obj
        if self._undefined_hint or name is None or thing is missing:
            return super()._undefined_message
        known = thing if isinstance(thing, Mapping) else (key for key in dir(thing) if not key.startswith("_"))
        what = str(thing.__name__) if isinstance(thing, TemplateModule) else type(thing).__name__
        near = nearest(str(name), map(str, known))
        parts = list(getattr(thing, "_fields", ()))
        from . import wording  # noqa: PLC0415 (only for a mistake)

        return f"{wording.kind(what)} has no {name!r}{near}" if near else wording.missing(name, what, parts)


@cache
def _ours() -> jinja2.Environment:
    return _environment(None)


def _environment(folder: Path | None) -> jinja2.Environment:
    filters: dict[str, Callable[..., object]] = dict(
        zip(templating.FILTERS, (prose.inline, prose.paragraphs, rfc_url, prose.whole), strict=True)
    )
    return templating.environment(filters, folder, _Strict)
