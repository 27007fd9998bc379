"""A PostgreSQL cluster of our own, on loopback, with passwords."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg2

from launcher.account import Account
from launcher.commands import Runner
from launcher.ports import HOST
from launcher.steps import StepError

SUPERUSER = "postgres"
_DEBIAN = Path("/usr/lib/postgresql")

# Small on purpose: everything the site runs has to fit into 1.5 GiB.
_SETTINGS = """\
listen_addresses = '{host}'
port = {port}
unix_socket_directories = ''
password_encryption = 'scram-sha-256'
max_connections = 60
shared_buffers = 64MB
effective_cache_size = 256MB
maintenance_work_mem = 64MB
work_mem = 8MB
max_wal_size = 512MB
max_parallel_workers_per_gather = 0
jit = off
timezone = 'UTC'
log_line_prefix = '%m [%p] %q%u@%d '
"""
# For data that is thrown away: a crash may lose it.
_EPHEMERAL = """\
fsync = off
synchronous_commit = off
full_page_writes = off
"""


@dataclass(frozen=True)
class Cluster:
    """One cluster: its folder, its port, its superuser's password, whose it is."""

    folder: Path
    port: int
    password: str
    account: Account

    def prepare(self, run: Runner, *, ephemeral: bool = False) -> None:
        """Make the cluster if it isn't there, and write its settings.

        Raises:
            StepError: PostgreSQL is not installed, or initdb failed.
        """
        self.account.folder(self.folder)
        if not (self.folder / "PG_VERSION").exists():
            self._init(run, ["--no-sync"] if ephemeral else [])
        settings = _SETTINGS.format(host=HOST, port=self.port)
        self.account.write(self.folder / "gpo.conf", settings + _EPHEMERAL * ephemeral)

    def _init(self, run: Runner, sync: list[str]) -> None:
        password = self.folder.with_name(f"{self.folder.name}.password")
        self.account.write(password, f"{self.password}\n")
        try:
            run(
                [self._binary("initdb"), f"--pgdata={self.folder}", "--no-instructions"]
                + [
                    f"--username={SUPERUSER}",
                    f"--pwfile={password}",
                    "--auth=scram-sha-256",
                ]
                + ["--encoding=UTF8", "--locale=C.UTF-8", *sync],
                log="postgres-init",
                hint=f"检查磁盘空间与权限 · check disk space and permissions: {self.folder}",
            )
        finally:
            password.unlink()
        with (self.folder / "postgresql.conf").open("a") as config:
            config.write("\ninclude 'gpo.conf'\n")

    @property
    def command(self) -> list[str]:
        return [str(self._binary("postgres")), "-D", str(self.folder)]

    def url(self, user: str, password: str, database: str) -> str:
        return f"postgresql://{user}:{password}@{HOST}:{self.port}/{database}"

    @property
    def client_env(self) -> dict[str, str]:
        """What psql needs to enter as superuser."""
        return {
            "PGHOST": HOST,
            "PGPORT": str(self.port),
            "PGUSER": SUPERUSER,
            "PGPASSWORD": self.password,
        }

    def connect(self, database: str = "postgres") -> psycopg2.extensions.connection:
        """Enter as superuser; every statement stands for itself."""
        connection = psycopg2.connect(
            host=HOST,
            port=self.port,
            user=SUPERUSER,
            password=self.password,
            dbname=database,
            connect_timeout=5,
        )
        connection.autocommit = True
        return connection

    def is_ready(self) -> bool:
        """Tell whether it lets clients in.

        Raises:
            StepError: it answers, but the password is not the one of the secrets' file.
        """
        try:
            with closing(self.connect()):
                return True
        except psycopg2.OperationalError as error:
            if "password authentication failed" in str(error):
                raise StepError(
                    str(error).strip(),
                    hint="secrets.ini 与数据库不符：恢复原文件，或 bin/run --reset · "
                    "put the old secrets.ini back, or reset",
                ) from error
            return False

    def _binary(self, name: str) -> Path:
        return binaries(self.folder) / name


def binaries(cluster: Path, debian: Path = _DEBIAN) -> Path:
    """Return the folder of the programs that fit the cluster, newest for a new one.

    Raises:
        StepError: that version is not installed.
    """
    version_file = cluster / "PG_VERSION"
    version = version_file.read_text().strip() if version_file.exists() else "*"
    folders = [path.parent for path in debian.glob(f"{version}/bin/initdb")]
    if not folders:
        name = "postgresql" if version == "*" else f"postgresql-{version}"
        raise StepError(
            f"没有 PostgreSQL 程序 · no PostgreSQL programs in {debian}/{version}",
            hint=f"apt-get install {name}",
        )
    return max(folders, key=lambda path: float(path.parent.name))
