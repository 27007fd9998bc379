"""What changed between two versions, as files."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from ckan.tests.helpers import call_action

from ...conftest import VENUES, Gate, row
from .conftest import AREAS, CODES, FORMULA, NAME

Diff = Callable[..., Any]


@pytest.fixture
def diff(app: Any, published: Gate) -> Diff:
    """A third version has a record less, and one whose name is a formula more."""
    rows = [
        row(VENUES, venue_code=code, venue_name=f"示例站{code}", floor_area="300")
        for code in CODES[3:]
    ]
    more = row(VENUES, venue_code="WH3204020099", venue_name=FORMULA)
    assert published.judge(VENUES, *rows, more)["state"] == "published"

    def get(form: str, **parameters: str) -> Any:
        path = f"/api/gpo/v1/datasets/{NAME}/diff.{form}"
        return app.get(path, query_string=parameters)

    return get


def test_csv_has_a_line_for_each_cell(diff: Diff):
    answer = diff("csv", **{"from": "1", "to": "2"})
    header, *lines = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert header[1] == "机构编号"
    assert [line[1] for line in lines] == CODES
    assert {tuple(line[3:]) for line in lines} == {(AREAS[1], AREAS[2])}
    assert "filename*=UTF-8''" in answer.headers["Content-Disposition"]


def test_json_is_what_the_action_tells(diff: Diff):
    answer = diff("json", **{"from": "2", "to": "3"})
    told = call_action("gpo_quality_version_diff", dataset=NAME, **{"from": 2, "to": 3})
    assert answer.json == told["records"]
    assert {record["kind"] for record in answer.json} == {"added", "removed", "changed"}


def test_nothing_in_them_runs(diff: Diff):
    text = diff("csv", **{"from": "2", "to": "3"}).data.decode("utf-8-sig")
    names = {line[-1] for line in csv.reader(io.StringIO(text))}
    assert f"'{FORMULA}" in names
    answer = diff("xlsx", **{"from": "2", "to": "3"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    assert sheet is not None
    cells = [cell for line in sheet.iter_rows() for cell in line if cell.value]
    assert FORMULA in {cell.value for cell in cells}
    assert {cell.data_type for cell in cells} == {"s"}


@pytest.mark.parametrize(
    ("form", "parameters", "status"),
    [
        ("csv", {"from": "1"}, 400),
        ("csv", {"from": "x", "to": "2"}, 400),
        ("csv", {"from": "1", "to": "2", "q": "x"}, 400),
        ("csv", {"from": "1", "to": "9"}, 404),
        ("parquet", {"from": "1", "to": "2"}, 404),
    ],
)
def test_what_is_refused(
    diff: Diff, form: str, parameters: dict[str, str], status: int
):
    assert diff(form, **parameters).status_code == status


def test_what_is_not_public_is_not_there(diff: Diff):
    parameters = {"from": "1", "to": "2"}
    tag = diff("csv", **parameters).headers["ETag"]
    assert tag != diff("csv", **{"from": "2", "to": "1"}).headers["ETag"]
    site = {"user": call_action("get_site_user")["name"]}
    call_action("package_patch", site, id=NAME, private=True)
    for form in ("csv", "json", "xlsx"):
        assert diff(form, **parameters).status_code == 404
