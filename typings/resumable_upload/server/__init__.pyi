from collections.abc import Callable
from typing import BinaryIO

from resumable_upload.storage import Storage

class TusServer:
    def __init__(
        self,
        storage: Storage,
        base_path: str,
        *,
        max_size: int = ...,
        max_chunk_size: int = ...,
        upload_expiry: int | None = ...,
        on_upload_create: Callable[
            [str, dict[str, str], int | None], dict[str, str] | None
        ]
        | None = ...,
        disable_concatenation: bool = ...,
    ) -> None: ...
    def handle_request(
        self, method: str, path: str, headers: dict[str, str], body: bytes = ...
    ) -> tuple[int, dict[str, str], bytes | BinaryIO]: ...
