"""Downloads are counted, whole ones only, and the search index learns of them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib.jobs import get_queue
from ckan.lib.redis import connect_to_redis
from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.gpo.catalogue import reference, seed
from ckanext.gpo.common.locks import ProcessLock
from ckanext.gpo.dataapi import jobs, usage
from ckanext.gpo.dataapi.model import KeyUsage, Usage

from bench import copies
from tests.snapshot import Snapshots

from ..conftest import ACTIVITIES, VENUES, Gate, row
from ..test_statements import counted
from ..worker import work_off

NAME = "culture-culture-venues"
FILE = f"/dataset/{NAME}/download/{NAME}.csv"


@pytest.fixture
def published(gate: Gate, snapshots: Snapshots) -> Gate:
    snapshots.prepare("used", lambda: gate.judge(VENUES, row(VENUES)), on="gate")
    model.Session.execute(sa.delete(Usage))
    model.Session.commit()
    connect_to_redis().flushdb()
    return gate


def totals(*names: str, user: str = "") -> dict[str, int]:
    usage.flush()
    context = {"user": user, "ignore_auth": False}
    return call_action("gpo_dataapi_download_totals", context, datasets=list(names))


def test_whole_files_are_counted(app: Any, published: Gate):
    answer = app.get(FILE)
    app.get(FILE)
    app.get(FILE, headers={"If-None-Match": answer.headers["ETag"]})
    app.get(FILE, headers={"Range": "bytes=0-1"})

    assert totals(NAME) == {NAME: 2}


def test_days_are_added_up(published: Gate):
    for day in (date(2026, 1, 1), date(2026, 1, 2)):
        model.Session.add(
            Usage(dataset=NAME, day=day, kind="download", format="", count=7)
        )
    model.Session.commit()
    usage.count_download(NAME, "csv")

    assert totals(NAME) == {NAME: 15}


def test_of_what_is_not_public_nothing_is_told(published: Gate):
    hidden = "culture-culture-activities"  # nothing of it is published yet
    usage.count_download(hidden, "csv")

    assert totals(NAME, hidden, "no-such-dataset") == {NAME: 0}


@pytest.mark.parametrize("names", [[], [1], ["x"] * 101])
def test_other_questions_are_refused(published: Gate, names: list[Any]):
    with pytest.raises(tk.ValidationError) as refused:
        totals(*names)
    assert "datasets" in refused.value.error_dict


def test_the_index_sorts_by_downloads(app: Any, published: Gate):
    published.judge(ACTIVITIES, row(ACTIVITIES))
    app.get(FILE)
    jobs.sweep()
    work_off(get_queue())

    found = call_action("package_search", sort=f"{usage.INDEXED_AS} desc")
    assert [d["name"] for d in found["results"]] == [NAME, "culture-culture-activities"]


def test_a_file_is_sent_though_it_cannot_be_counted(
    app: Any, published: Gate, monkeypatch: pytest.MonkeyPatch
):
    with monkeypatch.context() as away:
        away.setitem(tk.config, "ckan.redis.url", "redis://127.0.0.1:1/0")
        assert app.get(FILE).status_code == 200

    assert totals(NAME) == {NAME: 0}


def shown(dataset: str = NAME) -> dict[str, Any]:
    usage.flush()
    return call_action(
        "gpo_dataapi_usage_show", {"user": "", "ignore_auth": False}, dataset=dataset
    )


def test_views_downloads_and_calls_are_told_apart(app: Any, published: Gate):
    pkg = published.dataset(VENUES)
    app.get(f"/dataset/{NAME}/view.gif")
    for kind in ("csv", "xlsx", "csv"):
        app.get(FILE.replace(".csv", f".{kind}"))
    resource = pkg["resources"][0]["id"]
    app.get("/api/3/action/package_show", query_string={"id": pkg["id"]})
    app.get("/api/3/action/datastore_search", query_string={"resource_id": resource})
    app.post("/api/3/action/gpo_dataapi_record_list", json={"dataset": NAME})
    app.get("/api/3/action/package_search")
    app.get("/api/3/action/package_show", query_string={"id": "no-such-dataset"})

    answer = shown()
    assert (answer["views"], answer["downloads"], answer["calls"]) == (1, 3, 3)
    assert answer["formats"] == {"csv": 2, "xlsx": 1}
    for period, length in (("months", 12), ("days", 30)):
        assert len(answer[period]) == length
        assert answer[period][-1]["downloads"] == 3
    without = model.Session.scalars(sa.select(Usage.count).where(Usage.dataset == ""))
    assert sum(without) == 1


def test_a_picture_counts_views_of_what_is_public_only(app: Any, published: Gate):
    assert app.get("/dataset/no-such-dataset/view.gif").status_code == 404
    page = app.get(f"/dataset/{NAME}").body
    assert f"/dataset/{NAME}/view.gif" in page
    answer = app.get(f"/dataset/{NAME}/view.gif")

    assert answer.headers["Cache-Control"].startswith("no-store")
    assert shown()["views"] == 1


def test_usage_of_what_is_not_public_is_not_found(published: Gate):
    hidden = "culture-culture-activities"

    with pytest.raises(tk.ObjectNotFound):
        shown(hidden)


def test_what_is_counted_stands_in_redis_until_it_is_written(
    published: Gate, monkeypatch: pytest.MonkeyPatch
):
    usage.count_view(NAME)
    with monkeypatch.context() as crash:
        crash.setattr(model.Session, "commit", _crash)
        with pytest.raises(RuntimeError):
            usage.flush()
    usage.count_view(NAME)

    assert usage.flush() == []  # what was taken before the crash
    assert shown()["views"] == 2


def _crash() -> None:
    raise RuntimeError("killed")


def test_nothing_is_written_twice_nor_by_two_at_once(published: Gate):
    usage.count_download(NAME, "csv")
    other = ProcessLock("usage", "flush")
    assert other.acquire()
    assert usage.flush() == []
    other.release()

    assert usage.flush() == [NAME]
    usage.count_download(NAME, "xlsx")
    assert usage.flush() == []  # not the first of the day
    assert totals(NAME) == {NAME: 2}


def test_of_what_is_not_there_no_views_are_kept(published: Gate):
    usage.count_view("no-such-dataset")
    usage.flush()

    assert model.Session.scalar(sa.select(sa.func.count()).select_from(Usage)) == 0


def another_department() -> str:
    """Id of a department that has published nothing."""
    entry = next(d for d in reference.departments() if d["name"] != "wglj")
    seed.ensure_department(entry)
    return model.Group.get(entry["name"]).id


class TestDepartments:
    def used(self, name: str) -> dict[str, Any]:
        usage.flush()
        context = {"user": "", "ignore_auth": False}
        return call_action(
            "gpo_dataapi_department_usage_show", context, organization=name
        )

    def test_the_public_datasets_of_a_department_are_summed_up(
        self, app: Any, published: Gate
    ):
        department = published.dataset(VENUES)["organization"]["name"]
        hidden = "culture-culture-activities"
        copies.datasets(NAME, 1)
        other = f"{NAME}-copy-1"
        elsewhere = sa.update(model.Package).where(model.Package.name == other)
        model.Session.execute(elsewhere.values(owner_org=another_department()))
        model.Session.commit()
        for name in (NAME, hidden, other):
            usage.count_view(name)
            usage.count_download(name, "csv")
        usage.count_call(NAME)

        expected = {"datasets": 1, "views": 1, "downloads": 1, "calls": 1}
        assert self.used(department) == {"organization": department} | expected
        page = app.get(f"/organization/{department}").body
        assert "数据使用情况" in page
        assert "1个公开数据集" in page

    def test_a_department_without_public_data_has_nothing_to_tell(
        self, app: Any, published: Gate
    ):
        name = model.Group.get(another_department()).name

        assert self.used(name)["datasets"] == 0
        assert "数据使用情况" not in app.get(f"/organization/{name}").body

    @pytest.mark.parametrize("name", ["no-such-department", "culture", NAME])
    def test_other_things_are_no_departments(self, published: Gate, name: str):
        with pytest.raises(tk.ObjectNotFound):
            self.used(name)

    def test_two_statements_tell_it_of_few_and_of_many(self, published: Gate):
        department = published.dataset(VENUES)["organization"]["name"]
        costs = []
        for first, count in ((1, 5), (6, 300)):
            copies.datasets(NAME, count, first)
            with counted() as statements:
                answer = self.used(department)
            assert answer["datasets"] == first + count
            costs.append(statements.total())

        assert costs[0] == costs[1] <= 6


class TestKeys:
    def used(self, user: dict[str, Any]) -> list[dict[str, Any]]:
        usage.flush()
        context = {"user": user["name"], "ignore_auth": False}
        return call_action("gpo_dataapi_key_usage_list", context)

    def test_an_owner_sees_what_was_done_with_a_key(self, app: Any, published: Gate):
        owner = factories.UserWithToken()
        headers = {"Authorization": owner["token"]}
        app.get(FILE, headers=headers)
        action = "/api/3/action/package_show"
        for _ in range(2):
            app.get(action, query_string={"id": NAME}, headers=headers)
        app.get("/api/3/action/package_search", headers=headers)
        app.get(action, query_string={"id": NAME})

        (key,) = self.used(owner)
        assert (key["calls"], key["downloads"]) == (3, 1)
        assert [(d["dataset"], d["calls"]) for d in key["datasets"]] == [
            (NAME, 2),
            ("", 1),
        ]
        assert (len(key["days"]), key["days"][-1]["calls"]) == (30, 3)
        assert self.used(factories.User()) == []
        assert shown()["calls"] == 3

    def test_what_a_revoked_key_did_is_forgotten(self, app: Any, published: Gate):
        owner = factories.UserWithToken()
        app.get(FILE, headers={"Authorization": owner["token"]})
        (key,) = self.used(owner)
        call_action("api_token_revoke", {"user": owner["name"]}, jti=key["id"])
        app.get(FILE)
        usage.flush()

        assert model.Session.scalars(sa.select(KeyUsage)).all() == []
        assert totals(NAME) == {NAME: 2}

    def test_a_reader_without_an_account_has_none(self, published: Gate):
        with pytest.raises(tk.NotAuthorized):
            self.used({"name": ""})
