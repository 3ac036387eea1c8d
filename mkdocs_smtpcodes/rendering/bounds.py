"""Templates of a site do a bounded amount of work, so that a slip ends in a message and not in a build that never ends.

Loop steps and calls are counted, and so is what is put out; texts and numbers that a template makes have a size. Our own
templates are not changed by any of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import pass_context

#: How many steps all loops of a section may take together, and how often anything may be called.
STEPS = 1_000_000
#: As many steps is a call.
_CALL = 10
#: How many characters a text may have, and a section put out.
SIZE = 10_000_000
#: How many steps one `range` has, and how wide a text may be filled up.
WIDTH = 100_000
#: How many bits a number may have.
_BITS = 10_000
_FILLING = ("center", "indent", "batch", "slice", "wordwrap", "format")
TOO_LONG = f"its loops and calls take more than {STEPS} steps; make fewer"
TOO_LARGE = f"it makes a text of more than {SIZE} characters; make less"


class OutOfBounds(jinja2.TemplateRuntimeError):
    """A template that would take too long, or too much memory."""


class Bounded(SandboxedEnvironment):
    """The environment of a site's templates."""

    intercepted_binops = frozenset({"*", "**", "+", "%"})

    def __init__(self, folder: Path, **options: Any) -> None:
        super().__init__(**options)
        self._folder = folder
        self.begin()
        self.globals["range"] = _range
        self.globals.pop("lipsum", None)
        self.filters |= {name: _filled(self.filters[name]) for name in _FILLING}
        self.filters |= {"smtp_steps": self._each, "smtp_size": self._sized}

    def begin(self) -> None:
        """A section begins, with nothing counted yet."""
        self._steps = self._size = 0

    # --- what is counted -----------------------------------------------------------------------------------------------

    def _generate(self, source: nodes.Template, *args: Any, **options: Any) -> str:
        file = args[1] if len(args) > 1 else options.get("filename")
        if file and Path(file).is_relative_to(self._folder):
            _count(source)
        return super()._generate(source, *args, **options)

    def _step(self, weight: int = 1) -> None:
        self._steps += weight
        if self._steps > STEPS:
            raise OutOfBounds(TOO_LONG)

    @pass_context
    def _each(self, _context: Context, items: Any) -> Any:
        return _Counted(items, self._step)

    @pass_context
    def _sized(self, _context: Context, value: Any) -> Any:
        if isinstance(value, str):
            self._size += len(value)
            if self._size > SIZE:
                raise OutOfBounds(TOO_LARGE)
        return value

    def call(self, context: Context, obj: Any, *args: Any, **options: Any) -> Any:
        """Call something of a template."""
        self._step(_CALL)
        method = getattr(obj, "__wrapped__", obj)
        if isinstance(text := getattr(method, "__self__", None), str):
            _check(text, getattr(method, "__name__", ""), args)
        return super().call(context, obj, *args, **options)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """What an operator makes of two values."""
        if operator == "**" and isinstance(left, int) and isinstance(right, int):
            if right > 0 and left.bit_length() * right > _BITS:
                raise OutOfBounds("it makes a number that is too large; ** raises to a power")
        elif operator == "*":
            for items, times in ((left, right), (right, left)):
                if isinstance(items, str | list | tuple) and isinstance(times, int) and len(items) * times > SIZE:
                    raise OutOfBounds(TOO_LARGE)
        elif operator == "+" and isinstance(left, str) and isinstance(right, str) and len(left) + len(right) > SIZE:
            raise OutOfBounds(TOO_LARGE)
        elif operator == "%" and isinstance(left, str):
            _check(left, "format", ())
        return super().call_binop(context, operator, left, right)

    # --- what a sandbox would forbid ---------------------------------------------------------------------------------------

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Templates are the site's own: only what Python keeps to itself is no part of one."""
        return not attr.startswith("__")


class _Counted:
    """What a loop goes through, each step counted."""

    def __init__(self, items: Any, step: Callable[[], None]) -> None:
        self._items, self._step = items, step
        iter(items)

    def __iter__(self) -> Iterator[Any]:
        for item in self._items:
            self._step()
            yield item

    def __len__(self) -> int:
        return len(self._items)


def _count(template: nodes.Template) -> None:
    """Have the loops and the output of a template counted."""
    for loop in template.find_all(nodes.For):
        loop.iter = _filter(loop.iter, "smtp_steps")
    for joined in list(template.find_all(nodes.Concat)):
        joined.nodes = [_filter(node, "smtp_size") for node in joined.nodes]
    for output in template.find_all(nodes.Output):
        output.nodes = [
            node if isinstance(node, nodes.TemplateData) else _filter(node, "smtp_size") for node in output.nodes
        ]


def _filter(node: Any, name: str) -> nodes.Filter:
    made = nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)
    made.environment = node.environment
    return made


def _filled(function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that fills a text or a list up to a width."""

    def filled(*args: Any, **options: Any) -> Any:
        numbers = [value for value in (*args[1:], *options.values()) if isinstance(value, int)]
        if max(numbers, default=0) > WIDTH and not isinstance(args[0], int):
            raise OutOfBounds(f"a width of {max(numbers)} is too large; it takes {WIDTH} at most")
        if isinstance(args[0], str):
            _check(args[0], "format", ())
        return function(*args, **options)

    # Jinja asks a filter whether it takes the environment or the context first.
    filled.__dict__.update(getattr(function, "__dict__", {}))
    return function if hasattr(function, "jinja_pass_arg") else filled


def _check(text: str, method: str, args: tuple[Any, ...]) -> None:
    """Of a method of a text, whether it would make one that is too long."""
    if method in {"format", "format_map"}:
        widths = [int(width) for width in re.findall(r"[%:][^\s{}a-zA-Z%]{0,3}?(\d{6,20})", text)]
        if max(widths, default=0) > WIDTH:
            raise OutOfBounds(f"a width of {max(widths)} is too large; it takes {WIDTH} at most")
    numbers = [value for value in args if isinstance(value, int)]
    if method in {"center", "ljust", "rjust", "zfill", "expandtabs"} and max(numbers, default=0) > WIDTH:
        raise OutOfBounds(f"a width of {max(numbers)} is too large; it takes {WIDTH} at most")
    if method == "replace" and len(args) > 1 and isinstance(args[1], str) and (len(text) + 1) * len(args[1]) > SIZE:
        raise OutOfBounds(TOO_LARGE)
    if method == "join" and args and isinstance(args[0], list | tuple) and len(text) * len(args[0]) > SIZE:
        raise OutOfBounds(TOO_LARGE)


def _range(*args: int) -> range:
    steps = range(*args)
    if len(steps) > WIDTH:
        raise OutOfBounds(f"range() takes {WIDTH} steps at most")
    return steps
