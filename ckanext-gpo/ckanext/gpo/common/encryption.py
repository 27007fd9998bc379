"""Small secrets that the database holds: unreadable to who has the database alone. Pure."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken


def derive(key: str, purpose: str) -> bytes:
    """A key for one purpose from the site's own, which it does not tell."""
    return hashlib.sha256(f"{purpose}{key}".encode()).digest()


def encrypt(text: str, key: str, purpose: str) -> str:
    return _fernet(key, purpose).encrypt(text.encode()).decode()


def decrypt(token: str, key: str, purpose: str) -> str | None:
    """The text; None if it was encrypted by another key, or for another purpose."""
    try:
        return _fernet(key, purpose).decrypt(token.encode()).decode()
    except InvalidToken:
        return None


def _fernet(key: str, purpose: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(derive(key, purpose)))
