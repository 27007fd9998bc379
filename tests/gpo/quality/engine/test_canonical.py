"""One form for every cell, which whoever has the published schema reads back."""

from __future__ import annotations

from datetime import timezone
from typing import Any

import pytest
from frictionless import Field

from ckanext.gpo.common.tables import Table
from ckanext.gpo.quality.engine.cells import canonical
from ckanext.gpo.quality.publication.datapackage import schema


@pytest.mark.parametrize(
    ("field", "cell", "form"),
    [
        ({"type": "string"}, " 常州 ", " 常州 "),
        ({"type": "integer", "bareNumber": False}, "7 个", "7"),
        ({"type": "number", "groupChar": ","}, "1,234.50", "1234.50"),
        ({"type": "number"}, "1E+2", "100"),
        ({"type": "boolean", "trueValues": ["是"]}, "是", "true"),
        ({"type": "date", "format": "%d/%m/%Y"}, "23/11/2026", "2026-11-23"),
        ({"type": "datetime"}, "2026-11-23T09:00:00+08:00", "2026-11-23T01:00:00"),
        ({"type": "time"}, "09:10:11", "09:10:11"),
        ({"type": "year"}, "2026", "2026"),
        ({"type": "yearmonth"}, "2026-02", "2026-02"),
        ({"type": "duration"}, "P1DT2H", "P1DT2H"),
        ({"type": "duration"}, "P1Y", "P1Y"),
        ({"type": "geopoint"}, "120, 31.5", "120,31.5"),
        ({"type": "geopoint", "format": "array"}, "[120, 31.5]", "120,31.5"),
        ({"type": "object"}, '{"名":1}', '{"名": 1}'),
        ({"type": "array"}, '["a", 1]', '["a", 1]'),
        ({"type": "list"}, "a,b", '["a", "b"]'),
    ],
)
def test_a_cell_comes_back_as_it_was(field: dict[str, Any], cell: str, form: str):
    table = Table(
        "budget", {"name": "x", "schema": {"fields": [{"name": "a", **field}]}}
    )
    value, _ = Field.from_descriptor(table.fields[0]).read_cell(cell)
    assert value is not None

    written = canonical(value)

    assert written == form
    (described,) = schema(table)["fields"]
    again, notes = Field.from_descriptor(described).read_cell(written)
    assert notes is None
    assert _in_utc(again) == _in_utc(value)


def _in_utc(value: Any) -> Any:
    if getattr(value, "tzinfo", None):
        return value.astimezone(timezone.utc).replace(tzinfo=None)
    return list(value) if hasattr(value, "lon") else value
