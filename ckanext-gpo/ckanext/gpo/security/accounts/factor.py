"""One-time codes beside the password (TOTP, RFC 6238), and codes for when the phone is gone.

The shared secret is kept encrypted, recovery codes only as keyed hashes; both keys are
derived from the site's SECRET_KEY. A site that changes it resets the factors.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from datetime import datetime, timezone

import pyotp
from cryptography.fernet import Fernet, InvalidToken
from pyotp.totp import TOTP

RECOVERY_CODES = 10
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_INTERVAL = 30
_TOLERANCE = 1
"""Steps that a phone's clock may be off."""


def new_secret() -> str:
    return pyotp.random_base32()


def provisioning_uri(secret: str, account: str, issuer: str) -> str:
    """What an authenticator app reads from the picture."""
    return TOTP(secret).provisioning_uri(name=account, issuer_name=issuer)


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """The time step whose code this is; nothing if it is none of the present."""
    code = "".join(code.split())
    totp = TOTP(secret, interval=_INTERVAL)
    present = totp.timecode(now)
    for step in range(present - _TOLERANCE, present + _TOLERANCE + 1):
        if hmac.compare_digest(totp.generate_otp(step).encode(), code.encode()):
            return step
    return None


def new_recovery_codes() -> list[str]:
    """Ten codes of 49 bits, in two groups that can be copied by hand."""
    return ["-".join(_letters(5) for _ in range(2)) for _ in range(RECOVERY_CODES)]


def recovery_hash(code: str, key: str) -> str:
    plain = "".join(c for c in code.lower() if c in _ALPHABET)
    return hmac.new(_derived(key, b"recovery"), plain.encode(), "sha256").hexdigest()


def encrypt(secret: str, key: str) -> str:
    return _fernet(key).encrypt(secret.encode()).decode()


def decrypt(token: str, key: str) -> str | None:
    """The secret; nothing if the site's key is another one now."""
    try:
        return _fernet(key).decrypt(token.encode()).decode()
    except InvalidToken:
        return None


def now() -> datetime:
    return datetime.now(timezone.utc)


def _letters(count: int) -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(count))


def _fernet(key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_derived(key, b"secret")))


def _derived(key: str, purpose: bytes) -> bytes:
    return hmac.digest(key.encode(), b"gpo second factor " + purpose, hashlib.sha256)
