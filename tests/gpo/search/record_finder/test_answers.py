"""What records are about, and which one thing a reader is led to."""

from __future__ import annotations

from typing import Any

import pytest

from ckanext.gpo.common.tables import table
from ckanext.gpo.search.record_finder import answers
from ckanext.gpo.search.record_finder.finding import Hit, Hits
from ckanext.gpo.search.record_finder.live import LiveTable
from ckanext.gpo.search.records import (
    Fit,
    Level,
    RecordQuery,
    TableState,
    searched_columns,
)

PERMITS = table("planning/land_use_permits")
COLUMNS = {column.name: column for column in searched_columns(PERMITS)}
PROJECT, OTHER = "2019-320402-83-01-500001", "2019-320402-83-01-500002"


def hit(number: int, code: str, column: str = "project_name") -> Hit:
    row = {
        "permit_number": f"地字第{number}号",
        "project_code": code,
        "project_name": f"青龙小学{code[-1]}",
    }
    state = TableState("t", "1", tuple(COLUMNS.values()))
    live: Any = LiveTable(PERMITS, None, state)  # type: ignore[arg-type]
    return Hit(live, row, Fit(Level.PART, COLUMNS[column]))


def best(*hits: Hit, is_complete: bool = True) -> dict[str, Any] | None:
    query = RecordQuery.read("青龙小学")
    return answers.answer(Hits(query, list(hits), is_complete), 0, 20)["best"]


@pytest.mark.usefixtures("with_request_context")
def test_records_that_are_all_about_one_project_lead_to_it():
    dossier = best(hit(1, PROJECT), hit(2, PROJECT))

    assert dossier
    assert (dossier["kind"], dossier["code"]) == ("project", PROJECT)
    assert dossier["url"] == f"/project/{PROJECT}"


@pytest.mark.usefixtures("with_request_context")
def test_records_about_several_projects_or_perhaps_more_lead_to_none():
    assert best(hit(1, PROJECT), hit(2, OTHER)) is None
    assert best(hit(1, PROJECT), hit(2, PROJECT), is_complete=False) is None


@pytest.mark.usefixtures("with_request_context")
def test_what_is_no_code_of_a_project_is_about_none():
    assert best(hit(1, "无"), hit(2, "无")) is None
