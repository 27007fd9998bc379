"""Uploads in parts, by the tus protocol (https://tus.io): `resumable_upload` over the store.

Who may ask is the address's affair; whose an upload is stands in its metadata, which is
written here and not by the client.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import PurePosixPath
from typing import BinaryIO

from resumable_upload import TusHookError
from resumable_upload.server import TusServer

from .store import FILE_NAME, OWNER, BusyError, UploadStore

PART = 8 << 20
"""Bytes of one part at most; it is held in memory."""

_BASE = "/uploads"
"""What the addresses are called in here; outside they have a site's root and language."""


@dataclass(frozen=True)
class Allowance:
    """What one account may keep here: bytes of one file, of all, and hours of each."""

    file: int
    all_files: int
    hours: int

    @property
    def expires(self) -> datetime:
        return datetime.now(timezone.utc) + timedelta(hours=self.hours)


@dataclass(frozen=True)
class Answer:
    """`created` is the id of a new upload."""

    status: int
    headers: Mapping[str, str]
    body: bytes | BinaryIO
    created: str = ""


def answer(
    store: UploadStore,
    allowance: Allowance,
    owner: str,
    method: str,
    id_: str,
    headers: Mapping[str, str],
    body: bytes,
) -> Answer:
    """Answer a request of the protocol.

    :param owner: id of the account that asks; another's upload is not there for it
    :param id_: of the upload; empty for what concerns none
    """
    if not id_:
        return _ask(store, allowance, owner, method, "", headers, body)
    if not store.is_owned(id_, owner):
        return Answer(404, {}, b"")
    try:
        with store.lock(id_):
            return _ask(store, allowance, owner, method, f"/{id_}", headers, body)
    except BusyError:
        return Answer(423, {}, b"")
    except FileNotFoundError:  # removed meanwhile
        return Answer(404, {}, b"")


def _ask(
    store: UploadStore,
    allowance: Allowance,
    owner: str,
    method: str,
    path: str,
    headers: Mapping[str, str],
    body: bytes,
) -> Answer:
    def create(
        _id: str, metadata: dict[str, str], length: int | None
    ) -> dict[str, str]:
        if length is None or store.reserved(owner) + length > allowance.all_files:
            raise TusHookError("The uploads of this account are too large", 413)
        return {OWNER: owner, FILE_NAME: metadata.get(FILE_NAME, "")}

    server = TusServer(
        store,
        _BASE,
        max_size=allowance.file,
        max_chunk_size=PART,
        upload_expiry=allowance.hours * 3600,
        on_upload_create=create,
        disable_concatenation=True,
    )
    plain = {k: v for k, v in headers.items() if k.lower() != "x-http-method-override"}
    status, answered, content = server.handle_request(method, _BASE + path, plain, body)
    answered = dict(answered)
    created = PurePosixPath(answered.pop("Location", "")).name
    return Answer(status, answered, content, created)
