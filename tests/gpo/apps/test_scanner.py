"""A scanner looks at every file that an app offers before it is kept; programs stand in for it."""

from __future__ import annotations

import io
import logging
import sys
from pathlib import Path
from typing import Any

import pytest
from werkzeug.datastructures import FileStorage

import ckan.plugins.toolkit as tk

from ckanext.gpo.apps import config
from ckanext.gpo.common.config import SCAN_COMMAND

from .conftest import Registry

SCRIPT = """
import subprocess, sys, time
content = open(sys.argv[-1], "rb").read()
assert sys.argv[1:-1] == ["--no-summary"]
if b"slow" in content:
    # what it has begun keeps its streams open when it is stopped
    subprocess.run([sys.executable, "-c", "import time; time.sleep(600)"])
print("no memory", file=sys.stderr)
sys.exit(1 if b"EICAR" in content else 2 if b"broken" in content else 0)
"""


@pytest.fixture(autouse=True)
def scanner(ckan_config: Any, tmp_path: Path) -> None:
    script = tmp_path / "the scanner.py"
    script.write_text(SCRIPT)
    ckan_config[SCAN_COMMAND] = f"{sys.executable} '{script}' --no-summary"
    ckan_config[config.MAX_SCAN_TIME] = 30


def offer(registry: Registry, content: bytes) -> dict[str, Any]:
    """The registration after a file was offered for it."""
    app = registry.draft()
    upload = FileStorage(io.BytesIO(content), "a.zip")
    try:
        registry.call(
            "builder", "file_add", id=app["id"], kind="package", upload=upload
        )
    finally:
        shown = registry.call("builder", "registration_show", id=app["id"])
    return shown["content"]


def refusal(registry: Registry, content: bytes) -> dict[str, Any]:
    """Why a file is not taken."""
    with pytest.raises(tk.ValidationError) as refused:
        offer(registry, content)
    return refused.value.error_dict


def test_what_is_clean_is_kept(registry: Registry):
    assert offer(registry, b"PK clean")["package"]["size"] == 8


def test_malware_is_refused(registry: Registry):
    errors = refusal(registry, b"PK EICAR")

    assert errors["code"] == ["malware-found"]
    assert errors["package"]


@pytest.mark.parametrize("trouble", ["broken", "slow", "absent"])
def test_without_a_verdict_nothing_is_kept(
    trouble: str,
    registry: Registry,
    ckan_config: Any,
    caplog: pytest.LogCaptureFixture,
):
    if trouble == "slow":
        ckan_config[config.MAX_SCAN_TIME] = 1
    if trouble == "absent":
        ckan_config[SCAN_COMMAND] = "/no/such/scanner"
    with caplog.at_level(logging.WARNING):
        errors = refusal(registry, f"PK {trouble}".encode())

    assert errors["code"] == ["scan-failed"]
    reasons = {
        "broken": "ended with 2: no memory",
        "slow": "timed out",
        "absent": "/no/such/scanner",
    }
    assert reasons[trouble] in caplog.text


def test_without_a_scanner_files_are_taken(registry: Registry, ckan_config: Any):
    ckan_config[SCAN_COMMAND] = ""

    assert offer(registry, b"PK EICAR")["package"]["name"] == "a.zip"
