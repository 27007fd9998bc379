"""Groups of rows of a version's Parquet file, the same as PostgreSQL finds in the rows.

DuckDB adds up exactly and divides roughly; so a mean is told as its sum and its count, and
divided here with as many digits as PostgreSQL has.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any, Final

from ckanext.gpo.common.duck import identifier
from ckanext.gpo.common.types import Translate

from .columnar import ColumnTypes, where_sql, words_sql
from .conditions import Condition, Either, Every, Test
from .errors import Unserved
from .file_run import FileRun
from .records import Selection
from .sums import QUARTERS, UNITS, Function, Group, Grouping, Measure, Summary, grouped
from .values import shortened

_DIGITS: Final = Context(prec=1_000, rounding=ROUND_HALF_UP)

_DAY_PARTS: Final = {
    "year": ("year({0})", "printf('%04d', {0})"),
    "quarter": (
        "year({0}) * 10 + quarter({0})",
        "printf('%04d-Q%d', {0} // 10, {0} % 10)",
    ),
    "month": (
        "year({0}) * 100 + month({0})",
        "printf('%04d-%02d', {0} // 100, {0} % 100)",
    ),
    "day": (
        "CAST({0} AS DATE)",
        "printf('%04d-%02d-%02d', year({0}), month({0}), day({0}))",
    ),
}
"""Unit → a number that a group has in common, which is quick, and the text that it stands for."""


def read_groups(
    run: FileRun, selection: Selection, summary: Summary, _: Translate
) -> tuple[list[Group], bool]:
    """The groups, and whether these are all.

    :raises QueryError: `sort-unknown`
    :raises Unserved: `having` names a mean, or numbers are too long for DuckDB
    """
    place = summary.sorted_column(_)
    if "avg" in _functions(summary, summary.having):
        raise Unserved
    statement, values = _statement(run, selection, summary, place)
    split = len(summary.groupings)
    rows = [_means(row, summary) for row in run.fetch(statement, values)]
    return grouped(rows, split, summary.limit)


def _functions(summary: Summary, condition: Condition) -> set[str]:
    """The functions of the measures that a condition names."""
    match condition:
        case Test(field):
            functions = {m.name: m.function.value for m in summary.measures}
            return {functions.get(field.name, "")}
        case Every(members) | Either(members):
            return {f for member in members for f in _functions(summary, member)}


def _statement(
    run: FileRun, selection: Selection, summary: Summary, place: int | None
) -> tuple[str, list[Any]]:
    split = len(summary.groupings)
    means = [
        split + number
        for number, measure in enumerate(summary.measures)
        if measure.function is Function.AVG
    ]
    inner = [
        *(f"{_key(g)} AS c{i}" for i, g in enumerate(summary.groupings)),
        *(f"{_sum(m)} AS c{i}" for i, m in enumerate(summary.measures, split)),
        *(f"count({_column(summary.measures[i - split])}) AS n{i}" for i in means),
    ]
    outer = [
        *(f"{_text(g, f'c{i}')} AS c{i}" for i, g in enumerate(summary.groupings)),
        *(f"c{i}" for i in range(split, len(summary.names))),
        *(f"n{i}" for i in means),
    ]
    where, values = where_sql(selection.condition, run.types)
    words, word_values = words_sql(selection.words, selection.fields.values())
    types = dict(_result_types(summary, run.types))
    having, having_values = where_sql(summary.condition, types)
    order = [f"c{i} NULLS LAST" for i in range(split)]
    if place is not None:
        direction = "DESC" if summary.sort.startswith("-") else "ASC"
        columns = _mean_order(place) if place in means else [f"c{place}"]
        order = [*(f"{c} {direction} NULLS LAST" for c in columns), *order]
    keys = ", ".join(str(i + 1) for i in range(split))
    clauses = (
        f"SELECT * FROM (SELECT {', '.join(outer)} FROM (",  # noqa: S608 - quoted
        f"SELECT {', '.join(inner)} FROM {run.source}",  # noqa: S608
        f"WHERE ({where}) AND ({words})",
        f"GROUP BY {keys}" if keys else "",
        f")) WHERE {having}",
        f"ORDER BY {', '.join(order)}" if order else "",
        f"LIMIT {summary.limit + 1}",
    )
    return " ".join(clauses), [*values, *word_values, *having_values]


def _key(grouping: Grouping) -> str:
    """What the rows of a group have in common."""
    column = identifier(grouping.field.name)
    if not grouping.unit:
        return column
    if not grouping.field.is_text:
        return _DAY_PARTS[grouping.unit][0].format(column)
    if grouping.unit != "quarter":
        return f"left({column}, {UNITS[grouping.unit][1]})"
    quarters = " ".join(
        f"WHEN substr({column}, 6, 2) IN {months} THEN '{name}'"
        for name, months in QUARTERS.items()
    )
    return f"left({column}, 5) || CASE {quarters} END"


def _text(grouping: Grouping, column: str) -> str:
    """The key of a group as it is told."""
    if not grouping.unit or grouping.field.is_text:
        return column
    text = _DAY_PARTS[grouping.unit][1].format(column)
    return f"CASE WHEN {column} IS NOT NULL THEN {text} END"


def _column(measure: Measure) -> str:
    return identifier(measure.field.name) if measure.field else "*"


def _sum(measure: Measure) -> str:
    """What is told of a group; of a mean the sum."""
    column = _column(measure)
    match measure.function:
        case Function.DISTINCT:
            return f"count(DISTINCT {column})"
        case Function.AVG:
            return f"sum({column})"
        case function:
            return f"{function.value}({column})"


def _mean_order(place: int) -> list[str]:
    """The whole part of a mean and the rest: a mean alone, rounded, would tie with others."""
    total = f"CAST(replace(CAST(c{place} AS VARCHAR), '.', '') AS HUGEINT)"
    count = f"n{place}"
    return [f"{total} // {count}", f"CAST({total} % {count} AS DOUBLE) / {count}"]


def _result_types(summary: Summary, types: ColumnTypes) -> Iterator[tuple[str, str]]:
    """The DuckDB types of the columns that are told."""
    place = 0
    for place, grouping in enumerate(summary.groupings, 1):
        kind = "VARCHAR" if grouping.unit else types[grouping.field.name]
        yield f"c{place - 1}", kind
    for column, measure in enumerate(summary.measures, place):
        kind = types[measure.field.name] if measure.field else ""
        match measure.function:
            case Function.COUNT | Function.DISTINCT:
                kind = "BIGINT"
            case Function.SUM | Function.AVG:
                places = kind.partition(",")[2]
                kind = f"DECIMAL(38,{places}" if places else "HUGEINT"
            case _other:
                pass
        yield f"c{column}", kind


def _means(row: Sequence[Any], summary: Summary) -> list[Any]:
    """The values of a row, the means divided, numbers without zeros at their ends."""
    end = len(summary.names)
    counts = iter(row[end:])
    cells = list(map(shortened, row[:end]))
    for place, measure in enumerate(summary.measures, len(summary.groupings)):
        if measure.function is Function.AVG:
            cells[place] = mean(row[place], next(counts))
    return cells


def mean(total: Decimal | int | None, count: int) -> Decimal | None:
    """The total divided, with the digits that PostgreSQL's `avg` has.

    It counts in groups of four digits, and wants sixteen digits at least.

    >>> mean(Decimal("1"), 3), mean(Decimal("200.5"), 2)
    (Decimal('0.33333333333333333333'), Decimal('100.2500000000000000'))
    """
    if total is None:
        return None
    number = Decimal(total)
    total_weight, total_first = _leading(number)
    count_weight, count_first = _leading(Decimal(count))
    weight = total_weight - count_weight - (total_first <= count_first)
    places = max(16 - weight * 4, -int(number.as_tuple().exponent), 0)
    return _DIGITS.divide(number, Decimal(count)).quantize(
        Decimal(1).scaleb(-places), context=_DIGITS
    )


def _leading(number: Decimal) -> tuple[int, int]:
    """Which group of four digits is the first that is not zero, and that group."""
    if not number:
        return 0, 0
    weight = number.adjusted() // 4
    return weight, int(abs(number).scaleb(-4 * weight, _DIGITS))
