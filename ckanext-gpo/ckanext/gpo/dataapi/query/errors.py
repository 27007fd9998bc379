"""What is wrong with a query, for who has written it."""

from __future__ import annotations

from ckanext.gpo.common.errors import GpoError
from ckanext.gpo.common.types import Translate


class QueryError(GpoError):
    """A query that cannot be answered.

    :param parameter: of the action: `filters`, `sort`, `fields`, …
    :param field: the field that it is about; empty for none
    """

    def __init__(
        self, code: str, message: str, parameter: str, *, field: str = ""
    ) -> None:
        super().__init__(code, message)
        self.parameter = parameter
        self.field = field


class MissingRows(GpoError):  # noqa: N818 - named like CKAN's NotFound
    """The table is not there (any more)."""


class Unserved(Exception):  # noqa: N818 - no fault of anybody
    """What was asked cannot answer exactly, or not soon; ask another."""


def slow_query(_: Translate) -> QueryError:
    """The query takes longer than it may."""
    message = _(
        "The table is too large for this question. Narrow it: a day, a code or a choice"
        " from a list is found at once; a part of a text takes longest."
    )
    return QueryError("query-too-slow", message, "filters")
