"""The list of what was asked for and not found: what comes into it, who reads it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.cli.cli import ckan
from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.gpo.common import clock
from ckanext.gpo.search import zero_result_queries
from ckanext.gpo.search.model import ZeroResultQuery

pytestmark = [
    pytest.mark.ckan_config("ckan.plugins", "gpo_search"),
    pytest.mark.ckan_config("ckan.auth.create_unowned_dataset", True),
    pytest.mark.usefixtures("clean_db"),
]


def rows():
    """What is kept: each query with its count."""
    zero_result_queries.flush()
    found = model.Session.execute(
        sa.select(ZeroResultQuery.query, ZeroResultQuery.times)
    )
    return dict(found.all())


def keep(query, *counts):
    """So many askings today, yesterday, and so on."""
    today = clock.today()
    for days, times in enumerate(counts):
        day = today - timedelta(days=days)
        model.Session.add(ZeroResultQuery(day=day, query=query, times=times))
    model.Session.commit()


class TestKept:
    def test_what_finds_nothing_is_counted(self):
        for _ in range(3):
            call_action("package_search", q="停車場")
        call_action("package_search", q="停车场 ")
        assert rows() == {"停车场": 4}

    def test_over_http(self, app):
        app.get("/dataset/", query_string={"q": "停车场"})
        app.get("/api/3/action/package_search", query_string={"q": "停车场"})
        assert rows() == {"停车场": 2}

    def test_a_page_that_asks_twice_counts_once(self, app):
        with app.flask_app.test_request_context():
            call_action("package_search", q="停车场")
            call_action("package_search", q="停车场", rows=0)
            call_action("package_search", q="停车场")
        assert rows() == {"停车场": 1}

    def test_what_is_not_a_question_of_a_reader(self):
        factories.Dataset(title="停车场")
        for params in (
            {"q": "停车场"},  # found
            {"q": "ting che chang"},  # found by its sound
            {"q": "幼儿园", "start": 20},
            {"q": "幼儿园", "rows": 0},
            {"q": "幼儿园", "fq": "organization:czj"},
            {"q": "幼儿园", "fq_list": ["tags:教育"]},
            {"q": "title:幼儿园"},
            {"q": "幼儿园", "defType": "edismax"},
            {"q": "13800138000"},
            {"q": "王小明"},
            {},
        ):
            call_action("package_search", **params)
        call_action("package_search", q="幼儿园", fq="+dataset_type:dataset")
        assert rows() == {"幼儿园": 1}

    def test_nothing_but_day_query_and_count(self):
        columns = [column.name for column in sa.inspect(ZeroResultQuery).columns]
        assert columns == ["day", "query", "times"]

    def test_it_is_written_outside_of_the_request(self):
        """What the request does to the database afterwards does not matter."""
        call_action("package_search", q="停车场")
        zero_result_queries.flush()
        model.Session.rollback()
        assert rows() == {"停车场": 1}

    def test_a_search_goes_on_without_the_table(self):
        with model.meta.engine.begin() as connection:
            connection.execute(
                sa.text("ALTER TABLE gpo_search_zero_result_query RENAME TO gone")
            )
        try:
            assert call_action("package_search", q="停车场")["count"] == 0
            zero_result_queries.flush()
        finally:
            with model.meta.engine.begin() as connection:
                connection.execute(
                    sa.text("ALTER TABLE gone RENAME TO gpo_search_zero_result_query")
                )
        call_action("package_search", q="幼儿园")
        assert rows() == {"幼儿园": 1}

    def test_the_table_keeps_its_rows_when_it_is_renamed(self, cli):
        """As on a site where it was still called `gpo_search_missed`."""
        keep("停车场", 3, 4)
        model.Session.remove()
        before = ["db", "downgrade", "-p", "gpo_search", "-v", "8e2f61c04b97"]
        try:
            assert cli.invoke(ckan, before).exit_code == 0
            assert sa.inspect(model.meta.engine).has_table("gpo_search_missed")
        finally:
            upgraded = cli.invoke(ckan, ["db", "upgrade", "-p", "gpo_search"])
        assert upgraded.exit_code == 0
        kept = sa.select(ZeroResultQuery.query, ZeroResultQuery.times)
        assert sorted(model.Session.execute(kept).tuples()) == [
            ("停车场", 3),
            ("停车场", 4),
        ]

    def test_a_search_does_not_wait_for_the_table(self):
        with model.meta.engine.begin() as connection:
            connection.execute(sa.text("LOCK TABLE gpo_search_zero_result_query"))
            assert call_action("package_search", q="停车场")["count"] == 0
        assert rows() in ({"停车场": 1}, {})

    def test_a_day_has_room_for_so_many(self, monkeypatch):
        monkeypatch.setattr(zero_result_queries, "PER_DAY", 2)
        for query in ("停车场", "幼儿园", "养老院", "停车场", "幼儿园"):
            call_action("package_search", q=query)
            zero_result_queries.flush()
        assert rows() == {"停车场": 2, "幼儿园": 2}

    def test_it_is_forgotten_after_a_year(self):
        keep("旧事", *[0] * 365, 7, 7)
        today = clock.today()
        writer = zero_result_queries.Writer()
        writer.put((today, "停车场"))
        writer.queries.join()
        oldest = model.Session.scalar(sa.select(sa.func.min(ZeroResultQuery.day)))
        assert oldest == today - timedelta(days=365)


class TestList:
    @pytest.fixture
    def steward(self):
        user = factories.User()
        factories.Organization(users=[{"name": user["name"], "capacity": "editor"}])
        return {"user": user["name"], "ignore_auth": False}

    def test_shape(self):
        keep("停车场", 2, 2)
        today = clock.today()
        assert call_action("gpo_search_zero_result_query_list") == {
            "count": 1,
            "since": (today - timedelta(days=29)).isoformat(),
            "results": [{"query": "停车场", "times": 4, "last": today.isoformat()}],
        }

    def test_what_was_asked_once_or_twice_stays_unseen(self):
        keep("停车场", 2)
        keep("幼儿园", 1, 1)
        keep("养老院", 1, 1, 1)
        found = call_action("gpo_search_zero_result_query_list")
        assert [r["query"] for r in found["results"]] == ["养老院"]
        assert call_action("gpo_search_zero_result_query_list", days=2)["count"] == 0

    def test_pages(self):
        for number in range(5):
            keep(f"第{number}问", 10 - number)
        found = call_action("gpo_search_zero_result_query_list", start=1, rows=2)
        assert found["count"] == 5
        assert [r["query"] for r in found["results"]] == ["第1问", "第2问"]

    def test_who_reads_it(self, steward):
        assert call_action("gpo_search_zero_result_query_list", steward)["count"] == 0
        sysadmin = {"user": factories.Sysadmin()["name"], "ignore_auth": False}
        assert call_action("gpo_search_zero_result_query_list", sysadmin)["count"] == 0
        member = factories.User()
        factories.Organization(users=[{"name": member["name"], "capacity": "member"}])
        for name in ("", factories.User()["name"], member["name"]):
            with pytest.raises(tk.NotAuthorized):
                call_action(
                    "gpo_search_zero_result_query_list",
                    {"user": name, "ignore_auth": False},
                )

    def test_bad_input(self):
        for params in ({"days": -1}, {"start": "x"}, {"rows": -1}):
            with pytest.raises(tk.ValidationError):
                call_action("gpo_search_zero_result_query_list", **params)
        since = call_action("gpo_search_zero_result_query_list", days=10**9)["since"]
        assert date.fromisoformat(since) > clock.today() - zero_result_queries.RETENTION
