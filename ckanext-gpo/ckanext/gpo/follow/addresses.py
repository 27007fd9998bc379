"""E-mail addresses that follow something: how they are written, hidden and recognised. Pure."""

from __future__ import annotations

import hmac

from email_validator import EmailNotValidError, validate_email

from ckanext.gpo.common import encryption
from ckanext.gpo.common.notices.letters import is_address

LONGEST = 254
"""Characters of an address (RFC 5321)."""

_PURPOSE = "gpo_follow address"


def normalise(text: str) -> str | None:
    """An address as mail programs take it, in ASCII; None if mail cannot go to this.

    >>> normalise(" Reader@Example.ORG "), normalise("a@b\\nBcc: c@d")
    ('Reader@example.org', None)
    """
    text = text.strip()
    if len(text) > LONGEST:
        return None
    try:
        valid = validate_email(
            text, check_deliverability=False, allow_smtputf8=False, strict=True
        )
    except EmailNotValidError:
        return None
    address = valid.ascii_email
    return address if address and is_address(address) else None


def fingerprint(address: str, key: str) -> str:
    """What an address is recognised by, which tells nobody without the site's key."""
    plain = address.lower().encode()
    return hmac.new(
        encryption.derive(key, "gpo_follow fingerprint"), plain, "sha256"
    ).hexdigest()


def encrypt(address: str, key: str) -> str:
    return encryption.encrypt(address, key, _PURPOSE)


def decrypt(token: str, key: str) -> str | None:
    """The address; None if it was encrypted by another key."""
    return encryption.decrypt(token, key, _PURPOSE)
