"""CKAN's own actions do not go round the review."""

from __future__ import annotations

from typing import Any

import pytest

import ckan.plugins.toolkit as tk
from ckan.tests.helpers import call_action

from ..conftest import Registry

RECORD = {
    "type": "app",
    "name": "sneaked",
    "title": "绕过",
    "notes": "绕过",
    "app_kind": "idea",
}


@pytest.mark.parametrize("ignore_auth", [True, False])
def test_no_record_is_made_by_hand(registry: Registry, ignore_auth: bool):
    context = {"user": "reviewer", "ignore_auth": ignore_auth}

    with pytest.raises(tk.NotAuthorized):
        call_action("package_create", context, **RECORD)


@pytest.mark.parametrize("ignore_auth", [True, False])
@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("package_update", RECORD),
        ("package_patch", {"title": "换了"}),
        ("package_revise", {"match": {}, "update": {"title": "换了"}}),
        ("package_delete", {}),
        ("dataset_purge", {}),
        ("resource_create", {"url": "https://example.com/x.csv"}),
    ],
)
def test_no_record_is_changed_by_hand(
    registry: Registry, action: str, data: dict[str, Any], ignore_auth: bool
):
    app = registry.published()
    context = {"user": "reviewer", "ignore_auth": ignore_auth}
    reference = {"package_id" if action == "resource_create" else "id": app["id"]}
    if action == "package_revise":
        reference, data = {}, {**data, "match": {"id": app["id"]}}

    with pytest.raises((tk.NotAuthorized, tk.ValidationError)):
        call_action(action, context, **{**data, **reference})

    assert call_action("package_show", id=app["id"])["title"] == "停车去哪儿"


def test_a_dataset_does_not_become_an_app(registry: Registry):
    with pytest.raises((tk.NotAuthorized, tk.ValidationError)):
        call_action("package_patch", {"user": "reviewer"}, id="parking", type="app")
