"""The routes of the REST API: one view for all operations, and the documents of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime
from importlib import metadata
from typing import Any
from urllib.parse import quote, urlencode

import simplejson
from flask import Blueprint, Response, request
from flask.blueprints import BlueprintSetupState

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.language import is_english
from ckanext.gpo.common.rest.operations import BASE, Arguments, Operation
from ckanext.gpo.common.tables import Table
from ckanext.gpo.common.web.actions import reader_context
from ckanext.gpo.common.web.rest import answers as schemas
from ckanext.gpo.common.web.rest import files, operations
from ckanext.gpo.dataapi import questions
from ckanext.gpo.dataapi.openapi import Api, Site, api_document, dataset_document
from ckanext.gpo.dataapi.questions import Publication

from . import refusals
from .answering import shape_answer
from .reading import read_address, read_body

gpo_rest = Blueprint("gpo_rest", __name__, url_prefix=BASE)

RELEASE = metadata.version("ckanext-gpo")

_PATH_KEYS = ("key",)
"""Places whose value may have slashes."""


def _same(text: str) -> str:
    return text


def _rule(operation: Operation) -> str:
    rule = f"/{operation.path}"
    for place in operation.places:
        converter = "path:" if place in _PATH_KEYS else ""
        rule = rule.replace(f"{{{place}}}", f"<{converter}{place}>")
    return rule


def _view(operation: Operation) -> Callable[..., Response]:
    def view(**places: str) -> Response:
        return _answer(operation, places)

    view.__name__ = operation.name
    return view


@gpo_rest.record
def add_operations(state: BlueprintSetupState) -> None:
    """Give each operation its route, once all plugins are there to bring theirs."""
    for operation in operations(_same):
        state.add_url_rule(
            _rule(operation),
            operation.name,
            _view(operation),
            methods=[operation.method.upper()],
        )


@gpo_rest.route("/openapi.json")
def document() -> Response:
    """The OpenAPI document of the whole API."""
    site = _site()
    return _respond(api_document(site, _api(site), tk._))


@gpo_rest.route("/datasets/<dataset>/openapi.json")
def document_of_dataset(dataset: str) -> Response:
    """The OpenAPI document of one dataset, with its fields."""
    try:
        current = questions.publication(reader_context(), dataset)
    except refusals.REFUSED as error:
        return refusals.refusal(error, dataset)
    site, publication = _site(), (current.dataset, current.table)
    return _respond(dataset_document(site, _api(site), publication, tk._))


def _api(site: Site) -> Api:
    return Api(operations(tk._), files(tk._), schemas(site.english))


def _site() -> Site:
    return Site(
        title=tk.config["ckan.site_title"],
        url=tk.config["ckan.site_url"],
        version=RELEASE,
        english=is_english(),
    )


def _answer(operation: Operation, places: Mapping[str, str]) -> Response:
    dataset = places.get("dataset", "")
    try:
        current = _publication(operation, dataset)
        arguments = _arguments(operation, places, current and current.table)
        if current and not _is_about(current, operation, arguments):
            current = None
        if current and _is_known(current):
            return _conditional(Response(), _version_etag(current), current)
        answer = tk.get_action(operation.action)(reader_context(), arguments)
    except refusals.REFUSED as error:
        return refusals.refusal(error, dataset, operation)
    body = shape_answer(operation, answer, arguments, _address)
    return _respond(body, current)


def _publication(operation: Operation, dataset: str) -> Publication | None:
    """What is public of the dataset, if an answer depends on it."""
    if not operation.is_versioned and "key" not in operation.places:
        return None
    return questions.publication(reader_context(), dataset)


def _arguments(
    operation: Operation, places: Mapping[str, str], table: Table | None
) -> dict[str, Any]:
    if operation.body:
        return read_body(operation, places, request.get_json(silent=True), tk._)
    pairs = list(request.args.items(multi=True))
    return read_address(operation, places, pairs, table, tk._)


def _address(changes: Mapping[str, Any]) -> str:
    """The address of this request, with other parameters."""
    pairs = [
        (name, value)
        for name, value in request.args.items(multi=True)
        if name not in changes
    ]
    pairs += [(name, value) for name, value in changes.items() if value is not None]
    is_default = request.environ["CKAN_LANG_IS_DEFAULT"]
    language = "" if is_default else f"/{request.environ['CKAN_LANG']}"
    site = tk.config["ckan.site_url"].rstrip("/")
    base = f"{site}{language}{quote(request.path)}"
    return f"{base}?{urlencode(pairs)}" if pairs else base


def _respond(body: Mapping[str, Any], current: Publication | None = None) -> Response:
    """An answer.

    :param current: the version on which alone it depends
    """
    text = simplejson.dumps(body, default=str, ensure_ascii=False, ignore_nan=True)
    content = text.encode()
    response = Response(content, content_type="application/json; charset=utf-8")
    etag = (
        _version_etag(current) if current else hashlib.sha256(content).hexdigest()[:32]
    )
    return _conditional(response, etag, current)


def _is_about(current: Publication, operation: Operation, arguments: Arguments) -> bool:
    """Whether an answer is about the version that is public now, and changes with it."""
    return (
        operation.is_versioned
        and "as_of" not in arguments
        and arguments.get("version", current.version) == current.version
    )


def _is_known(current: Publication) -> bool:
    """Whether the reader has the answer already."""
    return request.method in ("GET", "HEAD") and request.if_none_match.contains_weak(
        _version_etag(current)
    )


def _version_etag(current: Publication) -> str:
    """The name of all answers about a version that is public now, in one language."""
    return f"{current.version_id}.{tk.h.lang()}.{RELEASE}"


def _conditional(
    response: Response, etag: str, current: Publication | None
) -> Response:
    response.set_etag(etag, weak=True)
    if current:
        response.last_modified = datetime.fromisoformat(current.published)
    response.headers["Content-Language"] = tk.h.lang().replace("_", "-")
    response.vary.update(("Accept-Language", "Authorization"))
    if tk.current_user.is_authenticated:
        request.environ["__no_cache__"] = True
    response.make_conditional(request)
    return response
