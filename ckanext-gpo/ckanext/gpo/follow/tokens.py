"""Signed parts of the links in mails: what they are for, and of whom. Pure.

A link of one purpose is good for no other. They carry ids only, no address.
"""

from __future__ import annotations

from enum import Enum

from itsdangerous import BadSignature, URLSafeSerializer


class Purpose(str, Enum):
    CONFIRM = "confirm"
    """Of a follow: its owner wants it."""
    STOP = "stop"
    """Of a recipient: no more mails."""
    MANAGE = "manage"
    """Of an address: the page of what it follows."""


def sign(purpose: Purpose, id_: str, key: str) -> str:
    return _serializer(purpose, key).dumps(id_)


def read(purpose: Purpose, token: str, key: str) -> str | None:
    """The id that was signed for this purpose; None if nobody has signed this."""
    try:
        id_ = _serializer(purpose, key).loads(token)
    except BadSignature:
        return None
    return id_ if isinstance(id_, str) else None


def _serializer(purpose: Purpose, key: str) -> URLSafeSerializer:
    return URLSafeSerializer(key, salt=f"gpo_follow {purpose.value}")
