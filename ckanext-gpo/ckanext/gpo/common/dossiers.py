"""Codes that name a project or an enterprise, and the addresses of their dossiers. Pure.

A *dossier* is what all departments published of one project or enterprise. Which columns
hold such codes stands in dataset_schemas/: `gpo:check` of a field, and dossiers.yaml.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from .codes import CHECKS
from .notices.kinds import Link
from .tables import read_yaml

PROJECT = "project"
ENTERPRISE = "enterprise"


@cache
def checks() -> dict[str, str]:
    """Kind of dossier → what a column of its codes names as `gpo:check`."""
    return {entry["name"]: entry["check"] for entry in _kinds()}


def kind(field: dict[str, Any]) -> str:
    """The kind of dossier that the codes of a field lead to; empty for none."""
    check = field.get("gpo:check")
    for entry in _kinds():
        if entry["check"] == check and field["name"] not in entry["excluded_columns"]:
            return entry["name"]
    return ""


def link(kind: str, code: Any) -> Link | None:
    """The dossier of a code; None for what is no code of that kind.

    :param kind: `project` or `enterprise`; empty for what has no dossier
    """
    check = checks().get(kind)
    if check is None or not isinstance(code, str) or CHECKS[check](code):
        return None
    return Link(f"gpo_explore.{kind}", {"code": code})


def _kinds() -> list[dict[str, Any]]:
    return read_yaml("dossiers.yaml")["kinds"]
