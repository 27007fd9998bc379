"""The site as other catalogues read it, and the shapes that they hold it against."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from uuid import uuid4

import pytest
import requests
import sqlalchemy as sa
from pyshacl import validate
from rdflib import SH, Graph, Namespace
from rdflib.namespace import RDF

from tests.conftest import Site

HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
INI = Path(__file__).with_name("stock.ini")
FORMS = {"ttl": "turtle", "rdf": "xml", "jsonld": "json-ld"}
SHAPES = (
    Path(__file__).parents[4]
    / "shared/realdata/dcat/shacl/semiceu/releases/3.0.1/shacl"
)
"""DCAT-AP 3.0.1 as SEMIC publishes it (CC BY 4.0): `SEMICeu/DCAT-AP`, releases/3.0.1."""


@pytest.fixture(scope="session")
def shapes() -> Graph:
    """All shapes of the release: cardinalities and classes, and the ranges."""
    if not SHAPES.is_dir():
        pytest.skip(f"{SHAPES} is not on this machine")
    graph = Graph()
    for name in ("dcat-ap-SHACL.ttl", "ranges.ttl"):
        graph.parse(SHAPES / name)
    # The release names five properties that it does not describe: pySHACL stops there.
    for shape, _, prop in list(graph.triples((None, SH.property, None))):
        if (prop, SH.path, None) not in graph:
            graph.remove((shape, SH.property, prop))
    return graph


def violations(graph: Graph, shapes: Graph) -> list[str]:
    """What a graph offends against, in words."""
    _, report, _ = validate(graph, shacl_graph=shapes, advanced=True)
    assert isinstance(report, Graph)
    return sorted(
        " ".join(
            str(report.value(result, part))
            for part in (SH.focusNode, SH.resultPath, SH.value, SH.resultMessage)
        )
        for result in report.subjects(RDF.type, SH.ValidationResult)
    )


def read(address: str, form: str) -> Graph:
    answer = requests.get(address, timeout=120)
    assert answer.status_code == 200, f"{address}: {answer.text[:500]}"
    return Graph().parse(data=answer.content, format=form)


@pytest.fixture(scope="session")
def catalogue(site: Site) -> dict[str, Graph]:
    """The whole catalogue, page after page, in each form."""
    return {
        ending: _pages(f"{site.address}/catalog.{ending}", form)
        for ending, form in FORMS.items()
    }


def _pages(address: str, form: str) -> Graph:
    whole = Graph()
    while address:
        page = read(address, form)
        whole += page
        collection = page.value(None, RDF.type, HYDRA.PagedCollection)
        link = page.value(collection, HYDRA.next)
        address = urljoin(address, str(link)) if link else ""
    return whole


class StockCkan:
    """A CKAN as it comes, with a database of its own."""

    def __init__(self, env: dict[str, str]) -> None:
        self._env = env
        for words in (["init"], ["upgrade"]):
            self._run(Path(sys.executable).with_name("ckan"), "-c", INI, "db", *words)

    def harvest(
        self, name: str, address: str, kind: str, **config: str
    ) -> list[dict[str, Any]]:
        """Harvest a source; returns the datasets that are there then.

        What became of each object of the run is in `objects`, by its guid.
        """
        script = Path(__file__).with_name("stock_ckan.py")
        answer = json.loads(
            self._run(
                sys.executable,
                *(script, INI, name, address, kind),
                json.dumps(config) if config else "",
            )
        )
        assert answer["errors"] == []
        self.objects: dict[str, str] = answer["objects"]
        return answer["packages"]

    def _run(self, *words: str | Path) -> str:
        done = subprocess.run(
            words, env=self._env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-5000:]
        return done.stdout


@pytest.fixture
def stock(tmp_path: Path) -> Iterator[StockCkan]:
    """A stock CKAN that has harvested nothing yet."""
    name = f"stock_{uuid4().hex}"
    admin = sa.create_engine(
        os.environ["GPO_TEST_ADMIN_URL"], isolation_level="AUTOCOMMIT"
    )
    own = sa.make_url(os.environ["CKAN_SQLALCHEMY_URL"])
    env = {k: v for k, v in os.environ.items() if not k.startswith("CKAN_")}
    with admin.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name} OWNER {own.username}"))
        try:
            yield StockCkan(
                env
                | {
                    "CKAN_SQLALCHEMY_URL": own.set(database=name).render_as_string(
                        hide_password=False
                    ),
                    "CKAN_REDIS_URL": os.environ["CKAN_REDIS_URL"],
                    "CKAN_STORAGE_PATH": str(tmp_path),
                }
            )
        finally:
            connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()
