"""What must be disclosed and what was: domains, items, chains."""

from __future__ import annotations

from collections import Counter
from operator import itemgetter
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context, DataDict

from ckanext.gpo.catalogue import domain, lookup, model, reference
from ckanext.gpo.catalogue.logic import schema
from ckanext.gpo.catalogue.publication import Publication
from ckanext.gpo.common import clock

CHAIN_ROWS = 100
"""Rows of one station that `gpo_catalogue_chain_show` answers at most."""


@tk.side_effect_free
def gpo_catalogue_domain_list(
    context: Context, data_dict: DataDict
) -> list[dict[str, Any]]:
    """List the domains of disclosure in their order.

    :returns: for each domain `name`, `title`, `title_en`, `catalogue_title`,
        `description`, `description_en`, `order`, `dataset_count` (public datasets),
        `item_count` (disclosure items), `latest` (`{name, title, title_en, published}` or
        null) and `year` (`[{month, published}]`, the last twelve months)
    :rtype: list of dictionaries
    """
    tk.check_access("gpo_catalogue_domain_list", context, data_dict)
    totals = lookup.totals(context)
    latest = model.public_datasets([counted["latest"] for counted in totals.values()])
    item_counts = Counter(item["domain"] for item in model.public_items())
    domains = []
    for group in model.domains():
        counted = totals.get(group["name"], domain.NOTHING)
        domains.append(
            domain.figures(
                group,
                counted,
                latest.get(counted["latest"]),
                item_counts[group["name"]],
                clock.today(),
            )
        )
    return sorted(domains, key=lambda d: (d["order"], d["name"]))


@tk.side_effect_free
@tk.validate_action_data(schema.domain_show)
def gpo_catalogue_domain_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Show a domain with its items, datasets, chains and counts.

    :param id: name or id of the domain
    :type id: string
    :param limit: how many of its datasets, at most 1,000 (default: 100)
    :type limit: int
    :param offset: how many of its datasets to leave out (default: 0)
    :type offset: int

    :returns: what `gpo_catalogue_domain_list` tells of it, with `items` (columns of the
        standard catalogue, `channels`, `state` pending, published or overdue, and
        `datasets`, the names of the public ones that fulfil it), `item_datasets` (those
        datasets), `datasets` (the public ones with `published`, `due` and `overdue`, the
        latest first; `dataset_count` tells all), `chains` (those with a station here;
        each station tells whether its table is `published`) and `counts`
        (`{datasets, published, items, items_published, rows}`)
    :raises NotFound: no such domain
    """
    tk.check_access("gpo_catalogue_domain_show", context, data_dict)
    group = tk.get_action("group_show")(
        tk.fresh_context(context), {"id": data_dict["id"], **lookup.GROUP_ALONE}
    )
    name, today = group["name"], clock.today()
    public = lookup.publications_by_dataset(context)
    page, _ = lookup.publications(
        context, domain=name, limit=data_dict["limit"], offset=data_dict["offset"]
    )
    totals = lookup.totals(context).get(name, domain.NOTHING)
    latest = model.public_datasets([totals["latest"]]).get(totals["latest"])
    entries = sorted(
        (item for item in model.public_items() if item["domain"] == name),
        key=itemgetter("seq"),
    )
    rows = _item_rows(context, entries, public)
    return {
        **domain.figures(group, totals, latest, len(entries), today),
        "items": rows,
        "item_datasets": _item_datasets(rows, public),
        "datasets": [domain.dataset_row(p, today) for p in page],
        "chains": [
            domain.chain_view(chain, public) for chain in reference.chains_through(name)
        ],
        "counts": domain.counts(name, totals, public, [row["state"] for row in rows]),
    }


@tk.side_effect_free
@tk.validate_action_data(schema.item_list)
def gpo_catalogue_item_list(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """List disclosure items of all domains, in the order of the catalogue.

    :param domain: only those of this domain
    :type domain: string
    :param state: only those that are `pending`, `published` or `overdue`
    :type state: string
    :param limit: how many, at most 1,000 (default: 100)
    :type limit: int
    :param offset: how many to leave out (default: 0)
    :type offset: int

    :returns: `{count, results, item_datasets, domains}`: `count` tells all that fit;
        `results` and `item_datasets` are as in `gpo_catalogue_domain_show`, each item with
        its `domain`; `domains` tells `{items, items_published}` of each, whatever fits
    """
    tk.check_access("gpo_catalogue_item_list", context, data_dict)
    public, today = lookup.publications_by_dataset(context), clock.today()
    order = {group["name"]: int(group.get("order") or 0) for group in model.domains()}
    entries = sorted(
        (item for item in model.public_items() if item["domain"] in order),
        key=lambda item: (order[item["domain"]], item["domain"], item["seq"]),
    )
    for item in entries:
        item["state"] = domain.item_state(item["table_refs"], public, today)
    fitting = [
        item
        for item in entries
        if data_dict.get("domain") in (None, "", item["domain"])
        and data_dict.get("state") in (None, "", item["state"])
    ]
    start = data_dict["offset"]
    rows = _item_rows(context, fitting[start : start + data_dict["limit"]], public)
    return {
        "count": len(fitting),
        "results": rows,
        "item_datasets": _item_datasets(rows, public),
        "domains": domain.item_counts(entries),
    }


@tk.side_effect_free
@tk.validate_action_data(schema.item_show)
def gpo_catalogue_item_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Show one disclosure item.

    :param id: name or id of the item
    :type id: string

    :returns: the item as in `gpo_catalogue_item_list`, with `item_datasets`, the public
        datasets that fulfil it
    :raises NotFound: no such item, or it belongs to no domain
    """
    tk.check_access("gpo_catalogue_item_show", context, data_dict)
    stored = tk.get_action("package_show")(
        tk.fresh_context(context), {"id": data_dict["id"]}
    )
    if stored["type"] != "disclosure-item" or not stored["groups"]:
        raise tk.ObjectNotFound(tk._("There is nothing at this address."))
    public = lookup.publications_by_dataset(context)
    row = domain.item_row(stored, public, clock.today())
    return {
        **row,
        "domain": stored["groups"][0]["name"],
        "item_datasets": _item_datasets([row], public),
    }


