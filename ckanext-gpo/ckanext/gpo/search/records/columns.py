"""Which columns of a table are searched, as what, and what a record is about. Pure.

A field of a Data Package says `gpo:search: code`, `name`, `address` or `number`, or
`false`. One that says nothing is judged by its type, its check and its title.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Any

from ckanext.gpo.common import dossiers
from ckanext.gpo.common.tables import Table


class Role(Enum):
    """What the values of a searched column are."""

    CODE = "code"
    NAME = "name"
    ADDRESS = "address"
    NUMBER = "number"

    @property
    def is_spoken(self) -> bool:
        """Whether somebody may know how a value sounds, but not how it is written."""
        return self in (Role.NAME, Role.ADDRESS)


TITLE_ENDINGS = {
    Role.ADDRESS: ("地址", "位置", "地点", "场所", "住所"),
    Role.NUMBER: ("文号", "文书号", "证号", "证书号", "编号"),
    Role.NAME: ("名称", "单位", "标人"),
}
"""How titles end, but for what stands in brackets: 批复(备案)文号, 住所(经营场所)."""

IN_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")

AUTHORITY = ("authority", "organizer", "compiler")
"""Beginnings of columns that name whoever keeps the record, alike in all of its rows."""

MOST_COLUMNS = 12
"""Searched columns of a table; the others of a wider one are not proposed."""


@dataclass(frozen=True)
class Column:
    """A searched column of a table."""

    name: str
    title: str
    title_en: str
    role: Role


@dataclass(frozen=True)
class SubjectColumn:
    """A column with codes of projects or enterprises, and the one with their names."""

    kind: str
    code: str
    name: str | None


def searched_columns(table: Table) -> list[Column]:
    """The columns that are searched, in the order of the table."""
    columns: list[Column] = []
    for field in table.fields:
        role = _role(field, table.primary_key)
        if role and (len(columns) < MOST_COLUMNS or "gpo:search" in field):
            columns.append(
                Column(field["name"], field["title"], field.get("title_en", ""), role)
            )
    return columns


def _role(field: dict[str, Any], primary_key: tuple[str, ...]) -> Role | None:
    declared = field.get("gpo:search")
    if declared is not None:
        return Role(declared) if declared else None
    if field["type"] != "string" or "enum" in field.get("constraints", {}):
        return None
    if field.get("format", "default") != "default":
        return None
    if field["name"].startswith(AUTHORITY):
        return None
    if "gpo:check" in field:
        return Role.CODE if dossiers.kind(field) else None
    return _proposed(field, primary_key)


def _proposed(field: dict[str, Any], primary_key: tuple[str, ...]) -> Role | None:
    title = IN_BRACKETS.sub("", field["title"])
    for role, endings in TITLE_ENDINGS.items():
        if title.endswith(endings):
            return role
    return Role.NUMBER if field["name"] in primary_key else None


def subject_columns(table: Table) -> list[SubjectColumn]:
    """The columns that say which project or enterprise a record is about."""
    names = {field["name"] for field in table.fields}
    spoken = [c.name for c in searched_columns(table) if c.role is Role.NAME]
    return [
        SubjectColumn(
            kind, field["name"], _name_column(kind, field["name"], names, spoken)
        )
        for field in table.fields
        if (kind := dossiers.kind(field))
    ]


def _name_column(
    kind: str, code: str, names: set[str], spoken: list[str]
) -> str | None:
    """The column of a code's own name; of an enterprise without one the first name."""
    own = dossiers.name_column(code)
    if own in names:
        return own
    if kind == dossiers.PROJECT:
        return None
    project = dossiers.name_column("project_code")
    return next((name for name in spoken if name != project), None)
