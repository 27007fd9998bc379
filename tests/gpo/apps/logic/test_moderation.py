"""From a draft to readers and back, by those who may."""

from __future__ import annotations

from threading import Barrier, Thread
from typing import Any

import pytest

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.gpo.apps.model import App
from ckanext.gpo.common import ledger
from ckanext.gpo.common.notices.model import Notice

from ..conftest import Registry


def steps(app: dict[str, Any]) -> list[tuple[str | None, str, str, str]]:
    events = ledger.events(kind="app-registration", subject=app["id"])
    return [(e.from_state, e.what, e.account, e.reason) for e in events]


def told(kind: str) -> list[str]:
    """Names of the accounts that were told, on their pages of notices."""
    notices = model.Session.query(Notice).filter_by(kind=f"apps.{kind}", channel="site")
    return sorted(model.User.get(notice.recipient).name for notice in notices)


def test_returned_resubmitted_and_approved(registry: Registry):
    app = registry.draft()
    registry.call("builder", "registration_submit", id=app["id"])
    assert told("submitted") == ["reviewer"]

    registry.call("reviewer", "registration_review", id=app["id"])
    registry.decide(app, "returned", "请补充英文名称")
    assert told("returned") == ["builder"]

    registry.call("builder", "registration_update", id=app["id"], title_en="Parking")
    registry.call("builder", "registration_submit", id=app["id"])
    registry.call("reviewer", "registration_review", id=app["id"])
    answer = registry.decide(app, "approved")

    assert answer["state"] == "published"
    assert answer["is_public"]
    assert steps(app) == [
        (None, "draft", "builder", ""),
        ("draft", "submitted", "builder", ""),
        ("submitted", "in-review", "reviewer", ""),
        ("in-review", "returned", "reviewer", "请补充英文名称"),
        ("returned", "submitted", "builder", ""),
        ("submitted", "in-review", "reviewer", ""),
        ("in-review", "approved", "reviewer", ""),
        ("approved", "published", "registry", ""),
    ]
    assert told("published") == ["builder"]
    assert "steward" in told("data-used")  # beside who made the department
    record = call_action("package_show", id=app["name"])
    assert (record["type"], record["state"]) == ("app", "active")
    assert record["title_en"] == "Parking"


def test_what_is_public_is_found_and_what_is_taken_back_is_not(registry: Registry):
    app = registry.published()
    search = {"fq": "dataset_type:app", "include_private": False}
    assert call_action("package_search", **search)["count"] == 1
    assert registry.call("", "app_list")["count"] == 1

    registry.call("reviewer", "app_unpublish", id=app["id"], reason="侵权")

    assert call_action("package_search", **search)["count"] == 0
    assert registry.call("", "app_list")["count"] == 0
    with pytest.raises(tk.ObjectNotFound):
        registry.call("", "app_show", id=app["id"])
    with pytest.raises((tk.ObjectNotFound, tk.NotAuthorized)):
        call_action("package_show", {"user": "", "ignore_auth": False}, id=app["id"])
    assert told("unpublished") == ["builder"]


def test_a_newer_copy_is_reviewed_while_readers_see_the_older_one(registry: Registry):
    app = registry.published()
    registry.call("builder", "registration_reopen", id=app["id"])
    registry.call("builder", "registration_update", id=app["id"], title="停车新版")
    assert registry.call("", "app_show", id=app["id"])["title"] == "停车去哪儿"
    registry.call("builder", "registration_submit", id=app["id"])
    registry.call("reviewer", "registration_review", id=app["id"])
    assert registry.call("", "app_show", id=app["id"])["title"] == "停车去哪儿"

    registry.decide(app, "approved")

    assert registry.call("", "app_show", id=app["id"])["title"] == "停车新版"
    assert call_action("package_show", id=app["id"])["title"] == "停车新版"


@pytest.mark.parametrize("is_sysadmin", [True, False])
def test_nobody_reviews_their_own(
    registry: Registry, monkeypatch: pytest.MonkeyPatch, is_sysadmin: bool
):
    monkeypatch.setitem(tk.config, "ckanext.gpo.apps.reviewing_department", "zjj")
    own = "root" if is_sysadmin else "steward"
    if is_sysadmin:
        factories.Sysadmin(name="root")
    uses = [{"id": "parking", "purpose": "显示"}]
    app = registry.call(
        own,
        "registration_create",
        **{
            **registry.draft()["content"],
            "datasets": uses,
        },
    )
    registry.call(own, "registration_submit", id=app["id"])

    with pytest.raises(tk.NotAuthorized, match="of their own|自己"):
        registry.call(own, "registration_review", id=app["id"])
    registry.call("reviewer", "registration_review", id=app["id"])
    with pytest.raises(tk.NotAuthorized):
        registry.call(own, "registration_decide", id=app["id"], decision="approved")


def test_the_staff_of_the_reviewing_department_reviews(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
):
    app = registry.draft()
    registry.call("builder", "registration_submit", id=app["id"])
    with pytest.raises(tk.NotAuthorized):
        registry.call("steward", "registration_review", id=app["id"])

    monkeypatch.setitem(tk.config, "ckanext.gpo.apps.reviewing_department", "zjj")

    answer = registry.call("steward", "registration_review", id=app["id"])
    assert answer["state"] == "in-review"


@pytest.mark.parametrize("decision", ["returned", "rejected"])
def test_a_refusal_needs_a_reason(registry: Registry, decision: str):
    app = registry.under_review()

    with pytest.raises(tk.ValidationError) as refusal:
        registry.decide(app, decision, "  ")

    assert refusal.value.error_dict["code"] == ["reason-missing"]
    assert App.get(app["id"]).state == "in-review"  # type: ignore[union-attr]


def test_two_decisions_at_once_have_one_outcome(registry: Registry):
    """Approved and returned at the same moment: one counts, the other is told so."""
    app = registry.under_review()
    start = Barrier(2)
    outcomes: dict[str, str] = {}

    def decide(decision: str) -> None:
        start.wait()
        try:
            outcomes[decision] = registry.decide(app, decision, "原因")["state"]
        except tk.ValidationError as refusal:
            outcomes[decision] = refusal.error_dict["code"][0]
        finally:
            model.Session.remove()

    threads = [Thread(target=decide, args=(d,)) for d in ("approved", "returned")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert "no-transition" in outcomes.values()
    state = App.get(app["id"]).state  # type: ignore[union-attr]
    assert state in outcomes.values()


def test_a_dataset_that_is_withdrawn_under_review_stops_the_approval(
    registry: Registry,
):
    app = registry.under_review()
    model.Package.get("parking").private = True  # type: ignore[union-attr]
    model.Session.commit()

    with pytest.raises(tk.ValidationError) as refusal:
        registry.decide(app, "approved")

    assert "datasets" in refusal.value.error_dict
    assert App.get(app["id"]).state == "in-review"  # type: ignore[union-attr]
