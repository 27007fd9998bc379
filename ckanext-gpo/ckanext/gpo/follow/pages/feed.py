"""The news of a subject as an Atom feed (RFC 4287)."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from feedgen.feed import FeedGenerator

import ckan.plugins.toolkit as tk

ENTRIES = 50
"""The latest news that a feed holds."""

_NAMESPACE = UUID("0a1d6c0e-51a4-4f4b-8a3e-6f3d1b7c9e55")


def atom(subject: dict[str, Any]) -> bytes:
    """The feed of a subject, as `gpo_follow_show` tells it."""
    feed = FeedGenerator()
    feed.id(subject["feed"])
    title = tk._("News: {title}").format(title=subject["title"])
    feed.title(f"{title} · {tk.h.gpo_common_title()}")
    feed.language(tk.h.lang().replace("_", "-"))
    feed.author(name=tk.h.gpo_common_owner())
    feed.link(href=subject["address"], rel="alternate", type="text/html")
    feed.link(href=subject["feed"], rel="self")
    if subject["news"]:
        feed.updated(max(news["created"] for news in subject["news"]))
    for news in subject["news"]:
        entry = feed.add_entry(order="append")
        entry.id(f"urn:uuid:{uuid5(_NAMESPACE, news['id'])}")
        entry.title(news["title"])
        entry.published(news["created"])
        entry.updated(news["created"])
        entry.link(href=news["address"], rel="alternate", type="text/html")
        entry.summary("\n".join(news["lines"]))
        entry.category(term=news["topic"])
    return feed.atom_str(pretty=True)
