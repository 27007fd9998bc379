"""The regular expressions of the product, and texts that make one of them work hardest.

Expressions are read from the source, so that a new one is found without being listed.
"""

from __future__ import annotations

import ast
import builtins
import importlib
import math
import re
import string
import sys
import time
from collections import ChainMap, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from itertools import product
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml

try:
    from re import _constants as constants
    from re import _parser as parser
except ImportError:  # Python 3.10
    import sre_constants as constants
    import sre_parse as parser

ROOT = Path(__file__).parents[1]
SOURCES = {
    "ckanext.gpo": ROOT / "ckanext-gpo" / "ckanext" / "gpo",
    "gpo_samples": ROOT / "harvesters" / "samples",
    "gpo_harvesters": ROOT / "harvesters",
    "gpo_schemas": ROOT / "dataset_schemas",
}
"""Packages and their folders; of one inside another, the inner one first."""

ANCHORED = {"match", "fullmatch"}
SCANNING = {"search", "sub", "subn", "split", "findall", "finditer"}
"""What is done with an expression: tried where a text begins, or everywhere in it."""

JAVASCRIPT = re.compile(
    r"(?<=[(,=:!&|?\[])\s?/((?:[^/\\\n*]|\\.)(?:[^/\\\n]|\\.)*)/[gimsuy]*"
)


Run = Callable[[str], Any]


@dataclass(frozen=True)
class Expression:
    """An expression, where it stands, and whether it is only tried where a text begins."""

    place: str
    pattern: Any
    flags: int = 0
    method: str = "sub"

    def __str__(self) -> str:
        return self.place


@dataclass(frozen=True)
class Unread:
    """An expression that is made of values while the program runs."""

    place: str


