"""Published datasets as DCAT, for catalogues that harvest us."""

from __future__ import annotations

from typing import Any

import pytest
from rdflib import DCAT, DCTERMS, Graph
from rdflib.namespace import RDF

from ..conftest import VENUES, Gate, row

NAME = "culture-culture-venues"


def test_a_published_dataset_is_dcat(gate: Gate, app: Any):
    gate.judge(VENUES, row(VENUES))
    dataset = gate.dataset(VENUES)

    graph = Graph().parse(data=app.get(f"/dataset/{NAME}.ttl").body, format="turtle")

    (subject,) = graph.subjects(RDF.type, DCAT.Dataset)
    assert str(graph.value(subject, DCTERMS.title)) == dataset["title"]
    assert graph.value(subject, DCTERMS.publisher)
    addresses = {str(url) for url in graph.objects(None, DCAT.accessURL)}
    assert addresses == {dataset["resources"][0]["url"]}


def test_what_is_for_the_intranet_is_not_in_it(gate: Gate, app: Any):
    gate.judge(VENUES, row(VENUES))

    assert "share" not in app.get(f"/dataset/{NAME}.ttl").body


@pytest.mark.parametrize("form", ["ttl", "xml", "jsonld"])
def test_a_private_dataset_is_not_given(gate: Gate, app: Any, form: str):
    assert app.get(f"/dataset/{NAME}.{form}").status_code in (403, 404)
    assert NAME not in app.get(f"/catalog.{form}").body
