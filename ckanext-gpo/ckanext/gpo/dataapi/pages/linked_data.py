"""The catalogue and its datasets as RDF at the addresses of their pages."""

from __future__ import annotations

import hashlib
from datetime import timezone
from typing import Any, Final

from flask import request
from werkzeug.wrappers import Response

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.dcat.utils import read_dataset_page
from ckanext.gpo.common.web import by_state
from ckanext.gpo.common.web.rdf import RDF_TYPES, rdf_ending

DATASET: Final = "/dataset/<id>"
CATALOGUE: Final = frozenset({"/", "/dataset/"})
CATALOGUE_RDF: Final = "dcat.read_catalog"

REVISION: Final = "1"
"""Of how RDF is written: another one makes what readers keep out of date."""

_STANDING: Final = "gpo.dataapi.standing"


def negotiate() -> Response | None:
    """Answer with RDF who asks for it in the place of a page; None: with the page.

    The catalogue has pages of its own there, so its readers are sent to the first.
    """
    ending = rdf_ending(tk.request.headers.get("Accept", ""))
    if not (ending and (_dataset() or _is_catalogue())):
        return None
    if id_ := _dataset():
        response: Any = read_dataset_page(id_, ending)
        response.headers["Content-Location"] = _address(ending)
    else:
        response = tk.redirect_to(_address(ending, q=tk.request.args.get("q") or None))
        response.status_code = 303
    response.vary.add("Accept")
    return response


def find_known() -> Response | None:
    """Tell who has the RDF of the catalogue so, before it is made; None to who has not."""
    if tk.request.endpoint != CATALOGUE_RDF:
        return None
    standing = by_state.Standing.read(REVISION)
    tk.request.environ[_STANDING] = standing
    return standing.recognize()


def announce(response: Response) -> Response:
    """Say in the header of a page where the same is as RDF, and name RDF as it stands."""
    if response.status_code != 200:
        return response
    if response.mimetype in RDF_TYPES:
        return _name(response)
    if response.mimetype != "text/html":
        return response
    if _dataset() or _is_catalogue():
        response.vary.add("Accept")
        for media_type, ending in RDF_TYPES.items():
            link = f'<{_address(ending)}>; rel="alternate"; type="{media_type}"'
            response.headers.add("Link", link)
    return response


def _name(response: Response) -> Response:
    """Say in an answer in RDF what names it, and which page tells the same."""
    if standing := tk.request.environ.get(_STANDING):
        return standing.finish(response)
    arguments = tk.request.view_args or {}
    id_ = arguments.get("_id") or _dataset()
    if not id_:
        return response
    page = tk.url_for("dataset.read", id=id_, locale="default", qualified=True)
    response.headers.add("Link", f'<{page}>; rel="alternate"; type="text/html"')
    if package := model.Package.get(id_):
        _date(response, package)
    return response


def _date(response: Response, package: model.Package) -> None:
    """Say when a dataset was changed, and name its RDF by that: its blank nodes are called
    otherwise each time."""
    department = model.Group.get(package.owner_org)
    parts = (
        REVISION,
        package.metadata_modified.isoformat(),
        department.title or "" if department else "",
        request.full_path,
        response.mimetype or "",
    )
    tag = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    response.last_modified = package.metadata_modified.replace(tzinfo=timezone.utc)
    response.set_etag(tag, weak=True)
    response.make_conditional(request)


def _dataset() -> str:
    """Name or id of the dataset whose page this is; empty if it is another page."""
    return (tk.request.view_args or {})["id"] if _rule() == DATASET else ""


def _is_catalogue() -> bool:
    """Whether this is a page of all datasets."""
    return _rule() in CATALOGUE


def _rule() -> str:
    return tk.request.url_rule.rule if tk.request.url_rule else ""


def _address(ending: str, **query: str | None) -> str:
    """Where the RDF of the page is, the same in every language."""
    options: dict[str, Any] = {"_format": ending, "qualified": True, **query}
    if id_ := _dataset():
        return tk.url_for("dcat.read_dataset", _id=id_, locale="default", **options)
    return tk.url_for("dcat.read_catalog", locale="default", **options)
