"""Who may see and do what with sources; and that no button unpublishes."""

from __future__ import annotations

from typing import Any

import pytest

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.gpo.common.tables import table

from .conftest import VENUES, Site


@pytest.fixture
def users(site: Site) -> dict[str, dict[str, Any]]:
    """A member's admin of the source's department, one of another, one without a role."""
    with site.app.test_request_context():
        made = {name: factories.UserWithToken() for name in ("own", "other", "none")}
        site_user = {"user": call_action("get_site_user")["name"]}
        for name, department in (("own", "wglj"), ("other", "swj")):
            call_action(
                "organization_member_create",
                site_user,
                id=department,
                username=made[name]["name"],
                role="admin",
            )
    return made


@pytest.fixture
def harvested(site: Site) -> Site:
    site.write("alpha")
    site.deliver("alpha-venues.csv")
    site.sync()
    site.run()
    return site


def _status(site: Site, user: dict[str, Any] | None, action: str, **params: Any) -> int:
    headers = {"Authorization": user["token"]} if user else {}
    return site.client.post(
        f"/api/3/action/{action}", json=params, headers=headers
    ).status_code


def _page(site: Site, user: dict[str, Any] | None, path: str) -> int:
    headers = {"Authorization": user["token"]} if user else {}
    return site.client.get(path, headers=headers, follow_redirects=False).status_code


def test_only_members_see_a_source_and_what_was_fetched(
    harvested: Site, users: dict[str, dict[str, Any]]
) -> None:
    site = harvested
    fetched = site.object("alpha").id
    dataset = table(VENUES).dataset_name
    for who, allowed in (
        ("own", True),
        ("other", False),
        ("none", False),
        (None, False),
    ):
        user = users.get(who) if who else None
        expected = 200 if allowed else 404
        assert _status(site, user, "harvest_source_show", id="alpha") == expected, who
        # Only staff of departments call it at all: a refusal that tells of no object.
        called = 403 if who in ("none", None) else expected
        assert _status(site, user, "harvest_object_show", id=fetched) == called, who
        by_dataset = {"dataset_id": dataset}
        assert _status(site, user, "harvest_object_show", **by_dataset) == called, who
        assert _page(site, user, f"/harvest/object/{fetched}") == expected, who
        answer = site.client.get(
            "/api/3/action/harvest_source_list",
            headers={"Authorization": user["token"]} if user else {},
        )
        names = [source["title"] for source in answer.json["result"]]
        if not allowed:
            assert names == [], who
        found = site.client.get(
            "/api/3/action/package_search?fq=dataset_type:harvest&include_private=true",
            headers={"Authorization": user["token"]} if user else {},
        ).json["result"]["results"]
        assert [each["name"] for each in found] == (["alpha"] if allowed else []), who


def test_an_object_that_is_not_there(site: Site) -> None:
    assert _status(site, None, "harvest_object_show", id="nothing") in (403, 404)


def test_only_the_departments_admins_run_a_source(
    site: Site, users: dict[str, dict[str, Any]]
) -> None:
    site.write("alpha")
    site.sync()
    source = {"source_id": site.harvest_source("alpha").id}
    assert _status(site, users["other"], "harvest_job_create", **source) == 404
    for user in (users["none"], None):
        assert _status(site, user, "harvest_job_create", **source) == 403
    assert site.harvest_source("alpha").jobs == []
    assert _status(site, users["own"], "harvest_job_create", **source) == 200
    model.Session.remove()
    assert len(site.harvest_source("alpha").jobs) == 1


def test_a_department_cannot_have_anothers_source_harvested_as_its_own(
    site: Site, users: dict[str, dict[str, Any]]
) -> None:
    site.write("alpha")
    site.deliver("alpha-venues.csv")
    own = {
        "name": "mine",
        "url": "gpo-source://mine",
        "source_type": "gpo_files",
        "owner_org": "swj",
        "config": '{"source": "alpha"}',
    }
    assert _status(site, users["other"], "harvest_source_create", **own) == 200
    [item] = site.run("mine")
    assert item.message.startswith("[source-not-its-own] ")


def test_clearing_a_source_forgets_its_jobs_and_keeps_its_datasets(
    harvested: Site, users: dict[str, dict[str, Any]]
) -> None:
    """ckanext-harvest would delete the datasets, past the gate."""
    site = harvested
    dataset = model.Package.get(table(VENUES).dataset_name).id
    assert _status(site, users["own"], "harvest_source_clear", id="alpha") == 200
    model.Session.remove()
    assert site.harvest_source("alpha").jobs == []
    assert model.Package.get(dataset).state == "active"
    assert _status(site, users["own"], "harvest_source_index_clear", id="alpha") == 403
    headers = {"Authorization": users["own"]["token"]}
    site.client.post("/harvest/delete/alpha?clear=true", headers=headers)
    model.Session.remove()
    assert model.Package.get(dataset).state == "active"
    assert model.Package.get("alpha").state == "deleted"


def test_a_source_stays_private_when_a_steward_edits_it(
    site: Site, users: dict[str, dict[str, Any]]
) -> None:
    site.write("alpha")
    site.sync()
    headers = {"Authorization": users["own"]["token"]}
    form = site.client.get("/harvest/edit/alpha", headers=headers)
    assert 'name="private" value="True"' in form.text
    answer = site.client.post(
        "/harvest/edit/alpha",
        headers=headers,
        data={
            "url": "gpo-source://alpha",
            "name": "alpha",
            "title": "改过",
            "source_type": "gpo_files",
            "frequency": "WEEKLY",
            "config": '{"source": "alpha"}',
            "owner_org": model.Group.get("wglj").id,
            "private": "True",
            "save": "Save",
        },
        follow_redirects=False,
    )
    assert answer.status_code == 302, answer.text
    model.Session.remove()
    edited = model.Package.get("alpha")
    assert (edited.title, edited.private) == ("改过", True)


def test_the_harvesters_are_named_in_the_forms_language(site: Site) -> None:
    with site.app.test_request_context():
        info = tk.get_action("harvesters_info_show")({"ignore_auth": True}, {})
    kinds = {
        each["name"]: each["title"] for each in info if each["name"].startswith("gpo_")
    }
    assert kinds.keys() == {"gpo_database", "gpo_files", "gpo_rest"}
    assert all(not title.isascii() for title in kinds.values())


def test_the_button_to_look_after_a_source_is_no_person(
    harvested: Site, users: dict[str, dict[str, Any]]
) -> None:
    headers = {"Authorization": users["own"]["token"]}
    page = harvested.client.get("/harvest/alpha", headers=headers).text
    button = page.split('href="/harvest/admin/alpha">')[1].split("</a>")[0]
    assert button.endswith(" 管理")
