"""Published datasets as DCAT, for catalogues that harvest us."""

from __future__ import annotations

from typing import Any

import pytest
from rdflib import DCAT, DCTERMS, Graph, URIRef
from rdflib.namespace import RDF

from ckanext.dcat import processors
from ckanext.gpo.dataapi.federation.vocabulary import SPDX

from ...conftest import VENUES, Gate, row

NAME = "culture-culture-venues"


def test_a_published_dataset_is_dcat(gate: Gate, app: Any):
    gate.judge(VENUES, row(VENUES))
    dataset = gate.dataset(VENUES)

    graph = Graph().parse(data=app.get(f"/dataset/{NAME}.ttl").body, format="turtle")

    (subject,) = graph.subjects(RDF.type, DCAT.Dataset)
    assert str(graph.value(subject, DCTERMS.title)) == dataset["title"]
    assert graph.value(subject, DCTERMS.publisher)
    downloads = dataset["resources"][0]["downloads"]
    addresses = [str(url) for url in graph.objects(None, DCAT.accessURL)]
    assert sorted(addresses) == sorted(file["url"] for file in downloads.values())
    assert len(list(graph.objects(subject, DCAT.distribution))) == len(downloads)


def test_every_file_is_a_distribution(gate: Gate, app: Any):
    gate.judge(VENUES, row(VENUES))
    file = gate.dataset(VENUES)["resources"][0]["downloads"]["parquet"]

    graph = Graph().parse(data=app.get(f"/dataset/{NAME}.ttl").body, format="turtle")

    parquet = URIRef(file["url"])
    assert (None, DCAT.distribution, parquet) in graph
    assert str(graph.value(parquet, DCAT.mediaType)).endswith("vnd.apache.parquet")
    assert int(graph.value(parquet, DCAT.byteSize)) == file["size"]
    checksum = graph.value(parquet, SPDX.checksum)
    assert str(graph.value(checksum, SPDX.checksumValue)) == file["sha256"]


def test_what_is_for_the_intranet_is_not_in_it(gate: Gate, app: Any):
    gate.judge(VENUES, row(VENUES))

    assert "share" not in app.get(f"/dataset/{NAME}.ttl").body


@pytest.mark.parametrize("form", ["ttl", "xml", "jsonld"])
def test_a_private_dataset_is_not_given(gate: Gate, app: Any, form: str):
    assert app.get(f"/dataset/{NAME}.{form}").status_code in (403, 404)
    assert NAME not in app.get(f"/catalog.{form}").body


@pytest.mark.parametrize("address", ["/catalog.foo", f"/dataset/{NAME}.foo"])
def test_a_format_that_does_not_exist_is_not_found(gate: Gate, app: Any, address: str):
    gate.judge(VENUES, row(VENUES))
    assert app.get(address).status_code == 404


def test_a_long_text_for_profiles_is_refused_at_once(
    gate: Gate, app: Any, monkeypatch: pytest.MonkeyPatch
):
    looked_for: list[Any] = []
    monkeypatch.setattr(
        processors, "entry_points", lambda **entry: looked_for.append(entry)
    )
    gate.judge(VENUES, row(VENUES))

    answer = app.post(
        "/api/3/action/dcat_dataset_show", json={"id": NAME, "profiles": "字" * 10_000}
    )

    assert answer.status_code == 409
    assert len(looked_for) == 1
