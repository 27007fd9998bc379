"""The news of a subject as an Atom feed (RFC 4287)."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.web.feeds import add_entry, make_feed

ENTRIES = 50
"""The latest news that a feed holds."""


def atom(subject: dict[str, Any]) -> bytes:
    """The feed of a subject, as `gpo_follow_show` tells it."""
    title = tk._("News: {title}").format(title=subject["title"])
    feed = make_feed(
        f"{title} · {tk.h.gpo_common_title()}",
        page=subject["address"],
        address=subject["feed"],
    )
    if subject["news"]:
        feed.updated(max(news["created"] for news in subject["news"]))
    for news in subject["news"]:
        entry = add_entry(
            feed,
            id_=news["id"],
            title=news["title"],
            page=news["address"],
            published=news["created"],
            summary="\n".join(news["lines"]),
        )
        entry.category(term=news["topic"])
    return feed.atom_str(pretty=True)
