"""The template of a dataset, downloaded by whoever may see the dataset."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import unquote

import openpyxl
import pytest

from ckanext.gpo.common.labels import NOTES_TITLES
from ckanext.gpo.common.tables import table

from tests.snapshot import Snapshots

from ...conftest import VENUES, Gate, row

PAGE = f"/dataset/{table(VENUES).dataset_name}/template.xlsx"


@pytest.fixture
def published(gate: Gate, snapshots: Snapshots) -> None:
    snapshots.prepare(
        "one venue", lambda: gate.judge(VENUES, row(VENUES)) and None, on="gate"
    )


@pytest.mark.parametrize(
    ("language", "notes"), [("", "zh_Hans_CN"), ("/en", "en")], ids=str
)
def test_it_speaks_the_language_of_its_reader(
    published: None, app: Any, language: str, notes: str
):
    answer = app.get(language + PAGE)

    assert answer.mimetype.endswith("spreadsheetml.sheet")
    assert table(VENUES).title in unquote(answer.headers["Content-Disposition"])
    data, explained = openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets
    assert data.title == table(VENUES).title
    header = tuple(cell.value for cell in explained[1])
    assert header[: len(NOTES_TITLES[notes])] == NOTES_TITLES[notes]


def test_it_is_linked_for_the_department_only(published: None, app: Any, steward: Any):
    dataset = PAGE.removesuffix("/template.xlsx")
    assert PAGE not in app.get(dataset).body
    assert PAGE in app.get(dataset, headers=steward).body


def test_there_is_none_without_a_dataset(gate: Gate, app: Any):
    app.get("/dataset/none/template.xlsx", status=404)
