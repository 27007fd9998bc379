"""Ways round the gate by CKAN's resource actions, forms and views, see PATHS.md."""

from __future__ import annotations

import io
from typing import Any

import pytest

from ...conftest import VENUES, Gate
from ..conftest import NAME, REFUSALS, People

ELSEWHERE = "https://example.org/rows.csv"

STATEMENTS: list[dict[str, Any]] = [
    {"url": ELSEWHERE},
    {"url": f"https://example.org/dataset/{NAME}/download/{NAME}.csv"},
    {"downloads": {"csv": {"url": ELSEWHERE, "size": 1, "sha256": "0"}}},
    {"row_count": 1_000_000},
    {"size": 5},
    {"hash": "0" * 64},
    {"last_modified": "2030-01-01T00:00:00"},
    {"datastore_active": False},
    {"format": "PDF"},
    {"mimetype": "application/pdf"},
    {"url_type": "upload"},
    {"url_type": "datastore"},
    {"url_type": "tabledesigner"},
    {"cache_url": ELSEWHERE},
    {"resource_type": "file.upload"},
    {"info_items": {"made_up": {"title": "编造"}}},
    {"unknown_key": "经检查"},
]
"""What the page shows as the gate's own word, said by somebody else."""


class TestStatements:
    @pytest.mark.parametrize("change", STATEMENTS, ids=lambda change: str(change)[:40])
    def test_patch(
        self, people: People, resource: dict[str, Any], change: dict[str, Any]
    ):
        if change.keys() & {"info_items", "format"}:
            # code with `ignore_auth` may: the catalogue follows its Data Package
            for who in people.tokens:
                answer = people.ask(who, "resource_patch", id=resource["id"], **change)
                assert answer[0] in REFUSALS, who
            return
        people.refused("resource_patch", id=resource["id"], **change)

    def test_update(self, people: People, resource: dict[str, Any]):
        people.refused("resource_update", **(resource | {"hash": "0" * 64}))

    def test_package_update(self, people: People, published: dict[str, Any]):
        changed = published["resources"][0] | {"row_count": 7}
        people.refused("package_update", **(published | {"resources": [changed]}))
        people.refused("package_patch", id=NAME, resources=[changed])
        people.refused(
            "package_revise",
            match={"name": NAME},
            update={"resources": [{"row_count": 7}]},
        )

    def test_before_publication(self, people: People, private: dict[str, Any]):
        made = private["resources"][0]["id"]
        for change in ({"row_count": 5}, {"datastore_active": True}, {"hash": "0"}):
            people.refused("resource_patch", id=made, **change)


class TestNumber:
    def test_create(self, people: People, published: dict[str, Any]):
        people.refused(
            "resource_create", package_id=published["id"], url=ELSEWHERE, format="CSV"
        )

    def test_create_with_an_id_of_its_own(
        self, people: People, published: dict[str, Any]
    ):
        people.refused(
            "resource_create", package_id=NAME, id="0" * 36, name="其他", url=""
        )

    def test_delete(self, people: People, resource: dict[str, Any]):
        people.refused("resource_delete", id=resource["id"])

    @pytest.mark.parametrize("value", [[], None, "", "x", [1], [{"id": "0" * 36}]])
    def test_other_resources(
        self, people: People, published: dict[str, Any], value: Any
    ):
        before = people.public()
        for who in people.tokens:
            answer = people.ask(who, "package_patch", id=NAME, resources=value)
            assert answer[0] in REFUSALS, (who, answer)
        assert people.public() == before

    def test_reorder(self, people: People, published: dict[str, Any]):
        people.refused("package_resource_reorder", id=NAME, order=["0" * 36])
        one = published["resources"][0]["id"]
        before = people.public()
        status, _ = people.ask(
            "editor", "package_resource_reorder", id=NAME, order=[one]
        )
        assert status == 200
        assert people.public() == before


