"""The page of follows asks the database as often for many as for few."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from ckan import model
from ckan.tests import factories

from ckanext.gpo.common.news import Subject
from ckanext.gpo.follow.model import Follow, now

from ..test_statements import counted

FEW, MANY = 20, 1000
"""A full page, and many."""


@pytest.mark.usefixtures("clean_db")
def test_follows(app: Any):
    account = factories.User()["id"]
    app.set_session_user(account)
    statements: list[int] = []
    for count in (FEW, MANY):
        _follow(account, count)
        app.get("/desk/follows")
        model.Session.remove()
        with counted() as executed:
            page = app.get("/desk/follows")
        assert page.body.count("notice-entry") == FEW
        statements.append(executed.total())
    assert statements[0] == statements[1]


def _follow(account: str, count: int) -> None:
    model.Session.execute(sa.delete(Follow))
    values = {"has_account": True, "pace": "daily", "confirmed": now()}
    for number in range(count):
        Follow.ensure(account, Subject("dataset", f"gone-{number}"), **values)
    model.Session.commit()
