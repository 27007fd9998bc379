"""Versions compared, and what changed told, with database, storage, worker."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.tests.helpers import call_action, call_auth

from ckanext.gpo.quality.model import Version
from ckanext.gpo.quality.publication import storage

from ...conftest import VENUES, Gate
from ..versions import NAME, diff, restore, take_back, venue

pytestmark = pytest.mark.usefixtures("with_request_context")


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
        staff: dict[str, dict[str, Any]],
    ):
        for number in (1, 2):
            gate.judge(VENUES, venue(number))
        take_back(gate.judge(VENUES, venue(3)))
        gate.judge(VENUES, venue(4), source="upload")
        gate.judge(VENUES, venue(5, venue_name=""))

        def status(old: int, new: int) -> int:
            params = {"dataset": NAME, "from": str(old), "to": str(new)}
            return as_anonymous("gpo_quality_version_diff", **params)[0]

        assert status(1, 4) == 200
        assert status(2, 1) == 200
        # 3 was taken back, 5 was rejected
        assert status(2, 3) == status(3, 4) == status(4, 5) == 404
        access = {"dataset": NAME, "public": False}
        for who in ("anonymous", "reader", "other"):
            with pytest.raises(tk.ObjectNotFound):
                call_auth("gpo_quality_version_diff", staff[who], **access)
        assert call_auth("gpo_quality_version_diff", staff["editor"], **access)
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
        gate.judge(VENUES, venue(2), venue(3), source="upload")

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
