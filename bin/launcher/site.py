"""One site: what it is made of, and the ini file that tells CKAN about it."""

from __future__ import annotations

import configparser
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

from launcher import database, environment
from launcher.account import Account
from launcher.place import ROOT, Place
from launcher.ports import HOST
from launcher.postgres import Cluster
from launcher.redis_server import RedisServer
from launcher.secrets_file import Secrets
from launcher.steps import StepError

BASE_INI = ROOT / "config" / "base.ini"
DEVELOPMENT_INI = ROOT / "config" / "development.ini"
SOURCES = ROOT / "harvesters" / "sources"
SAMPLE_APPS = ROOT / "harvesters" / "samples" / "apps"

_DATASTORE = ("CKAN_DATASTORE_WRITE_URL", "CKAN_DATASTORE_READ_URL")


@dataclass(frozen=True)
class Servers:
    """Addresses of servers that exist already; None where the site starts its own."""

    database: str | None
    datastore_write: str | None
    datastore_read: str | None
    redis: str | None
    solr: str | None
    mail: str | None

    @classmethod
    def named_in(cls, env: Mapping[str, str]) -> Servers:
        """Read CKAN's own variables.

        Raises:
            StepError: of the DataStore's two addresses only one is given, or CKAN can't
                use one of them.
        """
        for name in ("CKAN_SQLALCHEMY_URL", *_DATASTORE):
            if "%" in env.get(name, ""):
                raise StepError(
                    f"{name}: CKAN 2.12 不支持地址中的 % · CKAN 2.12 can't use an address with %",
                    hint="数据库密码只用字母、数字、- 和 _ · letters, digits, - and _ only",
                )
        write, read = map(env.get, _DATASTORE)
        if bool(write) != bool(read):
            raise StepError(
                "DataStore 的两个地址只给了一个 · one of the DataStore's two addresses is missing",
                hint=" + ".join(_DATASTORE),
            )
        return cls(
            database=env.get("CKAN_SQLALCHEMY_URL") or None,
            datastore_write=write or None,
            datastore_read=read or None,
            redis=env.get("CKAN_REDIS_URL") or None,
            solr=env.get("CKAN_SOLR_URL") or None,
            mail=env.get("CKAN_SMTP_SERVER") or None,
        )


@dataclass(frozen=True)
class Site:
    """A running or a coming site."""

    place: Place
    servers: Account
    web: Account
    secrets: Secrets
    ports: Mapping[str, int]
    existing: Servers

    @cached_property
    def postgres(self) -> Cluster:
        folder = self.place.data / "postgres"
        port = self.ports["postgres"]
        return Cluster(folder, port, self.secrets.postgres, self.servers)

    @cached_property
    def redis(self) -> RedisServer:
        folder = self.place.data / "redis"
        return RedisServer(
            folder, self.ports["redis"], self.secrets.redis, self.servers
        )

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.ports['web']}"

    @property
    def redis_url(self) -> str:
        return self.existing.redis or self.redis.url

    def own_database(self, role: str, name: str) -> str:
        """Return the address of a database of the own cluster, for one role."""
        return self.postgres.url(role, database.passwords(self.secrets)[role], name)

    @property
    def drop_folder(self) -> Path:
        """Where the sample offices drop their files."""
        return self.place.data / "samples" / "drop"

    @property
    def database_urls(self) -> dict[str, str]:
        own, existing = self.own_database, self.existing
        write, read = existing.datastore_write, existing.datastore_read
        reader = database.DATASTORE_READER
        return {
            "sqlalchemy.url": existing.database or own(database.CKAN, database.CKAN),
            "ckan.datastore.write_url": write
            or own(database.DATASTORE, database.DATASTORE),
            "ckan.datastore.read_url": read or own(reader, database.DATASTORE),
        }

    def options(self) -> dict[str, str]:
        """What only this site knows, as options of CKAN."""
        token_key = f"string:{self.secrets.token_key}"
        options = {
            "use": f"config:{DEVELOPMENT_INI}",
            "SECRET_KEY": self.secrets.secret_key,
            "WTF_CSRF_SECRET_KEY": self.secrets.csrf_key,
            "api_token.jwt.encode.secret": token_key,
            "api_token.jwt.decode.secret": token_key,
            "ckan.site_url": self.address,
            "ckan.storage_path": str(self.place.storage),
            "ckanext.gpo.common.mail_folder": str(self.place.mails),
            "ckan.redis.url": self.redis_url,
            # the sample apps are pages of this site, which only this machine reaches
            "extra_public_paths": str(SAMPLE_APPS / "public"),
            "ckanext.gpo.apps.private_links": "true",
            **self.database_urls,
            **self.connections(),
        }
        if self.existing.solr:
            options["solr_url"] = self.existing.solr
            plugin_names = [name for name in plugins() if name != "gpo_search"]
            options["ckan.plugins"] = " ".join(plugin_names)
        return options

    def connections(self, sources: Path = SOURCES) -> dict[str, str]:
        """Point every connection that a source names to the sample business systems."""
        target = {
            "database": self.own_database(database.BUSINESS_READER, database.BUSINESS),
            "files": str(self.drop_folder),
            "rest": f"http://{HOST}:{self.ports['samples']}/",
        }
        options: dict[str, str] = {}
        for path in sorted(sources.glob("*.yaml")):
            source = yaml.safe_load(path.read_text())
            kind, name = source["kind"], source["connection"]
            options[f"ckanext.gpo.harvest.connection.{name}"] = target[kind]
            if kind == "rest":
                token = self.secrets.sample_service_token
                options[f"ckanext.gpo.harvest.token.{name}"] = token
        return options

    def write_ini(self) -> None:
        """Write the file that CKAN_INI names; it holds secrets."""
        lines = [f"{key} = {_escape(value)}" for key, value in self.options().items()]
        note = "# Written by bin/run at every start; what you change here is lost."
        text = "\n".join([note, "[app:main]", *lines, ""])
        self.web.write(self.place.ckan_ini, text)

    def env(self) -> dict[str, str]:
        """The environment of every process of this site."""
        env = environment.site_env(self.place, self.web.uid)
        return {**env, environment.MARK: str(self.place.data)}


def plugins(base: Path = BASE_INI) -> list[str]:
    """Return the plugins that every site has."""
    parser = configparser.RawConfigParser()
    parser.read(base)
    return parser["app:main"]["ckan.plugins"].split()


def _escape(value: str) -> str:
    return value.replace("%", "%%")
