"""What leaves the site by search, feeds, DCAT and the activity stream, see PATHS.md."""

from __future__ import annotations

from typing import Any

import pytest

from ckan import model
from ckan.tests.helpers import call_action

from ckanext.gpo.common.tables import table

from tests.snapshot import Snapshots

from ...conftest import VENUES, Gate, row
from ..conftest import NAME, People

TITLE = table(VENUES).title
STRANGERS = ("", "outsider")


@pytest.fixture(params=["private", "rejected", "deleted", "unpublished"])
def hidden(
    request: pytest.FixtureRequest, people: People, gate: Gate, snapshots: Snapshots
) -> dict[str, Any]:
    """A dataset that is not public, for each reason that there is."""
    reason = request.param
    return snapshots.prepare(
        f"hidden: {reason}", lambda: _hide(reason, people, gate), on="people"
    )


def _hide(reason: str, people: People, gate: Gate) -> dict[str, Any]:
    if reason in ("deleted", "unpublished"):
        gate.judge(VENUES, row(VENUES))
    dataset = gate.dataset(VENUES)
    # somebody edits it, so that the activity stream has something to tell
    assert people.ask("editor", "package_patch", id=NAME, notes="尚未公开")[0] == 200
    if reason == "rejected":
        gate.judge(VENUES, row(VENUES, venue_name=""))
    elif reason == "deleted":
        assert people.ask("editor", "package_delete", id=NAME)[0] == 200
    elif reason == "unpublished":
        assert people.ask("editor", "package_patch", id=NAME, private=True)[0] == 200
    return dataset


def test_search(people: People, hidden: dict[str, Any]):
    for who in STRANGERS:
        for params in (
            {},
            {"include_private": True, "include_drafts": True, "include_deleted": True},
            {"fq": "capacity:private"},
            {"fq": "+state:(active OR deleted OR draft)", "include_private": True},
            {"q": f"name:{NAME} OR title:*"},
            {"fq": 'permission_labels:"public" OR permission_labels:*'},
            {"facet.field": ["groups", "organization", "tags", "res_format"]},
            {"use_default_schema": True, "include_private": True},
        ):
            status, found = people.ask(who, "package_search", **params)
            if status == 200:
                assert found["count"] == 0, (who, params)
                assert not any(found["facets"].values()), (who, params)
            else:
                assert status in (400, 409), (who, params, found)
            assert NAME not in str(found)


def test_other_lists(people: People, hidden: dict[str, Any]):
    for who in STRANGERS:
        for action, params in (
            ("package_list", {}),
            ("current_package_list_with_resources", {}),
            ("package_autocomplete", {"q": "culture"}),
            ("package_autocomplete", {"q": TITLE}),
            ("resource_search", {"query": f"name:{TITLE}"}),
            ("resource_search", {"query": "url:download"}),
            ("group_package_show", {"id": "culture"}),
            ("group_show", {"id": "culture", "include_datasets": True}),
            ("organization_show", {"id": "wglj", "include_datasets": True}),
            ("gpo_catalogue_domain_list", {}),
            ("gpo_quality_summary", {}),
        ):
            status, found = people.ask(who, action, **params)
            assert status == 200, (action, found)
            assert NAME not in str(found), (who, action)
        for action, params in (
            ("package_show", {"id": NAME}),
            ("package_show", {"id": hidden["id"], "use_default_schema": True}),
            ("resource_show", {"id": hidden["resources"][0]["id"]}),
            ("gpo_quality_version_list", {"dataset": NAME}),
        ):
            assert people.ask(who, action, **params)[0] in (403, 404), (who, action)


@pytest.mark.parametrize("form", ["xml", "ttl", "jsonld", "rdf", "n3"])
def test_dcat(people: People, hidden: dict[str, Any], form: str):
    for who in STRANGERS:
        headers = people.headers(who)
        for address in (f"/dataset/{NAME}.{form}", f"/dataset/{hidden['id']}.{form}"):
            answer = people.app.get(address, headers=headers)
            assert answer.status_code in (403, 404), address
        catalogue = people.app.get(f"/catalog.{form}", headers=headers)
        assert catalogue.status_code in (200, 404)
        assert NAME not in catalogue.body
        assert hidden["id"] not in catalogue.body


