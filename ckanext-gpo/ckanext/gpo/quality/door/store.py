"""Files that have come, wholly or in part, and are not handed in yet.

A folder that all web hosts share. `<id>` is what has come of a file, `<id>.json` what is
known of it. An upload belongs to one account; for any other it is not there. What is
neither gone on with nor handed in is removed when its time is over.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
import uuid
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import IO, Any

from resumable_upload.server.headers import validate_upload_id
from resumable_upload.storage import Storage

from ckanext.gpo.common import characters

OWNER, FILE_NAME = "owner", "filename"
"""Keys of an upload's metadata: id of an account; the name that the file has at home."""

_CHUNK = 1 << 20

_ABANDONED = 24 * 3600
"""Seconds after which nobody comes back to a file that is no upload."""


class BusyError(Exception):
    """Somebody else is writing to this upload."""


@dataclass(frozen=True)
class Upload:
    """A file that has come wholly."""

    id: str
    path: Path
    name: str
    size: int


class UploadStore(Storage):
    """Uploads in a folder, as the tus server wants them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    # What the pages ask for

    def keep(self, stream: IO[bytes], name: str, owner: str, expires: datetime) -> str:
        """Keep a file that came in one piece; returns its id."""
        id_ = str(uuid.uuid4())
        with self._path(id_).open("wb") as target:
            while chunk := stream.read(_CHUNK):
                target.write(chunk)
            size = target.tell()
        self.create_upload(id_, size, {OWNER: owner, FILE_NAME: name}, expires)
        return id_

    def complete(self, id_: str, owner: str) -> Upload | None:
        """An upload of this account that has come wholly; None if it has not."""
        info = self.get_upload(id_)
        if info is None or info["metadata"].get(OWNER) != owner:
            return None
        if info["offset"] != info["upload_length"] or _is_over(info):
            return None
        name = characters.strip(info["metadata"].get(FILE_NAME, ""))
        return Upload(id_, self._path(id_), name, info["offset"])

    def is_owned(self, id_: str, owner: str) -> bool:
        """Whether there is such an upload, and it is of this account."""
        info = self.get_upload(id_)
        return info is not None and info["metadata"].get(OWNER) == owner

    def reserved(self, owner: str) -> int:
        """Bytes that all uploads of an account have announced."""
        infos = (self.get_upload(path.stem) for path in self._folder.glob("*.json"))
        return sum(
            info["upload_length"] or 0
            for info in infos
            if info and info["metadata"].get(OWNER) == owner and not _is_over(info)
        )

    def remove_expired(self) -> int:
        """Remove the uploads whose time is over; returns how many there were.

        What a crash has left of files that never became uploads goes too.
        """
        expired = self.get_expired_uploads()
        for id_ in expired:
            self.delete_upload(id_)
        for path in self._folder.iterdir():
            is_part = self._info_path(path.stem).exists()
            if not is_part and time.time() - path.stat().st_mtime > _ABANDONED:
                path.unlink(missing_ok=True)
        return len(expired)

    @contextmanager
    def lock(self, id_: str) -> Generator[None]:
        """Keep everybody else from writing to an upload, on every host.

        :raises BusyError: somebody does
        :raises FileNotFoundError: there is none
        """
        with self._info_path(id_).open("rb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as err:
                raise BusyError(id_) from err
            yield

    # What the tus server asks for

    def create_upload(
        self,
        upload_id: str,
        upload_length: int | None,
        metadata: dict[str, str],
        expires_at: datetime | None = None,
        is_partial: bool = False,
    ) -> None:
        info = {
            "upload_length": upload_length,
            "metadata": metadata,
            "expires_at": expires_at.isoformat() if expires_at else None,
        }
        self._path(upload_id).touch()
        # As a whole or not at all: a sweep may look at the same moment.
        draft = self._path(f"{upload_id}.new")
        draft.write_text(json.dumps(info, ensure_ascii=False), "utf-8")
        draft.replace(self._info_path(upload_id))

    def get_upload(self, upload_id: str) -> dict[str, Any] | None:
        if not validate_upload_id(upload_id):
            return None
        try:
            info = json.loads(self._info_path(upload_id).read_text("utf-8"))
            offset = self._path(upload_id).stat().st_size
        except FileNotFoundError:
            return None
        expires = info["expires_at"]
        return {
            "upload_id": upload_id,
            "upload_length": info["upload_length"],
            # What has come stands on the disk: no figure beside it can differ from it.
            "offset": offset,
            "metadata": info["metadata"],
            "completed": offset == info["upload_length"],
            "expires_at": datetime.fromisoformat(expires) if expires else None,
            "is_partial": False,
        }

    def update_offset(self, upload_id: str, offset: int) -> None:
        os.truncate(self._path(upload_id), offset)

    def update_offset_atomic(
        self, upload_id: str, expected_offset: int, new_offset: int
    ) -> bool:
        return self._path(upload_id).stat().st_size == new_offset

    def delete_upload(self, upload_id: str) -> None:
        self._info_path(upload_id).unlink(missing_ok=True)
        self._path(upload_id).unlink(missing_ok=True)

    def write_chunk(self, upload_id: str, offset: int, data: bytes) -> None:
        with self._path(upload_id).open("r+b") as file:
            file.seek(offset)
            file.write(data)

    def read_file(self, upload_id: str) -> bytes:
        return self._path(upload_id).read_bytes()

    def get_expired_uploads(self) -> list[str]:
        infos = [(p.stem, self.get_upload(p.stem)) for p in self._folder.glob("*.json")]
        return [id_ for id_, info in infos if info and _is_over(info)]

    def cleanup_expired_uploads(self) -> int:
        """Nothing: not with a client's request but with the site's sweep they go."""
        return 0

    def _path(self, id_: str) -> Path:
        return self._folder / id_

    def _info_path(self, id_: str) -> Path:
        return self._folder / f"{id_}.json"


def _is_over(info: dict[str, Any]) -> bool:
    expires = info["expires_at"]
    return expires is not None and expires < datetime.now(timezone.utc)
