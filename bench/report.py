"""`report_check`, `report_page[…]`, `error_…`: what a table of 100,000 faults costs its readers.

The peer is Frictionless's own report of the same file: all errors found and worded, its
summary, and the errors gone through once. It runs in a process of its own.
"""

from __future__ import annotations

import multiprocessing
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

from frictionless import Dialect, Schema
from frictionless.formats.csv import CsvControl
from frictionless.resources import TableResource

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.cli import CKANConfigLoader
from ckan.config.middleware import make_app

from ckanext.gpo.quality import jobs

from bench import gate_check, gate_table, site
from bench.figure import Figure, Stopwatch, resident, watched_memory

ROWS = 100_000
SPOILED = 87_505
"""Rows with a fault of their own; a repeated key is one of two, so faults are more."""

TIMES = 5
PEER = "Frictionless: validate, summary, all errors"

PAGES = {
    "first": "",
    "middle": "?page=2000",
    "filtered": "?rule=type-error&field=visits&page=300",
}


def figures() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(prefix="gpo-bench-") as name:
        folder = Path(name)
        clean = gate_table.write(folder / "clean.csv", ROWS)
        path = gate_check.with_faults(clean, folder / "faulty.csv", ROWS, SPOILED)
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            peer, peer_faults = pool.apply(_frictionless, (path,))
        yield from _measured(path, peer, peer_faults)


def _measured(path: Path, peer: float, peer_faults: int) -> Iterator[Figure]:
    app = make_app(CKANConfigLoader("config/test.ini").get_config())._wsgi_app
    with app.test_request_context():
        version, seconds = _checked(path)
        headers = {"Authorization": _token()}
    faults = version["error_count"]
    if faults != peer_faults:
        raise RuntimeError(f"{faults} faults, Frictionless has {peer_faults}")
    yield Figure.from_times("report_check", seconds, PEER, peer, faults)
    # Outside of any request: one that stands round another lends it its user.
    address = f"/dataset/{version['dataset']}/report/{version['id']}"
    for kind, query in PAGES.items():
        times = [_get(app, address + query, headers) for _ in range(TIMES)]
        yield Figure(f"report_page[{kind}]", round(min(times) * 1000), "ms", n=faults)
    for kind in ("xlsx", "csv", "json"):
        baseline = resident(os.getpid())
        with watched_memory() as peak:
            seconds = _get(app, f"{address}/errors.{kind}", headers)
        grown = max(0, round(peak.mebibytes - baseline))
        yield Figure.from_times(f"error_{kind}", seconds, PEER, peer, faults)
        yield Figure(f"error_{kind}_memory", grown, "MiB", n=faults)


def _checked(path: Path) -> tuple[dict[str, Any], float]:
    """The version of a file, and the seconds that its check took."""
    dataset = site.dataset(gate_table.register())
    with path.open("rb") as upload:
        submitted = tk.get_action("gpo_quality_version_submit")(
            site.as_site(), {"dataset": dataset, "upload": upload, "source": "bench"}
        )
    with Stopwatch() as watch:
        jobs.check_version(submitted["id"])
    show = tk.get_action("gpo_quality_version_show")
    return show(site.as_site(), {"id": submitted["id"]}), watch.seconds


def _token() -> str:
    """The key of somebody who may see the report of a rejected version."""
    user = tk.get_action("user_create")(
        site.as_site(),
        {"name": "reader", "email": "reader@example.org", "password": uuid4().hex},
    )
    model.User.get(user["name"]).sysadmin = True
    model.repo.commit()
    create = tk.get_action("api_token_create")
    return create(site.as_site(), {"user": user["name"], "name": "bench"})["token"]


def _get(app: Any, address: str, headers: dict[str, str]) -> float:
    """Seconds until an answer was read to its end."""
    with Stopwatch() as watch:
        answer = app.test_client().get(address, headers=headers)
        size = len(answer.data)
    if answer.status_code != 200 or not size:
        raise RuntimeError(f"{address}: {answer.status}")
    return watch.seconds


def _frictionless(path: Path) -> tuple[float, int]:
    """Seconds and errors."""
    dialect = Dialect(controls=[CsvControl(delimiter=",", quote_char='"')])
    with Stopwatch() as watch:
        table = TableResource(
            path=path.name,
            basepath=str(path.parent),
            schema=Schema.from_descriptor(gate_table.table().schema),
            dialect=dialect,
            encoding="utf-8",
        )
        report = table.validate(limit_errors=ROWS * 10)
        report.to_summary()
        rows = report.flatten(["rowNumber", "fieldName", "type", "message"])
    return watch.seconds, len(rows)
