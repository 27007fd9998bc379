"""What an action answers, as the REST API tells it: data, links, and what is beside. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ckanext.gpo.common.rest.operations import Operation, Paging

Address = Callable[[Mapping[str, Any]], str]
"""Changed parameters → the address with them; None takes one away."""


def shape_answer(
    operation: Operation, answer: Any, arguments: Mapping[str, Any], address: Address
) -> dict[str, Any]:
    """The body of an answer.

    :param answer: of the action
    :param arguments: that the action was told
    :param address: of this request, with other parameters
    """
    links: dict[str, str | None] = {"self": address({})}
    if not operation.is_list:
        return {"data": answer, "links": links}
    members = answer[operation.members] if operation.members else answer
    if operation.paging is Paging.OFFSET:
        limit, offset = _page(operation, arguments, len(members))
        links |= _offset_links(address, answer["count"], limit, offset)
    elif operation.paging is Paging.KEYSET:
        links |= _keyset_links(address, answer)
    return {
        "data": members,
        "links": links,
        "meta": {name: answer[name] for name in operation.meta if name in answer},
    }


def _page(
    operation: Operation, arguments: Mapping[str, Any], length: int
) -> tuple[int, int]:
    """How many members the page may have, and how many are before it."""
    limit: int = length
    offset: int = 0
    for parameter in operation.query:
        if parameter.name == "limit":
            usual = parameter.schema["default"]
            limit = arguments.get(parameter.action_name, usual)
        elif parameter.name == "offset":
            offset = arguments.get(parameter.action_name, 0)
    return limit, offset


def _offset_links(
    address: Address, count: int, limit: int, offset: int
) -> dict[str, str | None]:
    has_next = limit > 0 and offset + limit < count
    has_previous = limit > 0 and offset > 0
    return {
        "next": address({"offset": offset + limit}) if has_next else None,
        "previous": (
            address({"offset": max(offset - limit, 0) or None})
            if has_previous
            else None
        ),
    }


def _keyset_links(address: Address, answer: Mapping[str, Any]) -> dict[str, str | None]:
    """The pages beside this one, of the same version: its successor has other rows."""
    end, beginning = answer["next"], answer["previous"]
    pin = {"version": answer["version"], "as_of": None}
    return {
        "next": address({"after": end, "before": None, **pin}) if end else None,
        "previous": (
            address({"before": beginning, "after": None, **pin}) if beginning else None
        ),
    }
