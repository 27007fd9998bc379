"""Where rows stood in the department's file: junk stays out, and harms nobody where it is."""

from __future__ import annotations

import io
from typing import Any

import pytest

from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.gpo.common.tables import table
from ckanext.gpo.quality.logic.action.submission import take_in

from ...conftest import VENUES, Gate, as_csv, row

DATASET = table(VENUES).dataset_name
JUNK = {
    "label": {"a": ["<b>"]},
    "row_offset": "two",
    "row_offsets": [[1], None],
    "restored": "x",
    "other": 10**9,
}


def test_a_caller_hands_in_no_junk(gate: Gate, app: Any):
    headers = {"Authorization": factories.SysadminWithToken()["token"]}
    candidate = as_csv(VENUES, row(VENUES))
    for origin in ("[1]", "1", '"x"', '{"row_offset": -1}', '{"label": [1]}'):
        answer = app.post(
            "/api/3/action/gpo_quality_version_submit",
            headers=headers,
            data={
                "dataset": DATASET,
                "origin": origin,
                "upload": (io.BytesIO(candidate), "venues.csv"),
            },
        )
        assert answer.status_code == 409, origin
        assert answer.json["error"]["code"] == "validation-failed", origin
        assert answer.json["error"]["origin"], origin


@pytest.mark.parametrize("origin", [JUNK, *({k: v} for k, v in JUNK.items())], ids=str)
def test_junk_of_former_days_leaves_the_report_readable(
    gate: Gate, app: Any, origin: dict[str, Any]
):
    content = as_csv(VENUES, row(VENUES, venue_name=""))
    as_site = {"user": call_action("get_site_user")["name"]}
    package = model.Package.get(DATASET)
    version = take_in(
        as_site, package, io.BytesIO(content), "upload", origin, reason="upload"
    )
    gate.decide()

    assert gate.show(version)["state"] == "rejected"
    headers = {"Authorization": factories.SysadminWithToken()["token"]}
    for page in (f"report/{version['id']}", "history"):
        answer = app.get(f"/dataset/{DATASET}/{page}", headers=headers)
        assert answer.status_code == 200
