"""Records of published tables: listed, shown, summed up."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context, DataDict

from ckanext.gpo.dataapi import listing, query, summing, version_files
from ckanext.gpo.dataapi.logic import record_schema as schema
from ckanext.gpo.dataapi.query import Field, QueryError, Selection, Value
from ckanext.gpo.dataapi.questions import (
    Question,
    ask,
    publication,
)


@tk.side_effect_free
@tk.validate_action_data(schema.record_list)
def gpo_dataapi_record_list(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """List records of a dataset's published table, a page at a time.

    :param dataset: name or id of the dataset
    :type dataset: str
    :param filters: which records, in the grammar of ``datastore_search``:
        ``{"year": 2026}``, ``{"year": [2025, 2026]}``, ``{"year": {"gte": 2020}}``,
        ``{"$or": [{…}, {…}]}``; comparisons are ``eq``, ``ne``, ``in``, ``gt``, ``gte``,
        ``lt``, ``lte``, for texts ``contains`` and ``starts``, and ``empty`` (true or
        false); null stands for no value
    :type filters: dict
    :param q: words that all stand somewhere in the texts of a record
    :type q: str
    :param sort: a field, with a minus for the highest first (default: the newest first
        where records have a day); of more than 100,000 rows only one of ``sortable``.
        Records without a value come last
    :type sort: str
    :param fields: which fields to tell (default: all)
    :type fields: list of strings
    :param limit: how many records, at most 1,000 (default: 100)
    :type limit: int
    :param after: ``next`` of the page before; with the ``version`` of its answer, the
        pages stay those of one version while newer ones are published
    :type after: str
    :param before: ``previous`` of the page after
    :type before: str
    :param count: how far records are counted: ``bounded`` (default) to 10,000, ``exact``
        to the last, ``none`` not at all
    :type count: str
    :param version: number of an earlier version that was public and was not taken back
        (default: the one that is public now)
    :type version: int
    :param as_of: a day, the end of which is meant, or a moment: the version that was
        public then
    :type as_of: str

    :returns: ``{dataset, version, published, fields, sortable, sort, records, total,
        total_is_exact, previous, next}``: ``version`` is a number; ``total`` says how many
        records there are, or if it is not exact, at least so many, and is None if they
        are not counted; ``next`` is None on the last page. A record is
        ``{field: value}``, a missing value None
    :raises NotFound: nothing is published of the dataset, there is no such version, or
        the reader may not see it
    :raises ValidationError: with ``code``, ``field`` and the parameter that is wrong; the
        codes are ``field-unknown``, ``value-unreadable``, ``operator-unknown``,
        ``operator-unfit``, ``filters-unreadable``, ``sort-too-slow``,
        ``cursor-unknown``, ``cursor-outdated`` and ``query-too-slow``
    """
    tk.check_access("gpo_dataapi_record_list", context, data_dict)
    current = publication(context, data_dict["dataset"])
    return listing.answer(context, current, data_dict)


@tk.side_effect_free
@tk.validate_action_data(schema.record_show)
def gpo_dataapi_record_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Show one record of a dataset, as it is published or as an earlier version had it.

    :param dataset: name or id of the dataset
    :type dataset: str
    :param key: the value of each field of the table's primary key
    :type key: dict
    :param version: number of an earlier version that was public and was not taken back
        (default: the one that is public now)
    :type version: int

    :returns: ``{dataset, version, published, current, key, record}``; ``current`` is the
        number of the version that is public now
    :raises NotFound: no such record, no such version, nothing is published of the
        dataset, or the reader may not see it
    :raises ValidationError: with the code ``key-unfit`` if it names other fields than the
        primary key does, ``value-unreadable`` if a value does not fit its field
    """
    tk.check_access("gpo_dataapi_record_show", context, data_dict)
    with ask(context, data_dict["dataset"]) as question:
        publication = question.publication
        key = _key(question, data_dict["key"])
        source = publication.source
        number = data_dict.get("version") or publication.version
        if number == publication.version:
            record = _current_record(question, key)
        else:
            file = _file(context, publication.dataset, number)
            record = version_files.record(file, {f.name: v for f, v in key.items()})
            source |= {"version": number, "published": file["published"]}
    if record is None:
        raise tk.ObjectNotFound(tk._("There is no record with this key"))
    return {
        **source,
        "current": publication.version,
        "key": {field.name: query.plain(value) for field, value in key.items()},
        "record": record,
    }


