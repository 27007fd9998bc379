"""What the catalogue holds, the latest first, as an Atom feed in pages (RFC 4287, RFC 5005)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from feedgen.feed import FeedGenerator

import ckan.plugins.toolkit as tk

from . import helpers


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
    feed = FeedGenerator()
    feed.id(described.address.page(1))
    feed.title(described.title)
    feed.language(tk.h.lang().replace("_", "-"))
    feed.author(name=helpers.gpo_portal_owner())
    feed.link(href=described.alternate, rel="alternate", type="text/html")
    for rel, number in _neighbours(described).items():
        feed.link(href=described.address.page(number), rel=rel)
    if packages:
        feed.updated(max(_time(pkg, "metadata_modified") for pkg in packages))
    for pkg in packages:
        _add(feed, pkg)
    return feed.atom_str(pretty=True)


def _neighbours(feed: Feed) -> dict[str, int]:
    numbers = {"self": feed.page, "first": 1, "last": feed.pages}
    if feed.page > 1:
        numbers["prev"] = min(feed.page - 1, feed.pages)
    if feed.page < feed.pages:
        numbers["next"] = feed.page + 1
    return numbers


def _add(feed: FeedGenerator, pkg: dict[str, Any]) -> None:
    owner = pkg.get("organization") or {}
    entry = feed.add_entry(order="append")
    entry.id(f"urn:uuid:{pkg['id']}")
    entry.title(helpers.gpo_portal_text(pkg, "title"))
    entry.published(_time(pkg, "metadata_created"))
    entry.updated(_time(pkg, "metadata_modified"))
    entry.link(
        href=tk.url_for(f"{pkg['type']}.read", id=pkg["name"], qualified=True),
        rel="alternate",
        type="text/html",
    )
    department = helpers.gpo_portal_department(
        owner.get("name", ""), owner.get("title", "")
    )
    entry.author(name=department or helpers.gpo_portal_owner())
    if summary := helpers.gpo_portal_text(pkg, "notes"):
        entry.summary(summary)
    for tag in pkg.get("tags", []):
        entry.category(term=tag["name"])


def _time(pkg: dict[str, Any], field: str) -> str:
    return pkg[field] + "Z"  # CKAN's own columns are naive UTC
