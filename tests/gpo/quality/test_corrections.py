"""Cells of a rejected version are corrected: what becomes of it, who may, what is told."""

from __future__ import annotations

import io
from typing import Any

import pytest

import ckan.plugins.toolkit as tk
from ckan.tests.helpers import call_action

from ckanext.gpo.common import ledger
from ckanext.gpo.common.tables import table
from ckanext.gpo.quality.model import Version
from ckanext.gpo.quality.publication import storage

from ..conftest import VENUES, Gate, as_csv, row
from .versions import venue

pytestmark = pytest.mark.usefixtures("with_request_context")

NAME = table(VENUES).dataset_name
AREA, PLACE = "floor_area", "venue_name"
WRONG = "约八十八"
NOTE = "已与场馆核对"


@pytest.fixture
def rejected(gate: Gate) -> dict[str, Any]:
    return gate.judge(VENUES, row(VENUES), venue(2, floor_area=WRONG))


def _correct(version: dict[str, Any], *cells: tuple[int, str, str, str], **more: Any):
    names = ("row", "field", "before", "after")
    return call_action(
        "gpo_quality_version_correct",
        more.pop("context", {"user": call_action("get_site_user")["name"]}),
        id=version["id"],
        corrections=[dict(zip(names, cell, strict=True)) for cell in cells],
        **more,
    )


def _fault(version: dict[str, Any]) -> tuple[int, str, str]:
    (error,) = version["report"]["errors"]
    return error["row"], error["field"], error["cells"][error["field"]]


def test_a_corrected_version_is_checked_and_published(
    gate: Gate, rejected: dict[str, Any]
):
    at, field, before = _fault(rejected)
    code = venue(2)["venue_code"]

    version = _correct(
        rejected,
        (at, field, before, "88"),
        (at, "venue_code", code, venue(9)["venue_code"]),
        note=NOTE,
    )
    gate.decide()
    version = gate.show(version)

    assert version["state"] == "published"
    assert version["number"] == rejected["number"] + 1
    assert version["source"] == "correction"
    assert version["note"] == NOTE
    assert version["content_hash"] == rejected["content_hash"]
    assert version["origin"]["corrected"] == {
        "id": rejected["id"],
        "number": rejected["number"],
    }
    assert version["origin"]["label"] == "probe.csv"
    assert float(gate.rows(VENUES)[1][AREA]) == 88
    reading = " ".join(version["report"]["reading"])
    for word in (WRONG, "88", call_action("get_site_user")["name"]):
        assert word in reading
    event = ledger.events(kind="dataset-version", subject=version["id"])[0]
    assert event.facts["corrected"] == rejected["number"]
    assert event.facts["cells"] == 2
    assert WRONG not in str(event.facts)


def test_corrections_are_carried_along(gate: Gate, rejected: dict[str, Any]):
    at, field, before = _fault(rejected)
    still_wrong = _correct(rejected, (at, field, before, "八十八点"))
    gate.decide()
    again = gate.show(still_wrong)
    assert again["state"] == "rejected"

    version = _correct(again, (at, field, "八十八点", "88"), (2, PLACE, "", "某馆"))

    kept = Version.get(version["id"]).declaration["corrections"]
    assert [one["after"] for one in kept] == ["八十八点", "88", "某馆"]


def test_the_public_is_not_told_what_was_corrected_or_by_whom(
    gate: Gate, rejected: dict[str, Any], app: Any, as_anonymous: Any
):
    at, field, before = _fault(rejected)
    version = _correct(rejected, (at, field, before, "88"), note=NOTE)
    gate.decide()
    name = call_action("get_site_user")["name"]

    status, shown = as_anonymous("gpo_quality_version_show", id=version["id"])
    page = app.get(f"/dataset/{NAME}/report/{version['id']}").body

    assert status == 200
    assert "note" not in shown
    for text in (str({**shown, "actor": "", "events": []}), page):
        assert WRONG not in text
        assert name not in text
        assert NOTE not in text
    assert any("改为" in sentence for sentence in shown["report"]["reading"])


@pytest.mark.parametrize(
    ("cells", "word"),
    [
        ([], "行"),
        ([(3, AREA, "88", "88")], "改"),
        ([(3, AREA, "约", "88")], WRONG),
        ([(3, "no", WRONG, "88")], "no"),
        ([(0, AREA, WRONG, "88")], "row"),
        ([(3, AREA, WRONG, "8\u202e8")], "U+202E"),
        ([(3, AREA, WRONG, "88")] * 301, "300"),
    ],
)
def test_what_cannot_be_a_correction_is_refused_with_words(
    cells: list[Any], word: str, rejected: dict[str, Any]
):
    with pytest.raises(tk.ValidationError) as caught:
        _correct(rejected, *cells)

    assert caught.value.error_dict["corrections"]


def test_a_cell_that_no_report_shows_is_looked_up_in_the_file(
    gate: Gate, rejected: dict[str, Any]
):
    version = _correct(rejected, (2, PLACE, "不在此处", "某馆"))
    gate.decide()

    rules = {error["rule"] for error in gate.show(version)["report"]["errors"]}
    assert "correction-differs" in rules


def test_only_the_newest_version_is_corrected(gate: Gate, rejected: dict[str, Any]):
    at, field, before = _fault(rejected)
    newer = gate.judge(VENUES, row(VENUES, floor_area="?"))

    with pytest.raises(tk.ValidationError) as caught:
        _correct(rejected, (at, field, before, "88"))

    assert caught.value.error_dict["code"] == ["version-not-newest"]
    published = gate.judge(VENUES, row(VENUES))
    assert newer["state"] == "rejected"
    with pytest.raises(tk.ValidationError) as caught:
        _correct(published, (2, AREA, "1", "88"))
    assert caught.value.error_dict["code"] == ["version-not-rejected"]


def test_who_may_not_edit_corrects_nothing(
    rejected: dict[str, Any], staff: dict[str, Any]
):
    at, field, before = _fault(rejected)
    for who in ("anonymous", "reader", "other"):
        with pytest.raises((tk.NotAuthorized, tk.ObjectNotFound)):
            _correct(
                rejected,
                (at, field, before, "88"),
                context={**staff[who], "ignore_auth": False},
            )


def test_the_file_itself_is_not_changed(gate: Gate, rejected: dict[str, Any], tmp_path):
    at, field, before = _fault(rejected)
    version = _correct(rejected, (at, field, before, "88"))

    kept = [
        storage.fetch(storage.candidate(one["id"]), tmp_path).read_bytes()
        for one in (rejected, version)
    ]

    assert kept[0] == kept[1]
    assert WRONG.encode() in kept[0]


def test_a_note_is_bounded_and_seen(gate: Gate):
    def submit(note: str) -> dict[str, Any]:
        return call_action(
            "gpo_quality_version_submit",
            {"user": call_action("get_site_user")["name"]},
            dataset=NAME,
            upload=io.BytesIO(as_csv(VENUES, row(VENUES))),
            note=note,
        )

    with pytest.raises(tk.ValidationError) as caught:
        submit("字" * 1001)
    assert "note" in caught.value.error_dict
    assert submit(f" {NOTE} ")["note"] == NOTE
