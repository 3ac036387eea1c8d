"""Build hooks: one prepares data and templates of the package, which read many times faster than what people edit, the other
what the page of the package says."""

from __future__ import annotations

import compileall
import importlib.util
import re
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

#: What writes into `mkdocs_smtpcodes/prepared`. Loaded by path: importing the package would need all that it depends on.
MODULES = ("dataset/loading.py", "rendering/templating.py")


class PrepareData(BuildHookInterface[Any]):
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        package = Path(self.root, "mkdocs_smtpcodes")
        for module in MODULES:
            self._load(package / module).prepare()
        if version == "editable":
            # What is installed is compiled by the installer, what is only pointed to is not; where Python may write no
            # bytecode either, every build would compile it again.
            compileall.compile_dir(package, quiet=2)
        build_data["artifacts"].append("/mkdocs_smtpcodes/prepared/**")

    @staticmethod
    def _load(path: Path) -> Any:
        spec = importlib.util.spec_from_file_location(path.stem, path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module


class Describe(MetadataHookInterface):
    PLUGIN_NAME = "custom"

    def update(self, metadata: dict[str, Any]) -> None:
        """The README without pictures of the repository, which the page of a package would not find."""
        text = Path(self.root, "README.md").read_text(encoding="utf-8")
        text = re.sub(r"!\[[^\]]*\]\((?!https?:)[^)]*\)\n\n", "", text)
        metadata["readme"] = {"content-type": "text/markdown", "text": text}
