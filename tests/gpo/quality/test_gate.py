"""The gate with its database, its storage and its worker."""

from __future__ import annotations

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa
from werkzeug.datastructures import FileStorage

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib.jobs import get_queue
from ckan.tests import factories
from ckan.tests.helpers import call_action, call_auth

from ckanext.gpo.common import formats, locks
from ckanext.gpo.common.tables import table
from ckanext.gpo.quality import jobs
from ckanext.gpo.quality.model import Version
from ckanext.gpo.quality.publication import datastore

from ..conftest import ACTIVITIES, VENUES, Gate, as_csv, row

pytestmark = pytest.mark.usefixtures("with_request_context")


class TestPublication:
    def test_what_a_department_hid_a_newer_version_does_not_show(
        self, gate: Gate, as_anonymous: Callable[..., Any]
    ):
        name = table(VENUES).dataset_name
        gate.judge(VENUES, row(VENUES))
        site = {"user": call_action("get_site_user")["name"]}
        call_action("package_patch", site, id=name, private=True)

        version = gate.judge(VENUES, row(VENUES, venue_name="另一处"))

        assert version["state"] == "published"
        assert as_anonymous("package_show", id=name)[0] == 404

    def test_passed_version_is_public_in_every_form(
        self, gate: Gate, app: Any, as_anonymous: Callable[..., Any]
    ):
        assert as_anonymous("package_show", id=table(VENUES).dataset_name)[0] == 404

        version = gate.judge(VENUES, row(VENUES))

        assert version["state"] == "published"
        assert version["report"]["valid"]
        assert version["row_count"] == 1
        steps = [event["to_state"] for event in version["events"]]
        assert steps == ["received", "checking", "passed", "published"]

        status, dataset = as_anonymous("package_show", id=table(VENUES).dataset_name)
        assert status == 200
        resource = dataset["resources"][0]
        assert resource["row_count"] == 1
        assert set(resource["downloads"]) == set(formats.MEDIA_TYPES)
        status, found = as_anonymous("datastore_search", resource_id=resource["id"])
        assert status == 200
        assert found["total"] == 1
        labels = {f["id"]: f["info"]["label"] for f in found["fields"] if "info" in f}
        assert labels["venue_name"] == "机构名称"
        assert as_anonymous("package_search", q=dataset["title"])[1]["count"] == 1
        for kind, file in resource["downloads"].items():
            answer = app.get(file["url"])
            assert answer.status_code == 200, kind
            assert len(answer.data) == file["size"]
            assert answer.headers["ETag"] == f'"{file["sha256"]}"'

    def test_next_version_takes_its_place(self, gate: Gate):
        first = gate.judge(VENUES, row(VENUES))
        resource = gate.dataset(VENUES)["resources"][0]["id"]

        second = gate.judge(VENUES, row(VENUES, venue_name="示例新馆"))

        assert gate.show(first)["state"] == "superseded"
        assert second["state"] == "published"
        assert gate.dataset(VENUES)["resources"][0]["id"] == resource
        assert [r["venue_name"] for r in gate.rows(VENUES)] == ["示例新馆"]
        versions = call_action(
            "gpo_quality_version_list", dataset=table(VENUES).dataset_name
        )
        assert [v["number"] for v in versions] == [2, 1]

    def test_unchanged_candidate_is_not_checked_again(self, gate: Gate):
        first = gate.judge(VENUES, row(VENUES))

        again = gate.submit(VENUES, row(VENUES))

        assert again["unchanged"] is True
        assert again["id"] == first["id"]

    def test_handed_in_again_while_open_it_is_queued_again(self, gate: Gate):
        first = gate.submit(VENUES, row(VENUES))
        get_queue(jobs.QUEUE).empty()

        for _ in range(2):
            again = gate.submit(VENUES, row(VENUES))
            assert (again["unchanged"], again["state"]) == (True, "received")
            assert get_queue(jobs.QUEUE).count == 1
        gate.decide()

        assert gate.show(first)["state"] == "published"

    def test_a_sweep_queues_what_no_job_has_in_hand(self, gate: Gate):
        version = gate.submit(VENUES, row(VENUES))
        queue = get_queue(jobs.QUEUE)

        assert jobs.sweep() == 0
        queue.empty()
        assert jobs.sweep() == 1
        gate.decide()

        assert gate.show(version)["state"] == "published"
        assert jobs.sweep() == 0

    def test_a_sweep_leaves_what_waits_for_another_table(self, gate: Gate):
        child = gate.judge(ACTIVITIES, row(ACTIVITIES))

        assert jobs.sweep() == 0

        gate.judge(VENUES, row(VENUES))
        assert gate.show(child)["state"] == "published"


