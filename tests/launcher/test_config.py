"""The configuration files: no default secrets, and what a site in use insists on."""

from __future__ import annotations

import configparser
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from ckan.cli import CKANConfigLoader

ROOT = Path(__file__).parents[2]
CONFIG = ROOT / "config"
DOCKER = ROOT / "docker"
PRODUCTION = CONFIG / "production.ini"

NEEDED = sorted(
    set(re.findall(r"^[^#\n]*%\((CKAN_\w+)\)s", PRODUCTION.read_text(), re.M))
)


@pytest.fixture
def production_env(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NEEDED:
        monkeypatch.setenv(name, f"value-of-{name}")


def test_a_site_in_use_gets_all_secrets_from_outside():
    assert {"CKAN_SECRET_KEY", "CKAN_CSRF_SECRET_KEY", "CKAN_API_TOKEN_SECRET"} <= set(
        NEEDED
    )


@pytest.mark.parametrize("missing", NEEDED)
@pytest.mark.usefixtures("production_env")
def test_without_one_of_them_it_does_not_start(
    missing: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv(missing)

    with pytest.raises(configparser.InterpolationError, match=missing):
        CKANConfigLoader(str(PRODUCTION))


@pytest.mark.usefixtures("production_env")
def test_in_use_cookies_travel_over_https_only():
    config = CKANConfigLoader(str(PRODUCTION)).get_config()

    for cookie in ("SESSION", "REMEMBER"):
        assert config[f"{cookie}_COOKIE_SECURE"] == "true"
        assert config[f"{cookie}_COOKIE_HTTPONLY"] == "true"
        assert config[f"{cookie}_COOKIE_SAMESITE"] == "Lax"
        assert config[f"{cookie}_COOKIE_NAME"].startswith("__Host-")


LONG = "x" * 40


@pytest.mark.parametrize(
    ("config", "weak"),
    [
        ({"SECRET_KEY": LONG}, []),
        ({"SECRET_KEY": "short"}, ["SECRET_KEY"]),
        (
            {"SECRET_KEY": LONG, "WTF_CSRF_SECRET_KEY": ""},
            ["WTF_CSRF_SECRET_KEY"],
        ),
        (
            {"SECRET_KEY": LONG, "api_token.jwt.encode.secret": "string:"},
            ["api_token.jwt.encode.secret"],
        ),
        ({"SECRET_KEY": LONG, "api_token.jwt.encode.secret": "file:/etc/k"}, []),
    ],
)
def test_a_secret_that_could_be_guessed_is_not_served(config: dict, weak: list[str]):
    path = str(CONFIG / "gunicorn.conf.py")

    assert runpy.run_path(path)["weak_secrets"](config) == weak


@pytest.mark.parametrize("name", ["base.ini", "development.ini", "production.ini"])
def test_no_file_of_a_site_holds_a_secret(name: str):
    parser = configparser.RawConfigParser()
    parser.optionxform = str
    parser.read(CONFIG / name)

    told = {
        key: value
        for key, value in parser["app:main"].items()
        if re.search(r"secret|password|token\.|_url$|\.url$", key, re.I)
    }
    assert [key for key, value in told.items() if "%(CKAN_" not in value] == []


def test_compose_takes_every_secret_from_files_that_are_not_in_the_repository():
    compose = yaml.safe_load((DOCKER / "compose.yaml").read_text())

    for name, service in compose["services"].items():
        for key, value in (service.get("environment") or {}).items():
            if re.search(r"PASSWORD|SECRET|TOKEN", key) and not key.endswith("_FILE"):
                assert value.startswith("${"), f"{name}: {key}"


def test_the_example_names_every_variable_that_a_site_in_use_needs():
    example = (DOCKER / "production.env.example").read_text()
    named = set(re.findall(r"^#? ?(\w+)=", example, re.M))

    assert set(NEEDED) <= named


def test_units_hold_memory_down_as_the_image_does():
    limit = re.compile(r"(?:MALLOC_ARENA_MAX|\w+_NUM_THREADS)=\d+")
    image = set(limit.findall((DOCKER / "Dockerfile").read_text()))

    assert image
    for unit in (CONFIG / "systemd").glob("*.service"):
        assert set(limit.findall(unit.read_text())) == image, unit.name


def test_every_container_that_stays_up_says_whether_it_is_well():
    services = yaml.safe_load((DOCKER / "compose.yaml").read_text())["services"]
    lasting = {name for name, it in services.items() if it["restart"] != "no"}

    assert {n for n in lasting if "healthcheck" in services[n]} == lasting - {"nginx"}


def test_the_image_holds_every_script_that_compose_or_operators_run():
    scripts = {path.name for path in DOCKER.glob("*.sh")} - {"init-databases.sh"}
    let_in = (DOCKER / "Dockerfile.dockerignore").read_text()
    copied = (DOCKER / "Dockerfile").read_text()

    assert {s for s in scripts if f"!docker/{s}" in let_in} == scripts
    assert {s for s in scripts if f"docker/{s}" in copied} == scripts


def test_the_example_holds_no_secret():
    example = (DOCKER / "production.env.example").read_text()

    for name, value in re.findall(
        r"^(\w*(?:SECRET|PASSWORD|TOKEN)\w*)=(.*)$", example, re.M
    ):
        assert value == "", name


def test_a_worker_that_takes_too_much_memory_ends():
    """In a process of its own, as a worker is."""
    code = (
        f"import runpy; gunicorn = runpy.run_path({str(CONFIG / 'gunicorn.conf.py')!r})\n"
        "gunicorn['post_fork'](None, None)\n"
        "bytearray(gunicorn['memory'] // 2)\n"
        "print('half')\n"
        "bytearray(gunicorn['memory'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert done.stdout == "half\n"
    assert "MemoryError" in done.stderr
