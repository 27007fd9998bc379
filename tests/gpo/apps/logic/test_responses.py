"""Ratings and reports of abuse."""

from __future__ import annotations

import pytest

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.tests import factories

from ckanext.gpo.apps.model import Report
from ckanext.gpo.common import ledger

from ..conftest import Registry


def test_a_rating_is_one_for_each_account_and_may_be_changed(registry: Registry):
    app = registry.published()
    factories.User(name="reader")
    registry.call("reader", "app_rate", id=app["id"], value=1)
    registry.call("steward", "app_rate", id=app["id"], value=4)

    answer = registry.call("reader", "app_rate", id=app["id"], value="5")

    assert answer == {"count": 2, "mean": 4.5}
    shown = registry.call("", "app_show", id=app["id"])
    assert shown["rating"] == {"count": 2, "mean": 4.5}


@pytest.mark.parametrize("value", [0, 6, "many", None, 1.5e9])
def test_only_one_to_five_stars(registry: Registry, value: object):
    app = registry.published()

    with pytest.raises(tk.ValidationError):
        registry.call("steward", "app_rate", id=app["id"], value=value)


@pytest.mark.parametrize("account", ["builder", ""])
def test_neither_the_builder_nor_a_stranger_rates(registry: Registry, account: str):
    app = registry.published()

    with pytest.raises(tk.NotAuthorized):
        registry.call(account, "app_rate", id=app["id"], value=5)


def test_what_is_not_public_is_not_rated(registry: Registry):
    app = registry.draft()

    with pytest.raises(tk.ObjectNotFound):
        registry.call("steward", "app_rate", id=app["id"], value=5)


@pytest.mark.parametrize("account", ["", "steward"])
def test_a_report_waits_for_a_decision(registry: Registry, account: str):
    app = registry.published()
    words = "页面要求填写身份证号"
    report = registry.call(
        account, "report_create", id=app["id"], topic="personal-data", words=words
    )

    listed = registry.call("reviewer", "report_list")["results"]

    assert [(r["words"], r["has_account"]) for r in listed] == [(words, bool(account))]
    registry.call(
        "reviewer",
        "report_decide",
        id=report["id"],
        decision="upheld",
        reason="已下架",
    )
    assert registry.call("reviewer", "report_list")["count"] == 0
    events = ledger.events(kind="app-report", subject=report["id"])
    assert [(e.what, e.account) for e in events] == [
        ("open", ""),
        ("upheld", "reviewer"),
    ]
    assert words not in str([e.facts for e in events])


def test_reports_are_for_those_who_review(registry: Registry):
    app = registry.published()
    report = registry.call("", "report_create", id=app["id"], topic="spam")

    for account in ("builder", "steward", ""):
        with pytest.raises(tk.NotAuthorized):
            registry.call(account, "report_list")
        with pytest.raises(tk.NotAuthorized):
            registry.call(
                account,
                "report_decide",
                id=report["id"],
                decision="dismissed",
                reason="无",
            )
    assert model.Session.get(Report, report["id"]).state == "open"
