"""Alembic's entrance for this plugin's tables."""

from __future__ import annotations

from pathlib import Path

from ckanext.gpo.common.migration import run

run(Path(__file__).parent.name)
