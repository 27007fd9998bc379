"""The site's secrets: made once, kept in one file that only its owner can read."""

from __future__ import annotations

import configparser
import secrets
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from launcher.account import Account

_SECTION = "secrets"
_KEY_BYTES = 32
# What a person types: 16 characters are enough and still typed without error.
_TYPED = {"password_admin", "password_steward", "password_developer"}
_TYPED_BYTES = 12


@dataclass(frozen=True)
class Secrets:
    """Every secret of a site; letters, digits, `-` and `_` only, so safe in any URL."""

    secret_key: str
    csrf_key: str
    token_key: str
    redis: str
    postgres: str
    database_ckan: str
    database_datastore: str
    database_datastore_reader: str
    database_business: str
    database_business_reader: str
    sample_service_token: str
    password_admin: str
    password_steward: str
    password_developer: str

    @classmethod
    def fresh(cls) -> Secrets:
        """Make a new set."""
        return cls(**{item.name: _make(item.name) for item in fields(cls)})

    @classmethod
    def load(cls, path: Path, owner: Account) -> Secrets:
        """Return the secrets of `path`; those that are not there yet are made and kept."""
        stored = configparser.RawConfigParser()
        stored.read(path)
        stored_values = dict(stored[_SECTION]) if stored.has_section(_SECTION) else {}
        secrets = cls(
            **{
                item.name: stored_values.get(item.name) or _make(item.name)
                for item in fields(cls)
            }
        )
        if asdict(secrets) != stored_values:
            lines = [f"{name} = {value}" for name, value in asdict(secrets).items()]
            owner.write(path, "\n".join([f"[{_SECTION}]", *lines, ""]))
        return secrets


def _make(name: str) -> str:
    return secrets.token_urlsafe(_TYPED_BYTES if name in _TYPED else _KEY_BYTES)
