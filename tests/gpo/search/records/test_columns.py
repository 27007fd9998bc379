"""Which columns are searched, as what, and what their records are about."""

from __future__ import annotations

from typing import Any

import pytest

from ckanext.gpo.common.tables import Table, table, tables
from ckanext.gpo.search.records.columns import (
    MOST_COLUMNS,
    Role,
    searched_columns,
    subject_columns,
)


def one(key: str = "id", **field: Any) -> Table:
    field = {"name": "cell", "title": "内容", "type": "string"} | field
    return Table("tax", {"name": "t", "schema": {"fields": [field], "primaryKey": key}})


@pytest.mark.parametrize(
    ("field", "role"),
    [
        ({"title": "批复(备案)文号"}, Role.NUMBER),
        ({"title": "住所(经营场所)"}, Role.ADDRESS),
        ({"title": "项目名称"}, Role.NAME),
        ({"gpo:check": "uscc"}, Role.CODE),
        ({"gpo:check": "division"}, None),
        ({"title": "说明"}, None),
        ({"title": "说明", "gpo:search": "name"}, Role.NAME),
        ({"title": "项目名称", "gpo:search": False}, None),
        ({"title": "项目名称", "constraints": {"enum": ["甲"]}}, None),
        ({"title": "编号", "type": "integer"}, None),
        ({"title": "编号", "format": "uri"}, None),
        ({"title": "发证机关名称", "name": "authority"}, None),
    ],
)
def test_a_column_is_searched_as_its_schema_says(
    field: dict[str, Any], role: Role | None
):
    assert [c.role for c in searched_columns(one(**field))] == ([role] if role else [])


def test_the_key_of_a_table_is_searched():
    assert searched_columns(one("cell"))[0].role is Role.NUMBER


def test_of_a_wide_table_so_many_columns_are_proposed():
    fields = [
        {"name": f"f{n}", "title": f"{n}号名称", "type": "string"} for n in range(300)
    ]
    wide = Table("tax", {"name": "t", "schema": {"fields": fields}})

    assert len(searched_columns(wide)) == MOST_COLUMNS


def test_enterprises_of_a_permit_have_their_own_names():
    permits = subject_columns(table("construction/construction_permits"))

    assert [(each.kind, each.code, each.name) for each in permits] == [
        ("project", "project_code", "project_name"),
        ("enterprise", "owner_uscc", "owner_name"),
        ("enterprise", "contractor_uscc", "contractor_name"),
    ]


def test_every_code_of_a_published_table_is_searched():
    for each in tables().values():
        searched = {column.name for column in searched_columns(each)}
        assert {subject.code for subject in subject_columns(each)} <= searched
