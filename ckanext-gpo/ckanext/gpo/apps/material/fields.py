"""The fields of a registration: how long they may be, and which must be there. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from .errors import MaterialError

LIMITS: Final[Mapping[str, int]] = {
    "title": 60,
    "title_en": 120,
    "summary": 200,
    "summary_en": 400,
    "description": 10_000,
    "description_en": 10_000,
    "link": 500,
    "developer": 100,
    "contact": 200,
    "privacy": 5_000,
}
"""Texts that a builder writes, and how many characters each may have."""

TEXTS: Final = tuple(LIMITS)

KINDS_WITHOUT_LINK: Final = frozenset({"idea"})
"""What may be registered before there is anything to open."""

KINDS_WITH_PRIVACY: Final = frozenset({"app", "mini-program", "service"})
"""What meets its users' personal data, and says what becomes of them."""

_REQUIRED: Final = ("title", "summary", "description", "kind", "developer", "licence")


def missing_fields(content: Mapping[str, Any]) -> Iterator[str]:
    """The fields without which a registration is not submitted, in the form's order."""
    yield from (name for name in _REQUIRED if not content.get(name))
    kind = content.get("kind")
    if not (
        content.get("link") or content.get("package") or kind in KINDS_WITHOUT_LINK
    ):
        yield "link"
    if kind in KINDS_WITH_PRIVACY and not content.get("privacy"):
        yield "privacy"
    if kind not in KINDS_WITHOUT_LINK and not content.get("platform"):
        yield "platform"
    if not content.get("datasets"):
        yield "datasets"
    elif not all(use.get("purpose") for use in content["datasets"]):
        yield "purpose"


def address_of_link(text: str, *, plain_allowed: bool = False) -> str:
    """A link as it may stand on a page: HTTPS, a host by name, nobody's password.

    :param plain_allowed: take HTTP too, and any host: a trial site on one machine
    :raises MaterialError: `link-malformed`
    """
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise MaterialError("link-malformed", "not an address") from None
    schemes = ("https", "http") if plain_allowed else ("https",)
    host = parts.hostname or ""
    if (
        parts.scheme not in schemes
        or not host
        or parts.username is not None
        or parts.password is not None
        or port == 0
        or any(c.isspace() or c in '"<>\\^`{|}' for c in text)
    ):
        raise MaterialError("link-malformed", "not an HTTPS address of a host")
    if not plain_allowed and ("." not in host or host.endswith(".")):
        raise MaterialError("link-malformed", "not a public host")
    return text
