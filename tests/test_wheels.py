"""What is installed from a wheel is what stands in the repository (docker/ installs wheels)."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

FOR_READERS_OF_THE_REPOSITORY = {".md", ".toml", ".cfg"}


@pytest.mark.parametrize(
    ("folder", "package"),
    [
        ("ckanext-gpo", ""),
        ("dataset_schemas", "gpo_schemas/"),
        ("harvesters", "gpo_harvesters/"),
        ("harvesters/samples", "gpo_samples/"),
    ],
)
def test_a_wheel_holds_every_file(folder: str, package: str, tmp_path: Path):
    source = tmp_path / folder
    # samples/ is a distribution of its own, npm/ builds what the rooms serve
    others = ("*.egg-info", "__pycache__", "build", "*.mo", "samples", "npm")
    unmade = shutil.ignore_patterns(*others)
    shutil.copytree(ROOT / folder, source, ignore=unmade)
    wanted = {
        package + path.relative_to(source).as_posix()
        for path in source.rglob("*")
        if path.is_file() and path.suffix not in FOR_READERS_OF_THE_REPOSITORY
    }
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
    subprocess.run(
        [*command, "--no-build-isolation", "--wheel-dir", tmp_path, source], check=True
    )

    (wheel,) = tmp_path.glob("*.whl")
    assert wanted <= set(zipfile.ZipFile(wheel).namelist())
