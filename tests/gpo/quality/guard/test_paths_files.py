"""Ways round the gate by files and their addresses, see PATHS.md."""

from __future__ import annotations

from typing import Any

import pytest

from ckan import model
from ckan.lib import files
from ckan.lib.files import FileData, Location, get_storage, make_upload

from ckanext.gpo.quality.model import Version
from ckanext.gpo.quality.publication import storage

from ...conftest import VENUES, Gate, row
from ..conftest import NAME, People

KINDS = ("csv", "xlsx", "json")


def everything_of(version_id: str) -> list[str]:
    """Where all files of a version lie in the gate's storage."""
    version = Version.get(version_id)
    assert version
    built = [file["location"] for file in (version.files or {}).values()]
    return [storage.candidate(version_id), *built]


class TestStorage:
    def test_register(self, people: People, gate: Gate, published: dict[str, Any]):
        rejected = gate.judge(VENUES, row(VENUES, venue_name=""))
        live = Version.get_published(published["id"])
        assert live
        for version in (rejected["id"], live.id):
            for location in everything_of(version):
                people.refused(
                    "file_register", location=location, storage=storage.STORAGE
                )

    def test_create(self, people: People, published: dict[str, Any]):
        people.refused("file_create", storage=storage.STORAGE, name="x.csv", upload="x")

    def test_addresses(self, people: People, gate: Gate, published: dict[str, Any]):
        rejected = gate.judge(VENUES, row(VENUES, venue_name=""))
        live = Version.get_published(published["id"])
        assert live
        for location in everything_of(rejected["id"]) + everything_of(live.id):
            for who in people.tokens:
                for address in (
                    f"/file/public-download/{storage.STORAGE}/{location}",
                    f"/file/download/{location}",
                    f"/uploads/versions/{location}",
                    f"/versions/{location}",
                    f"/{location}",
                ):
                    answer = people.app.get(address, headers=people.headers(who))
                    assert answer.status_code in (403, 404), (who, address)

    def test_is_not_public(self):
        assert not files.get_storage(storage.STORAGE).settings.public


class TestOwnership:
    @pytest.fixture
    def file(self, people: People) -> str:
        """A file of the editor's own that looks like the dataset's."""
        user = model.User.get("the-editor")
        assert user
        data = get_storage("test").upload(Location("x.csv"), make_upload(b"a,b"))
        made = model.File(name=f"{NAME}.csv", storage="test", **data.as_dict())
        model.Session.add(made)
        model.Session.flush()
        owner = model.FileOwner(file_id=made.id, owner_id=user.id, owner_type="user")
        model.Session.add(owner)
        model.Session.commit()
        return made.id

    @pytest.mark.parametrize("kind", ["package", "resource"])
    def test_transfer(
        self, people: People, published: dict[str, Any], file: str, kind: str
    ):
        ids = {
            "package": [published["id"], NAME],
            "resource": [published["resources"][0]["id"]],
        }
        for owner in ids[kind]:
            people.refused(
                "file_ownership_transfer", id=file, owner_id=owner, owner_type=kind
            )
        assert people.app.get(f"/file/download/{file}").status_code == 404

    def test_upload_by_clerks_is_off(self, people: People, private: dict[str, Any]):
        for who in ("", "editor", "admin", "outsider"):
            status, _ = people.ask(who, "file_create", name="x.csv", upload="x")
            assert status in (403, 409), who


class TestDownload:
    def test_private(self, people: People, private: dict[str, Any]):
        for who in people.tokens:
            for kind in KINDS:
                answer = people.app.get(
                    f"/dataset/{NAME}/download/{NAME}.{kind}",
                    headers=people.headers(who),
                )
                assert answer.status_code in (403, 404), (who, kind)

    def test_rejected(self, people: People, gate: Gate, private: dict[str, Any]):
        rejected = gate.judge(VENUES, row(VENUES, venue_name=""))
        for who in people.tokens:
            for kind in (*KINDS, "candidate", rejected["id"]):
                answer = people.app.get(
                    f"/dataset/{NAME}/download/{NAME}.{kind}",
                    headers=people.headers(who),
                )
                assert answer.status_code in (403, 404), (who, kind)
        assert not storage_has(rejected["id"], "csv")

    def test_rejected_after_published(
        self, people: People, gate: Gate, published: dict[str, Any]
    ):
        before = people.public()
        gate.judge(VENUES, row(VENUES, venue_name=""))
        assert people.public() == before

    def test_old_version(self, people: People, gate: Gate, published: dict[str, Any]):
        first = Version.get_published(published["id"])
        assert first
        gate.judge(VENUES, row(VENUES, venue_name="示例新馆"))
        for location in everything_of(first.id):
            answer = people.app.get(f"/dataset/{NAME}/download/{location}")
            assert answer.status_code == 404
        assert "示例新馆" in people.file()[1].decode("utf-8-sig")

    def test_of_ckan(self, people: People, published: dict[str, Any]):
        """CKAN's own download address leads to the version's file and nowhere else."""
        (one,) = published["resources"]
        for tail in ("download", f"download/{NAME}.csv", "download/../../x"):
            answer = people.app.get(
                f"/dataset/{NAME}/resource/{one['id']}/{tail}", follow_redirects=False
            )
            assert answer.status_code in (302, 404)
            if answer.status_code == 302:
                assert answer.headers["Location"] == one["url"]

    def test_of_ckan_when_private(self, people: People, private: dict[str, Any]):
        (one,) = private["resources"]
        for who in ("", "outsider"):
            answer = people.app.get(
                f"/dataset/{NAME}/resource/{one['id']}/download",
                headers=people.headers(who),
                follow_redirects=False,
            )
            assert answer.status_code in (403, 404), who


def storage_has(version_id: str, kind: str) -> bool:
    place = FileData(Location(f"{version_id}/{NAME}.{kind}"))
    return get_storage(storage.STORAGE).exists(place)
