"""What exports refuse, and whom."""

from __future__ import annotations

from typing import Any

import pytest

from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.gpo.common.spreadsheets import ROWS_OF_A_SHEET
from ckanext.gpo.dataapi.exports import FORMS, workbook

from .conftest import CODES, NAME, Fetch


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        ({"limitt": "5"}, "parameter-unknown"),
        ({"after": "1-1"}, "parameter-unknown"),
        ({"nobody.eq": "5"}, "field-unknown"),
        ({"venue_name.like": "5"}, "operator-unknown"),
        ({"floor_area.gt": "viel"}, "value-unreadable"),
        ({"floor_area.contains": "1"}, "operator-unfit"),
        ({"select": "nobody"}, "field-unknown"),
        ({"sort": "nobody"}, "field-unknown"),
        ({"limit": "-1"}, "parameter-unreadable"),
        ({"limit": "many"}, "parameter-unreadable"),
        ({"limit": "9" * 40}, "parameter-unreadable"),
        ({"version": "0"}, "parameter-unreadable"),
        ({"filters": "{"}, "filters-unreadable"),
        ({"filters": '{"a":' * 60 + "1" + "}" * 60}, "field-unknown"),
        ({"filters": '{"$and":[' * 60 + "]}" * 60}, "filters-unreadable"),
        ({"q": "字" * 201}, "parameter-unreadable"),
        ({"encoding": "gbk"}, "parameter-unreadable"),
        ({"header": "none"}, "parameter-unreadable"),
    ],
)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_junk_is_refused_with_a_code(
    fetch: Fetch, form: str, parameters: dict[str, str], code: str
):
    answer = fetch(form, **parameters)
    assert answer.status_code == 400
    # how it is spelled is for CSV alone
    is_spelling = bool({"encoding", "header"} & set(parameters))
    expected = "parameter-unknown" if form == "xlsx" and is_spelling else code
    assert answer.json["code"] == expected
    assert answer.json["errors"][0]["message"]


@pytest.mark.parametrize(
    "value", ["' OR 1=1 --", '"; COPY x TO y; --', "$1", "?", "/etc/passwd"]
)
def test_what_is_sent_stays_a_value(fetch: Fetch, value: str):
    for name in ("venue_name.eq", "venue_name.contains", "q"):
        assert fetch("ndjson", **{name: value}).text == ""
    for name in ("sort", "select", f"{value}.eq"):
        assert fetch("ndjson", **{name: value}).status_code == 400


def test_no_such_form(fetch: Fetch):
    assert fetch("pdf").status_code == 404
    assert fetch("csv", version="3").status_code == 404


def test_a_workbook_of_too_many_rows(fetch: Fetch, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(workbook, "ROWS_OF_A_SHEET", len(CODES) - 1)
    answer = fetch("xlsx", sort="venue_code")
    assert answer.status_code == 400
    assert answer.json["code"] == "too-many-rows"
    assert fetch("xlsx", limit=str(len(CODES) - 1)).status_code == 200
    assert ROWS_OF_A_SHEET > 1_000_000


def test_a_day_names_the_version_that_was_public_then(fetch: Fetch):
    first, current = (fetch("ndjson", version=number) for number in ("1", "2"))
    assert fetch("ndjson", as_of="2100-01-01").data == current.data != first.data
    assert fetch("ndjson", as_of="2000-01-01").status_code == 404
    for parameters, code in (
        ({"as_of": "gestern"}, "value-unreadable"),
        ({"as_of": "2100-01-01", "version": "1"}, "version-ambiguous"),
    ):
        refused = fetch("ndjson", **parameters)
        assert (refused.status_code, refused.json["code"]) == (400, code)


@pytest.mark.parametrize("form", ["CSV", "Csv", "csv ", "ｃｓｖ", "csv/", ""])
def test_forms_are_called_by_their_names_alone(app: Any, published: Any, form: str):
    for path in (f"datasets/{NAME}/export", f"datasets/{NAME}/diff", "catalogue"):
        answer = app.client.get(f"/api/gpo/v1/{path}.{form}?from=1&to=2")
        assert answer.status_code == 404
        assert answer.content_type == "application/problem+json"
    download = app.client.get(f"/dataset/{NAME}/download/{NAME}.{form}")
    assert download.status_code == 404


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("version", ["", "1"])
def test_what_is_not_public_is_not_there(
    app: Any, fetch: Fetch, form: str, version: str
):
    parameters = {"q": "示例站", "version": version}
    assert fetch(form, **parameters).status_code == 200
    site = {"user": call_action("get_site_user")["name"]}
    call_action("package_patch", site, id=NAME, private=True)

    assert fetch(form, **parameters).status_code == 404
    assert fetch(form, version=version).status_code == 404
    path = f"/dataset/{NAME}/download/{NAME}.csv-metadata.json"
    assert app.get(path).status_code == 404
    stranger = factories.UserWithToken()
    headers = {"Authorization": stranger["token"]}
    assert fetch(form, headers, **parameters).status_code == 404
    sysadmin = factories.SysadminWithToken()
    headers = {"Authorization": sysadmin["token"]}
    assert fetch(form, headers, **parameters).status_code == 200


def test_what_was_taken_back_is_not_there(fetch: Fetch):
    current = call_action("gpo_quality_publication_show", dataset=NAME)
    site = {"user": call_action("get_site_user")["name"]}
    call_action(
        "gpo_quality_version_withdraw", site, id=current["version"], reason="错误"
    )
    assert fetch("csv", q="x").status_code == 410
    assert fetch("csv", q="x", version="2").status_code == 410
