"""Table Schema → SQL that proves a cell valid.

A proof may be narrower than Frictionless's own reading, never wider: where it holds, the
cell has no error and its text is already the canonical form of its value (see
`cells.canonical`). Where it does not hold, Frictionless itself reads the cell. So a gap
in here costs time, never a verdict.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from frictionless import Field, Schema

from ckanext.gpo.common.duck import literal

from .cells import canonical

EXACT_DIGITS = 15
"""Decimals of so many digits at most are told apart by a double (IEEE 754)."""

_DATE = "[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}"
_CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"


@dataclass(frozen=True)
class Proof:
    """SQL over one VARCHAR column."""

    missing: str
    """The cell is one of the missing values."""
    valid: str
    """A cell that is not missing is without any error."""
    allows_missing: bool
    text: str
    """The canonical text of a valid cell."""
    exact: bool
    """Equal texts of valid cells are equal values, and the other way round: fit for keys."""

    @property
    def holds(self) -> str:
        absent = "true" if self.allows_missing else "false"
        return f"CASE WHEN {self.missing} THEN {absent} ELSE {self.valid} END"

    @property
    def value(self) -> str:
        """The canonical text, NULL for a missing cell."""
        return f"CASE WHEN {self.missing} THEN NULL ELSE {self.text} END"


def as_written(column: str) -> str:
    """The value of a cell whose text is canonical: NULL if it is blank."""
    return f"CASE WHEN {one_of(column, [''])} THEN NULL ELSE {column} END"


def full_match(column: str, pattern: str) -> str:
    return f"regexp_full_match({column}, {literal(pattern)})"


def one_of(column: str, values: Iterable[str]) -> str:
    listed = ", ".join(literal(value) for value in values if "\0" not in value)
    return f"{column} IN ({listed})" if listed else "false"


def prove(field: Field, schema: Schema, column: str) -> Proof:
    """The proof for a field's cells in a column."""
    supported = field.supported_constraints
    constraints = {
        name: limit
        for name, limit in field.constraints.items()
        if limit is not None and name in supported
    }
    type_proof = _TYPES.get(field.type, _nothing)(field, column)
    parts = [type_proof.valid]
    for name, limit in constraints.items():
        if name != "required":
            parts.append(_constraint(name, limit, field, column, type_proof))
    missing_values = (
        field.missing_values
        if field.has_defined("missing_values")
        else schema.missing_values
    )
    return Proof(
        missing=one_of(column, missing_values),
        valid=" AND ".join(part for part in parts if part != "true") or "true",
        allows_missing=not constraints.get("required"),
        text=type_proof.text,
        exact=field.type in _EXACT and not _custom(field),
    )


def narrow(proof: Proof, pattern: str, column: str) -> Proof:
    """The proof without the cells that match a pattern somewhere."""
    other = f"NOT regexp_matches({column}, {literal(pattern)})"
    return replace(proof, valid=f"{proof.valid} AND {other}")


@dataclass(frozen=True)
class _Type:
    valid: str
    text: str


_EXACT = {
    "any",
    "string",
    "integer",
    "boolean",
    "date",
    "datetime",
    "year",
    "yearmonth",
}


def _custom(field: Field) -> bool:
    return field.format != "default"


def _nothing(field: Field, column: str) -> _Type:
    return _Type("false", column)


def _any(field: Field, column: str) -> _Type:
    return _Type("true", column)


def _string(field: Field, column: str) -> _Type:
    return _nothing(field, column) if _custom(field) else _Type("true", column)


def _integer(field: Field, column: str) -> _Type:
    return _Type(full_match(column, "0|-?[1-9][0-9]{0,17}"), column)


def _number(field: Any, column: str) -> _Type:
    if field.float_number:
        return _nothing(field, column)
    point, group = field.decimal_char, field.group_char
    signs = [point, group] if group else [point]
    if len({*signs}) != len(signs) or any(
        len(sign) != 1 or sign.isalnum() or sign.isspace() or sign in "-+_\0"
        for sign in signs
    ):
        return _nothing(field, column)
    whole, text = "0|[1-9][0-9]{0,17}", column
    if group:
        whole += f"|[1-9][0-9]{{0,2}}({re.escape(group)}[0-9]{{3}}){{1,5}}"
        text = f"replace({text}, {literal(group)}, '')"
    if point != ".":
        text = f"replace({text}, {literal(point)}, '.')"
    pattern = f"-?({whole})({re.escape(point)}[0-9]{{1,18}})?"
    return _Type(full_match(column, pattern), text)


def _boolean(field: Any, column: str) -> _Type:
    yes = [value for value in field.true_values if value not in field.false_values]
    return _Type(
        one_of(column, [*yes, *field.false_values]),
        f"CASE WHEN {one_of(column, yes)} THEN 'true' ELSE 'false' END",
    )


def _date(field: Field, column: str) -> _Type:
    if field.format in ("default", "any"):
        matches = full_match(column, _DATE)
        return _Type(f"{matches} AND TRY_CAST({column} AS DATE) IS NOT NULL", column)
    return _by_format(field, column, "Ymd", "%Y-%m-%d")


