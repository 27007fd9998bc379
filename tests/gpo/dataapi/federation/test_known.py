"""Who has the RDF of a dataset or of the catalogue is told so; a change makes it new."""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from typing import Any

import pytest

from ckan import model

from ckanext.gpo.common.web import page_cache
from ckanext.gpo.dataapi.pages import linked_data

from ...conftest import VENUES, Gate
from ...quality.versions import take_back, venue

NAME = "culture-culture-venues"
FORMS = ("ttl", "jsonld", "rdf")
CATALOGUE = [f"/catalog.{form}" for form in FORMS]
DATASET = [f"/dataset/{NAME}.{form}" for form in FORMS]


@pytest.fixture
def site(gate: Gate) -> dict[str, Any]:
    """The venues of culture are published; returns the version."""
    page_cache.listen()
    return gate.judge(VENUES, venue(1))


def known(answer: Any) -> list[dict[str, str]]:
    """The headers by which a reader says what it has."""
    return [
        {"If-None-Match": answer.headers["ETag"]},
        {"If-Modified-Since": answer.headers["Last-Modified"]},
    ]


@pytest.mark.parametrize("address", [*CATALOGUE, *DATASET, "/data.json"])
def test_who_has_it_is_told_so(app: Any, site: dict[str, Any], address: str):
    first = app.get(address)
    assert first.status_code == 200

    for headers in known(first):
        again = app.get(address, headers=headers)
        assert again.status_code == 304, headers
        assert not again.body
        assert again.headers["ETag"] == first.headers["ETag"]


@pytest.mark.parametrize("address", [*CATALOGUE, *DATASET, "/data.json"])
def test_a_new_version_is_told(
    app: Any, gate: Gate, site: dict[str, Any], address: str
):
    headers = {"If-None-Match": app.get(address).headers["ETag"]}
    gate.judge(VENUES, venue(1), venue(2))

    assert app.get(address, headers=headers).status_code == 200


@pytest.mark.parametrize("address", CATALOGUE)
def test_a_withdrawal_changes_the_catalogue(
    app: Any, site: dict[str, Any], address: str
):
    first = app.get(address)
    assert NAME in first.body
    take_back(site)
    again = app.get(address, headers=known(first)[0])

    assert again.status_code == 200
    assert NAME not in again.body
    moments = [
        parsedate_to_datetime(a.headers["Last-Modified"]) for a in (first, again)
    ]
    assert moments[0] <= moments[1]


@pytest.mark.parametrize("address", DATASET)
def test_what_is_withdrawn_is_not_known_any_more(
    app: Any, site: dict[str, Any], address: str
):
    first = app.get(address)
    take_back(site)

    for headers in known(first):
        assert app.get(address, headers=headers).status_code in (404, 410)


def test_a_dataset_was_modified_when_its_record_was(app: Any, site: dict[str, Any]):
    package = model.Package.get(NAME)
    assert package
    moment = parsedate_to_datetime(app.get(DATASET[0]).headers["Last-Modified"])

    assert moment.replace(tzinfo=None) == package.metadata_modified.replace(
        microsecond=0
    )


@pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json"])
def test_a_negotiated_answer_is_known_and_names_its_page(
    app: Any, site: dict[str, Any], accept: str
):
    first = app.get(f"/dataset/{NAME}", headers={"Accept": accept})
    assert first.mimetype == accept
    assert f'/dataset/{NAME}>; rel="alternate"; type="text/html"' in str(
        first.headers["Link"]
    )
    again = app.get(f"/dataset/{NAME}", headers={"Accept": accept} | known(first)[0])

    assert again.status_code == 304


def test_the_pages_of_the_catalogue_are_told_apart(app: Any, site: dict[str, Any]):
    tags = {
        app.get(address).headers["ETag"]
        for address in (*CATALOGUE, "/catalog.ttl?q=culture", "/catalog.ttl?q=x")
    }

    assert len(tags) == 5


def test_the_catalogue_is_not_made_for_who_has_it(
    app: Any, site: dict[str, Any], monkeypatch: pytest.MonkeyPatch
):
    first = app.get(CATALOGUE[0])

    def fail(*_: Any) -> Any:
        raise AssertionError("it was made")

    monkeypatch.setattr(linked_data, "_name", fail)
    assert app.get(CATALOGUE[0], headers=known(first)[0]).status_code == 304


def test_redis_that_was_emptied_makes_all_tags_anew(app: Any, site: dict[str, Any]):
    first = page_cache.state()
    assert first
    redis_ = page_cache.connect_to_redis()
    for part in ("epoch", "generation", "changed"):
        redis_.delete(page_cache._name(part))
    second = page_cache.state()

    assert second
    assert second.name != first.name
