"""The OpenAPI 3.1 documents: of the whole API, and of one dataset with its fields. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ckanext.gpo.common.problems import MEDIA_TYPE
from ckanext.gpo.common.rest import parameters as p
from ckanext.gpo.common.rest.answers import reference
from ckanext.gpo.common.rest.operations import (
    BASE,
    Operation,
    Paging,
    Parameter,
    Selection,
)
from ckanext.gpo.common.tables import Table
from ckanext.gpo.common.types import Translate

from . import records

OPERATORS: Final = (
    *("eq", "ne", "lt", "lte", "gt", "gte"),
    *("in", "contains", "starts", "empty"),
)

_REFUSALS: Final = ("400", "404", "409", "410", "429", "500")


Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Site:
    """What a document says of the site.

    :param english: whether its words are English; else Chinese
    :param contact: e-mail address of who answers questions; may be empty
    """

    title: str
    url: str
    version: str
    english: bool
    contact: str = ""


def api_document(
    site: Site, operations: Iterable[Operation], answers: Answers, _: Translate
) -> dict[str, Any]:
    """The document of the whole API.

    :param answers: schemas of answers by name, in the site's language
    """
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations:
        path = paths.setdefault(f"/{operation.path}", {})
        path[operation.method] = _operation(operation, _, None, site.english)
    return _document(site, paths, answers, _)


def dataset_document(
    site: Site,
    operations: Iterable[Operation],
    answers: Answers,
    publication: tuple[str, Table],
    _: Translate,
) -> dict[str, Any]:
    """The document of one dataset: the operations on it, with the fields of its table.

    :param answers: schemas of answers by name, in the site's language
    :param publication: name of the dataset, and its table
    """
    dataset, table = publication
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations:
        if "{dataset}" in operation.path:
            path = paths.setdefault(
                f"/{operation.path.replace('{dataset}', dataset)}", {}
            )
            path[operation.method] = _operation(operation, _, table, site.english)
    components = {
        **answers,
        "Record": records.record(table, site.english),
    }
    components["RecordDetail"] = _whole_record(components["RecordDetail"])
    english = table.descriptor.get("title_en") if site.english else None
    document = _document(site, paths, components, _)
    document["info"]["title"] = english or table.title
    return document


def _whole_record(detail: dict[str, Any]) -> dict[str, Any]:
    key = {"type": "object"}
    return {**detail, "properties": {**detail["properties"], "key": key}}


def _document(
    site: Site, paths: dict[str, Any], components: Answers, _: Translate
) -> dict[str, Any]:
    tags = {
        tag for path in paths.values() for each in path.values() for tag in each["tags"]
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": site.title,
            "version": site.version,
            "description": _(
                "Everything public by addresses that read like the data: no key is"
                " needed, answers are JSON, wrong calls are told as problem details"
                " (RFC 9457). All of it are actions of CKAN too."
            ),
            "license": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
            **({"contact": {"email": site.contact}} if site.contact else {}),
        },
        "servers": [{"url": f"{site.url.rstrip('/')}{BASE}"}],
        "tags": [
            {"name": name, "description": words}
            for name, words in _tags(_).items()
            if name in tags
        ],
        "security": [{}, {"token": []}],
        "paths": paths,
        "components": {
            "schemas": dict(components),
            "responses": {"Problem": _problem(_)},
            "securitySchemes": {
                "token": {
                    "type": "apiKey",
                    "in": "header",
                    "name": "Authorization",
                    "description": _("An API token; it raises the limit of calls"),
                }
            },
        },
    }


def _tags(_: Translate) -> dict[str, str]:
    return {
        "catalogue": _("What must be disclosed, and what was"),
        "datasets": _("Datasets and their metadata"),
        "records": _("Records of published tables"),
        "versions": _("Versions and what changed between them"),
        "subjects": _("Data chains, projects and enterprises"),
        "search": _("One search over everything"),
    }


def _problem(_: Translate) -> dict[str, Any]:
    return {
        "description": _("What is wrong, with a stable code (RFC 9457)"),
        "content": {MEDIA_TYPE: {"schema": reference("Problem")}},
    }


def _operation(
    operation: Operation, _: Translate, table: Table | None, english: bool
) -> dict[str, Any]:
    places = operation.places
    described = [
        _parameter(each, "path" if each.name in places else "query")
        for each in operation.parameters
        if not (table and each.name == "dataset")
    ]
    if operation.selection is Selection.ROWS:
        described += _conditions(table, english, _)
    described.append(_parameter(p.language(_), "query"))
    return {
        "operationId": operation.name,
        "tags": [operation.tag],
        "summary": operation.summary,
        "description": _("The action {action} of CKAN answers the same.").format(
            action=operation.action
        ),
        "parameters": described,
        **(_body(operation.body) if operation.body else {}),
        "responses": {
            "200": _answer(operation, _),
            **({"304": _unchanged(_)} if operation.method == "get" else {}),
            **{
                status: {"$ref": "#/components/responses/Problem"}
                for status in _REFUSALS
            },
        },
    }


def _body(name: str) -> dict[str, Any]:
    content = {"application/json": {"schema": reference(name)}}
    return {"requestBody": {"required": True, "content": content}}


def _parameter(parameter: Parameter, place: str) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": place,
        "required": place == "path" or parameter.is_required,
        "description": parameter.description,
        "schema": dict(parameter.schema),
    }


def _conditions(
    table: Table | None, english: bool, _: Translate
) -> list[dict[str, Any]]:
    """The filters of single fields: all at once, and those of a table that is known."""
    general = {
        "name": "conditions",
        "in": "query",
        "style": "form",
        "explode": True,
        "description": _(
            "Filters of single fields, as floor_area.gte=100; all of them hold at once."
            " After the point stands one of: {operators}"
        ).format(operators=", ".join(OPERATORS)),
        "schema": {
            "type": "object",
            "propertyNames": {"pattern": rf"^[a-z]\w*\.({'|'.join(OPERATORS)})$"},
            "additionalProperties": {"type": "string"},
        },
    }
    if table is None:
        return [general]
    return [
        {
            "name": f"{field['name']}.{operator}",
            "in": "query",
            "required": False,
            "description": records.title(field, english),
            "schema": records.value(field, or_none=False),
        }
        for field in table.fields
        for operator in _usual_operators(field["type"])
    ]


def _usual_operators(kind: str) -> tuple[str, ...]:
    if kind == "string":
        return ("eq", "contains")
    return ("eq",) if kind == "boolean" else ("eq", "gte", "lte")


def _answer(operation: Operation, _: Translate) -> dict[str, Any]:
    member = reference(operation.answer)
    properties: dict[str, Any] = {
        "data": {"type": "array", "items": member} if operation.is_list else member,
        "links": reference("Links"),
    }
    required = ["data", "links"]
    if operation.is_list:
        properties["meta"] = {
            "type": "object",
            "required": [name for name in operation.meta if name == "count"],
        }
        required.append("meta")
    answer = {"type": "object", "required": required, "properties": properties}
    return {
        "description": _paging_words(operation.paging, _),
        "headers": {
            "ETag": {"schema": {"type": "string"}},
            "Content-Language": {"schema": {"type": "string"}},
        },
        "content": {"application/json": {"schema": answer}},
    }


def _paging_words(paging: Paging, _: Translate) -> str:
    if paging is Paging.NONE:
        return _("The answer")
    return _("A page of the answer; links.next is the address of the next one")


def _unchanged(_: Translate) -> dict[str, str]:
    return {"description": _("Nothing has changed since the answer with this ETag")}
