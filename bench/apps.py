"""`app_page[…]`: the pages of a registry of 5,000 apps, twenty readers at once.

The value is the time within which 95 of 100 answers came; the peer is one reader alone on
the same site. Each reader reads for three seconds before asking on. The pages for readers
and those of the desk are asked in turns of their own: the desk by an account that reviews,
whose answers nobody keeps.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model

from bench import catalogue, clients, copies, served, site
from bench.figure import Figure

APPS = 5_000
WAITING = 500
CLIENTS = 20
SECONDS = 60
PAUSE = 3.0
ALONE_ROUNDS = 20
PERCENT = 95
DATASET = "culture-culture-venues"

CONTENT = {
    "title": "示例应用",
    "title_en": "Sample app",
    "summary": "示例数据：按街道查找文化场馆。",
    "summary_en": "Sample data: cultural venues by street.",
    "description": "- 每天读取一次\n- **按街道**查找",
    "kind": "idea",
    "developer": "示例工作室",
    "licence": "MIT",
    "datasets": [{"id": DATASET, "purpose": "列出场馆"}],
}


def figures() -> Iterator[Figure]:
    with site.running():
        catalogue.fill(26)
        app, token = _fill()
    with served.serving() as (address, _):
        public = {
            "list": "/apps",
            "list by rating": "/apps?sort=rating&kind=idea",
            "a late page": "/apps?page=200",
            "by dataset": f"/apps?dataset={DATASET}",
            "app": f"/app/{app}",
            "dataset": f"/dataset/{DATASET}",
        }
        yield from _figures(address, public, {})
        desk = {"queue": "/desk/app-reviews", "own": "/desk/apps"}
        yield from _figures(address, desk, {"Authorization": token})


def _figures(
    address: str, pages: dict[str, str], headers: dict[str, str]
) -> Iterator[Figure]:
    # each process of the server has loaded what its pages need
    clients.ask(address, pages, CLIENTS, rounds=2, headers=headers)
    alone = clients.ask(address, pages, 1, rounds=ALONE_ROUNDS, headers=headers)
    crowd = clients.ask(
        address, pages, CLIENTS, seconds=SECONDS, headers=headers, pause=PAUSE
    )
    if crowd.failures:
        raise RuntimeError(f"pages that did not answer: {crowd.failures}")
    for page in pages:
        yield Figure.from_times(
            f"app_page[{page}]",
            crowd.percentile(page, PERCENT),
            "one reader alone",
            alone.percentile(page, PERCENT),
            len(crowd.seconds[page]),
        )


def _fill() -> tuple[str, str]:
    """The name of an app among 5,000, and the token of an account that reviews."""
    builder, reviewer = (_account(name) for name in ("builder", "reviewer"))
    token = _call(reviewer, "api_token_create", user=reviewer, name="bench")["token"]
    app = _registered(builder, reviewer)
    copies.apps(app, APPS - 1)
    waiting = _call(builder, "gpo_apps_registration_create", **CONTENT)["name"]
    _call(builder, "gpo_apps_registration_submit", id=waiting)
    copies.apps(waiting, WAITING - 1)
    return app, token


def _registered(builder: str, reviewer: str) -> str:
    app = _call(builder, "gpo_apps_registration_create", **CONTENT)["name"]
    _call(builder, "gpo_apps_registration_submit", id=app)
    _call(reviewer, "gpo_apps_registration_review", id=app)
    _call(reviewer, "gpo_apps_registration_decide", id=app, decision="approved")
    return app


def _account(name: str) -> str:
    password = "only-for-this-run-1"
    user = tk.get_action("user_create")(
        site.as_site(),
        {"name": name, "email": f"{name}@example.org", "password": password},
    )
    account = model.Session.get(model.User, user["id"])
    if account is None:
        raise RuntimeError(f"{name} was not made")
    account.sysadmin = name == "reviewer"
    model.Session.commit()
    return name


def _call(account: str, action: str, **data: Any) -> Any:
    return tk.get_action(action)({"user": account, "ignore_auth": False}, data)
