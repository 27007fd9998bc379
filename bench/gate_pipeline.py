"""`pipeline`, `unchanged`: file → checked → queryable → all files built, in the job that does it.

The peer is what a CKAN user has without the gate: Frictionless over the file, the rows
by COPY into the DataStore with its full text as ckanext-xloader loads them, CSV and JSON
by pandas and XLSX by openpyxl. It takes minutes for a million rows, so it is taken at
fewer and scaled by the rows; its time grows with them or faster.
"""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

import pandas as pd
from frictionless import Schema
from frictionless.resources import TableResource

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.tables import Table
from ckanext.gpo.quality import jobs
from ckanext.gpo.quality.publication import datastore

from bench import gate_table, site
from bench.figure import Figure, Stopwatch, watched_memory

ROWS = 1_000_000
PEER_ROWS = 50_000
PEER = f"Frictionless + COPY with full text + pandas and openpyxl, {PEER_ROWS:,} rows scaled"


def figures() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(prefix="gpo-bench-") as name, site.running():
        folder = Path(name)
        table = gate_table.register()
        peer = _plain_way(
            table, gate_table.write(folder / "peer.csv", PEER_ROWS), folder
        )
        peer *= ROWS / PEER_ROWS
        candidate = gate_table.write(folder / "candidate.csv", ROWS)
        dataset = site.dataset(table)
        with watched_memory() as peak, Stopwatch() as whole:
            version = publish(dataset, candidate)
        ended = datetime.now(timezone.utc)
        with Stopwatch() as again:
            unchanged = _submit(dataset, candidate)["unchanged"]
    if version["state"] != "published":
        raise RuntimeError(f"the candidate is {version['state']}: {version['report']}")
    if not unchanged:
        raise RuntimeError("the same file was taken for another")
    yield Figure.from_times(
        "unchanged", again.seconds, "the whole pass", whole.seconds, ROWS
    )
    yield Figure.from_times("pipeline", whole.seconds, PEER, peer, ROWS)
    after_check = ended - datetime.fromisoformat(version["checked"])
    yield Figure(
        "pipeline_after_check", round(after_check.total_seconds(), 3), "s", n=ROWS
    )
    yield Figure("pipeline_memory", round(peak.mebibytes), "MiB", n=ROWS)


def _submit(dataset: str, candidate: Path) -> dict:
    with candidate.open("rb") as upload:
        return tk.get_action("gpo_quality_version_submit")(
            site.as_site(), {"dataset": dataset, "upload": upload, "source": "bench"}
        )


def publish(dataset: str, candidate: Path) -> dict:
    """Hand in a candidate and do the job that checks and publishes it; the version after."""
    version = _submit(dataset, candidate)
    jobs.check_version(version["id"])
    return tk.get_action("gpo_quality_version_show")(
        site.as_site(), {"id": version["id"]}
    )


def _plain_way(table: Table, candidate: Path, folder: Path) -> float:
    name = str(uuid.uuid4())
    with Stopwatch() as plain:
        resource = TableResource(
            path=candidate.name,
            basepath=str(folder),
            schema=Schema.from_descriptor(table.schema),
        )
        if not resource.validate().valid:
            raise RuntimeError("the peer's file is not clean")
        datastore.stage(name, table, candidate, full_text=True)
        frame = pd.read_csv(candidate)
        frame.to_csv(folder / "peer-out.csv", index=False, encoding="utf-8-sig")
        frame.to_json(folder / "peer-out.json", orient="records", force_ascii=False)
        frame.to_excel(folder / "peer-out.xlsx", index=False, engine="openpyxl")
    datastore.drop(name)
    return plain.seconds
