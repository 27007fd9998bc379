"""What a waiting person reads."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from launcher.commands import Runner
from launcher.steps import StepError, Steps, explain
from launcher.tables import table


def test_a_step_is_one_line_with_its_time_and_outcome():
    stream = io.StringIO()

    with Steps(stream).step("数据库", "Database") as step:
        step.outcome = "已齐全"

    assert re.fullmatch(
        r"▸ 数据库 · Database … ✓ \d+\.\d s  已齐全\n", stream.getvalue()
    )


def test_notes_stand_below_their_step():
    stream = io.StringIO()

    with Steps(stream).step("采集", "Harvest") as step:
        step.note("1/2")
        step.note("2/2")

    lines = stream.getvalue().splitlines()
    assert lines[:3] == ["▸ 采集 · Harvest …", "    1/2", "    2/2"]
    assert lines[3].startswith("  ✓ ")


def test_a_step_that_fails_says_so_and_passes_the_error_on():
    stream = io.StringIO()

    with pytest.raises(StepError), Steps(stream).step("采集", "Harvest"):
        raise StepError("no", hint="do")

    assert "✗" in stream.getvalue()


def test_a_failed_command_shows_the_end_of_its_log_and_what_to_do(tmp_path: Path):
    run = Runner(tmp_path)
    command = ["/bin/sh", "-c", "seq 100; echo relation missing >&2; exit 4"]

    with pytest.raises(StepError) as failed:
        run(command, log="migrate", hint="run it again")

    told = io.StringIO()
    explain(failed.value, told)
    assert "/bin/sh → 4" in told.getvalue()
    assert "relation missing" in told.getvalue()
    assert "\n    50\n" not in told.getvalue(), "only the end"
    assert "run it again" in told.getvalue()


def test_a_command_that_is_not_there_is_told_too(tmp_path: Path):
    with pytest.raises(StepError, match="no-such-program"):
        Runner(tmp_path)(["no-such-program"], log="x", hint="install it")


def test_columns_line_up_under_wide_characters():
    lines = table([("领域", "n"), ("tax", "1")]).splitlines()

    assert lines == ["领域  n", "tax   1"]
