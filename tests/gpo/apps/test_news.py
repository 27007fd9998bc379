"""Builders hear of their data, and readers of apps."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest

from ckan import model

from ckanext.gpo.apps.model import App
from ckanext.gpo.apps.news import SOURCE, read_news
from ckanext.gpo.common import ledger
from ckanext.gpo.common.news import News, Subject, Topic, find_profile, news_kinds
from ckanext.gpo.common.notices.model import Notice
from ckanext.gpo.common.notices.wording import paragraph

from .conftest import Registry

FACTS = {
    "catalogue.late": {"name": "parking", "title": "停车场", "due": "2026-11-20"},
    "quality.shape-coming": {"dataset": "parking", "title": "停车场", "number": 3},
    "quality.withdrawn": {"dataset": "parking", "title": "停车场", "reason": "有误"},
    "quality.shape": {
        "dataset": "parking",
        "title": "停车场",
        "table": "none",
        "number": 4,
        "previous": 3,
        "rows": 10,
        "totals": None,
        "columns_added": ["区"],
        "columns_removed": [],
    },
}


def news(kind: str, dataset: str = "parking", reference: str = "r") -> News:
    key = model.Package.get(dataset).id
    now = datetime.now(timezone.utc)
    subjects = (Subject("dataset", key),)
    return News(f"{reference}/{kind}", news_kinds()[kind], subjects, FACTS[kind], now)


def told() -> list[Notice]:
    found = model.Session.query(Notice).filter_by(kind="apps.data-news", channel="site")
    return found.all()


@pytest.mark.parametrize("kind", FACTS)
def test_a_builder_is_told_once_with_the_words_of_the_room(
    app: Any, registry: Registry, kind: str
):
    registry.published()
    registry.published(title="第二个")

    read_news([news(kind)])
    read_news([news(kind)])
    model.Session.commit()

    (notice,) = told()
    assert model.User.get(notice.recipient).name == "builder"
    with app.flask_app.test_request_context("/"):
        words = paragraph(notice)
    assert "停车场" in words.title
    assert "停车去哪儿" in words.lines[-1]
    assert "第二个" in words.lines[-1]


def test_only_builders_of_public_apps_that_use_it_are_told(registry: Registry):
    registry.published(datasets=[{"id": "permits", "purpose": "许可"}])
    registry.under_review()
    app = registry.published()
    registry.call("builder", "app_unpublish", id=app["id"], reason="不再维护")

    read_news([news("catalogue.late")])

    assert told() == []


def test_of_what_became_private_only_the_withdrawal_is_told(registry: Registry):
    registry.published()
    told_later = [news("catalogue.late"), news("quality.withdrawn")]
    model.Package.get("parking").private = True
    model.Session.commit()

    read_news(told_later)

    assert [notice.facts["news"] for notice in told()] == ["quality.withdrawn"]


def test_a_deleted_builder_is_not_told(registry: Registry):
    registry.published()
    model.User.get("builder").delete()
    model.Session.commit()

    read_news([news("catalogue.late")])

    assert told() == []


def test_a_published_app_is_news_of_itself_and_of_its_datasets(registry: Registry):
    app = registry.published()
    events = ledger.events(kind="app-registration", subject=app["id"])

    (published,) = [n for event in events for n in SOURCE.news_from(event)]

    assert published.topic is Topic.PUBLISHED
    assert published.subject == Subject("app", app["id"])
    assert "示例工作室" not in str(published.facts)
    (kind,) = SOURCE.subject_kinds
    assert [*kind.parents(app["id"])] == [
        Subject("dataset", model.Package.get("parking").id)
    ]
    assert find_profile(published.subject).title == "停车去哪儿"

    registry.call("builder", "app_unpublish", id=app["id"], reason="不再维护")
    assert find_profile(published.subject) is None
    last = ledger.events(kind="app-registration", subject=app["id"])[-1]
    assert [n.topic for n in SOURCE.news_from(last)] == [Topic.WITHDRAWN]


def test_a_draft_is_no_subject(registry: Registry):
    app = registry.draft()

    assert find_profile(Subject("app", app["id"])) is None
    assert App.get(app["id"]) is not None
