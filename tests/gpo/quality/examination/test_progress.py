"""How far a check is: told while it runs, and no more than a courtesy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import redis

from ckan.tests.helpers import call_action

from ckanext.gpo.common.tables import Table, table
from ckanext.gpo.intake import Limits
from ckanext.gpo.quality import examination, jobs
from ckanext.gpo.quality.examination import Progress, ProgressNote, progress

from ...conftest import VENUES, Gate, as_csv, row

pytestmark = pytest.mark.usefixtures("with_request_context")


def _told(path: Path, ref: Table) -> list[Progress]:
    told: list[Progress] = []
    examination.examine(
        path, ref, {}, [], path.parent, Limits(), on_progress=told.append
    )
    return told


def test_reading_and_checking_are_told_row_by_row(tmp_path: Path):
    path = tmp_path / "table"
    path.write_bytes(as_csv(VENUES, *[row(VENUES)] * 2500))

    told = _told(path, table(VENUES))

    shares = [one.share for one in told]
    assert [replace(one, share=0) for one in told] == [
        Progress("reading"),
        Progress("reading", 1000),
        Progress("reading", 2000),
        Progress("reading", 2500),
        Progress("checking", 0, 2500),
    ]
    assert 0 < shares[1] <= shares[2] <= shares[3] == 1


def test_a_check_that_reads_every_row_tells_which(tmp_path: Path):
    path = tmp_path / "table"
    path.write_bytes(as_csv(VENUES, *[row(VENUES)] * 2500))
    venues = table(VENUES)
    schema = {**venues.schema, "gpo:checks": [{"type": "duplicate-row"}]}
    slow = Table(venues.domain, {**venues.descriptor, "schema": schema})

    told = _told(path, slow)

    assert Progress("checking", 2000, 2500) in told


def test_it_is_written_now_and_then_and_at_every_stage(gate: Gate):
    moments = iter([0.0, 0.1, 0.2, 9.0])
    note = ProgressNote("a-version", lambda: next(moments))

    seen = []
    for one in (
        Progress("reading", 1),
        Progress("reading", 2),
        Progress("checking", 0, 9),
        Progress("checking", 3, 9),
    ):
        note(one)
        seen.append(progress.read("a-version"))

    assert seen == [
        Progress("reading", 1),
        Progress("reading", 1),
        Progress("checking", 0, 9),
        Progress("checking", 3, 9),
    ]


def test_the_action_tells_state_and_stage(
    gate: Gate, monkeypatch: pytest.MonkeyPatch, as_anonymous: Callable[..., Any]
):
    asked: list[dict[str, Any]] = []
    version = gate.submit(VENUES, row(VENUES))

    def ask() -> dict[str, Any]:
        return call_action("gpo_quality_version_progress", id=version["id"])

    assert ask() == {
        "id": version["id"],
        "dataset": table(VENUES).dataset_name,
        "state": "received",
        "ended": False,
        "stage": "waiting",
        "rows": 0,
        "total": 0,
        "share": 0,
        "waiting_for": [],
    }
    examine = jobs.examination.examine

    def looked_at(*args: Any, **kwargs: Any) -> Any:
        report = examine(*args, **kwargs)
        asked.append(ask())
        return report

    monkeypatch.setattr(jobs.examination, "examine", looked_at)
    gate.decide()

    assert asked[0]["state"] == "checking"
    assert (asked[0]["stage"], asked[0]["total"]) == ("checking", 1)
    ended = ask()
    assert (ended["state"], ended["ended"], ended["stage"]) == ("published", True, "")
    assert as_anonymous("gpo_quality_version_progress", id=version["id"])[0] == 200


def test_nobody_else_is_told_of_what_is_not_public(
    gate: Gate, as_anonymous: Callable[..., Any]
):
    version = gate.submit(VENUES, row(VENUES))

    assert as_anonymous("gpo_quality_version_progress", id=version["id"])[0] == 404


def test_with_redis_away_nothing_breaks(gate: Gate, monkeypatch: pytest.MonkeyPatch):
    def away() -> Any:
        raise redis.ConnectionError("away")

    monkeypatch.setattr(progress, "connect_to_redis", away)
    version = gate.submit(VENUES, row(VENUES))
    gate.decide()

    answer = call_action("gpo_quality_version_progress", id=version["id"])

    assert answer["state"] == "published"
    assert progress.read(version["id"]) is None
