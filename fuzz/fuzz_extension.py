"""A coverage-guided fuzz target over the grammar, the extension and the data files.

    pip install atheris
    python fuzz/fuzz_extension.py -max_total_time=60 [CORPUS_FOLDER]

The first byte says which of the three a run is about. It stops at the first exception that none of them may raise, at
input that takes longer than ten seconds, and at text that is lost. `python fuzz/fuzz_extension.py FILE` repeats one input.
"""

import logging
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["mkdocs_smtpcodes"]):
    import markdown

    from mkdocs_smtpcodes import directives
    from mkdocs_smtpcodes.dataset import code_checks, datafile, loading
    from mkdocs_smtpcodes.extension import SmtpCodesExtension, locating, placing
    from mkdocs_smtpcodes.extension.state import Page
    from mkdocs_smtpcodes.rendering.links import resolve_links
    from mkdocs_smtpcodes.site import PageLinks, SiteIndex

# Imported here to be instrumented; the extension would do so later.
assert all((locating, placing))

EXTENSIONS = ["toc", "tables", "attr_list", "admonition", "footnotes", "md_in_html", "fenced_code"]
FILE = Path(tempfile.mkdtemp(prefix="smtpcodes-fuzz-"), "data.yml")
FACTS, ENGLISH = loading.facts(), loading.words("en")
#: What the mutator would take long to find.
PIECES = [
    *(
        "<< smtp(",
        "<< smtp_code(450",
        "<< smtp_compare(530, 535",
        "<< smtp_table(",
        "<< smtp_commands(",
        ") >>",
        ">>",
        "\\<<",
    ),
    *(
        ', title="',
        ", id=",
        ", lang=tr",
        ", parts=",
        ", columns=",
        ", level=3",
        ", show=both",
        '"',
        "'",
        ",",
        "5.7.1",
        "4xx",
    ),
    *(
        "\n\n",
        "\n",
        "\n    ",
        "\n> ",
        "\n- ",
        "\n```\n",
        "`",
        "\n!!! note\n    ",
        "<div markdown>\n",
        "</div>",
        "<!--",
        "-->",
    ),
    *("[^1]", "\n[^1]: ", "\n|a|\n|-|\n|", "# ", "{: #x }", "<b>", "&lt;", "text", "\r\n", "[", "](x.md)", "*", "<a "),
]

converter = markdown.Markdown(extensions=[SmtpCodesExtension(), *EXTENSIONS])
plain = markdown.Markdown(extensions=EXTENSIONS)
in_mkdocs = SmtpCodesExtension()
in_mkdocs.managed = True
converter_in_mkdocs = markdown.Markdown(extensions=[in_mkdocs, *EXTENSIONS])


def grammar(text):
    position = 0
    for found in directives.find_all(text):
        assert position <= found.start < found.end <= len(text)
        position = found.end
        with suppress(directives.Mistakes):
            directives.parse(found, text[found.start : found.end])


def page(text):
    text = f"first\n\n{text}\n\nlast"
    try:
        expected = plain.reset().convert(text)
    except Exception:
        return
    for html in (converter.reset().convert(text), page_in_mkdocs(text)):
        for word in ("first", "last"):
            assert word not in expected or word in html, f"{word} is lost"
        if "<<" not in text:
            assert html == expected


def page_in_mkdocs(text):
    """The page as the plugin of MkDocs makes it, with the links that are resolved when all pages stand."""
    in_mkdocs.page = Page(resolves_links=True)
    html = converter_in_mkdocs.reset().convert(text)
    index = SiteIndex()
    index.add("", "Page", in_mkdocs.page.produced)
    return resolve_links(html, PageLinks(index, "", "en", str))


def data(content):
    FILE.write_bytes(content)
    layer = datafile.read_layer(FILE, "data.yml")
    code_checks.check([layer], FACTS, ENGLISH)


def built(content):
    """Text made of pieces (high bit set) and of characters as they are."""
    return "".join(PIECES[byte % len(PIECES)] if byte > 127 else chr(byte) for byte in content)


def one(content):
    if not content:
        return
    kind, rest = content[0] % 4, content[1:]
    if kind == 0:
        grammar(built(rest))
    elif kind == 1:
        page(rest.decode("utf-8", "replace"))
    elif kind == 2:
        page(built(rest))
    else:
        data(rest)


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    atheris.Setup([sys.argv[0], "-timeout=10", "-max_len=400", "-len_control=0", *sys.argv[1:]], one)
    atheris.Fuzz()
