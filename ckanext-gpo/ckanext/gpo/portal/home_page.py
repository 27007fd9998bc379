"""What the home page shows, gathered from the actions of the other rooms."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context

from . import config, helpers

EXAMPLES = 3
LATEST = 6
CHAIN = "project"
"""The chain told on the home page, by its name in dataset_schemas/chains.yaml."""


def content(context: Context) -> dict[str, Any]:
    """The variables of `gpo_portal/home.html`; on a fresh site all of them may be empty."""
    domains = _ask(context, "gpo_catalogue_domain_list")
    return {
        "domains": domains,
        "summary": _ask(context, "gpo_quality_summary", limit=LATEST),
        "examples": _examples(context),
        "chain": _chain(context, domains),
        "totals": {
            "datasets": sum(domain["dataset_count"] for domain in domains),
            "items": sum(domain["item_count"] for domain in domains),
        },
    }


def _ask(context: Context, action: str, **data_dict: Any) -> Any:
    return tk.get_action(action)(tk.fresh_context(context), data_dict)


def _examples(context: Context) -> list[dict[str, Any]]:
    """The first configured words that find something, each with how much."""
    found: list[dict[str, Any]] = []
    for word in config.examples(helpers.gpo_portal_english()):
        if len(found) == EXAMPLES:
            break
        answer = _ask(
            context, "package_search", q=word, fq="dataset_type:dataset", rows=0
        )
        if answer["count"]:
            found.append({"word": word, "count": answer["count"]})
    return found


def _chain(context: Context, domains: list[dict[str, Any]]) -> dict[str, Any] | None:
    """One real way through the chain: the key of a row that got as far as possible."""
    for domain in domains:
        shown = _ask(context, "gpo_catalogue_domain_show", id=domain["name"])
        for chain in shown["chains"]:
            if chain["name"] == CHAIN:
                key = _furthest_key(context, chain)
                return key and _ask(
                    context, "gpo_catalogue_chain_show", id=CHAIN, key=key
                )
    return None


def _furthest_key(context: Context, chain: dict[str, Any]) -> str | None:
    for station in reversed(chain["stations"]):
        if not station["published"]:
            continue
        pkg = _ask(context, "package_show", id=station["dataset"])
        rows = _ask(
            context,
            "datastore_search",
            resource_id=pkg["resources"][0]["id"],
            fields=[chain["key"]],
            limit=1,
        )["records"]
        if rows:
            return rows[0][chain["key"]]
    return None