def _datetime(field: Field, column: str) -> _Type:
    if field.format == "default":
        matches = full_match(column, f"{_DATE}T{_CLOCK}")
        day = f"TRY_CAST({column}[:10] AS DATE) IS NOT NULL"
        return _Type(f"{matches} AND {day}", column)
    return _by_format(field, column, "YmdHMS", "%Y-%m-%dT%H:%M:%S")


def _by_format(field: Field, column: str, directives: str, canon: str) -> _Type:
    # Both libraries read what they would write themselves; so a text is proved by
    # writing what was read of it and comparing.
    used = re.findall(r"%(.)", field.format)
    rest = re.sub(r"%.", "", field.format)
    if sorted(used) != sorted(directives) or not re.fullmatch(
        r"[年月日时分秒 T:/.,_-]*", rest
    ):
        return _nothing(field, column)
    form = literal(field.format)
    read = f"try_strptime({column}, {form})"
    return _Type(
        f"{read} IS NOT NULL AND strftime({read}, {form}) = {column} "
        f"AND year({read}) BETWEEN 1000 AND 9999",
        f"strftime({read}, {literal(canon)})",
    )


def _time(field: Field, column: str) -> _Type:
    if _custom(field):
        return _nothing(field, column)
    return _Type(full_match(column, _CLOCK), column)


def _year(field: Field, column: str) -> _Type:
    return _Type(full_match(column, "[1-9][0-9]{3}"), column)


def _yearmonth(field: Field, column: str) -> _Type:
    return _Type(full_match(column, "[1-9][0-9]{3}-(0[1-9]|1[0-2])"), column)


_TYPES: dict[str, Callable[[Field, str], _Type]] = {
    "any": _any,
    "string": _string,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
    "datetime": _datetime,
    "time": _time,
    "year": _year,
    "yearmonth": _yearmonth,
}


def _constraint(name: str, limit: Any, field: Field, column: str, kind: _Type) -> str:
    if name == "minLength":
        return f"length({column}) >= {int(limit)}"
    if name == "maxLength":
        return f"length({column}) <= {int(limit)}"
    if name == "pattern":
        return _pattern(str(limit), column)
    read = field.create_value_reader()
    if name == "enum":
        values = [value for value in map(read, limit) if value is not None]
        if field.type == "any":
            values = [value for value in values if isinstance(value, str)]
        return one_of(kind.text, [canonical(value) for value in values])
    return _bound(name, read(limit), field.type, kind.text)


_DECIMAL = re.compile(r"-?\d+(\.\d+)?")

_SORTABLE = {
    "date": re.compile(_DATE),
    "datetime": re.compile(f"{_DATE}T{_CLOCK}"),
    "year": re.compile("[1-9][0-9]{3}"),
    "yearmonth": re.compile("[1-9][0-9]{3}-[0-9]{2}"),
}

_OPERATORS = {
    "minimum": ">=",
    "maximum": "<=",
    "exclusiveMinimum": ">",
    "exclusiveMaximum": "<",
}


def _bound(name: str, limit: Any, kind: str, text: str) -> str:
    operator, value = _OPERATORS[name], canonical(limit)
    if kind == "integer" and abs(limit or 0) < 1 << 62 and limit is not None:
        return f"TRY_CAST({text} AS BIGINT) {operator} {value}"
    digits = len(re.sub(r"\D", "", value))
    if kind == "number" and _DECIMAL.fullmatch(value) and digits <= EXACT_DIGITS:
        short = f"length({text}) <= {EXACT_DIGITS + 1}"
        return f"{short} AND TRY_CAST({text} AS DOUBLE) {operator} {value}::DOUBLE"
    # ISO forms of four-digit years stand in the order of time.
    if kind in _SORTABLE and _SORTABLE[kind].fullmatch(value):
        return f"{text} {operator} {literal(value)}"
    return "false"


_SAFE_ESCAPE = re.compile(r"\\[dws.\-/+*?()\[\]{}|^$\\]")
_UNSAFE = re.compile(
    r"\\"  # any escape but those above
    r"|\(\?(?!:)"  # flags, look-around, names
    r"|\[\[|\[:|--|&&|~~|\|\|"  # classes inside classes
    r"|[*+?}][+?]"  # possessive and lazy
    r"|\{(?!\d+(,\d*)?\})"  # a brace that is no count
    r"|\0|\n"
)


def _pattern(pattern: str, column: str) -> str:
    """The pattern for RE2, if it means no more there than it does to Python's `re`.

    RE2 reads `\\d`, `\\w`, `\\s` as ASCII: fewer cells match, which is safe unless the
    class is negated.
    """
    bare = _SAFE_ESCAPE.sub("", pattern)
    negated = "[^" in pattern and re.search(r"\\[dws]", pattern)
    if _UNSAFE.search(bare) or negated:
        return "false"
    # As Frictionless: `^` and `$` bind to the first and last alternative only, and the
    # match has to begin at the first character.
    whole = literal(f"^(?:^{pattern}$)")
    return f"NOT contains({column}, chr(10)) AND regexp_matches({column}, {whole})"
