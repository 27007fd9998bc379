"""Disclosure items: written by one, released by another, by every door."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

import ckan.plugins.toolkit as tk
from ckan.tests import factories

from ckanext.gpo.catalogue import item, reference

from .conftest import act, as_reader

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture
def staff() -> dict[str, str]:
    """Names of an editor and two administrators of a department, and of a sysadmin."""
    names = {"sysadmin": factories.Sysadmin()["name"]}
    for who, role in (("editor", "editor"), ("head", "admin"), ("deputy", "admin")):
        names[who] = factories.User()["name"]
        act("organization_member_create", id="swj", username=names[who], role=role)
        act("group_member_create", id="tax", username=names[who], role="editor")
    return names


@pytest.fixture
def draft(staff: dict[str, str]) -> Iterator[dict[str, Any]]:
    """An item that the editor has written."""
    made = as_reader("package_create", user=staff["editor"], **_written())
    yield made
    act("dataset_purge", id=made["id"])


def _written(**changes: Any) -> dict[str, Any]:
    name = f"item-{uuid4().hex[:8]}"
    record = item.record("tax", reference.items("tax")[0])
    return record | {"name": name, "owner_org": "swj", "seq": 900} | changes


def _is_public(draft: dict[str, Any]) -> bool:
    return not act("package_show", id=draft["id"])["private"]


def _publish_bulk(user: str, draft: dict[str, Any]) -> Any:
    data = {"datasets": [draft["id"]], "org_id": draft["owner_org"]}
    return as_reader("bulk_update_public", user=user, **data)


PUBLISH = {
    "package_patch": lambda user, draft: as_reader(
        "package_patch", user=user, id=draft["id"], private=False
    ),
    "package_update": lambda user, draft: as_reader(
        "package_update", user=user, **draft | {"private": False}
    ),
    "package_revise": lambda user, draft: as_reader(
        "package_revise",
        user=user,
        match={"id": draft["id"]},
        update={"private": False},
    ),
    "bulk_update_public": _publish_bulk,
}
REFUSALS = (tk.ValidationError, tk.NotAuthorized)


@pytest.mark.parametrize("who", ["editor", "head"])
def test_a_new_item_is_private(staff: dict[str, str], who: str):
    with pytest.raises(tk.ValidationError) as refusal:
        as_reader("package_create", user=staff[who], **_written(private=False))
    assert refusal.value.error_dict["code"] == ["item-not-released"]


@pytest.mark.parametrize("publish", PUBLISH.values(), ids=PUBLISH)
class TestRelease:
    def test_by_its_writer(self, staff: dict[str, str], draft: Any, publish: Any):
        with pytest.raises(REFUSALS):
            publish(staff["editor"], draft)
        written = as_reader(
            "package_patch", user=staff["head"], id=draft["id"], title_en="By the head"
        )
        with pytest.raises(REFUSALS):
            publish(staff["head"], written)
        assert not _is_public(draft)

    def test_by_another_administrator(
        self, staff: dict[str, str], draft: Any, publish: Any
    ):
        publish(staff["head"], draft)
        assert _is_public(draft)
        assert as_reader("package_show", id=draft["id"])["title"] == draft["title"]


def test_a_release_changes_nothing(staff: dict[str, str], draft: dict[str, Any]):
    with pytest.raises(tk.ValidationError) as refusal:
        as_reader(
            "package_patch",
            user=staff["head"],
            id=draft["id"],
            private=False,
            title="看似官方",
        )
    assert "title" in refusal.value.error_dict
    assert not _is_public(draft)


def test_what_is_public_changes_by_nobody_alone(
    staff: dict[str, str], draft: dict[str, Any]
):
    PUBLISH["package_patch"](staff["head"], draft)
    change = {"id": draft["id"], "content_elements": "看似官方"}
    for who in ("editor", "head", "deputy"):
        with pytest.raises(tk.ValidationError) as refusal:
            as_reader("package_patch", user=staff[who], **change)
        assert refusal.value.error_dict["code"] == ["item-is-public"]
    for action, more in (("package_patch", {"private": True}), ("package_delete", {})):
        with pytest.raises(tk.NotAuthorized):
            as_reader(action, user=staff["editor"], id=draft["id"], **more)

    as_reader("package_patch", user=staff["head"], **change, private=True)
    with pytest.raises(tk.ValidationError):
        PUBLISH["package_patch"](staff["head"], draft)
    PUBLISH["package_patch"](staff["deputy"], draft)
    assert _is_public(draft)


def test_a_sysadmin_may_do_both(staff: dict[str, str], draft: dict[str, Any]):
    changes = {"id": draft["id"], "private": False, "title_en": "By a sysadmin"}
    as_reader("package_patch", user=staff["sysadmin"], **changes)
    assert _is_public(draft)
