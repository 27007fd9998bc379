"""A place, an account and a site for the launcher's tests; nothing runs unless a test says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from launcher import account
from launcher.place import Place
from launcher.secrets_file import Secrets
from launcher.site import Servers, Site

PORTS = {"web": 5999, "postgres": 25999, "redis": 26999, "samples": 25998}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    made = Place(tmp_path / "var")
    made.logs.mkdir(parents=True)
    return made


@pytest.fixture
def make_site(place: Place) -> Callable[..., Site]:
    def make(**existing: str) -> Site:
        me = account.caller()
        servers = Servers.named_in(
            {f"CKAN_{key}": value for key, value in existing.items()}
        )
        return Site(place, me, me, Secrets.fresh(), PORTS, servers)

    return make
