"""The data dictionary in words."""

from __future__ import annotations

import pytest

from ckanext.gpo.common.tables import Table, tables
from ckanext.gpo.common.web.dictionary import entries


def entry(primary_key: tuple[str, ...] = (), **field):
    schema = {
        "fields": [{"name": "f", "title": "列", "type": "string", **field}],
        "primaryKey": list(primary_key),
    }
    table = Table("tax", {"name": "t", "title": "表", "schema": schema})
    return entries(table, False, str)[0]


@pytest.mark.parametrize(
    ("constraints", "rules"),
    [
        ({}, []),
        ({"required": True}, ["Must be filled in"]),
        ({"required": False}, []),
        ({"unique": True}, ["Occurs once"]),
        ({"enum": ["有效", "注销"]}, ["One of: 有效 / 注销"]),
        ({"minimum": 0, "maximum": 20}, ["At least 0", "At most 20"]),
        ({"maxLength": 80}, ["At most 80 characters"]),
        ({"pattern": r"\d{6}"}, [r"Form: \d{6}"]),
    ],
)
def test_constraints_become_sentences(constraints, rules):
    assert entry(constraints=constraints).rules == rules


def test_limits_in_time_are_told_as_dates():
    limits = {"minimum": "2010-01-01", "maximum": "2100-01-01"}
    rules = entry(type="date", constraints=limits).rules
    assert rules == ["Not before 2010-01-01", "Not after 2100-01-01"]


def test_key_comes_first_and_check_last():
    limits = {"required": True, "pattern": r"\d{6}"}
    rules = entry(("f",), **{"gpo:check": "division", "constraints": limits}).rules
    assert rules == [
        "Key of the table",
        "Must be filled in",
        "Division code of six digits (GB/T 2260)",
    ]


@pytest.mark.parametrize("ref", list(tables()))
def test_every_table_has_its_dictionary(ref):
    table = tables()[ref]
    found = entries(table, True, str)
    assert [e.name for e in found] == [f["name"] for f in table.fields]
    assert all(e.label and e.type for e in found)
