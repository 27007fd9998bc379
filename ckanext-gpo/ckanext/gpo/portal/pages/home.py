"""What the home page shows, gathered from the actions of the other rooms."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context

from ckanext.gpo.common.helpers import gpo_common_english
from ckanext.gpo.portal import config

EXAMPLES = 3
LATEST = 6
APPS = 4
CHAIN = "project"
"""The chain told on the home page, by its name in dataset_schemas/chains.yaml."""


def content(context: Context) -> dict[str, Any]:
    """The variables of `gpo_portal/home.html`; on a fresh site all of them may be empty."""
    domains = _ask(context, "gpo_catalogue_domain_list")
    return {
        "domains": domains,
        "summary": _ask(context, "gpo_quality_summary", limit=LATEST),
        "examples": _examples(context),
        "chain": _chain(context),
        "apps": _ask(context, "gpo_apps_app_list", limit=APPS)["results"],
        "totals": {
            "datasets": sum(domain["dataset_count"] for domain in domains),
            "items": sum(domain["item_count"] for domain in domains),
        },
    }


def _ask(context: Context, action: str, **data_dict: Any) -> Any:
    return tk.get_action(action)(tk.fresh_context(context), data_dict)


def _examples(context: Context) -> list[dict[str, Any]]:
    """The first configured words that find something, each with how much."""
    examples: list[dict[str, Any]] = []
    for word in config.examples(gpo_common_english()):
        if len(examples) == EXAMPLES:
            break
        answer = _ask(
            context, "package_search", q=word, fq="dataset_type:dataset", rows=0
        )
        if answer["count"]:
            examples.append({"word": word, "count": answer["count"]})
    return examples


def _chain(context: Context) -> dict[str, Any] | None:
    """One real way through the chain: the key of a row that got as far as possible."""
    chains = _ask(context, "gpo_catalogue_chain_list")
    chain = next((chain for chain in chains if chain["name"] == CHAIN), None)
    if chain is None:
        return None
    stations = [
        (station["dataset"], station["version"]) for station in chain["stations"]
    ]
    return _walk(tuple(stations), chain["key"])


@lru_cache(maxsize=2)
def _walk(
    stations: tuple[tuple[str, str | None], ...], key_name: str
) -> dict[str, Any] | None:
    """The chain with its rows, read as the public does, and kept until one changes.

    :param stations: the dataset of each and its published version, whose rows never
        change
    """
    key = _furthest_key(stations, key_name)
    if not key:
        return None
    return _ask({"user": ""}, "gpo_catalogue_chain_show", id=CHAIN, key=key)


def _furthest_key(
    stations: tuple[tuple[str, str | None], ...], key_name: str
) -> str | None:
    for dataset, version in reversed(stations):
        if version is None:
            continue
        pkg = _ask({"user": ""}, "package_show", id=dataset)
        rows = _ask(
            {"user": ""},
            "datastore_search",
            resource_id=pkg["resources"][0]["id"],
            fields=[key_name],
            limit=1,
        )["records"]
        if rows:
            return rows[0][key_name]
    return None
