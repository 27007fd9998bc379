"""The pages of notices and mails ask the database as often for many as for few."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
import sqlalchemy as sa

from ckan import model
from ckan.tests import factories

from ckanext.gpo.common.notices.model import Notice

from ...test_statements import counted
from .conftest import NEWS, NOON

FEW, MANY = 10, 1000

ACCOUNTS = 25
"""More than a page shows, so that no two of its mails go to the same one."""


def _write(count: int, recipients: Sequence[str], channel: str, *states: str) -> None:
    """So many notices in all, to each of the recipients in turn, by way of these states."""
    model.Session.query(Notice).delete()
    model.Session.add_all(
        Notice(
            reference=f"{number}",
            kind=NEWS.name,
            subject="s",
            recipient=recipients[number % len(recipients)],
            channel=channel,
            language="zh_Hans_CN",
            facts={"text": f"第{number}条"},
            urgent=False,
            state=states[0],
            created=NOON,
        )
        for number in range(count)
    )
    model.Session.flush()
    for state in states[1:]:
        model.Session.execute(sa.update(Notice).values(state=state))
    model.Session.commit()


def _statements(client: Any, page: str) -> int:
    client.get(page)
    model.Session.remove()
    with counted() as statements:
        assert client.get(page).status_code == 200
    return statements.total()


def test_notices(app: Any, account: model.User):
    app.set_session_user(account.id)
    statements: list[int] = []
    for count in (FEW, MANY):
        _write(count, [account.id], "site", "sent")
        statements.append(_statements(app, "/desk/notices"))
    assert "第9" in app.get("/desk/notices").body
    assert statements[0] == statements[1]


@pytest.mark.parametrize("states", [["created"], ["created", "sending", "failed"]])
def test_mails(app: Any, outgoing: None, states: list[str]):
    sysadmin = factories.Sysadmin()["id"]
    accounts = [factories.User()["id"] for _ in range(ACCOUNTS)]
    app.set_session_user(sysadmin)
    statements: list[int] = []
    for count in (FEW, MANY):
        _write(count, accounts, "mail", *states)
        statements.append(_statements(app, "/desk/mails"))
    assert statements[0] == statements[1]
