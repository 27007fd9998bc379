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
from ckan.tests.helpers import call_action

from ckanext.gpo.dataapi import jobs, usage
from ckanext.gpo.dataapi.model import Usage

from tests.snapshot import Snapshots

from ..conftest import ACTIVITIES, VENUES, Gate, row
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
