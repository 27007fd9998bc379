"""The part of CKAN's API that a stock CKAN's harvester calls, as a stock CKAN answers.

A source of the type “CKAN” with the address `<site>/federation` takes all datasets, with
every public field of 1272号 as an extra.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, jsonify
from werkzeug.wrappers import Response

import ckan.plugins.toolkit as tk
from ckan.lib.search import SearchError

from ckanext.gpo.common.web.actions import reader_context
from ckanext.gpo.common.web.limited import limited
from ckanext.gpo.dataapi.federation import (
    DATASETS_ALONE,
    changed_since,
    read_dataset,
    stock_group,
    stock_package,
    withdrawals,
)

stock_api = Blueprint(
    "gpo_dataapi_stock", __name__, url_prefix="/federation/api/3/action"
)


@stock_api.route("/package_search")
@limited
def package_search() -> Response:
    return _answer(_search)


@stock_api.route("/package_show")
@limited
def package_show() -> Response:
    return _answer(lambda: _package(_show("package_show")))


@stock_api.route("/organization_show")
@limited
def organization_show() -> Response:
    return _answer(lambda: stock_group(_show("organization_show")))


@stock_api.route("/group_show")
@limited
def group_show() -> Response:
    return _answer(lambda: stock_group(_show("group_show")))


def _search() -> dict[str, Any]:
    arguments = tk.request.args
    query = arguments.get("fq", "")
    answer = tk.get_action("package_search")(
        reader_context(),
        {
            "q": arguments.get("q") or "*:*",
            "fq": f"({query}) AND {DATASETS_ALONE}" if query else DATASETS_ALONE,
            "sort": arguments.get("sort") or "id asc",
            "start": arguments.get("start") or 0,
            "rows": arguments.get("rows") or 10,
        },
    )
    packages = list(map(_package, answer["results"]))
    since = changed_since(query)
    # with the first page: a harvester asks for the next until one is empty
    is_first = arguments.get("start") in (None, "", "0")
    deleted = [*withdrawals(since)] if since and is_first else []
    return {"count": answer["count"] + len(deleted), "results": [*packages, *deleted]}


def _show(action: str) -> dict[str, Any]:
    id_ = tk.request.args.get("id", "")
    return tk.get_action(action)(reader_context(), {"id": id_})


def _package(pkg: dict[str, Any]) -> dict[str, Any]:
    if pkg["type"] != "dataset":
        raise tk.ObjectNotFound
    schema = tk.h.scheming_get_dataset_schema("dataset")
    fields = [
        field["field_name"]
        for field in schema["dataset_fields"]
        if not field.get("intranet_only")
    ]
    page = tk.url_for("dataset.read", id=pkg["name"], qualified=True, locale="default")
    return stock_package(pkg, read_dataset(pkg), fields, page)


def _answer(read: Callable[[], dict[str, Any]]) -> Response:
    """What is read, or why it is not, as CKAN's API says it."""
    try:
        return jsonify(success=True, result=read())
    except (tk.ObjectNotFound, tk.NotAuthorized):
        fault = {"__type": "Not Found Error", "message": tk._("Dataset not found")}
        status = 404
    except tk.ValidationError as error:
        fault = {"__type": "Validation Error", **error.error_dict}
        status = 409
    except SearchError:
        message = tk._("The search could not be answered.")
        fault = {"__type": "Search Error", "message": message}
        status = 409
    response = jsonify(success=False, error=fault)
    response.status_code = status
    return response
