"""The different values of a field, of both engines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import ckan.plugins.toolkit as tk
from ckan.tests.helpers import call_action

from ckanext.gpo.common.tables import table
from ckanext.gpo.dataapi import summing
from ckanext.gpo.dataapi.query import Unserved

from tests.snapshot import Snapshots

from ..conftest import VENUES, Gate, row

NAME = table(VENUES).dataset_name


@pytest.fixture(params=["file", "rows"])
def values(
    request: pytest.FixtureRequest,
    gate: Gate,
    snapshots: Snapshots,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[..., Any]:
    def publish() -> None:
        rows = [
            row(VENUES, venue_code=f"WH32040200{10 + number}", floor_area=area)
            for number, area in enumerate(("100.50", "200", "200", ""))
        ]
        assert gate.judge(VENUES, *rows)["state"] == "published"

    snapshots.prepare("values", publish, on="gate")
    if request.param == "rows":

        def unserved(*_arguments: Any) -> Any:
            raise Unserved

        monkeypatch.setattr(summing, "ask_file", unserved)

    def ask(field: str, **parameters: Any) -> Any:
        return call_action(
            "gpo_dataapi_value_list", dataset=NAME, field=field, **parameters
        )

    return ask


def test_the_most_frequent_come_first(values: Callable[..., Any]):
    answer = values("floor_area")
    assert answer["field"] == "floor_area"
    assert [(v["value"], v["count"]) for v in answer["values"]] == [
        (200, 2),
        (pytest.approx(100.5), 1),
        (None, 1),
    ]
    assert answer["is_complete"]


def test_some_values_of_some_records(values: Callable[..., Any]):
    answer = values("venue_code", q="wh3204", filters={"floor_area": 200}, limit=1)
    assert [v["value"] for v in answer["values"]] == ["WH3204020011"]
    assert not answer["is_complete"]
    assert values("venue_code", q="nowhere")["values"] == []


@pytest.mark.parametrize(
    ("parameters", "wrong"),
    [
        ({"field": "nobody"}, "field"),
        ({"field": "floor_area", "q": "2"}, "q"),
        ({"field": "street", "filters": {"floor_area": "much"}}, "filters"),
        ({"field": "street", "limit": 1001}, "limit"),
    ],
)
def test_junk_is_refused(
    values: Callable[..., Any], parameters: dict[str, Any], wrong: str
):
    with pytest.raises(tk.ValidationError) as refused:
        values(**parameters)
    assert wrong in refused.value.error_dict
