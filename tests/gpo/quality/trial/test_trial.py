"""Anyone tries a file: the gate's own report, for an hour, and nothing stays."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import freezegun
import pytest
import redis

import ckan.plugins.toolkit as tk
from ckan.lib import jobs as ckan_jobs
from ckan.lib import redis as ckan_redis
from ckan.lib.jobs import get_queue
from ckan.tests.helpers import call_action

from ckanext.gpo.quality import trial
from ckanext.gpo.quality.examination.progress import READING, Progress, ProgressNote
from ckanext.gpo.quality.model import Version
from ckanext.gpo.quality.trial import files

from ...conftest import VENUES, Gate, as_csv, row
from ...worker import work_off

GOOD = as_csv(VENUES, row(VENUES))
FAULTY = as_csv(VENUES, row(VENUES), row(VENUES, venue_name=""))
ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.fixture(autouse=True)
def no_file() -> None:
    for id_ in files.ids():
        files.remove(id_)


def _begin(app: Any, content: bytes = GOOD, ref: str = VENUES, **kwargs: Any) -> Any:
    return app.post(
        "/api/3/action/gpo_quality_trial_create",
        data={"table": ref, "upload": (io.BytesIO(content), "场馆.csv")},
        **kwargs,
    ).json


def _show(app: Any, id_: str) -> dict[str, Any]:
    address = "/api/3/action/gpo_quality_trial_show"
    return app.get(address, query_string={"id": id_}).json["result"]


def _work() -> None:
    work_off(get_queue(trial.QUEUE))


@pytest.mark.parametrize(
    ("content", "rules"),
    [
        pytest.param(GOOD, [], id="good"),
        pytest.param(FAULTY, ["constraint-error", "primary-key"], id="faulty"),
        pytest.param(ENCRYPTED, ["file-partial"], id="unreadable"),
    ],
)
def test_report_is_that_of_the_gate(
    gate: Gate, app: Any, content: bytes, rules: list[str]
):
    begun = _begin(app, content)["result"]
    assert (begun["state"], begun["ended"]) == ("waiting", False)
    _work()

    tried = _show(app, begun["id"])
    judged = gate.judge(VENUES, content=content)

    assert (tried["state"], tried["file_name"]) == ("checked", "场馆.csv")
    assert sorted({error["rule"] for error in tried["report"]["errors"]}) == rules
    assert _faults(tried) == _faults(judged)


def _faults(checked: dict[str, Any]) -> list[tuple[Any, ...]]:
    names = ("rule", "field", "row", "value")
    return [
        tuple(error.get(name) for name in names)
        for error in checked["report"]["errors"]
    ]


def test_nothing_stays(gate: Gate, app: Any):
    begun = _begin(app)["result"]
    assert list(files.ids()) == [begun["id"]]
    _work()

    assert list(files.ids()) == []
    assert not Version.list_by_states()
    assert not list(Path("/tmp").glob("gpo-trial-*"))


def test_file_that_nobody_checks_goes_after_an_hour(gate: Gate, app: Any):
    _begin(app)
    trial.sweep()
    assert len(list(files.ids())) == 1

    with freezegun.freeze_time(tick=True) as clock:
        clock.tick(trial.LIFETIME + 2)
        trial.sweep()
    assert list(files.ids()) == []


def test_trial_that_is_forgotten_is_not_there(gate: Gate, app: Any):
    begun = _begin(app)["result"]
    _work()
    get_queue(trial.QUEUE).connection.delete(f"rq:job:trial-{begun['id']}")

    with pytest.raises(tk.ObjectNotFound):
        call_action("gpo_quality_trial_show", id=begun["id"])


def test_check_that_fails_says_so(gate: Gate, app: Any):
    begun = _begin(app)["result"]
    files.remove(begun["id"])
    _work()

    assert _show(app, begun["id"])["state"] == "failed"


@pytest.mark.parametrize(
    ("form", "field"),
    [
        pytest.param({"ref": "tax/none"}, "table", id="table"),
        pytest.param({"content": bytes(2 << 20)}, "upload", id="size"),
    ],
)
@pytest.mark.ckan_config("ckanext.gpo.quality.max_trial_size", 1)
def test_what_cannot_be_tried_is_refused(
    gate: Gate, app: Any, form: dict[str, Any], field: str
):
    answer = _begin(app, **form, status=409)
    assert answer["error"][field]
    assert list(files.ids()) == []


@pytest.mark.parametrize(
    ("option", "code"),
    [("max_client_trials", "trials-of-client"), ("max_trials", "trials-too-many")],
)
def test_as_many_wait_as_the_site_allows(
    gate: Gate, app: Any, ckan_config: Any, option: str, code: str
):
    ckan_config[f"ckanext.gpo.quality.{option}"] = 1
    _begin(app)
    assert _begin(app, status=409)["error"]["code"] == [code]
    _work()
    assert _begin(app)["success"]


def test_one_client_tries_so_many_files_an_hour(
    gate: Gate, app: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(trial.trial, "HOURLY", 2)
    for _ in range(2):
        assert _begin(app)["success"]
        _work()
    assert _begin(app, status=409)["error"]["code"] == ["trials-of-client"]


def test_reports_are_kept_up_to_a_number(
    gate: Gate, app: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(trial.trial, "MOST_KEPT", 1)
    _begin(app)
    _work()
    assert _begin(app, status=409)["error"]["code"] == ["trials-too-many"]


def test_report_of_long_cells_is_short(gate: Gate, app: Any):
    rows = [row(VENUES, floor_area="长" * 100_000, venue_code="x") for _ in range(50)]
    begun = _begin(app, as_csv(VENUES, *rows))["result"]
    _work()

    tried = _show(app, begun["id"])
    assert tried["report"]["error_count"] >= 100
    assert len(json.dumps(tried)) < 500_000


def test_how_far_it_is_is_told(gate: Gate, app: Any):
    begun = _begin(app)["result"]
    assert _show(app, begun["id"])["stage"] == "waiting"
    ProgressNote(begun["id"])(Progress(READING, 2_000, share=0.5))

    answer = app.get(f"/try/{begun['id']}/progress").json
    assert (answer["stage"], answer["ended"]) == ("reading", False)
    assert "2,000" in answer["words"]


def test_redis_that_is_away_keeps_no_file(
    gate: Gate, app: Any, ckan_config: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(ckan_jobs, "_queues", {})
    monkeypatch.setattr(ckan_redis, "_connection_pool", None)
    ckan_config["ckan.redis.url"] = "redis://127.0.0.1:1/0"

    assert _begin(app, status=409)["error"]["code"] == ["trials-away"]
    assert list(files.ids()) == []
    form = {"table": VENUES, "upload": (io.BytesIO(GOOD), "场馆.csv")}
    assert "暂时无法试查" in app.post("/try", data=form).body
    for page in ("/try/1-none", "/try/1-none/progress"):
        app.get(page, status=503)


def test_redis_that_goes_after_the_file_came_keeps_no_file(
    gate: Gate, app: Any, monkeypatch: pytest.MonkeyPatch
):
    def away(*args: Any, **kwargs: Any) -> None:
        raise redis.ConnectionError

    monkeypatch.setattr(tk, "enqueue_job", away)
    assert _begin(app, status=409)["error"]["code"] == ["trials-away"]
    assert list(files.ids()) == []
