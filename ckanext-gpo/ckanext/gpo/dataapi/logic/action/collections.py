"""Records of many public tables at once."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context, DataDict

from ckanext.gpo.dataapi import query
from ckanext.gpo.dataapi.logic import record_schema as schema
from ckanext.gpo.dataapi.query import QueryError
from ckanext.gpo.dataapi.questions import Question, ask_public


@tk.side_effect_free
@tk.validate_action_data(schema.record_collect)
def gpo_dataapi_record_collect(
    context: Context, data_dict: DataDict
) -> list[dict[str, Any] | None]:
    """Collect records of several published tables, as all that bear one code.

    Only what is public is told, whoever asks.

    :param questions: at most 100, ``[{dataset, filters}]``: the name of a dataset, and
        which records, as in ``gpo_dataapi_record_list``
    :type questions: list of dicts
    :param limit: how many records of each, at most 100, the newest first where records
        have a day (default: 10)
    :type limit: int

    :returns: an answer for each question, in their order: ``{dataset, version, published,
        records, total, total_is_exact}`` as in ``gpo_dataapi_record_list``; None where
        nothing is public, or the rows are of a time when they had other fields
    :raises ValidationError: as in ``gpo_dataapi_record_list``
    """
    tk.check_access("gpo_dataapi_record_collect", context, data_dict)
    questions, limit = data_dict["questions"], data_dict["limit"]
    with ask_public([each["dataset"] for each in questions]) as by_dataset:
        return [
            _answer(by_dataset.get(each["dataset"]), each.get("filters"), limit)
            for each in questions
        ]


def _answer(
    question: Question | None, filters: Any, limit: int
) -> dict[str, Any] | None:
    if question is None:
        return None
    try:
        selection = question.selection(filters)
    except QueryError as err:
        if err.code == "field-unknown":
            return None
        raise
    publication, run, fields = question.publication, question.run, question.fields
    order = query.default_order(publication.table, fields)
    page = query.read_page(
        run, selection, list(fields.values()), order, limit, publication.version, tk._
    )
    total = query.total(run, selection, publication.row_count, page, is_first=True)
    return {
        **publication.source,
        "records": page.records,
        "total": total.count,
        "total_is_exact": total.is_exact,
    }
