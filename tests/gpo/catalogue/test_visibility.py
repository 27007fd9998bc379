"""共享属性 (1272号 item 9) never leaves the government's network, by any way out."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ckan import model
from ckan.tests import factories

from ckanext.gpo.catalogue import intranet

from .conftest import ENTITIES, act, as_reader, dataset

pytestmark = pytest.mark.usefixtures("catalogue", "shared")

NAME = "food-drug-market-entities"
SECRET = "仅用于联合惩戒核查"

WAYS_OUT: list[tuple[str, dict[str, Any]]] = [
    ("package_show", {"id": NAME}),
    ("package_show", {"id": NAME, "use_default_schema": True}),
    ("package_search", {"q": "市场主体"}),
    ("package_search", {"q": "市场主体", "use_default_schema": True}),
    ("package_search", {"fl": ["name", "data_dict", "validated_data_dict"]}),
    ("package_search", {"fl": ["name", "share_condition", "extras_share_type"]}),
    ("current_package_list_with_resources", {"limit": 100}),
    ("package_activity_list", {"id": NAME}),
    ("recently_changed_packages_activity_list", {}),
    ("organization_activity_list", {"id": "scjg"}),
    ("group_show", {"id": "food_drug", "include_datasets": True}),
    ("organization_show", {"id": "scjg", "include_datasets": True}),
    ("gpo_catalogue_domain_show", {"id": "food_drug"}),
]


@pytest.fixture
def shared(catalogue: None) -> None:
    """A public dataset whose conditions of sharing must not be read.

    A person changes it: the activities of the platform itself are hidden.
    """
    admin = factories.Sysadmin()["name"]
    secret = {"share_type": "1", "share_condition": SECRET}
    as_reader("package_patch", user=admin, id=NAME, **secret, notes_en=admin)


def tells(answer: Any) -> bool:
    text = json.dumps(answer, ensure_ascii=False, default=str)
    return SECRET in text or any(f'"{field}"' in text for field in intranet.fields())


def _follow(user: str) -> None:
    """Follow the dataset as CKAN keeps it, from before follows led to `gpo_follow`."""
    account, package = model.User.get(user), model.Package.get(NAME)
    model.Session.add(model.UserFollowingDataset(account.id, package.id))
    model.Session.commit()


class TestAnonymousReader:
    def test_is_told_nothing(self):
        answers = [(action, as_reader(action, **data)) for action, data in WAYS_OUT]
        silent = [a for a in answers if NAME not in json.dumps(a, default=str)]
        assert silent == []
        assert [action for action, answer in answers if tells(answer)] == []

    def test_cannot_search_for_it(self):
        for query in (
            {"q": SECRET},
            {"fq": "share_type:1"},
            {"fq": "extras_share_type:1"},
            {"q": "share_condition:*"},
        ):
            found = as_reader("package_search", **query)
            assert NAME not in [p["name"] for p in found["results"]], query

    def test_gets_no_facet(self):
        found = as_reader("package_search", **{"facet.field": ["share_type"]})
        assert not found["facets"].get("share_type")

    def test_sees_nothing_over_http(self, app: Any):
        for path in (
            f"/dataset/{NAME}",
            f"/api/3/action/package_show?id={NAME}",
            f"/api/3/action/package_activity_list?id={NAME}",
            "/api/3/action/gpo_catalogue_domain_show?id=food_drug",
        ):
            body = app.get(path, status=200).body
            assert SECRET not in body, path


class TestReaderWithoutRole:
    def test_is_told_nothing_about_what_they_follow(self):
        user = factories.User()["name"]
        _follow(user)
        for action, data in (
            ("package_show", {"id": NAME}),
            ("dataset_followee_list", {"id": user}),
            ("dashboard_activity_list", {}),
            ("followee_list", {"id": user}),
        ):
            answer = as_reader(action, user=user, **data)
            assert NAME in json.dumps(answer, default=str), action
            assert not tells(answer), action


class TestStaff:
    def test_of_any_department_sees_it(self):
        user = factories.User()["name"]
        act("organization_member_create", id="sfj", username=user, role="member")
        shown = as_reader("package_show", user=user, id=NAME)
        assert shown["share_condition"] == SECRET
        _follow(user)
        (followed,) = as_reader("dataset_followee_list", user=user, id=user)
        assert {"key": "share_condition", "value": SECRET} in followed["extras"]

    def test_changing_one_field_loses_none(self):
        before = dataset(ENTITIES)
        act("package_patch", id=NAME, contact_name="数据管理岗")
        after = dataset(ENTITIES)
        act("package_patch", id=NAME, contact_name="")
        assert after["contact_name"] == "数据管理岗"
        for field in intranet.fields():
            assert after[field] == before[field]
