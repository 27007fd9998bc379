"""`api_…`: the data API on tables of ten thousand, a million and ten million rows.

The site has 10,000 datasets and runs behind gunicorn as any site does; wrk asks from
beside it, on the same cores. Peers are CKAN's own `datastore_search` and
`datastore/dump` on a site without our plugins, with the same table, and for whole files
nginx. Ours and the peer are asked in turn, several times; what counts is the median.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import requests

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.gpo.common.tables import Table, table

from bench import catalogue, clients, large_tables, served, site, static, wrk
from bench.figure import Figure, watched_memory

DATASETS = 10_000
SMALL, MIDDLE, LARGE = (
    table("environment/eia_approvals"),
    table("culture/culture_venues"),
    table("construction/project_approvals"),
)
MILLION = 1_000_000
ROWS = ((SMALL, 10_000), (MIDDLE, MILLION), (LARGE, 10 * MILLION))
ROUNDS = 5
SECONDS = 3
CROWD, CROWD_SECONDS = 50, 60
PAGE_ROWS = 100
DEEP_PAGE = 10_000
WALK = 1_000
"""Rows of a page while walking to a deep one: the most that an answer has."""
COLD = 30
STOCK = """\
ckan.plugins = gpo_search gpo_common activity datastore
scheming.dataset_schemas =
"""


def figures() -> Iterator[Figure]:
    with site.running():
        catalogue.fill(len(catalogue.PUBLIC))
        catalogue.publish(SMALL)
        for grown, count in ROWS:
            large_tables.grow(grown, count)
            large_tables.write_files(grown)
        catalogue.grow(len(ROWS), DATASETS)
        resource = _resource(MIDDLE)
        model.Session.remove()
    with (
        tempfile.TemporaryDirectory(prefix="gpo-bench-") as folder,
        ExitStack() as running,
    ):
        ours, _ = running.enter_context(served.serving(env=_ini(folder, "ours", "")))
        peer, _ = running.enter_context(served.serving(env=_ini(folder, "peer", STOCK)))
        yield from _pages(ours, peer, resource)
        yield from _questions(ours)
        yield from _growth(ours)
        yield from _files(ours, peer, resource)
        yield from _crowd(ours)


def _resource(grown: Table) -> str:
    record = tk.get_action("package_show")(site.as_site(), {"id": grown.dataset_name})
    return record["resources"][0]["id"]


def _ini(folder: str, name: str, options: str) -> dict[str, str]:
    path = Path(folder) / f"{name}.ini"
    base = Path("config/test.ini").resolve()
    path.write_text(f"[app:main]\nuse = config:{base}\n{options}", encoding="utf-8")
    return {"CKAN_INI": str(path)}


def _address(site_address: str, grown: Table, rest: str, **parameters: Any) -> str:
    query = f"?{urlencode(parameters)}" if parameters else ""
    return f"{site_address}/api/gpo/v1/datasets/{grown.dataset_name}/{rest}{query}"


def _pages(ours: str, peer: str, resource: str) -> Iterator[Figure]:
    first = _address(ours, MIDDLE, "records", limit=PAGE_ROWS)
    stock = f"{peer}/api/3/action/datastore_search?resource_id={resource}"
    stock = f"{stock}&limit={PAGE_ROWS}"
    deep = _address(ours, MIDDLE, "records", limit=PAGE_ROWS, after=_deep_cursor(ours))
    loads = _in_turn({"first": first, "peer": stock, "deep": deep})
    answers = sum(load.count for load in loads["first"])
    p50 = _median(load.median for load in loads["first"])
    yield Figure.from_times(
        "api_first",
        p50,
        "CKAN's datastore_search",
        _median(load.median for load in loads["peer"]),
        answers,
    )
    yield Figure.from_times(
        "api_first_p99",
        _median(load.p99 for load in loads["first"]),
        "CKAN's datastore_search",
        _median(load.p99 for load in loads["peer"]),
        answers,
    )
    yield Figure.from_times(
        f"api_page_{DEEP_PAGE}",
        _median(load.median for load in loads["deep"]),
        "the first page",
        p50,
        sum(load.count for load in loads["deep"]),
    )


def _in_turn(addresses: dict[str, str]) -> dict[str, list[wrk.Load]]:
    for address in addresses.values():
        requests.get(address, timeout=60).raise_for_status()
        wrk.load(address, clients=2, seconds=1)
    loads: dict[str, list[wrk.Load]] = {name: [] for name in addresses}
    for _ in range(ROUNDS):
        for name, address in addresses.items():
            load = wrk.load(address, clients=1, seconds=SECONDS)
            if load.failures:
                raise RuntimeError(f"{name}: {load.failures} answers failed")
            loads[name].append(load)
    return loads


def _deep_cursor(ours: str) -> str:
    """Where the page before a deep one ends."""
    address = _address(ours, MIDDLE, "records", limit=WALK)
    for _ in range((DEEP_PAGE - 1) * PAGE_ROWS // WALK):
        address = _json(address)["links"]["next"]
    return parse_qs(urlsplit(address).query)["after"][0]


def _questions(ours: str) -> Iterator[Figure]:
    words = [f"{number:03d}" for number in range(100, 100 + COLD)]
    yield _cold(
        "api_filtered_count",
        [
            _address(
                ours, MIDDLE, "records", limit=1, count="exact", **{_ENUM + ".ne": word}
            )
            for word in words
        ],
    )
    yield from _parts(ours, MIDDLE)
    groups = {"group_by": _ENUM, "measures": "count"}
    yield _cold(
        "api_group_by_cold",
        [
            _address(ours, MIDDLE, "aggregate", **groups, **{_NAME + ".ne": word})
            for word in words
        ],
    )
    repeated = _address(ours, MIDDLE, "aggregate", **groups)
    yield _warm("api_group_by_repeated", repeated)
    key = next(field["example"] for field in LARGE.fields if field["name"] == _KEY)
    yield _warm(
        "api_chain_3", _address(ours, LARGE, f"chain/{quote(key, safe='')}", depth=3)
    )


def _name(grown: Table) -> dict[str, Any]:
    """The field of a table whose texts differ."""
    return next(field for field in grown.fields if field["name"].endswith("name"))


_ENUM = next(
    field["name"] for field in MIDDLE.fields if "enum" in field.get("constraints", {})
)
_NAME = _name(MIDDLE)["name"]
_KEY = LARGE.primary_key[0]


def _parts(ours: str, grown: Table, name: str = "api") -> Iterator[Figure]:
    """Parts of texts: of a thousandth of the rows, of none, of all; and of one field."""
    field = _name(grown)
    words = [f"{field['example'][-1]}{number:03d}" for number in range(100, 100 + COLD)]
    questions = {
        "substring": [{"q": word} for word in words],
        "substring_none": [{"q": f"无{word}"} for word in words],
        "substring_common": [
            {"q": field["example"][-2:], "limit": limit} for limit in range(70, 100)
        ],
        "substring_count": [
            {f"{field['name']}.contains": word, "count": "exact", "limit": 1}
            for word in words
        ],
    }
    for question, parameters in questions.items():
        yield _cold(
            f"{name}_{question}",
            [_address(ours, grown, "records", **each) for each in parameters],
        )


def _cold(name: str, addresses: list[str]) -> Figure:
    """The median of questions of which none was asked before."""
    seconds = [_seconds(address) for address in addresses]
    return Figure(name, round(statistics.median(seconds), 4), "s", n=len(seconds))


def _warm(name: str, address: str) -> Figure:
    (loads,) = _in_turn({name: address}).values()
    seconds = _median(load.median for load in loads)
    return Figure(name, round(seconds, 4), "s", n=sum(load.count for load in loads))


def _growth(ours: str) -> Iterator[Figure]:
    """What a page, a sum and a word cost as a table grows."""
    for grown, rows in ROWS:
        first = _address(ours, grown, "records", limit=PAGE_ROWS)
        load = _in_turn({"first": first})["first"]
        median = _median(each.median for each in load)
        yield Figure(f"api_growth_first[{rows}]", round(median, 4), "s", n=rows)
        group = next(
            f["name"] for f in grown.fields if "enum" in f.get("constraints", {})
        )
        sums = [
            _address(ours, grown, "aggregate", group_by=group, limit=limit)
            for limit in range(100, 105)
        ]
        cold = _cold(f"api_growth_group_by[{rows}]", sums)
        yield Figure(cold.name, cold.value, cold.unit, n=rows)
        for part in _parts(ours, grown, "api_growth"):
            yield Figure(f"{part.name}[{rows}]", part.value, part.unit, n=rows)


def _files(ours: str, peer: str, resource: str) -> Iterator[Figure]:
    export = _address(ours, MIDDLE, "export.csv", **{_NAME + ".ne": "无"})
    dump = f"{peer}/datastore/dump/{resource}"
    with watched_memory() as idle:
        time.sleep(1)
    with watched_memory() as during:
        streamed = [_seconds(export, stream=True) for _ in range(ROUNDS)]
    dumped = _seconds(dump, stream=True)
    rows = MILLION
    yield Figure(
        "api_streamed_rows",
        round(rows / _median(streamed)),
        "rows a second",
        "CKAN's datastore/dump",
        round(rows / dumped),
        round(dumped / _median(streamed), 2),
        rows,
    )
    yield Figure(
        "api_streaming_memory", round(during.mebibytes - idle.mebibytes), "MiB"
    )
    name = MIDDLE.dataset_name
    whole = f"{ours}/dataset/{name}/download/{name}.csv"
    path = Path(tempfile.mkdtemp(prefix="gpo-bench-")) / "whole.csv"
    path.write_bytes(requests.get(whole, timeout=600).content)
    with static.serving(path.parent) as address:
        pairs = [
            (
                _seconds(whole, stream=True),
                _seconds(f"{address}/{path.name}", stream=True),
            )
            for _ in range(ROUNDS)
        ]
    yield Figure.from_times(
        "api_whole_file",
        _median(mine for mine, _ in pairs),
        "nginx",
        _median(theirs for _, theirs in pairs),
        path.stat().st_size,
    )
    path.unlink()


def _crowd(ours: str) -> Iterator[Figure]:
    pages = {
        "first": _address("", MIDDLE, "records", limit=PAGE_ROWS),
        "filtered": _address("", LARGE, "records", limit=20, sort=f"-{_KEY}"),
        "aggregate": _address("", MIDDLE, "aggregate", group_by=_ENUM),
        "datasets": "/api/gpo/v1/datasets",
        "schema": _address("", MIDDLE, "schema"),
    }
    answers = clients.ask(ours, pages, CROWD, seconds=CROWD_SECONDS)
    yield Figure(
        "api_crowd_failures",
        sum(answers.failures.values()),
        "answers but 200",
        n=answers.count,
    )


def _seconds(address: str, *, stream: bool = False) -> float:
    start = time.perf_counter()
    with requests.get(address, timeout=600, stream=stream) as answer:
        answer.raise_for_status()
        for _piece in answer.iter_content(1 << 20) if stream else ():
            pass
    return time.perf_counter() - start


def _json(address: str) -> dict[str, Any]:
    answer = requests.get(address, timeout=60)
    answer.raise_for_status()
    return answer.json()


def _median(values: Any) -> float:
    return statistics.median(list(values))
