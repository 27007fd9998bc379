"""Security headers on every answer of the site, also on CKAN's and ckanext-harvest's pages.

Scripts come from the site only: no inline script, no eval. Inline style *attributes* stay
allowed, because CKAN's own scripts and forms hide and place elements with them; inline
style sheets are not.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from werkzeug.http import dump_options_header, parse_options_header

from ckan.types import Response

CONTENT_SECURITY_POLICY: Final = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "style-src-attr 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)

HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",  # for browsers without frame-ancestors
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def secure(response: Response) -> Response:
    """Add the headers; one that a view has set itself stays."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    _encode_file_name(response)
    return response


def _encode_file_name(response: Response) -> None:
    """CKAN names lists of members after the department: a header holds ASCII only."""
    value = response.headers.get("Content-Disposition", "")
    if not value.isascii():
        disposition, options = parse_options_header(value)
        encoded = {f"{k}*": f"UTF-8''{quote(text)}" for k, text in options.items()}
        value = dump_options_header(disposition, encoded)
        response.headers["Content-Disposition"] = value
