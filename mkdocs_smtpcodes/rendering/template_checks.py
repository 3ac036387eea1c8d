"""What can be said of a site's templates before one is used: names that nobody asks for, and lines that nobody would see."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import pairwise
from pathlib import Path

import jinja2
from jinja2 import nodes

from .. import encodings
from ..suggestions import close, nearest, one_of
from .templates import CIRCLE, DEFAULT, TemplateMistake, Templates, no_label, not_found
from .templating import TEMPLATES

_SUFFIXES = (".html", ".htm", ".jinja", ".jinja2", ".j2")


def check(templates: Templates, labels: Collection[str]) -> list[TemplateMistake]:
    """All that is wrong in the templates of a site as they stand.

    Args:
        templates: ours with the site's over them.
        labels: the keys of the fixed texts.
    """
    return list(_Check(templates, labels).mistakes()) if templates.folder and templates.folder.is_dir() else []


class _Check:
    def __init__(self, templates: Templates, labels: Collection[str]) -> None:
        assert templates.folder is not None
        self.templates = templates
        self.folder: Path = templates.folder
        self.labels = labels
        self.ours = sorted(path.name for path in TEMPLATES.glob("*.html"))
        self.names = sorted(
            path.relative_to(self.folder).as_posix()
            for path in self.folder.rglob("*")
            if path.suffix in _SUFFIXES and path.is_file()
        )
        self.trees: dict[str, nodes.Template] = {}

    def mistakes(self) -> Iterator[TemplateMistake]:
        """Only what a directive reaches is ours to check: the folder may hold templates of a theme too."""
        todo = [name for name in self.names if name in self.ours]
        seen = set(todo)
        for name in todo:
            path = self.folder / name
            try:
                source = path.read_text(encoding="utf-8-sig")
                # Finds unknown filters and tests too.
                self.templates.environment.compile(source, name, str(path), raw=True)
                tree = self.templates.environment.parse(source, name, str(path))
            except ValueError:
                wrong = encodings.place(path.read_bytes())
                yield TemplateMistake(self.templates.named(path, wrong[0] if wrong else None), encodings.MESSAGE)
                continue
            except jinja2.TemplateSyntaxError as error:
                line, message = self.templates.syntax(error)
                yield TemplateMistake(self.templates.named(path, line), message)
                continue
            self.trees[name] = tree
            for line, message, other in self._of_tree(name, tree):
                if message:
                    yield TemplateMistake(self.templates.named(path, line), message)
                elif other in self.names and other not in seen:
                    seen.add(other)
                    todo.append(other)
        for name in self.names:
            if name not in seen and (message := self._unused(name)):
                yield TemplateMistake(self.templates.named(self.folder / name), message)

    def _unused(self, name: str) -> str:
        """A file that was to be a template of ours, by its name."""
        base = name.rsplit("/", 1)[-1]
        if base in self.ours:
            return f"no directive looks into this folder; move the file to {self.templates.shown}/{base}"
        if f"smtp_{base}" in self.ours and "/" not in name:
            return f"no directive has a template of this name; did you mean smtp_{base}?"
        meant = close(base.split(".")[0].replace("-", "_"), [ours.removesuffix(".html") for ours in self.ours], 0.75)
        if meant:
            return f"no directive has a template of this name; did you mean {meant}.html?"
        known = ", ".join(self.ours)
        return f"no directive has a template of this name; there are {known}" if base.startswith("smtp") else ""

    def _of_tree(self, name: str, tree: nodes.Template) -> Iterator[tuple[int, str, str]]:
        """Line and message of each mistake; line, "" and name of each template that it uses."""
        for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
            named = node.template  # type: ignore[attr-defined]
            wanted = (
                [item.value for item in named.find_all(nodes.Const)]
                if isinstance(named, nodes.List | nodes.Tuple)
                else []
            )
            wanted = [named.value] if isinstance(named, nodes.Const) else wanted
            known = self.templates.names()
            found = [other for other in wanted if other in known]
            yield from ((node.lineno, "", str(other)) for other in found)
            if wanted and not found and not getattr(node, "ignore_missing", False):
                yield node.lineno, not_found(str(wanted[0]), known), ""
        for call in tree.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "label" and call.args:
                key = call.args[0]
                if isinstance(key, nodes.Const) and key.value not in self.labels:
                    yield call.lineno, no_label(str(key.value), self.labels), ""
        extends = next(tree.find_all(nodes.Extends), None)
        if extends is not None and isinstance(extends.template, nodes.Const):
            yield from self._of_child(name, tree, extends)
        elif extends is not None:
            yield from self._of_no_text(name, tree, extends)
        elif name in self.ours:
            yield from self._of_no_child(name, tree)
        for data in tree.find_all(nodes.TemplateData):
            for at, message in _of_pages(data.data):
                yield data.lineno + data.data.count("\n", 0, at), message, ""
        for output in tree.find_all(nodes.Output):
            for before, item in pairwise(output.nodes):
                if _is_link(item) and isinstance(before, nodes.TemplateData) and _TEXT.search(before.data):
                    mend = "write it into one, as in <a {{ link('550') }}>550</a>"
                    yield item.lineno, f"link() makes the attributes of a tag, and no tag is open here; {mend}", ""
        called = {id(call.node) for call in tree.find_all(nodes.Call)}
        for used in tree.find_all(nodes.Name):
            if used.name == "super" and id(used) not in called:
                yield used.lineno, "super stands without its parentheses; write super()", ""
        if name.startswith("_") and name in self.ours:
            yield from self._of_macros(name, tree)

    @staticmethod
    def _of_no_text(name: str, tree: nodes.Template, extends: nodes.Extends) -> Iterator[tuple[int, str, str]]:
        """Of a template that extends what a name says, which may have lost its quotes."""
        known = {item.name for item in tree.find_all(nodes.Name) if item.ctx == "store"}
        if any(used.name not in known for used in extends.template.find_all(nodes.Name)) or (
            isinstance(extends.template, nodes.Name) and extends.template.name not in known
        ):
            yield extends.lineno, f"the name of a template stands in quotes; write {_extends(name)}", ""

    def _of_no_child(self, name: str, tree: nodes.Template) -> Iterator[tuple[int, str, str]]:
        """Of a template in the place of ours that has blocks of ours all the same, as if it extended it."""
        if (ours := self._tree(f"{DEFAULT}{name}")) is None or self._extended(name):
            return
        blocks = {block.name for block in ours.find_all(nodes.Block)}
        known = [block for block in tree.find_all(nodes.Block) if block.name in blocks]
        if known:
            message = (
                f"a block takes the place of ours only in a template that extends ours; begin with {_extends(name)}"
            )
            yield known[0].lineno, message, ""
        else:
            for call in tree.find_all(nodes.Call):
                if isinstance(call.node, nodes.Name) and call.node.name == "super":
                    yield (
                        call.lineno,
                        f"super() stands in blocks of a template that extends ours; begin with {_extends(name)}",
                        "",
                    )

    def _extended(self, name: str) -> bool:
        """Whether another template of the site extends this one, so that its blocks are for that."""
        trees = (self._tree(other) for other in self.names if other != name)
        found = (node for tree in trees if tree is not None for node in tree.find_all(nodes.Extends))
        return any(isinstance(node.template, nodes.Const) and node.template.value == name for node in found)

    def _of_macros(self, name: str, tree: nodes.Template) -> Iterator[tuple[int, str, str]]:
        """Of a file in the place of one of ours with macros: it has them all, and each takes what our templates give it."""
        if (ours := self._tree(f"{DEFAULT}{name}")) is None or next(
            tree.find_all((nodes.Extends, nodes.Include)), None
        ):
            return
        own = {macro.name: macro for macro in tree.find_all(nodes.Macro)}
        own_names = {*own, *(item.name for item in tree.find_all(nodes.Name) if item.ctx == "store")}
        wanted = [macro for macro in ours.find_all(nodes.Macro) if not macro.name.startswith("_")]
        if missing := [macro.name for macro in wanted if macro.name not in own_names]:
            yield 1, f"our templates use {one_of(missing, 'and')} of this file; copy ours whole, and change a part", ""
        for macro in wanted:
            mine = own.get(macro.name)
            taken = [argument.name for argument in macro.args]
            if mine is not None and any(argument not in {a.name for a in mine.args} for argument in taken):
                written = f"{{% macro {macro.name}({', '.join(taken)}) %}}"
                yield mine.lineno, f"our templates give {macro.name}() more than it takes; write {written}", ""

    def _of_child(self, name: str, tree: nodes.Template, extends: nodes.Extends) -> Iterator[tuple[int, str, str]]:
        """Of a template that extends another only the blocks of the other are used."""
        blocks: set[str] = set()
        parents, parent = {name}, extends.template
        while isinstance(parent, nodes.Const):
            if parent.value in parents:
                yield extends.lineno, CIRCLE, ""
                return
            parents.add(parent.value)
            above = self._tree(str(parent.value))
            if above is None:
                return
            blocks.update(block.name for block in above.find_all(nodes.Block))
            further = next(above.find_all(nodes.Extends), None)
            parent = further.template if further else nodes.Name("", "load")
        for node in tree.body:
            if isinstance(node, nodes.Block) and not blocks:
                ours = f"{name} of ours has no blocks; copy it whole, and change a part"
                yield node.lineno, ours, ""
            elif isinstance(node, nodes.Block) and node.name not in blocks:
                known = ", ".join(sorted(blocks))
                meant = nearest(node.name, blocks)
                yield node.lineno, f"there is no block {node.name}{meant}{'' if meant else f'; there are {known}'}", ""
            elif isinstance(node, nodes.Output) and any(
                not isinstance(item, nodes.TemplateData) or item.data.strip() for item in node.nodes
            ):
                yield _line(node), "what stands outside of the blocks is not shown; put it into one of them", ""

    def _tree(self, name: str) -> nodes.Template | None:
        """The tree of a template, of ours too; None where it cannot be read, which has its own message."""
        if name not in self.trees:
            path = self.templates.file(name)
            try:
                source = path.read_text(encoding="utf-8-sig") if path else ""
                self.trees[name] = self.templates.environment.parse(source, name)
            except (OSError, ValueError, jinja2.TemplateError):
                return None
        return self.trees[name]


def _is_link(item: nodes.Node) -> bool:
    return isinstance(item, nodes.Call) and isinstance(item.node, nodes.Name) and item.node.name == "link"


#: The end of a text in which no tag is open.
_TEXT = re.compile(r">[^<>]*\Z")
# Where a text is code, or none.
_CODE = re.compile(
    r"<(script|style|pre|code|textarea)\b.*?(?:</\1>|\Z)|<!--.*?(?:-->|\Z)|<[^<>]*>", re.DOTALL | re.IGNORECASE
)
_DIRECTIVE = re.compile(r"<<\s*(?:smtp\w*)\s*\(([^()\n]*)\)\s*>>")
_MARKDOWN = re.compile(
    r"\*\*[^\s*](?:[^*\n]*[^\s*])?\*\*|`[^`\n]+`|\[[^\]\n]+\]\((?:https?:|mailto:|[^)\s]+\.(?:md|html))[^)\n]*\)"
    r"|^[ \t]*#{1,6}[ \t]+\S[^\n]*|^[ \t]*[-*] \S[^\n]*(?=\n[ \t]*[-*] \S)",
    re.MULTILINE,
)


def _of_pages(text: str) -> Iterator[tuple[int, str]]:
    """Where a text of a template has what is read in pages only, and what is said of it."""
    if "<<" in text:
        for found in _DIRECTIVE.finditer(text):
            code = found[1].split(",")[0].strip("\"' ")
            mend = f"; write <a {{{{ link('{code}') }}}}>{code}</a>" if code[:1].isdigit() else "; write HTML"
            yield found.start(), f"a directive ({found[0][:60]}) does not expand in a template{mend}"
            return
    plain = _CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    if marked := _MARKDOWN.search(plain):
        yield (
            marked.start(),
            f"Markdown ({marked[0].strip()[:40]}) is shown as it stands in a template; write HTML, such as <b> or <code>",
        )


def _extends(name: str) -> str:
    return f"{{% extends '{DEFAULT}{name}' %}}"


def _line(node: nodes.Output) -> int:
    """The line of the first text that is none but space."""
    for item in node.nodes:
        if not isinstance(item, nodes.TemplateData):
            return item.lineno
        if item.data.strip():
            return item.lineno + item.data[: len(item.data) - len(item.data.lstrip())].count("\n")
    return node.lineno
