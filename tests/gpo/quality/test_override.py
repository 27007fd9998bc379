"""The one way past a verdict: a sysadmin's, with a reason, for everybody to read."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from ckan.tests.helpers import call_action

from ckanext.gpo.quality.logic.action import override
from ckanext.gpo.quality.model import Version
from ckanext.gpo.quality.publication import datastore

from tests.snapshot import Snapshots

from ..conftest import ACTIVITIES, VENUES, Gate, as_csv, row
from .conftest import NAME, People

REASON = "该馆确无固定电话，经文广旅局核实，数据无误。"


def bad() -> dict[str, str]:
    """A row that breaks a rule on its values and can be loaded."""
    return row(VENUES, venue_code="不合编码规则")


@pytest.fixture
def rejected(people: People, gate: Gate, snapshots: Snapshots) -> dict[str, Any]:
    version = snapshots.prepare(
        "rejected", lambda: gate.judge(VENUES, bad()), on="people"
    )
    assert version["state"] == "rejected"
    assert {c["rule"] for c in version["report"]["counts"]} == {"constraint-error"}
    return version


@pytest.fixture
def overridden(people: People, gate: Gate, rejected: dict[str, Any]) -> dict[str, Any]:
    status, answer = people.ask(
        "sysadmin", "gpo_quality_version_override", id=rejected["id"], reason=REASON
    )
    assert status == 200, answer
    assert answer["state"] == "passed"
    gate.decide()
    return gate.show(rejected)


def test_it_is_published_with_its_errors(
    people: People, gate: Gate, rejected: dict[str, Any], overridden: dict[str, Any]
):
    assert overridden["state"] == "published"
    assert overridden["report"] == rejected["report"]
    assert overridden["error_count"] == rejected["error_count"] > 0
    (record,) = people.public()["rows"][1]["records"]
    assert record["venue_code"] == "不合编码规则"
    lines = list(csv.reader(io.StringIO(people.file()[1].decode("utf-8-sig"))))
    assert "不合编码规则" in lines[1]


def test_it_is_an_event_that_everybody_reads(
    people: People, overridden: dict[str, Any]
):
    _, version = people.ask("", "gpo_quality_version_show", id=overridden["id"])
    (event,) = [e for e in version["events"] if e["from_state"] == "rejected"]
    assert (event["to_state"], event["actor"]) == ("passed", "the-sysadmin")
    assert event["reason"] == REASON
    _, (listed,) = people.ask("", "gpo_quality_version_list", dataset=NAME)
    assert listed["override"] == {
        "actor": "the-sysadmin",
        "reason": REASON,
        "created": event["created"],
    }


def test_the_page_of_the_dataset_says_so(people: People, overridden: dict[str, Any]):
    page = people.app.get(f"/dataset/{NAME}").body
    assert REASON in page
    assert "经放行发布" in page
    notice = page.split('id="override"')[1].split("</div>")[0]
    for count in overridden["report"]["counts"]:
        assert count["label"] in notice


def test_a_version_without_override_says_none(people: People, gate: Gate):
    version = gate.judge(VENUES, row(VENUES))
    assert version["override"] is None
    assert 'id="override"' not in people.app.get(f"/dataset/{NAME}").body


def test_the_next_version_is_checked_as_ever(
    people: People, gate: Gate, overridden: dict[str, Any]
):
    again = gate.judge(VENUES, bad(), row(VENUES))
    assert again["state"] == "rejected"
    clean = gate.judge(VENUES, row(VENUES))
    assert (clean["state"], clean["override"]) == ("published", None)
    assert gate.show(overridden)["state"] == "superseded"
    assert gate.show(overridden)["override"]["reason"] == REASON


def test_only_sysadmins(people: People, rejected: dict[str, Any]):
    for who in ("", "editor", "admin", "outsider"):
        status, _ = people.ask(
            who, "gpo_quality_version_override", id=rejected["id"], reason=REASON
        )
        assert status == 403, who
    version = Version.get(rejected["id"])
    assert version
    assert version.state == "rejected"


@pytest.mark.parametrize("reason", ["", "  ", "很急", "          ", None])
def test_a_reason_is_needed(people: People, rejected: dict[str, Any], reason: Any):
    status, answer = people.ask(
        "sysadmin", "gpo_quality_version_override", id=rejected["id"], reason=reason
    )
    assert status == 409
    assert answer["reason"]


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (as_csv(VENUES, row(VENUES, updated_date="2017-02-30")), "type-error"),
        (as_csv(VENUES, row(VENUES), row(VENUES)), "primary-key"),
        (b"", "file-empty"),
        (as_csv(VENUES), "table-dimensions"),
        ("编号,名称\n1,甲\n".encode(), "header-missing"),
        (as_csv(VENUES, row(VENUES)) + b"1,2\n", "row-too-short"),
    ],
)
def test_what_cannot_be_loaded_cannot_be_overridden(
    people: People, gate: Gate, content: bytes, rule: str
):
    version = gate.judge(VENUES, content=content)
    status, answer = people.ask(
        "sysadmin", "gpo_quality_version_override", id=version["id"], reason=REASON
    )
    assert status == 409
    assert answer["code"] == ["override-impossible"]
    assert rule in answer["id"][0]
    assert people.public()["found"] == 0


def test_a_changed_schema_needs_a_new_check(
    people: People, rejected: dict[str, Any], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(override, "schema_hash", lambda _: "sha256:0")
    status, answer = people.ask(
        "sysadmin", "gpo_quality_version_override", id=rejected["id"], reason=REASON
    )
    assert (status, answer["code"]) == (409, ["override-impossible"])


def test_only_rejected_versions(people: People, overridden: dict[str, Any]):
    for _ in range(2):
        status, answer = people.ask(
            "sysadmin",
            "gpo_quality_version_override",
            id=overridden["id"],
            reason=REASON,
        )
        assert (status, answer["__type"]) == (409, "Validation Error")
        assert "id" in answer
    assert (
        people.ask("sysadmin", "gpo_quality_version_override", id="no", reason=REASON)[
            0
        ]
        == 404
    )


def test_a_reference_to_nothing_can_be_overridden(people: People, gate: Gate):
    gate.judge(VENUES, row(VENUES))
    stranger = row(VENUES)["venue_code"][:-1] + "9"
    version = gate.judge(ACTIVITIES, row(ACTIVITIES, venue_code=stranger))
    call_action(
        "gpo_quality_version_override",
        {"user": "the-sysadmin"},
        id=version["id"],
        reason=REASON,
    )
    gate.decide()
    assert gate.show(version)["state"] == "published"
    assert [r["venue_code"] for r in gate.rows(ACTIVITIES)] == [stranger]


def test_a_newer_public_version_stays(
    people: People, gate: Gate, rejected: dict[str, Any]
):
    gate.judge(VENUES, row(VENUES))
    before = people.public()
    people.ask(
        "sysadmin", "gpo_quality_version_override", id=rejected["id"], reason=REASON
    )
    gate.decide()
    assert gate.show(rejected)["state"] == "superseded"
    assert people.public() == before
    assert not datastore.is_staged(rejected["id"])


class TestForm:
    def path(self, version: dict[str, Any]) -> str:
        return f"/dataset/{NAME}/report/{version['id']}"

    def test_is_for_sysadmins(self, people: People, rejected: dict[str, Any]):
        path = self.path(rejected)
        shown = people.app.get(path, headers=people.headers("sysadmin")).body
        assert 'name="reason"' in shown
        assert (
            'name="reason"'
            not in people.app.get(path, headers=people.headers("admin")).body
        )
        # who may not see the report is not told that there is one
        refused = {"": 404, "editor": 403, "admin": 403, "outsider": 404}
        for who, status in refused.items():
            answer = people.app.post(
                path, data={"reason": REASON}, headers=people.headers(who)
            )
            assert answer.status_code == status, who

    def test_says_what_is_missing_where_it_is_missing(
        self, people: People, rejected: dict[str, Any]
    ):
        answer = people.app.post(
            self.path(rejected),
            data={"reason": "很急"},
            headers=people.headers("sysadmin"),
        )
        assert answer.status_code == 200
        assert 'id="reason-error"' in answer.body
        assert ">很急</textarea>" in answer.body

    def test_publishes(self, people: People, gate: Gate, rejected: dict[str, Any]):
        answer = people.app.post(
            self.path(rejected),
            data={"reason": REASON},
            headers=people.headers("sysadmin"),
            follow_redirects=False,
        )
        assert answer.status_code == 302
        gate.decide()
        assert gate.show(rejected)["state"] == "published"
        assert REASON in people.app.get(self.path(rejected)).body

    def test_of_another_dataset(self, people: People, rejected: dict[str, Any]):
        answer = people.app.post(
            f"/dataset/culture-culture-activities/report/{rejected['id']}",
            data={"reason": REASON},
            headers=people.headers("sysadmin"),
        )
        assert answer.status_code == 404

    @pytest.mark.ckan_config("WTF_CSRF_ENABLED", True)
    def test_needs_its_token(self, people: People, rejected: dict[str, Any]):
        answer = people.app.post(self.path(rejected), data={"reason": REASON})
        assert answer.status_code == 400
