"""`rows_*`: records found by what people call them, in our index and in PostgreSQL.

The peer is PostgreSQL with `pg_trgm`: a table of folded texts and sounds with GIN indexes,
asked for the same records. `GPO_BENCH_RECORDS` says how many there are; ten million take
an hour and 10 GB. `rows_publication` is how long a publication takes until its records are
found, beside the time until it is public, to which they add nothing.
"""

from __future__ import annotations

import os
import random
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import tantivy

from ckanext.gpo.search.records import index, retrieval
from ckanext.gpo.search.records.query import RecordQuery
from ckanext.gpo.search.records.walk import Walk

from bench import rows_corpus, rows_postgres, rows_publication, site
from bench.figure import Figure, Stopwatch, alone, peak_memory
from bench.rows_corpus import COLUMNS, Row

COUNT = int(os.environ.get("GPO_BENCH_RECORDS", "1000000"))
QUESTIONS = 60
MOST = 200
PEER = "PostgreSQL pg_trgm"

Ask = Callable[[str, str], list[str]]
"""Kind and question → permit numbers of the records found."""


def figures() -> Iterator[Figure]:
    sample = _sample()
    with tempfile.TemporaryDirectory(prefix="gpo-bench-", dir="/var/tmp") as name:
        folder = Path(name)
        seconds, memory = alone(_build, folder)
        searcher = index.open_searcher(folder)
        size = sum(file.stat().st_size for file in folder.iterdir()) / 1e6
        with site.running(), rows_postgres.table(COUNT) as peer:
            yield Figure.from_times(
                "rows_build", seconds, PEER, peer.build_seconds, COUNT
            )
            yield _figure("rows_size", size, "MB", peer.megabytes)
            yield Figure("rows_memory", memory, "MiB", n=COUNT)
            for kind, questions in rows_corpus.questions(sample).items():
                ours = _measure(lambda _, q: _find(searcher, q), kind, questions)
                theirs = _measure(peer.find, kind, questions)
                for label, place in (("p50", 0.5), ("p95", 0.95)):
                    yield _figure(
                        f"rows_{label}[{kind}]",
                        _quantile(ours[0], place),
                        "ms",
                        _quantile(theirs[0], place),
                    )
                yield Figure(
                    f"rows_found[{kind}]", ours[1], "of 1", PEER, theirs[1], n=QUESTIONS
                )
    yield from rows_publication.figures(min(COUNT, rows_publication.ROWS))


def _sample() -> list[Row]:
    places = set(random.Random(1).sample(range(COUNT), QUESTIONS))
    return [row for place, row in enumerate(rows_corpus.rows(COUNT)) if place in places]


def _build(folder: Path) -> tuple[float, int]:
    """Seconds, without those that the making of the records takes, and MiB."""
    with Stopwatch() as making:
        for _ in rows_corpus.rows(COUNT):
            pass
    records = ((row.permit_number.encode(), row) for row in rows_corpus.rows(COUNT))
    with Stopwatch() as whole:
        index.write(folder, [column.role for column in COLUMNS], records)
    return whole.seconds - making.seconds, peak_memory()


def _find(searcher: tantivy.Searcher, question: str) -> list[str]:
    query = RecordQuery.read(question)
    if query is None:
        return []
    keys = retrieval.matching_keys(Walk(searcher, MOST), query)
    keys = keys or retrieval.similar_keys(Walk(searcher, MOST), query)
    return [key.decode() for _, key in keys]


def _measure(
    ask: Ask, kind: str, questions: list[tuple[str, Row]]
) -> tuple[list[float], float]:
    """Milliseconds of each question, and the share that found its record."""
    times: list[float] = []
    hits = 0
    for question, row in questions:
        with Stopwatch() as watch:
            keys = ask(kind, question)
        times.append(watch.seconds * 1000)
        hits += row.permit_number in keys
    return sorted(times), round(hits / len(questions), 3)


def _quantile(times: list[float], share: float) -> float:
    return times[min(int(len(times) * share), len(times) - 1)]


def _figure(name: str, value: float, unit: str, peer: float) -> Figure:
    ratio = round(peer / value, 2)
    return Figure(name, round(value, 2), unit, PEER, round(peer, 2), ratio, COUNT)
