"""What the data API answers to the state of an address, less what it cannot do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context

from ckanext.gpo.explore.rows import Field, State

_ATTEMPTS = 60
"""More than an address has filters and columns that can be refused."""


@dataclass
class Answer:
    """The state as far as it could be answered, and the answer.

    :param page: of `gpo_dataapi_record_list`; None if the table is too large for it
    :param refusals: what was left out of the state or hinders the answer, in words
    """

    state: State
    page: dict[str, Any] | None = None
    refusals: list[str] = field(default_factory=list)


def ask(
    context: Context,
    dataset: str,
    state: State,
    fields: Mapping[str, Field],
    columns: list[str],
    limit: int,
) -> Answer:
    """Ask for a page of records; a filter that is refused is left out, and said.

    :param columns: the names of the fields that are told; empty for all
    :raises NotFound: nothing is published of the dataset, or the reader may not see it
    """
    answer = Answer(state)
    columns = list(columns)
    for _attempt in range(_ATTEMPTS):
        try:
            answer.page = list_records(context, dataset, answer.state, columns, limit)
        except tk.ValidationError as err:
            error: dict[str, Any] = err.error_dict
            if error.get("code") == ["query-too-slow"]:
                answer.refusals += error["filters"]
                return answer
            if "fields" in error:
                columns = [name for name in columns if [name] != error["field"]]
            else:
                _relent(answer, error, fields)
        else:
            return answer
    return answer


def list_records(
    context: Context,
    dataset: str,
    state: State,
    columns: list[str],
    limit: int,
) -> dict[str, Any]:
    """The answer of the action to a state."""
    return tk.get_action("gpo_dataapi_record_list")(
        tk.fresh_context(context),
        {
            "dataset": dataset,
            **state.selection,
            "sort": state.sort,
            "fields": columns,
            "limit": limit,
            "after": state.page_after,
            "before": state.page_before,
        },
    )


def _relent(answer: Answer, error: dict[str, Any], fields: Mapping[str, Field]) -> None:
    """Leave out of the state what an error is about, and say so."""
    state = answer.state
    names = error.get("field", [""])
    label = fields[names[0]].label if names[0] in fields else names[0]
    if "filters" in error:
        answer.state = (
            state.less_fields(*names) if names[0] else replace(state, filters=())
        )
        messages = [
            tk._("The filter on “{field}” is left out. {reason}").format(
                field=label, reason=message
            )
            for message in error["filters"]
        ]
    elif "sort" in error:
        answer.state = state.sorted_by("")
        messages = error["sort"]
    elif "after" in error or "before" in error:
        answer.state = state.first_page()
        messages = error.get("after", []) + error.get("before", [])
    else:
        answer.state = State(version=state.version)
        messages = [
            text for name, texts in error.items() if name != "code" for text in texts
        ]
    answer.refusals += messages
