"""Downloads as a client sees them."""

from __future__ import annotations

from typing import Any

import pytest

from ..conftest import VENUES, Gate, row

PATH = "/dataset/culture-culture-venues/download/culture-culture-venues"


@pytest.fixture
def published(gate: Gate) -> dict[str, Any]:
    gate.judge(VENUES, row(VENUES))
    return gate.dataset(VENUES)["resources"][0]["downloads"]


def test_headers_are_fit_for_any_server(app: Any, published: dict[str, Any]):
    answer = app.get(f"{PATH}.csv")

    for value in answer.headers.values():
        value.encode("latin-1")  # what WSGI servers can send
    disposition = answer.headers["Content-Disposition"]
    assert "filename=culture-culture-venues.csv;" in disposition
    assert "filename*=UTF-8''%E5%85%AC%E5%85%B1" in disposition
    assert answer.headers["Accept-Ranges"] == "bytes"


def test_known_files_are_not_sent_again(app: Any, published: dict[str, Any]):
    known = {"If-None-Match": f'"{published["csv"]["sha256"]}"'}

    assert app.get(f"{PATH}.csv", headers=known).status_code == 304


def test_ranges(app: Any, published: dict[str, Any]):
    whole = app.get(f"{PATH}.json").data
    answer = app.get(f"{PATH}.json", headers={"Range": "bytes=5-14"})

    assert answer.status_code == 206
    assert answer.data == whole[5:15]


@pytest.mark.parametrize(
    "path",
    [
        f"{PATH}.pdf",
        "/dataset/culture-culture-venues/download/../x.csv",
        "/dataset/x/download/x.csv",
    ],
)
def test_what_does_not_exist(app: Any, published: dict[str, Any], path: str):
    assert app.get(path).status_code == 404
