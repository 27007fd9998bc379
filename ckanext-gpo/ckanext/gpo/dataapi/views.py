"""How to call the API, and downloads: the files of the published version, made once when
it was published."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, request

import ckan.plugins.toolkit as tk

from ckanext.gpo.common import problems
from ckanext.gpo.common.web import downloads
from ckanext.gpo.common.web.actions import reader_context
from ckanext.gpo.common.web.datasets import find_dataset
from ckanext.gpo.common.web.limited import limited

from . import usage
from .pages import dataset_api as dataset_api_page
from .pages import differences, exports
from .pages import explorer as explorer_page
from .pages import guide as guide_page
from .pages import problems as problems_page
from .pages.data_json import data_json_page
from .pages.keys import gpo_dataapi_keys
from .pages.site_map import site_map
from .pages.stock_api import stock_api
from .pages.webhooks import gpo_dataapi_webhooks
from .query import QueryError
from .rest import REFUSED, gpo_rest, refusal

gpo_dataapi = Blueprint("gpo_dataapi", __name__)

__all__ = [
    "data_json_page",
    "gpo_dataapi",
    "gpo_dataapi_keys",
    "gpo_dataapi_webhooks",
    "gpo_rest",
    "site_map",
    "stock_api",
]


@gpo_dataapi.route("/api-guide")
def guide() -> str:
    return tk.render("gpo_dataapi/guide.html", guide_page.content(reader_context()))


@gpo_dataapi.route("/dataset/<id>/api")
def dataset_api(id: str) -> str:
    """The API of one dataset: programs to copy, addresses, fields."""
    pkg = find_dataset(id)
    try:
        content = dataset_api_page.content(reader_context(), pkg)
    except tk.ObjectNotFound as err:
        return tk.abort(404, str(err.message or tk._("Nothing is published here.")))
    return tk.render("gpo_dataapi/dataset_api.html", content)


@gpo_dataapi.route(problems.CODES_PAGE)
def errors() -> str:
    return tk.render("gpo_dataapi/errors.html", problems_page.content())


@gpo_dataapi.route("/api-explorer")
def explorer() -> str:
    """The operations of the API to try, or with `dataset` those on its table."""
    try:
        content = explorer_page.content(
            reader_context(), request.args.get("dataset", "")
        )
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return tk.abort(404, tk._("There is nothing at this address."))
    return tk.render("gpo_dataapi/explorer.html", content)


_DOT: Final = bytes.fromhex(
    "47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b"
)
"""A picture of one transparent point."""


@gpo_dataapi.route("/dataset/<dataset>/view.gif")
def view(dataset: str) -> Response:
    """Count a view of a dataset's page, which shows this picture.

    The page itself may come from a cache that the site does not hear of.
    """
    try:
        tk.check_access("package_show", reader_context(), {"id": dataset})
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return tk.abort(404, tk._("There is nothing at this address."))
    usage.count_view(dataset)
    response = Response(_DOT, mimetype="image/gif")
    response.cache_control.no_store = True
    return response


@gpo_dataapi.route(downloads.ROUTE)
@limited
def download(dataset: str, filename: str) -> Response:
    """One file of a dataset: whole, in ranges, or not at all if it is known already.

    `version` names an earlier version that was public and was not taken back. The ETag is
    the file's SHA-256, the same that `package_show` tells. Beside the files of a version
    there is what describes its CSV to programs.
    """
    stem, _, kind = filename.partition(".")
    version = request.args.get("version", "")
    if stem != dataset or not kind or (version and not _is_number(version)):
        return tk.abort(404, tk._("File not found"))
    number = int(version) if version else None
    try:
        if kind == "csv-metadata.json":
            return exports.metadata(dataset, number)
        return exports.whole_file(dataset, kind, number)
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return _nothing(dataset)


@gpo_dataapi.route("/api/gpo/v1/datasets/<dataset>/export.<form>")
def export(dataset: str, form: str) -> Response:
    """Rows of a dataset, all or some, in a form."""
    try:
        return exports.answer(dataset, form, request.args.items(multi=True))
    except REFUSED as err:
        return refusal(err, dataset)


@gpo_dataapi.route("/api/gpo/v1/datasets/<dataset>/diff.<form>")
def diff(dataset: str, form: str) -> Response:
    """What changed between two public versions of a dataset, as a file."""
    try:
        return differences.answer(dataset, form, request.args.items(multi=True))
    except REFUSED as err:
        return refusal(err, dataset)


@gpo_dataapi.route("/datastore/dump/<resource_id>")
@limited
def dump(resource_id: str) -> Response:
    """In the place of CKAN's: the same rows from the file, and nothing in them runs."""
    try:
        return exports.dump(resource_id, request.args.to_dict())
    except QueryError as err:
        return tk.abort(400, err.message)
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return tk.abort(404, tk._("There is no table of this id"))


def _is_number(text: str) -> bool:
    return (
        text.isascii()
        and text.isdecimal()
        and len(text) < 10
        and not text.startswith("0")
    )


def _nothing(dataset: str) -> Response:
    """Not found, or gone (410) if the dataset was public once and was withdrawn."""
    try:
        withdrawal = tk.get_action("gpo_quality_withdrawal_show")(
            {}, {"dataset": dataset}
        )
    except tk.ObjectNotFound:
        return tk.abort(404, tk._("File not found"))
    message = tk._("This dataset was withdrawn: {reason}")
    return tk.abort(410, message.format(reason=withdrawal["reason"]))
