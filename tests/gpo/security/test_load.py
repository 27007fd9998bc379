"""Fifty readers at once, on the server of a site in use, while its workers are replaced."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from ckanext.gpo.catalogue import reference, seed

from bench import clients, served

from ..conftest import VENUES, Gate, row

CLIENTS = 50
ROUNDS = 2
LIFE = 40
"""Requests that a worker answers before another takes its place."""

WORD = "公共文化设施"


@pytest.fixture
def pages(gate: Gate) -> dict[str, str]:
    """What most readers come for."""
    for domain in reference.domains():
        seed.ensure_domain(domain)
    seed.ensure_item("culture", reference.items("culture")[0])
    assert gate.judge(VENUES, row(VENUES))["state"] == "published"
    dataset = gate.dataset(VENUES)
    table = f"resource_id={dataset['resources'][0]['id']}"
    return {
        "home": "/",
        "dataset": f"/dataset/{dataset['name']}",
        "search": f"/search?q={quote(WORD)}",
        "rows": f"/api/3/action/datastore_search?{table}&limit=5",
        "table": f"/api/3/action/datastore_info?{table}",
        "catalogue": "/catalogue",
    }


@pytest.fixture
def server(pages: dict[str, str]) -> Iterator[tuple[str, Path]]:
    with served.serving(
        *("--max-requests", str(LIFE), "--max-requests-jitter", "10")
    ) as running:
        yield running


def test_every_reader_is_answered_while_workers_are_replaced(
    pages: dict[str, str], server: tuple[str, Path]
):
    address, log = server

    answers = clients.ask(address, pages, CLIENTS, rounds=ROUNDS)

    written = log.read_text("utf-8")
    assert answers.count == CLIENTS * ROUNDS * len(pages)
    assert not answers.failures, written[-4000:]
    assert written.count("Booting worker") > 2 + 2
    # and who asked for what stays theirs
    assert "/search" in written
    assert quote(WORD) not in written
