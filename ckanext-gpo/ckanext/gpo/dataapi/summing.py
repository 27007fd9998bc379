"""Rows summed up by groups, from a version's file or else from PostgreSQL, kept in Redis."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

import ckan.plugins.toolkit as tk
from ckan.types import Context

from . import answers, query
from .query import Every, Grouping, Selection, Summary, Unserved
from .questions import FileQuestion, Publication, Question, ask_file, ask_rows

Parameters = Mapping[str, Any]
Plan = Callable[[Question | FileQuestion], tuple[Selection, Summary]]
"""Reads what is asked against the fields that there are."""
Groups = tuple[list[query.Group], bool]

_SUMS: Final = ("group_by", "measures", "filters", "q", "having", "sort", "limit")
_VALUES: Final = ("field", "filters", "q", "limit")
"""The parameters that answers depend on."""


def sums(
    context: Context, publication: Publication, parameters: Parameters
) -> dict[str, Any]:
    """What `gpo_dataapi_record_aggregate` tells of a publication.

    :raises ObjectNotFound, ValidationError: as `questions.ask`
    """

    def plan(question: Question | FileQuestion) -> tuple[Selection, Summary]:
        selection = question.selection(parameters["filters"], parameters["q"])
        return selection, _summary(question, parameters)

    def compute() -> dict[str, Any]:
        summary, (groups, is_complete) = _read(context, publication, plan)
        return {
            "group_by": [
                {"field": g.name, "unit": g.unit or None} for g in summary.groupings
            ],
            "measures": [
                {
                    "name": measure.name,
                    "function": measure.function.value,
                    "field": measure.field and measure.field.name,
                }
                for measure in summary.measures
            ],
            "groups": [{"key": group.key, "values": group.values} for group in groups],
            "is_complete": is_complete,
        }

    asked = {name: parameters[name] for name in _SUMS}
    return answers.keep(publication.version_id, asked, compute)


def _summary(question: Question | FileQuestion, parameters: Parameters) -> Summary:
    fields = question.fields
    groupings = query.parse_groupings(parameters["group_by"], fields, tk._)
    measures = query.parse_measures(parameters["measures"], fields, tk._)
    return Summary(
        groupings,
        measures,
        parameters["limit"],
        parameters["sort"],
        query.parse_having(parameters["having"], groupings, measures, tk._),
    )


def values(
    context: Context, publication: Publication, parameters: Parameters
) -> dict[str, Any]:
    """What `gpo_dataapi_value_list` tells of a publication.

    :raises ObjectNotFound, ValidationError: as `questions.ask`
    """

    def plan(question: Question | FileQuestion) -> tuple[Selection, Summary]:
        fields = question.fields
        (field,) = query.select_fields(fields, [parameters["field"]], "field", tk._)
        selection = question.selection(parameters["filters"])
        if parameters["q"]:
            part = query.parse_filters(
                {_filtered(field.name): {"contains": parameters["q"]}},
                fields,
                tk._,
                "q",
            )
            condition = Every((selection.condition, part))
            selection = replace(selection, condition=condition)
        measures = query.parse_measures(None, fields, tk._)
        limit = parameters["limit"]
        return selection, Summary([Grouping(field)], measures, limit, "-count")

    def compute() -> dict[str, Any]:
        summary, (groups, is_complete) = _read(context, publication, plan)
        (grouping,) = summary.groupings
        return {
            "field": grouping.name,
            "values": [
                {"value": group.key[0], "count": group.values[0]} for group in groups
            ],
            "is_complete": is_complete,
        }

    asked = {name: parameters[name] for name in _VALUES}
    return answers.keep(publication.version_id, asked, compute)


def _filtered(name: str) -> str:
    """The name of a field as filters have it."""
    return f"${name}" if name.startswith("$") else name


def _read(
    context: Context, publication: Publication, plan: Plan
) -> tuple[Summary, Groups]:
    try:
        with ask_file(context, publication) as question:
            selection, summary = plan(question)
            groups = query.read_groups_of_file(question.run, selection, summary, tk._)
            return summary, groups
    except Unserved:
        with ask_rows(publication) as question:
            selection, summary = plan(question)
            return summary, query.read_groups(question.run, selection, summary, tk._)