class TestSubmission:
    def test_a_caller_does_not_say_what_door_he_came_through(self, gate: Gate):
        file = io.BytesIO(as_csv(VENUES, row(VENUES)))

        version = tk.get_action("gpo_quality_version_submit")(
            {"user": factories.Sysadmin()["name"]},
            {
                "dataset": table(VENUES).dataset_name,
                "source": "scjg-market",
                "declaration": {"allow": ["negative-brackets"]},
                "upload": FileStorage(file, "场馆\u202e表.csv"),
            },
        )

        assert version["source"] == "upload"
        stored = Version.get(version["id"])
        assert stored
        assert stored.declaration == {}
        assert version["origin"] == {"label": "场馆表.csv"}

    @pytest.mark.parametrize("code", ["202E", "2066", "0007"])
    def test_what_does_not_show_is_found_in_its_place(self, gate: Gate, code: str):
        name = f"示例{chr(int(code, 16))}馆"

        version = gate.judge(VENUES, row(VENUES, venue_name=name))

        assert version["state"] == "rejected"
        (error,) = version["report"]["errors"]
        assert (error["row"], error["field"]) == (2, "venue_name")
        assert error["value"] == f"示例<U+{code}>馆"

    @pytest.mark.parametrize("field", ["title", "notes", "tag_string"])
    def test_what_does_not_show_is_refused_in_metadata(self, gate: Gate, field: str):
        site = {"user": call_action("get_site_user")["name"]}
        with pytest.raises(tk.ValidationError, match=field):
            call_action(
                "package_patch",
                site,
                id=table(VENUES).dataset_name,
                **{field: "公共\u202e文化"},
            )


class TestRejection:
    def test_nothing_public_changes(self, gate: Gate):
        gate.judge(VENUES, row(VENUES))
        before = gate.dataset(VENUES)

        rejected = gate.judge(
            VENUES, row(VENUES), row(VENUES, venue_code="错", venue_name="")
        )

        assert rejected["state"] == "rejected"
        after = gate.dataset(VENUES)
        assert after["resources"] == before["resources"]
        assert after["metadata_modified"] == before["metadata_modified"]
        assert len(gate.rows(VENUES)) == 1

    def test_report_says_row_column_value_rule_and_remedy(self, gate: Gate):
        report = gate.judge(VENUES, row(VENUES, updated_date="2017-02-30"))["report"]

        (error,) = report["errors"]
        assert error["rule"] == "type-error"
        assert error["row"] == 2
        assert error["source_row"] == 4
        assert error["value"] == "2017-02-30"
        assert error["cells"]["updated_date"] == "2017-02-30"
        assert error["label"] == "信息更新日期"
        assert error["expected"]
        assert error["fix"]

    def test_reports_of_rejected_versions_are_not_for_everybody(
        self, gate: Gate, as_anonymous: Callable[..., Any]
    ):
        gate.judge(VENUES, row(VENUES))
        rejected = gate.judge(VENUES, row(VENUES, venue_name=""))

        assert as_anonymous("gpo_quality_version_show", id=rejected["id"])[0] == 404
        _, versions = as_anonymous(
            "gpo_quality_version_list", dataset=table(VENUES).dataset_name
        )
        assert [v["state"] for v in versions] == ["published"]

    @pytest.mark.parametrize(
        ("content", "rule"),
        [
            (b"", "file-empty"),
            (b"\xff\xff\xff,\xff\n", "encoding-implausible"),
            (as_csv(VENUES), "table-dimensions"),
            ("编号,名称\n1,甲\n".encode(), "header-missing"),
        ],
    )
    def test_unreadable_files_end_as_reports(
        self, gate: Gate, content: bytes, rule: str
    ):
        version = gate.judge(VENUES, content=content)

        assert version["state"] == "rejected"
        assert rule in {error["rule"] for error in version["report"]["errors"]}


class TestReferences:
    def test_child_waits_until_its_parent_is_published(self, gate: Gate):
        venue = row(VENUES)
        child = gate.judge(ACTIVITIES, row(ACTIVITIES, venue_code=venue["venue_code"]))
        assert child["state"] == "received"
        assert child["waiting_for"] == [VENUES]

        gate.judge(VENUES, venue)

        assert gate.show(child)["state"] == "published"
        assert gate.show(child)["waiting_for"] == []

    def test_reference_to_nothing_is_rejected(self, gate: Gate):
        gate.judge(VENUES, row(VENUES))
        stranger = row(VENUES)["venue_code"][:-1] + "9"

        version = gate.judge(ACTIVITIES, row(ACTIVITIES, venue_code=stranger))

        assert version["state"] == "rejected"
        (error,) = version["report"]["errors"]
        assert (error["rule"], error["value"]) == ("foreign-key", stranger)
        assert error["reference"] == VENUES


