"""The check itself: a candidate, its Table Schema and what it refers to → a report.

Frictionless decides; what is kept of its errors is facts (rule, row, field, value,
limit), not sentences: the words are made when somebody reads them, in the reader's
language (`wording.py`).
"""

from __future__ import annotations

import copy
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import frictionless
from frictionless import Check, Checklist, Error, Schema, checks
from frictionless.resources import TableResource

from ckanext.gpo.common.errors import CandidateError
from ckanext.gpo.common.tables import Table, tables

from .checks import CodeCheck, Reference, ReferenceCheck, Spool

ENGINE = f"frictionless {frictionless.__version__}"

EXAMPLES = 20
"""How many examples of each rule and field a report keeps; the counts are complete."""

LIMIT = 100_000
"""Where counting stops; beyond it the report says that it is cut."""


def check(
    path: Path, table: Table, references: list[Reference], spool: Path
) -> dict[str, Any]:
    """Check a normalised candidate against its table.

    :param spool: where the parsed rows go, see `checks.Spool`; of use only if valid
    :returns: `{valid, engine, rows, rules, error_count, truncated, counts, errors}`:
        counts `[{rule, field, count}]`; errors `[{rule, row, field, value, constraint,
        limit, reference, note, cells}]`, at most `EXAMPLES` of each rule and field
    """
    schema = _schema(table)
    if header := _header_errors(_resource(path, schema)):
        return _report(header, rows=0, table=table)
    extra: list[Check] = [
        checks.table_dimensions(min_rows=1),
        Spool(path=spool, field_names=schema.field_names),
    ]
    if codes := _codes(table):
        extra.append(CodeCheck(codes=codes))
    if references:
        extra.append(ReferenceCheck(references=references))
    resource = _resource(path, schema)
    task = resource.validate(Checklist(checks=extra), limit_errors=LIMIT).task
    return _report(task.errors, rows=task.stats.get("rows") or 0, table=table)


@cache
def warm_up() -> None:
    """Load what every check loads, once, in the process that the jobs are forked from."""
    tables()
    TableResource(data=[["cell"], ["1"]]).validate()


def rejected(err: CandidateError, table: Table) -> dict[str, Any]:
    """The report of a candidate that cannot be read at all."""
    fact: dict[str, Any] = {"rule": err.code, "note": err.message}
    if err.row is not None:
        fact["row"] = err.row
    return {
        **_report([], rows=0, table=table),
        "valid": False,
        "error_count": 1,
        "counts": [{"rule": err.code, "field": None, "count": 1}],
        "errors": [fact],
    }


def rules(table: Table) -> list[dict[str, Any]]:
    """Every rule that a row of the table is held to: `[{rule, field, limit}]`."""
    found: list[dict[str, Any]] = []
    for field in table.fields:
        name = field["name"]
        found.append({"rule": "type", "field": name, "limit": field["type"]})
        for constraint, limit in field.get("constraints", {}).items():
            found.append({"rule": constraint, "field": name, "limit": limit})
    for name, kind in _codes(table).items():
        found.append({"rule": "code", "field": name, "limit": kind})
    if table.primary_key:
        found.append({"rule": "primaryKey", "field": ", ".join(table.primary_key)})
    for key in table.foreign_keys:
        names = ", ".join(key.fields)
        found.append({"rule": "foreignKey", "field": names, "limit": key.table_ref})
    return found


def _resource(path: Path, schema: Schema) -> TableResource:
    return TableResource(
        path=path.name,
        basepath=str(path.parent),
        format="csv",
        encoding="utf-8",
        schema=schema,
    )


def _schema(table: Table) -> Schema:
    descriptor = copy.deepcopy(table.schema)
    # The order of columns is the file's own affair; which columns there are is not.
    descriptor["fieldsMatch"] = "equal"
    # Keys into other packages are checked against what is published (ReferenceCheck).
    descriptor.pop("foreignKeys", None)
    return Schema.from_descriptor(descriptor)


def _codes(table: Table) -> dict[str, str]:
    return {f["name"]: f["gpo:check"] for f in table.fields if "gpo:check" in f}


def _header_errors(resource: TableResource) -> list[Error]:
    # With a wrong header every row would be wrong too; saying so once is enough.
    try:
        with resource:
            return list(resource.header.errors)
    except frictionless.FrictionlessException as err:
        return [err.error]


def _report(errors: list[Error], *, rows: int, table: Table) -> dict[str, Any]:
    facts = [_fact(error, table) for error in errors]
    counts = Counter((fact["rule"], fact.get("field")) for fact in facts)
    kept: Counter[tuple[str, str | None]] = Counter()
    examples = []
    for fact in facts:
        group = (fact["rule"], fact.get("field"))
        kept[group] += 1
        if kept[group] <= EXAMPLES:
            examples.append(fact)
    return {
        "valid": not facts,
        "engine": ENGINE,
        "rows": rows,
        "rules": len(rules(table)),
        "error_count": len(facts),
        "truncated": len(facts) >= LIMIT,
        "counts": [
            {"rule": rule, "field": field, "count": count}
            for (rule, field), count in counts.most_common()
        ],
        "errors": examples,
    }


def _fact(error: Error, table: Table) -> dict[str, Any]:
    fact: dict[str, Any] = {"rule": error.type, "note": error.note}
    cells = getattr(error, "cells", None)
    if cells is not None:
        fact["row"] = error.row_number  # type: ignore[attr-defined]
        fact["cells"] = list(cells)
    if hasattr(error, "field_name"):
        fact["field"] = error.field_name  # type: ignore[attr-defined]
        fact["value"] = getattr(error, "cell", None)
    if hasattr(error, "label"):
        fact["field"] = error.label or getattr(error, "field_name", "")  # type: ignore[attr-defined]
    if hasattr(error, "reference_name"):
        fact["field"] = ", ".join(error.field_names)  # type: ignore[attr-defined]
        fact["value"] = ", ".join(error.field_cells)  # type: ignore[attr-defined]
        fact["reference"] = error.reference_name  # type: ignore[attr-defined]
    return fact | _limit(error, fact.get("field"), table)


def _limit(error: Error, field_name: str | None, table: Table) -> dict[str, Any]:
    field = next((f for f in table.fields if f["name"] == field_name), None)
    if field is None:
        return {}
    if error.type == "type-error":
        return {"limit": field["type"]}
    if error.type == "constraint-error":
        # The note is the only place where Frictionless says which constraint it was.
        match = re.match(r'constraint "(\w+)"', error.note)
        if match:
            constraint = match[1]
            return {
                "constraint": constraint,
                "limit": field["constraints"].get(constraint),
            }
    return {}
