"""Exports at once: so many and no more, and one client leaves some to others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from werkzeug.wrappers import Response

from ckanext.gpo.dataapi import config
from ckanext.gpo.dataapi.limits import exporting

from .conftest import NAME

READER, OTHER = "203.0.113.5", "203.0.113.6"

EXPORT = f"/api/gpo/v1/datasets/{NAME}/export.ndjson"
DIFF = f"/api/gpo/v1/datasets/{NAME}/diff.csv?from=1&to=2"

Begin = Callable[..., Any]

pytestmark = [
    pytest.mark.ckan_config("ckanext.gpo.dataapi.exports_at_once", 3),
    pytest.mark.ckan_config("ckanext.gpo.dataapi.exports_of_client", 2),
]


@pytest.fixture
def begin(
    app: Any, published: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> Iterator[Begin]:
    """Ask for an export and do not read it."""
    monkeypatch.setattr(config, "export_places", lambda: tmp_path / "places")
    begun: list[Response] = []

    def begin(path: str = EXPORT, address: str = READER, **kwargs: Any) -> Response:
        begun.append(
            app.client.open(path, environ_overrides={"REMOTE_ADDR": address}, **kwargs)
        )
        return begun[-1]

    yield begin
    for answer in begun:
        answer.close()


@pytest.mark.parametrize("path", [EXPORT, DIFF, f"{EXPORT[:-6]}xlsx?limit=3"])
def test_one_client_leaves_some_to_others(begin: Begin, path: str):
    first, second = begin(), begin(DIFF)
    refused = begin(path)

    assert (first.status_code, second.status_code) == (200, 200)
    assert refused.status_code == 429
    assert refused.content_type == "application/problem+json"
    assert refused.json["code"] == "too-many-exports"
    assert int(refused.headers["Retry-After"]) > 0
    assert begin(path, OTHER).status_code == 200


def test_who_has_read_to_the_end_may_begin_again(begin: Begin):
    answers = [begin() for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]

    answers[0].close()  # as servers do, whether the reader has gone or read all
    assert begin().status_code == 200
    assert begin().status_code == 429


def test_there_are_no_more_for_anybody(begin: Begin):
    for address in (READER, READER, OTHER):
        assert begin(address=address).status_code == 200

    assert begin(address=OTHER).status_code == 429
    assert begin(address="127.0.0.1").status_code == 429


def test_the_machine_itself_may_have_all(begin: Begin):
    statuses = [begin(address="127.0.0.1").status_code for _ in range(4)]
    assert statuses == [200, 200, 200, 429]


def test_what_is_not_written_takes_no_place(begin: Begin):
    tag = begin().headers["ETag"]
    for _ in range(4):
        assert begin(method="HEAD").status_code == 200
        assert begin(f"{EXPORT}?nothing.eq=1").status_code == 400
        assert begin(headers={"If-None-Match": tag}).status_code == 304
        # a file that was made when its version was published
        assert begin(f"/dataset/{NAME}/download/{NAME}.csv").status_code == 200

    assert begin().status_code == 200


def test_a_dump_is_an_export_too(begin: Begin, published: Any):
    resource = published.dataset("culture/culture_venues")["resources"][0]["id"]
    begin()
    begin()
    refused = begin(f"/datastore/dump/{resource}?filters={{}}&limit=2")

    assert refused.status_code == 429
    assert "text/html" in refused.content_type
    assert refused.headers["Retry-After"] == str(exporting.AGAIN)
