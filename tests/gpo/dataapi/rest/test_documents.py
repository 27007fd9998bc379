"""The OpenAPI documents: valid, complete, in two languages, and true for a dataset's fields."""

from __future__ import annotations

import re
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from ckanext.gpo.common.rest.operations import BASE
from ckanext.gpo.common.tables import table
from ckanext.gpo.common.web.rest import files, operations

from ...conftest import VENUES
from .conftest import NAME, Get

CHINESE = re.compile("[\u4e00-\u9fff]")
PLACE = re.compile(r"<[^>]+>|\{\w+\}")
DOCUMENTS = ("openapi.json", f"datasets/{NAME}/openapi.json")


def same(text: str) -> str:
    return text


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", DOCUMENTS)
def test_a_document_is_openapi_3_1(get: Get, path: str, language: str):
    answer = get(f"{path}?lang={language}")

    assert answer.json["openapi"] == "3.1.0"
    OpenAPIV31SpecValidator(answer.json).validate()


@pytest.mark.parametrize("path", DOCUMENTS)
def test_every_schema_that_is_named_is_there(get: Get, path: str):
    answer = get(path)

    named = set(re.findall(r'"#/components/schemas/(\w+)"', answer.text))
    assert named <= answer.json["components"]["schemas"].keys()


@pytest.mark.parametrize("path", DOCUMENTS)
def test_words_are_in_the_readers_language(get: Get, path: str):
    texts = {
        language: list(_words(get(f"{path}?lang={language}").json))
        for language in ("zh", "en")
    }

    assert len(texts["zh"]) > 20
    assert [text for text in texts["zh"] if not CHINESE.search(text)] == []
    assert [text for text in texts["en"] if CHINESE.search(text)] == []


def _words(part: Any) -> Any:
    """Every summary and description of a document."""
    if isinstance(part, list):
        for each in part:
            yield from _words(each)
    elif isinstance(part, dict):
        for name, each in part.items():
            if name in ("summary", "description") and isinstance(each, str):
                yield each
            yield from _words(each)


def test_what_is_routed_is_described_and_nothing_else(app: Any, get: Get):
    described = {
        (method.upper(), PLACE.sub("{}", f"{BASE}{path}"))
        for path, methods in get("openapi.json").json["paths"].items()
        for method in methods
    }
    routed = {
        (method, PLACE.sub("{}", rule.rule))
        for rule in app.flask_app.url_map.iter_rules()
        if rule.rule.startswith(f"{BASE}/")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }

    documents = {("GET", f"{BASE}/openapi.json")} | {
        ("GET", f"{BASE}/datasets/{{}}/openapi.json")
    }
    assert routed - documents == described


def test_a_file_is_there_in_every_form_that_is_described(app: Any, get: Get):
    query = {"record_export": "?limit=2", "version_diff_export": "?from=2&to=3"}
    paths = get("openapi.json").json["paths"]
    described = [
        (file.name, file.path.format(dataset=NAME, domain="culture", form=form), kind)
        for file in files(same)
        for form, kind in file.forms.items()
    ]
    assert len(described) > 15
    for name, path, media_type in described:
        answer = get(f"{path}{query.get(name, '')}")
        assert (answer.status_code, answer.mimetype) == (200, media_type)
        assert "attachment" in answer.headers["Content-Disposition"]
        assert answer.data
    content = paths["/datasets/{dataset}/export.{form}"]["get"]["responses"]["200"]
    assert "application/vnd.apache.parquet" in content["content"]


def test_how_a_text_is_spelled_is_described(get: Get):
    path = get("openapi.json").json["paths"]["/datasets/{dataset}/export.{form}"]
    parameters = {each["name"]: each["schema"] for each in path["get"]["parameters"]}

    assert parameters["encoding"]["enum"] == ["utf-8-sig", "utf-8", "gb18030"]
    assert parameters["form"]["enum"][:2] == ["csv", "tsv"]


def test_operations_have_names_of_their_own(app: Any, get: Get):
    names = [operation.name for operation in operations(same)]

    assert len(names) == len(set(names)) > 15


def test_a_dataset_is_described_with_its_fields(get: Get):
    described = get(f"datasets/{NAME}/openapi.json?lang=zh").json

    record = described["components"]["schemas"]["Record"]["properties"]
    assert list(record) == [field["name"] for field in table(VENUES).fields]
    assert record["floor_area"]["type"] == ["number", "null"]
    assert "建筑面积" in record["floor_area"]["title"]
    parameters = described["paths"][f"/datasets/{NAME}/records"]["get"]["parameters"]
    assert "floor_area.gte" in {each["name"] for each in parameters}
    assert described["info"]["title"] == table(VENUES).title


def test_a_dataset_that_is_not_public_has_no_document(get: Get):
    answer = get("datasets/nothing/openapi.json")
    assert (answer.status_code, answer.json["code"]) == (404, "not-found")
