"""The text of functions: `recip(ms(NOW,metadata_modified),3.16e-11,1,1)^2 views_total`.

Ours are a few (`ranking.BOOSTS`); anybody may send others to `package_search`, which takes
`bf` and `boost`, so all of Solr's that read fields of numbers are here.
"""

from __future__ import annotations

import math
import operator
import re
from dataclasses import dataclass
from datetime import datetime

from ckanext.gpo.search.errors import CostError, Excess, QueryError
from ckanext.gpo.search.index import parse_date

from .functions import (
    ANYTHING,
    Call,
    Constant,
    Exists,
    Extreme,
    Field,
    First,
    Function,
    Operation,
    absolute_bounds,
    all_times,
    choose,
    difference,
    divide,
    increasing,
    linear,
    linear_bounds,
    map_range,
    map_range_bounds,
    power_bounds,
    quotient,
    recip,
    recip_bounds,
    total,
    truth,
    widest,
)

MAX_LENGTH = 2_000
"""Characters of all functions of a request."""

MAX_DEPTH = 20

MATH = r"(?:[+-]\d+[A-Z]+|/[A-Z]+)*"
TOKEN = re.compile(
    rf"""\s*(?:
    (?P<date>(?:NOW|\d{{4}}-\d\d-\d\dT[\d:.]+Z){MATH}(?![^\s(),^]))
    |(?P<number>[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?(?![^\s(),^]))
    |(?P<sign>[(),^])
    |(?P<name>[^\s(),^]+)
    )""",
    re.VERBOSE,
)
MANY = 100
"""Arguments of one function."""

OPERATIONS: dict[str, Operation] = {
    "sum": Operation(lambda *v: sum(v), total, 1, MANY),
    "product": Operation(lambda *v: math.prod(v), all_times, 1, MANY),
    "sub": Operation(operator.sub, difference, 2, 2),
    "div": Operation(divide, quotient, 2, 2),
    "mod": Operation(math.fmod, lambda _: ANYTHING, 2, 2),
    "pow": Operation(pow, power_bounds, 2, 2),
    "recip": Operation(recip, recip_bounds, 4, 4),
    "linear": Operation(linear, linear_bounds, 3, 3),
    "log": increasing(math.log10, 0),
    "ln": increasing(math.log, 0),
    "sqrt": increasing(math.sqrt, 0),
    "exp": increasing(math.exp, -math.inf),
    "abs": Operation(math.fabs, absolute_bounds, 1, 1),
    "map": Operation(map_range, map_range_bounds, 4, 5),
    "if": Operation(choose, lambda b: widest(b[1:]), 3, 3),
    "not": truth(operator.not_, 1, 1),
    "and": truth(lambda *v: all(v), 1, MANY),
    "or": truth(lambda *v: any(v), 1, MANY),
    "eq": truth(operator.eq, 2, 2),
    "gt": truth(operator.gt, 2, 2),
    "gte": truth(operator.ge, 2, 2),
    "lt": truth(operator.lt, 2, 2),
    "lte": truth(operator.le, 2, 2),
}
OTHER_NAMES = {"add": "sum", "mul": "product"}


@dataclass(frozen=True)
class Weighted:
    """A function and what its value is multiplied by."""

    function: Function
    weight: float = 1.0


def read_functions(text: str, now: datetime) -> tuple[Weighted, ...]:
    """Functions with blanks between them, each perhaps with a weight: `a^2 b`.

    :raises QueryError: the text is none
    """
    reader = _Reader(text, now)
    functions: list[Weighted] = []
    while reader.kind:
        function = reader.function()
        weight = reader.number() if reader.took("^") else 1.0
        functions.append(Weighted(function, weight))
    return tuple(functions)


class _Reader:
    """Reads tokens one after the other; `kind` and `text` are those of the next one."""

    def __init__(self, text: str, now: datetime) -> None:
        self._whole = text
        self._now = now
        self._offset = 0
        self._depth = 0
        self._step()

    def _step(self) -> None:
        match = TOKEN.match(self._whole, self._offset)
        self.kind = match.lastgroup if match else None
        self.text = match[self.kind] if match and self.kind else ""
        self._offset = match.end() if match else len(self._whole)

    def took(self, sign: str) -> bool:
        """Go on behind a sign, if it is the next token."""
        if self.kind != "sign" or self.text != sign:
            return False
        self._step()
        return True

    def number(self) -> float:
        if self.kind != "number":
            raise self._error()
        value = float(self.text)
        self._step()
        return value

    def function(self) -> Function:
        if self.kind == "number":
            return Constant(self.number())
        if self.kind == "date":
            moment = Constant(parse_date(self.text, self._now))
            self._step()
            return moment
        if self.kind != "name":
            raise self._error()
        name = self.text
        self._step()
        if not self.took("("):
            return Field(name)
        return self._call(name, self._arguments())

    def _arguments(self) -> tuple[Function, ...]:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise CostError(Excess.NESTING, "a function is nested too deeply")
        arguments: list[Function] = []
        while not self.took(")"):
            if arguments and not self.took(","):
                raise self._error()
            arguments.append(self.function())
        self._depth -= 1
        return tuple(arguments)

    def _call(self, name: str, arguments: tuple[Function, ...]) -> Function:
        count = len(arguments)
        if name in ("field", "exists") and count == 1:
            return arguments[0] if name == "field" else Exists(arguments[0])
        if name in ("min", "max", "def") and 0 < count <= MANY:
            if name == "def":
                return First(arguments)
            return Extreme(min if name == "min" else max, arguments)
        if name == "ms" and count < 3:
            arguments = arguments or (Constant(parse_date("NOW", self._now)),)
            return arguments[0] if count < 2 else Call(OPERATIONS["sub"], arguments)
        operation = OPERATIONS.get(OTHER_NAMES.get(name, name))
        if operation is None:
            raise QueryError(f"Unknown function {name}")
        if not operation.least <= count <= operation.most:
            raise QueryError(f"The function {name} does not take {count} arguments")
        return Call(operation, arguments)

    def _error(self) -> QueryError:
        return QueryError(f"Cannot parse the function '{self._whole[:200]}'")
