"""The page of queries that found nothing, for stewards."""

from __future__ import annotations

import csv
import io

import pytest

from ckan import model
from ckan.tests import factories

from ckanext.gpo.catalogue import reference, seed
from ckanext.gpo.common import clock
from ckanext.gpo.search.model import ZeroResultQuery
from ckanext.gpo.search.pages import zero_results

PAGE = "/desk/zero-result-queries"


@pytest.fixture
def department(clean_db):
    for department in reference.departments():
        if department["name"] == "wglj":
            seed.ensure_department(department)


@pytest.fixture
def editor(department, steward):
    return steward


@pytest.fixture
def keep():
    def add(*queries, times=3):
        today = clock.today()
        rows = [
            ZeroResultQuery(day=today, query=query, times=times) for query in queries
        ]
        model.Session.add_all(rows)
        model.Session.commit()

    return add


def test_only_stewards_see_it(app, editor):
    answer = app.get(PAGE, follow_redirects=False)
    assert answer.status_code == 302
    assert "/user/login" in answer.location
    nobody = {"Authorization": factories.UserWithToken()["token"]}
    for path in (PAGE, f"{PAGE}.csv"):
        assert app.get(path, headers=nobody).status_code == 403
        assert app.get(path, headers=editor).status_code == 200
    assert app.get(f"{PAGE}.csv").status_code == 403
    assert PAGE in app.get("/desk", headers=editor).body
    assert PAGE not in app.get("/desk", headers=nobody).body


def test_what_was_asked_and_a_way_to_try_it(app, editor, keep):
    keep("停车场 收费")
    keep("幼儿园", times=2)
    page = app.get(PAGE, headers=editor).body
    assert "停车场 收费" in page
    assert "幼儿园" not in page
    assert "/dataset/?q=%E5%81%9C%E8%BD%A6%E5%9C%BA+%E6%94%B6%E8%B4%B9" in page


def test_an_empty_list_says_so_in_both_languages(app, editor):
    assert "无结果检索词" in app.get(PAGE, headers=editor).body
    page = app.get(f"/en{PAGE}", headers=editor).body
    assert "Nothing was asked three times" in page


def test_pages_and_periods(app, editor, keep):
    keep(*[f"第{number}问" for number in range(51)])
    assert "page=2" in app.get(PAGE, headers=editor).body
    assert app.get(f"{PAGE}?page=2&days=7", headers=editor).body.count("问</td>") == 1
    assert app.get(f"{PAGE}?page=3", headers=editor).status_code == 404
    for odd, status in (("days=8", 200), ("days=x", 200), ("page=0", 400)):
        assert app.get(f"{PAGE}?{odd}", headers=editor).status_code == status, odd


def test_as_a_file(app, editor, keep):
    keep("停车场, 收费", "幼儿园")
    answer = app.get(f"{PAGE}.csv?days=7", headers=editor)
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert "zero-result-queries-20" in answer.headers["Content-Disposition"]
    assert answer.body.startswith("\ufeff")
    [head, *rows] = csv.reader(io.StringIO(answer.body.removeprefix("\ufeff")))
    today = clock.today().isoformat()
    assert rows == [["停车场, 收费", "3", today], ["幼儿园", "3", today]]
    assert len(head) == 3


@pytest.mark.parametrize("query", ["=1+1", "+1+1", "-x", "@x", "\t=1", "\r=1"])
def test_a_spreadsheet_carries_nothing_out(app, query):
    with app.flask_app.test_request_context():
        text = zero_results.as_csv([{"query": query, "times": 3, "last": "2026-01-01"}])
    [_, row] = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert row[0] == f"'{query}"


@pytest.mark.parametrize("ending", ["", ".csv"])
@pytest.mark.parametrize("query", ["", "?days=7"])
@pytest.mark.usefixtures("with_plugins")
def test_the_former_address_leads_here_for_good(app, ending, query):
    address = f"/en/desk/missed{ending}{query}"
    answer = app.get(address, follow_redirects=False)
    assert answer.status_code == 308
    assert answer.location == f"/en{PAGE}{ending}{query}"
