"""What pages cost does not grow with what they do not show."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ckan import model

from ckanext.gpo.dataapi.webhooks import Delivery, now

from ...test_statements import counted
from .conftest import Register

PAGE = "/api-webhooks"


def attempts(webhook: str, count: int) -> None:
    """As if so many messages had been tried once, one a second."""
    for number in range(count):
        model.Session.add(
            Delivery(
                webhook=webhook,
                message=f"msg_{number}",
                moment=now() - timedelta(seconds=number),
                attempt=1,
                status=200,
                failure="",
                milliseconds=5,
                answer="",
            )
        )
    model.Session.commit()


def cost(app: Any, address: str) -> int:
    with counted() as statements:
        assert app.get(address, status=200)
    return statements.total()


def test_a_log_costs_the_same_however_long_it_is(
    app: Any, owner: dict[str, Any], register: Register
):
    webhook = register()["id"]
    app.set_session_user(owner["id"])
    page = f"{PAGE}/{webhook}"
    attempts(webhook, 10)
    cost(app, page)  # what the first page loads once
    few = cost(app, page)
    attempts(webhook, 990)

    assert cost(app, page) == few <= 20


def test_the_list_costs_little_for_each_webhook(
    app: Any, owner: dict[str, Any], register: Register
):
    app.set_session_user(owner["id"])
    register()
    cost(app, PAGE)
    one = cost(app, PAGE)
    for _ in range(9):
        register()

    assert cost(app, PAGE) == one <= 25
