"""Pages of other sites may read what anybody may read: the API, downloads, feeds.

Nobody is recognised by it: browsers send no cookies where the answer allows every origin, so
that a page of another site reads what an anonymous reader does, or what its own token may.
"""

from __future__ import annotations

from typing import Final

from flask import Response, request

_READING: Final = ("GET", "HEAD", "OPTIONS")

_API: Final = ("/api/3/", "/api/action/", "/api/gpo/")
_ASKED_WITH_BODY: Final = "/api/gpo/"
"""Where a long question comes by POST."""

_KINDS: Final = frozenset(
    {
        "application/atom+xml",
        "application/feed+json",
        "application/geo+json",
        "application/json",
        "application/ld+json",
        "application/n-triples",
        "application/rdf+xml",
        "application/rss+xml",
        "application/vnd.apache.parquet",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/x-ndjson",
        "application/xml",
        "application/zip",
        "text/csv",
        "text/turtle",
        "text/xml",
    }
)
"""What downloads, feeds and catalogues are; no page of the site is one."""

_EXPOSED: Final = (
    *("Content-Disposition", "Content-Language", "Content-Length", "ETag", "Link"),
    *("RateLimit", "RateLimit-Policy", "Repr-Digest", "Retry-After"),
)
_ACCEPTED: Final = (
    *("Accept", "Accept-Language", "Authorization", "Content-Type"),
    *("If-Modified-Since", "If-None-Match", "Range"),
)
_DAY: Final = 86_400


def share(response: Response) -> Response:
    """Let pages of every origin read an answer that is for programs."""
    if not _is_open(response):
        return response
    headers = response.headers
    headers["Access-Control-Allow-Origin"] = "*"
    headers["Access-Control-Expose-Headers"] = ", ".join(_EXPOSED)
    if request.method == "OPTIONS":
        with_body = ("POST",) if request.path.startswith(_ASKED_WITH_BODY) else ()
        headers["Access-Control-Allow-Methods"] = ", ".join((*_READING, *with_body))
        headers["Access-Control-Allow-Headers"] = ", ".join(_ACCEPTED)
        headers["Access-Control-Max-Age"] = str(_DAY)
    return response


def _is_open(response: Response) -> bool:
    if request.path.startswith(_ASKED_WITH_BODY):
        return True
    if request.method == "OPTIONS":
        return request.headers.get("Access-Control-Request-Method") in _READING
    if request.method not in _READING:
        return False
    return request.path.startswith(_API) or response.mimetype in _KINDS
