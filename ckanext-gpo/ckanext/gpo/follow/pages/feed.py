"""News as feeds: of one subject, and of all that is disclosed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from werkzeug.wrappers import Response

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.web.feeds import add_entry, make_feed, respond

ENTRIES = 50
"""The latest news that a feed holds."""

_START = "1970-01-01T00:00:00Z"
"""When a feed was changed last that never held anything."""


def subject_feed(subject: dict[str, Any], form: str) -> Response:
    """The feed of a subject, as `gpo_follow_show` tells it."""
    arguments = {"kind": subject["kind"], "key": subject["key"]}
    return _feed(
        tk._("News: {title}").format(title=subject["title"]),
        subject["news"],
        form,
        page=subject["address"],
        address=tk.url_for("gpo_follow.feed", **arguments, form=form, qualified=True),
        id_=subject["feed"],
    )


def site_feed(news: Sequence[dict[str, Any]], form: str) -> Response:
    """The feed of all datasets and items: new, changed, late, withdrawn."""
    return _feed(
        tk._("All news"),
        news,
        form,
        page=tk.url_for("home.index", qualified=True),
        address=tk.url_for("gpo_follow.news", form=form, qualified=True),
        id_=tk.url_for("gpo_follow.news", form="atom", qualified=True),
    )


def _feed(
    title: str,
    news: Sequence[dict[str, Any]],
    form: str,
    *,
    page: str,
    address: str,
    id_: str,
) -> Response:
    """A feed in a form; in all forms, its entries have the same ids."""
    feed = make_feed(
        f"{title} · {tk.h.gpo_common_title()}", page=page, address=address, id_=id_
    )
    feed.updated(max((each["created"] for each in news), default=_START))
    for each in news:
        entry = add_entry(
            feed,
            id_=each["id"],
            title=each["title"],
            page=each["address"],
            published=each["created"],
            summary="\n".join(each["lines"]),
        )
        entry.category(term=each["topic"])
    return respond(feed, form)
