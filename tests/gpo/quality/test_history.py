"""Versions taken back, restored, compared and told of, with database, storage, worker."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import call_action, call_auth

from ckanext.gpo.catalogue import reference, seed
from ckanext.gpo.common.tables import table
from ckanext.gpo.quality import datastore, exclusive, jobs, storage, withdraw
from ckanext.gpo.quality.model import Version
from ckanext.gpo.quality.workflow import State

from ..conftest import ACTIVITIES, VENUES, Gate, row

pytestmark = pytest.mark.usefixtures("with_request_context")

NAME = table(VENUES).dataset_name
REASON = "名称登记有误"


def take_back(version: dict[str, Any], reason: str = REASON) -> dict[str, Any]:
    return call_action(
        "gpo_quality_version_withdraw",
        {"user": call_action("get_site_user")["name"]},
        id=version["id"],
        reason=reason,
    )


def restore(version: dict[str, Any], reason: str = REASON) -> dict[str, Any]:
    return call_action(
        "gpo_quality_version_restore",
        {"user": call_action("get_site_user")["name"]},
        id=version["id"],
        reason=reason,
    )


def diff(old: int, new: int, **params: Any) -> dict[str, Any]:
    params |= {"dataset": NAME, "from": old, "to": new}
    return call_action("gpo_quality_version_diff", **params)


def venue(number: int, **changes: str) -> dict[str, str]:
    good = row(VENUES)
    code = good["venue_code"]
    return good | {"venue_code": f"{code[:-2]}{number:02}"} | changes


@pytest.fixture
def people(gate: Gate) -> dict[str, dict[str, Any]]:
    """Contexts of somebody without account, of another department, of this one."""
    other = next(d for d in reference.departments() if d["name"] != "wglj")
    seed.ensure_department(other)
    users = {who: factories.User()["name"] for who in ("reader", "other", "editor")}
    for org, who in ((other["name"], "other"), ("wglj", "editor")):
        call_action(
            "organization_member_create",
            {"user": call_action("get_site_user")["name"]},
            id=org,
            username=users[who],
            role="editor",
        )
    contexts = {who: {"user": name, "model": model} for who, name in users.items()}
    return contexts | {"anonymous": {"user": "", "model": model}}


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
        assert app.get(f"/dataset/{NAME}").status_code == 404
        for file in resource["downloads"].values():
            assert app.get(file["url"]).status_code == 403
        assert not datastore.exists(resource["id"])
        emptied = gate.dataset(VENUES)["resources"][0]
        assert emptied["id"] == resource["id"]
        assert not emptied["datastore_active"]
        assert emptied.get("downloads") in ({}, None)
        assert emptied["row_count"] == 0
        assert emptied["size"] is None

    def test_who_and_why_stay_in_the_history(self, gate: Gate):
        version = gate.judge(VENUES, row(VENUES))

        take_back(version, "  个人信息\0未脱敏 ")

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
        with ThreadPoolExecutor() as pool, exclusive.publication(package):
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
            patch.setattr(withdraw, "_drop_rows", end)
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

        assert as_anonymous("package_show", id=NAME)[0] == 403
        assert as_anonymous("datastore_search", resource_id=resource)[0] == 403
        assert app.get(f"/dataset/{NAME}/download/{NAME}.csv").status_code == 403

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
            patch.setattr(withdraw, "_hide", end)
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


class TestDiff:
    @pytest.fixture
    def changed(self, gate: Gate) -> None:
        """Version 1: records 1, 2, 3. Version 2: 2 with another name, 3, 4."""
        gate.judge(VENUES, venue(1), venue(2), venue(3))
        gate.judge(VENUES, venue(2, venue_name="示例新馆"), venue(3), venue(4))

    @pytest.mark.usefixtures("changed")
    def test_tells_totals_and_cells(self, gate: Gate):
        found = diff(1, 2)

        assert found["key"] == ["venue_code"]
        assert found["totals"] == {
            "added": 1,
            "removed": 1,
            "changed": 1,
            "unchanged": 1,
        }
        removed, changed, added = found["records"]
        assert [r["kind"] for r in found["records"]] == ["removed", "changed", "added"]
        assert removed["row"]["venue_code"] == venue(1)["venue_code"]
        assert added["row"]["updated_date"] == venue(4)["updated_date"]
        name = {"old": venue(2)["venue_name"], "new": "示例新馆"}
        assert changed["cells"] == {"venue_name": name}
        assert (found["from"]["number"], found["to"]["number"]) == (1, 2)

    @pytest.mark.usefixtures("changed")
    def test_tells_one_kind_in_pages(self, gate: Gate):
        found = diff(1, 2, kind="added", offset=0, limit=10)
        assert [r["kind"] for r in found["records"]] == ["added"]
        assert found["count"] == 1
        assert diff(1, 2, limit=2)["count"] == 3
        assert len(diff(1, 2, limit=2)["records"]) == 2
        assert diff(1, 2, offset=3)["records"] == []

    @pytest.mark.usefixtures("changed")
    @pytest.mark.parametrize(
        ("params", "field"),
        [
            ({"old": "x"}, "from"),
            ({"old": 0}, "from"),
            ({"new": 2**40}, "to"),
            ({"kind": "unchanged"}, "kind"),
            ({"limit": 1001}, "limit"),
            ({"offset": -1}, "offset"),
        ],
    )
    def test_wrong_words_are_named(self, params: dict[str, Any], field: str):
        with pytest.raises(tk.ValidationError) as err:
            diff(**{"old": 1, "new": 2, **params})
        assert list(err.value.error_dict) == [field]

    @pytest.mark.usefixtures("changed")
    def test_unknown_versions_are_not_found(self):
        with pytest.raises(tk.ObjectNotFound):
            diff(1, 9)

    def test_of_public_history_for_everyone(
        self,
        gate: Gate,
        as_anonymous: Callable[..., Any],
        people: dict[str, dict[str, Any]],
    ):
        for number in (1, 2):
            gate.judge(VENUES, venue(number))
        take_back(gate.judge(VENUES, venue(3)))
        gate.judge(VENUES, venue(4))
        gate.judge(VENUES, venue(5, venue_name=""))

        def status(old: int, new: int) -> int:
            params = {"dataset": NAME, "from": str(old), "to": str(new)}
            return as_anonymous("gpo_quality_version_diff", **params)[0]

        assert status(1, 4) == 200
        assert status(2, 1) == 200
        # 3 was taken back, 5 was rejected
        assert status(2, 3) == status(3, 4) == status(4, 5) == 403
        access = {"dataset": NAME, "public": False}
        for who in ("anonymous", "reader", "other"):
            with pytest.raises(tk.NotAuthorized):
                call_auth("gpo_quality_version_diff", people[who], **access)
        assert call_auth("gpo_quality_version_diff", people["editor"], **access)
        assert diff(3, 4)["totals"]["added"] == 1


class TestWithoutParquet:
    def test_the_code_says_what_is_missing(self, gate: Gate):
        for number in (1, 2):
            gate.judge(VENUES, venue(number))
        model.Session.execute(sa.update(Version).values(files={}))
        model.Session.commit()
        model.Session.expire_all()

        with pytest.raises(tk.ValidationError) as err:
            diff(1, 2)

        assert err.value.error_dict["code"] == ["version-not-comparable"]
        assert "1" in err.value.error_dict["version"][0]

    @pytest.mark.parametrize("content", [b"no parquet", None])
    def test_a_spoilt_file_is_told_the_same_way(
        self, gate: Gate, content: bytes | None
    ):
        for number in (1, 2):
            gate.judge(VENUES, venue(number))
        _spoil(1, content)

        with pytest.raises(tk.ValidationError) as err:
            diff(1, 2)

        assert err.value.error_dict["code"] == ["version-not-comparable"]

    def test_a_spoilt_file_holds_up_no_publication(self, gate: Gate):
        gate.judge(VENUES, venue(1))
        _spoil(1, b"no parquet")

        version = gate.judge(VENUES, venue(2))

        assert version["state"] == "published"
        assert version["changes"] == {"previous": 1, "totals": None}


def _spoil(number: int, content: bytes | None) -> None:
    version = model.Session.scalar(sa.select(Version).where(Version.number == number))
    assert version
    assert version.files
    location = version.files["parquet"]["location"]
    kept = storage.files.get_storage(storage.STORAGE)
    place = storage.files.FileData(storage.files.Location(location))
    kept.remove(place)
    if content is not None:
        kept.upload(place.location, storage.files.make_upload(content))


class TestChanges:
    def test_tells_every_publication_with_its_totals(
        self, gate: Gate, as_anonymous: Callable[..., Any]
    ):
        gate.judge(VENUES, venue(1), venue(2))
        gate.judge(VENUES, venue(2, venue_name=""))
        take_back(gate.judge(VENUES, venue(2)))
        gate.judge(VENUES, venue(2), venue(3))

        first, taken_back, last = as_anonymous("gpo_quality_changes", dataset=NAME)[1]

        assert (first["version"], first["previous"], first["totals"]) == (1, None, None)
        assert first["diff"] is None
        assert (taken_back["version"], taken_back["state"]) == (3, "withdrawn")
        assert taken_back["totals"]["removed"] == 1
        assert taken_back["diff"] is None
        # against the last version that nobody took back
        assert (last["version"], last["previous"]) == (4, 1)
        assert last["totals"] == {
            "added": 1,
            "removed": 1,
            "changed": 0,
            "unchanged": 1,
        }
        assert last["diff"].startswith("http://")
        assert "from=1" in last["diff"]
        assert "to=4" in last["diff"]

    def test_tells_what_came_since(self, gate: Gate):
        for number in range(1, 4):
            gate.judge(VENUES, venue(number))
        second = gate.show(
            {
                "id": model.Session.scalar(
                    sa.select(Version.id).where(Version.number == 2)
                )
            }
        )

        def since(value: Any) -> list[int]:
            found = call_action("gpo_quality_changes", dataset=NAME, since=value)
            return [entry["version"] for entry in found]

        assert since(0) == [1, 2, 3]
        assert since("2") == [3]
        assert since(3) == since("9" * 30) == []
        assert since("2017-05-01") == [1, 2, 3]
        assert since("2999-01-01T00:00:00+08:00") == []
        exact = model.Session.scalar(
            sa.select(Version.published).where(Version.id == second["id"])
        )
        assert exact
        assert since(exact.isoformat()) == [3]
        for wrong in ("yesterday", "-1", "2026-13-01"):
            with pytest.raises(tk.ValidationError, match="since"):
                since(wrong)

    def test_what_does_not_change_is_said_too(self, gate: Gate):
        first = gate.judge(VENUES, venue(1))
        take_back(first)
        restore(first)
        gate.decide()

        entries = call_action("gpo_quality_changes", dataset=NAME)

        assert entries[1]["previous"] is None
        assert entries[1]["totals"] is None


def test_versions_tell_their_events(gate: Gate, as_anonymous: Callable[..., Any]):
    gate.judge(VENUES, row(VENUES))
    take_back(gate.judge(VENUES, venue(1)))
    gate.judge(VENUES, venue(2))

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
    assert reports == [200, 403, 200]


@pytest.mark.parametrize("action", ["withdraw", "restore"])
def test_only_editors_change_history(
    gate: Gate, people: dict[str, dict[str, Any]], action: str
):
    first = gate.judge(VENUES, row(VENUES))
    live = gate.judge(VENUES, venue(1))
    version = live if action == "withdraw" else first
    do = tk.get_action(f"gpo_quality_version_{action}")

    for who in ("anonymous", "reader", "other"):
        with pytest.raises(tk.NotAuthorized):
            do(
                people[who] | {"ignore_auth": False},
                {"id": version["id"], "reason": "x"},
            )
    assert gate.show(live)["state"] == State.PUBLISHED.value

    answer = do(people["editor"], {"id": version["id"], "reason": REASON})
    expected = {"withdraw": "withdrawn", "restore": "received"}[action]
    assert answer["state"] == expected
    assert gate.show(answer)["events"][-1]["actor"] == people["editor"]["user"]
