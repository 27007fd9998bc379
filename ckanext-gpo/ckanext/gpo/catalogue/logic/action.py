"""Actions of the catalogue."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Action, Context, DataDict

from ckanext.gpo.catalogue import (
    domain,
    intranet,
    lookup,
    reference,
    seed,
    state,
    visibility,
)
from ckanext.gpo.common.errors import UnknownTable
from ckanext.gpo.common.tables import table

from . import schema

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
    groups = tk.get_action("group_list")(
        tk.fresh_context(context),
        {"type": "group", "all_fields": True, "include_extras": True},
    )
    published = lookup.published(context)
    item_counts = lookup.item_counts(context)
    found = [
        domain.figures(
            group,
            [p for p in published if _is_in(p.dataset, group["name"])],
            item_counts.get(group["name"], 0),
            _today(),
        )
        for group in groups
    ]
    return sorted(found, key=lambda d: (d["order"], d["name"]))


@tk.side_effect_free
@tk.validate_action_data(schema.domain_show)
def gpo_catalogue_domain_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Show a domain with its items, datasets, chains and counts.

    :param id: name or id of the domain
    :type id: string

    :returns: what `gpo_catalogue_domain_list` tells of it, with `items` (columns of the
        standard catalogue, `channels`, `state` pending, published or overdue, and
        `datasets`, the names of the public ones that fulfil it), `datasets` (the public
        ones with `published`, `due` and `overdue`), `chains` (those with a station here;
        each station tells whether its table is `published`) and `counts`
        (`{datasets, published, items, items_published, rows}`)
    :raises NotFound: no such domain
    """
    tk.check_access("gpo_catalogue_domain_show", context, data_dict)
    group = tk.get_action("group_show")(
        tk.fresh_context(context),
        {"id": data_dict["id"], "include_dataset_count": False},
    )
    name, today = group["name"], _today()
    public = {p.name: p for p in lookup.published(context)}
    here = [p for p in public.values() if _is_in(p.dataset, name)]
    items = domain.item_rows(lookup.items(context, name), public, today)
    return {
        **domain.figures(group, here, len(items), today),
        "items": items,
        "datasets": [domain.dataset_row(p, today) for p in here],
        "chains": [
            domain.chain_view(chain, public) for chain in reference.chains_through(name)
        ],
        "counts": domain.counts(name, here, items),
    }


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
    names = " OR ".join(
        f'"{table(s["table"]).dataset_name}"' for s in chain["stations"]
    )
    public = {p.name: p for p in lookup.published(context, f"+name:({names})")}
    view = domain.chain_view(chain, public)
    for station in view["stations"]:
        found = public.get(station["dataset"])
        records, total = (
            lookup.rows(
                context,
                found.resource_id,
                filters={chain["key"]: data_dict["key"]},
                sort=station["date_field"],
                limit=CHAIN_ROWS,
            )
            if found and found.resource_id
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


@tk.validate_action_data(schema.dataset_ensure)
def gpo_catalogue_dataset_ensure(
    context: Context, data_dict: DataDict
) -> dict[str, Any]:
    """Make a table's dataset record, or bring it up to date with its Data Package.

    A new record is private, with the table as its one resource. What the gate wrote
    (visibility, downloads, rows) stays.

    :param table_ref: the table, `<domain>/<table>`
    :type table_ref: string

    :returns: `{id, name, change}`; `change` is created, updated or unchanged
    :raises NotFound: no Data Package describes the table
    """
    tk.check_access("gpo_catalogue_dataset_ensure", context, data_dict)
    try:
        of = table(data_dict["table_ref"])
    except UnknownTable as err:
        raise tk.ObjectNotFound(tk._("Table not found")) from err
    return seed.ensure_dataset(context, of)


# ---- CKAN's own actions that hand out or keep a dataset's fields past package_show ----


@tk.chained_action
def activity_create(
    original_action: Action, context: Context, data_dict: DataDict
) -> Any:
    """Keep the intranet's fields out of the activity stream, which everybody reads."""
    kept = data_dict.get("data")
    if isinstance(kept, dict) and isinstance(kept.get("package"), dict):
        intranet.remove(kept["package"])
    return original_action(context, data_dict)


@tk.chained_action
@tk.side_effect_free
def dataset_followee_list(
    original_action: Action, context: Context, data_dict: DataDict
) -> Any:
    """Followed datasets come straight from the database; show them as anywhere else."""
    reader = tk.fresh_context(context)
    datasets = original_action(context, data_dict)
    for dataset in datasets:
        visibility.for_reader(reader, dataset)
    return datasets


@tk.chained_action
@tk.side_effect_free
def followee_list(
    original_action: Action, context: Context, data_dict: DataDict
) -> Any:
    """The same datasets among everything that a user follows."""
    reader = tk.fresh_context(context)  # core's action sets ignore_auth in the other
    followed = original_action(context, data_dict)
    for entry in followed:
        if entry["type"] == "dataset":
            visibility.for_reader(reader, entry["dict"])
    return followed


def _today() -> date:
    return datetime.now(state.HERE).date()


def _is_in(dataset: dict[str, Any], group: str) -> bool:
    return any(g["name"] == group for g in dataset.get("groups", []))
