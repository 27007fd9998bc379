"""Wherever a site starts a worker, it is the one that takes up what was cut off."""

from __future__ import annotations

from launcher.place import ROOT

FOLDERS = ("bin", "config", "docker")


def _texts() -> dict[str, str]:
    return {
        path.name: path.read_text(encoding="utf-8")
        for folder in FOLDERS
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in (".py", ".service", ".yaml", ".yml", ".sh")
    }


def _words(text: str) -> str:
    return " ".join(text.replace('"', " ").replace(",", " ").split())


def test_all_three_start_it():
    starting = {
        n for n, text in _texts().items() if "gpo-quality worker" in _words(text)
    }
    assert starting == {"services.py", "gpo-worker.service", "compose.yaml"}


def test_nobody_starts_ckans_own():
    """It has no clock for what the queue never heard of."""
    assert not [n for n, text in _texts().items() if "jobs worker" in _words(text)]
