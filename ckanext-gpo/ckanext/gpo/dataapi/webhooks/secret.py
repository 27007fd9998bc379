"""The secret that signs the messages of a webhook: 256 random bits, kept encrypted. Pure."""

from __future__ import annotations

import base64
import secrets
from datetime import datetime
from typing import Final

from standardwebhooks import Webhook

from ckanext.gpo.common import encryption

_BYTES: Final = 32
_PURPOSE: Final = "gpo_dataapi webhook"


def new_secret() -> str:
    """A secret as libraries for Standard Webhooks take it."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def encrypt(secret: str, key: str) -> str:
    return encryption.encrypt(secret, key, _PURPOSE)


def decrypt(token: str, key: str) -> str | None:
    """The secret; None if the site's key is another one now."""
    return encryption.decrypt(token, key, _PURPOSE)


def sign(secret: str, id_: str, moment: datetime, body: str) -> dict[str, str]:
    """The headers that say of whom a message is, and when it was sent."""
    return {
        "webhook-id": id_,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": Webhook(secret).sign(id_, moment, body),
    }
