"""Keys of the links that set a password: they end after a day; CKAN's last until used."""

from __future__ import annotations

import hmac
import secrets
from typing import Final

from itsdangerous import BadSignature, TimestampSigner

from ckan import model
from ckan.lib import mailer

from ckanext.gpo.security import config

LIFETIME: Final = 86400
"""Seconds that a link may be used, an invitation too."""


def make() -> str:
    """A key that carries its time."""
    return _signer().sign(secrets.token_urlsafe(16)).decode()


def is_fresh(key: object) -> bool:
    """Whether a key of ours was made within the last day."""
    if not isinstance(key, str):
        return False
    try:
        _signer().unsign(key, max_age=LIFETIME)
    except BadSignature:
        return False
    return True


def verify(user: model.User, key: str | None) -> bool:
    """Whether a key is the account's last one, and fresh."""
    key = (key or "").strip()
    stored = user.reset_key or ""
    return is_fresh(key) and hmac.compare_digest(key.encode(), stored.encode())


def install() -> None:
    mailer.make_key = make
    mailer.verify_reset_link = verify


def _signer() -> TimestampSigner:
    return TimestampSigner(config.secret_key(), salt="gpo-reset-key")
