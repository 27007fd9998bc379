"""Ways round the gate by CKAN's package actions and forms, see PATHS.md."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ckan import model
from ckan.tests.helpers import call_action

from ckanext.gpo.catalogue import reference, seed
from ckanext.gpo.common.tables import table, tables
from ckanext.gpo.quality.model import Version
from ckanext.gpo.quality.publication import datastore, storage

from ...conftest import VENUES, Gate, row
from ..conftest import NAME, OTHER, People, copy_of

PUBLIC_WORDS = [False, "false", "False", "no", "on", "None", "", 0, None, [], {}, 0.5]
"""Values that CKAN reads as "not private", whatever others read."""


class TestVisibility:
    def test_create(self, people: People, private: dict[str, Any]):
        for word in PUBLIC_WORDS:
            people.refused("package_create", **copy_of(private, private=word))

    def test_create_is_private_when_nothing_is_said(
        self, people: People, private: dict[str, Any]
    ):
        wanted = copy_of(private)
        del wanted["private"]
        status, made = people.ask("editor", "package_create", **wanted)
        assert status == 200, made
        assert made["private"] is True
        people.refused("package_patch", id=made["id"], private=False)

    def test_patch(self, people: People, private: dict[str, Any]):
        for word in PUBLIC_WORDS:
            people.refused("package_patch", id=private["id"], private=word)

    def test_update(self, people: People, private: dict[str, Any]):
        people.refused("package_update", **(private | {"private": False}))

    def test_revise(self, people: People, private: dict[str, Any]):
        people.refused(
            "package_revise", match={"name": NAME}, update={"private": False}
        )

    def test_bulk_update_public(self, people: People, private: dict[str, Any]):
        people.refused(
            "bulk_update_public",
            datasets=[private["id"]],
            org_id=private["owner_org"],
        )

    def test_rejected(self, people: People, gate: Gate):
        gate.judge(VENUES, row(VENUES, venue_name=""))
        people.refused("package_patch", id=NAME, private=False)

    def test_state(self, people: People, private: dict[str, Any]):
        for state in ("draft", "deleted", "active"):
            people.ask("sysadmin", "package_patch", id=private["id"], state=state)
            assert people.public()["found"] == 0
            assert people.ask("", "package_show", id=private["id"])[0] == 404
        people.refused("package_patch", id=private["id"], state="active", private=False)


class TestType:
    @pytest.mark.parametrize("kind", ["x", "Dataset", "", None, ["dataset"], 1])
    def test_create(self, people: People, private: dict[str, Any], kind: Any):
        people.refused("package_create", **copy_of(private, type=kind, private=False))

    def test_update(self, people: People, private: dict[str, Any]):
        people.ask("sysadmin", "package_patch", id=NAME, type="disclosure-item")
        assert people.ask("sysadmin", "package_show", id=NAME)[1]["type"] == "dataset"
        people.refused("package_patch", id=NAME, type="disclosure-item", private=False)

    @pytest.mark.parametrize("kind", ["disclosure-item", "harvest"])
    def test_other_types_have_no_files(
        self, people: People, private: dict[str, Any], kind: str
    ):
        file = {"url": "https://example.org/rows.csv", "format": "CSV"}
        people.refused(
            "package_create",
            **copy_of(private, type=kind, private=False, resources=[file]),
        )


class TestIdentity:
    def test_name(self, people: People, published: dict[str, Any]):
        people.refused("package_patch", id=published["id"], name="x")
        assert (
            people.ask("editor", "package_create", **copy_of(published, private=True))[
                0
            ]
            == 200
        )
        for name in (NAME, table("culture/culture_activities").dataset_name):
            people.refused("package_patch", id="mine", name=name)

    def test_id_of_a_purged_dataset(self, people: People, published: dict[str, Any]):
        assert people.ask("sysadmin", "dataset_purge", id=NAME)[0] == 200
        people.refused(
            "package_create", **copy_of(published, id=published["id"], private=True)
        )

    def test_files_of_a_dataset_without_table(
        self, people: People, private: dict[str, Any]
    ):
        file = {"url": "https://example.org/rows.csv", "format": "CSV"}
        people.refused(
            "package_create", **copy_of(private, private=True, resources=[file])
        )


class TestDepartment:
    def test_create(self, people: People, published: dict[str, Any]):
        third = next(
            of
            for of in tables().values()
            if of.gpo["organization"] not in ("wglj", OTHER)
        )
        wanted = copy_of(
            published,
            name=third.dataset_name,
            owner_org=OTHER,
            private=True,
            provider_code="",
        )
        people.refused("package_create", **wanted)

    def test_patch(self, people: People, published: dict[str, Any]):
        people.refused("package_patch", id=NAME, owner_org=OTHER)

    def test_owner_org_update(self, people: People, published: dict[str, Any]):
        other = call_action("organization_show", id=OTHER)["id"]
        for organization in (other, OTHER, "", None):
            people.refused(
                "package_owner_org_update", id=NAME, organization_id=organization
            )

    def test_organization_delete_and_purge(
        self, people: People, published: dict[str, Any]
    ):
        for action in ("organization_delete", "organization_purge"):
            people.refused(action, id="wglj")


class TestMembership:
    def test_groups(self, people: People, private: dict[str, Any]):
        (tax,) = [d for d in reference.domains() if d["name"] == "tax"]
        seed.ensure_domain(tax)
        for action, params in (
            ("package_patch", {"id": NAME, "groups": [{"name": "tax"}]}),
            (
                "member_create",
                {
                    "id": "tax",
                    "object": private["id"],
                    "object_type": "package",
                    "capacity": "public",
                },
            ),
        ):
            assert people.ask("sysadmin", action, **params)[0] == 200
            assert people.public()["found"] == 0
            assert NAME not in str(people.ask("", "group_package_show", id="tax"))

    @pytest.mark.parametrize("allowed", [False, True])
    def test_collaborators(
        self,
        people: People,
        private: dict[str, Any],
        ckan_config: Any,
        monkeypatch: pytest.MonkeyPatch,
        allowed: bool,
    ):
        monkeypatch.setitem(
            ckan_config, "ckan.auth.allow_dataset_collaborators", allowed
        )
        status, _ = people.ask(
            "sysadmin",
            "package_collaborator_create",
            id=NAME,
            user_id="the-outsider",
            capacity="editor",
        )
        assert (status == 200) is allowed
        people.refused("package_patch", id=NAME, private=False)

    def test_relationships(self, people: People, private: dict[str, Any]):
        people.ask("editor", "package_create", **copy_of(private, private=True))
        people.ask(
            "editor",
            "package_relationship_create",
            subject=NAME,
            object="mine",
            type="child_of",
        )
        assert people.public()["found"] == 0


class TestForms:
    def test_new(self, people: People, private: dict[str, Any]):
        wanted = {
            key: value
            for key, value in copy_of(private, private="False").items()
            if isinstance(value, str)
        }
        for who in people.tokens:
            answer = people.app.post(
                "/dataset/new",
                data={**wanted, "_ckan_phase": "", "save": ""},
                headers=people.headers(who),
                follow_redirects=False,
            )
            assert answer.status_code != 500
            assert people.public()["found"] == 0

    def test_edit(self, people: People, private: dict[str, Any]):
        wanted = {k: v for k, v in private.items() if isinstance(v, str)}
        for who in people.tokens:
            answer = people.app.post(
                f"/dataset/edit/{NAME}",
                data={**wanted, "private": "False", "save": ""},
                headers=people.headers(who),
                follow_redirects=False,
            )
            assert answer.status_code != 500
            assert people.ask("", "package_show", id=NAME)[0] == 404

    def test_bulk_process(self, people: People, private: dict[str, Any]):
        for who in people.tokens:
            answer = people.app.post(
                "/organization/bulk_process/wglj",
                data={f"dataset_{private['id']}": "on", "bulk_action.public": "public"},
                headers=people.headers(who),
                follow_redirects=False,
            )
            assert answer.status_code != 500, who
            assert people.ask("", "package_show", id=NAME)[0] == 404


class TestHonestUse:
    """What a department does every day goes on."""

    def test_metadata_by_api(self, people: People, published: dict[str, Any]):
        for who in ("editor", "admin", "sysadmin"):
            assert (
                people.ask(who, "package_patch", id=NAME, notes=f"由{who}改")[0] == 200
            )
            whole = people.ask(who, "package_show", id=NAME)[1] | {"notes": "整体改"}
            assert people.ask(who, "package_update", **whole)[0] == 200
        after = people.ask("", "package_show", id=NAME)[1]
        assert after["notes"] == "整体改"
        assert after["resources"] == published["resources"]

    def test_metadata_by_form(self, people: People, published: dict[str, Any]):
        wanted = {k: v for k, v in published.items() if isinstance(v, str)}
        answer = people.app.post(
            f"/dataset/edit/{NAME}",
            data={**wanted, "notes": "表单改的摘要", "private": "False", "save": ""},
            headers=people.headers("editor"),
        )
        assert answer.status_code == 200
        after = people.ask("", "package_show", id=NAME)[1]
        assert after["notes"] == "表单改的摘要"
        assert after["resources"] == published["resources"]

    def test_unpublish_and_publish_again(
        self, people: People, published: dict[str, Any]
    ):
        before = people.public()
        assert people.ask("editor", "package_patch", id=NAME, private=True)[0] == 200
        hidden = people.public()
        assert hidden["rows"][0] in (403, 404)
        assert (hidden["found"], hidden["dcat"]) == (0, False)
        assert people.app.get(f"/dataset/{NAME}/download/{NAME}.csv").status_code == 404
        assert people.ask("editor", "package_patch", id=NAME, private=False)[0] == 200
        assert people.public()["file"] == before["file"]
        assert people.public()["rows"] == before["rows"]

    def test_bulk_private_and_delete(self, people: People, published: dict[str, Any]):
        which = {"datasets": [published["id"]], "org_id": published["owner_org"]}
        for action in ("bulk_update_private", "bulk_update_delete"):
            for who in ("", "outsider"):
                assert people.ask(who, action, **which)[0] == 403
            assert people.ask("admin", action, **which)[0] == 200
            assert people.public()["found"] == 0


class TestRemoval:
    def test_deleted_is_not_served_and_restored_as_it_was(
        self, people: People, published: dict[str, Any]
    ):
        before = people.public()
        file = f"/dataset/{NAME}/download/{NAME}.csv"
        table_id = published["resources"][0]["id"]
        assert people.ask("outsider", "package_delete", id=NAME)[0] == 403
        assert people.ask("editor", "package_delete", id=NAME)[0] == 200
        for who in people.tokens:
            headers = people.headers(who)
            assert people.app.get(file, headers=headers).status_code in (403, 404)
            for action in ("datastore_search", "datastore_info"):
                assert people.ask(who, action, resource_id=table_id)[0] == 404
            dump = people.app.get(f"/datastore/dump/{table_id}", headers=headers)
            assert dump.status_code == 404
        assert (
            people.app.get(file, headers=people.headers("sysadmin")).status_code == 404
        )
        assert people.public()["found"] == 0

        restored = people.ask("editor", "package_patch", id=NAME, state="active")
        assert restored[0] == 200, restored
        after = people.public()
        for key in ("rows", "found", "file", "dcat"):
            assert after[key] == before[key]

    def test_purged_leaves_events_and_no_data(
        self, people: People, gate: Gate, published: dict[str, Any], tmp_path: Path
    ):
        assert people.ask("editor", "package_patch", id=NAME, notes="改")[0] == 200
        waiting = gate.submit(VENUES, row(VENUES, venue_name="示例新馆"))
        rejected = gate.submit(VENUES, row(VENUES, venue_name=""))
        (live,) = [
            v
            for v in call_action("gpo_quality_version_list", dataset=NAME)
            if v["state"] == "published"
        ]
        kept = Version.get(live["id"])
        assert kept
        location = kept.files["csv"]["location"]
        for who in ("", "editor", "admin", "outsider"):
            assert people.ask(who, "dataset_purge", id=NAME)[0] == 403
        assert people.ask("sysadmin", "dataset_purge", id=NAME)[0] == 200
        model.Session.expire_all()

        ended = Version.get(live["id"])
        assert ended
        steps = [event.what for event in ended.events]
        assert steps == ["received", "checking", "passed", "published", "superseded"]
        assert ended.events[-1].account == "the-sysadmin"
        assert ended.events[-1].post == "sysadmin"
        for version in (live, waiting, rejected):
            left = Version.get(version["id"])
            assert left
            assert left.state in ("superseded", "rejected")
            assert (left.files, left.report) == (None, None)
            with pytest.raises(Exception, match="does not exist|Missing|not exist"):
                storage.fetch(storage.candidate(version["id"]), tmp_path)
        with pytest.raises(Exception, match="does not exist|Missing|not exist"):
            storage.fetch(location, tmp_path)
        assert not datastore.is_staged(published["resources"][0]["id"])
        told = people.ask("", "recently_changed_packages_activity_list")
        assert NAME not in str(told)
        gate.decide()  # what was still waiting ends quietly
        assert Version.get_published_for_table(VENUES) is None
