"""Other methods, and parameters beyond every bound, on each address of the REST API."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from ckanext.gpo.catalogue import operations as catalogue
from ckanext.gpo.common.rest.operations import Operation, Parameter, Selection
from ckanext.gpo.dataapi import operations as dataapi
from ckanext.gpo.explore import operations as explore
from ckanext.gpo.search import operations as search

from ...conftest import Gate
from .conftest import BASE, CODES, NAME, PLACES, Get

ROOMS = (catalogue, dataapi, explore, search)

REQUIRED = {"from": "2", "to": "3"}
"""Values of parameters that an address has to have."""


def same(text: str) -> str:
    return text


OPERATIONS = [each for room in ROOMS for each in room.operations(same)]
FILES = [each for room in (catalogue, dataapi) for each in room.files(same)]
READ = [each for each in OPERATIONS if each.method == "get"]


def named(each: Any) -> str:
    return each.name


def address(each: Any, **values: str) -> str:
    """Where it answers with what there is, but for some values."""
    named = {**PLACES, **REQUIRED, **values}
    names = [p.name for p in each.parameters if f"{{{p.name}}}" not in each.path]
    query = [f"{n}={named[n]}" for n in names if n in {*REQUIRED, *values}]
    return f"{each.path.format(**named)}?{'&'.join(query)}"


def bounded() -> Iterator[Any]:
    """Each parameter that has a bound, with values beyond it and the bounds themselves."""
    for operation in (*READ, *FILES):
        for parameter in operation.parameters:
            for case, value, limits in beyond(parameter):
                yield pytest.param(
                    operation,
                    parameter.name,
                    value,
                    limits,
                    id=f"{operation.name}-{parameter.name}-{case}",
                )


def beyond(parameter: Parameter) -> Iterator[tuple[str, str, list[int]]]:
    schema = parameter.schema
    if schema["type"] == "integer":
        limits = [schema["minimum"], schema["maximum"]]
        yield "above", str(schema["maximum"] + 1), limits
        yield "below", str(schema["minimum"] - 1), limits
        yield "endless", "9" * 5_000, limits
    elif most := schema.get("maxLength"):
        yield "long", "x" * (most + 1), [most]


@pytest.mark.parametrize(("operation", "name", "value", "limits"), bounded())
def test_beyond_its_bounds_a_parameter_is_refused_and_they_are_named(
    get: Get, operation: Any, name: str, value: str, limits: list[int]
):
    answer = get(address(operation, **{name: value}))

    assert answer.content_type == "application/problem+json"
    if name in ("dataset", "domain") and answer.status_code == 404:
        return  # looked for first, and not there
    assert answer.status_code == 400, answer.text
    told = answer.json["detail"].replace(",", "")
    for limit in limits:
        assert str(limit) in told


@pytest.mark.parametrize(
    "each",
    [e for e in (*READ, *FILES) if e.selection is Selection.ROWS],
    ids=named,
)
@pytest.mark.parametrize("spelling", ["single", "json"])
def test_a_list_of_too_many_values_is_refused_and_its_length_named(
    get: Get, each: Any, spelling: str
):
    values = [f"{CODES[0]}{n}" for n in range(1_001)]
    query = (
        "&".join(f"venue_code.in={value}" for value in values)
        if spelling == "single"
        else f"filters={json.dumps({'venue_code': values})}"
    )
    answer = get(f"{address(each)}&{query}")

    assert (answer.status_code, answer.json["code"]) == (400, "filters-unreadable")
    assert "1000" in answer.json["detail"].replace(",", "")


@pytest.mark.parametrize(
    ("body", "most"),
    [
        ({"group_by": ["venue_code"] * 4}, "三"),
        ({"measures": [{"function": "count"}] * 41}, "40"),
        ({"limit": 1_001}, "1000"),
        ({"filters": {"venue_code": ["x"] * 1_001}}, "1000"),
        ({"q": "x" * 201}, "200"),
    ],
)
def test_a_body_beyond_a_bound_is_refused_and_the_bound_named(
    app: Any, published: Gate, body: dict[str, Any], most: str
):
    answer = app.client.post(f"{BASE}/datasets/{NAME}/aggregate", json=body)

    assert answer.status_code == 400, answer.text
    assert most in answer.json["detail"].replace(",", "")


@pytest.mark.parametrize("each", [*READ, *FILES], ids=named)
def test_head_is_answered_as_get_without_a_body(app: Any, published: Gate, each: Any):
    path = f"{BASE}/{address(each)}"
    got, told = app.client.get(path), app.client.head(path)

    assert (told.status_code, told.data) == (got.status_code, b"")
    for name in ("Content-Type", "ETag", "Last-Modified", "Vary", "Cache-Control"):
        assert told.headers.get(name) == got.headers.get(name), name


@pytest.mark.parametrize("each", [*OPERATIONS, *FILES], ids=named)
def test_other_methods_do_nothing(app: Any, published: Gate, each: Operation):
    path = f"{BASE}/{address(each)}"
    asked = app.client.options(path)

    assert asked.status_code == 200
    assert {"OPTIONS", getattr(each, "method", "get").upper()} <= asked.allow
    for method in ("PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"):
        answer = app.client.open(path, method=method)
        assert (answer.status_code, answer.json["code"]) == (405, "method-not-allowed")
