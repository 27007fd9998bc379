"""Every registered action has an audience, and over HTTP serves nobody else."""

from __future__ import annotations

from importlib.resources import files

import pytest
import yaml

import ckan.plugins.toolkit as tk
from ckan.logic import get_action
from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.gpo import security
from ckanext.gpo.catalogue import reference, seed
from ckanext.gpo.security.allow_list import Audience, actions, audience

from ..conftest import VENUES, row


def registered() -> set[str]:
    get_action("status_show")  # fills CKAN's cache of actions
    from ckan.logic import _actions

    return set(_actions)


def listed(*audiences: Audience) -> list[str]:
    return sorted(name for name, whom in actions().items() if whom in audiences)


@pytest.mark.usefixtures("with_plugins")
class TestList:
    def test_every_registered_action_is_listed(self):
        assert registered() - actions().keys() == set()

    def test_every_listed_action_exists(self):
        assert actions().keys() - registered() == set()

    def test_no_action_is_listed_twice(self):
        text = (files(security) / "api_actions.yaml").read_text("utf-8")
        names = [name for group in yaml.safe_load(text).values() for name in group]
        assert len(names) == len(set(names)) == len(actions())

    def test_only_what_may_only_be_read_is_for_anyone(self):
        writing = {
            name
            for name in listed(Audience.ANYONE)
            if not getattr(get_action(name), "side_effect_free", False)
        }
        # how people register; and a trial, which keeps nothing
        assert writing == {"user_create", "gpo_quality_trial_create"}

    def test_what_is_not_listed_serves_nobody(self):
        assert audience("gpo_no_such_action") is Audience.NOBODY


@pytest.mark.usefixtures("non_clean_db")
class TestDoor:
    def test_parts_of_other_actions_are_no_api_even_for_a_sysadmin(self, app):
        headers = {"Authorization": factories.SysadminWithToken()["token"]}
        for name in [*listed(Audience.NOBODY), "gpo_no_such_action"]:
            answer = app.post(f"/api/3/action/{name}", json={}, headers=headers)
            assert answer.status_code == 404, name
            assert answer.json["error"]["code"] == "action-unknown", name

    def test_they_are_not_explained_either(self, app):
        for name in [*listed(Audience.NOBODY), "gpo_no_such_action"]:
            answer = app.get(f"/api/3/action/help_show?name={name}")
            assert answer.status_code == 404, name
        answer = app.get("/api/3/action/help_show?name=package_show")
        assert answer.status_code == 200

    def test_they_stay_callable_from_inside(self):
        assert call_action("get_site_user")["name"]

    @pytest.mark.parametrize(
        ("reader", "serves"),
        [
            ("anonymous", {Audience.ANYONE}),
            ("account", {Audience.ANYONE, Audience.ACCOUNT}),
        ],
    )
    def test_others_are_turned_away(self, app, reader, serves):
        headers = {}
        if reader == "account":
            headers["Authorization"] = factories.UserWithToken()["token"]
        others = set(Audience) - serves - {Audience.NOBODY}
        for name in listed(*others):
            answer = app.post(f"/api/3/action/{name}", json={}, headers=headers)
            assert answer.status_code == 403, name
            assert answer.json["error"]["__type"] == "Authorization Error", name

    @pytest.mark.parametrize(("role", "status"), [("editor", 200), ("member", 403)])
    def test_staff_edits_datasets_of_some_department(self, app, role, status):
        department = reference.departments()[0]
        seed.ensure_department(department)
        user = factories.UserWithToken()
        call_action(
            "organization_member_create",
            {"user": call_action("get_site_user")["name"]},
            id=department["name"],
            username=user["name"],
            role=role,
        )
        answer = app.get(
            "/api/3/action/harvesters_info_show",
            headers={"Authorization": user["token"]},
        )
        assert answer.status_code == status

    def test_an_action_that_may_write_is_not_reached_by_a_link(self, app):
        answer = app.get("/api/3/action/user_create?name=x")
        assert answer.status_code == 405
        assert answer.json["error"]["code"] == "post-required"


def test_only_harvest_sources_are_reindexed_as_such(gate):
    """ckanext-harvest would put its own document in the place of the dataset's."""
    gate.judge(VENUES, row(VENUES))
    dataset = gate.dataset(VENUES)
    wanted = f"id:{dataset['id']}"
    before = call_action("package_search", fq=wanted)["results"]
    with pytest.raises(tk.ObjectNotFound):
        call_action("harvest_source_reindex", id=dataset["id"])
    assert call_action("package_search", fq=wanted)["results"] == before != []
