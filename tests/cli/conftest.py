"""Calls of the command line, in this process and as a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from mkdocs_smtpcodes.cli import main

COMMAND = Path(sys.executable).with_name("mkdocs-smtpcodes")


def run(*arguments, cwd=None, entry=(str(COMMAND),), **options):
    """A call as a person makes it."""
    return subprocess.run(
        [*entry, *arguments], capture_output=True, text=True, cwd=cwd, check=False, timeout=60, **options
    )


@pytest.fixture
def call(tmp_path, monkeypatch):
    """``call("show", "535")``: a call in an empty folder. What it raises fails the test."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments, **options):
        return CliRunner(catch_exceptions=False).invoke(main, arguments, **options)

    return call


@pytest.fixture
def write(tmp_path):
    """``write({"docs/index.md": "…"})``: files below the folder of the calls."""

    def write(files):
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())

    return write
