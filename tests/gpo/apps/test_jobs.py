"""Links are watched: a dead one is told, then hidden, and comes back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib.jobs import get_queue
from ckan.tests.helpers import call_action

from ckanext.gpo.apps import jobs, links
from ckanext.gpo.apps.model import App, now
from ckanext.gpo.common import ledger
from ckanext.gpo.common.links import LinkError
from ckanext.gpo.common.notices.model import Notice

from .conftest import Registry

LINK = "https://app.example.com/"


@pytest.fixture
def net(monkeypatch: pytest.MonkeyPatch) -> dict[str, bool]:
    """Which links answer."""
    alive = {LINK: True}

    def probe(link: str, *, private_allowed: bool = False) -> None:
        if not alive[link]:
            raise LinkError("link-away", link)

    monkeypatch.setattr(links, "probe", probe)
    return alive


def pass_days(app: dict[str, Any], days: float) -> None:
    """Let the last answer, and the first that failed to come, be so long ago."""
    stored = App.get(app["id"])
    assert stored is not None
    for name in ("link_checked", "link_failing"):
        if moment := getattr(stored, name):
            setattr(stored, name, moment - timedelta(days=days))
    model.Session.commit()


def kinds() -> list[str]:
    notices = model.Session.query(Notice).filter(
        Notice.kind.startswith("apps.link-"), Notice.channel == "site"
    )
    return sorted(notice.kind for notice in notices)


def test_dead_then_hidden_then_back(registry: Registry, net: dict[str, bool]):
    app = registry.published(link=LINK)
    net[LINK] = False
    jobs.watch_links()
    assert not registry.call("", "app_show", id=app["id"])["link_dead"]

    pass_days(app, 3)
    jobs.watch_links()
    assert registry.call("", "app_show", id=app["id"])["link_dead"]
    assert kinds() == ["apps.link-dead"]

    pass_days(app, 12)
    jobs.watch_links()
    with pytest.raises(tk.ObjectNotFound):
        registry.call("", "app_show", id=app["id"])
    assert call_action("package_search", fq="dataset_type:app")["count"] == 0
    assert kinds() == ["apps.link-dead", "apps.link-hidden"]

    net[LINK] = True
    pass_days(app, 1)
    jobs.watch_links()
    assert not registry.call("", "app_show", id=app["id"])["link_dead"]
    assert call_action("package_search", fq="dataset_type:app")["count"] == 1
    events = ledger.events(kind="app-link", subject=app["id"])
    assert [event.what for event in events] == ["dead", "hidden", "alive"]


def test_only_what_is_due_is_queued_and_once(
    clean_queues: None, registry: Registry, net: dict[str, bool]
):
    def queued() -> int:
        return sum("watch_links" in job.func_name for job in get_queue().jobs)

    registry.draft(link=LINK)
    jobs.sweep()
    assert queued() == 0

    registry.published(link=LINK)
    jobs.sweep()
    jobs.sweep()
    assert queued() == 1

    jobs.watch_links()
    get_queue().empty()
    jobs.sweep()
    assert queued() == 0


def test_a_link_that_is_changed_while_it_is_asked_is_not_judged(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(links, "probe", lambda *_, **__: None)
    app = registry.published(link=LINK)

    def probe(link: str, *, private_allowed: bool = False) -> None:
        stored = App.get(app["id"])
        stored.public_content = {**stored.public_content, "link": "https://b.example/"}
        model.Session.commit()
        raise LinkError("link-away", link)

    monkeypatch.setattr(links, "probe", probe)
    jobs.watch_links()

    stored = App.get(app["id"])
    assert (stored.link_failing, stored.link_checked) == (None, None)
    assert stored.modified <= now()
