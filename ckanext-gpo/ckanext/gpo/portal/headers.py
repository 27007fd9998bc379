"""Security headers on every answer of the site, also on CKAN's and ckanext-harvest's pages.

Scripts come from the site only: no inline script, no eval. Inline style *attributes* stay
allowed, because CKAN's own scripts and forms hide and place elements with them; inline
style sheets are not. No other site shows a page in a frame but those that are made for it.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from werkzeug.http import dump_options_header, parse_options_header

from ckan.types import Response

from ckanext.gpo.common.web.framing import is_framing_allowed

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


FRAMED_HEADERS: Final = {
    **{name: value for name, value in HEADERS.items() if name != "X-Frame-Options"},
    "Content-Security-Policy": CONTENT_SECURITY_POLICY.replace(
        "frame-ancestors 'self'", "frame-ancestors *"
    ),
}
"""Those of a page that sites of others may show in a frame."""


def secure(response: Response) -> Response:
    """Add the headers; one that a view has set itself stays."""
    headers = FRAMED_HEADERS if is_framing_allowed() else HEADERS
    for name, value in headers.items():
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
