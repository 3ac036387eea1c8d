"""The rooms of the package: imports run one way, nothing goes in a circle, and no module outgrows a sitting."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "mkdocs_smtpcodes"
NAME = "mkdocs_smtpcodes"
#: The floors of the house, the highest first. A room may ask those below it, and its own floor without going in a circle.
FLOORS = [
    {"", "__main__"},
    {"plugin", "cli"},
    {"reference", "site", "logs", "linting", "settings"},
    {"extension"},
    {"rendering"},
    {"comparison", "recognition", "directives", "dataset", "mentions"},
    {"autolink_wishes", "codes", "encodings", "lint_rules", "option_places", "suggestions", "yaml_lines"},
]
#: Rooms that never see what stands here.
BLIND = {
    "comparison": {"jinja2", "markupsafe", "markdown", "mkdocs"},
    "recognition": {"jinja2", "markupsafe", "markdown", "mkdocs", "yaml"},
    "mentions": {"jinja2", "markupsafe", "markdown", "mkdocs", "yaml"},
    "dataset": {"jinja2", "markupsafe", "markdown", "mkdocs"},
    "rendering": {"mkdocs"},
    "extension": {"mkdocs", "jinja2"},
    "logs": {"jinja2", "markupsafe", "markdown", "mkdocs", "yaml", "click"},
    "linting": {"jinja2", "markupsafe", "markdown", "mkdocs", "yaml", "click"},
    "plugin": set(),
    "codes": {"yaml", "jinja2", "markdown", "mkdocs"},
}
MODULES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix("__init__").rstrip("."): path
    for path in sorted(PACKAGE.rglob("*.py"))
    # What a build of the package prepares is nobody's to read.
    if "prepared" not in path.relative_to(PACKAGE).parts[:-1]
}


def imports(module: str, types: bool = True) -> Iterator[tuple[str, bool]]:
    """The modules that a module imports, lazily too, and for types alone if they are wanted; whether they are ours."""
    path = MODULES[module]
    package = module.split(".") if path.name == "__init__.py" else module.split(".")[:-1]
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if not types:
        tree.body = [
            node for node in tree.body if not (isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test))
        ]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, False) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield str(node.module), False
        elif isinstance(node, ast.ImportFrom):
            base = [part for part in package if part][: len([p for p in package if p]) - node.level + 1]
            base += (node.module or "").split(".") if node.module else []
            for alias in node.names:
                whole = ".".join([*base, alias.name])
                # A name of the package itself, such as its version, is no room.
                yield (whole if whole in MODULES else ".".join(base)), True


def floor(module: str) -> int:
    room = module.split(".", maxsplit=1)[0]
    return next(number for number, rooms in enumerate(FLOORS) if room in rooms)


def test_every_module_is_in_a_room_of_the_house():
    for module in MODULES:
        assert floor(module) >= 0, module


@pytest.mark.parametrize("module", [module for module in MODULES if module])
def test_imports_run_one_way(module):
    for imported, ours in imports(module):
        if ours and imported and imported.split(".")[0] != module.split(".")[0]:
            assert floor(imported) >= floor(module), f"{module} imports {imported}, which stands above it"


def test_no_imports_go_in_a_circle():
    """Not even lazily, between modules; the door of a room may be asked by the room's own modules, which it imports."""
    edges = {
        module: {
            imported
            for imported, ours in imports(module, types=False)
            if ours and imported != module and imported and not module.startswith(f"{imported}.")
        }
        for module in MODULES
        if module
    }
    done: set[str] = set()

    def visit(module: str, above: tuple[str, ...]) -> None:
        assert module not in above, f"a circle: {' -> '.join([*above[above.index(module) :], module])}"
        if module not in done:
            for imported in sorted(edges.get(module, ())):
                visit(imported, (*above, module))
            done.add(module)

    for module in edges:
        visit(module, ())


@pytest.mark.parametrize("room", BLIND)
def test_a_room_does_not_see_what_is_not_its_business(room):
    for module in MODULES:
        if module.split(".")[0] == room:
            seen = {imported.split(".")[0] for imported, ours in imports(module) if not ours}
            assert not seen & BLIND[room], module


def test_rooms_of_the_same_floor_go_in_no_circle():
    for rooms in FLOORS:
        for room in rooms:
            for module in MODULES:
                if module.split(".")[0] != room:
                    continue
                for imported, ours in imports(module):
                    other = imported.split(".")[0]
                    if ours and other in rooms and other != room:
                        back = [
                            (m, i)
                            for m in MODULES
                            if m.split(".")[0] == other
                            for i, own in imports(m)
                            if own and i.split(".")[0] == room
                        ]
                        assert not back, f"{module} imports {imported}, and {back[0][0]} imports {back[0][1]}"


#: Lines that one reads in a sitting.
SITTING = 315


@pytest.mark.parametrize("module", MODULES)
def test_a_module_has_one_job_and_says_which(module):
    text = MODULES[module].read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text)), module
    assert text.count("\n") <= SITTING, f"{module} outgrows a sitting: make it a folder"
