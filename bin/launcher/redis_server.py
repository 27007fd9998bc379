"""A Redis of our own, on loopback, with a password.

It holds sessions and the queues; the append-only file keeps queued work over a restart.
"""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import redis

from launcher.account import Account
from launcher.ports import HOST
from launcher.steps import StepError

_SETTINGS = """\
bind {host}
port {port}
requirepass {password}
protected-mode yes
daemonize no
dir {folder}
appendonly {keep}
save ""
maxmemory-policy noeviction
"""


@dataclass(frozen=True)
class RedisServer:
    """One server: its folder, its port, its password, whose it is."""

    folder: Path
    port: int
    password: str
    account: Account

    def prepare(self, *, ephemeral: bool = False) -> None:
        """Write its settings."""
        self.account.folder(self.folder)
        settings = _SETTINGS.format(
            host=HOST,
            port=self.port,
            password=self.password,
            folder=f'"{self.folder}"',
            keep="no" if ephemeral else "yes",
        )
        self.account.write(self.folder / "redis.conf", settings)

    @property
    def command(self) -> list[str]:
        """Return the command that starts it.

        Raises:
            StepError: it is not installed.
        """
        program = shutil.which("redis-server")
        if program is None:
            raise StepError(
                "没有 redis-server · no redis-server",
                hint="apt-get install redis-server",
            )
        return [program, str(self.folder / "redis.conf")]

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@{HOST}:{self.port}/0"

    def is_ready(self) -> bool:
        """Tell whether it answers."""
        try:
            with closing(redis.from_url(self.url)) as client:
                client.exists("any")  # whatever it says
        except redis.ConnectionError:
            return False
        return True
