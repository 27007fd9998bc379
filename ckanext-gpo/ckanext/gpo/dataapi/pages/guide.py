"""The page about the API: real calls on what is really published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context

from ckanext.gpo.common.web import feeds, navigation
from ckanext.gpo.common.web.calls import Call, action_call, examples
from ckanext.gpo.dataapi import config, questions
from ckanext.gpo.dataapi.questions import Publication

from . import first_calls


@dataclass(frozen=True)
class Source:
    """An address from which another site takes the whole catalogue, or is told of news.

    :param address: what is given to the other site
    :param url: what is opened to see it
    """

    label: str
    address: str
    url: str


def content(context: Context) -> dict[str, Any]:
    """The variables of `gpo_dataapi/guide.html`.

    The calls are about the dataset published last; without any, only those that need no
    dataset are shown.
    """
    publication = _latest(context)
    return {
        "site_url": _site(),
        "publication": publication,
        "steps": [*first_calls.steps(context, publication)] if publication else [],
        "actions": [*_actions(publication)],
        "sources": [*_sources()],
        "feeds": [*_feeds()],
        "limits": {
            name: {"quota": limit.amount, "window": limit.get_expiry()}
            for name, limit in (
                ("address", config.address_limit()),
                ("account", config.account_limit()),
            )
        },
        "exports": config.exports_of_client(),
    }


def _site() -> str:
    return tk.config["ckan.site_url"].rstrip("/")


def _latest(context: Context) -> Publication | None:
    answer = tk.get_action("gpo_quality_publication_list")({"user": ""}, {"limit": 1})
    for latest in answer["results"]:
        return questions.publication(context, latest["dataset"])
    return None


def _actions(publication: Publication | None) -> Iterator[tuple[str, Call]]:
    """The same by CKAN's own action API."""
    site = _site()
    for example in examples():
        yield example.title, action_call(site, example.action, {})
    words = publication.table.title if publication else "*:*"
    search = {"q": words, "rows": 3}
    yield tk._("Find datasets"), action_call(site, "package_search", search)
    if publication:
        dataset, table = publication.dataset, publication.resource_id
        yield (
            tk._("One dataset with its metadata and downloads"),
            action_call(site, "package_show", {"id": dataset}),
        )
        yield (
            tk._("Rows of its table"),
            action_call(site, "datastore_search", {"resource_id": table, "limit": 5}),
        )


def _sources() -> Iterator[Source]:
    site = _site()
    stock = f"{site}/federation"
    yield Source(
        tk._("Source of the type CKAN, for ckanext-harvest of a stock CKAN"),
        stock,
        f"{stock}/api/3/action/package_search?rows=1",
    )
    for label, path in (
        (tk._("DCAT-AP 3 as Turtle, for harvesters of RDF"), "catalog.ttl"),
        (tk._("DCAT-AP 3 as JSON-LD"), "catalog.jsonld"),
        (tk._("DCAT-US, for harvesters of data.json"), "data.json"),
        (tk._("Metadata of everything public, as a workbook"), "catalogue.xlsx"),
        (tk._("Metadata of everything public, as JSON"), "catalogue.json"),
        (tk._("Map of the site"), "sitemap.xml"),
    ):
        yield Source(label, f"{site}/{path}", f"{site}/{path}")


def _feeds() -> Iterator[Source]:
    """What feed readers are told of on every page."""
    for entry in navigation.entries(navigation.Menu.FEEDS):
        address = tk.h.url_for(entry.endpoint, qualified=True, **entry.arguments)
        form = feeds.NAMES[feeds.form_of_address(address)]
        yield Source(f"{entry.label} ({form})", address, address)
