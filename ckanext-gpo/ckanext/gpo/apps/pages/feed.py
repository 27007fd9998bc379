"""New apps as an Atom feed (RFC 4287), the latest first."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.web.feeds import add_entry, make_feed

ENTRIES = 20


def atom(title: str, apps: list[dict[str, Any]], address: str, page: str) -> bytes:
    """The feed of some apps, as `gpo_apps_app_list` tells of them.

    :param address: of the feed itself; `page` of the page that shows the same
    """
    title = f"{title} · {tk.h.gpo_common_title()}"
    feed = make_feed(title, page=page, address=address)
    if apps:
        feed.updated(max(app["published"] for app in apps))
    for app in apps:
        entry = add_entry(
            feed,
            id_=app["id"],
            title=tk.h.gpo_common_text(app, "title"),
            page=tk.url_for("gpo_apps.read", id=app["name"], qualified=True),
            published=app["published"],
            summary=tk.h.gpo_common_text(app, "summary"),
        )
        entry.category(term=app["kind"])
    return feed.atom_str(pretty=True)