@tk.side_effect_free
def gpo_catalogue_chain_list(
    context: Context, data_dict: DataDict
) -> list[dict[str, Any]]:
    """List the data chains.

    :returns: the chains as in `gpo_catalogue_domain_show`
    :rtype: list of dictionaries
    """
    tk.check_access("gpo_catalogue_chain_list", context, data_dict)
    public = lookup.publications_by_dataset(context)
    return [domain.chain_view(chain, public) for chain in reference.chains()]


@tk.side_effect_free
@tk.validate_action_data(schema.chain_show)
def gpo_catalogue_chain_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Walk a data chain with one key, e.g. one project code from approval to completion.

    :param id: name of the chain
    :type id: string
    :param key: value of the chain's key
    :type key: string

    :returns: the chain as in `gpo_catalogue_domain_show`, with `value` and, for each
        station, the `records` that carry the key (100 at most, by date), their `total`,
        and `number` and `date` of the first of them
    :raises NotFound: no such chain
    """
    tk.check_access("gpo_catalogue_chain_show", context, data_dict)
    chain = reference.chain(data_dict["id"])
    if chain is None:
        raise tk.ObjectNotFound(tk._("Data chain not found"))
    public = lookup.publications_by_dataset(context)
    view = domain.chain_view(chain, public)
    for station in view["stations"]:
        dataset = public.get(station["dataset"])
        records, total = (
            lookup.rows(
                context,
                dataset.resource_id,
                filters={chain["key"]: data_dict["key"]},
                sort=station["date_field"],
                limit=CHAIN_ROWS,
            )
            if dataset and dataset.resource_id
            else ([], 0)
        )
        first = records[0] if records else {}
        station |= {
            "records": records,
            "total": total,
            "number": first.get(station["number_field"]),
            "date": first.get(station["date_field"]),
        }
    return view | {"value": data_dict["key"]}


def _item_rows(
    context: Context, entries: list[dict[str, Any]], public: dict[str, Publication]
) -> list[dict[str, Any]]:
    """The rows of these entries of `model.public_items`."""
    stored = lookup.items(context, [entry["name"] for entry in entries])
    today = clock.today()
    return [
        {
            **domain.item_row(stored[entry["name"]], public, today),
            "domain": entry["domain"],
        }
        for entry in entries
        if entry["name"] in stored
    ]


def _item_datasets(
    rows: list[dict[str, Any]], public: dict[str, Publication]
) -> list[dict[str, Any]]:
    names = dict.fromkeys(name for row in rows for name in row["datasets"])
    return [domain.dataset_row(public[name], clock.today()) for name in names]
