"""The place of the reference in a site's navigation: in what the configuration says, and in the finished navigation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page


def names(nav: Any) -> set[str]:
    """The paths that the navigation of a configuration names."""
    if isinstance(nav, str):
        return {nav}
    if isinstance(nav, dict):
        nav = list(nav.values())
    return set().union(*map(names, nav)) if isinstance(nav, list) else set()


def placed(nav: Sequence[Any], folder: str, section: list[Any], label: str) -> tuple[list[Any], bool]:
    """The navigation of a configuration with the section where an item is the folder of the reference.

    Args:
        nav: the items.
        folder: the folder of the reference.
        section: what the reference puts there; with nothing in it, the item goes.
        label: the title of the section where the item has none.

    Returns:
        The items, and whether one of them was the folder.
    """
    ours = {folder, f"{folder}/", f"{folder}/index.md"}
    items: list[Any] = []
    found = False
    for item in nav:
        if isinstance(item, str) and item in ours:
            items += [{label: section}] if section else []
            found = True
        elif isinstance(item, dict):
            copied = {}
            for title, value in item.items():
                if isinstance(value, str) and value in ours:
                    found = True
                    if section:
                        copied[title] = section
                elif isinstance(value, list):
                    copied[title], inner = placed(value, folder, section, label)
                    found = found or inner
                else:
                    copied[title] = value
            items += [copied] if copied else []
        else:
            items.append(item)
    return items, found


# --- the finished navigation -------------------------------------------------------------------------------------------


def unfold(nav: Navigation, index: Page, pages: Sequence[tuple[str, Page]], title: str) -> None:
    """Put pages after the index of the reference, wherever a plugin has put that. Where it has put it nowhere, it wants none.

    Args:
        nav: the navigation, which is changed.
        index: the page that stands for the reference so far, with those that the site has written for it itself.
        pages: the pages of the reference but the index, each with the title of its section; those that stand elsewhere in the
            navigation stay there.
        title: the title of the whole where the index stands among other pages.
    """
    home = _home(nav.items, None, index)
    if home is None:
        return
    items, place, parent = home
    ours = [index, *(page for _, page in pages)]
    # A section of ours alone is that of the reference, and is made anew.
    replaced = items if parent is not None and all(_among(ours, item) for item in items) else [index]
    groups: dict[str, list[Page]] = {}
    for group, page in pages:
        if _among(replaced, page) or not _among(nav.pages, page):
            groups.setdefault(group, []).append(page)
    children = [index, *(Section(name, list(inner)) for name, inner in groups.items())]
    row = [index, *(page for inner in groups.values() for page in inner)]
    at = min(number for number, page in enumerate(nav.pages) if _among(replaced, page))
    left = [page for page in nav.pages if not _among(row, page)]
    nav.pages[:] = [*left[:at], *row, *left[at:]]
    if replaced is items and parent is not None:
        items[:] = children
        _adopt(parent)
    else:
        # The navigation may have given the index a title, which is that of the whole.
        section = Section(index.__dict__.pop("title", None) or title, children)
        section.parent = parent
        items[place] = section
        _adopt(section)
    chain = nav.pages[max(at - 1, 0) : at + len(row) + 1]
    for before, after in pairwise(chain):
        before.next_page, after.previous_page = after, before


def take_out(nav: Navigation, page: Page) -> None:
    """Take a page out of the navigation, and each section that holds nothing else."""
    while (home := _home(nav.items, None, page)) is not None:
        items, place, parent = home
        del items[place]
        while parent is not None and not parent.children:
            holder = parent.parent.children if parent.parent is not None else nav.items
            holder[:] = [item for item in holder if item is not parent]
            parent = parent.parent
    nav.pages[:] = [other for other in nav.pages if other is not page]
    before, after = page.previous_page, page.next_page
    if before is not None and before.next_page is page:
        before.next_page = after
    if after is not None and after.previous_page is page:
        after.previous_page = before


def _among(items: Iterable[Any], item: object) -> bool:
    # Pages are equal when their titles and files are; the titles are not known yet.
    return any(other is item for other in items)


def _home(items: list[Any], parent: Section | None, page: Page) -> tuple[list[Any], int, Section | None] | None:
    """The list in which a page stands, where in it, and the section that it is the list of."""
    for number, item in enumerate(items):
        if item is page:
            return items, number, parent
        if item.children and (found := _home(item.children, item, page)) is not None:
            return found
    return None


def _adopt(section: Section) -> None:
    for child in section.children:
        child.parent = section
        if isinstance(child, Section):
            _adopt(child)
