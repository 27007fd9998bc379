"""Codes that name a project or an enterprise, which have a dossier. Pure.

A *dossier* is what all departments published of one project or enterprise. Which columns
hold such codes stands in dataset_schemas/: `gpo:check` of a field, and dossiers.yaml.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from .codes import CHECKS
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


def name_column(code_column: str) -> str:
    """How the column is called that has the name of whom a column names by code.

    >>> name_column("owner_uscc"), name_column("uscc"), name_column("project_code")
    ('owner_name', 'name', 'project_name')
    """
    return f"{code_column.removesuffix('uscc').removesuffix('code')}name"


def is_code(kind: str, code: Any) -> bool:
    """Whether something is a code of that kind; no code is one of the kind ``""``."""
    check = checks().get(kind)
    return check is not None and isinstance(code, str) and CHECKS[check](code) is None


def _kinds() -> list[dict[str, Any]]:
    return read_yaml("dossiers.yaml")["kinds"]
