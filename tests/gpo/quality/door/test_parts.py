"""Uploads in parts: whose they are, how much they may be, and how long they stay."""

from __future__ import annotations

import base64
import os
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from ckanext.gpo.quality import door
from ckanext.gpo.quality.door.store import OWNER

ALLOWANCE = door.Allowance(file=100, all_files=150, hours=24)
TUS = {"Tus-Resumable": "1.0.0"}
PART = TUS | {"Content-Type": "application/offset+octet-stream"}


@pytest.fixture
def store(tmp_path: Path) -> door.UploadStore:
    return door.UploadStore(tmp_path / "uploads")


def _ask(
    store: door.UploadStore,
    method: str,
    id_: str = "",
    headers: dict[str, str] = TUS,
    body: bytes = b"",
    owner: str = "clerk",
) -> door.Answer:
    return door.answer(store, ALLOWANCE, owner, method, id_, headers, body)


def _create(store: door.UploadStore, size: int, owner: str = "clerk") -> door.Answer:
    name = base64.b64encode("表.csv".encode()).decode()
    forged = base64.b64encode(b"another").decode()
    metadata = f"filename {name},{OWNER} {forged}"
    headers = TUS | {"Upload-Length": str(size), "Upload-Metadata": metadata}
    return _ask(store, "POST", headers=headers, owner=owner)


def _send(store: door.UploadStore, id_: str, offset: int, body: bytes) -> door.Answer:
    return _ask(store, "PATCH", id_, PART | {"Upload-Offset": str(offset)}, body)


def test_parts_make_a_file_of_the_account_that_sent_them(store: door.UploadStore):
    id_ = _create(store, 10).created

    assert _send(store, id_, 0, b"01234").status == 204
    assert store.complete(id_, "clerk") is None
    assert _ask(store, "HEAD", id_).headers["Upload-Offset"] == "5"
    assert _send(store, id_, 5, b"56789").headers["Upload-Offset"] == "10"

    upload = store.complete(id_, "clerk")
    assert upload
    assert (upload.name, upload.size) == ("表.csv", 10)
    assert upload.path.read_bytes() == b"0123456789"
    assert store.complete(id_, "another") is None


@pytest.mark.parametrize("method", ["HEAD", "PATCH", "DELETE"])
def test_for_another_account_it_is_not_there(store: door.UploadStore, method: str):
    id_ = _create(store, 10).created
    headers = PART | {"Upload-Offset": "0"}

    assert _ask(store, method, id_, headers, b"0", owner="another").status == 404
    assert _ask(store, "HEAD", id_).headers["Upload-Offset"] == "0"


@pytest.mark.parametrize(
    "id_",
    ["../secret", "..%2Fsecret", "/etc/passwd", "x" * 36, "secret", "a.json"],
)
def test_only_ids_of_uploads_are_files(store: door.UploadStore, id_: str, tmp_path):
    (tmp_path / "secret").write_text("{}")

    for method in ("HEAD", "PATCH", "DELETE"):
        assert _ask(store, method, id_, PART | {"Upload-Offset": "0"}).status == 404
    assert store.complete(id_, "clerk") is None
    assert (tmp_path / "secret").exists()


def test_a_part_goes_on_where_the_file_ends(store: door.UploadStore):
    id_ = _create(store, 10).created
    _send(store, id_, 0, b"01234")

    assert _send(store, id_, 0, b"xxxxx").status == 409
    assert _send(store, id_, 7, b"789").status == 409
    assert _send(store, id_, 5, b"567890").status == 400
    assert _ask(store, "HEAD", id_).headers["Upload-Offset"] == "5"


def test_what_an_account_keeps_is_bounded(store: door.UploadStore):
    assert _create(store, 101).status == 413
    first = _create(store, 100)
    assert first.status == 201
    assert _create(store, 51).status == 413
    assert _create(store, 51, owner="another").status == 201
    endless = TUS | {"Upload-Defer-Length": "1"}
    assert _ask(store, "POST", headers=endless).status == 413

    assert _ask(store, "DELETE", first.created).status == 204
    assert _create(store, 51).status == 201


def test_two_do_not_write_at_once(store: door.UploadStore):
    id_ = _create(store, 10).created

    with store.lock(id_):
        assert _send(store, id_, 0, b"01234").status == 423
    assert _send(store, id_, 0, b"01234").status == 204


def test_concatenation_and_other_methods_are_not_offered(store: door.UploadStore):
    id_ = _create(store, 10).created
    parts = TUS | {"Upload-Concat": f"final;/uploads/{id_}"}
    tunnel = TUS | {"X-HTTP-Method-Override": "DELETE", "Upload-Length": "1"}

    assert _ask(store, "POST", headers=parts).status == 400
    assert _ask(store, "POST", headers=tunnel).status == 201
    assert _ask(store, "GET", id_).status == 404


def test_the_sweep_removes_what_nobody_handed_in(store: door.UploadStore):
    owner = {OWNER: "clerk"}
    before = datetime.now(timezone.utc) - timedelta(seconds=1)
    old = "00000000-0000-4000-8000-000000000001"
    store.create_upload(old, 0, owner, before)
    new = _create(store, 10).created

    assert store.complete(old, "clerk") is None
    assert _ask(store, "HEAD", old).status == 410
    assert store.remove_expired() == 1
    assert not store.is_owned(old, "clerk")
    assert store.is_owned(new, "clerk")


def test_the_sweep_removes_what_never_became_an_upload(store, tmp_path: Path):
    folder = tmp_path / "uploads"
    for name in ("half", "half.new", "fresh"):
        (folder / name).touch()
        if name != "fresh":
            os.utime(folder / name, (0, 0))

    store.remove_expired()

    assert [path.name for path in folder.iterdir()] == ["fresh"]


def test_what_a_broken_host_left_of_an_upload_is_no_upload(store, tmp_path: Path):
    id_ = _create(store, 10).created
    os.unlink(tmp_path / "uploads" / id_)

    assert _ask(store, "HEAD", id_).status == 404
    assert store.reserved("clerk") == 0
