"""Whole files as a client and a server see them: parts, checksums, by whose hands."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
from email.utils import parsedate_to_datetime
from typing import Any

import pytest

from ckan import model
from ckan.common import config

from ckanext.gpo.common.web.page_cache import PageCache
from ckanext.gpo.dataapi import exports
from ckanext.gpo.dataapi.pages import sending

from .conftest import CODES, NAME, Fetch

PATH = f"/dataset/{NAME}/download/{NAME}"


@pytest.fixture
def whole(app: Any, published: Any) -> bytes:
    return app.get(f"{PATH}.csv").data


def ranged(app: Any, value: str, **headers: str) -> Any:
    return app.get(f"{PATH}.csv", headers={"Range": value, **headers})


def test_one_range_is_a_part(app: Any, whole: bytes):
    answer = ranged(app, "bytes=5-14")
    assert (answer.status_code, answer.data) == (206, whole[5:15])
    assert answer.headers["Content-Range"] == f"bytes 5-14/{len(whole)}"
    assert answer.headers["Content-Length"] == "10"
    assert ranged(app, "bytes=-7").data == whole[-7:]
    assert ranged(app, "bytes=7-").data == whole[7:]


@pytest.mark.parametrize(
    "value", ["bytes=0-1,5-6", "bytes=0-1, 999999999-", "bytes=x", "lines=0-1"]
)
def test_several_ranges_or_none_that_is_understood_are_the_whole(
    app: Any, whole: bytes, value: str
):
    answer = ranged(app, value)
    assert (answer.status_code, answer.data) == (200, whole)


def test_a_range_beyond_the_end(app: Any, whole: bytes):
    answer = ranged(app, "bytes=999999999-")
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{len(whole)}"


def test_a_part_of_another_file_is_the_whole_of_this_one(app: Any, whole: bytes):
    tag = app.get(f"{PATH}.csv").headers["ETag"]
    assert ranged(app, "bytes=0-1", **{"If-Range": tag}).status_code == 206
    assert ranged(app, "bytes=0-1", **{"If-Range": '"other"'}).data == whole


def test_checksum_and_day(app: Any, whole: bytes):
    answer = app.get(f"{PATH}.csv")
    digest = base64.b64encode(hashlib.sha256(whole).digest()).decode()
    assert answer.headers["Repr-Digest"] == f"sha-256=:{digest}:"
    modified = answer.headers["Last-Modified"]
    parsedate_to_datetime(modified)
    assert (
        app.get(f"{PATH}.csv", headers={"If-Modified-Since": modified}).status_code
        == 304
    )


def test_head_tells_all_and_sends_nothing(app: Any, whole: bytes, fetch: Fetch):
    answer = app.client.head(f"{PATH}.csv")
    assert answer.headers["Content-Length"] == str(len(whole))
    assert not answer.data
    for form in ("ndjson", "xlsx"):
        told = fetch(form, method="HEAD", limit="1")
        asked = fetch(form, limit="1")
        assert (told.status_code, told.data) == (200, b"")
        assert told.headers["ETag"] == asked.headers["ETag"]
        assert "Content-Length" not in told.headers  # nobody has written it


def test_texts_are_compressed_and_have_a_tag_of_their_own(app: Any, whole: bytes):
    packed = app.get(f"{PATH}.csv", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.data) == whole
    assert "Content-Length" not in packed.headers  # nobody knows it yet
    tag = packed.headers["ETag"]
    assert tag != app.get(f"{PATH}.csv").headers["ETag"]
    known = {"Accept-Encoding": "gzip", "If-None-Match": tag}
    assert app.get(f"{PATH}.csv", headers=known).status_code == 304
    for form in ("xlsx", "parquet", "zip"):
        answer = app.get(f"{PATH}.{form}", headers={"Accept-Encoding": "gzip"})
        assert "Content-Encoding" not in answer.headers


class Wrapper:
    """What a server offers to send by the system's hands."""

    def __init__(self, file: Any, size: int = 0) -> None:
        self.file, self.size = file, size

    def close(self) -> None:
        self.file.close()


def run(application: Any, path: str, **environ: Any) -> tuple[str, Any]:
    """Call the application as a server does: status and body as it was given."""
    statuses: list[str] = []
    body = application(
        {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": "",
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
            "wsgi.file_wrapper": Wrapper,
            **environ,
        },
        lambda status, headers, exc_info=None: statuses.append(status),
    )
    return statuses[0], body


def test_the_server_is_given_the_file_itself(app: Any, whole: bytes):
    for application in (app.app, PageCache(app.app, (), "Authorization")):
        status, body = run(application, f"{PATH}.csv")
        assert status == "200 OK"
        assert isinstance(body, Wrapper)
        assert body.file.fileno() > 0
        assert body.file.read() == whole
        body.close()

    status, body = run(app.app, f"{PATH}.csv", HTTP_RANGE="bytes=3-8")
    assert status == "206 PARTIAL CONTENT"
    assert (body.file.read(4), body.file.read(), body.file.read()) == (
        whole[3:7],
        whole[7:9],
        b"",
    )
    body.close()


@pytest.mark.ckan_config("ckanext.gpo.dataapi.accel_prefix", "/_versions/")
def test_the_front_server_is_told_where_the_file_lies(app: Any, published: Any):
    answer = app.get(f"{PATH}.parquet", headers={"Range": "bytes=0-1"})
    address = answer.headers["X-Accel-Redirect"]
    assert address.startswith("/_versions/")
    assert address.endswith(f"/{NAME}.parquet")
    root = config["ckan.files.storage.gpo_versions.path"]
    with open(address.replace("/_versions", root), "rb") as stream:
        stored = hashlib.sha256(stream.read()).hexdigest()
    assert answer.headers["ETag"] == f'"{stored}"'
    assert (answer.status_code, answer.data) == (200, b"")
    assert (
        app.get(
            f"{PATH}.parquet", headers={"If-None-Match": answer.headers["ETag"]}
        ).status_code
        == 304
    )


def test_a_slow_reader_holds_no_connection_and_leaves_nothing(
    app: Any, published: Any, monkeypatch: pytest.MonkeyPatch
):
    opened: list[exports.Export] = []
    real = exports.open_export

    def open_export(*args: Any, **kwargs: Any) -> exports.Export:
        opened.append(real(*args, **kwargs))
        return opened[-1]

    monkeypatch.setattr(exports, "open_export", open_export)
    model.Session.remove()
    status, body = run(app.app, f"/api/gpo/v1/datasets/{NAME}/export.ndjson")
    pieces = iter(body)
    assert CODES[0].encode() in next(pieces)

    assert status == "200 OK"
    assert model.meta.engine is not None
    assert model.meta.engine.pool.checkedout() == 0
    assert opened[0].folder.exists()
    body.close()
    assert not opened[0].folder.exists()


def test_a_stretch_of_pieces():
    pieces = [b"abc", b"", b"defg", b"hij"]
    whole = b"".join(pieces)
    for start in range(10):
        for length in range(1, 11 - start):
            parts = sending._cut(pieces, start, length)
            assert b"".join(parts) == whole[start : start + length]