class TestNoWayRound:
    """Paths of CKAN that must not make data public, for sysadmins neither."""

    @pytest.fixture
    def admin(self) -> dict[str, str]:
        return {"user": factories.Sysadmin()["name"], "ignore_auth": False}

    def test_package_create(self, gate: Gate, admin: dict[str, str]):
        dataset = gate.dataset(VENUES)
        for key in ("id", "resources", "metadata_created", "metadata_modified"):
            dataset.pop(key)
        with pytest.raises(tk.ValidationError, match="private"):
            call_action(
                "package_create", admin, **(dataset | {"name": "x", "private": False})
            )

    @pytest.mark.parametrize("action", ["package_patch", "package_update"])
    def test_package_update(self, gate: Gate, admin: dict[str, str], action: str):
        changes = gate.dataset(VENUES) if action == "package_update" else {}
        changes |= {"id": gate.dataset(VENUES)["id"], "private": False}
        with pytest.raises(tk.ValidationError, match="private"):
            call_action(action, admin, **changes)
        assert gate.dataset(VENUES)["private"] is True

    def test_package_revise(self, gate: Gate, admin: dict[str, str]):
        with pytest.raises(tk.ValidationError, match="private"):
            call_action(
                "package_revise",
                admin,
                match={"name": table(VENUES).dataset_name},
                update={"private": False},
            )

    def test_bulk_update_public(self, gate: Gate, admin: dict[str, str]):
        dataset = gate.dataset(VENUES)
        with pytest.raises(tk.NotAuthorized):
            call_action(
                "bulk_update_public",
                admin,
                datasets=[dataset["id"]],
                org_id=dataset["owner_org"],
            )

    @pytest.mark.parametrize(
        "change",
        [
            {"url": "https://example.org/other.csv"},
            {"downloads": {"csv": {"url": "https://example.org/other.csv"}}},
            {"upload": io.BytesIO(b"a,b")},
        ],
        ids=["url", "downloads", "upload"],
    )
    def test_resource_patch(
        self, gate: Gate, admin: dict[str, str], change: dict[str, Any]
    ):
        gate.judge(VENUES, row(VENUES))
        resource = gate.dataset(VENUES)["resources"][0]
        with pytest.raises(tk.ValidationError, match="数据集的文件"):
            call_action("resource_patch", admin, id=resource["id"], **change)
        assert gate.dataset(VENUES)["resources"][0] == resource

    def test_resource_create(self, gate: Gate, admin: dict[str, str]):
        with pytest.raises(tk.ValidationError, match="数据集的文件"):
            call_action(
                "resource_create",
                admin,
                package_id=gate.dataset(VENUES)["id"],
                url="https://example.org/other.csv",
                format="CSV",
            )

    @pytest.mark.parametrize(
        "action", ["datastore_create", "datastore_upsert", "datastore_delete"]
    )
    def test_datastore_writes(self, gate: Gate, admin: dict[str, str], action: str):
        gate.judge(VENUES, row(VENUES))
        resource = gate.dataset(VENUES)["resources"][0]["id"]
        with pytest.raises((tk.NotAuthorized, tk.ValidationError)):
            call_action(action, admin, resource_id=resource, records=[], force=True)
        assert len(gate.rows(VENUES)) == 1


class TestCrash:
    def test_publication_cut_off_before_the_swap_is_finished(self, gate: Gate):
        gate.judge(VENUES, row(VENUES))
        resource = gate.dataset(VENUES)["resources"][0]["id"]
        version = model.Session.scalar(sa.select(Version))
        assert version
        with datastore.backend.get_write_engine().begin() as connection:
            connection.execute(
                sa.text(f'ALTER TABLE "{resource}" RENAME TO "{version.id}"')
            )
        assert gate.rows(VENUES) == []

        jobs.resume_all()

        assert len(gate.rows(VENUES)) == 1

    def test_version_left_in_checking_is_taken_up(self, gate: Gate):
        version = gate.submit(VENUES, row(VENUES))
        stored = Version.get(version["id"])
        assert stored
        stored.enter(jobs.State.CHECKING, jobs.ACTOR)
        model.Session.commit()

        assert jobs.resume_all() == 1
        gate.decide()

        assert gate.show(version)["state"] == "published"


def test_two_workers_decide_a_version_once(gate: Gate, app: Any):
    def work() -> None:
        with app.flask_app.test_request_context():
            jobs.check_version(version["id"])
        model.Session.remove()

    version = gate.submit(VENUES, row(VENUES))
    package = gate.dataset(VENUES)["id"]
    with ThreadPoolExecutor() as pool, locks.dataset_lock(package):
        others = [pool.submit(work) for _ in range(2)]
        assert gate.show(version)["state"] == "received"
    for other in others:
        other.result(timeout=60)

    steps = [event["to_state"] for event in gate.show(version)["events"]]
    assert steps == ["received", "checking", "passed", "published"]


def test_only_editors_hand_in(gate: Gate):
    reader = factories.User()
    with pytest.raises(tk.ObjectNotFound):
        call_auth(
            "gpo_quality_version_submit",
            {"user": reader["name"], "model": model},
            dataset=table(VENUES).dataset_name,
        )
