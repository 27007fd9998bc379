"""Refusals of the REST API: problem details with a code, in the reader's language."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest

import ckan.plugins.toolkit as tk

from ckanext.gpo import dataapi
from ckanext.gpo.common.web.refusals import titles

from ...conftest import Gate
from .conftest import BASE, CODES, NAME, Get

RECORDS = f"datasets/{NAME}/records"
CHINESE = re.compile("[\u4e00-\u9fff]")

REFUSALS = {
    f"{RECORDS}?limit=1001": (400, "parameter-unreadable", "limit"),
    f"{RECORDS}?limit=x": (400, "parameter-unreadable", "limit"),
    f"{RECORDS}?sortt=x": (400, "parameter-unknown", "sortt"),
    f"{RECORDS}?q=a&q=b": (400, "parameter-repeated", "q"),
    f"{RECORDS}?nothing.eq=1": (400, "field-unknown", "filters"),
    f"{RECORDS}?floor_area.gte=x": (400, "value-unreadable", "filters"),
    f"{RECORDS}?floor_area.like=x": (400, "operator-unknown", "filters"),
    f"{RECORDS}?filters=x": (400, "filters-unreadable", "filters"),
    f"{RECORDS}?select=nothing": (400, "field-unknown", "select"),
    f"{RECORDS}?after=x": (400, "cursor-unknown", "after"),
    f"{RECORDS}?after=1-1": (409, "cursor-outdated", "after"),
    f"{RECORDS}?lang=fr": (400, "parameter-unreadable", "lang"),
    f"datasets/{NAME}/aggregate?measures=sum(x)": (400, "field-unknown", "measures"),
    f"datasets/{NAME}/aggregate?having=x": (400, "validation-failed", "having"),
    f"datasets/{NAME}/aggregate?limit=0": (400, "parameter-unreadable", "limit"),
    f"datasets/{NAME}/values/nothing": (400, "field-unknown", "field"),
    f"datasets/{NAME}/chain/{CODES[0]}?depth=6": (400, "parameter-unreadable", "depth"),
    f"datasets/{NAME}/diff?from=1": (400, "parameter-missing", "to"),
    f"datasets/{NAME}/versions/x": (400, "parameter-unreadable", "number"),
    "changes?since=x": (400, "validation-failed", "since"),
    "items?state=x": (400, "parameter-unreadable", "state"),
    "search?q=a:(": (400, "search-query-invalid", None),
    f"{RECORDS}/nothing": (404, "not-found", None),
    "datasets/nothing": (404, "not-found", None),
    "datasets/nothing/records": (404, "not-found", None),
    f"datasets/{NAME}/versions/99": (404, "not-found", None),
    "nothing": (404, "address-unknown", None),
}
"""Address → status, code, and the parameter that is wrong."""


@pytest.mark.parametrize("path", REFUSALS)
def test_a_refusal_is_a_problem(get: Get, path: str):
    status, code, parameter = REFUSALS[path]

    answer = get(path)

    problem = answer.json
    assert answer.content_type == "application/problem+json"
    assert (answer.status_code, problem["status"], problem["code"]) == (
        status,
        status,
        code,
    )
    assert problem["type"].endswith(f"/api-errors#{code}")
    assert CHINESE.search(problem["title"])
    assert CHINESE.search(problem["detail"])
    named = [fault["parameter"] for fault in problem.get("errors", [])]
    assert named == ([parameter] if parameter else [])


@pytest.mark.parametrize("path", REFUSALS)
def test_a_refusal_speaks_the_readers_language(get: Get, path: str):
    answer = get(path, headers={"Accept-Language": "en"})

    assert not CHINESE.search(answer.json["title"])
    assert not CHINESE.search(answer.json["detail"])
    assert answer.headers["Content-Language"] == "en"


def test_a_parameter_sets_the_language(get: Get):
    answer = get("nothing?lang=en", headers={"Accept-Language": "zh"})
    assert not CHINESE.search(answer.json["title"])


def test_another_method_is_refused_with_those_that_there_are(app: Any, published: Gate):
    answer = app.test_client().delete(f"{BASE}/{RECORDS}")

    assert (answer.status_code, answer.json["code"]) == (405, "method-not-allowed")
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("[]", "parameter-unreadable"),
        ("{", "json-invalid"),
        ('{"group_by": 1}', "list-needed"),
        ('{"limit": 0}', "validation-failed"),
    ],
)
def test_a_body_that_cannot_be_read_is_refused(
    app: Any, published: Gate, body: str, code: str
):
    answer = app.test_client().post(
        f"{BASE}/datasets/{NAME}/aggregate", data=body, content_type="application/json"
    )
    assert (answer.status_code, answer.json["code"]) == (400, code)


def test_a_fault_of_ours_is_told_with_a_reference(
    app: Any, published: Gate, monkeypatch: pytest.MonkeyPatch
):
    def fail(context: Any, data_dict: Any) -> None:
        raise RuntimeError("secret")

    get_action = tk.get_action
    monkeypatch.setattr(
        tk,
        "get_action",
        lambda name: fail if name == "gpo_catalogue_chain_list" else get_action(name),
    )
    monkeypatch.setitem(app.flask_app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setattr(app.flask_app, "testing", False)

    answer = app.test_client().get(f"{BASE}/chains")

    assert (answer.status_code, answer.json["code"]) == (500, "internal-error")
    assert re.fullmatch(r"\w{8}", answer.json["reference"])
    assert "secret" not in answer.text


def test_a_composite_value_may_have_slashes_and_commas(get: Get):
    answer = get(f"{RECORDS}/a%2Fb,c")
    assert (answer.status_code, answer.json["code"]) == (404, "not-found")


def test_every_code_of_a_question_has_a_title(app: Any, with_request_context: None):
    folder = Path(dataapi.__file__).parent
    codes = {
        node.args[0].value
        for path in folder.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) == "QueryError"
        and isinstance(node.args[0], ast.Constant)
    }

    assert len(codes) > 15
    assert codes <= titles().keys()


def test_the_page_of_codes_has_a_place_for_each(app: Any, get: Get):
    page = app.get("/api-errors").body
    assert [code for code in titles_of(get) if f'id="{code}"' not in page] == []


def titles_of(get: Get) -> list[str]:
    """The codes of some refusals, as their addresses name them."""
    types = [get(path).json["type"] for path in ("nothing", f"{RECORDS}?x=1")]
    return [address.partition("#")[2] for address in types]
