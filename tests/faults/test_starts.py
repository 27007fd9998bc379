"""Wherever a site starts a worker of the gate, it takes up first what a crash cut off."""

from __future__ import annotations

from pathlib import Path

import pytest
from launcher.place import ROOT

FOLDERS = ("bin", "config", "docker")


def _that_start_workers() -> list[Path]:
    return [
        path
        for folder in FOLDERS
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in (".py", ".service", ".yaml", ".yml", ".sh")
        and "jobs worker" in path.read_text(encoding="utf-8")
    ]


def test_there_are_three():
    names = {path.name for path in _that_start_workers()}
    assert names == {"services.py", "gpo-worker.service", "compose.yaml"}


@pytest.mark.parametrize("path", _that_start_workers(), ids=lambda path: path.name)
def test_resume_comes_before_the_worker(path: Path):
    text = path.read_text(encoding="utf-8")
    assert text.count("jobs worker") == text.count("gpo-quality resume") == 1
    assert text.index("gpo-quality resume") < text.index("jobs worker")
