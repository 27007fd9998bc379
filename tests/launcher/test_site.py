"""What CKAN is told: read back with CKAN's own loader."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from launcher.site import BASE_INI, SOURCES, Servers, Site, plugins
from launcher.steps import StepError

from ckan.cli import CKANConfigLoader

MakeSite = Callable[..., Site]
OWN = "127.0.0.1:25999"


def loaded(site: Site) -> dict[str, str]:
    site.write_ini()
    return dict(CKANConfigLoader(str(site.place.ckan_ini)).get_config())


def test_a_site_of_its_own_has_all_addresses_and_no_empty_secret(make_site: MakeSite):
    config = loaded(make_site())

    assert OWN in config["sqlalchemy.url"]
    assert OWN in config["ckan.datastore.write_url"]
    assert config["ckan.redis.url"].endswith("@127.0.0.1:26999/0")
    assert config["ckan.site_url"] == "http://127.0.0.1:5999"
    secrets = [config["SECRET_KEY"], config["WTF_CSRF_SECRET_KEY"]]
    secrets.append(config["api_token.jwt.encode.secret"].removeprefix("string:"))
    assert len(set(secrets)) == len(secrets)
    assert min(map(len, secrets)) > 40


def test_the_file_is_read_by_the_site_alone(make_site: MakeSite):
    site = make_site()

    site.write_ini()

    assert stat.S_IMODE(site.place.ckan_ini.stat().st_mode) == 0o600


def test_existing_servers_are_used_as_they_are_given(make_site: MakeSite):
    database = "postgresql://u:secret@db.example/ckan"
    site = make_site(
        SQLALCHEMY_URL=database, REDIS_URL="redis://:p%40@r.example:6379/3"
    )

    config = loaded(site)

    assert config["sqlalchemy.url"] == database
    assert config["ckan.redis.url"] == "redis://:p%40@r.example:6379/3"
    assert OWN in config["ckan.datastore.read_url"]


def test_with_solr_the_embedded_engine_steps_aside(make_site: MakeSite):
    config = loaded(make_site(SOLR_URL="http://solr.example/solr/ckan"))

    assert config["solr_url"] == "http://solr.example/solr/ckan"
    kept = config["ckan.plugins"].split()
    assert kept == [name for name in plugins(BASE_INI) if name != "gpo_search"]


@pytest.mark.parametrize(
    "env",
    [
        {"CKAN_DATASTORE_WRITE_URL": "postgresql://x"},
        {"CKAN_SQLALCHEMY_URL": "postgresql://u:p%40ss@db.example/ckan"},
    ],
)
def test_addresses_that_ckan_could_not_use_are_refused_at_once(env: dict[str, str]):
    with pytest.raises(StepError):
        Servers.named_in(env)


def test_every_connection_that_a_source_names_leads_somewhere(make_site: MakeSite):
    site = make_site()
    options = site.connections()

    for path in SOURCES.glob("*.yaml"):
        source = yaml.safe_load(path.read_text())
        name = source["connection"]
        target = options[f"ckanext.gpo.harvest.connection.{name}"]
        assert target.startswith(
            {
                "database": "postgresql://",
                "files": "/",
                "rest": "http://127.0.0.1:25998",
            }[source["kind"]]
        )
        if source["kind"] == "rest":
            assert options[f"ckanext.gpo.harvest.token.{name}"]


def test_harvesters_enter_the_business_database_as_reader(
    make_site: MakeSite, tmp_path: Path
):
    (tmp_path / "a.yaml").write_text("{kind: database, connection: business}")

    options = make_site().connections(tmp_path)

    url = options["ckanext.gpo.harvest.connection.business"]
    assert url.startswith("postgresql://gpo_business_reader:")


def test_processes_find_addresses_in_the_file_only(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("CKAN_SQLALCHEMY_URL", "postgresql://u:secret@db.example/ckan")
    monkeypatch.setenv("CKAN_SMTP_SERVER", "mail.example")

    env = make_site().env()

    assert "CKAN_SQLALCHEMY_URL" not in env
    assert env["CKAN_SMTP_SERVER"] == "mail.example"
