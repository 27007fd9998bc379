"""Typed access to this plugin's options."""

from __future__ import annotations

from pathlib import Path

import ckan.plugins.toolkit as tk

from .failures import HarvestError
from .kinds import kinds
from .sources import Sources

_PREFIX = "ckanext.gpo.harvest."
MIB = 1 << 20


def sources() -> Sources:
    """The sources of this site."""
    return Sources(tk.config[_PREFIX + "sources"], kinds())


def connection_option(name: str) -> str:
    return f"{_PREFIX}connection.{name}"


def token_option(name: str) -> str:
    return f"{_PREFIX}token.{name}"


def connection(name: str) -> str:
    """The address behind a connection's name. It never enters a message or a log.

    :raises HarvestError: `source-connection-missing`
    """
    option = connection_option(name)
    address = (tk.config.get(option, "") or "").strip()
    if not address:
        raise HarvestError(
            "source-connection-missing",
            connection=name,
            option=option,
            reason="no-value",
        )
    return address


def token(name: str) -> str:
    """The token of a connection, empty if it has none."""
    return (tk.config.get(token_option(name), "") or "").strip()


def spool() -> Path:
    """The folder for candidates on their way to the gate; it exists."""
    path = tk.config[_PREFIX + "spool_path"]
    folder = Path(path or Path(tk.config["ckan.storage_path"], "harvest"))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def timeout() -> int:
    """How long a system may keep silent, in seconds."""
    return tk.config[_PREFIX + "timeout"]


def table_timeout() -> int:
    """How long reading one table may take, in seconds."""
    return tk.config[_PREFIX + "table_timeout"]


def retries() -> int:
    """How often a REST request is tried again."""
    return tk.config[_PREFIX + "retries"]


def max_file_size() -> int:
    """The largest file that is read, in bytes."""
    return tk.config[_PREFIX + "max_file_size"] * MIB


def max_answer_size() -> int:
    """The largest page of a REST service, unpacked, in bytes."""
    return tk.config[_PREFIX + "max_answer_size"] * MIB


def max_pages() -> int:
    """The most pages that are read for one table."""
    return tk.config[_PREFIX + "max_pages"]


def schedule_interval() -> int:
    """How often the consumer looks after jobs, in seconds."""
    return tk.config[_PREFIX + "schedule_interval"]
