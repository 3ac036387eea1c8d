"""The languages that a site builds, and what a generated file is called in each of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from ..dataset import DEFAULT_LANGUAGE, Dataset


class Language(NamedTuple):
    """A language that the site builds.

    Attributes:
        locale: the language as the site names it.
        known: the language of ours that is nearest to it.
        uri: a path of the reference as the site writes it in this language: ``smtp/550.tr.md``.
        folder: where the language is published, with a slash behind it; "" for the root.
    """

    locale: str
    known: str
    uri: Callable[[str], str]
    folder: str


def languages_of(config: MkDocsConfig, dataset: Dataset, lang: str) -> tuple[Language, list[Language]]:
    """The language that is built, and all that the site has.

    Args:
        config: the configuration of the build.
        dataset: the codes.
        lang: the language of a site that has one only.
    """
    i18n: Any = config.plugins.get("i18n")
    languages = []
    for locale in i18n.build_languages if i18n is not None else ():
        known = dataset.nearest_language(locale) or DEFAULT_LANGUAGE
        default = locale == i18n.default_language
        if i18n.config["docs_structure"] == "folder":
            uri: Callable[[str], str] = partial(_in_folder, locale)
        else:
            uri = str if default else partial(_with_suffix, locale)
        languages.append(Language(locale, known, uri, "" if default else f"{locale}/"))
    current = next((one for one in languages if one.locale == i18n.current_language), None)
    if current is None:
        # No translation plugin, or one that does not build the language that it is asked for.
        current = Language(lang, lang, str, "")
        return current, [current]
    return current, languages


def file_of(kind: type[File], config: MkDocsConfig, path: str, text: str, language: Language) -> Any:
    """A generated file in a language: a path of the reference with its text."""
    file = kind.generated(config, path, content=text)
    # What MkDocs reads off the path has to be read before the path names a language.
    file.dest_uri, file.name = f"{language.folder}{file.dest_uri}", file.name
    file.src_uri = language.uri(path)
    return file


def tell_i18n(config: MkDocsConfig, file: Any, forms: Mapping[str, Any], language: Language) -> None:
    """What mkdocs-static-i18n notes of each page that it finds: its sitemap and the switch of languages live on it."""
    i18n: Any = config.plugins.get("i18n")
    if i18n is None:
        return
    file.locale = file.locale_alternate_of = file.localization = language.locale
    file.norm_src_uri = file.src_uri
    file.alternates = {**forms, language.locale: file}
    i18n.i18n_files_per_language.setdefault(language.locale, []).append(file)


def _in_folder(locale: str, path: str) -> str:
    return f"{locale}/{path}"


def _with_suffix(locale: str, path: str) -> str:
    return f"{path.removesuffix('.md')}.{locale}.md"
