"""The command line of bin/run."""

from __future__ import annotations

import pytest
from launcher.options import needs_install, parse


@pytest.mark.parametrize(
    ("words", "installs"),
    [
        ([], True),
        (["--detach"], True),
        (["--port", "5600"], True),
        (["--stop"], False),
        (["--status"], False),
        (["--reset", "--yes"], False),
    ],
)
def test_only_a_start_installs(words: list[str], installs: bool):
    assert needs_install(parse(words)) is installs


@pytest.mark.parametrize(
    "words",
    [
        ["--detach", "--stop"],
        ["--yes"],
        ["--port", "0"],
        ["--port", "65536"],
        ["--port", "http"],
        ["--unknown"],
    ],
)
def test_a_mistake_ends_with_its_reason(
    words: list[str], capsys: pytest.CaptureFixture
):
    with pytest.raises(SystemExit) as ended:
        parse(words)

    assert ended.value.code == 2
    assert "bin/run" in capsys.readouterr().err
