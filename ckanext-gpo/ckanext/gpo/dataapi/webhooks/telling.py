"""News become messages to the webhooks that are told of them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.gpo.common.news import News, find_profile
from ckanext.gpo.common.notices import Link

from . import body, topics
from .model import Message, State, Webhook, now


def read_news(news: Sequence[News]) -> None:
    """Write messages down, in the session's transaction; `INewsReader`."""
    for each in news:
        choices = topics.choices(each)
        if choices and (ids := _webhooks(each, choices)):
            text = body.news_body(each, _addresses(each))
            rows = [_row(each, id_, text) for id_ in ids]
            model.Session.execute(insert(Message).on_conflict_do_nothing(), rows)


def test_message(webhook: Webhook) -> Message:
    """A message that tells nothing, in the session's transaction."""
    event, moment = uuid4(), now()
    message = Message(
        id=body.message_id(webhook.id, event),
        webhook=webhook.id,
        reference="",
        type=body.TEST,
        body=body.test_body(
            event, moment, _full(Link("gpo_dataapi_webhooks.read", {"id": webhook.id}))
        ),
    )
    model.Session.add(message)
    return message


def _webhooks(news: News, choices: list[str]) -> list[str]:
    subjects = [tuple(subject) for subject in news.subjects]
    query = Webhook.open().where(
        Webhook.topics.overlap(choices),
        sa.or_(
            Webhook.kind == topics.EVERYTHING,
            sa.tuple_(Webhook.kind, Webhook.key).in_(subjects),
        ),
    )
    return list(model.Session.scalars(query.with_only_columns(Webhook.id)))


def _row(news: News, webhook: str, text: str) -> dict[str, object]:
    return {
        "id": body.message_id(webhook, news.id),
        "webhook": webhook,
        "reference": news.reference,
        "type": body.event_type(news),
        "body": text,
        "state": State.WAITING.value,
        "attempts": 0,
        "next_attempt": now(),
        "created": now(),
    }


def _addresses(news: News) -> dict[str, str]:
    """Where to read on: the page, the feed, and of a dataset the API."""
    kind, key = news.subject
    profile = find_profile(news.subject)
    # of what is gone the words know the page that says so
    page = profile.link if profile else news.kind.write(news.facts, False, str).link
    addresses = {
        "page": _full(page),
        "feed": _full(Link("gpo_follow.feed", {"kind": kind, "key": key})),
    }
    if kind == "dataset":
        site = tk.config["ckan.site_url"].rstrip("/")
        addresses["api"] = f"{site}/api/gpo/v1/datasets/{body.dataset_name(news)}"
    return addresses


def _full(link: Link) -> str:
    return tk.url_for(link.endpoint, **link.arguments, locale="default", qualified=True)
