"""Ways round the gate by the DataStore, see PATHS.md."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import ckan.plugins as p
from ckan.tests.helpers import call_action

from ckanext.gpo.common.tables import table
from ckanext.gpo.quality.publication import datastore

from ...conftest import VENUES, Gate, as_csv, row
from ..conftest import NAME, REFUSALS, People, copy_of

RECORDS = [{"venue_code": "编造", "venue_name": "编造"}]


@pytest.fixture
def staged(people: People, gate: Gate, tmp_path: Path) -> Any:
    """The id of a version whose rows are loaded and not published yet."""
    version = gate.submit(VENUES, row(VENUES))
    spool = tmp_path / "rows.csv"
    spool.write_bytes(as_csv(VENUES, row(VENUES)))
    datastore.stage(version["id"], table(VENUES), spool, full_text=False)
    yield version["id"]
    datastore.drop(version["id"])


class TestWriting:
    @pytest.mark.parametrize("force", [False, True])
    @pytest.mark.parametrize(
        ("action", "params"),
        [
            ("datastore_create", {"records": RECORDS}),
            ("datastore_create", {"aliases": ["another"]}),
            ("datastore_create", {"triggers": [{"function": "x"}]}),
            (
                "datastore_create",
                {"fields": [{"id": "x", "type": "text"}], "delete_fields": True},
            ),
            ("datastore_upsert", {"records": RECORDS, "method": "insert"}),
            ("datastore_delete", {}),
            ("datastore_delete", {"filters": {}}),
            ("datastore_records_delete", {"filters": {}}),
        ],
        ids=lambda value: value if isinstance(value, str) else "-".join(value),
    )
    def test_published_rows(
        self,
        people: People,
        resource: dict[str, Any],
        action: str,
        params: dict[str, Any],
        force: bool,
    ):
        people.refused(action, resource_id=resource["id"], force=force, **params)
        people.refused(action, id=resource["id"], force=force, **params)

    @pytest.mark.parametrize(
        ("action", "params"),
        [
            ("datastore_create", {"records": RECORDS}),
            ("datastore_upsert", {"records": RECORDS, "method": "insert"}),
            ("datastore_delete", {}),
            ("datastore_records_delete", {"filters": {}}),
        ],
    )
    def test_staged_rows(
        self, people: People, staged: str, action: str, params: dict[str, Any]
    ):
        people.refused(action, resource_id=staged, force=True, **params)
        assert datastore.is_staged(staged)

    def test_before_publication(self, people: People, private: dict[str, Any]):
        people.refused(
            "datastore_create",
            resource_id=private["resources"][0]["id"],
            records=RECORDS,
            force=True,
        )

    def test_with_a_new_resource(self, people: People, private: dict[str, Any]):
        made = people.ask("editor", "package_create", **copy_of(private, private=True))
        assert made[0] == 200, made
        for package in (NAME, private["id"], "mine"):
            people.refused(
                "datastore_create", resource={"package_id": package}, records=RECORDS
            )
        for nonsense in ("x", ["x"], {"package_id": ["x"]}, {}):
            people.refused("datastore_create", resource=nonsense, records=RECORDS)

    def test_functions_and_triggers(self, people: People, resource: dict[str, Any]):
        body = "BEGIN NEW.venue_name := 'x'; RETURN NEW; END;"
        for name in ("populate_full_text_trigger", "mine"):
            people.refused(
                "datastore_function_create",
                name=name,
                or_replace=True,
                rettype="trigger",
                definition=body,
            )
            people.refused("datastore_function_delete", name=name)
        people.refused("datastore_run_triggers", resource_id=resource["id"])

    def test_dictionary_form(self, people: People, resource: dict[str, Any]):
        before = people.public()
        for who in people.tokens:
            answer = people.app.post(
                f"/dataset/{NAME}/dictionary/{resource['id']}",
                data={"info__1__label": "编造"},
                headers=people.headers(who),
                follow_redirects=False,
            )
            assert answer.status_code in (200, 403, 404), who
        assert people.public() == before

    def test_table_designer(self, people: People, resource: dict[str, Any]):
        assert not p.plugin_loaded("tabledesigner")
        p.load("datatables_view", "tabledesigner")
        try:
            people.refused(
                "resource_patch", id=resource["id"], url_type="tabledesigner"
            )
            people.refused(
                "resource_create", package_id=NAME, url_type="tabledesigner", name="x"
            )
        finally:
            p.unload("tabledesigner", "datatables_view")


class TestReading:
    @pytest.mark.parametrize("action", ["datastore_search", "datastore_info"])
    def test_staged_rows(self, people: People, staged: str, action: str):
        for who in people.tokens:
            for key in ("resource_id", "id"):
                status, answer = people.ask(who, action, **{key: staged})
                assert status == 404, (who, answer)
        site = {"ignore_auth": True, "user": call_action("get_site_user")["name"]}
        with pytest.raises(p.toolkit.ObjectNotFound):
            call_action(action, site, resource_id=staged)

    def test_staged_dump(self, people: People, staged: str):
        for who in people.tokens:
            answer = people.app.get(
                f"/datastore/dump/{staged}", headers=people.headers(who)
            )
            assert answer.status_code == 404, who

    def test_a_resource_with_the_id_of_a_version(
        self, people: People, private: dict[str, Any], staged: str
    ):
        """Somebody's own dataset would make the rows of another one's candidate his."""
        people.refused(
            "package_create",
            **copy_of(private, private=True, resources=[{"id": staged, "url": "x"}]),
        )

    def test_list_of_all_tables(self, people: People, staged: str):
        for who in people.tokens:
            for asked in ("_table_metadata", "_table_stats", "pg_class"):
                assert people.ask(who, "datastore_search", resource_id=asked)[0] == 404
            dump = people.app.get(
                "/datastore/dump/_table_metadata", headers=people.headers(who)
            )
            assert dump.status_code == 404, who

    def test_private_rows(self, people: People, published: dict[str, Any]):
        one = published["resources"][0]["id"]
        people.ask("editor", "package_patch", id=NAME, private=True)
        for who, allowed in (("", False), ("outsider", False), ("editor", True)):
            status, _ = people.ask(who, "datastore_search", resource_id=one)
            assert (status == 200) is allowed, who
            assert status in (200, *REFUSALS)
            dump = people.app.get(f"/datastore/dump/{one}", headers=people.headers(who))
            assert (dump.status_code == 200) is allowed, who

    def test_two_ids(self, people: People, gate: Gate, published: dict[str, Any]):
        """What is allowed on one table is not done on another."""
        one = published["resources"][0]["id"]
        other = gate.dataset("culture/culture_activities")["resources"][0]["id"]
        for ids in (
            {"id": one, "resource_id": other},
            {"id": other, "resource_id": one},
        ):
            status, answer = people.ask("", "datastore_search", **ids)
            assert status in REFUSALS or len(answer["records"]) == 1

    def test_free_sql_is_off(self, people: People, resource: dict[str, Any]):
        for who in people.tokens:
            answer = people.app.get(
                "/api/3/action/datastore_search_sql?sql=SELECT 1",
                headers=people.headers(who),
            )
            assert answer.status_code in (400, 404), who

    @pytest.mark.parametrize("value", [["x"], {"a": 1}, 5])
    def test_nonsense(self, people: People, value: Any):
        for action in ("datastore_search", "datastore_info", "datastore_delete"):
            assert people.ask("", action, resource_id=value)[0] in REFUSALS
