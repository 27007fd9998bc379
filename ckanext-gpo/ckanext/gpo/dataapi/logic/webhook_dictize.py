"""Webhooks and attempts as the actions tell them, in the language of the request."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.language import is_english
from ckanext.gpo.common.news import Subject, find_profile
from ckanext.gpo.dataapi.webhooks import EVERYTHING, Delivery, Message, Webhook


def webhook(row: Webhook) -> dict[str, Any]:
    return {
        "id": row.id,
        "address": row.address,
        "kind": row.kind,
        "key": row.key,
        "title": _title(row),
        "topics": row.topics,
        "on": not row.off,
        "off": row.off,
        "failing": row.failing and row.failing.isoformat(),
        "created": row.created.isoformat(),
    }


def delivery(row: Delivery, message: Message | None) -> dict[str, Any]:
    return {
        "message": row.message,
        "type": message.type if message else "",
        "state": message.state if message else "",
        "moment": row.moment.isoformat(),
        "attempt": row.attempt,
        "status": row.status,
        "failure": row.failure,
        "milliseconds": row.milliseconds,
        "answer": row.answer,
    }


def _title(row: Webhook) -> str:
    if row.kind == EVERYTHING:
        return tk._("Everything")
    profile = find_profile(Subject(row.kind, row.key), is_english())
    # of what is no longer public nothing is told but that it is not
    return profile.title if profile else tk._("No longer public")
