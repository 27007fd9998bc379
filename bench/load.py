"""`load`, `load_page[…]`: fifty readers for a minute on a site with 1,000 datasets.

Every reader walks from home through search and catalogue to a dataset and its rows. The
peer is one reader alone on the same site: how many times longer the fifty wait.

GPO_BENCH_SITE, the address of a running site with sample data, is loaded instead if set.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from urllib.parse import quote

import requests

from bench import catalogue, clients, served, site
from bench.figure import Figure

CLIENTS = 50
SECONDS = 60
ALONE_ROUNDS = 5
DATASETS = 1_000
DATASET = "culture-culture-venues"


def figures() -> Iterator[Figure]:
    if address := os.environ.get("GPO_BENCH_SITE"):
        yield from _figures(address)
        return
    with site.running():
        catalogue.fill(DATASETS)
    with served.serving() as (address, _):
        yield from _figures(address)


def _figures(address: str) -> Iterator[Figure]:
    pages = _pages(address)
    alone = clients.ask(address, pages, 1, rounds=ALONE_ROUNDS)
    crowd = clients.ask(address, pages, CLIENTS, seconds=SECONDS)
    yield Figure(
        "load", round(crowd.count / SECONDS, 1), "answers a second", n=crowd.count
    )
    yield Figure(
        "load_failures",
        sum(crowd.failures.values()),
        "answers but 200 and 429",
        n=crowd.count,
    )
    for page in pages:
        if not crowd.seconds[page]:
            continue
        yield Figure.from_times(
            f"load_page[{page}]",
            crowd.median(page),
            "one reader alone",
            alone.median(page),
            len(crowd.seconds[page]),
        )


def _pages(address: str) -> dict[str, str]:
    answer = requests.get(
        f"{address}/api/3/action/package_show", params={"id": DATASET}, timeout=60
    )
    answer.raise_for_status()
    table = answer.json()["result"]["resources"][0]["id"]
    return {
        "home": "/",
        "dataset": f"/dataset/{DATASET}",
        "search": f"/search?q={quote('文化')}",
        "datastore_search": f"/api/3/action/datastore_search?resource_id={table}&limit=20",
        "catalogue": "/catalogue",
    }
