"""`served_page[…]`: pages of a site of 10,000 datasets, twenty readers at once.

Two of the datasets have tables of one and of ten million rows. The value is the time within
which 95 of 100 answers came; each reader reads for three seconds before asking on. The peer
is CKAN's own page for the same, on the same databases, machine and number of readers.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

from ckan import model

from ckanext.gpo.common.tables import Table, table

from bench import catalogue, clients, large_tables, served, site
from bench.figure import Figure

DATASETS = 10_000
ROWS = {
    "culture/culture_venues": 1_000_000,
    "construction/project_approvals": 10_000_000,
}
CLIENTS = 20
SECONDS = 60
PAUSE = 3.0
PERCENT = 95
PEER = "CKAN's own page for the same"
OURS = "ckanext.gpo.portal.page_cache = true\n"
STOCK = """\
ckan.plugins = gpo_search gpo_common activity datastore
scheming.dataset_schemas =
"""
"""CKAN as it comes, with our engine in the place of its Solr."""


def figures(present: int) -> Iterator[Figure]:
    """Go on from a site that has so many public datasets of `catalogue`."""
    with site.running():
        catalogue.grow(present, DATASETS)
        for ref, count in ROWS.items():
            large_tables.grow(table(ref), count)
        model.Session.remove()
    pages = _pages(
        table("culture/culture_venues"), table("construction/project_approvals")
    )
    peers = {name: path for name, (_, path) in pages.items() if path}
    with tempfile.TemporaryDirectory(prefix="gpo-bench-") as folder:
        ours = _load({name: path for name, (path, _) in pages.items()}, folder, OURS)
        peer = _load(peers, folder, STOCK)
    for name in pages:
        seconds, count = ours.percentile(name, PERCENT), len(ours.seconds[name])
        if name in peers:
            theirs = peer.percentile(name, PERCENT)
            yield Figure.from_times(
                f"served_page[{name}]", seconds, PEER, theirs, count
            )
        else:
            yield Figure(f"served_page[{name}]", round(seconds, 3), "s", n=count)


def _pages(small: Table, large: Table) -> dict[str, tuple[str, str]]:
    """Kind of page → its address, and that of CKAN's own page for the same, if any."""
    examples = {field["name"]: str(field.get("example", "")) for field in large.fields}
    key = {name: examples[name] for name in large.primary_key}
    dataset, rows = (
        f"/dataset/{small.dataset_name}",
        f"/dataset/{large.dataset_name}/rows",
    )
    words = quote("文化")
    return {
        "home": ("/", ""),  # CKAN's own knows no page of an item, which it lists
        "catalogue": ("/catalogue", "/group/"),
        "domain": ("/domain/culture", "/group/culture"),
        "search": (f"/search?q={words}", f"/dataset/?q={words}"),
        "dataset": (dataset, dataset),
        "dataset of 10 M rows": (f"/dataset/{large.dataset_name}",) * 2,
        "rows": (rows, ""),
        "rows filtered": (
            f"{rows}?approval_type.in={quote('备案')}&sort=-approval_date",
            "",
        ),
        "record": (f"/dataset/{large.dataset_name}/record?{urlencode(key)}", ""),
        "project": (f"/project/{examples['project_code']}", ""),
        "enterprise": (f"/enterprise/{examples['owner_uscc']}", ""),
    }


def _load(pages: dict[str, str], folder: str, options: str) -> clients.Answers:
    """What readers of a site with these options got."""
    ini = Path(folder) / "site.ini"
    base = Path("config/test.ini").resolve()
    ini.write_text(f"[app:main]\nuse = config:{base}\n{options}", encoding="utf-8")
    with served.serving(env={"CKAN_INI": str(ini)}) as (address, _):
        # each process of the server has loaded what its pages need
        clients.ask(address, pages, CLIENTS, rounds=2)
        answers = clients.ask(address, pages, CLIENTS, seconds=SECONDS, pause=PAUSE)
    if answers.failures:
        raise RuntimeError(f"pages that did not answer: {answers.failures}")
    return answers
