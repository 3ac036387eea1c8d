"""Build hook: prepares data and templates of the package, which read many times faster than what people edit."""

from __future__ import annotations

import compileall
import importlib.util
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

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
