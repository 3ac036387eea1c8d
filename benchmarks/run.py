"""Measures what the plugin costs, beside the same section written by hand and beside other plugins.

    python benchmarks/run.py [--pages 1000] [--repeat 5] [--json benchmarks/result.json] [case …]

Every number is a ratio of CPU times from one run: real `mkdocs build` processes, the variants interleaved, the median taken,
because a machine is never the same twice. Benchmarks are no tests.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import markdownify

from mkdocs_smtpcodes import directives, load_dataset
from mkdocs_smtpcodes.rendering import Renderer

TEXT = """\
# Page {n}

Some words of page {n}, with `code`, a [link](https://example.org) and **emphasis**.

- one
- two

## More

A paragraph.
"""
SEARCH = "plugins: [search]\n"
PLUGIN = "plugins: [search, smtpcodes]\n"
DATASET = load_dataset()


@dataclass
class Variant:
    """A site to build: its pages, its plugins, and other files beside the configuration."""

    pages: Callable[[int], str]
    plugins: str = SEARCH
    files: Mapping[str, str] | None = None


def by_hand(pair: tuple[str, str]) -> str:
    """The section of a comparison as a writer would type it in Markdown."""
    text = f"<< smtp_compare({pair[0]}, {pair[1]}, parts='-session') >>"
    found = directives.find(text)
    assert found is not None
    html = Renderer(DATASET).render(directives.parse(found, text), "en", 2).html
    typed: str = markdownify.markdownify(html, heading_style="ATX", bullets="-")
    return typed


def with_section(section: Callable[[int], str]) -> Callable[[int], str]:
    return lambda n: f"{TEXT.format(n=n)}\n{section(n)}\n"


PAIR = ("530", "535")
STANDARD = [c for c in DATASET.basic_codes if DATASET.profile(DATASET.code(c)).status == "standard"]
PAIRS = random.Random(1).sample([*combinations(STANDARD, 2), *((b, a) for a, b in combinations(STANDARD, 2))], 1000)


def compare(pair: tuple[str, str]) -> str:
    return f"<< smtp_compare({pair[0]}, {pair[1]}) >>"


def cases(pages: int) -> dict[str, tuple[int, dict[str, Variant]]]:
    """Each case: how many pages, and its variants; the first is what the others are compared with."""
    plain = TEXT.format
    hand = by_hand(PAIR)
    macro = (
        f"def define_env(env):\n    text = {hand!r}\n\n    @env.macro\n    def compare(*codes):\n        return text\n"
    )
    hands: dict[tuple[str, str], str] = {}
    return {
        "idle": (pages, {"without": Variant(lambda n: plain(n=n)), "smtpcodes": Variant(lambda n: plain(n=n), PLUGIN)}),
        "work": (
            pages,
            {
                "without": Variant(lambda n: plain(n=n)),
                "by hand": Variant(with_section(lambda n: hand)),
                "smtpcodes": Variant(with_section(lambda n: compare(PAIR)), PLUGIN),
                "macros": Variant(
                    with_section(lambda n: "{{ compare(250, 535) }}"), "plugins: [search, macros]\n", {"main.py": macro}
                ),
                "include-markdown": Variant(
                    with_section(lambda n: '{% include-markdown "../section.md" %}'),
                    "plugins: [search, include-markdown]\n",
                    {"section.md": hand},
                ),
            },
        ),
        "variety": (
            min(pages, len(PAIRS)),
            {
                "without": Variant(lambda n: plain(n=n)),
                "by hand": Variant(with_section(lambda n: hands.setdefault(PAIRS[n], by_hand(PAIRS[n])))),
                "smtpcodes": Variant(with_section(lambda n: compare(PAIRS[n])), PLUGIN),
            },
        ),
        "start": (
            1,
            {
                "without": Variant(lambda n: plain(n=n)),
                "smtpcodes": Variant(lambda n: plain(n=n), PLUGIN),
                "smtpcodes, one comparison": Variant(with_section(lambda n: compare(PAIR)), PLUGIN),
            },
        ),
    }


def write(folder: Path, pages: int, variant: Variant) -> None:
    (folder / "docs").mkdir(parents=True)
    for n in range(pages):
        (folder / "docs" / f"page{n:05}.md").write_text(variant.pages(n), encoding="utf-8")
    (folder / "docs" / "index.md").write_text("# Home\n", encoding="utf-8")
    config = "site_name: Benchmark\ntheme: {name: mkdocs}\nmarkdown_extensions: [toc, tables, def_list]\n"
    (folder / "mkdocs.yml").write_text(config + variant.plugins, encoding="utf-8")
    for name, text in (variant.files or {}).items():
        (folder / name).write_text(text, encoding="utf-8")


def build(folder: Path) -> tuple[float, int]:
    """CPU seconds and peak memory in KiB of one build."""
    code = (
        "import resource, sys\nfrom mkdocs.__main__ import cli\n"
        "try: cli(['build', '--quiet'])\nexcept SystemExit: pass\n"
        "u = resource.getrusage(resource.RUSAGE_SELF)\nprint(u.ru_utime + u.ru_stime, u.ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONHASHSEED": "0"},
    )  # fmt: skip
    seconds, memory = done.stdout.split()[-2:]
    return float(seconds), int(memory)


def measure(name: str, pages: int, variants: dict[str, Variant], repeat: int) -> dict[str, float]:
    """Median CPU seconds of each variant, interleaved."""
    times: dict[str, list[float]] = {variant: [] for variant in variants}
    with tempfile.TemporaryDirectory() as temporary:
        folders = {variant: Path(temporary, str(number)) for number, variant in enumerate(variants)}
        for variant, folder in folders.items():
            write(folder, pages, variants[variant])
        for _ in range(repeat):
            for variant, folder in folders.items():
                shutil.rmtree(folder / "site", ignore_errors=True)
                times[variant].append(build(folder)[0])
    return {variant: statistics.median(seconds) for variant, seconds in times.items()}


def growth(repeat: int) -> dict[str, float]:
    """Added CPU milliseconds per page for 100, 1,000 and 10,000 pages, and added memory in MB at the most."""
    told: dict[str, float] = {}
    for pages in (100, 1_000, 10_000):
        with tempfile.TemporaryDirectory() as temporary:
            folders = {True: Path(temporary, "with"), False: Path(temporary, "without")}
            write(folders[True], pages, Variant(with_section(lambda n: compare(PAIR)), PLUGIN))
            write(
                folders[False],
                pages,
                Variant(lambda n: TEXT.format(n=n)),
            )
            runs = {
                key: [build(folder) for _ in range(repeat if pages < 5_000 else 1)] for key, folder in folders.items()
            }
            seconds = {key: statistics.median(run[0] for run in found) for key, found in runs.items()}
            told[f"{pages} pages, ms a page"] = 1000 * (seconds[True] - seconds[False]) / pages
            told[f"{pages} pages, MB more"] = (min(r[1] for r in runs[True]) - min(r[1] for r in runs[False])) / 1024
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("case", nargs="*")
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    result: dict[str, object] = {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "pages": arguments.pages,
        "repeat": arguments.repeat,
    }
    chosen = cases(arguments.pages)
    for name in arguments.case or [*chosen, "growth"]:
        print(f"\n{name}")
        if name == "growth":
            told = growth(arguments.repeat)
            for key, value in told.items():
                print(f"  {key:<28}{value:>9.2f}")
            result[name] = told
            continue
        pages, variants = chosen[name]
        seconds = measure(name, pages, variants, arguments.repeat)
        base = seconds["without"]
        ours = seconds["smtpcodes"]
        for variant, value in seconds.items():
            line = f"  {variant:<28}{value:>9.2f} s {value / base:>8.3f} of without"
            if name in {"work", "variety"} and variant not in {"without", "smtpcodes"}:
                line += f"   smtpcodes costs {(ours - base) / (value - base):.2f} of it"
            print(line)
        result[name] = seconds
    result["peak of this process"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if arguments.json:
        arguments.json.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
