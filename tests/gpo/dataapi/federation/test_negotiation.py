"""The pages of the catalogue, asked for as RDF."""

from __future__ import annotations

from typing import Any

import pytest
from rdflib import DCAT, Graph
from rdflib.namespace import RDF

from ckanext.gpo.common.web.rdf import rdf_ending

from ...conftest import VENUES, Gate, row

NAME = "culture-culture-venues"
FORMS = {
    "text/turtle": "turtle",
    "application/ld+json": "json-ld",
    "application/rdf+xml": "xml",
}


@pytest.mark.parametrize(
    ("accept", "ending"),
    [
        ("", ""),
        ("*/*", ""),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", ""),
        ("text/turtle", "ttl"),
        ("text/turtle, */*;q=0.1", "ttl"),
        ("text/html, text/turtle;q=0.5", ""),
        ("text/turtle;q=0.3, application/ld+json;q=0.9", "jsonld"),
        ("application/rdf+xml", "rdf"),
        ("text/turtle;q=0", ""),
    ],
)
def test_a_page_unless_rdf_is_liked_more(accept: str, ending: str):
    assert rdf_ending(accept) == ending


@pytest.mark.parametrize("media_type", FORMS)
@pytest.mark.parametrize("by", ["name", "id"])
def test_a_dataset_in_the_form_that_is_asked_for(
    gate: Gate, app: Any, media_type: str, by: str
):
    gate.judge(VENUES, row(VENUES))
    id_ = gate.dataset(VENUES)[by]

    answer = app.get(
        f"/dataset/{id_}", headers={"Accept": media_type}, follow_redirects=False
    )

    assert answer.status_code == 200
    assert answer.mimetype == media_type
    assert "Accept" in answer.vary
    graph = Graph().parse(data=answer.body, format=FORMS[media_type])
    assert len(list(graph.subjects(RDF.type, DCAT.Dataset))) == 1


@pytest.mark.parametrize("media_type", FORMS)
@pytest.mark.parametrize("page", ["/", "/dataset/"])
def test_the_catalogue_in_the_form_that_is_asked_for(
    gate: Gate, app: Any, media_type: str, page: str
):
    gate.judge(VENUES, row(VENUES))

    first = app.get(page, headers={"Accept": media_type}, follow_redirects=False)
    answer = app.get(page, headers={"Accept": media_type})

    assert first.status_code == 303
    assert "Accept" in first.vary
    graph = Graph().parse(data=answer.body, format=FORMS[media_type])
    assert len(list(graph.subjects(RDF.type, DCAT.Catalog))) == 1


@pytest.mark.parametrize("page", ["/", "/dataset/", f"/dataset/{NAME}"])
def test_a_page_tells_where_its_rdf_is(gate: Gate, app: Any, page: str):
    gate.judge(VENUES, row(VENUES))

    answer = app.get(page)

    assert answer.mimetype == "text/html"
    assert "Accept" in answer.vary
    links = answer.headers.getlist("Link")
    for media_type, form in FORMS.items():
        (link,) = (link for link in links if f'type="{media_type}"' in link)
        address = link[link.index("<") + 1 : link.index(">")]
        assert Graph().parse(data=app.get(address).body, format=form)


@pytest.mark.parametrize("media_type", FORMS)
def test_what_is_not_public_is_not_there_as_rdf(
    gate: Gate, app: Any, steward: dict[str, str], media_type: str
):
    accept = {"Accept": media_type}
    assert app.get(f"/dataset/{NAME}", headers=accept).status_code == 404
    assert app.get("/dataset/no-such-thing", headers=accept).status_code == 404
    assert app.get(f"/dataset/{NAME}", headers=steward | accept).status_code == 200


@pytest.mark.ckan_config("ckanext.gpo.portal.page_cache", True)
def test_a_kept_page_does_not_answer_who_asks_for_rdf(gate: Gate, app: Any):
    gate.judge(VENUES, row(VENUES))
    address = f"/dataset/{NAME}"

    for _ in range(2):
        assert app.get(address).mimetype == "text/html"
        answer = app.get(address, headers={"Accept": "text/turtle"})
        assert answer.mimetype == "text/turtle"
