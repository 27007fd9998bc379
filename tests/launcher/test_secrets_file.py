"""The site's secrets: made once, seen by nobody else."""

from __future__ import annotations

import re
import stat
from dataclasses import asdict
from pathlib import Path

from launcher import account
from launcher.secrets_file import Secrets

ME = account.caller()


def test_the_file_is_its_owners_alone(tmp_path: Path):
    file = tmp_path / "secrets.ini"

    Secrets.load(file, ME)

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secrets.ini"]


def test_a_second_start_reads_what_the_first_made(tmp_path: Path):
    file = tmp_path / "secrets.ini"

    assert Secrets.load(file, ME) == Secrets.load(file, ME)


def test_a_secret_that_is_new_in_the_code_is_added(tmp_path: Path):
    file = tmp_path / "secrets.ini"
    first = Secrets.load(file, ME)
    kept = [line for line in file.read_text().splitlines() if "redis" not in line]
    file.write_text("\n".join(kept))

    second = Secrets.load(file, ME)

    assert second.redis
    assert asdict(second) | {"redis": ""} == asdict(first) | {"redis": ""}
    assert second == Secrets.load(file, ME)


def test_every_secret_is_long_its_own_and_safe_in_an_address():
    made = list(asdict(Secrets.fresh()).values())

    assert len(set(made)) == len(made)
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{16,}", secret) for secret in made)


def test_a_loose_file_of_an_interrupted_start_is_no_obstacle(tmp_path: Path):
    file = tmp_path / "secrets.ini"
    loose = tmp_path / ".secrets.ini.new"
    loose.write_text("half")
    loose.chmod(0o644)

    Secrets.load(file, ME)

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
