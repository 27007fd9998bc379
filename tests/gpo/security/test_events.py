"""Rights and sign-ins of staff leave an event, whichever way they came about."""

from __future__ import annotations

from typing import Any

import pytest

from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp, call_action

from ckanext.gpo.catalogue import reference, seed
from ckanext.gpo.common import ledger

pytestmark = pytest.mark.usefixtures("clean_db")

PASSWORD = "a long enough password 73"


def _events(user: dict[str, Any]) -> list[ledger.Event]:
    return ledger.events(room="security", subject=user["id"])


def _steps(user: dict[str, Any]) -> list[str]:
    return [event.what for event in _events(user)]


@pytest.fixture
def person() -> dict[str, Any]:
    return factories.User(password=PASSWORD)


@pytest.fixture
def department() -> dict[str, Any]:
    first = reference.departments()[0]
    seed.ensure_department(first)
    return call_action("organization_show", id=first["name"])


def _employ(department: dict[str, Any], person: dict[str, Any], role: str) -> None:
    call_action(
        "organization_member_create",
        id=department["id"],
        username=person["name"],
        role=role,
    )


def test_a_post_given_changed_and_taken(
    person: dict[str, Any], department: dict[str, Any]
):
    for role in ("editor", "editor", "admin"):
        _employ(department, person, role)
    call_action(
        "organization_member_delete",
        {"user": call_action("get_site_user")["name"]},
        id=department["id"],
        username=person["name"],
    )

    events = _events(person)
    assert [(e.what, e.facts["capacity"]) for e in events] == [
        ("post-given", "editor"),
        ("post-given", "admin"),
        ("post-taken", "admin"),
    ]
    assert {event.parent for event in events} == {department["id"]}


def test_who_gave_it(
    app: CKANTestApp, person: dict[str, Any], department: dict[str, Any]
):
    head = factories.UserWithToken()
    _employ(department, head, "admin")

    app.post(
        "/api/3/action/organization_member_create",
        json={"id": department["id"], "username": person["name"], "role": "editor"},
        headers={"Authorization": head["token"]},
        status=200,
    )

    (event,) = _events(person)
    assert (event.account, event.post) == (head["name"], "admin")


def test_the_rank_of_sysadmin_and_the_end_of_an_account(person: dict[str, Any]):
    call_action("user_patch", id=person["id"], sysadmin=True)
    call_action("user_patch", id=person["id"], sysadmin=False)
    call_action("user_delete", id=person["id"])

    assert _steps(person) == ["sysadmin-made", "sysadmin-ended", "closed"]


def test_a_token_made_and_revoked(person: dict[str, Any]):
    call_action("api_token_create", user=person["name"], name="probe")
    (token,) = model.Session.query(model.ApiToken).filter_by(user_id=person["id"])
    call_action("api_token_revoke", jti=token.id)

    assert _steps(person) == ["token-made", "token-revoked"]


def test_a_change_that_is_given_up_leaves_no_event(person: dict[str, Any]):
    user = model.User.get(person["id"])
    assert user
    user.sysadmin = True
    model.Session.flush()
    model.Session.rollback()

    assert _steps(person) == []


@pytest.mark.parametrize("capacity", ["editor", None])
def test_staff_that_sign_in_and_citizens_who_do_not_concern_anyone(
    app: CKANTestApp,
    person: dict[str, Any],
    department: dict[str, Any],
    capacity: str | None,
):
    if capacity:
        _employ(department, person, capacity)

    form = {"login": person["name"], "password": PASSWORD}
    app.post("/user/login", data=form, follow_redirects=False, status=302)

    assert _steps(person).count("signed-in") == (1 if capacity else 0)
