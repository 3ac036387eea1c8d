"""Which codes `autolink` links in documentation that others have written, and which numbers of that form it leaves alone.

    python benchmarks/autolink.py CHECKOUT…            a list of places and codes, as in autolink.md
    python benchmarks/autolink.py --others CHECKOUT…   what was left alone, with the words around it, to be read by a person

A checkout is a folder with Markdown files in it. Nothing of their text is kept but the codes.
"""

from __future__ import annotations

import argparse
import logging
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bs4 import BeautifulSoup
from markdown import Markdown

from mkdocs_smtpcodes.extension import SmtpCodesExtension

EXTENSIONS = [
    "abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "pymdownx.details",
    "pymdownx.highlight", "pymdownx.inlinehilite", "pymdownx.superfences", "pymdownx.tabbed", "tables", "toc",
]  # fmt: skip
FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
#: What has the form of a code.
NUMBER = re.compile(
    r"(?<![\w.])(?:[2-5][0-5][0-9](?:[ -][245]\.\d{1,3}\.\d{1,3})?|[245]\.\d{1,3}\.\d{1,3})(?![\w]|[.,]\d)"
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkouts", nargs="+", type=Path)
    parser.add_argument("--others", action="store_true", help="print what was left alone instead")
    arguments = parser.parse_args()
    logging.disable(logging.CRITICAL)
    for checkout in arguments.checkouts:
        print(f"## {checkout.name}\n")
        files = 0
        for path in sorted(file for ending in ("*.md", "*.mdx") for file in checkout.rglob(ending)):
            files += 1
            prose, fences, others = look(FRONT.sub("", path.read_text(encoding="utf-8", errors="replace")))
            shown = path.relative_to(checkout).as_posix()
            if arguments.others:
                for other in others:
                    print(f"{shown}: {other}")
            elif prose or fences:
                in_fences = f"; in code blocks {told(fences)}" if fences else ""
                print(f"- `{shown}`: {told(prose) or 'none in prose'}{in_fences}")
        print(f"\n{files} pages\n")


def look(text: str) -> tuple[list[str], list[str], list[str]]:
    """The codes that are linked in a page's prose and in its code blocks, and what else has their form, with words around."""
    if not NUMBER.search(text):
        return [], [], []
    extension = SmtpCodesExtension(autolink="text", autolink_fences=True)
    page = BeautifulSoup(Markdown(extensions=[extension, *EXTENSIONS]).convert(text), "html.parser")
    prose, fences = [], []
    for link in page.select(".smtp-inline"):
        (fences if link.find_parent("pre") else prose).append(" ".join(link.get_text().split()))
        link.replace_with("§")
    for heading in page.find_all(re.compile("^h[1-6]$|^a$")):
        heading.replace_with("§")
    return prose, fences, list(left(page.get_text()))


def left(text: str) -> Iterator[str]:
    for match in NUMBER.finditer(text):
        yield " ".join(text[max(match.start() - 60, 0) : match.end() + 40].split())


def told(codes: list[str]) -> str:
    return ", ".join(f"`{code}`" + (f" × {count}" if count > 1 else "") for code, count in Counter(codes).items())


if __name__ == "__main__":
    main()
