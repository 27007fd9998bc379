"""Downloads as a client sees them."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import quote

import pytest

from ckan import model

from ckanext.gpo.quality.model import Version
from ckanext.gpo.quality.workflow import State

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


@pytest.mark.parametrize(
    ("kind", "content_type", "beginning"),
    [
        ("csv", "text/csv; charset=utf-8", b"\xef\xbb\xbf"),
        (
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            b"PK",
        ),
        ("json", "application/json; charset=utf-8", b"["),
        ("parquet", "application/vnd.apache.parquet", b"PAR1"),
        ("zip", "application/zip", b"PK"),
    ],
)
def test_every_format_is_served_as_what_it_is(
    app: Any, published: dict[str, Any], kind: str, content_type: str, beginning: bytes
):
    answer = app.get(f"{PATH}.{kind}")

    assert answer.headers["Content-Type"] == content_type
    assert answer.headers["ETag"] == f'"{published[kind]["sha256"]}"'
    name = quote(f"公共文化机构免费开放信息.{kind}")
    assert f"filename*=UTF-8''{name}" in answer.headers["Content-Disposition"]
    assert answer.data.startswith(beginning)
    assert hashlib.sha256(answer.data).hexdigest() == published[kind]["sha256"]
    part = app.get(f"{PATH}.{kind}", headers={"Range": "bytes=0-1"})
    assert (part.status_code, part.data) == (206, answer.data[:2])


def test_a_version_without_a_newer_format_is_served_as_it_is(
    app: Any, published: dict[str, Any]
):
    (version,) = Version.list_by_states(State.PUBLISHED)
    version.files = {"csv": version.files["csv"]}
    model.Session.commit()

    assert app.get(f"{PATH}.csv").status_code == 200
    assert app.get(f"{PATH}.parquet").status_code == 404


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
