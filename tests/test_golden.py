"""Whole sections, to the letter. `make golden` writes them anew; the change then shows in the diff."""

from pathlib import Path

import pytest

from .conftest import convert

FOLDER = Path(__file__).parent / "golden"
CASES = {
    "success-and-failure": "<< smtp_compare(250, 535) >>",
    "success-and-failure.tr": "<< smtp_compare(250, 535, lang=tr) >>",
    "temporary-and-permanent": "<< smtp_compare(450, 550) >>",
    "intermediate": "<< smtp_compare(334, 354) >>",
    "three-codes.tr": "<< smtp_compare(421, 450, 554, lang=tr) >>",
    "registered-only": "<< smtp_compare(422, 452) >>",
    "mistake": "<< smtp_compare(536, 250) >>",
}


@pytest.mark.parametrize("name", CASES)
def test_a_golden_page_is_unchanged(name, request):
    # An element a line, to be read.
    html = convert(f"# Page\n\n{CASES[name]}\n").replace("><", ">\n<") + "\n"
    path = FOLDER / f"{name}.html"
    if request.config.getoption("--golden-renew"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(html, encoding="utf-8")
    assert html == path.read_text(encoding="utf-8")
