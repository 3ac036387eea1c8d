"""A page of the reference as Markdown, for those who copy it and for language models. It knows no MkDocs."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from ..extension.commonmark import commonmark

#: The marks beside headings.
_PERMALINK = re.compile(r'<a [^<>]*class="headerlink"[^<>]*>.*?</a>', re.DOTALL)


def markdown(html: str, url: str) -> str:
    """The Markdown of a finished page.

    Args:
        html: its content.
        url: its address; links become whole where it is one.
    """
    bare = _PERMALINK.sub("", html)
    return commonmark(f"<div>{bare}</div>", lambda address: urljoin(url, address)) + "\n"
