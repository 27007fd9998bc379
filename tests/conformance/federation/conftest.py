"""The site as other catalogues read it, and the shapes that they hold it against."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin

import pytest
import requests
from pyshacl import validate
from rdflib import SH, Graph, Namespace
from rdflib.namespace import RDF

from tests.conftest import Site

HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
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
