"""Words and filters of `datastore_search` on what is published, understood as our own are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context

from ckanext.datastore.backend import postgres as backend
from ckanext.datastore.interfaces import IDatastore
from ckanext.gpo.common.tables import Table, table

from . import query
from .logic import record_schema
from .query import Field, Fields, Pieces, QueryError
from .questions import refusal

_ROW: Final = "_id"
_WORDS: Final = ("q", "full_text")

Parameters = Mapping[str, Any]

Query = dict[str, Any]
"""What CKAN puts together: `select`, `ts_query`, `where`, `sort`, …"""


class DatastoreSearchPlugin(p.SingletonPlugin):
    """Words and filters of `datastore_search` on published tables."""

    p.implements(IDatastore, inherit=True)

    # IDatastore
    def datastore_search(
        self,
        context: Context,
        data_dict: dict[str, Any],
        fields_types: dict[str, str],
        query_dict: Query,
    ) -> Query:
        is_searched = any(data_dict.get(name) for name in ("filters", *_WORDS))
        published = _published_table(data_dict["resource_id"]) if is_searched else None
        if published is None:
            return query_dict
        fields = {
            **query.queried_fields(published, fields_types),
            _ROW: Field(_ROW, "integer"),
        }
        try:
            _filter(query_dict, data_dict, fields_types, fields)
            # else they are no words but PostgreSQL's own language for them
            if data_dict.get("plain", True):
                _search(query_dict, data_dict, fields_types, fields)
        except QueryError as err:
            raise refusal(err) from err
        return query_dict


def _published_table(resource_id: str) -> Table | None:
    """The table that is published as a resource; None if it is something else."""
    resource = model.Resource.get(resource_id)
    if resource is None:
        return None
    try:
        publication = tk.get_action("gpo_quality_publication_show")(
            Context(ignore_auth=True), {"dataset": resource.package_id}
        )
    except tk.ObjectNotFound:
        return None
    is_table = publication["resource"] == resource_id
    return table(publication["table_ref"]) if is_table else None


def _filter(
    query_dict: Query, data_dict: Parameters, types: dict[str, str], fields: Fields
) -> None:
    """Put the filters as ours in the place of CKAN's."""
    filters = data_dict.get("filters")
    if not filters:
        return
    condition = query.parse_filters(filters, fields, tk._)
    _replace_clauses(
        query_dict,
        backend._where_clauses({"filterops": data_dict["filterops"]}, types),
        [query.filters_sql(condition)],
    )


def _search(
    query_dict: Query, data_dict: Parameters, types: dict[str, str], fields: Fields
) -> None:
    """Put words as ours in the place of CKAN's, with their ranks.

    :raises QueryError: they are looked for in no field of the table
    """
    parameters = {name: data_dict.get(name) for name in (*_WORDS, "language")}
    words = _words(parameters)
    if not words:
        return
    query.select_fields(fields, [name for name in words if name], "q", tk._)
    clauses = backend._where_clauses(parameters, types)
    _replace_clauses(query_dict, clauses, _clauses(words, fields))
    tables, ranks = backend._textsearch_query(
        backend._fts_lang(parameters["language"]),
        parameters["q"],
        True,
        parameters["full_text"],
    )
    query_dict["ts_query"] = query_dict["ts_query"].replace(tables, "")
    for alias, statement in ranks.items():
        name = alias.removeprefix("rank").strip()
        searched = [fields[name]] if name else _texts(fields)
        prefix = f"rank_{name}" if name else "record_rank"
        rank = query.rank_sql(words[name], searched, prefix)
        _replace_rank(query_dict, data_dict, alias, statement, rank)
    if not data_dict.get("sort") and not data_dict.get("distinct"):
        query_dict["sort"].append(f"{backend.identifier(_ROW)} asc")


def _words(parameters: Parameters) -> dict[str, str]:
    """Field → the words that are looked for in it; without a name, in the whole record.

    :raises ValidationError: they are no texts, or too long
    """
    q, full_text = (parameters[name] for name in _WORDS)
    words = dict(q) if isinstance(q, dict) else {"": q} if q else {}
    if full_text:
        words[""] = f"{words.get('', '')} {full_text}"
    try:
        return {name: record_schema.text(text) for name, text in words.items()}
    except tk.Invalid as err:
        raise tk.ValidationError({"q" if q else "full_text": [err.error]}) from err


def _clauses(words: Parameters, fields: Fields) -> list[Pieces]:
    return [
        query.field_words_sql(text, fields[name])
        if name
        else query.record_words_sql(text, fields)
        for name, text in words.items()
    ]


def _texts(fields: Fields) -> list[Field]:
    return [field for field in fields.values() if field.is_text]


def _replace_clauses(query_dict: Query, stock: list[Any], ours: list[Pieces]) -> None:
    others = [clause for clause in query_dict["where"] if clause not in stock]
    query_dict["where"] = [*others, *ours]


def _replace_rank(
    query_dict: Query, data_dict: Parameters, alias: str, statement: str, rank: Pieces
) -> None:
    """Put a rank in the place of CKAN's, where it is told and where it sorts."""
    sql, values = rank
    # CKAN wants every statement to have every parameter, and this is true of any record
    query_dict["where"].append((f"({sql}) > 0", values))
    if data_dict.get("distinct") and not any(
        statement in s for s in query_dict["select"]
    ):
        # PostgreSQL sorts different rows only by what they are told with
        query_dict["sort"] = [s for s in query_dict["sort"] if statement not in s]
    is_list = data_dict["records_format"] == "lists"
    # CKAN joins lists as one text, in which nothing has a name
    name = f" as {backend.identifier(alias)}" if is_list else ""
    for part in ("select", "sort"):
        query_dict[part] = [
            item.removesuffix(name).replace(statement, f"({sql})")
            if statement in item
            else item
            for item in query_dict[part]
        ]
