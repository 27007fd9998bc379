"""What the Atom feeds of all rooms have in common (RFC 4287)."""

from __future__ import annotations

from typing import Any

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

import ckan.plugins.toolkit as tk


def make_feed(
    title: str, *, page: str, address: str, id_: str = "", author: str = ""
) -> FeedGenerator:
    """A feed without entries, in the language of the present request.

    :param page: full address of the page that shows the same
    :param address: full address of the feed itself
    :param id_: what names it for good; its address, if there is nothing else
    :param author: the government that the site belongs to, if it is nobody else
    """
    feed = FeedGenerator()
    feed.id(id_ or address)
    feed.title(title)
    feed.language(tk.h.lang().replace("_", "-"))
    feed.author(name=author or tk.h.gpo_common_owner())
    feed.link(href=page, rel="alternate", type="text/html")
    feed.link(href=address, rel="self")
    return feed


def add_entry(
    feed: FeedGenerator,
    *,
    id_: Any,
    title: str,
    page: str,
    published: str,
    updated: str = "",
    summary: str = "",
) -> FeedEntry:
    """Add an entry behind those that are there.

    :param id_: a UUID
    :param page: full address of what it tells of
    :param published: a moment in ISO 8601; so is `updated`, which is the same if left out
    """
    entry = feed.add_entry(order="append")
    entry.id(f"urn:uuid:{id_}")
    entry.title(title)
    entry.published(published)
    entry.updated(updated or published)
    entry.link(href=page, rel="alternate", type="text/html")
    if summary:
        entry.summary(summary)
    return entry
