"""The reference of a site that wants a page only for what it uses.

What is used is known when all written pages stand: macros, snippets and generated files have brought their directives by then.
Until that moment each page that there might be is held in reserve: links and the navigation may name it, and MkDocs does not
build it. Then those that are used become pages, and the others go.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, MutableMapping, Sequence
from urllib.parse import unquote, urlsplit

from mkdocs.structure.files import File, Files, set_exclusions
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from . import navigation
from .choosing import all_codes, codes_of, path, used_codes
from .generating import Generator
from .index import COMMANDS
from .languages import file_of
from .pages import INDEX, GeneratedPage, answer_paths, command_paths, file_for, pages

#: Files in which plugins find a navigation.
_NAV_FILES = (".nav.yml", ".nav.yaml", ".pages")
_MARKDOWN_PATH = re.compile(r"[\w./-]+\.md\b")
#: Pages of codes that no list has: whole replies, and what nobody has registered.
_UNLISTED = re.compile(r"(?<![\w.-])(?:[2-5][0-9]{2}-)?[245]\.[0-9]{1,3}\.[0-9]{1,3}\.md\b")
_HREF = re.compile(r"""<a\s[^<>]*?\bhref\s*=\s*["']?([^"'\s>#?]+)""", re.IGNORECASE)


class Reserved(File):
    """A page of the reference of which it is not known yet whether the site uses it."""

    #: Whether it is a page for MkDocs. It is one while its address is read off its name.
    is_open = True

    def is_documentation_page(self) -> bool:
        return self.is_open and super().is_documentation_page()

    def is_media_file(self) -> bool:
        return False


class UsedGenerator(Generator):
    """Makes the pages that a site uses."""

    def reserve(
        self,
        files: Files,
        comparisons: Sequence[tuple[str, ...]],
        related: Sequence[tuple[str, ...]],
        earlier: MutableMapping[str, set[str]],
    ) -> None:
        """Hold a page in reserve for everything that the site might use.

        Args:
            files: the files of the site in the language that is built.
            comparisons: those that get a page in any case.
            related: those that get one when their codes do.
            earlier: the paths of the reference in the languages that have been built for the same site. What one of them uses,
                those after it have too, so that pages have their translations.
        """
        self._comparisons, self._related, self._earlier = comparisons, related, earlier
        self._files: dict[str, Reserved] = {}
        self._navigation: Navigation | None = None
        texts = list(_texts(files))
        named = self._named_in(texts)
        unlisted = {found for _, text in texts for found in _UNLISTED.findall(text)}
        elsewhere = [*navigation.names(self.config.nav), *self.led_to.values()]
        unlisted |= {posixpath.basename(name) for name in elsewhere if _UNLISTED.search(name)}
        paths = [INDEX, *(path([code]) for code in all_codes(self.dataset)), *sorted(unlisted)]
        paths += [
            *map(path, comparisons),
            *map(path, related),
            *command_paths(self.dataset),
            *answer_paths(self.dataset),
        ]
        #: What is used without a directive: a written page, an item of a navigation, a redirect, another language.
        self._wanted: set[str] = set(named).union(self.led_to.values(), *earlier.values())
        written = {}
        for name in dict.fromkeys(paths):
            if own := self.own(files, name):
                written[name] = own.src_uri
                continue
            self._files[name] = self._reserve(files, name, is_open=name == INDEX or name in named)
        self._wanted |= set(written) - {INDEX}
        names = navigation.names(self.config.nav) - self.placeholders
        section = [self.uri(name) for name in dict.fromkeys([INDEX, *written]) if self.uri(name) not in names]
        self.place_in_nav(files, section, {*section, *written.values()})

    def _reserve(self, files: Files, name: str, *, is_open: bool = False) -> Reserved:
        text = f"# {self.title}\n" if name == INDEX else ""
        file: Reserved = file_of(Reserved, self.config, f"{self.folder}/{name}", text, self.current)
        assert file.url, "read while it is a page"
        file.is_open = is_open
        files.append(file)
        return file

    def hold(self, nav: Navigation) -> None:
        self._navigation = nav
        for file in self._files.values():
            file.is_open = False

    def expect(self, page: Page, shown: Collection[str]) -> None:
        # What a generated page shows is no use.
        for item in () if page.file.src_uri in self.pages else (*shown, *used_codes(shown, self.dataset)):
            file = self._files.get(name := file_for(item))
            if file is not None and not file.inclusion.is_excluded():  # type: ignore[no-untyped-call]
                self._addresses[name] = file.url

    def settle(self, files: Files, used: Iterable[str]) -> None:
        """Make the pages that are used, and take the others back."""
        self._wanted |= {name for name, file in self._files.items() if file.page is not None and name != INDEX}
        self._wanted |= self._linked(file.page for file in files.documentation_pages())
        used = list(used)
        self._wanted |= {file_for(item) for item in used if ":" in item}
        used = [item for item in used if ":" not in item]
        opened: dict[str, File | None] = {}
        while True:
            listing = self._listing(used)
            new = [page for page in listing if page.path not in opened and page.path != INDEX]
            if not new:
                break
            opened |= {page.path: self._open(files, page) for page in new}
            self._wanted |= self._linked(file.page for file in opened.values() if file is not None)
        # The index lists them all, so it comes last to be made.
        opened |= {page.path: self._open(files, page) for page in listing if page.path == INDEX}
        self._all = listing
        self._earlier[self.current.locale] = {page.path for page in listing}
        self._take_back(files, opened)
        self._unfold(files, listing)
        for page in listing:
            # In the order of the reference, whatever was linked first.
            if (file := opened[page.path]) is not None:
                files.remove(file)
                files.append(file)

    def _listing(self, used: Sequence[str]) -> list[GeneratedPage]:
        """The pages that there are to be, as far as is known."""
        codes = [found[0] for name in sorted(self._wanted) if len(found := codes_of(name, self.dataset)) == 1]
        known = used_codes([*used, *codes], self.dataset)
        related = [pair for pair in self._related if set(pair) <= set(known) or path(pair) in self._wanted]
        lists = not self._wanted.isdisjoint({INDEX, COMMANDS, *command_paths(self.dataset)})
        asked = (codes_of(name, self.dataset) for name in sorted(self._wanted))
        compared = {frozenset(pair): pair for pair in [*self._comparisons, *related]}
        for found in asked:
            if len(found) > 1:  # a reference is a use, in whatever order it names the codes
                compared.setdefault(frozenset(found), found)
        return list(
            pages(self.dataset, self.current.known, known, list(compared.values()), lists=lists, asked=self._wanted)
        )

    def _open(self, files: Files, page: GeneratedPage) -> File | None:
        """Make a page of the reference one of the site; None where the site does not want it."""
        file = self._files.get(page.path)
        if file is None and (own := self.own(files, page.path)):
            self._addresses[page.path] = own.url
            return None
        if file is None:
            file = self._files[page.path] = self._reserve(files, page.path)
            set_exclusions([file], self.config)
        if file.inclusion.is_excluded():  # type: ignore[no-untyped-call]
            return None
        file.is_open = True
        file.content_string = page.markdown
        forms = {
            one.locale: file_of(File, self.config, f"{self.folder}/{page.path}", "", one)
            for one in self.languages
            # A language that is built later has all that this one has.
            if page.path in self._earlier.get(one.locale, {page.path})
        }
        self.note(page, file, {**forms, self.current.locale: file})
        self._populate(file.page or Page(None, file, self.config), files)
        return file

    def _populate(self, page: Page, files: Files) -> None:
        """What MkDocs does with each page before ``on_env``."""
        config, plugins = self.config, self.config.plugins
        config._current_page = page
        try:
            page = plugins.on_pre_page(page, config=config, files=files)
            page.read_source(config)
            page.markdown = plugins.on_page_markdown(page.markdown or "", page=page, config=config, files=files)
            page.render(config, files)
            page.content = plugins.on_page_content(page.content or "", page=page, config=config, files=files)
        finally:
            config._current_page = None

    def _take_back(self, files: Files, opened: MutableMapping[str, File | None]) -> None:
        for name, file in self._files.items():
            if opened.get(name) is None:
                files.remove(file)
                if file.page is not None and self._navigation is not None:
                    navigation.take_out(self._navigation, file.page)

    def _unfold(self, files: Files, listing: Sequence[GeneratedPage]) -> None:
        site_pages: list[tuple[str, Page]] = []
        index: Page | None = None
        for page in listing:
            file = self._files.get(page.path) or self.own(files, page.path)
            if file is None or file.page is None or file.inclusion.is_not_in_nav():  # type: ignore[no-untyped-call]
                continue
            if page.path == INDEX:
                index = file.page
            else:
                site_pages.append((page.group, file.page))
        if self._navigation is not None and index is not None:
            navigation.unfold(self._navigation, index, site_pages, self.title)

    # --- what is named without a directive -----------------------------------------------------------------------------

    def _named_in(self, texts: Iterable[tuple[str, str]]) -> set[str]:
        """The paths of the reference that the files of navigation plugins name."""
        named = set()
        for uri, text in texts:
            if posixpath.basename(uri) in _NAV_FILES:
                for found in _MARKDOWN_PATH.findall(text):
                    whole = posixpath.normpath(posixpath.join(posixpath.dirname(uri), found))
                    if whole.startswith(f"{self.folder}/"):
                        named.add(whole.removeprefix(f"{self.folder}/"))
        return named - {INDEX}

    def _linked(self, site_pages: Iterable[Page | None]) -> set[str]:
        """The paths of the reference that finished pages link to, however the links came there."""
        base = _bare(file_of(File, self.config, f"{self.folder}/{INDEX}", "", self.current).url)
        site = urlsplit(self.config.site_url or "")
        name = posixpath.basename(base)
        found = set()
        for page in site_pages:
            if page is None or not page.content or (name not in page.content and name not in page.url):
                continue
            for href in set(_HREF.findall(page.content)):
                parts = urlsplit(href)
                if parts.scheme or parts.netloc:
                    if (parts.scheme, parts.netloc) != (site.scheme, site.netloc):
                        continue
                    target = parts.path
                else:
                    target = posixpath.join("/", site.path, posixpath.dirname(page.url), parts.path)
                target = _bare(posixpath.relpath(target or "/", site.path or "/"))
                if f"{target}/".startswith(f"{base}/"):
                    found.add(_path(target[len(base) + 1 :]))
        return found


def _texts(files: Files) -> Iterator[tuple[str, str]]:
    """The path and the text of each page, and of each file with a navigation."""
    for file in files:
        if file.is_documentation_page() or posixpath.basename(file.src_uri) in _NAV_FILES:
            try:
                yield file.src_uri, file.content_string
            except (OSError, ValueError):
                continue  # MkDocs says so itself


def _bare(address: str) -> str:
    """``smtp/550`` for ``smtp/550/``, ``smtp/550/index.html`` and ``smtp/550.html``."""
    address = unquote(address)
    if posixpath.basename(address) == "index.html":
        address = posixpath.dirname(address)
    return address.strip("/").removesuffix(".html")


def _path(name: str) -> str:
    """The file of the reference that is published under a name below its folder."""
    return INDEX if not name else COMMANDS if name == posixpath.dirname(COMMANDS) else f"{name}.md"
