"""Builders hear what becomes of the datasets that their apps use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import sqlalchemy as sa

from ckan import model

from ckanext.gpo.apps import lookup
from ckanext.gpo.apps.model import App, Use
from ckanext.gpo.common import notices
from ckanext.gpo.common.news import News, Topic, is_tellable

from .kinds import DATA_NEWS

_TOPICS = frozenset({Topic.SHAPE_COMING, Topic.SHAPE, Topic.LATE, Topic.WITHDRAWN})
"""What may break an app; that there are new rows is no news to who reads them anyway."""


def read_news(news: Sequence[News]) -> None:
    """Put notices down in the session's transaction, one for each builder and news."""
    for each in news:
        if each.topic in _TOPICS and each.subject.kind == "dataset":
            _pass_on(each)


def _pass_on(news: News) -> None:
    if not is_tellable(news):
        return
    using = sa.select(Use.app).where(Use.dataset == news.subject.key)
    apps: dict[str, list[App]] = defaultdict(list)
    for app in model.Session.scalars(App.public().where(App.id.in_(using))):
        apps[app.owner].append(app)
    for owner, own in apps.items():
        builder = lookup.active_account(owner)
        if builder:
            _tell(builder, own, news)


def _tell(builder: model.User, apps: list[App], news: News) -> None:
    titles = [
        {
            name: (app.public_content or {}).get(name, "")
            for name in ("title", "title_en")
        }
        for app in apps
    ]
    notices.notify(
        DATA_NEWS,
        [builder],
        subject=news.subject.key,
        reference=f"{DATA_NEWS.name}/{news.reference}",
        facts={"news": news.kind.name, "facts": dict(news.facts), "apps": titles},
    )
