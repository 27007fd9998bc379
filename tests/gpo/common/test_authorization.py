"""The answers of auth functions, to readers who may and who may not."""

from __future__ import annotations

from typing import Any

import pytest

import ckan.plugins.toolkit as tk
from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.gpo.catalogue import reference, seed
from ckanext.gpo.common import authorization


def context(user: dict[str, Any] | None) -> Any:
    return {"user": user["name"] if user else "", "ignore_auth": False}


@pytest.fixture
def editor(non_clean_db: None) -> dict[str, Any]:
    return factories.User()


@pytest.fixture
def department(editor: dict[str, Any]) -> str:
    """The name of a department that has the editor."""
    departments = {each["name"]: each for each in reference.departments()}
    seed.ensure_department(departments["wglj"])
    site = {"user": call_action("get_site_user")["name"]}
    member = {"id": "wglj", "username": editor["name"], "role": "editor"}
    call_action("organization_member_create", site, **member)
    return "wglj"


def test_whoever_may_do_the_same_to_a_record(department: str, editor: dict[str, Any]):
    rule = "organization_update"
    allow_as = authorization.allow_as

    for user in (None, editor):
        answer = allow_as(rule, context(user), department)
        assert not answer["success"]
        assert answer.get("msg")
    assert allow_as(rule, context(factories.Sysadmin()), department) == {
        "success": True
    }


def test_editors_of_any_department(department: str, editor: dict[str, Any]):
    allow = authorization.allow_editors

    assert allow(context(editor), "no") == {"success": True}
    for user in (None, factories.User()):
        assert allow(context(user), "no") == {"success": False, "msg": "no"}


def test_a_refusal_is_hidden():
    assert authorization.hide(authorization.allow()) == {"success": True}
    with pytest.raises(tk.ObjectNotFound, match="nothing"):
        authorization.hide(authorization.refuse("secret"), "nothing")
