"""New apps as an Atom feed (RFC 4287), the latest first."""

from __future__ import annotations

from typing import Any

from feedgen.feed import FeedGenerator

import ckan.plugins.toolkit as tk

ENTRIES = 20


def atom(title: str, apps: list[dict[str, Any]], address: str, page: str) -> bytes:
    """The feed of some apps, as `gpo_apps_app_list` tells of them.

    :param address: of the feed itself; `page` of the page that shows the same
    """
    feed = FeedGenerator()
    feed.id(address)
    feed.title(f"{title} · {tk.h.gpo_common_title()}")
    feed.language(tk.h.lang().replace("_", "-"))
    feed.author(name=tk.h.gpo_common_owner())
    feed.link(href=page, rel="alternate", type="text/html")
    feed.link(href=address, rel="self")
    if apps:
        feed.updated(max(app["published"] for app in apps))
    for app in apps:
        entry = feed.add_entry(order="append")
        entry.id(f"urn:uuid:{app['id']}")
        entry.title(tk.h.gpo_common_text(app, "title"))
        entry.published(app["published"])
        entry.updated(app["published"])
        link = tk.url_for("gpo_apps.read", id=app["name"], qualified=True)
        entry.link(href=link, rel="alternate", type="text/html")
        entry.summary(tk.h.gpo_common_text(app, "summary"))
        entry.category(term=app["kind"])
    return feed.atom_str(pretty=True)
