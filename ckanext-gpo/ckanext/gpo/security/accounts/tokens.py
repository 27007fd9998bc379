"""API tokens end: by themselves, as their owner has chosen, within what the site allows."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta, timezone
from typing import Any, cast

import redis

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib import api_token, jobs
from ckan.types import Schema, Validator, ValidatorFactory

from ckanext.gpo.security import config

log = logging.getLogger(__name__)

EXTRA = "gpo_security"

REMINDER = "ckanext.gpo.security.accounts.reminders.remind"


def create_schema(schema: Schema) -> Schema:
    """Let the owner choose how many days the token lasts."""
    default = cast("ValidatorFactory", tk.get_validator("default"))
    limits = ("is_positive_integer", "gpo_security_token_days")
    schema["expires_in_days"] = [
        default(config.token_days()),
        *(cast("Validator", tk.get_validator(name)) for name in limits),
    ]
    return schema


def with_expiry(data: dict[str, Any], token_id: str, days: int) -> dict[str, Any]:
    """Write the end into a new token, and have its owner told in time."""
    expires = _now() + timedelta(days=days)
    token = model.Session.get_one(model.ApiToken, token_id)
    token.set_extra(EXTRA, {"expires": expires.isoformat()}, commit=True)
    _schedule_reminder(token_id, expires)
    return data | {"exp": api_token.into_seconds(expires)}


def without_overdue(data: dict[str, Any]) -> dict[str, Any]:
    """Refuse a token from before tokens expired, once it is as old as any may become."""
    token = None if "exp" in data else model.ApiToken.get(data.get("jti"))
    return {} if token and expiry(token) <= _now() else data


def expiry(token: model.ApiToken) -> datetime:
    """When a token ends, UTC."""
    extra = (token.plugin_extras or {}).get(EXTRA, {})
    if "expires" in extra:
        return datetime.fromisoformat(extra["expires"])
    created = token.created_at.replace(tzinfo=timezone.utc)
    return created + timedelta(days=config.token_max_days())


def is_ending(token: model.ApiToken) -> bool:
    """Whether a token ends so soon that its owner should make another."""
    return expiry(token) - _now() < timedelta(days=config.token_notice_days())


def _schedule_reminder(token_id: str, expires: datetime) -> None:
    due = expires - timedelta(days=config.token_notice_days())
    if due <= _now():
        return
    try:
        jobs.get_queue().enqueue_at(due, REMINDER, token_id)
    except redis.RedisError as error:
        log.warning("No mail will say that token %s ends: %s", token_id, error)


def _now() -> datetime:
    return datetime.now(timezone.utc)
