"""No page of apps costs more statements because there are more of them."""

from __future__ import annotations

from typing import Any

import pytest

from ckan import model
from ckan.tests import factories

from bench import copies

from ..test_statements import counted
from .conftest import Registry

FEW, MANY = 30, 5_000


@pytest.mark.parametrize(
    ("account", "path", "bound"),
    [
        ("", "/apps", 10),
        ("", "/apps?sort=rating&kind=idea&dataset=parking", 10),
        ("", "/app/{published}", 12),
        ("", "/feeds/apps.atom", 10),
        ("reviewer", "/desk/app-reviews", 35),
        ("builder", "/desk/apps", 35),
        ("reviewer", "/desk/app-reviews/reports", 35),
    ],
)
def test_a_page_asks_the_same_of_few_and_of_many(
    app: Any, registry: Registry, account: str, path: str, bound: int
):
    names = {"published": registry.published()["name"]}
    draft = registry.draft()
    registry.call("builder", "registration_submit", id=draft["id"])
    registry.call("", "report_create", id=names["published"], topic="spam")
    path = path.format(**names)
    headers = {}
    if account:
        user = model.User.get(account)
        headers = {"Authorization": factories.APIToken(user=user.id)["token"]}
    costs = []
    for first, last in ((1, FEW), (FEW + 1, MANY)):
        for name in (names["published"], draft["name"]):
            copies.apps(name, last - first + 1, first)
        app.get(path, headers=headers)
        with counted() as statements:
            answer = app.get(path, headers=headers)
        assert answer.status_code == 200
        costs.append(statements.total())

    assert costs[0] == costs[1]
    assert costs[1] <= bound
