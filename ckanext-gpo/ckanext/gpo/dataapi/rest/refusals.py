"""What actions raise, as problem details."""

from __future__ import annotations

from typing import Any, Final

from flask import Response

import ckan.plugins.toolkit as tk
from ckan.lib.search import SearchError

from ckanext.gpo.common.problems import Fault, Problem
from ckanext.gpo.common.rest.operations import Operation
from ckanext.gpo.common.web import refusals
from ckanext.gpo.dataapi.query import QueryError

REFUSED: Final = (
    QueryError,
    tk.ValidationError,
    tk.ObjectNotFound,
    tk.NotAuthorized,
    SearchError,
)
"""What an action raises by the reader's fault."""

_STATUSES: Final = {"cursor-outdated": 409, "version-not-comparable": 409}
"""Code → status, if not 400."""

_INVALID: Final = "validation-failed"


def refusal(
    error: Exception, dataset: str, operation: Operation | None = None
) -> Response:
    """The answer to a request that an error of `REFUSED` ends; see `problem`."""
    return refusals.respond(problem(error, dataset, operation))


def problem(
    error: Exception, dataset: str, operation: Operation | None = None
) -> Problem:
    """The problem that an error of `REFUSED` is.

    :param dataset: name of the dataset that the address names; may be empty
    :param operation: whose action has raised it
    """
    if isinstance(error, QueryError):
        fault = Fault(error.parameter, error.code, error.message, error.field)
        return _invalid(error.code, (fault,))
    if isinstance(error, tk.ValidationError):
        return _validation(error, operation)
    if isinstance(error, SearchError):
        return Problem(400, "search-query-invalid", _title("search-query-invalid"))
    return _withdrawn(dataset) or _absent(error)


def _validation(error: tk.ValidationError, operation: Operation | None) -> Problem:
    described: dict[str, Any] = {**error.error_dict}
    code = _first(described.pop("code", [_INVALID]))
    # beside the parameter that is wrong, or as the one that is
    field = _first(described.pop("field", [""])) if len(described) > 1 else ""
    faults = tuple(
        Fault(operation.parameter(name) if operation else name, code, message, field)
        for name, messages in described.items()
        for message in _texts(messages)
    )
    return _invalid(code, faults)


def _invalid(code: str, faults: tuple[Fault, ...]) -> Problem:
    status = _STATUSES.get(code, 400)
    return Problem(status, code, _title(code), faults=faults)


def _absent(error: Exception) -> Problem:
    """What a reader may not see is not there."""
    words = str(error) if isinstance(error, tk.ObjectNotFound) else ""
    return Problem(404, "not-found", _title("not-found"), detail=words)


def _withdrawn(dataset: str) -> Problem | None:
    """The problem of a dataset that was public once and was withdrawn."""
    try:
        withdrawal = tk.get_action("gpo_quality_withdrawal_show")(
            {"user": ""}, {"dataset": dataset}
        )
    except (tk.ObjectNotFound, tk.ValidationError):
        return None
    message = tk._("This dataset was withdrawn: {reason}")
    return Problem(
        410,
        withdrawal["code"],
        _title(withdrawal["code"]),
        detail=message.format(reason=withdrawal["reason"]),
        extra={"withdrawn": withdrawal["withdrawn"]},
    )


def _title(code: str) -> str:
    titles = refusals.titles()
    return titles.get(code, titles[_INVALID])


def _first(texts: Any) -> str:
    return str(_texts(texts)[0])


def _texts(messages: Any) -> list[str]:
    listed = messages if isinstance(messages, list) else [messages]
    return [str(each) for each in listed] or [""]