class TestUpload:
    """Multipart, as a form or `ckanapi` sends files."""

    @pytest.mark.parametrize(
        ("action", "key"),
        [
            ("resource_patch", "id"),
            ("resource_update", "id"),
            ("resource_create", "package_id"),
        ],
    )
    def test_upload(
        self, people: People, published: dict[str, Any], action: str, key: str
    ):
        target = {"id": published["resources"][0]["id"], "package_id": published["id"]}
        before = people.public()
        for who in people.tokens:
            answer = people.app.post(
                f"/api/3/action/{action}",
                data={key: target[key], "upload": (io.BytesIO(b"a,b"), f"{NAME}.csv")},
                content_type="multipart/form-data",
                headers=people.headers(who),
            )
            assert answer.status_code in REFUSALS, (who, answer.body)
        assert people.public() == before


class TestForms:
    def test_new(self, people: People, published: dict[str, Any]):
        before = people.public()
        for who in people.tokens:
            answer = people.app.post(
                f"/dataset/{NAME}/resource/new",
                data={
                    "id": "",
                    "name": "其他",
                    "url": ELSEWHERE,
                    "format": "CSV",
                    "save": "go-metadata",
                    "upload": (io.BytesIO(b"a,b"), "rows.csv"),
                },
                content_type="multipart/form-data",
                headers=people.headers(who),
            )
            assert answer.status_code != 500, who
        assert people.public() == before

    def test_edit(self, people: People, resource: dict[str, Any]):
        before = people.public()
        for who in people.tokens:
            answer = people.app.post(
                f"/dataset/{NAME}/resource/{resource['id']}/edit",
                data={"name": "改", "url": ELSEWHERE, "format": "CSV", "save": "x"},
                headers=people.headers(who),
            )
            assert answer.status_code != 500, who
        assert people.public() == before

    def test_delete(self, people: People, resource: dict[str, Any]):
        before = people.public()
        for who in people.tokens:
            answer = people.app.post(
                f"/dataset/{NAME}/resource/{resource['id']}/delete",
                headers=people.headers(who),
            )
            assert answer.status_code != 500, who
        assert people.public() == before

    def test_describing_the_table_goes_on(
        self, people: People, gate: Gate, resource: dict[str, Any]
    ):
        answer = people.app.post(
            f"/dataset/{NAME}/resource/{resource['id']}/edit",
            data={
                "name": resource["name"],
                "description": "每月更新",
                "url": resource["url"],
                "url_type": "",
                "format": "CSV",
                "save": "go-metadata",
                "upload": (io.BytesIO(b""), ""),
            },
            content_type="multipart/form-data",
            headers=people.headers("editor"),
        )
        assert answer.status_code == 200
        (after,) = gate.dataset(VENUES)["resources"]
        assert after | {"metadata_modified": None} == resource | {
            "description": "每月更新",
            "metadata_modified": None,
        }

    def test_describing_by_api_keeps_what_is_left_out(
        self, people: People, gate: Gate, resource: dict[str, Any]
    ):
        for action in ("resource_update", "resource_patch"):
            status, answer = people.ask(
                "editor",
                action,
                id=resource["id"],
                name=resource["name"],
                description=action,
            )
            assert status == 200, answer
            (after,) = gate.dataset(VENUES)["resources"]
            assert after | {"metadata_modified": None} == resource | {
                "description": action,
                "metadata_modified": None,
            }


class TestViews:
    def test_create(self, people: People, resource: dict[str, Any], with_view: None):
        people.refused(
            "resource_view_create",
            resource_id=resource["id"],
            view_type="webpage_view",
            title="数据",
            page_url=ELSEWHERE,
        )

    def test_update(self, people: People, resource: dict[str, Any], with_view: None):
        from ckan import model

        view = model.ResourceView(
            resource_id=resource["id"],
            view_type="webpage_view",
            title="旧",
            order=0,
            config={},
        )
        model.Session.add(view)
        model.Session.commit()
        people.refused(
            "resource_view_update", id=view.id, title="数据", page_url=ELSEWHERE
        )

    def test_default_views(self, people: People, resource: dict[str, Any]):
        for who in ("sysadmin",):
            for action, params in (
                ("resource_create_default_resource_views", {"resource": resource}),
                (
                    "package_create_default_resource_views",
                    {"package": people.ask(who, "package_show", id=NAME)[1]},
                ),
            ):
                assert people.ask(who, action, **params) == (200, [])


@pytest.fixture
def with_view(people: People) -> Any:
    """A site on which somebody has enabled views of pages from elsewhere."""
    import ckan.plugins as p

    p.load("webpage_view")
    yield
    p.unload("webpage_view")
