"""The OpenAPI 3.1 documents: of the whole API, and of one dataset with its fields. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ckanext.gpo.common.problems import MEDIA_TYPE
from ckanext.gpo.common.rest import parameters as p
from ckanext.gpo.common.rest.answers import reference
from ckanext.gpo.common.rest.files import FileOperation
from ckanext.gpo.common.rest.operations import BASE, Operation, Paging
from ckanext.gpo.common.tables import Table
from ckanext.gpo.common.types import Translate

from . import records
from .parameters import describe

_REFUSALS: Final = ("400", "404", "409", "410", "429", "500")

Answers = Mapping[str, Any]
Paths = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Api:
    """What the rooms bring.

    :param answers: schemas of answers by name, in the language of the site
    """

    operations: Sequence[Operation]
    files: Sequence[FileOperation]
    answers: Answers


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


def api_document(site: Site, api: Api, _: Translate) -> dict[str, Any]:
    """The document of the whole API."""
    return _document(site, _paths(site, api, None, _), api.answers, _)


def dataset_document(
    site: Site, api: Api, publication: tuple[str, Table], _: Translate
) -> dict[str, Any]:
    """The document of one dataset: the operations on it, with the fields of its table.

    :param publication: name of the dataset, and its table
    """
    dataset, table = publication
    paths = {
        path.replace("{dataset}", dataset): methods
        for path, methods in _paths(site, api, table, _).items()
        if "{dataset}" in path
    }
    components = {**api.answers, "Record": records.record(table, site.english)}
    components["RecordDetail"] = _whole_record(components["RecordDetail"])
    english = table.descriptor.get("title_en") if site.english else None
    document = _document(site, paths, components, _)
    document["info"]["title"] = english or table.title
    return document


def _paths(site: Site, api: Api, table: Table | None, _: Translate) -> Paths:
    """All paths with their methods.

    :param table: of the one dataset that is described
    """
    paths: Paths = {}
    for operation in api.operations:
        methods = paths.setdefault(f"/{operation.path}", {})
        methods[operation.method] = _operation(operation, _, table, site.english)
    for file in api.files:
        paths[f"/{file.path}"] = {"get": _file(file, _, table, site.english)}
    return paths


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
    return {
        "operationId": operation.name,
        "tags": [operation.tag],
        "summary": operation.summary,
        "description": _("The action {action} of CKAN answers the same.").format(
            action=operation.action
        ),
        "parameters": describe(
            operation.parameters,
            operation.path,
            operation.selection,
            table,
            english,
            _,
        ),
        **(_body(operation.body) if operation.body else {}),
        "responses": {
            "200": _answer(operation, _),
            **({"304": _unchanged(_)} if operation.method == "get" else {}),
            **_refusals(),
        },
    }


def _file(
    file: FileOperation, _: Translate, table: Table | None, english: bool
) -> dict[str, Any]:
    form = p.choice("form", _("Form of the file"), *file.forms)
    return {
        "operationId": file.name,
        "tags": [file.tag],
        "summary": file.summary,
        "parameters": describe(
            (*file.parameters, form), file.path, file.selection, table, english, _
        ),
        "responses": {
            "200": {
                "description": _("The file, in the form that the address ends with"),
                "headers": {
                    "Content-Disposition": {"schema": {"type": "string"}},
                    "ETag": {"schema": {"type": "string"}},
                },
                "content": {
                    media_type: (
                        {"schema": file.schemas[name]} if name in file.schemas else {}
                    )
                    for name, media_type in file.forms.items()
                },
            },
            "304": _unchanged(_),
            **_refusals(),
        },
    }


def _refusals() -> dict[str, Any]:
    return {status: {"$ref": "#/components/responses/Problem"} for status in _REFUSALS}


def _body(name: str) -> dict[str, Any]:
    content = {"application/json": {"schema": reference(name)}}
    return {"requestBody": {"required": True, "content": content}}


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
