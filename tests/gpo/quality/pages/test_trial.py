"""The page on which anyone tries a file."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest

from ckan.lib.jobs import get_queue

from ckanext.gpo.quality import trial

from ...conftest import VENUES, Gate, as_csv, row
from ...worker import work_off

FAULTY = as_csv(VENUES, row(VENUES), row(VENUES, venue_name=""))


def _try(app: Any, content: bytes = FAULTY, name: str = "场馆.csv") -> str:
    """The address of the trial's page."""
    answer = app.post(
        "/try",
        data={"table": VENUES, "upload": (io.BytesIO(content), name)},
        follow_redirects=False,
    )
    assert answer.status_code == 302, answer.body
    return re.sub(r"^https?://[^/]+", "", answer.headers["Location"])


def _work() -> None:
    work_off(get_queue(trial.QUEUE))


def test_every_table_can_be_chosen(gate: Gate, app: Any):
    page = app.get("/try", query_string={"table": VENUES}).body
    assert f'<option value="{VENUES}" selected>' in page
    assert page.count("<option value=") == 31


def test_faults_are_shown_by_row(gate: Gate, app: Any):
    address = _try(app)
    assert f'data-progress="{address}/progress"' in app.get(address).body
    _work()

    page = app.get(address).body
    assert "场馆.csv" in page
    assert "不能通过检查" in page
    assert page.count('class="fault-card"') == 1
    assert 'name="cell.' not in page
    progress = app.get(f"{address}/progress").json
    assert (progress["state"], progress["ended"]) == ("checked", True)


def test_one_kind_of_fault_can_be_chosen(gate: Gate, app: Any):
    address = _try(app)
    _work()
    page = app.get(address, query_string={"rule": "type-error"}).body
    assert 'class="fault-card"' not in page


def test_what_is_right_would_pass(gate: Gate, app: Any):
    address = _try(app, as_csv(VENUES, row(VENUES)))
    _work()
    assert "可以通过检查" in app.get(address).body


@pytest.mark.parametrize("language", ["", "/en"])
def test_form_without_a_file_says_so(gate: Gate, app: Any, language: str):
    for data in (
        {"table": VENUES},
        {"table": VENUES, "upload": (io.BytesIO(b""), "")},
    ):
        page = app.post(f"{language}/try", data=data).body
        assert 'id="upload-error"' in page


def test_page_of_no_trial_says_how_long_they_are_kept(gate: Gate, app: Any):
    for id_ in ("none", "1-2", "a b"):
        assert "一小时" in app.get(f"/try/{id_}", status=404).body


def test_file_name_is_shown_as_text(gate: Gate, app: Any):
    address = _try(app, name="<img src=x>.csv")
    assert "<img src=x>" not in app.get(address).body
