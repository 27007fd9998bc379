"""No text of a department, a domain or an account holds what does not show."""

from __future__ import annotations

from typing import Any

import pytest

import ckan.plugins.toolkit as tk
from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.gpo.catalogue import reference, seed

pytestmark = pytest.mark.usefixtures("non_clean_db", "with_request_context")

TEXTS = [
    ("group", "title"),
    ("group", "description"),
    ("organization", "title"),
    ("organization", "description"),
    ("user", "fullname"),
    ("user", "about"),
]


@pytest.fixture
def names() -> dict[str, str]:
    """Kind of record → the name of one."""
    department, domain = reference.departments()[0], reference.domains()[0]
    seed.ensure_department(department)
    seed.ensure_domain(domain)
    return {
        "organization": department["name"],
        "group": domain["name"],
        "user": factories.User()["name"],
    }


def _refused(action: str, field: str, **data: Any) -> None:
    with pytest.raises(tk.ValidationError) as refusal:
        call_action(action, {"user": call_action("get_site_user")["name"]}, **data)
    assert list(refusal.value.error_dict) == [field]
    assert "U+202E" in refusal.value.error_dict[field][0]


@pytest.mark.parametrize(("kind", "field"), TEXTS)
@pytest.mark.parametrize("verb", ["update", "patch"])
def test_a_change(names: dict[str, str], kind: str, field: str, verb: str):
    record = call_action(f"{kind}_show", id=names[kind])

    _refused(f"{kind}_{verb}", field, **{**record, field: "文\u202e件"})

    assert call_action(f"{kind}_show", id=names[kind])[field] == record[field]


@pytest.mark.parametrize(("kind", "field"), TEXTS)
def test_a_new_record(kind: str, field: str):
    _refused(f"{kind}_create", field, **{"name": "new", field: "文\u202e件"})

    with pytest.raises(tk.ObjectNotFound):
        call_action(f"{kind}_show", id="new")


def test_a_password_is_no_text_to_read():
    user = factories.User(password="vier\u200bFelsen-am-Meer-88")
    assert call_action("user_show", id=user["id"])["state"] == "active"
