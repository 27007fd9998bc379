"""The whole sample catalogue against the shapes of DCAT-AP 3.0.1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from rdflib import DCAT, DCTERMS, Graph
from rdflib.compare import isomorphic
from rdflib.namespace import RDF

from tests.conftest import Site

from .conftest import FORMS, read, violations


def _datasets(site: Site) -> list[dict[str, str]]:
    _, answer = site.call("package_search", fq="dataset_type:dataset", rows=1000)
    return answer["results"]


@pytest.mark.parametrize("ending", FORMS)
def test_the_catalogue_conforms(
    catalogue: dict[str, Graph],
    shapes: Graph,
    ending: str,
    tally: Callable[[str], Counter[str]],
):
    faults = violations(catalogue[ending], shapes)

    tally("DCAT-AP 3.0.1, catalogue")["violations"] += len(faults)
    tally("DCAT-AP 3.0.1, catalogue")["triples"] += len(catalogue[ending])
    assert not faults


def test_every_dataset_conforms_by_itself(
    site: Site, shapes: Graph, tally: Callable[[str], Counter[str]]
):
    faults = []
    for dataset in _datasets(site):
        graph = read(f"{site.address}/dataset/{dataset['name']}.ttl", "turtle")
        assert len(list(graph.subjects(RDF.type, DCAT.Dataset))) == 1
        faults += violations(graph, shapes)
        tally("DCAT-AP 3.0.1, documents")["datasets"] += 1

    assert not faults


def test_the_shapes_see_a_fault(catalogue: dict[str, Graph], shapes: Graph):
    graph = Graph() + catalogue["ttl"]
    dataset = next(graph.subjects(RDF.type, DCAT.Dataset))
    graph.remove((dataset, DCTERMS.description, None))

    (fault,) = violations(graph, shapes)

    assert str(DCTERMS.description) in fault


def test_every_dataset_is_in_it_and_nothing_else(
    site: Site, catalogue: dict[str, Graph]
):
    datasets = _datasets(site)
    assert len(datasets) >= 24
    graph = catalogue["ttl"]

    subjects = set(graph.subjects(RDF.type, DCAT.Dataset))

    assert {str(node).rpartition("/")[2] for node in subjects} == {
        dataset["id"] for dataset in datasets
    }
    codes = {
        str(code) for node in subjects for code in graph[node : DCTERMS.identifier]
    }
    assert codes == {dataset["res_code"] for dataset in datasets}
    for node in subjects:
        files = set(graph[node : DCAT.distribution])
        assert files
        for predicate in (DCTERMS.license, DCTERMS.issued, DCAT.byteSize):
            assert all(graph.value(file, predicate) for file in files)


def test_each_form_tells_the_same(catalogue: dict[str, Graph]):
    def part(graph: Graph) -> Graph:
        result = Graph()
        for node in graph.subjects(RDF.type, DCAT.Dataset):
            result += graph.triples((node, DCTERMS.title, None))
            result += graph.triples((node, DCAT.theme, None))
            result += graph.triples((node, DCAT.distribution, None))
        return result

    turtle, xml, json = (part(catalogue[ending]) for ending in FORMS)

    assert len(turtle) > 100
    assert isomorphic(turtle, xml)
    assert isomorphic(turtle, json)
