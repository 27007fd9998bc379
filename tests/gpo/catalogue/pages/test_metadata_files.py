"""The catalogue as files."""

from __future__ import annotations

import io
import json
from typing import Any
from urllib.parse import urlsplit

import openpyxl
import pytest

PUBLIC, PRIVATE = "culture-culture-venues", "culture-culture-activities"


@pytest.mark.parametrize("path", ["/catalogue", "/domain/culture"])
def test_json_has_what_is_public(app: Any, shown: Any, steward: Any, path: str):
    answer = app.get(f"{path}.json")
    told = json.loads(answer.data)
    assert [package["name"] for package in told["datasets"]] == [PUBLIC]
    assert {package["type"] for package in told["items"]} == {"disclosure-item"}
    assert "share_type" not in told["datasets"][0]
    # the same for everybody
    assert app.get(f"{path}.json", headers=steward).data == answer.data


def test_a_workbook_says_it_in_words(app: Any, shown: Any):
    answer = app.get("/domain/culture.xlsx")
    assert "filename=culture.xlsx;" in answer.headers["Content-Disposition"]
    datasets, items = openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets
    header, *rows = datasets.iter_rows(values_only=True)
    told = [dict(zip(header, row, strict=True)) for row in rows]
    assert [row["网址标识"] for row in told] == [PUBLIC]
    assert "共享类型" not in header
    path = urlsplit(told[0]["下载（CSV）"]).path
    assert app.get(path).status_code == 200
    assert app.get(urlsplit(told[0]["页面"]).path).status_code == 200
    assert items.max_row > 1


def test_other_domains_are_not_in_it(app: Any, shown: Any):
    assert json.loads(app.get("/domain/tax.json").data)["datasets"] == []
    assert app.get("/domain/nobody.json").status_code == 404
    assert app.get("/catalogue.csv").status_code == 404


@pytest.mark.parametrize("page", ["/catalogue", "/domain/culture"])
def test_pages_lead_to_them(app: Any, shown: Any, page: str):
    body = app.get(page).body
    assert f"{page}.xlsx" in body
    assert f"{page}.json" in body
