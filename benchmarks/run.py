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
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import markdownify

from mkdocs_smtpcodes import directives, load_dataset, reference
from mkdocs_smtpcodes.rendering.renderer import Renderer

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


PAIR = ("250", "535")
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
        "reference": (
            1,
            {
                "without": Variant(lambda n: plain(n=n)),
                "by hand": Variant(lambda n: plain(n=n), PLUGIN, written_reference()),
                "smtpcodes": Variant(lambda n: plain(n=n), "plugins: [search, {smtpcodes: {reference: all}}]\n"),
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


def written_reference() -> dict[str, str]:
    """The pages of the generated reference as files that somebody has written."""
    codes = reference.all_codes(DATASET)
    return {f"docs/smtp/{page.path}": page.markdown for page in reference.pages(DATASET, "en", codes, [])}


def write(folder: Path, pages: int, variant: Variant) -> None:
    (folder / "docs").mkdir(parents=True)
    for n in range(pages):
        (folder / "docs" / f"page{n:05}.md").write_text(variant.pages(n), encoding="utf-8")
    (folder / "docs" / "index.md").write_text("# Home\n", encoding="utf-8")
    config = "site_name: Benchmark\ntheme: {name: mkdocs}\nmarkdown_extensions: [toc, tables, def_list]\n"
    (folder / "mkdocs.yml").write_text(config + variant.plugins, encoding="utf-8")
    for name, text in (variant.files or {}).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
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


def measure(pages: int, variants: dict[str, Variant], repeat: int) -> dict[str, float]:
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


def growth(repeat: int) -> dict[str, dict[str, float]]:
    """What 100, 1,000 and 10,000 pages cost: CPU milliseconds a page over by hand's bare pages, without what starting costs, and
    memory over a build of the same pages without the plugin.

    The navigation names one page, because a theme that prints all of it makes each page dearer than the last. Memory is compared
    on pages without a directive: MkDocs keeps the text of all pages, whoever wrote it.
    """
    alone = "nav: [index.md]\nvalidation: {nav: {omitted_files: ignore}}\n"
    variants = {
        "bare": Variant(lambda n: TEXT.format(n=n), SEARCH + alone),
        "idle": Variant(lambda n: TEXT.format(n=n), PLUGIN + alone),
        "section": Variant(with_section(lambda n: compare(PAIR)), PLUGIN + alone),
    }
    told = {}
    start = 0.0
    for pages in (1, 100, 1_000, 10_000):
        runs: dict[str, list[tuple[float, int]]] = {name: [] for name in variants}
        with tempfile.TemporaryDirectory() as temporary:
            for name, variant in variants.items():
                write(Path(temporary, name), pages, variant)
            for _ in range(repeat if pages < 5_000 else 1):
                for name in variants:
                    shutil.rmtree(Path(temporary, name, "site"), ignore_errors=True)
                    runs[name].append(build(Path(temporary, name)))
        seconds = {name: statistics.median(run[0] for run in found) for name, found in runs.items()}
        memory = {name: min(run[1] for run in found) for name, found in runs.items()}
        added = seconds["section"] - seconds["bare"]
        if pages == 1:
            start = added
            continue
        told[f"{pages:,} pages"] = {
            "ms a page": 1000 * (added - start) / (pages - 1),
            "MB over a plain build": (memory["idle"] - memory["bare"]) / 1024,
        }
    return told


REBUILD = """
import logging, time
from pathlib import Path
from mkdocs.commands.build import build
from mkdocs.config import load_config
logging.disable(logging.CRITICAL)
def once():
    config = load_config("mkdocs.yml")
    started = time.process_time()
    config.plugins.on_startup(command="serve", dirty=False) if not ran else None
    ran.append(1)
    build(config)
    return time.process_time() - started
ran = []
once()
times = []
for number in range(5):
    page = Path("docs/page00000.md")
    page.write_text(page.read_text() + f"\\nMore {number}.\\n")
    times.append(once())
print(sorted(times)[2])
"""


def serve(pages: int, repeat: int) -> dict[str, float]:
    """CPU seconds of a rebuild after one changed page, as `mkdocs serve` does it: in the same process, with the same plugins."""

    def text(n: int) -> str:
        return with_section(lambda _: compare(PAIR))(n) if n == 0 else TEXT.format(n=n)

    variants = {"without": Variant(text), "smtpcodes": Variant(text, PLUGIN)}
    times: dict[str, list[float]] = {name: [] for name in variants}
    with tempfile.TemporaryDirectory() as temporary:
        for name, variant in variants.items():
            write(Path(temporary, name), pages, variant)
        for _ in range(repeat):
            for name in variants:
                done = subprocess.run(
                    [sys.executable, "-c", REBUILD],
                    cwd=Path(temporary, name),
                    capture_output=True,
                    text=True,
                    check=True,
                )
                times[name].append(float(done.stdout))
    return {name: statistics.median(found) for name, found in times.items()}


def profile(pages: int) -> list[tuple[str, float]]:
    """Where the time of a page with a comparison goes, in ms by package, as a profiler sees it (which slows all of it)."""
    code = (
        "import cProfile, pstats, sys\nfrom mkdocs.__main__ import cli\np = cProfile.Profile()\np.enable()\n"
        "try: cli(['build', '--quiet'])\nexcept SystemExit: pass\np.disable()\n"
        "for (file, _, _), (_, _, own, _, _) in pstats.Stats(p).stats.items(): print(own, file)"
    )
    spent: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as temporary:
        for name, variant in cases(pages)["work"][1].items():
            if name not in {"without", "smtpcodes"}:
                continue
            write(Path(temporary, name), pages, variant)
            done = subprocess.run(
                [sys.executable, "-c", code], cwd=Path(temporary, name), capture_output=True, text=True, check=True
            )
            spent[name] = {}
            for line in done.stdout.splitlines():
                own, file = line.split(" ", 1)
                part = next((label for key, label in PARTS.items() if key in file), "Python itself")
                spent[name][part] = spent[name].get(part, 0.0) + float(own)
    parts = [(part, 1000 * (own - spent["without"].get(part, 0.0)) / pages) for part, own in spent["smtpcodes"].items()]
    return sorted(parts, key=lambda part: -part[1])


PARTS = {
    "mkdocs_smtpcodes": "mkdocs-smtpcodes",
    "html/parser.py": "HTML parser of MkDocs' search",
    "_markupbase.py": "HTML parser of MkDocs' search",
    "contrib/search": "MkDocs' search",
    "markdown/": "Python-Markdown",
    "jinja2": "Jinja2",
    "mkdocs/": "MkDocs",
}


def table(result: dict[str, Any]) -> str:
    """The result in Markdown, for the documentation."""
    lines = [
        f"Measured on {result['machine']}, {result['pages']:,} pages, CPU time, median of {result['repeat']} interleaved runs.",
        "",
        "| Case | Ratio | Goal |",
        "| --- | --- | --- |",
    ]
    for case, label, ratio, goal in ratios(result):
        lines.append(f"| {case}: {label} | {ratio:.2f} | {goal} |")
    if growing := result.get("growth"):
        lines += ["", "| Pages | Added time a page | Memory over a plain build |", "| --- | --- | --- |"]
        for pages, told in growing.items():
            lines.append(f"| {pages} | {told['ms a page']:.2f} ms | {told['MB over a plain build']:.1f} MB |")
    if spent := result.get("profile"):
        lines += ["", "| Where the added time of a page goes | Share |", "| --- | --- |"]
        whole = sum(ms for _, ms in spent if ms > 0)
        lines += [f"| {part} | {100 * ms / whole:.0f} % |" for part, ms in spent if ms / whole >= 0.01]
    return "\n".join(lines) + "\n"


def ratios(result: dict[str, Any]) -> Iterator[tuple[str, str, float, str]]:
    """Case, what is compared, the ratio, and the goal."""
    plain = {
        "idle": ("pages without a directive, with the plugin over without", "at most 1.02"),
        "start": ("a site of one page, with the plugin over without", "at most 1.10"),
        "serve": ("a rebuild after one changed page, with the plugin over without", "at most 1.05"),
    }
    goals = {
        ("work", "by hand"): "at most 0.50",
        ("work", "macros"): "at most 0.35",
        ("variety", "by hand"): "at most 1.00",
        ("reference", "by hand"): "about 1",
    }
    names = {
        "work": "one comparison on each page, added cost over that of",
        "variety": "a different comparison on each page, added cost over that of",
        "reference": "generated pages, added cost over that of the same pages",
    }
    for case, seconds in result.items():
        if case in plain:
            label, goal = plain[case]
            yield case, label, seconds["smtpcodes"] / seconds["without"], goal
        elif case in names:
            base = seconds["without"]
            for other in seconds:
                if other not in {"without", "smtpcodes"}:
                    ratio = (seconds["smtpcodes"] - base) / (seconds[other] - base)
                    yield case, f"{names[case]} {other}", ratio, goals.get((case, other), "")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("case", nargs="*")
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    result: dict[str, Any] = {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "pages": arguments.pages,
        "repeat": arguments.repeat,
    }
    chosen = cases(arguments.pages)
    for name in arguments.case or [*chosen, "serve", "growth", "profile"]:
        print(f"measuring {name}", file=sys.stderr)
        if name == "growth":
            result[name] = growth(arguments.repeat)
        elif name == "serve":
            result[name] = serve(min(arguments.pages, 300), arguments.repeat)
        elif name == "profile":
            result[name] = profile(min(arguments.pages, 300))
        else:
            pages, variants = chosen[name]
            result[name] = measure(pages, variants, arguments.repeat)
    print(table(result))
    if arguments.json:
        arguments.json.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
        arguments.json.with_suffix(".md").write_text(table(result), encoding="utf-8")


if __name__ == "__main__":
    main()