def _key(question: Question, raw: Any) -> dict[Field, Value]:
    names = question.publication.table.primary_key
    if not names or not isinstance(raw, dict) or set(raw) != set(names):
        message = tk._("The key of a record has these fields: {fields}")
        message = message.format(fields=", ".join(names) or "–")
        raise QueryError("key-unfit", message, "key")
    fields = query.select_fields(question.fields, names, "key", tk._)
    return {
        field: query.parse_value(field, raw[field.name], "key", tk._)
        for field in fields
    }


def _current_record(
    question: Question, key: dict[Field, Value]
) -> dict[str, Any] | None:
    publication, fields = question.publication, question.fields
    page = query.read_page(
        question.run,
        Selection(publication.resource_id, fields, query.same_values(key)),
        list(fields.values()),
        query.Order(),
        1,
        publication.version,
        tk._,
    )
    return page.records[0] if page.records else None


def _file(context: Context, dataset: str, number: int) -> dict[str, Any]:
    """The Parquet file of an earlier version."""
    return tk.get_action("gpo_quality_file_show")(
        tk.fresh_context(context),
        {"dataset": dataset, "format": "parquet", "number": number},
    )


@tk.side_effect_free
@tk.validate_action_data(schema.record_aggregate)
def gpo_dataapi_record_aggregate(
    context: Context, data_dict: DataDict
) -> dict[str, Any]:
    """Sum up records of a dataset's published table by groups.

    :param dataset: name or id of the dataset
    :type dataset: str
    :param group_by: at most three fields, by name or as ``{"field": …, "unit": …}``; of
        days and months the unit is ``year``, ``quarter``, ``month`` or ``day`` (default:
        one group of all records)
    :type group_by: list
    :param measures: what to tell of a group, as ``{"function": …, "field": …}``; functions
        are ``count`` (without a field: of records), ``sum``, ``avg``, ``min``, ``max`` and
        ``distinct`` (default: ``count``)
    :type measures: list of dicts
    :param filters: which records, as in ``gpo_dataapi_record_list``
    :type filters: dict
    :param q: words, as in ``gpo_dataapi_record_list``
    :type q: str
    :param having: which groups, in the grammar of ``filters``, over groupings and measures
        by their names: ``{"count": {"gte": 10}}``
    :type having: dict
    :param sort: a grouping or a measure by its name, as ``issue_date`` or
        ``sum(floor_area)``, with a minus for the highest first (default: by the groups)
    :type sort: str
    :param limit: how many groups, at most 1,000 (default: 100)
    :type limit: int

    :returns: ``{dataset, version, published, group_by, measures, groups, is_complete}``:
        ``group_by`` lists ``{field, unit}`` and ``measures`` ``{name, function, field}`` as
        they were understood; a group is ``{key, values}``, two lists in the order of
        these; ``is_complete`` says whether there are no more groups
    :raises NotFound: nothing is published of the dataset, or the reader may not see it
    :raises ValidationError: with ``code``, ``field`` and the parameter that is wrong; the
        codes are those of ``gpo_dataapi_record_list``, ``grouping-unreadable``,
        ``measure-unreadable`` and ``sort-unknown``
    """
    tk.check_access("gpo_dataapi_record_aggregate", context, data_dict)
    current = publication(context, data_dict["dataset"])
    answer = summing.sums(context, current, data_dict)
    return {**current.source, **answer}


@tk.side_effect_free
@tk.validate_action_data(schema.value_list)
def gpo_dataapi_value_list(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """List the different values of a field with their counts, the most frequent first.

    :param dataset: name or id of the dataset
    :type dataset: str
    :param field: which field
    :type field: str
    :param q: a part of a text that the values have, without regard to capitals
    :type q: str
    :param filters: of which records, as in ``gpo_dataapi_record_list``
    :type filters: dict
    :param limit: how many values, at most 1,000 (default: 100)
    :type limit: int

    :returns: ``{dataset, version, published, field, values, is_complete}``: a value is
        ``{value, count}``, ``count`` of records; a missing value is None;
        ``is_complete`` says whether there are no more values
    :raises NotFound: nothing is published of the dataset, or the reader may not see it
    :raises ValidationError: with ``code``, ``field`` and the parameter that is wrong; the
        codes are those of ``gpo_dataapi_record_list``
    """
    tk.check_access("gpo_dataapi_value_list", context, data_dict)
    current = publication(context, data_dict["dataset"])
    answer = summing.values(context, current, data_dict)
    return {**current.source, **answer}
