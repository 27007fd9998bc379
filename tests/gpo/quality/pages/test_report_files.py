"""All errors of a version, as files and by the API: complete, inert, for those who may see them.

示例数据.
"""

from __future__ import annotations

import csv
import io
import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, get_ident
from typing import Any

import openpyxl
import pytest

from ckan import model
from ckan.tests.helpers import call_action

from ckanext.gpo.quality.pages import report_files
from ckanext.gpo.quality.publication import storage

from ...conftest import VENUES, Gate, as_csv, row

FORMULA = '=HYPERLINK("http://example.org")'


@pytest.fixture
def rejected(gate: Gate, steward: Any) -> dict[str, Any]:
    """Thirty rows with two faults each, more than a report has examples of."""
    good = row(VENUES)
    rows = [
        good | {"venue_code": f"WH32040{number:02}", "floor_area": FORMULA}
        for number in range(30)
    ]
    version = gate.judge(VENUES, content=as_csv(VENUES, *rows))
    assert (version["state"], version["error_count"]) == ("rejected", 60)
    return version


def _path(version: dict[str, Any], rest: str) -> str:
    return f"/dataset/{version['dataset']}/report/{version['id']}{rest}"


def test_the_workbook_has_every_faulty_row_with_its_cells_marked(
    app: Any, rejected: dict[str, Any], steward: dict[str, str]
):
    answer = app.get(_path(rejected, "/errors.xlsx"), headers=steward)

    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    summary, rows = book.worksheets
    assert [cell.value for cell in summary["C"]][1:] == [30, 30]
    assert rows.max_row == 31
    assert rows.freeze_panes == "C2"
    assert (
        rows.auto_filter.ref == f"A1:{rows.cell(1, rows.max_column).coordinate[:-1]}31"
    )
    heads = [cell.value for cell in rows[1]]
    for cells in rows.iter_rows(min_row=2):
        by_head = dict(zip(heads, cells, strict=True))
        wrong, area = by_head["机构编号"], by_head["建筑面积"]
        assert (area.value, area.data_type) == (FORMULA, "s")
        assert wrong.fill.fgColor.rgb == area.fill.fgColor.rgb == "FFFBE3E0"
        assert by_head["机构名称"].fill.fgColor.rgb != "FFFBE3E0"
        assert "应为" in cells[1].value
    assert [cell.value for cell in rows["A"]][1:] == list(range(4, 34))


def test_the_csv_says_the_same_and_runs_nothing(
    app: Any, rejected: dict[str, Any], steward: dict[str, str]
):
    answer = app.get(_path(rejected, "/errors.csv"), headers=steward)

    assert answer.data.startswith("\ufeff".encode())
    heads, *errors = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert len(errors) == 60
    values = {error[heads.index("实为")] for error in errors}
    assert f"'{FORMULA}" in values
    assert not any(value.startswith("=") for value in values)


@pytest.mark.parametrize(("path", "title"), [("", "类型不正确"), ("/en", "Wrong type")])
def test_the_json_is_in_the_language_of_its_reader(
    app: Any, rejected: dict[str, Any], steward: dict[str, str], path: str, title: str
):
    answer = app.get(path + _path(rejected, "/errors.json"), headers=steward)

    content = json.loads(answer.data)
    assert content["total"] == len(content["errors"]) == 60
    types = [e for e in content["errors"] if e["rule"] == "type-error"]
    assert {error["value"] for error in types} == {FORMULA}
    assert {error["title"] for error in types} == {title}


@pytest.mark.parametrize("kind", ["xlsx", "csv", "json"])
def test_files_are_for_those_who_may_see_the_report(
    app: Any, rejected: dict[str, Any], steward: dict[str, str], kind: str
):
    assert app.get(_path(rejected, f"/errors.{kind}")).status_code == 404
    elsewhere = _path(rejected | {"dataset": "no-such"}, f"/errors.{kind}")
    assert app.get(elsewhere, headers=steward).status_code == 404


