"""Functions of the fields of a document, as Solr's `bf` and `boost` name them.

A function is worked out for many documents at once, and can say between which bounds its
values lie: so a search need not look at documents that cannot reach the page any more
(`boosting`). A field that a document does not have counts as nothing, as in Solr, and
what cannot be calculated is no number (`nan`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Protocol

Column = Sequence[float]
Bounds = tuple[float, float]

INFINITY = math.inf
ANYTHING: Bounds = (-INFINITY, INFINITY)
TRUTH: Bounds = (0.0, 1.0)


class Source(Protocol):
    """The documents at hand, and the fields of all documents."""

    def __len__(self) -> int: ...

    def values(self, name: str) -> Sequence[float | None]: ...

    def present(self, name: str) -> Sequence[bool]:
        """Which of the documents have the field."""
        ...

    def bounds(self, name: str) -> Bounds:
        """Between which the values of the field lie in any document."""
        ...


class Function(Protocol):
    def column(self, source: Source) -> Column:
        """The value for each of the documents."""
        ...

    def exists(self, source: Source) -> Sequence[bool]:
        """For which of the documents there is a value."""
        ...

    def bounds(self, source: Source) -> Bounds: ...


@dataclass(frozen=True)
class Constant:
    value: float

    def column(self, source: Source) -> Column:
        return [self.value] * len(source)

    def exists(self, source: Source) -> Sequence[bool]:
        return [True] * len(source)

    def bounds(self, source: Source) -> Bounds:
        del source
        return self.value, self.value


@dataclass(frozen=True)
class Field:
    """The value of a field of numbers or dates."""

    name: str

    def column(self, source: Source) -> Column:
        return [value or 0.0 for value in source.values(self.name)]

    def exists(self, source: Source) -> Sequence[bool]:
        return source.present(self.name)

    def bounds(self, source: Source) -> Bounds:
        low, high = source.bounds(self.name)
        return min(low, 0.0), max(high, 0.0)


@dataclass(frozen=True)
class Operation:
    """What is done with the values of some functions, and what that does to bounds."""

    apply: Callable[..., float]
    bounds: Callable[[list[Bounds]], Bounds]
    least: int
    most: int


@dataclass(frozen=True)
class Call:
    """An operation on functions, which has a value where all of them have one."""

    operation: Operation
    arguments: tuple[Function, ...]

    def column(self, source: Source) -> Column:
        columns = [argument.column(source) for argument in self.arguments]
        return list(map(nan_on_error(self.operation.apply), *columns))

    def exists(self, source: Source) -> Sequence[bool]:
        if not self.arguments:
            return [True] * len(source)
        return list(map(_all, *(a.exists(source) for a in self.arguments)))

    def bounds(self, source: Source) -> Bounds:
        bounds = [argument.bounds(source) for argument in self.arguments]
        low, high = self.operation.bounds(bounds)
        return ANYTHING if math.isnan(low) or math.isnan(high) else (low, high)


@dataclass(frozen=True)
class First:
    """`def`: the first of some functions that has a value, or else the last."""

    arguments: tuple[Function, ...]

    def column(self, source: Source) -> Column:
        result = self.arguments[-1].column(source)
        for argument in reversed(self.arguments[:-1]):
            exists = argument.exists(source)
            values = argument.column(source)
            result = [
                v if t else f for v, t, f in zip(values, exists, result, strict=True)
            ]
        return result

    def exists(self, source: Source) -> Sequence[bool]:
        return list(map(_any, *(a.exists(source) for a in self.arguments)))

    def bounds(self, source: Source) -> Bounds:
        return widest([argument.bounds(source) for argument in self.arguments])


@dataclass(frozen=True)
class Exists:
    """1 where a function has a value, else 0."""

    argument: Function

    def column(self, source: Source) -> Column:
        return [float(exists) for exists in self.argument.exists(source)]

    def exists(self, source: Source) -> Sequence[bool]:
        return [True] * len(source)

    def bounds(self, source: Source) -> Bounds:
        del source
        return TRUTH


@dataclass(frozen=True)
class Extreme:
    """`min` and `max` of those that have a value; 0 where none has."""

    choose: Callable[[list[float]], float]
    arguments: tuple[Function, ...]

    def column(self, source: Source) -> Column:
        columns = [argument.column(source) for argument in self.arguments]
        present = [argument.exists(source) for argument in self.arguments]
        rows = zip(zip(*columns, strict=True), zip(*present, strict=True), strict=True)
        return [
            self.choose([v for v, t in zip(values, have, strict=True) if t] or [0.0])
            for values, have in rows
        ]

    def exists(self, source: Source) -> Sequence[bool]:
        return list(map(_any, *(a.exists(source) for a in self.arguments)))

    def bounds(self, source: Source) -> Bounds:
        bounds = [argument.bounds(source) for argument in self.arguments]
        return widest([*bounds, (0.0, 0.0)])


def _all(*values: bool) -> bool:
    return all(values)


def _any(*values: bool) -> bool:
    return any(values)


def nan_on_error(apply: Callable[..., float]) -> Callable[..., float]:
    """The same, where what cannot be calculated is no number."""

    def value(*arguments: float) -> float:
        try:
            result = apply(*arguments)
        except (ArithmeticError, ValueError):
            return math.nan
        return math.nan if isinstance(result, complex) else result

    return value


def widest(bounds: list[Bounds]) -> Bounds:
    return min(low for low, _ in bounds), max(high for _, high in bounds)


def corners(apply: Callable[..., float]) -> Callable[[list[Bounds]], Bounds]:
    """Bounds of an operation that is greatest and least where its arguments are."""

    def bounds(arguments: list[Bounds]) -> Bounds:
        values = [nan_on_error(apply)(*corner) for corner in product(*arguments)]
        return min(values, key=_low), max(values, key=_high)

    return bounds


def _low(value: float) -> float:
    return -INFINITY if math.isnan(value) else value


def _high(value: float) -> float:
    return INFINITY if math.isnan(value) else value


def times(one: float, other: float) -> float:
    """The product of two bounds: nothing times anything is nothing."""
    return 0.0 if one == 0 or other == 0 else one * other


def total(bounds: list[Bounds]) -> Bounds:
    return sum(low for low, _ in bounds), sum(high for _, high in bounds)


def all_times(bounds: list[Bounds]) -> Bounds:
    low, high = 1.0, 1.0
    for other in bounds:
        ways = [times(a, b) for a in (low, high) for b in other]
        low, high = min(ways), max(ways)
    return low, high


def difference(bounds: list[Bounds]) -> Bounds:
    (low, high), (least, most) = bounds
    return low - most, high - least


def divide(dividend: float, divisor: float) -> float:
    return dividend / divisor


def recip(x: float, m: float, a: float, b: float) -> float:
    return a / (m * x + b)


def linear(x: float, m: float, c: float) -> float:
    return m * x + c


def choose(condition: float, then: float, otherwise: float) -> float:
    return then if condition else otherwise


def quotient(bounds: list[Bounds]) -> Bounds:
    least, most = bounds[1]
    return ANYTHING if least <= 0 <= most else corners(divide)(bounds)


def linear_bounds(bounds: list[Bounds]) -> Bounds:
    x, m, c = bounds
    return total([all_times([x, m]), c])


def recip_bounds(bounds: list[Bounds]) -> Bounds:
    x, m, a, b = bounds
    return quotient([a, linear_bounds([x, m, b])])


def increasing(apply: Callable[[float], float], start: float) -> Operation:
    """A function that only rises; `start` is where its values begin to exist."""

    def bounds(arguments: list[Bounds]) -> Bounds:
        low, high = arguments[0]
        value = nan_on_error(apply)
        if high < start:
            return ANYTHING
        return -INFINITY if low <= start else value(low), value(high)

    return Operation(apply, bounds, 1, 1)


def power_bounds(bounds: list[Bounds]) -> Bounds:
    return corners(pow)(bounds) if bounds[0][0] > 0 else ANYTHING


def absolute_bounds(bounds: list[Bounds]) -> Bounds:
    low, high = bounds[0]
    return 0.0, max(abs(low), abs(high))


def map_range(x: float, low: float, high: float, target: float, *rest: float) -> float:
    """The target for values between two others, else the default or the value itself."""
    if low <= x <= high:
        return target
    return rest[0] if rest else x


def map_range_bounds(bounds: list[Bounds]) -> Bounds:
    return widest([bounds[3], bounds[4] if len(bounds) > 4 else bounds[0]])


def truth(test: Callable[..., bool], least: int, most: int) -> Operation:
    return Operation(lambda *v: float(test(*v)), lambda _: TRUTH, least, most)
