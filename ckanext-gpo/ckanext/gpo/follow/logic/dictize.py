"""Follows and news as the actions tell them, in the language of the request."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.gpo.common.language import is_english
from ckanext.gpo.common.news import News, Profile, Subject, find_profile, subject_kinds
from ckanext.gpo.common.news.visibility import is_tellable
from ckanext.gpo.common.notices import Link
from ckanext.gpo.follow.model import Follow


def require_profile(subject: Subject) -> Profile:
    """What everybody may know of a subject.

    :raises NotFound: there is none, or not everybody may see it
    """
    profile = find_profile(subject, is_english())
    if profile is None:
        raise tk.ObjectNotFound(tk._("There is nothing of this kind to follow"))
    return profile


def subject(each: Subject, profile: Profile | None) -> dict[str, Any]:
    kind = subject_kinds().get(each.kind)
    return {
        "kind": each.kind,
        "key": each.key,
        "label": kind.label(tk._) if kind else each.kind,
        # of what is no longer public nothing is told but that it is not
        "title": profile.title if profile else tk._("No longer public"),
        "address": address(profile.link) if profile else "",
        "feed": tk.url_for(
            "gpo_follow.feed", kind=each.kind, key=each.key, qualified=True
        ),
    }


def follow(row: Follow) -> dict[str, Any]:
    profile = find_profile(row.subject, is_english())
    return {
        "id": row.id,
        **subject(row.subject, profile),
        "pace": row.pace,
        "created": row.created.isoformat(),
    }


def follows(recipient: str, window: dict[str, int]) -> dict[str, Any]:
    """A page of what somebody follows: `{count, results}`.

    :param window: `limit` and `offset`
    """
    query = Follow.of_recipient(recipient)
    page = query.limit(window["limit"]).offset(window["offset"])
    count = sa.select(sa.func.count()).select_from(query.order_by(None).subquery())
    return {
        "count": model.Session.scalar(count),
        "results": [follow(row) for row in model.Session.scalars(page)],
    }


def news(each: News) -> dict[str, Any] | None:
    """A piece of news in words; None if it may not be told now."""
    if not is_tellable(each):
        return None
    message = each.kind.write(each.facts, is_english(), tk._)
    return {
        "id": str(each.id),
        "topic": each.topic.value,
        "title": message.title,
        "lines": [*message.lines],
        "address": address(message.link),
        "link_text": message.link_text,
        "created": each.created.isoformat(),
    }


def address(link: Link) -> str:
    return tk.url_for(link.endpoint, **link.arguments, qualified=True)
