"""The check itself: a clean table, its schema and its references → a report."""

from __future__ import annotations

import copy
import gc
import importlib
from dataclasses import asdict
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb
import frictionless
from frictionless import Check, Dialect, Schema, checks
from frictionless.formats.csv import CsvControl
from frictionless.resources import TableResource

from ckanext.gpo.common.errors import CandidateError
from ckanext.gpo.common.tables import Table, tables
from ckanext.gpo.intake import IntakeError

from . import storable
from .checks import CodeCheck, PersonalDataCheck, Reference, ReferenceCheck
from .findings import Findings, OnFact
from .judge import OnRows, judge
from .rows import Spool

ENGINE = f"frictionless {version('frictionless')}"
FAST_ENGINE = f"{ENGINE}, duckdb {duckdb.__version__}"


def check(
    path: Path,
    table: Table,
    references: list[Reference],
    spool: Path | None,
    *,
    on_fact: OnFact | None = None,
    on_rows: OnRows | None = None,
) -> dict[str, Any]:
    """Check a clean table against its schema.

    :param spool: where the parsed rows go, if wanted (see `rows.Spool`): all of
        them, unless the header is wrong or a row has too few or too many cells
    :param on_fact: takes every error, where the report has examples
    :param on_rows: see `judge.judge`
    :returns: `{valid, engine, rows, examined, slow, rules, error_count, counts, errors}`:
        examined, the rows that Frictionless itself has read, with a spool also those that
        `storable` may find; slow, why it had to read
        all of them (None: it had not); counts `[{rule, field, count}]`, complete; errors
        `[{rule, row, field, value, constraint, limit, reference, note, cells}]`, at most
        `findings.EXAMPLES` of each rule and field
    """
    schema = _schema(table)
    findings = Findings(table, on_fact)
    for error in _header_errors(_resource(path, schema)):
        findings.add(error)
    if findings.rules:
        return _report(findings, table)
    all_checks: list[Check] = [checks.table_dimensions(min_rows=1)]
    all_checks += [Check.from_descriptor(declared) for declared in table.checks]
    if codes := _codes(table):
        all_checks.append(CodeCheck(codes=codes))
    if free_texts := _free_texts(table):
        all_checks.append(PersonalDataCheck(field_names=free_texts))
    if references:
        all_checks.append(ReferenceCheck(references=references))
    rows = Spool(path=spool, field_names=schema.field_names) if spool else None
    judgement = judge(
        _resource(path, schema),
        all_checks,
        findings.add,
        spool=rows,
        refusal=partial(storable.refusal, table) if spool else None,
        on_rows=on_rows,
    )
    return _report(
        findings,
        table,
        engine=ENGINE if judgement.slow else FAST_ENGINE,
        rows=judgement.rows,
        examined=judgement.examined,
        slow=judgement.slow,
    )


@cache
def warm_up() -> None:
    """Load what every check loads, once, in the process that the jobs are forked from."""
    tables()
    TableResource(data=[["cell"], ["1"]]).validate()
    importlib.import_module("numpy.ma")  # DuckDB's, for its results as arrays
    # Rows come and go by the thousand, and nothing in them refers to itself
    gc.set_threshold(50_000)


def unchecked(table: Table, rows: int) -> dict[str, Any]:
    """The report of a clean table whose rows no check has seen."""
    return _report(Findings(table), table, rows=rows)


def unreadable(err: CandidateError, table: Table) -> dict[str, Any]:
    """The report of a candidate that cannot be read at all."""
    fact: dict[str, Any] = {"rule": err.code, "note": err.message}
    if err.row is not None:
        fact["row"] = err.row
    if isinstance(err, IntakeError):
        fact |= {"note": "", "facts": dict(err.facts)}
        fact |= {key: value for key, value in asdict(err.place).items() if value}
    return {
        **_report(Findings(table), table),
        "valid": False,
        "error_count": 1,
        "counts": [{"rule": err.code, "field": None, "count": 1}],
        "errors": [fact],
    }


def rules(table: Table) -> list[dict[str, Any]]:
    """Every rule that a row of the table is held to: `[{rule, field, limit}]`."""
    entries: list[dict[str, Any]] = []
    for field in table.fields:
        name = field["name"]
        entries.append({"rule": "type", "field": name, "limit": field["type"]})
        for constraint, limit in field.get("constraints", {}).items():
            entries.append({"rule": constraint, "field": name, "limit": limit})
    for name, kind in _codes(table).items():
        entries.append({"rule": "code", "field": name, "limit": kind})
    for name in _free_texts(table):
        entries.append({"rule": "noPersonalData", "field": name})
    if table.primary_key:
        entries.append({"rule": "primaryKey", "field": ", ".join(table.primary_key)})
    for key in table.foreign_keys:
        names = ", ".join(key.fields)
        entries.append({"rule": "foreignKey", "field": names, "limit": key.table_ref})
    for declared in table.checks:
        named = declared.get("fieldName")
        entries.append({"rule": declared["type"], "field": named})
    return entries


def _report(findings: Findings, table: Table, **facts: Any) -> dict[str, Any]:
    return {
        "engine": ENGINE,
        "rows": 0,
        "examined": 0,
        "slow": None,
        "rules": len(rules(table)),
        **facts,
        **findings.as_dict(),
    }


def _resource(path: Path, schema: Schema) -> TableResource:
    # All of the dialect is said: Frictionless would guess from a sample what is not.
    control = CsvControl(delimiter=",", quote_char='"', skip_initial_space=False)
    return TableResource(
        path=path.name,
        basepath=str(path.parent),
        format="csv",
        encoding="utf-8",
        schema=schema,
        dialect=Dialect(controls=[control]),
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


def _free_texts(table: Table) -> list[str]:
    """The fields that can hold anything: no rule of the schema says of what form they are."""
    return [
        field["name"]
        for field in table.fields
        if field["type"] in ("string", "any")
        and "gpo:check" not in field
        and not {"pattern", "enum"} & field.get("constraints", {}).keys()
    ]


def _header_errors(resource: TableResource) -> list[frictionless.Error]:
    # With a wrong header every row would be wrong too; saying so once is enough.
    try:
        with resource:
            return list(resource.header.errors)
    except frictionless.FrictionlessException as err:
        return [err.error]
