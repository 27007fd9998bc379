"""A stock CKAN harvests again: only what has changed, nothing twice, and what is withdrawn goes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from werkzeug.serving import make_server

from ckanext.gpo.common.news import walk

from tests.gpo.conftest import ACTIVITIES, VENUES, Gate, gate, row
from tests.gpo.quality.versions import take_back, venue

from .conftest import StockCkan

__all__ = ["gate"]


@pytest.fixture
def address(app: Any) -> Iterator[str]:
    """Where the application of the test answers."""
    server = make_server("127.0.0.1", 0, app.flask_app.wsgi_app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()


def test_harvested_again(gate: Gate, address: str, stock: StockCkan):
    source = ("us", f"{address}/federation", "ckan")
    gate.judge(VENUES, row(VENUES))
    version = gate.judge(ACTIVITIES, row(ACTIVITIES))
    assert version["state"] == "published", version["report"]
    first = stock.harvest(*source)
    assert len(first) == 2

    stock.harvest(*source)
    assert set(stock.objects.values()) <= {"not modified"}

    gate.judge(VENUES, row(VENUES), venue(2))
    take_back(version)
    walk.walk(30)
    (left,) = stock.harvest(*source)

    assert left["id"] in {package["id"] for package in first}
    assert left["title"] == gate.dataset(VENUES)["title"]
    assert len(stock.objects) == 2
    assert set(stock.objects.values()) <= {"updated", "deleted"}
