"""What an operation of the REST API is, as data.

Routes, the reading of parameters, the shape of answers and the OpenAPI document are all made
of it. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

Schema = Mapping[str, Any]
"""A JSON Schema."""

BASE: Final = "/api/gpo/v1"

Arguments = dict[str, Any]

_PLACE: Final = re.compile(r"\{(\w+)\}")


def _unchanged(arguments: Arguments) -> Arguments:
    return arguments


class Paging(Enum):
    """How a list goes on."""

    NONE = "none"
    OFFSET = "offset"
    """With `limit` and `offset`; the answer has a `count` of all."""
    KEYSET = "keyset"
    """With `after` and `before`, which the answer names as `next` and `previous`."""


class Selection(Enum):
    """Whether an address names rows of a table, and how."""

    NONE = "none"
    ROWS = "rows"
    """`q`, `filters` and filters of single fields, as `floor_area.gte=100`."""


@dataclass(frozen=True)
class Parameter:
    """A parameter of an address.

    :param target: what the action calls it, if not the same
    """

    name: str
    schema: Schema
    description: str
    target: str = ""
    is_required: bool = False

    @property
    def action_name(self) -> str:
        return self.target or self.name


@dataclass(frozen=True)
class Operation:
    """One operation: where it is, which action answers it, and with what.

    :param path: below `BASE`, places in braces
    :param answer: name of the schema of `data`, or of a member of it if it is a list
    :param members: what the action calls the list; empty if its answer is the list itself
    :param meta: names of what the action tells beside the list
    :param arrange: makes what the action takes of what the address says
    :param body: name of the schema of a JSON body; the operation is a POST then
    :param is_versioned: the answer changes only when a version of the dataset is published
    """

    name: str
    path: str
    action: str
    tag: str
    summary: str
    answer: str
    parameters: tuple[Parameter, ...] = ()
    is_list: bool = False
    members: str = ""
    meta: tuple[str, ...] = ()
    paging: Paging = Paging.NONE
    selection: Selection = Selection.NONE
    arrange: Callable[[Arguments], Arguments] = _unchanged
    body: str = ""
    is_versioned: bool = False

    @property
    def places(self) -> list[str]:
        """The names that stand in the path."""
        return _PLACE.findall(self.path)

    @property
    def query(self) -> list[Parameter]:
        """The parameters behind the question mark."""
        places = self.places
        return [each for each in self.parameters if each.name not in places]

    @property
    def method(self) -> str:
        return "post" if self.body else "get"

    def parameter(self, action_name: str) -> str:
        """What the address calls a parameter of the action."""
        for each in self.parameters:
            if each.action_name == action_name:
                return each.name
        return action_name
