"""Sends files and streams: which of it, whether at all, and by whose hands."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask import Response, request
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.http import parse_range_header
from werkzeug.wsgi import wrap_file

from ckan.lib import files
from ckan.lib.files.default import FsStorage

from ckanext.gpo.common.web import downloads
from ckanext.gpo.dataapi import config
from ckanext.gpo.dataapi.exports import PIECE, FilePart, Form, gzipped

_SHORTEST = 1024
"""Bytes from which on compression pays."""

StoredFile = Mapping[str, Any]
"""Of `gpo_quality_file_show`."""


def send_file(file: StoredFile, name: str, title: str, *, is_text: bool) -> Response:
    """One kept file: whole, a part of it, or nothing if it is known already.

    The ETag is the file's SHA-256; several parts at once are answered by the whole.

    :param name: of the file for programs
    :param title: the same for people
    """
    size = int(file["size"])
    is_packed = (
        is_text
        and size >= _SHORTEST
        and _takes_gzip()
        # who knows it by its SHA-256, which `package_show` tells, is not sent it packed
        and not request.if_none_match.contains(str(file["sha256"]))
    )
    response = _answer(
        str(file["sha256"]),
        file,
        name,
        title,
        str(file["content_type"]),
        is_packed=is_packed,
    )
    if is_text:
        response.vary.add("Accept-Encoding")
    if is_packed:
        response.automatically_set_content_length = False  # nobody knows it yet
        response.make_conditional(request)
        if _has_body(response):
            response.response = gzipped(_pieces(file))
        return response
    response.headers["Repr-Digest"] = _digest(str(file["sha256"]))
    response.content_length = size
    try:
        response.make_conditional(
            _request_with_one_range(), accept_ranges=True, complete_length=size
        )
    except RequestedRangeNotSatisfiable:
        return Response(status=416, headers={"Content-Range": f"bytes */{size}"})
    if _has_body(response):
        _send(response, file)
    return response


def _answer(
    tag: str,
    file: StoredFile,
    name: str,
    title: str,
    content_type: str,
    *,
    is_packed: bool,
) -> Response:
    """An answer without its body yet."""
    response = Response(content_type=content_type)
    downloads.attach(response, title, name)
    response.set_etag(f"{tag}-gzip" if is_packed else tag)
    response.last_modified = datetime.fromisoformat(file["published"])
    response.cache_control.public = True
    response.cache_control.no_cache = True  # revalidate: a new version may be out
    if is_packed:
        response.headers["Content-Encoding"] = "gzip"
    return response


def generated_answer(
    tag: str,
    file: StoredFile,
    name: str,
    title: str,
    form: Form,
    charset: str = "utf-8",
) -> Response:
    """An answer that is made of a version when it is asked for; without its body yet.

    :param tag: the same for the same bytes
    :param charset: of a text
    """
    content_type = f"{form.media_type}; charset={charset}"
    is_packed = form.is_text and _takes_gzip()
    response = _answer(
        tag,
        file,
        name,
        title,
        content_type if form.is_text else form.media_type,
        is_packed=is_packed,
    )
    response.automatically_set_content_length = False  # nobody knows it yet
    response.headers["Accept-Ranges"] = "none"
    if form.is_text:
        response.vary.add("Accept-Encoding")
    response.make_conditional(request)
    return response


def attach(
    response: Response, body: Iterable[bytes] | Path, end: Callable[[], None]
) -> None:
    """Give an answer its body: pieces, or a file that goes when it is sent.

    :param end: called once, when it is sent or the reader has gone
    """
    if isinstance(body, Path):
        response.content_length = body.stat().st_size
        _wrap(response, FilePart(body, 0, response.content_length, end))
        return
    is_packed = response.headers.get("Content-Encoding") == "gzip"
    response.response = gzipped(body) if is_packed else body
    response.call_on_close(end)


def _takes_gzip() -> bool:
    """Whether the reader wants texts compressed; of a part nobody does."""
    return "Range" not in request.headers and request.accept_encodings["gzip"] > 0


def _has_body(response: Response) -> bool:
    return request.method == "GET" and response.status_code in (200, 206)


def _request_with_one_range() -> dict[str, Any]:
    """The request, without what it says of ranges unless that is one of bytes."""
    ranges = parse_range_header(request.headers.get("Range"))
    if ranges and ranges.units == "bytes" and len(ranges.ranges) == 1:
        return request.environ
    return {k: v for k, v in request.environ.items() if k != "HTTP_RANGE"}


def _send(response: Response, file: StoredFile) -> None:
    """By the front server, by the system (sendfile), or piece by piece."""
    storage = files.get_storage(str(file["storage"]))
    location = files.Location(str(file["location"]))
    if not isinstance(storage, FsStorage):
        start, length = _stretch(response)
        response.response = _cut(_pieces(file), start, length)
    elif prefix := config.accel_prefix():
        response.headers["X-Accel-Redirect"] = f"{prefix.rstrip('/')}/{quote(location)}"
        # the front server reads the request's range itself
        response.status_code = 200
        response.headers.pop("Content-Range", None)
        response.headers.pop("Content-Length", None)
    else:
        path = Path(storage.full_path(location))
        _wrap(response, FilePart(path, *_stretch(response)))


def _stretch(response: Response) -> tuple[int, int]:
    """Where the body begins in the file, and how long it is."""
    start = response.content_range.start if response.status_code == 206 else 0
    return start or 0, response.content_length or 0


def _wrap(response: Response, part: FilePart) -> None:
    response.response = wrap_file(request.environ, part, PIECE)  # pyright: ignore[reportArgumentType] - WSGI asks for `read` and `close`
    response.direct_passthrough = True


def _pieces(file: StoredFile) -> Iterator[bytes]:
    storage = files.get_storage(str(file["storage"]))
    location = files.Location(str(file["location"]))
    if not isinstance(storage, FsStorage):
        yield from storage.stream(files.FileData(location, size=int(file["size"])))
        return
    with Path(storage.full_path(location)).open("rb", buffering=0) as stream:
        while piece := stream.read(PIECE):
            yield piece


def _cut(pieces: Iterable[bytes], start: int, length: int) -> Iterator[bytes]:
    """A stretch of what pieces are together."""
    for piece in pieces:
        part = piece[start : start + length]
        start = max(start - len(piece), 0)
        length -= len(part)
        if part:
            yield part
        if not length:
            return


def _digest(sha256: str) -> str:
    """As RFC 9530 writes it."""
    return f"sha-256=:{base64.b64encode(bytes.fromhex(sha256)).decode()}:"
