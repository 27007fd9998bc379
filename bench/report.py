"""`report_check`, `report_page[…]`, `error_…`: what a table of 100,000 faults costs its readers.

The peer is Frictionless's own report of the same file: all errors found and worded, its
summary, and the errors gone through once. It runs in a process of its own.
"""

from __future__ import annotations

import multiprocessing
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
        dataset = site.dataset(gate_table.register())
        with path.open("rb") as upload:
            submitted = tk.get_action("gpo_quality_version_submit")(
                site.as_site(),
                {"dataset": dataset, "upload": upload, "source": "bench"},
            )
        with Stopwatch() as check:
            jobs.check_version(submitted["id"])
        version = tk.get_action("gpo_quality_version_show")(
            site.as_site(), {"id": submitted["id"]}
        )
        faults = version["error_count"]
        if faults != peer_faults:
            raise RuntimeError(f"{faults} faults, Frictionless has {peer_faults}")
        reader = _Reader(app.test_client(), dataset, version["id"])
        yield Figure.from_times("report_check", check.seconds, PEER, peer, faults)
        for kind, query in PAGES.items():
            reader.get(query)
            seconds = min(reader.get(query) for _ in range(TIMES))
            yield Figure(f"report_page[{kind}]", round(seconds * 1000), "ms", n=faults)
        for kind in ("xlsx", "csv", "json"):
            before = resident(multiprocessing.current_process().pid or 0)
            with watched_memory() as peak:
                seconds = reader.get(f"/errors.{kind}")
            grown = max(0, round(peak.mebibytes - before))
            yield Figure.from_times(f"error_{kind}", seconds, PEER, peer, faults)
            yield Figure(f"error_{kind}_memory", grown, "MiB", n=faults)


class _Reader:
    """Somebody who may see the report of a rejected version."""

    def __init__(self, client: Any, dataset: str, version_id: str) -> None:
        self._client = client
        self._path = f"/dataset/{dataset}/report/{version_id}"
        user = tk.get_action("user_create")(
            site.as_site(),
            {"name": "reader", "email": "reader@example.org", "password": uuid4().hex},
        )
        model.User.get(user["name"]).sysadmin = True
        model.repo.commit()
        answer = tk.get_action("api_token_create")(
            site.as_site(), {"user": user["name"], "name": "bench"}
        )
        self._headers = {"Authorization": answer["token"]}

    def get(self, rest: str) -> float:
        with Stopwatch() as watch:
            answer = self._client.get(self._path + rest, headers=self._headers)
            size = len(answer.data)
        if answer.status_code != 200 or not size:
            raise RuntimeError(f"{rest}: {answer.status}")
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
