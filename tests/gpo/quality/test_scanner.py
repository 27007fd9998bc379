"""A scanner looks at every candidate before it is read; a script stands in for it."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Any

import pytest

from ckanext.gpo.common.config import SCAN_COMMAND
from ckanext.gpo.quality import jobs
from ckanext.gpo.quality.config import MAX_SCAN_TIME
from ckanext.gpo.quality.model import Version

from ..conftest import VENUES, Gate, as_csv, row

pytestmark = pytest.mark.usefixtures("with_request_context")

SCRIPT = """
import sys, time
text = open(sys.argv[-1], encoding="utf-8").read()
assert sys.argv[1:-1] == ["--no-summary"]
if "slow" in text:
    time.sleep(60)
sys.exit(1 if "EICAR" in text else 2 if "broken" in text else 0)
"""


@pytest.fixture(autouse=True)
def scanner(ckan_config: Any, tmp_path: Path) -> None:
    script = tmp_path / "the scanner.py"
    script.write_text(SCRIPT)
    ckan_config[SCAN_COMMAND] = f"{sys.executable} '{script}' --no-summary"
    ckan_config[MAX_SCAN_TIME] = 30


def test_what_is_clean_goes_on(gate: Gate):
    assert gate.judge(VENUES, row(VENUES))["state"] == "published"


def test_malware_is_rejected_unread_and_cannot_be_let_pass(gate: Gate):
    version = gate.judge(VENUES, row(VENUES, venue_name="EICAR"))

    assert version["state"] == "rejected"
    (error,) = version["report"]["errors"]
    assert error["rule"] == "malware-found"
    assert error["title"]
    assert error["fix"]
    assert "reading" not in version["report"].get("steps", [])


@pytest.mark.parametrize("trouble", ["broken", "slow", "absent"])
def test_without_a_verdict_it_waits_and_is_scanned_again(
    trouble: str, gate: Gate, ckan_config: Any, caplog: pytest.LogCaptureFixture
):
    if trouble == "slow":
        ckan_config[MAX_SCAN_TIME] = 1
    working = ckan_config[SCAN_COMMAND]
    if trouble == "absent":
        ckan_config[SCAN_COMMAND] = "/no/such/scanner"
    content = as_csv(VENUES, row(VENUES, venue_name=f"{trouble} 馆"))
    with caplog.at_level(logging.WARNING):
        version = gate.judge(VENUES, content=content)

    assert version["state"] == "received"
    assert [event["to_state"] for event in version["events"]] == ["received"]
    assert "waits for the scanner" in caplog.text

    ckan_config[SCAN_COMMAND] = "" if trouble != "absent" else working
    assert jobs.sweep() == 1
    gate.decide()
    assert Version.get(version["id"]).state == "published"
