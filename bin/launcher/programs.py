"""A program under the supervisor, and supervisord's configuration for a set of them."""

from __future__ import annotations

import configparser
import io
import os
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from launcher.account import Account
from launcher.place import Place

_LOG = {"maxbytes": "5MB", "backups": "3"}


@dataclass(frozen=True)
class Program:
    """One program: lower `priority` starts earlier and stops later.

    `env` comes on top of supervisord's own; its values hold no quotes.
    """

    name: str
    title: str
    command: Sequence[str]
    account: Account
    priority: int
    env: Mapping[str, str] = field(default_factory=dict[str, str])
    stop_signal: str = "TERM"
    stop_seconds: int = 20
    # PostgreSQL tells its own children; others' children would be left behind.
    whole_group: bool = True

    def section(self, place: Place) -> dict[str, str]:
        """Return its section of supervisord.conf."""
        group = str(self.whole_group).lower()
        return {
            "command": shlex.join(self.command),
            "directory": str(place.data),
            "environment": ",".join(
                f'{key}="{value}"' for key, value in self.env.items()
            ),
            **({"user": self.account.name} if self.account.identity else {}),
            "priority": str(self.priority),
            # The launcher starts it when what it stands on is ready.
            "autostart": "false",
            "autorestart": "true",
            "startsecs": "3",
            "startretries": "20",
            "stopsignal": self.stop_signal,
            "stopwaitsecs": str(self.stop_seconds),
            "stopasgroup": group,
            "killasgroup": group,
            "redirect_stderr": "true",
            "stdout_logfile": str(log_path(self.name, place)),
            **{f"stdout_logfile_{key}": value for key, value in _LOG.items()},
        }


def log_path(name: str, place: Place) -> Path:
    return place.logs / f"{name}.log"


def supervisord_conf(place: Place, programs: Sequence[Program]) -> str:
    """Return the text of supervisord.conf."""
    parser = configparser.RawConfigParser()
    parser["supervisord"] = {
        "nodaemon": "true",
        "pidfile": str(place.supervisor_pid),
        "logfile": str(place.logs / "supervisord.log"),
        **{f"logfile_{key}": value for key, value in _LOG.items()},
        "childlogdir": str(place.logs),
        **({"user": "root"} if os.geteuid() == 0 else {}),
    }
    parser["unix_http_server"] = {"file": str(place.socket), "chmod": "0700"}
    parser["rpcinterface:supervisor"] = {
        "supervisor.rpcinterface_factory": "supervisor.rpcinterface:make_main_rpcinterface"
    }
    for program in programs:
        parser[f"program:{program.name}"] = program.section(place)
    # A percent sign is supervisord's own.
    for section in parser.sections():
        for key, value in parser[section].items():
            parser[section][key] = value.replace("%", "%%")
    text = io.StringIO()
    parser.write(text, space_around_delimiters=False)
    return text.getvalue()
