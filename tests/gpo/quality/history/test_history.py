"""Versions taken back and restored, with database, storage, worker."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.tests.helpers import call_action

from ckanext.gpo.common import locks
from ckanext.gpo.quality import jobs
from ckanext.gpo.quality.model import Version
from ckanext.gpo.quality.publication import datastore, withdrawal
from ckanext.gpo.quality.workflow import State

from ...conftest import ACTIVITIES, VENUES, Gate, row
from ..versions import NAME, REASON, restore, take_back, venue

pytestmark = pytest.mark.usefixtures("with_request_context")


class TestWithdraw:
    def test_nothing_of_the_dataset_is_public_any_more(
        self, gate: Gate, app: Any, as_anonymous: Callable[..., Any]
    ):
        version = gate.judge(VENUES, row(VENUES))
        dataset = gate.dataset(VENUES)
        resource = dataset["resources"][0]
        assert as_anonymous("package_search", q=dataset["title"])[1]["count"] == 1

        answer = take_back(version)

        assert answer["state"] == "withdrawn"
        assert as_anonymous("package_search", q=dataset["title"])[1]["count"] == 0
        for action, params in (
            ("package_show", {"id": NAME}),
            ("resource_show", {"id": resource["id"]}),
            ("datastore_search", {"resource_id": resource["id"]}),
            ("gpo_quality_version_list", {"dataset": NAME}),
            ("gpo_quality_version_show", {"id": version["id"]}),
            ("gpo_quality_changes", {"dataset": NAME}),
            ("gpo_quality_file_show", {"dataset": NAME, "format": "csv"}),
        ):
            status, result = as_anonymous(action, **params)
            assert status in (403, 404), action
            assert result is None, action
        assert app.get(f"/dataset/{NAME}").status_code == 410
        for file in resource["downloads"].values():
            gone = app.get(file["url"])
            assert gone.status_code == 410
            assert REASON in gone.text
        assert app.get(f"/dataset/{NAME}/download/x.csv").status_code == 404
        assert not datastore.exists(resource["id"])
        emptied = gate.dataset(VENUES)["resources"][0]
        assert emptied["id"] == resource["id"]
        assert not emptied["datastore_active"]
        assert emptied.get("downloads") in ({}, None)
        assert emptied["row_count"] == 0
        assert emptied["size"] is None

    def test_who_and_why_stay_in_the_history(self, gate: Gate):
        version = gate.judge(VENUES, row(VENUES))

        take_back(version, "  个人信息\n未脱敏 ")

        last = gate.show(version)["events"][-1]
        assert (last["from_state"], last["to_state"]) == ("published", "withdrawn")
        assert last["reason"] == "个人信息 未脱敏"
        assert last["actor"] == call_action("get_site_user")["name"]

    @pytest.mark.parametrize("reason", ["", " \n", None])
    def test_without_a_reason_nothing_happens(self, gate: Gate, reason: str | None):
        version = gate.judge(VENUES, row(VENUES))

        with pytest.raises(tk.ValidationError, match="reason"):
            take_back(version, reason)  # type: ignore[arg-type]

        assert gate.show(version)["state"] == "published"

    @pytest.mark.parametrize("hidden", ["\0", "\x1b", "\u202e", "\u200b"])
    def test_a_reason_reads_as_it_is_stored(self, gate: Gate, hidden: str):
        version = gate.judge(VENUES, row(VENUES))

        for change in (take_back, restore):
            with pytest.raises(tk.ValidationError) as refusal:
                change(version, f"名称{hidden}登记有误")
            assert f"U+{ord(hidden):04X}" in refusal.value.error_dict["reason"][0]

        assert gate.show(version)["state"] == "published"

    def test_only_what_is_public_now_can_be_withdrawn(self, gate: Gate):
        first = gate.judge(VENUES, row(VENUES))
        second = gate.judge(VENUES, venue(1))
        rejected = gate.judge(VENUES, venue(1, venue_name=""))

        for version in (first, rejected):
            with pytest.raises(tk.ValidationError, match="id"):
                take_back(version)

        assert gate.show(second)["state"] == "published"
        assert gate.dataset(VENUES)["private"] is False

    def test_the_same_content_comes_back_by_a_persons_hand_only(self, gate: Gate):
        version = gate.judge(VENUES, row(VENUES))
        take_back(version)

        harvested = gate.submit(VENUES, row(VENUES))
        uploaded = gate.judge(VENUES, row(VENUES), source="upload")

        assert (harvested["unchanged"], harvested["state"]) == (True, "withdrawn")
        assert (uploaded["number"], uploaded["state"]) == (2, "published")

    def test_a_harvest_does_not_bring_back_what_a_person_withdrew(self, gate: Gate):
        version = gate.judge(VENUES, row(VENUES))
        late = gate.submit(VENUES, venue(1))
        take_back(version)

        with pytest.raises(tk.ValidationError, match="dataset-withdrawn"):
            gate.submit(VENUES, venue(2))
        gate.decide()

        last = gate.show(late)["events"][-1]
        assert (last["from_state"], last["to_state"]) == ("passed", "superseded")
        assert gate.dataset(VENUES)["private"] is True
        restore(version)
        gate.decide()
        assert gate.judge(VENUES, venue(2))["state"] == "published"

    def test_readers_are_told_what_why_and_by_whom(
        self, gate: Gate, as_anonymous: Callable[..., Any]
    ):
        assert as_anonymous("gpo_quality_withdrawal_show", dataset=NAME)[0] == 404
        version = gate.judge(VENUES, row(VENUES))
        assert as_anonymous("gpo_quality_withdrawal_show", dataset=NAME)[0] == 404

        take_back(version)

        status, told = as_anonymous("gpo_quality_withdrawal_show", dataset=NAME)
        assert status == 200
        assert told["code"] == "dataset-withdrawn"
        assert told["reason"] == REASON
        assert told["title"] == gate.dataset(VENUES)["title"]
        assert call_action("get_site_user")["name"] not in str(told)

    def test_what_is_older_does_not_come_out_by_itself(self, gate: Gate):
        older = gate.submit(VENUES, row(VENUES))
        newer = gate.submit(VENUES, venue(1))
        jobs.check_version(newer["id"])
        take_back(newer)

        gate.decide()

        last = gate.show(older)["events"][-1]
        assert (last["from_state"], last["to_state"]) == ("passed", "superseded")
        assert gate.dataset(VENUES)["private"] is True
        assert gate.rows(VENUES) == []

    def test_twice_at_once_is_once(self, gate: Gate, app: Any):
        def work() -> str:
            with app.flask_app.test_request_context():
                try:
                    return take_back(version)["state"]
                except tk.ValidationError:
                    return "refused"
                finally:
                    model.Session.remove()

        version = gate.judge(VENUES, row(VENUES))
        package = gate.dataset(VENUES)["id"]
        with ThreadPoolExecutor() as pool, locks.publication_lock(package):
            both = [pool.submit(work) for _ in range(2)]
            assert gate.show(version)["state"] == "published"

        assert {each.result(timeout=60) for each in both} == {"withdrawn", "refused"}
        model.Session.expire_all()
        steps = [event["to_state"] for event in gate.show(version)["events"]]
        assert steps.count("withdrawn") == 1

    def test_children_wait_for_what_was_withdrawn(self, gate: Gate):
        parent = gate.judge(VENUES, row(VENUES))
        take_back(parent)

        child = gate.judge(ACTIVITIES, row(ACTIVITIES))
        assert child["waiting_for"] == [VENUES]

        gate.judge(VENUES, row(VENUES), source="upload")
        assert gate.show(child)["state"] == "published"


class TestCrash:
    @pytest.fixture
    def cut_off(
        self, gate: Gate, monkeypatch: pytest.MonkeyPatch
    ) -> tuple[dict[str, Any], str]:
        """A withdrawal that ended right after its commit; the version, the resource."""
        version = gate.judge(VENUES, row(VENUES))
        resource = gate.dataset(VENUES)["resources"][0]["id"]

        def end(_: Version) -> None:
            raise SystemExit

        with monkeypatch.context() as patch:
            patch.setattr(withdrawal, "_drop_rows", end)
            with pytest.raises(SystemExit):
                take_back(version)
        model.Session.rollback()
        return version, resource

    def test_what_is_left_is_seen_by_nobody(
        self,
        gate: Gate,
        app: Any,
        as_anonymous: Callable[..., Any],
        cut_off: tuple[dict[str, Any], str],
    ):
        _, resource = cut_off
        assert datastore.exists(resource)

        assert as_anonymous("package_show", id=NAME)[0] == 404
        assert as_anonymous("datastore_search", resource_id=resource)[0] == 404
        assert app.get(f"/dataset/{NAME}/download/{NAME}.csv").status_code == 410

    def test_resume_finishes_it(self, gate: Gate, cut_off: tuple[dict[str, Any], str]):
        version, resource = cut_off

        jobs.resume_all()

        assert not datastore.exists(resource)
        assert gate.show(version)["state"] == "withdrawn"
        assert gate.dataset(VENUES)["private"] is True

    def test_resume_leaves_what_was_published_since(
        self, gate: Gate, cut_off: tuple[dict[str, Any], str]
    ):
        version = gate.judge(VENUES, row(VENUES), source="upload")

        jobs.resume_all()

        assert version["state"] == "published"
        assert len(gate.rows(VENUES)) == 1

    def test_before_the_commit_nothing_has_changed(
        self, gate: Gate, monkeypatch: pytest.MonkeyPatch
    ):
        version = gate.judge(VENUES, row(VENUES))

        def end(*_: Any) -> None:
            raise SystemExit

        with monkeypatch.context() as patch:
            patch.setattr(withdrawal, "_hide", end)
            with pytest.raises(SystemExit):
                take_back(version)
        model.Session.commit()
        model.Session.expire_all()
        jobs.resume_all()

        assert gate.show(version)["state"] == "published"
        assert len(gate.show(version)["events"]) == 4
        assert len(gate.rows(VENUES)) == 1


class TestRestore:
    def test_an_old_version_comes_in_as_a_new_one(self, gate: Gate):
        first = gate.judge(VENUES, row(VENUES))
        second = gate.judge(VENUES, venue(1))

        received = restore(first)
        gate.decide()

        third = gate.show(received)
        assert third["number"] == 3
        assert third["state"] == "published"
        assert third["content_hash"] == first["content_hash"]
        assert third["source"] == "restore"
        assert third["origin"]["restored"] == {"id": first["id"], "number": 1}
        assert third["origin"]["row_offset"] == first["origin"]["row_offset"]
        assert third["events"][0]["reason"] == REASON
        assert gate.show(first)["state"] == gate.show(second)["state"] == "superseded"
        (published,) = gate.rows(VENUES)
        assert published["venue_code"] == row(VENUES)["venue_code"]

    def test_what_was_withdrawn_can_be_restored(self, gate: Gate):
        first = gate.judge(VENUES, row(VENUES))
        take_back(first)

        received = restore(first)
        gate.decide()

        assert received["unchanged"] is False
        assert gate.show(received)["state"] == "published"
        assert gate.dataset(VENUES)["private"] is False

    def test_what_its_source_declared_is_restored_too(self, gate: Gate):
        declaration = {"codes": {"venue_name": {"1": "示例馆"}}}
        first = gate.judge(VENUES, row(VENUES, venue_name="1"), declaration=declaration)
        take_back(first)

        received = restore(first)
        gate.decide()

        stored = Version.get(received["id"])
        assert stored
        assert stored.declaration == declaration
        assert [each["venue_name"] for each in gate.rows(VENUES)] == ["示例馆"]

    def test_after_a_restore_the_newer_content_is_taken_again(self, gate: Gate):
        first = gate.judge(VENUES, row(VENUES))
        gate.judge(VENUES, venue(1))
        restore(first)
        gate.decide()

        assert gate.submit(VENUES, row(VENUES))["unchanged"] is True
        again = gate.judge(VENUES, venue(1))

        assert (again["number"], again["state"]) == (4, "published")

    def test_what_is_public_or_undecided_is_not_restored(self, gate: Gate):
        live = gate.judge(VENUES, row(VENUES))
        undecided = gate.submit(VENUES, venue(1))

        for version in (live, undecided):
            with pytest.raises(tk.ValidationError, match="id"):
                restore(version)

    def test_an_unknown_version_is_not_found(self, gate: Gate):
        for change in (restore, take_back):
            with pytest.raises(tk.ObjectNotFound):
                change({"id": "no"})


def test_versions_tell_their_events(gate: Gate, as_anonymous: Callable[..., Any]):
    gate.judge(VENUES, row(VENUES))
    take_back(gate.judge(VENUES, venue(1)))
    gate.judge(VENUES, venue(2), source="upload")

    _, versions = as_anonymous("gpo_quality_version_list", dataset=NAME)

    assert [v["state"] for v in versions] == ["published", "withdrawn", "superseded"]
    assert [e["to_state"] for e in versions[1]["events"]][-1] == "withdrawn"
    assert versions[1]["events"][-1]["reason"] == REASON
    assert versions[0]["engine"].startswith("frictionless")
    # what it held is not told any more, nor in examples of its report
    reports = [
        as_anonymous("gpo_quality_version_show", id=version["id"])[0]
        for version in versions
    ]
    assert reports == [200, 404, 200]


@pytest.mark.parametrize("action", ["withdraw", "restore"])
def test_only_editors_change_history(
    gate: Gate, staff: dict[str, dict[str, Any]], action: str
):
    first = gate.judge(VENUES, row(VENUES))
    live = gate.judge(VENUES, venue(1))
    version = live if action == "withdraw" else first
    do = tk.get_action(f"gpo_quality_version_{action}")

    for who in ("anonymous", "reader", "other"):
        with pytest.raises(tk.NotAuthorized):
            do(
                staff[who] | {"ignore_auth": False},
                {"id": version["id"], "reason": "x"},
            )
    assert gate.show(live)["state"] == State.PUBLISHED.value

    answer = do(staff["editor"], {"id": version["id"], "reason": REASON})
    expected = {"withdraw": "withdrawn", "restore": "received"}[action]
    assert answer["state"] == expected
    assert gate.show(answer)["events"][-1]["actor"] == staff["editor"]["user"]
