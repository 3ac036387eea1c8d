"""Options that stand before and after the name of a command, and what they lead to."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from . import printing

if TYPE_CHECKING:
    from ..dataset import Dataset
    from .configuration import Site

F = TypeVar("F", bound=Callable[..., Any])


class Call:
    """What the options of one call say, wherever they stand."""

    def __init__(self) -> None:
        self.files: list[str] = []
        self.config: Path | None = None
        #: Where to look for a configuration if there is none here.
        self.beside: Sequence[Path] = ()

    @cached_property
    def site(self) -> Site:
        """The site of the call: that of the configuration, with the data files of ``--data`` as later ones."""
        from .configuration import find, read  # noqa: PLC0415

        path = self.config or find(Path.cwd(), *self.beside)
        return read(path).with_files(self.files)

    @cached_property
    def dataset(self) -> Dataset:
        """The codes, with those of the site. What is wrong in its files is said once."""
        from ..dataset import load_dataset  # noqa: PLC0415

        dataset = load_dataset(self.site.data_files, Path())
        for mistake in (*self.site.mistakes, *map(self._placed, dataset.mistakes)):
            printing.echo(mistake, err=True, fg="yellow")
        return dataset

    def _placed(self, mistake: str) -> str:
        """A message about a file that is not there, with the place of its name."""
        from ..option_places import line_of  # noqa: PLC0415
        from .configuration import relative  # noqa: PLC0415

        if not mistake.startswith("data_files: ") or self.site.file is None:
            return mistake
        return f"{relative(self.site.file)}:{line_of(self.site.text, mistake)}: {mistake}"

    def language(self, wanted: str | None, hint: str = "--lang") -> str:
        """The language of the words that a call asks for, else that of the site, else English.

        Raises:
            click.BadParameter: there are no words in it.
        """
        from ..dataset import DEFAULT_LANGUAGE  # noqa: PLC0415

        if wanted is None:
            return self.dataset.nearest_language(self.site.lang or self.site.theme_lang) or DEFAULT_LANGUAGE
        found = self.dataset.nearest_language(wanted)
        if found is None:
            from ..suggestions import language_tag  # noqa: PLC0415 (only for a mistake)

            tag = language_tag(wanted)
            mend = f"write {tag}" if tag else f"there is {', '.join(self.dataset.languages)}"
            raise click.BadParameter(f"no words in {wanted}; {mend}", param_hint=hint)
        return found


pass_call = click.make_pass_decorator(Call, ensure=True)


def site(function: F) -> F:
    """``--data`` and ``--config``. They add to what stands before the name of the command."""
    function = click.option(
        "--config",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        expose_value=False,
        callback=_config,
        help="The mkdocs.yml of the site, where it is neither here nor in a folder above.",
    )(function)
    return click.option(
        "--data",
        multiple=True,
        type=click.Path(),
        expose_value=False,
        callback=_data,
        help="A data file of the site, beside those of mkdocs.yml; may be given more than once.",
    )(function)


def _data(context: click.Context, _: click.Parameter, value: tuple[str, ...]) -> None:
    for file in value:
        if not Path(file).is_file():
            what = "is no file" if Path(file).exists() else "is not there"
            raise click.BadParameter(f"{file} {what}; it takes a data file such as data/smtp.yml", param_hint="--data")
    context.ensure_object(Call).files += value


def _config(context: click.Context, _: click.Parameter, value: Path | None) -> None:
    call = context.ensure_object(Call)
    call.config = value or call.config


def _address(_: click.Context, __: click.Parameter, value: str) -> str:
    if value and not _ADDRESS.fullmatch(value):
        raise click.BadParameter(
            f"{value!r} is no address; write one such as https://docs.example.org/", param_hint="--site-url"
        )
    return value


_ADDRESS = re.compile(r"https?://[^\s/]+(?:/\S*)?", re.IGNORECASE)


lang = click.option("--lang", help="Language of the words; that of the site by default, else English.")
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
site_url = click.option(
    "--site-url",
    default="",
    callback=_address,
    help="The address of the site; by default the one that the built site says it has, else that of mkdocs.yml.",
)
