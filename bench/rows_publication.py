"""`rows_publication`: from a file to records that are found, in the two jobs that do it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import ckan.plugins.toolkit as tk

from ckanext.gpo.search.config import INDEX_PATH
from ckanext.gpo.search.record_finder import differences, reconcile

from bench import gate_pipeline, gate_table, site
from bench.figure import Figure, Stopwatch

ROWS = 1_000_000
"""Rows of a publication at most: a larger one is a bench of its own."""


def figures(rows: int) -> Iterator[Figure]:
    with (
        tempfile.TemporaryDirectory(prefix="gpo-bench-", dir="/var/tmp") as name,
        site.running(),
    ):
        folder = Path(name)
        tk.config[INDEX_PATH] = str(folder / "search-index")
        table = gate_table.register()
        candidate = gate_table.write(folder / "candidate.csv", rows)
        dataset = site.dataset(table)
        with Stopwatch() as publication:
            version = gate_pipeline.publish(dataset, candidate)
        if version["state"] != "published":
            raise RuntimeError(f"the candidate is {version['state']}")
        with Stopwatch() as indexing:
            reconcile()
        if differences():
            raise RuntimeError("the records are not indexed")
    yield Figure.from_times(
        "rows_publication",
        publication.seconds + indexing.seconds,
        "the publication alone",
        publication.seconds,
        rows,
    )