def test_a_large_workbook_is_made_once_and_goes_with_its_version(
    app: Any,
    rejected: dict[str, Any],
    steward: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(report_files, "KEPT_FROM", 1)
    path = _path(rejected, "/errors.xlsx")
    first = app.get(path, headers=steward).data
    monkeypatch.setattr(report_files, "write_workbook", None)
    assert app.get(path, headers=steward).data == first

    places = storage.error_files(rejected["id"], rejected["report"])
    assert storage.read(places[0])
    site = {"user": call_action("get_site_user")["name"]}
    call_action("dataset_purge", site, id=rejected["dataset"])
    for place in places:
        with pytest.raises(storage.files.exc.FilesError):
            storage.read(place)


def test_a_large_workbook_that_two_ask_for_at_once_is_made_once(
    app: Any,
    rejected: dict[str, Any],
    steward: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(report_files, "KEPT_FROM", 1)
    both_are_here = Barrier(2, timeout=60)
    had_a_look: set[int] = set()
    made: list[Any] = []
    look, write = storage.exists, report_files.write_workbook

    def exists(location: str) -> bool:
        answer = look(location)
        if get_ident() not in had_a_look:
            had_a_look.add(get_ident())
            both_are_here.wait()
        return answer

    monkeypatch.setattr(storage, "exists", exists)
    monkeypatch.setattr(
        report_files, "write_workbook", lambda *a, **k: (made.append(a), write(*a, **k))
    )

    def ask() -> bytes:
        try:
            answer = app.get(_path(rejected, "/errors.xlsx"), headers=steward)
            assert answer.status_code == 200
            return answer.data
        finally:
            model.Session.remove()

    with ThreadPoolExecutor() as pool:
        both = [pool.submit(ask) for _ in range(2)]
        first, second = [each.result(timeout=60) for each in both]
    assert (first == second, len(made)) == (True, 1)


class TestAction:
    def test_gives_every_error_a_part_at_a_time(self, rejected: dict[str, Any]):
        parts = [
            call_action(
                "gpo_quality_version_errors", id=rejected["id"], offset=o, limit=25
            )
            for o in (0, 25, 50)
        ]

        assert {part["total"] for part in parts} == {60}
        errors = [error for part in parts for error in part["errors"]]
        assert len(errors) == 60
        assert [error["row"] for error in errors] == sorted(2 * list(range(4, 34)))
        for error in errors:
            for name in ("title", "message", "value", "expected", "example", "fix"):
                assert error[name]
            assert error["key"] == {"venue_code": f"WH32040{error['row'] - 4:02}"}

    def test_chooses_by_rule_and_field(self, rejected: dict[str, Any]):
        choice = {"rule": "type-error", "field": "floor_area"}
        answer = call_action("gpo_quality_version_errors", id=rejected["id"], **choice)
        assert (answer["total"], len(answer["errors"])) == (30, 30)

        other = {"rule": "type-error", "field": "venue_code"}
        answer = call_action("gpo_quality_version_errors", id=rejected["id"], **other)
        assert answer == {"total": 0, "errors": []}

    @pytest.mark.parametrize("limit", [-1, 1_001, "x"])
    def test_refuses_what_is_no_part(
        self, app: Any, rejected: Any, steward: Any, limit: Any
    ):
        answer = app.post(
            "/api/3/action/gpo_quality_version_errors",
            json={"id": rejected["id"], "limit": limit},
            headers=steward,
        )
        assert answer.status_code == 409

    @pytest.mark.parametrize(
        "action", ["gpo_quality_version_errors", "gpo_quality_version_cards"]
    )
    def test_is_for_those_who_may_see_the_report(
        self, app: Any, rejected: dict[str, Any], steward: dict[str, str], action: str
    ):
        path, params = f"/api/3/action/{action}", {"id": rejected["id"]}
        assert app.post(path, json=params).status_code == 404
        assert app.post(path, json=params, headers=steward).status_code == 200
        assert app.post(path, json={"id": "no"}, headers=steward).status_code == 404
