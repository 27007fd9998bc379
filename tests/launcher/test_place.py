"""Where a site keeps what it makes."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

import pytest
from launcher.place import ROOT, Place, open_to_others


def test_a_folder_is_closed_if_one_above_it_is():
    with tempfile.TemporaryDirectory() as name:  # pytest's own lie in closed ones
        outer = Path(name)
        inner = outer / "a" / "b"
        inner.mkdir(parents=True)
        outer.chmod(0o755)
        assert open_to_others(inner)

        (outer / "a").chmod(0o700)

        assert not open_to_others(inner)


def test_a_file_that_only_its_owner_reads_is_closed(tmp_path: Path):
    file = tmp_path / "base.ini"
    file.write_text("")
    file.chmod(0o600)

    assert not open_to_others(file)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has servers of another user")
def test_root_keeps_data_outside_a_closed_checkout(tmp_path: Path):
    tmp_path.chmod(0o700)

    data = Place.locate(tmp_path).data

    assert data.parent == Path("/var/lib")
    assert data == Place.locate(tmp_path).data, "the same at every start"


def test_a_socket_below_a_deep_folder_does_not_fit(tmp_path: Path):
    assert not Place(tmp_path / ("deep" * 30)).fits_socket


def test_another_folder_is_a_second_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("GPO_HOME", str(tmp_path / "second"))

    assert Place.locate().data == tmp_path / "second"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["ckan", "user", "list"], 1, "bin/run"),
        (["run", "--stop"], 0, "没有站点"),
        (["run", "--status"], 0, "没有站点"),
        (["run", "--reset", "--yes"], 0, "没有站点"),
    ],
)
def test_without_a_site_every_command_says_so_and_makes_none(
    tmp_path: Path, words: list[str], code: int, said: str
):
    command, *rest = words
    home = tmp_path / "none"
    env = {**os.environ, "GPO_HOME": str(home)}

    done = subprocess.run(
        [ROOT / "bin" / command, *rest],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == code
    assert said in done.stdout + done.stderr
    assert not home.exists()
