"""The catalogue and its datasets as RDF at the addresses of their pages."""

from __future__ import annotations

from typing import Any, Final

from werkzeug.wrappers import Response

import ckan.plugins.toolkit as tk

from ckanext.dcat.utils import read_dataset_page
from ckanext.gpo.common.web.rdf import RDF_TYPES, rdf_ending

DATASET: Final = "/dataset/<id>"
CATALOGUE: Final = frozenset({"/", "/dataset/"})


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


def announce(response: Response) -> Response:
    """Say in the header of a page where the same is as RDF."""
    if response.status_code != 200 or response.mimetype != "text/html":
        return response
    if _dataset() or _is_catalogue():
        response.vary.add("Accept")
        for media_type, ending in RDF_TYPES.items():
            link = f'<{_address(ending)}>; rel="alternate"; type="{media_type}"'
            response.headers.add("Link", link)
    return response


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
