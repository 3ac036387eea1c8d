"""What the configuration of a site says of the plugin, read without MkDocs, without its plugins, and without running anything."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from .. import encodings
from ..autolink_wishes import DEFAULTS, value_mistake
from ..option_places import PLUGIN, located
from ..settings import judged, no_mapping
from .misplaced import in_toml, in_yaml, named_beside

#: Names of a configuration, in the order in which a folder is searched.
NAMES = ("mkdocs.yml", "mkdocs.yaml", "properdocs.yml", "properdocs.yaml", "zensical.toml")
EXTENSIONS = ("smtpcodes", "mkdocs_smtpcodes", "mkdocs_smtpcodes.extension")
#: What MkDocs turns on by itself.
_BUILTIN = ("toc", "tables", "fenced_code")
_DEEPEST = 20


@dataclass(frozen=True)
class Site:
    """What is known of a site; without a configuration, the current folder is one that says nothing.

    Attributes:
        file: the configuration, None where there is none.
        docs: the folder of the pages.
        data_files: the data files, relative to the current folder.
        templates: the folder with templates, "" for none.
        lang: the language of the sections that it says, "" where it says none.
        theme_lang: the language of the theme, "" where it says none.
        extensions: the Markdown extensions and their options, None where they are not known.
        excluded: the patterns of pages that are not built.
        comparisons: the plugin's option, as written.
        nav: the navigation, as written.
        lint: the levels of the linter's rules, as written.
        bare: whether codes need no word beside them.
        export: where a build publishes the codes, whether or not it has.
        text: the configuration as written.
        mistakes: what is wrong in it.
        settings: all of it.
        plugin: the options of the plugin, as written.
        at_work: whether something expands the directives of its pages.
    """

    file: Path | None = None
    docs: Path | None = None
    data_files: tuple[str, ...] = ()
    templates: str = ""
    lang: str = ""
    theme_lang: str = ""
    extensions: Mapping[str, Mapping[str, Any]] | None = None
    excluded: str = ""
    comparisons: object = ()
    nav: object = ()
    lint: object = None
    bare: bool = False
    export: Path | None = None
    text: str = ""
    mistakes: tuple[str, ...] = field(default=())
    settings: Mapping[str, Any] = field(default_factory=dict)
    plugin: Mapping[str, Any] = field(default_factory=dict)
    at_work: bool = True

    @property
    def has_autorefs(self) -> bool:
        """Whether references of the site may be to any of its headings; mkdocstrings brings what finds them."""
        names = {name.rpartition("/")[2] for name in _named(self.settings.get("plugins"))}
        return not names.isdisjoint(("autorefs", "mkdocs-autorefs", "mkdocstrings"))

    @property
    def has_macros(self) -> bool:
        """Whether a plugin fills in what stands in braces."""
        names = {name.rpartition("/")[2] for name in _named(self.settings.get("plugins"))}
        return not names.isdisjoint(("macros", "markdownextradata", "jinja", "simple-hooks"))

    def with_files(self, files: Sequence[str]) -> Site:
        """The site with more data files; one that it names itself is read once."""
        known = {Path(file).resolve() for file in self.data_files}
        more = [file for file in dict.fromkeys(files) if Path(file).resolve() not in known]
        return replace(self, data_files=(*self.data_files, *more))


#: What tells a data file from a configuration.
_OF_DATA = {"codes", "words", "replies", "reasons", "senders"}


def find(*starts: Path) -> Path | None:
    """The configuration in a folder or the nearest one above it, of the first start that has one."""
    for start in starts:
        here = start.resolve()
        for folder in (here, *here.parents):
            for name in NAMES:
                if (folder / name).is_file():
                    return folder / name
    return None


def read(path: Path | None) -> Site:
    """What a configuration says. What is wrong in it is a message, and the rest is used."""
    if path is None:
        return Site()
    shown, folder = relative(path), path.parent
    mistakes: list[str] = []
    pages = Path(relative(folder / "docs"))
    try:
        text = path.read_text(encoding="utf-8-sig")
        whole = tomllib.loads(text) if path.suffix == ".toml" else _yaml(path)
        settings = whole.get("project", {}) if path.suffix == ".toml" else whole
    except UnicodeDecodeError:
        line, _ = encodings.place(path.read_bytes()) or (1, 1)
        return Site(path, pages, mistakes=(f"{shown}:{line}: {encodings.MESSAGE}",))
    except (OSError, RecursionError) as error:
        return Site(
            path, pages, mistakes=(f"{shown}: this cannot be read: {getattr(error, 'strerror', None) or error}",)
        )
    except yaml.MarkedYAMLError as error:
        from ..dataset.datafile.reading import place_of  # noqa: PLC0415 (only for a mistake)

        line, problem = place_of(error, path.read_text(encoding="utf-8-sig"))
        return Site(path, pages, mistakes=(f"{shown}:{line}: this is not valid YAML: {problem}",))
    except (yaml.YAMLError, tomllib.TOMLDecodeError, ValueError) as error:
        return Site(path, pages, mistakes=(f"{shown}: {error}",))
    if not isinstance(settings, dict):
        return Site(path, pages, text=text, mistakes=(f"{shown}:1: expected a mapping such as site_name: Mail",))
    if _OF_DATA & set(settings) and "site_name" not in settings:
        told = f"this is a data file, not the configuration of a site; write --data {shown}"
        return Site(path, pages, text=text, mistakes=(f"{shown}:1: {told}",))
    misplaced = list(in_toml(text, whole) if path.suffix == ".toml" else in_yaml(text, settings))
    mistakes += [f"{shown}{f':{line}' if line else ''}: {message}" for line, message in misplaced]
    extensions = _named(settings.get("markdown_extensions"))
    named = any(name in extensions for name in EXTENSIONS)
    if path.suffix != ".toml":
        named = named or any(name.rpartition("/")[2] == PLUGIN for name in _named(settings.get("plugins")))
    options: dict[str, Any] = {}
    for name in EXTENSIONS:
        options |= extensions.pop(name, {})
    if options:
        from ..extension.options import mistakes as wrong_in  # noqa: PLC0415 (only sites without the plugin have them)

        for name, message in list(wrong_in(options)):
            del options[name]
            mistakes.append(located(shown, text, name, message))
        if wrong := _no_page(options.get("entries_page"), folder / str(settings.get("docs_dir") or "docs")):
            mistakes.append(located(shown, text, "entries_page", wrong))
    plugins = settings.get("plugins")
    plugin, wrong_options = judged(_named(plugins).get(PLUGIN, {}))
    for item in plugins if isinstance(plugins, list) else [plugins]:
        if isinstance(item, dict) and (wrong := no_mapping(item.get(PLUGIN))):
            mistakes.append(located(shown, text, PLUGIN, f"{PLUGIN}: {wrong}"))
    mistakes += [located(shown, text, name, message) for name, message in wrong_options]
    options |= {name: value for name, value in plugin.items() if value not in ("auto", "", [], None)}
    for name in DEFAULTS:
        if wrong := value_mistake(name, options.get(name)):
            mistakes.append(located(shown, text, name, wrong))
    docs = settings.get("docs_dir")
    theme = settings.get("theme")
    themed = theme.get("language") or theme.get("locale") if isinstance(theme, dict) else ""
    files = options.get("data_files")
    templates = options.get("templates")
    lang = options.get("lang")
    return Site(
        path,
        Path(relative(folder / (docs if isinstance(docs, str) else "docs"))),
        tuple(relative(folder / file) for file in _texts(files)),
        relative(folder / templates) if isinstance(templates, str) and templates else "",
        lang if isinstance(lang, str) and lang != "auto" else "",
        themed if isinstance(themed, str) else "",
        {**{name: {} for name in _BUILTIN}, **extensions} if path.suffix != ".toml" or extensions else None,
        "\n".join(_texts(settings.get("exclude_docs"))),
        plugin.get("comparisons") or (),
        settings.get("nav") or (),
        options.get("lint"),
        options.get("bare") is True,
        _export(folder, settings.get("site_dir"), plugin.get("reference_dir")),
        text,
        tuple(mistakes),
        settings,
        plugin,
        named or bool(misplaced) or named_beside(path),
    )


def _no_page(address: Any, docs: Path) -> str:
    """The message about an ``entries_page`` of which no page has the name, "" for none."""
    name = re.sub(r"(?:/index)?(?:\.html?|\.md)?/*$", "", str(address or "").partition("#")[0]).rpartition("/")[2]
    if not name or ":" in str(address) or not docs.is_dir():
        return ""
    if any(docs.rglob(f"{name}.md")) or any((path / "index.md").is_file() for path in docs.rglob(name)):
        return ""
    return f"entries_page: there is no page {address} in {docs.name}"


def _export(folder: Path, site: Any, reference: Any) -> Path:
    """Where a build with ``export: json`` writes the codes."""
    names = [
        name if isinstance(name, str) and name else default for name, default in ((site, "site"), (reference, "smtp"))
    ]
    return Path(relative(folder.joinpath(*names, "codes.json")))


def relative(path: Path) -> str:
    """A path as a person in the current folder writes it."""
    try:
        shown = Path(os.path.relpath(path))
    except ValueError:  # another drive
        return path.as_posix()
    return (path if path.is_absolute() and shown.parts[:1] == ("..",) else shown).as_posix()


def _named(items: Any) -> dict[str, dict[str, Any]]:
    """The names in a list of names or of names with options, which may be a mapping too."""
    found: dict[str, dict[str, Any]] = {}
    for item in [{name: value} for name, value in items.items()] if isinstance(items, dict) else _list(items):
        if isinstance(item, str):
            found[item] = {}
        elif isinstance(item, dict):
            for name, value in item.items():
                options = value if isinstance(value, dict) else {}
                if name == "pymdownx":  # TOML has tables within tables
                    found |= {f"{name}.{inner}": given for inner, given in _named(options).items()}
                else:
                    found[str(name)] = options
    return found


def _list(items: Any) -> list[Any]:
    return items if isinstance(items, list) else []


def _texts(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else [item for item in _list(value) if isinstance(item, str)]


# --- YAML --------------------------------------------------------------------------------------------------------------


class _Loader(yaml.SafeLoader):
    """Reads what MkDocs reads, and leaves what would run code as it is written."""


def _environment(loader: yaml.SafeLoader, node: yaml.Node) -> Any:
    """``!ENV NAME`` and ``!ENV [NAME, other, default]``."""
    names, default = [node], None
    if isinstance(node, yaml.SequenceNode):
        names = node.value
        if len(names) > 1:
            names, default = names[:-1], loader.construct_object(names[-1], deep=True)
    for name in names:
        if isinstance(name, yaml.ScalarNode) and name.value in os.environ:
            value = os.environ[name.value]
            tag = loader.resolve(yaml.ScalarNode, value, (True, False))  # type: ignore[no-untyped-call]
            return loader.construct_object(yaml.ScalarNode(tag, value))
    return default


def _unknown(loader: yaml.SafeLoader, _: str, node: yaml.Node) -> Any:
    """Whatever else has a tag, such as ``!!python/name:``: what stands there, without a meaning."""
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return node.value or None


_Loader.add_constructor("!ENV", _environment)
_Loader.add_multi_constructor("", _unknown)


def _yaml(path: Path, depth: int = 0) -> Any:
    """A file of YAML over those that it inherits from, mappings merged as MkDocs does."""
    if depth > _DEEPEST:
        raise ValueError("the files of INHERIT go round in a circle")
    with path.open(encoding="utf-8-sig") as file:
        settings = yaml.load(file, _Loader) or {}
    if isinstance(settings, dict) and isinstance(parent := settings.pop("INHERIT", None), str):
        inherited = path.parent / parent
        if not inherited.is_file():
            raise ValueError(f"INHERIT: there is no file {parent}")
        return _merged(_yaml(inherited, depth + 1), settings)
    return settings


def _merged(below: Any, above: Any) -> Any:
    if not isinstance(below, dict) or not isinstance(above, dict):
        return above
    return {**below, **{key: _merged(below.get(key), value) for key, value in above.items()}}
