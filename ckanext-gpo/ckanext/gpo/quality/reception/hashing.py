"""What a candidate is known by."""

from __future__ import annotations

import hashlib
from typing import IO

_CHUNK = 1 << 20


def content_hash(stream: IO[bytes]) -> str:
    """SHA-256 of what came in, `sha256:<hex>`; the stream is rewound."""
    digest = hashlib.sha256()
    stream.seek(0)
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
    stream.seek(0)
    return f"sha256:{digest.hexdigest()}"
