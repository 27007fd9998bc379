"""`search_*`: milliseconds of a query in the engine and through `package_search`.

Medians of some runs, on 1,000 and 10,000 datasets of realistic Chinese metadata.
`bin/bench search_large` takes the same at 100,000. `add_visible` is from a document to
a search that finds it, `rebuild` from ready documents, `memory` what this process holds
resident with CKAN loaded, after the index was built and searched in it.
"""

from __future__ import annotations

import os
import statistics
import tempfile
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.gpo.search.adapter.patch import make_connection
from ckanext.gpo.search.config import INDEX_PATH
from ckanext.gpo.search.engine import Engine

from bench import search_corpus, search_suggest, site
from bench.figure import Figure, Stopwatch, resident
from bench.relevance import WORDS

COUNTS = (1_000, 10_000)
RUNS = 9
BATCH = 500

FACETS: dict[str, Any] = {"facet.field": list(search_corpus.FACETS), "facet.limit": 50}
QUERIES: dict[str, dict[str, Any]] = {
    "match_all_five_facets": {"q": "*:*", **FACETS},
    "one_word": {"q": "食品"},
    "three_words": {"q": "食品 安全 抽检"},
    "filtered": {"q": "食品", "fq": "organization:czj groups:budget"},
    "pinyin": {"q": "jiaotong shigu"},
    "typo": {"q": "食品经菅许可"},
}
ORDER = "score desc, metadata_modified desc"


def figures() -> Iterator[Figure]:
    with site.running():
        for count in COUNTS:
            yield from measure(count)


def measure(count: int) -> Iterator[Figure]:
    """All figures with so many datasets in the index."""
    with tempfile.TemporaryDirectory(prefix="gpo-bench-") as folder:
        previous, tk.config[INDEX_PATH] = tk.config[INDEX_PATH], folder
        try:
            engine: Engine = make_connection().engine
            yield _figure(
                "rebuild", count / _filled(engine, count), "datasets/s", count
            )
            deep = {"q": "*:*", "start": count - count // 10}
            for name, query in {**QUERIES, "deep_page": deep}.items():
                for way, ask in (("engine", _by_engine), ("package_search", _by_ckan)):
                    took = _median(lambda ask=ask, query=query: ask(engine, query))
                    yield _figure(f"{name}[{way}]", took * 1000, "ms", count)
            yield from search_suggest.measure(count)
            yield _figure("add_visible", _added(engine, count) * 1000, "ms", count)
            yield _figure("memory", resident(os.getpid()), "MiB", count)
        finally:
            tk.config[INDEX_PATH] = previous


def _figure(name: str, value: float, unit: str, count: int) -> Figure:
    return Figure(f"search_{name}", round(value, 2), unit, n=count)


def _filled(engine: Engine, count: int) -> float:
    """Seconds that the engine took for so many documents; their making is not counted."""
    seconds = 0.0
    documents = search_corpus.documents(count, tk.config["ckan.site_id"])
    with Stopwatch() as whole, engine.build() as add:
        while True:
            with Stopwatch() as making:
                batch = list(islice(documents, BATCH))
            seconds -= making.seconds
            if not batch:
                break
            for document in batch:
                add(document)
    return seconds + whole.seconds


def _median(ask: Callable[[], None]) -> float:
    ask()  # the first one reads the index from the disk
    times: list[float] = []
    for _ in range(RUNS):
        with Stopwatch() as stopwatch:
            ask()
        times.append(stopwatch.seconds)
    return statistics.median(times)


def _by_engine(engine: Engine, query: dict[str, Any]) -> None:
    """What `package_search` sends for the same query."""
    q = query["q"]
    params: dict[str, Any] = {
        **(WORDS if ":" not in q else {"df": "text", "q.op": "AND"}),
        "fq": [
            f'+site_id:"{tk.config["ckan.site_id"]}" +state:active',
            "+dataset_type:dataset",
            '+permission_labels:("public")',
            query.get("fq", ""),
        ],
        "rows": 20,
        "start": query.get("start", 0),
        "sort": ORDER,
        "fl": "id validated_data_dict",
    }
    if "facet.field" in query:
        params |= {**FACETS, "facet": "true", "facet.mincount": 1}
    _some(engine.search(q, params)["response"]["numFound"], q)


def _by_ckan(engine: Engine, query: dict[str, Any]) -> None:
    del engine
    answer = tk.get_action("package_search")(
        {"user": ""}, {"rows": 20, "sort": ORDER, **query}
    )
    _some(answer["count"], query["q"])


def _some(count: int, q: str) -> None:
    if not count:
        raise RuntimeError(f"nothing was found for {q}")


def _added(engine: Engine, count: int) -> float:
    """The median of some single changes, each until a search has seen it."""
    times: list[float] = []
    site_id = tk.config["ckan.site_id"]
    for number, document in enumerate(search_corpus.documents(RUNS, site_id, seed=5)):
        document |= {"name": f"added-{number}", "index_id": f"added-{number}"}
        with Stopwatch() as stopwatch:
            engine.add([document], commit=True)
            answer = engine.search(f'name:"added-{number}"', {"rows": 1})
        if answer["response"]["numFound"] != 1:
            raise RuntimeError(f"added-{number} is not found among {count}")
        times.append(stopwatch.seconds)
    return statistics.median(times)
