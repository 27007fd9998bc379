"""Records along the foreign keys of the tables."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context, DataDict

from ckanext.gpo.dataapi import chains
from ckanext.gpo.dataapi.logic import record_schema as schema
from ckanext.gpo.dataapi.questions import ask_public


@tk.side_effect_free
@tk.validate_action_data(schema.chain_show)
def gpo_dataapi_chain_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Show a record with those that foreign keys relate to it, in all public tables.

    :param dataset: name or id of the dataset
    :type dataset: str
    :param key: the value of each field of the table's primary key
    :type key: dict
    :param depth: how many foreign keys away records are at most, from 0 to 5 (default: 2)
    :type depth: int
    :param limit: how many records, at most 1,000, the nearest first (default: 100)
    :type limit: int

    :returns: ``{dataset, version, published, nodes, links, is_complete}``: a node is
        ``{dataset, title, depth, key, record}``, the first of them the record itself and
        ``key`` None where a table has no primary key; a link is ``{source, target,
        fields}``: the node at the place ``source`` refers to the one at ``target`` by
        these of its fields; ``is_complete`` says whether there are no more within the
        depth
    :raises NotFound: no such record, nothing is published of the dataset, or the reader
        may not see it
    :raises ValidationError: as ``gpo_dataapi_record_show``
    """
    tk.check_access("gpo_dataapi_chain_show", context, data_dict)
    first = tk.get_action("gpo_dataapi_record_show")(
        tk.fresh_context(context),
        {"dataset": data_dict["dataset"], "key": data_dict["key"]},
    )
    start = chains.by_dataset()[first["dataset"]]
    depth = data_dict["depth"]
    with ask_public(chains.related_datasets(start, depth)) as questions:
        chain = chains.walk(
            questions,
            chains.Node(start, first["record"], 0),
            depth,
            data_dict["limit"],
            tk._,
        )
    return {
        **{name: first[name] for name in ("dataset", "version", "published")},
        "nodes": [_node(node) for node in chain.nodes],
        "links": [
            {"source": link.source, "target": link.target, "fields": list(link.fields)}
            for link in chain.links
        ],
        "is_complete": chain.is_complete,
    }


def _node(node: chains.Node) -> dict[str, Any]:
    names = node.table.primary_key
    return {
        "dataset": node.table.dataset_name,
        "title": node.table.title,
        "depth": node.depth,
        "key": {name: node.record.get(name) for name in names} or None,
        "record": node.record,
    }
