"""Counts what the plugin costs, beside the same section written by hand and beside other plugins.

    python benchmarks/run.py [--pages 100] [--most 10000] [--json benchmarks/result.json] [case …]

Wall-clock times vary from run to run, so what is compared is the number of executed instructions of real `mkdocs build`
processes, which valgrind's cachegrind counts. CPU times stand beside them, as ratios of one run. What is measured is the wheel,
built and unpacked for the purpose, so that the state of the checkout makes no difference. Benchmarks are no tests.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import platform
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import markdown
from bs4 import BeautifulSoup
from markdownify import markdownify

ROOT = Path(__file__).parent.parent
TEXT = """\
# Page {n}

Some words of page {n}, with `code`, a [link](https://example.org) and **emphasis**.

- one
- two

## More

A paragraph.
"""
# The navigation names one page, because a theme that prints all of it makes each page dearer than the last.
CONFIG = """\
site_name: Benchmark
theme: {name: mkdocs}
markdown_extensions: [toc, tables, def_list]
nav: [index.md]
validation: {nav: {omitted_files: ignore}}
"""
BUILD = """
from mkdocs.__main__ import cli
try: cli(['build', '--quiet'])
except SystemExit: pass
"""
#: A first build, and rebuilds after one changed page, as `mkdocs serve` does them: in one process, with the same plugins.
REBUILD = """
import logging
from pathlib import Path
from mkdocs.commands.build import build
from mkdocs.config import load_config
logging.disable(logging.CRITICAL)
for number in range({rebuilds} + 1):
    config = load_config("mkdocs.yml")
    if not number: config.plugins.on_startup(command="serve", dirty=False)
    Path("docs/page00001.md").write_text("More " * number)
    build(config)
"""
PROFILE = f"""
import cProfile, pstats
profile = cProfile.Profile()
profile.enable()
{BUILD}
profile.disable()
for (file, _, _), (_, _, own, _, _) in pstats.Stats(profile).stats.items(): print(own, file)
"""
#: Where the time of a comparison goes, by what the path of a source file holds.
PARTS = {
    "mkdocs_smtpcodes": "mkdocs-smtpcodes",
    "html/parser.py": "HTML parser of MkDocs' search",
    "_markupbase.py": "HTML parser of MkDocs' search",
    "contrib/search": "MkDocs' search",
    "markdown/": "Python-Markdown",
    "jinja2": "Jinja2",
    "markupsafe": "Jinja2",
    "mkdocs/": "MkDocs",
}
#: So many that it makes no difference when Python looks for garbage.
REBUILDS = 10
REPEAT = 3


class Site(NamedTuple):
    """A site to build: its pages, its plugins, and other files beside the configuration."""

    page: Callable[[int], str]
    plugins: str = "plugins: [search]\n"
    files: Callable[[], Mapping[str, str]] = dict


class Row(NamedTuple):
    """A line of the result: the value, counted or in its unit, the same by CPU time, and the goal."""

    case: str
    what: str
    value: float | None
    by_time: float | None = None
    most: float | None = None
    unit: str = ""


# --- sites -------------------------------------------------------------------------------------------------------------


def section(directive: str) -> str:
    """The HTML of a directive, as the extension alone makes it."""
    return markdown.markdown(directive, extensions=["smtpcodes"])


def compare(pair: tuple[str, str], options: str = "") -> str:
    return f"<< smtp_compare({pair[0]}, {pair[1]}{options}) >>"


@cache
def by_hand(pair: tuple[str, str]) -> str:
    """A comparison as a writer would type it in Markdown, without the picture."""
    return str(markdownify(section(compare(pair, ", parts='-session'")), heading_style="ATX", bullets="-"))


@cache
def reference_by_hand() -> dict[str, str]:
    """The pages of the generated reference as files that somebody has written."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = write(Path(temporary, "site"), 0, SITES["reference"])
        run(folder, BUILD)
        pages = {}
        for path in (folder / "site" / "smtp").rglob("index.html"):
            html = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").select_one("[role=main]")
            name = path.parent.relative_to(folder / "site").as_posix() + ".md"
            pages[f"docs/{name}"] = str(markdownify(str(html), heading_style="ATX", bullets="-"))
        return pages


def plain(n: int) -> str:
    return TEXT.format(n=n)


def with_section(text: Callable[[int], str]) -> Callable[[int], str]:
    return lambda n: f"{plain(n)}\n{text(n)}\n"


@cache
def pairs() -> list[tuple[str, str]]:
    """All pairs of standard codes, in an order of chance that is always the same, then all of them the other way round."""
    from mkdocs_smtpcodes import load_dataset  # noqa: PLC0415 (from the wheel, which has to be unpacked first)

    dataset = load_dataset()
    standard = [code for code in dataset.basic_codes if dataset.profile(dataset.code(code)).status == "standard"]
    found = list(combinations(standard, 2))
    random.Random(1).shuffle(found)
    return found + [(second, first) for first, second in found]


PAIR = ("250", "535")
PLUGIN = "plugins: [search, smtpcodes]\n"
MACRO = "def define_env(env):\n    text = {!r}\n\n    @env.macro\n    def compare(*codes):\n        return text\n"
SITES = {
    "without": Site(plain),
    "idle": Site(plain, PLUGIN),
    "comparison": Site(with_section(lambda n: compare(PAIR)), PLUGIN),
    "by hand": Site(with_section(lambda n: by_hand(PAIR))),
    "macros": Site(
        with_section(lambda n: "{{ compare(250, 535) }}"),
        "plugins: [search, macros]\n",
        lambda: {"main.py": MACRO.format(by_hand(PAIR))},
    ),
    "include-markdown": Site(
        with_section(lambda n: '{% include-markdown "../section.md" %}'),
        "plugins: [search, include-markdown]\n",
        lambda: {"section.md": by_hand(PAIR)},
    ),
    "variety": Site(with_section(lambda n: compare(pairs()[n % len(pairs())])), PLUGIN),
    "variety by hand": Site(with_section(lambda n: by_hand(pairs()[n % len(pairs())]))),
    "reference": Site(plain, "plugins: [search, {smtpcodes: {reference: all}}]\n"),
    "reference by hand": Site(plain, files=reference_by_hand),
    "mixed": Site(lambda n: with_section(lambda _: compare(PAIR))(n) if n == 0 else plain(n), PLUGIN),
    "mixed without": Site(lambda n: with_section(lambda _: compare(PAIR))(n) if n == 0 else plain(n)),
}


def write(folder: Path, pages: int, site: Site) -> Path:
    """Write a site into a folder, and give the folder back."""
    files = {f"docs/page{n:05}.md": site.page(n) for n in range(pages)}
    files |= {"docs/index.md": "# Home\n", "mkdocs.yml": CONFIG + site.plugins, **site.files()}
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


# --- measuring ---------------------------------------------------------------------------------------------------------


def run(folder: Path, code: str, *before: str) -> subprocess.CompletedProcess[str]:
    shutil.rmtree(folder / "site", ignore_errors=True)
    return subprocess.run([*before, sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True)


class Measured:
    """What builds of the sites take, each measured once, when it is first asked for or before that in parallel."""

    def __init__(self) -> None:
        self._instructions: dict[tuple[str, int, str], int] = {}
        self._seconds: dict[tuple[str, int, str], float] = {}
        self.memory: dict[str, int] = {}

    def prepare(self, wanted: list[tuple[str, int, str]]) -> None:
        """Count instructions with a process on each core: others do not change the count."""
        wanted = [key for key in dict.fromkeys(wanted) if key not in self._instructions]
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            self._instructions |= zip(wanted, pool.map(self._count, wanted), strict=True)

    @staticmethod
    def _count(key: tuple[str, int, str]) -> int:
        name, pages, code = key
        with tempfile.TemporaryDirectory() as temporary:
            folder = write(Path(temporary, "site"), pages, SITES[name])
            tool = ("valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null")
            told = run(folder, code, *tool).stderr
        return int(re.findall(r"I *refs: *([\d,]+)", told)[-1].replace(",", ""))

    def instructions(self, name: str, pages: int, code: str = BUILD) -> int:
        self.prepare([(name, pages, code)])
        return self._instructions[name, pages, code]

    def time(self, wanted: list[tuple[str, int, str]], repeat: int = REPEAT) -> None:
        """Take the least CPU seconds of several, interleaved, since others at work only add, and the peak memory in KiB."""
        found: dict[tuple[str, int, str], list[float]] = {key: [] for key in dict.fromkeys(wanted)}
        usage = "\nimport resource\nu = resource.getrusage(resource.RUSAGE_SELF)\nprint(u.ru_utime + u.ru_stime, u.ru_maxrss)"
        with tempfile.TemporaryDirectory() as temporary:
            for number, (name, pages, _) in enumerate(found):
                write(Path(temporary, str(number)), pages, SITES[name])
            for _ in range(repeat):
                for number, key in enumerate(found):
                    seconds, memory = run(Path(temporary, str(number)), key[2] + usage).stdout.split()[-2:]
                    found[key].append(float(seconds))
                    self.memory[key[0]] = int(memory)
        self._seconds |= {key: min(times) for key, times in found.items()}

    def seconds(self, name: str, pages: int, code: str = BUILD) -> float:
        return self._seconds[name, pages, code]


Measure = Callable[..., float]


def page(measure: Measure, name: str, pages: int) -> float:
    """What one more page costs: the difference of two sites."""
    few = max(pages // 5, 1)
    return (measure(name, pages) - measure(name, few)) / (pages - few)


def added(measure: Measure, name: str, pages: int) -> float:
    """What a page costs over the same page without the section."""
    return page(measure, name, pages) - page(measure, "without", pages)


# --- cases -------------------------------------------------------------------------------------------------------------


class Cases:
    """Each case: measures, and gives its rows."""

    def __init__(self, pages: int, most: int) -> None:
        self.pages, self.most = pages, most
        self.told = Measured()

    def _ratio(self, case: str, what: str, ratio: Callable[[Measure], float], most: float | None = None) -> Row:
        return Row(case, what, ratio(self.told.instructions), ratio(self.told.seconds), most)

    def _prepare(self, *names: str, sizes: tuple[int, ...] = ()) -> None:
        wanted = [(name, size, BUILD) for size in sizes or (self.pages // 5, self.pages) for name in names]
        self.told.prepare(wanted)
        self.told.time(wanted)

    def idle(self) -> Iterator[Row]:
        self._prepare("without", "idle")
        what = "a page without a directive, with the plugin over without"
        yield self._ratio("idle", what, lambda m: page(m, "idle", self.pages) / page(m, "without", self.pages), 1.005)

    def work(self) -> Iterator[Row]:
        names = ("by hand", "macros", "include-markdown")
        self._prepare("without", "comparison", *names)
        millions = added(self.told.instructions, "comparison", self.pages) / 1e6
        yield Row("work", "a comparison, million instructions", millions, most=18)
        for name in names:
            what = f"a comparison over that of {name}"
            yield self._ratio(
                "work", what, lambda m, n=name: added(m, "comparison", self.pages) / added(m, n, self.pages)
            )

    def variety(self) -> Iterator[Row]:
        self._prepare("without", "variety", "variety by hand")
        what = "a different comparison on each page, over that of by hand"
        yield self._ratio(
            "variety", what, lambda m: added(m, "variety", self.pages) / added(m, "variety by hand", self.pages)
        )

    def reference(self) -> Iterator[Row]:
        self._prepare("without", "reference", "reference by hand", sizes=(1,))
        what = "all generated pages, over the same pages by hand"
        yield self._ratio(
            "reference", what,
            lambda m: (m("reference", 1) - m("without", 1)) / (m("reference by hand", 1) - m("without", 1)),
        )  # fmt: skip

    def start(self) -> Iterator[Row]:
        self._prepare("without", "idle", "comparison", sizes=(1,))
        for name, holds, most in (("idle", "no directive", 1.05), ("comparison", "one comparison", 1.15)):
            what = f"a site of one page with {holds}, with the plugin over without"
            yield self._ratio("start", what, lambda m, n=name: m(n, 1) / m("without", 1), most)

    def serve(self) -> Iterator[Row]:
        once, more = REBUILD.format(rebuilds=1), REBUILD.format(rebuilds=1 + REBUILDS)
        wanted = [(name, self.pages, code) for name in ("mixed", "mixed without") for code in (once, more)]
        self.told.prepare(wanted)
        self.told.time(wanted)

        def rebuild(measure: Measure, name: str) -> float:
            return measure(name, self.pages, more) - measure(name, self.pages, once)

        what = f"a rebuild of {self.pages} pages, one with a comparison, after one changed page, with the plugin over without"
        yield self._ratio("serve", what, lambda m: rebuild(m, "mixed") / rebuild(m, "mixed without"), 1.02)

    def growth(self) -> Iterator[Row]:
        few, many = self.pages, 10 * self.pages
        for name in ("without", "comparison"):
            self.told.prepare([(name, size, BUILD) for size in (few // 10, few, many)])
        measure = self.told.instructions
        slopes = [
            [(measure(name, b) - measure(name, a)) / (b - a) for a, b in ((few // 10, few), (few, many))]
            for name in ("comparison", "without")
        ]
        what = f"a comparison on each of {many:,} pages, over that of {few:,}"
        yield Row("growth", what, (slopes[0][1] - slopes[1][1]) / (slopes[0][0] - slopes[1][0]), None, 1.05)
        self.told.time([(name, size, BUILD) for size in (many, self.most) for name in ("without", "comparison")], 1)
        took = {
            name: self.told.seconds(name, self.most) / self.told.seconds(name, many)
            for name in ("without", "comparison")
        }
        took = {name: ratio * many / self.most for name, ratio in took.items()}
        what = f"a comparison on each of {self.most:,} pages, over that of {many:,} (without the plugin {took['without']:.2f})"
        yield Row("growth", what, None, took["comparison"])

    def size(self) -> Iterator[Row]:
        sizes = [len(section(compare(pair)).encode()) for pair in pairs()]
        yield Row("size", "HTML of the median comparison, as the extension alone makes it", statistics.median(sizes) / 1000,
                  most=9.5, unit=" KB")  # fmt: skip

    def memory(self) -> Iterator[Row]:
        self.told.time([("without", 10 * self.pages, BUILD), ("idle", 10 * self.pages, BUILD)], 1)
        more = (self.told.memory["idle"] - self.told.memory["without"]) / 1024
        yield Row(
            "memory",
            f"{10 * self.pages:,} pages without a directive, over a build without the plugin",
            more,
            unit=" MB",
        )

    def profile(self) -> Iterator[Row]:
        """Shares, as a profiler sees them, of what a page with a comparison takes over the same page without one."""
        spent: dict[str, float] = {}
        for name, sign in (("comparison", 1), ("without", -1)):
            with tempfile.TemporaryDirectory() as temporary:
                told = run(write(Path(temporary, "site"), self.pages, SITES[name]), PROFILE).stdout
            for line in told.splitlines():
                own, file = line.split(" ", 1)
                part = next((label for key, label in PARTS.items() if key in file), "Python itself")
                spent[part] = spent.get(part, 0.0) + sign * float(own)
        whole = sum(own for own in spent.values() if own > 0)
        for part, own in sorted(spent.items(), key=lambda item: -item[1]):
            if own / whole >= 0.01:
                yield Row("profile", part, 100 * own / whole, unit=" %")


# --- telling -----------------------------------------------------------------------------------------------------------


def table(machine: str, rows: list[Row]) -> str:
    """The result in Markdown, for the documentation."""
    lines = [machine, "", "| Case | | Instructions | CPU time | Goal |", "| --- | --- | --- | --- | --- |"]
    for row in rows:
        if row.case != "profile":
            by_time = f"{row.by_time:.2f}" if row.by_time is not None else ""
            lines.append(f"| {row.case} | {row.what} | {_shown(row)} | {by_time} | {_goal(row)} |")
    spent = [f"| {row.what} | {row.value:.0f} % |" for row in rows if row.case == "profile"]
    if spent:
        lines += ["", "| Where the time of a comparison goes | Share |", "| --- | --- |", *spent]
    return "\n".join(lines) + "\n"


def _shown(row: Row) -> str:
    if row.value is None:
        return ""
    return f"{row.value:.1f}{row.unit}" if row.unit or row.value > 10 else f"{row.value:.3f}"


def _goal(row: Row) -> str:
    if row.most is None:
        return ""
    return f"at most {row.most:g}{row.unit}" + (", **falls short**" if row.value and row.value > row.most else "")


def unpack_wheel(folder: Path) -> None:
    """What users install, compiled as their installer does it."""
    builder = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(builder, check=True, capture_output=True)
    zipfile.ZipFile(next(folder.glob("*.whl"))).extractall(folder / "package")
    compileall.compile_dir(folder / "package", quiet=1)
    sys.path.insert(0, str(folder / "package"))
    os.environ |= {"PYTHONPATH": str(folder / "package"), "PYTHONHASHSEED": "0"}


CASES = ("idle", "work", "variety", "reference", "start", "serve", "growth", "size", "memory", "profile")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    # No `choices`: where no case is named, argparse would look for the empty list among them.
    parser.add_argument("case", nargs="*", help=f"one of {', '.join(CASES)}; all by default")
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--most", type=int, default=10_000)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    if unknown := [case for case in arguments.case if case not in CASES]:
        parser.error(f"{unknown[0]} is no case; it is one of {', '.join(CASES)}")
    if not shutil.which("valgrind"):
        sys.exit("The benchmark counts instructions with valgrind, which is not installed.")
    machine = (
        f"Counted on {platform.machine()} with Python {platform.python_version()}; a page is the difference of sites of "
        f"{arguments.pages // 5} and {arguments.pages} pages. CPU times are ratios of one run."
    )
    cases = Cases(arguments.pages, arguments.most)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as temporary:
        unpack_wheel(Path(temporary))
        for name in arguments.case or CASES:
            print(f"measuring {name}", file=sys.stderr)
            rows += getattr(cases, name)()
    print(table(machine, rows))
    if arguments.json:
        told: dict[str, Any] = {"machine": machine, "rows": [row._asdict() for row in rows]}
        arguments.json.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
        arguments.json.with_suffix(".md").write_text(table(machine, rows), encoding="utf-8")


if __name__ == "__main__":
    main()
