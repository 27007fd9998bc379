"""What a search of the catalogue finds, the latest first, as an Atom feed in pages.

RFC 4287 (Atom) and RFC 5005 (pages).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Any

from feedgen.feed import FeedGenerator
from werkzeug.wrappers import Response

import ckan.plugins.toolkit as tk
from ckan.lib.search import SearchError

from ckanext.gpo.common.lucene import quote
from ckanext.gpo.common.web.actions import reader_context
from ckanext.gpo.common.web.feeds import add_entry, make_feed


def response(title: str, filters: dict[str, list[str]], **arguments: Any) -> Response:
    """The feed of what a search with these filters finds, under the present endpoint.

    :param arguments: of the address, beside the filters of `custom.atom`
    :raises werkzeug.exceptions.BadRequest: the query cannot be read
    """
    page = tk.h.get_page_number(tk.request.args)
    rows = tk.config["ckan.feeds.limit"]
    search = {
        "q": arguments.get("q") or "*:*",
        "fq_list": [f"{name}:{quote(v)}" for name, vs in filters.items() for v in vs],
        "sort": "metadata_modified desc",
        "start": (page - 1) * rows,
        "rows": rows,
    }
    try:
        answer = tk.get_action("package_search")(reader_context(), search)
    except (SearchError, tk.ValidationError):
        return tk.abort(
            400,
            tk._(
                "The search could not be answered. Quotation marks and brackets have to "
                "come in pairs; try the words alone."
            ),
        )
    endpoint = tk.request.endpoint or ""
    if endpoint == "gpo_feeds.query":
        arguments |= filters
    feed = Feed(
        title=f"{title} · {tk.h.gpo_common_title()}",
        alternate=tk.url_for(
            "dataset.search", qualified=True, q=arguments.get("q"), **filters
        ),
        address=Address(endpoint, arguments),
        page=page,
        pages=max(1, ceil(answer["count"] / rows)),
    )
    return Response(atom(feed, answer["results"]), mimetype="application/atom+xml")


@dataclass(frozen=True)
class Feed:
    """One feed: what it is called, the page it belongs to, and its own address.

    `page` counts from 1; `address` takes the number of a page.
    """

    title: str
    alternate: str
    address: Address
    page: int
    pages: int


@dataclass(frozen=True)
class Address:
    """The address of a feed: an endpoint with its arguments."""

    endpoint: str
    arguments: dict[str, Any]

    def page(self, number: int) -> str:
        """The address of one page; that of the first is the feed's own."""
        paging = {"page": number} if number > 1 else {}
        return tk.url_for(self.endpoint, qualified=True, **self.arguments, **paging)


def atom(described: Feed, packages: list[dict[str, Any]]) -> bytes:
    """The page of a feed that holds `packages`."""
    feed = make_feed(
        described.title,
        page=described.alternate,
        address=described.address.page(described.page),
        id_=described.address.page(1),
    )
    for rel, number in _neighbours(described).items():
        feed.link(href=described.address.page(number), rel=rel)
    if packages:
        feed.updated(max(_time(pkg, "metadata_modified") for pkg in packages))
    for pkg in packages:
        _add(feed, pkg)
    return feed.atom_str(pretty=True)


def _neighbours(feed: Feed) -> dict[str, int]:
    numbers = {"first": 1, "last": feed.pages}
    if feed.page > 1:
        numbers["prev"] = min(feed.page - 1, feed.pages)
    if feed.page < feed.pages:
        numbers["next"] = feed.page + 1
    return numbers


def _add(feed: FeedGenerator, pkg: dict[str, Any]) -> None:
    owner = pkg.get("organization") or {}
    entry = add_entry(
        feed,
        id_=pkg["id"],
        title=tk.h.gpo_common_text(pkg, "title"),
        page=tk.url_for(f"{pkg['type']}.read", id=pkg["name"], qualified=True),
        published=_time(pkg, "metadata_created"),
        updated=_time(pkg, "metadata_modified"),
        summary=tk.h.gpo_common_text(pkg, "notes"),
    )
    department = tk.h.gpo_common_department(
        owner.get("name", ""), owner.get("title", "")
    )
    entry.author(name=department or tk.h.gpo_common_owner())
    for tag in pkg.get("tags", []):
        entry.category(term=tag["name"])


def _time(pkg: dict[str, Any], field: str) -> str:
    return pkg[field] + "Z"  # CKAN's own columns are naive UTC