def python_expressions() -> Iterator[Expression | Unread]:
    """Every call of `re` in our modules; compiled ones with what is done with them."""
    trees = {path: ast.parse(path.read_text("utf-8")) for path in modules()}
    uses = _uses(trees.values())
    for path, tree in trees.items():
        module = importlib.import_module(modules()[path])
        own_uses = _uses([tree])
        names = {
            id(node.value): target.id
            for node in ast.walk(tree)
            if isinstance(node, (ast.Assign, ast.AnnAssign))
            for target in getattr(node, "targets", None) or [node.target]
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            method = _method(node, "re")
            if method == "compile":
                name = names.get(id(node), "")
                known = own_uses if name.startswith("_") else uses
                methods = known[name] or {"sub"}
                yield from _expressions(path, module, node, methods)
            elif method in ANCHORED | SCANNING:
                yield from _expressions(path, module, node, {method})


def schema_expressions() -> Iterator[Expression]:
    """Every `pattern` of a Table Schema; Frictionless matches whole values with it."""
    for path in sorted((ROOT / "dataset_schemas").rglob("*.yaml")):
        for pattern in _patterns(yaml.safe_load(path.read_text("utf-8"))):
            yield Expression(
                f"{path.relative_to(ROOT)} {pattern}", pattern, 0, "fullmatch"
            )


def script_expressions() -> Iterator[Expression]:
    """Every literal of our scripts, in the words of Python."""
    for path in sorted((ROOT / "ckanext-gpo").rglob("*.js")):
        if {"vendor", "node_modules"} & set(path.parts):
            continue  # runs in the browser of whoever typed the text
        for found in JAVASCRIPT.finditer(path.read_text("utf-8")):
            pattern = re.sub(r"\(\?<(?![=!])", "(?P<", found[1])
            yield Expression(f"{path.relative_to(ROOT)} {pattern}", pattern)


@cache
def modules() -> dict[Path, str]:
    """Our Python files with the names of their modules."""
    found: dict[Path, str] = {}
    for package, folder in SOURCES.items():
        for path in sorted(folder.rglob("*.py")):
            parts = path.relative_to(folder).with_suffix("").parts
            if not {"migration", "__main__"} & set(parts):
                name = [package, *(part for part in parts if part != "__init__")]
                found.setdefault(path, ".".join(name))
    return found


def _uses(trees: Any) -> dict[str, set[str]]:
    """What is done with each name anywhere in our source."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in ANCHORED | SCANNING:
                owner = node.value
                name = getattr(owner, "id", None) or getattr(owner, "attr", "")
                found[name].add(node.attr)
    return found


def _method(node: ast.AST, owner: str) -> str:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return ""
    called = node.func.value
    return node.func.attr if getattr(called, "id", "") == owner else ""


def _expressions(
    path: Path, module: ModuleType, node: Any, methods: set[str]
) -> Iterator[Expression | Unread]:
    place = f"{path.relative_to(ROOT)}:{node.lineno}"
    source = ast.Expression(ast.Tuple([*node.args[:1], *_flags(node)], ast.Load()))
    ast.fix_missing_locations(source)
    code = compile(source, place, "eval")
    # A value inside a text that is otherwise written out is a number, or escaped.
    names = StandIns() if isinstance(node.args[0], ast.JoinedStr) else {}
    try:
        pattern, *flags = eval(code, {}, ChainMap(vars(module), vars(builtins), names))
    except NameError:
        yield Unread(place)
        return
    for method in {m if m in ANCHORED else "sub" for m in methods}:
        yield Expression(place, pattern, int(flags[0]) if flags else 0, method)


class StandIns(dict[str, str]):
    """A value for every name."""

    def __missing__(self, name: str) -> str:
        return "7"


@contextmanager
def recorded() -> Iterator[list[Expression]]:
    """The expressions that our modules compile meanwhile, with where they do."""
    found: list[Expression] = []
    compiling = re.compile

    def compile_(pattern: Any, flags: int = 0) -> re.Pattern[Any]:
        caller = sys._getframe(1)
        path = Path(caller.f_code.co_filename)
        if path in modules():
            place = f"{path.relative_to(ROOT)}:{caller.f_lineno}"
            found.append(Expression(place, pattern, int(flags)))
        return compiling(pattern, flags)

    re.compile = compile_  # type: ignore[assignment]
    try:
        yield found
    finally:
        re.compile = compiling


def _flags(node: Any) -> list[ast.expr]:
    named = [word.value for word in node.keywords if word.arg == "flags"]
    return named or (node.args[1:2] if _method(node, "re") == "compile" else [])


def _patterns(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "pattern" and isinstance(value, str):
                yield value
            else:
                yield from _patterns(value)
    elif isinstance(node, list):
        for value in node:
            yield from _patterns(value)


MOST = 4_096
"""Characters of the longest text that is tried."""

MUCH = 0.002
"""Seconds of the processor from which on the growth of the work is looked at."""

SUPERLINEAR = 1.5
"""The power of a text's length with which the work may not grow: 1 is linear, 2 is
quadratic, and what is in between is the noise of a clock."""


EXPONENTIAL = 3.5
"""The power from which on a text four times as long would take for ever."""


def growth(expression: Expression) -> tuple[float, str]:
    """The greatest power with which the work grows, and what is repeated then."""
    run = _run(expression)
    worst = (0.0, "")
    for start, pump, end in texts(expression.pattern, expression.flags):
        size = 16
        while size <= MOST:
            if seconds(run, start, pump, end, size) > MUCH:
                power = _power(run, start, pump, end, size)
                if SUPERLINEAR < power < EXPONENTIAL:
                    # A repetition with a limit looks like this until it reaches that.
                    power = _power(run, start, pump, end, 4 * size)
                worst = max(worst, (power, f"{start!r} + {pump!r} * {size} + {end!r}"))
                break
            size = size * 3 // 2
        if worst[0] > SUPERLINEAR:
            break
    return worst


def _run(expression: Expression) -> Run:
    compiled = re.compile(expression.pattern, expression.flags)
    method = getattr(compiled, expression.method)
    if isinstance(expression.pattern, bytes):
        given = method if expression.method != "sub" else partial(method, b"")
        return lambda text: given(text.encode())
    return method if expression.method != "sub" else partial(method, "")


def _power(run: Run, start: str, pump: str, end: str, size: int) -> float:
    # The least of several is what the work takes without the rest of the machine.
    large, small = (
        min(seconds(run, start, pump, end, length) for _ in range(5))
        for length in (size, size // 2)
    )
    return math.log2(large / max(small, 1e-9))


def seconds(run: Run, start: str, pump: str, end: str, size: int) -> float:
    """What the processor takes for a text of about this length."""
    text = start + pump * (size // len(pump)) + end
    begun = time.thread_time()
    run(text)
    return time.thread_time() - begun


def texts(pattern: str, flags: int) -> Iterator[tuple[str, str, str]]:
    """Starts, what is repeated, and ends that let all that was matched be in vain."""
    tree = parser.parse(pattern, flags)  # type: ignore[arg-type]
    sample = _sample(tree)
    alphabet = list(dict.fromkeys(_alphabet(tree)))[:9]
    pumps = dict.fromkeys(
        [*alphabet, *_bodies(tree), *map("".join, product(alphabet, repeat=2)), sample]
    )
    for pump in filter(None, pumps):
        for start, end in product(("", sample), ("", "\0", "é ")):
            yield start, pump, end


CATEGORIES = {
    constants.CATEGORY_SPACE: " ",
    constants.CATEGORY_DIGIT: "7",
    constants.CATEGORY_WORD: "a",
    constants.CATEGORY_NOT_SPACE: "a",
    constants.CATEGORY_NOT_DIGIT: "a",
    constants.CATEGORY_NOT_WORD: "-",
}


CHARACTERS = (
    constants.LITERAL,
    constants.NOT_LITERAL,
    constants.IN,
    constants.ANY,
)
"""Nodes of a parsed expression that match one character."""


def _children(argument: Any) -> Iterator[Any]:
    """The trees inside a node of a parsed expression."""
    if isinstance(argument, parser.SubPattern):
        yield argument
    elif isinstance(argument, (tuple, list)):
        for part in argument:
            yield from _children(part)


def _alphabet(tree: Any) -> Iterator[str]:
    """Characters that mean something to an expression."""
    for operation, argument in tree:
        if operation in CHARACTERS:
            yield _character(operation, argument)
            if operation is constants.IN:
                yield from (_character(*part) for part in argument[-3:])
        for child in _children(argument):
            yield from _alphabet(child)


def _bodies(tree: Any) -> Iterator[str]:
    """What the repeated parts of an expression match."""
    for operation, argument in tree:
        for child in _children(argument):
            if operation in (constants.MAX_REPEAT, constants.MIN_REPEAT):
                yield _sample(child)
            yield from _bodies(child)


def _sample(tree: Any) -> str:
    """A short text that an expression matches, or nearly."""
    parts: list[str] = []
    for operation, argument in tree:
        if operation in CHARACTERS:
            parts.append(_character(operation, argument))
        elif operation in (constants.MAX_REPEAT, constants.MIN_REPEAT):
            least, _, body = argument
            parts.append(_sample(body) * max(1, min(least, 8)))
        elif operation is constants.BRANCH:
            parts.append(_sample(argument[1][0]))
        elif operation is constants.SUBPATTERN:
            parts.append(_sample(argument[-1]))
    return "".join(parts)


def _character(operation: Any, argument: Any) -> str:
    if operation is constants.LITERAL:
        return chr(argument)
    if operation is constants.RANGE:
        return chr(argument[0])
    if operation is constants.CATEGORY:
        return CATEGORIES.get(argument, "a")
    if operation is constants.IN and argument[0][0] is not constants.NEGATE:
        return _character(*argument[0])
    excluded: list[Any] = []
    if operation is constants.NOT_LITERAL:
        excluded = [(constants.LITERAL, argument)]
    elif operation is constants.IN:
        excluded = argument[1:]
    taken = {_character(*part) for part in excluded}
    return next(c for c in "x" + string.printable if c not in taken)
