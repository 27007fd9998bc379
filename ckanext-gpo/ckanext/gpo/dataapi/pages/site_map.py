"""What search engines are told: the site's map, and where they may go."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import sqlalchemy as sa
from flask import Blueprint, Response

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.gpo.common.web import languages, navigation, search_kinds
from ckanext.gpo.common.web.limited import limited
from ckanext.gpo.dataapi.federation import (
    PAGES_PER_FILE,
    Page,
    sitemap,
    sitemap_index,
)

site_map = Blueprint("gpo_dataapi_site_map", __name__)

FRESH_SECONDS: Final = 3600


@site_map.route("/sitemap.xml")
@limited
def index() -> Response:
    """The files of the map."""
    count = model.Session.scalar(
        sa.select(sa.func.count()).select_from(_public().subquery())
    )
    files = 1 + max(0, (count or 0) - 1) // PAGES_PER_FILE
    site = tk.config["ckan.site_url"].rstrip("/")
    numbers = range(files + 1)
    return _xml(sitemap_index(f"{site}/sitemap-{number}.xml" for number in numbers))


@site_map.route("/sitemap-<int(max=50000):number>.xml")
@limited
def file(number: int) -> Response:
    """One file: the first has the pages of the site itself, the others its records."""
    pages = list(_records(number) if number else _site_pages())
    if not pages and number > 1:
        return tk.abort(404, tk._("There is nothing at this address."))
    return _xml(sitemap(pages))


def _site_pages() -> Iterator[Page]:
    """What the menus lead to, the domains and the departments."""
    paths = {"/": None}
    for menu in (navigation.Menu.MAIN, navigation.Menu.FOOTER):
        paths |= {entry.address: None for entry in navigation.entries(menu)}
    paths.pop(tk.h.gpo_common_desk(), None)  # which only staff may read
    for path in paths:
        if path.startswith("/") and "#" not in path:
            yield Page(languages.addresses(path))
    groups = sa.select(model.Group.name, model.Group.type).where(
        model.Group.state == "active"
    )
    for name, kind in model.Session.execute(groups.order_by(model.Group.name)):
        path = f"/organization/{name}" if kind == "organization" else f"/domain/{name}"
        yield Page(languages.addresses(path))


def _records(number: int) -> Iterator[Page]:
    patterns = _patterns()
    public = _public().order_by(model.Package.id)
    window = public.offset((number - 1) * PAGES_PER_FILE).limit(PAGES_PER_FILE)
    for name, kind, modified in model.Session.execute(window):
        yield Page(
            languages.addresses(patterns[kind].replace(search_kinds.NAME, name)),
            f"{modified.isoformat(timespec='seconds')}Z",
        )


def _public() -> sa.Select[Any]:
    """What has a page that anyone may read."""
    package = model.Package
    return sa.select(package.name, package.type, package.metadata_modified).where(
        package.state == "active",
        package.private.is_(False),
        package.type.in_(_patterns()),
    )


def _patterns() -> dict[str, str]:
    """Type of package → the address of the page of one."""
    return {
        name: kind.pattern
        for name, kind in search_kinds.all_kinds().items()
        if kind.names is None
    }


def _xml(text: str) -> Response:
    response = Response(text, mimetype="application/xml")
    response.cache_control.public = True
    response.cache_control.max_age = FRESH_SECONDS
    return response
