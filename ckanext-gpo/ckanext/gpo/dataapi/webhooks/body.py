"""What a message says: JSON of the facts that everybody may know, and where to read on. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid5

from ckanext.gpo.common.news import News

TEST: Final = "webhook.test"
"""Type of the event that an owner lets be sent to see whether it arrives."""

_FIELDS: Final = {
    "title": "title",
    "number": "version",
    "previous": "previous_version",
    "rows": "rows",
    "totals": "changes",
    "columns_added": "fields_added",
    "columns_removed": "fields_removed",
    "due": "due",
    "reason": "reason",
}
"""Facts that are told → as what."""


def message_id(webhook: str, event: UUID) -> str:
    """What names a message for good: of one event a webhook gets one."""
    return f"msg_{uuid5(event, webhook).hex}"


def dataset_name(news: News) -> str:
    """The name of the dataset or item that news are about."""
    return news.facts.get("dataset") or news.facts["name"]


def event_type(news: News) -> str:
    """What happened to what: `dataset.published`."""
    return f"{news.subject.kind}.{news.topic.value}"


def news_body(news: News, addresses: Mapping[str, str]) -> str:
    """The body of a message that tells news.

    :param addresses: where to read on: name → full address
    """
    facts = {
        name: news.facts[fact]
        for fact, name in _FIELDS.items()
        if news.facts.get(fact) is not None
    }
    return _body(
        event_type(news),
        news.id,
        news.created,
        {
            "kind": news.subject.kind,
            "id": news.subject.key,
            "name": dataset_name(news),
            **facts,
            "addresses": dict(addresses),
        },
    )


def test_body(event: UUID, moment: datetime, page: str) -> str:
    """The body of a message that tells nothing."""
    return _body(TEST, event, moment, {"addresses": {"page": page}})


def _body(type_: str, event: UUID, moment: datetime, data: dict[str, Any]) -> str:
    body = {
        "id": str(event),
        "type": type_,
        "timestamp": moment.isoformat(),
        "data": data,
    }
    return json.dumps(body, ensure_ascii=False)
