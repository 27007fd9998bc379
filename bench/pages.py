"""`statements[…]`, `page[…]`, `served_page[…]`: what a page costs, beside CKAN's own.

The catalogue has 26 public datasets at first, then 1,000. CKAN's own pages are those
that the same site has without gpo_portal and without the pages of the other rooms.
`pages_served` then takes the times of a large site that many read at once.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest import mock

import sqlalchemy as sa

from ckan.cli import CKANConfigLoader
from ckan.config.middleware import make_app

from ckanext.gpo.catalogue.plugin import CataloguePlugin
from ckanext.gpo.dataapi.plugin import DataApiPlugin
from ckanext.gpo.quality.plugin import QualityPlugin
from ckanext.gpo.search.plugin import SearchPlugin

from bench import catalogue, pages_served
from bench.figure import Figure

SIZES = (26, 1_000)
TIMES = 5
DATASET = "culture-culture-venues"

PAGES = {
    "home": ("/", "/"),
    "catalogue": ("/catalogue", "/group/"),
    "domain": ("/domain/culture", "/group/culture"),
    "item": ("/disclosure-item/item-culture-001", "/disclosure-item/item-culture-001"),
    "dataset": (f"/dataset/{DATASET}", f"/dataset/{DATASET}"),
    "datasets": ("/dataset/", "/dataset/"),
    "department": ("/organization/wglj", "/organization/wglj"),
    "departments": ("/organization/", "/organization/"),
    "checks": ("/checks", "/dataset/"),
    "search": ("/search?q=文化", "/dataset/?q=文化"),
}
"""Kind of page → its address, and that of CKAN's own page for the same or the nearest."""

Cost = tuple[int, float]
"""Statements, seconds."""


def figures() -> Iterator[Figure]:
    ours: dict[int, dict[str, Cost]] = {}
    present = 0
    with _site() as client:
        for size in SIZES:
            if present:
                catalogue.grow(present, size)
            else:
                catalogue.fill(size)
            present = size
            ours[size] = {
                kind: _cost(client, path) for kind, (path, _) in PAGES.items()
            }
    with _rooms_without_pages(), _site(disabled="gpo_portal") as client:
        peer = {kind: _cost(client, path) for kind, (_, path) in PAGES.items()}
    for size, costs in ours.items():
        for kind, (statements, seconds) in costs.items():
            yield Figure(
                f"statements[{kind}]",
                statements,
                "statements",
                f"CKAN's own page at {SIZES[-1]:,}",
                peer[kind][0],
                n=size,
            )
            yield Figure.from_times(
                f"page[{kind}]",
                seconds,
                f"CKAN's own page at {SIZES[-1]:,}",
                peer[kind][1],
                size,
            )
    yield from pages_served.figures(SIZES[-1])


@contextmanager
def _rooms_without_pages() -> Iterator[None]:
    """The rooms with all that they do but their pages."""
    with ExitStack() as stack:
        for room in (CataloguePlugin, DataApiPlugin, QualityPlugin, SearchPlugin):
            stack.enter_context(
                mock.patch.object(room, "get_blueprint", return_value=[])
            )
        yield


@contextmanager
def _site(disabled: str = "") -> Iterator[Any]:
    """A client of the site, inside a request of it."""
    config = CKANConfigLoader("config/test.ini").get_config()
    config["ckan.plugins"] = " ".join(
        name for name in config["ckan.plugins"].split() if name != disabled
    )
    app = make_app(config)._wsgi_app
    with app.test_request_context():
        yield app.test_client()


def _cost(client: Any, path: str) -> Cost:
    """The statements of a page, and the least of the times that it took."""
    statements = 0

    def count(*_: Any) -> None:
        nonlocal statements
        statements += 1

    _get(client, path)
    sa.event.listen(sa.Engine, "before_cursor_execute", count)
    _get(client, path)
    sa.event.remove(sa.Engine, "before_cursor_execute", count)
    return statements, min(_get(client, path) for _ in range(TIMES))


def _get(client: Any, path: str) -> float:
    start = time.perf_counter()
    answer = client.get(path)
    seconds = time.perf_counter() - start
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    return seconds