def test_feeds(people: People, hidden: dict[str, Any]):
    for who in STRANGERS:
        for address in (
            "/feeds/dataset.atom",
            "/feeds/group/culture.atom",
            "/feeds/organization/wglj.atom",
            "/feeds/custom.atom?q=*:*",
            "/feeds/custom.atom?q=*:*&include_private=true",
        ):
            answer = people.app.get(address, headers=people.headers(who))
            assert answer.status_code == 200, address
            assert NAME not in answer.body, address
            assert hidden["id"] not in answer.body, address


def test_activity(people: People, hidden: dict[str, Any]):
    people.ask("outsider", "follow_group", id="culture")
    people.ask("outsider", "follow_user", id="the-editor")
    site = {"ignore_auth": True, "user": call_action("get_site_user")["name"]}
    told = call_action("package_activity_list", site, id=hidden["id"])
    assert told  # there is something to keep back
    for who in STRANGERS:
        for action, params in (
            ("recently_changed_packages_activity_list", {}),
            ("group_activity_list", {"id": "culture"}),
            ("organization_activity_list", {"id": "wglj"}),
            ("user_activity_list", {"id": "the-editor"}),
            ("dashboard_activity_list", {}),
            ("package_activity_list", {"id": hidden["id"]}),
            ("activity_show", {"id": told[0]["id"]}),
            ("activity_data_show", {"id": told[0]["id"]}),
            (
                "activity_diff",
                {"id": told[0]["id"], "object_type": "package", "diff_type": "html"},
            ),
        ):
            _, answer = people.ask(who, action, **params)
            assert NAME not in str(answer), (who, action)
            assert "尚未公开" not in str(answer), (who, action)


def test_pages(people: People, hidden: dict[str, Any]):
    one = hidden["resources"][0]["id"]
    for who in STRANGERS:
        headers = people.headers(who)
        for address in (
            f"/dataset/{NAME}",
            f"/dataset/{hidden['id']}",
            f"/dataset/{NAME}/resource/{one}",
            f"/dataset/activity/{NAME}",
            f"/dataset/groups/{NAME}",
            f"/dataset/edit/{NAME}",
            f"/dataset/{NAME}/dictionary/{one}",
        ):
            answer = people.app.get(address, headers=headers, follow_redirects=False)
            assert answer.status_code in (302, 403, 404), address
            assert TITLE not in answer.body, address
        for address in (
            "/",
            "/dataset/",
            "/domain/culture",
            "/organization/wglj",
            "/checks",
        ):
            page = people.app.get(address, headers=headers)
            assert page.status_code == 200, address
            assert f"/dataset/{NAME}" not in page.body, address


def test_harvesters_of_others(people: People, private: dict[str, Any]):
    """ckanext-harvest's and ckanext-dcat's own import with `ignore_auth`."""
    from ckanext.harvest.harvesters.base import HarvesterBase
    from ckanext.harvest.model import HarvestJob, HarvestObject, HarvestSource

    source = HarvestSource(url="https://example.org", type="other", title="外部")
    taken = HarvestObject(
        job=HarvestJob(source=source), guid=private["id"], content="{}"
    )
    model.Session.add(taken)
    model.Session.flush()

    class Other(HarvesterBase):
        """An instance of the base class would be that of all harvesters: singletons."""

        config = None

    harvester = Other()
    newer = {"metadata_modified": "2099-01-01T00:00:00"}
    done = harvester._create_or_update_package(
        private | newer | {"private": False, "title": "被采集改写"},
        taken,
        package_dict_form="package_show",
    )

    assert done is not True
    assert done != "unchanged"
    assert people.public()["found"] == 0
    after = people.ask("editor", "package_show", id=NAME)[1]
    assert (after["private"], after["title"]) == (True, private["title"])
