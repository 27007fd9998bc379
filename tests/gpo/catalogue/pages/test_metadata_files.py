"""The catalogue as files."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import openpyxl
import pytest
import sqlalchemy as sa
from werkzeug.test import Client

from ckan import model
from ckan.tests.helpers import call_action

from ckanext.gpo.catalogue.pages import metadata_files
from ckanext.gpo.common.web import page_cache
from ckanext.gpo.common.web.page_cache import PageCache

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
    assert f'href="{page}.xlsx"' in body
    assert f'href="{page}.json"' in body


@pytest.fixture
def uses(shown: Any) -> None:
    """The public dataset was used, and one that is not public."""
    for name in (PUBLIC, PRIVATE):
        for kind, count in (("view", 5), ("download", 2), ("download", 1)):
            model.Session.execute(
                sa.text(
                    "INSERT INTO gpo_dataapi_usage VALUES (:name, :day, :kind, :form, :count)"
                ),
                {
                    "name": name,
                    "day": date(2026, 11, count),
                    "kind": kind,
                    "form": "",
                    "count": count,
                },
            )
    model.Session.commit()


@pytest.mark.usefixtures("uses")
def test_both_tell_how_much_a_dataset_is_used(app: Any):
    (told,) = json.loads(app.get("/catalogue.json").data)["datasets"]
    assert told["usage"] == {"views": 5, "downloads": 3, "calls": 0}

    book = openpyxl.load_workbook(io.BytesIO(app.get("/catalogue.xlsx").data))
    header, row = book.worksheets[0].iter_rows(values_only=True)
    cells = dict(zip(header, row, strict=True))
    assert (cells["浏览次数"], cells["下载"], cells["接口调用"]) == ("5", "3", "0")


@pytest.mark.usefixtures("uses")
def test_uses_are_asked_for_at_once_and_of_public_datasets_only():
    statements: list[str] = []

    def note(*arguments: Any) -> None:
        statements.append(arguments[2])

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        answer = call_action("gpo_dataapi_usage_totals")
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", note)

    assert answer == {PUBLIC: {"views": 5, "downloads": 3, "calls": 0}}
    assert len([s for s in statements if "gpo_dataapi_usage" in s]) == 1


FILES = ["/catalogue.json", "/catalogue.xlsx", "/domain/culture.json"]


@pytest.mark.parametrize("path", FILES)
def test_who_has_the_file_is_told_so(app: Any, shown: Any, path: str):
    page_cache.listen()
    first = app.get(path)
    headers = {"If-None-Match": first.headers["ETag"]}
    assert first.headers["Last-Modified"]
    assert app.get(path, headers=headers).status_code == 304

    package = model.Package.get(PUBLIC)
    assert package
    package.notes = "另一个说明"
    model.Session.commit()
    assert app.get(path, headers=headers).status_code == 200


@pytest.mark.parametrize("path", FILES)
def test_a_repeated_call_makes_no_file(
    app: Any, shown: Any, monkeypatch: pytest.MonkeyPatch, path: str
):
    page_cache.listen()
    page_cache.forget()
    client = Client(PageCache(app.flask_app.wsgi_app, [], "X-Token"))
    first = client.get(path)
    monkeypatch.setattr(metadata_files, "answer", None)
    again = client.get(path)

    assert first.status_code == again.status_code == 200
    assert again.data == first.data
    for name in ("Content-Disposition", "Content-Type", "ETag"):
        assert again.headers[name] == first.headers[name]
