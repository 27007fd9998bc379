"""What the feeds of all rooms have in common: Atom (RFC 4287), RSS 2.0, JSON Feed 1.1."""

from __future__ import annotations

import json
from datetime import timezone
from typing import Any, Final

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from flask import request
from werkzeug.wrappers import Response

import ckan.plugins.toolkit as tk

from . import page_cache

FORMS: Final = {
    "atom": "application/atom+xml",
    "rss": "application/rss+xml",
    "json": "application/feed+json",
}
"""Ending of an address → media type."""

NAMES: Final = {"atom": "Atom", "rss": "RSS", "json": "JSON"}


def form_of_address(address: str) -> str:
    """The form of a feed, by what its address ends with."""
    ending = address.partition("?")[0].rpartition(".")[2]
    return ending if ending in FORMS else "atom"


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
    feed.description(title)
    feed.language(tk.h.lang().replace("_", "-"))
    feed.author(name=author or tk.h.gpo_common_owner())
    feed.link(href=address, rel="self")
    feed.link(href=page, rel="alternate", type="text/html")  # RSS takes the last
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


def respond(feed: FeedGenerator, form: str) -> Response:
    """A feed as an answer in one of `FORMS`; not at all to who has it."""
    if form == "json":
        body = json.dumps(_json_feed(feed), ensure_ascii=False, indent=2).encode()
    else:
        body = (
            feed.rss_str(pretty=True) if form == "rss" else feed.atom_str(pretty=True)
        )
    response = Response(body, content_type=f"{FORMS[form]}; charset=utf-8")
    response.last_modified = feed.updated()
    response.add_etag(weak=True)
    response.make_conditional(request)
    page_cache.keep(request.environ)
    return response


def _json_feed(feed: FeedGenerator) -> dict[str, Any]:
    addresses = {link["rel"]: link["href"] for link in feed.link() or ()}
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title(),
        "home_page_url": addresses["alternate"],
        "feed_url": addresses["self"],
        "language": feed.language(),
        "authors": [{"name": author["name"]} for author in feed.author() or ()],
        "items": [_json_item(entry) for entry in feed.entry()],
    }


def _json_item(entry: FeedEntry) -> dict[str, Any]:
    links = entry.link() or ()
    return {
        "id": entry.id(),
        "url": next(link["href"] for link in links),
        "title": entry.title(),
        "content_text": (entry.summary() or {}).get("summary", ""),
        "date_published": _moment(entry.published()),
        "date_modified": _moment(entry.updated()),
        "tags": [category["term"] for category in entry.category() or []],
    }


def _moment(moment: Any) -> str:
    return moment.astimezone(timezone.utc).isoformat()
