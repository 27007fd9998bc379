"""The pages of the catalogue: domains, disclosure items, datasets."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.rest.operations import BASE
from ckanext.gpo.common.web import by_state, paging
from ckanext.gpo.common.web.actions import call_action, reader_context
from ckanext.gpo.common.web.datasets import find_dataset
from ckanext.gpo.common.web.limited import limited

from .pages import dataset as dataset_page
from .pages import index as index_page
from .pages import metadata_files
from .pages.feed_views import feeds

__all__ = ["feeds", "gpo_catalogue"]

DATASETS = 50
"""Datasets on a page of a domain."""

gpo_catalogue = Blueprint("gpo_catalogue", __name__)


@gpo_catalogue.route("/catalogue")
def index() -> str:
    """All disclosure items, narrowed by `domain` and `state` of the query string."""
    return tk.render("gpo_catalogue/index.html", index_page.content(reader_context()))


@gpo_catalogue.route("/domain/<name>")
def domain(name: str) -> str:
    domain = call_action(
        "gpo_catalogue_domain_show", id=name, **paging.window(DATASETS)
    )
    page = paging.page(domain["datasets"], domain["dataset_count"], DATASETS)
    return tk.render(
        "gpo_catalogue/domain.html",
        {
            "domain": domain,
            "page": page,
            "latest": call_action("gpo_explore_dossier_list", domain=name),
        },
    )


@gpo_catalogue.route(f"{BASE}/catalogue.<any(xlsx, json):form>")
@gpo_catalogue.route("/catalogue.<any(xlsx, json):form>")
@limited
def metadata(form: str) -> Response:
    """The metadata of all that is public, as a file."""
    title = tk._("Catalogue of {site}").format(site=tk.config["ckan.site_title"])
    return by_state.answer(
        metadata_files.REVISION,
        lambda: metadata_files.answer(form, "catalogue", title),
    )


@gpo_catalogue.route(f"{BASE}/domains/<name>.<any(xlsx, json):form>")
@gpo_catalogue.route("/domain/<name>.<any(xlsx, json):form>")
@limited
def domain_metadata(name: str, form: str) -> Response:
    """The metadata of what is public of a domain, as a file."""
    domain = call_action("gpo_catalogue_domain_show", id=name, limit=1)
    title = tk._("Catalogue: {title}").format(
        title=tk.h.gpo_common_text(domain, "title")
    )
    return by_state.answer(
        metadata_files.REVISION,
        lambda: metadata_files.answer(form, domain["name"], title, domain["name"]),
    )


@gpo_catalogue.route("/group/")
def domains() -> Response:
    """CKAN's list of groups: here the groups are the nine domains, on the home page."""
    return tk.redirect_to("home.index", _anchor="domains")


@gpo_catalogue.route("/group/<id>")
def group(id: str) -> Response:
    return tk.redirect_to("gpo_catalogue.domain", name=id)


@gpo_catalogue.route("/dataset/<id>")
def dataset(id: str) -> str | Response:
    pkg = find_dataset(id)
    if pkg["type"] != "dataset":
        return tk.redirect_to(f"{pkg['type']}.read", id=pkg["name"])
    if id != pkg["name"]:
        return tk.redirect_to("gpo_catalogue.dataset", id=pkg["name"])
    return tk.render(
        "gpo_catalogue/dataset.html", dataset_page.content(reader_context(), pkg)
    )


@gpo_catalogue.route("/disclosure-item/<id>")
def item(id: str) -> str:
    item = call_action("gpo_catalogue_item_show", id=id)
    return tk.render("gpo_catalogue/item.html", {"item": item})
